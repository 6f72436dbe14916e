use super::record::{Place, Record, Said, Somebody};
use super::{Fault, Why, key};
use crate::client::{Client, Error, PeopleAsk};
use crate::domain::act::{Deed, ImportedComment, ImportedTicket, NewPerson, OrganizationRef};
use crate::domain::comment::{Channel, NewComment};
use crate::domain::id::{GroupId, KindId, PersonId};
use crate::domain::person::{EmailAddress, Person, Role};
use crate::domain::refusal::Refusal;
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A ticket whose people, group and kind are the account's.
pub(super) struct Ready {
    /// What its key is made from.
    pub identity: String,
    /// Whether the row says when it was opened. Where it does not, each import says another time, and nobody can tell
    /// whether the row has changed since.
    pub dated: bool,
    /// Where it stood, should the account refuse it.
    pub place: Fault,
    /// The ticket.
    pub ticket: ImportedTicket,
}

/// Why a record did not become ready.
pub(super) enum Stop {
    /// This row only.
    Row(Fault),
    /// The whole import.
    All(Error),
}

/// Turns the names in records into people, groups and kinds of the account, making those that are missing.
pub(super) struct Resolver {
    format: &'static str,
    me: PersonId,
    now: Timestamp,
    kinds: BTreeMap<String, KindId>,
    groups: BTreeMap<String, GroupId>,
    people: BTreeMap<String, (PersonId, bool)>,
    /// Values that no ticket could take.
    pub left_out: Vec<Fault>,
}

impl Resolver {
    pub async fn load(client: &dyn Client, format: &'static str, now: Timestamp) -> Result<Self, Error> {
        let session = client.session().await?;
        Ok(Self {
            format,
            me: session.me.id,
            now,
            kinds: session.kinds.into_iter().map(|kind| (kind.slug, kind.id)).collect(),
            groups: session.groups.into_iter().map(|group| (group.name.to_lowercase(), group.id)).collect(),
            people: BTreeMap::new(),
            left_out: Vec::new(),
        })
    }

    pub async fn ticket(&mut self, client: &dyn Client, row: Result<Record, Fault>) -> Result<Ready, Stop> {
        let record = row.map_err(Stop::Row)?;
        let place = record.place.clone();
        let ready = self.resolve(client, record).await;
        ready.map_err(|error| match error {
            Halt::Row(why) => Stop::Row(fault(&place, why)),
            Halt::All(error) => Stop::All(error),
        })
    }

    async fn resolve(&mut self, client: &dyn Client, record: Record) -> Result<Ready, Halt> {
        let identity =
            record.external_id.clone().unwrap_or_else(|| format!("{:?}", (&record.subject, &record.comments)));
        let place = fault(&record.place, Why::Missing("ticket"));
        let requester = self.person(client, record.requester).await?.unwrap_or(self.me);
        let assignee = self.assignee(client, record.assignee, &record.place).await?;
        let dated = record.created_at.is_some();
        let created_at = record.created_at.unwrap_or(self.now);
        let mut comments = Vec::with_capacity(record.comments.len());
        for said in record.comments {
            comments.push(self.comment(client, said, requester, created_at).await?);
        }
        if let Some(later) = comments.get_mut(1..) {
            later.sort_by_key(|comment| comment.at);
        }
        let mut ccs = BTreeSet::new();
        for somebody in record.ccs {
            ccs.extend(self.person(client, Some(somebody)).await?.filter(|id| *id != requester));
        }
        let kind = record.kind.map(|slug| self.kind(slug)).transpose()?;
        let group = match record.group {
            Some(name) => Some(self.group(client, &name).await?),
            None => None,
        };
        let ticket = ImportedTicket {
            subject: record.subject,
            kind,
            status: record.status,
            status_at: record.status_at,
            priority: record.priority,
            requester,
            submitter: None,
            assignee,
            group,
            tags: record.tags.iter().filter_map(|tag| tag_of(tag)).collect(),
            ccs,
            followers: BTreeSet::new(),
            due_at: record.due_at,
            external_id: record.external_id,
            via: Channel::Import,
            created_at,
            comments,
        };
        Ok(Ready { identity, dated, place, ticket })
    }

    async fn comment(
        &mut self,
        client: &dyn Client,
        said: Said,
        requester: PersonId,
        opened: Timestamp,
    ) -> Result<ImportedComment, Halt> {
        let author = self.person(client, said.author).await?.unwrap_or(requester);
        let comment = NewComment { visibility: said.visibility, body: said.body, uploads: Vec::new() };
        Ok(ImportedComment { author, comment, at: said.at.unwrap_or(opened) })
    }

    fn kind(&self, slug: String) -> Result<KindId, Halt> {
        self.kinds.get(&slug).copied().ok_or(Halt::Row(Why::BadValue("kind", slug)))
    }

    async fn group(&mut self, client: &dyn Client, name: &str) -> Result<GroupId, Halt> {
        if let Some(known) = self.groups.get(&name.to_lowercase()) {
            return Ok(*known);
        }
        let deed = Deed::CreateGroup { name: name.to_owned() };
        let receipt = client.act(key(self.format, "group", name), deed).await.map_err(Halt::of)?;
        let id = receipt.outcome.group.ok_or_else(|| Halt::Row(Why::BadValue("group", name.to_owned())))?;
        self.groups.insert(name.to_lowercase(), id);
        Ok(id)
    }

