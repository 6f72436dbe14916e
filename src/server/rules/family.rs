//! The routes that every family of rules has, under names of its own.

/// What these routes are written with.
pub(super) mod prelude {
    pub(in crate::server) use crate::server::App;
    pub(in crate::server) use crate::server::ask::{Ask, Id};
    pub(in crate::server) use crate::server::body::Body;
    pub(in crate::server) use crate::server::caller::Caller;
    pub(in crate::server) use crate::server::problem::Problem;
    pub(in crate::server) use crate::server::rules::definitions::Definitions;
    pub(in crate::server) use crate::server::shape::{Listed, Pages, envelope, page, sent};
    pub(in crate::server) use crate::wire::rules::Sent;
    pub(in crate::server) use axum::http::StatusCode;
    pub(in crate::server) use axum::response::Response;
    pub(in crate::server) use utoipa_axum::router::OpenApiRouter;
    pub(in crate::server) use utoipa_axum::routes;
}

/// `common()`: listing, searching, making, changing and deleting the things of one family, with the shapes in which they
/// come and go. The document wants every path written out.
macro_rules! family {
    (
        $kind:ident as $tag:tt, $id:tt,
        $one:ident { $key:ident: $shown:ty }, $page:ident { $keys:ident }, $sent:ident, $many_sent:ident,
        all $all:tt, active $active:tt, search $search:tt, each $each:tt, definitions $definitions:tt,
        update $update_many:tt, destroy $destroy_many:tt $(,)?
    ) => {
        const KIND: crate::domain::setup::ItemKind = crate::domain::setup::ItemKind::$kind;

        fn common() -> OpenApiRouter<App> {
            OpenApiRouter::new()
                .routes(routes!(list, create))
                .routes(routes!(active))
                .routes(routes!(search))
                .routes(routes!(show, update, delete))
                .routes(routes!(update_many))
                .routes(routes!(destroy_many))
                .routes(routes!(definition))
        }

        envelope!(
            /// One of them.
            $one { $key: $shown }
        );
        page!(
            /// A page of them.
            $page { $keys: $shown }
        );
        sent!(
            /// One to be made or changed.
            $sent { $key: Sent }
        );
        sent!(
            /// Several to be changed, each with its number.
            $many_sent { $keys: Vec<Sent> }
        );

        /// All of them in their order.
        #[utoipa::path(get, path = $all, tag = $tag, params(Pages, ("active" = Option<bool>, Query)),
            responses((status = 200, description = "A page", body = $page)))]
        async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
            super::list(&caller, &ask, KIND, None).await
        }

        /// Those that are switched on.
        #[utoipa::path(get, path = $active, tag = $tag, params(Pages),
            responses((status = 200, description = "A page", body = $page)))]
        async fn active(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
            super::list(&caller, &ask, KIND, Some(true)).await
        }

        /// Those with such a title.
        #[utoipa::path(get, path = $search, tag = $tag, params(Pages, ("query" = String, Query)),
            responses((status = 200, description = "A page", body = $page)))]
        async fn search(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
            super::search(&caller, &ask, KIND).await
        }

        /// One of them.
        #[utoipa::path(get, path = $each, tag = $tag, params(($id = i64, Path)),
            responses((status = 200, description = "It", body = $one)))]
        async fn show(caller: Caller, Id(id): Id) -> Result<Listed, Problem> {
            super::show(&caller, KIND, id).await
        }

        /// A new one.
        #[utoipa::path(post, path = $all, tag = $tag, request_body = $sent,
            responses((status = 201, description = "The new one", body = $one)))]
        async fn create(caller: Caller, Body(sent): Body<$sent>) -> Result<Response, Problem> {
            super::create(&caller, KIND, &sent.$key).await
        }

        /// It becomes different.
        #[utoipa::path(put, path = $each, tag = $tag, params(($id = i64, Path)), request_body = $sent,
            responses((status = 200, description = "As it is now", body = $one)))]
        async fn update(caller: Caller, Id(id): Id, Body(sent): Body<$sent>) -> Result<Listed, Problem> {
            super::update(&caller, KIND, id, &sent.$key).await
        }

        /// Several become different.
        #[utoipa::path(put, path = $update_many, tag = $tag, request_body = $many_sent,
            responses((status = 200, description = "As they are now", body = $page)))]
        async fn update_many(caller: Caller, Body(sent): Body<$many_sent>) -> Result<Listed, Problem> {
            super::update_many(&caller, KIND, &sent.$keys).await
        }

        /// It is deleted.
        #[utoipa::path(delete, path = $each, tag = $tag, params(($id = i64, Path)),
            responses((status = 204, description = "It is gone")))]
        async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
            super::delete(&caller, KIND, id).await
        }

        /// Several are deleted, at once and without a job.
        #[utoipa::path(delete, path = $destroy_many, tag = $tag, params(("ids" = String, Query)),
            responses((status = 204, description = "They are gone")))]
        async fn destroy_many(caller: Caller, ask: Ask) -> Result<StatusCode, Problem> {
            super::destroy_many(&caller, KIND, &ask).await
        }

        /// Of what they can be made.
        #[utoipa::path(get, path = $definitions, tag = $tag,
            responses((status = 200, description = "Fields, with how they are compared or set", body = Definitions)))]
        async fn definition(caller: Caller) -> Result<axum::Json<Definitions>, Problem> {
            super::definitions::of(&caller, KIND).await
        }
    };
}

pub(super) use family;
