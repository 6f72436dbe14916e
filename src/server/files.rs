//! Files: handed in for a comment to come, and read where their comment may be read.

use super::App;
use super::ask::{Ask, Id};
use super::body::bytes;
use super::caller::{Caller, Here};
use super::problem::Problem;
use super::shape::{created, envelope};
use crate::client::Client as _;
use crate::domain::comment::Upload;
use crate::domain::id::AttachmentId;
use crate::wire::{Attachment, Uploaded, upload_tokens};
use axum::Json;
use axum::Router;
use axum::extract::{FromRequest as _, Multipart, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(upload)).routes(routes!(delete)).routes(routes!(show))
}

/// Where the bytes of files are, beside the API.
pub(super) fn downloads() -> Router<App> {
    Router::new().route("/attachments/token/{token}", get(download)).route("/attachments/token/{token}/", get(download))
}

envelope!(
    /// Files that were handed in.
    UploadOne { upload: Uploaded }
);
envelope!(
    /// A file.
    AttachmentOne { attachment: Attachment }
);

/// A file as it came.
struct Given {
    name: String,
    content_type: String,
    bytes: Vec<u8>,
}

const UNKNOWN: &str = "application/octet-stream";

/// Reads a file whichever way a client sends it: as it is, whatever its type is said to be, or as a form.
async fn given(request: Request, ask: &Ask, app: &App) -> Result<Given, Problem> {
    let said = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or(UNKNOWN).to_owned();
    let named = ask.get("filename").map(str::to_owned);
    if said.starts_with("multipart/form-data") {
        return of_form(request, named, app).await;
    }
    let body = bytes(request, app).await?;
    let name = named.ok_or_else(|| Problem::bad_parameter("filename"))?;
    Ok(Given { content_type: better(&said, &name), name, bytes: body.to_vec() })
}

async fn of_form(request: Request, named: Option<String>, app: &App) -> Result<Given, Problem> {
    let broken = |_| Problem::bad_body("The form cannot be read");
    let mut form = Multipart::from_request(request, app).await.map_err(|_| Problem::bad_body("That is no form"))?;
    let (mut name, mut file) = (named, None);
    while let Some(part) = form.next_field().await.map_err(broken)? {
        match part.name() {
            Some("filename") => name = name.or(part.text().await.ok().filter(|text| !text.is_empty())),
            Some("uploaded_data" | "file") => {
                let (called, kind) = (part.file_name().map(str::to_owned), part.content_type().map(str::to_owned));
                let bytes = part.bytes().await.map_err(broken)?;
                file = Some((called, kind.unwrap_or_else(|| UNKNOWN.to_owned()), bytes.to_vec()));
            }
            _ => {}
        }
    }
    let (called, kind, bytes) = file.ok_or_else(|| Problem::bad_body("uploaded_data is missing"))?;
    let name = name.or(called).ok_or_else(|| Problem::bad_parameter("filename"))?;
    Ok(Given { content_type: better(&kind, &name), name, bytes })
}

/// Some clients say of every file that it is JSON: unless it is called so, nobody knows what it is.
fn better(said: &str, name: &str) -> String {
    let json = said.starts_with("application/json");
    let called = name.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    if json && !called { UNKNOWN.to_owned() } else { said.to_owned() }
}

/// Hands a file in for a comment to come; with the `token` of earlier ones it goes with those.
#[utoipa::path(post, path = "/uploads", tag = "Attachments",
    params(("filename" = Option<String>, Query), ("token" = Option<String>, Query)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "What to name in the comment", body = UploadOne)))]
async fn upload(caller: Caller, ask: Ask, State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let Given { name, content_type, bytes } = given(request, &ask, &app).await?;
    let kept: Upload = caller.say(caller.client.upload(name, content_type, bytes).await)?;
    let before = ask.get("token").unwrap_or_default();
    let body = UploadOne { upload: Uploaded::of(before, &kept) };
    Ok(created(&caller, "uploads", body))
}

/// Takes files of one's own away that wait for their comment. Others' are not told from those that are not there.
#[utoipa::path(delete, path = "/uploads/{token}", tag = "Attachments", params(("token" = String, Path)),
    responses((status = 204, description = "They are gone")))]
async fn delete(caller: Caller, Path(token): Path<String>) -> Result<StatusCode, Problem> {
    let mut any = false;
    for token in upload_tokens(&token) {
        any |= caller.say(caller.client.drop_upload(token).await)?;
    }
    if any { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// A file, if its comment may be read.
#[utoipa::path(get, path = "/attachments/{attachment_id}", tag = "Attachments", params(("attachment_id" = i64, Path)),
    responses((status = 200, description = "The file, and where its bytes are", body = AttachmentOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<AttachmentOne>, Problem> {
    let session = caller.session().await?;
    let (file, _) = caller.say(caller.client.attachment(AttachmentId(id)).await)?;
    Ok(Json(AttachmentOne { attachment: Attachment::of(&file, &caller.place(&session)) }))
}

/// Types of which no browser makes more than a picture or a text.
const HARMLESS: [&str; 7] =
    ["image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "application/pdf", "application/zip"];

/// The bytes of a file, for whoever holds the link: always to be saved, never to be opened by the browser.
async fn download(here: Here, Path(token): Path<String>) -> Result<Response, Problem> {
    let found = here.visitor().file_by_link(&token).await;
    let (file, bytes) = found.map_err(|error| here.problem(&error))?;
    let bare = file.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let kind = HARMLESS.into_iter().find(|known| *known == bare).unwrap_or(UNKNOWN);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer"));
    let name = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect::<String>().replace('+', "%20");
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
