//! Changed settings as JSON, under their dotted names.

use super::read::Broken;
use crate::domain::act::Setting;
use crate::domain::hosts::Hosts;
use crate::domain::id::GroupId;
use crate::domain::life::{PeopleSetting, SignUp};
use crate::domain::removal::RemovalSetting;
use crate::domain::time::Span;
use crate::store::account::{on_hold, on_hold_name, pending_end, pending_end_name};
use serde_json::{Value as Json, json};

pub(super) fn write(setting: &Setting) -> Json {
    let span = |span: &Option<Span>| span.map(|span| span.0);
    let (name, value) = match setting {
        Setting::AccountName(name) => ("account.name", json!(name)),
        Setting::AccountUrl(url) => ("account.url", json!(url)),
        Setting::PrivateTickets(on) => ("private_tickets", json!(on)),
        Setting::PortalOnHold(shown) => ("portal.on_hold", json!(on_hold_name(*shown))),
        Setting::PendingEnd(end) => ("pending_end", json!(pending_end_name(*end))),
        Setting::RemindAfter(after) => ("remind_after", json!(span(after))),
        Setting::EndAfter(after) => ("end_after", json!(span(after))),
        Setting::CloseAfter(after) => ("close_after", json!(span(after))),
        Setting::DefaultGroup(group) => ("default_group", json!(group.map(|id| id.0))),
        Setting::Language(language) => ("language", json!(language)),
        Setting::AttachmentBytes(bytes) => ("attachment_bytes", json!(bytes)),
        Setting::People(setting) => (setting.name(), people(setting)),
        Setting::MailTickets(on) => ("mail_tickets", json!(on)),
        Setting::AnonymousRequests(on) => ("anonymous_requests", json!(on)),
        Setting::Ratings(on) => ("ratings", json!(on)),
        Setting::NoticesPerHour(bound) => ("notices_per_hour", json!(bound)),
        Setting::WebhookHosts(hosts) => ("webhooks.allow_hosts", json!(hosts.texts())),
        Setting::Removal(RemovalSetting::ByAgents(on)) => ("agent_ticket_deletion", json!(on)),
        Setting::Removal(RemovalSetting::PurgeDays(days)) => ("purge_days", json!(days)),
    };
    json!({ "event": "setting", "setting": name, "value": value })
}

fn people(setting: &PeopleSetting) -> Json {
    match setting {
        PeopleSetting::SignUp(who) => json!(who.name()),
        PeopleSetting::LinkExpires(after) => json!(after.0),
        PeopleSetting::RetentionDays(days) => json!(days),
        PeopleSetting::TimeZone(zone) => json!(zone),
    }
}

fn read_people(name: &str, value: &Json) -> Option<PeopleSetting> {
    Some(match name {
        "sign_up" => PeopleSetting::SignUp(SignUp::parse(value.as_str()?)?),
        "link_expires" => PeopleSetting::LinkExpires(Span(value.as_i64()?)),
        "retention_days" => {
            PeopleSetting::RetentionDays(value.as_u64().map(|days| u32::try_from(days).unwrap_or(u32::MAX)))
        }
        "time_zone" => PeopleSetting::TimeZone(value.as_str()?.to_owned()),
        _ => return None,
    })
}

pub(super) fn read(json: &Json) -> Result<Setting, Broken> {
    let value = &json["value"];
    let text = || value.as_str().map(str::to_owned).ok_or(Broken("value"));
    let span = || value.as_i64().map(Span);
    Ok(match json["setting"].as_str().unwrap_or_default() {
        "account.name" => Setting::AccountName(text()?),
        "account.url" => Setting::AccountUrl(value.as_str().map(str::to_owned)),
        "private_tickets" => Setting::PrivateTickets(value.as_bool().ok_or(Broken("value"))?),
        "portal.on_hold" => Setting::PortalOnHold(on_hold(&text()?).ok_or(Broken("value"))?),
        "pending_end" => Setting::PendingEnd(pending_end(&text()?).ok_or(Broken("value"))?),
        "remind_after" => Setting::RemindAfter(span()),
        "end_after" => Setting::EndAfter(span()),
        "close_after" => Setting::CloseAfter(span()),
        "default_group" => Setting::DefaultGroup(value.as_i64().map(GroupId)),
        "language" => Setting::Language(text()?),
        "attachment_bytes" => Setting::AttachmentBytes(value.as_u64().ok_or(Broken("value"))?),
        "mail_tickets" => Setting::MailTickets(value.as_bool().ok_or(Broken("value"))?),
        "anonymous_requests" => Setting::AnonymousRequests(value.as_bool().ok_or(Broken("value"))?),
        "ratings" => Setting::Ratings(value.as_bool().ok_or(Broken("value"))?),
        "notices_per_hour" => {
            let bound = value.as_u64().and_then(|bound| u32::try_from(bound).ok());
            Setting::NoticesPerHour(bound.ok_or(Broken("value"))?)
        }
        "webhooks.allow_hosts" => Setting::WebhookHosts(hosts(value).ok_or(Broken("value"))?),
        "agent_ticket_deletion" => Setting::Removal(RemovalSetting::ByAgents(value.as_bool().ok_or(Broken("value"))?)),
        "purge_days" => {
            let days = value.as_u64().and_then(|days| u32::try_from(days).ok());
            Setting::Removal(RemovalSetting::PurgeDays(days.ok_or(Broken("value"))?))
        }
        name => Setting::People(read_people(name, value).ok_or(Broken("setting"))?),
    })
}

/// A list of hosts.
pub(in crate::store) fn hosts(json: &Json) -> Option<Hosts> {
    let texts: Option<Vec<&str>> = json.as_array()?.iter().map(Json::as_str).collect();
    Hosts::parse(texts?)
}
