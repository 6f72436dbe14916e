use super::schedules::set;
use crate::support::town::Town;
use guichet::client::{Error, Receipt};
use guichet::domain::act::{Change, Deed, OrganizationChange, PersonChange};
use guichet::domain::id::{FieldId, KindId, StatusId};
use guichet::domain::refusal::{Holders, Refusal, Users};
use guichet::domain::setup::{Datum, Document, Item, ItemKey, ItemKind, Mentions};
use std::collections::BTreeMap;

fn field(slug: &str, of: &str, options: &[&str]) -> Document {
    let document = Document::default().with("slug", slug).with("of", of).with("title", slug);
    let option =
        |value: &&str| Datum::Table(Document::default().with("name", value.to_uppercase()).with("value", *value));
    let kind = if options.is_empty() { "text" } else { "tagger" };
    document.with("type", kind).with("options", Datum::List(options.iter().map(option).collect()))
}

fn plain(slug: &str, of: &str) -> Document {
    Document::default().with("slug", slug).with("of", of).with("title", slug).with("type", "text")
}

fn named(key: &str, name: &str) -> Document {
    Document::default().with(key, name)
}

fn users(answer: Result<Receipt, Error>) -> Option<Users> {
    match answer {
        Ok(_) => None,
        Err(Error::Refused(Refusal::InUse(users))) => Some(*users),
        other => panic!("{other:?}"),
    }
}

fn sorted(mut users: Users) -> (Vec<(ItemKind, String)>, Holders) {
    users.items.sort();
    (users.items, users.holders)
}

const NOBODY: Holders = Holders { tickets: 0, agents: 0, people: 0, organizations: 0 };
const A_TICKET: Holders = Holders { tickets: 1, ..NOBODY };

/// Two people and an organization hold something.
async fn hold(town: &Town, of_people: BTreeMap<FieldId, String>, of_organizations: BTreeMap<FieldId, String>) {
    let change = PersonChange { fields: of_people, ..PersonChange::default() };
    for person in [town.ana, town.agent] {
        town.does(town.admin, Deed::UpdatePerson { person, change: change.clone() }).await;
    }
    let change = OrganizationChange { fields: of_organizations, ..OrganizationChange::default() };
    town.does(town.admin, Deed::UpdateOrganization { organization: town.station, change }).await;
}

/// Of each kind of thing: what it is in use by, or nothing where it may go.
pub async fn nothing_is_deleted_while_something_uses_it(town: &Town) {
    let hours = Document::default().with("name", "Paris").with("time_zone", "Europe/Paris");
    let schedule = set(town, ItemKind::Schedule, 0, &hours.with("monday", vec!["09:00-17:00"])).await;
    let camera = set(town, ItemKind::Field, 0, &plain("camera", "ticket")).await;
    let serial = set(town, ItemKind::Field, 0, &plain("serial", "ticket")).await;
    let tier = set(town, ItemKind::Field, 0, &plain("tier", "person")).await;
    let size = set(town, ItemKind::Field, 0, &plain("size", "organization")).await;
    let unused = set(town, ItemKind::Field, 0, &plain("unused", "person")).await;
    let part = set(town, ItemKind::Status, 0, &named("name", "Waiting for a part").with("category", "pending")).await;
    let kind =
        set(town, ItemKind::Kind, 0, &named("slug", "lens").with("name", "Lens").with("fields", vec!["camera"])).await;
    let wording = Document::default().with("subject", "Hello").with("body", "Your {{ticket.fields.serial}}");
    let texts = Datum::Table(Document::default().with("en", Datum::Table(wording)));
    let text = set(town, ItemKind::Text, 0, &named("slug", "hello").with("texts", texts)).await;
    let hook = set(town, ItemKind::Webhook, 0, &named("name", "hook").with("url", "https://hook.example/in")).await;
    let view = named("slug", "parts").with("when", "custom status is \"Waiting for a part\"");
    let view = set(town, ItemKind::View, 0, &view.with("columns", vec!["field camera"])).await;
    let shown = set(town, ItemKind::Macro, 0, &named("title", "Lens").with("actions", vec!["kind: lens"])).await;
    let actions = vec!["notify requester: hello", "webhook: hook"];
    let trigger = named("title", "Hello").with("when", "subject has \"printer\"").with("actions", actions);
    let trigger = set(town, ItemKind::Trigger, 0, &trigger).await;
    let late = named("slug", "late").with("when", "status is new and created at least 8 business hours ago");
    let late = late.with("once", true).with("actions", vec!["add tags: late"]);
    let automation = set(town, ItemKind::Automation, 0, &late).await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let fields = |key: ItemKey| [(FieldId(key.id), "one".to_owned())].into();
    let change = Change {
        kind: Some(KindId(kind.id)),
        custom_status: Some(StatusId(part.id)),
        fields: fields(camera),
        ..Change::default()
    };
    town.change(id, change).await;
    hold(town, fields(tier), fields(size)).await;
    let by = |items: &[(ItemKind, &str)], holders| {
        let items = items.iter().map(|(kind, name)| (*kind, (*name).to_owned())).collect();
        Some((items, holders))
    };
    let table = [
        (camera, by(&[(ItemKind::Kind, "lens"), (ItemKind::View, "parts")], A_TICKET)),
        (serial, by(&[(ItemKind::Text, "hello")], NOBODY)),
        (tier, by(&[], Holders { people: 2, ..NOBODY })),
        (size, by(&[], Holders { organizations: 1, ..NOBODY })),
        (part, by(&[(ItemKind::View, "parts")], A_TICKET)),
        (kind, by(&[(ItemKind::Macro, "Lens")], A_TICKET)),
        (text, by(&[(ItemKind::Trigger, "Hello")], NOBODY)),
        (hook, by(&[(ItemKind::Trigger, "Hello")], NOBODY)),
        (schedule, by(&[(ItemKind::Automation, "late")], NOBODY)),
        (unused, None),
        (view, None),
        (shown, None),
        (trigger, None),
        (automation, None),
        // And what only those used.
        (text, None),
        (hook, None),
        (schedule, None),
        (serial, None),
    ];
    for (key, expected) in table {
        let found = users(town.tries(town.admin, Deed::DeleteItem(key)).await);
        assert_eq!(found.map(sorted), expected, "{key:?}");
    }
}

