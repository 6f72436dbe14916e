use super::{Query, Term};
use crate::domain::case::TicketType;
use crate::domain::comment::Channel;
use crate::domain::condition::{
    ANY_FIELD, FieldTest, Label, Link, Moment, Op, Pattern, Person, Place, Precision, Target, Test, Value, When,
};
use crate::domain::status::{Priority, Status};
use chrono::DateTime;
use std::fmt;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut space = "";
        for term in &self.terms {
            write!(f, "{space}{term}")?;
            space = " ";
        }
        if let Some(sort) = self.sort {
            let way = if sort.descending { "desc" } else { "asc" };
            write!(f, "{space}order_by:{} sort:{way}", sort.by.name())?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negated { "-" } else { "" };
        write!(f, "{sign}{}", printed(&self.test))
    }
}

/// The keyword of a test; empty for words without one.
pub(super) fn keyword(test: &Test) -> String {
    if let Test::Field(ANY_FIELD, _) = test {
        return "fieldvalue".to_owned();
    }
    if let Test::Field(id, test) = test {
        let has = if matches!(test, FieldTest::Words(_)) { "_has" } else { "" };
        return format!("custom_field_{id}{has}");
    }
    match test {
        Test::Number(..) => "id",
        Test::Status(..) => "status",
        Test::Priority(..) => "priority",
        Test::Type(_) => "ticket_type",
        Test::Satisfaction(_) => "satisfaction",
        Test::Link(link, _) => match link {
            Link::Assignee => "assignee",
            Link::Requester => "requester",
            Link::Submitter => "submitter",
            Link::Cc => "cc",
            Link::Follower => "follower",
            Link::Group => "group",
            Link::Organization => "organization",
            Link::Kind => "kind",
        },
        Test::Label(Label::Tag, _) => "tags",
        Test::Label(Label::ExternalId, _) => "external_id",
        Test::Time(moment, ..) | Test::Never(moment) => match moment {
            Moment::Created => "created",
            Moment::Updated => "updated",
            Moment::Solved => "solved",
            Moment::Due => "due_date",
            Moment::Entered(status) => entered(*status),
            Moment::Assigned => "assigned",
            Moment::RequesterSaid => "requester_answered",
            Moment::AssigneeSaid => "assignee_answered",
        },
        Test::Via(_) => "via",
        Test::HasAttachment(_) => "has_attachment",
        Test::Private(_) => "private",
        Test::Comments(..) => "comments",
        Test::CustomStatus(_) => "custom_status_id",
        Test::Requester(Person::Language(_)) => "requester_language",
        Test::Requester(Person::Role(_)) => "requester_role",
        Test::Requester(Person::Domain(_)) => "requester_domain",
        Test::Update(_) => "update",
        Test::Text(Place::Subject, _) => "subject",
        Test::Text(Place::Comments, _) => "comment",
        Test::Text(Place::Anywhere, _) | Test::NumberOrWord(_) | Test::Field(..) => "",
    }
    .to_owned()
}

/// The keyword of the entry into a status.
const fn entered(status: Status) -> &'static str {
    match status {
        Status::New => "new_since",
        Status::Open => "open_since",
        Status::Pending => "pending_since",
        Status::Hold => "hold_since",
        Status::Solved => "solved_since",
        Status::Closed => "closed_since",
    }
}

fn printed(test: &Test) -> String {
    let name = keyword(test);
    match test {
        Test::Number(op, number) => format!("{name}{}{number}", sign(*op)),
        Test::Status(op, status) => format!("{name}{}{}", sign(*op), Status::name(*status)),
        Test::Priority(op, priority) => format!("{name}{}{}", sign(*op), priority.map_or("none", Priority::name)),
        Test::Satisfaction(one) => format!("{name}:{}", one.name()),
        Test::Type(one) => format!("{name}:{}", one.map_or("none", TicketType::name)),
        Test::Link(_, target) => format!("{name}:{}", target_text(target)),
        Test::Label(_, Value::Is(value)) => format!("{name}:{}", label(value)),
        Test::Label(_, Value::Starts(start)) => format!("{name}:{}*", quoted(start)),
        Test::Time(_, op, when) => format!("{name}{}{}", sign(*op), time(*when)),
        // Of what was just done no query asks, for it finds tickets to which nothing is being done.
        Test::Never(_) | Test::Label(_, Value::Missing) | Test::CustomStatus(None) | Test::Update(_) => {
            format!("{name}:none")
        }
        Test::CustomStatus(Some(id)) => format!("{name}:{id}"),
        Test::Field(_, test) => format!("{name}{}", field(test)),
        Test::Via(channel) => format!("{name}:{}", Channel::name(*channel)),
        Test::HasAttachment(yes) | Test::Private(yes) => format!("{name}:{yes}"),
        Test::Comments(op, count) => format!("{name}{}{count}", sign(*op)),
        Test::Requester(Person::Language(word) | Person::Domain(word)) => format!("{name}:{}", label(word)),
        Test::Requester(Person::Role(role)) => format!("{name}:{}", role.name()),
        Test::Text(Place::Anywhere, pattern) => words(pattern),
        Test::Text(_, pattern) => format!("{name}:{}", words(pattern)),
        Test::NumberOrWord(digits) => digits.clone(),
    }
}

pub(in crate::domain) const fn sign(op: Op) -> &'static str {
    match op {
        Op::Is => ":",
        Op::Below => "<",
        Op::AtMost => "<=",
        Op::Above => ">",
        Op::AtLeast => ">=",
    }
}

/// The operator and the value of a test of a field.
fn field(wanted: &FieldTest) -> String {
    match wanted {
        FieldTest::Missing => ":none".to_owned(),
        FieldTest::Is(text) => format!(":{}", quoted(text)),
        FieldTest::Number(op, number) => format!("{}{number}", sign(*op)),
        FieldTest::Date(op, day) => format!("{}{day}", sign(*op)),
        FieldTest::Checked => ":true".to_owned(),
        FieldTest::Words(pattern) => format!(":{}", words(pattern)),
    }
}

fn target_text(target: &Target) -> String {
    match target {
        Target::Nobody => "none".to_owned(),
        Target::Me => "me".to_owned(),
        Target::Id(id) => id.to_string(),
        Target::Address(address) if address.ends_with('*') => quoted(address),
        Target::Address(address) => address.clone(),
        Target::Name(pattern) => format!("{}{}", quoted(&pattern.words.join(" ")), star(pattern)),
    }
}

fn words(pattern: &Pattern) -> String {
    let text = pattern.words.join(" ");
    let plain = pattern.words.len() == 1 && !text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { format!("{text}{}", star(pattern)) } else { format!("{}{}", quoted(&text), star(pattern)) }
}

const fn star(pattern: &Pattern) -> &'static str {
    if pattern.open { "*" } else { "" }
}

fn label(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    if plain && !text.eq_ignore_ascii_case("none") { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

pub(in crate::domain) fn time(when: When) -> String {
    match when {
        When::Away(count, unit) => format!("{count}{}", unit.name()),
        When::Open(count, unit, schedule) => format!("{count}business{}@{schedule}", unit.name()),
        When::At(at, precision) => {
            let form = match precision {
                Precision::Day => "%Y-%m-%d",
                Precision::Second => "%Y-%m-%dT%H:%M:%SZ",
                Precision::Millisecond => "%Y-%m-%dT%H:%M:%S%.3fZ",
            };
            DateTime::from_timestamp_millis(at.0).unwrap_or_default().format(form).to_string()
        }
    }
}
