use super::Time;
use crate::domain::comment::{Upload, UploadToken};
use serde::Serialize;
use utoipa::ToSchema;

/// Files that were handed in, under one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Uploaded {
    token: String,
    expires_at: Time,
    attachment: UploadedFile,
    attachments: Vec<UploadedFile>,
}

/// A file that waits for its comment: it has no number yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UploadedFile {
    id: Option<i64>,
    file_name: String,
    content_type: String,
    size: u64,
    inline: bool,
    deleted: bool,
    url: Option<String>,
    content_url: Option<String>,
    mapped_content_url: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    thumbnails: Vec<String>,
    malware_scan_result: &'static str,
    malware_access_override: bool,
}

/// What stands between the names of files that go together.
const BETWEEN: char = '.';

impl Uploaded {
    /// A file, with those that were handed in before under that name.
    pub fn of(before: &str, upload: &Upload) -> Self {
        let mut names: Vec<String> = upload_tokens(before).into_iter().map(|token| token.0).collect();
        names.push(upload.token.0.clone());
        let attachment = UploadedFile {
            id: None,
            file_name: upload.name.clone(),
            content_type: upload.content_type.clone(),
            size: upload.size,
            inline: false,
            deleted: false,
            url: None,
            content_url: None,
            mapped_content_url: None,
            width: None,
            height: None,
            thumbnails: Vec::new(),
            malware_scan_result: "not_scanned",
            malware_access_override: false,
        };
        Self {
            token: names.join(&BETWEEN.to_string()),
            expires_at: (upload.created_at + Upload::LIVES).into(),
            attachments: vec![attachment.clone()],
            attachment,
        }
    }
}

/// The files that a name stands for.
pub fn upload_tokens(name: &str) -> Vec<UploadToken> {
    name.split(BETWEEN).filter(|part| !part.is_empty()).map(|part| UploadToken(part.to_owned())).collect()
}
