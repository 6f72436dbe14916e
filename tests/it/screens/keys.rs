//! Keys, the table of commands and somebody's own keys.

use super::stage::Stage;
use guichet::domain::person::Role;
use guichet::tui::command::{Command, Scope, TABLE};
use guichet::tui::input::{Code, Key};
use guichet::tui::keymap::{Found, Keymap, Problem, types_text};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_key_of_the_table_parses_and_prints_as_it_is_written() {
    for row in TABLE {
        for keys in row.keys {
            let parsed = Key::parse_sequence(keys).unwrap_or_else(|| panic!("{}: {keys}", row.name));
            let printed: Vec<String> = parsed.iter().map(ToString::to_string).collect();
            assert_eq!(printed.join(" "), *keys);
        }
    }
}

#[test]
fn no_key_and_no_name_stands_twice_in_one_scope() {
    let (_, problems) = Keymap::with(&BTreeMap::new());
    assert_eq!(problems, []);
    let names: BTreeSet<&str> = TABLE.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), TABLE.len());
    for row in TABLE {
        assert_eq!(Command::parse(row.name), Some(row.command));
        assert_eq!(row.command.name(), row.name);
    }
}

#[test]
fn no_command_lies_on_a_letter_where_letters_are_text() {
    for row in TABLE.iter().filter(|row| row.scope.takes_text() || row.scope == Scope::Always) {
        for keys in row.keys {
            let first = Key::parse_sequence(keys).expect("parses")[0];
            assert!(!types_text(first), "{} has {keys}", row.name);
        }
    }
}

#[test]
fn a_sequence_waits_for_its_second_key() {
    let keymap = Keymap::default();
    let g = Key::char('g');
    assert_eq!(keymap.find(&[Scope::List], &[g], true), Found::More);
    assert_eq!(keymap.find(&[Scope::List], &[g, g], true), Found::Command(Command::First));
    assert_eq!(keymap.find(&[Scope::List], &[g, Key::char('x')], true), Found::Nothing);
}

#[test]
fn the_inner_scope_wins_and_end_users_have_no_agents_keys() {
    let keymap = Keymap::default();
    let n = Key::char('N');
    assert_eq!(keymap.find(&[Scope::Hits, Scope::Reading], &[n], true), Found::Command(Command::PreviousHit));
    assert_eq!(keymap.find(&[Scope::Reading], &[n], true), Found::Command(Command::MakeNote));
    assert_eq!(keymap.find(&[Scope::Reading], &[n], false), Found::Nothing);
}

#[test]
fn own_keys_replace_the_default_ones_and_faults_are_named() {
    let own = BTreeMap::from([
        ("send".to_owned(), vec!["ctrl-enter".to_owned(), "alt-enter".to_owned(), "x".to_owned()]),
        ("repyl".to_owned(), vec!["R".to_owned()]),
        ("mark".to_owned(), vec!["ctrl-nothing".to_owned()]),
        ("sort".to_owned(), vec!["f".to_owned()]),
    ]);
    let (keymap, problems) = Keymap::with(&own);
    assert_eq!(keymap.shown(Command::Send), ["ctrl-enter", "alt-enter"]);
    let ctrl_s = Key { ctrl: true, ..Key::char('s') };
    assert_eq!(keymap.find(&[Scope::Writing], &[ctrl_s], true), Found::Nothing);
    let expected = [
        Problem::BadKey { name: "mark".into(), key: "ctrl-nothing".into() },
        Problem::UnknownCommand { name: "repyl".into(), nearest: "reply" },
        Problem::TypesText { name: "send".into(), key: "x".into() },
        Problem::Clash { key: "f".into(), one: "narrow", other: "sort" },
    ];
    assert_eq!(problems, expected);
}

#[test]
fn keys_are_read_with_their_modifiers() {
    assert_eq!(Key::parse("shift-tab"), Some(Key { shift: true, ..Key::plain(Code::Tab) }));
    assert_eq!(Key::parse("shift-g"), Some(Key::char('G')));
    assert_eq!(Key::parse("-"), Some(Key::char('-')));
    assert_eq!(Key::parse("ctrl--"), Some(Key { ctrl: true, ..Key::char('-') }));
    assert_eq!(Key::parse("f12"), Some(Key::plain(Code::F(12))));
    assert_eq!(Key::parse("f99"), None);
    assert_eq!(Key::parse(""), None);
    assert_eq!(Key::parse("super-x"), None);
}

#[test]
fn every_command_scope_and_hint_has_its_words() {
    let words = guichet::language::Language::english();
    for row in TABLE {
        assert!(words.has(&format!("command-{}", row.name)), "{}", row.name);
        assert!(row.hint == 0 || words.has(&format!("hint-{}", row.name)), "{}", row.name);
    }
    for scope in Scope::ALL {
        assert!(words.has(&format!("scope-{}", scope.name())), "{}", scope.name());
    }
}

/// `docs/keys.md` is made from the table: write it anew with `UPDATE_DOCS=1`.
#[test]
fn the_page_of_keys_is_as_the_table_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md");
    let page = guichet::tui::docs::keys_markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).expect("written");
    }
    assert_eq!(std::fs::read_to_string(path).expect("docs/keys.md"), page);
}

/// Help is one key away wherever one is, and gives the place back as it was.
#[test]
fn the_keys_are_shown_while_typing_and_the_text_is_there_afterwards() {
    let places = [
        (Role::Agent, "2 enter r", "half a thought"),
        (Role::Agent, "2 enter i", "half a thought"),
        (Role::Agent, "2 /", "csv"),
        (Role::Agent, "2 f", "csv"),
        (Role::Agent, "2 a", "zo"),
        (Role::Agent, "2 t", "vi"),
        (Role::Agent, "2 enter r alt-a", "/tmp/a.png"),
        (Role::Agent, "c enter", "an"),
        (Role::EndUser, "c enter", "Wheels"),
        (Role::Agent, "2 :", "ass"),
    ];
    for (role, keys, text) in places {
        let mut stage = Stage::of(role, 100, 30);
        stage.keys(keys);
        stage.text(text);
        let before = stage.screen();
        let hint = before.lines().last().is_some_and(|hints| hints.contains("f1 help"));
        assert!(hint && before.contains(text), "{keys}: {before}");
        stage.keys("f1");
        let help = stage.screen();
        assert!(help.contains("─ Keys ─") || help.contains(" Keys "), "{keys}: {help}");
        stage.keys("f1");
        assert_eq!(stage.screen(), before, "{keys}");
        stage.keys("f1 esc");
        assert_eq!(stage.screen(), before, "{keys}");
        stage.text("x");
        assert!(stage.screen().contains(&format!("{text}x")), "{keys}: {}", stage.screen());
    }
}
