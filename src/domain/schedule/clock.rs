//! How long it is open between two moments, and when so much has passed.

use super::OpenHours;
use crate::domain::time::{Span, Timestamp};
use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeZone};

const DAY: i64 = 86_400_000;
const MINUTE: i64 = 60_000;

/// How many days are looked through for so much open time; what lies further away is never.
const HORIZON: i64 = 20 * 366;

/// Beyond these years no calendar helps: 0 and 9999.
const REACH: (i64, i64) = (-62_167_219_200_000, 253_402_300_800_000);

/// Open time without a break, in milliseconds: from the first to before the second.
type Open = (i64, i64);

/// The moments from which, or to which, it is open just so long: several where it is closed there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// The first moment from which on it is at least so long; after all time if that never comes.
    pub earliest: Timestamp,
    /// The last moment until which it is at most so long.
    pub latest: Timestamp,
}

impl OpenHours {
    /// Whether it is open at a moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.open_between(at, at + Span(1)).0 > 0
    }

    /// How long it is open from one moment to before another; nothing when that is earlier.
    pub fn open_between(&self, from: Timestamp, to: Timestamp) -> Span {
        let (from, to) = (from.0.clamp(REACH.0, REACH.1), to.0.clamp(REACH.0, REACH.1));
        let mut sum = 0;
        let mut day = from.div_euclid(DAY);
        while day * DAY < to {
            let open = self.open_in((day * DAY).max(from), ((day + 1) * DAY).min(to));
            sum += open.iter().map(|(from, until)| until - from).sum::<i64>();
            day += 1;
        }
        Span(sum)
    }

    /// The first moment at which it has been open so long since another.
    pub fn after(&self, from: Timestamp, span: Span) -> Timestamp {
        self.distance(from, Span(span.0.max(0))).earliest
    }

    /// The last moment since which it has been open so long at another.
    pub fn before(&self, to: Timestamp, span: Span) -> Timestamp {
        self.distance(to, Span(-span.0.max(0))).latest
    }

    /// The moments that are so much open time after a moment, or before it where the span is negative.
    pub fn distance(&self, from: Timestamp, span: Span) -> Distance {
        let from = from.0.clamp(REACH.0, REACH.1);
        let (earliest, latest) = match span.0 {
            0 => (self.backward(from, 0).0, self.forward(from, 0).1),
            ahead if ahead > 0 => self.forward(from, ahead),
            behind => self.backward(from, -behind),
        };
        Distance { earliest: Timestamp(earliest), latest: Timestamp(latest) }
    }

    /// After so much open time from a moment on: when it is over, and when the next begins.
    fn forward(&self, from: i64, mut left: i64) -> (i64, i64) {
        let first = from.div_euclid(DAY);
        let mut over = if left == 0 { Some(from) } else { None };
        for day in first..first + HORIZON {
            for (begin, end) in self.open_in((day * DAY).max(from), (day + 1) * DAY) {
                match over {
                    Some(over) => return (over, begin),
                    None if end - begin > left => return (begin + left, begin + left),
                    None if end - begin == left => over = Some(end),
                    None => left -= end - begin,
                }
            }
        }
        (over.unwrap_or(i64::MAX), i64::MAX)
    }

    /// The same backwards: the end of the open time before it, and where so much begins.
    fn backward(&self, to: i64, mut left: i64) -> (i64, i64) {
        let last = (to - 1).div_euclid(DAY);
        let mut over = if left == 0 { Some(to) } else { None };
        for day in (last - HORIZON..=last).rev() {
            for (begin, end) in self.open_in(day * DAY, ((day + 1) * DAY).min(to)).into_iter().rev() {
                match over {
                    Some(over) => return (end, over),
                    None if end - begin > left => return (end - left, end - left),
                    None if end - begin == left => over = Some(begin),
                    None => left -= end - begin,
                }
            }
        }
        (i64::MIN, over.unwrap_or(i64::MIN))
    }

    /// The open time between two moments of at most a day, in order.
    fn open_in(&self, from: i64, to: i64) -> Vec<Open> {
        let mut open = Vec::new();
        let mut begin = from;
        while begin < to {
            let end = self.same_offset(begin, to);
            self.at_offset(begin, end, &mut open);
            begin = end;
        }
        open
    }

    /// Until when, within less than two days, clocks run on as they do at a moment.
    fn same_offset(&self, from: i64, to: i64) -> i64 {
        let offset = self.offset(from);
        if self.offset(to - 1) == offset {
            return to;
        }
        let (mut same, mut other) = (from, to - 1);
        while other - same > 1 {
            let middle = same + (other - same) / 2;
            if self.offset(middle) == offset {
                same = middle;
            } else {
                other = middle;
            }
        }
        other
    }

    /// By how much local clocks are ahead.
    fn offset(&self, at: i64) -> i64 {
        let utc = DateTime::from_timestamp_millis(at).unwrap_or_default().naive_utc();
        i64::from(self.zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1_000
    }

    /// The open time between two moments while clocks run evenly.
    fn at_offset(&self, from: i64, to: i64, open: &mut Vec<Open>) {
        let offset = self.offset(from);
        for day in (from + offset).div_euclid(DAY)..=(to - 1 + offset).div_euclid(DAY) {
            for hours in self.hours_of(day) {
                let midnight = day * DAY - offset;
                let begin = (midnight + i64::from(hours.from) * MINUTE).max(from);
                let end = (midnight + i64::from(hours.until) * MINUTE).min(to);
                if begin < end {
                    open.push((begin, end));
                }
            }
        }
    }

    /// The hours of a local day, counted from 1970-01-01.
    fn hours_of(&self, day: i64) -> &[super::Hours] {
        let date = i32::try_from(day + 719_163).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
        let Some(date) = date else { return &[] };
        // Holidays may lie within each other, so the last to begin need not be the last to end.
        let begun = self.holidays.partition_point(|one| one.first <= date);
        if self.holidays[..begun].iter().any(|one| date <= one.last) {
            return &[];
        }
        &self.week[date.weekday().num_days_from_monday() as usize]
    }
}
