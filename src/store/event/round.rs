//! Every event is the same after it was written and read again.

mod cases;
mod removal;
mod setting;

use super::{Fault, Said, Salt, Salts, Texts, read, write};
use crate::domain::comment::{Attachment, Channel, Comment, Visibility};
use crate::domain::event::{Created, Event, Skipped};
use crate::domain::field::{Day, Decimal, Value as Held};
use crate::domain::id::{
    AttachmentId, CommentId, FieldId, GroupId, KindId, OrganizationId, PersonId, RuleId, StatusId, TextId, TicketId,
    WebhookId,
};
use crate::domain::life::PersonEvent;
use crate::domain::notice::{Addressee, HeldBack, NoticeRef};
use crate::domain::person::{EmailAddress, Role};
use crate::domain::refusal::Field;
use crate::domain::removal::Removed;
use crate::domain::rule::{RuleRef, RuleSort};
use crate::domain::setup::{ItemKey, ItemKind};
use crate::domain::status::{Priority, State, Status};
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use std::collections::BTreeSet;

struct Counting(u8);

impl Salts for Counting {
    fn next(&mut self) -> Result<Salt, Fault> {
        self.0 = self.0.wrapping_add(1);
        Ok([self.0; 16])
    }
}

/// Any text, with what could harm JSON or a terminal in it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[\"\\\\\u{0}-\u{1f}\u{7f}-\u{9f}\u{202e}\u{2028}{}\\[\\],:a]{0,20}"]
}

fn id<T: std::fmt::Debug>(of: fn(i64) -> T) -> impl Strategy<Value = T> {
    any::<i64>().prop_map(of)
}

fn ids() -> impl Strategy<Value = BTreeSet<PersonId>> {
    btree_set(id(PersonId), 0..4)
}

fn tags() -> impl Strategy<Value = BTreeSet<Tag>> {
    let tag = prop_oneof!["\\PC{1,20}", "[a-zÀ-ɏΑ-Ωא-ת0-9_.:/+#@-]{1,80}"];
    btree_set(tag.prop_filter_map("a tag", |text| Tag::parse(&text).ok()), 0..4)
}

fn at() -> impl Strategy<Value = Timestamp> {
    any::<i64>().prop_map(Timestamp)
}

fn visibility() -> impl Strategy<Value = Visibility> {
    select(vec![Visibility::Public, Visibility::Internal])
}

fn status() -> impl Strategy<Value = Status> {
    select(Status::ALL.to_vec())
}

fn state() -> impl Strategy<Value = State> {
    (status(), at()).prop_map(|(status, since)| State::entered(status, since))
}

fn role() -> impl Strategy<Value = Role> {
    select(vec![Role::EndUser, Role::Agent, Role::Admin])
}

fn fields() -> impl Strategy<Value = BTreeSet<Field>> {
    btree_set(select(Field::ALL.to_vec()), 0..Field::ALL.len())
}

fn comment() -> impl Strategy<Value = Comment> {
    let file = (id(AttachmentId), text(), text(), any::<u64>(), any::<[u8; 32]>());
    let file =
        file.prop_map(|(id, name, content_type, size, digest)| Attachment { id, name, content_type, size, digest });
    let all = (id(CommentId), id(TicketId), id(PersonId), visibility(), text(), vec(file, 0..3), channel(), at());
    all.prop_map(|(id, ticket, author, visibility, body, attachments, via, created_at)| Comment {
        id,
        ticket,
        author,
        visibility,
        frozen: false,
        body,
        attachments,
        via,
        created_at,
    })
}

fn channel() -> impl Strategy<Value = Channel> {
    select(Channel::ALL.to_vec())
}

fn tag() -> impl Strategy<Value = Tag> {
    "[a-z0-9_]{1,20}".prop_filter_map("a tag", |text| Tag::parse(&text).ok())
}

fn value() -> impl Strategy<Value = Held> {
    prop_oneof![
        text().prop_map(Held::Text),
        any::<i64>().prop_map(Held::Integer),
        any::<i64>().prop_map(|number| Held::Decimal(Decimal(number))),
        (-700_000..2_000_000_i64).prop_filter_map("a day", Day::of).prop_map(Held::Date),
        any::<bool>().prop_map(Held::Checked),
        tag().prop_map(Held::Choice),
        btree_set(tag(), 1..4).prop_map(Held::Choices),
    ]
}

