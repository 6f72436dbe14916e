//! Every refusal, event and forecast is a sentence in every language that the program speaks.

mod account;
mod cases;
mod previews;

use guichet::client::Names;
use guichet::domain::account::{Group, Kind};
use guichet::domain::act::Who;
use guichet::domain::comment::{Attachment, Channel, Comment, Visibility};
use guichet::domain::event::{Created, Event};
use guichet::domain::id::RuleId;
use guichet::domain::id::{AttachmentId, CommentId, GroupId, KindId, OrganizationId, PersonId, TicketId};
use guichet::domain::person::{Role, Standing};
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::rule::{RuleRef, RuleSort};
use guichet::domain::search::{Fault, QueryError};
use guichet::domain::status::{Priority, State, Status};
use guichet::domain::tag::Tag;
use guichet::domain::time::{Span, Timestamp};
use guichet::domain::timer::{Does, Due};
use guichet::language::{Language, Present, Zone};
use guichet::words::{self, Known};
use std::collections::{BTreeMap, BTreeSet};

/// Sunday 2026-11-22 10:42:30 UTC.
const NOW: Timestamp = Timestamp(1_795_344_150_000);
const T: TicketId = TicketId(7);

fn every_refusal() -> Vec<Refusal> {
    let mut all = vec![
        Refusal::NotFound(Thing::Ticket(T)),
        Refusal::NotFound(Thing::Comment),
        Refusal::NotFound(Thing::Person),
        Refusal::NotFound(Thing::Organization),
        Refusal::NotFound(Thing::Group),
        Refusal::NotFound(Thing::Kind(KindId(1))),
        Refusal::Suspended,
        Refusal::Conflict { expected: 1, actual: 2 },
        Refusal::Closed(T),
        Refusal::BackToNew,
        Refusal::NotAnIncident,
        Refusal::NotRateable,
        Refusal::RatingsOff,
        Refusal::RequesterOnly,
        Refusal::NotAProblem(T),
        Refusal::KindMissing,
        Refusal::ReadOnly,
        Refusal::NotAssigned,
        Refusal::PrivateOff,
        Refusal::NoteByEndUser,
        Refusal::StaysPublic,
        Refusal::ManyPublicComments,
        Refusal::AlreadyNote,
        Refusal::NotInGroup,
        Refusal::MergeIntoItself,
        Refusal::MergeWouldTell,
        Refusal::FollowUpOfUnclosed(T),
        Refusal::NotDue,
        Refusal::AddressTaken,
        Refusal::LastAdmin,
        Refusal::OwnRole,
        Refusal::UnknownUpload,
        Refusal::TooMuchAsked { max: 50 },
        Refusal::OutOfRange { setting: "link_expires" },
        Refusal::OutOfRange { setting: "retention_days" },
        Refusal::OutOfRange { setting: "close_after" },
        Refusal::NotFound(Thing::Token),
        Refusal::NoAccess(Standing::Pending),
        Refusal::NoAccess(Standing::Unapproved),
        Refusal::NoAccess(Standing::Deleted),
        Refusal::SignUpClosed,
        Refusal::TooOften,
        Refusal::BadLink,
        Refusal::NotWhileSuspended,
        Refusal::SamePerson,
        Refusal::StaffStays,
        Refusal::MergeIntoShutOut,
        Refusal::HasUnsolved { count: 2 },
        Refusal::OutOfRange { setting: "end_after" },
        Refusal::OutOfRange { setting: "attachment_bytes" },
    ];
    all.extend([Role::EndUser, Role::Agent, Role::Admin].map(|needs| Refusal::Role { needs }));
    for field in Field::ALL {
        all.push(Refusal::AgentsOnly(field));
        all.push(Refusal::Empty(field));
        all.push(Refusal::Malformed(field));
        all.push(Refusal::TooShort { field, min: 10 });
        all.push(Refusal::TooLong { field, max: 48 });
        all.push(Refusal::NotAnAgent(field));
        all.push(Refusal::NameTaken(field));
    }
    all
}

