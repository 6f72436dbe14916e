use super::work::{Work, bounded_line};
use super::{Decision, Facts};
use crate::domain::account::{Account, Settings};
use crate::domain::act::{Act, Setting};
use crate::domain::event::{Chain, Event};
use crate::domain::life::{PeopleSetting, PeopleSettings};
use crate::domain::locale;
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::text::one_line;
use crate::domain::time::{Span, Timestamp};

/// A setting of the account changes: admins only.
pub(super) fn set(facts: &Facts, act: &Act, setting: &Setting, now: Timestamp) -> Result<Decision, Refusal> {
    facts.admin()?;
    let (account, settings) = applied(facts, setting)?;
    let mut work = Work::new(facts, act, now);
    if account != facts.account || settings != facts.settings {
        work.write(Chain::Account, vec![Event::SettingChanged(setting.clone())]);
    }
    work.decision.account = Some(account).filter(|account| *account != facts.account);
    work.decision.settings = Some(settings).filter(|settings| *settings != facts.settings);
    Ok(work.decision)
}

fn applied(facts: &Facts, setting: &Setting) -> Result<(Account, Settings), Refusal> {
    let (mut account, mut settings) = (facts.account.clone(), facts.settings.clone());
    match setting {
        Setting::AccountName(name) => account.name = bounded_line(name, Field::Name, 200)?,
        Setting::AccountUrl(url) => account.url = url.as_deref().map(one_line).filter(|url| !url.is_empty()),
        Setting::PrivateTickets(on) => settings.private_tickets = *on,
        Setting::PortalOnHold(shown) => settings.portal_on_hold = *shown,
        Setting::PendingEnd(end) => settings.pending_end = *end,
        Setting::RemindAfter(after) => settings.remind_after = positive(*after, "remind_after")?,
        Setting::EndAfter(after) => settings.end_after = positive(*after, "end_after")?,
        Setting::CloseAfter(after) => settings.close_after = within_days(*after)?,
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
        Setting::People(setting) => set_people(&mut settings.people, setting)?,
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
