//! What goes wrong on the way to an account elsewhere, and what whoever asks is told of it.

use crate::support::dirs::temp;
use crate::support::slow::trickles;
use crate::support::town::{NOW, says, still};
use guichet::client::remote::keep::{Keep, Keeper as _, Signed};
use guichet::client::remote::{Guichet, SignIn, Target, Transport};
use guichet::client::{Client, Error, Key, Receipt};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::decide::Outcome;
use guichet::domain::id::TicketId;
use guichet::domain::secret::Secret;
use guichet::domain::time::Span;
use guichet::wire::native::Travels;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that answers each connection with what it was told to, and remembers what it was asked.
struct Scripted {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

async fn request(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = stream.read(&mut chunk).await.unwrap_or(0);
        text.extend_from_slice(&chunk[..count]);
        let said = String::from_utf8_lossy(&text).into_owned();
        let Some((head, body)) = said.split_once("\r\n\r\n") else {
            if count == 0 {
                return said;
            }
            continue;
        };
        let head = head.to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
        if count == 0 || body.len() >= length.unwrap_or(0) {
            return said;
        }
    }
}

impl Scripted {
    async fn answering(answers: impl IntoIterator<Item = String>) -> Self {
        let mut answers: VecDeque<String> = answers.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let remembered = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Some(answer) = answers.pop_front() {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let said = request(&mut stream).await;
                remembered.lock().expect("unlocked").push(said);
                stream.write_all(answer.as_bytes()).await.expect("written");
            }
        });
        Self { url, asked }
    }

    fn transport(&self) -> Transport {
        let target = Target { url: self.url.clone(), sign_in: SignIn::Nobody, plain: false, clock: still() };
        Transport::new(target).expect("a way")
    }

    fn client(&self) -> Guichet {
        Guichet::new(self.transport(), Channel::Web)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("unlocked").clone()
    }
}

fn http(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
}

const JSON: &str = "content-type: application/json\r\n";

/// What whoever counts what they have not read is told, when all that comes back is this.
async fn told(answers: &[String]) -> (Error, usize) {
    let server = Scripted::answering(answers.to_vec()).await;
    let error = server.client().unread().await.expect_err("no answer");
    (error, server.asked().len())
}

