//! The admin's pages: what there is, each a list with a form that is checked as one types.

use super::stage::Stage;
use guichet::client::Error;
use guichet::domain::act::Deed;
use guichet::domain::person::Role;
use guichet::domain::refusal::Refusal;
use guichet::domain::setup::{Item, ItemKind};
use guichet::language::Language;
use guichet::tui::effect::Effect;
use guichet::tui::message::Message;
use guichet::tui::subject::Subject;
use insta::assert_snapshot;

/// The page of a subject, by its place on the first page.
fn page(subject: Subject, width: u16, height: u16) -> Stage {
    let mut stage = Stage::of(Role::Admin, width, height);
    stage.keys("g a");
    for _ in Subject::ALL.into_iter().take_while(|one| *one != subject) {
        stage.keys("j");
    }
    stage.keys("enter");
    stage
}

fn triggers(width: u16, height: u16) -> Stage {
    page(Subject::Items(ItemKind::Trigger), width, height)
}

fn deed(stage: &mut Stage) -> Deed {
    match stage.act() {
        Some(Effect::Act { deed, .. }) => *deed,
        other => panic!("no act: {other:?}"),
    }
}

#[test]
fn what_the_pages_look_like() {
    let of = |width, height| {
        let mut stage = Stage::of(Role::Admin, width, height);
        stage.keys("g a");
        stage.screen()
    };
    assert_snapshot!("admin_80x24", of(80, 24));
    assert_snapshot!("admin_140x40", of(140, 40));
    let automations = Subject::Items(ItemKind::Automation);
    assert_snapshot!("admin_automations_80x24", page(automations, 80, 24).screen());
    assert_snapshot!("admin_automations_140x40", page(automations, 140, 40).screen());
    let form = |subject, width, height| {
        let mut stage = page(subject, width, height);
        stage.keys("enter");
        stage.screen()
    };
    assert_snapshot!("admin_automation_80x24", form(automations, 80, 24));
    assert_snapshot!("admin_automation_140x40", form(automations, 140, 40));
    assert_snapshot!("admin_kind_80x24", form(Subject::Items(ItemKind::Kind), 80, 24));
    assert_snapshot!("admin_text_140x40", form(Subject::Items(ItemKind::Text), 140, 40));
    let mut person = page(Subject::People, 80, 24);
    person.keys("enter e");
    assert_snapshot!("admin_person_80x24", person.screen());
    assert_snapshot!("admin_people_80x24", page(Subject::People, 80, 24).screen());
    let mut preview = page(automations, 80, 24);
    preview.keys("p");
    assert_snapshot!("admin_preview_80x24", preview.screen());
    // The same while it is edited, before it is saved or switched on.
    let mut edited = page(automations, 140, 40);
    edited.keys("enter");
    edited.keys("alt-p");
    assert_snapshot!("admin_preview_edited_140x40", edited.screen());
    assert!(of(46, 12).contains("Kinds and forms"));
}

/// An admin's alone: others have no such key, and no such line in the palette.
#[test]
fn only_admins_come_to_the_pages() {
    for role in [Role::Agent, Role::EndUser] {
        let mut stage = Stage::of(role, 80, 24);
        let before = stage.screen();
        stage.keys("g a");
        assert_eq!(stage.screen().lines().nth(1), before.lines().nth(1), "{role:?}");
        stage.keys(":");
        stage.text("set up the account");
        assert!(!stage.screen().contains("Set up the account"), "{role:?}");
    }
    let mut stage = Stage::of(Role::Admin, 80, 24);
    stage.keys(":");
    stage.text("set up");
    stage.keys("enter");
    assert!(stage.screen().contains("Kinds and forms"));
}

#[test]
fn every_page_opens_with_its_list_and_its_form() {
    for subject in Subject::ALL {
        let mut stage = page(subject, 80, 24);
        assert!(!stage.screen().contains("asked"), "{subject:?}: {}", stage.screen());
        stage.keys("c");
        assert!(stage.screen().contains("new"), "{subject:?}: {}", stage.screen());
        for _ in 0..20 {
            stage.keys("tab");
            stage.screen();
        }
    }
}

