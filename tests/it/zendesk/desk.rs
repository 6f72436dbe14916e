//! An account that answers as it was told to, and else as a small account at Zendesk does.

use crate::support::town::still;
use guichet::client::remote::{SignIn, Target, Transport, Zendesk};
use guichet::domain::secret::Secret;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub const JSON: &str = "content-type: application/json; charset=utf-8\r\n";

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub line: String,
    pub head: String,
    pub body: Value,
}

type Answers = Arc<Mutex<Vec<(String, VecDeque<String>)>>>;

/// The account.
pub struct Desk {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    answers: Answers,
}

impl Desk {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (asked, answers): (Arc<Mutex<Vec<Asked>>>, Answers) = (Arc::default(), Arc::default());
        let desk = Self { url, asked: Arc::clone(&asked), answers: Arc::clone(&answers) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&asked), Arc::clone(&answers)));
            }
        });
        desk
    }

    /// What questions that begin so get, one after the other; then they get what they always get.
    pub fn says(&self, begins: &str, answers: impl IntoIterator<Item = String>) {
        let mut all = self.answers.lock().expect("unlocked");
        all.push((begins.to_owned(), answers.into_iter().collect()));
    }

    pub fn transport(&self) -> Transport {
        let target = Target { url: self.url.clone(), sign_in: SignIn::Nobody, plain: false, clock: still() };
        Transport::new(target).expect("a way")
    }

    pub fn client(&self) -> Zendesk {
        Zendesk::new(self.transport().signed_in(SignIn::Bearer(Secret::new("the-token"))))
    }

    /// What was asked that begins so.
    pub fn asked(&self, begins: &str) -> Vec<Asked> {
        let asked = self.asked.lock().expect("unlocked");
        asked.iter().filter(|one| one.line.starts_with(begins)).cloned().collect()
    }
}

async fn answer(mut stream: TcpStream, asked: Arc<Mutex<Vec<Asked>>>, answers: Answers) {
    let Some(one) = request(&mut stream).await else { return };
    let line = one.line.clone();
    asked.lock().expect("unlocked").push(one);
    let told = {
        let mut answers = answers.lock().expect("unlocked");
        let mut fits = answers.iter_mut().filter(|(begins, left)| line.starts_with(begins) && !left.is_empty());
        fits.next().and_then(|(_, left)| left.pop_front())
    };
    let text = told.unwrap_or_else(|| usual(&line));
    stream.write_all(text.as_bytes()).await.ok();
}

async fn request(stream: &mut TcpStream) -> Option<Asked> {
    let mut text = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = stream.read(&mut chunk).await.unwrap_or(0);
        text.extend_from_slice(&chunk[..count]);
        let said = String::from_utf8_lossy(&text).into_owned();
        let Some((head, body)) = said.split_once("\r\n\r\n") else {
            if count == 0 {
                return None;
            }
            continue;
        };
        let lower = head.to_lowercase();
        let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
        if count == 0 || body.len() >= length.unwrap_or(0) {
            let line = head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
            let line = line.replacen("/api/v2/", "", 1);
            return Some(Asked { line, head: lower, body: serde_json::from_str(body).unwrap_or(Value::Null) });
        }
    }
}

pub fn http(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
}

pub fn ok(body: &Value) -> String {
    http("200 OK", JSON, &body.to_string())
}

pub fn fails(status: &str, body: &Value) -> String {
    http(status, JSON, &body.to_string())
}

