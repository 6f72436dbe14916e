use guichet::mail::quote::reply;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// What was said, and what stood around it.
const TABLE: &[(&str, &str)] = &[
    ("Just words.", "Just words."),
    (
        "Thanks!\n\nOn Tue, 12 May 2026 at 10:04, Acme Support <support@acme.example> wrote:\n> Is it hot?\n>\n> Ana",
        "Thanks!",
    ),
    (
        "Thanks!\n\nOn Tue, 12 May 2026 at 10:04, Acme Support\n<support@acme.example>\nwrote:\n\n> Is it hot?",
        "Thanks!",
    ),
    ("Merci.\n\nLe mar. 12 mai 2026 à 10:04, Acme <support@acme.example> a écrit :\n> Chaud ?", "Merci."),
    ("Merci.\n\nLe 12/05/2026 à 10:04, Acme a écrit\u{a0}:\n> Chaud ?", "Merci."),
    ("Grazie.\n\nIl giorno mar 12 mag 2026 alle ore 10:04 Acme <s@acme.example> ha scritto:\n> Caldo?", "Grazie."),
    ("Danke.\n\nAm 12.05.2026 um 10:04 schrieb Acme Support:\n> Heiß?", "Danke."),
    ("Danke.\n\nAm Di., 12. Mai 2026 um 10:04 Uhr schrieb Acme <\nsupport@acme.example>:\n\n> Heiß?", "Danke."),
    ("Gracias.\n\nEl mar, 12 may 2026 a las 10:04, Acme (<s@acme.example>) escribió:\n> ¿Calor?", "Gracias."),
    ("Danke.\n\nAcme Support <support@acme.example> schrieb am Di., 12. Mai 2026, 10:04:\n> Heiß?", "Danke."),
    ("Yes.\n\n2026-05-12 10:04 GMT+02:00 Acme <support@acme.example>:\n> Hot?", "Yes."),
    // Copies below, with nothing before their lines.
    (
        "See below.\n\n-----Original Message-----\nFrom: Acme\nSent: Monday\nTo: Mia\nSubject: hot\n\nIs it hot?",
        "See below.",
    ),
    ("Voir.\n\n-----Message d'origine-----\nDe : Acme\nEnvoyé : lundi\nÀ : Mia\nObjet : chaud\n\nChaud ?", "Voir."),
    ("Siehe.\n\n-----Ursprüngliche Nachricht-----\nVon: Acme\nGesendet: Montag\nAn: Mia\n\nHeiß?", "Siehe."),
    ("Vedi.\n\n-----Messaggio originale-----\nDa: Acme\nInviato: lunedì\n\nCaldo?", "Vedi."),
    (
        "See.\n\n________________________________\nFrom: Acme <s@acme.example>\nSent: Monday\nTo: Mia\nSubject: hot\n\nHot?",
        "See.",
    ),
    ("See.\n\n*From:* Acme\n*Sent:* Monday\n*To:* Mia\n*Subject:* hot\n\nHot?", "See."),
    ("Ok.\n\nDe : Acme\nEnvoyé : lundi\nÀ : Mia\nObjet : chaud\n\nChaud ?", "Ok."),
    ("Yes.\n\nOn Tue, 12 May 2026 at 10:04, Acme <s@acme.example> wrote:\n\nIs it hot?\nAna", "Yes."),
    // Signatures.
    ("Words.\n-- \nMia Keller\nBlue Ltd", "Words."),
    ("Words.\n--\nMia Keller", "Words."),
    ("Words.\n\nSent from my iPhone", "Words."),
    ("Words.\n\nSent from my Verizon Wireless BlackBerry", "Words."),
    ("Mots.\n\nEnvoyé de mon iPhone", "Mots."),
    ("Worte.\n\nVon meinem iPhone gesendet", "Worte."),
    ("Parole.\n\nInviato da iPhone", "Parole."),
    ("Words.\n\nGet Outlook for Android", "Words."),
    (
        "Words.\n\nSent from my iPhone\n\nOn 12 May 2026, at 10:04, Acme wrote:\n\n> Hot?\n>\n> Sent from my desk",
        "Words.",
    ),
    ("Words.\n-- \nMia\n\nOn 12 May 2026, at 10:04, Acme wrote:\n> Hot?", "Words."),
    ("Words.\n\nOn 12 May 2026, at 10:04, Acme wrote:\n> Hot?\n\n-- \nMia", "Words."),
    (
        "Words.\n\n_______________________________________________\nprinters mailing list\nhttps://lists.acme.example",
        "Words.",
    ),
    // What only looks like it.
    ("I am Mia -- the one with the cat.", "I am Mia -- the one with the cat."),
    (
        "It was sent to me.\n\nSent from my desk, which is easier than my phone.",
        "It was sent to me.\n\nSent from my desk, which is easier than my phone.",
    ),
    ("On Monday I wrote:\nnobody answered.", "On Monday I wrote:\nnobody answered."),
    ("On the 2nd day the driver wrote:\nE404 no cat", "On the 2nd day the driver wrote:\nE404 no cat"),
    ("The log:\n-----\nFrom: a\nend of log", "The log:\n-----\nFrom: a\nend of log"),
    ("- one\n- two\n\n-- three", "- one\n- two\n\n-- three"),
    // Answers between quotes and below them keep what they answer.
    (
        "On 12 May 2026, at 10:04, Acme wrote:\n> Is it hot?\n\nYes.\n\n> Is there a cat?\n\nTwo.",
        "On 12 May 2026, at 10:04, Acme wrote:\n> Is it hot?\n\nYes.\n\n> Is there a cat?\n\nTwo.",
    ),
    ("> Is it hot?\nYes.\n> Is there a cat?\nTwo.\n> Bye\n> Ana", "> Is it hot?\nYes.\n> Is there a cat?\nTwo."),
    // Where nothing else would be left, all of it is.
    ("> Is it hot?", "> Is it hot?"),
    ("-----Original Message-----\nFrom: Acme\n\nIs it hot?", "-----Original Message-----\nFrom: Acme\n\nIs it hot?"),
    ("Sent from my iPhone", "Sent from my iPhone"),
    (
        "---------- Forwarded message ---------\nFrom: Jo\nDate: Monday\nSubject: hot\nTo: Mia\n\nIt burns.",
        "---------- Forwarded message ---------\nFrom: Jo\nDate: Monday\nSubject: hot\nTo: Mia\n\nIt burns.",
    ),
    ("", ""),
    ("\r\n\r\nWords.\r\n  indented\r\n\r\n> quoted\r\n", "Words.\n  indented"),
];

