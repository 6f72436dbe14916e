//! What stands on a form: which fields, for whom, given what they hold so far; which of them are needed, and when. Screens
//! offer what it says, and every way of making or solving a ticket is held to it (D19).

use super::account::{Appearance, Kind};
use super::field::{Access, Field, FieldType, Holder, SystemField, Value};
use super::id::FieldId;
use super::ticket::Ticket;
use std::collections::{BTreeMap, BTreeSet};

/// What fields hold; one without a value is not there.
pub type Values = BTreeMap<FieldId, Value>;

/// As what somebody looks at a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Somebody of the team, or a program that works for it.
    Agent,
    /// Whoever submits requests.
    Requester,
}

impl Reader {
    /// Of somebody by whether they work tickets.
    pub const fn of(is_staff: bool) -> Self {
        if is_staff { Self::Agent } else { Self::Requester }
    }

    /// Whether they may know of a field (R149).
    pub fn sees(self, field: &Field) -> bool {
        self == Self::Agent || field.access >= Access::RequestersSee
    }

    /// Whether they may fill it in.
    pub fn edits(self, field: &Field) -> bool {
        self == Self::Agent || field.access == Access::RequestersEdit
    }
}

/// The fields of an account on one kind's form. A ticket without a kind has no form: fields that hold something are shown
/// on it, and none of them is needed.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    fields: &'a BTreeMap<FieldId, Field>,
    kind: Option<&'a Kind>,
    reader: Reader,
}

/// A field on a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Which.
    pub field: &'a Field,
    /// Whether the reader may fill it in.
    pub edits: bool,
    /// Whether the reader cannot submit without it.
    pub to_submit: bool,
    /// Whether the ticket cannot be solved without it.
    pub to_solve: bool,
}

impl<'a> Form<'a> {
    /// Of a kind, as somebody looks at it.
    pub const fn new(fields: &'a BTreeMap<FieldId, Field>, kind: Option<&'a Kind>, reader: Reader) -> Self {
        Self { fields, kind, reader }
    }

