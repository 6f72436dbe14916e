//! What clients send of tickets and requests. Only what an act can say has a name here: everything else that is sent,
//! such as `id`, `created_at` or `is_public`, is passed over.

use super::lenient;
use crate::wire::Given;
use crate::wire::plain::plain;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value;
use utoipa::ToSchema;

/// A number, which some clients write as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, ToSchema)]
#[schema(value_type = i64)]
pub struct Number(pub i64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = match Value::deserialize(deserializer)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.map(Self).ok_or_else(|| D::Error::custom("a whole number is needed"))
    }
}

/// A number that an empty text takes away, as `null` does.
fn empty_is_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Given<Number>, D::Error> {
    lenient::given_number(deserializer).map(|given| given.map(Number))
}

/// Several texts, or one in which they stand between spaces or commas.
#[derive(Clone, Debug, Default, PartialEq, Eq, ToSchema)]
#[schema(value_type = Vec<String>)]
pub struct Words(pub Vec<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parted = |text: &str| text.split([' ', ',']).filter(|one| !one.is_empty()).map(str::to_owned).collect();
        let one = |value: Value| match value {
            Value::String(text) => Ok(text),
            _ => Err(D::Error::custom("texts are needed")),
        };
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self(parted(&text))),
            Value::Array(list) => list.into_iter().map(one).collect::<Result<_, _>>().map(Self),
            _ => Err(D::Error::custom("a list of texts is needed")),
        }
    }
}

/// Somebody as clients name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Somebody {
    /// By number.
    Id(i64),
    /// By address, with a name for who is not known yet.
    Address {
        /// Where mail reaches them.
        email: String,
        /// What they are called.
        name: Option<String>,
    },
}

impl<'de> Deserialize<'de> for Somebody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let found = match Value::deserialize(deserializer)? {
            Value::Number(number) => number.as_i64().map(Self::Id),
            Value::String(text) => {
                Some(text.trim().parse().map_or_else(|_| Self::Address { email: text.clone(), name: None }, Self::Id))
            }
            Value::Object(object) => {
                let id = object.get("id").or_else(|| object.get("user_id")).filter(|id| !id.is_null());
                let email = text(object.get("email").or_else(|| object.get("user_email")));
                let name = text(object.get("name").or_else(|| object.get("user_name")));
                match (id, email) {
                    (Some(id), _) => serde_json::from_value::<Number>(id.clone()).ok().map(|id| Self::Id(id.0)),
                    (None, Some(email)) => Some(Self::Address { email, name }),
                    (None, None) => None,
                }
            }
            _ => None,
        };
        found.ok_or_else(|| D::Error::custom("somebody is named by a number or an address"))
    }
}

/// Somebody who comes to a ticket or leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// Who.
    pub who: Somebody,
    /// Whether they leave.
    pub leaves: bool,
}

impl<'de> Deserialize<'de> for Coming {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let leaves = value.get("action").and_then(Value::as_str) == Some("delete");
        let who = serde_json::from_value(value).map_err(D::Error::custom)?;
        Ok(Self { who, leaves })
    }
}

/// Something said; a text alone is what is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, ToSchema)]
#[serde(from = "Said")]
pub struct CommentSent {
    /// The text.
    pub body: Option<String>,
    /// The text as HTML, which counts more.
    pub html_body: Option<String>,
    /// The text under another name.
    pub value: Option<String>,
    /// Whether requesters read it.
    pub public: Option<bool>,
    /// Files handed in before.
    #[schema(value_type = Option<Vec<String>>)]
    pub uploads: Option<Words>,
}

/// What is said, in either form.
#[derive(serde::Deserialize)]
#[serde(untagged, expecting = "a comment is an object with a body")]
enum Said {
    Text(String),
    Comment {
        #[serde(default, deserialize_with = "lenient::text")]
        body: Option<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        html_body: Option<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        value: Option<String>,
        #[serde(default, deserialize_with = "lenient::flag")]
        public: Option<bool>,
        uploads: Option<Words>,
    },
}

impl From<Said> for CommentSent {
    fn from(said: Said) -> Self {
        match said {
            Said::Text(text) => Self { body: Some(text), ..Self::default() },
            Said::Comment { body, html_body, value, public, uploads } => {
                Self { body, html_body, value, public, uploads }
            }
        }
    }
}

impl CommentSent {
    /// The text without tags.
    pub fn text(&self) -> Option<String> {
        let html = self.html_body.as_deref().filter(|html| !html.is_empty()).map(plain);
        html.or_else(|| self.body.clone()).or_else(|| self.value.clone())
    }
}

