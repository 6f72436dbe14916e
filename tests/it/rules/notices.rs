//! Who is told what, by which rule they are not, and what it says.

use crate::support::world::*;
use guichet::domain::act::{Act, Change, Deed, NewTicket, Who};
use guichet::domain::comment::{Channel, Comment, NewComment, Visibility};
use guichet::domain::decide::{Decision, decide};
use guichet::domain::event::Event;
use guichet::domain::id::{PersonId, TextId};
use guichet::domain::notice::{Addressee, BadTemplate, HeldBack, News, Reads, Said, Scene, held_back, said, template};
use guichet::domain::person::PersonRef;
use guichet::domain::refusal::Refusal;
use guichet::domain::setup::{Document, Item, ItemKind};
use guichet::domain::status::Status;
use std::collections::BTreeMap;

/// An account as it begins, with the stock triggers.
fn desk() -> World {
    World::new().but(|world| world.items.extend(stock(ItemKind::Trigger)))
}

fn stock(kind: ItemKind) -> impl Iterator<Item = Item> {
    guichet::store::stock().expect("the stock").into_iter().filter(move |item| item.kind() == kind)
}

/// What a decision tells whom, by the slugs of its texts: `request-received Lea; waits-in-group Ana Marc`.
fn tells(world: &World, decision: &Decision) -> String {
    let mut told: Vec<String> = Vec::new();
    for entry in &decision.entries {
        for event in &entry.events {
            let line = match event {
                Event::Notified(notice) => format!("{} {}", slug(world, notice.text), whom(&notice.to)),
                Event::HeldBack { notice, why } => {
                    format!("{} not {} ({})", slug(world, notice.text), whom(&notice.to), why.name())
                }
                _ => continue,
            };
            told.push(line);
        }
    }
    told.join("; ")
}

fn slug(world: &World, text: TextId) -> String {
    let mut texts = world.items.iter().filter_map(|item| match item {
        Item::Text(one) if one.id == text => Some(one.slug.clone()),
        _ => None,
    });
    texts.next_back().unwrap_or_else(|| "?".to_owned())
}

fn whom(to: &Addressee) -> String {
    match to {
        Addressee::Person(id) => name(*id).clone(),
        Addressee::Address(address) => address.to_string(),
    }
}

fn after(world: &mut World, who: PersonId, via: Channel, deed: &Deed) -> String {
    let decision = world.act_by(who, via, deed).unwrap();
    tells(world, &decision)
}

fn the_ticket(given: Given) -> World {
    let mut world = given.world();
    world.items.extend(stock(ItemKind::Trigger));
    world
}

fn on_behalf(comment: NewComment) -> Deed {
    create(NewTicket { requester: Some(PersonRef::Id(LEA)), comment, ..new_ticket(LEA) })
}

/// R153: one confirmation with the number; the team is told, nobody else.
#[test]
fn a_new_request_is_confirmed_to_its_requester() {
    let mut world = desk();
    let decision = world.act(LEA, &create(new_request())).unwrap();
    assert_eq!(tells(&world, &decision), "request-received Lea; waits-in-group Marc; waits-in-group Ana");
    let letters = decision.notices.iter().filter(|notice| notice.notice.to == Addressee::Person(LEA)).count();
    assert_eq!(letters, 1);
}

/// R097: told only if the trigger for that is active.
#[test]
fn who_had_a_ticket_opened_is_told_only_by_an_active_trigger() {
    let deed = on_behalf(NewComment::public("Hello"));
    let mut world = desk();
    assert!(after(&mut world, MARC, Channel::Web, &deed).starts_with("request-opened Lea"));
    let mut world = desk();
    for item in &mut world.items {
        if let Item::Trigger(rule) = item {
            rule.active &= !rule.title.starts_with("Tell the requester of what was opened");
        }
    }
    assert!(!after(&mut world, MARC, Channel::Web, &deed).contains("Lea"));
}

/// R114, D7: whatever a rule says, requester and CCs are told nothing of a private ticket, and the log says why.
#[test]
fn nobody_is_told_of_a_private_ticket() {
    let mut world = desk();
    let deed = create(NewTicket { ccs: vec![PersonRef::Id(ZOE)], ..new_private(LEA) });
    let told = after(&mut world, MARC, Channel::Web, &deed);
    assert!(
        told.contains("request-opened not Lea (private)") && told.contains("request-copied not Zoe (private)"),
        "{told}"
    );
    assert!(told.contains("waits-in-group Ana"), "{told}");
}

