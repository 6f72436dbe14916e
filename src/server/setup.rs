//! What admins make once: fields, forms, statuses.

mod fields;
mod forms;
mod options;
mod statuses;

use super::App;
use super::caller::Caller;
use super::problem::Problem;
use crate::client::{Client as _, Session};
use crate::domain::act::Deed;
use crate::domain::field::{Field, Holder};
use crate::domain::setup::{Item, ItemKey, ItemKind};
use crate::wire::Place;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(fields::routes()).merge(forms::routes()).merge(statuses::routes())
}

async fn keep(caller: &Caller, item: Item) -> Result<i64, Problem> {
    let receipt = caller.act(Deed::SetItem(Box::new(item))).await?;
    receipt.outcome.item.map(|key| key.id).ok_or_else(Problem::not_found)
}

async fn delete(caller: &Caller, kind: ItemKind, id: i64) -> Result<StatusCode, Problem> {
    caller.act(Deed::DeleteItem(ItemKey { kind, id })).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Fields of which the one who asks may know, with what objects need to know.
struct Known {
    session: Session,
    place: Place,
}

impl Known {
    async fn of(caller: &Caller) -> Result<Self, Problem> {
        let session = caller.session().await?;
        let place = caller.place(&session);
        Ok(Self { session, place })
    }

    /// Those of a holder in their order; requesters know of those that are in use.
    fn fields(&self, of: Holder) -> Vec<&Field> {
        let staff = self.session.me.role.is_staff();
        let mut all: Vec<&Field> =
            self.session.fields.values().filter(|field| field.of == of && (staff || field.active)).collect();
        all.sort_by_key(|field| (field.position, field.id));
        all
    }

    fn field(&self, of: Holder, id: i64) -> Result<&Field, Problem> {
        self.fields(of).into_iter().find(|field| field.id.0 == id).ok_or_else(Problem::not_found)
    }
}

/// All things of a kind, as admins have them: changed is what is there, not what somebody was told of it.
async fn whole(caller: &Caller, kind: ItemKind, id: i64) -> Result<Item, Problem> {
    caller.staff().await?;
    let items = caller.say(caller.client.items(kind).await)?;
    items.into_iter().find(|item| item.key().id == id).ok_or_else(Problem::not_found)
}
