use super::account::{Account, Group, Organization, Settings};
use super::act::{Act, Deed, Who};
use super::audience::{self, Viewer};
use super::comment::{Channel, Comment, Upload, UploadToken};
use super::condition::Around;
use super::event::{Chain, Event};
use super::id::{AttachmentId, CommentId, GroupId, OrganizationId, PersonId, TicketId};
use super::life::{LifeFacts, PersonDeed, Record};
use super::notice::Notice;
use super::person::{Person, Role, Standing};
use super::refusal::{Holders, Refusal, Thing};
use super::setup::{Item, ItemKey, Setup};
use super::tag::Tag;
use super::ticket::Ticket;
use super::time::Timestamp;
pub use anew::Anew;
pub use bounds::bounded;
pub use fields::masked;
pub use rules::{Step, forecast, next_look, steps, why_now, why_then, would};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

mod access;
mod anew;
mod bounds;
mod changing;
mod comment;
mod create;
mod fields;
mod import;
mod life;
mod merge;
mod people;
mod rules;
mod seen;
mod settings;
mod setup;
mod update;
mod work;

/// Everything that a decision looks at, read in the transaction that will write what follows from it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The account's settings.
    pub settings: Settings,
    /// The account's name and address.
    pub account: Account,
    /// Who acts; none for [`Who::System`].
    pub actor: Option<Person>,
    /// The ticket acted on, whether the actor may see it or not: that is decided here.
    pub ticket: Option<Ticket>,
    /// The target of a merge, the source of a follow-up.
    pub other: Option<Ticket>,
    /// The comment acted on.
    pub comment: Option<Comment>,
    /// Everybody whom the act names by number or address, and the tickets' requesters and assignees.
    pub people: BTreeMap<PersonId, Person>,
    /// All groups.
    pub groups: BTreeMap<GroupId, Group>,
    /// Kinds, fields, statuses and rules.
    pub setup: Arc<Setup>,
    /// Everybody who works tickets, and whom rules name.
    pub staff: Arc<BTreeMap<PersonId, Person>>,
    /// What of the account conditions look at.
    pub around: Arc<Around>,
    /// Everything in the set-up, views and macros too; only for acts that change it.
    pub items: Vec<Item>,
    /// How many have the thing of the set-up, or the group, that is to be deleted.
    pub holders: Holders,
    /// How many have the options that a field is to lose, closed tickets apart.
    pub options_held: BTreeMap<Tag, Holders>,
    /// The organizations that the act names by number, [name](super::account::folded_name) or mail domain, and of `people`.
    pub organizations: BTreeMap<OrganizationId, Organization>,
    /// The files that the act names.
    pub uploads: BTreeMap<UploadToken, Upload>,
    /// How many admins can sign in.
    pub admins: u64,
    /// What decisions on people as a whole look at; only for them.
    pub life: LifeFacts,
    /// New numbers, as many as [`needs`] says.
    pub fresh: Fresh,
}

/// New numbers that nobody has had.
#[derive(Clone, Debug, Default)]
pub struct Fresh {
    /// For tickets.
    pub tickets: VecDeque<TicketId>,
    /// For comments, ascending.
    pub comments: VecDeque<CommentId>,
    /// For attachments.
    pub attachments: VecDeque<AttachmentId>,
    /// For people.
    pub people: VecDeque<PersonId>,
    /// For organizations.
    pub organizations: VecDeque<OrganizationId>,
    /// For groups.
    pub groups: VecDeque<GroupId>,
    /// For things of the set-up.
    pub items: VecDeque<i64>,
}

/// How many new numbers an act can need at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// See [`Fresh`].
    pub tickets: usize,
    /// See [`Fresh`].
    pub comments: usize,
    /// See [`Fresh`].
    pub attachments: usize,
    /// See [`Fresh`].
    pub people: usize,
    /// See [`Fresh`].
    pub organizations: usize,
    /// See [`Fresh`].
    pub groups: usize,
    /// See [`Fresh`].
    pub items: usize,
}

