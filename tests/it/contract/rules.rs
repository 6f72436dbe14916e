//! The account's rules at work in a store.

use super::schedules::set;
use crate::support::town::Town;
use futures::future::join;
use guichet::client::{Client, Embedded, Error, Key, ListAsk, Source, Trial};
use guichet::domain::act::{Change, Deed, OrganizationChange, PersonChange, Who};
use guichet::domain::comment::Channel;
use guichet::domain::condition::Actual;
use guichet::domain::event::Event;
use guichet::domain::field::Value;
use guichet::domain::id::{FieldId, PersonId, TicketId};
use guichet::domain::refusal::{Refusal, RuleFault};
use guichet::domain::rule::RuleSort;
use guichet::domain::setup::{Datum, Directory, Document, Item, ItemKind, Mentions};
use guichet::domain::status::Status;
use guichet::domain::tag::Tag;
use guichet::domain::time::{Span, Timestamp};
use guichet::store::{Clock, Store};
use std::sync::Arc;

/// A rule as an admin writes it, with the account's own names.
async fn written(town: &Town, kind: ItemKind, name: &str, when: &str, then: &[&str]) -> Item {
    let mut directory = Directory::default();
    for kind in [ItemKind::Text, ItemKind::Kind] {
        for item in town.office().items(kind).await.expect("the set-up") {
            let refers = if kind == ItemKind::Text {
                guichet::domain::setup::Refers::Text
            } else {
                guichet::domain::setup::Refers::Kind
            };
            directory.add(refers, item.key().id, item.name());
        }
    }
    let key = if kind == ItemKind::Trigger { "title" } else { "slug" };
    let document = Document::default().with(key, name).with("when", when).with_some(
        "actions",
        (kind != ItemKind::View).then(|| then.iter().map(|one| Datum::from(*one)).collect::<Vec<_>>()),
    );
    Item::read(kind, 0, &document, &directory).expect("a rule")
}

pub async fn rule(town: &Town, kind: ItemKind, name: &str, when: &str, then: &[&str]) {
    let item = written(town, kind, name, when, then).await;
    town.does(town.admin, Deed::SetItem(Box::new(item))).await;
}

async fn tags(town: &Town, id: TicketId) -> Vec<String> {
    let ticket = town.as_(town.agent).ticket(id, 1).await.expect("the ticket").item;
    ticket.tags.iter().map(Tag::to_string).collect()
}

/// What the account itself did to a ticket.
async fn by_itself(town: &Town, id: TicketId) -> Vec<Event> {
    let audits = town.as_(town.agent).audits(id, 0, 100).await.expect("the history").rows;
    audits.into_iter().filter(|audit| audit.who == Who::System).flat_map(|audit| audit.events).collect()
}

/// How often rules of that sort did something; the account has triggers of its own from the beginning.
fn runs(events: &[Event], sort: RuleSort) -> usize {
    events.iter().filter(|event| matches!(event, Event::RuleRan(rule) if rule.sort == sort)).count()
}

/// A trigger is written with what it follows, and found by what it did.
pub async fn a_trigger_follows_what_was_done(town: &Town) {
    rule(town, ItemKind::Trigger, "Printers", "ticket is created and subject has \"printer\"", &["add tags: printer"])
        .await;
    let printer = town.ticket(town.ana, "Printer jams", "a").await;
    let lock = town.ticket(town.ana, "Lock jams", "a").await;
    assert_eq!((tags(town, printer).await, tags(town, lock).await), (vec!["printer".to_owned()], vec![]));
    let ask = ListAsk::first(Source::Search("tags:printer".to_owned()));
    let found = town.as_(town.agent).tickets(ask).await.expect("a page");
    assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [printer]);
    let (with, without) = (by_itself(town, printer).await, by_itself(town, lock).await);
    assert_eq!(runs(&with, RuleSort::Trigger), runs(&without, RuleSort::Trigger) + 1);
}

/// D25: a rule that is changed is followed at once, by tickets that were there before.
pub async fn tickets_are_looked_at_anew_when_rules_change(town: &Town) {
    let mut all = Vec::new();
    for n in 0..5 {
        let id = town.ticket(town.ana, &format!("Ticket {n}"), "a").await;
        town.change(id, Change::status(Status::Hold)).await;
        all.push(id);
    }
    assert_eq!(town.as_(town.admin).catch_up().await, Ok(0));
    rule(town, ItemKind::Automation, "stale", "hold at least 7 days ago", &["status: open", "add tags: stale"]).await;
    let due = town.as_(town.agent).forecast(town.now() + Span::days(30), 100).await.expect("a forecast");
    assert_eq!(due.iter().filter(|one| one.due.slug == "stale").count(), 5);
    town.wait(Span(Span::days(7).0 - 1));
    assert_eq!(town.as_(town.admin).catch_up().await, Ok(0), "never early");
    town.wait(Span(1));
    assert_eq!(town.as_(town.admin).catch_up().await, Ok(5));
    for id in all {
        assert_eq!(tags(town, id).await, ["stale"]);
    }
}

