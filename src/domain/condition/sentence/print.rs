use super::phrases::Subject;
use super::time::{SIDES, WAYS};
use super::{is_plain, refers};
use crate::domain::case::TicketType;
use crate::domain::comment::{Channel, Visibility};
use crate::domain::condition::{
    Actual, By, CommentTest, Condition, FieldTest, Label, Link, Moment, Op, Pattern, Person, Target, Test, UpdateTest,
    Value, When,
};
use crate::domain::id::FieldId;
use crate::domain::search::{moment_text, sign};
use crate::domain::setup::{Lookup, Refers};
use crate::domain::status::{Priority, Status};

/// Words that mean something where a name could stand.
const RESERVED: [&str; 21] = [
    "none",
    "nobody",
    "missing",
    "present",
    "me",
    "not",
    "one",
    "of",
    "and",
    "or",
    "checked",
    "unchecked",
    "agent",
    "end-user",
    "requester",
    "assignee",
    "account",
    "mail",
    "everything",
    "nothing",
    "by",
];

pub(super) fn condition(condition: &Condition, lookup: &dyn Lookup) -> String {
    Printer { lookup }.condition(condition)
}

pub(super) fn actual(actual: &Actual, lookup: &dyn Lookup) -> String {
    Printer { lookup }.actual(actual)
}

/// A name as it stands in a sentence.
pub(super) fn name(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-.@+".contains(c);
    let is_word = text.starts_with(char::is_alphabetic) && text.chars().all(plain);
    if is_word && !RESERVED.iter().any(|word| text.eq_ignore_ascii_case(word)) { text.to_owned() } else { quoted(text) }
}

/// A text between quotes.
pub(in crate::domain) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A test of which the opposite and a list of several can be written short.
struct Short {
    /// `status is`
    head: String,
    /// `status is not`, where that can be said.
    not: Option<String>,
    /// `solved`
    value: String,
}

struct Printer<'a> {
    lookup: &'a dyn Lookup,
}

