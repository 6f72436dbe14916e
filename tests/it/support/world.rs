//! A small help desk in memory, the smallest store that there can be: it gathers facts as their contract says, asks
//! `decide`, and applies what follows. Everybody in it has a name.

mod access;
mod cast;
mod clock;
mod deeds;
mod forms;
mod given;
mod law;
mod rows;
mod told;
mod uses;

pub use access::Access;
pub use cast::*;
pub use clock::Timer;
pub use deeds::*;
pub use forms::*;
pub use given::{Given, a_ticket};
pub use rows::{check, row};
pub use told::{name, told};

use guichet::domain::account::{Account, Group, Kind, Organization, Settings, folded_name};
use guichet::domain::act::{Act, Deed, OrganizationRef, Who};
use guichet::domain::case::CaseDeed;
use guichet::domain::comment::{Channel, Comment, Upload, UploadToken, Visibility};
use guichet::domain::condition::Around;
use guichet::domain::decide::{Decision, Facts, Fresh, decide, needs};
use guichet::domain::event::{Chain, Event};
use guichet::domain::evolve;
use guichet::domain::id::{AttachmentId, CommentId, GroupId, KindId, OrganizationId, PersonId, TicketId};
use guichet::domain::life::PersonDeed;
use guichet::domain::person::{EmailAddress, Person, PersonRef, Role};
use guichet::domain::refusal::Refusal;
use guichet::domain::removal::{Removal, Removed};
use guichet::domain::setup::{Item, Setup};
use guichet::domain::status::{Priority, Status};
use guichet::domain::ticket::{Request, Ticket};
use guichet::domain::time::{Span, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Clone)]
pub struct World {
    pub settings: Settings,
    pub account: Account,
    pub people: BTreeMap<PersonId, Person>,
    pub groups: BTreeMap<GroupId, Group>,
    /// The set-up: the four kinds, and what rows add.
    pub items: Vec<Item>,
    pub organizations: BTreeMap<OrganizationId, Organization>,
    pub tickets: BTreeMap<TicketId, Ticket>,
    pub comments: BTreeMap<CommentId, Comment>,
    pub uploads: BTreeMap<UploadToken, Upload>,
    /// How people sign in, and what else is written beside records.
    pub access: Access,
    pub now: Timestamp,
}

impl World {
    /// Everybody, and not one ticket.
    pub fn new() -> Self {
        let people = [
            person(LEA, "Lea", Role::EndUser, Some(SHOP), &[]),
            person(TOM, "Tom", Role::EndUser, Some(SHOP), &[]),
            person(NIL, "Nil", Role::EndUser, Some(BIKE), &[]),
            person(UMA, "Uma", Role::EndUser, Some(BIKE), &[]),
            person(ZOE, "Zoe", Role::EndUser, None, &[]),
            person(MARC, "Marc", Role::Agent, None, &[OPS]),
            person(INES, "Ines", Role::Agent, None, &[FIELD]),
            person(OTTO, "Otto", Role::Agent, None, &[]),
            person(ANA, "Ana", Role::Admin, None, &[OPS]),
            Person { suspended: true, ..person(SAM, "Sam", Role::EndUser, Some(SHOP), &[]) },
            Person { suspended: true, ..person(EVE, "Eve", Role::Agent, None, &[OPS]) },
        ];
        let kinds = [
            kind(CRITICAL, "critical", Some(Priority::Urgent)),
            kind(FEATURE, "feature", None),
            kind(HARDWARE, "hardware", None),
            kind(SOFTWARE, "software", None),
        ];
        Self {
            settings: Settings { default_group: Some(OPS), ..Settings::default() },
            account: Account { name: "Acme".to_owned(), url: None },
            people: people.into_iter().map(|one| (one.id, one)).collect(),
            groups: [(OPS, "Ops"), (FIELD, "Field")].map(|(id, name)| (id, Group::new(id, name))).into(),
            items: kinds.into_iter().map(Item::Kind).chain(clock::by_itself()).collect(),
            organizations: [organization(SHOP, "Shop", true), organization(BIKE, "Bike", false)]
                .map(|one| (one.id, one))
                .into(),
            tickets: BTreeMap::new(),
            comments: BTreeMap::new(),
            uploads: BTreeMap::new(),
            access: Access::default(),
            now: NOW,
        }
    }

