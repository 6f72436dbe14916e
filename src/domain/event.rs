mod named;

use super::act::{Setting, Who};
use super::case::{CaseEvent, TicketType};
use super::comment::{Channel, Comment, Visibility};
use super::field::Value;
use super::id::{
    AuditId, CommentId, FieldId, GroupId, KindId, OrganizationId, PersonId, RuleId, StatusId, TicketId, WebhookId,
};
use super::life::PersonEvent;
use super::mailroom::MailEvent;
use super::notice::{HeldBack, NoticeRef};
use super::person::Role;
use super::refusal::Field;
use super::removal::Removed;
use super::rule::RuleRef;
use super::setup::{ItemKey, ItemKind};
use super::status::{Priority, State, Status};
use super::tag::Tag;
use super::time::Timestamp;
pub use named::Named;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that one act did to one chain, in order: what the field calls an audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Which; ascending over the whole account.
    pub id: AuditId,
    /// To which history it belongs.
    pub chain: Chain,
    /// Its place in that history, from 1.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub who: Who,
    /// By which way.
    pub via: Channel,
    /// What happened.
    pub events: Vec<Event>,
}

/// A history: each has its own hash chain (D35).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// People, organizations, groups, settings.
    Account,
    /// A ticket.
    Ticket(TicketId),
}

/// Something that has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A ticket was opened.
    Created(Box<Created>),
    /// Something was said.
    Commented(Box<Comment>),
    /// The only public comment became a note, for good (R127).
    MadeInternal(CommentId),
    /// The ticket became public for good (R123), or private by R127.
    VisibilityChanged(Visibility),
    /// The title changed.
    SubjectChanged {
        /// Before.
        from: String,
        /// Now.
        to: String,
    },
    /// The status changed.
    StatusChanged {
        /// Before.
        from: Status,
        /// Now.
        to: Status,
    },
    /// The priority changed.
    PriorityChanged {
        /// Before.
        from: Option<Priority>,
        /// Now.
        to: Option<Priority>,
    },
    /// The kind changed.
    KindChanged {
        /// Before.
        from: Option<KindId>,
        /// Now.
        to: Option<KindId>,
    },
    /// Another assignee.
    AssigneeChanged {
        /// Before.
        from: Option<PersonId>,
        /// Now.
        to: Option<PersonId>,
    },
    /// Another group.
    GroupChanged {
        /// Before.
        from: Option<GroupId>,
        /// Now.
        to: Option<GroupId>,
    },
    /// Another requester.
    RequesterChanged {
        /// Before.
        from: PersonId,
        /// Now.
        to: PersonId,
    },
    /// Another organization: it follows the requester.
    OrganizationChanged {
        /// Before.
        from: Option<OrganizationId>,
        /// Now.
        to: Option<OrganizationId>,
    },
    /// Labels came and went.
    TagsChanged {
        /// New ones.
        added: BTreeSet<Tag>,
        /// Lost ones.
        removed: BTreeSet<Tag>,
    },
    /// People came in copy, or left it.
    CcsChanged {
        /// New ones.
        added: BTreeSet<PersonId>,
        /// Lost ones.
        removed: BTreeSet<PersonId>,
    },
    /// Agents began or stopped following.
    FollowersChanged {
        /// New ones.
        added: BTreeSet<PersonId>,
        /// Lost ones.
        removed: BTreeSet<PersonId>,
    },
    /// Due at another time.
    DueChanged {
        /// Before.
        from: Option<Timestamp>,
        /// Now.
        to: Option<Timestamp>,
    },
    /// Another status of the account's own, after the change of category if there was one.
    CustomStatusChanged {
        /// Before; none for the category's default.
        from: Option<StatusId>,
        /// Now.
        to: Option<StatusId>,
    },
    /// A field holds something else.
    FieldChanged {
        /// Which.
        field: FieldId,
        /// Before.
        from: Option<Value>,
        /// Now.
        to: Option<Value>,
    },
    /// A rule did what follows in the same audit, up to the next rule.
    RuleRan(RuleRef),
    /// What was done is seen by its requester, too, as [a request](super::ticket::Request): said where no other event tells
    /// by itself, for it takes what the account had shown to requesters then.
    RequestChanged,
    /// An automation does nothing more until the ticket enters another status (R172).
    RuleMarked(RuleId),
    /// A rule could not do a part of what it does.
    ActionSkipped {
        /// What, as rules are written.
        action: String,
        /// Why not.
        why: Skipped,
    },
    /// An automation solved it although this was not filled in: what happens by itself waits for nobody (D19).
    Unfilled(FieldId),
    /// A rule told another program.
    Called {
        /// Which rule.
        rule: RuleId,
        /// Which program.
        webhook: WebhookId,
    },
    /// The triggers were stopped: they kept each other running.
    RulesStopped {
        /// After so many rounds.
        rounds: u32,
    },
    /// A notice went to somebody.
    Notified(NoticeRef),
    /// A notice was held back (D7, R137).
    HeldBack {
        /// Which.
        notice: NoticeRef,
        /// Why.
        why: HeldBack,
    },
    /// Its type, its problem or its rating changed.
    Case(CaseEvent),
    /// It was merged into another, which goes on.
    MergedInto(TicketId),
    /// Another was merged into it.
    MergedFrom(TicketId),
    /// A follow-up was opened (R178).
    FollowedUp(TicketId),
    /// The account began.
    Founded,
    /// Somebody became known.
    PersonCreated {
        /// Who.
        person: PersonId,
        /// As what.
        role: Role,
    },
    /// Somebody became different; the values are not kept, for they can be personal (D35).
    PersonChanged {
        /// Who.
        person: PersonId,
        /// In what.
        fields: BTreeSet<Field>,
    },
    /// An organization became known.
    OrganizationCreated(OrganizationId),
    /// An organization became different.
    OrganizationChangedIn {
        /// Which.
        organization: OrganizationId,
        /// In what.
        fields: BTreeSet<Field>,
    },
    /// An organization was deleted, and its people belong nowhere.
    OrganizationDeleted {
        /// Which.
        organization: OrganizationId,
        /// What it was called.
        name: String,
    },
    /// A group was made.
    GroupCreated(GroupId),
    /// A group got another name.
    GroupRenamed(GroupId),
    /// Something happened to a person as a whole.
    Person(PersonEvent),
    /// A ticket, or a part of it, was taken away or came back.
    Removal(Removed),
    /// Something became of a letter that did not leave, or of a mail that is nobody's.
    Mail(MailEvent),
    /// A group was deleted.
    GroupDeleted {
        /// Which.
        group: GroupId,
        /// What it was called.
        name: String,
    },
    /// A setting changed.
    SettingChanged(Setting),
    /// Something of the account's set-up was made or became different.
    ItemSet {
        /// What.
        item: ItemKey,
        /// What it is called.
        name: String,
        /// In what it differs; empty when it is new.
        keys: BTreeSet<String>,
    },
    /// Something of the account's set-up was deleted.
    ItemDeleted {
        /// What.
        item: ItemKey,
        /// What it was called.
        name: String,
    },
    /// Things of the set-up came into another order.
    ItemsOrdered(ItemKind),
    /// Something that only a newer program knows, by its name in the history: this one tells that there was something and
    /// leaves the rest to that one.
    Unknown(String),
}

