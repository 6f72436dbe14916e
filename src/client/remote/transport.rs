use super::SignIn;
use super::sorting::{by_way, garbled};
use crate::client::Error;
use crate::client::door::Clock;
use crate::domain::time::Timestamp;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use reqwest::{Client as Http, Method, Response, StatusCode};
use std::time::Duration;
use url::{Host, Url};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an answer may take.
const WHOLE: Duration = Duration::from_secs(30);
/// How long an answer may take that is a file, or that follows one.
const WITH_FILE: Duration = Duration::from_mins(10);
/// The longest answer, in bytes, unfolded.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// How often an act is sent that may not have arrived, and how long it waits before each further time.
const WAITS: [Duration; 3] = [Duration::from_millis(200), Duration::from_millis(800), Duration::from_millis(2_500)];

/// Where an account is, and as whom it is asked.
#[derive(Clone)]
pub struct Target {
    /// Such as `https://help.example`; a path in it is kept.
    pub url: String,
    /// As whom.
    pub sign_in: SignIn,
    /// Whether it may be asked without TLS though it is not on this machine: everybody between can read and change
    /// everything then.
    pub plain: bool,
    /// What time it is.
    pub clock: Clock,
}

/// Asks a server.
#[derive(Clone)]
pub struct Transport {
    http: Http,
    base: Url,
    sign_in: SignIn,
    clock: Clock,
}

/// What is asked.
pub(super) struct Question {
    pub(super) method: Method,
    /// Below the base, without a first `/`.
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) again: Again,
    /// Whether a file goes one way or the other.
    pub(super) with_file: bool,
}

/// Whether a question can be sent again whose answer did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// It changes nothing: once more, at once.
    Read,
    /// It bears a key, under which it is done once however often it comes: a few times.
    Keyed,
    /// Nobody knows what it would do.
    Never,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Transport {
    /// Nothing is asked yet.
    ///
    /// # Errors
    /// The address is none, or is not to be asked without TLS.
    pub fn new(target: Target) -> Result<Self, Error> {
        // Only the first who comes installs it.
        let _known = rustls::crypto::ring::default_provider().install_default();
        let mut base = Url::parse(&target.url).map_err(|_| garbled("the account's address is none"))?;
        let near = match base.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => return Err(garbled("the account's address is none")),
        };
        match base.scheme() {
            "https" => {}
            "http" if near || target.plain => {}
            _ => return Err(garbled("the account's address begins with https://")),
        }
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        base.set_query(None);
        let builder = Http::builder()
            .connect_timeout(CONNECT)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(concat!("guichet/", env!("CARGO_PKG_VERSION")));
        let builder = if near { builder.no_proxy() } else { builder };
        let http = builder.build().map_err(|_| Error::Unreachable("no connection can be made here".to_owned()))?;
        Ok(Self { http, base, sign_in: target.sign_in, clock: target.clock })
    }

    /// The same account, as somebody else.
    #[must_use]
    pub fn signed_in(&self, sign_in: SignIn) -> Self {
        Self { sign_in, ..self.clone() }
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Asks, again where that can help, and reads the whole answer.
    pub(super) async fn ask(&self, question: &Question) -> Result<Reply, Error> {
        let waits: &[Duration] = match question.again {
            Again::Never => &[],
            Again::Read => &[Duration::ZERO],
            Again::Keyed => &WAITS,
        };
        let mut waits = waits.iter();
        loop {
            let answered = self.once(question).await;
            let lost = match &answered {
                Ok(reply) => question.again == Again::Keyed && may_be_lost(reply.status),
                // Who waited that long does not wait again.
                Err(error) => !error.is_timeout() || error.is_connect(),
            };
            match waits.next().filter(|_| lost) {
                Some(wait) => tokio::time::sleep(*wait).await,
                None => return answered.map_err(|error| error.sorted()),
            }
        }
    }

    async fn once(&self, question: &Question) -> Result<Reply, Broken> {
        let url = self.base.join(&question.path).map_err(|_| Broken::NoAddress)?;
        let within = if question.with_file { WITH_FILE } else { WHOLE };
        let mut request = self.http.request(question.method.clone(), url).timeout(within);
        if let Some(who) = self.sign_in.header() {
            request = request.header(AUTHORIZATION, who);
        }
        let response = request.headers(question.headers.clone()).body(question.body.clone()).send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(Reply { status, headers, body: whole(response).await? })
    }
}

/// Reads an answer to its end, within bounds however well it was folded.
async fn whole(mut response: Response) -> Result<Vec<u8>, Broken> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(Broken::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Whether something between here and the account says so, and the account may not have heard.
fn may_be_lost(status: StatusCode) -> bool {
    matches!(status.as_u16(), 502..=504)
}

/// Why there is no whole answer.
enum Broken {
    Way(reqwest::Error),
    TooLong,
    NoAddress,
}

impl Broken {
    fn is_timeout(&self) -> bool {
        !matches!(self, Self::Way(error) if !error.is_timeout())
    }

    fn is_connect(&self) -> bool {
        matches!(self, Self::Way(error) if error.is_connect())
    }

    fn sorted(&self) -> Error {
        match self {
            Self::Way(error) => by_way(error),
            Self::TooLong => garbled("the answer is too long"),
            Self::NoAddress => garbled("there is no such address"),
        }
    }
}

impl From<reqwest::Error> for Broken {
    fn from(error: reqwest::Error) -> Self {
        Self::Way(error)
    }
}