impl Printer<'_> {
    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) if parts.is_empty() => "everything".to_owned(),
            Condition::Any(parts) if parts.is_empty() => "nothing".to_owned(),
            Condition::All(parts) => self.joined(parts, " and "),
            Condition::Any(parts) => self.list(parts, false).unwrap_or_else(|| self.joined(parts, " or ")),
            Condition::Not(part) => self.opposite(part),
            Condition::Test(test) => self.test(test),
        }
    }

    fn joined(&self, parts: &[Condition], by: &str) -> String {
        let texts: Vec<String> = parts.iter().map(|part| self.part(part)).collect();
        texts.join(by)
    }

    /// A part within another.
    fn part(&self, part: &Condition) -> String {
        let text = self.condition(part);
        let several = match part {
            Condition::All(parts) => parts.len() > 1,
            Condition::Any(parts) => parts.len() > 1 && self.list(parts, false).is_none(),
            Condition::Not(_) | Condition::Test(_) => false,
        };
        if several { format!("({text})") } else { text }
    }

    fn opposite(&self, part: &Condition) -> String {
        let short = match part {
            Condition::Test(test) => self.not(test),
            Condition::Any(parts) => self.list(parts, true),
            _ => None,
        };
        short.unwrap_or_else(|| format!("not {}", self.part(part)))
    }

    /// Several tests of the same as one: `status is one of new, open`.
    fn list(&self, parts: &[Condition], not: bool) -> Option<String> {
        if parts.len() < 2 {
            return None;
        }
        let short = |part: &Condition| if let Condition::Test(test) = part { self.short(test) } else { None };
        let shorts: Vec<Short> = parts.iter().map(short).collect::<Option<_>>()?;
        let first = &shorts[0];
        let head = if not { first.not.as_ref()? } else { &first.head };
        let values: Vec<&str> = shorts.iter().map(|one| one.value.as_str()).collect();
        let same = shorts.iter().all(|one| one.head == first.head);
        same.then(|| format!("{head} one of {}", values.join(", ")))
    }

    fn not(&self, test: &Test) -> Option<String> {
        match test {
            Test::Update(UpdateTest::Created) => Some("ticket is updated".to_owned()),
            Test::Update(UpdateTest::Comment(CommentTest::Present)) => Some("comment is none".to_owned()),
            Test::Update(UpdateTest::Changed(what)) => {
                Some(format!("{} not changed", self.subject(Subject::of_change(*what))))
            }
            Test::Field(id, FieldTest::Checked) => Some(format!("{} is unchecked", self.subject(Subject::Field(*id)))),
            other => {
                let short = self.short(other)?;
                short.not.map(|not| format!("{not} {}", short.value))
            }
        }
    }

    fn test(&self, test: &Test) -> String {
        if let Some(short) = self.short(test) {
            return format!("{} {}", short.head, short.value);
        }
        let sub = |subject: Subject| self.subject(subject);
        match test {
            Test::Link(link, Target::Name(pattern)) => {
                format!("{} has name {}", sub(Subject::Link(*link)), words(pattern))
            }
            Test::Link(link, Target::Address(address)) => {
                format!("{} has address {}", sub(Subject::Link(*link)), name(address))
            }
            Test::Label(label, Value::Starts(start)) => {
                let way = if *label == Label::Tag { "start with" } else { "starts with" };
                format!("{} {way} {}", sub(labelled(*label)), name(start))
            }
            Test::Time(moment, op, when) => self.time(*moment, *op, *when),
            Test::Never(moment) => format!("{} never", sub(Subject::Moment(*moment))),
            Test::HasAttachment(has) => format!("attachments are {}", if *has { "present" } else { "none" }),
            Test::Text(place, pattern) => format!("{} has {}", sub(Subject::Text(*place)), words(pattern)),
            Test::NumberOrWord(digits) => format!("{} is {digits}", sub(Subject::NumberOrWord)),
            Test::Field(id, FieldTest::Words(pattern)) => {
                format!("{} has {}", sub(Subject::Field(*id)), words(pattern))
            }
            Test::Update(test) => self.update(test),
            // Those with a sign.
            other => self.valued(other).map_or_else(String::new, |(subject, sign, value)| {
                format!("{} {} {value}", self.subject(subject), sign.unwrap_or("is"))
            }),
        }
    }

    fn update(&self, test: &UpdateTest) -> String {
        match test {
            UpdateTest::Created => "ticket is created".to_owned(),
            UpdateTest::Changed(what) => format!("{} changed", self.subject(Subject::of_change(*what))),
            UpdateTest::Became(test) => self.change("to", test),
            UpdateTest::Ceased(test) => self.change("from", test),
            UpdateTest::Comment(CommentTest::Present) => "comment is present".to_owned(),
            UpdateTest::Comment(CommentTest::Public) => "comment is public".to_owned(),
            UpdateTest::Comment(CommentTest::Internal) => "comment is internal".to_owned(),
            UpdateTest::Comment(CommentTest::Words(pattern)) => format!("comment has {}", words(pattern)),
            UpdateTest::Via(channel) => format!("update via {}", Channel::name(*channel)),
            UpdateTest::By(by) => format!("update by {}", self.by(*by)),
        }
    }

    fn change(&self, way: &str, test: &Test) -> String {
        let (subject, sign, value) = self.valued(test).unwrap_or((Subject::Ticket, None, String::new()));
        let sign = sign.map(|sign| format!("{sign} ")).unwrap_or_default();
        format!("{} changed {way} {sign}{value}", self.subject(subject))
    }

    /// A test that can stand in a list.
    fn short(&self, test: &Test) -> Option<Short> {
        match test {
            Test::Update(UpdateTest::Via(channel)) => Some(plain("update via", Channel::name(*channel).to_owned())),
            Test::Update(UpdateTest::By(by)) => Some(plain("update by", self.by(*by))),
            Test::Update(UpdateTest::Became(test)) => self.short_change("to", test),
            Test::Update(UpdateTest::Ceased(test)) => self.short_change("from", test),
            _ => {
                let (subject, None, value) = self.valued(test)? else { return None };
                let words = self.subject(subject);
                let (is, not) = match subject {
                    Subject::Tags if value == "none" => ("are", Some("are not")),
                    Subject::Tags => ("include", Some("do not include")),
                    Subject::Ticket => ("is", None),
                    _ => ("is", Some("is not")),
                };
                Some(Short { head: format!("{words} {is}"), not: not.map(|not| format!("{words} {not}")), value })
            }
        }
    }

    fn short_change(&self, way: &str, test: &Test) -> Option<Short> {
        let (subject, None, value) = self.valued(test)? else { return None };
        Some(plain(&format!("{} changed {way}", self.subject(subject)), value))
    }

    /// Subject, sign where it is not `is`, and value of a test that has one.
    fn valued(&self, test: &Test) -> Option<(Subject, Option<&'static str>, String)> {
        let of = |op: Op| (op != Op::Is).then(|| sign(op));
        Some(match test {
            Test::Number(op, number) => (Subject::Number, of(*op), number.to_string()),
            Test::Comments(op, count) => (Subject::Comments, of(*op), count.to_string()),
            Test::Status(op, status) => (Subject::Status, of(*op), Status::name(*status).to_owned()),
            Test::Priority(op, priority) => {
                (Subject::Priority, of(*op), priority.map_or("none", Priority::name).to_owned())
            }
            Test::Type(one) => (Subject::Type, None, one.map_or("none", TicketType::name).to_owned()),
            Test::Satisfaction(one) => (Subject::Satisfaction, None, one.name().to_owned()),
            Test::CustomStatus(id) => {
                let value = id.map_or_else(|| "none".to_owned(), |id| self.reference(Refers::Status, id.0));
                (Subject::CustomStatus, None, value)
            }
            Test::Link(link, target) => (Subject::Link(*link), None, self.target(*link, target)?),
            Test::Label(label, Value::Missing) => (labelled(*label), None, "none".to_owned()),
            Test::Label(label, Value::Is(value)) => (labelled(*label), None, name(value)),
            Test::Via(channel) => (Subject::Channel, None, Channel::name(*channel).to_owned()),
            Test::Private(private) => (Subject::Ticket, None, private_name(*private).to_owned()),
            Test::Requester(Person::Language(language)) => (Subject::Language, None, name(language)),
            Test::Requester(Person::Domain(domain)) => (Subject::Domain, None, name(domain)),
            Test::Requester(Person::Role(role)) => (Subject::Role, None, role.name().to_owned()),
            Test::Field(id, test) if is_plain(test) => field(*id, test),
            _ => return None,
        })
    }

    fn subject(&self, subject: Subject) -> String {
        match subject {
            Subject::Field(id) => format!("{} {}", subject.words(), self.reference(Refers::Field, id.0)),
            other => other.words().to_owned(),
        }
    }

    fn target(&self, link: Link, target: &Target) -> Option<String> {
        match target {
            Target::Nobody => Some("none".to_owned()),
            Target::Me => Some("me".to_owned()),
            Target::Id(id) => Some(self.reference(refers(link), *id)),
            Target::Address(_) | Target::Name(_) => None,
        }
    }

    fn by(&self, by: By) -> String {
        match by {
            By::Agent => "agent".to_owned(),
            By::EndUser => "end-user".to_owned(),
            By::Requester => "requester".to_owned(),
            By::Assignee => "assignee".to_owned(),
            By::Account => "account".to_owned(),
            By::Person(id) => self.reference(Refers::Person, id.0),
        }
    }

    /// What something is called, where that means nothing else; its number where it has no such name.
    fn reference(&self, what: Refers, id: i64) -> String {
        let known = self.lookup.name(what, id).filter(|name| self.lookup.id(what, name) == Some(id));
        known.map_or_else(|| format!("#{id}"), |known| name(&known))
    }

    fn time(&self, moment: Moment, op: Op, when: When) -> String {
        let of = self.subject(Subject::Moment(moment));
        let ahead = moment == Moment::Due;
        let (inn, ago) = if ahead { ("in ", "") } else { ("", " ago") };
        let way = || {
            let fits = |(_, behind, before): &&(&str, Op, Op)| if ahead { *before == op } else { *behind == op };
            WAYS.iter().find(fits).map_or("", |(words, ..)| words)
        };
        match when {
            When::At(..) => {
                let side = SIDES.iter().find(|(_, side)| *side == op).map_or("", |(words, _)| words);
                format!("{of} {side} {}", moment_text(when))
            }
            When::Away(count, unit) => format!("{of} {inn}{} {count} {}{ago}", way(), unit.name()),
            When::Open(count, unit, id) => {
                let schedule = self.reference(Refers::Schedule, id.0);
                format!("{of} {inn}{} {count} business {}{ago} by schedule {schedule}", way(), unit.name())
            }
        }
    }

    fn actual(&self, actual: &Actual) -> String {
        match actual {
            Actual::Nothing => "none".to_owned(),
            Actual::Number(number) => number.to_string(),
            Actual::Status(status) => Status::name(*status).to_owned(),
            Actual::Priority(priority) => Priority::name(*priority).to_owned(),
            Actual::Satisfaction(one) => one.name().to_owned(),
            Actual::Type(one) => TicketType::name(*one).to_owned(),
            Actual::Things(link, ids) => {
                let names: Vec<String> = ids.iter().map(|id| self.reference(refers(*link), *id)).collect();
                names.join(", ")
            }
            Actual::Labels(labels) => labels.iter().map(|label| name(label)).collect::<Vec<_>>().join(", "),
            Actual::Moment(at) => moment_text(When::At(*at, crate::domain::condition::Precision::Second)),
            Actual::Channel(channel) => Channel::name(*channel).to_owned(),
            Actual::Private(private) => private_name(*private).to_owned(),
            Actual::Word(word) => name(word),
            Actual::Role(role) => role.name().to_owned(),
            Actual::Created(created) => if *created { "created" } else { "updated" }.to_owned(),
            Actual::By(person) => self.by(person.map_or(By::Account, By::Person)),
            Actual::Comment(Visibility::Public) => "public".to_owned(),
            Actual::Comment(Visibility::Internal) => "internal".to_owned(),
            Actual::Subject(text) => quoted(text),
            Actual::CustomStatus(id) => self.reference(Refers::Status, id.0),
            Actual::Field(value) => name(&value.written()),
            Actual::Change(None, after) => self.actual(after),
            Actual::Change(Some(before), after) => format!("{} -> {}", self.actual(before), self.actual(after)),
        }
    }
}

fn plain(head: &str, value: String) -> Short {
    Short { head: head.to_owned(), not: None, value }
}

const fn labelled(label: Label) -> Subject {
    match label {
        Label::Tag => Subject::Tags,
        Label::ExternalId => Subject::ExternalId,
    }
}

const fn private_name(private: bool) -> &'static str {
    if private { "private" } else { "public" }
}

fn field(id: FieldId, wanted: &FieldTest) -> (Subject, Option<&'static str>, String) {
    let of = |op: Op| (op != Op::Is).then(|| sign(op));
    let (sign, value) = match wanted {
        FieldTest::Missing | FieldTest::Words(_) => (None, "none".to_owned()),
        FieldTest::Is(text) => (None, quoted(text)),
        FieldTest::Number(op, number) => (of(*op), number.to_string()),
        FieldTest::Date(op, day) => (of(*op), day.to_string()),
        FieldTest::Checked => (None, "checked".to_owned()),
    };
    (Subject::Field(id), sign, value)
}

fn words(pattern: &Pattern) -> String {
    quoted(&format!("{}{}", pattern.words.join(" "), if pattern.open { "*" } else { "" }))
}