    /// The same, with something different.
    pub fn but(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// So much later, or earlier.
    pub fn after(mut self, span: Span) -> Self {
        self.now = self.now + span;
        self
    }

    pub fn ticket(&self, id: TicketId) -> &Ticket {
        &self.tickets[&id]
    }

    /// What of a ticket its requester sees.
    pub fn request(&self, id: TicketId) -> Request {
        Request::of(self.ticket(id), &self.settings, &self.setup())
    }

    pub fn setup(&self) -> Setup {
        Setup::of(self.items.iter().cloned())
    }

    pub fn status(&self, id: TicketId) -> Status {
        self.ticket(id).status()
    }

    pub fn comments_of(&self, id: TicketId) -> impl Iterator<Item = &Comment> {
        self.comments.values().filter(move |one| one.ticket == id)
    }

    /// What would follow.
    pub fn decide(&self, who: PersonId, via: Channel, deed: &Deed) -> Result<Decision, Refusal> {
        let act = Act { who: Who::Person(who), via, deed: deed.clone() };
        decide(&self.facts(act.who, deed), &act, self.now)
    }

    /// Somebody does something at the screen.
    pub fn act(&mut self, who: PersonId, deed: &Deed) -> Result<Decision, Refusal> {
        self.act_by(who, Channel::Web, deed)
    }

    pub fn act_by(&mut self, who: PersonId, via: Channel, deed: &Deed) -> Result<Decision, Refusal> {
        let decision = self.decide(who, via, deed)?;
        self.apply(&decision);
        Ok(decision)
    }

    pub fn facts(&self, who: Who, deed: &Deed) -> Facts {
        let actor = match who {
            Who::Person(id) => self.people.get(&id).cloned(),
            Who::System => None,
        };
        let (ticket, other) = tickets(deed);
        let find = |id: Option<TicketId>| id.and_then(|id| self.tickets.get(&id)).cloned();
        let (ticket, other) = (find(ticket), find(other));
        let comment = match deed {
            Deed::Case(CaseDeed::Solve { comment: Some(comment), .. })
            | Deed::MakeInternal { comment, .. }
            | Deed::Removal(Removal::Redact { comment, .. } | Removal::RedactFile { comment, .. }) => {
                self.comments.get(comment).cloned()
            }
            _ => None,
        };
        let (mut ids, emails, names) = named(deed);
        ids.extend(self.merged_into(&ids, &emails));
        ids.extend(self.owner_of_link(deed));
        ids.extend(ticket.iter().chain(&other).flat_map(|one| [Some(one.requester), one.assignee]).flatten());
        ids.extend(ticket.iter().chain(&other).flat_map(|one| one.ccs.iter().copied()));
        let is_named = |one: &Person| ids.contains(&one.id) || one.email.iter().any(|email| emails.contains(email));
        let people: BTreeMap<_, _> =
            self.people.values().filter(|one| is_named(one)).map(|one| (one.id, one.clone())).collect();
        let theirs = |one: &Organization| people.values().chain(&actor).any(|p| p.organization == Some(one.id));
        let by_domain = |one: &Organization| emails.iter().any(|email| one.domains.contains(&email.domain()));
        let by_name = |one: &Organization| {
            let number = one.id.0.to_string();
            names.iter().any(|named| folded_name(named) == folded_name(&one.name) || *named == number)
        };
        let organizations = self.organizations.values().filter(|one| theirs(one) || by_domain(one) || by_name(one));
        let rules = law::rules(&self.items);
        Facts {
            settings: self.settings.clone(),
            account: self.account.clone(),
            organizations: organizations.map(|one| (one.id, one.clone())).collect(),
            actor,
            ticket,
            other,
            problem: law::problem_of(deed).and_then(|id| self.tickets.get(&id).cloned()),
            comment,
            people,
            groups: self.groups.clone(),
            staff: self.staff(&rules),
            around: Arc::new(Around { language: self.settings.language.clone(), ..Around::default() }),
            setup: Arc::clone(&rules.setup),
            items: if rules_change(deed) { self.items.clone() } else { Vec::new() },
            holders: self.holders(deed),
            options_held: self.options_held(deed),
            uploads: self.uploads.clone(),
            life: self.life_facts(deed),
            admins: self.people.values().filter(|one| one.runs_the_account()).count() as u64,
            fresh: self.fresh(deed),
        }
    }

    fn fresh(&self, deed: &Deed) -> Fresh {
        let needs = needs(deed);
        let after = |last: Option<i64>, least: i64, many: usize| {
            let first = last.unwrap_or(0).max(least) + 1;
            (first..).take(many)
        };
        let attachments = self.comments.values().flat_map(|one| &one.attachments).map(|one| one.id.0).max();
        Fresh {
            tickets: after(self.tickets.keys().last().map(|id| id.0), 0, needs.tickets).map(TicketId).collect(),
            comments: after(self.comments.keys().last().map(|id| id.0), 1000, needs.comments).map(CommentId).collect(),
            attachments: after(attachments, 0, needs.attachments).map(AttachmentId).collect(),
            people: after(self.people.keys().last().map(|id| id.0), 100, needs.people).map(PersonId).collect(),
            organizations: after(self.organizations.keys().last().map(|id| id.0), 0, needs.organizations)
                .map(OrganizationId)
                .collect(),
            items: after(self.items.iter().map(|item| item.key().id).max(), 0, needs.items).collect(),
            groups: after(self.groups.keys().last().map(|id| id.0), 0, needs.groups).map(GroupId).collect(),
        }
    }

    /// Writes what was decided, as a store does.
    pub fn apply(&mut self, decision: &Decision) {
        for entry in &decision.entries {
            let Chain::Ticket(id) = entry.chain else { continue };
            if let Some(Event::Created(created)) = entry.events.first() {
                self.tickets.insert(id, evolve::open(created, entry.at));
            }
            let ticket = self.tickets.get_mut(&id).expect("events belong to a ticket that there is");
            evolve::evolve_all(ticket, &entry.events, entry.at);
            for event in &entry.events {
                match event {
                    Event::Commented(comment) => {
                        let twice = self.comments.insert(comment.id, (**comment).clone());
                        assert!(twice.is_none(), "a number was used twice: {comment:?}");
                    }
                    Event::Removal(Removed::Redacted(now) | Removed::FileRedacted(now)) => {
                        self.comments.insert(now.id, (**now).clone());
                    }
                    Event::MadeInternal(id) => {
                        let comment = self.comments.get_mut(id).expect("a comment of the ticket");
                        (comment.visibility, comment.frozen) = (Visibility::Internal, true);
                    }
                    _ => {}
                }
            }
        }
        self.people.extend(decision.people.iter().map(|one| (one.id, one.clone())));
        self.organizations.extend(decision.organizations.iter().map(|one| (one.id, one.clone())));
        if let Some(gone) = decision.organization_deleted {
            self.organizations.remove(&gone);
            self.people
                .values_mut()
                .filter(|one| one.organization == Some(gone))
                .for_each(|one| one.organization = None);
        }
        self.groups.extend(decision.groups.iter().map(|one| (one.id, one.clone())));
        for item in &decision.items.set {
            self.items.retain(|one| one.key() != item.key());
            self.items.push(item.clone());
        }
        self.items.retain(|item| !decision.items.deleted.contains(&item.key()));
        self.uploads.retain(|token, _| !decision.used.contains(token));
        self.remember(&decision.records);
        self.account = decision.account.clone().unwrap_or_else(|| self.account.clone());
        self.settings = decision.settings.clone().unwrap_or_else(|| self.settings.clone());
    }
}

/// Whether a deed changes the set-up, or deletes what the set-up may name.
const fn rules_change(deed: &Deed) -> bool {
    matches!(deed, Deed::SetItem(_) | Deed::DeleteItem(_) | Deed::OrderItems { .. } | Deed::DeleteGroup { .. })
}

/// The ticket acted on, and the target of a merge or the source of a follow-up.
fn tickets(deed: &Deed) -> (Option<TicketId>, Option<TicketId>) {
    match deed {
        Deed::UpdateTicket { ticket, .. } | Deed::MakeInternal { ticket, .. } | Deed::RunAutomations { ticket } => {
            (Some(*ticket), None)
        }
        Deed::Removal(removal) => (Some(removal.ticket()), None),
        Deed::Merge { source, target, .. } => (Some(*source), Some(*target)),
        Deed::Person(PersonDeed::Settle { ticket, .. } | PersonDeed::Forget { ticket, .. }) => (Some(*ticket), None),
        Deed::CreateTicket(new) => (None, new.follow_up_of),
        Deed::Case(deed) => (Some(deed.ticket()), None),
        _ => (None, None),
    }
}

/// The people and organizations that a deed names: by number, by address, organizations by name or number as text.
fn named(deed: &Deed) -> (Vec<PersonId>, Vec<EmailAddress>, Vec<String>) {
    let (mut ids, mut emails, mut names) = (Vec::new(), Vec::new(), Vec::new());
    let refer = |named: &PersonRef| match named {
        PersonRef::Id(id) => ids.push(*id),
        PersonRef::Address(email) | PersonRef::Named { email, .. } => emails.push(email.clone()),
    };
    let organization = |named: &OrganizationRef| {
        names.push(match named {
            OrganizationRef::Id(id) => id.0.to_string(),
            OrganizationRef::Name(name) => name.clone(),
        });
    };
    match deed {
        Deed::CreateTicket(new) => {
            new.requester.iter().chain(&new.ccs).for_each(refer);
            ids.extend(new.assignee.iter().chain(&new.followers));
        }
        Deed::UpdateTicket { change, .. } => {
            change.requester.iter().chain(&change.add_ccs).for_each(refer);
            ids.extend(change.assignee.iter().flatten().chain(&change.add_followers));
        }
        Deed::CreatePerson(new) | Deed::ImportPerson(new) => {
            emails.extend(new.email.clone());
            new.organization.iter().for_each(organization);
        }
        Deed::UpdatePerson { person, change } => {
            ids.push(*person);
            emails.extend(change.email.iter().flatten().cloned());
            change.organization.iter().flatten().for_each(organization);
        }
        Deed::CreateOrganization(new) => names.push(new.name.clone()),
        Deed::UpdateOrganization { organization, change } => {
            names.push(organization.0.to_string());
            names.extend(change.name.clone());
        }
        Deed::Person(deed) => access::named(deed, &mut ids, &mut emails),
        Deed::ImportTicket(past) => {
            ids.extend([past.requester, past.submitter, past.assignee].into_iter().flatten());
            ids.extend(past.comments.iter().filter_map(|one| one.author).chain(past.ccs.iter().copied()));
            ids.extend(past.followers.iter().copied());
        }
        _ => {}
    }
    (ids, emails, names)
}

fn person(id: PersonId, name: &str, role: Role, organization: Option<OrganizationId>, groups: &[GroupId]) -> Person {
    Person {
        email: Some(email(&format!(
            "{}@{}.example",
            name.to_lowercase(),
            if role.is_staff() { "acme" } else { "mail" }
        ))),
        organization,
        groups: groups.to_vec(),
        ..Person::new(id, name, role, NOW)
    }
}

fn kind(id: KindId, slug: &str, priority: Option<Priority>) -> Kind {
    Kind { priority, ..Kind::new(id, slug) }
}

fn organization(id: OrganizationId, name: &str, shared_tickets: bool) -> Organization {
    let domains = vec![format!("{}.example", name.to_lowercase())];
    Organization { domains, shared_tickets, ..Organization::new(id, name) }
}

/// An address that is one.
pub fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}
