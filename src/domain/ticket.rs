use super::account::{OnHold, Settings};
use super::case::{Rating, TicketType};
use super::comment::{Channel, Visibility};
use super::field::Value;
use super::form::{Line, Reader};
use super::id::{FieldId, GroupId, KindId, OrganizationId, PersonId, RuleId, StatusId, TicketId};
use super::notice::Owed;
use super::removal::Deletion;
use super::setup::Setup;
use super::status::{CustomStatus, Priority, State, Status};
use super::tag::Tag;
use super::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A ticket as agents see it. What its requester sees is a [`Request`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its number.
    pub id: TicketId,
    /// Its title: hostile text.
    pub subject: String,
    /// What sort of request it is.
    pub kind: Option<KindId>,
    /// What sort of case it is.
    pub ticket_type: Option<TicketType>,
    /// The problem that caused it; only incidents have one.
    pub problem: Option<TicketId>,
    /// What its requester thought of how it was solved.
    pub rating: Option<Rating>,
    /// Where it stands, since when.
    pub state: State,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// For whom it is.
    pub requester: PersonId,
    /// Who opened it (R094).
    pub submitter: PersonId,
    /// Who works on it.
    pub assignee: Option<PersonId>,
    /// The group that works on it.
    pub group: Option<GroupId>,
    /// Where its requester belonged when it was opened.
    pub organization: Option<OrganizationId>,
    /// Its labels.
    pub tags: BTreeSet<Tag>,
    /// Who else follows it in the portal: at most 48 (D17).
    pub ccs: BTreeSet<PersonId>,
    /// Agents who follow it, unseen by end users (D17).
    pub followers: BTreeSet<PersonId>,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// The account's own status within the category; the category's default when none.
    pub custom_status: Option<StatusId>,
    /// What its fields hold; one without a value is not there.
    pub fields: BTreeMap<FieldId, Value>,
    /// The automations that do nothing more until it enters another status.
    pub ran: BTreeSet<RuleId>,
    /// What requester and CCs were not told because it was private (R117).
    pub owed: BTreeSet<Owed>,
    /// Internal for a private ticket (R109). Public for good once it is public (R125), but for R127.
    pub visibility: Visibility,
    /// How it came.
    pub via: Channel,
    /// Its number in the system that it came from.
    pub external_id: Option<String>,
    /// The closed ticket that it follows (R178).
    pub follow_up_of: Option<TicketId>,
    /// The ticket into which it was merged.
    pub merged_into: Option<TicketId>,
    /// That it is deleted: then it is for everybody as if it were not there.
    pub deleted: Option<Deletion>,
    /// How many comments of either kind it has.
    pub comments: u32,
    /// How many of them are public.
    pub public_comments: u32,
    /// When it was opened.
    pub created_at: Timestamp,
    /// The last change of any kind.
    pub updated_at: Timestamp,
    /// The last change that a requester may know of: notes and agents' housekeeping leave it alone.
    pub requester_updated_at: Timestamp,
    /// The entry into the status that it has; where [`State`] has a moment, that one.
    pub status_at: Timestamp,
    /// Since when it has been with its assignee; none while nobody has it.
    pub assigned_at: Option<Timestamp>,
    /// The last comment of whoever was its requester then, in public or not.
    pub requester_said_at: Option<Timestamp>,
    /// The last comment of whoever was its assignee then, in public or not.
    pub assignee_said_at: Option<Timestamp>,
    /// The first public answer of somebody who is neither its requester nor merely in copy; what it was opened with is none.
    pub first_answered_at: Option<Timestamp>,
    /// When it was solved, or ended without being solved before; none while it is unsolved.
    pub solved_at: Option<Timestamp>,
    /// How many times it was reopened after it had been solved.
    pub reopened: u32,
    /// How many audits it has: a change names the version it was made against (conflicts).
    pub version: i64,
}

impl Ticket {
    /// The most people in copy (D17).
    pub const MAX_CCS: usize = 48;
    /// The longest subject, in characters.
    pub const MAX_SUBJECT_CHARS: usize = 400;

