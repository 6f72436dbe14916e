//! Signing in by a browser (OAuth 2 with PKCE): a page on which somebody lets a program act, and where programs fetch
//! their tokens. There is no session and no cookie: whoever says yes says who they are with it.

use super::App;
use super::caller::{Caller, Here};
use super::guess::Guess;
use super::page::{Field, Page};
use super::problem::Problem;
use crate::client::Error;
use crate::client::sign_in::{Tokens, Wish};
use crate::domain::grant::{SHOWN, Scope, is_challenge, may_be_sent_to};
use crate::domain::refusal::Refusal;
use crate::domain::secret::Secret;
use crate::domain::time::Span;
use crate::language::args;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const PAGE: &str = "/oauth/authorizations/new";

pub(super) fn pages() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask, allow)).routes(routes!(fetch))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(current, end))
}

/// What a program asks for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
struct Asked {
    /// Always `code`.
    response_type: String,
    /// Which program it is.
    client_id: String,
    /// Where the code goes.
    redirect_uri: String,
    /// What it wants to do: words with spaces between them.
    scope: String,
    /// What it gets back as it is.
    state: String,
    /// The SHA-256 of what only the program knows.
    code_challenge: String,
    /// Always `S256`.
    code_challenge_method: String,
}

/// The same with who says yes.
#[derive(Deserialize, ToSchema)]
struct Said {
    email: String,
    password: String,
    #[serde(flatten)]
    asked: Asked,
}

impl Asked {
    /// What makes no sense in it. Nobody is sent anywhere before it does.
    fn fault(&self) -> Option<&'static str> {
        let wrong = [
            (self.response_type != "code", "response_type"),
            (!may_be_sent_to(&self.client_id, &self.redirect_uri), "client_id, redirect_uri"),
            (self.code_challenge_method != "S256", "code_challenge_method"),
            (!is_challenge(&self.code_challenge), "code_challenge"),
        ];
        wrong.into_iter().find_map(|(wrong, what)| wrong.then_some(what))
    }

    fn wish(&self) -> Wish {
        Wish {
            program: self.client_id.clone(),
            redirect: self.redirect_uri.clone(),
            challenge: self.code_challenge.clone(),
            scope: Scope::new(&self.scope),
        }
    }

    /// The page that asks for it.
    fn page(&self, here: &Here, account: &str, email: &str, wrong: Option<&str>) -> Page {
        let words = &here.site.words;
        let named = args![account = account];
        let scope = Scope::new(&self.scope).to_string();
        Page {
            title: words.say("page-sign-in", named),
            lines: vec![
                words.say("page-sign-in-why", args![account = account, scope = scope]),
                words.word("page-sign-in-own"),
            ],
            wrong: wrong.map(|key| words.word(key)),
            action: PAGE.to_owned(),
            hidden: vec![
                ("response_type", self.response_type.clone()),
                ("client_id", self.client_id.clone()),
                ("redirect_uri", self.redirect_uri.clone()),
                ("scope", self.scope.clone()),
                ("state", self.state.clone()),
                ("code_challenge", self.code_challenge.clone()),
                ("code_challenge_method", self.code_challenge_method.clone()),
            ],
            fields: vec![Field::email(words, email), Field::password(words, false)],
            button: Some(words.word("page-sign-in-button")),
            links: vec![("/access".to_owned(), words.word("page-sign-in-forgotten"))],
            ..Page::default()
        }
    }
}

fn broken(here: &Here, account: &str, what: &str) -> Response {
    let words = &here.site.words;
    let page = Page {
        title: words.word("page-sign-in-broken"),
        lines: vec![words.say("page-sign-in-broken-why", args![what = what])],
        ..Page::default()
    };
    page.answer(StatusCode::BAD_REQUEST, here, account)
}

/// The page on which somebody lets a program act for them.
#[utoipa::path(get, path = "/oauth/authorizations/new", tag = "Signing in", params(Asked),
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
async fn ask(here: Here, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let account = here.account().await?;
    if let Some(what) = asked.fault() {
        return Ok(broken(&here, &account, what));
    }
    Ok(asked.page(&here, &account, "", None).answer(StatusCode::OK, &here, &account))
}

/// Somebody says who they are, and yes.
#[utoipa::path(post, path = "/oauth/authorizations/new", tag = "Signing in",
    responses((status = 303, description = "Back to the program, with a code"),
        (status = 200, description = "A page with the code, or with what is wrong", body = String, content_type = "text/html")))]