/// D25: what an automation asks of a requester or an organization is looked at again when they change, not the ticket. A
/// view counts and lists by the same fields.
pub async fn tickets_are_looked_at_anew_when_people_change(town: &Town) {
    let field = |of: &str, slug: &str| Document::default().with("slug", slug).with("of", of).with("title", slug);
    let tier = set(town, ItemKind::Field, 0, &field("person", "tier").with("type", "text")).await;
    let size = set(town, ItemKind::Field, 0, &field("organization", "size").with("type", "integer")).await;
    let rules = [
        ("gold", "field tier is \"gold\" and created at least 2 days ago"),
        ("large", "field size > 100 and created at least 2 days ago"),
        ("french", "requester language is fr and created at least 2 days ago"),
    ];
    for (slug, when) in rules {
        let rule = Document::default().with("slug", slug).with("when", when).with("once", true);
        set(town, ItemKind::Automation, 0, &rule.with("actions", vec![format!("add tags: {slug}")])).await;
    }
    let view = Document::default().with("slug", "important").with("when", "field tier is gold or field size > 100");
    set(town, ItemKind::View, 0, &view).await;
    let important = async || {
        let ask = ListAsk::first(Source::View("important".to_owned()));
        let rows = town.as_(town.agent).tickets(ask).await.expect("a page").rows;
        let counts = town.as_(town.agent).counts(vec![Source::View("important".to_owned())]).await.expect("counts");
        assert_eq!(counts[0].value, rows.len() as u64);
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.wait(Span::days(3));
    assert_eq!((town.as_(town.admin).catch_up().await, important().await), (Ok(0), vec![]));
    let person = async |change: PersonChange| {
        town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    };
    person(PersonChange { fields: [(FieldId(tier.id), "gold".into())].into(), ..PersonChange::default() }).await;
    assert_eq!((town.as_(town.admin).catch_up().await, important().await), (Ok(1), vec![id]));
    person(PersonChange { fields: [(FieldId(tier.id), String::new())].into(), ..PersonChange::default() }).await;
    assert_eq!((town.as_(town.admin).catch_up().await, important().await), (Ok(0), vec![]));
    person(PersonChange { language: Some(Some("fr".into())), ..PersonChange::default() }).await;
    assert_eq!(town.as_(town.admin).catch_up().await, Ok(1));
    let fields = [(FieldId(size.id), "250".into())].into();
    let change = OrganizationChange { fields, ..OrganizationChange::default() };
    town.does(town.admin, Deed::UpdateOrganization { organization: town.station, change }).await;
    assert_eq!((town.as_(town.admin).catch_up().await, important().await), (Ok(1), vec![id]));
    assert_eq!(tags(town, id).await, ["french", "gold", "large"]);
    // Z09: the reason tells what the organization has.
    let why = town.as_(town.agent).why(id, "large".to_owned()).await.expect("why").now.expect("as it is now");
    assert_eq!(why.parts[0].has, Some(Actual::Field(Value::Integer(250))));
    // No change of a ticket changes a field of a person.
    let names = town.as_(town.admin).directory(Mentions::default()).await.expect("the names");
    for when in ["field tier changed", "field size changed to 3"] {
        let document =
            Document::default().with("title", when).with("when", when).with("actions", vec!["priority: high"]);
        let item = Item::read(ItemKind::Trigger, 0, &document, &names).expect("a trigger");
        let refused = town.tries(town.admin, Deed::SetItem(Box::new(item))).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::BadRule(RuleFault::NotTheTickets(_))))), "{refused:?}");
    }
}