#[test]
fn a_reply_is_what_was_said_without_quotes_and_signatures() {
    let wrong: Vec<String> = TABLE
        .iter()
        .filter(|(text, expected)| reply(text) != *expected)
        .map(|(text, expected)| format!("{text:?}\n  gives {:?}\n  not   {expected:?}", reply(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_takes_more_than_its_share_of_time() {
    for (what, text) in [
        ("openings", "On ".repeat(30_000)),
        ("openings on lines", "On 12 May 2026\n".repeat(20_000)),
        ("announcements", "On 12 May 2026, at 10:04, a@b.example wrote:\n".repeat(10_000)),
        ("announcements apart", "On 12 May 2026, at 10:04, a@b.example wrote:\n\n\n".repeat(10_000)),
        ("quotes", "> ".repeat(100_000)),
        ("quoted lines", ">\n".repeat(100_000)),
        ("marks", "-- \n".repeat(50_000)),
        ("telephones", "Sent from my iPhone\n".repeat(20_000)),
        ("both by turns", "> a\nSent from my iPhone\n-- \nx\n".repeat(20_000)),
        ("blanks", "\n".repeat(200_000)),
        ("colons", ":".repeat(200_000)),
        ("rules", "_".repeat(200_000)),
        ("heads", "From:\nTo:\n\n".repeat(30_000)),
        ("one letter", "GATTACA".repeat(100_000)),
    ] {
        let begun = Instant::now();
        let _ = reply(&text);
        assert!(begun.elapsed() < Duration::from_secs(5), "{what}: {:?}", begun.elapsed());
    }
}

proptest! {
    #[test]
    fn a_reply_is_a_part_of_the_text_and_never_empty_where_that_is_not(
        lines in prop::collection::vec(
            prop_oneof![
                Just(String::new()),
                "[ -~äé]{0,40}",
                Just("> quoted".to_owned()),
                Just("-- ".to_owned()),
                Just("On 12 May 2026, Acme <a@b.example> wrote:".to_owned()),
                Just("-----Original Message-----".to_owned()),
                Just("Sent from my iPhone".to_owned()),
            ],
            0..12,
        ),
    ) {
        let text = lines.join("\n");
        let said = reply(&text);
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert!(bare(&text).starts_with(&bare(&said)));
        prop_assert_eq!(bare(&text).is_empty(), bare(&said).is_empty());
    }
}