/// Down and up go through all of a form, past texts of several lines too.
#[test]
fn up_and_down_go_through_a_form() {
    let mut stage = triggers(80, 24);
    stage.keys("enter");
    let at = |stage: &mut Stage| stage.screen().lines().position(|line| line.starts_with('▌')).expect("a cursor");
    let first = at(&mut stage);
    let down: Vec<usize> = (0..3)
        .map(|_| {
            stage.keys("down");
            at(&mut stage)
        })
        .collect();
    assert_eq!(down, [first + 1, first + 2, first + 3]);
    stage.keys("up up");
    assert_eq!(at(&mut stage), first + 1, "{}", stage.screen());
}

/// What can be filled in has a word in front of it.
#[test]
fn every_line_of_every_form_has_its_words() {
    for subject in Subject::ALL {
        for key in subject.form() {
            assert!(Language::english().has(&format!("setup-key-{}", key.name)), "{subject:?}: {}", key.name);
        }
        let name = subject.name();
        assert!(Language::english().has(&format!("admin-{name}.help")), "{name}");
    }
}

#[test]
fn a_form_is_checked_as_one_types_and_saved() {
    let mut stage = triggers(80, 24);
    stage.keys("c");
    assert!(stage.screen().contains("title is missing"), "{}", stage.screen());
    stage.text("Printers");
    stage.keys("tab tab tab tab");
    stage.text("status is opn");
    assert!(stage.screen().contains("is not understood"), "{}", stage.screen());
    stage.keys("backspace backspace backspace");
    stage.text("open");
    stage.keys("tab");
    stage.text("staus: open");
    assert!(stage.screen().contains("did you mean"), "{}", stage.screen());
    stage.keys("ctrl-s");
    assert_eq!(stage.act(), None, "what is wrong is not sent");
    stage.keys("ctrl-u");
    stage.text("status: pending");
    assert!(stage.screen().contains("✓ It can be saved."), "{}", stage.screen());
    stage.keys("ctrl-s");
    let act = stage.act().expect("an act");
    let Effect::Act { deed, .. } = &act else { panic!("{act:?}") };
    let Deed::SetItem(item) = &**deed else { panic!("{deed:?}") };
    let Item::Trigger(trigger) = &**item else { panic!("{item:?}") };
    assert_eq!((trigger.id.0, trigger.title.as_str(), trigger.then.len()), (0, "Printers", 1));
    stage.acted(act, Ok(()));
    assert!(stage.screen().contains("Admin › Triggers") && stage.model.shared.drafts.is_empty());
}

/// Z07: nothing that was typed is lost by leaving, by a refusal, or by an editor's slip.
#[test]
fn what_is_filled_in_is_kept() {
    let mut stage = triggers(80, 24);
    stage.keys("c");
    stage.text("Printers");
    stage.keys("esc");
    assert!(!stage.screen().contains("Printers"));
    stage.keys("c");
    let screen = stage.screen();
    assert!(screen.contains("Printers") && screen.contains("filled in before"), "{screen}");
    stage.keys("alt-x c");
    assert!(!stage.screen().contains("Printers"));
    stage.keys("alt-e");
    let Some(Effect::Edit { to, .. }) = stage.wanted.pop() else { panic!("no editor") };
    let text = "title = \"Cameras\"\nwhen = ";
    stage.say(Message::Edited { to, result: Ok(Some(text.into())) });
    assert!(stage.screen().contains("line 2"), "{}", stage.screen());
    stage.keys("alt-e");
    let Some(Effect::Edit { to, text: again, .. }) = stage.wanted.pop() else { panic!("no editor") };
    assert_eq!(again, text, "the editor has it again");
    let text = "title = \"Cameras\"\nwhen = \"status is open\"\nactions = [\"note: One\\ntwo\", \"status: open\"]";
    stage.say(Message::Edited { to, result: Ok(Some(text.into())) });
    assert!(stage.screen().contains("Cameras"), "{}", stage.screen());
    stage.keys("ctrl-s");
    let act = stage.act().expect("an act");
    stage.acted(act.clone(), Err(Error::Refused(Refusal::LastAdmin)));
    assert!(stage.screen().contains("Cameras"), "{}", stage.screen());
    let Effect::Act { deed, .. } = act else { panic!("{act:?}") };
    let Deed::SetItem(item) = *deed else { panic!("{deed:?}") };
    let Item::Trigger(trigger) = *item else { panic!("{item:?}") };
    assert_eq!(trigger.then.len(), 2, "a line that is set in belongs to the one before");
}

