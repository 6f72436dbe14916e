//! A store served on loopback, and everybody as a remote client of it.

use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::middleware::map_request;
use guichet::client::Client;
use guichet::client::door::{Clock, Door};
use guichet::client::remote::{Guichet, SignIn, Target, Transport, Zendesk};
use guichet::domain::comment::Channel;
use guichet::domain::id::PersonId;
use guichet::domain::secret::Secret;
use guichet::language::Language;
use guichet::server::{App, Limits, SignedIn, Site, Sites};
use guichet::store::Store;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A server, which ends with it, and the way to it.
pub struct Afar {
    transport: Transport,
    task: JoinHandle<()>,
}

impl Drop for Afar {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Afar {
    pub async fn serve(store: Store, clock: Clock) -> Self {
        let door = Door::of(store, clock.clone());
        let limits = Limits { per_minute: NonZeroU32::MAX, ..Limits::default() };
        let app = App::new(Sites::one(Site { door, words: Language::english() }), &limits);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let service = app.service().layer(map_request(by_number)).into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move { axum::serve(listener, service).await.expect("served") });
        let transport = Transport::new(Target { url, sign_in: SignIn::Nobody, plain: false, clock }).expect("a way");
        Self { transport, task }
    }

    /// Somebody who speaks Zendesk's dialect.
    pub fn in_zendesks(&self, person: PersonId) -> Box<dyn Client> {
        Box::new(Zendesk::new(self.transport.signed_in(SignIn::Bearer(Secret::new(person.to_string())))))
    }

    /// Somebody, whatever they have to sign in with: also who has no address, or was suspended since.
    pub fn as_(&self, person: PersonId) -> Box<dyn Client> {
        let transport = self.transport.signed_in(SignIn::Bearer(Secret::new(person.to_string())));
        Box::new(Guichet::new(transport, Channel::Web))
    }
}

/// Whoever says a number is who has it: for tests of what comes after the door.
async fn by_number(mut request: Request) -> Request {
    let said = request.headers().get(AUTHORIZATION).and_then(|said| said.to_str().ok()?.strip_prefix("Bearer "));
    if let Some(id) = said.and_then(|said| said.parse().ok()) {
        request.extensions_mut().insert(SignedIn(PersonId(id)));
    }
    request
}
