//! Fields that an account adds to its tickets, people and organizations.

use super::id::FieldId;
use super::locale::nearest;
use super::tag::Tag;
use std::collections::{BTreeMap, BTreeSet};

mod pattern;
mod value;

pub use pattern::Pattern;
pub use value::{Day, Decimal, Value, found};

/// A field: what it is called, what it holds, who may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which.
    pub id: FieldId,
    /// What has it.
    pub of: Holder,
    /// The name in scripts, unique among the fields of its holder.
    pub slug: String,
    /// As agents read it.
    pub title: String,
    /// As requesters read it; as agents do when none.
    pub requester_title: Option<String>,
    /// What it is for.
    pub description: String,
    /// Titles and descriptions in other languages.
    pub translations: BTreeMap<String, FieldWords>,
    /// What it holds.
    pub kind: FieldType,
    /// Who may see and edit it.
    pub access: Access,
    /// Whether requests cannot be submitted without it (R133, R151).
    pub required_to_submit: bool,
    /// Whether tickets cannot be solved without it (R150).
    pub required_to_solve: bool,
    /// What a new ticket has when nobody chose (R135).
    pub default: Option<Value>,
    /// Whether forms show it; an inactive one keeps its values.
    pub active: bool,
    /// Its place among the fields, from 1.
    pub position: i64,
}

/// What a field is called in another language; what is none is as the account has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldWords {
    /// As agents read it.
    pub title: String,
    /// As requesters read it; as agents do when none.
    pub requester_title: Option<String>,
    /// What it is for.
    pub description: Option<String>,
}

impl Field {
    /// Whether it is one that every ticket has anyway.
    pub const fn is_system(&self) -> bool {
        matches!(self.kind, FieldType::System(_))
    }

    /// The options that it has, and that what becomes of it has not.
    pub fn options_without(&self, after: &Self) -> Vec<&Choice> {
        let kept = |one: &&Choice| !after.kind.options().iter().any(|other| other.tag == one.tag);
        self.kind.options().iter().filter(kept).collect()
    }

    /// What it is called, for whoever reads that language.
    pub fn title_in(&self, language: &str, to_requesters: bool) -> &str {
        let words = nearest(&self.translations, language);
        let (title, requesters) =
            words.map_or((&self.title, &self.requester_title), |w| (&w.title, &w.requester_title));
        requesters.as_ref().filter(|_| to_requesters).unwrap_or(title)
    }

    /// What it is for, for whoever reads that language.
    pub fn description_in(&self, language: &str) -> &str {
        let words = nearest(&self.translations, language).and_then(|words| words.description.as_ref());
        words.unwrap_or(&self.description)
    }

    /// What of it may leave for requesters: how agents call it stays with them.
    #[must_use]
    pub fn for_requesters(&self) -> Self {
        let mut field = self.clone();
        field.title = field.requester_title.take().unwrap_or(field.title);
        for words in field.translations.values_mut() {
            words.title = words.requester_title.take().unwrap_or_else(|| words.title.clone());
        }
        field
    }
}

/// What a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A ticket.
    Ticket,
    /// A person.
    Person,
    /// An organization.
    Organization,
}

impl Holder {
    /// All.
    pub const ALL: [Self; 3] = [Self::Ticket, Self::Person, Self::Organization];

    /// The name in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Person => "person",
            Self::Organization => "organization",
        }
    }

    /// The holder of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|holder| holder.name() == name)
    }
}

/// Who may see and edit a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Agents only (R149).
    Agents,
    /// Requesters see it.
    RequestersSee,
    /// Requesters fill it in.
    RequestersEdit,
}

impl Access {
    /// All, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Agents, Self::RequestersSee, Self::RequestersEdit];

    /// The name in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agents => "agents",
            Self::RequestersSee => "requesters-see",
            Self::RequestersEdit => "requesters-edit",
        }
    }

    /// The access of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.name() == name)
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// What every ticket has anyway: the field says only its title, and when it must be filled in.
    System(SystemField),
    /// One line.
    Text,
    /// Several lines.
    Lines,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Decimal,
    /// A day.
    Date,
    /// Yes or no.
    Checkbox {
        /// What a tick puts on the ticket.
        tag: Option<Tag>,
    },
    /// One of some options.
    Choice(Vec<Choice>),
    /// Any of some options.
    Choices(Vec<Choice>),
    /// A text that fits a regular expression.
    Pattern(Pattern),
    /// A number of which only the last four digits are kept, such as a payment card's.
    Masked,
}

/// An option of a drop-down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As people read it.
    pub name: String,
    /// What it puts on the ticket, and its name in scripts.
    pub tag: Tag,
    /// Names in other languages.
    pub translations: BTreeMap<String, String>,
}

impl Choice {
    /// An option by its name and its tag.
    pub fn new(name: &str, tag: Tag) -> Self {
        Self { name: name.to_owned(), tag, translations: BTreeMap::new() }
    }

    /// What it is called, for whoever reads those languages.
    pub fn name_in(&self, languages: &str) -> &str {
        nearest(&self.translations, languages).unwrap_or(&self.name)
    }
}

