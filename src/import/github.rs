use super::json::values;
use super::record::{Place, Record, Said, Somebody};
use super::{Fault, Input, Trouble, Why, when};
use crate::domain::comment::Visibility;
use crate::domain::status::Status;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Issue {
    number: u64,
    title: String,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    state: String,
    author: Option<Login>,
    #[serde(default)]
    labels: Vec<Label>,
    #[serde(default)]
    assignees: Vec<Login>,
    created_at: Option<String>,
    closed_at: Option<String>,
    #[serde(default)]
    comments: Vec<Comment>,
}

#[derive(Deserialize)]
struct Login {
    login: String,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Label {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comment {
    author: Option<Login>,
    #[serde(default)]
    body: String,
    created_at: Option<String>,
}

/// Reads what `gh issue list --json number,title,body,state,author,labels,assignees,createdAt,closedAt,comments` prints.
///
/// # Errors
/// The file is no JSON list.
pub fn read(name: &str, bytes: &[u8]) -> Result<Input, Trouble> {
    let records = values(name, bytes)?
        .into_iter()
        .map(|(line, value)| {
            let fault = |why| Fault { file: name.to_owned(), line, why };
            let issue =
                serde_json::from_value::<Issue>(value?).map_err(|error| fault(Why::Unreadable(error.to_string())))?;
            record(issue, Place { file: name.to_owned(), line }).map_err(fault)
        })
        .collect();
    Ok(Input { format: "github", source: None, records })
}

fn record(issue: Issue, place: Place) -> Result<Record, Why> {
    let moment =
        |field, text: Option<String>| text.map(|text| when::parse(&text).ok_or(Why::BadValue(field, text))).transpose();
    let created_at = moment("createdAt", issue.created_at)?;
    let body = issue.body.filter(|body| !body.trim().is_empty()).unwrap_or_else(|| issue.title.clone());
    let mut comments = vec![Said { author: None, body, visibility: Visibility::Public, at: created_at }];
    for comment in issue.comments.into_iter().filter(|one| !one.body.trim().is_empty()) {
        let author = Some(comment.author.map_or_else(ghost, |login| somebody(login, false)));
        let at = moment("comments.createdAt", comment.created_at)?;
        comments.push(Said { author, body: comment.body, visibility: Visibility::Public, at });
    }
    let closed = issue.state.eq_ignore_ascii_case("closed");
    Ok(Record {
        place,
        external_id: Some(issue.number.to_string()),
        subject: issue.title,
        status: if closed { Status::Closed } else { Status::Open },
        status_at: moment("closedAt", issue.closed_at)?,
        priority: None,
        kind: None,
        ticket_type: None,
        problem: None,
        rating: None,
        requester: Some(issue.author.map_or_else(ghost, |login| somebody(login, false))),
        assignee: issue.assignees.into_iter().next().map(|login| somebody(login, true)),
        group: None,
        tags: issue.labels.into_iter().map(|label| label.name.replace(' ', "_")).collect(),
        ccs: Vec::new(),
        due_at: None,
        created_at,
        comments,
    })
}

/// Whose account is gone: GitHub itself calls them so.
fn ghost() -> Somebody {
    somebody(Login { login: "ghost".to_owned(), name: None }, false)
}

fn somebody(login: Login, staff: bool) -> Somebody {
    let name = login.name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| login.login.clone());
    Somebody { name: Some(name), external_id: Some(login.login), staff, ..Somebody::default() }
}