#[test]
fn every_refusal_says_what_and_what_to_do() {
    for language in Language::all() {
        let mut seen = BTreeSet::new();
        for refusal in every_refusal() {
            let said = words::refusal(&language, &refusal);
            assert!(said.ends_with('.') && said.trim() == said && !said.contains("  "), "{refusal:?}: {said:?}");
            assert!(
                said.split_inclusive('.').count() >= 2 || said.contains(','),
                "{refusal:?} says not what to do: {said}"
            );
            assert!(said.chars().count() <= 130, "{refusal:?} is long for a status line: {said}");
            seen.insert(said);
        }
        assert!(seen.len() > 40, "refusals are told apart");
    }
}

#[test]
fn refusals_read_like_this() {
    let words = Language::english();
    let rows = [
        (
            Refusal::Closed(TicketId(1042)),
            "#1042 is closed and takes no comment and no change. Open a follow-up of it instead.",
        ),
        (Refusal::AgentsOnly(Field::Assignee), "Only agents may choose this: Assignee. Leave it out."),
        (Refusal::Role { needs: Role::Admin }, "Only admins may do this. Ask one of them."),
        (
            Refusal::TooLong { field: Field::Ccs, max: 48 },
            "There are too many here: CCs. At most 48 are taken; leave some out.",
        ),
        (Refusal::TooLong { field: Field::Subject, max: 400 }, "This is too long: Subject. 400 characters at most."),
        (
            Refusal::TooLong { field: Field::Attachment, max: 50_000_000 },
            "The file is too large: 50 MB at most. Make it smaller, or say where it can be fetched.",
        ),
    ];
    for (refusal, said) in rows {
        assert_eq!(words::refusal(&words, &refusal), said);
    }
}

fn names() -> Names {
    let people = [(1, "Léa Petit"), (2, "Marc Oni"), (3, "Tom \u{1b}[31m")];
    Names {
        people: people.map(|(id, name)| (PersonId(id), name.to_owned())).into(),
        organizations: [(OrganizationId(1), "Shop".to_owned())].into(),
        ..Names::default()
    }
}

fn comment(visibility: Visibility, via: Channel, files: i64) -> Event {
    let file = |id| Attachment {
        id: AttachmentId(id),
        name: "a.png".to_owned(),
        content_type: "image/png".to_owned(),
        size: 1,
        digest: [0; 32],
    };
    Event::Commented(Box::new(Comment {
        id: CommentId(1),
        ticket: T,
        author: PersonId(1),
        visibility,
        frozen: false,
        body: "Words".to_owned(),
        attachments: (0..files).map(file).collect(),
        via,
        created_at: NOW,
    }))
}

fn opened(requester: i64, visibility: Visibility, via: Channel, follow_up_of: Option<TicketId>) -> Event {
    Event::Created(Box::new(Created {
        id: T,
        subject: "Printer jams".to_owned(),
        kind: None,
        ticket_type: None,
        problem: None,
        state: State::New,
        priority: None,
        requester: PersonId(requester),
        submitter: PersonId(2),
        assignee: None,
        group: None,
        organization: None,
        tags: BTreeSet::new(),
        ccs: BTreeSet::new(),
        followers: BTreeSet::new(),
        due_at: None,
        custom_status: None,
        fields: std::collections::BTreeMap::new(),
        visibility,
        via,
        external_id: None,
        follow_up_of,
    }))
}

