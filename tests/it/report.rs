//! Reports in memory: how durations lie, where days begin, what is behind a number, how long a bar is.

use guichet::domain::condition::{Condition, Op, Test};
use guichet::domain::report::{Ask, Dimension, Fact, Fold, Key, Measure, Population, Spread, Step, Values};
use guichet::domain::schedule::OpenHours;
use guichet::domain::search::Query;
use guichet::domain::status::Status;
use guichet::domain::time::{Span, Timestamp};
use guichet::language::{Language, Zone};
use guichet::words::bar;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    Timestamp(chrono::DateTime::parse_from_rfc3339(text).expect("a moment").timestamp_millis())
}

fn parted(from: &str, until: &str, zone: &str, step: Step) -> Ask {
    let zone = Zone::named(zone).expect("a zone");
    Ask::new(at(from), at(until)).parted(vec![Dimension::Time(step)], &|at| zone.east(at.0))
}

/// How long each day, week or month is, in hours.
fn lengths(ask: &Ask, step: Step) -> Vec<i64> {
    let cuts = &ask.cuts[&step];
    cuts.windows(2).map(|pair| (pair[1] - pair[0]).0 / 3_600_000).collect()
}

#[test]
fn days_are_as_long_as_clocks_make_them() {
    let days = parted("2026-03-27T23:00:00Z", "2026-03-31T22:00:00Z", "Europe/Paris", Step::Day);
    assert_eq!(lengths(&days, Step::Day), [24, 23, 24], "summer time begins");
    let days = parted("2026-10-23T22:00:00Z", "2026-10-27T23:00:00Z", "Europe/Paris", Step::Day);
    assert_eq!(lengths(&days, Step::Day), [24, 25, 24], "and ends");
    let days = parted("2011-12-28T12:00:00Z", "2012-01-02T12:00:00Z", "Pacific/Apia", Step::Day);
    assert_eq!(lengths(&days, Step::Day), [24, 24, 24, 24, 24], "Samoa had no 30 December 2011");
    let days = parted("2018-11-03T03:00:00Z", "2018-11-06T02:00:00Z", "America/Sao_Paulo", Step::Day);
    assert_eq!(lengths(&days, Step::Day), [24, 23], "clocks jumped over midnight");
    let months = parted("2028-01-31T10:00:00Z", "2028-04-01T00:00:00Z", "UTC", Step::Month);
    assert_eq!(lengths(&months, Step::Month), [31 * 24, 29 * 24], "the month in which it begins is whole");
    let weeks = parted("2026-11-25T10:00:00Z", "2026-12-08T00:00:00Z", "UTC", Step::Week);
    let begins: Vec<Timestamp> =
        ["2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z"].map(at).into();
    assert_eq!(weeks.cuts[&Step::Week], begins);
    let empty = parted("2026-11-25T10:00:00Z", "2026-11-20T00:00:00Z", "UTC", Step::Day);
    assert_eq!(empty.cuts[&Step::Day], []);
    for (from, until) in [(i64::MIN, i64::MAX), (i64::MAX - 1, i64::MAX), (i64::MIN, i64::MIN + 9)] {
        let wild = Ask::new(Timestamp(from), Timestamp(until)).parted(vec![Dimension::Time(Step::Day)], &|_| 3_600_000);
        assert!(wild.cuts[&Step::Day].len() <= Ask::MAX_CUTS + 1);
    }
}

