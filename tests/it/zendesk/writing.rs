//! Changing an account: what was seen must still hold, and nothing is done twice.

use super::desk::{Desk, fails, http, ok, whole};
use crate::support::dirs::temp;
use crate::support::town::{changes, says};
use guichet::client::remote::{SignIn, Zendesk};
use guichet::client::{Client, Error, Key};
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::NewComment;
use guichet::domain::field::{Field, FieldType};
use guichet::domain::id::{CommentId, FieldId, KindId, TicketId};
use guichet::domain::secret::Secret;
use guichet::domain::status::Status;
use guichet::domain::tag::Tag;
use guichet::domain::{person::EmailAddress, person::PersonRef};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const TICKET: TicketId = TicketId(35_436);
/// 2026-11-21T05:38:32Z
const SEEN: i64 = 1_795_239_512;

fn key(text: &str) -> Key {
    Key(text.to_owned())
}

fn updated() -> String {
    let mut ticket = super::desk::ticket();
    ticket["updated_at"] = "2026-11-22T08:00:00Z".into();
    let audit = json!({ "id": 9, "events": [{ "id": 903, "type": "Comment", "body": "Hello", "public": true }] });
    ok(&json!({ "ticket": ticket, "audit": audit }))
}

fn history(key: Option<&str>) -> String {
    let custom = key.map_or_else(|| json!({}), |key| json!({ "guichet_key": key }));
    let audit = json!({ "id": 9, "author_id": 115, "created_at": "2026-11-22T07:59:59Z", "metadata": { "custom": custom },
        "events": [{ "id": 903, "type": "Comment", "body": "Something else", "public": true }] });
    ok(&whole("audits", &json!([audit])))
}

fn sent(desk: &Desk) -> Vec<Value> {
    desk.asked("PUT tickets/35436").into_iter().map(|asked| asked.body["ticket"].clone()).collect()
}

#[tokio::test]
async fn a_change_holds_for_what_was_seen_and_bears_its_key() {
    let desk = Desk::open().await;
    desk.says("PUT tickets/35436", [updated()]);
    let tag = |text: &str| Tag::parse(text).expect("a tag");
    let change = Change {
        status: Some(Status::Pending),
        assignee: Some(None),
        add_tags: BTreeSet::from([tag("new")]),
        remove_tags: BTreeSet::from([tag("bell")]),
        add_ccs: vec![PersonRef::Address(EmailAddress::parse("cc@x.example").expect("an address"))],
        fields: [(FieldId(27_643), "yes".to_owned()), (FieldId(27_642), String::new())].into(),
        ..Change::default()
    };
    let deed = Deed::UpdateTicket {
        ticket: TICKET,
        change: Box::new(change),
        comment: Some(NewComment::note("Hello")),
        expect: Some(SEEN),
    };
    let receipt = desk.client().act(key("k-1"), deed).await.expect("done");
    assert_eq!((receipt.outcome.ticket, receipt.outcome.comment), (Some(TICKET), Some(CommentId(903))));
    assert!(receipt.versions > 0 && !receipt.repeated);
    let text = serde_json::to_string_pretty(&sent(&desk)[0]).expect("JSON");
    insta::assert_snapshot!("a_change_as_it_is_sent", text);
}

#[tokio::test]
async fn a_conflict_tells_what_the_ticket_is_now() {
    let desk = Desk::open().await;
    let client = desk.client();
    let stale = Deed::UpdateTicket {
        ticket: TICKET,
        change: Box::new(Change::status(Status::Solved)),
        comment: None,
        expect: Some(SEEN - 60),
    };
    assert_eq!(client.act(key("k"), stale).await, Err(Error::Conflict { theirs: SEEN }));
    assert!(sent(&desk).is_empty(), "nothing was sent");
    // Somebody was quicker between the look and the change: looked at again, and changed again.
    let conflict = json!({ "error": "UpdateConflict", "description": "Safe update prevented a change" });
    desk.says("PUT tickets/35436", [fails("409 Conflict", &conflict), updated()]);
    client.act(key("k2"), changes(TICKET, Change::status(Status::Solved))).await.expect("done");
    assert_eq!(sent(&desk).len(), 2);
}

#[tokio::test]
async fn a_reply_whose_answer_is_lost_is_looked_for_before_it_is_sent_again() {
    // It was done: found by its key, and not sent again.
    let desk = Desk::open().await;
    desk.says("PUT tickets/35436", [String::new()]);
    desk.says("GET tickets/35436/audits", [history(Some("k-7"))]);
    let receipt = desk.client().act(key("k-7"), says(TICKET, NewComment::public("Hello"))).await.expect("done");
    assert!(receipt.repeated);
    assert_eq!((receipt.outcome.comment, sent(&desk).len()), (Some(CommentId(903)), 1));
    // It was not: sent once more.
    let desk = Desk::open().await;
    desk.says("PUT tickets/35436", [String::new(), updated()]);
    desk.says("GET tickets/35436/audits", [history(None)]);
    let receipt = desk.client().act(key("k-8"), says(TICKET, NewComment::public("Hello"))).await.expect("done");
    assert_eq!((receipt.repeated, sent(&desk).len()), (false, 2));
    // Nobody can say: it is told, and the next try looks first.
    let desk = Desk::open().await;
    let client = desk.client();
    client.session().await.expect("a session");
    let down = || http("502 Bad Gateway", "content-type: text/html\r\n", "<html>");
    desk.says("PUT tickets/35436", [down()]);
    desk.says("GET tickets/35436/audits", [down(), history(Some("k-9"))]);
    let reply = || says(TICKET, NewComment::public("Hello"));
    assert!(matches!(client.act(key("k-9"), reply()).await, Err(Error::Unreachable(_))));
    assert!(client.act(key("k-9"), reply()).await.expect("done").repeated);
    assert_eq!(sent(&desk).len(), 1);
}