fn notice() -> impl Strategy<Value = NoticeRef> {
    let email = "[a-z]{1,9}@[a-z]{1,9}[.]example".prop_filter_map("an address", |text| EmailAddress::parse(&text).ok());
    let to = prop_oneof![id(PersonId).prop_map(Addressee::Person), email.prop_map(Addressee::Address)];
    (id(RuleId), id(TextId), to).prop_map(|(rule, text, to)| NoticeRef { rule, text, to })
}

fn item() -> impl Strategy<Value = ItemKey> {
    (select(ItemKind::ALL.to_vec()), any::<i64>()).prop_map(|(kind, id)| ItemKey { kind, id })
}

fn created() -> impl Strategy<Value = Created> {
    let people = (id(PersonId), id(PersonId), option::of(id(PersonId)), ids(), ids());
    let places = (option::of(id(KindId)), option::of(id(GroupId)), option::of(id(OrganizationId)));
    let rest = (state(), option::of(select(Priority::ALL.to_vec())), tags(), option::of(at()), visibility(), channel());
    let others = (id(TicketId), text(), option::of(text()), option::of(id(TicketId)));
    let held =
        (option::of(id(StatusId)), btree_map(id(FieldId), value(), 0..3), cases::case_type(), option::of(id(TicketId)));
    (people, places, rest, others, held).prop_map(|(people, places, rest, others, held)| {
        let (custom_status, fields, ticket_type, problem) = held;
        let (requester, submitter, assignee, ccs, followers) = people;
        let (kind, group, organization) = places;
        let (state, priority, tags, due_at, visibility, via) = rest;
        let (id, subject, external_id, follow_up_of) = others;
        Created {
            id,
            subject,
            kind,
            ticket_type,
            problem,
            state,
            priority,
            requester,
            submitter,
            assignee,
            group,
            organization,
            tags,
            ccs,
            followers,
            due_at,
            custom_status,
            fields,
            visibility,
            via,
            external_id,
            follow_up_of,
        }
    })
}

fn of_people() -> impl Strategy<Value = PersonEvent> {
    let comments = || prop::collection::btree_set(id(CommentId), 0..4);
    Union::new(vec![
        (id(PersonId), id(PersonId)).prop_map(|(person, into)| PersonEvent::Merged { person, into }).boxed(),
        id(PersonId).prop_map(PersonEvent::Deleted).boxed(),
        (id(PersonId), any::<bool>()).prop_map(|(person, texts)| PersonEvent::Erased { person, texts }).boxed(),
        id(PersonId).prop_map(PersonEvent::LinkMade).boxed(),
        (id(PersonId), text()).prop_map(|(person, name)| PersonEvent::TokenMade { person, name }).boxed(),
        (id(PersonId), text()).prop_map(|(person, name)| PersonEvent::TokenRevoked { person, name }).boxed(),
        comments().prop_map(PersonEvent::TextsErased).boxed(),
        Just(PersonEvent::WordsErased).boxed(),
    ])
}

/// The comment that an event has with it.
fn said(event: &Event) -> Option<&Comment> {
    match event {
        Event::Commented(comment) | Event::Removal(Removed::Redacted(comment) | Removed::FileRedacted(comment)) => {
            Some(comment)
        }
        _ => None,
    }
}

