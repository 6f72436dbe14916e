//! The one trait through which screens, commands and servers reach an account. Whoever holds a client acts and asks as
//! one person; what that person may see and do is decided behind it, in `domain`.

/// Coming in.
pub mod access;
/// Mail in.
pub mod arriving;
/// Several accounts at once.
pub mod beside;
/// Calls of webhooks.
pub mod calls;
mod capability;
/// The doors to accounts in stores of one's own.
pub mod door;
/// Drafts as files on this machine.
pub mod drafts;
mod embedded;
mod error;
/// Work of many rows.
pub mod jobs;
/// A clock that can be moved, to see what happens by itself.
pub mod lab;
/// An account from afar, between two Guichets.
pub mod native;
mod news;
mod page;
/// Letters on their way out.
pub mod post;
/// What acts on the set-up would lead to.
pub mod rehearsal;
/// Accounts elsewhere.
pub mod remote;
mod secrets;
mod session;
/// Programs that sign in for somebody.
pub mod sign_in;
mod timers;
/// What people are told.
pub mod told;
mod why;

use crate::domain::account::Organization;
use crate::domain::act::{Deed, OrganizationRef};
use crate::domain::comment::{Attachment, Comment, Upload};
use crate::domain::condition::Condition;
use crate::domain::decide::Outcome;
use crate::domain::event::Audit;
use crate::domain::id::{AttachmentId, CommentId, PersonId, RuleId, TicketId, WebhookId};
use crate::domain::metrics::Metrics;
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::person::{Among, EmailAddress, Person, PersonRef, Role};
use crate::domain::presence::{Doing, Present};
use crate::domain::removal::DeletedTicket;
use crate::domain::report::{Ask as ReportAsk, Report};
use crate::domain::secret::{ApiToken, Secret};
use crate::domain::setup::{Directory, Item, ItemKind, Mentions};
use crate::domain::suspended::Suspended;
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::timer::Due;
use crate::domain::view::Sort;
use crate::domain::webhook::{Called, WebhookKeys};
use access::AccessLink;
use rehearsal::Rehearsal;
use std::future::Future;
use std::pin::Pin;
use told::{InboxAsk, Told};

pub use crate::store::{SaidAsk, SaidPage};
pub use capability::Capability;
pub use embedded::Embedded;
pub use embedded::files::FileLinks;
pub use embedded::listed;
pub use error::{Error, StoreFault};
pub use news::News;
pub use page::{Count, Cursor, Edges, Names, Page, Waiting};
pub use session::{Session, ViewTitle};
pub use timers::{DueTicket, Ran};
pub use why::{Applied, AppliedAll, RuleTitle, RuleWhy, StepWhy, Trial, TrialRow};

/// What every method answers with, some time later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// An account as one person reaches it.
pub trait Client: Send + Sync {
    /// Who asks, and what everybody in the account may know.
    fn session(&self) -> Answer<'_, Session>;

    /// Does something. The key is made by the caller and kept before sending; the same key again gives the same
    /// receipt and does nothing twice.
    fn act(&self, key: Key, deed: Deed) -> Answer<'_, Receipt>;

    /// What stands against an act, as things are now; nothing is done.
    fn check(&self, deed: Deed) -> Answer<'_, ()>;

    /// Begins to tell what several acts on the set-up would be told, one after the other; nothing is done. Admins only. An
    /// account that cannot tell answers [`Error::NotRehearsed`].
    fn rehearse(&self) -> Answer<'_, Box<dyn Rehearsal>>;

    /// Things of the set-up, those that are switched off too, in their order. Agents get fields, statuses, kinds, and the
    /// views and macros that they have; admins everything, whoever has it. [`Error::Denied`] for everybody else.
    fn items(&self, kind: ItemKind) -> Answer<'_, Vec<Item>>;

    /// The names to which documents of the set-up refer: all groups, fields, kinds and so on, and of people and
    /// organizations those that are mentioned and that the one who asks may find. Agents only.
    fn directory(&self, mentions: Mentions) -> Answer<'_, Directory>;

    /// How many tickets a condition is true of now, and the latest of them. Agents only.
    fn matching(&self, when: Condition, limit: u32) -> Answer<'_, (Count, Page<Ticket>)>;

    /// Tickets as agents see them. [`Error::Denied`] for end users.
    fn tickets(&self, ask: ListAsk) -> Answer<'_, Page<Ticket>>;

    /// Requests as requesters see them; an agent is an end user here (`my requests`).
    fn requests(&self, ask: ListAsk) -> Answer<'_, Page<Request>>;

    /// How many there are of each, as the one who asks sees it: tickets for agents, requests for end users. Agents'
    /// `Mine`, `Ccd` and `Organization` count requests too. At most 50 at once.
    fn counts(&self, sources: Vec<Source>) -> Answer<'_, Vec<Count>>;

    /// A ticket with its newest comments of both kinds, 100 at most. [`Error::Denied`] for end users.
    fn ticket(&self, id: TicketId, comments: u32) -> Answer<'_, Thread<Ticket>>;

