use super::record::{Place, Record, Said, Somebody};
use super::{Fault, Input, Why, key, scope};
use crate::client::{Client, Error, PeopleAsk};
use crate::domain::account::folded_name;
use crate::domain::act::{Deed, ImportedComment, ImportedTicket, NewPerson, OrganizationRef};
use crate::domain::case::TicketType;
use crate::domain::comment::{Channel, NewComment, Visibility};
use crate::domain::id::{GroupId, KindId, PersonId, TicketId};
use crate::domain::person::{EmailAddress, Role};
use crate::domain::refusal::Refusal;
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A ticket whose people, group and kind are the account's.
pub(super) struct Ready {
    /// What its key is made from.
    pub identity: String,
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
    /// Part of every key.
    pub scope: String,
    /// How often a row without a number has been there so far: two that are alike are two.
    alike: BTreeMap<String, u64>,
    kinds: BTreeMap<String, KindId>,
    groups: BTreeMap<String, GroupId>,
    people: BTreeMap<String, (PersonId, bool)>,
    /// Who works tickets in any of the records, by identity.
    staff: BTreeSet<String>,
    /// Problems that were taken over, by their numbers there.
    pub problems: BTreeMap<String, TicketId>,
    /// Values that no ticket could take.
    pub left_out: Vec<Fault>,
    /// How many agents were made; they begin suspended.
    pub suspended: u64,
}

