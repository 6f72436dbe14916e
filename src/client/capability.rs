/// Something that not every account can do. What an account lacks stands in its [`Session`](super::Session); what it can
/// do all the same may be refused by a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Counting tickets and how long they took.
    Reports,
    /// Saying what will happen by itself.
    Forecasts,
    /// Keeping what people were told.
    Inbox,
    /// Showing what leaves the account.
    Outbox,
    /// Saying why a rule did something or did not.
    Why,
    /// Trying a view, a condition or a rule before it is saved.
    Trials,
    /// Telling what acts on the set-up would lead to.
    Rehearsals,
    /// Changing the set-up, groups and settings.
    SetUp,
    /// Showing what was done to people and settings.
    AdminLog,
    /// Links by which somebody sets a password.
    AccessLinks,
    /// Tokens with which programs act for somebody.
    Tokens,
    /// Calling webhooks and showing their calls.
    Webhooks,
    /// Doing what is due by itself.
    Timers,
    /// Taking tickets and people over from another system under keys of one's own.
    Imports,
    /// Letting in who asked to be, and changing whom an account admits.
    Admission,
    /// Forgetting what somebody wrote.
    Erasure,
    /// Agents who are away for a while.
    Away,
    /// The bytes of mails that are nobody's, and making notes of them.
    Mails,
    /// Taking away a value that once stood there.
    Emptying,
    /// Sorting by what the account does not sort by.
    Sorting,
    /// Asking a question that the account's search does not know.
    Searching,
}

impl Capability {
    /// All.
    pub const ALL: [Self; 21] = [
        Self::Reports,
        Self::Forecasts,
        Self::Inbox,
        Self::Outbox,
        Self::Why,
        Self::Trials,
        Self::Rehearsals,
        Self::SetUp,
        Self::AdminLog,
        Self::AccessLinks,
        Self::Tokens,
        Self::Webhooks,
        Self::Timers,
        Self::Imports,
        Self::Admission,
        Self::Erasure,
        Self::Away,
        Self::Mails,
        Self::Emptying,
        Self::Sorting,
        Self::Searching,
    ];

    /// Its name in words files and scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Forecasts => "forecasts",
            Self::Inbox => "inbox",
            Self::Outbox => "outbox",
            Self::Why => "why",
            Self::Trials => "trials",
            Self::Rehearsals => "rehearsals",
            Self::SetUp => "set-up",
            Self::AdminLog => "admin-log",
            Self::AccessLinks => "access-links",
            Self::Tokens => "tokens",
            Self::Webhooks => "webhooks",
            Self::Timers => "timers",
            Self::Imports => "imports",
            Self::Admission => "admission",
            Self::Erasure => "erasure",
            Self::Away => "away",
            Self::Mails => "mails",
            Self::Emptying => "emptying",
            Self::Sorting => "sorting",
            Self::Searching => "searching",
        }
    }
}
