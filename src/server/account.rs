//! The account: what it has chosen, its languages, and what it has with others.

use super::App;
use super::ask::{Ask, Id};
use super::body::Body;
use super::caller::{Caller, Here};
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::{Listed, Pages, envelope, page, sent};
use crate::domain::account::{OnHold, Settings};
use crate::domain::act::{Deed, Setting};
use crate::domain::life::{PeopleSetting, SignUp};
use crate::wire::{Locale, locales as all_locales};
use axum::Json;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show, update))
        .routes(routes!(locales))
        .routes(routes!(public_locales))
        .routes(routes!(agent_locales))
        .routes(routes!(current_locale))
        .routes(routes!(best_locale))
        .routes(routes!(locale))
        .routes(routes!(sharing_agreements))
}

/// What an account has chosen.
#[derive(Serialize, ToSchema)]
pub(super) struct AccountSettings {
    tickets: Tickets,
    active_features: Features,
    api: Api,
    limits: Limits,
    localization: Localization,
    user: User,
    brands: Brands,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SettingsOfTickets)]
#[expect(clippy::struct_excessive_bools, reason = "the API's names")]
struct Tickets {
    comments_public_by_default: bool,
    is_first_comment_private_enabled: bool,
    private_attachments: bool,
    agent_collision: bool,
    list_newest_comments_first: bool,
    list_empty_views: bool,
    markdown_ticket_comments: bool,
    rich_text_comments: bool,
    status_hold: bool,
    tagging: bool,
    collaboration: bool,
    follower_and_email_cc_collaborations: bool,
    assign_tickets_upon_solve: bool,
    assign_default_organization: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SettingsOfFeatures)]
#[expect(clippy::struct_excessive_bools, reason = "the API's names")]
struct Features {
    on_hold_status: bool,
    customer_satisfaction: bool,
    organization_access_enabled: bool,
    ticket_forms: bool,
    ticket_tagging: bool,
    user_org_fields: bool,
    business_hours: bool,
    allow_ccs: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SettingsOfApi)]
#[expect(clippy::struct_field_names, reason = "the API's names")]
struct Api {
    accepted_api_agreement: bool,
    api_token_access: String,
    api_password_access_end_users: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SettingsOfLimits)]
struct Limits {
    attachment_size: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SettingsOfLocalization)]
struct Localization {
    locale: String,
    time_zone: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SettingsOfUsers)]
#[expect(clippy::struct_excessive_bools, reason = "the API's names")]
struct User {
    multiple_organizations: bool,
    tagging: bool,
    language_selection: bool,
    time_zone_selection: bool,
    /// `open`, `approval` or `closed`
    sign_up: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SettingsOfBrands)]
struct Brands {
    name: String,
    url: Option<String>,
}

envelope!(
    /// What an account has chosen.
    SettingsOne { settings: AccountSettings }
);

fn told(name: String, url: Option<String>, chosen: &Settings) -> Json<SettingsOne> {
    let settings = AccountSettings {
        tickets: Tickets {
            comments_public_by_default: true,
            is_first_comment_private_enabled: chosen.private_tickets,
            private_attachments: false,
            agent_collision: true,
            list_newest_comments_first: false,
            list_empty_views: true,
            markdown_ticket_comments: false,
            rich_text_comments: false,
            status_hold: true,
            tagging: true,
            collaboration: true,
            follower_and_email_cc_collaborations: true,
            assign_tickets_upon_solve: false,
            assign_default_organization: true,
        },
        active_features: Features {
            on_hold_status: chosen.portal_on_hold == OnHold::Show,
            customer_satisfaction: chosen.ratings,
            organization_access_enabled: true,
            ticket_forms: true,
            ticket_tagging: true,
            user_org_fields: true,
            business_hours: true,
            allow_ccs: true,
        },
        api: Api {
            accepted_api_agreement: true,
            api_token_access: "true".to_owned(),
            api_password_access_end_users: true,
        },
        limits: Limits { attachment_size: chosen.attachment_bytes },
        localization: Localization { locale: chosen.language.clone(), time_zone: chosen.people.time_zone.clone() },
        user: User {
            multiple_organizations: false,
            tagging: false,
            language_selection: true,
            time_zone_selection: true,
            sign_up: chosen.people.sign_up.name(),
        },
        brands: Brands { name, url },
    };
    Json(SettingsOne { settings })
}

/// What the account has chosen. Agents only.
#[utoipa::path(get, path = "/account/settings", tag = "Account", responses((status = 200, description = "The settings", body = SettingsOne)))]
async fn show(caller: Caller) -> Result<Json<SettingsOne>, Problem> {
    let session = caller.staff().await?;
    Ok(told(session.account.name.clone(), session.account.url.clone(), &session.settings))
}

/// What is to be chosen otherwise; what cannot be is left alone, like every name that nobody knows.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(super) struct SentSettings {
    tickets: SentTickets,
    active_features: SentFeatures,
    limits: SentLimits,
    localization: SentLocalization,
    user: SentUser,
    brands: SentBrands,
}

#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
struct SentTickets {
    is_first_comment_private_enabled: Option<bool>,
}

#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
struct SentFeatures {
    on_hold_status: Option<bool>,
}