#[test]
fn a_list_switches_orders_duplicates_and_deletes() {
    let mut stage = page(Subject::Items(ItemKind::Kind), 80, 24);
    stage.keys("x");
    let Deed::SetItem(item) = deed(&mut stage) else { panic!("no item") };
    assert!(item.name() == "critical" && !item.is_active());
    stage.keys("J");
    let Deed::OrderItems { kind: ItemKind::Kind, order } = deed(&mut stage) else { panic!("no order") };
    assert_eq!(order, [2, 1, 3, 4]);
    stage.keys("alt-up");
    let Deed::OrderItems { order, .. } = deed(&mut stage) else { panic!("no order") };
    assert_eq!(order, [1, 2, 3, 4]);
    stage.keys("d");
    assert!(stage.screen().contains("Delete Critical?"), "{}", stage.screen());
    stage.keys("n");
    assert_eq!(stage.act(), None);
    stage.keys("d y");
    assert!(matches!(deed(&mut stage), Deed::DeleteItem(key) if key.id == 1));
    stage.keys("y");
    assert!(stage.screen().contains("has this name already"), "{}", stage.screen());
    stage.keys("ctrl-u");
    stage.text("critical-2");
    stage.keys("ctrl-s");
    let Deed::SetItem(item) = deed(&mut stage) else { panic!("no item") };
    assert_eq!((item.key().id, item.name(), item.position()), (0, "critical-2", 0));
}

/// Of a person only what is different is sent: nobody changes their own role, not even to what it is.
#[test]
fn people_are_changed_in_what_is_different() {
    let mut stage = page(Subject::People, 80, 24);
    stage.keys("enter e");
    stage.text("i");
    stage.keys("ctrl-s");
    let Deed::UpdatePerson { change, .. } = deed(&mut stage) else { panic!("no person") };
    assert_eq!((change.name.as_deref(), change.role, change.groups), (Some("Marc Onii"), None, None));
    stage.keys("esc alt-x");
    let mut stage = page(Subject::People, 80, 24);
    stage.keys("x y");
    let Deed::UpdatePerson { change, .. } = deed(&mut stage) else { panic!("no person") };
    assert_eq!(change.suspended, Some(true));
    let mut stage = page(Subject::Groups, 80, 24);
    stage.keys("c");
    stage.text("Night");
    stage.keys("ctrl-s");
    assert_eq!(deed(&mut stage), Deed::CreateGroup { name: "Night".into() });
}

#[test]
fn a_choice_is_taken_from_a_list() {
    let mut stage = page(Subject::Items(ItemKind::Field), 80, 24);
    stage.keys("c tab tab tab tab tab enter");
    stage.text("multi");
    stage.keys("enter");
    assert!(stage.screen().contains("multiselect"), "{}", stage.screen());
}

/// D34: of what can stand in a condition, what goes on with the typed word is told, and put in its place.
#[test]
fn a_condition_tells_and_takes_the_words_that_go_on() {
    let mut stage = triggers(80, 24);
    stage.keys("c");
    stage.text("Orphans");
    stage.keys("tab tab tab tab");
    stage.text("status < solved and gro");
    assert!(stage.screen().contains("It can be group"), "{}", stage.screen());
    stage.keys("alt-c");
    assert!(stage.screen().contains("status < solved and group"), "{}", stage.screen());
    stage.text("is ");
    stage.keys("alt-c");
    stage.text("none");
    stage.keys("enter");
    assert!(stage.screen().contains("status < solved and group is none"), "{}", stage.screen());
    // In the middle only the word at the cursor is another one.
    stage.keys("home");
    stage.text("prio");
    stage.keys("alt-c");
    assert!(stage.screen().contains("priority status < solved"), "{}", stage.screen());
}

/// The way back stays in sight where a list has an order, and so more keys than fit.
#[test]
fn the_way_back_is_told_on_every_page_of_the_admin() {
    for subject in Subject::ALL {
        let screen = page(subject, 80, 24).screen();
        let last = screen.lines().last().unwrap_or_default();
        assert!(last.contains("q back") && last.contains("? help"), "{subject:?}: {last}");
    }
}

/// What a form cannot be saved without is marked, and what a table takes is told where it is typed.
#[test]
fn a_form_says_what_it_needs() {
    let mut rule = triggers(80, 24);
    rule.keys("c");
    assert!(rule.screen().contains("Actions *"), "{}", rule.screen());
    let mut field = page(Subject::Items(ItemKind::Field), 80, 24);
    field.keys("c shift-tab shift-tab");
    assert!(field.screen().contains("[[options]]"), "{}", field.screen());
}
