//! Kinds: who may choose them, and forms that nobody could fill in.

use crate::support::world::*;
use guichet::domain::account::Kind;
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::Channel;
use guichet::domain::field::{Access, Field, FieldType, Holder, Pattern, SystemField, Value};
use guichet::domain::form::BadForm;
use guichet::domain::id::{FieldId, KindId};
use guichet::domain::refusal::{Holders, Refusal, Thing, Users};
use guichet::domain::setup::{Item, ItemKind};
use std::collections::BTreeMap;

fn text(id: FieldId, title: &str) -> Field {
    field(id, title, FieldType::Text)
}

/// A change of a form, the line it is about, and what is said of it.
type Row<'a> = (&'a str, &'a dyn Fn(&mut Kind), Result<(), Refusal>);

/// R133, and forms that can never be submitted: the admin is told, with the fields.
#[test]
fn forms_that_nobody_could_fill_in_are_not_saved() {
    let world = World::new()
        .with(Item::Field(Field { required_to_submit: true, access: Access::Agents, ..text(COST, "Cost") }))
        .with(Item::Field(field(MODEL, "Model", FieldType::Choice(options(&["x100"])))))
        .with(Item::Field(text(PART, "Part")))
        .with(Item::Field(Field { of: Holder::Person, ..text(SINCE, "Shoe size") }));
    let save = |change: &dyn Fn(&mut Kind)| {
        let mut kind = world.software();
        change(&mut kind);
        world.clone().save(Item::Kind(kind)).map(|_| ())
    };
    let bad = |bad| Err(Refusal::BadForm(bad));
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let rows: [Row<'_>; 9] = [
        ("R133", &|kind| kind.fields = vec![COST], bad(BadForm::NeverSubmitted(names(&["Cost"])))),
        (
            "agents alone use it",
            &|kind| {
                kind.fields = vec![COST];
                kind.requesters = false;
            },
            Ok(()),
        ),
        ("a good one", &|kind| kind.fields = vec![MODEL, PART], Ok(())),
        ("of people", &|kind| kind.fields = vec![SINCE], bad(BadForm::NoTicketField(names(&["Shoe size"])))),
        (
            "not on it",
            &|kind| {
                kind.fields = vec![PART];
                kind.conditions = vec![when(MODEL, "x100", &[PART])];
            },
            bad(BadForm::OffForm(names(&["Model"]))),
        ),
        (
            "no such option",
            &|kind| {
                kind.fields = vec![MODEL, PART];
                kind.conditions = vec![when(MODEL, "x900", &[PART])];
            },
            bad(BadForm::Condition { field: "Model".to_owned(), value: "x900".to_owned() }),
        ),
        (
            "each waits for the other",
            &|kind| {
                kind.fields = vec![MODEL, PART];
                kind.conditions = vec![when(MODEL, "x100", &[PART]), when(PART, "x", &[MODEL])];
            },
            bad(BadForm::Circle(names(&["Model", "Part"]))),
        ),
        (
            "it waits for itself",
            &|kind| {
                kind.fields = vec![MODEL];
                kind.conditions = vec![when(MODEL, "x100", &[MODEL])];
            },
            bad(BadForm::Circle(names(&["Model"]))),
        ),
        ("gone", &|kind| kind.fields = vec![FieldId(99)], Err(Refusal::NotFound(Thing::Item(ItemKind::Field)))),
    ];
    for (line, change, then) in rows {
        assert_eq!(save(change), then, "{line}");
    }
}

/// R133: the same when the field is changed afterwards.
#[test]
fn a_field_on_a_form_cannot_become_impossible() {
    let world = World::new().with_field(text(MODEL, "Model"));
    let save = |field: Field| world.clone().save(Item::Field(field)).map(|_| ());
    let never = || Err(Refusal::BadForm(BadForm::NeverSubmitted(vec!["Model".to_owned()])));
    let needed = Field { required_to_submit: true, ..text(MODEL, "Model") };
    assert_eq!(save(needed.clone()), Ok(()));
    assert_eq!(save(Field { access: Access::RequestersSee, ..needed.clone() }), never());
    let default = Some(Value::Text("-".to_owned()));
    assert_eq!(save(Field { access: Access::Agents, default, ..needed }), Ok(()), "R135, R147");
}

/// What a field is stays: values that tickets have would mean nothing any more.
#[test]
fn a_field_stays_what_it_is() {
    let world =
        World::new().with_field(text(MODEL, "Model")).with(Item::Field(system(FieldId(61), SystemField::Priority)));
    let save = |field: Field| world.clone().save(Item::Field(field)).map(|_| ());
    let priority = || system(FieldId(61), SystemField::Priority);
    let fixed = |key| Err(Refusal::Fixed(key));
    let of = guichet::domain::field::Holder::Person;
    let new = |kind| field(FieldId(0), "New", kind);
    let rows = [
        (field(MODEL, "Model", FieldType::Integer), fixed("type")),
        (Field { of, ..text(MODEL, "Model") }, fixed("of")),
        (Field { title: "Other".to_owned(), ..text(MODEL, "Model") }, Ok(())),
        (Field { active: false, ..priority() }, fixed("active")),
        (Field { required_to_submit: true, ..priority() }, fixed("required_to_submit")),
        (Field { required_to_solve: true, title: "Urgency".to_owned(), ..priority() }, Ok(())),
        (new(FieldType::System(SystemField::Due)), fixed("type")),
        (new(FieldType::Pattern(Pattern::new("a{1000}{1000}{1000}"))), Err(Refusal::BadForm(BadForm::Pattern))),
        (new(FieldType::Pattern(Pattern::new("a)(b"))), Err(Refusal::BadForm(BadForm::Pattern))),
        (new(FieldType::Pattern(Pattern::new("[A-Z]{2}-[0-9]+"))), Ok(())),
        (new(FieldType::Choice(Vec::new())), Err(Refusal::BadForm(BadForm::NoOptions))),
        (new(FieldType::Choices(options(&["a", "a"]))), Err(Refusal::BadForm(BadForm::SameOptions))),
        (
            Field { default: Some(Value::Integer(3)), ..new(FieldType::Choice(options(&["a"]))) },
            Err(Refusal::BadForm(BadForm::Default)),
        ),
    ];
    for (field, then) in rows {
        assert_eq!(save(field.clone()), then, "{field:?}");
    }
    let delete = Deed::DeleteItem(Item::Field(priority()).key());
    assert_eq!(world.decide(ANA, Channel::Web, &delete), Err(Refusal::BuiltIn));
}

