//! Conditions in SQL: the same answers as `Condition::holds`, which a property test shows. Every test comes out as plain
//! true or false, never as unknown, so that `NOT` is true of all other tickets.

mod field;
mod link;
mod resolve;

use super::dialect::Dialect;
use super::search::{self, Ask};
use super::ticket::{priority_number, status_number, type_number};
use super::visible::{Bound, requests, visible};
use crate::domain::account::{Group, Kind, OnHold};
use crate::domain::audience::Viewer;
use crate::domain::case::Satisfaction;
use crate::domain::condition::{Asker, Condition, Label, Moment, Op, Sight, Test, Value, When};
use crate::domain::field::Field;
use crate::domain::id::{FieldId, GroupId, KindId};
use crate::domain::status::{Priority, Status};
use std::collections::BTreeMap;

/// What a condition must know to become SQL.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'a> {
    /// In which dialect.
    pub(crate) dialect: Dialect,
    /// Who reads.
    pub(crate) viewer: &'a Viewer,
    /// For whom it is tried, when, with whose eyes.
    pub(crate) asker: Asker,
    /// The account's groups, to find them by name.
    pub(crate) groups: &'a BTreeMap<GroupId, Group>,
    /// The account's kinds, to find them by name.
    pub(crate) kinds: &'a BTreeMap<KindId, Kind>,
    /// The account's fields, to know what they hold.
    pub(crate) fields: &'a BTreeMap<FieldId, Field>,
}

/// A condition, parted into what the full-text index answers at once and the rest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parted {
    /// Words that must be there.
    pub(crate) all: Vec<Ask>,
    /// Words that must not.
    pub(crate) none: Vec<Ask>,
    /// Everything else.
    pub(crate) rest: Vec<Condition>,
}

impl Parted {
    /// Parts a condition. Without words that must be there the index has nowhere to begin, and beside a test that
    /// leaves few tickets it need not: then all is rest.
    pub(crate) fn of(condition: &Condition, asker: &Asker) -> Self {
        let mut parted = Self::default();
        let single = [condition.clone()];
        let parts = if let Condition::All(parts) = condition { parts.as_slice() } else { &single };
        let mut hints = Vec::new();
        for part in parts {
            match part {
                Condition::Test(test) if words(test).is_some() => parted.all.extend(words(test)),
                Condition::Not(inner) => match inner.as_ref() {
                    Condition::Test(test) if words(test).is_some() => parted.none.extend(words(test)),
                    _ => parted.rest.push(part.clone()),
                },
                _ => {
                    hints.extend(hint(part, asker).map(Ask::Whose));
                    parted.rest.push(part.clone());
                }
            }
        }
        if parted.all.is_empty() || parts.iter().any(leaves_few) {
            return Self { rest: parts.to_vec(), ..Self::default() };
        }
        parted.all.extend(hints);
        parted
    }
}

/// The words by which the index tells the tickets of which a part is true.
fn hint(part: &Condition, asker: &Asker) -> Option<Vec<String>> {
    match part {
        Condition::Test(test) => search::hint(test, asker),
        Condition::Any(parts) if !parts.is_empty() => {
            let each: Option<Vec<Vec<String>>> = parts.iter().map(|part| hint(part, asker)).collect();
            each.map(|each| each.concat())
        }
        _ => None,
    }
}

/// Whether a test alone leaves so few tickets that their own indexes are the better way to them.
const fn leaves_few(part: &Condition) -> bool {
    matches!(part, Condition::Test(Test::Label(Label::Tag | Label::ExternalId, Value::Is(_)) | Test::Number(Op::Is, _)))
}

fn words(test: &Test) -> Option<Ask> {
    match test {
        Test::Text(place, pattern) => Some(Ask::Words(*place, pattern.clone())),
        Test::NumberOrWord(digits) => Some(Ask::Number(digits.clone())),
        _ => None,
    }
}

