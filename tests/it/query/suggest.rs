use guichet::domain::id::PersonId;
use guichet::domain::person::{EmailAddress, Person, Role};
use guichet::domain::suggest::{Typed, phone_digits};
use guichet::domain::time::Timestamp;
use proptest::prelude::*;

fn person() -> Person {
    Person {
        email: Some(EmailAddress::parse("jm.nandu@Mail.Acme.org").unwrap()),
        phone: Some("+33 (0)6 12-34 56 78".into()),
        ..Person::new(PersonId(7), "José-María Ñandú", Role::EndUser, Timestamp(0))
    }
}

/// D18, R102-R105: what is typed, and whether the person is suggested.
#[test]
fn the_requester_field_suggests_by_name_domain_phone_and_organization() {
    let rows = [
        ("j", false),
        (" j ", false),
        ("jo", true),
        ("JOSÉ", true),
        ("nan", true),
        ("andu", false),
        ("maria nandu", true),
        ("nandu jose", true),
        ("nandu paul", false),
        ("acme", true),
        ("cme.or", true),
        ("@mail", true),
        ("@acme", false),
        ("jm", true),
        ("xm.nan", false),
        ("jm.nandu@ma", true),
        ("jm.nandu@x", false),
        ("0033 6", true),
        ("+33 7", false),
        ("12 34", true),
        ("1234 5", true),
        ("34.56.78", true),
        ("99", false),
        ("gare", true),
        ("gare jose", true),
        ("velo nandu", false),
        ("  ", false),
        ("@@", false),
        ("!!", false),
    ];
    for (text, expected) in rows {
        let finds = Typed::parse(text).is_some_and(|typed| typed.finds(&person(), Some("Dépôt Gare")));
        assert_eq!(finds, expected, "{text}");
    }
}

/// R102, R103, R105: by the start of a word of the name, any part of the mail domain, the organization's name.
#[test]
fn somebody_is_found_by_name_mail_domain_and_organization() {
    for (text, requirement) in
        [("nan", "R102"), ("acme", "R103"), ("cme.o", "R103"), ("@mail.ac", "R103"), ("depot", "R105")]
    {
        let finds = Typed::parse(text).is_some_and(|typed| typed.finds(&person(), Some("Dépôt Gare")));
        assert!(finds, "{requirement}: {text}");
    }
    assert!(!Typed::parse("acme.net").is_some_and(|typed| typed.finds(&person(), Some("Dépôt Gare"))), "R103");
}

/// R104: `+`, `00`, `0` at the front and everything between the digits is left out.
#[test]
fn a_phone_number_is_its_digits() {
    for text in ["+33 6 12", "0033612", "33-6.12", "033 612"] {
        assert_eq!(phone_digits(text), "33612", "{text}");
    }
}

proptest! {
    #[test]
    fn nothing_typed_panics(text in "\\PC{0,30}") {
        if let Some(typed) = Typed::parse(&text) {
            let _ = typed.finds(&person(), Some("Gare"));
        }
    }
}
