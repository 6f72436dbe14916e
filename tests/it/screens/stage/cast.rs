//! Who and what is in the small account.

use super::{ANA, MARC, NOW};
use guichet::client::beside::{Beside, Waits};
use guichet::client::{DueTicket, Names, Session, ViewTitle};
use guichet::domain::account::{Account, Group, Organization, Settings};
use guichet::domain::act::Who;
use guichet::domain::comment::{Attachment, Channel, Comment, Visibility};
use guichet::domain::event::{Audit, Chain, Event};
use guichet::domain::form::Reader;
use guichet::domain::id::{
    AttachmentId, AuditId, CommentId, GroupId, KindId, OrganizationId, PersonId, RuleId, TicketId,
};
use guichet::domain::person::{EmailAddress, Person, Role};
use guichet::domain::removal::DeletedTicket;
use guichet::domain::setup::Setup;
use guichet::domain::status::{Priority, State, Status};
use guichet::domain::suspended::Suspended;
use guichet::domain::tag::Tag;
use guichet::domain::ticket::Ticket;
use guichet::domain::time::{Span, Timestamp};
use guichet::domain::timer::{Does, Due};
use guichet::domain::webhook::Called;
use std::collections::{BTreeMap, BTreeSet};

/// What waits in the second of two accounts; the third is silent.
pub fn beside(place: usize) -> Result<Box<Beside>, String> {
    let waits = |id, subject: &str| Waits {
        id: TicketId(id),
        subject: subject.to_owned(),
        status: Status::Open,
        updated_at: before(id),
    };
    let rows = match place {
        0 => vec![waits(1042, "The terminal at the depot refuses cards")],
        1 => vec![waits(7, "Kiosk \u{1b}[31mdoor \u{202e}stuck"), waits(3, "Twice")],
        _ => return Err("shop.example cannot be reached.".to_owned()),
    };
    let account = ["Vélo Métropole", "Kiosk"][place].to_owned();
    Ok(Box::new(Beside { account, me: "Marc Oni".to_owned(), rows, more: place == 0 }))
}

pub fn before(minutes: i64) -> Timestamp {
    Timestamp(NOW.0 - Span::minutes(minutes).0)
}

fn ticket(id: i64, subject: &str, kind: i64, state: State, updated: Timestamp) -> Ticket {
    Ticket {
        id: TicketId(id),
        subject: subject.to_owned(),
        kind: Some(KindId(kind)),
        ticket_type: None,
        problem: None,
        rating: None,
        state,
        priority: if kind == 1 { Some(Priority::Urgent) } else { None },
        requester: ANA,
        submitter: ANA,
        assignee: Some(MARC),
        group: Some(GroupId(1)),
        organization: Some(OrganizationId(1)),
        tags: BTreeSet::new(),
        ccs: BTreeSet::new(),
        followers: BTreeSet::new(),
        due_at: None,
        custom_status: None,
        ran: BTreeSet::new(),
        owed: BTreeSet::new(),
        fields: std::collections::BTreeMap::new(),
        visibility: Visibility::Public,
        via: Channel::Web,
        external_id: None,
        follow_up_of: None,
        merged_into: None,
        deleted: None,
        comments: 1,
        public_comments: 1,
        created_at: before(60 * 24),
        updated_at: updated,
        requester_updated_at: updated,
        status_at: state.since().unwrap_or(updated),
        assigned_at: Some(before(60 * 24)),
        requester_said_at: Some(before(60 * 24)),
        assignee_said_at: None,
        first_answered_at: None,
        solved_at: if state.status().is_unsolved() { None } else { state.since() },
        reopened: 0,
        version: 1,
    }
}

pub fn tickets() -> Vec<Ticket> {
    let pending = State::Pending { since: before(120) };
    let solved = State::Solved { since: before(60 * 24 * 3) };
    let mut tickets = vec![
        ticket(1042, "Payment terminal refuses cards", 1, State::Open, before(4)),
        ticket(1039, "Add CSV export to the fleet report", 2, pending, before(120)),
        ticket(1021, "Printer at depot 3 jams\u{202e}\u{1b}[31m", 3, State::Hold, before(60 * 20)),
        ticket(1007, "App crashes when unlocking", 4, solved, before(60 * 24 * 3)),
    ];
    tickets[0].ccs = [PersonId(3), PersonId(4)].into();
    tickets[0].tags = ["payment", "sev"].iter().filter_map(|tag| Tag::parse(tag).ok()).collect();
    tickets
}

