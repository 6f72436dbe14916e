//! What goes wrong on the way to an account at Zendesk: each becomes an error that says what to do next.

use super::desk::{Desk, JSON, fails, http};
use crate::support::slow::trickles;
use crate::support::town::{NOW, still};
use guichet::client::remote::keep::{Keeper, Signed};
use guichet::client::remote::{SignIn, Target, Transport, Zendesk};
use guichet::client::{Client, Error};
use guichet::domain::id::{AttachmentId, TicketId};
use guichet::domain::refusal::{Field, Refusal};
use guichet::domain::secret::Secret;
use guichet::domain::time::Span;
use guichet::language::Language;
use guichet::report::{Failure, Report};
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const TICKET: TicketId = TicketId(35_436);
const ASKED: &str = "GET tickets/35436?";

/// What whoever opens a ticket is told when this comes back, and how often it was asked for.
async fn told(answers: Vec<String>) -> (Error, usize) {
    let desk = Desk::open().await;
    let client = desk.client();
    client.session().await.expect("a session");
    desk.says(ASKED, answers);
    let error = client.ticket(TICKET, 5).await.map(|_| ()).expect_err("no ticket");
    (error, desk.asked(ASKED).len())
}

#[tokio::test]
async fn each_bad_answer_becomes_an_error_that_says_what_to_do() {
    let garbled = |why: &str| Error::Garbled(why.to_owned());
    let half = format!("HTTP/1.1 200 OK\r\n{JSON}content-length: 500\r\n\r\n{{\"ticket\":");
    let short = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\n{JSON}content-length: 9\r\n\r\n{{\"ticket\": {{\"id\": 35436}}}}"
    );
    let rows = [
        (
            http("429 Too Many Requests", "content-type: text/plain\r\nretry-after: 900\r\n", "Slow down \u{1b}[2J"),
            Error::Throttled(NOW + Span(900_000)),
            1,
        ),
        (
            http("429 Too Many Requests", "retry-after: Sun, 22 Nov 2026 08:05:00 GMT\r\n", ""),
            Error::Throttled(NOW + Span(300_000)),
            1,
        ),
        (
            http("503 Service Unavailable", "content-type: text/html\r\n", "<html>down</html>"),
            Error::Unreachable("the server cannot answer at the moment (503)".into()),
            1,
        ),
        (http("503 Service Unavailable", "retry-after: 900\r\n", "down"), Error::Throttled(NOW + Span(900_000)), 1),
        (
            http("200 OK", "content-type: text/html\r\n", "<h1>\u{1b}[2JSign in</h1>"),
            garbled("what answers there is no account of a help desk"),
            1,
        ),
        (http("200 OK", JSON, "{\"ticket\": {\"id\": "), garbled("the answer is no JSON, or not all of it"), 1),
        (half, garbled("the answer ended before its end"), 2),
        (short, garbled("the answer is no JSON, or not all of it"), 1),
        (http("302 Found", "location: https://elsewhere.example/\r\n", ""), garbled("the server sends elsewhere"), 1),
        (http("200 OK", JSON, "{\"ticket\": null}"), Error::NotFound, 1),
        (http("500 Internal Server Error", "", ""), garbled("the server answers with status 500"), 1),
        (
            http("404 Not Found", "content-type: text/html\r\n", "<html>"),
            garbled("what answers there is no account of a help desk"),
            1,
        ),
    ];
    for (answer, expected, times) in rows {
        assert_eq!(told(vec![answer.clone(); times]).await, (expected, times), "{answer}");
    }
}

/// All envelopes of the reference, and none.
#[tokio::test]
async fn each_envelope_becomes_an_error() {
    let said = |text: &str| Error::Said(text.to_owned());
    let rows = [
        ("404 Not Found", json!({ "error": "RecordNotFound", "description": "Not found" }), Error::NotFound),
        (
            "404 Not Found",
            json!({ "error": "InvalidEndpoint", "description": "Not found" }),
            Error::Garbled("what answers there does not know this question".into()),
        ),
        ("401 Unauthorized", json!({ "error": "Couldn't authenticate you" }), Error::SignedOut),
        (
            "403 Forbidden",
            json!({ "error": { "title": "Forbidden", "message": "You do not have access to this page." } }),
            Error::Denied,
        ),
        ("403 Forbidden", json!({ "errors": [{ "code": "Forbidden", "title": "No" }] }), Error::Denied),
        (
            "409 Conflict",
            json!({ "error": "UpdateConflict", "description": "Safe update failed" }),
            Error::Conflict { theirs: 0 },
        ),
        (
            "400 Bad Request",
            json!({ "error": "TooManyValues", "description": "Too many values", "max_count": 100 }),
            said("Too many values"),
        ),
        (
            "400 Bad Request",
            json!({ "errors": [{ "code": "InvalidPaginationDepth", "title": "Depth", "detail": "Too deep" }] }),
            said("Too deep"),
        ),
        (
            "422 Unprocessable Entity",
            json!({ "error": "RecordInvalid", "description": "Record validation errors",
            "details": { "base": [{ "description": "Colour: needed to solve" }, { "description": "Status: closed prevents it" }] } }),
            said("Colour: needed to solve · Status: closed prevents it"),
        ),
        (
            "422 Unprocessable Entity",
            json!({ "error": "RecordInvalid", "details": { "phone": [{ "description": "is no number", "error": "InvalidValue" }] } }),
            said("phone: is no number"),
        ),
        (
            "422 Unprocessable Entity",
            json!({ "error": "RecordInvalid", "details": { "email": [{ "description": "taken", "error": "DuplicateValue" }] } }),
            Error::Refused(Refusal::AddressTaken),
        ),
        (
            "422 Unprocessable Entity",
            json!({ "error": "invalid", "description": "Results end here" }),
            said("Results end here"),
        ),
        (
            "413 Payload Too Large",
            json!({ "error": "AttachmentTooLarge" }),
            Error::Refused(Refusal::TooLong { field: Field::Attachment, max: 0 }),
        ),
        ("422 Unprocessable Entity", json!([]), Error::Garbled("the account refused it and did not say why".into())),
        (
            "429 Too Many Requests",
            json!({ "error": "APIRateLimitExceeded", "description": "..." }),
            Error::Throttled(NOW + Span(60_000)),
        ),
    ];
    for (status, body, expected) in rows.into_iter().take(14) {
        assert_eq!(told(vec![fails(status, &body)]).await.0, expected, "{status} {body}");
    }
}

/// What an account says reaches a terminal as a sentence, and nothing of it as it came.
#[tokio::test]
async fn what_an_account_says_is_never_raw() {
    let body =
        json!({ "error": "RecordInvalid", "details": { "base": [{ "description": "no\u{1b}[2J\u{202e}\u{7}" }] } });
    let (error, _) = told(vec![fails("422 Unprocessable Entity", &body)]).await;
    let report = Report::of(&Failure::Client(error), &Language::english()).expect("a sentence");
    let text = report.sentence.as_str();
    assert!(text.contains("no") && !text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text:?}");
}

/// A pair of tokens in memory, and what was kept in which order.
#[derive(Default)]
struct Pocket(Mutex<Vec<Signed>>);

impl Keeper for Pocket {
    fn read(&self) -> Result<Option<Signed>, Error> {
        Ok(self.0.lock().expect("unlocked").last().cloned())
    }

    fn write(&self, signed: &Signed) -> Result<(), Error> {
        self.0.lock().expect("unlocked").push(signed.clone());
        Ok(())
    }

    fn hold(&self) -> Result<Box<dyn Send>, Error> {
        Ok(Box::new(()))
    }
}

#[tokio::test]
async fn a_token_that_ends_in_the_middle_is_renewed_and_the_same_is_asked_again() {
    let desk = Desk::open().await;
    let pocket = Arc::new(Pocket::default());
    let pair = |access: &str, refresh: &str| Signed { access: Secret::new(access), refresh: Secret::new(refresh) };
    pocket.write(&pair("old", "r1")).expect("kept");
    let transport = desk.transport().kept_by(Arc::clone(&pocket) as Arc<dyn Keeper>, "my-client").expect("signed in");
    let client = Zendesk::new(transport);
    client.session().await.expect("a session");
    desk.says(ASKED, [fails("401 Unauthorized", &json!({ "error": "invalid_token", "error_description": "expired" }))]);
    let fresh = json!({ "access_token": "new", "refresh_token": "r2", "token_type": "bearer", "expires_in": 1_800 });
    desk.says("POST /oauth/tokens", [http("201 Created", JSON, &fresh.to_string())]);
    client.ticket(TICKET, 5).await.expect("a ticket");
    assert_eq!(*pocket.0.lock().expect("unlocked"), [pair("old", "r1"), pair("new", "r2")]);
    let asked = desk.asked("POST /oauth/tokens");
    assert_eq!(asked[0].body["client_id"], "my-client");
    assert!(!asked[0].head.contains("authorization"), "nobody is told the old one there");
    assert!(desk.asked(ASKED)[1].head.contains("bearer new"));
}

/// Who one is, is told to the account alone: not to where it sends for a file, not to another place by a redirect.
#[tokio::test]
async fn credentials_go_nowhere_but_to_the_account() {
    let (desk, other) = (Desk::open().await, Desk::open().await);
    let client = desk.client();
    let file = |url: String| json!({ "attachment": { "id": 7, "file_name": "a.txt", "content_type": "text/plain", "size": 1, "content_url": url } });
    let no_address = Err(Error::Garbled("there is no such address".into()));
    // Without TLS nobody else is asked at all.
    desk.says("GET attachments/7", [super::desk::ok(&file(format!("{}/x", other.url)))]);
    assert_eq!(client.attachment(AttachmentId(7)).await.map(|_| ()), no_address);
    // Nor where the account itself sends elsewhere.
    desk.says("GET attachments/7", [super::desk::ok(&file(format!("{}/file", desk.url)))]);
    desk.says("GET /file", [http("302 Found", &format!("location: {}/x\r\n", other.url), "")]);
    let asked_again = Zendesk::new(desk.transport().signed_in(SignIn::Bearer(Secret::new("the-token"))));
    assert_eq!(asked_again.attachment(AttachmentId(7)).await.map(|_| ()), no_address);
    assert!(desk.asked("GET /file")[0].head.contains("bearer the-token"), "the account is told");
    assert!(other.asked("").is_empty());
}

#[tokio::test]
async fn an_answer_that_trickles_is_not_waited_for() {
    let (url, asked) = trickles().await;
    let named = url.trim_start_matches("http://").to_owned();
    let target = Target { url, sign_in: SignIn::Nobody, plain: false, clock: still() };
    let transport = Transport::new(target).expect("a way").within(Duration::from_millis(400));
    let begun = Instant::now();
    let told = Zendesk::new(transport).session().await.map(|_| ());
    assert_eq!(told, Err(Error::Unreachable(format!("it takes too long ({named})"))));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!(asked.lock().expect("unlocked").len(), 1);
}

/// An account that has a pause for a second is waited for.
#[tokio::test]
async fn a_server_that_says_when_it_is_back_is_asked_again_then() {
    let desk = Desk::open().await;
    let client = desk.client();
    client.session().await.expect("a session");
    desk.says(ASKED, [http("503 Service Unavailable", "content-type: text/plain\r\nretry-after: 1\r\n", "back soon")]);
    assert_eq!(client.ticket(TICKET, 5).await.map(|thread| thread.item.id), Ok(TICKET));
    assert_eq!(desk.asked(ASKED).len(), 2);
}
