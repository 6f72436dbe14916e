mod imported;
mod organization;
mod person;
mod setting;
mod typed;

use super::case::{CaseDeed, TicketType};
use super::comment::{Channel, NewComment};
use super::id::{CommentId, FieldId, GroupId, KindId, OrganizationId, PersonId, StatusId, TicketId, WebhookId};
use super::life::PersonDeed;
use super::mailroom::MailDeed;
use super::person::PersonRef;
use super::removal::Removal;
use super::setup::{Item, ItemKey, ItemKind};
use super::status::{Priority, Status};
use super::tag::Tag;
use super::time::Timestamp;
use super::webhook::WebhookDeed;
pub use imported::{ImportedComment, ImportedTicket};
pub use organization::{NewOrganization, OrganizationChange};
pub use person::{NewPerson, PersonChange};
pub use setting::Setting;
use std::collections::{BTreeMap, BTreeSet};
pub use typed::{BadSetting, in_hours, span};

/// Something that somebody wants: who, by which way, what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Who wants it.
    pub who: Who,
    /// By which way it comes.
    pub via: Channel,
    /// What is wanted.
    pub deed: Deed,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Somebody of the account.
    Person(PersonId),
    /// The account itself: timers, and its own founding.
    System,
}

impl Who {
    /// The person, where it is one.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::System => None,
        }
    }
}

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A new ticket or request.
    CreateTicket(Box<NewTicket>),
    /// A comment, changes, or both at once.
    UpdateTicket {
        /// Which.
        ticket: TicketId,
        /// What becomes different.
        change: Box<Change>,
        /// What is said with it.
        comment: Option<NewComment>,
        /// The version that the change was made against; a newer one refuses it. None takes any.
        expect: Option<i64>,
    },
    /// Turns a public comment into a note: only the only one, and for good (R127-R129).
    MakeInternal {
        /// On which ticket.
        ticket: TicketId,
        /// Which comment.
        comment: CommentId,
    },
    /// Closes a ticket in favour of another.
    Merge {
        /// The one that closes.
        source: TicketId,
        /// The one that goes on.
        target: TicketId,
        /// What is said on the source.
        source_comment: NewComment,
        /// What is said on the target.
        target_comment: NewComment,
    },
    /// Something of a ticket as a case: its problem is solved, its requester rates it.
    Case(CaseDeed),
    /// Whatever is due on a ticket by itself; only [`Who::System`] may.
    RunAutomations {
        /// On which ticket.
        ticket: TicketId,
    },
    /// A new person.
    CreatePerson(NewPerson),
    /// A person becomes different.
    UpdatePerson {
        /// Who.
        person: PersonId,
        /// What becomes different.
        change: PersonChange,
    },
    /// A new organization.
    CreateOrganization(NewOrganization),
    /// An organization becomes different.
    UpdateOrganization {
        /// Which.
        organization: OrganizationId,
        /// What becomes different.
        change: OrganizationChange,
    },
    /// An organization is deleted: its people belong nowhere then. Never while a rule, view or macro names it.
    DeleteOrganization {
        /// Which.
        organization: OrganizationId,
    },
    /// A new group.
    CreateGroup {
        /// Its name.
        name: String,
    },
    /// A group gets another name.
    RenameGroup {
        /// Which.
        group: GroupId,
        /// Its new name.
        name: String,
    },
    /// What a group is for is said otherwise.
    DescribeGroup {
        /// Which.
        group: GroupId,
        /// What it is for; nothing when empty.
        description: String,
    },
    /// Something of a person as a whole: access, merging, leaving.
    Person(PersonDeed),
    /// Something of a ticket that is to go, or is gone.
    Removal(Removal),
    /// Something of a letter that did not leave, or of a mail that is nobody's.
    Mail(MailDeed),
    /// A group is deleted: never while anything or anybody is in it or refers to it.
    DeleteGroup {
        /// Which.
        group: GroupId,
    },
    /// A setting of the account.
    Set(Setting),
    /// Something of the set-up is made (number 0) or becomes what this says.
    SetItem(Box<Item>),
    /// Something of the set-up is deleted: never while something else refers to it.
    DeleteItem(ItemKey),
    /// Things of the set-up come into another order: all of that kind, by their numbers.
    OrderItems {
        /// What they are.
        kind: ItemKind,
        /// In which order.
        order: Vec<i64>,
    },
    /// A webhook signs or signs in with something else.
    Webhook {
        /// Which.
        webhook: WebhookId,
        /// What becomes different.
        deed: WebhookDeed,
    },
    /// A ticket with its past, from another system; admins only.
    ImportTicket(Box<ImportedTicket>),
    /// A person from another system; admins only. Who they are is told by the key alone, whatever a row says of them.
    ImportPerson(NewPerson),
}

impl Deed {
    /// Whether it takes something over from another system: its key is then the account's, whoever runs the import.
    pub const fn is_import(&self) -> bool {
        matches!(self, Self::ImportTicket(_) | Self::ImportPerson(_))
    }

    /// Whether it changes what an account works by, groups, organizations and settings among it, and neither people nor
    /// tickets: what several such acts lead to can be told without doing any.
    pub const fn is_of_set_up(&self) -> bool {
        match self {
            Self::CreateOrganization(_)
            | Self::UpdateOrganization { .. }
            | Self::CreateGroup { .. }
            | Self::RenameGroup { .. }
            | Self::DescribeGroup { .. }
            | Self::DeleteGroup { .. }
            | Self::Set(_)
            | Self::SetItem(_)
            | Self::DeleteItem(_)
            | Self::OrderItems { .. } => true,
            Self::CreateTicket(_)
            | Self::UpdateTicket { .. }
            | Self::MakeInternal { .. }
            | Self::Merge { .. }
            | Self::Case(_)
            | Self::RunAutomations { .. }
            | Self::CreatePerson(_)
            | Self::UpdatePerson { .. }
            | Self::DeleteOrganization { .. }
            | Self::Person(_)
            | Self::Webhook { .. }
            | Self::Removal(_)
            | Self::Mail(_)
            | Self::ImportTicket(_)
            | Self::ImportPerson(_) => false,
        }
    }
}

