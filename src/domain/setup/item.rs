use crate::domain::account::Kind;
use crate::domain::condition::SentenceError;
use crate::domain::field::Field;
use crate::domain::notice::NoticeText;
use crate::domain::rule::{Automation, BadAction, Macro, Owner, Trigger};
use crate::domain::schedule::{BadHours, Schedule};
use crate::domain::status::CustomStatus;
use crate::domain::view::View;
use crate::domain::webhook::Webhook;

/// What a thing of the set-up is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A kind of request with its form (D29).
    Kind,
    /// A field.
    Field,
    /// A status of the account's own.
    Status,
    /// A saved list.
    View,
    /// See [`Macro`].
    Macro,
    /// See [`Trigger`].
    Trigger,
    /// See [`Automation`].
    Automation,
    /// The text of a notice.
    Text,
    /// An address to which triggers send what happened.
    Webhook,
    /// Business hours.
    Schedule,
}

impl ItemKind {
    /// All, in an order in which each refers only to earlier ones.
    pub const ALL: [Self; 10] = [
        Self::Schedule,
        Self::Field,
        Self::Status,
        Self::Kind,
        Self::Text,
        Self::Webhook,
        Self::View,
        Self::Macro,
        Self::Trigger,
        Self::Automation,
    ];

    /// The name in scripts and history.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Field => "field",
            Self::Status => "status",
            Self::View => "view",
            Self::Macro => "macro",
            Self::Trigger => "trigger",
            Self::Automation => "automation",
            Self::Text => "text",
            Self::Webhook => "webhook",
            Self::Schedule => "schedule",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Which thing of the set-up. Numbers are never used twice, over all kinds of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    /// What it is.
    pub kind: ItemKind,
    /// Its number.
    pub id: i64,
}

/// A thing of the set-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A kind of request with its form.
    Kind(Kind),
    /// A field.
    Field(Field),
    /// A status of the account's own.
    Status(CustomStatus),
    /// A saved list.
    View(View),
    /// See [`Macro`].
    Macro(Macro),
    /// See [`Trigger`].
    Trigger(Trigger),
    /// See [`Automation`].
    Automation(Automation),
    /// The text of a notice.
    Text(NoticeText),
    /// An address to which triggers send what happened.
    Webhook(Webhook),
    /// Business hours.
    Schedule(Schedule),
}

/// Hands on to what an item is.
macro_rules! each {
    ($item:expr, $one:ident => $then:expr) => {
        match $item {
            Item::Kind($one) => $then,
            Item::Field($one) => $then,
            Item::Status($one) => $then,
            Item::View($one) => $then,
            Item::Macro($one) => $then,
            Item::Trigger($one) => $then,
            Item::Automation($one) => $then,
            Item::Text($one) => $then,
            Item::Webhook($one) => $then,
            Item::Schedule($one) => $then,
        }
    };
}

impl Item {
    /// What it is.
    pub const fn kind(&self) -> ItemKind {
        match self {
            Self::Kind(_) => ItemKind::Kind,
            Self::Field(_) => ItemKind::Field,
            Self::Status(_) => ItemKind::Status,
            Self::View(_) => ItemKind::View,
            Self::Macro(_) => ItemKind::Macro,
            Self::Trigger(_) => ItemKind::Trigger,
            Self::Automation(_) => ItemKind::Automation,
            Self::Text(_) => ItemKind::Text,
            Self::Webhook(_) => ItemKind::Webhook,
            Self::Schedule(_) => ItemKind::Schedule,
        }
    }

    /// Which it is; 0 for one that is to be made.
    pub const fn key(&self) -> ItemKey {
        ItemKey { kind: self.kind(), id: each!(self, one => one.id.0) }
    }

    /// The same with another number: of one that is made.
    #[must_use]
    pub fn numbered(mut self, id: i64) -> Self {
        each!(&mut self, one => one.id.0 = id);
        self
    }

