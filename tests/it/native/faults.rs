//! What goes wrong on the way to an account elsewhere, and what whoever asks is told of it.

use crate::support::town::{NOW, says, still};
use guichet::client::remote::{Guichet, SignIn, Target, Transport};
use guichet::client::{Client, Error, Key, Receipt};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::decide::Outcome;
use guichet::domain::id::TicketId;
use guichet::domain::time::Span;
use guichet::wire::native::Travels;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
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

    fn client(&self) -> Guichet {
        let target = Target { url: self.url.clone(), sign_in: SignIn::Nobody, plain: false, clock: still() };
        Guichet::new(Transport::new(target).expect("a way"), Channel::Web)
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
    let broken = Error::Unreachable("the connection broke".into());
    assert_eq!(told(&[String::new(), String::new()]).await, (broken, 2));
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
    let target = Target { url, sign_in: SignIn::Nobody, plain: false, clock: still() };
    let client = Guichet::new(Transport::new(target).expect("a way"), Channel::Api);
    assert_eq!(client.unread().await, Err(Error::Unreachable("there is no connection".into())));
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
