//! What an account says, on the screens of those who read French.

use super::stage::Stage;
use guichet::domain::account::Settings;
use guichet::domain::person::Role;
use guichet::domain::refusal::{BadWords, Refusal};
use insta::assert_snapshot;

fn french(role: Role, width: u16, height: u16, keys: &str) -> String {
    let mut stage = Stage::silent(role, width, height);
    stage.settings = Settings { language: "fr".to_owned(), ..Settings::default() };
    stage.begin();
    stage.keys(keys);
    stage.screen()
}

/// R158-R162, D8, D11: kinds with their guidance, statuses, priorities and the titles of what every ticket has are French
/// for who reads French.
#[test]
fn what_the_account_says_is_french_for_its_readers() {
    assert_snapshot!("french_kinds_80x24", french(Role::EndUser, 80, 24, "c j"));
    assert_snapshot!("french_requests_80x24", french(Role::EndUser, 80, 24, "j k"));
    assert_snapshot!("french_request_140x40", french(Role::EndUser, 140, 40, "enter"));
    assert_snapshot!("french_form_agent_140x40", french(Role::Agent, 140, 40, "c j j enter"));
    assert_snapshot!("french_picker_80x24", french(Role::Agent, 80, 24, "2 s"));
    assert_snapshot!("french_kinds_46x12", french(Role::EndUser, 46, 12, "c j"));
}

/// What is wrong with a translation stands beside the translations.
#[test]
fn a_bad_translation_is_told_at_its_place() {
    let mut stage = Stage::of(Role::Admin, 80, 24);
    stage.keys("g a enter enter");
    stage.keys("ctrl-s");
    let act = stage.act().expect("an act");
    let key = "translations.fr.name".to_owned();
    stage.acted(act, Err(Refusal::BadWords { key, why: BadWords::Empty }.into()));
    let screen = stage.screen();
    let at =
        |text: &str| screen.lines().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text}: {screen}"));
    assert!(at("translations.fr.name is empty") > at("Translations"), "{screen}");
}
