//! Whether kinds, fields and statuses can be worked with as they are to be.

use crate::domain::account::Kind;
use crate::domain::decide::Facts;
use crate::domain::field::{Access, Field, FieldType, Holder, SystemField};
use crate::domain::form::{BadForm, Reader};
use crate::domain::id::FieldId;
use crate::domain::refusal::Refusal;
use crate::domain::setup::Item;
use crate::domain::status::{CustomStatus, Status};
use std::collections::{BTreeMap, BTreeSet};

/// A thing as it is to be, against what it was and everything else in the set-up.
pub(super) fn check(facts: &Facts, known: Option<&Item>, item: &Item) -> Result<(), Refusal> {
    match (item, known) {
        (Item::Kind(kind), _) => on_form(kind, &fields(facts, None)),
        (Item::Field(field), known) => {
            let was = if let Some(Item::Field(was)) = known { Some(was) } else { None };
            self::field(facts, field, was)
        }
        (Item::Status(status), known) => {
            let was = if let Some(Item::Status(was)) = known { Some(was) } else { None };
            self::status(status, was)
        }
        _ => Ok(()),
    }
}

/// Things that lose what only one can have: the default kind, and the default status of a category.
pub(super) fn outdone(facts: &Facts, item: &Item) -> Vec<Item> {
    let others = facts.items.iter().filter(|one| one.kind() == item.kind() && one.key() != item.key());
    let others = others.filter_map(|other| match (item, other) {
        (Item::Kind(kind), Item::Kind(other)) if kind.default && other.default => {
            Some(Item::Kind(Kind { default: false, ..other.clone() }))
        }
        (Item::Status(status), Item::Status(other))
            if status.default && other.default && status.category == other.category =>
        {
            Some(Item::Status(CustomStatus { default: false, ..other.clone() }))
        }
        _ => None,
    });
    others.collect()
}

fn fields(facts: &Facts, but: Option<&Field>) -> BTreeMap<FieldId, Field> {
    let all = facts.items.iter().filter_map(|item| if let Item::Field(field) = item { Some(field) } else { None });
    let others = all.filter(|field| but.is_none_or(|but| but.id != field.id));
    others.chain(but).map(|field| (field.id, field.clone())).collect()
}

fn field(facts: &Facts, field: &Field, was: Option<&Field>) -> Result<(), Refusal> {
    match (&field.kind, was) {
        (_, Some(was)) if was.of != field.of => return Err(Refusal::Fixed("of")),
        (_, Some(was)) if was.kind.name() != field.kind.name() => return Err(Refusal::Fixed("type")),
        (FieldType::System(_), None) => return Err(Refusal::Fixed("type")),
        (FieldType::System(which), Some(was)) => return system(*which, field, was),
        (FieldType::Pattern(pattern), _) if !pattern.is_sound() => return Err(bad(BadForm::Pattern)),
        (kind, _) if kind.has_options() && kind.options().is_empty() => return Err(bad(BadForm::NoOptions)),
        (kind, _) => {
            let tags: BTreeSet<_> = kind.options().iter().map(|option| &option.tag).collect();
            let names: BTreeSet<_> = kind.options().iter().map(|option| option.name.to_lowercase()).collect();
            let said = kind.options().iter().flat_map(|option| &option.translations);
            let mut seen = BTreeSet::new();
            let same = !said.into_iter().all(|(language, name)| seen.insert((language, name.to_lowercase())));
            if same || tags.len() < kind.options().len() || names.len() < kind.options().len() {
                return Err(bad(BadForm::SameOptions));
            }
        }
    }
    if field.default.as_ref().is_some_and(|value| !field.kind.takes(value)) {
        return Err(bad(BadForm::Default));
    }
    let all = fields(facts, Some(field));
    let kinds = facts.items.iter().filter_map(|item| if let Item::Kind(kind) = item { Some(kind) } else { None });
    kinds.filter(|kind| kind.fields.contains(&field.id)).try_for_each(|kind| on_form(kind, &all))
}

