//! Files that go with what is being written: handed in at once, named in the text's draft by their paths.

use super::effect::Effect;
use super::message::OutsideError;
use super::model::{Context, Shared, Tone};
use super::sentence;
use crate::domain::comment::{Upload, UploadToken};
use crate::safe::{Safe, file_name};

/// The files of one text.
#[derive(Clone, Debug, Default)]
pub struct Files(Vec<File>);

/// A file to go with it; without an upload while it is being handed in.
#[derive(Clone, Debug)]
struct File {
    path: String,
    upload: Option<Upload>,
}

impl Files {
    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all have arrived.
    pub fn are_ready(&self) -> bool {
        self.0.iter().all(|file| file.upload.is_some())
    }

    /// Their paths as typed, for the draft.
    pub fn paths(&self) -> Vec<String> {
        self.0.iter().map(|file| file.path.clone()).collect()
    }

    /// What to name them by in a comment.
    pub fn tokens(&self) -> Vec<UploadToken> {
        self.0.iter().filter_map(|file| file.upload.as_ref().map(|upload| upload.token.clone())).collect()
    }

    /// Hands one in; the same path again takes the place of the first.
    pub fn add(&mut self, path: String, cx: &mut Context<'_>) {
        let to = cx.id();
        let limit = cx.shared.session.as_ref().map_or(0, |session| session.settings.attachment_bytes);
        cx.effect(Effect::Upload { to, path: path.clone(), limit });
        self.0.retain(|file| file.path != path);
        self.0.push(File { path, upload: None });
    }

    /// Takes the last one away. `true` if there was one.
    pub fn remove_last(&mut self) -> bool {
        self.0.pop().is_some()
    }

    /// One has arrived, or could not be read: then it is left out and the status line says why. `true` if the list is
    /// another one now.
    pub fn uploaded(&mut self, path: &str, result: Result<Upload, OutsideError>, cx: &mut Context<'_>) -> bool {
        match result {
            Ok(upload) => {
                if let Some(file) = self.0.iter_mut().find(|file| file.path == path) {
                    file.upload = Some(upload);
                }
                false
            }
            Err(error) => {
                self.0.retain(|file| file.path != path);
                let text = sentence::outside(cx.shared, &error);
                cx.shared.tell(Tone::Bad, text);
                true
            }
        }
    }

    /// `▣ photo.jpg 210 kB  … plan.pdf`
    pub fn line(&self, shared: &Shared) -> Safe {
        let names = self.0.iter().map(|file| {
            let name = Safe::line(file_name(&file.path).as_str());
            match &file.upload {
                Some(upload) => {
                    let size = Safe::line(&shared.words.size(upload.size));
                    Safe::concat([Safe::from_static("▣ "), name, Safe::blank(1), size])
                }
                None => Safe::concat([Safe::from_static("… "), name]),
            }
        });
        Safe::join(&Safe::from_static("  "), names)
    }
}
