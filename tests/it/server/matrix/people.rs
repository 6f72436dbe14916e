//! Every sort of person that can ask, each with what they sign in with.

use super::asks::{Asked, routes};
use crate::contract::marks::scene::Scene;
use crate::support::town::Town;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use guichet::client::PeopleAsk;
use guichet::client::door::Door;
use guichet::client::sign_in::Wish;
use guichet::domain::act::{Deed, PersonChange, Setting};
use guichet::domain::comment::Channel;
use guichet::domain::grant::Scope;
use guichet::domain::id::PersonId;
use guichet::domain::person::Role;
use guichet::domain::secret::Secret;
use guichet::language::Language;
use guichet::server::{App, Limits, Site, Sites};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use tower::ServiceExt as _;

/// In the order in which they ask: who may least comes first.
pub const WHO: [&str; 14] = [
    "nobody",
    "somebody with a wrong token",
    "a suspended agent",
    "a stranger",
    "one who left the organization",
    "a colleague",
    "one in copy",
    "the requester",
    "an agent's program for people alone",
    "an agent of some groups",
    "an agent of what is assigned",
    "an agent of an organization",
    "an agent",
    "an admin",
];
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-43-letters";
const BACK: &str = "http://127.0.0.1:49152/signed-in";

/// What came back, as it was sent.
pub struct Got {
    pub status: u16,
    pub headers: String,
    pub body: String,
}

/// A scene that is served, and everybody's way in.
pub struct Everybody {
    pub town: Town,
    pub scene: Scene,
    pub left: PersonId,
    /// The number of the ticket that is no more.
    pub deleted: i64,
    service: Router,
    says: BTreeMap<&'static str, String>,
    /// The first of each list, by its path.
    firsts: BTreeMap<String, i64>,
}

impl Everybody {
    pub async fn make() -> Self {
        let town = Town::sqlite().await;
        let left = town.person("Lea", "lea@else.example", Role::EndUser, Some("Gare du Nord")).await;
        let scene = Scene::make(&town).await;
        // Whoever has not signed in gets as far as can be.
        town.does(town.admin, Deed::Set(Setting::AnonymousRequests(true))).await;
        let gone = town.as_(town.admin).deleted_tickets(None, 9).await.expect("a page");
        let deleted = gone.rows.first().expect("the deleted one").id.0;
        change(&town, left, PersonChange { organization: Some(None), ..PersonChange::default() }).await;
        let door = Door::of(town.store.clone(), town.clock());
        let limits = Limits { per_minute: NonZeroU32::MAX, ..Limits::default() };
        let service = App::new(Sites::one(Site { door, words: Language::english() }), &limits).service();
        let mut all = Self { town, scene, left, deleted, service, says: BTreeMap::new(), firsts: BTreeMap::new() };
        all.sign_in().await;
        all.look_for_firsts().await;
        all
    }

    async fn sign_in(&mut self) {
        let suspended = |suspended| PersonChange { suspended: Some(suspended), ..PersonChange::default() };
        change(&self.town, self.scene.suspended, suspended(false)).await;
        for who in WHO {
            if let Some(person) = self.person(who) {
                let said = token(&self.town, person).await;
                self.says.insert(who, said);
            }
        }
        // Suspension takes tokens away; the one that there was is shown all the same.
        change(&self.town, self.scene.suspended, suspended(true)).await;
        let program = self.program(self.scene.agent, "users:read users:write").await;
        self.says.insert("an agent's program for people alone", program);
        self.says.insert("somebody with a wrong token", format!("Bearer {}", "a".repeat(43)));
    }

    /// Looks up one thing of each sort, for routes that take its number.
    async fn look_for_firsts(&mut self) {
        for route in routes().into_iter().filter(|route| route.method == "GET" && !route.path.contains('{')) {
            let asked = Asked { method: "GET".into(), path: route.path.clone(), kind: "", body: String::new() };
            let got: Value = serde_json::from_str(&self.ask("an admin", &asked).await.body).unwrap_or_default();
            let mut lists = got.as_object().into_iter().flatten().filter_map(|(_, value)| value.as_array());
            if let Some(id) = lists.next().and_then(|rows| rows.first()?["id"].as_i64()) {
                self.firsts.insert(route.path, id);
            }
        }
    }

    /// The number of the first thing in a list, or 1.
    pub fn first(&self, list: &str) -> i64 {
        self.firsts.get(list).copied().unwrap_or(1)
    }

    pub fn person(&self, who: &str) -> Option<PersonId> {
        let scene = &self.scene;
        Some(match who {
            "a suspended agent" => scene.suspended,
            "a stranger" => scene.stranger,
            "one who left the organization" => self.left,
            "a colleague" => scene.ben,
            "one in copy" => scene.copied,
            "the requester" => scene.ana,
            "an agent of some groups" => scene.of_groups,
            "an agent of what is assigned" => scene.of_assigned,
            "an agent of an organization" => scene.of_organization,
            "an agent" => scene.agent,
            "an admin" => self.town.admin,
            _ => return None,
        })
    }

    /// What lets a program act for somebody.
    pub async fn program(&self, person: PersonId, scope: &str) -> String {
        let visitor = Door::of(self.town.store.clone(), self.town.clock()).visitor(Channel::Api);
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let wish = Wish { program: "guichet".into(), redirect: BACK.into(), challenge, scope: Scope::new(scope) };
        let code = visitor.let_act(person, wish).await.expect("a code");
        let tokens = visitor.redeem(&code, ("guichet".into(), BACK.into()), Secret::new(VERIFIER), None).await;
        format!("Bearer {}", tokens.expect("tokens").access.expose())
    }

    pub async fn ask(&self, who: &str, asked: &Asked) -> Got {
        let mut request = Request::builder().method(asked.method.as_str()).uri(&asked.path).header("host", "desk");
        if let Some(said) = self.says.get(who) {
            request = request.header("authorization", said);
        }
        if !asked.body.is_empty() {
            request = request.header("content-type", asked.kind).header("idempotency-key", self.town.key().0);
        }
        self.send(request.body(Body::from(asked.body.clone())).expect("a request")).await
    }

    pub async fn send(&self, request: Request<Body>) -> Got {
        let response = self.service.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), format!("{:?}", response.headers()));
        // A stream has no end that could be waited for: what it says is tested where it is listened to.
        let streams = response.headers().get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let body = if streams { Body::empty() } else { response.into_body() };
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Got { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

async fn change(town: &Town, person: PersonId, change: PersonChange) {
    town.does(town.admin, Deed::UpdatePerson { person, change }).await;
}

async fn token(town: &Town, person: PersonId) -> String {
    let admin = town.as_(town.admin);
    let token = admin.add_token(town.key(), person).await.expect("a token");
    let found = admin.people(PeopleAsk::Ids(vec![person])).await.expect("people");
    let email = found.rows[0].email.clone().expect("an address");
    format!("Basic {}", BASE64_STANDARD.encode(format!("{}/token:{}", email.as_str(), token.expose())))
}
