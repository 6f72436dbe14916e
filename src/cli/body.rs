//! What is written: from the command line, a file, standard input or the person's editor; and files to go with it.

use super::account::Account;
use super::context::Context;
use crate::domain::comment::{NewComment, UploadToken, Visibility};
use crate::report::{Failure, Status};
use clap::Args;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Where a text comes from.
#[derive(Args, Clone, Debug)]
pub struct Body {
    /// The text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub body: Option<String>,
    /// A file with the text, - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "body")]
    pub body_file: Option<PathBuf>,
}

/// Files that go with a text.
#[derive(Args, Clone, Debug)]
pub struct Attach {
    /// A file to attach; can be given again
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
}

impl Body {
    /// Whether the command line says where the text is.
    pub const fn is_given(&self) -> bool {
        self.body.is_some() || self.body_file.is_some()
    }

    /// The text; from the editor when the command line has none and a person sits there.
    pub async fn read(&self, cx: &mut Context, name: &str) -> Result<String, Failure> {
        if let Some(text) = &self.body {
            return Ok(text.clone());
        }
        let Some(path) = &self.body_file else { return Self::edit(cx, name).await };
        let mut bytes = Vec::new();
        if path == Path::new("-") {
            let most = NewComment::MAX_BYTES as u64 + 1;
            cx.around.stdin.by_ref().take(most).read_to_end(&mut bytes)?;
        } else {
            bytes = std::fs::read(path).map_err(|error| Failure::file(path, error))?;
        }
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to().to_string();
            let failure = Failure::said("cli-not-utf8", Status::Failed).with("path", path.display().to_string());
            failure.with("at", at)
        })
    }

    async fn edit(cx: &Context, name: &str) -> Result<String, Failure> {
        if !cx.around.stdin_is_terminal || cx.out.width.is_none() {
            return Err(Failure::said("cli-no-body", Status::Usage));
        }
        let text = (cx.around.edit)(name.to_owned()).await?;
        if text.trim().is_empty() { Err(Failure::said("cli-empty-body", Status::Failed)) } else { Ok(text) }
    }
}

impl Attach {
    /// Hands the files in. All are read before the first is handed in, so that a wrong name leaves nothing behind.
    pub async fn upload(&self, account: &Account) -> Result<Vec<UploadToken>, Failure> {
        let mut files = Vec::new();
        for path in &self.attach {
            files.push((path, std::fs::read(path).map_err(|error| Failure::file(path, error))?));
        }
        let mut tokens = Vec::new();
        for (path, bytes) in files {
            let name = path.file_name().map_or_else(|| "file".into(), |name| name.to_string_lossy().into_owned());
            let upload = account.client.upload(name.clone(), media_type(&name).to_owned(), bytes).await?;
            tokens.push(upload.token);
        }
        Ok(tokens)
    }
}

/// A comment to be made.
pub async fn comment(
    cx: &mut Context,
    account: &Account,
    (body, attach): (&Body, &Attach),
    visibility: Visibility,
    name: &str,
) -> Result<NewComment, Failure> {
    let body = body.read(cx, name).await?;
    Ok(NewComment { visibility, body, uploads: attach.upload(account).await? })
}

/// The media type by the end of a file's name.
fn media_type(name: &str) -> &'static str {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    match end.as_str() {
        "txt" | "log" | "md" => "text/plain",
        "csv" => "text/csv",
        "html" | "htm" => "text/html",
        "json" => "application/json",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" | "tgz" => "application/gzip",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "eml" => "message/rfc822",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}
