use super::{Place, Time, Via};
use crate::domain::comment::{Attachment as DomainFile, Comment as Domain, Visibility};
use serde::Serialize;
use utoipa::ToSchema;

/// Something said on a ticket or request.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type")]
pub struct Comment {
    id: i64,
    author_id: i64,
    body: String,
    html_body: String,
    plain_body: String,
    public: bool,
    attachments: Vec<Attachment>,
    via: Via,
    created_at: Time,
}

impl Comment {
    /// A comment of a ticket or request.
    pub fn of(comment: &Domain, place: &Place) -> Self {
        Self {
            id: comment.id.0,
            author_id: comment.author.0,
            html_body: html(&comment.body),
            plain_body: comment.body.clone(),
            body: comment.body.clone(),
            public: comment.visibility == Visibility::Public,
            attachments: comment.attachments.iter().map(|file| Attachment::of(file, place)).collect(),
            via: Via::of(comment.via),
            created_at: comment.created_at.into(),
        }
    }

    pub(super) fn body(&self) -> &str {
        &self.body
    }
}

/// A file on a comment.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Attachment {
    url: Option<String>,
    id: i64,
    file_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mapped_content_url: Option<String>,
    content_type: String,
    size: u64,
    inline: bool,
    deleted: bool,
    width: Option<u32>,
    height: Option<u32>,
    thumbnails: Vec<String>,
    malware_scan_result: &'static str,
    malware_access_override: bool,
}

impl Attachment {
    /// A file on a comment.
    pub fn of(file: &DomainFile, place: &Place) -> Self {
        Self {
            url: place.url(&format!("attachments/{}", file.id)),
            id: file.id.0,
            file_name: file.name.clone(),
            content_url: place.content_url(file),
            mapped_content_url: place.content_url(file),
            content_type: file.content_type.clone(),
            size: file.size,
            inline: false,
            deleted: false,
            width: None,
            height: None,
            thumbnails: Vec::new(),
            malware_scan_result: "not_scanned",
            malware_access_override: false,
        }
    }
}

/// The text as HTML: nothing in it is a tag but the line breaks.
fn html(body: &str) -> String {
    let mut html = String::with_capacity(body.len() + 64);
    html.push_str("<div class=\"zd-comment\" dir=\"auto\">");
    for c in body.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' => html.push_str("<br>"),
            '\r' => {}
            other => html.push(other),
        }
    }
    html.push_str("</div>");
    html
}