impl Resolver {
    pub async fn load(client: &dyn Client, input: &Input) -> Result<Self, Error> {
        let session = client.session().await?;
        Ok(Self {
            scope: scope(input),
            alike: BTreeMap::new(),
            staff: staff(input),
            kinds: session.kinds.into_iter().map(|kind| (kind.slug, kind.id)).collect(),
            groups: session.groups.into_iter().map(|group| (group.name.to_lowercase(), group.id)).collect(),
            people: BTreeMap::new(),
            problems: BTreeMap::new(),
            left_out: Vec::new(),
            suspended: 0,
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
        let identity = record.external_id.clone().unwrap_or_else(|| self.content(&record));
        let place = fault(&record.place, Why::Missing("ticket"));
        let requester = self.person(client, record.requester).await?;
        let assignee = self.assignee(client, record.assignee, &record.place).await?;
        let created_at = record.created_at;
        let mut comments = Vec::with_capacity(record.comments.len());
        for said in record.comments {
            comments.push(self.comment(client, said, created_at).await?);
        }
        if let Some(later) = comments.get_mut(1..) {
            later.sort_by_key(|comment| comment.at.or(created_at));
        }
        let mut ccs = BTreeSet::new();
        for somebody in record.ccs {
            ccs.extend(self.person(client, Some(somebody)).await?);
        }
        let kind = record.kind.map(|slug| self.kind(slug)).transpose()?;
        let group = match record.group {
            Some(name) => Some(self.group(client, &name).await?),
            None => None,
        };
        let problem = self.problem(record.problem.as_ref(), &record.place);
        let ticket = ImportedTicket {
            subject: record.subject,
            kind,
            ticket_type: record.ticket_type,
            problem: problem.filter(|_| record.ticket_type == Some(TicketType::Incident)),
            rating: record.rating,
            status: record.status,
            status_at: record.status_at,
            priority: record.priority,
            requester,
            submitter: None,
            assignee,
            group,
            tags: self.tags(&record.tags, &record.place),
            ccs,
            followers: BTreeSet::new(),
            due_at: record.due_at,
            fields: BTreeMap::new(),
            external_id: record.external_id,
            via: Channel::Import,
            created_at,
            comments,
        };
        Ok(Ready { identity, place, ticket })
    }

    /// The problem of a number there, which was taken over before; one that was not is left out and reported.
    fn problem(&mut self, number: Option<&String>, place: &Place) -> Option<TicketId> {
        let number = number?;
        let known = self.problems.get(number).copied();
        if known.is_none() {
            self.left_out.push(fault(place, Why::BadValue("problem", number.clone())));
        }
        known
    }

    async fn comment(
        &mut self,
        client: &dyn Client,
        said: Said,
        opened: Option<Timestamp>,
    ) -> Result<ImportedComment, Halt> {
        let author = self.person(client, said.author).await?;
        let comment = NewComment { visibility: said.visibility, body: said.body, uploads: Vec::new() };
        Ok(ImportedComment { author, comment, at: said.at.or(opened) })
    }

    /// What tells a row without a number from the others: who said what when, and the how-manieth it is of those that are
    /// alike. Goes into keys, so its form stays.
    fn content(&mut self, record: &Record) -> String {
        let who = |somebody: &Option<Somebody>| somebody.as_ref().map(identity);
        let moment = |at: Option<Timestamp>| at.map(|at| at.0);
        let said: Vec<_> = record
            .comments
            .iter()
            .map(|one| {
                let public = one.visibility == Visibility::Public;
                json!([who(&one.author), one.body, public, moment(one.at)])
            })
            .collect();
        let content = json!([record.subject, who(&record.requester), moment(record.created_at), said]).to_string();
        let before = self.alike.entry(key(&self.scope, "alike", &content).0).or_default();
        *before += 1;
        format!("{before} {content}")
    }

    /// The labels; one that is none of ours even with signs replaced is left out and reported.
    fn tags(&mut self, labels: &[String], place: &Place) -> BTreeSet<Tag> {
        let mut tags = BTreeSet::new();
        for label in labels.iter().filter(|label| !label.trim().is_empty()) {
            match tag_of(label) {
                Some(tag) => _ = tags.insert(tag),
                None => self.left_out.push(fault(place, Why::BadValue("tags", label.chars().take(200).collect()))),
            }
        }
        tags
    }

    fn kind(&self, slug: String) -> Result<KindId, Halt> {
        self.kinds.get(&slug).copied().ok_or(Halt::Row(Why::BadValue("kind", slug)))
    }

    async fn group(&mut self, client: &dyn Client, name: &str) -> Result<GroupId, Halt> {
        if let Some(known) = self.groups.get(&name.to_lowercase()) {
            return Ok(*known);
        }
        let deed = Deed::CreateGroup { name: name.to_owned() };
        let receipt = client.act(key(&self.scope, "group", name), deed).await.map_err(Halt::of)?;
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

    /// Whoever has the address, else a new person. Whom an earlier run made is found by the key of their making.
    async fn find_or_make(
        &mut self,
        client: &dyn Client,
        somebody: &Somebody,
        identity: &str,
    ) -> Result<(PersonId, bool), Halt> {
        let parse = |text: &String| EmailAddress::parse(text).map_err(|bad| Halt::Row(Why::BadValue("email", bad.0)));
        let email = somebody.email.as_ref().map(parse).transpose()?;
        if let Some(email) = &email
            && let Some(known) = first(client, PeopleAsk::Address(email.clone())).await?
        {
            return Ok(known);
        }
        let named = [&somebody.name, &somebody.email, &somebody.external_id].into_iter().flatten().next();
        let staff = self.staff.contains(identity);
        let new = NewPerson {
            name: named.cloned().unwrap_or_default(),
            phone: somebody.phone.clone(),
            role: if staff { Role::Agent } else { Role::EndUser },
            organization: somebody.organization.clone().map(OrganizationRef::Name),
            groups: Vec::new(),
            language: None,
            external_id: somebody.external_id.clone(),
            email,
        };
        let receipt =
            client.act(key(&self.scope, "person", identity), Deed::ImportPerson(new)).await.map_err(Halt::of)?;
        let missing = || Halt::Row(Why::Missing("person"));
        let id = receipt.outcome.person.ok_or_else(missing)?;
        if receipt.repeated {
            // What they may do has been decided in the account since.
            return first(client, PeopleAsk::Ids(vec![id])).await?.ok_or_else(missing);
        }
        self.suspended += u64::from(staff);
        Ok((id, staff))
    }
}

/// The first of the people asked for, with whether they work tickets here.
async fn first(client: &dyn Client, ask: PeopleAsk) -> Result<Option<(PersonId, bool)>, Halt> {
    let found = client.people(ask).await.map_err(Halt::of)?;
    Ok(found.rows.first().map(|person| (person.id, person.role.is_staff())))
}

/// Who works tickets in any of the records: who is an agent there is one wherever they are named.
fn staff(input: &Input) -> BTreeSet<String> {
    let records = input.records.iter().flatten();
    let people = records.flat_map(|record| {
        let authors = record.comments.iter().filter_map(|said| said.author.as_ref());
        record.requester.iter().chain(&record.assignee).chain(&record.ccs).chain(authors)
    });
    people.filter(|one| one.staff).map(identity).collect()
}

/// What tells a person of a file from the others there: the number, the address, or the name alone. Whatever they do
/// in a row, they are the same.
fn identity(somebody: &Somebody) -> String {
    let number = somebody.external_id.as_ref().map(|id| format!("number {id}"));
    let address = || somebody.email.as_ref().map(|email| format!("address {}", email.to_lowercase()));
    let name = || format!("name {}", folded_name(somebody.name.as_deref().unwrap_or_default()));
    number.or_else(address).unwrap_or_else(name)
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
    let fitting: String = text.trim().chars().map(fits).collect();
    Tag::parse(&fitting).ok()
}
