//! How people come in and prove who they are (R154, R155).

use crate::support::world::*;
use guichet::domain::act::{Deed, PersonChange, Setting};
use guichet::domain::comment::Channel;
use guichet::domain::id::PersonId;
use guichet::domain::life::{AccessBounds, PeopleSetting, PersonDeed, SignUp};
use guichet::domain::person::{Role, Standing};
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::secret::{Digest, PasswordHash, Secret, check_password};
use guichet::domain::time::Span;

const NEW: PersonId = PersonId(101);

fn ask(name: Option<&str>, address: &str) -> PersonDeed {
    PersonDeed::AskAccess { name: name.map(str::to_owned), email: email(address) }
}

fn digest(text: &str) -> Digest {
    Secret::new(text).digest()
}

fn hash() -> PasswordHash {
    PasswordHash("$argon2id$…".to_owned())
}

fn use_link(text: &str) -> PersonDeed {
    PersonDeed::UseLink { link: digest(text), password: hash() }
}

fn policy(who: SignUp) -> World {
    World::new().but(|world| world.settings.people.sign_up = who)
}

/// R154, R155: from asking to submitting; before the password nothing can be submitted.
#[test]
fn access_is_asked_for_without_an_account_and_a_password_opens_it() {
    let mut world = World::new();
    assert_eq!(told(&world.by_itself(ask(Some("Jo"), "jo@shop.example")).unwrap()), "account: person 101 as end-user");
    let jo = &world.people[&NEW];
    assert_eq!((jo.role, jo.standing, jo.organization), (Role::EndUser, Standing::Pending, Some(SHOP)));
    assert_eq!(world.access.asked.last().unwrap().1, Some(NEW), "a link waits to be sent");
    let submits = create(new_request());
    assert_eq!(world.decide(NEW, Channel::Web, &submits), Err(Refusal::NoAccess(Standing::Pending)), "R155");
    world.by_itself(PersonDeed::MakeLink { person: NEW, link: digest("abc") }).unwrap();
    assert_eq!(world.decide(NEW, Channel::Web, &submits), Err(Refusal::NoAccess(Standing::Pending)), "R155");
    assert_eq!(told(&world.by_itself(use_link("abc")).unwrap()), "account: person 101: standing password");
    assert!(world.decide(NEW, Channel::Web, &submits).is_ok());
    assert_eq!(world.by_itself(use_link("abc")), Err(Refusal::BadLink), "R155: once");
}

/// R155: one second before and at its end.
#[test]
pub fn a_link_expires() {
    let world = World::new().but(|world| {
        world.by_itself(PersonDeed::MakeLink { person: LEA, link: digest("abc") }).unwrap();
    });
    let day = Span::hours(24);
    assert!(world.clone().after(Span(day.0 - 1000)).by_itself(use_link("abc")).is_ok());
    assert_eq!(world.clone().after(day).by_itself(use_link("abc")), Err(Refusal::BadLink));
    for wrong in ["", " ", "abd", "ab", "abcd", "%", "_", "*", "\0", "' OR 1=1"] {
        assert_eq!(world.clone().by_itself(use_link(wrong)), Err(Refusal::BadLink), "{wrong:?}");
    }
    let shorter = PeopleSetting::LinkExpires(Span::minutes(5));
    let mut world = World::new();
    world.act(ANA, &Deed::Set(Setting::People(shorter))).unwrap();
    world.by_itself(PersonDeed::MakeLink { person: LEA, link: digest("abc") }).unwrap();
    assert_eq!(world.after(Span::minutes(5)).by_itself(use_link("abc")), Err(Refusal::BadLink));
}

/// What is answered is the same whether an address is known or not: nothing but what waits to be sent tells.
#[test]
pub fn asking_does_not_tell_who_is_known() {
    for (who, waits) in [("lea@mail.example", Some(LEA)), ("sam@mail.example", None), ("nobody@mail.example", None)] {
        for name in [None, Some("Lea")] {
            let mut world = World::new();
            let decision = world.by_itself(ask(name, who)).unwrap();
            assert_eq!(decision.outcome, guichet::domain::decide::Outcome::default());
            let waits = if name.is_some() && who.starts_with("nobody") { Some(NEW) } else { waits };
            assert_eq!(world.access.asked.last().unwrap().1, waits, "{who}, {name:?}");
            assert_eq!(world.people.len(), EVERYBODY.len() + usize::from(waits == Some(NEW)));
        }
    }
    let gone = World::new().but(|world| {
        let lea = world.people.get_mut(&LEA).unwrap();
        lea.standing = Standing::Merged(TOM);
    });
    let mut world = gone;
    world.by_itself(ask(None, "lea@mail.example")).unwrap();
    assert_eq!(world.access.asked.last().unwrap().1, Some(TOM), "who was merged is the other");
}

