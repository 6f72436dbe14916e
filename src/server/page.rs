//! The few small pages that a browser shows: plain HTML without scripts, whole in a text browser.

use super::caller::Here;
use crate::language::Language;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use minijinja::{Environment, context};
use serde::Serialize;

const TEMPLATE: &str = include_str!("../../assets/pages/page.html");
/// Nothing is fetched, framed or run; a form goes here, or on to the program that waits on the reader's own machine.
const POLICY: &str =
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' http://127.0.0.1:*";

/// A page with at most one form on it.
#[derive(Default, Serialize)]
pub(super) struct Page {
    pub(super) title: String,
    pub(super) lines: Vec<String>,
    /// What is wrong with what was sent.
    pub(super) wrong: Option<String>,
    /// Something to be typed elsewhere.
    pub(super) code: Option<String>,
    pub(super) action: String,
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) fields: Vec<Field>,
    pub(super) button: Option<String>,
    /// Addresses with their words.
    pub(super) links: Vec<(String, String)>,
}

/// A line to be filled in.
#[derive(Serialize)]
pub(super) struct Field {
    name: &'static str,
    label: String,
    kind: &'static str,
    /// What a browser may fill in by itself.
    fill: &'static str,
    value: String,
}

impl Field {
    pub(super) fn email(words: &Language, value: &str) -> Self {
        let label = words.word("page-email");
        Self { name: "email", label, kind: "email", fill: "username", value: value.to_owned() }
    }

    pub(super) fn name(words: &Language, value: &str) -> Self {
        Self { name: "name", label: words.word("page-name"), kind: "text", fill: "name", value: value.to_owned() }
    }

    pub(super) fn password(words: &Language, new: bool) -> Self {
        let fill = if new { "new-password" } else { "current-password" };
        Self { name: "password", label: words.word("page-password"), kind: "password", fill, value: String::new() }
    }
}

impl Page {
    /// The page as it is sent.
    pub(super) fn answer(&self, status: StatusCode, here: &Here, account: &str) -> Response {
        let mut environment = Environment::new();
        let drawn = environment.add_template("page.html", TEMPLATE).and_then(|()| {
            let page = minijinja::Value::from(minijinja::value::Serde(self));
            let language = here.site.words.code();
            environment.get_template("page.html")?.render(context! { language, account, ..page })
        });
        let Ok(text) = drawn else { return super::problem::Problem::unavailable().into_response() };
        let mut response = (status, Html(text)).into_response();
        let headers = response.headers_mut();
        for (name, value) in [
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::CACHE_CONTROL, "no-store"),
            (header::X_FRAME_OPTIONS, "DENY"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }
}
