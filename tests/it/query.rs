//! The query language (D34), conditions in memory, views, and what the requester field suggests (D18, R102-R105).

use guichet::domain::comment::{Channel, Visibility};
use guichet::domain::condition::{Asker, Condition, Facts, Link, Sight, Test, Text};
use guichet::domain::id::{GroupId, KindId, OrganizationId, PersonId, TicketId};
use guichet::domain::search::{Fault, Query};
use guichet::domain::status::{Priority, State, Status};
use guichet::domain::tag::Tag;
use guichet::domain::ticket::Ticket;
use guichet::domain::time::{Span, Timestamp};
use guichet::domain::view::{Sort, SortKey};
use guichet::domain::word::folded;
use proptest::prelude::*;
use std::sync::Arc;

mod chance;
mod suggest;
mod typed;

pub use chance::{op, pattern, test};

/// 2026-11-22T08:00:00Z.
const NOW: Timestamp = Timestamp(1_795_334_400_000);

fn ticket() -> Ticket {
    Ticket {
        id: TicketId(1042),
        subject: "Imprimante bloquée au dépôt 3".into(),
        kind: Some(KindId(3)),
        ticket_type: Some(guichet::domain::case::TicketType::Question),
        problem: None,
        rating: None,
        state: State::Open,
        priority: Some(Priority::High),
        requester: PersonId(7),
        submitter: PersonId(2),
        assignee: None,
        group: Some(GroupId(1)),
        organization: Some(OrganizationId(5)),
        tags: ["depot-3", "printer"].iter().map(|tag| Tag::parse(tag).unwrap()).collect(),
        ccs: [PersonId(8)].into(),
        followers: [PersonId(2)].into(),
        due_at: Some(NOW + Span::days(1)),
        custom_status: None,
        ran: [].into(),
        owed: [].into(),
        fields: [].into(),
        visibility: Visibility::Public,
        via: Channel::Mail,
        external_id: Some("GH-77".into()),
        follow_up_of: None,
        merged_into: None,
        deleted: None,
        comments: 2,
        public_comments: 1,
        created_at: NOW + Span::hours(-30),
        updated_at: NOW + Span::hours(-2),
        requester_updated_at: NOW + Span::hours(-5),
        status_at: NOW + Span::hours(-20),
        assigned_at: None,
        requester_said_at: Some(NOW + Span::hours(-30)),
        assignee_said_at: None,
        first_answered_at: None,
        solved_at: None,
        reopened: 0,
        version: 3,
    }
}

fn names(link: Link, id: i64) -> Option<(Vec<String>, Option<String>)> {
    let (names, address): (&[&str], _) = match (link, id) {
        (Link::Group, 1) => (&["Support Ops"], None),
        (Link::Organization, 5) => (&["Vélo Métropole"], None),
        (Link::Kind, 3) => (&["Problème matériel", "hardware"], None),
        (_, 7) => (&["Ana Ruiz"], Some("ana@gare.example")),
        (_, 8) => (&["José-María Ñandú"], Some("jose@gare.example")),
        (_, 2) => (&["Marc Oni"], Some("marc@ops.example")),
        _ => return None,
    };
    Some((names.iter().map(|name| (*name).to_owned()).collect(), address.map(str::to_owned)))
}

fn agent() -> Asker {
    Asker {
        person: PersonId(2),
        groups: vec![GroupId(1)],
        organization: None,
        now: NOW,
        sight: Sight::Staff,
        around: Arc::default(),
    }
}

fn found(query: &str, ticket: &Ticket, asker: &Asker) -> bool {
    let text = Text::of(&ticket.subject, ["Le bac 2 est vide.", "Note: voir l'erreur E1042-b, ça coûte 12 €"]);
    let facts = Facts {
        ticket,
        text: &text,
        has_attachment: true,
        names: &names,
        requester: None,
        organization: None,
        update: None,
    };
    Query::parse(query).unwrap_or_else(|error| panic!("{query}: {error:?}")).condition().holds(&facts, asker)
}

