use super::listen::Hearing;
use super::sorting::{by_status, garbled};
use super::transport::{Again, Question, Reply, Transport};
use crate::client::access::AccessLink;
use crate::client::native::{KEY, PREFIX, REHEARSE, Rehearse, Rehearsed, UPLOAD, VIA, methods};
use crate::client::rehearsal::Rehearsal;
use crate::client::told::{InboxAsk, Told};
use crate::client::{
    Answer, AppliedAll, Client, Count, Cursor, DueTicket, Error, Key, ListAsk, LogAsk, Names, News, Page, PeopleAsk,
    Ran, Receipt, Reported, RuleTitle, RuleWhy, Session, Source, Thread, Trial,
};
use crate::domain::account::Organization;
use crate::domain::act::{Deed, OrganizationRef};
use crate::domain::comment::{Attachment, Channel, Comment, Upload};
use crate::domain::condition::Condition;
use crate::domain::decide::Outcome;
use crate::domain::event::Audit;
use crate::domain::id::{AttachmentId, CommentId, PersonId, RuleId, TicketId, WebhookId};
use crate::domain::metrics::Metrics;
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::person::{Person, PersonRef};
use crate::domain::presence::{Doing, Present};
use crate::domain::removal::DeletedTicket;
use crate::domain::report::Ask as ReportAsk;
use crate::domain::secret::{ApiToken, Secret};
use crate::domain::setup::{Directory, Item, ItemKind, Mentions};
use crate::domain::suspended::Suspended;
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::webhook::{Called, WebhookKeys};
use crate::wire::native::{Travels, framed, object, unframed};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use serde_json::Value as Json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use url::form_urlencoded;

/// An account of another Guichet.
#[derive(Clone)]
pub struct Guichet {
    transport: Transport,
    via: Channel,
    /// The stream of news that is open.
    hearing: Arc<Mutex<Option<Hearing>>>,
}

/// A question before it is sent.
struct Asked {
    method: &'static str,
    key: Option<Key>,
    ask: Json,
    file: Option<Vec<u8>>,
    gives_file: bool,
}

impl Guichet {
    /// Asks over that way; `via` is [`Channel::Web`] for who sits before a screen.
    pub fn new(transport: Transport, via: Channel) -> Self {
        Self { transport, via, hearing: Arc::default() }
    }

    async fn plain<T: Travels>(&self, method: &'static str, ask: Json) -> Result<T, Error> {
        read(&self.send(Asked { method, key: None, ask, file: None, gives_file: false }).await?)
    }

    async fn keyed<T: Travels>(&self, method: &'static str, key: Key, ask: Json) -> Result<T, Error> {
        read(&self.send(Asked { method, key: Some(key), ask, file: None, gives_file: false }).await?)
    }

    async fn filed<T: Travels>(&self, method: &'static str, ask: Json) -> Result<(T, Vec<u8>), Error> {
        let body = self.send(Asked { method, key: None, ask, file: None, gives_file: true }).await?;
        let (json, file) = unframed(&body).map_err(|trouble| garbled(&trouble.to_string()))?;
        Ok((unpacked(json)?, file.to_vec()))
    }

    /// News: where they begin and what there is already is asked, what is to come is listened to.
    async fn heard(&self, after: Option<Cursor>, wait_ms: u32) -> Result<News, Error> {
        let Some(place) = after.clone().filter(|_| wait_ms > 0) else {
            let ask = object([("after", after.pack_key()), ("wait_ms", 0_u32.pack_key())]);
            return self.plain("news", ask).await;
        };
        let mut hearing = self.hearing.lock().await;
        let mut stream = match hearing.take().filter(|open| open.given == place) {
            Some(open) => open,
            None => self.listens(place).await?,
        };
        let within = Duration::from_millis(u64::from(wait_ms));
        let news = if let Ok(news) = stream.hears(within).await {
            news
        } else {
            // It ends now and then, and when one is shut out: who opens it again is told.
            stream = self.listens(stream.given).await?;
            stream.hears(within).await?
        };
        *hearing = Some(stream);
        Ok(news)
    }

    async fn listens(&self, after: Cursor) -> Result<Hearing, Error> {
        let path = format!("{}/news", PREFIX.trim_start_matches('/'));
        let response = self.transport.listen(&path, &after.0).await?;
        if response.status() == StatusCode::OK {
            return Ok(Hearing::over(response, after));
        }
        let reply = Transport::whole_reply(response).await?;
        Err(self.answered(reply, false).err().unwrap_or_else(|| garbled("news are no stream")))
    }

    async fn hand_in(&self, name: String, content_type: String, bytes: Vec<u8>) -> Result<Upload, Error> {
        let ask = object([("name", name.pack_key()), ("content_type", content_type.pack_key())]);
        read(&self.send(Asked { method: UPLOAD, key: None, ask, file: Some(bytes), gives_file: false }).await?)
    }

    /// The body of what is answered.
    async fn send(&self, asked: Asked) -> Result<Vec<u8>, Error> {
        let Asked { method, key, ask, file, gives_file } = asked;
        let again = match (&key, method) {
            (Some(_), _) => Again::Keyed,
            // A file that came twice is thrown away like any that nobody uses.
            _ if CHANGES.contains(&method) => Again::Never,
            _ => Again::Read,
        };
        let with_file = gives_file || file.is_some();
        let body = file.map_or_else(|| ask.to_string().into_bytes(), |file| framed(&ask, &file));
        let (path, headers) = (format!("{}/{method}", PREFIX.trim_start_matches('/')), self.headers(key)?);
        let reply =
            self.transport.ask(&Question { method: Method::POST, path, headers, body, again, with_file }).await?;
        self.answered(reply, gives_file)
    }

