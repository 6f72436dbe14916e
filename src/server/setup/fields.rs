//! Fields of tickets, people and organizations: three families of the same shape.

use super::options::{OptionOne, OptionPage, OptionSent, drop_option, list_options, show_option, take_option};
use super::{Known, delete as drop_item, keep, whole};
use crate::domain::act::Deed;
use crate::domain::field::Holder;
use crate::domain::setup::{Item, ItemKind};
use crate::server::App;
use crate::server::ask::{Ask, Id, Ids};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::server::shape::{Counted, Listed, Pages, created};
use crate::wire::setup::{Field, SentField};
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(ticket::routes()).merge(user::routes()).merge(organization::routes())
}

/// A family: what it is called, one and several, and whose fields they are.
#[derive(Clone, Copy)]
struct Family {
    one: &'static str,
    all: &'static str,
    of: Holder,
}

const TICKET: Family = Family { one: "ticket_field", all: "ticket_fields", of: Holder::Ticket };
const USER: Family = Family { one: "user_field", all: "user_fields", of: Holder::Person };
const ORGANIZATION: Family = Family { one: "organization_field", all: "organization_fields", of: Holder::Organization };

async fn all(caller: &Caller, ask: &Ask, family: Family, wanted: Option<Wanted>) -> Result<Listed, Problem> {
    let known = Known::of(caller).await?;
    // How people and organizations are described is the team's affair; what of it is shown stands on them.
    if family.of != Holder::Ticket && !known.session.me.role.is_staff() {
        return Err(Problem::forbidden());
    }
    let fields = known.fields(family.of);
    let fits = |field: &&&crate::domain::field::Field| match &wanted {
        None => true,
        Some((ids, keys)) => ids.contains(&field.id.0) || keys.contains(&field.slug),
    };
    let rows: Vec<Field> = fields.iter().filter(fits).map(|field| Field::of(field, &known.place)).collect();
    // Unasked they come at once.
    if family.of == Holder::Ticket && ask.get("page[size]").is_none() && ask.get("page").is_none() {
        let body = [
            (family.all.to_owned(), json!(rows)),
            ("count".to_owned(), json!(rows.len())),
            ("next_page".to_owned(), Value::Null),
            ("previous_page".to_owned(), Value::Null),
        ];
        return Ok(Json(Map::from_iter(body)));
    }
    let paging = Paging::of(ask)?;
    Ok(Json(Rows::whole(rows, &paging)?.body(family.all, &paging, &caller.here.url(), ask)))
}

/// By numbers, or by names in scripts.
type Wanted = (Vec<i64>, Vec<String>);

async fn many(caller: &Caller, ask: &Ask, family: Family) -> Result<Listed, Problem> {
    let wanted = (ask.ids("ids")?, ask.list("keys"));
    all(caller, ask, family, Some(wanted)).await
}

async fn one(caller: &Caller, family: Family, id: i64) -> Result<Listed, Problem> {
    let known = Known::of(caller).await?;
    if family.of != Holder::Ticket && !known.session.me.role.is_staff() {
        return Err(Problem::forbidden());
    }
    let field = Field::of(known.field(family.of, id)?, &known.place);
    Ok(Json(Map::from_iter([(family.one.to_owned(), json!(field))])))
}

async fn make(caller: &Caller, family: Family, sent: &SentField) -> Result<Response, Problem> {
    caller.admin().await?;
    let field = sent.fresh(family.of).map_err(|refusal| caller.problem(&refusal.into()))?;
    let id = keep(caller, Item::Field(field)).await?;
    let Json(body) = one(caller, family, id).await?;
    Ok(created(caller, &format!("{}/{id}", family.all), body))
}

/// The field as it is, if it is of that family.
pub(super) async fn field(caller: &Caller, of: Holder, id: i64) -> Result<crate::domain::field::Field, Problem> {
    match whole(caller, ItemKind::Field, id).await? {
        Item::Field(field) if field.of == of => Ok(field),
        _ => Err(Problem::not_found()),
    }
}

async fn change(caller: &Caller, family: Family, id: i64, sent: &SentField) -> Result<Listed, Problem> {
    let before = field(caller, family.of, id).await?;
    let field = sent.apply(before).map_err(|refusal| caller.problem(&refusal.into()))?;
    keep(caller, Item::Field(field)).await?;
    one(caller, family, id).await
}

async fn drop(caller: &Caller, family: Family, id: i64) -> Result<StatusCode, Problem> {
    field(caller, family.of, id).await?;
    drop_item(caller, ItemKind::Field, id).await
}

async fn put_in_order(caller: &Caller, order: Vec<i64>) -> Result<Json<Value>, Problem> {
    caller.act(Deed::OrderItems { kind: ItemKind::Field, order }).await?;
    Ok(Json(json!({})))
}

