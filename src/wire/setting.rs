use crate::domain::account::{Account, Group, OnHold, PendingEnd, Settings};
use crate::domain::act::in_hours;
use crate::domain::time::Span;
use serde_json::{Map, Value};

/// The account's settings by their dotted names. Spans are in whole hours with an `h`, groups are named.
pub fn settings(account: &Account, settings: &Settings, groups: &[Group]) -> Map<String, Value> {
    let span = |span: Option<Span>| span.map_or(Value::Null, |span| in_hours(span).into());
    let group = settings.default_group.and_then(|id| groups.iter().find(|group| group.id == id));
    let hold = match settings.portal_on_hold {
        OnHold::Show => "show",
        OnHold::AsOpen => "as_open",
    };
    let end = match settings.timers.pending_end {
        PendingEnd::Closed => "closed",
        PendingEnd::Solved => "solved",
    };
    let people = &settings.people;
    let pairs: [(&str, Value); 22] = [
        ("account.name", account.name.clone().into()),
        ("account.url", account.url.clone().into()),
        ("agent_ticket_deletion", settings.removal.by_agents.into()),
        ("anonymous_requests", settings.anonymous_requests.into()),
        ("attachment_bytes", settings.attachment_bytes.into()),
        ("close_after", span(settings.timers.close_after)),
        ("default_group", group.map(|group| group.name.clone()).into()),
        ("end_after", span(settings.timers.end_after)),
        ("language", settings.language.clone().into()),
        ("link_expires", in_hours(people.link_expires).into()),
        ("mail_tickets", settings.mail_tickets.into()),
        ("notices_per_hour", settings.notices_per_hour.into()),
        ("pending_end", end.into()),
        ("portal.on_hold", hold.into()),
        ("private_tickets", settings.private_tickets.into()),
        ("purge_days", settings.removal.purge_days.into()),
        ("ratings", settings.ratings.into()),
        ("remind_after", span(settings.timers.remind_after)),
        ("retention_days", people.retention_days.into()),
        ("sign_up", people.sign_up.name().into()),
        ("time_zone", people.time_zone.clone().into()),
        ("webhooks.allow_hosts", settings.webhook_hosts.texts().into()),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
