//! A small account with people in all roles and tickets of every sort, made through the one door.

use guichet::domain::account::{Account, Group, Kind, Organization};
use guichet::domain::act::{
    Act, Deed, ImportedComment, ImportedTicket, NewOrganization, NewPerson, OrganizationChange, OrganizationRef,
    PersonChange, Who,
};
use guichet::domain::audience::Viewer;
use guichet::domain::case::{Score, TicketType};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::condition::Link;
use guichet::domain::decide::Outcome;
use guichet::domain::field::{Access, Choice, Field, FieldType, Holder};
use guichet::domain::id::{FieldId, GroupId, KindId, OrganizationId, PersonId, TicketId};
use guichet::domain::person::{EmailAddress, Person, Restriction, Role};
use guichet::domain::setup::Item;
use guichet::domain::status::{Priority, Status};
use guichet::domain::tag::Tag;
use guichet::domain::ticket::Ticket;
use guichet::domain::time::{Span, Timestamp};
use guichet::store::{Clock, Founding, Reader, Store};
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// 2026-11-22T08:00:00Z.
pub const NOW: Timestamp = Timestamp(1_795_334_400_000);

/// Words of which all texts are made.
pub const VOCABULARY: [&str; 14] = [
    "printer",
    "Imprimante",
    "dépôt",
    "3",
    "toner",
    "naïve",
    "Straße",
    "ÉLÉPHANT",
    "42",
    "e-mail",
    "o'clock",
    "7",
    "pri",
    "depot",
];

/// All tags.
pub const TAGS: [&str; 5] = ["printer", "print", "depot-3", "sev", "été"];

/// The account and all that is known of it.
pub struct World {
    pub store: Store,
    pub people: Vec<Person>,
    pub tickets: Vec<Known>,
    pub readers: Vec<Reader>,
    /// One field of each type of tickets, people and organizations.
    pub fields: Vec<(FieldId, Holder, FieldType)>,
    kinds: Vec<Kind>,
    groups: Vec<Group>,
    pub organizations: Vec<Organization>,
}

/// A ticket with all that was said on it.
pub struct Known {
    pub ticket: Ticket,
    /// What was said, and whether in public.
    pub said: Vec<(String, bool)>,
    /// For each file whether it is on a public comment.
    pub files: Vec<bool>,
}

/// A clock that stands still.
pub fn clock() -> Clock {
    Arc::new(|| NOW)
}

/// Does something as somebody.
pub async fn act(store: &Store, who: PersonId, deed: Deed) -> Outcome {
    let act = Act { who: Who::Person(who), via: Channel::Api, deed };
    store.act(act, None, &clock()).await.expect("an act that is allowed").outcome
}

/// The account's first admin.
pub const ADMIN: PersonId = PersonId(1);

/// An account without tickets.
pub async fn founded(url: &str) -> Store {
    let founding = Founding {
        account: Account { name: "Vélo".into(), url: None },
        owner: "Ada Admin".into(),
        email: EmailAddress::parse("ada@ops.example").expect("an address"),
        language: "en".into(),
    };
    Store::found(url, founding, &clock()).await.expect("a new store")
}

/// A new person.
pub async fn person(
    store: &Store,
    name: &str,
    email: &str,
    role: Role,
    organization: Option<OrganizationId>,
) -> PersonId {
    let new = NewPerson {
        name: name.into(),
        email: Some(EmailAddress::parse(email).expect("an address")),
        phone: None,
        role,
        organization: organization.map(OrganizationRef::Id),
        groups: Vec::new(),
        language: [None, Some("fr".to_owned()), Some("pt-BR".to_owned())][name.len() % 3].clone(),
        external_id: None,
    };
    act(store, ADMIN, Deed::CreatePerson(new)).await.person.expect("somebody new")
}

/// Somebody who reads.
pub async fn reader(store: &Store, id: PersonId, shares: bool, as_requester: bool) -> Reader {
    let admin = Viewer::admin(ADMIN);
    let person = store.people_by_ids(&admin, &[id]).await.expect("people").pop().expect("somebody");
    Reader { viewer: Viewer::of(&person, shares), person, now: NOW, as_requester }
}

