//! Titles and texts in several languages: those that an account begins with, and which one somebody reads.

use guichet::domain::account::{Kind, Translation};
use guichet::domain::locale::{nearest, preferred};
use guichet::domain::notice::{NoticeText, template};
use guichet::domain::setup::Item;
use guichet::language::Language;
use guichet::words;
use std::collections::{BTreeMap, BTreeSet};

/// The languages in which a new account speaks, beside English.
const STOCK: [&str; 2] = ["fr", "it"];

fn stock() -> Vec<Item> {
    guichet::store::stock().expect("the stock")
}

fn kind(slug: &str) -> Kind {
    let found = stock().into_iter().find_map(|item| match item {
        Item::Kind(kind) if kind.slug == slug => Some(kind),
        _ => None,
    });
    found.expect("a stock kind")
}

/// Everything between braces, but for the blanks: placeholders and conditions.
fn braces(text: &str) -> BTreeSet<String> {
    let parts = text
        .split("{{")
        .skip(1)
        .map(|part| part.split("}}").next())
        .chain(text.split("{%").skip(1).map(|part| part.split("%}").next()));
    parts.flatten().map(|part| part.trim().to_owned()).collect()
}

/// R153, R097, R172, D9, D32: every notice of a new account is written in each of its languages, with the same
/// placeholders, in good order.
#[test]
fn every_stock_text_is_there_in_every_stock_language_with_the_same_placeholders() {
    let mut count = 0;
    for item in stock() {
        let Item::Text(text) = item else { continue };
        count += 1;
        let languages: Vec<&str> = text.bodies.keys().map(String::as_str).collect();
        assert_eq!(languages, ["en", "fr", "it"], "{}", text.slug);
        let english = &text.bodies["en"];
        for language in STOCK {
            let wording = &text.bodies[language];
            for (theirs, ours) in [(&wording.subject, &english.subject), (&wording.body, &english.body)] {
                assert_eq!(braces(theirs), braces(ours), "{} {language}", text.slug);
                assert_eq!(template::check(theirs, []), Ok(()), "{} {language}", text.slug);
            }
            assert_ne!(wording.body, english.body, "{} {language}: not translated", text.slug);
        }
    }
    assert_eq!(count, 10);
}

/// R158-R162: the four kinds have a title and guidance of two parts in each language; so do the titles of what every
/// ticket has.
#[test]
fn stock_kinds_and_fields_are_translated() {
    for item in stock() {
        match item {
            Item::Kind(kind) => {
                assert_eq!(kind.translations.keys().collect::<Vec<_>>(), STOCK, "{}", kind.slug);
                for language in ["en", "fr", "it"] {
                    let words = Language::english().read_by(language);
                    let (first, more) = words::kind_guidance(&words, &kind);
                    assert!(!first.is_empty() && !more.is_empty(), "{} {language}", kind.slug);
                }
            }
            Item::Field(field) => {
                assert_eq!(field.translations.keys().collect::<Vec<_>>(), STOCK, "{}", field.slug);
                assert!(field.translations.values().all(|words| !words.title.is_empty()), "{}", field.slug);
            }
            _ => {}
        }
    }
    assert_eq!(kind("critical").name_in("fr-CH,en"), "Critique / SEV");
    assert_eq!(kind("hardware").name_in("it"), "Problema hardware");
}

/// R158: what an account calls its kinds wins over the program's words, in each language.
#[test]
fn a_renamed_kind_never_has_the_words_of_the_program() {
    let words = |languages: &str| Language::english().read_by(languages);
    let said = |kind: &Kind, languages: &str| {
        let words = words(languages);
        let (guidance, more) = words::kind_guidance(&words, kind);
        (words::kind(&words, kind), words::kind_title(&words, kind), guidance, more)
    };
    let stock = kind("hardware");
    assert_eq!(said(&stock, "en").0, "Hardware");
    assert_eq!(said(&stock, "en").1, "Hardware issue");
    let renamed = Kind { name: "Appliances".to_owned(), guidance: "Kettles".to_owned(), ..stock.clone() };
    let all = |text: &str| text.to_owned();
    assert_eq!(said(&renamed, "en"), (all("Appliances"), all("Appliances"), all("Kettles"), String::new()));
    let guided = Kind { guidance: "Kettles\nand pots".to_owned(), ..stock.clone() };
    let (_, title, guidance, more) = said(&guided, "en");
    assert_eq!((title.as_str(), guidance.as_str(), more.as_str()), ("Hardware issue", "Kettles", "and pots"));
    let english = Translation { name: "Machines".to_owned(), guidance: String::new() };
    let translated = Kind { translations: BTreeMap::from([("en".to_owned(), english)]), ..stock };
    assert_eq!(said(&translated, "en").0, "Machines");
}

/// Who reads what: the exact language, the language without its region, the account's, what there is.
#[test]
fn a_reader_gets_the_nearest_of_what_there_is() {
    let all = |tags: &[&str]| -> BTreeMap<String, String> {
        tags.iter().map(|tag| ((*tag).to_owned(), (*tag).to_owned())).collect()
    };
    for (there, own, usual, read) in [
        (&["fr", "fr-CH", "it"][..], Some("fr-CH"), "it", Some("fr-CH")),
        (&["fr", "it"], Some("fr-CH"), "it", Some("fr")),
        (&["fr_CH", "it"], Some("fr-ch"), "it", Some("fr_CH")),
        (&["fr", "it"], Some("de"), "it-CH", Some("it")),
        (&["fr", "it"], None, "fr", Some("fr")),
        // What stands without a language is what is left, and what English readers get where nothing is marked English.
        (&["fr", "it"], Some("de"), "pt", None),
        (&["fr", "it"], Some("en-GB"), "fr", None),
        (&["fr", "en"], Some("en-GB"), "fr", Some("en")),
        (&["fr"], Some("de"), "en", None),
        (&[], Some("fr"), "fr", None),
    ] {
        let there = all(there);
        let found = nearest(&there, &preferred(own, usual)).map(String::as_str);
        assert_eq!(found, read, "{there:?} {own:?} {usual}");
    }
    let wording = |text: &NoticeText, languages: &str| text.wording(languages).map(|(code, _)| code.to_owned());
    for item in stock() {
        let Item::Text(mut text) = item else { continue };
        let code = |code: &str| Some(code.to_owned());
        assert_eq!(wording(&text, "fr-CH,en"), code("fr"));
        assert_eq!(wording(&text, "de,it"), code("it"));
        assert_eq!(wording(&text, "de,pt"), code("en"));
        text.bodies.retain(|language, _| language == "it");
        assert_eq!(wording(&text, "de,pt"), code("it"));
    }
}