/// What a field shall hold.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, ToSchema)]
pub struct FieldSent {
    /// Which.
    #[schema(value_type = i64)]
    pub id: Number,
    /// What; nothing takes away.
    #[serde(default)]
    pub value: Value,
}

impl FieldSent {
    /// The value as forms write it; none for what no field can hold.
    pub fn written(&self) -> Option<String> {
        Some(match &self.value {
            Value::Null => String::new(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            Value::Array(list) => {
                let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
                texts?.join(" ")
            }
            Value::Object(_) => return None,
        })
    }
}

/// A ticket to be made, or what becomes different on one.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, ToSchema)]
pub struct TicketSent {
    /// Which, among several.
    #[schema(value_type = Option<i64>)]
    pub id: Option<Number>,
    /// The title.
    #[serde(default, deserialize_with = "lenient::text")]
    pub subject: Option<String>,
    /// The first comment's text, where there is no comment.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: Option<String>,
    /// What is said.
    pub comment: Option<CommentSent>,
    /// For whom.
    #[schema(value_type = Option<i64>)]
    pub requester_id: Option<Number>,
    /// For whom, who may not be known yet.
    #[schema(value_type = Option<Object>)]
    pub requester: Option<Somebody>,
    /// Who works on it.
    #[schema(value_type = Option<i64>)]
    #[serde(default, deserialize_with = "empty_is_none")]
    pub assignee_id: Given<Number>,
    /// Who works on it, by address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub assignee_email: Option<String>,
    /// The group that works on it.
    #[schema(value_type = Option<i64>)]
    #[serde(default, deserialize_with = "empty_is_none")]
    pub group_id: Given<Number>,
    /// `new`, `open`, `pending`, `hold`, `solved` or `closed`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub status: Option<String>,
    /// The account's own status.
    #[schema(value_type = Option<i64>)]
    pub custom_status_id: Option<Number>,
    /// `urgent`, `high`, `normal` or `low`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub priority: Given<String>,
    /// `question`, `incident`, `problem` or `task`.
    #[serde(default, rename = "type")]
    #[schema(value_type = Option<String>)]
    pub ticket_type: Given<String>,
    /// The problem that caused it.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    #[serde(deserialize_with = "empty_is_none")]
    pub problem_id: Given<Number>,
    /// The kind.
    #[schema(value_type = Option<i64>)]
    pub ticket_form_id: Option<Number>,
    /// All labels.
    #[schema(value_type = Option<Vec<String>>)]
    pub tags: Option<Words>,
    /// Labels that it gets.
    #[schema(value_type = Option<Vec<String>>)]
    pub additional_tags: Option<Words>,
    /// Labels that it loses.
    #[schema(value_type = Option<Vec<String>>)]
    pub remove_tags: Option<Words>,
    /// All who are in copy.
    #[schema(value_type = Option<Vec<Object>>)]
    pub collaborators: Option<Vec<Somebody>>,
    /// All who are in copy, by number.
    #[schema(value_type = Option<Vec<Object>>)]
    pub collaborator_ids: Option<Vec<Somebody>>,
    /// More who are in copy.
    #[schema(value_type = Option<Vec<Object>>)]
    pub additional_collaborators: Option<Vec<Somebody>>,
    /// Who comes in copy, or leaves.
    #[schema(value_type = Option<Vec<Object>>)]
    pub email_ccs: Option<Vec<Coming>>,
    /// Which agents begin or stop following.
    #[schema(value_type = Option<Vec<Object>>)]
    pub followers: Option<Vec<Coming>>,
    /// When it is due.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub due_at: Given<String>,
    /// Its number elsewhere.
    #[serde(default, deserialize_with = "lenient::text")]
    pub external_id: Option<String>,
    /// What its fields shall hold.
    pub custom_fields: Option<Vec<FieldSent>>,
    /// The same under another name.
    pub fields: Option<Vec<FieldSent>>,
    /// The closed ticket that it follows.
    #[schema(value_type = Option<i64>)]
    pub via_followup_source_id: Option<Number>,
    /// That the change holds only for the ticket as it was at `updated_stamp`: whatever it says, it counts as true.
    #[schema(value_type = Option<bool>)]
    #[serde(default)]
    pub safe_update: Given<Value>,
    /// The `updated_at` that was seen last.
    #[serde(default, deserialize_with = "lenient::text")]
    pub updated_stamp: Option<String>,
    /// Whether it is solved, for requests.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub solved: Option<bool>,
}
