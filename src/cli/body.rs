//! What is written: from the command line, a file, standard input or the person's editor; and files to go with it.

use super::account::Account;
use super::context::Context;
use super::written::{Kept, Purpose, Written};
use crate::client::drafts::place_name;
use crate::domain::comment::{NewComment, UploadToken, Visibility};
use crate::domain::draft::Draft;
use crate::report::{Failure, Status};
use clap::Args;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Where a text comes from.
#[derive(Args, Clone, Debug)]
pub struct Given {
    /// The text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub body: Option<String>,
    /// A file with the text, - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "body")]
    pub body_file: Option<PathBuf>,
    /// The draft that is kept of it, as it is
    #[arg(long, conflicts_with_all = ["body", "body_file"])]
    pub draft: bool,
}

/// Files that go with a text.
#[derive(Args, Clone, Debug)]
pub struct Attach {
    /// A file to attach; can be given again
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
}

impl Given {
    /// Whether the command line says where the text is.
    pub const fn is_given(&self) -> bool {
        self.body.is_some() || self.body_file.is_some() || self.draft
    }

    /// The text that the command line names, if it does.
    fn read(&self, cx: &mut Context) -> Result<Option<String>, Failure> {
        if self.body.is_some() {
            return Ok(self.body.clone());
        }
        let Some(path) = &self.body_file else { return Ok(None) };
        let most = NewComment::MAX_BYTES as u64;
        let bytes = if path == Path::new("-") {
            let mut bytes = Vec::new();
            cx.around.stdin.by_ref().take(most + 1).read_to_end(&mut bytes)?;
            bytes
        } else {
            read_file(path, most)?
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to().to_string();
            let failure = Failure::said("cli-not-utf8", Status::Failed).with("path", path.display().to_string());
            failure.with("at", at)
        })?;
        Ok(Some(text))
    }

    /// The text of the draft, or what the person makes of it in their editor.
    async fn write(&self, cx: &Context, purpose: &Purpose, before: Option<&Draft>) -> Result<String, Failure> {
        let missing = || Failure::said("cli-no-draft", Status::NotFound).with("name", place_name(purpose.place));
        if self.draft {
            return before.map(|draft| draft.body.clone()).ok_or_else(missing);
        }
        if !cx.around.stdin_is_terminal || cx.out.width.is_none() {
            return Err(Failure::said("cli-no-body", Status::Usage));
        }
        let begun = before.map(|draft| draft.body.clone()).unwrap_or_default();
        match (cx.around.edit)(purpose.name.clone(), begun).await? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            // Who leaves the editor without a change may have thought better of it: nothing is sent by that.
            None if before.is_some() => {
                let failure = Failure::said("cli-draft-unchanged", Status::Failed);
                Err(failure.with("name", place_name(purpose.place)))
            }
            _ => Err(Failure::said("cli-empty-body", Status::Failed)),
        }
    }
}

/// A file that is to be handed in.
struct Read {
    name: String,
    bytes: Vec<u8>,
}

/// What a file holds, with one byte above the most, so that the account can refuse it: some files never end.
fn read_file(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path);
    let read = file.and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| Failure::file(path, error))
}

/// All are read before the first is handed in, so that a wrong name leaves nothing behind.
fn read_files(account: &Account, paths: &[PathBuf]) -> Result<Vec<Read>, Failure> {
    let read = |path: &PathBuf| {
        let bytes = read_file(path, account.session.settings.attachment_bytes)?;
        let name = path.file_name().map_or_else(|| "file".into(), |name| name.to_string_lossy().into_owned());
        Ok(Read { name, bytes })
    };
    paths.iter().map(read).collect()
}

async fn upload(account: &Account, files: Vec<Read>) -> Result<Vec<UploadToken>, Failure> {
    let mut tokens = Vec::new();
    for Read { name, bytes } in files {
        let upload = account.client.upload(name.clone(), media_type(&name).to_owned(), bytes).await?;
        tokens.push(upload.token);
    }
    Ok(tokens)
}

/// A comment to be made. What is written in the editor is kept from then on, with the files that go with it.
pub async fn comment(
    cx: &mut Context,
    account: &Account,
    (body, attach): (&Given, &Attach),
    visibility: Visibility,
    purpose: &Purpose,
) -> Result<Written, Failure> {
    if let Some(body) = body.read(cx)? {
        let uploads = upload(account, read_files(account, &attach.attach)?).await?;
        return Ok(Written { comment: NewComment { visibility, body, uploads }, kept: Kept::Not });
    }
    let drafts = cx.drafts()?;
    let before = drafts.all()?.into_iter().find(|draft| purpose.is_of(draft));
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in &attach.attach {
        paths.push(std::path::absolute(path)?);
    }
    let known = before.iter().flat_map(|draft| &draft.files).map(PathBuf::from);
    let known: Vec<PathBuf> = known.filter(|path| !paths.contains(path)).collect();
    paths.extend(known);
    let files = read_files(account, &paths)?;
    let text = body.write(cx, purpose, before.as_ref()).await?;
    let kept = Kept::keep(cx, drafts, (purpose, &text), &paths, before.as_ref())?;
    let uploads = upload(account, files).await.map_err(|failure| kept.failed(failure))?;
    Ok(Written { comment: NewComment { visibility, body: text, uploads }, kept })
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