/// Two programs that look for what is due at the same moment do each thing once.
pub async fn two_schedulers_never_do_a_thing_twice(town: &Town) {
    let mut all = Vec::new();
    for n in 0..60 {
        let id = town.ticket(town.ana, &format!("Ticket {n}"), "a").await;
        let status = if n % 2 == 0 { Status::Pending } else { Status::Solved };
        town.change(id, Change::status(status)).await;
        all.push(id);
    }
    let other = Store::open(&town.ground.url()).await.expect("another server");
    let now = Arc::new(std::sync::atomic::AtomicI64::new(town.now().0));
    for days in [3, 1, 1, 4] {
        town.wait(Span::days(days));
        now.store(town.now().0, std::sync::atomic::Ordering::Relaxed);
        let theirs = Arc::clone(&now);
        let clock: Clock = Arc::new(move || Timestamp(theirs.load(std::sync::atomic::Ordering::Relaxed)));
        let second = Embedded::new(other.clone(), town.admin, Channel::Web, clock);
        let first = town.as_(town.admin);
        let (one, two) = join(first.catch_up(), second.catch_up()).await;
        let (one, two) = (one.expect("the first"), two.expect("the second"));
        assert_eq!(
            one + two,
            match days {
                4 => 0,
                _ => 30,
            },
            "after {days} more days"
        );
    }
    for (n, id) in all.iter().enumerate() {
        let did = by_itself(town, *id).await;
        assert_eq!(runs(&did, RuleSort::Automation), if n % 2 == 0 { 2 } else { 1 }, "{did:?}");
    }
    other.close().await;
}

/// Z09: what held and what did not, at each thing that was done.
pub async fn a_rule_says_why_it_followed_or_not(town: &Town) {
    rule(town, ItemKind::Trigger, "Solved", "status changed to solved and tags include vip", &["priority: high"]).await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change::status(Status::Solved)).await;
    let add = [Tag::parse("vip").expect("a tag")].into();
    town.change(id, Change { status: Some(Status::Open), add_tags: add, ..Change::default() }).await;
    town.change(id, Change::status(Status::Solved)).await;
    let why = town.as_(town.agent).why(id, "solved".to_owned()).await.expect("why");
    let told: Vec<_> = why.steps.iter().map(|step| (step.why.holds, step.ran, step.why.parts[1].holds)).collect();
    assert_eq!(told, [(false, false, false), (false, false, false), (false, false, true), (true, true, true)]);
    let close = town.as_(town.agent).why(id, "close".to_owned()).await.expect("why");
    assert_eq!((close.now.map(|why| why.holds), close.next), (Some(false), Some(town.now() + Span::days(4))));
    assert!(town.as_(town.agent).why(id, "no such rule".to_owned()).await.is_err());
    assert!(town.as_(town.ana).why(id, "solved".to_owned()).await.is_err(), "agents only");
}

/// What is tried changes nothing.
pub async fn a_rule_can_be_tried_before_it_is_switched_on(town: &Town) {
    let printer = town.ticket(town.ana, "Printer jams", "a").await;
    town.ticket(town.ana, "Lock jams", "a").await;
    let trial = async |kind, when, then: &[&str]| -> Trial {
        let item = written(town, kind, "tried", when, then).await;
        town.as_(town.admin).try_item(item).await.expect("a trial")
    };
    let view = trial(ItemKind::View, "subject has \"printer\"", &[]).await;
    assert_eq!((view.looked_at, view.concerned), (2, 1));
    let trigger = trial(ItemKind::Trigger, "ticket is created", &["add tags: x"]).await;
    assert_eq!((trigger.looked_at, trigger.concerned), (2, 2));
    assert!(matches!(trigger.rows[0].events[..], [Event::TagsChanged { .. }]), "{:?}", trigger.rows[0].events);
    town.change(printer, Change::status(Status::Pending)).await;
    town.wait(Span::days(1));
    let automation = trial(ItemKind::Automation, "pending at least 1 day ago", &["status: open"]).await;
    assert_eq!((automation.concerned, automation.rows[0].ticket), (1, printer));
    assert_eq!(tags(town, printer).await, Vec::<String>::new());
    let item = written(town, ItemKind::Trigger, "tried", "ticket is created", &["add tags: x"]).await;
    assert!(town.as_(town.agent).try_item(item).await.is_err(), "rules are the admins'");
}

/// People whom a rule names are known to it, agents or not.
pub async fn a_rule_names_people(town: &Town) {
    let PersonId(ben) = town.ben;
    rule(town, ItemKind::Trigger, "Copy", "ticket is created", &[&format!("add cc: #{ben}")]).await;
    let id = town.ticket(town.ana, "Printer jams", "a").await;
    let ticket = town.as_(town.agent).ticket(id, 1).await.expect("the ticket").item;
    assert_eq!(ticket.ccs, [town.ben].into());
    assert!(town.as_(town.ben).request(id, 1).await.is_ok());
    let key = Key("again".to_owned());
    let deed = Deed::UpdateTicket { ticket: id, change: Box::default(), comment: None, expect: None };
    assert!(town.as_(town.agent).act(key, deed).await.is_ok());
}
