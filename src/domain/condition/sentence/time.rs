//! Sentences of moments.

use super::lexer::Kind;
use super::parse::{Parser, Read};
use super::phrases::Subject;
use super::{Expected, SentenceFault};
use crate::domain::condition::{Condition, Moment, Op, OpenUnit, Test, Unit, When};
use crate::domain::id::ScheduleId;
use crate::domain::search::moment;
use crate::domain::setup::Refers;

/// How far away: before now, and after it.
pub(super) const WAYS: [(&str, Op, Op); 5] = [
    ("more than", Op::Below, Op::Above),
    ("at least", Op::AtMost, Op::AtLeast),
    ("less than", Op::Above, Op::Below),
    ("at most", Op::AtLeast, Op::AtMost),
    ("exactly", Op::Is, Op::Is),
];

/// On which side of a day.
pub(super) const SIDES: [(&str, Op); 5] = [
    ("before", Op::Below),
    ("after", Op::Above),
    ("on or before", Op::AtMost),
    ("on or after", Op::AtLeast),
    ("on", Op::Is),
];

impl Parser<'_> {
    pub(super) fn moment(&mut self, of: Moment) -> Read<Condition> {
        if self.take("never") {
            return Ok(Test::Never(of).into());
        }
        if let Some(op) = self.one_of(&SIDES) {
            return Ok(Test::Time(of, op, self.at()?).into());
        }
        let ahead = of == Moment::Due;
        if ahead && !self.take("in") {
            return self.changed(Subject::Moment(of));
        }
        let ways = WAYS.map(|(words, behind, before)| (words, if ahead { before } else { behind }));
        let op = self.one_of(&ways).ok_or_else(|| self.stop())?;
        let when = self.away()?;
        if !ahead {
            self.need("ago")?;
        }
        let when = match when {
            When::Open(count, unit, _) => When::Open(count, unit, self.schedule()?),
            other => other,
        };
        Ok(Test::Time(of, op, when).into())
    }

    /// A day or a moment.
    fn at(&mut self) -> Read<When> {
        self.expect(Expected::Moment);
        let Some(Kind::Word(text)) = self.token() else { return Err(self.stop()) };
        let at = moment(text).ok_or_else(|| self.stop())?;
        self.place += 1;
        Ok(at)
    }

    /// `3 days`, `8 business hours`.
    fn away(&mut self) -> Read<When> {
        let count = self.count()?;
        if self.take("business") {
            let units = OpenUnit::ALL.map(|unit| (unit.name(), unit));
            let singular = [("hour", OpenUnit::Hours), ("minute", OpenUnit::Minutes)];
            let unit = self.one_of(&units).or_else(|| self.one_of(&singular)).ok_or_else(|| self.stop())?;
            return Ok(When::Open(count, unit, ScheduleId(0)));
        }
        for unit in Unit::ALL {
            if self.take(unit.name()) {
                return Ok(When::Away(count, unit));
            }
        }
        match self.token() {
            Some(Kind::Word(word)) if count == 1 => {
                let unit = Unit::parse(&word.to_lowercase()).ok_or_else(|| self.stop())?;
                self.place += 1;
                Ok(When::Away(count, unit))
            }
            _ => Err(self.stop()),
        }
    }

    /// A whole number.
    pub(super) fn count(&mut self) -> Read<u32> {
        self.expect(Expected::Number);
        let Some(Kind::Word(text)) = self.token() else { return Err(self.stop()) };
        let count = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        let count = count.ok_or_else(|| self.stop())?;
        self.place += 1;
        Ok(count)
    }

    /// `by schedule "Paris"`; where there is only one, it need not be named.
    fn schedule(&mut self) -> Read<ScheduleId> {
        if self.take("by schedule") {
            return self.reference(Refers::Schedule).map(ScheduleId);
        }
        let names = self.lookup.names(Refers::Schedule);
        let only = if names.len() == 1 { names[0].as_str() } else { "" };
        match self.lookup.id(Refers::Schedule, only) {
            Some(id) => Ok(ScheduleId(id)),
            None if names.is_empty() => Err(self.wrong(SentenceFault::Unknown(Refers::Schedule))),
            None => Err(self.stop()),
        }
    }
}
