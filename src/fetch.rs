//! Requests that leave the account for addresses which somebody typed: webhooks, and whatever else speaks to servers of
//! other people. They go over `https` to the open network alone, unless an admin allows the host; a host is looked up
//! once, and the connection is made to an address that was checked; no redirect is followed and no proxy is used, for
//! both would lead past the check.

mod address;
mod fault;
mod resolve;

pub use address::{Reach, reach};
pub use fault::{Fault, Refused, Trouble};
pub use resolve::{Names, System};

use crate::domain::hosts::{Hosts, folded};
use reqwest::header::{DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Method, redirect, retry};
use resolve::Checked;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use url::{Host, Url};

/// What requests identify themselves as.
const AGENT: &str = concat!("Guichet/", env!("CARGO_PKG_VERSION"));

/// How long things may take, and on whose word addresses and certificates are taken.
#[derive(Clone)]
pub struct Means {
    /// To be connected, TLS included.
    pub connect: Duration,
    /// From the beginning to the last byte of the answer.
    pub whole: Duration,
    /// Who knows the addresses of hosts.
    pub names: Arc<dyn Names>,
    /// Certificates (DER) that are trusted beside those of the machine.
    pub roots: Vec<Vec<u8>>,
}

impl Default for Means {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(5), whole: seconds(10), names: Arc::new(System), roots: Vec::new() }
    }
}

/// Whoever sends requests: set up once and used for many, with the hosts that an admin allows.
pub struct Fetcher {
    hosts: Hosts,
    means: Means,
    /// For the open network.
    open: OnceLock<Client>,
    /// For hosts that are allowed.
    inner: OnceLock<Client>,
}

/// A request.
#[derive(Clone)]
pub struct Ask {
    /// `GET`, `POST` and so on.
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// Its headers; their values are shown nowhere.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
    /// How much of the answer is read at most, in bytes.
    pub most: usize,
}

/// So much of an answer is read where nobody wants it for itself.
pub const MOST: usize = 64 * 1024;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// How long to wait, if it said so.
    pub retry_after: Option<Duration>,
    /// The beginning of the body.
    pub body: Vec<u8>,
    /// Whether that is all of it.
    pub whole: bool,
}

/// What a status means for whoever sent something that should be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was taken.
    Taken,
    /// It may be taken another time.
    Later,
    /// It will not be taken. Redirects are of these: whoever has moved is told of by a person.
    Never,
}

impl Answer {
    /// What its status means.
    pub const fn verdict(&self) -> Verdict {
        match self.status {
            200..=299 => Verdict::Taken,
            // Too slow, in conflict with another, too early, too many; and whatever the server itself is to blame for.
            408 | 409 | 425 | 429 | 500..=599 => Verdict::Later,
            _ => Verdict::Never,
        }
    }
}

impl Fetcher {
    /// With the hosts that an admin allows, which may be one's own and may be spoken to without TLS.
    pub fn new(hosts: Hosts, means: Means) -> Self {
        Self { hosts, means, open: OnceLock::new(), inner: OnceLock::new() }
    }

    /// The hosts that it was made with.
    pub const fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    fn client(&self, inner: bool) -> Result<&Client, Fault> {
        let place = if inner { &self.inner } else { &self.open };
        if let Some(client) = place.get() {
            return Ok(client);
        }
        let client = make(&self.means, inner).map_err(|_| Fault::Later(Trouble::Here))?;
        Ok(place.get_or_init(|| client))
    }
}

fn make(means: &Means, inner: bool) -> reqwest::Result<Client> {
    // Whoever comes first has installed it.
    rustls::crypto::ring::default_provider().install_default().ok();
    let roots = means.roots.iter().filter_map(|der| reqwest::Certificate::from_der(der).ok());
    Client::builder()
        .user_agent(AGENT)
        .https_only(!inner)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .no_gzip()
        .referer(false)
        .http1_only()
        .connect_timeout(means.connect)
        .timeout(means.whole)
        // No connection is used twice: each is made to an address that was checked for it.
        .pool_max_idle_per_host(0)
        .dns_resolver(Checked { names: Arc::clone(&means.names), inner })
        .tls_certs_merge(roots)
        .build()
}

/// Where a request may go, and whether by leave of an admin.
fn permitted(url: &str, hosts: &Hosts) -> Result<(Url, bool), Refused> {
    let mut url = Url::parse(url.trim()).map_err(|_| Refused::Url)?;
    let is_tls = match url.scheme() {
        "https" => true,
        "http" => false,
        _ => return Err(Refused::Url),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::Credentials);
    }
    url.set_fragment(None);
    let port = url.port_or_known_default().ok_or(Refused::Url)?;
    let (name, address) = match url.host().ok_or(Refused::Url)? {
        Host::Domain(name) => (folded(name), None),
        Host::Ipv4(one) => (one.to_string(), Some(one.into())),
        Host::Ipv6(one) => (one.to_string(), Some(one.into())),
    };
    let inner = hosts.has(&name, port);
    if !is_tls && !inner {
        return Err(Refused::Scheme);
    }
    match address.map(reach) {
        None => url.set_host(Some(&name)).map_err(|_| Refused::Url)?,
        Some(Reach::Open) => {}
        Some(Reach::Inner | Reach::Link) if inner => {}
        Some(_) => return Err(Refused::Address),
    }
    Ok((url, inner))
}

/// Sends a request and reads the beginning of what comes back.
///
/// # Errors
/// It may not leave, or nobody answered.
pub async fn fetch(fetcher: &Fetcher, ask: Ask) -> Result<Answer, Fault> {
    let (url, inner) = permitted(&ask.url, &fetcher.hosts).map_err(Fault::Refused)?;
    let bad = |_| Fault::Refused(Refused::Header);
    let method = Method::from_bytes(ask.method.as_bytes()).map_err(|_| Fault::Refused(Refused::Header))?;
    let mut headers = HeaderMap::new();
    for (name, value) in &ask.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Fault::Refused(Refused::Header))?;
        let mut value = HeaderValue::from_str(value).map_err(bad)?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    let request = fetcher.client(inner)?.request(method, url).headers(headers).body(ask.body);
    let mut response = request.send().await.map_err(|error| fault::of(&error))?;
    let mut answer = Answer {
        status: response.status().as_u16(),
        retry_after: wait(response.headers()),
        body: Vec::new(),
        whole: false,
    };
    // The status counts however the rest ends: the other side has decided.
    while let Ok(more) = response.chunk().await {
        let Some(more) = more else {
            answer.whole = true;
            break;
        };
        let room = ask.most.saturating_sub(answer.body.len());
        answer.body.extend_from_slice(&more[..more.len().min(room)]);
        if more.len() > room {
            break;
        }
    }
    Ok(answer)
}

/// How long the server wants to be left alone: seconds, or a moment, which is compared with the server's own clock.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let until = text(RETRY_AFTER)?;
    if let Ok(seconds) = until.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = |text| chrono::DateTime::parse_from_rfc2822(text).ok();
    Some((moment(until)? - moment(text(DATE)?)?).to_std().unwrap_or_default())
}