    /// A request with its newest public comments, 100 at most.
    fn request(&self, id: TicketId, comments: u32) -> Answer<'_, Thread<Request>>;

    /// Earlier comments of a ticket, newest first before the given one, answered oldest first with who wrote them.
    fn comments(&self, ticket: TicketId, before: CommentId, limit: u32) -> Answer<'_, Page<Comment>>;

    /// A ticket's history, oldest first. [`Error::Denied`] for end users.
    fn audits(&self, ticket: TicketId, after: i64, limit: u32) -> Answer<'_, Page<Audit>>;

    /// How long a ticket took and how often it changed hands, by its history, in the business hours of the account's
    /// first schedule. [`Error::Denied`] for end users.
    fn metrics(&self, ticket: TicketId) -> Answer<'_, Metrics>;

    /// What was done to people, groups, organizations and settings. Admins only.
    fn admin_log(&self, ask: LogAsk) -> Answer<'_, Page<Audit>>;

    /// A link that lets somebody set a password, to be handed to them. Admins only.
    fn access_link(&self, key: Key, person: PersonId) -> Answer<'_, AccessLink>;

    /// Sets a password: one's own, or by an admin.
    fn set_password(&self, key: Key, person: PersonId, password: Secret) -> Answer<'_, ()>;

    /// Lets a program act for somebody by what is answered, once and never again: one's own, or by an admin.
    fn add_token(&self, key: Key, person: PersonId) -> Answer<'_, Secret>;

    /// What programs act for somebody with: one's own, or for an admin.
    fn tokens(&self, person: PersonId) -> Answer<'_, Vec<ApiToken>>;

    /// People. End users find only themselves.
    fn people(&self, ask: PeopleAsk) -> Answer<'_, Page<Person>>;

    /// One organization, by its number or its whole name. End users find only their own.
    fn organization(&self, which: OrganizationRef) -> Answer<'_, Organization>;