fn of_tickets() -> Vec<BoxedStrategy<Event>> {
    let priority = || option::of(select(Priority::ALL.to_vec()));
    vec![
        created().prop_map(|created| Event::Created(Box::new(created))).boxed(),
        comment().prop_map(|comment| Event::Commented(Box::new(comment))).boxed(),
        id(CommentId).prop_map(Event::MadeInternal).boxed(),
        visibility().prop_map(Event::VisibilityChanged).boxed(),
        (text(), text()).prop_map(|(from, to)| Event::SubjectChanged { from, to }).boxed(),
        (status(), status()).prop_map(|(from, to)| Event::StatusChanged { from, to }).boxed(),
        (priority(), priority()).prop_map(|(from, to)| Event::PriorityChanged { from, to }).boxed(),
        (option::of(id(KindId)), option::of(id(KindId))).prop_map(|(from, to)| Event::KindChanged { from, to }).boxed(),
        (option::of(id(PersonId)), option::of(id(PersonId)))
            .prop_map(|(from, to)| Event::AssigneeChanged { from, to })
            .boxed(),
        (option::of(id(GroupId)), option::of(id(GroupId)))
            .prop_map(|(from, to)| Event::GroupChanged { from, to })
            .boxed(),
        (id(PersonId), id(PersonId)).prop_map(|(from, to)| Event::RequesterChanged { from, to }).boxed(),
        (option::of(id(OrganizationId)), option::of(id(OrganizationId)))
            .prop_map(|(from, to)| Event::OrganizationChanged { from, to })
            .boxed(),
        (tags(), tags()).prop_map(|(added, removed)| Event::TagsChanged { added, removed }).boxed(),
        (ids(), ids()).prop_map(|(added, removed)| Event::CcsChanged { added, removed }).boxed(),
        (ids(), ids()).prop_map(|(added, removed)| Event::FollowersChanged { added, removed }).boxed(),
        (option::of(at()), option::of(at())).prop_map(|(from, to)| Event::DueChanged { from, to }).boxed(),
        id(RuleId).prop_map(Event::RuleMarked).boxed(),
        (text(), select(Skipped::ALL.to_vec())).prop_map(|(action, why)| Event::ActionSkipped { action, why }).boxed(),
        id(TicketId).prop_map(Event::MergedInto).boxed(),
        id(TicketId).prop_map(Event::MergedFrom).boxed(),
        id(TicketId).prop_map(Event::FollowedUp).boxed(),
    ]
}

fn of_the_account() -> Vec<BoxedStrategy<Event>> {
    vec![
        Just(Event::Founded).boxed(),
        (id(PersonId), role()).prop_map(|(person, role)| Event::PersonCreated { person, role }).boxed(),
        (id(PersonId), fields()).prop_map(|(person, fields)| Event::PersonChanged { person, fields }).boxed(),
        id(OrganizationId).prop_map(Event::OrganizationCreated).boxed(),
        (id(OrganizationId), fields())
            .prop_map(|(organization, fields)| Event::OrganizationChangedIn { organization, fields })
            .boxed(),
        id(GroupId).prop_map(Event::GroupCreated).boxed(),
        id(GroupId).prop_map(Event::GroupRenamed).boxed(),
        setting::setting().prop_map(Event::SettingChanged).boxed(),
    ]
}

fn of_rules() -> Vec<BoxedStrategy<Event>> {
    let status = || option::of(id(StatusId));
    let rule = (select(RuleSort::ALL.to_vec()), id(RuleId), text());
    let keys = || btree_set("[a-z_]{1,9}", 0..3);
    vec![
        (status(), status()).prop_map(|(from, to)| Event::CustomStatusChanged { from, to }).boxed(),
        (id(FieldId), option::of(value()), option::of(value()))
            .prop_map(|(field, from, to)| Event::FieldChanged { field, from, to })
            .boxed(),
        rule.prop_map(|(sort, id, title)| Event::RuleRan(RuleRef { sort, id, title })).boxed(),
        any::<u32>().prop_map(|rounds| Event::RulesStopped { rounds }).boxed(),
        notice().prop_map(Event::Notified).boxed(),
        (notice(), select(HeldBack::ALL.to_vec())).prop_map(|(notice, why)| Event::HeldBack { notice, why }).boxed(),
        (item(), text(), keys()).prop_map(|(item, name, keys)| Event::ItemSet { item, name, keys }).boxed(),
        (item(), text()).prop_map(|(item, name)| Event::ItemDeleted { item, name }).boxed(),
        select(ItemKind::ALL.to_vec()).prop_map(Event::ItemsOrdered).boxed(),
        of_people().prop_map(Event::Person).boxed(),
        (id(RuleId), id(WebhookId)).prop_map(|(rule, webhook)| Event::Called { rule, webhook }).boxed(),
        (id(GroupId), text()).prop_map(|(group, name)| Event::GroupDeleted { group, name }).boxed(),
        id(FieldId).prop_map(Event::Unfilled).boxed(),
        Just(Event::RequestChanged).boxed(),
        cases::of_cases().prop_map(Event::Case).boxed(),
        removal::removed().prop_map(Event::Removal).boxed(),
        removal::of_mails().prop_map(Event::Mail).boxed(),
        Just(Event::Unknown("told_by_a_later_one".to_owned())).boxed(),
        (id(OrganizationId), text())
            .prop_map(|(organization, name)| Event::OrganizationDeleted { organization, name })
            .boxed(),
    ]
}

