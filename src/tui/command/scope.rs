/// Where a command's keys work. A screen names the scopes that are open at the moment, the innermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Always, also while typing.
    Always,
    /// Everywhere but while typing.
    Browsing,
    /// Tabs above a list.
    Tabs,
    /// A list, or a text that scrolls.
    List,
    /// Rows that can be marked, sorted and narrowed.
    Rows,
    /// One or more tickets: under the cursor, marked, or open.
    Ticket,
    /// An open ticket.
    Reading,
    /// Hits of a search.
    Hits,
    /// Writing a comment or a description.
    Writing,
    /// A form of fields.
    Form,
    /// Kinds of request to choose from.
    Offer,
    /// A request that has just been submitted.
    Done,
    /// One line of text: narrowing, the path of a file.
    Line,
    /// What is searched for.
    Seeking,
    /// A popup list in which several things are turned on and off.
    Several,
    /// A popup list to choose from.
    Picking,
    /// A question.
    Asking,
    /// What one was told.
    Inbox,
    /// Mails that are nobody's.
    Mails,
    /// Deleted tickets.
    Deleted,
    /// What will happen by itself.
    Coming,
    /// A webhook's last calls.
    Calls,
    /// All of one's accounts.
    Accounts,
    /// The pages of the account's set-up.
    Pages,
    /// The account's settings.
    Settings,
    /// A page of the account's set-up.
    Setup,
    /// Somebody's page.
    Person,
    /// The people of a group or an organization.
    Members,
    /// A link that lets somebody set a password.
    Link,
    /// A form of the account's set-up.
    Filling,
    /// The account's own fields of a ticket.
    OwnFields,
    /// The demo's clock.
    Lab,
    /// A report.
    Report,
}

impl Scope {
    /// All, in the order in which help and docs list them.
    pub const ALL: [Self; 33] = [
        Self::Ticket,
        Self::List,
        Self::Rows,
        Self::Tabs,
        Self::Reading,
        Self::Hits,
        Self::Writing,
        Self::Offer,
        Self::Form,
        Self::Done,
        Self::Line,
        Self::Seeking,
        Self::Several,
        Self::Picking,
        Self::Asking,
        Self::Inbox,
        Self::Mails,
        Self::Deleted,
        Self::Coming,
        Self::Calls,
        Self::Accounts,
        Self::Pages,
        Self::Settings,
        Self::Setup,
        Self::Person,
        Self::Members,
        Self::Link,
        Self::Filling,
        Self::OwnFields,
        Self::Lab,
        Self::Report,
        Self::Browsing,
        Self::Always,
    ];

    /// Its name, for the words file: `scope-NAME`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Browsing => "browsing",
            Self::Tabs => "tabs",
            Self::List => "list",
            Self::Rows => "rows",
            Self::Ticket => "ticket",
            Self::Reading => "reading",
            Self::Hits => "hits",
            Self::Writing => "writing",
            Self::Form => "form",
            Self::Offer => "offer",
            Self::Done => "done",
            Self::Several => "several",
            Self::Line => "line",
            Self::Seeking => "seeking",
            Self::Picking => "picking",
            Self::Asking => "asking",
            Self::Inbox => "inbox",
            Self::Mails => "mails",
            Self::Deleted => "deleted",
            Self::Coming => "coming",
            Self::Calls => "calls",
            Self::Accounts => "accounts",
            Self::Pages => "pages",
            Self::Settings => "settings",
            Self::Setup => "setup",
            Self::Person => "person",
            Self::Members => "members",
            Self::Link => "link",
            Self::Filling => "filling",
            Self::OwnFields => "own-fields",
            Self::Lab => "lab",
            Self::Report => "report",
        }
    }

    /// Whether single characters are text there: then only rows with other keys may work.
    pub const fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Filling
                | Self::OwnFields
                | Self::Writing
                | Self::Form
                | Self::Line
                | Self::Seeking
                | Self::Several
                | Self::Picking
        )
    }
}
