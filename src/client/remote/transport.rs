use super::keep::{Keep, Keeper};
use super::sorting::{by_way, garbled, unreachable};
use super::{SignIn, oauth};
use crate::client::Error;
use crate::client::door::Clock;
use crate::domain::time::Timestamp;
use crate::wire::weight::{MOST_ANSWERED, values};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap};
use reqwest::{Client as Http, Method, Response, StatusCode};
use std::sync::{Arc, PoisonError, RwLock};
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
    /// As whom: what all copies of it go on with when it is renewed.
    sign_in: Arc<RwLock<SignIn>>,
    renewal: Option<Arc<Renewal>>,
    clock: Clock,
    /// How long an answer may take, but for files.
    patience: Duration,
}

/// How a sign-in by a browser goes on.
struct Renewal {
    /// What the account knows this program as.
    program: String,
    keeper: Arc<dyn Keeper>,
    /// One at a time.
    turn: tokio::sync::Mutex<()>,
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
        let sign_in = Arc::new(RwLock::new(target.sign_in));
        Ok(Self { http, base, sign_in, renewal: None, clock: target.clock, patience: WHOLE })
    }

    /// The same account, whose answers may take so long.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same account, as somebody else.
    #[must_use]
    pub fn signed_in(&self, sign_in: SignIn) -> Self {
        Self { sign_in: Arc::new(RwLock::new(sign_in)), renewal: None, ..self.clone() }
    }

    /// The same account, as whoever signed in by a browser and is kept there: it goes on by itself.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when nobody is.
    pub fn kept_by(&self, keeper: Arc<dyn Keeper>, program: &str) -> Result<Self, Error> {
        let signed = keeper.read()?.ok_or(Error::SignedOut)?;
        let renewal = Renewal { program: program.to_owned(), keeper, turn: tokio::sync::Mutex::default() };
        Ok(Self { renewal: Some(Arc::new(renewal)), ..self.signed_in(SignIn::Bearer(signed.access)) })
    }

    /// The same account, as whoever is kept there, whatever they signed in with.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when nobody is.
    pub async fn as_kept(&self, keep: Arc<Keep>, program: &str) -> Result<Self, Error> {
        let (by_hand, pair) = (Arc::clone(&keep), Arc::clone(&keep));
        if let Some(sign_in) = aside(move || by_hand.by_hand()).await? {
            return Ok(self.signed_in(sign_in));
        }
        let (way, program) = (self.clone(), program.to_owned());
        aside(move || way.kept_by(pair, &program)).await
    }

    /// Where the account is, without a `/` at the end.
    pub fn base(&self) -> String {
        self.base.as_str().trim_end_matches('/').to_owned()
    }

    /// An address of the account.
    pub(super) fn address(&self, path: &str) -> Result<Url, Error> {
        self.base.join(path).map_err(|_| garbled("there is no such address"))
    }

    /// Ends the sign-in where the account is.
    ///
    /// # Errors
    /// It cannot be asked. That it had ended is none.
    pub async fn sign_out(&self) -> Result<(), Error> {
        let path = "api/v2/oauth/tokens/current".to_owned();
        let (headers, again) = (HeaderMap::new(), Again::Read);
        let question = Question { method: Method::DELETE, path, headers, body: Vec::new(), again, with_file: false };
        match self.ask(&question).await {
            Ok(_) | Err(Error::SignedOut) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn who(&self) -> SignIn {
        self.sign_in.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes on with another pair of tokens than the one that is good no longer. False when there is none.
    async fn renewed(&self, used: &SignIn) -> Result<bool, Error> {
        let Some(renewal) = &self.renewal else { return Ok(false) };
        let _turn = renewal.turn.lock().await;
        if self.who() != *used {
            return Ok(true);
        }
        let (keeper, hold) = (Arc::clone(&renewal.keeper), Arc::clone(&renewal.keeper));
        let _hold = aside(move || hold.hold()).await?;
        let kept = aside(move || keeper.read()).await?.ok_or(Error::SignedOut)?;
        // Another program of theirs was here first.
        if kept.refresh.is_empty() && SignIn::Bearer(kept.access.clone()) == *used {
            return Ok(false);
        }
        let next = if SignIn::Bearer(kept.access.clone()) == *used {
            let next = oauth::renew(self, &renewal.program, &kept.refresh).await?;
            let (keeper, kept) = (Arc::clone(&renewal.keeper), next.clone());
            aside(move || keeper.write(&kept)).await?;
            next
        } else {
            kept
        };
        *self.sign_in.write().unwrap_or_else(PoisonError::into_inner) = SignIn::Bearer(next.access);
        Ok(true)
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Asks as who is signed in. Who was not let in was not heard: with other tokens the same can be asked again.
    pub(super) async fn ask(&self, question: &Question) -> Result<Reply, Error> {
        let who = self.who();
        let reply = self.ask_as(&who, question).await?;
        if reply.status != StatusCode::UNAUTHORIZED || !self.renewed(&who).await? {
            return Ok(reply);
        }
        self.ask_as(&self.who(), question).await
    }

    /// Opens a stream of events that goes on after the one with that id.
    pub(super) async fn listen(&self, path: &str, after: &str) -> Result<Response, Error> {
        let who = self.who();
        let response = self.open_stream(&who, path, after).await?;
        if response.status() != StatusCode::UNAUTHORIZED || !self.renewed(&who).await? {
            return Ok(response);
        }
        self.open_stream(&self.who(), path, after).await
    }

    async fn open_stream(&self, who: &SignIn, path: &str, after: &str) -> Result<Response, Error> {
        let mut request = self.http.get(self.address(path)?).header(ACCEPT, "text/event-stream");
        if let Some(who) = who.header() {
            request = request.header(AUTHORIZATION, who);
        }
        let opened = tokio::time::timeout(self.patience, request.header("last-event-id", after).send()).await;
        let late = |_| unreachable("no answer within the time", &self.base);
        opened.map_err(late)?.map_err(|error| by_way(&error, &self.base))
    }

    /// Asks without saying who.
    pub(super) async fn ask_as_nobody(&self, question: &Question) -> Result<Reply, Error> {
        self.ask_as(&SignIn::Nobody, question).await
    }

    /// Asks, again where that can help, and reads the whole answer.
    async fn ask_as(&self, who: &SignIn, question: &Question) -> Result<Reply, Error> {
        let waits: &[Duration] = match question.again {
            Again::Never => &[],
            Again::Read => &[Duration::ZERO],
            Again::Keyed => &WAITS,
        };
        let mut waits = waits.iter();
        loop {
            let answered = self.once(who, question).await;
            let lost = match &answered {
                Ok(reply) => question.again == Again::Keyed && may_be_lost(reply.status),
                // Who waited that long does not wait again.
                Err(error) => !error.is_timeout() || error.is_connect(),
            };
            match waits.next().filter(|_| lost) {
                Some(wait) => tokio::time::sleep(*wait).await,
                None => return answered.map_err(|error| error.sorted(&self.base)),
            }
        }
    }

    /// All of an answer that turned out to be no stream.
    pub(super) async fn whole_reply(response: Response) -> Result<Reply, Error> {
        let (status, headers) = (response.status(), response.headers().clone());
        let asked = response.url().clone();
        let body = whole(response).await.map_err(|error| error.sorted(&asked))?;
        Ok(Reply { status, headers, body })
    }

    async fn once(&self, who: &SignIn, question: &Question) -> Result<Reply, Broken> {
        let url = self.base.join(&question.path).map_err(|_| Broken::NoAddress)?;
        // Who one is, is told to nobody else.
        if url.origin() != self.base.origin() {
            return Err(Broken::NoAddress);
        }
        let within = if question.with_file { WITH_FILE } else { self.patience };
        let mut request = self.http.request(question.method.clone(), url).timeout(within);
        if let Some(who) = who.header() {
            request = request.header(AUTHORIZATION, who);
        }
        let response = request.headers(question.headers.clone()).body(question.body.clone()).send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = whole(response).await?;
        if !question.with_file && values(&body) > MOST_ANSWERED {
            return Err(Broken::TooLong);
        }
        Ok(Reply { status, headers, body })
    }
}

/// How often a file's address may lead to another one.
const HOPS: usize = 5;

impl Transport {
    /// The bytes behind an address that the account told. Only the account itself learns who asks.
    pub(super) async fn fetch(&self, address: &str) -> Result<Vec<u8>, Error> {
        let no_address = || garbled("there is no such address");
        let mut url = self.base.join(address).map_err(|_| no_address())?;
        for _ in 0..HOPS {
            let at_home = url.origin() == self.base.origin();
            if url.scheme() != "https" && !at_home {
                return Err(no_address());
            }
            let mut request = self.http.get(url.clone()).timeout(WITH_FILE);
            if let Some(who) = self.who().header().filter(|_| at_home) {
                request = request.header(AUTHORIZATION, who);
            }
            let response = request.send().await.map_err(|error| by_way(&error, &url))?;
            let (status, headers) = (response.status(), response.headers().clone());
            if !status.is_redirection() {
                let body = whole(response).await.map_err(|error| error.sorted(&url))?;
                return match status.as_u16() {
                    200 => Ok(body),
                    403 => Err(Error::Denied),
                    404 | 410 => Err(Error::NotFound),
                    _ => Err(super::sorting::by_status(status, &headers, self.now())),
                };
            }
            let next = headers.get(reqwest::header::LOCATION).and_then(|next| next.to_str().ok());
            url = next.and_then(|next| url.join(next).ok()).ok_or_else(no_address)?;
        }
        Err(garbled("the server sends elsewhere"))
    }
}

/// What may wait for a disk or for another program.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| garbled("what was kept could not be read"))?
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

    fn sorted(&self, asked: &Url) -> Error {
        match self {
            Self::Way(error) => by_way(error, asked),
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
