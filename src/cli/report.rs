//! Reports: tickets counted in a table, a chart, CSV or JSON.

mod csv;
mod show;

use super::account::Account;
use super::context::Context;
use super::read;
use crate::domain::condition::Condition;
use crate::domain::id::ScheduleId;
use crate::domain::report::{self, Dimension, Measure};
use crate::domain::schedule;
use crate::domain::setup::{Lookup as _, Mentions, Refers};
use crate::domain::time::Timestamp;
use crate::language::{Present, Zone, nearest};
use crate::report::{Failure, Status};
use crate::words;
use chrono::{Datelike as _, NaiveDate};
use clap::Args;
use show::Shown;

/// How many days are counted when nobody says how many.
const DAYS: i64 = 30;

/// Counts those opened in the period, those solved in it, and all that are unsolved now, with how long the first public
/// answer to those opened took and the solution of those solved (medians; 90 %: nine of ten took no longer). Private
/// tickets count. By day, week or month each counts when it happened.
#[derive(Args, Debug)]
pub struct Ask {
    /// The first day that counts: 2026-11-01, a moment, or 30d, 4w ago; 30 days in all when not given
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day that counts, or a moment before which it ends; today when not given
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// By what it is parted; may be given twice: status, kind, organization, group, assignee, requester, channel,
    /// priority, tag, day, week, month
    #[arg(long, value_name = "FIELD", value_parser = dimension)]
    by: Vec<Dimension>,
    /// Count only tickets of which this condition is true, such as 'priority is urgent and channel is email'
    #[arg(long = "where", value_name = "SENTENCE")]
    only: Option<String>,
    /// The time zone of days; that of who asks, or else of this machine, when not given
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Count durations in these business hours
    #[arg(long, value_name = "NAME")]
    schedule: Option<String>,
    /// Draw bars of one number: opened, solved, unsolved, reopened, first-answer, solution
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, require_equals = true, default_missing_value = "opened",
        value_parser = measure, conflicts_with_all = ["csv", "json"])]
    chart: Option<Measure>,
    /// Print comma-separated values, durations in seconds
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

fn dimension(text: &str) -> Result<Dimension, String> {
    let names = Dimension::ALL.map(Dimension::name);
    Dimension::parse(text).ok_or_else(|| match nearest(text, names) {
        Some(near) => format!("did you mean {near}? Reports are by {}", names.join(", ")),
        None => format!("reports are by {}", names.join(", ")),
    })
}

fn measure(text: &str) -> Result<Measure, String> {
    Measure::parse(text).ok_or_else(|| format!("a chart is of {}", Measure::ALL.map(Measure::name).join(", ")))
}

impl Ask {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let account = cx.account().await?;
        let zone = self.zone(&account, cx.around.present.zone)?;
        let (from, until) = self.period(Present { now: cx.around.present.now, zone })?;
        let ask = report::Ask {
            only: self.only(cx, &account).await?,
            schedule: self.schedule(&account).await?,
            ..report::Ask::new(from, until)
        };
        let ask = ask.parted(self.by.clone(), &|at| zone.east(at.0));
        let reported = account.client.report(ask.clone()).await?;
        let shown = Shown { ask: &ask, reported: &reported, session: &account.session, zone };
        if cx.out.is_json() {
            shown.json(cx)
        } else if self.csv {
            shown.csv(cx)
        } else if let Some(measure) = self.chart {
            shown.chart(cx, measure)
        } else {
            shown.table(cx)
        }
    }

    fn zone(&self, account: &Account, here: Zone) -> Result<Zone, Failure> {
        let Some(name) = &self.zone else {
            return Ok(account.session.me.time_zone.as_deref().and_then(Zone::named).unwrap_or(here));
        };
        Zone::named(name).ok_or_else(|| {
            let failure = match nearest(name, schedule::zones()) {
                Some(near) => Failure::said("reports-no-zone-but", Status::Usage).with("nearest", near),
                None => Failure::said("reports-no-zone", Status::Usage),
            };
            failure.with("zone", name.as_str())
        })
    }

    fn period(&self, present: Present) -> Result<(Timestamp, Timestamp), Failure> {
        let read = |text: &String, last: bool| {
            let bad = || Failure::said("reports-bad-time", Status::Usage).with("text", text.as_str());
            moment(text, last, &present).ok_or_else(bad)
        };
        let until = self.to.as_ref().map_or_else(|| Ok(present.day_at(1, 0)), |text| read(text, true))?;
        let last = Present { now: until - 1, ..present };
        let from = self.from.as_ref().map_or_else(|| Ok(last.day_at(1 - DAYS, 0)), |text| read(text, false))?;
        if from >= until {
            return Err(Failure::said("reports-backwards", Status::Usage));
        }
        Ok((Timestamp(from), Timestamp(until)))
    }

    async fn only(&self, cx: &Context, account: &Account) -> Result<Condition, Failure> {
        let Some(sentence) = &self.only else { return Ok(Condition::EVERYTHING) };
        // What fields hold is known before the names in it are looked for.
        let known = account.client.directory(Mentions::default()).await?;
        let directory = account.client.directory(Mentions::of_sentence(sentence, &known)).await?;
        Condition::read(sentence, &directory).map_err(|error| {
            let why = words::sentence_error(&cx.words, &error);
            Failure::said("reports-where", Status::Usage).with("why", why)
        })
    }

    async fn schedule(&self, account: &Account) -> Result<Option<ScheduleId>, Failure> {
        let Some(name) = &self.schedule else { return Ok(None) };
        let found = account.client.directory(Mentions::default()).await?.id(Refers::Schedule, name);
        let missing = || Failure::said("reports-no-schedule", Status::NotFound).with("name", name.as_str());
        found.map(|id| Some(ScheduleId(id))).ok_or_else(missing)
    }
}

/// A moment as people name it; a day is its beginning, as the last of a period its end.
fn moment(text: &str, last: bool, present: &Present) -> Option<i64> {
    let text = text.trim();
    let years = 1970..=9999;
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        let day = if last { day.succ_opt()? } else { day };
        return years.contains(&day.year()).then(|| present.moment(&day.format("%Y-%m-%d").to_string(), 0)).flatten();
    }
    if let Some((count, week)) = text.strip_suffix('d').map(|n| (n, 1)).or(text.strip_suffix('w').map(|n| (n, 7))) {
        let days = count.parse::<u16>().ok().map(|count| i64::from(count) * week)?;
        return Some(present.day_at(i64::from(last) - days, 0));
    }
    let day = text.get(..10).filter(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok())?;
    let in_reach = day.get(..4)?.parse::<i32>().is_ok_and(|year| years.contains(&year));
    let whole = || read::time(text).ok().map(|at| at.0);
    present.moment(text, 0).or_else(whole).filter(|_| in_reach)
}
