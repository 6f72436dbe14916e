use super::Facts;
use crate::domain::field::{FieldType, Holder, Value};
use crate::domain::id::FieldId;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::setup::ItemKind;
use std::collections::BTreeMap;

/// What the fields of a new ticket hold.
pub(super) fn first(facts: &Facts, wanted: &BTreeMap<FieldId, String>) -> Result<BTreeMap<FieldId, Value>, Refusal> {
    let mut fields = BTreeMap::new();
    for (id, text) in wanted {
        if let Some(value) = read(facts, *id, text)? {
            fields.insert(*id, value);
        }
    }
    Ok(fields)
}

/// What a text means in a field of tickets.
pub(super) fn read(facts: &Facts, id: FieldId, text: &str) -> Result<Option<Value>, Refusal> {
    let field = facts.setup.fields.get(&id).filter(|field| field.of == Holder::Ticket);
    let field = field.ok_or(Refusal::NotFound(Thing::Item(ItemKind::Field)))?;
    if matches!(field.kind, FieldType::System(_)) {
        return Err(Refusal::NotFound(Thing::Item(ItemKind::Field)));
    }
    field.kind.read(text).map_err(|bad| Refusal::BadValue { field: field.title.clone(), bad })
}