impl Frame<'_> {
    /// Whether tickets are looked at as their requesters see them.
    pub(crate) const fn as_requester(&self) -> bool {
        !self.viewer.is_staff() || matches!(self.asker.sight, Sight::Requester(_))
    }

    /// Which `tickets t` may be looked at.
    pub(crate) fn visible(&self, bound: &mut Bound) -> String {
        if self.as_requester() { requests(self.viewer, bound) } else { visible(self.viewer, bound) }
    }

    /// A condition on `tickets t`.
    pub(crate) fn sql(&self, condition: &Condition, bound: &mut Bound) -> String {
        match condition {
            Condition::All(parts) => self.joined(parts, " AND ", "TRUE", bound),
            Condition::Any(parts) => self.joined(parts, " OR ", "FALSE", bound),
            Condition::Not(part) => format!("NOT {}", self.sql(part, bound)),
            Condition::Test(test) => self.test(test, bound),
        }
    }

    fn joined(&self, parts: &[Condition], by: &str, empty: &str, bound: &mut Bound) -> String {
        let texts: Vec<String> = parts.iter().map(|part| self.sql(part, bound)).collect();
        match texts.as_slice() {
            [] => empty.to_owned(),
            [one] => one.clone(),
            _ => format!("({})", texts.join(by)),
        }
    }

    fn test(&self, test: &Test, bound: &mut Bound) -> String {
        // Refused before it comes here; if it ever does, the answer must not depend on what is not shown.
        if self.as_requester() && test.is_for_staff() {
            return "FALSE".to_owned();
        }
        match test {
            Test::Number(op, number) => format!("(t.id {} {})", sign(*op), bound.put(*number)),
            Test::Status(op, status) => self.status_test(*op, *status),
            Test::Priority(op, Some(priority)) => priority_test(*op, *priority),
            Test::Priority(Op::Is, None) => "(t.priority IS NULL)".to_owned(),
            // No priority has no order; what was just done is known only where it is done.
            Test::Priority(_, None) | Test::Update(_) => "FALSE".to_owned(),
            Test::Satisfaction(wanted) => satisfaction_test(*wanted).to_owned(),
            Test::Type(None) => "(t.ticket_type IS NULL)".to_owned(),
            // The number stands in the text itself, as it does in the index of problems.
            Test::Type(Some(one)) => format!("(t.ticket_type IS NOT NULL AND t.ticket_type = {})", type_number(*one)),
            Test::Link(link, target) => self.link_test(*link, target, bound),
            Test::Label(label, value) => label_test(*label, value, bound),
            Test::Time(moment, op, when) => self.time_test(*moment, *op, *when, bound),
            Test::Never(moment) => match moment {
                Moment::Created | Moment::Updated => "FALSE".to_owned(),
                Moment::Solved => "(t.solved_at IS NULL)".to_owned(),
                Moment::Entered(status) => format!("(t.status <> {})", status_number(*status)),
                Moment::Due => "(t.due_at IS NULL)".to_owned(),
                Moment::Assigned => "(t.assigned_at IS NULL)".to_owned(),
                Moment::RequesterSaid => "(t.requester_said_at IS NULL)".to_owned(),
                Moment::AssigneeSaid => "(t.assignee_said_at IS NULL)".to_owned(),
            },
            Test::Via(channel) => format!("(t.via = {})", bound.put(channel.name())),
            Test::HasAttachment(has) => {
                let readable = if self.as_requester() { " AND c.public" } else { "" };
                let not = if *has { "" } else { "NOT " };
                format!(
                    "({not}EXISTS (SELECT 1 FROM comments c WHERE c.ticket_id = t.id AND c.attachments > 0{readable}))"
                )
            }
            Test::Private(true) => "(NOT t.public)".to_owned(),
            Test::Private(false) => "(t.public)".to_owned(),
            Test::Comments(op, count) => {
                let column = if self.as_requester() { "t.public_comments" } else { "t.comments" };
                format!("({column} {} {})", sign(*op), bound.put(i64::from(*count)))
            }
            Test::CustomStatus(None) => "(t.custom_status_id IS NULL)".to_owned(),
            Test::CustomStatus(Some(id)) => {
                format!("(t.custom_status_id IS NOT NULL AND t.custom_status_id = {})", bound.put(id.0))
            }
            Test::Field(id, test) => self.field_test(*id, test, bound),
            Test::Requester(is) => self.requester_test(is, bound),
            Test::Text(..) | Test::NumberOrWord(_) => self.text_test(words(test).as_slice(), bound),
        }
    }

    /// A test of words, asked of the index for each single ticket.
    fn text_test(&self, asks: &[Ask], bound: &mut Bound) -> String {
        let asked = bound.put(search::query(self.dialect, asks, &[]));
        let (index, column) = self.index();
        match self.dialect {
            Dialect::Sqlite => {
                format!("(EXISTS (SELECT 1 FROM {index} WHERE {index} MATCH {asked} AND rowid = t.id))")
            }
            Dialect::Pg => format!(
                "(EXISTS (SELECT 1 FROM ticket_search w WHERE w.ticket_id = t.id AND w.{column} @@ CAST({asked} AS TSQUERY)))"
            ),
        }
    }

    /// SQLite's index and PostgreSQL's column that may be asked. End users, and agents as requesters, never get at the
    /// one that holds what is internal.
    pub(crate) fn index(&self) -> (&'static str, &'static str) {
        if self.as_requester() { ("search_public", "public_words") } else { ("search_all", "all_words") }
    }

    /// A ticket's status as it is seen.
    pub(crate) fn status(&self) -> &'static str {
        match &self.asker.sight {
            Sight::Staff => "t.status",
            Sight::Requester(settings) => match settings.portal_on_hold {
                OnHold::Show => "(CASE t.status WHEN 0 THEN 1 ELSE t.status END)",
                OnHold::AsOpen => "(CASE t.status WHEN 0 THEN 1 WHEN 3 THEN 1 ELSE t.status END)",
            },
        }
    }

    /// Its last change as it is seen.
    pub(crate) const fn updated(&self) -> &'static str {
        if self.as_requester() { "t.requester_updated_at" } else { "t.updated_at" }
    }

    /// Numbers of statuses stand in the text itself: partial indexes are used only when it says the same as they do.
    fn status_test(&self, op: Op, status: Status) -> String {
        let (number, column) = (status_number(status), self.status());
        match op {
            Op::AtMost => format!("({column} < {})", number + 1),
            Op::Above => format!("({column} >= {})", number + 1),
            _ => format!("({column} {} {number})", sign(op)),
        }
    }

    fn time_test(&self, moment: Moment, op: Op, when: When, bound: &mut Bound) -> String {
        let (column, always) = match moment {
            Moment::Created => ("t.created_at", true),
            Moment::Updated => (self.updated(), true),
            Moment::Solved => ("t.solved_at", false),
            Moment::Entered(_) => ("t.status_since", true),
            Moment::Due => ("t.due_at", false),
            Moment::Assigned => ("t.assigned_at", false),
            Moment::RequesterSaid => ("t.requester_said_at", false),
            Moment::AssigneeSaid => ("t.assignee_said_at", false),
        };
        let (from, until) = when.range(moment, op, &self.asker);
        if from >= until {
            return "FALSE".to_owned();
        }
        let mut parts = Vec::new();
        if let Moment::Entered(status) = moment {
            parts.push(format!("t.status = {}", status_number(status)));
        }
        if !always {
            parts.push(format!("{column} IS NOT NULL"));
        }
        if from > i64::MIN {
            parts.push(format!("{column} >= {}", bound.put(from)));
        }
        if until < i64::MAX {
            parts.push(format!("{column} < {}", bound.put(until)));
        }
        if parts.is_empty() { "TRUE".to_owned() } else { format!("({})", parts.join(" AND ")) }
    }
}