/// R117, R124: what was held back is told once the ticket is public, to those who are requester and CCs then, once.
#[test]
fn what_was_held_back_is_told_when_the_ticket_is_public() {
    let mut world = desk();
    let deed = create(NewTicket { ccs: vec![PersonRef::Id(ZOE)], ..new_private(LEA) });
    let id = world.act(MARC, &deed).unwrap().outcome.ticket.unwrap();
    world.act(MARC, &give_to(id, NIL)).unwrap();
    world.act(MARC, &change(id, Change { add_ccs: vec![PersonRef::Id(UMA)], ..Change::default() })).unwrap();
    let opening = world.act(MARC, &reply(id)).unwrap();
    let told = tells(&world, &opening);
    for one in [
        "answered Nil",
        "answered Uma",
        "answered Zoe",
        "request-opened Nil",
        "request-copied Uma",
        "request-copied Zoe",
    ] {
        assert!(told.split("; ").any(|told| told == one), "{one}: {told}");
    }
    assert!(!told.contains("Lea"), "who is the requester no more is told nothing: {told}");
    let owed = opening.notices.iter().filter(|notice| slug(&world, notice.notice.text) != "answered");
    assert!(owed.into_iter().all(|notice| notice.comment.is_none()), "what was said then stays internal");
    assert_eq!(after(&mut world, MARC, Channel::Web, &reply(id)), "answered Nil; answered Uma; answered Zoe", "once");
}

/// R112, R118: a mail never makes a ticket private, and is a note on one that is; the team is told, its writer nothing.
#[test]
fn an_answer_by_mail_to_a_private_ticket_tells_the_team_alone() {
    let mut world = the_ticket(a_ticket().private().assigned(MARC));
    assert_eq!(after(&mut world, LEA, Channel::Mail, &reply(T)), "requester-answered Marc");
    assert!(!world.ticket(T).is_public());
    let mut world = desk();
    let deed = create(NewTicket { comment: NewComment::note("psst"), ..new_request() });
    assert!(after(&mut world, LEA, Channel::Mail, &deed).starts_with("request-received Lea"));
}

/// Agents are told what requesters answer, and what is handed to them by others.
#[test]
fn agents_are_told_of_answers_and_of_what_is_theirs() {
    let rows: [(&str, Given, PersonId, Deed, &str); 9] = [
        ("an answer", a_ticket().assigned(MARC), LEA, reply(T), "requester-answered Marc"),
        ("nobody is assigned", a_ticket(), LEA, reply(T), "requester-answered Marc; requester-answered Ana"),
        (
            "in copy",
            a_ticket().assigned(MARC).cc(ZOE),
            ZOE,
            reply(T),
            "answered Lea; answered not Zoe (own_act); requester-answered Marc",
        ),
        (
            "with somebody in copy",
            a_ticket().assigned(MARC).cc(ZOE),
            LEA,
            reply(T),
            "answered Zoe; requester-answered Marc",
        ),
        ("a reply", a_ticket().assigned(MARC).cc(ZOE), MARC, reply(T), "answered Lea; answered Zoe"),
        ("a note", a_ticket().assigned(MARC).cc(ZOE), MARC, note(T), ""),
        ("handed over", a_ticket(), ANA, assign(T, Some(MARC)), "assigned Marc"),
        ("taken", a_ticket(), MARC, assign(T, Some(MARC)), "assigned not Marc (own_act)"),
        ("to a group", a_ticket(), MARC, hand_to(T, Some(FIELD)), "waits-in-group Ines"),
    ];
    for (what, given, who, deed, expected) in rows {
        assert_eq!(after(&mut the_ticket(given), who, Channel::Web, &deed), expected, "{what}");
    }
}

/// R137: who had a chat is not told that its ticket, opened as solved for the archive, was resolved.
#[test]
fn what_is_archived_is_told_to_nobody() {
    let mut world = desk();
    let deed = create(NewTicket { status: Some(Status::Solved), ..new_ticket(LEA) });
    assert_eq!(after(&mut world, MARC, Channel::Chat, &deed), "");
}