    /// Organizations by name, those that have all words. End users find only their own.
    fn organizations(&self, text: String, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Organization>>;

    /// Whether a public ticket of somebody's would be read by everybody of their organization (Z01, R166). Agents only.
    fn read_along(&self, requester: PersonRef) -> Answer<'_, bool>;

    /// Hands a file in for a comment to come.
    fn upload(&self, name: String, content_type: String, bytes: Vec<u8>) -> Answer<'_, Upload>;

    /// A file, if its comment may be read.
    fn attachment(&self, id: AttachmentId) -> Answer<'_, (Attachment, Vec<u8>)>;

    /// How many tickets there were and how long they took, of those that the one who asks may see, private ones too
    /// (R122). [`Error::Denied`] for end users.
    fn report(&self, ask: ReportAsk) -> Answer<'_, Reported>;

    /// What will happen by itself until a moment, soonest first, over all tickets. Agents only.
    fn forecast(&self, until: Timestamp, limit: u32) -> Answer<'_, Vec<DueTicket>>;

    /// What the one who asks was told, the newest first, of tickets of which they may still know.
    fn inbox(&self, ask: InboxAsk) -> Answer<'_, Page<Told>>;

    /// How much of it they have not read.
    fn unread(&self) -> Answer<'_, Count>;

    /// Marks notices as read; all when none are named.
    fn mark_read(&self, ids: Option<Vec<i64>>) -> Answer<'_, ()>;

    /// What leaves the account or has left it, the newest first. Admins only.
    fn outbox(&self, delivery: Option<Delivery>, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Outgoing>>;

    /// Mails that came in and are nobody's, the newest first. For agents who work with all tickets.
    fn suspended(&self, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Suspended>>;

    /// One of them with its bytes. For agents who work with all tickets.
    fn suspended_mail(&self, id: i64) -> Answer<'_, (Suspended, Vec<u8>)>;

    /// Tickets that were deleted and can be brought back, the last deleted first. For those who may.
    fn deleted_tickets(&self, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<DeletedTicket>>;

    /// The last calls of a webhook, the newest first. Admins only.
    fn webhook_calls(&self, webhook: WebhookId, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Called>>;

    /// What a webhook signs with, and how it signs in without what it signs in with: that is shown to nobody. Admins only.
    fn webhook_keys(&self, webhook: WebhookId) -> Answer<'_, WebhookKeys>;

    /// Calls a webhook now, whether it is switched on or not, with something that is a test. Admins only.
    fn test_webhook(&self, webhook: WebhookId) -> Answer<'_, Called>;

    /// Does what is due by itself at a moment (now when none), or only says what it would do: about a thousand tickets, with
    /// the names of whom it concerns, and where it goes on, if there are more. Admins only.
    fn run_timers(&self, at: Option<Timestamp>, dry_run: bool, after: Option<Cursor>) -> Answer<'_, Page<Ran>>;

    /// Why a rule did something to a ticket, or did not (Z09), at each of the last things that were done to it. The rule
    /// is named by its title, its name in scripts or `#` and its number. Agents only.
    fn why(&self, ticket: TicketId, rule: String) -> Answer<'_, RuleWhy>;

    /// The rules that one can ask about, those that are switched off too. Agents only.
    fn rules(&self) -> Answer<'_, Vec<RuleTitle>>;

    /// What a macro of one's own would do to some tickets, 100 at most, each looked at by itself; nothing is done. Agents
    /// only.
    fn try_macro(&self, tickets: Vec<TicketId>, which: RuleId) -> Answer<'_, AppliedAll>;

    /// What a view, macro, trigger or automation would do, tried on the last thousand tickets; it need not be saved. Views
    /// and macros are tried for agents, rules for admins.
    fn try_item(&self, item: Item) -> Answer<'_, Trial>;

    /// What has changed for the one who asks since a place in the news, soon after it did; an empty answer when nothing
    /// has within the time. Without a place it answers at once where the news begin. It tells only of what they may know:
    /// end users of nothing by which no request of theirs is another for them (R109, R126).
    fn news(&self, after: Option<Cursor>, wait_ms: u32) -> Answer<'_, News>;

    /// Says for half a minute that one has a ticket open, and what one does; with nothing to say, that one has it open no
    /// longer. Who else has it open, with their names. For those who work with it; end users are told nothing of it.
    fn present(&self, ticket: TicketId, doing: Option<Doing>) -> Answer<'_, (Vec<Present>, Names)>;

    /// Lets happen what is due by itself by now, and says how many things did to tickets of which the one who asks may
    /// know (R172, R173, R177). It is the account that acts, whoever has the program open; an account that looks after
    /// its timers itself answers 0.
    fn catch_up(&self) -> Answer<'_, u64>;

    /// Why somebody waits, whenever that changes: accounts elsewhere allow only so much a minute.
    fn waiting(&self) -> Option<tokio::sync::watch::Receiver<Option<Waiting>>> {
        None
    }

    /// Says whether anybody looks at what is shown: where nobody does, an account that has to be asked for its news is asked
    /// less often. Others tell them by themselves, whoever looks.
    fn attend(&self, _looks: bool) {}
}

/// The name under which an act is sent, made by who sends it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub String);

/// Which list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Requests of the one who asks (R164).
    Mine,
    /// Requests on which they are in copy (R165).
    Ccd,
    /// Public requests of everybody in their organization (R166).
    Organization,
    /// A view, by its slug. Agents only.
    View(String),
    /// The incidents of a problem. Agents only.
    Incidents(TicketId),
    /// Everything that a query finds (D34); an empty one finds everything.
    Search(String),
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListAsk {
    /// Which list.
    pub source: Source,
    /// In which order; the list's own when none.
    pub sort: Option<Sort>,
    /// A query that narrows the list further.
    pub narrow: Option<String>,
    /// Where the page before ended.
    pub after: Option<Cursor>,
    /// Or where the page after it begins: the rows are those before it, in the same order.
    pub before: Option<Cursor>,
    /// How many rows are passed over.
    pub skip: u64,
    /// How many rows at most; 100 at most.
    pub limit: u32,
}

impl ListAsk {
    /// The first page of a list in its own order.
    pub const fn first(source: Source) -> Self {
        Self { source, sort: None, narrow: None, after: None, before: None, skip: 0, limit: 100 }
    }
}

/// A page of the admin log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogAsk {
    /// Whether what was done last comes first.
    pub newest_first: bool,
    /// Where the page before ended.
    pub after: Option<Cursor>,
    /// How many at most; 100 at most.
    pub limit: u32,
}

/// A ticket or request with its comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread<T> {
    /// The ticket or request.
    pub item: T,
    /// Its newest comments, oldest first.
    pub comments: Vec<Comment>,
    /// Whether there are earlier ones.
    pub more: bool,
    /// What will happen to it by itself, soonest first (Z10).
    pub due: Vec<Due>,
    /// Whether everybody of its organization may read what is public on it (R166).
    pub shared: bool,
    /// The names of everybody on it.
    pub names: Names,
}

/// Which people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleAsk {
    /// Whom the requester field suggests for what was typed: from 2 characters (R102-R105, D18).
    Suggest {
        /// What was typed.
        text: String,
        /// Only agents: for assignee and follower.
        staff_only: bool,
        /// How many at most.
        limit: u32,
    },
    /// Whoever has that address.
    Address(EmailAddress),
    /// Those numbers.
    Ids(Vec<PersonId>),
    /// Everybody of an organization or a group, by name.
    Among {
        /// Of which.
        of: Among,
        /// Where the page before ended.
        after: Option<Cursor>,
        /// How many at most.
        limit: u32,
    },
    /// Everybody of a role, by name.
    Role {
        /// Which; everybody when none.
        role: Option<Role>,
        /// Where the page before ended.
        after: Option<Cursor>,
        /// How many at most.
        limit: u32,
    },
}

/// What an act led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What was made or touched.
    pub outcome: Outcome,
    /// Whether it had been done before under the same key.
    pub repeated: bool,
    /// How many versions further its ticket is by it: rules that follow an act make one of their own. Of what had been
    /// done before nobody knows, and end users know no versions: 0.
    pub versions: i64,
}

/// A report, with the names of everybody and everything that its rows name by number; groups and kinds are a session's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The numbers.
    pub report: Report,
    /// The names.
    pub names: Names,
}
