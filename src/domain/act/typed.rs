//! Settings as people type and read them, by their dotted names.

use super::Setting;
use crate::domain::account::{Account, Group, OnHold, PendingEnd, Settings, folded_name};
use crate::domain::hosts::Hosts;
use crate::domain::life::{PeopleSetting, SignUp};
use crate::domain::removal::RemovalSetting;
use crate::domain::time::Span;

/// What cannot be a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadSetting {
    /// There is none of that name.
    Name,
    /// It takes no such value.
    Value,
}

impl Setting {
    /// All, by their dotted names.
    pub const NAMES: [&str; 22] = [
        "account.name",
        "account.url",
        "agent_ticket_deletion",
        "anonymous_requests",
        "attachment_bytes",
        "close_after",
        "default_group",
        "end_after",
        "language",
        "link_expires",
        "mail_tickets",
        "notices_per_hour",
        "pending_end",
        "portal.on_hold",
        "private_tickets",
        "purge_days",
        "ratings",
        "remind_after",
        "retention_days",
        "sign_up",
        "time_zone",
        "webhooks.allow_hosts",
    ];

    /// The setting of a name with a value as it is typed: `none` where there may be none, spans such as `4d` or `36h`.
    ///
    /// # Errors
    /// There is no such setting, or it takes no such value. Whether the value may be is for `decide` to say.
    pub fn read(name: &str, typed: &str, groups: &[Group]) -> Result<Self, BadSetting> {
        if !Self::NAMES.contains(&name) {
            return Err(BadSetting::Name);
        }
        Self::of(name, typed.trim(), groups).ok_or(BadSetting::Value)
    }

    fn of(name: &str, word: &str, groups: &[Group]) -> Option<Self> {
        let none = matches!(word, "none" | "null" | "");
        let group = || groups.iter().find(|group| folded_name(&group.name) == folded_name(word)).map(|group| group.id);
        Some(match name {
            "account.name" => Self::AccountName(word.to_owned()),
            "account.url" => Self::AccountUrl((!none).then(|| word.to_owned())),
            "private_tickets" => Self::PrivateTickets(switch(word)?),
            "portal.on_hold" => Self::PortalOnHold(match word {
                "show" => OnHold::Show,
                "as_open" => OnHold::AsOpen,
                _ => return None,
            }),
            "pending_end" => Self::PendingEnd(match word {
                "closed" => PendingEnd::Closed,
                "solved" => PendingEnd::Solved,
                _ => return None,
            }),
            "remind_after" => Self::RemindAfter(span(word)?),
            "end_after" => Self::EndAfter(span(word)?),
            "close_after" => Self::CloseAfter(span(word)?),
            "default_group" if none => Self::DefaultGroup(None),
            "default_group" => Self::DefaultGroup(Some(group()?)),
            "language" => Self::Language(word.to_owned()),
            "attachment_bytes" => Self::AttachmentBytes(word.parse().ok()?),
            "sign_up" => Self::People(PeopleSetting::SignUp(SignUp::parse(word)?)),
            "link_expires" => Self::People(PeopleSetting::LinkExpires(span(word)??)),
            "retention_days" if none => Self::People(PeopleSetting::RetentionDays(None)),
            "retention_days" => Self::People(PeopleSetting::RetentionDays(Some(word.parse().ok()?))),
            "mail_tickets" => Self::MailTickets(switch(word)?),
            "notices_per_hour" => Self::NoticesPerHour(word.parse().ok()?),
            "ratings" => Self::Ratings(switch(word)?),
            "anonymous_requests" => Self::AnonymousRequests(switch(word)?),
            "time_zone" => Self::People(PeopleSetting::TimeZone(word.to_owned())),
            "webhooks.allow_hosts" => Self::WebhookHosts(Hosts::read(word)?),
            "agent_ticket_deletion" => Self::Removal(RemovalSetting::ByAgents(switch(word)?)),
            "purge_days" if none => Self::Removal(RemovalSetting::PurgeDays(0)),
            "purge_days" => Self::Removal(RemovalSetting::PurgeDays(word.parse().ok()?)),
            _ => return None,
        })
    }

