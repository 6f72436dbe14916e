//! Shapes that many answers have: envelopes, pages, counts.

use super::caller::Caller;
use crate::wire::Time;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

/// What a list is answered with.
pub type Listed = Json<Map<String, Value>>;

/// An envelope: an object, or several, under a name.
macro_rules! envelope {
    ($(#[$doc:meta])* $name:ident { $key:ident: $one:ty }) => {
        $(#[$doc])*
        #[derive(serde::Serialize, utoipa::ToSchema)]
        pub(in crate::server) struct $name {
            pub $key: $one,
        }
    };
}

/// What is sent in an envelope.
macro_rules! sent {
    ($(#[$doc:meta])* $name:ident { $key:ident: $one:ty }) => {
        $(#[$doc])*
        #[derive(serde::Deserialize, utoipa::ToSchema)]
        pub(in crate::server) struct $name {
            pub $key: $one,
        }
    };
}

/// The shape of a page of a list, as the document tells it.
macro_rules! page {
    ($(#[$doc:meta])* $name:ident { $key:ident: $row:ty }) => {
        $(#[$doc])*
        #[derive(utoipa::ToSchema)]
        #[expect(dead_code, reason = "what is answered is made by `Rows::body`; this is its shape for the document")]
        pub(in crate::server) struct $name {
            $key: Vec<$row>,
            /// Of numbered pages: how many there are in all.
            count: Option<u64>,
            /// Of numbered pages.
            next_page: Option<String>,
            /// Of numbered pages.
            previous_page: Option<String>,
            /// Of pages by cursor.
            meta: Option<crate::wire::Meta>,
            /// Of pages by cursor.
            links: Option<crate::server::shape::Links>,
        }
    };
}

pub(super) use {envelope, page, sent};

/// Where the neighbours of a page are.
#[derive(ToSchema)]
#[expect(dead_code, reason = "what is answered is made by `Rows::body`; this is its shape for the document")]
pub struct Links {
    next: Option<String>,
    prev: Option<String>,
}

/// How lists are asked for in pages.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by `Paging::of`; this is its shape for the document")]
pub struct Pages {
    /// The number of a page, from 1.
    page: Option<u64>,
    /// Rows of a numbered page, 100 at most.
    per_page: Option<u32>,
    /// Rows of a page by cursor, 100 at most; with it pages go by cursor.
    #[param(rename = "page[size]")]
    page_size: Option<u32>,
    /// After which place.
    #[param(rename = "page[after]")]
    page_after: Option<String>,
    /// Before which place.
    #[param(rename = "page[before]")]
    page_before: Option<String>,
    /// By what pages by cursor are ordered, with `-` the other way round.
    sort: Option<String>,
}

/// How many.
#[derive(Serialize, ToSchema)]
pub struct Counted {
    count: CountValue,
}

/// How many, and since when that is known.
#[derive(Serialize, ToSchema)]
struct CountValue {
    value: u64,
    refreshed_at: Option<Time>,
}

impl Counted {
    /// So many, now.
    pub fn now(value: u64, caller: &Caller) -> Json<Self> {
        Json(Self { count: CountValue { value, refreshed_at: Some(caller.client.now().into()) } })
    }
}

/// Something new: where it is from now on, and what it is.
pub fn created(caller: &Caller, path: &str, body: impl Serialize) -> Response {
    let mut response = (StatusCode::CREATED, Json(body)).into_response();
    let at = format!("{}{}/{path}.json", caller.here.base, super::API);
    if let Ok(at) = HeaderValue::from_str(&at) {
        response.headers_mut().insert(header::LOCATION, at);
    }
    response
}