/// What the account answers when it was not told otherwise.
fn usual(line: &str) -> String {
    let Some((method, path)) = line.split_once(' ') else { return http("400 Bad Request", "", "") };
    let bare = path.split('?').next().unwrap_or(path);
    let body = match (method, bare) {
        ("GET", "users/me") => json!({ "user": user(115, "Sam Agent", "agent") }),
        ("GET", "ticket_fields") => whole("ticket_fields", &fields()),
        ("GET", "user_fields") => whole("user_fields", &json!([])),
        ("GET", "organization_fields") => whole("organization_fields", &json!([])),
        ("GET", "ticket_forms") => whole("ticket_forms", &json!([form()])),
        ("GET", "custom_statuses") => whole("custom_statuses", &statuses()),
        ("GET", "groups") => {
            whole("groups", &json!([{ "id": 360, "name": "Billing", "default": true, "deleted": false }]))
        }
        ("GET", "views/active") => whole("views", &json!([view()])),
        ("GET", "account/settings") => json!({ "settings": {
            "tickets": { "is_first_comment_private_enabled": false, "agent_ticket_deletion": true },
            "active_features": { "customer_satisfaction": true },
            "limits": { "attachment_size": 52_428_800 },
            "localization": { "locale": "fr-FR" },
        } }),
        ("GET", "tickets/35436") => json!({ "ticket": ticket(), "users": people() }),
        ("GET", "tickets/35436/comments") => paged("comments", &comments(), false, None),
        ("GET", "tickets/35436/audits") => whole("audits", &json!([])),
        ("GET", "users/show_many") => whole("users", &people()),
        _ => return fails("404 Not Found", &json!({ "error": "RecordNotFound", "description": "Not found" })),
    };
    ok(&body)
}

/// A list that is told whole.
pub fn whole(name: &str, rows: &Value) -> Value {
    let count = rows.as_array().map_or(0, Vec::len);
    json!({ name: rows, "count": count, "next_page": null, "previous_page": null })
}

/// A page by cursor: the last one has a cursor too.
pub fn paged(name: &str, rows: &Value, more: bool, after: Option<&str>) -> Value {
    let after = after.unwrap_or("eyJvIjoiaWQifQ==");
    json!({ name: rows, "meta": { "has_more": more, "after_cursor": after, "before_cursor": "x" },
        "links": { "next": "https://elsewhere.example/api/v2/next", "prev": null } })
}

pub fn user(id: i64, name: &str, role: &str) -> Value {
    json!({ "id": id, "url": format!("https://acme.zendesk.com/api/v2/users/{id}.json"), "name": name,
        "email": format!("u{id}@acme.example"), "role": role, "active": true, "verified": true, "suspended": false,
        "created_at": "2019-05-02T08:00:00Z", "updated_at": "2026-01-02T08:00:00Z", "locale": "fr", "locale_id": 16,
        "time_zone": "Paris", "iana_time_zone": "Europe/Paris", "organization_id": null, "default_group_id": 360,
        "ticket_restriction": null, "only_private_comments": false, "photo": null, "tags": [], "user_fields": {} })
}

pub fn people() -> Value {
    json!([user(115, "Sam Agent", "agent"), user(20, "Rita \u{1b}[31mRed", "end-user")])
}

fn fields() -> Value {
    json!([
        { "id": 1, "type": "subject", "title": "Subject", "active": true, "required": false, "position": 0 },
        { "id": 2, "type": "tickettype", "title": "Type", "active": true, "position": 1,
          "system_field_options": [{ "name": "Question", "value": "question" }] },
        { "id": 27_642, "type": "tagger", "title": "Colour", "title_in_portal": "Your colour", "active": true,
          "position": 2, "required": true, "visible_in_portal": true, "editable_in_portal": true,
          "required_in_portal": false, "description": null, "custom_field_options": [
            { "id": 9, "name": "Red", "raw_name": "Red", "value": "colour_red", "position": 0 },
            { "id": 10, "name": null, "value": "colour_none" }] },
        { "id": 27_643, "type": "checkbox", "title": "Insured", "tag": "insured", "active": true, "position": 3 },
        { "id": 27_644, "type": "lookup", "title": "Device", "relationship_target_type": "zen:custom_object:device",
          "active": true, "position": 4 },
        { "id": 27_645, "type": "a_type_of_tomorrow", "title": "?", "active": true, "position": 5 },
    ])
}

