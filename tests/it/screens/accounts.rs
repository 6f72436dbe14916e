//! All of one's accounts side by side.

use super::stage::Stage;
use guichet::domain::id::TicketId;
use guichet::domain::person::Role;
use guichet::safe::Safe;
use guichet::tui::effect::Effect;
use guichet::tui::model::Place;
use insta::assert_snapshot;

fn three(role: Role, width: u16, height: u16) -> Stage {
    let mut stage = Stage::of(role, width, height);
    let place = |name, present| Place {
        name: Safe::from_static(name),
        present,
        signs_in: (name == "kiosk").then(|| Safe::from_static("the keyring")),
    };
    stage.model.shared.accounts = vec![place("velo", true), place("kiosk", false), place("shop", false)];
    stage.keys("g e");
    stage
}

fn switched(stage: &Stage) -> Option<(usize, Option<TicketId>)> {
    stage.wanted.iter().find_map(|effect| match effect {
        Effect::Switch { place, ticket } => Some((*place, *ticket)),
        _ => None,
    })
}

#[test]
fn what_waits_in_all_accounts_stands_in_one_list() {
    assert_snapshot!("accounts_80x24", three(Role::Agent, 80, 24).screen());
    assert_snapshot!("accounts_140x40", three(Role::EndUser, 140, 40).screen());
}

/// ⏎ opens what is here, goes on where something else is, and asks once more who did not answer.
#[test]
fn one_goes_on_where_something_waits() {
    let mut stage = three(Role::Agent, 80, 24);
    stage.keys("j enter");
    assert!(stage.screen().contains("#1042"), "{}", stage.screen());
    assert_eq!(switched(&stage), None);
    let mut stage = three(Role::Agent, 80, 24);
    stage.keys("j j enter");
    assert_eq!(switched(&stage), Some((1, None)));
    let mut stage = three(Role::Agent, 80, 24);
    stage.keys("j j j enter");
    assert_eq!(switched(&stage), Some((1, Some(TicketId(7)))));
    let mut stage = three(Role::Agent, 80, 24);
    stage.keys("G enter");
    assert_eq!(switched(&stage), None);
    let mut stage = three(Role::Agent, 80, 24);
    stage.keys("enter");
    assert!(!stage.screen().contains("kiosk"), "{}", stage.screen());
}

#[test]
fn who_has_one_account_is_told_how_to_have_more() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("g e");
    assert!(stage.screen().contains("This is the only account"), "{}", stage.screen());
}