impl World {
    pub async fn make(url: &str) -> Self {
        let store = founded(url).await;
        let mut organizations = Vec::new();
        for (name, shared_tickets) in [("Dépôt Gare du Nord", true), ("Straße AG", false)] {
            let new =
                NewOrganization { name: name.into(), domains: Vec::new(), shared_tickets, shared_comments: false };
            let made = act(&store, ADMIN, Deed::CreateOrganization(new)).await;
            organizations.push((made.organization.expect("a new organization"), name));
        }
        act(&store, ADMIN, Deed::CreateGroup { name: "Dépôt team".into() }).await;
        let mut staff = vec![ADMIN];
        staff.push(person(&store, "Marc Öni", "marc@ops.example", Role::Agent, None).await);
        for (at, restriction) in Restriction::ALL.into_iter().skip(1).enumerate() {
            let home = [organizations[1].0, organizations[0].0, organizations[0].0][at];
            let address = format!("agent{at}@ops.example");
            let id = person(&store, &format!("Rosa {at}"), &address, Role::Agent, Some(home)).await;
            let groups = (restriction == Restriction::Groups).then(|| vec![GroupId(2)]);
            let change = PersonChange { restriction: Some(restriction), groups, ..PersonChange::default() };
            act(&store, ADMIN, Deed::UpdatePerson { person: id, change }).await;
            staff.push(id);
        }
        let mut users = Vec::new();
        for (at, name) in ["Ana Ruiz", "José-María Ñandú", "Ana Straße", "Li", "O'Brien Ana", "Zoé"].iter().enumerate()
        {
            let organization = [Some(organizations[0].0), Some(organizations[1].0), None][at % 3];
            users.push(person(&store, name, &format!("user{at}@acme{at}.example"), Role::EndUser, organization).await);
        }
        let fields = furnished(&store, &users, organizations.iter().map(|(id, _)| *id)).await;
        let admin = reader(&store, ADMIN, false, false).await;
        let known = store.who(ADMIN).await.expect("an answer").expect("the admin");
        let (kinds, groups) = (known.kinds(), known.groups());
        let everybody: Vec<PersonId> = staff.iter().chain(&users).copied().collect();
        let people = store.people_by_ids(&admin.viewer, &everybody).await.expect("people");
        let readers = vec![
            reader(&store, ADMIN, false, false).await,
            reader(&store, staff[1], false, false).await,
            reader(&store, staff[1], false, true).await,
            reader(&store, staff[2], false, false).await,
            reader(&store, staff[3], true, false).await,
            reader(&store, staff[4], false, false).await,
            reader(&store, staff[3], true, true).await,
            reader(&store, users[0], true, true).await,
            reader(&store, users[1], false, true).await,
            reader(&store, users[3], true, true).await,
        ];
        let mut known = Vec::new();
        for (id, _) in organizations {
            let found = store.organization(&admin.viewer, &OrganizationRef::Id(id)).await.expect("a read");
            known.push(found.expect("an organization"));
        }
        let organizations = known;
        let mut world = Self { store, people, tickets: Vec::new(), readers, kinds, groups, organizations, fields };
        let mut chance = ChaCha8Rng::seed_from_u64(42);
        for _ in 0..70 {
            let (past, said) = world.past(&mut chance, &staff, &users);
            let id = act(&world.store, ADMIN, Deed::ImportTicket(Box::new(past))).await.ticket.expect("a new ticket");
            let ticket = world.ticket(id).await;
            world.tickets.push(Known { ticket, said, files: Vec::new() });
        }
        world
    }

    /// A ticket as it is now.
    pub async fn ticket(&self, id: TicketId) -> Ticket {
        self.store.find_ticket(&self.readers[0], id).await.expect("a read").expect("a ticket that agents may see")
    }