proptest! {
    /// Whatever the zone, each moment of a period lies in just one of its days, weeks or months.
    #[test]
    fn every_moment_of_a_period_has_its_place(
        from in -2_000_000_000_000_i64..4_000_000_000_000,
        days in 1_i64..400,
        part in 0.0..1.0_f64,
        zone in proptest::sample::select(chrono_tz::TZ_VARIANTS.to_vec()),
        step in proptest::sample::select(vec![Step::Day, Step::Week, Step::Month]),
    ) {
        let zone = Zone::Named(zone);
        let until = from + Span::days(days).0;
        let ask = Ask::new(Timestamp(from), Timestamp(until)).parted(vec![Dimension::Time(step)], &|at| zone.east(at.0));
        let cuts = &ask.cuts[&step];
        prop_assert!(cuts.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(cuts.first().is_some_and(|cut| cut.0 <= from));
        #[expect(clippy::cast_possible_truncation, reason = "a part of some days")]
        #[expect(clippy::cast_precision_loss, reason = "a part of some days")]
        let moment = Timestamp(from + ((until - from - 1) as f64 * part) as i64);
        let mut fold = Fold::new(&ask, None);
        let fact = Fact {
            created_at: moment,
            solved_at: None,
            first_answered_at: None,
            reopened: false,
            values: [Values::None, Values::None],
        };
        fold.take(Population::Opened, &fact).expect("a row");
        let report = fold.finish();
        let rows: Vec<_> = report.rows.iter().filter(|row| row.cell.opened > 0).collect();
        prop_assert_eq!(rows.len(), 1);
        let Key::Time(begins) = rows[0].keys[0] else { panic!("{rows:?}") };
        prop_assert!(begins <= moment && cuts.contains(&begins));
        prop_assert_eq!(report.rows.len(), cuts.len());
    }

    /// The nearest rank: one of the durations, at least so many of which are not above it, and of all such the least.
    #[test]
    fn medians_and_ninetieths_occur(seconds in proptest::collection::vec(0..100_u32, 1..60)) {
        let spread = Spread::of(seconds.clone()).expect("some");
        for (span, percent) in [(spread.median, 50), (spread.p90, 90)] {
            let enough = |one: &u32| seconds.iter().filter(|other| *other <= one).count() * 100 >= seconds.len() * percent;
            let least = seconds.iter().filter(|one| enough(one)).min().expect("the greatest at least");
            prop_assert_eq!(span, Span(i64::from(*least) * 1_000));
        }
        let sum: i64 = seconds.iter().map(|one| i64::from(*one)).sum();
        let count = i64::try_from(seconds.len()).expect("few");
        prop_assert_eq!(spread.mean, Span(sum / count * 1_000));
    }

    #[test]
    fn a_bar_fits_and_is_seen(value in 0..u64::MAX, greatest in 1..u64::MAX, cells in 1..200_usize) {
        let drawn = bar(value, greatest, cells).chars().count();
        prop_assert!(drawn <= cells);
        prop_assert_eq!(drawn == 0, value == 0);
    }
}

/// Durations in business hours, where clocks ran backwards, and of nothing.
#[test]
fn durations_count_open_hours_and_never_below_nothing() {
    let day = || vec!["09:00-17:00".to_owned()];
    let week = [day(), day(), day(), day(), day(), vec![], vec![]];
    let hours = OpenHours::read("Europe/Paris", &week, &[]).expect("hours");
    let ask = Ask::new(at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));
    let fact = |from: &str, to: &str| Fact {
        created_at: at(from),
        solved_at: None,
        first_answered_at: Some(at(to)),
        reopened: true,
        values: [Values::None, Values::None],
    };
    // From Friday, half an hour before closing, to Monday, half an hour after opening.
    let weekend = fact("2026-11-20T15:30:00Z", "2026-11-23T08:30:00Z");
    let backwards = fact("2026-11-20T15:30:00Z", "2026-11-20T15:00:00Z");
    for (hours, fact, expected) in [
        (Some(&hours), &weekend, Span::hours(1)),
        (None, &weekend, Span::hours(65)),
        (None, &backwards, Span(0)),
        (Some(&hours), &backwards, Span(0)),
    ] {
        let mut fold = Fold::new(&ask, hours);
        fold.take(Population::Opened, fact).expect("room");
        let total = fold.finish().total;
        assert_eq!(total.first_answer.map(|spread| spread.median), Some(expected));
        assert_eq!((total.opened, total.reopened, total.solution), (1, 1, None));
    }
    assert_eq!(Spread::of(Vec::new()), None);
}

#[test]
fn there_is_an_end_to_rows() {
    let ask = Ask { by: vec![Dimension::Requester], ..Ask::new(Timestamp(0), Timestamp(10)) };
    let mut fold = Fold::new(&ask, None);
    let take = |fold: &mut Fold<'_>, id: i64| {
        let requester = Key::Requester(guichet::domain::id::PersonId(id));
        let values = [Values::One(requester), Values::None];
        let created_at = Timestamp(1);
        let fact = Fact { created_at, solved_at: None, first_answered_at: None, reopened: false, values };
        fold.take(Population::Opened, &fact)
    };
    for id in 0..i64::try_from(Ask::MAX_ROWS).expect("few") {
        assert!(take(&mut fold, id).is_ok());
    }
    assert!(take(&mut fold, 7).is_ok(), "there is a row for it");
    assert!(take(&mut fold, -1).is_err());
}

/// A query means just what is behind a number, or there is none.
#[test]
fn queries_say_no_more_and_no_less_than_what_is_behind_a_number() {
    let ask = |query: &str| Ask {
        only: Query::parse(query).expect("a query").condition(),
        by: vec![Dimension::Status],
        ..Ask::new(at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"))
    };
    let told =
        |query: &str, measure| ask(query).query(&[Key::Status(Status::Open)], measure).map(|query| query.to_string());
    let period = "created>=2026-11-01T00:00:00Z created<2026-12-01T00:00:00Z";
    assert_eq!(told("", Measure::Opened), Some(format!("status:open {period}")));
    assert_eq!(told("-tags:vip", Measure::FirstAnswer), Some(format!("-tags:vip status:open {period}")));
    assert_eq!(told("printer", Measure::Unsolved), Some("printer status:open status<solved".into()));
    assert_eq!(told("status:new", Measure::Opened), None, "in a query either would do");
    assert_eq!(told("status:new status:open", Measure::Opened), None, "a condition with an or in it");
    let nothing = Condition::Not(Box::new(Condition::Any(Vec::new())));
    assert_eq!(Query::of(&nothing), None);
    let test = Condition::Test(Test::Status(Op::Is, Status::New));
    assert_eq!(Query::of(&test).map(|query| query.to_string()), None.or(Some("status:new".into())));
}

#[test]
fn durations_are_brief_in_columns() {
    let words = Language::english();
    for (ms, said) in [
        (-5, "0 s"),
        (0, "0 s"),
        (59_999, "59 s"),
        (60_000, "1 min"),
        (3_599_999, "59 min"),
        (3_600_000, "1 h"),
        (5_400_000, "1.5 h"),
        (86_399_999, "23 h"),
        (86_400_000, "1 d"),
        (9 * 86_400_000 + 43_200_000, "9.5 d"),
        (864_000_000, "10 d"),
        (1_000 * 86_400_000, "1,000 d"),
    ] {
        assert_eq!(words.brief(ms), said, "{ms}");
    }
}
