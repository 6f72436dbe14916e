use super::{Frame, sign};
use crate::domain::condition::{ANY_FIELD, FieldTest, Number, Op, Pattern};
use crate::domain::field::{FieldType, Holder, found};
use crate::domain::id::FieldId;
use crate::store::dialect::Dialect;
use crate::store::visible::Bound;

impl Frame<'_> {
    /// A test of what a field of `tickets t` holds. What a field of its type cannot hold, none does.
    pub(super) fn field_test(&self, id: FieldId, test: &FieldTest, bound: &mut Bound) -> String {
        if id == ANY_FIELD {
            return self.any_field(test, bound);
        }
        let field = self.fields.get(&id);
        let (column, of) = match field.map_or(Holder::Ticket, |field| field.of) {
            Holder::Ticket => ("t.id", "SELECT f.ticket_id FROM ticket_fields f WHERE f.field_id"),
            Holder::Person => ("t.requester_id", "SELECT f.person_id FROM person_fields f WHERE f.field_id"),
            Holder::Organization => {
                ("t.organization_id", "SELECT f.organization_id FROM organization_fields f WHERE f.field_id")
            }
        };
        // A ticket without an organization has none that holds anything.
        let known = if column == "t.organization_id" { "coalesce(t.organization_id, 0)" } else { column };
        if *test == FieldTest::Missing {
            return format!("({known} NOT IN ({of} = {}))", bound.put(id.0));
        }
        match field.and_then(|field| self.held(&field.kind, test, bound)) {
            Some(held) => format!("({known} IN ({of} = {} AND {held}))", bound.put(id.0)),
            None => "FALSE".to_owned(),
        }
    }

    /// Whether any field of tickets holds that: by each one's own index.
    fn any_field(&self, test: &FieldTest, bound: &mut Bound) -> String {
        let meanings = test.meanings();
        let mut parts = Vec::new();
        for (id, field) in self.fields.iter().filter(|(_, field)| field.of == Holder::Ticket) {
            for test in &meanings {
                if let Some(held) = self.held(&field.kind, test, bound) {
                    parts.push(format!("(f.field_id = {} AND {held})", bound.put(id.0)));
                }
            }
        }
        match parts.as_slice() {
            [] => "FALSE".to_owned(),
            _ => format!("(t.id IN (SELECT f.ticket_id FROM ticket_fields f WHERE {}))", parts.join(" OR ")),
        }
    }

    fn held(&self, kind: &FieldType, wanted: &FieldTest, bound: &mut Bound) -> Option<String> {
        let is_text = matches!(kind, FieldType::Text | FieldType::Lines | FieldType::Pattern(_) | FieldType::Masked);
        match (wanted, kind) {
            (FieldTest::Is(text), _) if is_text => Some(format!("f.text = {}", bound.put(found(text)))),
            (FieldTest::Is(tag), FieldType::Choice(_) | FieldType::Choices(_)) => {
                Some(format!("f.text = {}", bound.put(tag.to_lowercase())))
            }
            (FieldTest::Words(pattern), _) if is_text => Some(self.stands(pattern, bound)),
            (FieldTest::Number(op, number), FieldType::Integer) => whole(*op, *number, bound),
            (FieldTest::Number(op, number), FieldType::Decimal) => {
                let clamped = number.0.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
                Some(format!("f.number {} {}", sign(*op), bound.put(i64::try_from(clamped).unwrap_or_default())))
            }
            (FieldTest::Date(op, day), FieldType::Date) => {
                Some(format!("f.number {} {}", sign(*op), bound.put(day.number())))
            }
            (FieldTest::Checked, FieldType::Checkbox { .. }) => Some("f.number = 1".to_owned()),
            _ => None,
        }
    }

    /// Words that stand together among others, each between spaces.
    fn stands(&self, pattern: &Pattern, bound: &mut Bound) -> String {
        let end = if pattern.open { "" } else { " " };
        let words = bound.put(format!(" {}{end}", pattern.words.join(" ")));
        let place = match self.dialect {
            Dialect::Sqlite => "instr",
            Dialect::Pg => "strpos",
        };
        format!("{place}(' ' || f.text || ' ', {words}) > 0")
    }
}

/// A whole number compared with one that may have decimals.
fn whole(op: Op, number: Number, bound: &mut Bound) -> Option<String> {
    let is_whole = number.0.rem_euclid(Number::ONE) == 0;
    let floor = i64::try_from(number.0.div_euclid(Number::ONE)).ok()?;
    let sign = match op {
        Op::Is if !is_whole => return None,
        Op::Below if !is_whole => "<=",
        Op::AtLeast if !is_whole => ">",
        other => sign(other),
    };
    Some(format!("f.number {sign} {}", bound.put(floor)))
}