    /// Its bare status.
    pub const fn status(&self) -> Status {
        self.state.status()
    }

    /// What it is called when its subject was erased: its number.
    pub fn bare_subject(&self) -> String {
        format!("#{}", self.id)
    }

    /// Whether it is over.
    pub const fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed { .. })
    }

    /// Whether requesters may know of it.
    pub const fn is_public(&self) -> bool {
        matches!(self.visibility, Visibility::Public)
    }
}

/// A ticket as its requester, CCs and colleagues see it: a type of its own, so that nothing internal can slip in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The ticket's number.
    pub id: TicketId,
    /// Its title.
    pub subject: String,
    /// What sort of request it is.
    pub kind: Option<KindId>,
    /// What sort of case it is.
    pub ticket_type: Option<TicketType>,
    /// What its requester thought of how it was solved; only where they themselves read it.
    pub rating: Option<Rating>,
    /// Where it stands, in the portal's words (D8, D11): never New.
    pub state: State,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// For whom it is.
    pub requester: PersonId,
    /// Who in the team works on it.
    pub assignee: Option<PersonId>,
    /// The team that works on it.
    pub group: Option<GroupId>,
    /// Where its requester belongs.
    pub organization: Option<OrganizationId>,
    /// Who else follows it.
    pub ccs: BTreeSet<PersonId>,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// The account's own status, where it has a name for requesters; the status as everybody has it when none.
    pub custom_status: Option<StatusId>,
    /// What those fields hold that requesters see (R149).
    pub fields: BTreeMap<FieldId, Value>,
    /// How it came.
    pub via: Channel,
    /// The closed request that it follows.
    pub follow_up_of: Option<TicketId>,
    /// How many public comments it has.
    pub comments: u32,
    /// When it was opened.
    pub created_at: Timestamp,
    /// The last change that its requester may know of.
    pub updated_at: Timestamp,
}

impl Request {
    /// What of a ticket requesters see. Whether they may see it at all is `audience::may_see`'s to say.
    pub fn of(ticket: &Ticket, settings: &Settings, setup: &Setup) -> Self {
        let state = portal_state(ticket.state, settings);
        let as_it_is = state.status() == ticket.status();
        let status = ticket.custom_status.filter(|_| as_it_is).and_then(|id| setup.statuses.get(&id));
        let lines = setup.form(ticket.kind, Reader::Requester).lines(&ticket.fields);
        let held = |line: &Line<'_>| Some((line.field.id, ticket.fields.get(&line.field.id)?.clone()));
        Self {
            id: ticket.id,
            subject: ticket.subject.clone(),
            kind: ticket.kind,
            ticket_type: ticket.ticket_type,
            rating: None,
            state,
            priority: ticket.priority,
            requester: ticket.requester,
            assignee: ticket.assignee,
            group: ticket.group,
            organization: ticket.organization,
            ccs: ticket.ccs.clone(),
            due_at: ticket.due_at,
            custom_status: status.and_then(CustomStatus::for_requesters).map(|status| status.id),
            fields: lines.iter().filter_map(held).collect(),
            via: ticket.via,
            follow_up_of: ticket.follow_up_of,
            comments: ticket.public_comments,
            created_at: ticket.created_at,
            updated_at: ticket.requester_updated_at,
        }
    }

    /// The same with what its requester thought of it, if it is they who read it.
    #[must_use]
    pub fn read_by(mut self, ticket: &Ticket, reader: PersonId) -> Self {
        self.rating = ticket.rating.clone().filter(|_| ticket.requester == reader);
        self
    }

    /// Its bare status.
    pub const fn status(&self) -> Status {
        self.state.status()
    }
}

/// A state in the portal's words: New is Open (D11, R170), On-hold as the account chose (D8).
pub const fn portal_state(state: State, settings: &Settings) -> State {
    match (state, settings.portal_on_hold) {
        (State::New, _) | (State::Hold, OnHold::AsOpen) => State::Open,
        (other, _) => other,
    }
}