pub fn comments() -> Vec<Comment> {
    let comment = |id: i64, author: PersonId, visibility, body: &str, minutes| Comment {
        id: CommentId(id),
        ticket: TicketId(1042),
        author,
        visibility,
        frozen: false,
        body: body.to_owned(),
        attachments: Vec::new(),
        via: Channel::Web,
        created_at: before(minutes),
    };
    let mut first = comment(
        1,
        ANA,
        Visibility::Public,
        "Since this morning the terminal at the Gare depot refuses every card.\n\nWe tried another cable.",
        78,
    );
    first.attachments.push(Attachment {
        id: AttachmentId(1),
        name: "../photo.jpg".into(),
        content_type: "image/jpeg".into(),
        size: 210_000,
        digest: [0; 32],
    });
    let note = comment(2, MARC, Visibility::Internal, "Looks like the acquirer. Asked Bornes Pay.", 55);
    let quote = "> refuses every card\nWe confirm an outage since 09:50.";
    vec![first, note, comment(3, MARC, Visibility::Public, quote, 30)]
}

pub fn person(id: PersonId, name: &str, role: Role) -> Person {
    Person {
        email: EmailAddress::parse(&format!("p{id}@example.org")).ok(),
        organization: Some(OrganizationId(1)).filter(|_| !role.is_staff()),
        ..Person::new(id, name, role, before(100_000))
    }
}

pub fn session(role: Role, settings: &Settings, setup: &Setup) -> Session {
    let reader = Reader::of(role.is_staff());
    let me = if role.is_staff() { person(MARC, "Marc Oni", role) } else { person(ANA, "Ana Ruiz", role) };
    let views = ["unassigned", "mine", "my-groups", "all-unsolved", "recently-solved", "pending", "on-hold"];
    let views = views.map(|slug| ViewTitle {
        id: guichet::domain::id::RuleId(0),
        slug: slug.to_owned(),
        title: slug.to_owned(),
        owner: guichet::domain::rule::Owner::Account,
        columns: Vec::new(),
        group_by: None,
    });
    Session {
        me,
        account: Account { name: "Vélo Métropole".into(), url: Some("https://velo.example".into()) },
        settings: settings.clone(),
        kinds: setup.kinds_for(reader),
        fields: setup.fields_for(reader),
        statuses: setup.statuses_for(reader),
        groups: vec![Group::new(GroupId(1), "Support Ops")],
        unread: 0,
        lacks: std::collections::BTreeSet::new(),
        views: if role.is_staff() { views.to_vec() } else { Vec::new() },
        organization: Some(Organization { shared_tickets: true, ..Organization::new(OrganizationId(1), "Gare depot") }),
    }
}

/// A history of two pages: opened, answered, then handed to and fro.
pub fn audits() -> Vec<Audit> {
    let comment = comments().swap_remove(2);
    let events = |number: i64| match number {
        1 => vec![Event::StatusChanged { from: Status::New, to: Status::Open }],
        2 => vec![
            Event::Commented(Box::new(comment.clone())),
            Event::StatusChanged { from: Status::Open, to: Status::Pending },
        ],
        odd if odd % 2 == 1 => vec![Event::AssigneeChanged { from: None, to: Some(MARC) }],
        _ => vec![Event::AssigneeChanged { from: Some(MARC), to: None }],
    };
    let audit = |number: i64| Audit {
        id: AuditId(number),
        chain: Chain::Ticket(TicketId(1042)),
        number,
        at: before(300 - number),
        who: Who::Person(MARC),
        via: Channel::Web,
        events: events(number),
    };
    (1..=120).map(audit).collect()
}

