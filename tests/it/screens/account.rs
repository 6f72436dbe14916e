//! The account as its admins see it: settings and the admin log.

use super::stage::Stage;
use guichet::client::Error;
use guichet::domain::act::{Deed, Setting};
use guichet::domain::draft::{DraftPlace, FormOf};
use guichet::domain::person::Role;
use guichet::domain::refusal::Refusal;
use guichet::domain::setup::ItemKind;
use guichet::language::Language;
use guichet::tui::effect::Effect;
use guichet::tui::subject::Subject;
use insta::assert_snapshot;

/// A page below those of the subjects: 0 the settings, 1 the log.
fn page(below: usize, width: u16, height: u16) -> Stage {
    let mut stage = Stage::of(Role::Admin, width, height);
    stage.keys("g a");
    for _ in 0..Subject::ALL.len() + below {
        stage.keys("j");
    }
    stage.keys("enter");
    stage
}

#[test]
fn settings_and_the_log_look_so() {
    assert_snapshot!("settings_80x24", page(0, 80, 24).screen());
    assert_snapshot!("settings_140x40", page(0, 140, 40).screen());
    assert_snapshot!("admin_log_80x24", page(1, 80, 24).screen());
    assert_snapshot!("admin_log_140x40", page(1, 140, 40).screen());
    assert!(page(0, 46, 12).screen().contains("account.name"));
    let mut setting = page(0, 80, 24);
    setting.keys("j j j j enter");
    setting.text("x");
    assert_snapshot!("setting_80x24", setting.screen());
}

/// Each has a value, a meaning, and what it takes; each value as it is typed is the value again.
#[test]
fn every_setting_has_its_words_and_is_read_as_it_is_written() {
    let stage = Stage::of(Role::Admin, 80, 24);
    let session = stage.model.shared.session.as_ref().expect("a session");
    for name in Setting::NAMES {
        let key = name.replace(['.', '_'], "-");
        assert!(Language::english().has(&format!("setting-{key}")), "{name}");
        assert!(Language::english().has(&format!("cli-takes-{key}")), "{name}");
        let written = Setting::written(name, &session.account, &session.settings, &session.groups).expect(name);
        let read = Setting::read(name, &written, &session.groups).expect(name);
        assert_eq!(read.name(), name);
        for choice in Setting::choices(name, &session.groups) {
            assert!(Setting::read(name, &choice, &session.groups).is_ok(), "{name} {choice}");
        }
    }
}

#[test]
fn a_setting_is_checked_as_one_types_and_set() {
    let mut stage = page(0, 80, 24);
    stage.keys("j j j j j enter");
    assert!(stage.screen().contains("96h"), "{}", stage.screen());
    stage.keys("ctrl-u");
    stage.text("soon");
    assert!(stage.screen().contains("✕ It takes a span"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.act(), None, "what is wrong is not sent");
    stage.keys("ctrl-u");
    stage.text("2d");
    assert!(stage.screen().contains("✓ It can be saved"), "{}", stage.screen());
    stage.keys("enter");
    let act = stage.act().expect("an act");
    let Effect::Act { deed, .. } = &act else { panic!("{act:?}") };
    assert!(matches!(**deed, Deed::Set(Setting::CloseAfter(Some(_)))), "{deed:?}");
    stage.acted(act.clone(), Err(Error::Refused(Refusal::OutOfRange { setting: "close_after" })));
    assert!(stage.screen().contains("2d"), "what was typed stays: {}", stage.screen());
    stage.keys("enter");
    let act = stage.act().expect("once more");
    stage.acted(act, Ok(()));
    assert!(stage.screen().contains("close_after is 2d now"), "{}", stage.screen());
}

#[test]
fn where_there_are_few_values_arrows_go_through_them() {
    let mut stage = page(0, 80, 24);
    for _ in 0..14 {
        stage.keys("j");
    }
    stage.keys("enter down enter");
    let Some(Effect::Act { deed, .. }) = stage.act() else { panic!("no act") };
    assert_eq!(*deed, Deed::Set(Setting::PrivateTickets(false)));
}

/// Page by page to its very beginning, nothing twice.
#[test]
fn the_log_is_read_from_its_end_to_its_beginning() {
    let mut stage = page(3, 80, 24);
    assert!(stage.screen().contains("private"), "{}", stage.screen());
    for _ in 0..40 {
        stage.keys("pagedown");
    }
    stage.keys("G G");
    let last = stage.screen();
    stage.keys("G");
    assert_eq!(stage.screen(), last);
    assert!(last.contains("5 h ago") || last.contains("07:01"), "{last}");
}

/// Z07: what is filled in is kept outside from the first key on, and goes on in the next program.
#[test]
fn a_form_is_a_draft_like_any_other() {
    let mut stage = Stage::of(Role::Admin, 80, 24);
    stage.keys("g a j j j j j enter c");
    stage.text("Printers");
    let kept = stage.wanted.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some((**draft).clone()),
        _ => None,
    });
    let kept = kept.expect("a draft");
    assert_eq!(kept.place, DraftPlace::Form(FormOf::Item(ItemKind::Trigger), 0));
    let mut later = Stage::silent(Role::Admin, 80, 24);
    later.drafts.push(kept);
    later.begin();
    later.keys("D");
    let screen = later.screen();
    assert!(screen.contains("Form") && screen.contains("Triggers · Printers"), "{screen}");
    later.keys("enter c");
    assert!(later.screen().contains("Printers"), "{}", later.screen());
    later.keys("alt-x");
    assert!(later.wanted.iter().any(|effect| matches!(effect, Effect::DropDraft(DraftPlace::Form(..)))));
}
