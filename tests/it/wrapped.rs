//! Long text is wrapped once and drawn by the window.

use std::time::Instant;

use guichet::safe::Safe;
use guichet::tui::wrapped::{Shape, Wrapped};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn shape(columns: usize) -> Shape {
    Shape { columns, ..Shape::default() }
}

fn rows(text: &str, shape: Shape) -> Vec<String> {
    let wrapped = Wrapped::new(Safe::text(text), shape);
    wrapped.rows(0..usize::MAX).map(|row| row.whole().into_string()).collect()
}

#[test]
fn words_stay_whole_where_they_can() {
    let cases: [(&str, usize, &[&str]); 17] = [
        ("", 10, &[]),
        ("\n\n", 10, &["", ""]),
        ("one two three", 20, &["one two three"]),
        ("one two three", 13, &["one two three"]),
        ("one two three", 12, &["one two", "three"]),
        ("one two three", 7, &["one two", "three"]),
        ("one two three", 3, &["one", "two", "thr", "ee"]),
        ("one     two", 5, &["one", "two"]),
        ("one  \ntwo", 3, &["one", "two"]),
        ("one      ", 3, &["one"]),
        ("a\n\nb\n", 5, &["a", "", "b"]),
        ("    indented text", 12, &["    indented", "text"]),
        ("      longword", 10, &["      long", "word"]),
        ("            x", 5, &["", "x"]),
        ("https://example.org/a/b/c", 10, &["https://ex", "ample.org/", "a/b/c"]),
        ("see https://example.org", 10, &["see", "https://ex", "ample.org"]),
        ("x y", 0, &["x", "y"]),
    ];
    for (text, columns, expected) in cases {
        assert_eq!(rows(text, shape(columns)), expected, "{text:?} in {columns}");
    }
}

#[test]
fn wide_and_accented_letters_are_counted_by_cells() {
    let cases: [(&str, usize, &[&str]); 7] = [
        ("déjà vu été", 7, &["déjà vu", "été"]),
        ("漢字漢字", 4, &["漢字", "漢字"]),
        ("漢字漢字", 5, &["漢字", "漢字"]),
        ("ab漢字 cd", 4, &["ab漢", "字", "cd"]),
        ("漢字。漢", 4, &["漢", "字。", "漢"]),
        ("漢", 1, &["…"]),
        ("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]),
    ];
    for (text, columns, expected) in cases {
        assert_eq!(rows(text, shape(columns)), expected, "{text:?} in {columns}");
    }
}

#[test]
fn margins_and_bars_go_on_in_every_row() {
    let margin = Safe::from_static("┃ ");
    let shape = Shape { columns: 24, margin, quotes: true };
    let text = "> > deep and long enough to wrap\n> once\n>\nanswer that is long enough\n>x";
    let expected = [
        "┃ │ │ deep and long",
        "┃ │ │ enough to wrap",
        "┃ │ once",
        "┃ │ ",
        "┃ answer that is long",
        "┃ enough",
        "┃ │ x",
    ];
    assert_eq!(rows(text, shape.clone()), expected);
    let plain = Shape { quotes: false, ..shape };
    assert_eq!(rows("> once", plain), ["┃ > once"]);
}

#[test]
fn a_thousand_levels_of_quotation_leave_room_for_the_words() {
    let text = format!("{} deep inside", ">".repeat(1000));
    let shape = Shape { columns: 40, quotes: true, ..Shape::default() };
    assert_eq!(rows(&text, shape), ["│ │ │ │ │ deep inside"]);
}

#[test]
fn a_place_in_the_text_survives_another_width() {
    let text = (0..2000).map(|number| format!("word{number}")).collect::<Vec<_>>().join(" ");
    let mut wrapped = Wrapped::new(Safe::text(&text), shape(80));
    for row in [0, 1, 77, wrapped.height() - 1] {
        wrapped.reshape(shape(80));
        let offset = wrapped.offset_of(row);
        let first_word = wrapped.rows(row..row + 1).next().unwrap().text.as_str().split(' ').next().unwrap().to_owned();
        wrapped.reshape(shape(33));
        let there = wrapped.row_at(offset);
        let shown = wrapped.rows(there..there + 1).next().unwrap();
        assert!(shown.text.as_str().split(' ').any(|word| word == first_word), "{first_word} in {shown:?}");
        wrapped.reshape(shape(80));
        assert_eq!(wrapped.row_at(offset), row);
    }
    assert_eq!(wrapped.row_at(usize::MAX), wrapped.height() - 1);
    assert_eq!(wrapped.rows(999_999..1_000_000).count(), 0);
}

#[test]
fn a_window_of_ten_megabytes_costs_what_its_rows_cost() {
    let rows = ["x", " ", "word ", "漢字 é ", "\n"];
    for piece in rows {
        let text = Safe::text(&piece.repeat(10_000_000 / piece.len() / if piece.is_ascii() { 1 } else { 10 }));
        let wrapped = Wrapped::new(text, shape(80));
        let height = wrapped.height();
        let start = Instant::now();
        let drawn: usize = (0..100).map(|at| wrapped.rows(height / 100 * at..height / 100 * at + 50).count()).sum();
        let each_ms = start.elapsed().as_millis() / 100;
        assert!(drawn > 0 && each_ms < 100, "{piece:?}: {each_ms} ms for 50 rows");
    }
}

fn cases() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(80), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_row_is_too_wide_and_no_letter_is_lost(
        text in "([a-z]{0,9}|[ \n>]{1,3}|[漢字é。🇫👩]{1,4}|\\PC){0,60}",
        columns in 2_usize..30,
        quotes in any::<bool>(),
    ) {
        let safe = Safe::text(&text);
        let shape = Shape { columns, quotes, margin: Safe::default() };
        let wrapped = Wrapped::new(safe.clone(), shape);
        let whole: Vec<_> = wrapped.rows(0..wrapped.height()).collect();
        let too_wide_for_any_row = safe.as_str().lines().any(|line| {
            guichet::safe::clusters(line).any(|cluster| guichet::safe::cluster_width(cluster) > 2)
        });
        for row in &whole {
            prop_assert!(row.whole().width() <= columns, "{:?}", row);
        }
        if !too_wide_for_any_row && !quotes {
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let shown: String = whole.iter().map(|row| row.text.as_str()).collect();
            prop_assert_eq!(letters(&shown), letters(safe.as_str()));
        }
        for row in 0..wrapped.height() {
            prop_assert_eq!(wrapped.row_at(wrapped.offset_of(row)), row);
        }
    }

    /// The quick way for ASCII and the way by clusters agree.
    #[test]
    fn both_ways_of_wrapping_agree(text in "([a-z]{0,9}| {1,4}){0,40}", columns in 1_usize..20) {
        let ascii = rows(&text, shape(columns));
        // The same text made to take the other way by a letter that is cut off again.
        let other: Vec<String> = rows(&format!("{text} é"), shape(columns));
        let words = |rows: &[String]| rows.iter().filter(|row| !row.is_empty()).cloned().collect::<Vec<_>>();
        let mut other = words(&other);
        if let Some(last) = other.last_mut() {
            *last = last.trim_end_matches('é').trim_end().to_owned();
        }
        other.retain(|row| !row.is_empty());
        prop_assert_eq!(words(&ascii), other);
    }
}
