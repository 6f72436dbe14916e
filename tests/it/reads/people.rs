//! People are found by the store's indexes as by the rules in memory (D18, R102-R105).

use super::world::{self, ADMIN, act};
use crate::support::{dirs, pg};
use guichet::domain::act::{Deed, NewOrganization, PersonChange};
use guichet::domain::audience::Viewer;
use guichet::domain::id::{OrganizationId, PersonId};
use guichet::domain::person::{Person, Role};
use guichet::domain::suggest::Typed;
use guichet::store::Store;

const PEOPLE: [(&str, &str, Option<&str>); 7] = [
    ("Ana Ruiz", "ana@gare.example", Some("+33 6 12 34 56 78")),
    ("José-María Ñandú", "jm.nandu@mail.acme.org", Some("0033 (0)1 99 88")),
    ("Élodie Straße", "elodie_s@100%.example", None),
    ("Li", "li@x.example", Some("612")),
    ("Zoé Dépôt", "zoe@acme.example", None),
    ("O'Brien", "ob@sub.gare.example", Some("06 12 34 56 79")),
    ("Marc Öni", "marc@ops.example", None),
];

const TYPED: [&str; 24] = [
    "a", "an", "ANA", "jose", "maria na", "nandu", "gare", "acme", "cme.o", "@acme", "@gare", "ana@", "elodie_", "0%",
    "lodie", "612", "06 12", "+33 6", "0033 1", "st", "dep", "dep zo", "zz", "o'b",
];

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_suggests_whom_the_rules_suggest() {
    let folder = dirs::temp();
    let store = world::founded(&format!("sqlite:{}", folder.path().join("store.db").display())).await;
    suggests(&store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_suggests_whom_the_rules_suggest() {
    let database = pg::Database::create();
    let store = world::founded(&database.url()).await;
    suggests(&store).await;
    store.close().await;
}

async fn suggests(store: &Store) {
    let admin = Viewer::admin(ADMIN);
    let mut organizations: Vec<(OrganizationId, &str)> = Vec::new();
    for name in ["Dépôt de la Gare", "Straße AG"] {
        let new =
            NewOrganization { name: name.into(), domains: Vec::new(), shared_tickets: false, shared_comments: false };
        let made = act(store, ADMIN, Deed::CreateOrganization(new)).await;
        organizations.push((made.organization.expect("a new organization"), name));
    }
    let mut ids: Vec<PersonId> = vec![ADMIN];
    for (at, (name, email, phone)) in PEOPLE.iter().enumerate() {
        let role = if at == 6 { Role::Agent } else { Role::EndUser };
        let organization = (at % 3 < 2).then(|| organizations[at % 2].0).filter(|_| role == Role::EndUser);
        let id = world::person(store, name, email, role, organization).await;
        let change = PersonChange { phone: phone.map(|phone| Some(phone.into())), ..PersonChange::default() };
        if phone.is_some() {
            act(store, ADMIN, Deed::UpdatePerson { person: id, change }).await;
        }
        ids.push(id);
    }
    let renamed = PersonChange { name: Some("Ana Maria Ruiz".into()), ..PersonChange::default() };
    act(store, ADMIN, Deed::UpdatePerson { person: ids[1], change: renamed }).await;
    let everybody = store.people_by_ids(&admin, &ids).await.expect("people");
    for text in TYPED {
        for staff_only in [false, true] {
            let fits = |one: &&Person| {
                let name = organizations.iter().find(|(id, _)| one.organization == Some(*id)).map(|(_, name)| *name);
                Typed::parse(text).is_some_and(|typed| typed.finds(one, name)) && (!staff_only || one.role.is_staff())
            };
            let mut expected: Vec<PersonId> = everybody.iter().filter(fits).map(|one| one.id).collect();
            let found = store.suggest(&admin, text, staff_only, 50).await.expect("suggestions");
            let mut found: Vec<PersonId> = found.iter().map(|one| one.id).collect();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "{text}");
        }
    }
    others(store, &everybody, &ids).await;
}

/// End users find only themselves, in every way of asking.
async fn others(store: &Store, everybody: &[Person], ids: &[PersonId]) {
    let admin = Viewer::admin(ADMIN);
    let user = everybody.iter().find(|one| one.role == Role::EndUser).expect("an end user");
    let viewer = Viewer::of(user, true);
    let only = |found: Vec<Person>| assert!(found.iter().all(|one| one.id == user.id), "{found:?}");
    for text in TYPED {
        only(store.suggest(&viewer, text, false, 50).await.expect("suggestions"));
    }
    only(store.people_by_ids(&viewer, ids).await.expect("people"));
    only(store.people_of_role(&viewer, None, None, 50).await.expect("people").0);
    for one in everybody {
        only(store.person_by_address(&viewer, one.email.as_ref().expect("an address")).await.expect("people"));
    }
    let organizations = store.organizations(&viewer, "", None, 50).await.expect("organizations");
    assert!(organizations.iter().all(|one| Some(one.id) == user.organization));
    let found = store.organizations(&admin, "gare dep", None, 50).await.expect("organizations");
    assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Dépôt de la Gare"]);
    let mut names = Vec::new();
    let mut after = None;
    loop {
        let (people, more) = store.people_of_role(&admin, Some(Role::EndUser), after, 2).await.expect("people");
        after = people.last().map(|one| one.id);
        names.extend(people.into_iter().map(|one| one.name.to_lowercase()));
        if !more {
            break;
        }
    }
    assert_eq!(names.len(), 6);
    assert!(names.is_sorted(), "{names:?}");
}
