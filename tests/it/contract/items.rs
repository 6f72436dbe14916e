use crate::support::town::Town;
use guichet::client::Error;
use guichet::domain::act::{Change, Deed, PersonChange, Setting};
use guichet::domain::id::{GroupId, PersonId};
use guichet::domain::person::Restriction;
use guichet::domain::refusal::{Refusal, Users};
use guichet::domain::rule::Owner;
use guichet::domain::search::Query;
use guichet::domain::setup::{Directory, Document, Item, ItemKind, Lookup, Mentions, Refers};

fn macro_of(title: &str, owner: &str, actions: &[&str], names: &Directory) -> Item {
    let document = Document::default().with("title", title).with("owner", owner).with("actions", actions.to_vec());
    Item::read(ItemKind::Macro, 0, &document, names).expect("a macro")
}

async fn names(town: &Town, person: PersonId, wanted: &[(Refers, &str)]) -> Directory {
    let names = wanted.iter().map(|(what, name)| (*what, (*name).to_owned())).collect();
    let mentions = Mentions { names, ..Mentions::default() };
    town.as_(person).directory(mentions).await.expect("the names")
}

/// Agents get what they work with, admins everything, end users nothing.
pub async fn the_set_up_is_for_those_who_work_with_it(town: &Town) {
    let directory = names(town, town.admin, &[(Refers::Person, "lina@velo.example")]).await;
    for (title, owner) in [("All", "account"), ("Ops", "group: Support Ops"), ("Lina's", "person: lina@velo.example")] {
        let item = macro_of(title, owner, &["status: pending"], &directory);
        town.does(town.admin, Deed::SetItem(Box::new(item))).await;
    }
    let titles = async |person| -> Vec<String> {
        let items = town.as_(person).items(ItemKind::Macro).await.expect("macros");
        items.iter().map(|item| item.name().to_owned()).collect()
    };
    assert_eq!(titles(town.admin).await, ["All", "Ops", "Lina's"]);
    assert_eq!(titles(town.agent).await, ["All", "Ops"]);
    assert_eq!(titles(town.other_agent).await, ["All", "Ops", "Lina's"]);
    for kind in ItemKind::ALL {
        let may = |answer: Result<Vec<Item>, Error>| answer.map(|_| ());
        assert_eq!(may(town.as_(town.admin).items(kind).await), Ok(()));
        assert_eq!(may(town.as_(town.ana).items(kind).await), Err(Error::Denied), "{kind:?}");
        let rules = [ItemKind::Trigger, ItemKind::Automation, ItemKind::Text, ItemKind::Webhook].contains(&kind);
        let expected = if rules { Err(Error::Denied) } else { Ok(()) };
        assert_eq!(may(town.as_(town.agent).items(kind).await), expected, "{kind:?}");
    }
}

/// What documents name is found, as far as the one who asks may find it.
pub async fn names_in_documents_are_found_and_written(town: &Town) {
    let wanted = [(Refers::Person, "ANA@gare.example"), (Refers::Organization, "gare du nord")];
    let directory = names(town, town.agent, &wanted).await;
    assert_eq!(directory.id(Refers::Person, "ana@gare.example"), Some(town.ana.0));
    assert_eq!(directory.id(Refers::Organization, "Gare du Nord"), Some(town.station.0));
    assert_eq!(directory.id(Refers::Group, "support ops"), Some(GroupId(1).0));
    assert_eq!(directory.id(Refers::Person, "ben@gare.example"), None, "nobody mentioned them");
    let item = macro_of("Hand over", "account", &["group: Support Ops", "add cc: ana@gare.example"], &directory);
    let again = town.as_(town.agent).directory(Mentions::of_item(&item)).await.expect("the names");
    assert_eq!(again.name(Refers::Person, town.ana.0).as_deref(), Some("ana@gare.example"));
    assert_eq!(item.document(&again), item.document(&directory));
    assert_eq!(town.as_(town.ana).directory(Mentions::default()).await.map(|_| ()), Err(Error::Denied));
}

/// A check says what an act would be told, and does nothing.
pub async fn a_check_answers_as_the_act_would_and_does_nothing(town: &Town) {
    let directory = Directory::default();
    let deed = |title: &str| Deed::SetItem(Box::new(macro_of(title, "account", &["status: open"], &directory)));
    assert_eq!(town.as_(town.admin).check(deed("One")).await, Ok(()));
    assert_eq!(town.as_(town.admin).items(ItemKind::Macro).await, Ok(Vec::new()));
    town.does(town.admin, deed("One")).await;
    let taken = town.as_(town.admin).check(deed("ONE")).await;
    assert!(matches!(taken, Err(Error::Refused(Refusal::NameTaken(_)))), "{taken:?}");
    assert_eq!(town.tries(town.admin, deed("ONE")).await.map(|_| ()), taken);
    for person in [town.agent, town.ana] {
        assert!(matches!(town.as_(person).check(deed("Two")).await, Err(Error::Refused(Refusal::Role { .. }))));
    }
    let own = macro_of("Mine", &format!("person: #{}", town.agent), &["status: open"], &directory);
    assert_eq!(own.owner(), Owner::Person(town.agent));
    assert_eq!(town.as_(town.agent).check(Deed::SetItem(Box::new(own))).await, Ok(()));
}