/// Each reason for which somebody is not told.
#[test]
fn each_reason_holds_somebody_back() {
    let world = a_ticket().assigned(MARC).cc(ZOE).world();
    let private = a_ticket().private().world();
    let news =
        |world: &'static World, said: Option<Visibility>, by| News { ticket: world.ticket(T), said, by, opened: false };
    let (world, private): (&'static World, &'static World) = (Box::leak(Box::new(world)), Box::leak(Box::new(private)));
    let person = |id: PersonId| world.people[&id].clone();
    let nowhere = guichet::domain::person::Person { email: None, ..person(LEA) };
    let suspended = guichet::domain::person::Person { suspended: true, ..person(LEA) };
    let only =
        guichet::domain::person::Person { restriction: guichet::domain::person::Restriction::Assigned, ..person(INES) };
    let address = guichet::domain::person::EmailAddress::parse("boss@acme.example").unwrap();
    let note = Some(Visibility::Internal);
    let rows = [
        (news(world, None, None), Ok(&person(LEA)), None),
        (news(world, None, None), Ok(&person(ZOE)), None),
        (news(private, None, None), Ok(&person(LEA)), Some(HeldBack::Private)),
        (news(world, None, None), Ok(&person(NIL)), Some(HeldBack::Private)),
        (news(world, None, None), Ok(&only), Some(HeldBack::Private)),
        (news(world, note, None), Ok(&person(LEA)), Some(HeldBack::Internal)),
        (news(world, note, None), Ok(&person(MARC)), None),
        (news(world, None, Some(MARC)), Ok(&person(MARC)), Some(HeldBack::OwnAct)),
        (news(world, None, Some(LEA)), Ok(&person(LEA)), Some(HeldBack::OwnAct)),
        (news(world, None, None), Ok(&nowhere), Some(HeldBack::NoAddress)),
        (news(world, None, None), Ok(&suspended), Some(HeldBack::Suspended)),
        (news(world, None, None), Err(&address), None),
        (news(private, None, None), Err(&address), Some(HeldBack::Private)),
        (news(world, note, None), Err(&address), Some(HeldBack::Internal)),
    ];
    for (at, (news, to, expected)) in rows.into_iter().enumerate() {
        assert_eq!(held_back(&news, to), expected, "row {at}");
    }
}

/// R045, R046: who has no address gets no mail, and reads it in the program; with an address they get it.
#[test]
fn who_has_no_address_reads_it_in_the_program() {
    let mut world = the_ticket(a_ticket().assigned(MARC));
    world.people.get_mut(&LEA).unwrap().email = None;
    let decision = world.act(MARC, &reply(T)).unwrap();
    assert_eq!(tells(&world, &decision), "answered not Lea (no_address)");
    assert_eq!(decision.notices.iter().map(|notice| notice.by_mail).collect::<Vec<_>>(), [false]);
    world.people.get_mut(&LEA).unwrap().email = guichet::domain::person::EmailAddress::parse("lea@shop.example").ok();
    assert_eq!(after(&mut world, MARC, Channel::Web, &reply(T)), "answered Lea");
}

fn text_of(world: &World, slug: &str) -> guichet::domain::notice::NoticeText {
    let found = world.items.iter().find_map(|item| match item {
        Item::Text(one) if one.slug == slug => Some(one.clone()),
        _ => None,
    });
    found.unwrap()
}

pub(super) fn read(
    world: &World,
    text: &guichet::domain::notice::NoticeText,
    who: PersonId,
    comment: Option<&Comment>,
) -> Said {
    let facts = world.facts(Who::System, &reply(T));
    let people: BTreeMap<_, _> = world.people.iter().map(|(id, person)| (*id, person.name.clone())).collect();
    let scene = Scene {
        account: &world.account,
        settings: &world.settings,
        setup: &facts.setup,
        groups: &world.groups,
        people: &people,
        organizations: &BTreeMap::new(),
        tongue: &guichet::client::told::Words,
    };
    said(text, &scene, Reads::Person(&world.people[&who]), world.ticket(T), comment)
}

/// R153: the confirmation has the number. All of the stock says something to everybody, with and without a comment.
#[test]
fn stock_texts_can_be_filled_in() {
    let mut world = a_ticket().assigned(MARC).world();
    let comment = world.comments_of(T).next().cloned();
    for language in ["fr", "it", "en"] {
        for person in world.people.values_mut() {
            person.language = Some(language.to_owned());
        }
        for item in stock(ItemKind::Text) {
            let Item::Text(text) = item else { continue };
            assert_eq!(text.check(&[]), Ok(()), "{}", text.slug);
            for (who, comment) in [LEA, MARC].into_iter().flat_map(|who| [(who, comment.as_ref()), (who, None)]) {
                let said = read(&world, &text, who, comment);
                assert!(!said.subject.contains("{{") && !said.body.contains("{%"), "{said:?}");
                assert!(!said.subject.is_empty() && said.language == language, "{said:?}");
            }
        }
    }
    let said = read(&world, &text_of(&world, "request-received"), LEA, comment.as_ref());
    assert_eq!(said.subject, "Your request #1 has arrived");
    assert!(said.body.starts_with("Hello Lea,\n\nwe have received your request #1"), "{}", said.body);
}