/// What was done to the account, newest first.
pub fn admin_log() -> Vec<Audit> {
    let events = |number: i64| match number {
        150 => vec![Event::SettingChanged(guichet::domain::act::Setting::PrivateTickets(false))],
        149 => vec![Event::GroupRenamed(GroupId(1))],
        odd if odd % 2 == 1 => vec![Event::PersonCreated { person: PersonId(5), role: Role::EndUser }],
        _ => vec![Event::PersonChanged { person: ANA, fields: [guichet::domain::refusal::Field::Suspended].into() }],
    };
    let audit = |number: i64| Audit {
        id: AuditId(number),
        chain: Chain::Account,
        number,
        at: before(300 - number),
        who: Who::Person(MARC),
        via: Channel::Web,
        events: events(number),
    };
    (1..=150).rev().map(audit).collect()
}

/// Everybody whom the account suggests.
pub fn people() -> Vec<Person> {
    let mut lea = person(PersonId(5), "Léa Petit", Role::EndUser);
    lea.email = EmailAddress::parse("lea@shop.example").ok();
    lea.phone = Some("+33 1 23 45".into());
    lea.organization = None;
    let ana = person(ANA, "Ana Ruiz", Role::EndUser);
    vec![ana, person(MARC, "Marc Oni", Role::Agent), lea, person(PersonId(9), "Zoé Faure", Role::Agent)]
}

pub fn names() -> Names {
    let people = [(1, "Ana Ruiz"), (2, "Marc Oni"), (3, "Tom Petit"), (4, "Inès Blanc")];
    let people = people.map(|(id, name)| (PersonId(id), name.to_owned()));
    let organizations = BTreeMap::from([(OrganizationId(1), "Gare depot".to_owned())]);
    Names { people: people.into(), organizations, ..Names::default() }
}

/// What will happen by itself.
pub fn coming() -> Vec<DueTicket> {
    let one = |ticket, hours: i64, does, subject: &str| DueTicket {
        ticket: TicketId(ticket),
        subject: subject.to_owned(),
        due: Due { rule: RuleId(1), slug: "remind".to_owned(), at: Timestamp(NOW.0 + hours * 3_600_000), does },
    };
    vec![
        one(1039, 2, Does::Reminds, "Add CSV export to the fleet report"),
        one(1007, 26, Does::Closes, "App crashes when \u{202e}unlocking \u{1b}[2J"),
        one(1042, 80, Does::Works, "\u{6c34}\u{6ce1}\u{304c}\u{3044}\u{3063}\u{3071}\u{3044}"),
    ]
}

/// How a webhook was called.
pub fn calls() -> Vec<Called> {
    let one = |id, ticket: Option<i64>, took, status, reason: Option<&str>, said: Option<&str>| Called {
        id,
        outbox: ticket.map(|_| id),
        ticket: ticket.map(TicketId),
        at: Timestamp(NOW.0 - (9 - id) * 3_600_000),
        took: Span(took),
        status,
        reason: reason.map(str::to_owned),
        said: said.map(str::to_owned),
    };
    vec![
        one(4, None, 35, Some(200), None, None),
        one(3, Some(1042), 10_000, None, Some("timeout"), None),
        one(2, Some(1039), 81, Some(410), Some("status"), Some("gone \u{1b}[2J\u{202e}for good")),
        one(1, Some(1039), 0, None, Some("private_address"), None),
    ]
}

/// Mails that are nobody's.
pub fn mails() -> Vec<Suspended> {
    let one = |id, sender: &str, subject: &str, why: &str| Suspended {
        id,
        sender: Some(sender.to_owned()),
        sender_name: None,
        subject: subject.to_owned(),
        at: Timestamp(NOW.0 - 3_600_000),
        why: why.to_owned(),
        ticket: Some(TicketId(1042)),
        size: 900,
    };
    vec![
        one(3, "ann@stranger.example", "My lock", "stranger"),
        one(2, "robot@bank.example", "Out of office \u{1b}]0;x\u{7}", "automatic"),
    ]
}

/// Tickets that can be brought back.
pub fn deleted() -> Vec<DeletedTicket> {
    let one = |id, subject: &str, status, ago: i64| DeletedTicket {
        id: TicketId(id),
        subject: subject.to_owned(),
        by: Some(MARC),
        at: Timestamp(NOW.0 - ago * 3_600_000),
        status,
    };
    vec![
        one(1017, "Buy cheap locks \u{1b}]0;x\u{7}now", Status::New, 2),
        one(1003, "Twice the same", Status::Solved, 50),
    ]
}