/// Queries, and whether they find [`ticket`].
const WORDS_AND_ORDERED_VALUES: &[(&str, bool)] = &[
    ("", true),
    ("imprimante", true),
    ("IMPRIMANTE Bloquee dépot", true),
    ("imprim", false),
    ("imprim*", true),
    ("\"bloquée au dépôt\"", true),
    ("\"au bloquée\"", false),
    ("\"depot 3\" -toner", true),
    ("-imprimante", false),
    ("\"depot 3 le bac\"", false),
    ("subject:vide", false),
    ("comment:vide description:bac", true),
    ("E1042-b", true),
    ("1042", true),
    ("#1042", true),
    ("\"1042\"", false),
    ("12", true),
    ("13", false),
    ("id:1042", true),
    ("id>1000 id<=1042", true),
    ("status:open", true),
    ("status<solved", true),
    ("status>open", false),
    ("status:new status:open", true),
    ("status:new -status:open", false),
    ("-status:new -status:solved", true),
    ("priority:high", true),
    ("priority>=normal priority<urgent", true),
    ("priority:none", false),
    ("assignee:none", true),
    ("assignee:me", false),
    ("-assignee:me", true),
    ("submitter:me follower:me", true),
];

/// More of them.
const PEOPLE_LISTS_AND_TIMES: &[(&str, bool)] = &[
    ("requester:7", true),
    ("requester:ANA@gare.example", true),
    ("requester:\"ruiz ana\"", true),
    ("requester:an", false),
    ("requester:an*", true),
    ("cc:nandu cc:\"nobody here\"", true),
    ("cc:jose-maria", true),
    ("group:me", true),
    ("group:\"Support Ops\"", true),
    ("group:none group:1", true),
    ("organization:metropole", true),
    ("organization:none", false),
    ("kind:hardware", true),
    ("form:\"probleme materiel\"", true),
    ("tags:printer", true),
    ("tags:PRINTER", true),
    ("tags:a tags:depot*", true),
    ("tags:none", false),
    ("-tags:billing -tags:printer", false),
    ("external_id:GH-77", true),
    ("external_id:GH*", true),
    ("external_id:none", false),
    ("via:mail", true),
    ("via:email", true),
    ("has_attachment:true", true),
    ("fieldvalue:x100", false),
    ("-fieldvalue:\"2 wheels\"", true),
    ("private:false", true),
    ("created:2026-11-21", true),
    ("created>2026-11-21", false),
    ("created>=2026-11-21", true),
    ("created<2026-11-21", false),
    ("created<=2026-11-21", true),
    ("created<2026-11-21T02:00:01Z created>=2026-11-21T02:00:00Z", true),
    ("created:2026-11-21T03:00:00+01:00", true),
    ("solved:none", true),
    ("solved>1week", false),
    ("due_date<2days", true),
    ("due_date<12hours", false),
    ("due_date:none", false),
    ("type:ticket vide", true),
    ("!!! ---", true),
    ("http://x.example", false),
    ("12:30", false),
];

/// D34: what a query means, line by line.
#[test]
fn a_query_finds_what_it_says() {
    for (query, expected) in WORDS_AND_ORDERED_VALUES.iter().chain(PEOPLE_LISTS_AND_TIMES) {
        assert_eq!(found(query, &ticket(), &agent()), *expected, "{query}");
    }
}

/// D34, with Zendesk's meaning: `created>4hours` is what was opened in the last four hours.
#[test]
fn a_relative_time_is_a_moment_before_now() {
    let rows = [("updated>3hours", true), ("updated<3hours", false), ("created<1day", true), ("created>2days", true)];
    for (query, expected) in rows {
        assert_eq!(found(query, &ticket(), &agent()), expected, "{query}");
    }
}

/// D8, D11 and the rule that notes never show: a requester's query reads the portal's status and the change that they
/// may know of.
#[test]
fn a_requester_asks_about_what_the_portal_shows() {
    let mut held = ticket();
    held.state = State::Hold;
    let settings = guichet::domain::account::Settings {
        portal_on_hold: guichet::domain::account::OnHold::AsOpen,
        ..Default::default()
    };
    let asker = Asker {
        person: PersonId(7),
        groups: Vec::new(),
        organization: Some(OrganizationId(5)),
        now: NOW,
        sight: Sight::Requester(Box::new(settings)),
        around: Arc::default(),
    };
    for (query, expected) in [("status:hold", false), ("status:open", true), ("updated>3hours", false)] {
        assert_eq!(found(query, &held, &asker), expected, "{query}");
    }
    for query in ["tags:x", "follower:2", "submitter:me", "external_id:1", "private:true", "assignee:marc@ops.example"]
    {
        let condition = Query::parse(&format!("words -{query}")).unwrap().condition();
        assert!(condition.tests().into_iter().any(Test::is_for_staff), "{query}");
    }
    let allowed = Query::parse("printer status:open assignee:\"Marc Oni\" cc:me created>2days").unwrap();
    assert!(!allowed.condition().tests().into_iter().any(Test::is_for_staff));
}

