//! Titles and texts in several languages: those that an account begins with, and which one somebody reads.

use super::notices::read;
use crate::support::world::*;
use guichet::domain::account::{Kind, Translation};
use guichet::domain::field::{Day, Decimal, FieldType, FieldWords, SystemField, Value};
use guichet::domain::id::{FieldId, StatusId, TextId};
use guichet::domain::locale::{nearest, preferred};
use guichet::domain::notice::{NoticeText, Wording, template};
use guichet::domain::setup::Item;
use guichet::domain::status::{CustomStatus, Priority, Status, StatusWords};
use guichet::domain::tag::Tag;
use guichet::domain::time::Timestamp;
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
                    let words = Language::english().read_by(language, BTreeMap::new());
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
    let words = |languages: &str| Language::english().read_by(languages, BTreeMap::new());
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

/// A text of one line that names everything that is written in another way in each language, in three languages.
fn telling() -> NoticeText {
    let names = [
        "status",
        "priority",
        "kind",
        "due",
        "fields.size",
        "fields.sizes",
        "fields.big",
        "fields.price",
        "fields.day",
    ];
    let body: Vec<String> = names.iter().map(|name| format!("{{{{ ticket.{name} }}}}")).collect();
    // What is compared stays as it is in scripts.
    let body = format!(
        "{}{{% if ticket.status == \"hold\" and ticket.fields.size == \"s\" %}}!{{% endif %}}",
        body.join("; ")
    );
    let wording = |subject: &str| Wording { subject: subject.to_owned(), body: body.clone() };
    let bodies = ["en", "fr", "it"].map(|code| (code.to_owned(), wording(code)));
    NoticeText { id: TextId(900), slug: "telling".to_owned(), description: String::new(), bodies: bodies.into() }
}

/// D8, D11: statuses, dates, numbers and options are in the language of the letter, the account's own status by the name
/// that whoever reads it may know; days are those where they are.
#[test]
fn what_a_notice_tells_is_in_its_readers_language() {
    let tag = |text: &str| Tag::parse(text).unwrap();
    let mut sizes = options(&["s", "l"]);
    sizes[0].translations =
        BTreeMap::from([("fr".to_owned(), "Petit".to_owned()), ("it".to_owned(), "Piccolo".to_owned())]);
    let fields = [
        field(FieldId(81), "size", FieldType::Choice(sizes.clone())),
        field(FieldId(82), "sizes", FieldType::Choices(sizes)),
        field(FieldId(83), "big", FieldType::Checkbox { tag: None }),
        field(FieldId(84), "price", FieldType::Decimal),
        field(FieldId(85), "day", FieldType::Date),
    ];
    let held = [
        (FieldId(81), Value::Choice(tag("s"))),
        (FieldId(82), Value::Choices([tag("s"), tag("l")].into())),
        (FieldId(83), Value::Checked(true)),
        (FieldId(84), Value::Decimal(Decimal::parse("3.5").unwrap())),
        (FieldId(85), Value::Date(Day::parse("2026-05-01").unwrap())),
    ];
    let french = |name: &str, theirs: &str| {
        let words = StatusWords { name: name.to_owned(), requester_name: Some(theirs.to_owned()) };
        BTreeMap::from([("fr".to_owned(), words)])
    };
    let workshop = CustomStatus {
        requester_name: Some("Being repaired".to_owned()),
        translations: french("À l'atelier", "En réparation"),
        ..status(StatusId(91), "In the workshop", Status::Hold)
    };
    let mut world = a_ticket().assigned(MARC).status(Status::Hold).world().but(|world| {
        for mut field in fields {
            field.position = field.id.0;
            world.items.push(Item::Field(field));
        }
        for item in &mut world.items {
            if let Item::Kind(kind) = item {
                kind.fields = (81..=85).map(FieldId).collect();
            }
        }
        world.items.push(Item::Status(workshop));
    });
    let ticket = world.tickets.get_mut(&T).unwrap();
    ticket.priority = Some(Priority::Urgent);
    ticket.fields = held.into();
    // An hour before midnight in Greenwich.
    ticket.due_at = Some(Timestamp(1_777_676_400_000));
    let told = |world: &mut World, who, language: &str, zone: Option<&str>| {
        let person = world.people.get_mut(&who).unwrap();
        person.language = Some(language.to_owned());
        person.time_zone = zone.map(str::to_owned);
        let said = read(world, &telling(), who, None);
        assert_eq!(said.subject, said.language);
        said.body
    };
    let kind = world.setup().kinds[&world.ticket(T).kind.unwrap()].name.clone();
    assert_eq!(
        told(&mut world, LEA, "en", None),
        format!("On-hold; Urgent; {kind}; Friday 1 May 2026; S; L, S; yes; 3.5; Friday 1 May 2026!")
    );
    assert_eq!(
        told(&mut world, LEA, "fr-CH", Some("Europe/Zurich")),
        format!("En pause; Urgente; {kind}; samedi 2 mai 2026; Petit; L, Petit; oui; 3,5; vendredi 1er mai 2026!")
    );
    assert_eq!(
        told(&mut world, MARC, "it", None),
        format!(
            "In sospeso; Urgente; {kind}; venerdì 1º maggio 2026; Piccolo; L, Piccolo; sì; 3,5; venerdì 1º maggio 2026!"
        )
    );
    world.tickets.get_mut(&T).unwrap().custom_status = Some(StatusId(91));
    assert!(told(&mut world, LEA, "fr", None).starts_with("En réparation; Urgente"));
    assert!(told(&mut world, MARC, "fr", None).starts_with("À l'atelier; Urgente"));
    assert!(told(&mut world, MARC, "en", None).starts_with("In the workshop; Urgent"));
}