/// Each event with its sentence.
fn every_event() -> Vec<(Event, &'static str)> {
    let (lea, marc) = (Some(PersonId(1)), Some(PersonId(2)));
    let tags = |names: &[&str]| names.iter().map(|name| Tag::parse(name).unwrap()).collect::<BTreeSet<_>>();
    let people = |ids: &[i64]| ids.iter().copied().map(PersonId).collect::<BTreeSet<_>>();
    let none = BTreeSet::new;
    vec![
        (opened(2, Visibility::Public, Channel::Web, None), "opened the ticket"),
        (opened(1, Visibility::Internal, Channel::Web, None), "opened a private ticket for Léa Petit"),
        (opened(2, Visibility::Public, Channel::Mail, None), "opened the ticket by mail"),
        (
            opened(1, Visibility::Public, Channel::ClosedTicket, Some(T)),
            "opened the ticket for Léa Petit, to follow #7",
        ),
        (comment(Visibility::Public, Channel::Web, 0), "wrote a public reply"),
        (comment(Visibility::Public, Channel::Mail, 1), "replied by mail with 1 file"),
        (comment(Visibility::Internal, Channel::Web, 2), "wrote an internal note with 2 files"),
        (comment(Visibility::Internal, Channel::Mail, 0), "wrote by mail, kept as an internal note"),
        (Event::MadeInternal(CommentId(1)), "turned the public comment into an internal note"),
        (Event::VisibilityChanged(Visibility::Public), "made the ticket public"),
        (Event::VisibilityChanged(Visibility::Internal), "made the ticket private"),
        (Event::SubjectChanged { from: "a".into(), to: "b".into() }, "changed the subject from “a” to “b”"),
        (Event::StatusChanged { from: Status::Open, to: Status::Hold }, "set the status from Open to On-hold"),
        (Event::PriorityChanged { from: None, to: Some(Priority::Urgent) }, "set the priority to Urgent"),
        (Event::PriorityChanged { from: Some(Priority::Low), to: None }, "took the priority Low away"),
        (Event::KindChanged { from: Some(KindId(1)), to: Some(KindId(2)) }, "set the kind from Hardware to Espresso"),
        (Event::KindChanged { from: None, to: Some(KindId(9)) }, "set the kind to #9"),
        (Event::AssigneeChanged { from: None, to: marc }, "assigned it to Marc Oni"),
        (Event::AssigneeChanged { from: marc, to: None }, "took it from Marc Oni"),
        (Event::AssigneeChanged { from: marc, to: lea }, "assigned it to Léa Petit, before to Marc Oni"),
        (Event::AssigneeChanged { from: None, to: Some(PersonId(9)) }, "assigned it to somebody"),
        (Event::GroupChanged { from: None, to: Some(GroupId(1)) }, "handed it to the group Support Ops"),
        (
            Event::RequesterChanged { from: PersonId(1), to: PersonId(2) },
            "changed the requester from Léa Petit to Marc Oni",
        ),
        (Event::OrganizationChanged { from: Some(OrganizationId(1)), to: None }, "took the organization Shop away"),
        (Event::TagsChanged { added: tags(&["a", "b", "c"]), removed: none() }, "added the tags a, b and c"),
        (Event::TagsChanged { added: tags(&["a"]), removed: tags(&["b"]) }, "added the tag a and removed b"),
        (Event::CcsChanged { added: BTreeSet::new(), removed: people(&[1]) }, "took Léa Petit out of copy"),
        (
            Event::FollowersChanged { added: people(&[1, 2]), removed: BTreeSet::new() },
            "added Léa Petit and Marc Oni as follower",
        ),
        (Event::DueChanged { from: None, to: Some(NOW) }, "set the due date to Sunday 22 November 2026"),
        (Event::RuleRan(rule("close")), "ran the automation \"close\""),
        (Event::Unknown("x".into()), "something that only a newer version of Guichet can tell (x)"),
        (Event::RequestChanged, "its requester sees the change"),
        (Event::RuleMarked(RuleId(1)), "this automation waits for another status now"),
        (Event::MergedInto(T), "merged it into #7"),
        (Event::MergedFrom(T), "merged #7 into it"),
        (Event::FollowedUp(T), "opened #7 to follow it"),
    ]
}

fn rule(slug: &str) -> RuleRef {
    RuleRef { sort: RuleSort::Automation, id: RuleId(1), title: slug.to_owned() }
}

