//! Asks a Zendesk account: within its limits, once where several ask the same, and without the bytes of what has not changed.

use super::envelope;
use super::governor::{Governor, Haste};
use crate::client::Error;
use crate::client::remote::sorting::garbled;
use crate::client::remote::transport::{Again, Question, Reply, Transport};
use crate::wire::received::Row;
use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared};
use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH};
use reqwest::{Method, StatusCode};
use serde_json::Value as Json;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use url::form_urlencoded;

/// How often the same is asked that the account had no time for.
const TRIES: u32 = 4;
/// How many answers are kept for the next time.
const KEPT: usize = 96;
/// How many pages of a list are read that is wanted whole.
const MOST_PAGES: u32 = 50;
/// Under what a key stands.
const IDEMPOTENCY: HeaderName = HeaderName::from_static("idempotency-key");
/// Under what it says whether that key was known.
const LOOKUP: HeaderName = HeaderName::from_static("x-idempotency-lookup");

/// The way to an account.
#[derive(Clone)]
pub(super) struct Api(Arc<Inner>);

type Flight = Shared<BoxFuture<'static, Result<Arc<Json>, Error>>>;

struct Inner {
    transport: Transport,
    governor: Arc<Governor>,
    kept: Mutex<VecDeque<(String, HeaderValue, Arc<Json>)>>,
    /// What is being asked, with how much had been written when it began.
    flying: Mutex<(u64, BTreeMap<String, Flight>)>,
}

/// Something that changes the account.
pub(super) struct Write<'a> {
    pub(super) method: Method,
    /// Below `api/v2/`.
    pub(super) path: String,
    pub(super) body: Option<Json>,
    /// Under which the account does it once, where it takes one.
    pub(super) key: Option<&'a str>,
    /// Whether it can be sent again that may not have arrived.
    pub(super) again: Again,
}

impl Write<'_> {
    /// To be sent once.
    pub(super) const fn new(method: Method, path: String, body: Option<Json>) -> Self {
        Self { method, path, body, key: None, again: Again::Never }
    }

    /// It can be sent again as it is: the same comes of it.
    pub(super) fn again(self) -> Self {
        Self { again: Again::Read, ..self }
    }
}

/// What came of it.
pub(super) struct Written {
    /// Nothing where the answer is empty.
    pub(super) body: Json,
    /// Whether it had been done before under its key.
    pub(super) repeated: bool,
}

impl Api {
    pub(super) fn new(transport: Transport) -> Self {
        let governor = Governor::of(&transport.base());
        Self(Arc::new(Inner { transport, governor, kept: Mutex::default(), flying: Mutex::default() }))
    }

    pub(super) fn governor(&self) -> &Arc<Governor> {
        &self.0.governor
    }

    pub(super) fn transport(&self) -> &Transport {
        &self.0.transport
    }

    /// What stands there.
    pub(super) async fn get(&self, path: &str) -> Result<Arc<Json>, Error> {
        self.look(path, Haste::Awaited).await
    }

    /// The same where nobody waits for it.
    pub(super) async fn refresh(&self, path: &str) -> Result<Arc<Json>, Error> {
        self.look(path, Haste::Refresh).await
    }

