use crate::support::town::Town;
use guichet::client::Error;
use guichet::domain::act::Deed;
use guichet::domain::id::{GroupId, PersonId};
use guichet::domain::refusal::Refusal;
use guichet::domain::rule::Owner;
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
