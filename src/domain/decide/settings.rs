use super::work::{Work, bounded_line};
use super::{Decision, Facts};
use crate::domain::account::{Account, PendingEnd, Settings, Timers};
use crate::domain::act::{Act, Setting};
use crate::domain::event::{Chain, Event};
use crate::domain::life::{PeopleSetting, PeopleSettings};
use crate::domain::locale;
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::removal::{RemovalSetting, RemovalSettings};
use crate::domain::rule::{Action, Automation};
use crate::domain::setup::{Item, ItemKind};
use crate::domain::status::Status;
use crate::domain::text::one_line;
use crate::domain::time::{Span, Timestamp};

/// A setting of the account changes: admins only. What the stock automations do is changed there.
pub(super) fn set(facts: &Facts, act: &Act, setting: &Setting, now: Timestamp) -> Result<Decision, Refusal> {
    facts.admin()?;
    let (account, settings) = applied(facts, setting)?;
    let automation = automation(facts, setting)?;
    let mut work = Work::new(facts, act, now);
    if account != facts.account || settings != facts.settings || automation.is_some() {
        work.write(Chain::Account, vec![Event::SettingChanged(setting.clone())]);
    }
    work.decision.items.set.extend(automation.map(Item::Automation));
    work.decision.account = Some(account).filter(|account| *account != facts.account);
    work.decision.settings = Some(settings).filter(|settings| *settings != facts.settings);
    Ok(work.decision)
}

/// The stock automation as a setting wants it; none when it is so already.
fn automation(facts: &Facts, setting: &Setting) -> Result<Option<Automation>, Refusal> {
    let (slug, wait) = match setting {
        Setting::RemindAfter(after) => (Timers::REMIND, Some(positive(*after, "remind_after")?)),
        Setting::EndAfter(after) => (Timers::END, Some(positive(*after, "end_after")?)),
        Setting::CloseAfter(after) => (Timers::CLOSE, Some(within_days(*after)?)),
        Setting::PendingEnd(_) => (Timers::END, None),
        _ => return Ok(None),
    };
    let known = facts.setup.automations.iter().find(|rule| rule.slug == slug);
    let known = known.ok_or(Refusal::NotFound(Thing::Item(ItemKind::Automation)))?;
    let mut rule = known.clone();
    match (setting, wait) {
        (_, Some(None)) => rule.active = false,
        (_, Some(Some(span))) => {
            rule.active = true;
            rule.when = rule.when.waiting(span);
        }
        (Setting::PendingEnd(end), None) => {
            let to = match end {
                PendingEnd::Closed => Status::Closed,
                PendingEnd::Solved => Status::Solved,
            };
            for action in &mut rule.then {
                if matches!(action, Action::Status(_)) {
                    *action = Action::Status(to);
                }
            }
        }
        _ => {}
    }
    Ok(Some(rule).filter(|rule| rule != known))
}

fn applied(facts: &Facts, setting: &Setting) -> Result<(Account, Settings), Refusal> {
    let (mut account, mut settings) = (facts.account.clone(), facts.settings.clone());
    match setting {
        Setting::AccountName(name) => account.name = bounded_line(name, Field::Name, 200)?,
        Setting::AccountUrl(url) => account.url = url.as_deref().map(one_line).filter(|url| !url.is_empty()),
        Setting::PrivateTickets(on) => settings.private_tickets = *on,
        Setting::PortalOnHold(shown) => settings.portal_on_hold = *shown,
        // These change an automation.
        Setting::PendingEnd(_) | Setting::RemindAfter(_) | Setting::EndAfter(_) | Setting::CloseAfter(_) => {}
        Setting::DefaultGroup(group) => {
            if group.is_some_and(|id| !facts.groups.contains_key(&id)) {
                return Err(Refusal::NotFound(Thing::Group));
            }
            settings.default_group = *group;
        }
        Setting::Language(language) => settings.language = bounded_line(language, Field::Language, 35)?,
        Setting::AttachmentBytes(bytes) if *bytes > Settings::MAX_ATTACHMENT_BYTES => {
            return Err(Refusal::OutOfRange { setting: "attachment_bytes" });
        }
        Setting::AttachmentBytes(bytes) => settings.attachment_bytes = *bytes,
        Setting::MailTickets(on) => settings.mail_tickets = *on,
        Setting::AnonymousRequests(on) => settings.anonymous_requests = *on,
        Setting::Ratings(on) => settings.ratings = *on,
        Setting::NoticesPerHour(bound) => {
            let (least, most) = Settings::NOTICES_PER_HOUR;
            if !(least..=most).contains(bound) {
                return Err(Refusal::OutOfRange { setting: setting.name() });
            }
            settings.notices_per_hour = *bound;
        }
        Setting::WebhookHosts(hosts) => settings.webhook_hosts = hosts.clone(),
        Setting::People(setting) => set_people(&mut settings.people, setting)?,
        Setting::Removal(RemovalSetting::ByAgents(on)) => settings.removal.by_agents = *on,
        Setting::Removal(RemovalSetting::PurgeDays(days)) if *days > RemovalSettings::MAX_PURGE_DAYS => {
            return Err(Refusal::OutOfRange { setting: setting.name() });
        }
        Setting::Removal(RemovalSetting::PurgeDays(days)) => settings.removal.purge_days = *days,
    }
    Ok((account, settings))
}

fn set_people(settings: &mut PeopleSettings, setting: &PeopleSetting) -> Result<(), Refusal> {
    let (least, most) = PeopleSettings::LINK_EXPIRES;
    let out = Err(Refusal::OutOfRange { setting: setting.name() });
    match setting {
        PeopleSetting::SignUp(who) => settings.sign_up = *who,
        PeopleSetting::LinkExpires(after) if *after < least || *after > most => return out,
        PeopleSetting::LinkExpires(after) => settings.link_expires = *after,
        PeopleSetting::RetentionDays(Some(days)) if !(1..=PeopleSettings::MAX_RETENTION_DAYS).contains(days) => {
            return out;
        }
        PeopleSetting::RetentionDays(days) => settings.retention_days = *days,
        PeopleSetting::TimeZone(name) => {
            let zone = locale::time_zone(name).ok_or(Refusal::Malformed(Field::TimeZone))?;
            zone.clone_into(&mut settings.time_zone);
        }
    }
    Ok(())
}

fn positive(after: Option<Span>, setting: &'static str) -> Result<Option<Span>, Refusal> {
    if after.is_some_and(|span| span <= Span(0)) { Err(Refusal::OutOfRange { setting }) } else { Ok(after) }
}

/// From an hour to 28 days (D10).
fn within_days(after: Option<Span>) -> Result<Option<Span>, Refusal> {
    let (least, most) = Settings::CLOSE_AFTER;
    match after {
        Some(span) if span < least || span > most => Err(Refusal::OutOfRange { setting: "close_after" }),
        other => Ok(other),
    }
}
