//! People, organizations and groups: who may make and change whom.

use crate::support::world::*;
use guichet::domain::act::{Deed, NewOrganization, NewPerson, OrganizationChange, OrganizationRef, PersonChange};
use guichet::domain::id::{GroupId, OrganizationId, PersonId};
use guichet::domain::person::{EmailAddress, Role};
use guichet::domain::refusal::{Field, Refusal, Thing};

fn new(role: Role) -> NewPerson {
    NewPerson {
        name: "Jo".to_owned(),
        email: Some(email("jo@shop.example")),
        phone: None,
        role,
        organization: None,
        groups: Vec::new(),
        language: None,
        external_id: None,
    }
}

fn make(role: Role) -> Deed {
    Deed::CreatePerson(new(role))
}

fn edit(person: PersonId, change: PersonChange) -> Deed {
    Deed::UpdatePerson { person, change }
}

fn none() -> PersonChange {
    PersonChange::default()
}

fn needs(role: Role) -> Result<&'static str, Refusal> {
    Err(Refusal::Role { needs: role })
}

/// R107: agents make end users, admins make anybody, end users nobody.
#[test]
fn agents_make_end_users_and_admins_make_anybody() {
    check([
        row("R107", World::new(), MARC, make(Role::EndUser), Ok("account: person 101 as end-user")),
        row("an agent no agent", World::new(), MARC, make(Role::Agent), needs(Role::Admin)),
        row("an agent no admin", World::new(), MARC, make(Role::Admin), needs(Role::Admin)),
        row("an admin", World::new(), ANA, make(Role::Agent), Ok("account: person 101 as agent")),
        row("an admin", World::new(), ANA, make(Role::Admin), Ok("account: person 101 as admin")),
        row("an end user", World::new(), LEA, make(Role::EndUser), needs(Role::Agent)),
        row("an end user", World::new(), LEA, make(Role::Admin), needs(Role::Admin)),
    ]);
    let mut world = World::new();
    world.act(MARC, &make(Role::EndUser)).unwrap();
    let made = &world.people[&PersonId(101)];
    assert_eq!((made.organization, made.suspended), (Some(SHOP), false), "by mail domain");
}

#[test]
fn a_person_is_well_formed() {
    let with = |change: fn(&mut NewPerson)| {
        let mut person = new(Role::EndUser);
        change(&mut person);
        Deed::CreatePerson(person)
    };
    let long = |field, max| Err(Refusal::TooLong { field, max });
    check([
        row("a name", World::new(), MARC, with(|p| p.name = " ".into()), Err(Refusal::Empty(Field::Name))),
        row("not too long", World::new(), MARC, with(|p| p.name = "x".repeat(255)), long(Field::Name, 254)),
        row("a phone", World::new(), MARC, with(|p| p.phone = Some("1".repeat(256))), long(Field::Phone, 255)),
        row(
            "an address of their own",
            World::new(),
            MARC,
            with(|p| p.email = Some(email("Lea@Mail.example"))),
            Err(Refusal::AddressTaken),
        ),
        row(
            "an end user in a group",
            World::new(),
            MARC,
            with(|p| p.groups = vec![OPS]),
            Err(Refusal::NotAnAgent(Field::Group)),
        ),
        row("without address", World::new(), MARC, with(|p| p.email = None), Ok("account: person 101 as end-user")),
        row(
            "a known organization",
            World::new(),
            MARC,
            with(|p| p.organization = Some(OrganizationRef::Name("bike".into()))),
            Ok("account: person 101 as end-user"),
        ),
        row(
            "a new one",
            World::new(),
            MARC,
            with(|p| p.organization = Some(OrganizationRef::Name("Kiosk".into()))),
            Ok("account: organization 3; account: person 101 as end-user"),
        ),
        row(
            "no such",
            World::new(),
            MARC,
            with(|p| p.organization = Some(OrganizationRef::Id(OrganizationId(9)))),
            Err(Refusal::NotFound(Thing::Organization)),
        ),
    ]);
    let mut world = World::new();
    let deed = with(|p| (p.phone, p.language) = (Some(" +33 1\0 ".into()), Some(" ".into())));
    world.act(MARC, &deed).unwrap();
    let made = &world.people[&PersonId(101)];
    assert_eq!((made.phone.as_deref(), made.groups.len(), made.language.as_deref()), (Some("+33 1\u{2400}"), 0, None));
    let agent = NewPerson { groups: vec![OPS, FIELD, OPS], ..new(Role::Agent) };
    let mut world = World::new();
    world.act(ANA, &Deed::CreatePerson(agent.clone())).unwrap();
    assert_eq!(world.people[&PersonId(101)].groups, [OPS, FIELD]);
    let unknown = NewPerson { groups: vec![GroupId(9)], ..agent };
    check([row("no such group", World::new(), ANA, Deed::CreatePerson(unknown), Err(Refusal::NotFound(Thing::Group)))]);
}