async fn allow(State(app): State<App>, here: Here, Form(said): Form<Said>) -> Result<Response, Problem> {
    let account = here.account().await?;
    let Said { email, password, asked } = said;
    if let Some(what) = asked.fault() {
        return Ok(broken(&here, &account, what));
    }
    let again = |wrong: &str, status| asked.page(&here, &account, &email, Some(wrong)).answer(status, &here, &account);
    let person = match app.guess(&here, &email, Secret::new(password)).await? {
        Guess::Right(person) => person,
        Guess::Wrong => return Ok(again("page-sign-in-wrong", StatusCode::OK)),
        Guess::TooOften => return Ok(again("page-sign-in-often", StatusCode::TOO_MANY_REQUESTS)),
    };
    let code = here.say(here.visitor().let_act(person.id, asked.wish()).await)?;
    if asked.redirect_uri == SHOWN {
        let words = &here.site.words;
        let page = Page {
            title: words.word("page-code"),
            lines: vec![words.word("page-code-why")],
            code: Some(code.expose().to_owned()),
            ..Page::default()
        };
        return Ok(page.answer(StatusCode::OK, &here, &account));
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("code", code.expose());
    if !asked.state.is_empty() {
        query.append_pair("state", &asked.state);
    }
    let to = format!("{}?{}", asked.redirect_uri, query.finish());
    Ok(([(header::REFERRER_POLICY, "no-referrer"), (header::CACHE_CONTROL, "no-store")], Redirect::to(&to))
        .into_response())
}

/// What a program sends for its tokens, as JSON or as a form.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Fetch {
    grant_type: String,
    code: String,
    redirect_uri: String,
    client_id: String,
    code_verifier: String,
    refresh_token: String,
    /// Seconds.
    expires_in: Option<i64>,
}

/// Tokens for a code, or for the refresh token before.
#[utoipa::path(post, path = "/oauth/tokens", tag = "Signing in",
    request_body(content = Value, description = "`grant_type` `authorization_code` or `refresh_token`, as JSON or as a form"),
    responses((status = 200, description = "The tokens", body = Value), (status = 401, description = "Not good, or not any more", body = Value)))]
async fn fetch(State(app): State<App>, here: Here, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let form =
        headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form"));
    let read = if form {
        let pairs: std::collections::BTreeMap<String, String> =
            url::form_urlencoded::parse(&body).into_owned().collect();
        let mut object = json!(pairs);
        if let Some(seconds) = pairs.get("expires_in").and_then(|text| text.parse::<i64>().ok()) {
            object["expires_in"] = json!(seconds);
        }
        serde_json::from_value::<Fetch>(object)
    } else {
        serde_json::from_slice::<Fetch>(&body)
    };
    let Ok(wanted) = read else { return Ok(refused(StatusCode::BAD_REQUEST, "invalid_request")) };
    if app.tries().are_used_up(&here, "").await {
        return Err(Problem::too_fast(60));
    }
    let (visitor, good_for) = (here.visitor(), wanted.expires_in.map(|seconds| Span(seconds.saturating_mul(1000))));
    let answer = match wanted.grant_type.as_str() {
        "authorization_code" => {
            let program = (wanted.client_id, wanted.redirect_uri);
            visitor.redeem(&Secret::new(wanted.code), program, Secret::new(wanted.code_verifier), good_for).await
        }
        "refresh_token" => visitor.renew(&Secret::new(wanted.refresh_token), wanted.client_id, good_for).await,
        _ => return Ok(refused(StatusCode::BAD_REQUEST, "unsupported_grant_type")),
    };
    match answer {
        Ok(tokens) => Ok(([(header::CACHE_CONTROL, "no-store")], Json(told(&tokens))).into_response()),
        Err(Error::Refused(Refusal::BadLink)) => {
            app.tries().failed(&here, "").await;
            Ok(refused(StatusCode::UNAUTHORIZED, "invalid_grant"))
        }
        Err(error) => Err(here.problem(&error)),
    }
}

fn refused(status: StatusCode, error: &str) -> Response {
    let body = json!({ "error": error, "error_description": "The code or token is wrong, was used, or is too old" });
    (status, Json(body)).into_response()
}

fn told(tokens: &Tokens) -> Value {
    json!({
        "access_token": tokens.access.expose(),
        "refresh_token": tokens.refresh.expose(),
        "token_type": "bearer",
        "scope": tokens.scope.as_str(),
        "expires_in": tokens.good_for.0 / 1000,
        "refresh_token_expires_in": crate::domain::grant::GrantLife::REFRESH.0 / 1000,
    })
}

/// The token that is in use.
#[utoipa::path(get, path = "/oauth/tokens/current", tag = "Signing in",
    responses((status = 200, description = "What it may do, and for how long", body = Value)))]
async fn current(caller: Caller) -> Result<Json<Value>, Problem> {
    let let_in = caller.let_in.as_ref().ok_or_else(Problem::not_found)?;
    Ok(Json(json!({ "token": {
        "user_id": let_in.person.id.0,
        "client_id": let_in.name,
        "scopes": let_in.scope.as_str().split(' ').collect::<Vec<_>>(),
        "expires_in": let_in.left.0 / 1000,
    } })))
}

/// Ends the token that is in use, and its refresh token.
#[utoipa::path(delete, path = "/oauth/tokens/current", tag = "Signing in",
    responses((status = 204, description = "It is good no longer")))]
async fn end(caller: Caller) -> Result<StatusCode, Problem> {
    let let_in = caller.let_in.as_ref().ok_or_else(Problem::not_found)?;
    caller.say(caller.here.visitor().sign_out(let_in).await)?;
    Ok(StatusCode::NO_CONTENT)
}
