//! What an account calls its own fields and statuses, as somebody may know them.

use super::Fault;
use super::lexer::Piece;
use super::parse::{field, plain};
use crate::domain::account::folded_name;
use crate::domain::condition::{FieldTest, Op, Test};
use crate::domain::field::{Field, FieldType, Holder, Value};
use crate::domain::form::Reader;
use crate::domain::setup::Setup;
use crate::domain::status::CustomStatus;

/// The account's own names that a query may use. By what somebody may not see they cannot ask: to them it is no keyword.
#[derive(Clone, Debug, Default)]
pub struct Names {
    fields: Vec<Field>,
    statuses: Vec<CustomStatus>,
}

impl Names {
    /// As somebody may know them; requesters only what tickets have (R149).
    pub fn of(setup: &Setup, reader: Reader) -> Self {
        let fields = setup.fields_for(reader);
        let known = fields.values().filter(|field| reader == Reader::Agent || field.of == Holder::Ticket);
        Self::told(known, setup.statuses_for(reader).values())
    }

    /// As they were told.
    pub fn told<'a>(
        fields: impl IntoIterator<Item = &'a Field>,
        statuses: impl IntoIterator<Item = &'a CustomStatus>,
    ) -> Self {
        let own = fields.into_iter().filter(|field| !field.is_system());
        Self { fields: own.cloned().collect(), statuses: statuses.into_iter().cloned().collect() }
    }

    /// `camera:x100`, `cost>2.5`, `serial_has:"paper jam"`; none when no field is called so, or two are.
    pub(super) fn field(&self, piece: &Piece<'_>, keyword: &str, op: Op) -> Option<Result<Test, Fault>> {
        let by = |slug: &str| {
            let mut fits = self.fields.iter().filter(|one| one.slug.to_lowercase().replace('-', "_") == slug);
            fits.next().filter(|_| fits.next().is_none())
        };
        let (found, has) = match by(keyword) {
            Some(found) => (found, ""),
            None => (by(keyword.strip_suffix("_has")?)?, "_has"),
        };
        let test = field(piece, &format!("custom_field_{}{has}", found.id), op);
        Some(test.map(|test| fitting(found, &piece.value.text, op, test)))
    }

    /// `custom_status:"Waiting for a part"`.
    pub(super) fn status(&self, piece: &Piece<'_>) -> Result<Test, Fault> {
        let wanted = plain(piece)?;
        if !piece.value.quoted && wanted.eq_ignore_ascii_case("none") {
            return Ok(Test::CustomStatus(None));
        }
        let mut fits = self.statuses.iter().filter(|one| folded_name(&one.name) == folded_name(wanted));
        let found = fits.next().filter(|_| fits.next().is_none());
        found.map(|one| Test::CustomStatus(Some(one.id))).ok_or(Fault::Status)
    }
}

/// What is written means what the field holds: an option by its name, digits of a text as a text.
fn fitting(field: &Field, written: &str, op: Op, test: Test) -> Test {
    let Test::Field(id, FieldTest::Is(_) | FieldTest::Number(..) | FieldTest::Date(..)) = test else { return test };
    let meant = match (&field.kind, field.kind.read(written)) {
        _ if op != Op::Is => return test,
        (FieldType::Choice(_), Ok(Some(Value::Choice(tag)))) => tag.to_string(),
        (FieldType::Choices(options), _) => {
            let folded = folded_name(written);
            let named = options.iter().find(|one| folded_name(&one.name) == folded);
            named.map_or_else(|| written.to_owned(), |one| one.tag.to_string())
        }
        (FieldType::Choice(_) | FieldType::Text | FieldType::Lines | FieldType::Pattern(_) | FieldType::Masked, _) => {
            written.to_owned()
        }
        _ => return test,
    };
    Test::Field(id, FieldTest::Is(meant))
}
