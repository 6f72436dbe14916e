//! What comes back from servers that are slow, lie, or send people on (security.md #48, #57).

use super::{ask, hosts, means, said};
use crate::support::receiver::{Habit, Receiver};
use guichet::fetch::{Ask, Fault, Fetcher, MOST, Means, Refused, System, Trouble, Verdict, fetch};
use std::sync::Arc;
use std::time::Duration;

async fn from(habit: Habit) -> (Receiver, Result<guichet::fetch::Answer, Fault>) {
    let server = Receiver::new(habit).await;
    let answer = said("127.0.0.1", &server.url("/hook?a=b#c")).await;
    (server, answer)
}

/// #48: nobody is sent on, wherever to: the one who was asked is all that is ever spoken to.
#[tokio::test]
pub async fn a_redirect_is_an_answer_and_not_followed() {
    let canary = Receiver::new(Habit::Answers(200, "", "inside")).await;
    for status in [301, 302, 303, 307, 308] {
        for to in [canary.url("/"), "//169.254.169.254/".to_owned(), "/elsewhere".to_owned()] {
            let header: &'static str = Box::leak(format!("location: {to}\r\n").into_boxed_str());
            let server = Receiver::new(Habit::Answers(status, header, "")).await;
            let fetcher = Fetcher::new(hosts("127.0.0.1"), means(Arc::new(System)));
            let headers = vec![("authorization".to_owned(), "Bearer secret".to_owned())];
            let answer = fetch(&fetcher, Ask { headers, ..ask(&server.url("/")) }).await.expect("an answer");
            assert_eq!((answer.status, answer.verdict()), (status, Verdict::Never));
            assert_eq!(server.got().len(), 1);
            assert_eq!(server.got()[0].header("authorization"), "Bearer secret");
        }
    }
    assert_eq!(canary.met(), 0);
}

#[tokio::test]
async fn what_is_asked_is_what_arrives() {
    let (server, answer) = from(Habit::Answers(201, "", "taken")).await;
    let answer = answer.expect("an answer");
    assert_eq!((answer.status, answer.verdict(), answer.whole), (201, Verdict::Taken, true));
    assert_eq!(answer.body, b"taken");
    let got = server.got();
    assert_eq!(got[0].line, "POST /hook?a=b HTTP/1.1");
    assert_eq!(got[0].body, "{}");
    assert!(got[0].header("user-agent").starts_with("Guichet/"));
    assert_eq!(got[0].header("accept-encoding"), "", "nothing is unfolded");
    assert_eq!(got[0].header("cookie"), "");
}

/// Each comes to an end within the time that is given, and the memory that is given.
#[tokio::test]
async fn servers_that_mean_no_good_are_done_with() {
    let faults = [
        (Habit::HangsUp, Trouble::Broken),
        (Habit::Stalls(""), Trouble::Timeout),
        (Habit::Stalls("HTTP/1.1 200 OK\r\nx: "), Trouble::Timeout),
        (Habit::Writes("HTTP/1.1 200"), Trouble::Broken),
        (Habit::Writes("220 mail.example ESMTP\r\n"), Trouble::Broken),
        (Habit::Writes("<html>"), Trouble::Broken),
    ];
    for (habit, trouble) in faults {
        let (_, answer) = from(habit.clone()).await;
        assert_eq!(answer, Err(Fault::Later(trouble)), "{habit:?}");
    }
    // Whoever has said yes has said it.
    for text in ["HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nshort", "HTTP/1.1 200 OK\r\n\r\nshort"] {
        let (_, answer) = from(Habit::Stalls(text)).await;
        let answer = answer.expect("an answer");
        assert_eq!((answer.status, answer.whole, &answer.body[..]), (200, false, &b"short"[..]));
    }
    let (_, answer) = from(Habit::Writes("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nshort")).await;
    assert!(!answer.expect("an answer").whole, "it lies about its length");
    let (_, answer) = from(Habit::Floods).await;
    let answer = answer.expect("an answer");
    assert_eq!((answer.whole, answer.body.len()), (false, MOST));
}

