//! What the form of a new request says to keys that it does not take.

use super::stage::Stage;
use guichet::client::Error;
use guichet::domain::person::Role;
use guichet::domain::refusal::{Field, Refusal};

/// Words meant for another field never change who will read them.
#[test]
fn text_typed_where_something_is_chosen_changes_nothing_and_is_told() {
    let mut stage = Stage::silent(Role::Agent, 80, 24);
    stage.settings.private_tickets = true;
    stage.begin();
    stage.keys("c enter tab");
    stage.text("Wheels ");
    let screen = stage.screen();
    assert!(screen.contains("Internal note: a private ticket") && screen.contains("chosen, not typed"), "{screen}");
    stage.keys("enter");
    assert!(!stage.screen().contains("Internal note: a private ticket"), "{}", stage.screen());
}

#[test]
fn what_the_form_calls_missing_is_called_as_in_the_form() {
    let mut stage = Stage::of(Role::EndUser, 120, 40);
    stage.keys("c enter");
    assert!(stage.screen().contains("While you type the subject"), "{}", stage.screen());
    stage.text("Unheard of");
    assert!(stage.screen().contains("No open request is like it"), "{}", stage.screen());
    stage.keys("ctrl-s");
    let act = stage.act().expect("an act");
    stage.acted(act, Err(Error::Refused(Refusal::Empty(Field::Comment))));
    assert!(stage.screen().contains("The description is missing"), "{}", stage.screen());
}

/// Whoever begins anew and finds an old draft is told what it is, and how to be rid of it.
#[test]
fn a_draft_that_is_found_is_told() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("c enter");
    stage.text("Wheels");
    stage.keys("esc c");
    let screen = stage.screen();
    assert!(screen.contains("Wheels") && screen.contains("▸ This is what you wrote"), "{screen}");
    // What was done, what is to be done, what went wrong: told apart without colours.
    stage.keys("esc");
    assert!(stage.screen().contains("✓ Kept as a draft."), "{}", stage.screen());
}
