//! What an account cannot do is not offered, and said with the reason where somebody asks for it.

use super::stage::Stage;
use guichet::client::Capability;
use guichet::domain::person::Role;
use guichet::language::Language;
use guichet::tui::effect::Question;
use guichet::words;

fn without(lacks: &[Capability], width: u16, height: u16) -> Stage {
    let mut stage = Stage::silent(Role::Admin, width, height);
    stage.lacks = lacks.iter().copied().collect();
    stage.begin();
    stage
}

#[test]
fn a_command_that_the_account_cannot_follow_says_why() {
    let mut stage = without(&[Capability::Reports], 140, 40);
    stage.asked.clear();
    stage.keys("g r");
    assert!(stage.screen().contains("does not count tickets for programs"), "{}", stage.screen());
    assert!(!stage.asked.iter().any(|question| matches!(question, Question::Report(_))), "and it is not asked for");
    let mut whole = without(&[], 140, 40);
    whole.keys("g r");
    assert!(whole.asked.iter().any(|question| matches!(question, Question::Report(_))), "what can be asked is");
}

#[test]
fn what_an_account_lacks_is_in_no_hint_and_no_help_and_marked_in_the_palette() {
    let mut stage = without(&[Capability::Why], 140, 40);
    stage.keys("enter");
    assert!(!stage.screen().contains("H why"), "{}", stage.screen());
    stage.keys("?");
    assert!(!stage.screen().contains("Why a rule"), "{}", stage.screen());
    stage.keys("q");
    stage.keys(":");
    stage.keys("w h y");
    assert!(stage.screen().contains("not with this account"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("does not tell why"), "{}", stage.screen());
}

#[test]
fn every_lack_has_its_sentence() {
    let english = Language::english();
    for lack in Capability::ALL {
        let text = words::lack(&english, lack);
        assert!(text.ends_with('.') && text.contains(' '), "{}: {text}", lack.name());
    }
}
