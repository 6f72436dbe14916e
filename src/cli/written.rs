//! What somebody wrote in their editor is kept as a draft before it is sent, and forgotten when the account has said yes
//! (Z07): a refusal, a full disk or a power cut costs no word.

use super::account::{Account, new_key};
use super::context::Context;
use crate::client::drafts::{DraftFolder, place_name, private_folder};
use crate::client::{Error, Receipt};
use crate::domain::act::{Deed, NewTicket};
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::draft::{Draft, DraftPlace};
use crate::domain::person::PersonRef;
use crate::report::{Failure, Status};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

/// A comment to be sent.
pub struct Written {
    /// What is said.
    pub comment: NewComment,
    /// Where it is kept, if it is.
    pub kept: Kept,
}

/// What a text is for.
#[derive(Clone, Debug)]
pub struct Purpose {
    /// A short name of ours for the editor's file, such as `reply-12`.
    pub name: String,
    /// Whose draft it is.
    pub place: DraftPlace,
    /// What else belongs to a new request: its subject, its kind.
    pub fields: BTreeMap<String, String>,
}

impl Purpose {
    /// A reply or a note on a ticket.
    pub fn on(place: DraftPlace) -> Self {
        Self { name: place_name(place), place, fields: BTreeMap::new() }
    }

    /// A new request, with what the form of the full screen shows of it.
    pub fn opening(name: &str, new: &NewTicket) -> Self {
        let visibility = if new.comment.visibility == Visibility::Internal { "internal" } else { "public" };
        let fields = [
            ("subject", Some(new.subject.clone())),
            ("visibility", Some(visibility.to_owned())),
            ("kind", new.kind.map(|kind| kind.0.to_string())),
            ("custom-status", new.custom_status.map(|status| status.0.to_string())),
            ("follow-up-of", new.follow_up_of.map(|closed| closed.0.to_string())),
            ("requester", new.requester.as_ref().map(shown)),
        ];
        let fields = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        let own = new.fields.iter().map(|(id, text)| (format!("field-{id}"), text.clone()));
        let fields = fields.chain(own).collect();
        Self { name: name.to_owned(), place: DraftPlace::NewTicket, fields }
    }

    /// Whether a draft is of the same: there is one place for new requests, and another subject is another request.
    pub fn is_of(&self, draft: &Draft) -> bool {
        self.place == draft.place && self.fields.get("subject") == draft.fields.get("subject")
    }
}

/// Somebody as a draft of the full screen names them.
fn shown(person: &PersonRef) -> String {
    match person {
        PersonRef::Id(id) => format!("#{id} "),
        PersonRef::Address(email) => email.to_string(),
        PersonRef::Named { name, email } => format!("{name} <{email}>"),
    }
}

/// Where a text is kept.
#[derive(Debug)]
pub enum Kept {
    /// Nowhere: it came from a file or the command line, where it still is.
    Not,
    /// As a draft, under the key with which it is sent.
    Draft {
        /// All drafts of who acts.
        folder: DraftFolder,
        /// Which.
        place: DraftPlace,
        /// The key.
        key: String,
    },
    /// In a file of its own, for a draft of something else is in its place.
    File(PathBuf),
}

impl Kept {
    /// Keeps a text; `before` is the draft that it goes on with.
    pub fn keep(
        cx: &Context,
        folder: DraftFolder,
        (purpose, body): (&Purpose, &str),
        files: &[PathBuf],
        before: Option<&Draft>,
    ) -> Result<Self, Failure> {
        let other = folder.all()?.iter().any(|draft| draft.place == purpose.place && !purpose.is_of(draft));
        let same = before.filter(|draft| draft.body == body).map(|draft| draft.key.clone());
        let key = same.map_or_else(new_key, Ok)?;
        let draft = Draft {
            place: purpose.place,
            body: body.to_owned(),
            fields: purpose.fields.clone(),
            files: files.iter().map(|path| path.display().to_string()).collect(),
            key: key.clone(),
            updated_at: (cx.around.clock)(),
        };
        if !other && folder.keep(&draft).is_ok() {
            return Ok(Self::Draft { folder, place: purpose.place, key });
        }
        in_file(cx, &purpose.name, body).map(Self::File)
    }

    /// Why it was not sent, and where it is.
    pub fn failed(&self, failure: Failure) -> Failure {
        let said = match self {
            Self::Not => return failure,
            Self::Draft { place, .. } => {
                Failure::said("cli-kept-draft", Status::Failed).with("name", place_name(*place))
            }
            Self::File(path) => Failure::said("cli-kept-file", Status::Failed).with("path", path.display().to_string()),
        };
        Failure::Kept { failure: Box::new(failure), kept: Box::new(said) }
    }

    /// It has been sent.
    fn forget(&self) -> Result<(), Failure> {
        match self {
            Self::Not => {}
            Self::Draft { folder, place, .. } => {
                folder.forget(*place)?;
            }
            Self::File(path) => std::fs::remove_file(path).map_err(|error| Failure::file(path, error))?,
        }
        Ok(())
    }
}

/// A file for its owner alone among the program's state.
fn in_file(cx: &Context, name: &str, body: &str) -> Result<PathBuf, Failure> {
    let folder = cx.places.state().join("unsent");
    let kept = private_folder(&folder).and_then(|()| {
        let mut file = tempfile::Builder::new().prefix(&format!("{name}-")).suffix(".md").tempfile_in(&folder)?;
        file.write_all(body.as_bytes())?;
        file.as_file().sync_data()?;
        Ok(file.keep()?.1)
    });
    kept.map_err(|error| Failure::file(&folder, error))
}

impl Written {
    /// Sends it: `deed` is what is done with the comment.
    pub async fn send(self, account: &Account, deed: impl FnOnce(NewComment) -> Deed) -> Result<Receipt, Failure> {
        let Self { comment, kept } = self;
        let deed = deed(comment);
        let done = match &kept {
            Kept::Draft { key, .. } => match account.act_as(key.clone(), deed.clone()).await {
                // It was sent before with something else about it: this is another act.
                Err(Failure::Client(Error::KeyReused)) => account.act(deed).await,
                done => done,
            },
            _ => account.act(deed).await,
        };
        let receipt = done.map_err(|failure| kept.failed(failure))?;
        kept.forget()?;
        Ok(receipt)
    }
}
