//! The way back: what rows say.

use super::{CUSTOM, LINKS, MOMENTS, OPPOSITES, Row, SENTENCE, UNTIL_DUE, VIAS, changeable, ordered};
use crate::domain::case::TicketType;
use crate::domain::comment::Channel;
use crate::domain::condition::{
    By, Changeable, CommentTest, Condition, FieldTest, Label, Link, Moment, Number, Op, Pattern, Place, Target, Test,
    Unit, UpdateTest, Value, When,
};
use crate::domain::field::{Day, FieldType};
use crate::domain::id::{FieldId, PersonId, StatusId};
use crate::domain::setup::Lookup;
use crate::domain::status::{Priority, Status};
use crate::wire::rules::BadRow;

impl Row {
    fn operator(&self) -> BadRow {
        BadRow::Operator { field: self.field.clone(), operator: self.operator.clone() }
    }

    fn value(&self) -> BadRow {
        BadRow::Value { field: self.field.clone(), value: self.text() }
    }

    pub(super) fn read(&self, lookup: &dyn Lookup) -> Result<Condition, BadRow> {
        let word = self.operator.as_str();
        if let Some((one, _)) = OPPOSITES.into_iter().find(|(_, other)| *other == word) {
            let positive = Self { operator: one.to_owned(), ..self.clone() };
            return positive.read(lookup).map(|part| Condition::Not(Box::new(part)));
        }
        if self.field == SENTENCE {
            return Condition::read(&self.text(), lookup).map_err(BadRow::Sentence);
        }
        match word {
            "changed" => {
                let known = Changeable::SYSTEM.into_iter().find(|one| changeable(*one).as_deref() == Some(&self.field));
                let own = self.custom().map(Changeable::Field);
                let what = known.or(own).ok_or_else(|| self.operator())?;
                Ok(UpdateTest::Changed(what).into())
            }
            "value" | "value_previous" => {
                let inner = Self { operator: "is".to_owned(), ..self.clone() }.read(lookup)?;
                match inner {
                    Condition::Test(test) if test.is_of_value() && word == "value" => {
                        Ok(UpdateTest::Became(Box::new(test)).into())
                    }
                    Condition::Test(test) if test.is_of_value() => Ok(UpdateTest::Ceased(Box::new(test)).into()),
                    _ => Err(self.operator()),
                }
            }
            _ => self.compared(lookup),
        }
    }

    fn op(&self) -> Result<Op, BadRow> {
        [Op::Is, Op::Below, Op::Above]
            .into_iter()
            .find(|op| ordered(*op) == Some(&self.operator))
            .ok_or_else(|| self.operator())
    }

    /// What only is something or is not.
    fn is(&self) -> Result<String, BadRow> {
        if matches!(self.operator.as_str(), "is" | "includes") { Ok(self.text()) } else { Err(self.operator()) }
    }

    fn custom(&self) -> Option<FieldId> {
        let digits = self.field.strip_prefix(CUSTOM).or_else(|| self.field.strip_prefix("ticket_fields_"))?;
        digits.parse().ok().map(FieldId)
    }

    fn compared(&self, lookup: &dyn Lookup) -> Result<Condition, BadRow> {
        let text = self.text();
        let found = |list: &[(Channel, &str)]| list.iter().find(|(_, id)| *id == text).map(|(channel, _)| *channel);
        let asked = match self.field.as_str() {
            "status" => Test::Status(self.op()?, Status::parse(&text).ok_or_else(|| self.value())?),
            "priority" if text.is_empty() => Test::Priority(self.op()?, None),
            "priority" => Test::Priority(self.op()?, Some(Priority::parse(&text).ok_or_else(|| self.value())?)),
            "type" => Test::Type(self.kind_of()?),
            "current_tags" => return self.tags(),
            "via_id" => Test::Via(found(&VIAS).ok_or_else(|| self.value())?),
            "current_via_id" => UpdateTest::Via(found(&VIAS).ok_or_else(|| self.value())?).into_test(),
            "ticket_is_public" => match self.is()?.as_str() {
                "private" | "false" => Test::Private(true),
                "public" | "true" => Test::Private(false),
                _ => return Err(self.value()),
            },
            "subject_includes_word" | "comment_includes_word" => return self.words(),
            "custom_status_id" => Test::CustomStatus(Some(StatusId(self.is()?.parse().map_err(|_| self.value())?))),
            "update_type" => return self.update_type(),
            "role" => UpdateTest::By(self.by()?).into_test(),
            "comment_is_public" => UpdateTest::Comment(match self.is()?.as_str() {
                "true" | "requester_can_see_comment" => CommentTest::Public,
                "false" => CommentTest::Internal,
                "not_relevant" => CommentTest::Present,
                _ => return Err(self.value()),
            })
            .into_test(),
            _ => return self.other(lookup),
        };
        Ok(asked.into())
    }

