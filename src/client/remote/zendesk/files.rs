//! Files: handed in before they are said, and fetched from wherever an account keeps them.

use super::Zendesk;
use super::api::{encoded, no_account};
use super::ticket::attachment;
use crate::client::Error;
use crate::domain::comment::{Attachment, Upload, UploadToken};
use crate::domain::id::AttachmentId;
use crate::wire::received::Row;
use sha2::{Digest as _, Sha256};

impl Zendesk {
    pub(super) async fn hand_in(&self, name: String, content_type: String, bytes: Vec<u8>) -> Result<Upload, Error> {
        let known = self.known().await?;
        let (size, digest) = (bytes.len() as u64, Sha256::digest(&bytes).into());
        let path = format!("uploads?filename={}", encoded(&name));
        let body = self.api.upload(&path, &content_type, bytes).await?;
        let token = Row(&body).get("upload").filled("token").ok_or_else(no_account)?.to_owned();
        let created_at = self.api.transport().now();
        let owner = known.session.me.id;
        Ok(Upload { token: UploadToken(token), owner, name, content_type, size, digest, created_at })
    }

    pub(super) async fn file(&self, id: AttachmentId) -> Result<(Attachment, Vec<u8>), Error> {
        let (mut file, url) = if let Some(known) = self.shelf.file(id) {
            known
        } else {
            let body = self.api.get(&format!("attachments/{id}")).await?;
            let row = Row(&body).get("attachment");
            let url = row.filled("content_url").ok_or(Error::NotFound)?.to_owned();
            (attachment(row).ok_or(Error::NotFound)?, url)
        };
        let bytes = self.api.transport().fetch(&url).await?;
        file.digest = Sha256::digest(&bytes).into();
        file.size = bytes.len() as u64;
        Ok((file, bytes))
    }
}
