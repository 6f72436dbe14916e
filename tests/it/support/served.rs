//! A town served over HTTP on loopback, and whoever asks it.

use super::town::Town;
use guichet::client::door::Door;
use guichet::domain::id::PersonId;
use guichet::language::Language;
use guichet::server::{App, Limits, Site, Sites};
use guichet::store::{Clock, Store};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A town with its server, which ends with it.
pub struct Served {
    pub town: Arc<Town>,
    pub base: String,
    /// What is served: whoever runs it works on its jobs.
    pub app: App,
    http: reqwest::Client,
    tokens: Mutex<BTreeMap<PersonId, (String, String)>>,
    task: JoinHandle<()>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An HTTP client that goes nowhere but where it is sent.
pub fn http() -> reqwest::Client {
    let _known = rustls::crypto::ring::default_provider().install_default();
    let none = reqwest::redirect::Policy::none();
    reqwest::Client::builder().redirect(none).no_proxy().build().expect("an HTTP client")
}

impl Served {
    pub async fn sqlite() -> Self {
        Self::of(Town::sqlite().await, &Limits::default()).await
    }

    pub async fn of(town: Town, limits: &Limits) -> Self {
        let clock = town.clock();
        Self::by(clock, town, limits).await
    }

    /// By another clock than the town's own.
    pub async fn by(clock: Clock, town: Town, limits: &Limits) -> Self {
        let door = Door::of(town.store.clone(), clock);
        Self::at(door, Arc::new(town), limits).await
    }

    /// Another server of the same town, which shares nothing with it but the database.
    pub async fn beside(&self, limits: &Limits) -> Self {
        let store = Store::open(&self.town.ground.url()).await.expect("the store");
        Self::at(Door::of(store, self.town.clock()), Arc::clone(&self.town), limits).await
    }

    async fn at(door: Door, town: Arc<Town>, limits: &Limits) -> Self {
        let app = App::new(Sites::one(Site { door, words: Language::english() }), limits);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let service = app.clone().service().into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move { axum::serve(listener, service).await.expect("served") });
        Self { town, base, app, http: http(), tokens: Mutex::default(), task }
    }

    /// A question of somebody's, who has a token for it.
    pub async fn ask(&self, person: PersonId, method: Method, path: &str) -> RequestBuilder {
        let (email, token) = self.token(person).await;
        self.nobody(method, path).basic_auth(format!("{email}/token"), Some(token))
    }

    /// A question of nobody's.
    pub fn nobody(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/api/v2/{path}", self.base))
    }

    /// Somebody's address, and a token of theirs.
    pub async fn token(&self, person: PersonId) -> (String, String) {
        if let Some(known) = self.tokens.lock().expect("unlocked").get(&person) {
            return known.clone();
        }
        let admin = self.town.as_(self.town.admin);
        let token = admin.add_token(self.town.key(), person).await.expect("a token").expose().to_owned();
        let people = guichet::client::PeopleAsk::Ids(vec![person]);
        let email = admin.people(people).await.expect("people").rows[0].email.clone().expect("an address");
        let made = (email.as_str().to_owned(), token);
        self.tokens.lock().expect("unlocked").insert(person, made.clone());
        made
    }

    /// What somebody gets.
    pub async fn get(&self, person: PersonId, path: &str) -> Answer {
        Answer::of(self.ask(person, Method::GET, path).await.send().await.expect("an answer")).await
    }

    /// What somebody gets who sends something.
    pub async fn send(&self, person: PersonId, method: Method, path: &str, body: &Value) -> Answer {
        Answer::of(self.ask(person, method, path).await.json(body).send().await.expect("an answer")).await
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body");
        let body =
            if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap_or(Value::String(text)) };
        Self { status, headers, body }
    }

    /// The body of what was answered with that status code.
    #[track_caller]
    pub fn with(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{:?}", self.body);
        self.body
    }
}
