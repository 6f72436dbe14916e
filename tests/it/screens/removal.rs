//! Tickets that go and come back, and what is blackened.

use super::stage::Stage;
use guichet::domain::act::Deed;
use guichet::domain::id::TicketId;
use guichet::domain::person::Role;
use guichet::domain::removal::Removal;
use guichet::tui::effect::Effect;
use insta::assert_snapshot;

fn page(role: Role, keys: &str, width: u16, height: u16) -> Stage {
    let mut stage = Stage::of(role, width, height);
    stage.keys(keys);
    stage
}

/// What was done so far, in order.
fn done(stage: &Stage) -> Vec<Removal> {
    let removal = |effect: &Effect| match effect {
        Effect::Act { deed, .. } => match &**deed {
            Deed::Removal(removal) => Some(removal.clone()),
            _ => None,
        },
        _ => None,
    };
    stage.wanted.iter().filter_map(removal).collect()
}

#[test]
fn a_ticket_is_deleted_after_a_question() {
    let mut stage = page(Role::Admin, "tab enter #", 80, 24);
    assert!(stage.screen().contains("Delete #"), "{}", stage.screen());
    stage.keys("n");
    assert_eq!(done(&stage), []);
    stage.keys("# y");
    assert!(matches!(done(&stage)[..], [Removal::Delete(_)]), "{:?}", stage.wanted);
    let stage = page(Role::Admin, "tab enter ! y", 80, 24);
    assert!(matches!(done(&stage)[..], [Removal::Spam(_)]), "{:?}", stage.wanted);
    let mut stage = page(Role::Admin, "tab space j space #", 80, 24);
    assert!(stage.screen().contains("Delete 2 tickets"), "{}", stage.screen());
    stage.keys("y");
    assert_eq!(done(&stage).len(), 2);
}

#[test]
fn deleted_tickets_are_brought_back_or_go_for_good() {
    assert_snapshot!("deleted_80x24", page(Role::Admin, "g d", 80, 24).screen());
    assert_snapshot!("deleted_140x40", page(Role::Admin, "g d", 140, 40).screen());
    let stage = page(Role::Admin, "g d r", 80, 24);
    assert_eq!(done(&stage), [Removal::Restore(TicketId(1017))]);
    let mut stage = page(Role::Admin, "g d j d", 80, 24);
    assert!(stage.screen().contains("for good"), "{}", stage.screen());
    stage.keys("y");
    assert_eq!(done(&stage), [Removal::Purge(TicketId(1003))]);
    page(Role::EndUser, "g d", 80, 24).screen();
}

#[test]
fn a_piece_of_what_was_said_is_blackened_after_a_question() {
    let mut stage = page(Role::Admin, "tab enter X", 80, 24);
    stage.text("there is no such piece");
    stage.keys("enter");
    assert!(stage.screen().contains("Nothing in the conversation"), "{}", stage.screen());
    stage.keys("X");
    stage.text("e");
    stage.keys("enter");
    assert!(stage.screen().contains("Blacken \"e\" for good?"), "{}", stage.screen());
    stage.keys("y");
    assert!(!done(&stage).is_empty() && done(&stage).iter().all(|one| matches!(one, Removal::Redact { .. })));
}