/// A ticket to be made. What an end user may not choose must be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTicket {
    /// Its title.
    pub subject: String,
    /// Its first comment; an internal one makes a private ticket (R110, R111).
    pub comment: NewComment,
    /// For whom; the one who acts when none (R095).
    pub requester: Option<PersonRef>,
    /// Mandatory for end users (R158).
    pub kind: Option<KindId>,
    /// What sort of case it is.
    pub ticket_type: Option<TicketType>,
    /// The problem that caused it; only for an incident.
    pub problem: Option<TicketId>,
    /// New, or Open when somebody is assigned, when none.
    pub status: Option<Status>,
    /// The kind's when none.
    pub priority: Option<Priority>,
    /// Who works on it.
    pub assignee: Option<PersonId>,
    /// The account's default one when none (R157).
    pub group: Option<GroupId>,
    /// Its labels.
    pub tags: BTreeSet<Tag>,
    /// Who else follows it.
    pub ccs: Vec<PersonRef>,
    /// Agents who follow it unseen.
    pub followers: BTreeSet<PersonId>,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// The account's own status; its category is the status then.
    pub custom_status: Option<StatusId>,
    /// What its fields hold, as they are written; an empty text leaves a field without a value.
    pub fields: BTreeMap<FieldId, String>,
    /// Its number elsewhere.
    pub external_id: Option<String>,
    /// The closed ticket that it follows (R178).
    pub follow_up_of: Option<TicketId>,
}

impl NewTicket {
    /// A ticket with nothing chosen but what must be.
    pub fn new(subject: impl Into<String>, comment: NewComment) -> Self {
        Self {
            subject: subject.into(),
            comment,
            requester: None,
            kind: None,
            ticket_type: None,
            problem: None,
            status: None,
            priority: None,
            assignee: None,
            group: None,
            tags: BTreeSet::new(),
            ccs: Vec::new(),
            followers: BTreeSet::new(),
            due_at: None,
            custom_status: None,
            fields: BTreeMap::new(),
            external_id: None,
            follow_up_of: None,
        }
    }
}

/// What becomes different on a ticket; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Its title.
    pub subject: Option<String>,
    /// Its status.
    pub status: Option<Status>,
    /// Its priority; `Some(None)` takes it away.
    pub priority: Option<Option<Priority>>,
    /// Its kind.
    pub kind: Option<KindId>,
    /// What sort of case it is; `Some(None)` takes it away.
    pub ticket_type: Option<Option<TicketType>>,
    /// The problem that caused it; only for an incident.
    pub problem: Option<Option<TicketId>>,
    /// Its assignee.
    pub assignee: Option<Option<PersonId>>,
    /// Its group.
    pub group: Option<Option<GroupId>>,
    /// Its requester.
    pub requester: Option<PersonRef>,
    /// Labels that it gets.
    pub add_tags: BTreeSet<Tag>,
    /// Labels that it loses.
    pub remove_tags: BTreeSet<Tag>,
    /// People put in copy.
    pub add_ccs: Vec<PersonRef>,
    /// People taken out of copy.
    pub remove_ccs: BTreeSet<PersonId>,
    /// Agents who begin to follow it.
    pub add_followers: BTreeSet<PersonId>,
    /// Agents who stop following it.
    pub remove_followers: BTreeSet<PersonId>,
    /// When it is due.
    pub due_at: Option<Option<Timestamp>>,
    /// The account's own status; its category is the status then.
    pub custom_status: Option<StatusId>,
    /// What its fields hold, as they are written; an empty text takes the value away.
    pub fields: BTreeMap<FieldId, String>,
}

impl Change {
    /// Nothing but a status.
    pub fn status(status: Status) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

    /// Both; where they differ the later one is meant.
    #[must_use]
    pub fn and(mut self, later: Self) -> Self {
        let status = later.status.is_some() || later.custom_status.is_some();
        let (first, first_custom) = if status { (None, None) } else { (self.status, self.custom_status) };
        self.add_tags.retain(|tag| !later.remove_tags.contains(tag));
        self.remove_tags.retain(|tag| !later.add_tags.contains(tag));
        self.add_tags.extend(later.add_tags);
        self.remove_tags.extend(later.remove_tags);
        self.add_ccs.extend(later.add_ccs);
        self.remove_ccs.extend(later.remove_ccs);
        self.add_followers.retain(|id| !later.remove_followers.contains(id));
        self.add_followers.extend(later.add_followers);
        self.remove_followers.extend(later.remove_followers);
        self.fields.extend(later.fields);
        Self {
            subject: later.subject.or(self.subject),
            status: later.status.or(first),
            custom_status: later.custom_status.or(first_custom),
            priority: later.priority.or(self.priority),
            kind: later.kind.or(self.kind),
            ticket_type: later.ticket_type.or(self.ticket_type),
            problem: later.problem.or(self.problem),
            assignee: later.assignee.or(self.assignee),
            group: later.group.or(self.group),
            requester: later.requester.or(self.requester),
            due_at: later.due_at.or(self.due_at),
            ..self
        }
    }
}

/// An organization as an act names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganizationRef {
    /// A known one.
    Id(OrganizationId),
    /// By name; an unknown one is made.
    Name(String),
}
