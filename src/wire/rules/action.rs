use super::BadRow;
use crate::domain::case::TicketType;
use crate::domain::comment::Visibility;
use crate::domain::id::{FieldId, GroupId, KindId, PersonId, StatusId, WebhookId};
use crate::domain::rule::{Action as Domain, Whom};
use crate::domain::setup::Lookup;
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::wire::plain;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// The name of ours under which an action is written out.
const WRITTEN: &str = "action";
const CUSTOM: &str = "custom_fields_";
const MODE: &str = "comment_mode_is_public";

/// Something that a rule or macro does.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = RuleAction)]
pub struct Action {
    /// To what; `action` for one written out in words of ours.
    pub field: String,
    /// What it becomes: a text, or several.
    pub value: Json,
}

impl Action {
    fn new(field: impl Into<String>, value: impl Into<Json>) -> Self {
        Self { field: field.into(), value: value.into() }
    }

    /// Actions in the API's words.
    pub fn all(actions: &[Domain], lookup: &dyn Lookup) -> Vec<Self> {
        actions.iter().flat_map(|action| Self::of(action, lookup)).collect()
    }

    fn of(action: &Domain, lookup: &dyn Lookup) -> Vec<Self> {
        let one = match action {
            Domain::Status(status) => Self::new("status", status.name()),
            Domain::CustomStatus(id) => Self::new("custom_status_id", id.to_string()),
            Domain::Priority(priority) => Self::new("priority", priority.map_or("", Priority::name)),
            Domain::Type(one) => Self::new("type", one.map_or("", TicketType::name)),
            Domain::Kind(id) => Self::new("ticket_form_id", id.to_string()),
            Domain::Assignee(whom) => Self::new("assignee_id", whom_name(*whom)),
            Domain::Group(group) => Self::new("group_id", group.map_or_else(String::new, |id| id.to_string())),
            Domain::Field(id, value) => Self::new(format!("{CUSTOM}{id}"), value.as_str()),
            Domain::AddTags(tags) => Self::new("current_tags", listed(tags)),
            Domain::RemoveTags(tags) => Self::new("remove_tags", listed(tags)),
            Domain::SetTags(tags) => Self::new("set_tags", listed(tags)),
            Domain::AddCc(whom) => Self::new("cc", whom_name(*whom)),
            Domain::AddFollower(whom) => Self::new("follower", whom_name(*whom)),
            Domain::Subject(text) => Self::new("subject", text.as_str()),
            Domain::Comment(to, text) => {
                let mode = (*to == Visibility::Public).to_string();
                return vec![Self::new("comment_value", text.as_str()), Self::new(MODE, mode)];
            }
            Domain::Webhook(id) => Self::new("notification_webhook", json!([id.to_string(), ""])),
            Domain::Notify(..) => Self::new(WRITTEN, action.written(lookup)),
        };
        vec![one]
    }

    fn text(&self) -> String {
        match &self.value {
            Json::Null => String::new(),
            Json::String(text) => text.clone(),
            Json::Array(list) => list.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(" "),
            other => other.to_string(),
        }
    }

    fn bad(&self) -> BadRow {
        BadRow::Value { field: self.field.clone(), value: self.text().chars().take(80).collect() }
    }

    fn number(&self) -> Result<i64, BadRow> {
        self.text().trim().parse().map_err(|_| self.bad())
    }

    fn whom(&self) -> Result<Whom, BadRow> {
        Ok(match self.text().trim() {
            "" => Whom::Nobody,
            "current_user" => Whom::Me,
            "requester_id" => Whom::Requester,
            "assignee_id" => Whom::Assignee,
            digits => Whom::Person(PersonId(digits.parse().map_err(|_| self.bad())?)),
        })
    }

    fn tags(&self) -> Result<BTreeSet<Tag>, BadRow> {
        let text = self.text();
        let named = text.split([' ', ',']).filter(|tag| !tag.is_empty());
        named.map(|tag| Tag::parse(tag).map_err(|_| self.bad())).collect()
    }