/// An option of a field of tickets, people or organizations stays as long as somebody has it or a rule names it.
pub async fn an_option_in_use_does_not_vanish(town: &Town) {
    let all = ["x100", "fx9", "old"];
    let (person, organization) = (town.ana, town.station);
    let mut made = Vec::new();
    for of in ["ticket", "person", "organization"] {
        let slug = format!("of-{of}");
        made.push((slug.clone(), of, set(town, ItemKind::Field, 0, &field(&slug, of, &all)).await));
    }
    let fields = |at: usize| [(FieldId(made[at].2.id), "fx9".to_owned())].into();
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change { fields: fields(0), ..Change::default() }).await;
    let change = PersonChange { fields: fields(1), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person, change }).await;
    let change = OrganizationChange { fields: fields(2), ..OrganizationChange::default() };
    town.does(town.admin, Deed::UpdateOrganization { organization, change }).await;
    let view = named("slug", "cameras").with("when", "field of-ticket is x100");
    let view = set(town, ItemKind::View, 0, &view).await;
    let keep = async |at: usize, options: &[&str]| {
        let (slug, of, key) = &made[at];
        let names = town.as_(town.admin).directory(Mentions::default()).await.expect("the names");
        let item = Item::read(ItemKind::Field, key.id, &field(slug, of, options), &names).expect("a field");
        let users = users(town.tries(town.admin, Deed::SetItem(Box::new(item))).await);
        users.map(|users| (users.option.unwrap_or_default(), users.items.len(), users.holders))
    };
    let one = |tickets, people, organizations| Holders { tickets, people, organizations, agents: 0 };
    assert_eq!(keep(0, &["x100", "old"]).await, Some(("FX9".into(), 0, one(1, 0, 0))));
    assert_eq!(keep(1, &["x100", "old"]).await, Some(("FX9".into(), 0, one(0, 1, 0))));
    assert_eq!(keep(2, &["x100", "old"]).await, Some(("FX9".into(), 0, one(0, 0, 1))));
    assert_eq!(keep(0, &["fx9"]).await, Some(("X100".into(), 1, NOBODY)), "the view names it");
    for at in 0..3 {
        assert_eq!(keep(at, &["x100", "fx9", "new"]).await, None, "nobody has it");
    }
    town.does(town.admin, Deed::DeleteItem(view)).await;
    let empty = [(FieldId(made[0].2.id), String::new())].into();
    town.change(id, Change { fields: empty, ..Change::default() }).await;
    assert_eq!(keep(0, &["new"]).await, None);
}
