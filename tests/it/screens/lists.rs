//! Lists hold their cursor by id, texts wrap, editors take what is pasted as text.

use guichet::safe::Safe;
use guichet::tui::choices::{Choice, Choices};
use guichet::tui::command::Command;
use guichet::tui::editor::Editor;
use guichet::tui::input::{Code, Key};
use guichet::tui::list::{Identified, List};
use guichet::tui::text::wrap;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Number(u32);

impl Identified for Number {
    type Id = u32;
    fn id(&self) -> u32 {
        self.0
    }
}

fn numbers(of: impl IntoIterator<Item = u32>) -> Vec<Number> {
    of.into_iter().map(Number).collect()
}

fn window(list: &List<Number>) -> Vec<(u32, bool)> {
    list.shown().map(|(row, cursor, _)| (row.0, cursor)).collect()
}

#[test]
fn the_cursor_stays_on_its_row_and_on_its_place_when_rows_come_above() {
    let mut list = List::default();
    list.fit(3);
    list.set(numbers(10..20));
    list.command(Command::Last);
    list.scroll(-5);
    assert_eq!(window(&list), [(12, false), (13, false), (14, true)]);
    list.set(numbers((1..5).chain(10..20)));
    assert_eq!(window(&list), [(12, false), (13, false), (14, true)]);
}

/// Only where the person has gone somewhere and there is not room for all, rows wait above.
#[test]
fn rows_that_come_above_are_seen_where_all_fits_or_nobody_has_moved() {
    let mut list = List::default();
    list.fit(5);
    list.set(numbers(10..12));
    list.command(Command::Down);
    list.set(numbers(8..12));
    assert_eq!(window(&list), [(8, false), (9, false), (10, false), (11, true)]);
    let mut list = List::default();
    list.set(numbers(10..20));
    list.fit(3);
    list.set(numbers(9..20));
    assert_eq!(window(&list), [(9, false), (10, true), (11, false)]);
    list.command(Command::Down);
    list.set(numbers(7..20));
    assert_eq!(window(&list), [(9, false), (10, false), (11, true)]);
    list.command(Command::First);
    list.set(numbers(6..20));
    assert_eq!(window(&list), [(6, false), (7, true), (8, false)]);
}

#[test]
fn the_cursor_goes_to_the_next_row_when_its_own_is_gone() {
    let mut list = List::default();
    list.fit(5);
    list.set(numbers(0..5));
    list.move_by(2);
    list.set(numbers([0, 1, 3, 4]));
    assert_eq!(list.current_id(), Some(3));
    list.set(numbers([0]));
    assert_eq!(list.current_id(), Some(0));
    list.set(Vec::new());
    assert_eq!(list.current_id(), None);
}

#[test]
fn a_page_is_appended_without_doubling_a_row() {
    let mut list = List::default();
    list.fit(2);
    list.set(numbers(0..4));
    list.append(numbers(3..6));
    assert_eq!(list.rows(), numbers(0..6));
    assert!(!list.near_end());
    list.move_to(3);
    assert!(list.near_end());
}

#[test]
fn marks_go_with_their_rows() {
    let mut list = List::default();
    list.fit(5);
    list.set(numbers(0..5));
    list.toggle_mark();
    list.move_to(2);
    list.mark_range();
    list.move_to(4);
    list.mark_range();
    assert_eq!(list.chosen(), [0, 2, 3, 4]);
    list.set(numbers([0, 3, 9]));
    assert_eq!(list.chosen(), [0, 3]);
    list.clear_marks();
    assert_eq!(list.chosen(), [list.current_id().expect("a row")]);
}

#[test]
fn text_wraps_at_blanks_and_inside_words_only_when_it_must() {
    let wrapped = |text: &str, width| wrap(&Safe::text(text), width);
    assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
    assert_eq!(wrapped("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
    assert_eq!(wrapped("a\n\nb\n\n", 9), ["a", "", "b"]);
    assert_eq!(wrapped("日本語 日本", 6), ["日本語", "日本"]);
    assert_eq!(wrapped("", 5), [""]);
    assert_eq!(wrapped("  indented text", 10), ["  indented", "text"]);
}

#[test]
fn a_paste_is_text_and_is_bounded() {
    let mut editor = Editor::new("");
    assert!(editor.paste("one\r\ntwo\x1b[31m\u{7}\tthree"));
    assert_eq!(editor.text(), "one\ntwo[31m    three");
    editor.paste(&"é".repeat(1024 * 1024));
    assert!(editor.text().len() <= 1024 * 1024 + 1);
    let mut line = Editor::line("");
    line.paste("a\nb");
    assert!(!line.key(Key::plain(Code::Enter)));
    assert_eq!(line.text(), "a b");
}

#[test]
fn readline_keys_edit_a_line() {
    let ctrl = |c| Key { ctrl: true, ..Key::char(c) };
    let alt = |c| Key { alt: true, ..Key::char(c) };
    let mut editor = Editor::new("one two three");
    editor.key(ctrl('w'));
    assert_eq!(editor.text(), "one two ");
    editor.key(ctrl('a'));
    editor.key(alt('f'));
    editor.key(ctrl('k'));
    assert_eq!(editor.text(), "one ");
    editor.key(ctrl('u'));
    assert_eq!(editor.text(), "");
    editor.key(Key::char('q'));
    assert_eq!(editor.text(), "q");
}

#[test]
fn choices_narrow_by_typing_and_keep_their_order_among_equals() {
    let choice = |value: u32, label: &'static str| Choice {
        value,
        label: Safe::from_static(label),
        note: Safe::default(),
        present: value == 2,
    };
    let mut choices = Choices::new(vec![choice(1, "Open"), choice(2, "Pending"), choice(3, "On-hold")]);
    assert_eq!(choices.current().map(|choice| choice.value), Some(2));
    choices.key(Key::char('o'));
    choices.key(Key::char('n'));
    assert_eq!(choices.current().map(|choice| choice.value), Some(3));
    choices.move_by(-1);
    choices.toggle();
    assert!(choices.present().contains(&2));
}