#[test]
pub fn access_is_asked_for_so_often_and_no_more() {
    let mut world = World::new();
    for n in 0..AccessBounds::ADDRESS + 2 {
        world.by_itself(ask(None, "lea@mail.example")).unwrap();
        assert_eq!(world.access.asked.len(), (n + 1).min(AccessBounds::ADDRESS), "{n}");
    }
    world.by_itself(ask(None, "tom@mail.example")).unwrap();
    assert_eq!(world.access.asked.last().unwrap().1, Some(TOM), "another address");
    let mut later = world.clone().after(AccessBounds::WITHIN);
    later.by_itself(ask(None, "lea@mail.example")).unwrap();
    assert_eq!(later.access.asked.last().unwrap().1, Some(LEA), "an hour later");
    for n in world.access.asked.len()..AccessBounds::ALL {
        world.by_itself(ask(Some("X"), &format!("x{n}@far.example"))).unwrap();
    }
    for address in ["lea@mail.example", "y@far.example"] {
        assert_eq!(world.by_itself(ask(Some("Y"), address)), Err(Refusal::TooOften));
    }
}

#[test]
fn who_may_ask_is_the_accounts_to_say() {
    for address in ["jo@far.example", "lea@mail.example"] {
        assert_eq!(policy(SignUp::Closed).by_itself(ask(Some("Jo"), address)), Err(Refusal::SignUpClosed), "{address}");
        assert!(policy(SignUp::Closed).by_itself(ask(None, address)).is_ok(), "a forgotten password can be renewed");
    }
    let mut world = policy(SignUp::Approval);
    world.by_itself(ask(Some("Jo"), "jo@far.example")).unwrap();
    assert_eq!((world.people[&NEW].standing, world.access.asked[0].1), (Standing::Unapproved, None));
    let link = PersonDeed::MakeLink { person: NEW, link: digest("abc") };
    assert_eq!(world.by_itself(link.clone()), Err(Refusal::NotFound(Thing::Person)), "not before somebody said yes");
    let approve = Deed::Person(PersonDeed::Approve(NEW));
    assert_eq!(world.act(LEA, &approve), Err(Refusal::Role { needs: Role::Agent }));
    assert_eq!(told(&world.act(MARC, &approve).unwrap()), "account: person 101: standing");
    assert_eq!(world.access.asked.last().unwrap().1, Some(NEW), "now a link waits to be sent");
    assert_eq!(told(&world.act(MARC, &approve).unwrap()), "", "once");
    assert!(world.by_itself(link).is_ok());
}

/// Nobody but the account itself asks, or comes with a link: the command line and the server stand in for who is nobody.
#[test]
fn nobody_plays_a_visitor() {
    for who in [LEA, MARC, ANA] {
        for deed in [ask(Some("Jo"), "jo@far.example"), use_link("abc")] {
            let answer = World::new().decide(who, Channel::Web, &Deed::Person(deed));
            assert_eq!(answer, Err(Refusal::Role { needs: Role::Admin }));
        }
    }
}

