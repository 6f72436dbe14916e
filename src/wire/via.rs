use crate::domain::comment::Channel;
use crate::domain::id::TicketId;
use crate::domain::rule::RuleRef;
use serde::Serialize;
use utoipa::ToSchema;

/// By which way something came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Via {
    /// `web`, `api`, `email`, …
    pub channel: &'static str,
    /// From where, to where.
    pub source: Source,
}

/// From where something came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Source {
    /// The beginning.
    pub from: From,
    /// The end: always empty.
    pub to: To,
    /// What the two have to do with each other.
    pub rel: Option<&'static str>,
}

/// The beginning of a way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct From {
    /// The ticket that it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_id: Option<i64>,
    /// The rule that did it, the first when there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
}

/// The end of a way: an empty object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct To {}

impl Via {
    /// A way without more to say.
    pub fn of(channel: Channel) -> Self {
        Self { channel: channel.name(), source: Source::default() }
    }

    /// The way of a ticket; a follow-up names the ticket that it follows.
    pub fn of_ticket(channel: Channel, follow_up_of: Option<TicketId>) -> Self {
        let from = From { ticket_id: follow_up_of.map(|id| id.0), title: None, id: None };
        let rel = follow_up_of.map(|_| "follow_up");
        Self { channel: channel.name(), source: Source { from, to: To {}, rel } }
    }

    /// The way of what a rule did.
    pub fn rule(channel: Channel, rule: &RuleRef) -> Self {
        let from = From { ticket_id: None, title: Some(rule.title.clone()), id: Some(rule.id.0) };
        Self { channel: channel.name(), source: Source { from, to: To {}, rel: Some(rule.sort.name()) } }
    }
}