    /// The words that a setting takes, where it takes no others.
    pub fn choices(name: &str, groups: &[Group]) -> Vec<String> {
        let words: &[&str] = match name {
            "private_tickets" | "mail_tickets" | "anonymous_requests" | "ratings" | "agent_ticket_deletion" => {
                &["true", "false"]
            }
            "portal.on_hold" => &["show", "as_open"],
            "pending_end" => &["closed", "solved"],
            "sign_up" => &SignUp::ALL.map(SignUp::name),
            "default_group" => {
                return groups.iter().map(|group| group.name.clone()).chain(["none".to_owned()]).collect();
            }
            _ => &[],
        };
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// Its value, as it is typed; a group by its number.
    pub fn value(&self) -> String {
        let none = || "none".to_owned();
        let after = |span: &Option<Span>| span.map_or_else(none, in_hours);
        match self {
            Self::AccountName(text) | Self::Language(text) => text.clone(),
            Self::AccountUrl(url) => url.clone().unwrap_or_else(none),
            Self::PrivateTickets(on)
            | Self::MailTickets(on)
            | Self::AnonymousRequests(on)
            | Self::Ratings(on)
            | Self::Removal(RemovalSetting::ByAgents(on)) => on.to_string(),
            Self::PortalOnHold(shown) => if *shown == OnHold::Show { "show" } else { "as_open" }.to_owned(),
            Self::PendingEnd(end) => if *end == PendingEnd::Closed { "closed" } else { "solved" }.to_owned(),
            Self::RemindAfter(span) | Self::EndAfter(span) | Self::CloseAfter(span) => after(span),
            Self::DefaultGroup(group) => group.map_or_else(none, |group| format!("#{group}")),
            Self::AttachmentBytes(bytes) => bytes.to_string(),
            Self::NoticesPerHour(bound) => bound.to_string(),
            Self::WebhookHosts(hosts) => hosts.to_string(),
            Self::People(PeopleSetting::SignUp(who)) => who.name().to_owned(),
            Self::People(PeopleSetting::LinkExpires(span)) => in_hours(*span),
            Self::People(PeopleSetting::RetentionDays(days)) => days.map_or_else(none, |days| days.to_string()),
            Self::People(PeopleSetting::TimeZone(name)) => name.clone(),
            Self::Removal(RemovalSetting::PurgeDays(days)) => days.to_string(),
        }
    }

    /// What a setting is now, as it is typed; an unknown name has no value.
    pub fn written(name: &str, account: &Account, settings: &Settings, groups: &[Group]) -> Option<String> {
        let none = || "none".to_owned();
        let after = |span: Option<Span>| span.map_or_else(none, in_hours);
        let group = settings.default_group.and_then(|id| groups.iter().find(|group| group.id == id));
        let (timers, people) = (&settings.timers, &settings.people);
        Some(match name {
            "account.name" => account.name.clone(),
            "account.url" => account.url.clone().unwrap_or_else(none),
            "agent_ticket_deletion" => settings.removal.by_agents.to_string(),
            "anonymous_requests" => settings.anonymous_requests.to_string(),
            "attachment_bytes" => settings.attachment_bytes.to_string(),
            "close_after" => after(timers.close_after),
            "default_group" => group.map_or_else(none, |group| group.name.clone()),
            "end_after" => after(timers.end_after),
            "language" => settings.language.clone(),
            "link_expires" => in_hours(people.link_expires),
            "mail_tickets" => settings.mail_tickets.to_string(),
            "notices_per_hour" => settings.notices_per_hour.to_string(),
            "pending_end" => if timers.pending_end == PendingEnd::Closed { "closed" } else { "solved" }.to_owned(),
            "portal.on_hold" => if settings.portal_on_hold == OnHold::Show { "show" } else { "as_open" }.to_owned(),
            "private_tickets" => settings.private_tickets.to_string(),
            "purge_days" => settings.removal.purge_days.to_string(),
            "ratings" => settings.ratings.to_string(),
            "remind_after" => after(timers.remind_after),
            "retention_days" => people.retention_days.map_or_else(none, |days| days.to_string()),
            "sign_up" => people.sign_up.name().to_owned(),
            "time_zone" => people.time_zone.clone(),
            "webhooks.allow_hosts" => settings.webhook_hosts.to_string(),
            _ => return None,
        })
    }
}

/// `36h`, or minutes where hours do not do.
pub fn in_hours(span: Span) -> String {
    if span.0 % Span::hours(1).0 == 0 {
        format!("{}h", span.0 / Span::hours(1).0)
    } else {
        format!("{}m", span.0 / Span::minutes(1).0)
    }
}

/// `4d`, `36h`, `90m`, `4days`; `none` is none.
pub fn span(text: &str) -> Option<Option<Span>> {
    let text = text.trim();
    if matches!(text, "none" | "off" | "null") {
        return Some(None);
    }
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let number: i64 = text[..digits].parse().ok()?;
    let unit = match text[digits..].trim() {
        "d" | "day" | "days" => Span::days(1),
        "h" | "hour" | "hours" => Span::hours(1),
        "m" | "min" | "minute" | "minutes" => Span::minutes(1),
        _ => return None,
    };
    number.checked_mul(unit.0).map(|ms| Some(Span(ms)))
}

fn switch(word: &str) -> Option<bool> {
    match word {
        "true" | "on" | "yes" => Some(true),
        "false" | "off" | "no" => Some(false),
        _ => None,
    }
}
