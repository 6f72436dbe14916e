mod rule;
mod sort;
mod users;
mod wording;

use super::field::BadValue;
use super::form::BadForm;
use super::id::{KindId, TicketId};
use super::notice::BadTemplate;
use super::person::{Role, Standing};
use super::setup::ItemKind;
use super::status::Status;
pub use rule::RuleFault;
pub use sort::Sort;
pub use users::{Holders, Users};
pub use wording::BadWords;

/// Why something was not done. `language` has one sentence for each, which says what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing, or this person may not know of it: never told apart (R109).
    NotFound(Thing),
    /// This role may not do that at all.
    Role {
        /// The least role that may.
        needs: Role,
    },
    /// The one who acts is suspended.
    Suspended,
    /// The one who acts does not belong to the account, or not yet (R155).
    NoAccess(Standing),
    /// Somebody changed the ticket first.
    Conflict {
        /// The version that the change was made against.
        expected: i64,
        /// The version it has.
        actual: i64,
    },
    /// A closed ticket takes nothing; a follow-up is offered (D13, R178).
    Closed(TicketId),
    /// A ticket never goes back to New (D11).
    BackToNew,
    /// End users choose one of the kinds (R158).
    KindMissing,
    /// End users may not set or change this.
    AgentsOnly(Field),
    /// A colleague's request may be read, not answered.
    ReadOnly,
    /// A requester may solve a request once somebody works on it (D12).
    NotAssigned,
    /// Private tickets are switched off (R101, R113).
    PrivateOff,
    /// An end user's comment is public.
    NoteByEndUser,
    /// Once public, never private again (R125).
    StaysPublic,
    /// More than one public comment: none can be turned into a note (R128).
    ManyPublicComments,
    /// It is a note already; a note stays one (R129).
    AlreadyNote,
    /// A needed text is empty.
    Empty(Field),
    /// A text is not of the form that it must have.
    Malformed(Field),
    /// A text with placeholders cannot be filled in: in which language, and why.
    BadTemplate(String, BadTemplate),
    /// Something that is said in several languages is not said well.
    BadWords {
        /// Its name in the document, with those on the way to it: `translations.fr.name`.
        key: String,
        /// What is wrong.
        why: BadWords,
    },
    /// A text or list is too long.
    TooLong {
        /// Which.
        field: Field,
        /// The most that is allowed.
        max: u64,
    },
    /// Only agents can be this.
    NotAnAgent(Field),
    /// The assignee does not work in that group.
    NotInGroup,
    /// Only an incident has a problem.
    NotAnIncident,
    /// Only a solved request can be rated, until it is closed.
    NotRateable,
    /// Only the requester of a request rates it.
    RequesterOnly,
    /// Nobody is asked how they were helped here.
    RatingsOff,
    /// That ticket is no problem.
    NotAProblem(TicketId),
    /// A ticket cannot be merged into itself.
    MergeIntoItself,
    /// A public merge comment on a private ticket, or between tickets of two requesters, would tell what is not theirs.
    MergeWouldTell,
    /// Only a closed ticket has follow-ups; an open one takes an answer.
    FollowUpOfUnclosed(TicketId),
    /// That timer is not due.
    NotDue,
    /// Another person has that address.
    AddressTaken,
    /// Another thing of this kind has that name.
    NameTaken(Field),
    /// The account needs an admin who can sign in.
    LastAdmin,
    /// Nobody takes away their own role or shuts themselves out.
    OwnRole,
    /// The file was not handed in by this person, or is used already.
    UnknownUpload,
    /// More is asked for at once than is answered.
    TooMuchAsked {
        /// The most that is answered at once.
        max: u64,
    },
    /// A field cannot hold that.
    BadValue {
        /// Its title.
        field: String,
        /// What is wrong.
        bad: BadValue,
    },
    /// Something is in use, and cannot be deleted.
    InUse(Box<Users>),
    /// Every account has it, so it cannot be deleted.
    BuiltIn,
    /// It is what is taken when nobody chose, so it cannot be deleted.
    IsDefault,
    /// A rule cannot work so.
    BadRule(RuleFault),
    /// These must be filled in before it can be made or solved (D19): their titles, as the one who acts reads them.
    Required {
        /// Their titles.
        fields: Vec<String>,
    },
    /// A field that requesters may read, not fill in (R149).
    TeamsField {
        /// Its title.
        field: String,
    },
    /// The field does not stand on the form, with what was chosen.
    NotOnForm {
        /// Its title.
        field: String,
    },
    /// It is switched off, and cannot be chosen any more.
    SwitchedOff(ItemKind),
    /// Tickets of that kind do not have that status.
    StatusOfOtherKinds,
    /// A form, or a field of it, that nobody could fill in.
    BadForm(BadForm),
    /// This of a thing of the set-up stays as it is: the name in its document.
    Fixed(&'static str),
    /// A text is too short.
    TooShort {
        /// Which.
        field: Field,
        /// The least that is needed.
        min: u64,
    },
    /// Access can be asked for by nobody here.
    SignUpClosed,
    /// Access was asked for too often by too many; later again.
    TooOften,
    /// What was in a link is wrong, was used, or is too old: never told apart.
    BadLink,
    /// Who is suspended gets no password, link or token.
    NotWhileSuspended,
    /// A person cannot be merged into themselves.
    SamePerson,
    /// Only end users are merged into others.
    StaffStays,
    /// Nobody is merged into somebody who cannot act.
    MergeIntoShutOut,
    /// Whoever has open requests stays.
    HasUnsolved {
        /// How many at least.
        count: u64,
    },
    /// A setting's value lies outside of what is allowed.
    OutOfRange {
        /// The setting's dotted name.
        setting: &'static str,
    },
}

