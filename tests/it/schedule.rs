//! Business hours (D25, R172, R173, R177): never early over daylight saving, holidays and leap days.

use chrono::{DateTime, Datelike, Timelike};
use chrono_tz::Tz;
use guichet::domain::schedule::{BadHours, DAYS, Holiday, Hours, OpenHours, zones};
use guichet::domain::time::{Span, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

fn week(days: [&[&str]; 7]) -> [Vec<String>; 7] {
    days.map(|day| day.iter().map(ToString::to_string).collect())
}

fn hours(zone: &str, days: [&[&str]; 7], holidays: &[&str]) -> Result<OpenHours, BadHours> {
    let holidays: Vec<String> = holidays.iter().map(ToString::to_string).collect();
    OpenHours::read(zone, &week(days), &holidays)
}

fn office(zone: &str, holidays: &[&str]) -> OpenHours {
    let day: &[&str] = &["13:00-17:00", "09:00-12:00"];
    hours(zone, [day, day, day, day, day, &[], &[]], holidays).expect("business hours")
}

fn at(text: &str) -> Timestamp {
    Timestamp(DateTime::parse_from_rfc3339(text).expect("a moment").timestamp_millis())
}

#[test]
fn a_schedule_reads_back_as_it_was_written() {
    let read = office("europe/paris", &["2026-12-25 Christmas", "2026-12-27..2027-01-02  Quiet   days", "2028-02-29"]);
    assert_eq!(read.zone(), "Europe/Paris");
    assert_eq!(read.week()[0], ["09:00-12:00", "13:00-17:00"]);
    assert_eq!(read.holidays(), ["2026-12-25 Christmas", "2026-12-27..2027-01-02 Quiet days", "2028-02-29"]);
    assert_eq!(OpenHours::read(read.zone(), &read.week(), &read.holidays()), Ok(read));
    assert!(zones().any(|zone| zone == "America/Argentina/Ushuaia"));
}

#[test]
fn a_schedule_that_cannot_be_is_refused_with_what_is_wrong() {
    let none: [&[&str]; 7] = [&[]; 7];
    let monday = |texts: &'static [&'static str]| [texts, &[], &[], &[], &[], &[], &[]];
    let day = DAYS[0].0;
    assert_eq!(hours("Europe/Atlantis", none, &[]), Err(BadHours::Zone("Europe/Atlantis".into())));
    assert_eq!(hours("UTC", none, &[]), Err(BadHours::NeverOpen));
    assert_eq!(hours("UTC", monday(&["09:00-09:59"]), &[]), Err(BadHours::NeverOpen), "not a single open hour");
    assert_eq!(hours("UTC", monday(&["9-17"]), &[]), Err(BadHours::Hours(day, "9-17".into())));
    assert_eq!(hours("UTC", monday(&["09:00-24:01"]), &[]), Err(BadHours::Hours(day, "09:00-24:01".into())));
    let empty = Hours { from: 540, until: 540 };
    assert_eq!(hours("UTC", monday(&["09:00-09:00"]), &[]), Err(BadHours::Backwards(day, empty)));
    let (early, late) = (Hours { from: 540, until: 720 }, Hours { from: 700, until: 800 });
    assert_eq!(hours("UTC", monday(&["11:40-13:20", "09:00-12:00"]), &[]), Err(BadHours::Overlap(day, early, late)));
    assert_eq!(hours("UTC", monday(&["09:00-17:00"]), &["Easter"]), Err(BadHours::Holiday("Easter".into())));
    let back = Holiday::parse("2026-12-25..2026-12-24").expect("two days");
    assert_eq!(hours("UTC", monday(&["09:00-17:00"]), &["2026-12-25..2026-12-24"]), Err(BadHours::HolidaySpan(back)));
    assert!(hours("UTC", monday(&["00:00-12:00", "12:00-24:00"]), &[]).is_ok(), "they may touch");
}

#[test]
fn business_hours_pass_over_nights_weekends_and_holidays() {
    let paris = office("Europe/Paris", &["2026-12-25 Christmas"]);
    // Thursday 24 December, 16:00 in Paris; Friday is a holiday; Monday begins at 9.
    let from = at("2026-12-24T15:00:00Z");
    assert_eq!(paris.after(from, Span::hours(1)), at("2026-12-24T16:00:00Z"));
    assert_eq!(paris.after(from, Span(Span::hours(1).0 + 1)), at("2026-12-28T08:00:00.001Z"));
    assert_eq!(paris.open_between(from, at("2026-12-28T12:00:00Z")), Span::hours(4));
    assert_eq!(paris.before(at("2026-12-28T08:00:00Z"), Span::hours(1)), from);
    assert!(
        paris.is_open(from) && !paris.is_open(at("2026-12-25T10:00:00Z")) && !paris.is_open(at("2026-12-24T16:00:00Z"))
    );
}