    fn past(
        &self,
        chance: &mut ChaCha8Rng,
        staff: &[PersonId],
        users: &[PersonId],
    ) -> (ImportedTicket, Vec<(String, bool)>) {
        let created_at = NOW + Span(-chance.random_range(0..2_000_000_000_i64));
        let private = chance.random_bool(0.25);
        let comments: Vec<ImportedComment> = (0..chance.random_range(1..4_usize))
            .map(|at| {
                let body = text(chance, 6);
                let public = !private && (at == 0 || chance.random_bool(0.5));
                ImportedComment {
                    author: Some(*some(chance, staff)),
                    comment: if public { NewComment::public(body) } else { NewComment::note(body) },
                    at: Some(created_at + Span::hours(i64::try_from(at).unwrap_or(0))),
                }
            })
            .collect();
        let said = comments
            .iter()
            .map(|one| {
                let public = one.comment.visibility == guichet::domain::comment::Visibility::Public;
                (one.comment.body.clone(), public)
            })
            .collect();
        let maybe = |chance: &mut ChaCha8Rng, from: &[PersonId]| -> BTreeSet<PersonId> {
            (0..chance.random_range(0..3)).map(|_| *some(chance, from)).collect()
        };
        let groups: Vec<GroupId> = self.groups.iter().map(|group| group.id).collect();
        let kinds: Vec<KindId> = self.kinds.iter().map(|kind| kind.id).collect();
        let past = ImportedTicket {
            subject: text(chance, 3),
            kind: chance.random_bool(0.7).then(|| *some(chance, &kinds)),
            ticket_type: chance.random_bool(0.6).then(|| *some(chance, &TicketType::ALL)),
            problem: None,
            rating: chance
                .random_bool(0.3)
                .then(|| (*some(chance, &Score::ALL), chance.random_bool(0.5).then(|| "Well.".to_owned()))),
            status: *some(chance, &Status::ALL),
            status_at: None,
            priority: chance.random_bool(0.7).then(|| *some(chance, &Priority::ALL)),
            requester: Some(*some(chance, users)),
            submitter: chance.random_bool(0.5).then(|| *some(chance, staff)),
            assignee: chance.random_bool(0.6).then(|| *some(chance, staff)),
            group: chance.random_bool(0.6).then(|| *some(chance, &groups)),
            tags: (0..chance.random_range(0..3)).filter_map(|_| Tag::parse(some::<&str>(chance, &TAGS)).ok()).collect(),
            ccs: maybe(chance, users).union(&maybe(chance, staff)).copied().collect(),
            followers: maybe(chance, staff),
            due_at: chance.random_bool(0.4).then(|| NOW + Span(chance.random_range(-500_000_000..500_000_000_i64))),
            fields: filled(&self.fields, Holder::Ticket, chance),
            external_id: chance.random_bool(0.4).then(|| format!("GH-{}", chance.random_range(1..14_u32))),
            via: *some(chance, &[Channel::Web, Channel::Mail, Channel::Api]),
            created_at: Some(created_at),
            comments,
        };
        (past, said)
    }

    /// What those are called to whom a ticket points.
    pub fn names(&self, link: Link, id: i64) -> Option<(Vec<String>, Option<String>)> {
        match link {
            Link::Group => self.groups.iter().find(|one| one.id.0 == id).map(|one| (vec![one.name.clone()], None)),
            Link::Kind => {
                let kind = self.kinds.iter().find(|one| one.id.0 == id)?;
                Some((vec![kind.name.clone(), kind.slug.clone()], None))
            }
            Link::Organization => {
                self.organizations.iter().find(|one| one.id.0 == id).map(|one| (vec![one.name.clone()], None))
            }
            _ => {
                let person = self.people.iter().find(|one| one.id.0 == id)?;
                Some((vec![person.name.clone()], person.email.as_ref().map(EmailAddress::folded)))
            }
        }
    }
}

