//! What went wrong, as the API says it: a status code and one of its envelopes.

use crate::client::{Error, StoreFault};
use crate::domain::refusal::{Field, Refusal};
use crate::language::Language;
use crate::words;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A request that is not answered with what it asked for.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    body: Value,
    /// Seconds after which to ask again.
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem of that name, with a sentence.
    pub fn new(status: StatusCode, error: &str, description: &str) -> Self {
        Self { status, body: json!({ "error": error, "description": description }), retry_after: None }
    }

    /// There is none, or whoever asks may not know of it.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "RecordNotFound", "Not found")
    }

    /// No route is called that.
    pub fn no_such_route() -> Self {
        Self::new(StatusCode::NOT_FOUND, "InvalidEndpoint", "Not found")
    }

    /// Nobody knows who asks.
    pub fn unknown_caller() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            body: json!({ "error": "Couldn't authenticate you" }),
            retry_after: None,
        }
    }

    /// Who asks may not do that.
    pub fn forbidden() -> Self {
        let said = json!({ "title": "Forbidden", "message": "You do not have access to this page. Please contact the account owner of this help desk for further help." });
        Self { status: StatusCode::FORBIDDEN, body: json!({ "error": said }), retry_after: None }
    }

    /// A parameter makes no sense.
    pub fn bad_parameter(name: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidParameter", &format!("{name} is invalid"))
    }

    /// The body makes no sense.
    pub fn bad_body(why: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidBody", why)
    }

    /// More than is taken at once.
    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PayloadTooLarge", "That is more than is taken at once")
    }

    /// Too many jobs wait.
    pub fn too_many_jobs() -> Self {
        let description = "Too many jobs are queued or running";
        Self { retry_after: Some(10), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "TooManyJobs", description) }
    }

    /// Whether it is nobody's fault, and can be different a moment later.
    pub fn passes(&self) -> bool {
        self.status.is_server_error()
    }

    /// What went wrong in a row of a job: a word for programs, and a sentence.
    pub fn said(&self) -> (String, String) {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let word = text(&self.body["error"]).or_else(|| text(&self.body["error"]["title"]));
        let details = self.body["details"].as_object();
        let detail = details.and_then(|all| all.values().next()).and_then(|first| text(&first[0]["description"]));
        let said = detail.or_else(|| text(&self.body["description"])).or_else(|| text(&self.body["error"]["message"]));
        (word.unwrap_or_default(), said.unwrap_or_default())
    }

    /// What was begun to be sent did not come.
    pub fn too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "RequestTimeout", "The body did not come in time")
    }

    /// More than a hundred of something at once.
    pub fn too_many_values() -> Self {
        let mut problem = Self::new(StatusCode::BAD_REQUEST, "TooManyValues", "Too many values, at most 100");
        problem.body["max_count"] = json!(100);
        problem
    }

    /// A paging parameter makes no sense.
    pub fn bad_paging(code: &str, title: &str) -> Self {
        let body = json!({ "errors": [{ "code": code, "title": title }] });
        Self { status: StatusCode::BAD_REQUEST, body, retry_after: None }
    }

    /// A record cannot be so, under the API's name of the field, or `base`.
    pub fn invalid(field: &str, error: &str, description: &str) -> Self {
        let mut said = serde_json::Map::new();
        said.insert(field.to_owned(), json!([{ "description": description, "error": error }]));
        let body = json!({ "error": "RecordInvalid", "description": "Record validation errors", "details": said });
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, body, retry_after: None }
    }

    /// Somebody changed it first.
    pub fn conflict() -> Self {
        let description = "Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.";
        Self::new(StatusCode::CONFLICT, "UpdateConflict", description)
    }

    /// Searches end there.
    pub fn search_ends() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "Invalid search: Requested response size was greater than Search Response Limits",
        )
    }

    /// Too much was asked by one caller.
    pub fn too_fast(seconds: u64) -> Self {
        let error = "APIRateLimitExceeded";
        let description = "Number of allowed API requests per minute exceeded";
        Self { retry_after: Some(seconds.max(1)), ..Self::new(StatusCode::TOO_MANY_REQUESTS, error, description) }
    }

    /// Not now.
    pub fn unavailable() -> Self {
        Self::unavailable_for("The account cannot answer at the moment")
    }

    fn unavailable_for(why: &str) -> Self {
        Self { retry_after: Some(5), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "ServiceUnavailable", why) }
    }

    /// What an account answered with, said in a language.
    pub fn of(error: &Error, language: &Language) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Denied => Self::forbidden(),
            Error::SignedOut => Self::unknown_caller(),
            Error::Conflict { .. } => {
                let description = words::refusal(language, &Refusal::Conflict { expected: 0, actual: 0 });
                Self::new(StatusCode::CONFLICT, "UpdateConflict", &description)
            }
            Error::KeyReused => Self::new(
                StatusCode::BAD_REQUEST,
                "IdempotencyKeyReused",
                "This Idempotency-Key was used with another body",
            ),
            Error::Refused(refusal) => Self::refused(refusal, language),
            Error::Unclear(what) => Self::invalid("query", "invalid", &words::query_error(language, what)),
            Error::NotRehearsed => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "NotRehearsed", "Only the set-up is rehearsed")
            }
            Error::NotHere(lack) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "NotHere", &words::lack(language, *lack))
            }
            Error::Said(text) => Self::invalid("base", "invalid", text),
            Error::Garbled(_) => Self::bad_paging("InvalidPaginationParameter", "That is no place of this list"),
            Error::Throttled(_) => Self::too_fast(60),
            Error::Store(StoreFault::Overtaken(_)) => Self::unavailable_for(&language.word("error-store-overtaken")),
            Error::Unreachable(_) | Error::Store(_) => Self::unavailable(),
        }
    }

    fn refused(refusal: &Refusal, language: &Language) -> Self {
        let sentence = words::refusal(language, refusal);
        match refusal {
            Refusal::NotFound(_) => Self::not_found(),
            Refusal::Role { .. } | Refusal::AgentsOnly(_) => Self::forbidden(),
            Refusal::Suspended | Refusal::NoAccess(_) => Self::unknown_caller(),
            Refusal::Conflict { .. } => Self::new(StatusCode::CONFLICT, "UpdateConflict", &sentence),
            Refusal::TooMuchAsked { .. } => Self::too_many_values(),
            Refusal::TooOften => Self::too_fast(60),
            Refusal::AddressTaken => Self::invalid("email", "DuplicateValue", &sentence),
            Refusal::NameTaken(_) => Self::invalid("name", "DuplicateValue", &sentence),
            Refusal::Empty(field) => Self::invalid(name(*field), "BlankValue", &sentence),
            Refusal::Closed(_) | Refusal::BackToNew => Self::invalid("status", "RecordInvalid", &sentence),
            Refusal::Malformed(field) | Refusal::NotAnAgent(field) => {
                Self::invalid(name(*field), "InvalidValue", &sentence)
            }
            Refusal::TooLong { field, .. } => Self::invalid(name(*field), "TooLong", &sentence),
            Refusal::TooShort { field, .. } => Self::invalid(name(*field), "TooShort", &sentence),
            Refusal::KindMissing => Self::invalid("ticket_form_id", "BlankValue", &sentence),
            Refusal::BadValue { .. } | Refusal::NotOnForm { .. } | Refusal::TeamsField { .. } => {
                Self::invalid("custom_fields", "InvalidValue", &sentence)
            }
            _ => Self::invalid("base", "RecordInvalid", &sentence),
        }
    }
}

/// What the API calls a field.
const fn name(field: Field) -> &'static str {
    match field {
        Field::Ccs => "email_ccs",
        Field::Due => "due_at",
        Field::ExternalId => "external_id",
        Field::Kind => "ticket_form_id",
        Field::Domains => "domain_names",
        Field::Language => "locale",
        Field::SharedTickets => "shared_tickets",
        Field::SharedComments => "shared_comments",
        Field::TimeZone => "time_zone",
        Field::Fields => "custom_fields",
        Field::Restriction => "ticket_restriction",
        Field::Profile => "notes",
        other => other.name(),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let basic = HeaderValue::from_static("Basic realm=\"Web Password\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, basic);
        }
        response
    }
}