/// A placeholder in quotes is what it says; what is compared in a text is compared by its name in scripts.
#[test]
fn a_text_names_values_as_people_read_them_only_where_it_says_them() {
    let mut text = telling();
    let body = "{{ ticket.due or \"ticket.due\" }} {{ ticket.status == 'open' }} {{ticket.status}} {{- ticket.id -}} {% if ticket.status == 'open' %}yes{% endif %}";
    text.bodies.values_mut().for_each(|wording| body.clone_into(&mut wording.body));
    let mut world = a_ticket().assigned(MARC).status(Status::Open).world();
    world.people.get_mut(&LEA).unwrap().language = Some("fr".to_owned());
    assert_eq!(read(&world, &text, LEA, None).body, "ticket.due True Ouvert1yes");
    // The names by which it is done cannot be written by anybody.
    let fault = template::check("{{ said.ticket.status }}", []).unwrap_err();
    assert_eq!(fault, guichet::domain::notice::BadTemplate::Unknown("said.ticket.status".to_owned()));
}

/// Options are said in the reader's language, and understood in each.
#[test]
fn options_have_names_in_several_languages() {
    let mut size = options(&["s", "l"]);
    size[0].translations = BTreeMap::from([("fr".to_owned(), "Petit".to_owned())]);
    let kind = FieldType::Choice(size);
    let words = |languages: &str| Language::english().read_by(languages, BTreeMap::new());
    let small = Value::Choice(Tag::parse("s").unwrap());
    assert_eq!(words::value(&words("fr-CA,en"), Some(&kind), &small), "Petit");
    assert_eq!(words::value(&words("it,en"), Some(&kind), &small), "S");
    assert_eq!(kind.read("petit"), Ok(Some(small)));
    assert_eq!(words::value(&words("it"), None, &Value::Checked(true)), "sì");
}

/// What an account calls the fields that every ticket has stands in place of the program's words, in their language.
#[test]
fn what_every_ticket_has_is_called_as_the_account_calls_it() {
    let translations =
        BTreeMap::from([("fr".to_owned(), FieldWords { title: "Sujet".to_owned(), ..FieldWords::default() })]);
    let subject = guichet::domain::field::Field {
        title: "What it is about".to_owned(),
        translations,
        ..system(FieldId(80), SystemField::Subject)
    };
    let called = |languages: &str| {
        let own = BTreeMap::from([("field-subject".to_owned(), subject.title_in(languages, true).to_owned())]);
        let words = Language::english().read_by(languages, own);
        words::refusal(&words, &guichet::domain::refusal::Refusal::Empty(guichet::domain::refusal::Field::Subject))
    };
    assert!(called("fr").contains("Sujet"), "{}", called("fr"));
    assert!(called("en").contains("What it is about"), "{}", called("en"));
}
