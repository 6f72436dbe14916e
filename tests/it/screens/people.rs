//! People, groups and organizations, and what can be done about somebody.

use super::stage::{MARC, Stage};
use crate::support::world::field;
use guichet::client::Error;
use guichet::domain::act::Deed;
use guichet::domain::field::{Field, FieldType, Holder};
use guichet::domain::id::{FieldId, GroupId, PersonId};
use guichet::domain::life::PersonDeed;
use guichet::domain::person::{PersonRef, Role};
use guichet::domain::refusal::Refusal;
use guichet::domain::setup::Item;
use guichet::tui::effect::Effect;
use insta::assert_snapshot;

const PHONE_MODEL: FieldId = FieldId(70);

fn deed(stage: &mut Stage) -> Deed {
    match stage.act() {
        Some(Effect::Act { deed, .. }) => *deed,
        other => panic!("no act: {other:?}\n{}", stage.screen()),
    }
}

/// With a field that people have.
fn stage(role: Role, width: u16, height: u16) -> Stage {
    let mut stage = Stage::of(role, width, height);
    let field = Field { of: Holder::Person, ..field(PHONE_MODEL, "phone-model", FieldType::Integer) };
    stage.items.push(Item::Field(field));
    stage.renew();
    stage
}

/// The page of somebody of the list: 0 is Marc, who works tickets; 2 the first of the crowd.
fn page(role: Role, at: usize, width: u16, height: u16) -> Stage {
    let mut stage = stage(role, width, height);
    stage.crowd = 3;
    stage.keys("g p");
    for _ in 0..at {
        stage.keys("j");
    }
    stage.keys("enter");
    stage
}

#[test]
fn people_and_their_pages_look_so() {
    for (name, width, height) in [("80x24", 80, 24), ("140x40", 140, 40)] {
        let mut list = stage(Role::Admin, width, height);
        list.crowd = 250;
        list.keys("g p");
        assert_snapshot!(format!("people_{name}"), list.screen());
        assert_snapshot!(format!("person_agent_{name}"), page(Role::Admin, 0, width, height).screen());
        assert_snapshot!(format!("person_end_user_{name}"), page(Role::Agent, 2, width, height).screen());
        let mut suspend = page(Role::Admin, 0, width, height);
        suspend.keys("x");
        assert_snapshot!(format!("person_suspend_{name}"), suspend.screen());
        let mut link = page(Role::Admin, 0, width, height);
        link.keys("p y");
        assert_snapshot!(format!("person_link_{name}"), link.screen());
        let mut organization = stage(Role::Agent, width, height);
        organization.crowd = 250;
        organization.keys("g o enter");
        assert_snapshot!(format!("organization_{name}"), organization.screen());
    }
    let mut small = page(Role::Admin, 0, 46, 12);
    for key in ["G", "x", "n", "X", "esc", "w", "esc", "m"] {
        small.keys(key);
        small.screen();
    }
}

/// With none, one, ten and very many: each is reached, none twice.
#[test]
fn a_list_of_people_has_any_length() {
    for crowd in [0, 1, 10, 1_234] {
        let mut stage = stage(Role::Agent, 80, 24);
        stage.crowd = crowd;
        stage.keys("g p");
        for _ in 0..2 * (crowd / 15 + 2) {
            stage.keys("pagedown");
        }
        let last = if crowd == 0 { "Zoé Faure".to_owned() } else { format!("Person {:03}", crowd - 1) };
        assert!(stage.screen().contains(&last), "{crowd}: {}", stage.screen());
        stage.keys("g g");
        assert!(stage.screen().contains("Marc Oni"));
        let mut members = Stage::of(Role::Admin, 80, 24);
        members.crowd = crowd;
        members.keys("g o enter");
        for _ in 0..2 * (crowd / 15 + 2) {
            members.keys("pagedown");
        }
        let last = if crowd == 0 { "Nobody yet".to_owned() } else { format!("Person {:03}", crowd - 1) };
        assert!(members.screen().contains(&last), "{crowd}: {}", members.screen());
    }
}

/// Somebody with open requests is neither deleted nor erased; one hears so before one is asked.
#[test]
fn who_cannot_go_is_not_asked_about() {
    for keys in ["d", "X enter", "x"] {
        let mut page = page(Role::Admin, 2, 80, 24);
        page.against = Some(Refusal::LastAdmin);
        page.keys(keys);
        let screen = page.screen();
        assert!(screen.contains("last admin") && !screen.contains("cannot be undone"), "{keys}: {screen}");
        page.keys("y");
        assert!(page.act().is_none(), "{keys}");
    }
}

#[test]
fn people_are_looked_for() {
    let mut stage = stage(Role::Agent, 80, 24);
    stage.keys("g p f");
    stage.text("lea");
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("Léa Petit") && !screen.contains("Zoé") && screen.contains("“lea”"), "{screen}");
    stage.keys("f");
    stage.text("nobody at all");
    stage.keys("enter");
    assert!(stage.screen().contains("is found by that"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.screen().contains("Zoé Faure"), "{}", stage.screen());
}