#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
struct SentLimits {
    attachment_size: Option<u64>,
}

#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
struct SentLocalization {
    locale: Option<String>,
    time_zone: Option<String>,
}

#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = SentUserSettings)]
struct SentUser {
    sign_up: Option<String>,
}

#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
struct SentBrands {
    name: Option<String>,
}

sent!(
    /// What is to be chosen otherwise.
    SettingsSent { settings: SentSettings }
);

/// Chooses otherwise. Admins only.
#[utoipa::path(put, path = "/account/settings", tag = "Account", request_body = SettingsSent,
    responses((status = 200, description = "The settings as they are now", body = SettingsOne)))]
async fn update(caller: Caller, Body(sent): Body<SettingsSent>) -> Result<Json<SettingsOne>, Problem> {
    caller.admin().await?;
    let sent = sent.settings;
    let sign_up = sent.user.sign_up.as_deref();
    let sign_up =
        sign_up.map(|name| SignUp::parse(name).ok_or_else(|| Problem::bad_parameter("sign_up"))).transpose()?;
    let on_hold = |on| if on { OnHold::Show } else { OnHold::AsOpen };
    let wanted = [
        sent.tickets.is_first_comment_private_enabled.map(Setting::PrivateTickets),
        sent.active_features.on_hold_status.map(on_hold).map(Setting::PortalOnHold),
        sent.limits.attachment_size.map(Setting::AttachmentBytes),
        sent.localization.locale.map(Setting::Language),
        sent.localization.time_zone.map(PeopleSetting::TimeZone).map(Setting::People),
        sign_up.map(PeopleSetting::SignUp).map(Setting::People),
        sent.brands.name.map(Setting::AccountName),
    ];
    for setting in wanted.into_iter().flatten() {
        caller.act(Deed::Set(setting)).await?;
    }
    show(caller).await
}

envelope!(
    /// A language.
    LocaleOne { locale: Locale }
);
envelope!(
    /// Languages.
    LocaleAll { locales: Vec<Locale> }
);

/// The languages in which people are written to.
#[utoipa::path(get, path = "/locales", tag = "Locales", responses((status = 200, description = "Languages", body = LocaleAll)))]
async fn locales(here: Here) -> Json<LocaleAll> {
    Json(LocaleAll { locales: all_locales(&here.base) })
}

/// The same.
#[utoipa::path(get, path = "/locales/public", tag = "Locales", responses((status = 200, description = "Languages", body = LocaleAll)))]
async fn public_locales(here: Here) -> Json<LocaleAll> {
    locales(here).await
}

/// The same.
#[utoipa::path(get, path = "/locales/agent", tag = "Locales", responses((status = 200, description = "Languages", body = LocaleAll)))]
async fn agent_locales(here: Here) -> Json<LocaleAll> {
    locales(here).await
}

/// The language of the one who asks, as far as people are written to in it.
#[utoipa::path(get, path = "/locales/current", tag = "Locales", responses((status = 200, description = "A language", body = LocaleOne)))]
async fn current_locale(here: Here, caller: Option<Caller>) -> Result<Json<LocaleOne>, Problem> {
    let wanted = match &caller {
        Some(caller) => caller.session().await?.languages(),
        None => String::new(),
    };
    one(&here, |locale| wanted.split(',').any(|tag| tag.trim().starts_with(locale.tag())), true)
}

/// The first of the languages that are asked for.
#[utoipa::path(get, path = "/locales/detect_best_locale", tag = "Locales", params(("available_locales[]" = Option<Vec<String>>, Query)),
    responses((status = 200, description = "A language", body = LocaleOne)))]
async fn best_locale(here: Here, ask: Ask) -> Result<Json<LocaleOne>, Problem> {
    let wanted = ask.list("available_locales");
    one(&here, |locale| wanted.iter().any(|tag| tag.to_lowercase().starts_with(locale.tag())), true)
}

/// A language by its number.
#[utoipa::path(get, path = "/locales/{locale_id}", tag = "Locales", params(("locale_id" = i64, Path)),
    responses((status = 200, description = "A language", body = LocaleOne)))]
async fn locale(here: Here, Id(id): Id) -> Result<Json<LocaleOne>, Problem> {
    one(&here, |locale| locale.number() == id, false)
}

fn one(here: &Here, fits: impl Fn(&Locale) -> bool, any: bool) -> Result<Json<LocaleOne>, Problem> {
    let mut all = all_locales(&here.base);
    let at = all.iter().position(fits).or(any.then_some(0)).ok_or_else(Problem::not_found)?;
    Ok(Json(LocaleOne { locale: all.swap_remove(at) }))
}

page!(
    /// A page of agreements with other accounts.
    AgreementPage { sharing_agreements: Value }
);

/// What is agreed with other accounts: nothing yet. Agents only.
#[utoipa::path(get, path = "/sharing_agreements", tag = "Sharing Agreements", params(Pages),
    responses((status = 200, description = "Agreements", body = AgreementPage)))]
async fn sharing_agreements(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    caller.staff().await?;
    Ok(Json(Rows::whole(Vec::<Value>::new(), &paging)?.body("sharing_agreements", &paging, &caller.here.url(), &ask)))
}
