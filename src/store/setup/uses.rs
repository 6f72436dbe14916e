//! How many have what is to go.

use crate::domain::act::Deed;
use crate::domain::field::{Field, Holder};
use crate::domain::id::GroupId;
use crate::domain::refusal::Holders;
use crate::domain::setup::{Item, ItemKey, ItemKind};
use crate::domain::tag::Tag;
use crate::store::dialect::{Batch, Conn, read_row};
use crate::store::fault::Fault;
use sqlx::Row;
use std::collections::BTreeMap;

/// How many have a thing of the set-up or a group.
#[derive(Default)]
pub(in crate::store) struct UsesRow(pub(in crate::store) Holders);

read_row!(UsesRow, |row| {
    let count = |at: usize| row.try_get::<i64, _>(at).map(i64::unsigned_abs);
    Ok(Self(Holders { tickets: count(0)?, agents: count(1)?, people: count(2)?, organizations: count(3)? }))
});

/// Counts who has a thing of the set-up or a group: one is enough to keep it.
pub(in crate::store) fn push_use(batch: &mut Batch, key: Option<ItemKey>, group: Option<GroupId>) {
    const NOBODY: &str = "CAST(0 AS BIGINT)";
    let some = |what: &str| format!("(SELECT count(*) FROM (SELECT {what} = $1 LIMIT {}) AS counted)", Holders::MOST);
    let agents = "(SELECT count(*) FROM people WHERE role > 0 AND standing = 0 AND \
         replace(replace(groups, '[', ','), ']', ',') LIKE '%,' || CAST($1 AS TEXT) || ',%')";
    let none = || NOBODY.to_owned();
    let (counts, id) = match (key.map(|key| (key.kind, key.id)), group) {
        (_, Some(group)) => ([some("1 FROM tickets WHERE group_id"), agents.to_owned(), none(), none()], group.0),
        (Some((ItemKind::Field, id)), _) => (
            [
                some("DISTINCT ticket_id FROM ticket_fields WHERE field_id"),
                none(),
                some("DISTINCT person_id FROM person_fields WHERE field_id"),
                some("DISTINCT organization_id FROM organization_fields WHERE field_id"),
            ],
            id,
        ),
        (Some((ItemKind::Status, id)), _) => {
            ([some("1 FROM tickets WHERE custom_status_id"), none(), none(), none()], id)
        }
        (Some((ItemKind::Kind, id)), _) => ([some("1 FROM tickets WHERE kind_id"), none(), none(), none()], id),
        // Nobody has anything else.
        (key, None) => (["CAST($1 AS BIGINT) * 0".to_owned(), none(), none(), none()], key.map_or(0, |(_, id)| id)),
    };
    batch.push(format!("SELECT {}", counts.join(", ")), vec![id.into()]);
}

/// How many have the options that a field is to lose; nothing is asked where it keeps all.
pub(in crate::store) async fn options_held(
    conn: &mut Conn<'_>,
    known: &[Item],
    deed: &Deed,
) -> Result<BTreeMap<Tag, Holders>, Fault> {
    let Deed::SetItem(item) = deed else { return Ok(BTreeMap::new()) };
    let was = known.iter().find(|one| one.key() == item.key());
    let (Item::Field(field), Some(Item::Field(was))) = (&**item, was) else { return Ok(BTreeMap::new()) };
    let gone: Vec<&Tag> = was.options_without(field).into_iter().map(|one| &one.tag).collect();
    if gone.is_empty() { Ok(BTreeMap::new()) } else { held(conn, was, &gone).await }
}

/// What is closed cannot be changed any more: it keeps the word that it has.
async fn held(conn: &mut Conn<'_>, field: &Field, options: &[&Tag]) -> Result<BTreeMap<Tag, Holders>, Fault> {
    let table = match field.of {
        Holder::Ticket => "ticket_fields f JOIN tickets t ON t.id = f.ticket_id AND t.status < 5",
        Holder::Person => "person_fields f",
        Holder::Organization => "organization_fields f",
    };
    let mut batch = Batch::default();
    for option in options {
        batch.push(
            format!(
                "SELECT count(*) FROM (SELECT 1 FROM {table} WHERE f.field_id = $1 AND f.text = $2 LIMIT {}) AS counted",
                Holders::MOST
            ),
            vec![field.id.0.into(), option.as_str().into()],
        );
    }
    let mut held = BTreeMap::new();
    for (option, rows) in options.iter().zip(batch.rows(conn).await?) {
        let count = rows.first::<Number>()?.map_or(0, |row| row.0.unsigned_abs());
        let holders = match field.of {
            Holder::Ticket => Holders { tickets: count, ..Holders::default() },
            Holder::Person => Holders { people: count, ..Holders::default() },
            Holder::Organization => Holders { organizations: count, ..Holders::default() },
        };
        held.insert((*option).clone(), holders);
    }
    Ok(held)
}

struct Number(i64);

read_row!(Number, |row| Ok(Self(row.try_get(0)?)));
