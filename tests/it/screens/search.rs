//! Searching: keys in, effects and text out.

use super::stage::Stage;
use guichet::domain::person::Role;
use guichet::tui::input::Input;
use guichet::tui::message::Message;

/// A search over all tickets in which nobody answers until [`Stage::hear`].
fn searching(text: &str) -> Stage {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.keys("2 /");
    stage.deaf = true;
    stage.text(text);
    stage
}

#[test]
fn enter_opens_the_hit_under_the_cursor() {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.keys("2 /");
    stage.text("p");
    stage.keys("down enter");
    let screen = stage.screen();
    assert!(screen.contains("#1039 Add CSV export") && screen.contains("Conversation"), "{screen}");
    // Back among the hits, where keys are commands.
    stage.keys("q");
    let screen = stage.screen();
    assert!(screen.contains("next hit") && screen.lines().any(|line| line.starts_with("▌  1039")), "{screen}");
}

/// A key that is quicker than the answer waits for it; the rows of what was typed before are never opened.
#[test]
fn enter_before_the_answer_opens_the_first_hit_when_it_comes() {
    let mut stage = searching("csv");
    stage.keys("enter");
    assert!(stage.screen().contains("Search: csv"), "{}", stage.screen());
    stage.hear();
    let screen = stage.screen();
    assert!(screen.contains("#1039 Add CSV export") && screen.contains("Conversation"), "{screen}");
}

#[test]
fn enter_is_forgotten_when_something_else_is_typed() {
    let mut stage = searching("cs");
    stage.keys("enter");
    stage.text("v");
    stage.hear();
    let screen = stage.screen();
    assert!(screen.contains("Search: csv") && !screen.contains("Conversation"), "{screen}");
    stage = searching("cs");
    stage.keys("enter");
    stage.say(Message::Input(Input::Paste("v".into())));
    stage.hear();
    assert!(!stage.screen().contains("Conversation"), "{}", stage.screen());
}

#[test]
fn enter_without_hits_goes_on_typing() {
    let mut stage = searching("nothing like it");
    stage.keys("enter");
    stage.hear();
    stage.text("!");
    assert!(stage.screen().contains("Search: nothing like it!"), "{}", stage.screen());
}

#[test]
fn tab_goes_to_the_hits_to_mark_and_change_them() {
    let mut stage = searching("csv");
    stage.keys("tab");
    stage.hear();
    assert!(stage.screen().contains("next hit"), "{}", stage.screen());
    stage.keys("s");
    assert!(stage.screen().contains("Status · #1039"), "{}", stage.screen());
}