/// One of every kind, in the order of [`place`], so that none is left to chance.
fn one_of_each() -> impl Strategy<Value = Vec<Event>> {
    of_tickets().into_iter().chain(of_the_account()).chain(of_rules()).collect::<Vec<_>>()
}

fn written(events: &[Event], texts: &mut Texts) -> Result<String, TestCaseError> {
    let salts = events.iter().filter_map(said).map(|comment| (comment.id, [0; 16])).collect();
    write(events, &salts, &mut Counting(0), texts).map_err(|fault| TestCaseError::fail(fault.detail))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// D35: what happened can be told again as it was, its texts from their places, its comments by their numbers.
    #[test]
    fn every_event_survives_being_written(events in one_of_each()) {
        let mut texts = Texts::default();
        let json = written(&events, &mut texts)?;
        let said = Said {
            texts: (0..).zip(texts.taken).map(|(place, (_, text))| (place, text)).collect(),
            comments: events.iter().filter_map(said).map(|comment| (comment.id, comment.clone())).collect(),
        };
        prop_assert_eq!(read(&json, &said), Ok(events));
    }

    /// D35: what people wrote is not in what is hashed and kept for good.
    #[test]
    fn no_text_of_a_ticket_is_in_what_is_written(word in "[q-z]{12}", created in created(), comment in comment()) {
        let events = [
            Event::Created(Box::new(Created { subject: word.clone(), external_id: None, tags: BTreeSet::new(), ..created })),
            Event::Commented(Box::new(Comment { body: word.clone(), ..comment })),
            Event::SubjectChanged { from: word.clone(), to: word.clone() },
        ];
        let json = written(&events, &mut Texts::default())?;
        prop_assert!(!json.contains(&word));
    }
}

/// Which place an event has in [`one_of_each`]; a new one does not compile before it has one.
const fn place(event: &Event) -> usize {
    match event {
        Event::Created(_) => 0,
        Event::Commented(_) => 1,
        Event::MadeInternal(_) => 2,
        Event::VisibilityChanged(_) => 3,
        Event::SubjectChanged { .. } => 4,
        Event::StatusChanged { .. } => 5,
        Event::PriorityChanged { .. } => 6,
        Event::KindChanged { .. } => 7,
        Event::AssigneeChanged { .. } => 8,
        Event::GroupChanged { .. } => 9,
        Event::RequesterChanged { .. } => 10,
        Event::OrganizationChanged { .. } => 11,
        Event::TagsChanged { .. } => 12,
        Event::CcsChanged { .. } => 13,
        Event::FollowersChanged { .. } => 14,
        Event::DueChanged { .. } => 15,
        Event::RuleMarked(_) => 16,
        Event::ActionSkipped { .. } => 17,
        Event::MergedInto(_) => 18,
        Event::MergedFrom(_) => 19,
        Event::FollowedUp(_) => 20,
        Event::Founded => 21,
        Event::PersonCreated { .. } => 22,
        Event::PersonChanged { .. } => 23,
        Event::OrganizationCreated(_) => 24,
        Event::OrganizationChangedIn { .. } => 25,
        Event::GroupCreated(_) => 26,
        Event::GroupRenamed(_) => 27,
        Event::SettingChanged(_) => 28,
        Event::CustomStatusChanged { .. } => 29,
        Event::FieldChanged { .. } => 30,
        Event::RuleRan(_) => 31,
        Event::RulesStopped { .. } => 32,
        Event::Notified(_) => 33,
        Event::HeldBack { .. } => 34,
        Event::ItemSet { .. } => 35,
        Event::ItemDeleted { .. } => 36,
        Event::ItemsOrdered(_) => 37,
        Event::Person(_) => 38,
        Event::Called { .. } => 39,
        Event::GroupDeleted { .. } => 40,
        Event::Unfilled(_) => 41,
        Event::RequestChanged => 42,
        Event::Case(_) => 43,
        Event::Removal(_) => 44,
        Event::Mail(_) => 45,
        Event::Unknown(_) => 46,
        Event::OrganizationDeleted { .. } => 47,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_event_is_in_its_place(events in one_of_each()) {
        prop_assert!(events.iter().map(place).eq(0..48));
    }
}
