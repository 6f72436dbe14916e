//! Mail that comes in, as the account takes it: identity is an address with the token that only its letters carry.

use super::Error;
use super::post::Post;
use crate::domain::act::{Act, Deed, NewTicket, Who};
use crate::domain::arrival::{Arrival, Becomes};
use crate::domain::comment::{Channel, NewComment};
use crate::domain::id::{PersonId, TicketId};
use crate::domain::person::{EmailAddress, Person};
use crate::domain::refusal::Refusal;
use crate::store;
pub use crate::store::Suspending;

/// The text that answers strangers, by its slug.
const PORTAL: &str = "use-the-portal";

/// What a mail says, once it is known whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arriving {
    /// What tells the same mail when it comes again.
    pub key: String,
    /// The subject, for a new request.
    pub subject: String,
    /// What was said.
    pub text: String,
    /// Whether it answers a letter about a note.
    pub note: bool,
    /// Name, media type and bytes of its files.
    pub files: Vec<(String, String, Vec<u8>)>,
}

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is a comment on that ticket, or was one already.
    Comment(TicketId),
    /// It has opened that ticket, or had already.
    Request(TicketId),
    /// A rule stands against it.
    Refused(Refusal),
}

impl Post {
    /// Whoever has that address.
    pub async fn person_at(&self, address: &EmailAddress) -> Result<Option<Person>, Error> {
        Ok(self.store().sign_in(address).await?)
    }

    /// What becomes of a mail.
    pub async fn becomes(&self, arrival: Arrival<'_>) -> Result<Becomes, Error> {
        Ok(arrival.becomes(&self.store().common().await?.settings))
    }

    /// Says what a mail says on a ticket. Whether in public is decided where everything is: on a private ticket it is a
    /// note (R118), as what answers a letter about a note is (R126), and by mail nothing becomes private (R112).
    pub async fn comment(&self, who: PersonId, ticket: TicketId, mail: Arriving) -> Result<Taken, Error> {
        let (key, comment) = (mail.key.clone(), self.written(who, mail).await);
        let deed =
            |comment| Deed::UpdateTicket { ticket, change: Box::default(), comment: Some(comment), expect: None };
        match comment {
            Ok(comment) => self.done(who, key, deed(comment), Taken::Comment).await,
            Err(Error::Refused(refusal)) => Ok(Taken::Refused(refusal)),
            Err(error) => Err(error),
        }
    }

    /// Opens a request by a mail, of the kind that is taken where nobody chooses.
    pub async fn request(&self, who: PersonId, mail: Arriving) -> Result<Taken, Error> {
        let (key, subject) = (mail.key.clone(), mail.subject.clone());
        let comment = match self.written(who, mail).await {
            Ok(comment) => comment,
            Err(Error::Refused(refusal)) => return Ok(Taken::Refused(refusal)),
            Err(error) => return Err(error),
        };
        let kind = self.store().common().await?.setup.kind_by_mail().map(|kind| kind.id);
        let new = NewTicket { kind, ..NewTicket::new(&subject, comment) };
        self.done(who, key, Deed::CreateTicket(Box::new(new)), Taken::Request).await
    }

    async fn written(&self, who: PersonId, mail: Arriving) -> Result<NewComment, Error> {
        let mut uploads = Vec::with_capacity(mail.files.len());
        for (name, content_type, bytes) in mail.files {
            let upload = self.store().upload(who, name, content_type, bytes, self.clock()).await?;
            uploads.push(upload.token);
        }
        let said = if mail.note { NewComment::note(mail.text) } else { NewComment::public(mail.text) };
        Ok(NewComment { uploads, ..said })
    }

    async fn done(
        &self,
        who: PersonId,
        key: String,
        deed: Deed,
        taken: impl FnOnce(TicketId) -> Taken + Send,
    ) -> Result<Taken, Error> {
        let act = Act { who: Who::Person(who), via: Channel::Mail, deed };
        match self.store().act(act, Some(key), self.clock()).await {
            Ok(done) => {
                let none = || Error::Garbled("an act on no ticket".to_owned());
                Ok(taken(done.outcome.ticket.ok_or_else(none)?))
            }
            Err(store::Error::Refused(refusal)) => Ok(Taken::Refused(refusal)),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps a mail for an agent to look at, and its number; none when it came before.
    pub async fn suspend(&self, mail: Suspending) -> Result<Option<i64>, Error> {
        Ok(self.store().suspend(mail, self.now()).await?)
    }

    /// Answers a stranger that requests are made in the portal: once for each address and day (D32, R152). Whether they
    /// are answered.
    pub async fn answer(&self, address: &EmailAddress) -> Result<bool, Error> {
        let common = self.store().common().await?;
        let text = common.setup.texts.values().find(|text| text.slug == PORTAL).map(|text| text.id);
        let Some(text) = text else { return Ok(false) };
        Ok(self.store().answer_stranger(address, text, self.now()).await?)
    }
}
