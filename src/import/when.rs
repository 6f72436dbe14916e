use crate::domain::time::Timestamp;
use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// The forms without zone, taken as UTC.
const FORMS: [&str; 5] =
    ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"];

/// The years 1 to 9999, in milliseconds since 1970.
const FIRST: i64 = -62_135_596_800_000;
const LAST: i64 = 253_402_300_799_999;

/// A moment as exports write it: RFC 3339, a date with or without time (UTC), or seconds since 1970.
pub fn parse(text: &str) -> Option<Timestamp> {
    // What lies outside of the years that all forms can write is a mistake, and would stand at the head of lists for ever.
    read(text.trim()).filter(|at| (FIRST..=LAST).contains(&at.0))
}

fn read(text: &str) -> Option<Timestamp> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(Timestamp(at.timestamp_millis()));
    }
    if let Ok(seconds) = text.parse::<i64>() {
        let plausible = (0..=253_402_300_799).contains(&seconds) && text.len() >= 9;
        return plausible.then(|| Timestamp(seconds * 1000));
    }
    let with_zone = ["%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S%.f%#z"];
    let zoned = with_zone.iter().find_map(|form| DateTime::parse_from_str(text, form).ok());
    let bare = text.strip_suffix(" UTC").unwrap_or(text);
    let timed = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(bare, form).ok());
    let dated = || NaiveDate::parse_from_str(bare, "%Y-%m-%d").ok().and_then(|date| date.and_hms_opt(0, 0, 0));
    let millis = zoned.map(|at| at.timestamp_millis());
    millis.or_else(|| timed.or_else(dated).map(|at| at.and_utc().timestamp_millis())).map(Timestamp)
}