    /// What scripts and people call it.
    pub fn name(&self) -> &str {
        match self {
            Self::Kind(one) => &one.slug,
            Self::Field(one) => &one.slug,
            Self::Status(one) => &one.name,
            Self::View(one) => &one.slug,
            Self::Macro(one) => &one.title,
            Self::Trigger(one) => &one.title,
            Self::Automation(one) => &one.slug,
            Self::Text(one) => &one.slug,
            Self::Webhook(one) => &one.name,
            Self::Schedule(one) => &one.name,
        }
    }

    /// Its place among its like, from 1; texts, webhooks and schedules have none.
    pub const fn position(&self) -> i64 {
        match self {
            Self::Kind(one) => one.position,
            Self::Field(one) => one.position,
            Self::Status(one) => one.position,
            Self::View(one) => one.position,
            Self::Macro(one) => one.position,
            Self::Trigger(one) => one.position,
            Self::Automation(one) => one.position,
            Self::Text(_) | Self::Webhook(_) | Self::Schedule(_) => 0,
        }
    }

    /// The same at another place.
    #[must_use]
    pub fn at(mut self, position: i64) -> Self {
        match &mut self {
            Self::Kind(one) => one.position = position,
            Self::Field(one) => one.position = position,
            Self::Status(one) => one.position = position,
            Self::View(one) => one.position = position,
            Self::Macro(one) => one.position = position,
            Self::Trigger(one) => one.position = position,
            Self::Automation(one) => one.position = position,
            Self::Text(_) | Self::Webhook(_) | Self::Schedule(_) => {}
        }
        self
    }

    /// Whether it works or is offered; texts and schedules always are.
    pub const fn is_active(&self) -> bool {
        match self {
            Self::Kind(one) => one.active,
            Self::Field(one) => one.active,
            Self::Status(one) => one.active,
            Self::View(one) => one.active,
            Self::Macro(one) => one.active,
            Self::Trigger(one) => one.active,
            Self::Automation(one) => one.active,
            Self::Webhook(one) => one.active,
            Self::Text(_) | Self::Schedule(_) => true,
        }
    }

    /// The same switched on or off; none of what cannot be.
    #[must_use]
    pub fn switched(mut self, on: bool) -> Option<Self> {
        match &mut self {
            Self::Kind(one) => one.active = on,
            Self::Field(one) => one.active = on,
            Self::Status(one) => one.active = on,
            Self::View(one) => one.active = on,
            Self::Macro(one) => one.active = on,
            Self::Trigger(one) => one.active = on,
            Self::Automation(one) => one.active = on,
            Self::Webhook(one) => one.active = on,
            Self::Text(_) | Self::Schedule(_) => return None,
        }
        Some(self)
    }

    /// Whose it is: views and macros can be a group's or somebody's own.
    pub const fn owner(&self) -> Owner {
        match self {
            Self::View(one) => one.owner,
            Self::Macro(one) => one.owner,
            _ => Owner::Account,
        }
    }
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFault {
    /// Under which name; inside of tables and lists with the names and places on the way: `texts.en.subject`,
    /// `actions.2`.
    pub key: String,
    /// What.
    pub why: Why,
}

impl ItemFault {
    /// Under that name.
    pub fn new(key: &str, why: Why) -> Self {
        Self { key: key.to_owned(), why }
    }
}

/// What is wrong with a value of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It must be there.
    Missing,
    /// It is of the wrong type: the right one is `text`, `number`, `flag`, `list` or `table`.
    Type(&'static str),
    /// There is no such name; these are known.
    Key(Vec<&'static str>),
    /// It is none of what can stand there.
    Value(String),
    /// There is nothing of that name in the account.
    Unknown(String),
    /// A condition that cannot be understood.
    Condition(SentenceError),
    /// An action that cannot be understood.
    Action(BadAction),
    /// Business hours that are none.
    Hours(BadHours),
}
