//! There is always somebody who can sign in and run the account: no route leads around it.

use crate::support::world::*;
use guichet::domain::act::{Deed, NewPerson, PersonChange, Setting};
use guichet::domain::comment::Channel;
use guichet::domain::id::PersonId;
use guichet::domain::life::{PeopleSetting, PersonDeed, SignUp};
use guichet::domain::person::{Away, Person, Restriction, Role, Standing};
use guichet::domain::refusal::{Field, Refusal};
use guichet::domain::secret::{Digest, PasswordHash};
use guichet::domain::time::Span;

fn with(change: PersonChange) -> Deed {
    Deed::UpdatePerson { person: ANA, change }
}

fn none() -> PersonChange {
    PersonChange::default()
}

fn hash() -> PasswordHash {
    PasswordHash("$argon2id$…".to_owned())
}

/// Everything that could take the account from its admin.
fn routes() -> Vec<Deed> {
    let with_her_address = NewPerson {
        name: "Ana".to_owned(),
        email: Some(email("ana@acme.example")),
        phone: None,
        role: Role::EndUser,
        organization: None,
        groups: Vec::new(),
        language: None,
        external_id: None,
    };
    let settings = [
        PeopleSetting::SignUp(SignUp::Closed),
        PeopleSetting::SignUp(SignUp::Approval),
        PeopleSetting::LinkExpires(Span::minutes(5)),
        PeopleSetting::RetentionDays(Some(1)),
    ];
    let mut routes: Vec<Deed> = settings.into_iter().map(|one| Deed::Set(Setting::People(one))).collect();
    routes.extend([
        with(PersonChange { role: Some(Role::Agent), ..none() }),
        with(PersonChange { role: Some(Role::EndUser), ..none() }),
        with(PersonChange { role: Some(Role::Admin), suspended: Some(true), ..none() }),
        with(PersonChange { suspended: Some(true), ..none() }),
        with(PersonChange { email: Some(None), ..none() }),
        with(PersonChange { restriction: Some(Restriction::Assigned), ..none() }),
        with(PersonChange { groups: Some(Vec::new()), ..none() }),
        with(PersonChange { organization: Some(None), ..none() }),
        with(PersonChange { away: Some(Some(Away { until: None })), ..none() }),
        Deed::UpdatePerson { person: LEA, change: PersonChange { email: Some(her_address()), ..none() } },
        Deed::CreatePerson(with_her_address.clone()),
        Deed::ImportPerson(with_her_address),
        Deed::DeleteGroup { group: OPS },
    ]);
    let digest = Digest::of_address(&email("ana@acme.example"));
    let whole = [
        PersonDeed::Delete(ANA),
        PersonDeed::Erase { person: ANA, texts: false },
        PersonDeed::Erase { person: ANA, texts: true },
        PersonDeed::Merge { source: ANA, target: LEA },
        PersonDeed::Merge { source: ANA, target: MARC },
        PersonDeed::Merge { source: LEA, target: ANA },
        PersonDeed::Approve(ANA),
        PersonDeed::Settle { ticket: T, person: ANA },
        PersonDeed::Forget { ticket: T, whose: Some(ANA) },
        PersonDeed::AskAccess { name: Some("Ana".to_owned()), email: email("ana@acme.example") },
        PersonDeed::MakeLink { person: ANA, link: digest },
        PersonDeed::UseLink { link: digest, password: hash() },
        PersonDeed::SetPassword { person: ANA, password: hash() },
        PersonDeed::AddToken { person: ANA, token: digest },
        PersonDeed::RevokeToken { person: ANA, name: digest.name() },
    ];
    routes.extend(whole.into_iter().map(Deed::Person));
    routes
}

fn her_address() -> Option<guichet::domain::person::EmailAddress> {
    World::new().people[&ANA].email.clone()
}

fn there_is_one(world: &World) -> bool {
    world.people.values().any(Person::runs_the_account)
}

/// By whomever, the account itself too, one after the other.
#[test]
fn no_route_takes_the_account_from_its_last_admin() {
    for who in EVERYBODY {
        for route in routes() {
            let mut world = a_ticket().assigned(ANA).world();
            let did = world.act(who, &route);
            assert!(there_is_one(&world), "{who:?} {route:?}: {did:?}");
            let her = &world.people[&ANA];
            assert_eq!((her.role, her.restriction), (Role::Admin, Restriction::None), "{who:?} {route:?}");
        }
    }
    let mut world = a_ticket().assigned(ANA).world();
    for route in routes() {
        if let Deed::Person(deed) = route {
            let did = world.by_itself(deed.clone());
            assert!(there_is_one(&world), "{deed:?}: {did:?}");
        }
    }
}

#[test]
fn whoever_tries_is_told_why() {
    let last = || Err(Refusal::LastAdmin);
    let lose = |person, change| Deed::UpdatePerson { person, change };
    check([
        row("role", World::new(), ANA, with(PersonChange { role: Some(Role::Agent), ..none() }), last()),
        row("suspended", World::new(), ANA, with(PersonChange { suspended: Some(true), ..none() }), last()),
        row("address", World::new(), ANA, with(PersonChange { email: Some(None), ..none() }), last()),
        row("deleted", World::new(), ANA, Deed::Person(PersonDeed::Delete(ANA)), last()),
        row("erased", World::new(), ANA, Deed::Person(PersonDeed::Erase { person: ANA, texts: false }), last()),
        row(
            "merged",
            World::new(),
            ANA,
            Deed::Person(PersonDeed::Merge { source: ANA, target: LEA }),
            Err(Refusal::StaffStays),
        ),
        row(
            "restricted",
            World::new(),
            ANA,
            with(PersonChange { restriction: Some(Restriction::Groups), ..none() }),
            Err(Refusal::NotAnAgent(Field::Restriction)),
        ),
    ]);
    // Others who cannot come in, or in whose place nobody could, do not count.
    let second = |change: fn(&mut Person)| {
        World::new().but(|world| {
            let ines = world.people.get_mut(&INES).unwrap();
            ines.role = Role::Admin;
            change(ines);
        })
    };
    let demote = |id: PersonId| lose(id, PersonChange { role: Some(Role::Agent), ..none() });
    for shut_out in [
        second(|one| one.suspended = true),
        second(|one| one.email = None),
        second(|one| one.standing = Standing::Pending),
        second(|one| one.standing = Standing::Unapproved),
        second(|one| one.standing = Standing::Deleted),
    ] {
        assert_eq!(shut_out.decide(ANA, Channel::Web, &demote(ANA)).err(), Some(Refusal::LastAdmin));
    }
    let mut two = second(|_| {});
    assert_eq!(two.decide(ANA, Channel::Web, &demote(ANA)).err(), Some(Refusal::OwnRole), "another does it");
    two.act(INES, &demote(ANA)).unwrap();
    assert_eq!(two.act(INES, &demote(INES)), Err(Refusal::LastAdmin));
}
