//! What stays because something uses it, beyond what is named by its number.

use crate::domain::condition::{FieldTest, Test};
use crate::domain::decide::Facts;
use crate::domain::field::{Field, Value};
use crate::domain::refusal::{Refusal, Users};
use crate::domain::rule::Action;
use crate::domain::setup::{Item, ItemKind};
use crate::domain::tag::Tag;

/// An option that something holds, or that a form or rule names, does not vanish from its field: what holds it would
/// hold a word that means nothing. Closed tickets do not count: they keep what they have, and nobody could change them.
pub(super) fn options(facts: &Facts, known: Option<&Item>, item: &Item) -> Result<(), Refusal> {
    let (Item::Field(field), Some(Item::Field(was))) = (item, known) else { return Ok(()) };
    for gone in was.options_without(field) {
        let names = |one: &&Item| names(one, was, &gone.tag);
        let users = Users {
            of: Some(ItemKind::Field),
            option: Some(gone.name.clone()),
            items: facts.items.iter().filter(names).map(|one| (one.kind(), one.name().to_owned())).collect(),
            holders: facts.options_held.get(&gone.tag).copied().unwrap_or_default(),
            ..Users::default()
        };
        if !users.are_none() {
            return Err(Refusal::InUse(Box::new(users)));
        }
    }
    Ok(())
}

fn names(item: &Item, field: &Field, option: &Tag) -> bool {
    let is = |text: &str| match field.kind.read(text) {
        Ok(Some(Value::Choice(tag))) => tag == *option,
        Ok(Some(Value::Choices(tags))) => tags.contains(option),
        _ => false,
    };
    let (when, then): (_, &[Action]) = match item {
        Item::Kind(kind) => return kind.conditions.iter().any(|when| when.field == field.id && is(&when.value)),
        Item::View(view) => (Some(&view.when), &[]),
        Item::Trigger(rule) => (Some(&rule.when), &rule.then),
        Item::Automation(rule) => (Some(&rule.when), &rule.then),
        Item::Macro(one) => (None, &one.then),
        _ => return false,
    };
    let tests = when.map(|when| when.tests()).unwrap_or_default();
    let asked =
        tests.iter().any(|test| matches!(test, Test::Field(id, FieldTest::Is(text)) if *id == field.id && is(text)));
    asked || then.iter().any(|action| matches!(action, Action::Field(id, text) if *id == field.id && is(text)))
}

/// Whether a notice's text has a placeholder that a field fills in.
pub(super) fn fills_in(facts: &Facts, text: &Item, field: &Item) -> bool {
    let (Item::Text(text), Item::Field(field)) = (text, field) else { return false };
    let slugs = |but: Option<&Field>| -> Vec<String> {
        let fields = facts.setup.fields.values().filter(|one| but.is_none_or(|but| one.id != but.id));
        fields.map(|one| one.slug.clone()).collect()
    };
    let sound = |slugs: &[String]| text.check(&slugs.iter().map(String::as_str).collect::<Vec<_>>()).is_ok();
    sound(&slugs(None)) && !sound(&slugs(Some(field)))
}