/// A long list of rules is looked through by words, too; meanwhile nothing is put in order, for who knows in which.
#[test]
fn rules_are_looked_for() {
    let mut stage = stage(Role::Admin, 80, 24);
    stage.keys("g a");
    stage.keys("enter f");
    stage.text("SOFTW");
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("Software") && !screen.contains("Hardware") && screen.contains("“SOFTW”"), "{screen}");
    assert!(!screen.contains("lower"), "{screen}");
    stage.keys("J");
    assert!(stage.act().is_none());
    stage.keys("esc");
    assert!(stage.screen().contains("Hardware") && stage.screen().contains("J lower"), "{}", stage.screen());
}

/// End users have no such key and no such line in the palette.
#[test]
fn end_users_never_get_to_people() {
    for keys in ["g p", "g o", "g a"] {
        let mut stage = stage(Role::EndUser, 80, 24);
        let before = stage.screen();
        stage.keys(keys);
        assert_eq!(stage.screen().lines().next(), before.lines().next(), "{keys}");
    }
    let mut stage = stage(Role::EndUser, 80, 24);
    stage.keys(":");
    stage.text("people");
    assert!(!stage.screen().contains("g p"), "{}", stage.screen());
}

/// Each is asked about first, with what it leads to; a no does nothing.
#[test]
fn what_others_feel_is_asked_about_first() {
    let whole = |deed| Deed::Person(deed);
    let rows = [
        ("x", "Suspend Marc Oni?", None),
        ("d", "Delete Marc Oni?", Some(whole(PersonDeed::Delete(MARC)))),
        ("X enter", "what they wrote stays", Some(whole(PersonDeed::Erase { person: MARC, texts: false }))),
        ("X down enter", "every text and file", Some(whole(PersonDeed::Erase { person: MARC, texts: true }))),
    ];
    for (keys, said, wanted) in rows {
        let mut stage = page(Role::Admin, 0, 80, 24);
        stage.keys(keys);
        let screen = stage.screen().replace("│", " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains(said), "{keys}: {screen}");
        stage.keys("n");
        assert_eq!(stage.act(), None, "{keys}");
        stage.keys(keys);
        stage.keys("y");
        let done = deed(&mut stage);
        match wanted {
            Some(wanted) => assert_eq!(done, wanted),
            None => {
                assert!(matches!(done, Deed::UpdatePerson { change, .. } if change.suspended == Some(true)));
            }
        }
    }
    let mut stage = page(Role::Admin, 0, 80, 24);
    stage.keys("x");
    let screen = stage.screen().replace("│", " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("The 4 tickets that they work on go back"), "{screen}");
    stage.keys("y");
    let act = stage.act().expect("an act");
    stage.acted(act, Err(Error::Refused(Refusal::LastAdmin)));
    assert!(stage.screen().contains("admin"), "the refusal is told: {}", stage.screen());
}

#[test]
fn somebody_is_merged_into_whom_they_turn_out_to_be() {
    let mut stage = page(Role::Agent, 2, 80, 24);
    stage.keys("m");
    stage.text("lea");
    stage.keys("enter");
    assert!(stage.screen().contains("Léa Petit <lea@shop.example> #5"), "{}", stage.screen());
    stage.keys("enter");
    let screen = stage.screen().replace("│", " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("Merge Person 000 into Léa Petit?"), "{screen}");
    stage.keys("y");
    let merge = PersonDeed::Merge { source: PersonId(1_000), target: PersonId(5) };
    let act = stage.act().expect("an act");
    assert!(matches!(&act, Effect::Act { deed, .. } if **deed == Deed::Person(merge)), "{act:?}");
    stage.acted(act, Ok(()));
    assert!(stage.screen().contains("all that was theirs is Léa Petit’s now"), "{}", stage.screen());
}

#[test]
fn what_became_of_somebody_is_told() {
    let rows = [
        ("d y", "Marc Oni is no longer part of the account"),
        ("X enter y", "what they wrote stays"),
        ("X down enter y", "what they wrote is gone"),
    ];
    for (keys, said) in rows {
        let mut stage = page(Role::Admin, 0, 80, 24);
        stage.keys(keys);
        let act = stage.act().expect("an act");
        stage.acted(act, Ok(()));
        assert!(stage.screen().contains(said), "{keys}: {}", stage.screen());
    }
}

#[test]
fn one_open_request_is_spoken_of_as_one() {
    for (count, said) in
        [(1, "an open request. Solve it, or give it"), (3, "3 open requests. Solve them, or give them")]
    {
        let refused = Error::Refused(Refusal::HasUnsolved { count });
        let mut stage = page(Role::Admin, 0, 140, 40);
        stage.keys("X enter y");
        let act = stage.act().expect("an act");
        stage.acted(act, Err(refused));
        assert!(stage.screen().contains(said), "{}", stage.screen());
    }
}

/// It is shown once, and goes nowhere but where it is copied to.
#[test]
fn a_link_for_a_password_is_shown_once() {
    let mut stage = page(Role::Admin, 0, 80, 24);
    stage.keys("p");
    assert!(stage.screen().contains("is shown once"), "{}", stage.screen());
    stage.keys("y");
    assert!(stage.screen().contains("one-use-only"), "{}", stage.screen());
    stage.keys("y");
    assert!(stage.wanted.iter().any(|effect| *effect == Effect::Copy("one-use-only".into())));
    stage.keys("esc");
    assert!(!stage.screen().contains("one-use-only"));
}

/// R106: the requester is filled in; what was written for somebody else is neither lost nor given to them.
#[test]
fn r106_a_ticket_is_opened_from_somebodys_page() {
    let mut stage = page(Role::Agent, 2, 80, 24);
    stage.keys("c");
    stage.keys("enter");
    stage.text("Broken lock");
    stage.keys("tab");
    stage.text("It does not open.");
    stage.keys("ctrl-s");
    let Deed::CreateTicket(new) = deed(&mut stage) else { panic!("no ticket\n{}", stage.screen()) };
    assert_eq!(new.requester, Some(PersonRef::Id(PersonId(1_000))));
    stage.keys("esc");
    let mut stage = page(Role::Agent, 2, 80, 24);
    stage.keys("c enter");
    stage.text("Broken lock");
    stage.keys("esc q j enter c");
    let screen = stage.screen();
    assert!(screen.contains("for somebody else is here") && screen.contains("Broken lock"), "{screen}");
    assert!(screen.contains("Person 000"), "{screen}");
}

#[test]
fn away_until_a_day_or_until_they_say_so() {
    for (typed, open) in [("-", true), ("2026-12-24", false)] {
        let mut stage = page(Role::Admin, 0, 80, 24);
        stage.keys("w");
        stage.text(typed);
        stage.keys("enter");
        let Deed::UpdatePerson { change, .. } = deed(&mut stage) else { panic!("no change") };
        let away = change.away.flatten().expect("away");
        assert_eq!(away.until.is_none(), open, "{typed}");
    }
    let mut stage = page(Role::Admin, 0, 80, 24);
    stage.keys("w");
    stage.text("some day");
    stage.keys("enter");
    assert_eq!(stage.act(), None);
    assert!(stage.screen().contains("That is no day"), "{}", stage.screen());
}

/// Of the same types, with the same checks as fields of tickets.
#[test]
fn the_accounts_own_fields_of_people_are_filled_in() {
    let mut stage = page(Role::Agent, 2, 80, 24);
    assert!(stage.screen().contains("phone-model"), "{}", stage.screen());
    stage.keys("o");
    assert!(stage.screen().contains("Fields · Person 000"), "{}", stage.screen());
    stage.text("12");
    stage.keys("ctrl-s");
    let Deed::UpdatePerson { person, change } = deed(&mut stage) else { panic!("no change") };
    assert_eq!((person, change.fields.get(&PHONE_MODEL).map(String::as_str)), (PersonId(1_000), Some("12")));
}

#[test]
fn members_of_a_group_come_and_go() {
    let mut stage = Stage::of(Role::Admin, 80, 24);
    stage.crowd = 2;
    stage.keys("g a");
    for _ in 0..12 {
        stage.keys("j");
    }
    stage.keys("enter enter");
    assert!(stage.screen().contains("Groups › Support Ops"), "{}", stage.screen());
    stage.keys("c");
    stage.text("zo");
    stage.keys("enter enter");
    let Deed::UpdatePerson { person, change } = deed(&mut stage) else { panic!("no change") };
    assert_eq!((person, change.groups), (PersonId(9), Some(vec![GroupId(1)])));
    stage.keys("d");
    assert!(stage.screen().contains("Take Person 000"), "{}", stage.screen());
    stage.keys("y");
    let Deed::UpdatePerson { person, change } = deed(&mut stage) else { panic!("no change") };
    assert_eq!((person, change.groups), (PersonId(1_000), Some(Vec::new())));
}

/// R107: what was typed for somebody new is there again after Esc, name and address.
#[test]
fn r107_what_is_typed_for_somebody_new_stays() {
    let mut stage = stage(Role::Agent, 80, 24);
    stage.keys("c enter");
    stage.text("Tom Blanc");
    stage.keys("up enter");
    stage.text("tom@new.exam");
    stage.keys("esc");
    assert!(stage.screen().contains("Tom Blanc <tom@new.exam>"), "{}", stage.screen());
    stage.text("x");
    stage.keys("backspace up enter");
    stage.text("ple");
    stage.keys("enter ctrl-s tab");
    assert!(stage.screen().contains("+ Tom Blanc <tom@new.example>"), "{}", stage.screen());
}
