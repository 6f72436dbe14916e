//! Whether the rows by which tickets are found hold what fields do.

use super::{Flaw, TOGETHER, Verified, range};
use crate::domain::field::Value;
use crate::domain::id::{FieldId, OrganizationId, PersonId};
use crate::store::Store;
use crate::store::dialect::{Batch, read_row};
use crate::store::fault::{Error, Fault, FaultKind};
use crate::store::field::{found_by, read_fields};
use sqlx::Row;
use std::collections::BTreeMap;

/// A row by which tickets are found: the field, and the number or the text that it holds.
pub(super) type Held = (FieldId, Option<i64>, Option<String>);

/// Such a row, after whose it is.
pub(super) struct HeldRow(pub(super) i64, pub(super) Held);

read_row!(HeldRow, |row| Ok(Self(row.try_get(0)?, (FieldId(row.try_get(1)?), row.try_get(2)?, row.try_get(3)?))));

struct HolderRow(i64, BTreeMap<FieldId, Value>);

read_row!(HolderRow, |row| Ok(Self(row.try_get(0)?, read_fields(row.try_get(1)?)?)));

/// Whose fields, the table of their rows, its column of whose they are, and what is said of one that differs.
type Holders = (&'static str, &'static str, &'static str, fn(i64) -> Flaw);

const HOLDERS: [Holders; 2] = [
    ("people", "person_fields", "person_id", |id| Flaw::PersonLookup(PersonId(id))),
    ("organizations", "organization_fields", "organization_id", |id| Flaw::OrganizationLookup(OrganizationId(id))),
];

/// By whose they are; the order of rows says nothing.
pub(super) fn gathered(rows: Vec<HeldRow>) -> BTreeMap<i64, Vec<Held>> {
    let mut all: BTreeMap<i64, Vec<Held>> = BTreeMap::new();
    for HeldRow(holder, held) in rows {
        all.entry(holder).or_default().push(held);
    }
    for held in all.values_mut() {
        held.sort_unstable();
    }
    all
}

/// Whether these are the rows of those fields: none missing, none too many.
pub(super) fn agrees(fields: &BTreeMap<FieldId, Value>, rows: Option<&Vec<Held>>) -> bool {
    let held = |(id, value): (&FieldId, &Value)| -> Vec<Held> {
        found_by(value).into_iter().map(|(number, text)| (*id, number, text)).collect()
    };
    let mut should: Vec<Held> = fields.iter().flat_map(held).collect();
    should.sort_unstable();
    should.as_slice() == rows.map(Vec::as_slice).unwrap_or_default()
}

impl Store {
    /// What fields of people and organizations hold, some at a time.
    pub(super) async fn verify_held(&self, verified: &mut Verified) -> Result<(), Error> {
        for holders in HOLDERS {
            let mut after = 0;
            while let Some(last) = self.verify_some_held(holders, after, verified).await? {
                after = last;
            }
        }
        Ok(())
    }

    /// Those after a number; the last of them.
    async fn verify_some_held(
        &self,
        (table, rows, column, flaw): Holders,
        after: i64,
        verified: &mut Verified,
    ) -> Result<Option<i64>, Fault> {
        let mut batch = Batch::default();
        batch.push(
            format!("SELECT h.id, h.fields FROM {table} h WHERE h.id > $1 ORDER BY h.id LIMIT $2"),
            range(after, TOGETHER),
        );
        batch.push(
            format!(
                "SELECT f.{column}, f.field_id, f.number, f.text FROM {rows} f WHERE f.{column} IN \
                 (SELECT h.id FROM {table} h WHERE h.id > $1 ORDER BY h.id LIMIT $2)"
            ),
            range(after, TOGETHER),
        );
        let read = self.snapshot(batch).await?;
        let [holders, held] = &read[..] else { return Err(Fault::new(FaultKind::Other, "no answer")) };
        let (holders, held) = (holders.read::<HolderRow>()?, gathered(held.read()?));
        for HolderRow(id, fields) in &holders {
            if !agrees(fields, held.get(id)) {
                verified.add(None, flaw(*id));
            }
        }
        Ok(holders.last().map(|HolderRow(id, _)| *id))
    }
}