/// D34: what cannot be understood is said, with the place.
#[test]
fn a_fault_is_named_with_its_place() {
    let rows: &[(&str, usize, &str, Fault)] = &[
        ("status:opne", 0, "status:opne", Fault::Value(Status::ALL.map(Status::name).to_vec())),
        ("dépôt asignee:me", 6, "asignee:me", Fault::Keyword),
        ("a  assignee:", 3, "assignee:", Fault::NoValue),
        ("assignee>me", 0, "assignee>me", Fault::Order),
        ("asignee>me", 0, "asignee>me", Fault::Keyword),
        ("id:abc", 0, "id:abc", Fault::Number),
        ("created:tomorrow", 0, "created:tomorrow", Fault::Time),
        ("-created:4hours", 0, "-created:4hours", Fault::Direction),
        ("status:o*", 0, "status:o*", Fault::Star),
        ("type:user ana", 0, "type:user", Fault::Type),
        ("tags:\"\"", 0, "tags:\"\"", Fault::NoValue),
        ("due_date<none", 0, "due_date<none", Fault::Order),
    ];
    for (query, at, part, fault) in rows {
        let error = Query::parse(query).expect_err(query);
        assert_eq!((error.at, error.part.as_str(), &error.fault), (*at, *part, fault), "{query}");
    }
}

#[test]
fn an_endless_query_is_refused_with_a_sentence() {
    let long = "x".repeat(10 * 1024 * 1024);
    assert_eq!(Query::parse(&long).unwrap_err().fault, Fault::TooLong);
    assert_eq!(Query::parse(&"tags:a ".repeat(100_000)).unwrap_err().fault, Fault::TooLong);
    assert_eq!(Query::parse(&"-".repeat(4000)).unwrap(), Query::default());
    assert_eq!(Query::parse(&"a ".repeat(65)).unwrap_err().fault, Fault::TooMany);
}

#[test]
fn the_order_is_part_of_the_query() {
    let sort = |text| Query::parse(text).unwrap().sort;
    assert_eq!(sort("a"), None);
    assert_eq!(sort("order_by:updated_at a"), Some(Sort::LATEST));
    assert_eq!(sort("sort:asc"), Some(Sort { by: SortKey::Id, descending: false }));
    assert_eq!(sort("order_by:priority sort:desc"), Some(Sort::URGENT));
}

#[test]
fn words_are_equal_without_case_and_accents() {
    let rows = [
        ("Éléphant ÉLÉPHANT e\u{301}le\u{301}phant", "elephant elephant elephant"),
        ("l'erreur E-404: payé!", "l erreur e 404 paye"),
        ("Straße Œuvre Łódź Søren", "strasse oeuvre lodz soren"),
        ("ﬁn Ａ１ ½", "fin a1 1 2"),
        ("zero\u{200b}width soft\u{ad}hyphen", "zerowidth softhyphen"),
        ("İstanbul ısı ΣΊΣΥΦΟΣ", "istanbul isi σισυφοσ"),
        ("\u{202e}\u{0}\u{1b}[31m", "31m"),
    ];
    for (text, expected) in rows {
        assert_eq!(folded(text), expected, "{text}");
    }
    for c in (0..=0x10_ffff).filter_map(char::from_u32) {
        let once = folded(&c.to_string());
        assert_eq!(folded(&once), once, "U+{:04X}", u32::from(c));
    }
    let marks = format!("a{}b", "\u{301}".repeat(1_000_000));
    assert_eq!(folded(&marks), "ab");
    assert_eq!(folded(&"x".repeat(10_000_000)).len(), 64);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// D34: parse∘print = id.
    #[test]
    fn what_is_printed_is_read_as_the_same_query(query in chance::query()) {
        let text = query.to_string();
        prop_assert_eq!(Query::parse(&text), Ok(query), "{}", text);
    }

    #[test]
    fn no_query_panics(text in "\\PC{0,60}|([a-z_]{0,12}[:<>=\"*-]{1,3}[0-9a-z\\\\\" ]{0,8} ?){0,6}") {
        if let Ok(query) = Query::parse(&text) {
            prop_assert_eq!(Query::parse(&query.to_string()), Ok(query));
        }
    }

    #[test]
    fn the_opposite_of_a_test_is_true_of_the_other_tickets(test in test()) {
        let ticket = ticket();
        let text = Text::of("a b", ["1 2"]);
        let facts = Facts { ticket: &ticket, text: &text, has_attachment: false, names: &names, requester: None, organization: None, update: None };
        let plain = Condition::from(test);
        let opposite = Condition::Not(Box::new(plain.clone()));
        prop_assert_ne!(plain.holds(&facts, &agent()), opposite.holds(&facts, &agent()));
    }
}