impl std::ops::Add for Needs {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            tickets: self.tickets + other.tickets,
            comments: self.comments + other.comments,
            attachments: self.attachments + other.attachments,
            people: self.people + other.people,
            organizations: self.organizations + other.organizations,
            groups: self.groups + other.groups,
            items: self.items + other.items,
        }
    }
}

/// What follows from an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What happened, one entry for each audit to be written, in order.
    pub entries: Vec<Entry>,
    /// People as they are now.
    pub people: Vec<Person>,
    /// Organizations as they are now.
    pub organizations: Vec<Organization>,
    /// Groups as they are now.
    pub groups: Vec<Group>,
    /// A group that is no more.
    pub group_deleted: Option<GroupId>,
    /// The account as it is now.
    pub account: Option<Account>,
    /// The settings as they are now.
    pub settings: Option<Settings>,
    /// Things of the set-up as they are now.
    pub items: Items,
    /// What people are told.
    pub notices: Vec<Notice>,
    /// When the tickets have to be looked at again, for what happens to them by itself.
    pub looks: Vec<(TicketId, Option<Timestamp>)>,
    /// Whose tickets have to be looked at again, from when on.
    pub anew: Vec<(Anew, Timestamp)>,
    /// Files that are on a comment now.
    pub used: Vec<UploadToken>,
    /// What else is written.
    pub records: Vec<Record>,
    /// What the act made or touched.
    pub outcome: Outcome,
}

/// Things of the set-up that change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items {
    /// New ones, and those that are different now.
    pub set: Vec<Item>,
    /// Those that are no more.
    pub deleted: Vec<ItemKey>,
}

/// An audit to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// To which history.
    pub chain: Chain,
    /// Who did it.
    pub who: Who,
    /// By which way.
    pub via: Channel,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub events: Vec<Event>,
}

/// What an act made or touched: what its receipt names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The ticket.
    pub ticket: Option<TicketId>,
    /// The new comment.
    pub comment: Option<CommentId>,
    /// The person.
    pub person: Option<PersonId>,
    /// The organization.
    pub organization: Option<OrganizationId>,
    /// The group.
    pub group: Option<GroupId>,
    /// The thing of the set-up.
    pub item: Option<ItemKey>,
}

/// Whether the one who acts is let in at all. This holds for what was done before as well: under a key that was used
/// already only those get an answer who may still act, and keys of the account are answered only to its admins.
///
/// # Errors
/// Those of [`admitted`], or [`Refusal::Role`] for imports.
pub fn admit(facts: &Facts, deed: &Deed) -> Result<(), Refusal> {
    if let Some(actor) = &facts.actor {
        admitted(actor)?;
    }
    if deed.is_import() { facts.admin().map(|_| ()) } else { Ok(()) }
}

/// Whether somebody is let in at all: not who is suspended, who has no password yet (R155), or who is gone.
///
/// # Errors
/// [`Refusal::Suspended`] or [`Refusal::NoAccess`].
pub const fn admitted(person: &Person) -> Result<(), Refusal> {
    match person.standing {
        _ if person.suspended => Err(Refusal::Suspended),
        Standing::Active => Ok(()),
        other => Err(Refusal::NoAccess(other)),
    }
}

/// What follows from an act at a moment, or why nothing does. The only place that knows the rules.
///
/// # Errors
/// The first rule that stands against it.
pub fn decide(facts: &Facts, act: &Act, now: Timestamp) -> Result<Decision, Refusal> {
    bounded(&act.deed)?;
    admit(facts, &act.deed)?;
    let mut decision = alone(facts, act, now)?;
    anew::tell(facts, &mut decision, now);
    let decision = if rules::followed(&act.deed) { rules::follow(facts, act, decision, now) } else { decision };
    Ok(seen::mark(facts, decision))
}