/// Everybody changes their own name, phone and language; agents change end users; admins change everybody.
#[test]
fn who_may_change_whom() {
    let renamed = |id| edit(id, PersonChange { name: Some("New".into()), ..none() });
    let address = |id| edit(id, PersonChange { email: Some(Some(email("new@x.example"))), ..none() });
    let suspend = |id| edit(id, PersonChange { suspended: Some(true), ..none() });
    let promote = |id| edit(id, PersonChange { role: Some(Role::Agent), ..none() });
    let groups = |id| edit(id, PersonChange { groups: Some(vec![FIELD]), ..none() });
    let missing = || Err(Refusal::NotFound(Thing::Person));
    check(vec![
        row("own name", World::new(), LEA, renamed(LEA), Ok("account: person Lea: name")),
        row("own address", World::new(), LEA, address(LEA), needs(Role::Agent)),
        row("own role", World::new(), LEA, promote(LEA), needs(Role::Agent)),
        row("a colleague", World::new(), LEA, renamed(TOM), missing()),
        row("nobody, told the same", World::new(), LEA, renamed(NOBODY), missing()),
        row("agents: end users", World::new(), MARC, renamed(LEA), Ok("account: person Lea: name")),
        row("agents: end users", World::new(), MARC, address(LEA), Ok("account: person Lea: email")),
        row("agents: end users", World::new(), MARC, suspend(LEA), Ok("account: person Lea: suspended")),
        row("agents make no agents", World::new(), MARC, promote(LEA), needs(Role::Admin)),
        row("agents: themselves", World::new(), MARC, address(MARC), Ok("account: person Marc: email")),
        row("agents: own groups", World::new(), MARC, groups(MARC), needs(Role::Admin)),
        row("agents: not each other", World::new(), MARC, renamed(INES), needs(Role::Admin)),
        row("agents: not admins", World::new(), MARC, suspend(ANA), needs(Role::Admin)),
        row("agents: nobody", World::new(), MARC, renamed(NOBODY), missing()),
        row("admins", World::new(), ANA, promote(LEA), Ok("account: person Lea: role")),
        row("admins", World::new(), ANA, groups(MARC), Ok("account: person Marc: group")),
        row("admins", World::new(), ANA, suspend(MARC), Ok("account: person Marc: suspended")),
        row("no change", World::new(), ANA, edit(LEA, none()), Ok("")),
        row(
            "an address is one's own",
            World::new(),
            ANA,
            edit(LEA, PersonChange { email: Some(Some(email("TOM@mail.example"))), ..none() }),
            Err(Refusal::AddressTaken),
        ),
        row(
            "one's own in capitals",
            World::new(),
            ANA,
            edit(LEA, PersonChange { email: Some(Some(email("LEA@mail.example"))), ..none() }),
            Ok("account: person Lea: email"),
        ),
    ]);
}

/// The account keeps an admin who can sign in, and nobody takes away their own rights by accident.
#[test]
fn the_last_admin_stays() {
    let loses = [
        PersonChange { suspended: Some(true), ..none() },
        PersonChange { role: Some(Role::Agent), ..none() },
        PersonChange { role: Some(Role::EndUser), ..none() },
    ];
    let second = |world: &mut World| world.people.get_mut(&INES).unwrap().role = Role::Admin;
    let gone = |world: &mut World| world.people.get_mut(&EVE).unwrap().role = Role::Admin;
    for change in loses {
        check([
            row("the last", World::new(), ANA, edit(ANA, change.clone()), Err(Refusal::LastAdmin)),
            row(
                "a suspended one is none",
                World::new().but(gone),
                ANA,
                edit(ANA, change.clone()),
                Err(Refusal::LastAdmin),
            ),
            row("oneself", World::new().but(second), ANA, edit(ANA, change.clone()), Err(Refusal::OwnRole)),
        ]);
        assert!(
            World::new().but(second).decide(INES, guichet::domain::comment::Channel::Web, &edit(ANA, change)).is_ok()
        );
    }
    let mut world = World::new();
    world.act(ANA, &edit(MARC, PersonChange { role: Some(Role::EndUser), ..none() })).unwrap();
    assert!(world.people[&MARC].groups.is_empty(), "an end user is in no group");
}

