use super::Trouble;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which column means what (`map.toml`).
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The ticket itself.
    pub ticket: TicketMap,
    /// Its further comments, in order.
    #[serde(default)]
    pub comment: Vec<CommentMap>,
}

/// Where the values of a ticket come from.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct TicketMap {
    /// Its title.
    pub subject: Option<From>,
    /// Its first comment; the title when none.
    pub description: Option<From>,
    /// Its number there.
    pub external_id: Option<From>,
    /// Its status, by our names.
    pub status: Option<From>,
    /// Since when it has that status.
    pub status_at: Option<From>,
    /// Its priority, by our names.
    pub priority: Option<From>,
    /// Its kind, by slug.
    pub kind: Option<From>,
    /// What sort of case it is, by our names.
    #[serde(rename = "type")]
    pub ticket_type: Option<From>,
    /// The number there of the problem that caused it.
    pub problem: Option<From>,
    /// When it was opened.
    pub created_at: Option<From>,
    /// When it is due.
    pub due_at: Option<From>,
    /// For whom.
    pub requester: Option<PersonMap>,
    /// Who works on it.
    pub assignee: Option<PersonMap>,
    /// Its labels, between commas or spaces, or a list.
    pub tags: Option<From>,
    /// The group that works on it.
    pub group: Option<From>,
}

/// Where a person comes from.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct PersonMap {
    /// Their name.
    pub name: Option<From>,
    /// Their address.
    pub email: Option<From>,
    /// Their number there.
    pub external_id: Option<From>,
    /// Their phone.
    pub phone: Option<From>,
    /// Their organization.
    pub organization: Option<From>,
}

/// Where a comment comes from.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct CommentMap {
    /// A list inside of the row (JSON only): one comment for each of its elements, in which the other values are found.
    pub each: Option<String>,
    /// What was said; no comment when it is empty.
    pub body: Option<From>,
    /// Who said it; the assignee, else the requester, when none.
    pub author: Option<PersonMap>,
    /// `false` for an internal note, as is what the column says nothing of; public when there is none here.
    pub public: Option<From>,
    /// When.
    pub created_at: Option<From>,
}

/// Where one value comes from: a column, with what to make of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum From {
    /// A column's name; in JSON a path such as `requester.name`.
    Column(String),
    /// A column, a translation, a default.
    Rule(Rule),
}

/// A value that is translated or has a default.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The column; none for a value that is the same in all rows.
    pub column: Option<String>,
    /// From what stands there to what is meant.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// For what is empty or not in the translation.
    pub default: Option<String>,
}

impl From {
    /// The value in a row that is looked into by column.
    pub fn value(&self, look: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty());
        match self {
            Self::Column(column) => look(column).and_then(filled),
            Self::Rule(rule) => {
                let found = rule.column.as_deref().and_then(look).and_then(filled);
                let meant = match found {
                    Some(text) if rule.map.is_empty() => Some(text),
                    Some(text) => rule.map.get(text.trim()).cloned(),
                    None => None,
                };
                meant.or_else(|| rule.default.clone())
            }
        }
    }

    fn columns(&self) -> Option<&str> {
        match self {
            Self::Column(column) => Some(column),
            Self::Rule(rule) => rule.column.as_deref(),
        }
    }
}

impl Map {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// What is wrong with it, with its line, in the words of the TOML reader.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        toml::from_str(text).map_err(|error| Trouble::Map(error.to_string()))
    }

    /// The columns that it names, for a check against those of the file.
    pub fn columns(&self) -> Vec<&str> {
        let ticket = &self.ticket;
        let plain = [
            &ticket.subject,
            &ticket.description,
            &ticket.external_id,
            &ticket.status,
            &ticket.status_at,
            &ticket.priority,
            &ticket.kind,
            &ticket.ticket_type,
            &ticket.problem,
            &ticket.created_at,
            &ticket.due_at,
            &ticket.tags,
            &ticket.group,
        ];
        let people = [&ticket.requester, &ticket.assignee].into_iter().flatten();
        let comments = self.comment.iter().filter(|one| one.each.is_none());
        let said = comments.clone().flat_map(|one| [&one.body, &one.public, &one.created_at]);
        let authors = comments.filter_map(|one| one.author.as_ref());
        let of_people = people
            .chain(authors)
            .flat_map(|one| [&one.name, &one.email, &one.external_id, &one.phone, &one.organization]);
        plain.into_iter().chain(said).chain(of_people).flatten().filter_map(From::columns).collect()
    }
}