/// What follows from the act itself, before the account's rules look at it.
fn alone(facts: &Facts, act: &Act, now: Timestamp) -> Result<Decision, Refusal> {
    match &act.deed {
        Deed::CreateTicket(new) => create::create(facts, act, new, now),
        Deed::UpdateTicket { ticket, change, comment, expect } => {
            let wanted = update::Wanted { change, comment: comment.as_ref(), expect: *expect };
            update::update(facts, act, *ticket, &wanted, now)
        }
        Deed::MakeInternal { ticket, .. } => comment::make_internal(facts, act, *ticket, now),
        Deed::Merge { source, target, source_comment, target_comment } => {
            merge::merge(facts, act, (*source, source_comment), (*target, target_comment), now)
        }
        Deed::RunAutomations { ticket } => rules::automate(facts, act, *ticket, now),
        Deed::CreatePerson(new) => people::create(facts, act, new, now),
        Deed::UpdatePerson { person, change } => people::update(facts, act, *person, change, now),
        Deed::CreateOrganization(new) => people::create_organization(facts, act, new, now),
        Deed::UpdateOrganization { organization, change } => {
            people::update_organization(facts, act, *organization, change, now)
        }
        Deed::CreateGroup { name } => people::create_group(facts, act, name, now),
        Deed::RenameGroup { group, name } => people::rename_group(facts, act, *group, name, now),
        Deed::Person(deed) => life::decide(facts, act, deed, now),
        Deed::DeleteGroup { group } => setup::delete_group(facts, act, *group, now),
        Deed::Set(setting) => settings::set(facts, act, setting, now),
        Deed::SetItem(item) => setup::set(facts, act, item, now),
        Deed::DeleteItem(key) => setup::delete(facts, act, *key, now),
        Deed::OrderItems { kind, order } => setup::order(facts, act, *kind, order, now),
        Deed::ImportTicket(ticket) => import::import(facts, act, ticket, now),
        Deed::ImportPerson(new) => people::import(facts, act, new, now),
    }
}

/// How many new numbers a deed can need at most.
pub fn needs(deed: &Deed) -> Needs {
    let none = Needs::default();
    match deed {
        Deed::CreateTicket(new) => {
            Needs { tickets: 1, comments: 1, attachments: new.comment.uploads.len(), people: new.ccs.len() + 1, ..none }
        }
        Deed::UpdateTicket { change, comment, .. } => Needs {
            comments: usize::from(comment.is_some()),
            attachments: comment.as_ref().map_or(0, |comment| comment.uploads.len()),
            people: change.add_ccs.len() + 1,
            ..none
        },
        Deed::Merge { source_comment, target_comment, .. } => {
            Needs { comments: 2, attachments: source_comment.uploads.len() + target_comment.uploads.len(), ..none }
        }
        Deed::ImportTicket(ticket) => Needs {
            tickets: 1,
            comments: ticket.comments.len(),
            attachments: ticket.comments.iter().map(|one| one.comment.uploads.len()).sum(),
            ..none
        },
        Deed::CreatePerson(_) | Deed::ImportPerson(_) => Needs { people: 1, organizations: 1, ..none },
        Deed::UpdatePerson { .. } | Deed::CreateOrganization(_) => Needs { organizations: 1, ..none },
        Deed::CreateGroup { .. } => Needs { groups: 1, ..none },
        Deed::SetItem(_) => Needs { items: 1, ..none },
        Deed::Person(PersonDeed::AskAccess { .. }) => Needs { people: 1, ..none },
        Deed::MakeInternal { .. }
        | Deed::RunAutomations { .. }
        | Deed::DeleteItem(_)
        | Deed::OrderItems { .. }
        | Deed::UpdateOrganization { .. }
        | Deed::RenameGroup { .. }
        | Deed::Person(_)
        | Deed::DeleteGroup { .. }
        | Deed::Set(_) => none,
    }
}

