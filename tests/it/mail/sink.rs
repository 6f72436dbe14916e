//! A mail server on this machine, with the habits of bad ones.

use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// What a server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// What it should.
    Good,
    /// Says this instead of 220.
    Greets(&'static [u8]),
    /// Accepts the connection and says nothing.
    Silent,
    /// Answers this verb with this line.
    Answers(&'static str, &'static str),
    /// Closes the connection at this verb.
    Closes(&'static str),
    /// Answers the letter with a line without end.
    EndlessAfterLetter,
    /// Never answers this verb.
    Stalls(&'static str),
    /// Takes the letter and closes before it answers.
    ClosesAfterLetter,
    /// Takes the letter and never answers.
    StallsAfterLetter,
    /// Answers the letter with this line.
    AnswersLetter(&'static str),
    /// Says 250 to everything, 354 never.
    Yes,
    /// Answers EHLO with a line without end.
    EndlessLine,
    /// Answers EHLO with lines without end.
    EndlessLines,
}

/// A letter as the server got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    pub sender: String,
    pub recipient: String,
    pub bytes: Vec<u8>,
    pub encrypted: bool,
    pub signed_in: bool,
}

/// Encryption that a server offers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    Plain,
    StartTls,
    Tls,
}

pub struct Sink {
    pub port: u16,
    got: Arc<Mutex<Vec<Got>>>,
    connections: Arc<Mutex<usize>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Clone)]
struct Session {
    habit: Habit,
    offer: Offer,
    wants_sign_in: bool,
    acceptor: Option<TlsAcceptor>,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Sink {
    pub async fn new(habit: Habit) -> Self {
        Self::with(habit, Offer::Plain, false, None).await
    }

    /// With a certificate for `localhost` that is written into the folder as `ca.pem`.
    pub async fn with(habit: Habit, offer: Offer, wants_sign_in: bool, folder: Option<&Path>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let got = Arc::new(Mutex::new(Vec::new()));
        let acceptor = folder.map(acceptor);
        let session = Session { habit, offer, wants_sign_in, acceptor, got: Arc::clone(&got) };
        let connections = Arc::new(Mutex::new(0));
        let counted = Arc::clone(&connections);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *counted.lock().expect("a count") += 1;
                tokio::spawn(serve(session.clone(), stream));
            }
        });
        Self { port, got, connections, task }
    }

    pub fn got(&self) -> Vec<Got> {
        self.got.lock().expect("letters").clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().expect("a count")
    }
}

fn acceptor(folder: &Path) -> TlsAcceptor {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    std::fs::write(folder.join("ca.pem"), cert.pem()).expect("written");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(cert.der().to_vec())], key)
        .expect("a key that fits");
    TlsAcceptor::from(Arc::new(config))
}

/// A connection that fails has ended, as those to servers do.
async fn serve(session: Session, stream: TcpStream) -> Option<()> {
    match (session.offer, &session.acceptor) {
        (Offer::Tls, Some(acceptor)) => {
            let stream = acceptor.accept(stream).await.ok()?;
            talk(&session, BufReader::new(stream), true, true).await.map(drop)
        }
        (Offer::StartTls, Some(acceptor)) => {
            let plain = talk(&session, BufReader::new(stream), false, true).await??;
            let stream = acceptor.accept(plain.into_inner()).await.ok()?;
            talk(&session, BufReader::new(stream), true, false).await.map(drop)
        }
        _ => talk(&session, BufReader::new(stream), false, true).await.map(drop),
    }
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, line: &str) -> Option<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

async fn forever() {
    tokio::time::sleep(Duration::from_hours(1)).await;
}

/// One conversation; gives the connection back where encryption begins.
async fn talk<S>(
    session: &Session,
    mut stream: BufReader<S>,
    encrypted: bool,
    greets: bool,
) -> Option<Option<BufReader<S>>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    if greets {
        greet(session.habit, &mut stream).await?;
    }
    let mut envelope =
        Got { sender: String::new(), recipient: String::new(), bytes: Vec::new(), encrypted, signed_in: false };
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return Some(None);
        }
        let line = line.trim_end().to_owned();
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        if misbehaves(session.habit, &verb, &mut stream).await? {
            continue;
        }
        match verb.as_str() {
            "EHLO" => {
                let starttls = if session.offer == Offer::StartTls && !encrypted { "250-STARTTLS\r\n" } else { "" };
                let auth = if session.wants_sign_in { "250-AUTH PLAIN LOGIN\r\n" } else { "" };
                say(&mut stream, &format!("250-sink\r\n{starttls}{auth}250 8BITMIME")).await?;
            }
            "STARTTLS" if session.offer == Offer::StartTls && !encrypted => {
                say(&mut stream, "220 go").await?;
                return Some(Some(stream));
            }
            "AUTH" => {
                // \0support\0secret
                envelope.signed_in = line == "AUTH PLAIN AHN1cHBvcnQAc2VjcmV0";
                say(&mut stream, if envelope.signed_in { "235 in" } else { "535 5.7.8 no" }).await?;
            }
            "MAIL" if session.wants_sign_in && !envelope.signed_in => {
                say(&mut stream, "530 5.7.0 sign in first").await?;
            }
            "MAIL" => {
                envelope.sender = line["MAIL FROM:".len()..].to_owned();
                say(&mut stream, "250 ok").await?;
            }
            "RCPT" => {
                envelope.recipient = line["RCPT TO:".len()..].to_owned();
                say(&mut stream, "250 ok").await?;
            }
            "DATA" => {
                say(&mut stream, "354 go").await?;
                envelope.bytes = letter(&mut stream).await?;
                session.got.lock().expect("letters").push(envelope.clone());
                match session.habit {
                    Habit::ClosesAfterLetter => return Some(None),
                    Habit::StallsAfterLetter => forever().await,
                    Habit::EndlessAfterLetter => loop {
                        stream.write_all(&[b'2'; 8192]).await.ok()?;
                    },
                    Habit::AnswersLetter(answer) => say(&mut stream, answer).await?,
                    _ => say(&mut stream, "250 2.0.0 taken").await?,
                }
            }
            "NOOP" | "RSET" => say(&mut stream, "250 ok").await?,
            "QUIT" => {
                say(&mut stream, "221 bye").await?;
                return Some(None);
            }
            _ => say(&mut stream, "500 what?").await?,
        }
    }
}

async fn greet<S: AsyncWrite + Unpin>(habit: Habit, stream: &mut S) -> Option<()> {
    match habit {
        Habit::Silent => forever().await,
        Habit::Greets(bytes) => {
            stream.write_all(bytes).await.ok()?;
            stream.flush().await.ok()?;
        }
        _ => say(stream, "220 sink ESMTP").await?,
    }
    Some(())
}

/// Answers a command as a bad server does, if it does.
async fn misbehaves<S: AsyncWrite + Unpin>(habit: Habit, verb: &str, stream: &mut S) -> Option<bool> {
    match habit {
        Habit::Answers(which, answer) if which == verb => say(stream, answer).await?,
        Habit::Stalls(which) if which == verb => forever().await,
        Habit::Closes(which) if which == verb => return None,
        Habit::EndlessLine if verb == "EHLO" => loop {
            stream.write_all(&[b'2'; 8192]).await.ok()?;
        },
        Habit::EndlessLines if verb == "EHLO" => loop {
            say(stream, "250-AND-SO-ON").await?;
        },
        Habit::Yes => say(stream, "250 yes").await?,
        _ => return Some(false),
    }
    Some(true)
}

/// The letter up to the lone dot, doubled dots undone.
async fn letter<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        if line == b".\r\n" {
            return Some(bytes);
        }
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