    fn read(&self, to: Visibility, lookup: &dyn Lookup) -> Result<Domain, BadRow> {
        let text = self.text();
        Ok(match self.field.as_str() {
            "status" => Domain::Status(Status::parse(&text).ok_or_else(|| self.bad())?),
            "custom_status_id" => Domain::CustomStatus(StatusId(self.number()?)),
            "priority" if text.is_empty() => Domain::Priority(None),
            "priority" => Domain::Priority(Some(Priority::parse(&text).ok_or_else(|| self.bad())?)),
            "type" if text.is_empty() => Domain::Type(None),
            "type" => Domain::Type(Some(TicketType::parse(&text).ok_or_else(|| self.bad())?)),
            "ticket_form_id" => Domain::Kind(KindId(self.number()?)),
            "assignee_id" => Domain::Assignee(self.whom()?),
            "group_id" if text.is_empty() => Domain::Group(None),
            "group_id" => Domain::Group(Some(GroupId(self.number()?))),
            "current_tags" => Domain::AddTags(self.tags()?),
            "remove_tags" => Domain::RemoveTags(self.tags()?),
            "set_tags" => Domain::SetTags(self.tags()?),
            "cc" => Domain::AddCc(self.whom()?),
            "follower" => Domain::AddFollower(self.whom()?),
            "subject" => Domain::Subject(text),
            // `[channel, text]` is understood too.
            name @ ("comment_value" | "comment_value_html") => {
                let said = match &self.value {
                    Json::Array(pair) => last(pair).ok_or_else(|| self.bad())?,
                    _ => text,
                };
                Domain::Comment(to, if name == "comment_value" { said } else { plain(&said) })
            }
            "notification_webhook" => {
                let first = match &self.value {
                    Json::Array(list) => list.first().and_then(Json::as_str).unwrap_or_default(),
                    _ => &text,
                };
                Domain::Webhook(WebhookId(first.parse().map_err(|_| self.bad())?))
            }
            WRITTEN => Domain::parse(&text, lookup).map_err(BadRow::Action)?,
            name => match name.strip_prefix(CUSTOM).and_then(|digits| digits.parse().ok()) {
                Some(id) => Domain::Field(FieldId(id), text),
                None => return Err(BadRow::Field(self.field.clone())),
            },
        })
    }
}

fn last(pair: &[Json]) -> Option<String> {
    pair.last().and_then(Json::as_str).map(str::to_owned)
}

/// The way back from [`Action::all`]. To whom something is said stands behind it, or once for all.
///
/// # Errors
/// The first that cannot be understood.
pub fn read_actions(actions: &[Action], lookup: &dyn Lookup) -> Result<Vec<Domain>, BadRow> {
    let mode = |action: &Action| {
        let internal = matches!(action.text().as_str(), "false" | "0");
        if internal { Visibility::Internal } else { Visibility::Public }
    };
    let usual = actions.iter().find(|action| action.field == MODE).map_or(Visibility::Public, mode);
    let mut read = Vec::new();
    for (at, action) in actions.iter().enumerate() {
        if action.field != MODE {
            let next = actions.get(at + 1).filter(|next| next.field == MODE).map_or(usual, mode);
            read.push(action.read(next, lookup)?);
        }
    }
    Ok(read)
}

fn listed(tags: &BTreeSet<Tag>) -> String {
    tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" ")
}

fn whom_name(whom: Whom) -> String {
    match whom {
        Whom::Nobody => String::new(),
        Whom::Me => "current_user".to_owned(),
        Whom::Requester => "requester_id".to_owned(),
        Whom::Assignee => "assignee_id".to_owned(),
        Whom::Person(id) => id.to_string(),
    }
}

#[cfg(test)]
mod test {
    use super::{Action, read_actions};
    use crate::domain::rule::Action as Domain;
    use crate::domain::setup::Numbers;

    #[test]
    fn actions_sent_back_as_they_came_do_the_same() {
        let lines = [
            "status: solved",
            "custom status: #3",
            "priority: none",
            "priority: high",
            "kind: #2",
            "assignee: me",
            "assignee: none",
            "group: #1",
            "group: none",
            "field #7: some text",
            "add tags: a b",
            "remove tags: c",
            "tags: d",
            "add cc: #9",
            "add follower: me",
            "subject: Again",
            "reply: Hello {{ticket.id}}",
            "note: For us",
            "notify requester: #5",
            "webhook: #6",
        ];
        let actions: Vec<Domain> = lines.iter().map(|line| Domain::parse(line, &Numbers).expect("an action")).collect();
        let back = read_actions(&Action::all(&actions, &Numbers), &Numbers).expect("actions");
        assert_eq!(back, actions);
        let bad = [Action::new("status", "half"), Action::new("dance", "x"), Action::new("group_id", "Ops")];
        assert!(bad.iter().all(|one| read_actions(std::slice::from_ref(one), &Numbers).is_err()));
    }
}