fn used(answer: Result<guichet::client::Receipt, Error>) -> Users {
    match answer {
        Err(Error::Refused(Refusal::InUse(users))) => *users,
        other => panic!("{other:?}"),
    }
}

pub async fn a_group_is_deleted_once_nothing_uses_it(town: &Town) {
    let night = town.does(town.admin, Deed::CreateGroup { name: "Night".into() }).await.outcome.group.expect("a group");
    let delete = || Deed::DeleteGroup { group: night };
    let refused = town.tries(town.agent, delete()).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::Role { .. }))));
    let directory = names(town, town.admin, &[]).await;
    let item = macro_of("To the night", "account", &["group: Night"], &directory);
    let made = town.does(town.admin, Deed::SetItem(Box::new(item))).await.outcome.item.expect("a macro");
    town.does(town.admin, Deed::Set(Setting::DefaultGroup(Some(night)))).await;
    let groups = PersonChange { groups: Some(vec![GroupId(1), night]), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.agent, change: groups }).await;
    let ticket = town.ticket(town.ana, "Printer", "a").await;
    let users = used(town.tries(town.admin, delete()).await);
    assert_eq!(users.items, [(ItemKind::Macro, "To the night".to_owned())]);
    assert_eq!(
        (users.settings.as_slice(), users.holders.agents, users.holders.tickets),
        (&["default_group"][..], 1, 1)
    );
    town.does(town.admin, Deed::DeleteItem(made)).await;
    town.does(town.admin, Deed::Set(Setting::DefaultGroup(Some(GroupId(1))))).await;
    let groups = PersonChange { groups: Some(vec![GroupId(1)]), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.agent, change: groups }).await;
    town.change(ticket, Change { group: Some(Some(GroupId(1))), ..Change::default() }).await;
    assert_eq!(town.does(town.admin, delete()).await.outcome.group, Some(night));
    let session = town.as_(town.admin).session().await.expect("a session");
    assert!(session.groups.iter().all(|group| group.id != night));
    assert_eq!(used(town.tries(town.admin, Deed::DeleteGroup { group: GroupId(1) }).await).holders.tickets, 1);
    let again = town.does(town.admin, Deed::CreateGroup { name: "Night".into() }).await.outcome.group;
    assert!(again.is_some_and(|id| id.0 > night.0), "{again:?}");
}

pub async fn a_number_of_something_deleted_is_never_used_again(town: &Town) {
    let deed =
        |title: &str| Deed::SetItem(Box::new(macro_of(title, "account", &["add tags: a"], &Directory::default())));
    let first = town.does(town.admin, deed("One")).await.outcome.item.expect("a macro");
    town.does(town.admin, Deed::DeleteItem(first)).await;
    let second = town.does(town.admin, deed("One")).await.outcome.item.expect("a macro");
    assert!(second.id > first.id, "{second:?}");
    assert_eq!(town.as_(town.admin).items(ItemKind::Macro).await.map(|items| items.len()), Ok(1));
    let of = async |kind| town.as_(town.admin).items(kind).await.expect("items");
    let subject = of(ItemKind::Field).await.first().map(Item::key).expect("a field");
    let refused = town.tries(town.admin, Deed::DeleteItem(subject)).await;
    assert_eq!(refused.map(|_| ()), Err(Error::Refused(Refusal::BuiltIn)));
}

pub async fn what_a_rule_names_must_be_there(town: &Town) {
    for action in ["group: #77", "assignee: #77", "custom status: #77", "field #77: x", "kind: #77"] {
        let item = macro_of("Gone", "account", &[action], &Directory::default());
        let refused = town.tries(town.admin, Deed::SetItem(Box::new(item))).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotFound(_)))), "{action}: {refused:?}");
    }
}

/// What a rule would match is counted and shown, of what the one who asks may see.
pub async fn a_condition_is_tried_on_the_tickets(town: &Town) {
    for subject in ["Printer", "Tablet"] {
        town.ticket(town.ana, subject, "a").await;
    }
    let when = || Query::parse("status<solved tablet").expect("a query").condition();
    let (count, page) = town.as_(town.agent).matching(when(), 10).await.expect("an answer");
    assert_eq!((count.value, count.or_more, page.rows.len()), (1, false, 1));
    assert_eq!(page.rows[0].subject, "Tablet");
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    let (count, page) = town.as_(town.other_agent).matching(when(), 10).await.expect("an answer");
    assert_eq!((count.value, page.rows.len()), (0, 0), "R109");
    assert_eq!(town.as_(town.ana).matching(when(), 10).await.map(|_| ()), Err(Error::Denied));
}