/// Whoever comes after a program that was ended before it heard an answer looks for the change before making it again.
#[tokio::test]
async fn what_was_under_way_outlives_the_program() {
    let (desk, folder) = (Desk::open().await, temp());
    let journal = folder.path().join("acme.sent");
    let client = || {
        let transport = desk.transport().signed_in(SignIn::Bearer(Secret::new("the-token")));
        Zendesk::remembering(transport, journal.clone())
    };
    let down = || http("502 Bad Gateway", "content-type: text/html\r\n", "<html>");
    desk.says("PUT tickets/35436", [down(), updated()]);
    desk.says("GET tickets/35436/audits", [down()]);
    let first = client();
    first.session().await.expect("a session");
    let reply = |text: &str| says(TICKET, NewComment::public(text));
    assert!(matches!(first.act(key("k-9"), reply("Hello")).await, Err(Error::Unreachable(_))));
    drop(first);
    let kept = std::fs::read_to_string(&journal).expect("a file");
    assert!(!kept.contains("k-9") && !kept.contains("Hello") && kept.len() > 10, "{kept}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&journal).expect("a file").permissions().mode() & 0o777, 0o600);
    }
    desk.says("GET tickets/35436/audits", [history(Some("k-9"))]);
    let second = client();
    assert!(second.act(key("k-9"), reply("Hello")).await.expect("done").repeated);
    assert_eq!((sent(&desk).len(), std::fs::read_to_string(&journal).expect("a file")), (1, "{}".to_owned()));
    // What was answered is under way no longer, and nobody looks for it.
    second.act(key("k-10"), reply("Hello again")).await.expect("done");
    assert_eq!((sent(&desk).len(), desk.asked("GET tickets/35436/audits").len()), (2, 2));
    assert_eq!(std::fs::read_to_string(&journal).expect("a file"), "{}");
    // A file that says nothing is no reason to change nothing.
    std::fs::write(&journal, "half of").expect("written");
    desk.says("PUT tickets/35436", [updated()]);
    client().act(key("k-11"), reply("Once more")).await.expect("done");
}

/// An act that was done here is not done again under the same key, and the key is for no other.
#[tokio::test]
async fn the_same_key_is_the_same_act() {
    let desk = Desk::open().await;
    let client = desk.client();
    desk.says("PUT tickets/35436", [updated(), updated()]);
    let reply = |text: &str| says(TICKET, NewComment::public(text));
    let (one, two) = tokio::join!(client.act(key("k"), reply("Hello")), client.act(key("k"), reply("Hello")));
    let (one, two) = (one.expect("done"), two.expect("done"));
    assert_eq!((one.outcome, one.repeated, two.repeated, sent(&desk).len()), (two.outcome, false, true, 1));
    assert_eq!(client.act(key("k"), reply("Good-bye")).await, Err(Error::KeyReused));
    assert_eq!(sent(&desk).len(), 1);
}

#[tokio::test]
async fn a_new_ticket_is_sent_again_under_its_key() {
    let desk = Desk::open().await;
    let made = json!({ "ticket": super::desk::ticket(), "audit": { "id": 1, "events": [] } });
    let hit = http("201 Created", &format!("{}x-idempotency-lookup: hit\r\n", super::desk::JSON), &made.to_string());
    desk.says("POST tickets", [String::new(), hit]);
    let mut new = NewTicket::new("A bell", NewComment::public("It is broken"));
    new.kind = Some(KindId(47));
    let receipt = desk.client().act(key("a key of mine"), Deed::CreateTicket(Box::new(new))).await.expect("made");
    assert!(receipt.repeated, "the first had arrived");
    let asked = desk.asked("POST tickets");
    assert_eq!(asked.len(), 2);
    let line = |head: &str| head.lines().find(|line| line.starts_with("idempotency-key")).map(str::to_owned);
    assert_eq!(line(&asked[0].head), line(&asked[1].head));
    assert!(line(&asked[0].head).is_some());
    assert_eq!(asked[0].body["ticket"]["ticket_form_id"], 47);
}

/// What an account lacks is refused before anything is asked.
#[tokio::test]
async fn what_an_account_lacks_is_refused_here() {
    let desk = Desk::open().await;
    let client = desk.client();
    let field = client.session().await.expect("a session").fields[&FieldId(27_643)].clone();
    let field = Field { kind: FieldType::Text, ..field };
    let before = desk.asked("").len();
    let deeds = [
        Deed::SetItem(Box::new(guichet::domain::setup::Item::Field(field))),
        Deed::RunAutomations { ticket: TICKET },
        Deed::Person(guichet::domain::life::PersonDeed::Approve(guichet::domain::id::PersonId(20))),
    ];
    for deed in deeds {
        assert!(matches!(client.check(deed.clone()).await, Err(Error::NotHere(_))));
        assert!(matches!(client.act(key("k"), deed).await, Err(Error::NotHere(_))));
    }
    assert_eq!(desk.asked("").len(), before);
}

/// What is missing to solve a ticket is said in the account's words.
#[tokio::test]
async fn a_refusal_says_what_is_missing() {
    let desk = Desk::open().await;
    let body = json!({ "error": "RecordInvalid", "description": "Record validation errors", "details": { "base": [
        { "description": "Colour: is required when solving a ticket", "ticket_field_id": 27_642, "ticket_field_type": "FieldTagger" }] } });
    desk.says("PUT tickets/35436", [fails("422 Unprocessable Entity", &body)]);
    let done = desk.client().act(key("k"), changes(TICKET, Change::status(Status::Solved))).await;
    assert_eq!(done, Err(Error::Said("Colour: is required when solving a ticket".to_owned())));
}
