//! Asking for access, and choosing a password by what was sent (R154, R155).

use super::App;
use super::caller::Here;
use super::page::{Field, Page};
use super::problem::Problem;
use crate::client::Error;
use crate::domain::person::EmailAddress;
use crate::domain::refusal::Refusal;
use crate::domain::secret::{MIN_PASSWORD_CHARS, Secret};
use crate::language::args;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn pages() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(front)).routes(routes!(ask, send)).routes(routes!(choose, set))
}

/// What somebody sees who opens the address in a browser: what it is, and how to get in.
#[utoipa::path(get, path = "/", tag = "Signing in",
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
async fn front(here: Here) -> Result<Response, Problem> {
    let account = here.account().await?;
    let words = &here.site.words;
    let page = Page {
        title: words.say("page-front", args![account = account.as_str()]),
        lines: vec![words.word("page-front-why")],
        code: Some(format!("guichet sign-in {}", here.base)),
        links: vec![
            ("/access".to_owned(), words.word("page-sign-in-forgotten")),
            ("/api/v2/openapi".to_owned(), words.word("page-front-programs")),
        ],
        ..Page::default()
    };
    Ok(page.answer(StatusCode::OK, &here, &account))
}

#[derive(Deserialize, ToSchema)]
#[schema(as = AccessAsked)]
struct Asked {
    #[serde(default)]
    name: String,
    email: String,
}

fn form(here: &Here, account: &str, asked: &Asked, wrong: Option<&str>) -> Page {
    let words = &here.site.words;
    Page {
        title: words.say("page-access", args![account = account]),
        lines: vec![words.word("page-access-why")],
        wrong: wrong.map(|key| words.word(key)),
        action: "/access".to_owned(),
        fields: vec![Field::name(words, &asked.name), Field::email(words, &asked.email)],
        button: Some(words.word("page-access-button")),
        ..Page::default()
    }
}

/// The page on which somebody asks for access or for a new password.
#[utoipa::path(get, path = "/access", tag = "Signing in",
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
async fn ask(here: Here) -> Result<Response, Problem> {
    let account = here.account().await?;
    let asked = Asked { name: String::new(), email: String::new() };
    Ok(form(&here, &account, &asked, None).answer(StatusCode::OK, &here, &account))
}

/// Somebody asks. Whether the address is known is not told (R154).
#[utoipa::path(post, path = "/access", tag = "Signing in",
    responses((status = 200, description = "That a link is on its way, if it can be", body = String, content_type = "text/html")))]
async fn send(State(app): State<App>, here: Here, Form(asked): Form<Asked>) -> Result<Response, Problem> {
    let account = here.account().await?;
    let again = |key: &str| form(&here, &account, &asked, Some(key)).answer(StatusCode::OK, &here, &account);
    let Ok(address) = EmailAddress::parse(asked.email.trim()) else { return Ok(again("page-access-bad-address")) };
    if app.tries().are_used_up(&here, "").await {
        return Ok(again("page-sign-in-often"));
    }
    app.tries().failed(&here, "").await;
    let name = Some(asked.name.trim().to_owned()).filter(|name| !name.is_empty());
    match here.visitor().ask_access(name, address.clone()).await {
        // Who is known gets a link all the same.
        Err(Error::Refused(Refusal::SignUpClosed)) => here.say(here.visitor().ask_access(None, address).await)?,
        Err(Error::Refused(Refusal::TooOften)) => return Ok(again("page-sign-in-often")),
        other => here.say(other)?,
    }
    let words = &here.site.words;
    let page = Page {
        title: words.word("page-access-sent"),
        lines: vec![words.word("page-access-sent-why")],
        ..Page::default()
    };
    Ok(page.answer(StatusCode::OK, &here, &account))
}

#[derive(Deserialize, ToSchema)]
struct Chosen {
    password: String,
}

fn password(here: &Here, account: &str, token: &str, wrong: Option<String>) -> Page {
    let words = &here.site.words;
    Page {
        title: words.word("page-password-new"),
        lines: vec![words.say("page-password-new-why", args![account = account, min = MIN_PASSWORD_CHARS])],
        wrong,
        action: format!("/access/{token}"),
        fields: vec![Field::password(words, true)],
        button: Some(words.word("page-password-button")),
        ..Page::default()
    }
}

/// What is in a link: letters and digits, and not many.
fn could_be_link(token: &str) -> bool {
    (1..=128).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The page on which somebody chooses a password by a link.
#[utoipa::path(get, path = "/access/{token}", tag = "Signing in", params(("token" = String, Path)),
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
async fn choose(here: Here, Path(token): Path<String>) -> Result<Response, Problem> {
    let account = here.account().await?;
    if !could_be_link(&token) {
        return Err(Problem::not_found());
    }
    Ok(password(&here, &account, &token, None).answer(StatusCode::OK, &here, &account))
}

/// The password is chosen.
#[utoipa::path(post, path = "/access/{token}", tag = "Signing in", params(("token" = String, Path)),
    responses((status = 200, description = "That it is set, or what is wrong", body = String, content_type = "text/html")))]
async fn set(
    State(app): State<App>,
    here: Here,
    Path(token): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Problem> {
    let account = here.account().await?;
    if !could_be_link(&token) {
        return Err(Problem::not_found());
    }
    let words = &here.site.words;
    let again = |wrong: String| password(&here, &account, &token, Some(wrong)).answer(StatusCode::OK, &here, &account);
    if app.tries().are_used_up(&here, "").await {
        return Ok(again(words.word("page-sign-in-often")));
    }
    match here.visitor().use_link(&Secret::new(&token), Secret::new(chosen.password)).await {
        Ok(_) => {}
        Err(Error::Refused(Refusal::BadLink)) => {
            app.tries().failed(&here, "").await;
            return Ok(again(words.word("page-password-bad-link")));
        }
        Err(Error::Refused(refusal)) => return Ok(again(crate::words::refusal(words, &refusal))),
        Err(error) => return Err(here.problem(&error)),
    }
    let page = Page {
        title: words.word("page-password-set"),
        lines: vec![words.word("page-password-set-why")],
        ..Page::default()
    };
    Ok(page.answer(StatusCode::OK, &here, &account))
}
