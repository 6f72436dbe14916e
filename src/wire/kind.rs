use super::{Place, Time};
use crate::domain::account::Kind;
use crate::domain::setup::ItemKind;
use serde::Serialize;
use utoipa::ToSchema;

/// A kind of request: on the wire a ticket form with a guidance text (D29).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TicketForm {
    id: i64,
    url: Option<String>,
    name: String,
    raw_name: String,
    display_name: String,
    active: bool,
    end_user_visible: bool,
    default: bool,
    ticket_field_ids: Vec<i64>,
    position: usize,
    kind: String,
    guidance: String,
    created_at: Option<Time>,
    updated_at: Option<Time>,
}

impl TicketForm {
    /// The kind at a position among the account's, from 0.
    pub fn of(kind: &Kind, position: usize, place: &Place) -> Self {
        let (created_at, updated_at) = place.item_dates(ItemKind::Kind, kind.id.0);
        Self {
            id: kind.id.0,
            url: place.url(&format!("ticket_forms/{}", kind.id)),
            name: kind.name.clone(),
            raw_name: kind.name.clone(),
            display_name: kind.name.clone(),
            active: kind.active,
            end_user_visible: kind.requesters,
            default: kind.default,
            ticket_field_ids: kind.fields.iter().map(|id| id.0).collect(),
            position,
            kind: kind.slug.clone(),
            guidance: kind.guidance.clone(),
            created_at,
            updated_at,
        }
    }
}