/// D7, R126: whatever a text names, an end user reads nothing internal in it.
#[test]
fn a_text_that_names_everything_tells_an_end_user_nothing_internal() {
    let mut world = a_ticket().assigned(MARC).world();
    world.tickets.get_mut(&T).unwrap().tags = tags(&["canary-tag"]);
    let named: Vec<String> = template::PLACEHOLDERS.iter().map(|name| format!("{name}={{{{ {name} }}}}")).collect();
    let everything = named.join("\n");
    let mut text = text_of(&world, "answered");
    for wording in text.bodies.values_mut() {
        wording.body.clone_from(&everything);
    }
    let note = Comment {
        visibility: Visibility::Internal,
        body: "canary-note".to_owned(),
        ..world.comments_of(T).next().unwrap().clone()
    };
    let theirs = read(&world, &text, LEA, Some(&note)).body;
    assert!(!theirs.contains("canary"), "{theirs}");
    assert!(theirs.contains("recipient.name=Lea") && theirs.contains("comment.body=\n"), "{theirs}");
    let agents = read(&world, &text, MARC, Some(&note)).body;
    assert!(agents.contains("canary-note") && agents.contains("canary-tag"), "{agents}");
}

/// What a text names is refused when it is not there; what could loop or grow is not a text at all.
#[test]
fn a_text_with_placeholders_is_checked() {
    let bad = |text: &str| template::check(text, ["camera"]).unwrap_err();
    assert_eq!(
        template::check(
            "{{ ticket.fields.camera }} {{ticket.id}}{% if comment.is_public and not assignee %}x{% endif %}",
            ["camera"]
        ),
        Ok(())
    );
    assert_eq!(template::check("{{ assignee.name or 'the team' }} { } {{- ticket.id -}}", []), Ok(()));
    assert_eq!(bad("{{ ticket.secret }}"), BadTemplate::Unknown("ticket.secret".to_owned()));
    assert_eq!(bad("{{ ticket.fields.colour }}"), BadTemplate::Unknown("ticket.fields.colour".to_owned()));
    assert!(matches!(bad("a\n{{ ticket.id"), BadTemplate::Broken { line: 2 }));
    assert!(matches!(bad("{% if ticket.id %}"), BadTemplate::Broken { .. }));
    assert!(matches!(bad(&"x".repeat(70_000)), BadTemplate::TooLong(_)));
    for text in [
        "{% for c in comment.body %}x{% endfor %}",
        "{% set x = 1 %}",
        "{{ 'x' * 1000000000 }}",
        "{{ '}}' * 1000000000 }}",
        "{{ '\\'}}' * 1000000000 }}",
        "{{ ticket.subject ~ ticket.subject }}",
        "{{ ticket.subject|upper }}",
        "{{ range(9) }}",
        "{{ [1, 2] }}",
        "{% include 'x' %}",
    ] {
        assert!(matches!(bad(text), BadTemplate::NotAllowed(_)), "{text}: {:?}", bad(text));
    }
    let long = "{{ comment.body }}".repeat(3_000);
    let with = Document::default()
        .with("comment", guichet::domain::setup::Datum::Table(Document::default().with("body", "y".repeat(20_000))));
    assert!(template::fill(&long, &with).unwrap().len() <= 256 * 1024);
    assert_eq!(
        template::fill(
            "{{ comment.body }}",
            &Document::default().with(
                "comment",
                guichet::domain::setup::Datum::Table(Document::default().with("body", "{{ ticket.id }}"))
            )
        )
        .unwrap(),
        "{{ ticket.id }}"
    );
}

/// An admin cannot keep a text that names what there is not.
#[test]
fn a_text_that_names_nothing_is_refused() {
    let world = desk();
    let mut text = text_of(&world, "answered");
    text.bodies.get_mut("en").unwrap().body = "{{ ticket.secret }}".to_owned();
    let deed = Deed::SetItem(Box::new(Item::Text(text)));
    let act = Act { who: Who::Person(ANA), via: Channel::Web, deed };
    let refused = decide(&world.facts(act.who, &act.deed), &act, world.now).unwrap_err();
    assert_eq!(refused, Refusal::BadTemplate("en".to_owned(), BadTemplate::Unknown("ticket.secret".to_owned())));
}
