//! How letters leave: by a mail server, into a folder, or not at all.

mod bounded;
mod error;
mod smtp;

pub use error::{Reason, SendError, SetupError, Step};

use crate::domain::person::EmailAddress;
use crate::mail::letter::{Letter, Mailbox};
use crate::mail::maildir::{Delivery, Folder};
use crate::mail::settings::{Settings, Way};
use std::fmt;
use std::path::Path;

/// A password. Never shown, also not by `{:?}`.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// The first line of a text, without its end.
    pub fn first_line(text: &str) -> Self {
        Self(text.lines().next().unwrap_or_default().to_owned())
    }

    /// The first line of a file that only its owner can read.
    ///
    /// # Errors
    /// It cannot be read, or others can read it too.
    pub fn from_file(path: &Path) -> Result<Self, SetupError> {
        let unreadable = |error: std::io::Error| SetupError::Unreadable(path.to_path_buf(), error.to_string());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(path).map_err(unreadable)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(SetupError::OpenToOthers(path.to_path_buf()));
            }
        }
        std::fs::read_to_string(path).map(|text| Self::first_line(&text)).map_err(unreadable)
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A way out for letters, set up once and used for all.
#[derive(Debug)]
pub struct Transport {
    from: Option<Mailbox>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Nowhere,
    Maildir(Folder),
    Smtp(Box<smtp::Smtp>),
}

impl Transport {
    /// The way out that the settings describe. The password is what `password_file` or `password_command` gave.
    ///
    /// # Errors
    /// A key that is missing or cannot be used, by its name.
    pub fn new(settings: &Settings, password: Option<Secret>) -> Result<Self, SetupError> {
        let from = settings.from.as_ref().map(|address| {
            let name = settings.from_name.clone();
            let bad = |_| SetupError::BadAddress(address.clone());
            EmailAddress::parse(address).map(|address| Mailbox { name, address }).map_err(bad)
        });
        let from = from.transpose()?;
        if from.is_none() && !matches!(settings.send, None | Some(Way::Nowhere)) {
            return Err(SetupError::Missing("mail.from"));
        }
        let kind = match settings.send {
            None | Some(Way::Nowhere) => Kind::Nowhere,
            Some(Way::Maildir) => {
                let path = settings.folder.as_ref().ok_or(SetupError::Missing("mail.folder"))?;
                let folder = Folder::open(path);
                Kind::Maildir(folder.map_err(|error| SetupError::Unreadable(path.clone(), error.to_string()))?)
            }
            Some(Way::Smtp) => Kind::Smtp(Box::new(smtp::Smtp::new(settings, password)?)),
        };
        Ok(Self { from, kind })
    }

    /// Whether letters go anywhere at all.
    pub const fn leads_anywhere(&self) -> bool {
        !matches!(self.kind, Kind::Nowhere)
    }

    /// The account's own address and name: what letters are from.
    pub const fn from(&self) -> Option<&Mailbox> {
        self.from.as_ref()
    }

    /// Sends a letter: once this says yes, somebody else has taken it and it stands on their disk. Into nowhere
    /// everything goes.
    ///
    /// # Errors
    /// Why not, by what to do next.
    pub async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        if matches!(self.kind, Kind::Nowhere) {
            return Ok(());
        }
        let rendered = letter
            .render()
            .map_err(|bad| SendError::Never(Reason { step: Step::Letter, code: None, said: bad.to_string() }))?;
        match &self.kind {
            Kind::Nowhere => Ok(()),
            Kind::Smtp(smtp) => Box::pin(smtp.send(&rendered)).await,
            Kind::Maildir(folder) => {
                let folder = folder.clone();
                let id = letter.message_id.clone();
                let date = letter.date;
                let put = tokio::task::spawn_blocking(move || folder.put(&id, date, &rendered.bytes));
                let later = |said: String| SendError::Later(Reason { step: Step::Folder, code: None, said });
                match put.await {
                    Ok(Ok(Delivery::New | Delivery::Before)) => Ok(()),
                    Ok(Err(error)) => Err(later(error.to_string())),
                    Err(error) => Err(later(error.to_string())),
                }
            }
        }
    }

    /// Ends what is kept open between letters.
    pub async fn close(&self) {
        if let Kind::Smtp(smtp) = &self.kind {
            smtp.close().await;
        }
    }
}
