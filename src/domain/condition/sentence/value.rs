//! What stands after `is` and its like.

use super::lexer::Kind;
use super::parse::{Parser, Read};
use super::phrases::Subject;
use super::{Expected, SentenceFault, refers};
use crate::domain::case::{Satisfaction, TicketType};
use crate::domain::comment::Channel;
use crate::domain::condition::{
    By, Condition, FieldTest, Label, Link, Number, Op, Person, Target, Test, UpdateTest, Value,
};
use crate::domain::field::{Day, FieldType, Value as Held};
use crate::domain::id::{FieldId, PersonId, StatusId};
use crate::domain::person::Role;
use crate::domain::setup::{Refers, meant};
use crate::domain::status::{Priority, Status};

/// How the absence of something is called; the first is written.
const NONE: [&str; 3] = ["none", "nobody", "missing"];

impl Parser<'_> {
    /// A value of a subject, as a test of it.
    pub(super) fn value(&mut self, subject: Subject, op: Op) -> Read<Condition> {
        if let Subject::Field(id) = subject {
            return self.field_value(id, op);
        }
        let test = match subject {
            Subject::Number => Test::Number(op, self.number()?),
            Subject::Comments => Test::Comments(op, self.count()?),
            Subject::Status => Test::Status(op, self.named(&Status::ALL.map(|one| (one.name(), one)))?),
            Subject::Priority if op == Op::Is && self.none() => Test::Priority(op, None),
            Subject::Priority => Test::Priority(op, Some(self.named(&Priority::ALL.map(|one| (one.name(), one)))?)),
            Subject::Type if self.none() => Test::Type(None),
            Subject::Type => Test::Type(Some(self.named(&TicketType::ALL.map(|one| (one.name(), one)))?)),
            Subject::Satisfaction => Test::Satisfaction(self.named(&Satisfaction::ALL.map(|one| (one.name(), one)))?),
            Subject::CustomStatus if self.none() => Test::CustomStatus(None),
            Subject::CustomStatus => Test::CustomStatus(Some(StatusId(self.reference(Refers::Status)?))),
            Subject::Link(link) => Test::Link(link, self.target(link)?),
            Subject::Tags if self.none() => Test::Label(Label::Tag, Value::Missing),
            Subject::Tags => Test::Label(Label::Tag, Value::Is(self.string(Expected::Tag)?.to_lowercase())),
            Subject::ExternalId if self.none() => Test::Label(Label::ExternalId, Value::Missing),
            Subject::ExternalId => Test::Label(Label::ExternalId, Value::Is(self.string(Expected::Text)?)),
            Subject::Channel => Test::Via(self.channel()?),
            Subject::Ticket => Test::Private(self.named(&[("private", true), ("public", false)])?),
            Subject::Language => Test::Requester(Person::Language(self.string(Expected::Text)?.to_lowercase())),
            Subject::Domain => Test::Requester(Person::Domain(self.string(Expected::Text)?.to_lowercase())),
            Subject::Role => {
                let roles = [Role::EndUser, Role::Agent, Role::Admin].map(|role| (role.name(), role));
                Test::Requester(Person::Role(self.named(&roles)?))
            }
            Subject::Via => Test::Update(UpdateTest::Via(self.channel()?)),
            Subject::By => Test::Update(UpdateTest::By(self.by()?)),
            _ => return Err(self.stop()),
        };
        Ok(test.into())
    }

    fn none(&mut self) -> bool {
        NONE.into_iter().any(|word| self.take(word))
    }

    fn named<T: Copy>(&mut self, names: &[(&'static str, T)]) -> Read<T> {
        self.one_of(names).ok_or_else(|| self.stop())
    }

    /// A word or a text in quotes.
    fn string(&mut self, expected: Expected) -> Read<String> {
        self.expect(expected);
        let Some(Kind::Word(text) | Kind::Quoted(text, true)) = self.token() else { return Err(self.stop()) };
        let text = text.clone();
        self.place += 1;
        Ok(text)
    }

    fn number(&mut self) -> Read<i64> {
        self.expect(Expected::Number);
        let Some(Kind::Word(text)) = self.token() else { return Err(self.stop()) };
        let number = text.strip_prefix('#').unwrap_or(text).parse().map_err(|_| self.stop())?;
        self.place += 1;
        Ok(number)
    }

    fn channel(&mut self) -> Read<Channel> {
        if matches!(self.token(), Some(Kind::Quoted(text, true)) if text.eq_ignore_ascii_case("ticket sharing")) {
            self.place += 1;
            return Ok(Channel::Sharing);
        }
        if self.take("mail") {
            return Ok(Channel::Mail);
        }
        self.named(&Channel::ALL.map(|channel| (channel.name(), channel)))
    }

    /// The number of what stands here by name, or as `#3`.
    pub(super) fn reference(&mut self, what: Refers) -> Read<i64> {
        self.expect(Expected::Name(what));
        let id = match self.token() {
            Some(Kind::Word(text)) => meant(self.lookup, what, text),
            Some(Kind::Quoted(text, true)) => self.lookup.id(what, text),
            _ => return Err(self.stop()),
        };
        let id = id.ok_or_else(|| self.wrong(SentenceFault::Unknown(what)))?;
        self.place += 1;
        Ok(id)
    }

    fn target(&mut self, link: Link) -> Read<Target> {
        if self.none() {
            return Ok(Target::Nobody);
        }
        if self.take("me") {
            return Ok(Target::Me);
        }
        self.reference(refers(link)).map(Target::Id)
    }

    fn by(&mut self) -> Read<By> {
        let names = [
            ("agent", By::Agent),
            ("end-user", By::EndUser),
            ("requester", By::Requester),
            ("assignee", By::Assignee),
            ("account", By::Account),
        ];
        match self.one_of(&names) {
            Some(by) => Ok(by),
            None => self.reference(Refers::Person).map(|id| By::Person(PersonId(id))),
        }
    }

    /// What stands after `starts with`.
    pub(super) fn starts(&mut self, subject: Subject) -> Read<Condition> {
        Ok(match subject {
            Subject::Tags => Test::Label(Label::Tag, Value::Starts(self.string(Expected::Tag)?.to_lowercase())),
            _ => Test::Label(Label::ExternalId, Value::Starts(self.string(Expected::Text)?)),
        }
        .into())
    }

    /// What stands after `has`.
    pub(super) fn has(&mut self, subject: Subject) -> Read<Condition> {
        match subject {
            Subject::Field(id) => {
                let is_text = self.lookup.field(id.0).is_none_or(holds_text);
                if is_text { Ok(Test::Field(id, FieldTest::Words(self.pattern()?)).into()) } else { Err(self.stop()) }
            }
            Subject::Link(link) => {
                if self.take("name") {
                    return Ok(Test::Link(link, Target::Name(self.pattern()?)).into());
                }
                if !link.is_person() {
                    return Err(self.stop());
                }
                self.need("address")?;
                Ok(Test::Link(link, Target::Address(self.string(Expected::Text)?.to_lowercase())).into())
            }
            _ => Err(self.stop()),
        }
    }

    /// What a field should hold: by its type where that is known, else as it is written.
    fn field_value(&mut self, id: FieldId, op: Op) -> Read<Condition> {
        let of_field = |wanted| Condition::from(Test::Field(id, wanted));
        if op == Op::Is && self.none() {
            return Ok(of_field(FieldTest::Missing));
        }
        if op == Op::Is && self.take("present") {
            return Ok(Condition::Not(Box::new(of_field(FieldTest::Missing))));
        }
        let kind = self.lookup.field(id.0).cloned();
        if let Some(FieldType::Checkbox { .. }) | None = kind
            && op == Op::Is
        {
            match self.one_of(&[("checked", true), ("unchecked", false)]) {
                Some(true) => return Ok(of_field(FieldTest::Checked)),
                Some(false) => return Ok(Condition::Not(Box::new(of_field(FieldTest::Checked)))),
                None => {}
            }
        }
        let (text, is_bare) = match self.token() {
            Some(Kind::Word(text)) => (text.clone(), true),
            Some(Kind::Quoted(text, true)) => (text.clone(), false),
            _ => (String::new(), true),
        };
        self.expect(match &kind {
            Some(FieldType::Integer | FieldType::Decimal) => Expected::Number,
            Some(FieldType::Date) => Expected::Moment,
            Some(FieldType::Choice(_) | FieldType::Choices(_)) => Expected::Option(id),
            _ => Expected::Text,
        });
        let number = || Number::parse(&text).map(|number| FieldTest::Number(op, number));
        let date = || Day::parse(&text).map(|day| FieldTest::Date(op, day));
        let found = match &kind {
            _ if self.token().is_none() => None,
            Some(FieldType::Integer | FieldType::Decimal) => number(),
            Some(FieldType::Date) => date(),
            Some(kind) if op == Op::Is => held(kind, &text),
            Some(_) => None,
            None if is_bare && (number().is_some() || date().is_some()) => number().or_else(date),
            None => (op == Op::Is && !matches!(self.token(), Some(Kind::Sign(_)))).then(|| FieldTest::Is(text.clone())),
        };
        let found = found.ok_or_else(|| self.stop())?;
        self.place += 1;
        Ok(of_field(found))
    }
}

/// The test that a field with text or options holds just this.
fn held(kind: &FieldType, text: &str) -> Option<FieldTest> {
    match kind {
        FieldType::Choice(_) | FieldType::Choices(_) => match kind.read(text).ok()?? {
            Held::Choice(tag) => Some(FieldTest::Is(tag.to_string())),
            Held::Choices(tags) if tags.len() == 1 => tags.first().map(|tag| FieldTest::Is(tag.to_string())),
            _ => None,
        },
        kind if holds_text(kind) && !text.is_empty() => Some(FieldTest::Is(text.to_owned())),
        _ => None,
    }
}

const fn holds_text(kind: &FieldType) -> bool {
    matches!(kind, FieldType::Text | FieldType::Lines | FieldType::Pattern(_) | FieldType::Masked)
}