    fn other(&self, lookup: &dyn Lookup) -> Result<Condition, BadRow> {
        let name = self.field.as_str();
        if let Some((link, _)) = LINKS.into_iter().find(|(_, one)| *one == name) {
            let target = match self.is()?.as_str() {
                "" => Target::Nobody,
                "current_user" if link.is_person() => Target::Me,
                "current_groups" if link == Link::Group => Target::Me,
                digits => Target::Id(digits.parse().map_err(|_| self.value())?),
            };
            return Ok(Test::Link(link, target).into());
        }
        if name == UNTIL_DUE {
            return self.hours(Moment::Due, self.op()?);
        }
        if let Some((moment, _)) = MOMENTS.into_iter().find(|(_, one)| *one == name) {
            let op = match self.op()? {
                Op::Below => Op::Above,
                Op::Above => Op::Below,
                other => other,
            };
            return self.hours(moment, op);
        }
        match self.custom() {
            Some(id) => self.field_test(id, lookup).map(|test| Test::Field(id, test).into()),
            None => Err(BadRow::Field(self.field.clone())),
        }
    }

    fn kind_of(&self) -> Result<Option<TicketType>, BadRow> {
        match self.is()?.as_str() {
            "" => Ok(None),
            name => TicketType::parse(name).map(Some).ok_or_else(|| self.value()),
        }
    }

    fn hours(&self, moment: Moment, op: Op) -> Result<Condition, BadRow> {
        let hours: u32 = self.text().parse().map_err(|_| self.value())?;
        let (count, unit) = Unit::of(Unit::Hours.times(hours));
        Ok(Test::Time(moment, op, When::Away(count, unit)).into())
    }

    fn tags(&self) -> Result<Condition, BadRow> {
        let text = self.is()?;
        let tags = text.split([' ', ',']).filter(|tag| !tag.is_empty());
        let mut tags: Vec<Condition> =
            tags.map(|tag| Test::Label(Label::Tag, Value::Is(tag.to_lowercase())).into()).collect();
        match tags.len() {
            0 => Err(self.value()),
            1 => Ok(tags.remove(0)),
            _ => Ok(Condition::Any(tags)),
        }
    }

    /// Any of some words.
    fn words(&self) -> Result<Condition, BadRow> {
        let text = self.is()?;
        let asked = |word: &str| {
            let pattern = Pattern::parse(word, false)?;
            Some(Condition::from(if self.field.starts_with("subject") {
                Test::Text(Place::Subject, pattern)
            } else {
                UpdateTest::Comment(CommentTest::Words(pattern)).into_test()
            }))
        };
        let mut tests: Vec<Condition> = text.split_whitespace().filter_map(asked).collect();
        match tests.len() {
            0 => Err(self.value()),
            1 => Ok(tests.remove(0)),
            _ => Ok(Condition::Any(tests)),
        }
    }

    fn update_type(&self) -> Result<Condition, BadRow> {
        let created = Condition::from(UpdateTest::Created);
        match self.is()?.as_str() {
            "Create" => Ok(created),
            "Change" => Ok(Condition::Not(Box::new(created))),
            _ => Err(self.value()),
        }
    }

    fn by(&self) -> Result<By, BadRow> {
        Ok(match self.is()?.as_str() {
            "agent" => By::Agent,
            "end_user" => By::EndUser,
            "requester_id" => By::Requester,
            "assignee_id" => By::Assignee,
            digits => By::Person(PersonId(digits.parse().map_err(|_| self.value())?)),
        })
    }

    /// What a field should hold, by what it can hold.
    fn field_test(&self, id: FieldId, lookup: &dyn Lookup) -> Result<FieldTest, BadRow> {
        if self.operator == "not_present" {
            return Ok(FieldTest::Missing);
        }
        let text = self.text();
        Ok(match lookup.field(id.0) {
            Some(FieldType::Checkbox { .. }) if matches!(self.is()?.as_str(), "true" | "1") => FieldTest::Checked,
            Some(FieldType::Integer | FieldType::Decimal) => {
                FieldTest::Number(self.op()?, Number::parse(&text).ok_or_else(|| self.value())?)
            }
            Some(FieldType::Date) => FieldTest::Date(self.op()?, Day::parse(&text).ok_or_else(|| self.value())?),
            Some(FieldType::Checkbox { .. }) => return Err(self.value()),
            Some(_) => FieldTest::Is(self.is()?),
            None => return Err(BadRow::Field(self.field.clone())),
        })
    }
}

impl UpdateTest {
    fn into_test(self) -> Test {
        Test::Update(self)
    }
}