/// Of what every ticket has the title can change, and whether it must be there when the ticket is solved.
fn system(which: SystemField, field: &Field, was: &Field) -> Result<(), Refusal> {
    let fixed = [
        (field.slug != was.slug, "slug"),
        (field.access != was.access, "access"),
        (field.active != was.active, "active"),
        (field.default.is_some(), "default"),
        (field.required_to_submit != was.required_to_submit, "required_to_submit"),
    ];
    let always = matches!(which, SystemField::Subject | SystemField::Description | SystemField::Status);
    match fixed.into_iter().find(|(changed, _)| *changed) {
        Some((_, key)) => Err(Refusal::Fixed(key)),
        None if always && field.required_to_solve != was.required_to_solve => Err(Refusal::Fixed("required_to_solve")),
        None => Ok(()),
    }
}

fn status(status: &CustomStatus, was: Option<&CustomStatus>) -> Result<(), Refusal> {
    if status.category == Status::Closed || was.is_some_and(|was| was.category != status.category) {
        return Err(Refusal::Fixed("category"));
    }
    Ok(())
}

fn bad(why: BadForm) -> Refusal {
    Refusal::BadForm(why)
}

/// A form that can be filled in: what stands on it is there, its conditions ask for what stands on it, none waits for
/// itself, and requesters are not asked for what they cannot give (R133).
fn on_form(kind: &Kind, fields: &BTreeMap<FieldId, Field>) -> Result<(), Refusal> {
    let title = |id: &FieldId| fields.get(id).map_or_else(|| format!("#{id}"), |field| field.title.clone());
    let titles = |ids: BTreeSet<FieldId>| -> Vec<String> { ids.iter().map(title).collect() };
    let foreign = |id: &&FieldId| fields.get(id).is_none_or(|field| field.of != Holder::Ticket);
    let foreign: BTreeSet<FieldId> = kind.fields.iter().filter(foreign).copied().collect();
    if !foreign.is_empty() {
        return Err(bad(BadForm::NoTicketField(titles(foreign))));
    }
    let named = kind.conditions.iter().flat_map(|when| when.shows.iter().chain([&when.field]));
    let off: BTreeSet<FieldId> = named.filter(|id| !kind.fields.contains(id)).copied().collect();
    if !off.is_empty() {
        return Err(bad(BadForm::OffForm(titles(off))));
    }
    for when in &kind.conditions {
        let held = fields.get(&when.field).is_some_and(|field| matches!(field.kind.read(&when.value), Ok(Some(_))));
        if !held {
            return Err(bad(BadForm::Condition { field: title(&when.field), value: when.value.clone() }));
        }
    }
    let waiting = waiting_for_themselves(kind);
    if !waiting.is_empty() {
        return Err(bad(BadForm::Circle(titles(waiting))));
    }
    let cannot = |id: &&FieldId| {
        let field = fields.get(id).filter(|field| field.active && field.required_to_submit && field.default.is_none());
        field.is_some_and(|field| field.access != Access::RequestersEdit)
    };
    let never: BTreeSet<FieldId> = kind.fields.iter().filter(cannot).copied().collect();
    if kind.is_offered(Reader::Requester) && !never.is_empty() {
        return Err(bad(BadForm::NeverSubmitted(titles(never))));
    }
    Ok(())
}

/// Fields that appear only when something appears that waits for them.
fn waiting_for_themselves(kind: &Kind) -> BTreeSet<FieldId> {
    let mut left: BTreeSet<FieldId> = kind.fields.iter().copied().collect();
    loop {
        let free = |id: &FieldId| {
            let mut rules = kind.conditions.iter().filter(|when| when.shows.contains(id)).peekable();
            rules.peek().is_none() || rules.any(|when| !left.contains(&when.field))
        };
        let free: Vec<FieldId> = left.iter().filter(|id| free(id)).copied().collect();
        if free.is_empty() {
            return left;
        }
        left.retain(|id| !free.contains(id));
    }
}

#[cfg(test)]
mod test {
    use super::waiting_for_themselves;
    use crate::domain::account::{Appearance, Kind};
    use crate::domain::id::{FieldId, KindId};
    use std::collections::BTreeSet;

    #[test]
    fn only_what_waits_for_itself_is_in_a_circle() {
        let when = |field, shows| Appearance {
            field: FieldId(field),
            value: "x".to_owned(),
            shows: vec![FieldId(shows)],
            required: false,
        };
        let fields = (1..=4).map(FieldId).collect();
        let conditions = vec![when(1, 2), when(2, 3), when(3, 2), when(4, 4)];
        let kind = Kind { fields, conditions, ..Kind::new(KindId(1), "a") };
        assert_eq!(waiting_for_themselves(&kind), BTreeSet::from([FieldId(4)]));
    }
}
