//! The real server where everybody reaches it: by TLS, by slow hands, and by requests that two programs would read in two
//! ways.

use super::{DATABASE, Desk};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// A server of the desk's store, ended when it is dropped.
struct Server {
    child: Child,
    url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Server {
    fn start(desk: &Desk, more: &[&str]) -> Self {
        let args = [&DATABASE[..], &["serve", "--listen", "127.0.0.1:0"], more].concat();
        let mut child = desk.home.command(&args).stdout(Stdio::piped()).spawn().expect("a server");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let url = line.trim().strip_prefix("listening on ").expect("its address").to_owned();
        Self { child, url }
    }

    /// What comes back for bytes, until the server closes or says nothing for so long; and whether it closed.
    fn raw(&self, bytes: &[u8], patience: Duration) -> (String, bool) {
        let mut line = TcpStream::connect(self.url.rsplit('/').next().expect("an address")).expect("connected");
        line.set_read_timeout(Some(patience)).expect("a time");
        // It may have said no before it read everything.
        line.write_all(bytes).ok();
        let (mut got, mut part) = (Vec::new(), [0; 4096]);
        let closed = loop {
            match line.read(&mut part) {
                Ok(0) => break true,
                Ok(length) => got.extend_from_slice(&part[..length]),
                Err(error) => break error.kind() == std::io::ErrorKind::ConnectionReset,
            }
        };
        (String::from_utf8_lossy(&got).into_owned(), closed)
    }
}

/// With a certificate the account is reached by TLS alone, in HTTP/1.1, and its links say so.
#[test]
fn an_account_is_served_by_tls() {
    let desk = Desk::new();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    desk.home.write("cert.pem", made.cert.pem());
    desk.home.write("key.pem", made.signing_key.serialize_pem());
    let server = Server::start(&desk, &["--tls-cert", "cert.pem", "--tls-key", "key.pem"]);
    let port = server.url.strip_prefix("https://127.0.0.1:").expect("a port");
    let work = async {
        rustls::crypto::ring::default_provider().install_default().ok();
        let root = reqwest::Certificate::from_der(made.cert.der()).expect("a certificate");
        let trusting = reqwest::Client::builder().no_proxy().tls_certs_only([root]).build().expect("a client");
        let me = trusting.get(format!("https://localhost:{port}/api/v2/users/me")).send().await.expect("an answer");
        let me: serde_json::Value = me.json().await.expect("JSON");
        assert_eq!(me["user"]["url"], format!("https://localhost:{port}/api/v2/users/.json"));
        let page = trusting.get(format!("https://localhost:{port}/access")).send().await.expect("an answer");
        assert_eq!(page.status().as_u16(), 200);
        let other = reqwest::Client::builder().no_proxy().build().expect("a client");
        other.get(format!("https://localhost:{port}/health")).send().await.expect_err("nobody vouches for it");
        other.get(format!("http://127.0.0.1:{port}/health")).send().await.expect_err("it speaks TLS alone");
        assert_eq!(spoken(made.cert.der().clone(), port).await, b"http/1.1");
    };
    tokio::runtime::Runtime::new().expect("a runtime").block_on(work);

    // A key that is another certificate's is told before anything is served.
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    desk.home.write("other.pem", other.signing_key.serialize_pem());
    for key in ["other.pem", "nowhere.pem", "cert.pem"] {
        let args = ["serve", "--listen", "127.0.0.1:0", "--tls-cert", "cert.pem", "--tls-key", key];
        let ran = desk.home.run(&[&DATABASE[..], &args].concat());
        assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""), "{key}: {ran:?}");
        assert!(ran.err.contains("cert.pem"), "{key}: {ran:?}");
    }
}

/// What is agreed on with somebody who speaks both.
async fn spoken(root: rustls::pki_types::CertificateDer<'static>, port: &str) -> Vec<u8> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(root).expect("a root");
    let mut config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let line = tokio::net::TcpStream::connect(format!("127.0.0.1:{port}")).await.expect("connected");
    let name = rustls::pki_types::ServerName::try_from("localhost").expect("a name");
    let line = tokio_rustls::TlsConnector::from(Arc::new(config)).connect(name, line).await.expect("TLS");
    line.get_ref().1.alpn_protocol().map(<[u8]>::to_vec).unwrap_or_default()
}

/// Who begins and does not go on is not waited for, from the first byte on, even before the first.
#[test]
fn who_sends_a_head_slowly_is_not_waited_for() {
    let desk = Desk::new();
    let server = Server::start(&desk, &[]);
    let begun: [&[u8]; 4] = [b"", b"P", b"PRI * HTTP/2.0\r\n\r\n", b"GET /health HTTP/1.1\r\nHost: a\r\nX"];
    std::thread::scope(|all| {
        for bytes in begun {
            let server = &server;
            all.spawn(move || {
                let (got, closed) = server.raw(bytes, Duration::from_secs(40));
                assert!(closed && !got.contains(" 200 "), "{bytes:?}: {got}");
            });
        }
    });
    assert!(server.raw(b"GET /health HTTP/1.0\r\nHost: a\r\n\r\n", Duration::from_secs(5)).0.contains(" 200 "));
}

/// Heads that two programs would read in two ways are refused, and what stands behind them is no request.
#[test]
fn a_head_has_one_meaning_or_none() {
    let desk = Desk::new();
    let server = Server::start(&desk, &[]);
    let second = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
    for head in [
        "Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: 4, 5",
        "Content-Length: +4",
        "Content-Length: 0x4",
        "Content-Length : 4",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity\r\nContent-Length: 4",
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "X: a\r\n b",
        "X: a\0b",
    ] {
        let asked = format!("POST /oauth/tokens HTTP/1.1\r\nHost: a\r\n{head}\r\n\r\n0\r\n\r\n{second}");
        let (got, closed) = server.raw(asked.as_bytes(), Duration::from_secs(20));
        assert!(got.starts_with("HTTP/1.1 4") && closed, "{head}: {got}");
        assert_eq!(got.matches("HTTP/1.1 ").count(), 1, "{head}: {got}");
    }
    let many = (0..500).map(|n| format!("X{n}: a\r\n")).collect::<Vec<_>>().concat();
    let long = format!("X: {}\r\n", "a".repeat(1_000_000));
    for more in [many, long] {
        let asked = format!("GET /health HTTP/1.1\r\nHost: a\r\n{more}\r\n");
        let (got, closed) = server.raw(asked.as_bytes(), Duration::from_secs(20));
        assert!(closed && (got.is_empty() || got.starts_with("HTTP/1.1 431")), "{got}");
    }
    let twice = "GET /api/v2/locales HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n";
    assert!(server.raw(twice.as_bytes(), Duration::from_secs(2)).0.starts_with("HTTP/1.1 400"));
    let huge = "POST /api/v2/uploads?filename=a HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n\r\n";
    assert!(server.raw(huge.as_bytes(), Duration::from_secs(20)).0.starts_with("HTTP/1.1 413"));
    // Whoever says nothing of who they are sends little.
    let long = "POST /api/v2/uploads?filename=a HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n";
    assert!(server.raw(long.as_bytes(), Duration::from_secs(20)).0.starts_with("HTTP/1.1 401"));
}
