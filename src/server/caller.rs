//! Who asks: what a request says of it, and the account as that person reaches it.

use super::App;
use super::guess::Guess;
use super::problem::Problem;
use super::site::Site;
use crate::client::access::Visitor;
use crate::client::sign_in::Let;
use crate::client::{Client, Embedded, Error, FileLinks, Key, PeopleAsk, Receipt, Session};
use crate::domain::act::Deed;
use crate::domain::comment::Channel;
use crate::domain::grant::may_act_as;
use crate::domain::id::PersonId;
use crate::domain::person::{EmailAddress, Person, Role};
use crate::domain::refusal::Refusal;
use crate::domain::secret::Secret;
use crate::language::Language;
use crate::wire::Place;
use crate::words;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::net::IpAddr;
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
    /// From which address it came.
    pub from: Option<IpAddr>,
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

    /// The account's name.
    pub async fn account(&self) -> Result<String, Problem> {
        self.say(self.visitor().account_name().await)
    }

    /// Turns what an account answered with into a problem that can be answered.
    pub fn say<T>(&self, answer: Result<T, Error>) -> Result<T, Problem> {
        answer.map_err(|error| self.problem(&error))
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
    /// What lets the program act that asks for them, where they signed in by their browser.
    pub let_in: Option<Let>,
    /// What signs links to files for them.
    pub links: FileLinks,
    /// What the keys begin with of what is done for a row of a job of theirs.
    row: Option<String>,
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

    /// The same of what an act answered with. What it names beside what it is about need not be there, and is then wrong in
    /// what was sent.
    pub fn wrote<T>(&self, answer: Result<T, Error>) -> Result<T, Problem> {
        answer.map_err(|error| match &error {
            Error::Refused(refusal @ Refusal::NotFound(_)) => {
                Problem::invalid("base", "InvalidValue", &words::refusal(&self.here.site.words, refusal))
            }
            _ => self.problem(&error),
        })
    }

    /// Who they are and what everybody may know.
    pub async fn session(&self) -> Result<Session, Problem> {
        self.say(self.client.session().await)
    }

    /// What objects need to know of the account.
    pub fn place(&self, session: &Session) -> Place {
        let (links, client) = (self.links.clone(), self.client.clone());
        Place::new(Some(&self.here.base), &session.kinds)
            .with_fields(session.fields.values())
            .with_ratings(session.settings.ratings)
            .with_links(move |file| links.token(file))
            .with_moments(move |of| client.moments(of))
    }

    /// Does something, under a key of its own.
    pub async fn act(&self, deed: Deed) -> Result<Receipt, Problem> {
        self.say(self.once(deed).await)
    }

    /// The same: for a row of a job what was done before is not done again, whatever it has become since.
    pub async fn once(&self, deed: Deed) -> Result<Receipt, Error> {
        if self.row.is_none() {
            return self.client.act(fresh_key(), deed).await;
        }
        let key = self.key(match deed {
            Deed::CreateTicket(_) | Deed::CreatePerson(_) | Deed::CreateOrganization(_) => "make",
            Deed::UpdateTicket { .. } | Deed::UpdatePerson { .. } | Deed::UpdateOrganization { .. } => "change",
            _ => "do",
        });
        match self.client.done_under(&key).await? {
            Some(done) => Ok(done),
            None => self.client.act(key, deed).await,
        }
    }

    /// The key of what is done for a row of a job, else one that nobody else has.
    pub fn key(&self, what: &str) -> Key {
        self.row.as_ref().map_or_else(fresh_key, |row| Key(format!("{row}{what}")))
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

/// Who asks, where whoever listens knows it already: put beside the request by them, never by what was sent.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn(pub PersonId);

/// Nobody came with the request, or nobody who is known.
enum Unknown {
    /// It does not say who.
    Nobody,
    /// What it says is not so.
    Wrong,
}

/// Who is known to ask.
struct Known {
    person: Person,
    let_in: Option<Let>,
}

async fn known(parts: &Parts, app: &App, here: &Here) -> Result<Result<Known, Unknown>, Problem> {
    let Some(said) = parts.headers.get(AUTHORIZATION) else { return Ok(Err(Unknown::Nobody)) };
    let Some((scheme, rest)) = said.to_str().ok().and_then(|said| said.split_once(' ')) else {
        return Ok(Err(Unknown::Wrong));
    };
    let found = match scheme.to_ascii_lowercase().as_str() {
        "basic" => basic(rest.trim(), app, here).await?,
        "bearer" => bearer(rest.trim(), parts, here).await?,
        _ => None,
    };
    let Some(known) = found else { return Ok(Err(Unknown::Wrong)) };
    Ok(Ok(on_behalf(known, parts, here).await?))
}

/// Name and password, or name, `/token` and a token.
async fn basic(encoded: &str, app: &App, here: &Here) -> Result<Option<Known>, Problem> {
    let decoded = BASE64_STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(decoded) = decoded else { return Ok(None) };
    let Some((name, secret)) = decoded.split_once(':') else { return Ok(None) };
    let (secret, visitor) = (Secret::new(secret), here.visitor());
    let (name, is_token) = name.strip_suffix("/token").map_or((name, false), |name| (name, true));
    let Ok(address) = EmailAddress::parse(name) else { return Ok(None) };
    let person = if is_token {
        let person = here.say(visitor.verify_token(&address, &secret).await)?;
        // A token cannot be guessed, and whoever has one is not shut out by those who try others.
        if person.is_none() && app.tries().are_used_up(here, name).await {
            return Err(Problem::too_fast(60));
        }
        person
    } else {
        match app.guess(here, name, secret).await? {
            // Who works tickets signs in with a token: passwords are for the portal.
            Guess::Right(person) => Some(*person).filter(|person| !person.role.is_staff()),
            Guess::Wrong => return Ok(None),
            Guess::TooOften => return Err(Problem::too_fast(60)),
        }
    };
    if person.is_none() {
        app.tries().failed(here, name).await;
    }
    Ok(person.map(|person| Known { person, let_in: None }))
}

/// What somebody let a program do. What it was not let to do is not this person's fault: it is told so.
async fn bearer(token: &str, parts: &Parts, here: &Here) -> Result<Option<Known>, Problem> {
    let let_in = here.say(here.visitor().verify_access(&Secret::new(token)).await)?;
    let Some(let_in) = let_in else { return Ok(None) };
    let path = here.path.strip_prefix(super::API).unwrap_or(&here.path);
    let change = !parts.method.is_safe();
    // To end what one was let to do needs no right of its own.
    let own = here.path.ends_with("/oauth/tokens/current");
    if !own && !families(path).all(|family| let_in.scope.allows(family, change)) {
        return Err(Problem::forbidden());
    }
    Ok(Some(Known { person: let_in.person.clone(), let_in: Some(let_in) }))
}

/// Of which families a path is: the one that it begins with, and each whose things are answered in its place, such as the
/// tickets of somebody.
fn families(path: &str) -> impl Iterator<Item = &str> {
    const BEHIND: [&str; 6] = ["tickets", "requests", "users", "organizations", "macros", "satisfaction_rating"];
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default();
    std::iter::once(first).chain(parts.filter(|part| BEHIND.contains(part)))
}

/// An admin's program may act as an end user: with what that one may do, and no more.
async fn on_behalf(known: Known, parts: &Parts, here: &Here) -> Result<Known, Problem> {
    let Some(named) = parts.headers.get("x-on-behalf-of") else { return Ok(known) };
    let address = named.to_str().ok().and_then(|text| EmailAddress::parse(text.trim()).ok());
    let allowed = known.let_in.as_ref().is_some_and(|let_in| let_in.scope.allows_impersonation());
    let (Some(address), true) = (address, allowed) else { return Err(Problem::forbidden()) };
    let client = here.site.door.client(known.person.id, VIA);
    let found = here.say(client.people(PeopleAsk::Address(address)).await)?.rows.into_iter().next();
    let person = found.filter(|person| may_act_as(&known.person, person)).ok_or_else(Problem::forbidden)?;
    Ok(Known { person, ..known })
}

impl Caller {
    async fn of(known: Known, here: Here) -> Result<Self, Problem> {
        Self::reached(known.person.id, known.let_in, here).await
    }

    /// Somebody for whom a row of a job is done; what the keys of it begin with.
    pub async fn working(person: PersonId, site: Arc<Site>, row: String) -> Result<Self, Problem> {
        let here = Here { site, base: String::new(), path: String::new(), from: None };
        Ok(Self { row: Some(row), ..Self::reached(person, None, here).await? })
    }

    async fn reached(person: PersonId, let_in: Option<Let>, here: Here) -> Result<Self, Problem> {
        let links = here.site.door.file_links(person).await.map_err(|error| here.problem(&error))?;
        Ok(Self { client: here.site.door.client(person, VIA), here, let_in, links, row: None })
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let here = <Here as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        if let Some(SignedIn(id)) = parts.extensions.get::<SignedIn>() {
            return Self::reached(*id, None, here).await;
        }
        let known = known(parts, app, &here).await?.map_err(|_| Problem::unknown_caller())?;
        Self::of(known, here).await
    }
}

impl OptionalFromRequestParts<App> for Caller {
    type Rejection = Problem;

    /// None for a request that does not say who asks.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Problem> {
        let here = <Here as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        if let Some(SignedIn(id)) = parts.extensions.get::<SignedIn>() {
            return Self::reached(*id, None, here).await.map(Some);
        }
        match known(parts, app, &here).await? {
            Ok(known) => Self::of(known, here).await.map(Some),
            Err(Unknown::Nobody) => Ok(None),
            Err(Unknown::Wrong) => Err(Problem::unknown_caller()),
        }
    }
}