/// The history tells every event (R094: who did it, for whom).
#[test]
fn every_event_is_told() {
    let names = names();
    let groups = [Group::new(GroupId(1), "Support Ops")];
    let kind = |id, slug: &str, name: &str| Kind { name: name.to_owned(), ..Kind::new(KindId(id), slug) };
    let kinds = [kind(1, "hardware", "Hardware issue"), kind(2, "espresso", "Espresso")];
    let (fields, statuses) = (BTreeMap::new(), BTreeMap::new());
    let known = Known {
        names: &names,
        groups: &groups,
        kinds: &kinds,
        fields: &fields,
        statuses: &statuses,
        zone: Zone::utc(),
        beside: &[],
    };
    for (event, said) in every_event().into_iter().chain(account::events()).chain(account::events_of_people()) {
        assert_eq!(words::event(&Language::english(), &event, known), said, "{event:?}");
        for language in Language::all() {
            assert!(!words::happened(&language, Who::System, &event, &names).is_empty());
        }
    }
    let english = Language::english();
    let changed = Event::StatusChanged { from: Status::Open, to: Status::Pending };
    assert_eq!(
        words::happened(&english, Who::Person(PersonId(2)), &changed, known),
        "Marc Oni set the status from Open to Pending"
    );
    assert_eq!(
        words::happened(&english, Who::System, &Event::RuleRan(rule("close")), known),
        "Guichet ran the automation \"close\""
    );
}

/// Z10: what is to come, for a column and for a sentence.
#[test]
fn what_is_to_come_is_said() {
    let words = Language::english();
    let present = Present { now: NOW.0, zone: Zone::utc() };
    let due = |does, hours| Due { rule: RuleId(1), slug: "tidy".into(), at: NOW + Span::hours(hours), does };
    for (due, soon, when) in [
        (due(Does::Reminds, 48), "reminder in 2 d", "reminder Tue 10:42"),
        (due(Does::Closes, 96), "closes in 4 d", "closes Thu 10:42"),
        (due(Does::Solves, 5), "solved in 5 h", "solved Sun 15:42"),
        (due(Does::Closes, 24), "closes in 1 d", "closes Mon 10:42"),
        (due(Does::Closes, 0), "closes now", "closes Sun 10:42"),
        (due(Does::Closes, -3), "closes now", "closes Sun 07:42"),
        (due(Does::Works, 2), "tidy in 2 h", "tidy Sun 12:42"),
    ] {
        assert_eq!(words::due(&words, &due, &present), soon);
        assert_eq!(words::due_at(&words, &due, &present), when);
    }
}

#[test]
fn every_value_has_a_name() {
    for words in Language::all() {
        let mut all: Vec<String> = Vec::new();
        all.extend(Status::ALL.map(|one| words::status(&words, one)));
        all.extend(Priority::ALL.map(|one| words::priority(&words, one)));
        all.extend([Role::EndUser, Role::Agent, Role::Admin].map(|one| words::role(&words, one)));
        all.extend(Channel::ALL.map(|one| words::channel(&words, one)));
        all.extend(Field::ALL.map(|one| words::field(&words, one)));
        assert!(all.iter().all(|name| !name.is_empty()));
    }
}

/// D34: a search that cannot be understood is told what is wrong with it.
#[test]
fn a_search_that_is_not_understood_is_told_why() {
    let faults = [
        Fault::TooLong,
        Fault::TooMany,
        Fault::Keyword,
        Fault::NoValue,
        Fault::Value(vec!["new", "open"]),
        Fault::Number,
        Fault::Time,
        Fault::Direction,
        Fault::Order,
        Fault::Star,
        Fault::Type,
        Fault::Agents,
    ];
    let said: BTreeSet<String> = faults
        .into_iter()
        .map(|fault| {
            let part = "stauts:open".to_owned();
            words::query_error(&Language::english(), &QueryError { at: 0, part, fault })
        })
        .collect();
    assert_eq!(said.len(), 12);
    assert!(said.contains("This is not understood: stauts:open. It can be new or open."));
}
