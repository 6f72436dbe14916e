//! Words, numbers, dates and plurals in the reader's language (Z13).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::FixedOffset;
use guichet::language::{Language, Present, Zone, args};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Sunday 2026-11-22 10:42:30 UTC.
const NOW: i64 = 1_795_344_150_000;

fn present() -> Present {
    Present { now: NOW, zone: Zone::utc() }
}

/// Each message and attribute of a Fluent file with the variables that it names, in the order of the file.
fn messages(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    let mut message = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let body = line.trim_start();
        match body.split_once('=').map(|(key, _)| key.trim()) {
            Some(key) if body == line && !key.is_empty() => {
                key.clone_into(&mut message);
                found.push((key.to_owned(), BTreeSet::new()));
            }
            Some(key) if body != line && key.starts_with('.') && !key.contains(' ') => {
                found.push((format!("{message}{key}"), BTreeSet::new()));
            }
            _ => {}
        }
        let Some((_, variables)) = found.last_mut() else { continue };
        for piece in line.split('$').skip(1) {
            let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(piece.len());
            variables.insert(piece[..end].to_owned());
        }
    }
    found
}

fn all_messages(language: &Language) -> BTreeMap<String, BTreeSet<String>> {
    language.files().iter().flat_map(|(_, text)| messages(text)).collect()
}

#[test]
fn every_language_has_the_same_keys_with_the_same_variables() {
    let english = all_messages(&Language::english());
    assert!(english.contains_key("kind-critical.title") && english["list-and"].len() == 2, "the reader works");
    for language in Language::all() {
        let own = all_messages(&language);
        let difference: Vec<_> = english
            .keys()
            .chain(own.keys())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter(|key| english.get(*key) != own.get(*key))
            .collect();
        assert!(difference.is_empty(), "{language:?} differs from English in {difference:?}");
    }
}

/// The languages in which the program only writes to people have what that takes, with the same variables, and nothing
/// else.
#[test]
fn languages_that_are_only_written_have_what_letters_need() {
    let english = all_messages(&Language::english());
    let needed = [
        "status-",
        "priority-",
        "value-",
        "weekday-long-",
        "month-long-",
        "date-long",
        "access-mail-",
        "stranger-mail",
    ];
    let needed: BTreeMap<_, _> =
        english.into_iter().filter(|(key, _)| needed.iter().any(|start| key.starts_with(start))).collect();
    assert_eq!(needed.len(), 6 + 4 + 2 + 7 + 12 + 1 + 4 + 2);
    for language in Language::only_written() {
        assert_eq!(all_messages(&language), needed, "{language:?}");
        assert!(Language::all().iter().all(|spoken| *spoken != language), "{language:?} is whole");
    }
    let day = chrono::NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
    for (languages, code, said, number) in [
        ("en-GB,fr", "en", "Friday 1 May 2026", "3.5"),
        ("de,fr-CH", "fr", "vendredi 1er mai 2026", "3,5"),
        ("it", "it", "venerdì 1º maggio 2026", "3,5"),
        ("de,pt", "en", "Friday 1 May 2026", "3.5"),
    ] {
        let words = Language::written(languages);
        assert_eq!((words.code(), words.date_long(day).as_str(), words.decimal("3.5").as_str()), (code, said, number));
    }
}

#[test]
fn no_key_is_used_twice() {
    for language in Language::all().into_iter().chain(Language::only_written()) {
        let mut seen = BTreeMap::new();
        for (area, text) in language.files() {
            for (key, _) in messages(text) {
                let before = seen.insert(key.clone(), area);
                assert!(before.is_none(), "{language:?}: {key} is in {before:?} and in {area}");
            }
        }
    }
}

#[test]
fn every_file_of_words_is_part_of_the_program() {
    for language in Language::all().into_iter().chain(Language::only_written()) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/words").join(language.code());
        let on_disk: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let built_in: BTreeSet<String> = language.files().iter().map(|(area, _)| (*area).to_owned()).collect();
        assert_eq!(on_disk, built_in);
    }
}

