//! Files that wait for their comment.

use super::act::Clock;
use super::dialect::{Batch, Value, read_row};
use super::fault::Error;
use super::{Store, fill};
use crate::domain::comment::{Attachment, Upload, UploadToken};
use crate::domain::id::PersonId;
use crate::domain::refusal::{Field, Refusal};
use crate::domain::text::hex;
use sqlx::Row;
use std::sync::Arc;

impl Store {
    /// Keeps a file for a comment of the same person.
    ///
    /// # Errors
    /// [`Refusal::TooLong`] when it is larger than the account allows, or its name is too long.
    pub async fn upload(
        &self,
        owner: PersonId,
        name: String,
        content_type: String,
        bytes: Vec<u8>,
        clock: &Clock,
    ) -> Result<Upload, Error> {
        let max = self.common().await?.settings.attachment_bytes;
        let size = bytes.len() as u64;
        if size > max {
            return Err(Refusal::TooLong { field: Field::Attachment, max }.into());
        }
        let long = |text: &str| text.chars().nth(Attachment::MAX_NAME_CHARS).is_some();
        if long(&name) {
            return Err(Refusal::TooLong { field: Field::FileName, max: Attachment::MAX_NAME_CHARS as u64 }.into());
        }
        // No media type is that long: it says nothing of what is in the file.
        let content_type = if long(&content_type) { "application/octet-stream".to_owned() } else { content_type };
        let bytes = Arc::new(bytes);
        let digest = self.put_blob(&bytes).await?;
        let mut token = [0; 16];
        fill(&mut token)?;
        let storable = |text: String| text.replace('\0', "\u{2400}");
        let upload = Upload {
            token: UploadToken(hex(&token)),
            owner,
            name: storable(name),
            content_type: storable(content_type),
            size,
            digest,
            created_at: clock(),
        };
        let row = Arc::new(row(&upload));
        while !self.insert(Arc::clone(&row), digest).await? {
            self.put_blob(&bytes).await?;
        }
        Ok(upload)
    }

    /// Takes away a file of somebody's that waits for its comment; whether it was there. Its bytes are looked after like
    /// those of erased comments: another may have the same.
    pub async fn drop_upload(&self, owner: PersonId, token: UploadToken) -> Result<bool, Error> {
        let known: Vec<Owned> = self
            .db()
            .read(
                "SELECT digest FROM uploads WHERE token = $1 AND owner_id = $2 AND NOT used".to_owned(),
                vec![token.0.as_str().into(), owner.0.into()],
            )
            .await?;
        let Some(Owned(digest)) = known.into_iter().next() else { return Ok(false) };
        self.batch(vec![
            (
                "DELETE FROM uploads WHERE token = $1 AND owner_id = $2 AND used = $3".to_owned(),
                vec![token.0.as_str().into(), owner.0.into(), false.into()],
            ),
            (
                "INSERT INTO files_to_remove (digest) VALUES ($1) ON CONFLICT DO NOTHING".to_owned(),
                vec![digest.as_slice().into()],
            ),
        ])
        .await?;
        Ok(true)
    }

    /// Writes the row of a file; whether the file was still there.
    async fn insert(&self, row: Arc<Vec<Value>>, digest: [u8; 32]) -> Result<bool, Error> {
        let folder = self.files().map(std::path::Path::to_owned);
        self.inner
            .writer
            .write(Arc::new(move |conn| {
                let (row, folder) = (Arc::clone(&row), folder.clone());
                Box::pin(async move {
                    if !Self::stays(conn, folder.as_deref(), digest).await? {
                        return Ok::<bool, Error>(false);
                    }
                    let mut batch = Batch::default();
                    batch.push(INSERT, row.to_vec());
                    batch.run(conn).await?;
                    Ok(true)
                })
            }))
            .await
    }
}

struct Owned(Vec<u8>);

read_row!(Owned, |row| Ok(Self(row.try_get(0)?)));

const INSERT: &str = "INSERT INTO uploads (token, owner_id, name, content_type, size, digest, used, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

fn row(upload: &Upload) -> Vec<Value> {
    vec![
        upload.token.0.as_str().into(),
        upload.owner.0.into(),
        upload.name.as_str().into(),
        upload.content_type.as_str().into(),
        i64::try_from(upload.size).unwrap_or(i64::MAX).into(),
        upload.digest.as_slice().into(),
        false.into(),
        upload.created_at.0.into(),
    ]
}
