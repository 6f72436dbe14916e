//! What an account says, in the languages of those who read it, on the command line.

use super::lines::Acme;
use super::refused;

/// An account with a drop-down in two languages on the form of hardware; lea reads French.
fn acme() -> Acme {
    let acme = Acme::new();
    acme.json("ana", &["person", "update", "lea@shop.example", "--language", "fr-CH"]);
    let field = "slug = \"model\"\ntitle = \"Model\"\ntype = \"tagger\"\naccess = \"requesters-edit\"\n\
                 [[options]]\nname = \"Big\"\nvalue = \"big\"\ntranslations = { fr = \"Grand\", it = \"Grande\" }\n\
                 [[options]]\nname = \"Small\"\nvalue = \"small\"\n\
                 [translations.fr]\ntitle = \"Modèle\"\n";
    acme.home.write("field.toml", field);
    acme.json("ana", &["field", "set", "--file", "field.toml"]);
    acme.json("ana", &["kind", "set", "hardware", "--set", "fields=[\"model\"]"]);
    acme
}

#[track_caller]
fn said(acme: &Acme, who: &str, args: &[&str]) -> String {
    let ran = acme.run(who, args);
    assert_eq!(ran.status, Some(0), "{args:?}: {ran:?}");
    ran.out
}

/// R153, R158-R162, D11: kinds, fields, options, statuses and notices are read in one's own language; the account's is
/// everybody else's.
#[test]
fn everybody_reads_what_the_account_says_in_their_language() {
    let acme = acme();
    let id = acme.request("Imprimante");
    said(&acme, "lea", &["request", "update", &id, "--field", "modèle=grand"]);
    let theirs = said(&acme, "lea", &["request", "show", &id]);
    for part in ["Problème matériel", "Modèle", "Grand", "Statut", "Ouvert"] {
        assert!(theirs.contains(part), "{part}: {theirs}");
    }
    let list = said(&acme, "lea", &["request", "list"]);
    assert!(list.contains("Problème matériel") && list.contains("Ouvert"), "{list}");
    let inbox = said(&acme, "lea", &["inbox"]);
    assert!(inbox.contains(&format!("Votre demande #{id} est bien arrivée")), "{inbox}");
    let ours = said(&acme, "marc", &["ticket", "show", &id]);
    for part in ["Hardware", "Model", "Big", "Status", "New"] {
        assert!(ours.contains(part), "{part}: {ours}");
    }
    let inbox = said(&acme, "marc", &["inbox"]);
    assert!(inbox.contains(&format!("New in Support Ops: #{id}")), "{inbox}");
    // Whoever says nothing reads the account's language.
    said(&acme, "ana", &["setting", "set", "language", "it"]);
    let ours = said(&acme, "marc", &["ticket", "show", &id]);
    for part in ["Problema hardware", "Grande", "Stato", "Nuovo"] {
        assert!(ours.contains(part), "{part}: {ours}");
    }
    assert!(said(&acme, "marc", &["inbox"]).contains("Nuovo in Support Ops"));
    assert!(said(&acme, "lea", &["request", "show", &id]).contains("Problème matériel"));
    // What scripts read stays as it is.
    let json = acme.json("lea", &["request", "show", &id]);
    assert_eq!(json["request"]["status"], "open");
}

/// D29: an admin gives each thing its names in each language; a part is laid over what is there.
#[test]
fn translations_are_set_shown_and_taken_away() {
    let acme = acme();
    said(&acme, "ana", &["kind", "set", "hardware", "--set", "translations.fr.name=Machines"]);
    said(&acme, "ana", &["form", "set", "hardware", "--set", "translations.pt-BR.name=Hardware"]);
    let shown = said(&acme, "ana", &["kind", "show", "hardware"]);
    for part in ["[translations.fr]\nname = \"Machines\"\nguidance", "[translations.it]", "[translations.pt-BR]"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let id = acme.request("Imprimante");
    assert!(said(&acme, "lea", &["request", "show", &id]).contains("Machines"));
    said(&acme, "ana", &["kind", "set", "hardware", "--unset", "translations", "--set", "name=Machinery"]);
    assert!(said(&acme, "lea", &["request", "show", &id]).contains("Machinery"));
    said(&acme, "ana", &["field", "set", "status", "--set", "translations.fr.title=Situation"]);
    assert!(said(&acme, "lea", &["request", "show", &id]).contains("Situation"));
    let status =
        ["status", "set", "At the supplier", "--set", "category=hold", "--set", "requester_name=Waiting for parts"];
    let french = [
        "--set",
        "translations.fr.name=Chez le fournisseur",
        "--set",
        "translations.fr.requester_name=Pièces attendues",
    ];
    said(&acme, "ana", &[&status[..], &french].concat());
    said(&acme, "marc", &["ticket", "update", &id, "--status", "at the supplier"]);
    assert!(said(&acme, "lea", &["request", "show", &id]).contains("Pièces attendues"));
    said(
        &acme,
        "ana",
        &["text", "set", "answered", "--set", "texts.fr.body={{ comment.author }} : {{ ticket.status }}"],
    );
    said(&acme, "marc", &["ticket", "reply", &id, "--body", "Voilà", "--status", "pending"]);
    let inbox = acme.json("lea", &["inbox"]);
    assert_eq!(inbox["notices"][0]["body"], "Marc Oni : En attente", "{inbox}");
}

/// What cannot be is said in a sentence that names the place.
#[test]
fn a_bad_translation_is_refused_with_its_place() {
    let acme = acme();
    let set = |args: &[&str]| acme.run("ana", args);
    let name = |pair: &str| set(&["kind", "set", "hardware", "--set", pair]);
    refused(&name("translations.french.name=Machines"), 1, "there is no language “french”");
    refused(&name("translations.xx.name=Machines"), 1, "translations.xx: there is no language");
    refused(&name("translations.fr.name="), 1, "translations.fr.name is empty");
    refused(&name("translations.de.guidance=Geräte"), 1, "translations.de.name is missing");
    refused(&name("translations.fr.nam=Machines"), 1, "did you mean");
    let text = |pair: &str| set(&["text", "set", "answered", "--set", pair]);
    refused(&text("texts.fr.body={{ ticket.numero }}"), 1, "The text in fr names ticket.numero");
    refused(&text("texts.fr.subject= "), 1, "texts.fr.subject is empty");
    let options = r#"options=[{"name": "Big", "value": "big", "translations": {"fr": ""}}]"#;
    refused(&set(&["field", "set", "model", "--set", options]), 1, "options.1.translations.fr is empty");
}
