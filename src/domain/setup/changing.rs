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
