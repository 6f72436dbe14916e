//! Who asks: what a request says of it, and the account as that person reaches it.

use super::App;
use super::problem::Problem;
use super::site::Site;
use crate::client::access::Visitor;
use crate::client::{Client, Embedded, Error, Key, Receipt, Session};
use crate::domain::act::Deed;
use crate::domain::comment::Channel;
use crate::domain::person::{EmailAddress, Person, Role};
use crate::domain::secret::Secret;
use crate::language::Language;
use crate::wire::Place;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::sync::Arc;

/// By which way whoever asks here comes.
const VIA: Channel = Channel::Api;

/// The account that a request asks, and under which address: put there before any route looks.
#[derive(Clone)]
pub struct Here {
    /// The account.
    pub site: Arc<Site>,
    /// The scheme and host that the request was sent to: links lead back there.
    pub base: String,
    /// The path that was asked.
    pub path: String,
}

impl Here {
    /// The account as nobody in particular.
    pub fn visitor(&self) -> Visitor {
        self.site.door.visitor(VIA)
    }

    /// The address that was asked, without what stands behind the `?`.
    pub fn url(&self) -> String {
        format!("{}{}", self.base, self.path)
    }

    /// What went wrong, in the account's language.
    pub fn problem(&self, error: &Error) -> Problem {
        Problem::of(error, &self.site.words)
    }
}

impl FromRequestParts<App> for Here {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::no_such_route)
    }
}

/// Somebody of the account who asks.
pub struct Caller {
    /// The account as they reach it.
    pub client: Embedded,
    /// Where they ask.
    pub here: Here,
}

impl Caller {
    /// What went wrong, in a language that they read.
    pub fn problem(&self, error: &Error) -> Problem {
        self.here.problem(error)
    }

    /// Turns what an account answered with into a problem that can be answered.
    pub fn say<T>(&self, answer: Result<T, Error>) -> Result<T, Problem> {
        answer.map_err(|error| self.problem(&error))
    }

    /// Who they are and what everybody may know.
    pub async fn session(&self) -> Result<Session, Problem> {
        self.say(self.client.session().await)
    }

    /// What objects need to know of the account.
    pub fn place(&self, session: &Session) -> Place {
        Place::new(Some(&self.here.base), &session.kinds).with_fields(session.fields.values())
    }

    /// Does something, under a key of its own.
    pub async fn act(&self, deed: Deed) -> Result<Receipt, Problem> {
        self.say(self.client.act(fresh_key(), deed).await)
    }

    /// Who they are, if they are of the team: nobody else gets any further.
    pub async fn staff(&self) -> Result<Session, Problem> {
        let session = self.session().await?;
        if session.me.role.is_staff() { Ok(session) } else { Err(Problem::forbidden()) }
    }

    /// The same of those who run the account.
    pub async fn admin(&self) -> Result<Session, Problem> {
        let session = self.session().await?;
        if session.me.role == Role::Admin { Ok(session) } else { Err(Problem::forbidden()) }
    }

    /// The language in which the program speaks to them.
    pub fn words(&self) -> &Language {
        &self.here.site.words
    }
}

/// A key for what is asked once.
pub fn fresh_key() -> Key {
    Key(uuid::Uuid::now_v7().simple().to_string())
}

/// Nobody came with the request, or nobody who is known.
enum Unknown {
    /// It does not say who.
    Nobody,
    /// What it says is not so.
    Wrong,
}

async fn known(parts: &Parts, here: &Here) -> Result<Result<Person, Unknown>, Problem> {
    let Some(said) = parts.headers.get(AUTHORIZATION) else { return Ok(Err(Unknown::Nobody)) };
    let Some((scheme, rest)) = said.to_str().ok().and_then(|said| said.split_once(' ')) else {
        return Ok(Err(Unknown::Wrong));
    };
    let found = match scheme.to_ascii_lowercase().as_str() {
        "basic" => basic(rest.trim(), here).await,
        _ => Ok(None),
    };
    found.map(|person| person.ok_or(Unknown::Wrong)).map_err(|error| here.problem(&error))
}

/// Name and password, or name, `/token` and a token.
async fn basic(encoded: &str, here: &Here) -> Result<Option<Person>, Error> {
    let decoded = BASE64_STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(decoded) = decoded else { return Ok(None) };
    let Some((name, secret)) = decoded.split_once(':') else { return Ok(None) };
    let secret = Secret::new(secret);
    let visitor = here.visitor();
    match name.strip_suffix("/token") {
        Some(name) => match EmailAddress::parse(name) {
            Ok(address) => visitor.verify_token(&address, &secret).await,
            Err(_) => Ok(None),
        },
        None => match EmailAddress::parse(name) {
            // Who works tickets signs in with a token: passwords are for the portal.
            Ok(address) => {
                let person = visitor.verify_password(&address, secret).await?;
                Ok(person.filter(|person| !person.role.is_staff()))
            }
            Err(_) => Ok(None),
        },
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let here = <Here as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        let person = known(parts, &here).await?.map_err(|_| Problem::unknown_caller())?;
        let client = here.site.door.client(person.id, VIA);
        Ok(Self { client, here })
    }
}

impl OptionalFromRequestParts<App> for Caller {
    type Rejection = Problem;

    /// None for a request that does not say who asks.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Problem> {
        let here = <Here as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        match known(parts, &here).await? {
            Ok(person) => Ok(Some(Self { client: here.site.door.client(person.id, VIA), here })),
            Err(Unknown::Nobody) => Ok(None),
            Err(Unknown::Wrong) => Err(Problem::unknown_caller()),
        }
    }
}