#[test]
fn passwords_and_tokens_are_ones_own_or_an_admins_to_give() {
    let set = |person| Deed::Person(PersonDeed::SetPassword { person, password: hash() });
    let token = |person| Deed::Person(PersonDeed::AddToken { person, token: digest("t") });
    let link = |person| Deed::Person(PersonDeed::MakeLink { person, link: digest("l") });
    let missing = || Err(Refusal::NotFound(Thing::Person));
    let admins = || Err(Refusal::Role { needs: Role::Admin });
    check([
        row("own", World::new(), LEA, set(LEA), Ok("account: person Lea: password")),
        row("an admin", World::new(), ANA, set(LEA), Ok("account: person Lea: password")),
        row("not agents", World::new(), MARC, set(LEA), admins()),
        row("nor agents", World::new(), MARC, set(ANA), admins()),
        row("not end users", World::new(), LEA, set(TOM), missing()),
        row("nobody is told the same", World::new(), LEA, set(NOBODY), missing()),
        row("nobody", World::new(), ANA, set(NOBODY), missing()),
        row("the suspended", World::new(), ANA, set(SAM), Err(Refusal::NotWhileSuspended)),
        row("own", World::new(), MARC, token(MARC), Ok("account: token for Marc")),
        row("an admin", World::new(), ANA, token(MARC), Ok("account: token for Marc")),
        row("not agents", World::new(), MARC, token(ANA), admins()),
        row("not end users", World::new(), LEA, token(TOM), missing()),
        row("the suspended", World::new(), ANA, token(EVE), Err(Refusal::NotWhileSuspended)),
        row("an admin", World::new(), ANA, link(LEA), Ok("account: link for Lea")),
        row("not agents: they could become anybody", World::new(), MARC, link(LEA), admins()),
        row("not oneself", World::new(), LEA, link(LEA), admins()),
        row("the suspended", World::new(), ANA, link(SAM), Err(Refusal::NotWhileSuspended)),
    ]);
    let mut world = World::new();
    for n in 0..AccessBounds::TOKENS {
        let deed = PersonDeed::AddToken { person: MARC, token: digest(&n.to_string()) };
        world.act(MARC, &Deed::Person(deed)).unwrap();
    }
    let more = Err(Refusal::TooLong { field: Field::Token, max: AccessBounds::TOKENS as u64 });
    assert_eq!(world.act(MARC, &token(MARC)), more);
    let name = digest("0").name();
    let revoke = |person, name: &str| Deed::Person(PersonDeed::RevokeToken { person, name: name.to_owned() });
    assert_eq!(told(&world.act(MARC, &revoke(MARC, &name)).unwrap()), "account: token of Marc revoked");
    assert_eq!(world.act(MARC, &revoke(MARC, &name)), Err(Refusal::NotFound(Thing::Token)));
    assert_eq!(world.act(INES, &revoke(MARC, &digest("1").name())), Err(Refusal::Role { needs: Role::Admin }));
}

/// Who is suspended keeps no token and no link; the password waits for better days, but opens nothing.
#[test]
fn suspension_takes_tokens_and_links_at_once() {
    let mut world = World::new();
    world.act(LEA, &Deed::Person(PersonDeed::AddToken { person: LEA, token: digest("t") })).unwrap();
    world.act(LEA, &Deed::Person(PersonDeed::SetPassword { person: LEA, password: hash() })).unwrap();
    world.by_itself(PersonDeed::MakeLink { person: LEA, link: digest("l") }).unwrap();
    let suspended = |yes| PersonChange { suspended: Some(yes), ..PersonChange::default() };
    world.act(ANA, &Deed::UpdatePerson { person: LEA, change: suspended(true) }).unwrap();
    assert!(world.access.tokens.is_empty() && world.access.links.is_empty());
    assert!(world.access.passwords.contains_key(&LEA));
    assert_eq!(world.by_itself(use_link("l")), Err(Refusal::BadLink));
    world.act(ANA, &Deed::UpdatePerson { person: LEA, change: suspended(false) }).unwrap();
    assert!(world.access.tokens.is_empty(), "they do not come back");
}

#[test]
fn a_password_is_long_enough_and_not_too_long() {
    let check = |text: &str| check_password(&Secret::new(text));
    for good in ["correct horse", "0123456789", "äöüäöüßéèê", &"long ".repeat(200)] {
        assert_eq!(check(good), Ok(()), "{good}");
    }
    let short = Err(Refusal::TooShort { field: Field::Password, min: 10 });
    for bad in ["", "short", "123456789", "aaaaaaaaaaaaaaaa", "abababababababab"] {
        assert_eq!(check(bad), short, "{bad}");
    }
    assert_eq!(check(&"long ".repeat(205)), Err(Refusal::TooLong { field: Field::Password, max: 1024 }));
}

/// Nothing that is written for people to debug with shows a secret.
#[test]
pub fn a_secret_is_shown_to_nobody() {
    let deeds = [
        PersonDeed::SetPassword { person: LEA, password: PasswordHash("canary".into()) },
        PersonDeed::AddToken { person: LEA, token: Digest([99; 32]) },
        PersonDeed::UseLink { link: Digest([99; 32]), password: PasswordHash("canary".into()) },
    ];
    let shown = format!("{deeds:?} {:?}", Secret::new("canary"));
    assert!(!shown.contains("canary") && !shown.contains("99"), "{shown}");
}