/// Kinds that are switched off, and those that are not for requesters, are chosen by nobody who may not; the default one
/// is taken where nobody can choose (R074, R158).
#[test]
fn kinds_are_chosen_by_those_to_whom_they_are_offered() {
    let off = || World::new().with_kind(|kind| kind.active = false);
    let inner = || World::new().with_kind(|kind| kind.requesters = false);
    let for_lea = || create(NewTicket { kind: Some(SOFTWARE), ..new_ticket(LEA) });
    let none = Refusal::NotFound(Thing::Kind(SOFTWARE));
    let opened = Ok("opened public new in 1 for Lea by Marc, said public");
    check([
        row("R158", off(), LEA, create(new_request()), Err(none.clone())),
        row("R158", inner(), LEA, create(new_request()), Err(none)),
        row("off", off(), MARC, for_lea(), Err(Refusal::SwitchedOff(ItemKind::Kind))),
        row("agents' own", inner(), MARC, for_lea(), opened),
        row(
            "off",
            off().and(a_ticket()),
            MARC,
            change(T, Change { kind: Some(SOFTWARE), ..Change::default() }),
            Err(Refusal::SwitchedOff(ItemKind::Kind)),
        ),
    ]);
    let kindless = NewTicket { kind: None, ..new_request() };
    for (who, via, new) in [(MARC, Channel::Web, new_ticket(LEA)), (LEA, Channel::Mail, kindless)] {
        let mut world = World::new().with_kind_of(HARDWARE, |kind| kind.default = true);
        world.act_by(who, via, &create(new)).expect("a ticket");
        assert_eq!(world.ticket(T).kind, Some(HARDWARE), "R074");
    }
}

/// One form is the default one.
#[test]
fn one_kind_is_the_default_one() {
    let mut world = World::new().with_kind_of(HARDWARE, |kind| kind.default = true);
    let software = Kind { default: true, ..world.software() };
    world.save(Item::Kind(software)).expect("saved");
    let defaults: Vec<KindId> = world.setup().kinds.values().filter(|kind| kind.default).map(|kind| kind.id).collect();
    assert_eq!(defaults, [SOFTWARE]);
}

/// A kind in use stays, and so does a field on a form: what uses it is told.
#[test]
fn what_is_in_use_is_not_deleted() {
    let world =
        World::new().with_field(text(MODEL, "Model")).and(a_ticket().but(|ticket| ticket.kind = Some(SOFTWARE)));
    let delete = |item: Item| world.decide(ANA, Channel::Web, &Deed::DeleteItem(item.key())).map(|_| ());
    let kind = Refusal::InUse(Box::new(Users {
        of: Some(ItemKind::Kind),
        holders: Holders { tickets: 1, ..Holders::default() },
        ..Users::default()
    }));
    assert_eq!(delete(Item::Kind(world.software())), Err(kind));
    let items = vec![(ItemKind::Kind, "software".to_owned())];
    let field = Refusal::InUse(Box::new(Users { of: Some(ItemKind::Field), items, ..Users::default() }));
    assert_eq!(delete(Item::Field(text(MODEL, "Model"))), Err(field));
}

/// Texts of kinds and fields are read in the reader's language, by requesters under the titles for them.
#[test]
fn texts_are_read_in_the_readers_language() {
    let words = |title: &str, requester: &str| guichet::domain::field::FieldWords {
        title: title.to_owned(),
        requester_title: Some(requester.to_owned()),
        description: None,
    };
    let field = Field {
        requester_title: Some("Your model".to_owned()),
        translations: BTreeMap::from([("fr".to_owned(), words("Modèle", "Votre modèle"))]),
        ..text(MODEL, "Model")
    };
    assert_eq!(field.title_in("en", false), "Model");
    assert_eq!(field.title_in("fr-CA", true), "Votre modèle");
    let theirs = field.for_requesters();
    assert_eq!((theirs.title_in("en", true), theirs.title_in("fr", true)), ("Your model", "Votre modèle"));
    assert!(!format!("{theirs:?}").contains("Modèle"));
    let words =
        guichet::domain::account::Translation { name: "Matériel".to_owned(), guidance: "Tout objet".to_owned() };
    let kind = Kind { translations: BTreeMap::from([("fr".to_owned(), words)]), ..World::new().software() };
    assert_eq!(
        (kind.name_in("fr"), kind.guidance_in("fr-BE"), kind.name_in("de")),
        ("Matériel", "Tout objet", "software")
    );
}