#[tokio::test]
async fn each_bad_answer_becomes_an_error_that_says_what_to_do() {
    let garbled = |why: &str| Error::Garbled(why.to_owned());
    let half = format!("HTTP/1.1 200 OK\r\n{JSON}content-length: 500\r\n\r\n{{\"value\":");
    let short = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{JSON}content-length: 9\r\n\r\n{{\"value\": 1}}");
    let rows = [
        (http("429 Too Many Requests", "retry-after: 7\r\n", "slow down"), Error::Throttled(NOW + Span(7_000)), 1),
        (
            http("503 Service Unavailable", "", "<html>"),
            Error::Unreachable("the server cannot answer at the moment (503)".into()),
            1,
        ),
        (
            http("200 OK", "content-type: text/html\r\n", "<h1>\u{1b}[2JWelcome</h1>"),
            garbled("what answers there is no Guichet"),
            1,
        ),
        (http("200 OK", JSON, "{\"value\": 1, "), garbled("the answer is no JSON, or not all of it"), 1),
        (http("200 OK", JSON, "{\"value\": \"x\"}"), garbled(".value is no whole number that fits"), 1),
        (half, garbled("the answer ended before its end"), 2),
        (short, garbled("the answer is no JSON, or not all of it"), 1),
        (
            http("503 Service Unavailable", "retry-after: 900\r\n", ""),
            Error::Unreachable("the server cannot answer at the moment (503)".into()),
            1,
        ),
        (http("302 Found", "location: http://127.0.0.1:1/\r\n", ""), garbled("the server sends elsewhere"), 1),
        (http("401 Unauthorized", JSON, "{\"error\":\"Couldn't authenticate you\"}"), Error::SignedOut, 1),
        (http("404 Not Found", "", "no"), garbled("what answers there does not know this question"), 1),
        (http("422 Unprocessable Entity", JSON, "{\"guichet\":\"key_reused\"}"), Error::KeyReused, 1),
        (http("418 Teapot", JSON, "{\"guichet\":\"a_new_error\"}"), garbled("the server answers with status 418"), 1),
    ];
    for (answer, expected, times) in rows {
        let answers = vec![answer.clone(); times];
        assert_eq!(told(&answers).await, (expected, times), "{answer}");
    }
}

/// A connection that broke may have been an old one: what only reads is asked once more, and no oftener.
#[tokio::test]
async fn a_read_is_asked_again_when_the_connection_broke() {
    let server = Scripted::answering([String::new(), http("200 OK", JSON, "{\"value\":3,\"or_more\":false}")]).await;
    assert_eq!(server.client().unread().await.expect("an answer").value, 3);
    let (error, asked) = told(&[String::new(), String::new()]).await;
    assert!(matches!(error, Error::Unreachable(why) if why.starts_with("the connection broke (127.0.0.1:")));
    assert_eq!(asked, 2);
}

/// Whether an act arrived nobody knows: under the same key it is sent again, the same to the byte.
#[tokio::test]
async fn an_act_is_sent_again_under_its_key() {
    let outcome = Outcome { ticket: Some(TicketId(1)), ..Outcome::default() };
    let receipt = Receipt { outcome, repeated: true, versions: 0 };
    let done = http("200 OK", JSON, &receipt.clone().pack().to_string());
    let server = Scripted::answering([String::new(), http("502 Bad Gateway", "", "<html>"), done]).await;
    let deed = says(TicketId(1), NewComment::public("Once"));
    let key = Key("a key/é %".into());
    assert_eq!(server.client().act(key, deed).await, Ok(receipt));
    let asked = server.asked();
    assert_eq!((asked.len(), &asked[0]), (3, &asked[1]));
    assert_eq!(asked[1], asked[2]);
    assert!(asked[0].contains("idempotency-key: a+key%2F%C3%A9+%25"), "{}", asked[0]);
    // What bears no key is not sent again.
    let server = Scripted::answering([String::new(), String::new()]).await;
    assert!(matches!(server.client().mark_read(None).await, Err(Error::Unreachable(_))));
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn nobody_there_is_told_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let named = url.trim_start_matches("http://").to_owned();
    let target = Target { url, sign_in: SignIn::Nobody, plain: false, clock: still() };
    let client = Guichet::new(Transport::new(target).expect("a way"), Channel::Api);
    assert_eq!(client.unread().await, Err(Error::Unreachable(format!("there is no connection ({named})"))));
}

/// Without TLS everybody between can read and change everything: only this machine is asked so, unless somebody insists.
#[test]
fn an_account_elsewhere_is_asked_by_tls() {
    let way = |url: &str, plain: bool| {
        Transport::new(Target { url: url.into(), sign_in: SignIn::Nobody, plain, clock: still() }).is_ok()
    };
    for url in ["https://help.example", "http://127.0.0.1:80", "http://[::1]:80/", "http://localhost/desk"] {
        assert!(way(url, false), "{url}");
    }
    for url in ["http://help.example", "http://localhost.example", "ftp://127.0.0.1", "help.example", "", "file:///x"] {
        assert!(!way(url, false), "{url}");
    }
    assert!(way("http://help.example", true) && !way("ftp://help.example", true));
}

/// An answer of which a byte comes now and then takes no longer than any other, and who waited that long does not ask again.
#[tokio::test]
async fn an_answer_that_trickles_is_not_waited_for() {
    let (url, asked) = trickles().await;
    let named = url.trim_start_matches("http://").to_owned();
    let target = Target { url, sign_in: SignIn::Nobody, plain: false, clock: still() };
    let transport = Transport::new(target).expect("a way").within(Duration::from_millis(400));
    let begun = Instant::now();
    let client = Guichet::new(transport, Channel::Web);
    assert_eq!(client.unread().await, Err(Error::Unreachable(format!("it takes too long ({named})"))));
    // Nor is an act sent again that may have been done.
    let done = client.act(Key("k".into()), says(TicketId(1), NewComment::public("Once"))).await;
    assert!(matches!(done, Err(Error::Unreachable(why)) if why.contains(&named)));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!(asked.lock().expect("unlocked").len(), 2);
}

/// The pair is kept before it is used, and the question that was not heard is asked once more with it.
#[tokio::test]
async fn a_token_that_ends_in_the_middle_is_renewed_and_the_same_is_asked_again() {
    let pair = |access: &str, refresh: &str| Signed { access: Secret::new(access), refresh: Secret::new(refresh) };
    let number = |value: u8| http("200 OK", JSON, &format!("{{\"value\":{value},\"or_more\":false}}"));
    let ended = http("401 Unauthorized", JSON, "{\"error\":\"invalid_token\"}");
    let fresh = http("200 OK", JSON, "{\"access_token\":\"new\",\"refresh_token\":\"r2\",\"expires_in\":1800}");
    let server = Scripted::answering([number(1), ended.clone(), fresh, number(2), ended.clone(), ended]).await;
    let (folder, keyring) = (temp(), keyring_core::mock::Store::new().expect("a keyring"));
    let open = || Arc::new(Keep::in_keyring(keyring.clone(), folder.path(), "acme"));
    assert_eq!(server.transport().as_kept(open(), "guichet").await.map(|_| ()), Err(Error::SignedOut));
    open().write(&pair("old", "r1")).expect("kept");
    let client = Guichet::new(server.transport().as_kept(open(), "guichet").await.expect("signed in"), Channel::Web);
    assert_eq!(client.unread().await.map(|count| count.value), Ok(1));
    assert_eq!(client.unread().await.map(|count| count.value), Ok(2));
    assert_eq!(open().read(), Ok(Some(pair("new", "r2"))));
    let asked = server.asked();
    assert!(asked[1].contains("bearer old") || asked[1].contains("Bearer old"), "{}", asked[1]);
    assert!(asked[2].contains("\"r1\"") && !asked[2].to_lowercase().contains("authorization"), "{}", asked[2]);
    assert!(asked[3].contains("earer new"), "{}", asked[3]);
    // A pair that is good no longer either ends it.
    assert_eq!(client.unread().await, Err(Error::SignedOut));
}

/// Who one is, is told to the account alone.
#[tokio::test]
async fn credentials_do_not_follow_to_another_place() {
    let other = Scripted::answering([http("200 OK", JSON, "{\"value\":3,\"or_more\":false}")]).await;
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let away = http(status, &format!("location: {}/api\r\n", other.url), "");
        let server = Scripted::answering([away]).await;
        let transport = server.transport().signed_in(SignIn::Bearer(Secret::new("the-token")));
        let client = Guichet::new(transport, Channel::Web);
        assert_eq!(client.unread().await, Err(Error::Garbled("the server sends elsewhere".into())), "{status}");
    }
    assert!(other.asked().is_empty());
}