/// On 29 March 2026 the hour from 2 to 3 is not in Paris; on 25 October it is there twice.
#[test]
fn an_hour_that_is_skipped_never_was_and_one_that_is_repeated_counts_twice() {
    let night = hours("Europe/Paris", [&["01:00-04:00"]; 7], &[]).expect("a night shift");
    assert_eq!(night.open_between(at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")), Span::hours(2));
    assert_eq!(night.open_between(at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z")), Span::hours(4));
    let gap = hours("Europe/Paris", [&[], &[], &[], &[], &[], &[], &["02:00-03:00"]], &[]).expect("one hour a week");
    assert_eq!(gap.open_between(at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")), Span(0));
}

#[test]
fn what_never_comes_is_after_all_time() {
    let rare = hours("UTC", [&["09:00-10:00"], &[], &[], &[], &[], &[], &[]], &[]).expect("an hour a week");
    assert_eq!(rare.after(at("2026-01-01T00:00:00Z"), Span::hours(100_000)), Timestamp(i64::MAX));
    assert_eq!(rare.before(at("2026-01-01T00:00:00Z"), Span::hours(100_000)), Timestamp(i64::MIN));
    for far in [Timestamp(i64::MIN), Timestamp(i64::MAX)] {
        let _ = (rare.after(far, Span::hours(1)), rare.before(far, Span::hours(1)), rare.is_open(far));
    }
}

const ZONES: [&str; 9] = [
    "UTC",
    "Europe/Paris",
    "Europe/Dublin",
    "America/New_York",
    "America/Havana",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Apia",
];

/// Days around which clocks change, somewhere; Apia skipped one of them.
const AROUND: [&str; 7] =
    ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2028-02-29", "2011-12-30", "2026-04-05"];

fn random_hours() -> impl Strategy<Value = OpenHours> {
    let day = prop::collection::btree_set(0..=96_u16, 0..5);
    let holidays = prop::collection::vec((select(AROUND.to_vec()), -3..3_i64, 0..3_i64), 0..3);
    (select(ZONES.to_vec()), prop::array::uniform7(day), holidays).prop_filter_map("opens", |(zone, week, holidays)| {
        let cut = |quarters: std::collections::BTreeSet<u16>| {
            let minutes: Vec<u16> = quarters.into_iter().map(|quarter| quarter * 15).collect();
            minutes.chunks_exact(2).map(|pair| Hours { from: pair[0], until: pair[1] }).collect::<Vec<_>>()
        };
        let holiday = |(around, shift, long): (&str, i64, i64)| {
            let first = around.parse::<chrono::NaiveDate>().expect("a day") + chrono::Duration::days(shift);
            Holiday { first, last: first + chrono::Duration::days(long), name: String::new() }
        };
        OpenHours::new(zone, week.map(cut), holidays.into_iter().map(holiday).collect()).ok()
    })
}

/// A moment some days around a change of clocks, to the millisecond.
fn moment() -> impl Strategy<Value = Timestamp> {
    let day = 86_400_000_i64;
    (select(AROUND.to_vec()), -3 * day..3 * day)
        .prop_map(|(around, away)| Timestamp(at(&format!("{around}T00:00:00Z")).0 + away))
}

/// Minute by minute, each asked for its local time.
fn counted(hours: &OpenHours, from: Timestamp, to: Timestamp) -> i64 {
    let zone: Tz = hours.zone().parse().expect("a zone");
    let holidays: Vec<Holiday> = hours.holidays().iter().filter_map(|text| Holiday::parse(text)).collect();
    let week: Vec<Vec<Hours>> =
        hours.week().iter().map(|day| day.iter().filter_map(|text| Hours::parse(text)).collect()).collect();
    let mut sum = 0;
    for minute in from.0.div_euclid(60_000)..=to.0.div_euclid(60_000) {
        let local = DateTime::from_timestamp_millis(minute * 60_000).expect("a moment").with_timezone(&zone);
        let of_day = u16::try_from(local.hour() * 60 + local.minute()).expect("a minute of a day");
        let date = local.date_naive();
        let free = holidays.iter().any(|one| one.first <= date && date <= one.last);
        let open = &week[local.weekday().num_days_from_monday() as usize];
        if !free && open.iter().any(|hours| hours.from <= of_day && of_day < hours.until) {
            sum += ((minute + 1) * 60_000).min(to.0) - (minute * 60_000).max(from.0);
        }
    }
    sum
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn open_time_is_what_counting_minutes_finds(hours in random_hours(), one in moment(), long in 0..5 * 86_400_000_i64) {
        let to = one + Span(long);
        prop_assert_eq!(hours.open_between(one, to).0, counted(&hours, one, to));
        prop_assert_eq!(hours.open_between(to, one), Span(0));
    }

    /// Half-open to the millisecond: never early, and never a moment late.
    #[test]
    fn so_much_later_is_just_so_much_later(hours in random_hours(), from in moment(), long in 0..80 * 3_600_000_i64) {
        let ahead = hours.distance(from, Span(long));
        prop_assert_eq!(hours.open_between(from, ahead.latest).0, long, "{:?}", ahead);
        prop_assert!(hours.is_open(ahead.latest) && ahead.earliest <= ahead.latest);
        prop_assert!(hours.is_open(ahead.earliest + Span(-1)));
        prop_assert_eq!(hours.open_between(from, ahead.earliest).0, long);
        prop_assert!(long == 0 || hours.after(from, Span(long)) == ahead.earliest);
        let behind = hours.distance(from, Span(-long));
        prop_assert_eq!(hours.open_between(behind.earliest, from).0, long, "{:?}", behind);
        prop_assert!(hours.is_open(behind.latest) && behind.earliest <= behind.latest);
        prop_assert!(hours.is_open(behind.earliest + Span(-1)));
        prop_assert_eq!(hours.open_between(behind.latest, from).0, long);
    }
}