    /// What stands there, if it does and may be known.
    pub(super) async fn try_get(&self, path: &str) -> Result<Option<Arc<Json>>, Error> {
        match self.get(path).await {
            Ok(found) => Ok(Some(found)),
            Err(Error::NotFound | Error::Denied) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn look(&self, path: &str, haste: Haste) -> Result<Arc<Json>, Error> {
        let flight = {
            let mut flying = self.0.flying.lock().unwrap_or_else(PoisonError::into_inner);
            let (written, flights) = &mut *flying;
            // What was asked before something was written may know nothing of it.
            let name = format!("{written} {path}");
            let known = flights.get(&name).cloned();
            known.unwrap_or_else(|| {
                let (api, asked, done) = (self.clone(), path.to_owned(), name.clone());
                let flight = async move {
                    let answer = api.fetch(&asked, haste).await;
                    api.0.flying.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&done);
                    answer
                };
                let flight = flight.boxed().shared();
                flights.insert(name, flight.clone());
                flight
            })
        };
        // A task of its own: whoever began it may turn away before it ends.
        tokio::spawn(flight).await.map_err(|_| garbled("the question broke off"))?
    }

    async fn fetch(&self, path: &str, haste: Haste) -> Result<Arc<Json>, Error> {
        let kept = self.kept(path);
        let headers = kept.iter().map(|(tag, _)| (IF_NONE_MATCH, tag.clone())).collect();
        let question = Question {
            method: Method::GET,
            path: format!("api/v2/{path}"),
            headers,
            body: Vec::new(),
            again: Again::Read,
            with_file: false,
        };
        let reply = self.ask(&question, haste).await?;
        if let (StatusCode::NOT_MODIFIED, Some((_, body))) = (reply.status, kept) {
            return Ok(body);
        }
        let tag = reply.headers.get(ETAG).cloned();
        let body = Arc::new(self.read(&reply)?);
        if let Some(tag) = tag {
            self.keep(path, tag, &body);
        }
        Ok(body)
    }

    fn kept(&self, path: &str) -> Option<(HeaderValue, Arc<Json>)> {
        let kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, ..)| known == path).map(|(_, tag, body)| (tag.clone(), Arc::clone(body)))
    }

    fn keep(&self, path: &str, tag: HeaderValue, body: &Arc<Json>) {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, ..)| known != path);
        kept.push_front((path.to_owned(), tag, Arc::clone(body)));
        kept.truncate(KEPT);
    }

    /// A list to its end.
    pub(super) async fn all(&self, path: &str, name: &str) -> Result<Vec<Json>, Error> {
        let between = if path.contains('?') { '&' } else { '?' };
        let mut rows = Vec::new();
        let mut place = String::new();
        for _ in 0..MOST_PAGES {
            let body = self.get(&format!("{path}{between}page%5Bsize%5D=100{place}")).await?;
            let page = body.get(name).and_then(Json::as_array).ok_or_else(no_account)?;
            rows.extend(page.iter().cloned());
            match next(&body) {
                Some(after) => place = format!("&page%5Bafter%5D={}", encoded(&after)),
                None => break,
            }
        }
        Ok(rows)
    }

    /// Does something.
    pub(super) async fn write(&self, write: Write<'_>) -> Result<Written, Error> {
        let mut headers = HeaderMap::new();
        let body = write.body.as_ref().map(|body| body.to_string().into_bytes());
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(key) = write.key {
            headers.insert(IDEMPOTENCY, header(key)?);
        }
        let path = format!("api/v2/{}", write.path);
        let (method, body, again) = (write.method, body.unwrap_or_default(), write.again);
        let question = Question { method, path, headers, body, again, with_file: false };
        let reply = self.ask(&question, Haste::Awaited).await;
        self.wrote();
        let reply = reply?;
        let repeated = reply.headers.get(LOOKUP).is_some_and(|said| said.as_bytes() == b"hit");
        self.read(&reply).map(|body| Written { body, repeated })
    }

    /// Hands a file in.
    pub(super) async fn upload(&self, path: &str, content_type: &str, bytes: Vec<u8>) -> Result<Json, Error> {
        let kind = HeaderValue::from_str(content_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
        let question = Question {
            method: Method::POST,
            path: format!("api/v2/{path}"),
            headers: HeaderMap::from_iter([(CONTENT_TYPE, kind)]),
            body: bytes,
            // A file that came twice is thrown away like any that nobody uses.
            again: Again::Read,
            with_file: true,
        };
        self.read(&self.ask(&question, Haste::Awaited).await?)
    }

    fn wrote(&self) {
        self.0.flying.lock().unwrap_or_else(PoisonError::into_inner).0 += 1;
    }

    /// Asks when the account allows it, and again when it had no time. Who is told to come back was not heard.
    async fn ask(&self, question: &Question, haste: Haste) -> Result<Reply, Error> {
        let mut tried = 1;
        loop {
            let now = self.0.transport.now();
            self.0.governor.pass(haste, now).await?;
            let reply = self.0.transport.ask(question).await?;
            let waits = self.0.governor.heard(reply.status, &reply.headers, now).is_some();
            let unheard = reply.status == StatusCode::TOO_MANY_REQUESTS || question.again != Again::Never;
            if !waits || !unheard || tried == TRIES {
                return Ok(reply);
            }
            tried += 1;
        }
    }

    fn read(&self, reply: &Reply) -> Result<Json, Error> {
        if !reply.status.is_success() {
            return Err(envelope::sorted(reply, self.0.transport.now()));
        }
        if reply.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Json::Null);
        }
        if !is_json(&reply.headers) {
            return Err(no_account());
        }
        serde_json::from_slice(&reply.body).map_err(|_| garbled("the answer is no JSON, or not all of it"))
    }
}

/// Whether an answer says that it is JSON.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.to_ascii_lowercase().contains("json")
}

pub(super) fn no_account() -> Error {
    garbled("what answers there is no account of a help desk")
}

/// Where a list by cursor goes on: the last page has a cursor too.
pub(super) fn next(body: &Json) -> Option<String> {
    let meta = Row(body).get("meta");
    let after = meta.filled("after_cursor").map(str::to_owned);
    after.filter(|_| meta.flag("has_more") == Some(true))
}

/// As a part of an address.
pub(super) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// As a header; what is too long or has other letters is a digest of itself.
fn header(key: &str) -> Result<HeaderValue, Error> {
    use sha2::{Digest as _, Sha256};
    let plain = key.len() <= 200 && key.bytes().all(|byte| byte.is_ascii_graphic());
    let text = if plain { key.to_owned() } else { crate::domain::text::hex(&Sha256::digest(key)) };
    HeaderValue::from_str(&text).map_err(|_| garbled("this key cannot be sent"))
}