#[test]
fn a_suspended_person_does_nothing() {
    for who in [SAM, EVE] {
        let mut deeds = vec![make(Role::EndUser), create(new_request()), create(new_ticket(LEA)), edit(who, none())];
        deeds.extend(every_deed(T, T));
        let world = a_ticket().of(SAM).world();
        for deed in deeds {
            assert_eq!(world.decide(who, guichet::domain::comment::Channel::Web, &deed), Err(Refusal::Suspended));
        }
    }
}

#[test]
fn organizations_and_groups_have_names_of_their_own() {
    let organization = |name: &str| {
        let domains = vec![" @Kiosk.Example".to_owned(), "kiosk.example".to_owned(), String::new()];
        Deed::CreateOrganization(NewOrganization {
            name: name.into(),
            domains,
            shared_tickets: true,
            shared_comments: false,
        })
    };
    let change = |change| Deed::UpdateOrganization { organization: SHOP, change };
    let none = OrganizationChange::default;
    let group = |name: &str| Deed::CreateGroup { name: name.into() };
    let rename = |group, name: &str| Deed::RenameGroup { group, name: name.into() };
    let taken = |field| Err(Refusal::NameTaken(field));
    check([
        row("new", World::new(), MARC, organization("Kiosk"), Ok("account: organization 3")),
        row("not by end users", World::new(), LEA, organization("Kiosk"), needs(Role::Agent)),
        row("a name of its own", World::new(), MARC, organization(" shop "), taken(Field::Organization)),
        row("a name", World::new(), MARC, organization(""), Err(Refusal::Empty(Field::Name))),
        row(
            "R166 shared",
            World::new(),
            MARC,
            change(OrganizationChange { shared_comments: Some(true), ..none() }),
            Ok("account: organization 1: shared-comments"),
        ),
        row(
            "R166 not shared",
            World::new(),
            MARC,
            change(OrganizationChange { shared_tickets: Some(false), ..none() }),
            Ok("account: organization 1: shared-tickets"),
        ),
        row(
            "its own name",
            World::new(),
            MARC,
            change(OrganizationChange { name: Some("Shop".into()), ..none() }),
            Ok(""),
        ),
        row(
            "another's",
            World::new(),
            MARC,
            change(OrganizationChange { name: Some("BIKE".into()), ..none() }),
            taken(Field::Organization),
        ),
        row("no members' business", World::new(), LEA, change(none()), needs(Role::Agent)),
        row("a group", World::new(), ANA, group("Night"), Ok("account: group 3")),
        row("admins' business", World::new(), MARC, group("Night"), needs(Role::Admin)),
        row("admins' business", World::new(), MARC, rename(OPS, "Night"), needs(Role::Admin)),
        row("a name of its own", World::new(), ANA, group("OPS"), taken(Field::Group)),
        row("renamed", World::new(), ANA, rename(OPS, "Operations"), Ok("account: group 1: name")),
        row("its own name", World::new(), ANA, rename(OPS, "Ops"), Ok("")),
        row("another's", World::new(), ANA, rename(OPS, "field"), taken(Field::Group)),
        row("no such", World::new(), ANA, rename(GroupId(9), "x"), Err(Refusal::NotFound(Thing::Group))),
    ]);
    let mut world = World::new();
    world.act(MARC, &organization("Kiosk")).unwrap();
    assert_eq!(world.organizations[&OrganizationId(3)].domains, ["kiosk.example"]);
}

#[test]
fn an_address_is_one_or_is_refused() {
    for good in ["a@b", " lea@shop.example ", "x+y@é.example", "UPPER@CASE.EXAMPLE"] {
        assert!(EmailAddress::parse(good).is_ok(), "{good}");
    }
    let long = format!("{}@x.example", "a".repeat(65));
    for bad in
        ["", "a", "@", "a@", "@b", "a@@b", "a b@c", "a@b..c", "a@.b", "a@b-", "a\u{7}@b", "<a@b>", "a@b\nc@d", &long]
    {
        assert!(EmailAddress::parse(bad).is_err(), "{bad:?}");
    }
}