#[tokio::test]
async fn a_status_says_what_to_do_next() {
    for (status, verdict) in [
        (200, Verdict::Taken),
        (204, Verdict::Taken),
        (304, Verdict::Never),
        (400, Verdict::Never),
        (401, Verdict::Never),
        (404, Verdict::Never),
        (410, Verdict::Never),
        (408, Verdict::Later),
        (409, Verdict::Later),
        (425, Verdict::Later),
        (429, Verdict::Later),
        (500, Verdict::Later),
        (503, Verdict::Later),
    ] {
        let (_, answer) = from(Habit::Answers(status, "", "")).await;
        assert_eq!(answer.expect("an answer").verdict(), verdict, "{status}");
    }
    let (_, answer) = from(Habit::Answers(429, "retry-after: 7\r\n", "")).await;
    assert_eq!(answer.expect("an answer").retry_after, Some(Duration::from_secs(7)));
    let (_, answer) = from(Habit::Answers(
        503,
        "date: Wed, 21 Oct 2015 07:28:30 GMT\r\nretry-after: Wed, 21 Oct 2015 07:28:00 GMT\r\n",
        "",
    ))
    .await;
    assert_eq!(answer.expect("an answer").retry_after, Some(Duration::ZERO), "long ago");
    let later = "date: Wed, 21 Oct 2015 07:28:00 GMT\r\nretry-after: Wed, 21 Oct 2015 07:28:09 GMT\r\n";
    let (_, answer) = from(Habit::Answers(503, later, "")).await;
    assert_eq!(answer.expect("an answer").retry_after, Some(Duration::from_secs(9)), "by the server's own clock");
    let (_, answer) = from(Habit::Answers(503, "retry-after: soon\r\n", "")).await;
    assert_eq!(answer.expect("an answer").retry_after, None);
}

/// Nobody listens, nobody knows the name, nobody trusts the certificate: each is told from the others.
#[tokio::test]
async fn what_went_wrong_is_told() {
    let nobody = "127.0.0.1";
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let empty = gone.local_addr().expect("an address").port();
    drop(gone);
    let said =
        |url: String| async move { fetch(&Fetcher::new(hosts(nobody), means(Arc::new(System))), ask(&url)).await };
    assert_eq!(said(format!("http://127.0.0.1:{empty}/")).await, Err(Fault::Later(Trouble::Connection)));
    assert_eq!(said("https://no-such-host.invalid/".to_owned()).await, Err(Fault::Later(Trouble::Name)));
    let headers = vec![("x".to_owned(), "a\r\nb: c".to_owned())];
    let fetcher = Fetcher::new(hosts(nobody), means(Arc::new(System)));
    let bad = fetch(&fetcher, Ask { headers, ..ask("http://127.0.0.1/") }).await;
    assert_eq!(bad, Err(Fault::Refused(Refused::Header)));
}

/// `https` with a certificate that is trusted, for the name that was asked for; another name or authority is refused.
#[tokio::test]
async fn a_certificate_is_checked_against_the_name() {
    rustls::crypto::ring::default_provider().install_default().ok();
    let made = rcgen::generate_simple_self_signed(vec!["hooks.example".to_owned()]).expect("a certificate");
    let der = made.cert.der().to_vec();
    let port = tls_server(&made).await;
    let trusting = |roots: Vec<Vec<u8>>| Means { roots, ..means(super::Told::new(&[&["127.0.0.1"]])) };
    let asked = |means: Means, name: &'static str| async move {
        let fetcher = Fetcher::new(hosts("hooks.example other.example"), means);
        fetch(&fetcher, ask(&format!("https://{name}:{port}/"))).await.map(|answer| answer.status)
    };
    assert_eq!(asked(trusting(vec![der.clone()]), "hooks.example").await, Ok(200));
    assert_eq!(asked(trusting(vec![der]), "other.example").await, Err(Fault::Later(Trouble::Tls)));
    assert_eq!(asked(trusting(Vec::new()), "hooks.example").await, Err(Fault::Later(Trouble::Tls)));
}

async fn tls_server(made: &rcgen::CertifiedKey<rcgen::KeyPair>) -> u16 {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let config = rustls::ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![made.cert.der().clone()], key).expect("a certificate");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            let Ok(mut line) = acceptor.accept(line).await else { continue };
            let mut asked = [0; 4096];
            if line.read(&mut asked).await.is_err() {
                continue;
            }
            line.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.ok();
            line.shutdown().await.ok();
        }
    });
    port
}