/// Some fields with values of their types.
fn filled(fields: &[(FieldId, Holder, FieldType)], of: Holder, chance: &mut ChaCha8Rng) -> BTreeMap<FieldId, String> {
    let mut filled = BTreeMap::new();
    for (id, _, kind) in fields.iter().filter(|(_, whose, _)| *whose == of) {
        let value = match kind {
            FieldType::Integer => chance.random_range(-2..4_i64).to_string(),
            FieldType::Decimal => {
                format!("{}.{}", chance.random_range(-2..4_i64), chance.random_range(0..3_u32) * 25)
            }
            FieldType::Date => format!("2026-11-{}", chance.random_range(19..25_u32)),
            FieldType::Checkbox { .. } => chance.random_bool(0.5).to_string(),
            FieldType::Choice(_) => (*some(chance, &OPTIONS)).to_owned(),
            FieldType::Choices(_) => format!("{} {}", some(chance, &OPTIONS), some(chance, &OPTIONS)),
            _ => text(chance, 4),
        };
        if chance.random_bool(0.7) {
            filled.insert(*id, value);
        }
    }
    filled
}

/// Fields of each type for tickets, people and organizations; those of the last two are filled in.
async fn furnished(
    store: &Store,
    users: &[PersonId],
    organizations: impl Iterator<Item = OrganizationId>,
) -> Vec<(FieldId, Holder, FieldType)> {
    let mut fields = Vec::new();
    let mut dice = ChaCha8Rng::seed_from_u64(43);
    for (of, kind) in field_types().into_iter().flat_map(|kind| HOLDERS.map(|of| (of, kind.clone()))) {
        let made = act(store, ADMIN, Deed::SetItem(Box::new(Item::Field(field(of, &kind))))).await;
        fields.push((FieldId(made.item.expect("a new field").id), of, kind));
    }
    for person in users {
        let change = PersonChange { fields: filled(&fields, Holder::Person, &mut dice), ..PersonChange::default() };
        act(store, ADMIN, Deed::UpdatePerson { person: *person, change }).await;
    }
    for organization in organizations {
        let held = filled(&fields, Holder::Organization, &mut dice);
        let change = OrganizationChange { fields: held, ..OrganizationChange::default() };
        act(store, ADMIN, Deed::UpdateOrganization { organization, change }).await;
    }
    fields
}

const HOLDERS: [Holder; 3] = [Holder::Ticket, Holder::Person, Holder::Organization];

/// The options of drop-downs.
pub const OPTIONS: [&str; 4] = ["printer", "x-100", "x_100", "été"];

fn field_types() -> Vec<FieldType> {
    let options = || {
        let choice = |tag: &str| Choice::new(&tag.to_uppercase(), Tag::parse(tag).expect("a tag"));
        OPTIONS.into_iter().map(choice).collect()
    };
    vec![
        FieldType::Text,
        FieldType::Lines,
        FieldType::Integer,
        FieldType::Decimal,
        FieldType::Date,
        FieldType::Checkbox { tag: None },
        FieldType::Choice(options()),
        FieldType::Choices(options()),
    ]
}

fn field(of: Holder, kind: &FieldType) -> Field {
    Field {
        id: FieldId(0),
        of,
        slug: format!("{}_{}", of.name(), kind.name()),
        title: format!("{} {}", of.name(), kind.name()),
        requester_title: None,
        description: String::new(),
        translations: std::collections::BTreeMap::new(),
        kind: kind.clone(),
        access: Access::Agents,
        required_to_submit: false,
        required_to_solve: false,
        default: None,
        active: true,
        position: 0,
    }
}

fn some<'a, T>(chance: &mut ChaCha8Rng, from: &'a [T]) -> &'a T {
    from.choose(chance).expect("something to choose from")
}

fn text(chance: &mut impl Rng, most: usize) -> String {
    let words: Vec<&str> =
        (0..chance.random_range(1..=most)).map(|_| *VOCABULARY.choose(chance).expect("a word")).collect();
    words.join(if chance.random_bool(0.5) { " " } else { ", " })
}