/// Keys written out in the code; those made at run time are the business of their own tests.
#[test]
fn every_key_in_the_code_exists() {
    let mut files = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut missing = Vec::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let code = std::fs::read_to_string(&path).unwrap_or_default();
        for call in [".say(", ".word("] {
            for rest in code.split(call).skip(1) {
                let Some(literal) = rest.trim_start().strip_prefix('"') else { continue };
                let key = literal.split('"').next().unwrap_or_default();
                if !Language::english().has(key) {
                    missing.push(format!("{key} in {}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_language_is_chosen_by_setting_then_locale_then_english() {
    let rows: [(Option<&str>, &[&str], &str); 8] = [
        (None, &[], "en"),
        (Some("en"), &["fr_FR.UTF-8"], "en"),
        (None, &["C", "en"], "en"),
        (None, &["POSIX"], "en"),
        (None, &["en_GB.UTF-8"], "en"),
        (None, &["EN-us", "xx"], "en"),
        (None, &["tlh_QO", "", "@", "en"], "en"),
        (Some("klingon"), &["xx_XX"], "en"),
    ];
    for (setting, locales, code) in rows {
        assert_eq!(Language::choose(setting, locales).code(), code, "{setting:?} {locales:?}");
    }
    assert_eq!(Language::of("klingon"), None);
    for language in Language::all() {
        assert_eq!(Language::choose(Some(language.code()), ["C"]), language);
        assert_eq!(Language::choose(None, [format!("{}_XX.UTF-8", language.code())]), language);
    }
}

#[test]
fn plurals_follow_the_count_and_counts_are_grouped() {
    let words = Language::english();
    let rows = [
        (0, "0 tickets"),
        (1, "1 ticket"),
        (2, "2 tickets"),
        (1042, "1,042 tickets"),
        (1_000_000, "1,000,000 tickets"),
    ];
    for (count, said) in rows {
        assert_eq!(words.say("count-tickets", args![count = count]), said);
    }
}

#[test]
fn numbers_that_only_look_like_counts_stay_as_they_are() {
    let words = Language::english();
    assert_eq!(words.say("list-and", args![first = "1042", second = 1042]), "1042 and 1,042");
    assert_eq!(words.say("list-and", args![first = 1.5, second = -1042]), "1.5 and -1,042");
}

#[test]
fn arguments_are_taken_as_they_are_without_controls_of_direction() {
    let words = Language::english();
    let said = words.say("list-and", args![first = "{ $second }", second = "\u{202e}x"]);
    assert_eq!(said, "{ $second } and \u{202e}x");
}

#[test]
#[cfg(debug_assertions)]
fn a_missing_key_or_argument_is_noticed_in_tests() {
    let words = Language::english();
    assert!(std::panic::catch_unwind(|| Language::english().word("no-such-key")).is_err());
    assert!(std::panic::catch_unwind(|| Language::english().word("count-tickets")).is_err());
    assert!(!words.has("no-such-key") && words.has("kind-critical.title") && !words.has("kind-critical.nothing"));
}

#[test]
fn attributes_are_said_by_their_dot() {
    assert_eq!(Language::english().word("kind-critical.title"), "Critical / SEV");
}

#[test]
fn numbers_and_sizes_are_written_for_reading() {
    let words = Language::english();
    for (number, said) in
        [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (i64::MIN, "-9,223,372,036,854,775,808")]
    {
        assert_eq!(words.number(number), said);
    }
    assert_eq!(words.number_at_least(1000), "1,000+");
    let rows = [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (1240, "1.2 kB"),
        (9_949, "9.9 kB"),
        (9_999, "10 kB"),
        (210_400, "210 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (1_500_000, "1.5 MB"),
        (4_000_000_000, "4 GB"),
        (u64::MAX, "18,446,744 TB"),
    ];
    for (bytes, said) in rows {
        assert_eq!(words.size(bytes), said, "{bytes}");
    }
}

#[test]
fn durations_have_their_two_largest_units() {
    let rows = [
        (-5, "0 s"),
        (0, "0 s"),
        (45_999, "45 s"),
        (MINUTE, "1 min"),
        (MINUTE + 5000, "1 min 5 s"),
        (HOUR + 20 * MINUTE + 5000, "1 h 20 min"),
        (HOUR + 5000, "1 h"),
        (3 * DAY + 4 * HOUR, "3 d 4 h"),
        (1200 * DAY, "1,200 d"),
    ];
    for (ms, said) in rows {
        assert_eq!(Language::english().duration(ms), said, "{ms}");
    }
}

#[test]
fn ages_change_at_their_boundaries() {
    let rows = [
        (0, "now", "just now"),
        (MINUTE - 1, "now", "just now"),
        (MINUTE, "1 min", "1 min ago"),
        (HOUR - 1, "59 min", "59 min ago"),
        (HOUR, "1 h", "1 h ago"),
        (DAY - 1, "23 h", "23 h ago"),
        (DAY, "yesterday", "yesterday"),
        // 34 h 42 min 30 s ago yesterday began.
        (34 * HOUR, "yesterday", "yesterday"),
        (35 * HOUR, "2 d", "2 d ago"),
        (13 * DAY, "13 d", "13 d ago"),
        (14 * DAY, "2 w", "2 w ago"),
        (35 * DAY, "5 w", "5 w ago"),
        (364 * DAY, "52 w", "52 w ago"),
        (365 * DAY, "1 y", "1 y ago"),
        (-(MINUTE - 1), "now", "just now"),
        (-MINUTE, "in 1 min", "in 1 min"),
        (-(HOUR - 1), "in 1 h", "in 1 h"),
        (-(2 * HOUR - 1), "in 2 h", "in 2 h"),
        (-(DAY - 1), "in 1 d", "in 1 d"),
        (-(4 * DAY - 1), "in 4 d", "in 4 d"),
        (-21 * DAY, "in 3 w", "in 3 w"),
        (-800 * DAY, "in 2 y", "in 2 y"),
    ];
    for (elapsed, age, ago) in rows {
        let words = Language::english();
        let said = (words.age(NOW - elapsed, &present()), words.ago(NOW - elapsed, &present()));
        assert_eq!((said.0.as_str(), said.1.as_str()), (age, ago), "{elapsed}");
    }
}

#[test]
fn times_name_the_weekday_near_by_and_the_date_far_away() {
    let rows = [
        (0, "Sun 10:42", "22 Nov"),
        (5 * DAY, "Tue 10:42", "17 Nov"),
        (6 * DAY, "Mon 10:42", "16 Nov"),
        (7 * DAY, "15 Nov 10:42", "15 Nov"),
        (-6 * DAY, "Sat 10:42", "28 Nov"),
        (-7 * DAY, "29 Nov 10:42", "29 Nov"),
        (365 * DAY, "22 Nov 2025 10:42", "22 Nov 2025"),
        (-40 * DAY, "1 Jan 2027 10:42", "1 Jan 2027"),
    ];
    for (elapsed, time, day) in rows {
        let words = Language::english();
        let said = (words.time(NOW - elapsed, &present()), words.day(NOW - elapsed, &present()));
        assert_eq!((said.0.as_str(), said.1.as_str()), (time, day), "{elapsed}");
    }
    assert_eq!(Language::english().stamp(NOW, Zone::utc()), "2026-11-22 10:42");
    assert_eq!(Language::english().clock(NOW - 2 * HOUR, Zone::utc()), "08:42");
    assert_eq!(Language::english().day_long(NOW, Zone::utc()), "Sunday 22 November 2026");
}

#[test]
fn every_day_and_month_has_its_names() {
    for language in Language::all() {
        let names: BTreeSet<_> = (0..365).map(|day| language.day_long(NOW + day * DAY, Zone::utc())).collect();
        assert_eq!(names.len(), 365);
        let days: BTreeSet<_> = (0..365).map(|day| language.day(NOW + day * DAY, &present())).collect();
        assert_eq!(days.len(), 365);
        assert_eq!((0..7).map(|day| language.weekday(NOW + day * DAY, Zone::utc())).collect::<BTreeSet<_>>().len(), 7);
    }
}

#[test]
fn the_reader_s_zone_decides_which_day_it_is() {
    let words = Language::english();
    let tokyo = Zone::minutes_east(9 * 60);
    assert_eq!(words.stamp(NOW, tokyo), "2026-11-22 19:42");
    assert_eq!(words.stamp(NOW + 5 * HOUR, tokyo), "2026-11-23 00:42");
    assert_eq!(words.weekday(NOW + 5 * HOUR, tokyo), "Mon");
    assert_eq!(words.stamp(NOW, Zone::minutes_east(-11 * 60)), "2026-11-21 23:42");
    assert_eq!(Zone::minutes_east(i32::MAX), Zone::utc());
    // Summer time ended on 25 October: an hour is there twice, and the offset follows the instant.
    let paris = Zone::Changing(|at| FixedOffset::east_opt(if at < 1_792_890_000_000 { 7200 } else { 3600 }).unwrap());
    assert_eq!(words.stamp(1_792_890_000_000 - MINUTE, paris), "2026-10-25 02:59");
    assert_eq!(words.stamp(1_792_890_000_000, paris), "2026-10-25 02:00");
    assert_eq!(words.stamp(NOW, paris), "2026-11-22 11:42");
}

#[test]
fn no_instant_is_too_far_away_to_be_shown() {
    let words = Language::english();
    for at in [i64::MIN, i64::MAX, 0, -1] {
        for zone in [Zone::utc(), Zone::minutes_east(-23 * 60), Zone::minutes_east(23 * 60)] {
            let present = Present { now: NOW, zone };
            let said =
                [words.age(at, &present), words.ago(at, &present), words.time(at, &present), words.stamp(at, zone)];
            assert!(said.iter().all(|text| !text.is_empty()), "{said:?}");
        }
    }
}

#[test]
fn lists_are_read_out() {
    let words = Language::english();
    let rows: [(&[&str], &str, &str); 4] = [
        (&[], "", ""),
        (&["a"], "a", "a"),
        (&["a", "b"], "a and b", "a or b"),
        (&["a", "b", "c", "d"], "a, b, c and d", "a, b, c or d"),
    ];
    for (items, and, or) in rows {
        assert_eq!((words.list(items), words.list_or(items)), (and.to_owned(), or.to_owned()));
    }
}

#[test]
fn a_language_is_shared_between_threads() {
    let words = Language::english();
    let other = words.clone();
    let said = std::thread::spawn(move || other.say("count-tickets", args![count = 2])).join().unwrap();
    assert_eq!(said, words.say("count-tickets", args![count = 2]));
}

/// When something is due, as people type it.
#[test]
fn a_moment_is_read_in_the_readers_own_zone() {
    // Tuesday 24 November 2026, 12:00 in Greenwich.
    let now = 1_795_521_600_000;
    let present = Present { now, zone: Zone::minutes_east(60) };
    let minutes = |text| present.moment(text, 18).map(|at| (at - now) / 60_000);
    assert_eq!(minutes("2026-11-24"), Some(5 * 60));
    assert_eq!(minutes("2026-11-25 09:30"), Some(20 * 60 + 30));
    assert_eq!(minutes("13:30"), Some(30));
    assert_eq!(minutes("12:00"), Some(23 * 60));
    assert_eq!(minutes("4h"), Some(240));
    assert_eq!(minutes("1d"), Some(29 * 60));
    assert_eq!(minutes("1 w"), Some(7 * 24 * 60 + 5 * 60));
    for text in ["", "soon", "2026-13-01", "25:00", "-3d", "9223372036854775807h", "é"] {
        assert_eq!(minutes(text), None, "{text}");
    }
}
