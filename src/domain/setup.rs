//! An account's set-up: everything that an admin makes once and everybody works by.

mod changing;
mod document;
mod form;
mod item;
mod lookup;
mod mentions;
mod read;
mod references;
mod text;
mod told;
mod write;

use super::account::Kind;
use super::condition::{Condition, Target, Test};
use super::field::{Field, Holder};
use super::id::{FieldId, KindId, RuleId, ScheduleId, StatusId, TextId, WebhookId};
use super::notice::NoticeText;
use super::rule::{Automation, Trigger};
use super::schedule::Schedule;
use super::status::{CustomStatus, Status};
use super::webhook::Webhook;
pub use document::{Datum, Document};
pub use form::{Key, Takes};
pub use item::{Item, ItemFault, ItemKey, ItemKind, Why};
pub use lookup::{Directory, Lookup, Numbers, Refers};
pub(in crate::domain) use lookup::{meant, written};
pub use mentions::Mentions;
pub use references::references;
use std::collections::BTreeMap;

/// All that decisions look at. Views and macros are not in it: they decide nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// Fields.
    pub fields: BTreeMap<FieldId, Field>,
    /// Statuses of the account's own.
    pub statuses: BTreeMap<StatusId, CustomStatus>,
    /// Kinds with their forms.
    pub kinds: BTreeMap<KindId, Kind>,
    /// Triggers, in the order in which they are tried.
    pub triggers: Vec<Trigger>,
    /// Automations, in the order in which they are tried.
    pub automations: Vec<Automation>,
    /// Texts of notices.
    pub texts: BTreeMap<TextId, NoticeText>,
    /// Addresses to which triggers send what happened.
    pub webhooks: BTreeMap<WebhookId, Webhook>,
    /// Business hours.
    pub schedules: BTreeMap<ScheduleId, Schedule>,
}

impl Setup {
    /// Sorts things into their places.
    pub fn of(items: impl IntoIterator<Item = Item>) -> Self {
        let mut setup = Self::default();
        for item in items {
            match item {
                Item::Kind(one) => _ = setup.kinds.insert(one.id, one),
                Item::Field(one) => _ = setup.fields.insert(one.id, one),
                Item::Status(one) => _ = setup.statuses.insert(one.id, one),
                Item::Trigger(one) => setup.triggers.push(one),
                Item::Automation(one) => setup.automations.push(one),
                Item::Text(one) => _ = setup.texts.insert(one.id, one),
                Item::Webhook(one) => _ = setup.webhooks.insert(one.id, one),
                Item::Schedule(one) => _ = setup.schedules.insert(one.id, one),
                Item::View(_) | Item::Macro(_) => {}
            }
        }
        setup.triggers.sort_by_key(|one| (one.position, one.id));
        setup.automations.sort_by_key(|one| (one.position, one.id));
        setup
    }

    /// The status that a ticket of a kind gets on entering a category without a choice; none for the category's own.
    pub fn default_status(&self, category: Status, kind: Option<KindId>) -> Option<StatusId> {
        let fits = |one: &&CustomStatus| one.category == category && one.default && one.active;
        self.statuses.values().find(fits).map(|one| one.id).filter(|id| self.has_status(kind, *id))
    }

    /// Whether tickets of a kind may have a status of the account's own.
    pub fn has_status(&self, kind: Option<KindId>, status: StatusId) -> bool {
        let kind = kind.and_then(|id| self.kinds.get(&id));
        kind.is_none_or(|kind| kind.statuses.is_empty() || kind.statuses.contains(&status))
    }

    /// The kind of tickets for which nobody chose one; none where the account has no such (R074).
    pub fn default_kind(&self) -> Option<&Kind> {
        self.kinds.values().find(|kind| kind.default && kind.active)
    }

    /// The kind of what comes in by mail, where nobody chooses: the default one, else the last that is offered.
    pub fn kind_by_mail(&self) -> Option<&Kind> {
        self.default_kind().or_else(|| self.kinds_in_order().into_iter().rfind(|kind| kind.active))
    }

    /// The kinds in the order in which they are offered.
    pub fn kinds_in_order(&self) -> Vec<&Kind> {
        let mut kinds: Vec<&Kind> = self.kinds.values().collect();
        kinds.sort_by_key(|kind| (kind.position, kind.id));
        kinds
    }

    /// Whether an automation looks at more of a person or an organization than who they are.
    pub fn automations_ask_of_people(&self) -> bool {
        let asks =
            |test: &Test| matches!(test, Test::Requester(_) | Test::Link(_, Target::Name(_) | Target::Address(_)));
        let asks = |when: &Condition| self.asks_of_others(when) || when.tests().into_iter().any(asks);
        self.automations.iter().any(|rule| rule.active && asks(&rule.when))
    }

    /// Whether a condition asks what a field of the requester or the organization holds.
    pub fn asks_of_others(&self, when: &Condition) -> bool {
        when.tests().into_iter().any(|test| match test {
            Test::Field(id, _) => self.fields.get(id).is_some_and(|field| field.of != Holder::Ticket),
            _ => false,
        })
    }

    /// The automation of that number.
    pub fn automation(&self, id: RuleId) -> Option<&Automation> {
        self.automations.iter().find(|one| one.id == id)
    }

    /// The trigger of that number.
    pub fn trigger(&self, id: RuleId) -> Option<&Trigger> {
        self.triggers.iter().find(|one| one.id == id)
    }
}
