//! The account that a command works on, as one person.

use super::context::Context;
use super::door::Opening;
use crate::client::{Client, Key, Names, PeopleAsk, Receipt, Session};
use crate::domain::act::Deed;
use crate::domain::comment::Channel;
use crate::domain::id::{GroupId, KindId, OrganizationId, PersonId};
use crate::domain::person::{EmailAddress, Person};
use crate::report::{Failure, Status};
use crate::wire::Place;
use crate::words;

/// An account, reached as one person.
pub struct Account {
    /// The way to it.
    pub client: Box<dyn Client>,
    /// Who asks, and what everybody may know.
    pub session: Session,
    /// What JSON objects need to know about it.
    pub place: Place,
}

impl Context {
    /// The chosen account as the chosen person, for a command; from here on things are called as they read them.
    pub async fn account(&mut self) -> Result<Account, Failure> {
        let account = self.account_by(Channel::Api).await?;
        self.words = words::for_reader(&self.words, &account.session);
        Ok(account)
    }

    /// The chosen account as the chosen person, who comes by that way.
    pub async fn account_by(&self, via: Channel) -> Result<Account, Failure> {
        let opening = self.keys().open(&self.choice()?, via).await?;
        if let Opening::Here(client) = &opening {
            self.opened.add(client.clone());
        }
        let client = opening.client();
        let session = client.session().await?;
        let place = Place::new(session.account.url.as_deref(), &session.kinds)
            .with_fields(session.fields.values())
            .with_ratings(session.settings.ratings);
        Ok(Account { client, session, place })
    }
}

/// A mail address of the command line.
pub fn address(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(text).map_err(|bad| Failure::said("cli-bad-address", Status::Usage).with("address", bad.0))
}

/// A key for an act, which nobody else has.
pub fn new_key() -> Result<String, Failure> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|error| Failure::Io(std::io::Error::other(error)))?;
    Ok(format!("cli-{}", crate::domain::text::hex(&random)))
}

impl Account {
    /// Does something.
    pub async fn act(&self, deed: Deed) -> Result<Receipt, Failure> {
        self.act_as(new_key()?, deed).await
    }

    /// Does something under a key that was kept before.
    pub async fn act_as(&self, key: String, deed: Deed) -> Result<Receipt, Failure> {
        Ok(self.client.act(Key(key), deed).await?)
    }

    /// Whether who asks works tickets.
    pub fn is_staff(&self) -> bool {
        self.session.me.role.is_staff()
    }

    /// Whoever has that address or number; `me` is who asks.
    pub async fn person(&self, who: &str) -> Result<Person, Failure> {
        let missing = || Failure::said("cli-no-person", Status::NotFound).with("who", who);
        self.find(who).await?.ok_or_else(missing)
    }

    /// The same, none when there is nobody.
    pub async fn find(&self, who: &str) -> Result<Option<Person>, Failure> {
        if who == "me" {
            return Ok(Some(self.session.me.clone()));
        }
        let ask = match who.parse() {
            Ok(number) => PeopleAsk::Ids(vec![PersonId(number)]),
            Err(_) => PeopleAsk::Address(address(who)?),
        };
        Ok(self.client.people(ask).await?.rows.into_iter().next())
    }

    /// The group of that name or number.
    pub fn group(&self, name: &str) -> Result<GroupId, Failure> {
        let groups = &self.session.groups;
        let same = |group: &&crate::domain::account::Group| {
            group.name.to_lowercase() == name.to_lowercase() || group.id.0.to_string() == name
        };
        let found = groups.iter().find(same).map(|group| group.id);
        found.ok_or_else(|| {
            let known: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
            let failure = Failure::said("cli-no-group", Status::NotFound).with("name", name);
            failure.with("known", known.join(", "))
        })
    }

    /// The kind of that slug.
    pub fn kind(&self, slug: &str) -> Result<KindId, Failure> {
        let kinds = &self.session.kinds;
        let found = kinds.iter().find(|kind| kind.slug == slug).map(|kind| kind.id);
        found.ok_or_else(|| {
            let known: Vec<&str> = self.session.offered().map(|kind| kind.slug.as_str()).collect();
            Failure::said("cli-no-kind", Status::NotFound).with("slug", slug).with("known", known.join(", "))
        })
    }

    /// The name of a group.
    pub fn group_name(&self, id: Option<GroupId>) -> String {
        let group = id.and_then(|id| self.session.groups.iter().find(|group| group.id == id));
        group.map_or_else(String::new, |group| group.name.clone())
    }
}

/// The name of a person; their number where the name may not be known.
pub fn person_name(names: &Names, id: Option<PersonId>) -> String {
    let Some(id) = id else { return String::new() };
    names.people.get(&id).cloned().unwrap_or_else(|| format!("#{id}"))
}

/// The name of an organization.
pub fn organization_name(names: &Names, id: Option<OrganizationId>) -> String {
    id.and_then(|id| names.organizations.get(&id)).cloned().unwrap_or_default()
}