/// How an operator is written.
const fn sign(op: Op) -> &'static str {
    match op {
        Op::Is => "=",
        Op::Below => "<",
        Op::AtMost => "<=",
        Op::Above => ">",
        Op::AtLeast => ">=",
    }
}

fn priority_test(op: Op, priority: Priority) -> String {
    let number = priority_number(priority);
    match op {
        Op::Below | Op::AtMost => {
            format!("(t.priority IS NOT NULL AND coalesce(t.priority, -1) {} {number})", sign(op))
        }
        _ => format!("(coalesce(t.priority, -1) {} {number})", sign(op)),
    }
}

/// By the numbers of [`satisfaction_number`](super::ticket::satisfaction_number).
const fn satisfaction_test(wanted: Satisfaction) -> &'static str {
    match wanted {
        Satisfaction::Unoffered => "(t.satisfaction IS NULL)",
        Satisfaction::Offered => "(t.satisfaction IS NOT NULL AND t.satisfaction = 0)",
        Satisfaction::Bad => "(t.satisfaction IS NOT NULL AND t.satisfaction IN (1, 2))",
        Satisfaction::BadWithComment => "(t.satisfaction IS NOT NULL AND t.satisfaction = 2)",
        Satisfaction::Good => "(t.satisfaction IS NOT NULL AND t.satisfaction IN (3, 4))",
        Satisfaction::GoodWithComment => "(t.satisfaction IS NOT NULL AND t.satisfaction = 4)",
    }
}

fn label_test(label: Label, value: &Value, bound: &mut Bound) -> String {
    match (label, value) {
        (Label::Tag, Value::Missing) => "(t.tags = '[]')".to_owned(),
        (Label::ExternalId, Value::Missing) => "(t.external_id IS NULL)".to_owned(),
        (Label::Tag, Value::Is(tag)) => {
            format!("(t.id IN (SELECT g.ticket_id FROM ticket_tags g WHERE g.tag = {}))", bound.put(tag.as_str()))
        }
        (Label::ExternalId, Value::Is(id)) => {
            format!("(t.external_id IS NOT NULL AND t.external_id = {})", bound.put(id.as_str()))
        }
        (Label::Tag, Value::Starts(start)) => {
            format!("(t.id IN (SELECT g.ticket_id FROM ticket_tags g WHERE {}))", starts("g.tag", start, bound))
        }
        (Label::ExternalId, Value::Starts(start)) => {
            format!("(t.external_id IS NOT NULL AND {})", starts("t.external_id", start, bound))
        }
    }
}

/// True of texts that begin so: a range, which an index can answer. No text holds the last of all characters.
pub(crate) fn starts(column: &str, start: &str, bound: &mut Bound) -> String {
    if start.is_empty() {
        return "TRUE".to_owned();
    }
    let from = bound.put(start);
    let until = bound.put(format!("{start}{}", char::MAX));
    format!("{column} >= {from} AND {column} < {until}")
}
