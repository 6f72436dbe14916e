use super::{Ask, Dimension, Key, Step};
use crate::domain::time::Timestamp;
use chrono::{Datelike as _, Months, NaiveDate};

const DAY: i64 = 86_400_000;
/// 1970-01-01, as calendars count days from their first year.
const EPOCH: i64 = 719_163;

impl Ask {
    /// The same by these, with the days, weeks and months that they need. `east` says by how many milliseconds the
    /// reader's clock is ahead of UTC at a moment. Past a bound no more are made ([`Ask::too_much`] tells).
    #[must_use]
    pub fn parted(mut self, by: Vec<Dimension>, east: &dyn Fn(Timestamp) -> i64) -> Self {
        self.cuts.clear();
        for dimension in &by {
            if let Dimension::Time(step) = dimension {
                let cuts = cuts(*step, self.from, self.until, east);
                self.cuts.insert(*step, cuts);
            }
        }
        self.by = by;
        self
    }

    /// In which day, week or month of the period a moment lies.
    pub(super) fn time(&self, step: Step, at: Timestamp) -> Key {
        if at < self.from {
            return Key::Before;
        }
        if at >= self.until {
            return Key::After;
        }
        let cuts = self.cuts.get(&step).map(Vec::as_slice).unwrap_or_default();
        let begun = cuts.partition_point(|cut| *cut <= at);
        begun.checked_sub(1).map_or(Key::Before, |begun| Key::Time(cuts[begun]))
    }

    /// Which of the period's time a day, week or month takes: from the first moment to before the second.
    pub(super) fn stretch(&self, step: Step, begins: Timestamp) -> (Timestamp, Timestamp) {
        let cuts = self.cuts.get(&step).map(Vec::as_slice).unwrap_or_default();
        let next = cuts.iter().find(|cut| **cut > begins).copied().unwrap_or(self.until);
        (begins.max(self.from), next.min(self.until))
    }
}

/// Where each day, week or month begins, from that in which the period does.
fn cuts(step: Step, from: Timestamp, until: Timestamp, east: &dyn Fn(Timestamp) -> i64) -> Vec<Timestamp> {
    let mut cuts = Vec::new();
    let Some(mut day) = first(step, from, east) else { return cuts };
    while cuts.len() <= Ask::MAX_CUTS {
        let cut = midnight(day, east);
        if cut >= until {
            break;
        }
        // Where a whole day is left out, as on the far side of the date line, two begin at once.
        if cuts.last() != Some(&cut) {
            cuts.push(cut);
        }
        let Some(next) = following(step, day) else { break };
        day = next;
    }
    cuts
}

fn first(step: Step, from: Timestamp, east: &dyn Fn(Timestamp) -> i64) -> Option<NaiveDate> {
    let days = (from.0.checked_add(east(from))?).div_euclid(DAY) + EPOCH;
    let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(days).ok()?)?;
    match step {
        Step::Day => Some(day),
        Step::Week => day.checked_sub_days(chrono::Days::new(u64::from(day.weekday().num_days_from_monday()))),
        Step::Month => day.with_day(1),
    }
}

fn following(step: Step, day: NaiveDate) -> Option<NaiveDate> {
    match step {
        Step::Day => day.succ_opt(),
        Step::Week => day.checked_add_days(chrono::Days::new(7)),
        Step::Month => day.checked_add_months(Months::new(1)),
    }
}

/// When a day begins there; where clocks jump over midnight, when they do.
fn midnight(day: NaiveDate, east: &dyn Fn(Timestamp) -> i64) -> Timestamp {
    let wall = (i64::from(day.num_days_from_ce()) - EPOCH) * DAY;
    let begins = |at: i64| (at + east(Timestamp(at))).div_euclid(DAY) * DAY >= wall;
    // It lies within a day either way; the day has begun at the end of that and not before it.
    let (mut before, mut after) = (wall - DAY, wall + DAY);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if begins(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    Timestamp(after)
}