    /// The account's own fields that stand on it now, in their order; the system's have their own places.
    pub fn lines(&self, values: &Values) -> Vec<Line<'a>> {
        let ids: Vec<FieldId> = match self.kind {
            Some(kind) => kind.fields.clone(),
            None => self.in_order().into_iter().filter(|id| values.contains_key(id)).collect(),
        };
        let mut seen = BTreeSet::new();
        let fresh = ids.into_iter().filter(|id| seen.insert(*id));
        fresh.filter(|id| self.stands(*id, values)).filter_map(|id| self.line(id, values)).collect()
    }

    fn in_order(&self) -> Vec<FieldId> {
        let mut all: Vec<&Field> = self.fields.values().collect();
        all.sort_by_key(|field| (field.position, field.id));
        all.into_iter().map(|field| field.id).collect()
    }

    fn line(&self, id: FieldId, values: &Values) -> Option<Line<'a>> {
        let field = self.fields.get(&id)?;
        let edits = self.reader.edits(field);
        let by_condition = self.conditions().any(|when| {
            when.required && when.shows.contains(&id) && self.is_met(when, values, &mut BTreeSet::from([id]))
        });
        let form = self.kind.is_some();
        Some(Line {
            field,
            edits,
            to_submit: form && edits && self.reader == Reader::Requester && (field.required_to_submit || by_condition),
            to_solve: form && (field.required_to_solve || by_condition),
        })
    }

    fn conditions(&self) -> impl Iterator<Item = &'a Appearance> {
        self.kind.into_iter().flat_map(|kind| &kind.conditions)
    }

    /// Whether a field stands on it while fields hold this.
    pub fn stands(&self, id: FieldId, values: &Values) -> bool {
        self.appears(id, values, &mut BTreeSet::new())
    }

    /// What waits for itself never appears.
    fn appears(&self, id: FieldId, values: &Values, waiting: &mut BTreeSet<FieldId>) -> bool {
        let own = |field: &&Field| field.of == Holder::Ticket && field.active && !field.is_system();
        let field = self.fields.get(&id).filter(own).filter(|field| self.reader.sees(field));
        let on_form = self.kind.is_none_or(|kind| kind.fields.contains(&id));
        if field.is_none() || !on_form || !waiting.insert(id) {
            return false;
        }
        let mut rules = self.conditions().filter(|when| when.shows.contains(&id)).peekable();
        let appears = rules.peek().is_none() || rules.any(|when| self.is_met(when, values, waiting));
        waiting.remove(&id);
        appears
    }

    /// Whether the field that decides stands there itself and holds what it must.
    fn is_met(&self, when: &Appearance, values: &Values, waiting: &mut BTreeSet<FieldId>) -> bool {
        let Some(field) = self.fields.get(&when.field) else { return false };
        self.appears(when.field, values, waiting) && meets(&field.kind, &when.value, values.get(&when.field))
    }

    /// What a new ticket's fields hold where nobody chose (R135): those that stand there, and those that appear by it.
    pub fn with_defaults(&self, chosen: &Values, emptied: &BTreeSet<FieldId>) -> Values {
        let mut values = chosen.clone();
        // Each round may let others appear.
        for _ in 0..=self.fields.len() {
            let missing = self.lines(&values).into_iter().map(|line| line.field).find_map(|field| {
                let left = values.contains_key(&field.id) || (emptied.contains(&field.id) && !field.required_to_submit);
                let default = field.default.clone().filter(|_| !left)?;
                Some((field.id, default))
            });
            let Some((id, default)) = missing else { break };
            values.insert(id, default);
        }
        values
    }

    /// The fields without which the reader cannot submit (R133, R151).
    pub fn missing_to_submit(&self, values: &Values) -> Vec<&'a Field> {
        let needed = self.lines(values).into_iter().filter(|line| line.to_submit);
        needed.map(|line| line.field).filter(|field| !is_filled(values, field.id)).collect()
    }

    /// The fields without which a ticket cannot be solved (R150), the system's among them. A requester is held to those that
    /// they may fill in themselves.
    pub fn missing_to_solve(&self, ticket: &Ticket) -> Vec<&'a Field> {
        let needed = self.lines(&ticket.fields).into_iter().filter(|line| line.to_solve && line.edits);
        let own = needed.map(|line| line.field).filter(|field| !is_filled(&ticket.fields, field.id));
        let system = self.fields.values().filter(|field| {
            let missing = matches!(field.kind, FieldType::System(which) if is_missing(which, ticket));
            missing && field.required_to_solve && field.active && self.reader == Reader::Agent
        });
        system.chain(own).collect()
    }
}

/// Whether a value is what a condition waits for; an unticked box is `false`.
pub fn meets(kind: &FieldType, wanted: &str, value: Option<&Value>) -> bool {
    match (kind.read(wanted), value) {
        (Ok(Some(Value::Choices(wanted))), Some(Value::Choices(tags))) => wanted.is_subset(tags),
        (Ok(Some(Value::Checked(false))), None) => true,
        (Ok(wanted), value) => wanted.is_some() && wanted.as_ref() == value,
        (Err(_), _) => false,
    }
}

fn is_filled(values: &Values, id: FieldId) -> bool {
    values.get(&id).is_some_and(Value::is_filled)
}

fn is_missing(field: SystemField, ticket: &Ticket) -> bool {
    match field {
        SystemField::Priority => ticket.priority.is_none(),
        SystemField::Group => ticket.group.is_none(),
        SystemField::Assignee => ticket.assignee.is_none(),
        SystemField::Tags => ticket.tags.is_empty(),
        SystemField::Due => ticket.due_at.is_none(),
        SystemField::Subject | SystemField::Description | SystemField::Status => false,
    }
}

/// Why a form, or a field of it, could not be filled in: with the titles of the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadForm {
    /// Requesters must fill these in and cannot, and they have no default (R133).
    NeverSubmitted(Vec<String>),
    /// These are no fields of tickets.
    NoTicketField(Vec<String>),
    /// A condition names these, which do not stand on the form.
    OffForm(Vec<String>),
    /// A condition waits for a value that its field cannot hold.
    Condition {
        /// Its title.
        field: String,
        /// What it waits for.
        value: String,
    },
    /// Each of these appears only when another of them has.
    Circle(Vec<String>),
    /// The regular expression is none, or is too costly.
    Pattern,
    /// There is nothing to choose.
    NoOptions,
    /// Two options have one name, or put one tag on a ticket.
    SameOptions,
    /// The field cannot hold its default.
    Default,
}
