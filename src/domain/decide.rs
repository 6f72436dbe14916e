use super::account::{Account, Group, Organization, Settings};
use super::act::{Act, Deed, Who};
use super::comment::{Channel, UploadToken};
use super::event::{Chain, Event};
use super::id::{CommentId, GroupId, OrganizationId, PersonId, TicketId};
use super::life::Record;
use super::notice::Notice;
use super::person::{Person, Standing};
use super::refusal::Refusal;
use super::setup::{Item, ItemKey};
use super::time::Timestamp;
pub use anew::Anew;
pub use bounds::bounded;
pub use facts::{Facts, Fresh};
pub use fields::masked;
pub use needs::{Needs, needs};
pub use rules::{Step, forecast, next_look, steps, why_now, why_then, would};

mod access;
mod anew;
mod bounds;
mod case;
mod changing;
mod comment;
mod create;
mod facts;
mod fields;
mod grants;
mod groups;
mod import;
mod life;
mod mailroom;
mod merge;
mod needs;
mod organizations;
mod people;
mod removal;
mod rules;
mod seen;
mod settings;
mod setup;
mod stranger;
mod update;
mod webhooks;
mod work;

/// What follows from an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What happened, one entry for each audit to be written, in order.
    pub entries: Vec<Entry>,
    /// People as they are now.
    pub people: Vec<Person>,
    /// Organizations as they are now.
    pub organizations: Vec<Organization>,
    /// An organization that is no more.
    pub organization_deleted: Option<OrganizationId>,
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
pub fn admit(facts: &Facts, act: &Act) -> Result<(), Refusal> {
    if let Some(actor) = facts.actor.as_ref().filter(|actor| !answers_by_letter(actor, act)) {
        admitted(actor)?;
    }
    if act.deed.is_import() { facts.admin().map(|_| ()) } else { Ok(()) }
}

/// Whether somebody who has no password yet answers a letter of ours: what their mail carries to be theirs was sent to their
/// address alone, and they do nothing by it but answer.
fn answers_by_letter(actor: &Person, act: &Act) -> bool {
    let answers = act.via == Channel::Mail && matches!(act.deed, Deed::UpdateTicket { .. });
    answers && actor.standing == Standing::Pending && !actor.suspended
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
    admit(facts, act)?;
    let mut decision = alone(facts, act, now)?;
    anew::tell(facts, &mut decision, now);
    let decision = if rules::followed(&act.deed) { rules::follow(facts, act, decision, now) } else { decision };
    Ok(seen::mark(facts, case::follow(facts, decision)))
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
        Deed::Case(deed) => case::decide(facts, act, deed, now),
        Deed::RunAutomations { ticket } => rules::automate(facts, act, *ticket, now),
        Deed::CreatePerson(new) => people::create(facts, act, new, now),
        Deed::UpdatePerson { person, change } => people::update(facts, act, *person, change, now),
        Deed::CreateOrganization(new) => organizations::create(facts, act, new, now),
        Deed::UpdateOrganization { organization, change } => {
            organizations::update(facts, act, *organization, change, now)
        }
        Deed::DeleteOrganization { organization } => organizations::delete(facts, act, *organization, now),
        Deed::CreateGroup { name } => groups::create(facts, act, name, now),
        Deed::RenameGroup { group, name } => groups::rename(facts, act, *group, name, now),
        Deed::DescribeGroup { group, description } => groups::describe(facts, act, *group, description, now),
        Deed::Person(deed) => life::decide(facts, act, deed, now),
        Deed::Removal(removal) => removal::decide(facts, act, removal, now),
        Deed::Mail(deed) => mailroom::decide(facts, act, *deed, now),
        Deed::DeleteGroup { group } => groups::delete(facts, act, *group, now),
        Deed::Set(setting) => settings::set(facts, act, setting, now),
        Deed::SetItem(item) => setup::set(facts, act, item, now),
        Deed::DeleteItem(key) => setup::delete(facts, act, *key, now),
        Deed::OrderItems { kind, order } => setup::order(facts, act, *kind, order, now),
        Deed::Webhook { webhook, deed } => webhooks::decide(facts, act, (*webhook, deed), now),
        Deed::ImportTicket(ticket) => import::import(facts, act, ticket, now),
        Deed::ImportPerson(new) => people::import(facts, act, new, now),
    }
}
