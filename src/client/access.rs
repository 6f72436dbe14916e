//! Coming in: what can be done before an account by somebody who is not known yet, or has not said who they are (R154,
//! R155), and by whoever sends the links.

use super::post::LEASE;
use super::{Error, secrets};
use crate::domain::act::{Act, Deed, NewTicket, Who};
use crate::domain::comment::Channel;
use crate::domain::id::PersonId;
use crate::domain::life::PersonDeed;
use crate::domain::person::{EmailAddress, Person, PersonRef, Standing};
use crate::domain::refusal::Refusal;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
use crate::store::{self, Clock, Store};

/// An account as nobody in particular reaches it.
#[derive(Clone)]
pub struct Visitor {
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) via: Channel,
}

/// What is in a link that lets somebody set a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLink {
    /// What is in it: shown once, to whom it is for.
    pub token: Secret,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// A link that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessMail {
    /// To whom.
    pub person: Person,
    /// What is in it.
    pub link: AccessLink,
    /// For what.
    pub purpose: Purpose,
    /// By which asking.
    asked: i64,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A first password: who has none cannot submit (R155).
    SignUp,
    /// A new one, for the old one was forgotten.
    NewPassword,
}

impl Visitor {
    /// Before that account, by that way, with the time of that clock.
    pub const fn new(store: Store, via: Channel, clock: Clock) -> Self {
        Self { store, clock, via }
    }

    /// The store that it stands before.
    pub(super) const fn store(&self) -> &Store {
        &self.store
    }

    /// What time it is there.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The account's name.
    pub async fn account_name(&self) -> Result<String, Error> {
        Ok(self.store.common().await?.account.name.clone())
    }

    /// Ends it in order, for whoever opened it.
    pub async fn close(&self) {
        self.store.close().await;
    }

    /// Asks for access, or for a new password where no name is given. The answer does not tell whether the address is
    /// known (R154).
    ///
    /// # Errors
    /// [`Error::Refused`] when nobody can ask for access here, or too many did.
    pub async fn ask_access(&self, name: Option<String>, email: EmailAddress) -> Result<(), Error> {
        self.act(PersonDeed::AskAccess { name, email }).await.map(|_| ())
    }

    /// Whether somebody may ask who has not signed in.
    pub async fn takes_strangers(&self) -> Result<bool, Error> {
        Ok(self.store.common().await?.settings.anonymous_requests)
    }

    /// Asks as somebody who has not signed in; as whom they say nobody knows. The answer does not tell whether the address is
    /// known, nor what has become of it.
    ///
    /// # Errors
    /// The account takes no such requests, or too many came of late; a rule stands against what it says.
    pub async fn ask_unsigned(&self, name: String, email: EmailAddress, new: NewTicket) -> Result<(), Error> {
        let kind = self.store.common().await?.setup.kind_by_mail().map(|kind| kind.id);
        let requester = Some(PersonRef::Named { name, email });
        let deed = Deed::CreateTicket(Box::new(NewTicket { kind: new.kind.or(kind), requester, ..new }));
        let act = Act { who: Who::System, via: Channel::Anonymous, deed };
        self.store.act(act, None, &self.clock).await?;
        Ok(())
    }

    /// Sets a password by what was in a link.
    ///
    /// # Errors
    /// [`Refusal::BadLink`] whatever is wrong with it; that the password cannot be one.
    pub async fn use_link(&self, token: &Secret, password: Secret) -> Result<PersonId, Error> {
        let password = secrets::hashed(password).await?;
        let done = self.act(PersonDeed::UseLink { link: token.digest(), password }).await?;
        done.outcome.person.ok_or_else(|| Refusal::BadLink.into())
    }

    /// Who has that address and that password, and can act. None in every other case, and always after the same work.
    pub async fn verify_password(&self, email: &EmailAddress, password: Secret) -> Result<Option<Person>, Error> {
        let known = self.store.credentials(email).await?;
        let (person, kept) = known.map_or((None, None), |(person, kept)| (Some(person), kept));
        let (same, renewed) = secrets::verified(password, kept.clone()).await?;
        let Some(person) = person.filter(|person| same && person.may_act()) else { return Ok(None) };
        if let (Some(old), Some(new)) = (kept, renewed) {
            self.store.renew_password(person.id, old, new).await?;
        }
        Ok(Some(person))
    }

    /// For whom a program acts that has this, if it may and they have that address.
    pub async fn verify_token(&self, email: &EmailAddress, token: &Secret) -> Result<Option<Person>, Error> {
        let owner = self.store.owner_of_token(token.digest()).await?;
        Ok(owner.filter(|person| person.may_act() && person.email.as_ref() == Some(email)))
    }

    /// The next link to be sent, for whoever sends them: it is made now and kept nowhere, so it must be sent at once, and
    /// [said](Self::sent) to be. Whoever comes to an end before leaves it to another, who makes a new one. None when nobody
    /// waits.
    pub async fn next_mail(&self) -> Result<Option<AccessMail>, Error> {
        loop {
            let now = (self.clock)();
            let Some((asked, id)) = self.store.claim_link(now, now + LEASE).await? else { return Ok(None) };
            let (token, link) = secrets::token()?;
            let made = self.act(PersonDeed::MakeLink { person: id, link }).await;
            let known = self.store.who(id).await?;
            match (made, known) {
                (Ok(_), Some(known)) => {
                    let expires_at = (self.clock)() + known.settings().people.link_expires;
                    let pending = known.person.standing == Standing::Pending;
                    let purpose = if pending { Purpose::SignUp } else { Purpose::NewPassword };
                    let link = AccessLink { token, expires_at };
                    return Ok(Some(AccessMail { person: known.person, link, purpose, asked }));
                }
                // One who cannot have a link any more does not keep the others waiting.
                (Ok(_) | Err(Error::Refused(_)), _) => self.store.link_sent(asked).await?,
                (Err(error), _) => return Err(error),
            }
        }
    }

    /// A link is on its way, or nobody takes it.
    pub async fn sent(&self, mail: &AccessMail) -> Result<(), Error> {
        Ok(self.store.link_sent(mail.asked).await?)
    }

    /// A link that could not be sent: who waits for it gets another the next time.
    pub async fn not_sent(&self, mail: &AccessMail) -> Result<(), Error> {
        Ok(self.store.link_waits(mail.asked).await?)
    }

    /// What the account itself does for somebody.
    async fn act(&self, deed: PersonDeed) -> Result<store::Done, Error> {
        self.act_as(Who::System, deed).await
    }

    pub(super) async fn act_as(&self, who: Who, deed: PersonDeed) -> Result<store::Done, Error> {
        let act = Act { who, via: self.via, deed: Deed::Person(deed) };
        Ok(self.store.act(act, None, &self.clock).await?)
    }
}