/// Why a rule could not do a part of what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skipped {
    /// The ticket is closed.
    Closed,
    /// What it names is not there any more.
    Gone,
    /// Whom it names does not work tickets.
    NotAnAgent,
    /// Whom it names does not work in that group.
    NotInGroup,
    /// Whom it names is away.
    Away,
    /// There is nobody whom it could mean.
    Nobody,
    /// The field cannot hold that.
    Value,
    /// There is no more room: 48 people are in copy.
    Full,
    /// A ticket never goes back to New.
    BackToNew,
    /// Something that must be filled in is not.
    Required,
}

impl Skipped {
    /// All.
    pub const ALL: [Self; 10] = [
        Self::Closed,
        Self::Gone,
        Self::NotAnAgent,
        Self::NotInGroup,
        Self::Away,
        Self::Nobody,
        Self::Value,
        Self::Full,
        Self::BackToNew,
        Self::Required,
    ];

    /// The name in history.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Gone => "gone",
            Self::NotAnAgent => "not_an_agent",
            Self::NotInGroup => "not_in_group",
            Self::Away => "away",
            Self::Nobody => "nobody",
            Self::Value => "value",
            Self::Full => "full",
            Self::BackToNew => "back_to_new",
            Self::Required => "required",
        }
    }

    /// The reason of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }
}

/// All that a ticket is when it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its number.
    pub id: TicketId,
    /// Its title.
    pub subject: String,
    /// What sort of request it is.
    pub kind: Option<KindId>,
    /// What sort of case it is.
    pub ticket_type: Option<TicketType>,
    /// The problem that caused it.
    pub problem: Option<TicketId>,
    /// Where it stands.
    pub state: State,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// For whom.
    pub requester: PersonId,
    /// By whom.
    pub submitter: PersonId,
    /// Who works on it.
    pub assignee: Option<PersonId>,
    /// The group that works on it.
    pub group: Option<GroupId>,
    /// Where the requester belongs.
    pub organization: Option<OrganizationId>,
    /// Its labels.
    pub tags: BTreeSet<Tag>,
    /// Who else follows it.
    pub ccs: BTreeSet<PersonId>,
    /// Agents who follow it unseen.
    pub followers: BTreeSet<PersonId>,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// The account's own status within the category.
    pub custom_status: Option<StatusId>,
    /// What its fields hold.
    pub fields: BTreeMap<FieldId, Value>,
    /// Private or public.
    pub visibility: Visibility,
    /// How it came.
    pub via: Channel,
    /// Its number elsewhere.
    pub external_id: Option<String>,
    /// The closed ticket that it follows.
    pub follow_up_of: Option<TicketId>,
}
