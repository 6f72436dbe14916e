//! What a real account writes, as ours has it.

use super::desk::{Desk, fails, ok, user, whole};
use guichet::client::{Capability, Client, Error, ListAsk, Source};
use guichet::domain::case::{Score, TicketType};
use guichet::domain::comment::{Channel, Visibility};
use guichet::domain::condition::Condition;
use guichet::domain::field::{FieldType, Value};
use guichet::domain::id::{FieldId, GroupId, KindId, PersonId, TicketId};
use guichet::domain::person::Role;
use guichet::domain::status::{Priority, Status};
use guichet::domain::view::{Column, Sort};
use serde_json::json;

#[tokio::test]
async fn a_session_is_read_of_whatever_the_account_has() {
    let desk = Desk::open().await;
    let session = desk.client().session().await.expect("a session");
    assert_eq!((session.me.id, session.me.role), (PersonId(115), Role::Agent));
    assert_eq!(
        session.kinds.iter().map(|kind| (kind.id, kind.slug.as_str())).collect::<Vec<_>>(),
        [(KindId(47), "repairs")]
    );
    let names: Vec<&str> = session.fields.values().map(|field| field.title.as_str()).collect();
    assert_eq!(names, ["Subject", "Colour", "Insured", "Device"], "what ours has no place for is passed over");
    assert_eq!(session.fields[&FieldId(27_644)].kind, FieldType::Text, "a lookup is its number");
    assert_eq!(session.fields[&FieldId(27_642)].kind.options().len(), 1, "an option without a name is none");
    assert_eq!(session.groups[0].id, GroupId(360));
    let view = &session.views[0];
    assert_eq!(
        (view.columns.as_slice(), view.group_by),
        (&[Column::Subject, Column::Field(FieldId(27_642))][..], Some(Column::Status))
    );
    assert_eq!((session.settings.language.as_str(), session.settings.private_tickets), ("fr", false));
    assert!(session.lacks.contains(&Capability::Why) && !session.lacks.contains(&Capability::Emptying));
}

/// A plan without forms and statuses of one's own is an account all the same.
#[tokio::test]
async fn what_a_plan_does_not_have_is_no_obstacle() {
    let desk = Desk::open().await;
    let plan = json!({ "error": { "title": "Forbidden", "message": "Your plan does not include this" } });
    desk.says("GET ticket_forms", [fails("403 Forbidden", &plan)]);
    desk.says(
        "GET custom_statuses",
        [fails("404 Not Found", &json!({ "error": "InvalidEndpoint", "description": "Not found" }))],
    );
    let session = desk.client().session().await.expect("a session");
    assert_eq!(session.kinds.len(), 1, "one kind for all");
    assert!(session.kinds[0].fields.contains(&FieldId(27_642)) && session.statuses.is_empty());
}

/// Strangers are answered with status 200, as somebody without a number.
#[tokio::test]
async fn who_is_nobody_there_is_not_signed_in() {
    let desk = Desk::open().await;
    let nobody =
        json!({ "user": { "id": null, "name": "Anonymous user", "email": "invalid@example.com", "role": "end-user" } });
    desk.says("GET users/me", [ok(&nobody)]);
    assert_eq!(desk.client().session().await.map(|_| ()), Err(Error::SignedOut));
}

#[tokio::test]
async fn a_ticket_is_read_with_what_was_said() {
    let desk = Desk::open().await;
    let thread = desk.client().ticket(TicketId(35_436), 20).await.expect("a ticket");
    let ticket = &thread.item;
    assert_eq!(ticket.subject, "Help, my bell is broken");
    assert_eq!(
        (ticket.status(), ticket.priority, ticket.ticket_type),
        (Status::Open, Some(Priority::High), Some(TicketType::Incident))
    );
    assert_eq!((ticket.problem, ticket.kind, ticket.custom_status), (Some(TicketId(9_873)), Some(KindId(47)), None));
    assert_eq!(ticket.rating.as_ref().and_then(|rating| rating.score), Some(Score::Good));
    assert_eq!(ticket.fields.get(&FieldId(27_643)), Some(&Value::Checked(false)));
    assert_eq!((ticket.via, ticket.version), (Channel::Web, 1_795_239_512));
    let said: Vec<(i64, Visibility, &str)> =
        thread.comments.iter().map(|one| (one.id.0, one.visibility, one.body.as_str())).collect();
    let hostile = "It does\u{1b}]0;owned\u{7} not ring";
    assert_eq!(
        said,
        [(901, Visibility::Public, hostile), (902, Visibility::Internal, "a note")],
        "oldest first, as it was written"
    );
    assert_eq!(thread.comments[0].attachments[0].name, "bell.png");
    assert_eq!(thread.names.people[&PersonId(20)], "Rita \u{1b}[31mRed", "Safe is for the screen");
    assert!(!thread.more, "a cursor on the last page leads nowhere");
    assert!(desk.asked("GET next").is_empty(), "and no address of the server's is followed");
}

