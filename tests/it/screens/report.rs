//! The report: tables with bars, periods, and the lists behind the rows.

use super::stage::Stage;
use guichet::client::{Error, Names, Reported};
use guichet::domain::id::{GroupId, PersonId};
use guichet::domain::person::Role;
use guichet::domain::report::{Ask, Cell, Dimension, Key, Report, Row, Spread, Step};
use guichet::domain::status::Status;
use guichet::domain::time::{Span, Timestamp};
use guichet::tui::effect::{Effect, Question};
use guichet::tui::message::{Answer, Message};
use insta::assert_snapshot;

/// What the account answers: as many tickets as the row's place says.
pub fn answer(ask: &Ask) -> Reported {
    let keys: Vec<Key> = match ask.by[0] {
        Dimension::Time(step) => {
            let cuts = ask.cuts.get(&step).into_iter().flatten().map(|at| Key::Time(*at));
            std::iter::once(Key::Before).chain(cuts).collect()
        }
        Dimension::Status => Status::ALL.map(Key::Status).to_vec(),
        Dimension::Assignee => [Some(2), Some(3), None].map(|id| Key::Assignee(id.map(PersonId))).to_vec(),
        _ => [Some(1), Some(9), None].map(|id| Key::Group(id.map(GroupId))).to_vec(),
    };
    let rows: Vec<Row> = (0..).zip(keys).map(|(at, key)| Row { keys: vec![key], cell: cell(at) }).collect();
    let people =
        [(PersonId(2), "Marc Oni".to_owned()), (PersonId(3), "\u{1b}[31mרות 顧客サポート部の山田さん".to_owned())];
    let names = Names { people: people.into(), ..Names::default() };
    Reported { report: Report { rows, total: cell(40) }, names }
}

fn cell(at: u64) -> Cell {
    let opened = 1_234 / (at + 1);
    let spread = |minutes: i64| Spread {
        count: opened,
        median: Span::minutes(minutes),
        p90: Span::minutes(minutes * 5),
        mean: Span::minutes(minutes * 2),
    };
    let some = at % 4 != 3;
    Cell {
        opened,
        solved: opened * 4 / 5,
        unsolved: at * 3,
        reopened: at,
        first_answer: some.then(|| spread(17)),
        solution: some.then(|| spread(2_000)),
    }
}

fn page(width: u16, height: u16, keys: &str) -> Stage {
    let mut stage = Stage::of(Role::Agent, width, height);
    stage.keys("g r");
    if !keys.is_empty() {
        stage.keys(keys);
    }
    stage
}

/// What was asked last.
fn asked(stage: &mut Stage) -> Ask {
    stage.deaf = true;
    stage.keys("f5");
    match stage.wanted.pop() {
        Some(Effect::Ask { question: Question::Report(ask), .. }) => *ask,
        other => panic!("no report: {other:?}"),
    }
}

#[test]
fn what_a_report_looks_like() {
    assert_snapshot!("report_80x24", page(80, 24, "").screen());
    assert_snapshot!("report_140x40", page(140, 40, "").screen());
    assert_snapshot!("report_assignees_80x24", page(80, 24, "right m").screen());
    assert_snapshot!("report_days_80x24", page(80, 24, "left left left left left left").screen());
    assert_snapshot!("report_days_140x40", page(140, 40, "left left left left left left tab tab tab").screen());
    assert_snapshot!("report_46x12", page(46, 12, "").screen());
    assert_snapshot!("report_answers_46x12", page(46, 12, "m m m").screen());
}

/// Whole days of the reader's, to the end of today.
#[test]
fn fields_and_periods_are_chosen_by_keys() {
    let of = |keys: &str| asked(&mut page(80, 24, keys));
    let day = |days: i64| Timestamp(1_795_478_400_000 + Span::days(days).0);
    let first = of("");
    assert_eq!((first.from, first.until, &first.by[..]), (day(-29), day(1), &[Dimension::Group][..]));
    assert_eq!(of("right").by, [Dimension::Assignee]);
    assert_eq!(of("h").by, [Dimension::Organization]);
    let status = of("left left left");
    assert_eq!((&status.by[..], status.cuts.len()), (&[Dimension::Status][..], 0));
    let months = of("left left left left");
    assert_eq!((&months.by[..], months.cuts[&Step::Month].len()), (&[Dimension::Time(Step::Month)][..], 2));
    assert_eq!(of("+").from, day(-89));
    assert_eq!(of("p p p").from, day(-364));
    assert_eq!(of("- -").from, day(-6));
    let earlier = of("< <");
    assert_eq!((earlier.from, earlier.until), (day(-89), day(-59)));
    assert_eq!(of("< > >").until, day(1));
}

#[test]
fn a_row_opens_the_list_behind_its_number() {
    let query = |keys: &str| {
        let mut stage = page(80, 24, keys);
        stage.deaf = true;
        stage.keys("enter");
        match stage.wanted.pop() {
            Some(Effect::Ask { question: Question::Tickets(ask), .. }) => format!("{:?}", ask.source),
            other => panic!("no list: {other:?}"),
        }
    };
    let period = ">=2026-10-26T00:00:00Z";
    assert_eq!(query(""), format!("Search(\"group:1 created{period} created<2026-11-25T00:00:00Z\")"));
    assert_eq!(query("m"), format!("Search(\"group:1 solved{period} solved<2026-11-25T00:00:00Z\")"));
    assert_eq!(query("m m j j"), "Search(\"group:none status<solved\")");
    let mut days = page(80, 24, "left left left left left left enter");
    assert!(days.screen().contains("No list holds these"), "{}", days.screen());
    days.keys("m m enter");
    assert!(days.screen().contains("status<solved created<2026-10-26T00:00:00Z"), "{}", days.screen());
    days.keys("q");
    assert!(days.screen().contains("Report"), "back again");
}

#[test]
fn a_report_that_cannot_be_counted_says_so_and_end_users_have_none() {
    let mut stage = page(80, 24, "");
    stage.deaf = true;
    stage.keys("right");
    let Some(Effect::Ask { to, question }) = stage.wanted.pop() else { panic!("no question") };
    stage.say(Message::Answered { to, question, result: Err(Error::Unreachable("gone".into())) });
    assert!(stage.screen().contains("gone") || stage.screen().contains("reach"), "{}", stage.screen());
    let mut late = page(80, 24, "");
    late.deaf = true;
    late.keys("right right");
    let Some(Effect::Ask { to, question: Question::Report(ask) }) = late.wanted.swap_remove(0).into() else {
        panic!("no question")
    };
    let before = late.screen();
    let result = Ok(Answer::Report(Box::new(answer(&ask))));
    late.say(Message::Answered { to, question: Question::Report(ask), result });
    assert_eq!(late.screen(), before, "an answer to what is no longer asked");
    let mut ana = Stage::of(Role::EndUser, 80, 24);
    let home = ana.screen();
    ana.keys("g r");
    assert_eq!(ana.screen(), home);
}