fn form() -> Value {
    json!({ "id": 47, "name": "Repairs", "display_name": "Have it repaired", "active": true, "default": true,
        "end_user_visible": true, "position": 1, "ticket_field_ids": [1, 27_642, 27_643],
        "agent_conditions": [{ "parent_field_id": 27_643, "parent_field_type": "checkbox", "value": true,
            "child_fields": [{ "id": 27_642, "is_required": true,
                "required_on_statuses": { "type": "SOME_STATUSES", "statuses": ["solved"] } }] }],
        "end_user_conditions": [] })
}

fn statuses() -> Value {
    json!([{ "id": 77, "status_category": "pending", "agent_label": "Awaiting parts", "end_user_label": "Soon",
        "description": "", "active": true, "default": false }])
}

fn view() -> Value {
    json!({ "id": 25, "title": "Mine \u{202e}and others", "active": true, "position": 0, "restriction": null,
        "conditions": { "all": [{ "field": "status", "operator": "less_than", "value": "solved" },
            { "field": "assignee_id", "operator": "is", "value": "current_user" }], "any": [] },
        "execution": { "group_by": "status", "group_order": "asc", "sort_by": "updated", "sort_order": "desc",
            "columns": [{ "id": "subject", "title": "Subject" }, { "id": 27_642, "title": "Colour" }] } })
}

pub fn ticket() -> Value {
    json!({ "url": "https://acme.zendesk.com/api/v2/tickets/35436.json", "id": 35_436, "external_id": null,
        "via": { "channel": "web_form", "source": { "from": {}, "to": {}, "rel": null } },
        "created_at": "2026-11-20T22:55:29Z", "updated_at": "2026-11-21T05:38:32Z", "generated_timestamp": 1_795_239_512,
        "type": "incident", "subject": "{{dc.broken}}", "raw_subject": "Help, my bell is broken",
        "description": "It does not ring", "priority": "high", "status": "open", "recipient": "help@acme.example",
        "requester_id": 20, "submitter_id": 20, "assignee_id": 115, "organization_id": null, "group_id": 360,
        "collaborator_ids": [115], "follower_ids": [115], "email_cc_ids": [], "forum_topic_id": null,
        "problem_id": 9_873, "has_incidents": false, "is_public": true, "due_at": null, "tags": ["bell", "colour_red"],
        "custom_fields": [{ "id": 27_642, "value": "colour_red" }, { "id": 27_643, "value": false },
            { "id": 27_645, "value": { "new": "thing" } }],
        "satisfaction_rating": { "score": "good", "id": 4, "comment": "Quick" }, "sharing_agreement_ids": [84],
        "custom_status_id": 4_711, "fields": [], "followup_ids": [], "ticket_form_id": 47, "brand_id": 3,
        "allow_channelback": false, "from_messaging_channel": false, "comment_count": 2 })
}

pub fn comments() -> Value {
    json!([
        { "id": 902, "type": "Comment", "author_id": 115, "public": false, "created_at": "2026-11-21T05:38:32Z",
          "body": "a note", "html_body": "<div class=\"zd-comment\">a note</div>", "plain_body": "a note",
          "attachments": [], "audit_id": 5, "via": { "channel": "web" }, "metadata": { "flags": [0] } },
        { "id": 901, "type": "Comment", "author_id": 20, "public": true, "created_at": "2026-11-20T22:55:29Z",
          "body": "It does\u{1b}]0;owned\u{7} not ring", "html_body": "<div>It does not ring</div>",
          "plain_body": null, "via": { "channel": "email" }, "attachments": [{ "id": 498, "file_name": "bell.png",
            "content_url": "https://acme.zendesk.com/attachments/token/abc/?name=bell.png",
            "content_type": "image/png", "size": 9_218, "inline": false, "deleted": false, "thumbnails": [] }] },
    ])
}
