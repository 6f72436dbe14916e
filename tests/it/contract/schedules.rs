use crate::support::town::Town;
use guichet::client::{Error, Ran};
use guichet::domain::act::Deed;
use guichet::domain::id::TicketId;
use guichet::domain::refusal::Refusal;
use guichet::domain::setup::{Document, Item, ItemKey, ItemKind, Mentions};
use guichet::domain::time::Span;

const WEEK: [&str; 5] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

fn paris(holidays: &[&str]) -> Document {
    let document = Document::default().with("name", "Paris").with("time_zone", "Europe/Paris");
    let week = WEEK.into_iter().fold(document, |document, day| document.with(day, vec!["09:00-12:00", "12:00-17:00"]));
    week.with("holidays", holidays.to_vec())
}

pub async fn set(town: &Town, kind: ItemKind, id: i64, document: &Document) -> ItemKey {
    let names = town.office().directory(Mentions::default()).await.expect("the names");
    let item = Item::read(kind, id, document, &names).expect("something of the set-up");
    town.does(town.admin, Deed::SetItem(Box::new(item))).await.outcome.item.expect("which")
}

async fn nudge(town: &Town) {
    let document = Document::default()
        .with("slug", "nudge")
        .with("when", "status is new and created at least 8 business hours ago")
        .with("actions", vec!["add tags: waited"])
        .with("once", true);
    set(town, ItemKind::Automation, 0, &document).await;
}

async fn nudged(town: &Town) -> Vec<TicketId> {
    let ran = town.office().run_timers(None, false, None).await.expect("a run").rows;
    ran.iter().map(|one: &Ran| one.ticket).collect()
}

/// D25: eight business hours from Friday at 15:00 are over on Tuesday at 15:00, with a weekend and a holiday between.
pub async fn an_automation_waits_in_business_hours(town: &Town) {
    set(town, ItemKind::Schedule, 0, &paris(&["2026-11-30 A day off"])).await;
    nudge(town).await;
    town.wait(Span(Span::days(5).0 + Span::hours(6).0));
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.wait(Span(Span::days(4).0 - 1));
    assert_eq!(nudged(town).await, []);
    town.wait(Span(1));
    assert_eq!(nudged(town).await, [id]);
    assert_eq!(nudged(town).await, []);
}

/// What waits is looked at again when its schedule becomes another.
pub async fn a_schedule_that_changes_changes_what_is_due(town: &Town) {
    let key = set(town, ItemKind::Schedule, 0, &paris(&["2026-11-30"])).await;
    nudge(town).await;
    town.wait(Span(Span::days(5).0 + Span::hours(6).0));
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.wait(Span::days(3));
    assert_eq!(nudged(town).await, []);
    set(town, ItemKind::Schedule, key.id, &paris(&[])).await;
    assert_eq!(nudged(town).await, [id]);
}

/// A schedule that a condition names stays, until nothing does.
pub async fn a_schedule_in_use_is_not_deleted(town: &Town) {
    let key = set(town, ItemKind::Schedule, 0, &paris(&[])).await;
    nudge(town).await;
    let refused = town.tries(town.admin, Deed::DeleteItem(key)).await;
    let Err(Error::Refused(Refusal::InUse(users))) = refused else { panic!("{refused:?}") };
    assert_eq!(users.items, [(ItemKind::Automation, "nudge".to_owned())]);
    let rules = town.as_(town.agent).items(ItemKind::Schedule).await.expect("agents read them");
    assert_eq!(rules.len(), 1);
    let automations = town.as_(town.admin).items(ItemKind::Automation).await.expect("automations");
    let nudge = automations.iter().find(|one| one.name() == "nudge").expect("it").key();
    town.does(town.admin, Deed::DeleteItem(nudge)).await;
    town.does(town.admin, Deed::DeleteItem(key)).await;
}