/// Where the newest cannot be asked for first, all is read.
#[tokio::test]
async fn a_conversation_that_comes_the_wrong_way_round_is_read_to_its_end() {
    let desk = Desk::open().await;
    let said = |id: i64| {
        json!({ "id": id, "author_id": 20, "plain_body": format!("c{id}"), "public": true,
        "created_at": format!("2026-11-20T10:00:{id:02}Z") })
    };
    let page = |ids: std::ops::Range<i64>, more: bool| {
        ok(&super::desk::paged("comments", &ids.map(said).collect(), more, None))
    };
    desk.says("GET tickets/35436/comments", [page(1..3, true), page(3..5, false)]);
    let thread = desk.client().ticket(TicketId(35_436), 2).await.expect("a ticket");
    assert_eq!(thread.comments.iter().map(|one| one.id.0).collect::<Vec<_>>(), [3, 4]);
}

#[tokio::test]
async fn a_view_is_read_as_a_list_and_never_carried_out() {
    let desk = Desk::open().await;
    let page = super::desk::paged("tickets", &json!([super::desk::ticket()]), false, None);
    desk.says("GET views/25/tickets", [ok(&page)]);
    let client = desk.client();
    let slug = client.session().await.expect("a session").views[0].slug.clone();
    let found = client.tickets(ListAsk::first(Source::View(slug.clone()))).await.expect("a page");
    assert_eq!((found.rows.len(), found.next), (1, None));
    assert!(desk.asked("GET views/25/execute").is_empty());
    // Narrowed, it becomes a search of the same words.
    desk.says("GET search?", [ok(&json!({ "results": [], "count": 0, "next_page": null, "facets": null }))]);
    let narrow = ListAsk { narrow: Some("bell priority:high".to_owned()), ..ListAsk::first(Source::View(slug)) };
    client.tickets(narrow).await.expect("a page");
    let line = desk.asked("GET search?")[0].line.clone();
    for part in ["status%3Csolved", "assignee%3Ame", "bell", "priority%3Ahigh", "type%3Aticket"] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[tokio::test]
async fn what_a_search_does_not_know_is_said() {
    let desk = Desk::open().await;
    let client = desk.client();
    let ask = |text: &str| ListAsk { sort: Some(Sort::NEWEST), ..ListAsk::first(Source::Search(text.to_owned())) };
    for text in ["comments>3", "private:true", "follower:me", "-satisfaction:good"] {
        assert_eq!(client.tickets(ask(text)).await.map(|_| ()), Err(Error::NotHere(Capability::Searching)), "{text}");
    }
    assert!(matches!(client.tickets(ask("status:purple")).await, Err(Error::Unclear(_))), "as everywhere");
    let both = Condition::Any(vec![Condition::EVERYTHING, Condition::EVERYTHING]);
    assert_eq!(client.matching(both, 1).await.map(|_| ()), Err(Error::NotHere(Capability::Searching)));
    assert!(desk.asked("GET search").is_empty(), "nothing else is asked in its place");
}

#[tokio::test]
async fn a_history_tells_what_ours_has_words_for() {
    let desk = Desk::open().await;
    let via = json!({ "channel": "rule", "source": { "from": { "id": 22, "title": "Close it" }, "to": {}, "rel": "trigger" } });
    let audits = json!([
        { "id": 1, "ticket_id": 35_436, "created_at": "2026-11-20T22:55:29Z", "author_id": 20, "via": { "channel": "web" },
          "metadata": { "system": { "client": "x" }, "custom": {} }, "events": [
            { "id": 11, "type": "Comment", "author_id": 20, "body": "It does not ring", "public": true, "attachments": [] },
            { "id": 12, "type": "Create", "field_name": "subject", "value": "Help" },
            { "id": 13, "type": "Create", "field_name": "requester_id", "value": "20" },
            { "id": 14, "type": "Create", "field_name": "27642", "value": "colour_red" },
            { "id": 15, "type": "Create", "field_name": "status", "value": "new" }] },
        { "id": 2, "ticket_id": 35_436, "created_at": "2026-11-20T23:00:00Z", "author_id": -1, "via": via, "events": [
            { "id": 16, "type": "Change", "field_name": "status", "value": "open", "previous_value": "new" },
            { "id": 17, "type": "Change", "field_name": "tags", "value": ["a", "b"], "previous_value": ["b", "c"] },
            { "id": 18, "type": "SlaTargetChange", "metric_id": 3 },
            { "id": 19, "type": "Notification", "recipients": [20], "subject": "x", "body": "y" }] },
    ]);
    desk.says("GET tickets/35436/audits", [ok(&whole("audits", &audits))]);
    let page = desk.client().audits(TicketId(35_436), 0, 100).await.expect("a history");
    let numbers: Vec<i64> = page.rows.iter().map(|audit| audit.number).collect();
    assert_eq!(numbers, [1, 2]);
    insta::assert_debug_snapshot!(
        "a_history",
        page.rows.iter().map(|audit| (audit.who, audit.via, &audit.events)).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn people_are_found_by_what_was_typed() {
    let desk = Desk::open().await;
    desk.says(
        "GET users/autocomplete?name=Ri",
        [ok(&whole("users", &json!([user(20, "Rita", "end-user"), user(116, "Rick", "agent")])))],
    );
    let ask = guichet::client::PeopleAsk::Suggest { text: "Ri".into(), staff_only: true, limit: 9 };
    let page = desk.client().people(ask).await.expect("people");
    assert_eq!(page.rows.iter().map(|one| one.id.0).collect::<Vec<_>>(), [116]);
}
