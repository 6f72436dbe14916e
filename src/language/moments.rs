//! Moments as people type them, in their own time zone.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{Present, Zone};

const HOUR_MS: i64 = 60 * 60_000;

impl Zone {
    /// The instant at which calendar and clock on the wall show that, in milliseconds UTC. Where summer time leaves an
    /// hour out it is the one after; where it repeats one, the first.
    fn instant(self, wall: NaiveDateTime) -> i64 {
        let local = wall.and_utc().timestamp_millis();
        // The offset is asked for twice: the first answer may be that of the other side of a change.
        let east = |at: i64| self.wall(at).and_utc().timestamp_millis() - at;
        let near = local - east(local);
        local - east(near)
    }
}

impl Present {
    /// So many days from today at that hour, in milliseconds UTC.
    pub fn day_at(&self, days: i64, hour: u32) -> i64 {
        let today = self.zone.wall(self.now).date();
        let day = TimeDelta::try_days(days).and_then(|days| today.checked_add_signed(days)).unwrap_or(today);
        self.zone.instant(day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()))
    }

    /// Reads `2026-12-01`, `2026-12-01 10:00`, `10:00` (the next time the clock shows it), `4h`, `3d`, `2w`: in
    /// milliseconds UTC. A day without a time has that hour. `None` if it is none of these.
    pub fn moment(&self, text: &str, hour: u32) -> Option<i64> {
        let text = text.trim();
        if let Some(at) = self.ahead(text, hour) {
            return Some(at);
        }
        if let Ok(clock) = NaiveTime::parse_from_str(text, "%H:%M") {
            let today = self.zone.wall(self.now).date();
            let at = self.zone.instant(today.and_time(clock));
            let tomorrow = today.checked_add_days(Days::new(1))?;
            return Some(if at > self.now { at } else { self.zone.instant(tomorrow.and_time(clock)) });
        }
        let (day, clock) = text.split_once([' ', 'T']).unwrap_or((text, ""));
        let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
        let clock = match clock.trim() {
            "" => NaiveTime::from_hms_opt(hour, 0, 0)?,
            clock => NaiveTime::parse_from_str(clock, "%H:%M").ok()?,
        };
        Some(self.zone.instant(day.and_time(clock)))
    }

    fn ahead(&self, text: &str, hour: u32) -> Option<i64> {
        let unit = text.chars().next_back()?;
        let count: i64 =
            text.strip_suffix(unit)?.trim_end().parse().ok().filter(|count| (0..10_000).contains(count))?;
        match unit {
            'h' => Some(self.now + count * HOUR_MS),
            'd' => Some(self.day_at(count, hour)),
            'w' => Some(self.day_at(7 * count, hour)),
            _ => None,
        }
    }
}