impl Facts {
    /// Who acts as a person, or [`Refusal::Role`] for the system, which does none of what people do.
    fn actor(&self) -> Result<&Person, Refusal> {
        self.actor.as_ref().ok_or(Refusal::Role { needs: Role::EndUser })
    }

    fn staff(&self) -> Result<&Person, Refusal> {
        let actor = self.actor()?;
        if actor.role.is_staff() { Ok(actor) } else { Err(Refusal::Role { needs: Role::Agent }) }
    }

    fn admin(&self) -> Result<&Person, Refusal> {
        let actor = self.actor()?;
        if actor.role == Role::Admin { Ok(actor) } else { Err(Refusal::Role { needs: Role::Admin }) }
    }

    /// The actor as who asks.
    pub fn viewer(&self) -> Result<Viewer, Refusal> {
        let actor = self.actor()?;
        let organization = actor.organization.and_then(|id| self.organizations.get(&id));
        Ok(Viewer::of(actor, organization.is_some_and(|one| one.shared_tickets)))
    }

    /// A ticket if the actor may know of it; the mail of its requester or CCs finds it by the answer's token, not by
    /// sight (R118).
    fn seen<'a>(&self, ticket: Option<&'a Ticket>, id: TicketId, via: Channel) -> Result<&'a Ticket, Refusal> {
        let missing = || Refusal::NotFound(Thing::Ticket(id));
        let ticket = ticket.filter(|one| one.id == id).ok_or_else(missing)?;
        let viewer = self.viewer()?;
        let by_mail = via == Channel::Mail && audience::relation(&viewer, ticket) >= audience::Relation::Cc;
        if by_mail || audience::may_see(&viewer, ticket) { Ok(ticket) } else { Err(missing()) }
    }

    /// A ticket with which the actor, who is of the team, works.
    fn worked<'a>(&'a self, ticket: Option<&'a Ticket>, id: TicketId, via: Channel) -> Result<&'a Ticket, Refusal> {
        let ticket = self.seen(ticket, id, via)?;
        self.staff()?;
        let works = audience::works_on(&self.viewer()?, ticket);
        if works { Ok(ticket) } else { Err(Refusal::NotFound(Thing::Ticket(id))) }
    }

    /// A thing of the set-up, as it is; only for acts that change it.
    fn item(&self, key: ItemKey) -> Option<&Item> {
        self.items.iter().find(|item| item.key() == key)
    }

    fn has(&self, key: ItemKey) -> bool {
        self.item(key).is_some()
    }

    pub(super) fn known(&self, id: PersonId) -> Option<&Person> {
        let actor = self.actor.as_ref().filter(|actor| actor.id == id);
        self.people.get(&id).or(actor).or_else(|| self.staff.get(&id))
    }

    /// Who somebody is: the one into whom they were merged.
    fn followed<'a>(&'a self, person: &'a Person) -> &'a Person {
        match person.standing {
            Standing::Merged(into) => self.people.get(&into).unwrap_or(person),
            _ => person,
        }
    }

    fn person(&self, id: PersonId) -> Result<&Person, Refusal> {
        self.known(id).ok_or(Refusal::NotFound(Thing::Person))
    }

    /// Somebody of whom the one of the team who acts may know: who is out of their sight is as if there were nobody.
    fn found(&self, id: PersonId) -> Result<&Person, Refusal> {
        let viewer = self.viewer()?;
        let in_sight = |person: &&Person| !viewer.is_staff() || audience::may_find(&viewer, person);
        self.person(id).ok().filter(in_sight).ok_or(Refusal::NotFound(Thing::Person))
    }

    /// An organization of which they may know.
    fn found_organization(&self, id: OrganizationId) -> Result<&Organization, Refusal> {
        let viewer = self.viewer()?;
        let found = self.organizations.get(&id).filter(|_| audience::may_find_organization(&viewer, id));
        found.ok_or(Refusal::NotFound(Thing::Organization))
    }
}