/// Something that can be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A ticket, or a request.
    Ticket(TicketId),
    /// A comment of a ticket.
    Comment,
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A group.
    Group,
    /// A kind.
    Kind(KindId),
    /// Something of the set-up.
    Item(ItemKind),
    /// What a program signs in with.
    Token,
    /// Something that is to leave the account.
    Notice,
    /// A mail that came in and is nobody's.
    Mail,
    /// A piece of a text.
    Text,
    /// A file on a comment.
    File,
}

/// A field as refusals, events and history name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Title.
    Subject,
    /// Text of a comment.
    Comment,
    /// Status.
    Status,
    /// Priority.
    Priority,
    /// Kind.
    Kind,
    /// Type.
    Type,
    /// Problem.
    Problem,
    /// Requester.
    Requester,
    /// Assignee.
    Assignee,
    /// Group.
    Group,
    /// Tags.
    Tags,
    /// CCs.
    Ccs,
    /// Followers.
    Followers,
    /// Due date.
    Due,
    /// Number elsewhere.
    ExternalId,
    /// A name.
    Name,
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// A role.
    Role,
    /// An organization.
    Organization,
    /// Mail domains.
    Domains,
    /// A language.
    Language,
    /// Whether somebody is shut out.
    Suspended,
    /// A file.
    Attachment,
    /// The files of a comment.
    Attachments,
    /// What a file is called.
    FileName,
    /// The name under which an act is sent.
    Key,
    /// Whether the people of an organization see each other's requests.
    SharedTickets,
    /// Whether they may answer on them.
    SharedComments,
    /// A time zone.
    TimeZone,
    /// Fields of the account's own.
    Fields,
    /// Which tickets an agent works with.
    Restriction,
    /// Whether an agent is away.
    Away,
    /// Whether somebody belongs to the account.
    Standing,
    /// A password.
    Password,
    /// What a program signs in with.
    Token,
    /// What a rule does.
    Actions,
    /// What the team keeps for itself: notes, details.
    Profile,
}

impl Field {
    /// All.
    pub const ALL: [Self; 38] = [
        Self::Subject,
        Self::Comment,
        Self::Status,
        Self::Priority,
        Self::Kind,
        Self::Type,
        Self::Problem,
        Self::Requester,
        Self::Assignee,
        Self::Group,
        Self::Tags,
        Self::Ccs,
        Self::Followers,
        Self::Due,
        Self::ExternalId,
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Role,
        Self::Organization,
        Self::Domains,
        Self::Language,
        Self::Suspended,
        Self::Attachment,
        Self::Attachments,
        Self::FileName,
        Self::Key,
        Self::SharedTickets,
        Self::SharedComments,
        Self::TimeZone,
        Self::Fields,
        Self::Restriction,
        Self::Away,
        Self::Standing,
        Self::Password,
        Self::Token,
        Self::Actions,
        Self::Profile,
    ];

    /// The name on the wire and in words files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Comment => "comment",
            Self::Status => "status",
            Self::Priority => "priority",
            Self::Kind => "kind",
            Self::Type => "type",
            Self::Problem => "problem",
            Self::Requester => "requester",
            Self::Assignee => "assignee",
            Self::Group => "group",
            Self::Tags => "tags",
            Self::Ccs => "ccs",
            Self::Followers => "followers",
            Self::Due => "due",
            Self::ExternalId => "external-id",
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Role => "role",
            Self::Organization => "organization",
            Self::Domains => "domains",
            Self::Language => "language",
            Self::Suspended => "suspended",
            Self::Attachment => "attachment",
            Self::Attachments => "attachments",
            Self::FileName => "file-name",
            Self::Key => "key",
            Self::SharedTickets => "shared-tickets",
            Self::SharedComments => "shared-comments",
            Self::TimeZone => "time-zone",
            Self::Fields => "fields",
            Self::Restriction => "restriction",
            Self::Away => "away",
            Self::Standing => "standing",
            Self::Password => "password",
            Self::Token => "token",
            Self::Actions => "actions",
            Self::Profile => "profile",
        }
    }
}

/// The statuses that end users may choose: only Solved (D12).
pub const fn requesters_may_choose(status: Status) -> bool {
    matches!(status, Status::Solved)
}