/// What every ticket has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SystemField {
    /// Its title.
    Subject,
    /// Its first comment.
    Description,
    /// Where it stands.
    Status,
    /// How much it matters.
    Priority,
    /// The group that works on it.
    Group,
    /// Who works on it.
    Assignee,
    /// Its labels.
    Tags,
    /// When it is due.
    Due,
}

impl SystemField {
    /// All, in the order of a new account.
    pub const ALL: [Self; 8] = [
        Self::Subject,
        Self::Description,
        Self::Status,
        Self::Priority,
        Self::Group,
        Self::Assignee,
        Self::Tags,
        Self::Due,
    ];

    /// The name in scripts, and the slug of its field.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Description => "description",
            Self::Status => "status",
            Self::Priority => "priority",
            Self::Group => "group",
            Self::Assignee => "assignee",
            Self::Tags => "tags",
            Self::Due => "due",
        }
    }

    /// The field of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// Why a text is no value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadValue {
    /// It is no number, day, or `true` or `false`.
    Form(&'static str),
    /// It is none of the options.
    Option(String),
    /// It does not fit the pattern.
    Pattern(String),
    /// It is too long: the most characters.
    TooLong(usize),
    /// The field is one of the system's, with a place of its own.
    System,
}

impl FieldType {
    /// The longest text, in characters.
    pub const MAX_CHARS: usize = 65_536;

    /// The name in scripts and on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::System(field) => field.name(),
            Self::Text => "text",
            Self::Lines => "textarea",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::Checkbox { .. } => "checkbox",
            Self::Choice(_) => "tagger",
            Self::Choices(_) => "multiselect",
            Self::Pattern(_) => "regexp",
            Self::Masked => "partialcreditcard",
        }
    }

    /// What a text means in such a field; nothing when it is empty.
    pub fn read(&self, text: &str) -> Result<Option<Value>, BadValue> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(None);
        }
        if text.chars().count() > Self::MAX_CHARS {
            return Err(BadValue::TooLong(Self::MAX_CHARS));
        }
        let some = |value: Option<Value>, form: &'static str| value.map(Some).ok_or(BadValue::Form(form));
        match self {
            Self::System(_) => Err(BadValue::System),
            Self::Text => Ok(some_text(super::text::one_line(text))),
            Self::Lines => Ok(some_text(super::text::storable(text))),
            Self::Integer => some(trimmed.parse().ok().map(Value::Integer), "integer"),
            Self::Decimal => some(Decimal::parse(trimmed).map(Value::Decimal), "decimal"),
            Self::Date => some(Day::parse(trimmed).map(Value::Date), "date"),
            Self::Checkbox { .. } => some(checked(trimmed).map(Value::Checked), "checkbox"),
            Self::Choice(options) => option(options, trimmed).map(|tag| Some(Value::Choice(tag))),
            Self::Choices(options) => {
                let named = trimmed.split([',', ' ']).filter(|name| !name.is_empty());
                let tags = named.map(|name| option(options, name)).collect::<Result<BTreeSet<_>, _>>()?;
                Ok(Some(Value::Choices(tags)).filter(|_| !trimmed.is_empty()))
            }
            Self::Pattern(pattern) => pattern.read(trimmed).map(some_text),
            Self::Masked => masked(trimmed).map(|text| Some(Value::Text(text))),
        }
    }

    /// Whether a value can stand in such a field.
    pub fn takes(&self, value: &Value) -> bool {
        self.read(&value.written()).is_ok_and(|read| read.as_ref() == Some(value))
    }

    /// Whether it is one of those types that have options.
    pub const fn has_options(&self) -> bool {
        matches!(self, Self::Choice(_) | Self::Choices(_))
    }

    /// The options, of those types that have some.
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::Choice(options) | Self::Choices(options) => options,
            _ => &[],
        }
    }
}

fn checked(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// The option of that tag, or of that name, in whatever language.
fn option(options: &[Choice], text: &str) -> Result<Tag, BadValue> {
    let folded = text.to_lowercase();
    let same = |name: &str| name.to_lowercase() == folded;
    let by = |fits: &dyn Fn(&Choice) -> bool| options.iter().find(|one| fits(one));
    let tagged = by(&|one| one.tag.as_str() == folded).or_else(|| by(&|one| same(&one.name)));
    let found = tagged.or_else(|| by(&|one| one.translations.values().any(|name| same(name))));
    found.map(|one| one.tag.clone()).ok_or_else(|| BadValue::Option(text.to_owned()))
}

/// What is left of a text when it can be kept may be nothing.
fn some_text(text: String) -> Option<Value> {
    Some(text).filter(|text| !text.trim().is_empty()).map(Value::Text)
}

/// All digits but the last four become `X`: the number itself is never kept.
fn masked(text: &str) -> Result<String, BadValue> {
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let known = |c: &char| c.is_ascii_digit() || *c == 'X';
    if !(8..=19).contains(&digits.len()) || !digits.iter().all(known) {
        return Err(BadValue::Form("partialcreditcard"));
    }
    let hidden = digits.len() - 4;
    Ok(digits.iter().enumerate().map(|(at, c)| if at < hidden { 'X' } else { *c }).collect())
}
