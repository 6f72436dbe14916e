//! What is said in several languages: no language that there is not, nothing empty, nothing that cannot be filled in.

use crate::support::world::*;
use guichet::domain::account::{Kind, Translation};
use guichet::domain::field::{Choice, Field, FieldType, FieldWords};
use guichet::domain::form::BadForm;
use guichet::domain::id::{FieldId, StatusId, TextId};
use guichet::domain::notice::{BadTemplate, NoticeText, Wording};
use guichet::domain::refusal::{BadWords, Refusal};
use guichet::domain::setup::Item;
use guichet::domain::status::{CustomStatus, Status, StatusWords};
use guichet::language::Language;
use guichet::words;
use std::collections::BTreeMap;

fn save(item: Item) -> Result<(), Refusal> {
    World::new().save(item).map(|_| ())
}

fn bad(key: &str, why: BadWords) -> Result<(), Refusal> {
    Err(Refusal::BadWords { key: key.to_owned(), why })
}

fn by<T: Clone>(tags: &[&str], what: &T) -> BTreeMap<String, T> {
    tags.iter().map(|tag| ((*tag).to_owned(), what.clone())).collect()
}

fn text(bodies: &[(&str, &str, &str)]) -> Item {
    let wording = |(code, subject, body): &(&str, &str, &str)| {
        ((*code).to_owned(), Wording { subject: (*subject).to_owned(), body: (*body).to_owned() })
    };
    let bodies = bodies.iter().map(wording).collect();
    Item::Text(NoticeText { id: TextId(0), slug: "parts".to_owned(), description: String::new(), bodies })
}

/// D29: kinds, fields, statuses and texts say something in each language that they name, and name languages that there are.
#[test]
fn each_language_is_one_and_says_something() {
    let kind = |tags: &[&str], name: &str| {
        let words = Translation { name: name.to_owned(), guidance: String::new() };
        Item::Kind(Kind { translations: by(tags, &words), ..World::new().software() })
    };
    assert_eq!(save(kind(&["fr", "pt-BR", "gsw"], "Logiciel")), Ok(()));
    assert_eq!(save(kind(&["french"], "Logiciel")), bad("translations.french", BadWords::NoLanguage));
    assert_eq!(save(kind(&["xx"], "Logiciel")), bad("translations.xx", BadWords::NoLanguage));
    assert_eq!(save(kind(&["fr"], " \u{a0}\n")), bad("translations.fr.name", BadWords::Empty));
    assert_eq!(save(kind(&["fr"], &"x".repeat(201))), bad("translations.fr.name", BadWords::TooLong(200)));
    assert_eq!(save(kind(&["fr-ch", "fr_CH"], "Logiciel")), bad("translations.fr_CH", BadWords::Twice));

    let field = |tags: &[&str], title: &str| {
        let words = FieldWords { title: title.to_owned(), ..FieldWords::default() };
        Item::Field(Field { translations: by(tags, &words), ..field(FieldId(0), "Model", FieldType::Text) })
    };
    assert_eq!(save(field(&["it"], "Modello")), Ok(()));
    assert_eq!(save(field(&["it"], "")), bad("translations.it.title", BadWords::Empty));
    assert_eq!(save(field(&["italiano"], "Modello")), bad("translations.italiano", BadWords::NoLanguage));

    let status = |name: &str, theirs: Option<&str>| {
        let words = StatusWords { name: name.to_owned(), requester_name: theirs.map(str::to_owned) };
        Item::Status(CustomStatus {
            translations: by(&["fr"], &words),
            ..status(StatusId(0), "In the workshop", Status::Hold)
        })
    };
    assert_eq!(save(status("À l'atelier", None)), Ok(()));
    assert_eq!(save(status("", None)), bad("translations.fr.name", BadWords::Empty));
    let long = "x".repeat(201);
    assert_eq!(save(status("a", Some(&long))), bad("translations.fr.requester_name", BadWords::TooLong(200)));
}

/// Options have a name of their own in each language.
#[test]
fn options_have_names_of_their_own_in_each_language() {
    let field = |names: [(&str, &str); 2]| {
        let mut all: Vec<Choice> = options(&["a", "b"]);
        for (option, (tag, name)) in all.iter_mut().zip(names) {
            option.translations = by(&[tag], &name.to_owned());
        }
        Item::Field(field(FieldId(0), "Model", FieldType::Choice(all)))
    };
    assert_eq!(save(field([("fr", "Un"), ("fr", "Deux")])), Ok(()));
    assert_eq!(save(field([("fr", "Un"), ("it", "Un")])), Ok(()));
    assert_eq!(save(field([("fr", "Un"), ("fr", "un")])), Err(Refusal::BadForm(BadForm::SameOptions)));
    assert_eq!(save(field([("fr", "Un"), ("fr", "")])), bad("options.2.translations.fr", BadWords::Empty));
    assert_eq!(save(field([("e", "Un"), ("fr", "Deux")])), bad("options.1.translations.e", BadWords::NoLanguage));
}

/// A notice says something in each language, and names what there is; who is told of it is told in which language.
#[test]
fn a_notice_says_something_in_each_language_and_names_what_there_is() {
    let english = ("en", "Parts", "They are here.");
    assert_eq!(save(text(&[english, ("fr", "Pièces", "Arrivées : {{ ticket.id }}")])), Ok(()));
    assert_eq!(save(text(&[])), bad("texts", BadWords::Empty));
    assert_eq!(save(text(&[english, ("fr", " ", "Arrivées.")])), bad("texts.fr.subject", BadWords::Empty));
    assert_eq!(save(text(&[english, ("fr", "Pièces", "\n")])), bad("texts.fr.body", BadWords::Empty));
    assert_eq!(save(text(&[english, ("français", "Pièces", "Ici.")])), bad("texts.français", BadWords::NoLanguage));
    let unknown = save(text(&[english, ("fr", "Pièces", "{{ ticket.numero }}")])).unwrap_err();
    assert_eq!(unknown, Refusal::BadTemplate("fr".to_owned(), BadTemplate::Unknown("ticket.numero".to_owned())));
    let said = words::refusal(&Language::english(), &unknown);
    assert!(said.contains("fr") && said.contains("ticket.numero"), "{said}");
    for (why, part) in [
        (BadWords::Empty, "is empty"),
        (BadWords::TooLong(200), "200 characters"),
        (BadWords::NoLanguage, "no language “fr”"),
        (BadWords::Twice, "already"),
    ] {
        let said = words::refusal(&Language::english(), &Refusal::BadWords { key: "translations.fr".to_owned(), why });
        assert!(said.contains("translations.fr") && said.contains(part), "{said}");
    }
}