    async fn person(&mut self, client: &dyn Client, somebody: Option<Somebody>) -> Result<Option<PersonId>, Halt> {
        Ok(self.known(client, somebody).await?.map(|(id, _)| id))
    }

    /// The person with whether they work tickets here.
    async fn known(
        &mut self,
        client: &dyn Client,
        somebody: Option<Somebody>,
    ) -> Result<Option<(PersonId, bool)>, Halt> {
        let Some(somebody) = somebody.filter(|one| !one.is_nobody()) else { return Ok(None) };
        // Who is the same is told by number, address or name: the first row that names them says the rest.
        let identity = identity(&somebody);
        if let Some(known) = self.people.get(&identity) {
            return Ok(Some(*known));
        }
        let found = self.find_or_make(client, &somebody, &identity).await?;
        self.people.insert(identity, found);
        Ok(Some(found))
    }

    /// Only agents are assigned; who is an end user here, though there they were not, is left out and reported.
    async fn assignee(
        &mut self,
        client: &dyn Client,
        somebody: Option<Somebody>,
        place: &Place,
    ) -> Result<Option<PersonId>, Halt> {
        let name = somebody.as_ref().and_then(|one| one.name.clone()).unwrap_or_default();
        match self.known(client, somebody).await? {
            Some((_, false)) => {
                self.left_out.push(fault(place, Why::BadValue("assignee", name)));
                Ok(None)
            }
            known => Ok(known.map(|(id, _)| id)),
        }
    }

    /// Whoever has the address, else a new person. A number there alone finds who was made from it before: the key of
    /// their making is the same.
    async fn find_or_make(
        &self,
        client: &dyn Client,
        somebody: &Somebody,
        identity: &str,
    ) -> Result<(PersonId, bool), Halt> {
        let parse = |text: &String| EmailAddress::parse(text).map_err(|bad| Halt::Row(Why::BadValue("email", bad.0)));
        let email = somebody.email.as_ref().map(parse).transpose()?;
        if let Some(email) = &email {
            let known = client.people(PeopleAsk::Address(email.clone())).await.map_err(Halt::of)?;
            if let Some(person) = known.rows.first() {
                return Ok((person.id, person.role.is_staff()));
            }
        }
        let named = [&somebody.name, &somebody.email, &somebody.external_id].into_iter().flatten().next();
        let new = NewPerson {
            name: named.cloned().unwrap_or_default(),
            phone: somebody.phone.clone(),
            role: if somebody.staff { Role::Agent } else { Role::EndUser },
            organization: somebody.organization.clone().map(OrganizationRef::Name),
            groups: Vec::new(),
            language: None,
            external_id: somebody.external_id.clone(),
            email,
        };
        match client.act(key(self.format, "person", identity), Deed::CreatePerson(new)).await {
            Ok(receipt) => {
                let id = receipt.outcome.person.ok_or(Halt::Row(Why::Missing("person")))?;
                Ok((id, somebody.staff))
            }
            // They were made from another row, in an earlier run.
            Err(Error::KeyReused) => find_again(client, somebody).await,
            Err(error) => Err(Halt::of(error)),
        }
    }
}

/// Who was made before from a row that said something else of them: the one of that number and name.
async fn find_again(client: &dyn Client, somebody: &Somebody) -> Result<(PersonId, bool), Halt> {
    let text = somebody.name.clone().or_else(|| somebody.external_id.clone()).unwrap_or_default();
    let ask = PeopleAsk::Suggest { text, staff_only: somebody.staff, limit: 50 };
    let found = client.people(ask).await.map_err(Halt::of)?;
    let same = |person: &&Person| match &somebody.external_id {
        Some(number) => person.external_id.as_ref() == Some(number),
        None => Some(&person.name) == somebody.name.as_ref(),
    };
    let person = found.rows.iter().find(same).ok_or(Halt::Row(Why::Changed))?;
    Ok((person.id, person.role.is_staff()))
}

/// What tells a person of a file from the others there.
fn identity(somebody: &Somebody) -> String {
    let role = if somebody.staff { "agent" } else { "person" };
    let number = somebody.external_id.as_ref().map(|id| format!("{role} number {id}"));
    let address = || somebody.email.as_ref().map(|email| format!("{role} address {}", email.to_lowercase()));
    number.or_else(address).unwrap_or_else(|| format!("{role} name {}", somebody.name.as_deref().unwrap_or_default()))
}

enum Halt {
    Row(Why),
    All(Error),
}

impl Halt {
    /// A refusal concerns one row; what the account cannot do concerns all.
    fn of(error: Error) -> Self {
        match error {
            Error::Refused(Refusal::Role { .. }) => Self::All(Error::Denied),
            Error::Refused(_) | Error::NotFound | Error::Unclear(_) => Self::Row(Why::Refused(error)),
            other => Self::All(other),
        }
    }
}

fn fault(place: &Place, why: Why) -> Fault {
    Fault { file: place.file.clone(), line: place.line, why }
}

/// A label as ours, with what a label cannot have replaced.
fn tag_of(text: &str) -> Option<Tag> {
    let fits = |c: char| if c.is_alphanumeric() || "_-./:+#@".contains(c) { c } else { '_' };
    let cut: String = text.trim().chars().map(fits).take(Tag::MAX_CHARS).collect();
    Tag::parse(&cut).ok()
}