    fn headers(&self, key: Option<Key>) -> Result<HeaderMap, Error> {
        let via = if self.via == Channel::Web { "web" } else { "api" };
        let mut headers = HeaderMap::from_iter([
            (HeaderName::from_static(VIA), HeaderValue::from_static(via)),
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        ]);
        if let Some(key) = key {
            let encoded: String = form_urlencoded::byte_serialize(key.0.as_bytes()).collect();
            let value = HeaderValue::from_str(&encoded).map_err(|_| garbled("this key cannot be sent"))?;
            headers.insert(HeaderName::from_static(KEY), value);
        }
        Ok(headers)
    }

    fn answered(&self, reply: Reply, gives_file: bool) -> Result<Vec<u8>, Error> {
        let Reply { status, headers, body } = reply;
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let json = kind.starts_with("application/json");
        if status == StatusCode::OK {
            let fits = if gives_file { kind.starts_with("application/octet-stream") } else { json };
            return if fits { Ok(body) } else { Err(garbled("what answers there is no Guichet")) };
        }
        let error = serde_json::from_slice::<Json>(&body).ok().filter(|_| json);
        let error = error.and_then(|mut said| Error::unpack(said.get_mut("guichet")?.take()).ok());
        Err(error.unwrap_or_else(|| by_status(status, &headers, self.transport.now())))
    }
}

/// What changes something and bears no key: to send it twice may be to do it twice.
const CHANGES: [&str; 5] = ["mark_read", "test_webhook", "run_timers", "catch_up", "upload"];

fn read<T: Travels>(body: &[u8]) -> Result<T, Error> {
    unpacked(serde_json::from_slice(body).map_err(|_| garbled("the answer is no JSON, or not all of it"))?)
}

fn unpacked<T: Travels>(json: Json) -> Result<T, Error> {
    T::unpack(json).map_err(|trouble| garbled(&trouble.to_string()))
}

macro_rules! ask_for_each {
    ($($about:literal $way:ident $name:ident($($arg:ident: $type:ty),*) -> $answer:ty;)+) => {
        impl Client for Guichet {
            $(ask_for_each!(@ $way $name($($arg: $type),*) -> $answer);)+

            fn rehearse(&self) -> Answer<'_, Box<dyn Rehearsal>> {
                Box::pin(async move {
                    let mut rehearsal = Going { account: self.clone(), deeds: Vec::new(), place: None };
                    rehearsal.last().await?;
                    Ok(Box::new(rehearsal) as Box<dyn Rehearsal>)
                })
            }

            fn upload(&self, name: String, content_type: String, bytes: Vec<u8>) -> Answer<'_, Upload> {
                Box::pin(self.hand_in(name, content_type, bytes))
            }
        }
    };
    (@ plain $name:ident($($arg:ident: $type:ty),*) -> $answer:ty) => {
        fn $name(&self, $($arg: $type),*) -> Answer<'_, $answer> {
            let ask = object([$((stringify!($arg), <$type>::pack_key($arg))),*]);
            Box::pin(self.plain(stringify!($name), ask))
        }
    };
    (@ heard $name:ident($($arg:ident: $type:ty),*) -> $answer:ty) => {
        fn $name(&self, $($arg: $type),*) -> Answer<'_, $answer> {
            Box::pin(self.heard($($arg),*))
        }
    };
    (@ keyed $name:ident($($arg:ident: $type:ty),*) -> $answer:ty) => {
        fn $name(&self, key: Key, $($arg: $type),*) -> Answer<'_, $answer> {
            let ask = object([$((stringify!($arg), <$type>::pack_key($arg))),*]);
            Box::pin(self.keyed(stringify!($name), key, ask))
        }
    };
    (@ filed $name:ident($($arg:ident: $type:ty),*) -> $answer:ty) => {
        fn $name(&self, $($arg: $type),*) -> Answer<'_, ($answer, Vec<u8>)> {
            let ask = object([$((stringify!($arg), <$type>::pack_key($arg))),*]);
            Box::pin(self.filed(stringify!($name), ask))
        }
    };
}

methods!(ask_for_each);

/// A rehearsal: all acts so far are remembered here, for where the server has forgotten them.
struct Going {
    account: Guichet,
    deeds: Vec<Deed>,
    place: Option<String>,
}

impl Going {
    async fn ask(&self, after: Option<String>, deeds: Vec<Deed>) -> Result<Rehearsed, Error> {
        self.account.plain(REHEARSE, Rehearse { after, deeds }.pack()).await
    }

    /// What the last act would be told; nothing at the beginning, when there is none.
    async fn last(&mut self) -> Result<Option<Result<Outcome, Error>>, Error> {
        let goes_on = match self.place.take() {
            Some(place) => self.ask(Some(place), self.deeds.last().cloned().into_iter().collect()).await,
            None => Err(Error::NotFound),
        };
        let told = match goes_on {
            Err(Error::NotFound) => self.ask(None, self.deeds.clone()).await?,
            other => other?,
        };
        self.place = told.place;
        Ok(told.told.into_iter().next_back())
    }
}

impl Rehearsal for Going {
    fn act(&mut self, deed: Deed) -> Answer<'_, Outcome> {
        Box::pin(async move {
            self.deeds.push(deed);
            self.last().await?.ok_or_else(|| garbled("the answer is missing"))?
        })
    }
}