/// The handlers of a family.
macro_rules! family {
    ($module:ident, $family:ident, $tag:literal, $one:ident, $all:ident, $ids:ident, $path:literal, $show:literal, $show_many:literal, $reorder:literal, $options:literal, $option:literal) => {
        mod $module {
            use super::*;
            use crate::server::shape::{envelope, page, sent};

            const FAMILY: Family = $family;

            page!(
                /// A page of fields.
                Page { $all: Field }
            );
            envelope!(
                /// A field.
                One { $one: Field }
            );
            sent!(
                /// A field to be made or changed.
                Sent { $one: SentField }
            );
            sent!(
                /// All fields in another order.
                Order { $ids: Vec<i64> }
            );

            pub(super) fn routes() -> OpenApiRouter<App> {
                OpenApiRouter::new()
                    .routes(routes!(list, create))
                    .routes(routes!(show, update, delete))
                    .routes(routes!(show_many))
                    .routes(routes!(reorder))
                    .routes(routes!(options, set_option))
                    .routes(routes!(option, delete_option))
            }

            /// All fields in their order, as far as the one who asks may know of them.
            #[utoipa::path(get, path = $path, tag = $tag, params(Pages),
                responses((status = 200, description = "Fields", body = inline(Page))))]
            async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
                all(&caller, &ask, FAMILY, None).await
            }

            /// Fields of these numbers or names.
            #[utoipa::path(get, path = $show_many, tag = $tag, params(("ids" = Option<String>, Query), ("keys" = Option<String>, Query)),
                responses((status = 200, description = "Fields", body = inline(Page))))]
            async fn show_many(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
                many(&caller, &ask, FAMILY).await
            }

            /// A field.
            #[utoipa::path(get, path = $show, tag = $tag, params(("field_id" = i64, Path)),
                responses((status = 200, description = "The field", body = inline(One))))]
            async fn show(caller: Caller, Id(id): Id) -> Result<Listed, Problem> {
                one(&caller, FAMILY, id).await
            }

            /// A new field.
            #[utoipa::path(post, path = $path, tag = $tag, request_body = inline(Sent),
                responses((status = 201, description = "The new field", body = inline(One))))]
            async fn create(caller: Caller, Body(sent): Body<Sent>) -> Result<Response, Problem> {
                make(&caller, FAMILY, &sent.$one).await
            }

            /// A field becomes different.
            #[utoipa::path(put, path = $show, tag = $tag, params(("field_id" = i64, Path)), request_body = inline(Sent),
                responses((status = 200, description = "The field as it is now", body = inline(One))))]
            async fn update(caller: Caller, Id(id): Id, Body(sent): Body<Sent>) -> Result<Listed, Problem> {
                change(&caller, FAMILY, id, &sent.$one).await
            }

            /// A field that nothing uses is deleted.
            #[utoipa::path(delete, path = $show, tag = $tag, params(("field_id" = i64, Path)),
                responses((status = 204, description = "It is gone")))]
            async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
                drop(&caller, FAMILY, id).await
            }

            /// Fields come into another order.
            #[utoipa::path(put, path = $reorder, tag = $tag, request_body = inline(Order),
                responses((status = 200, description = "Done", body = Object)))]
            async fn reorder(caller: Caller, Body(sent): Body<Order>) -> Result<Json<Value>, Problem> {
                put_in_order(&caller, sent.$ids).await
            }

            /// The options of a field.
            #[utoipa::path(get, path = $options, tag = $tag, params(("field_id" = i64, Path), Pages),
                responses((status = 200, description = "Options", body = OptionPage)))]
            async fn options(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
                list_options(&caller, &ask, FAMILY.of, id).await
            }

            /// An option of a field: a new one, or another name or value of one that there is.
            #[utoipa::path(post, path = $options, tag = $tag, params(("field_id" = i64, Path)), request_body = OptionSent,
                responses((status = 200, description = "The option, changed", body = OptionOne), (status = 201, description = "The new option", body = OptionOne)))]
            async fn set_option(caller: Caller, Id(id): Id, Body(sent): Body<OptionSent>) -> Result<Response, Problem> {
                take_option(&caller, FAMILY.of, id, &sent.custom_field_option).await
            }

            /// An option of a field.
            #[utoipa::path(get, path = $option, tag = $tag, params(("field_id" = i64, Path), ("option_id" = i64, Path)),
                responses((status = 200, description = "The option", body = OptionOne)))]
            async fn option(caller: Caller, ids: Ids) -> Result<Json<OptionOne>, Problem> {
                show_option(&caller, FAMILY.of, ids).await.map(Json)
            }

            /// An option that nothing holds is deleted.
            #[utoipa::path(delete, path = $option, tag = $tag, params(("field_id" = i64, Path), ("option_id" = i64, Path)),
                responses((status = 204, description = "It is gone")))]
            async fn delete_option(caller: Caller, ids: Ids) -> Result<StatusCode, Problem> {
                drop_option(&caller, FAMILY.of, ids).await
            }
        }
    };
}

family!(
    ticket,
    TICKET,
    "Ticket Fields",
    ticket_field,
    ticket_fields,
    ticket_field_ids,
    "/ticket_fields",
    "/ticket_fields/{field_id}",
    "/ticket_fields/show_many",
    "/ticket_fields/reorder",
    "/ticket_fields/{field_id}/options",
    "/ticket_fields/{field_id}/options/{option_id}"
);
family!(
    user,
    USER,
    "User Fields",
    user_field,
    user_fields,
    user_field_ids,
    "/user_fields",
    "/user_fields/{field_id}",
    "/user_fields/show_many",
    "/user_fields/reorder",
    "/user_fields/{field_id}/options",
    "/user_fields/{field_id}/options/{option_id}"
);
family!(
    organization,
    ORGANIZATION,
    "Organization Fields",
    organization_field,
    organization_fields,
    organization_field_ids,
    "/organization_fields",
    "/organization_fields/{field_id}",
    "/organization_fields/show_many",
    "/organization_fields/reorder",
    "/organization_fields/{field_id}/options",
    "/organization_fields/{field_id}/options/{option_id}"
);

/// How many fields tickets have.
#[utoipa::path(get, path = "/ticket_fields/count", tag = "Ticket Fields", responses((status = 200, description = "How many", body = Counted)))]
pub(super) async fn count(caller: Caller) -> Result<Json<Counted>, Problem> {
    let known = Known::of(&caller).await?;
    Ok(Counted::now(known.fields(Holder::Ticket).len() as u64, &caller))
}
