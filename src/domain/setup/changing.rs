use super::{Item, ItemKey, ItemKind, Setup};
use crate::domain::id::{FieldId, KindId, RuleId, ScheduleId, StatusId, TextId, WebhookId};

impl Setup {
    /// With a thing, new or in place of what it was: the same as if [all of them](Setup::of) were sorted anew.
    pub fn put(&mut self, item: Item) {
        match item {
            Item::Kind(one) => _ = self.kinds.insert(one.id, one),
            Item::Field(one) => _ = self.fields.insert(one.id, one),
            Item::Status(one) => _ = self.statuses.insert(one.id, one),
            Item::Trigger(one) => place(&mut self.triggers, one, |one| (one.position, one.id)),
            Item::Automation(one) => place(&mut self.automations, one, |one| (one.position, one.id)),
            Item::Text(one) => _ = self.texts.insert(one.id, one),
            Item::Webhook(one) => _ = self.webhooks.insert(one.id, one),
            Item::Schedule(one) => _ = self.schedules.insert(one.id, one),
            Item::View(_) | Item::Macro(_) => {}
        }
    }

    /// Without a thing.
    pub fn remove(&mut self, ItemKey { kind, id }: ItemKey) {
        match kind {
            ItemKind::Kind => _ = self.kinds.remove(&KindId(id)),
            ItemKind::Field => _ = self.fields.remove(&FieldId(id)),
            ItemKind::Status => _ = self.statuses.remove(&StatusId(id)),
            ItemKind::Trigger => self.triggers.retain(|one| one.id != RuleId(id)),
            ItemKind::Automation => self.automations.retain(|one| one.id != RuleId(id)),
            ItemKind::Text => _ = self.texts.remove(&TextId(id)),
            ItemKind::Webhook => _ = self.webhooks.remove(&WebhookId(id)),
            ItemKind::Schedule => _ = self.schedules.remove(&ScheduleId(id)),
            ItemKind::View | ItemKind::Macro => {}
        }
    }
}

/// Puts a rule where it is tried.
fn place<T>(rules: &mut Vec<T>, rule: T, order: impl Fn(&T) -> (i64, RuleId)) {
    let here = order(&rule);
    rules.retain(|other| order(other).1 != here.1);
    rules.insert(rules.partition_point(|other| order(other) < here), rule);
}

#[cfg(test)]
mod test {
    use crate::domain::setup::{Document, Item, ItemKind, Numbers, Setup};

    fn rule(kind: ItemKind, id: i64, position: i64) -> Item {
        let document = Document::default().with("title", "a").with("slug", "a").with("when", "tags include a");
        let document = document.with("actions", vec!["add tags: b"]).with("position", position);
        let form = kind.form();
        let document =
            Document(document.0.into_iter().filter(|(key, _)| form.iter().any(|one| one.name == *key)).collect());
        Item::read(kind, id, &document, &Numbers).unwrap_or_else(|fault| panic!("{fault:?}"))
    }

    /// However a set-up came about, one thing after the other: it is what all its things are together.
    #[test]
    fn a_set_up_that_changes_is_the_same_as_one_made_anew() {
        let mut items: Vec<Item> = Vec::new();
        let mut setup = Setup::default();
        let steps = [(1, 5), (2, 5), (3, 1), (4, 9), (2, 1), (3, 9), (5, 5), (1, 5), (4, 1)];
        for (step, (id, position)) in (0..).zip(steps) {
            for kind in [ItemKind::Trigger, ItemKind::Automation, ItemKind::View] {
                let item = rule(kind, 10 * id + i64::from(kind == ItemKind::Automation), position);
                items.retain(|one| one.key() != item.key());
                items.push(item.clone());
                setup.put(item);
            }
            if step == 5 {
                let gone = items.remove(0).key();
                setup.remove(gone);
            }
            assert_eq!(setup, Setup::of(items.clone()), "step {step}");
        }
    }
}
