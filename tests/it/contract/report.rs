//! Reports say what lists say.

use crate::support::town::Town;
use guichet::client::{Client, Error, ListAsk, Source};
use guichet::domain::act::{Change, Deed, NewTicket, PersonChange};
use guichet::domain::comment::NewComment;
use guichet::domain::condition::{Condition, Test, UpdateTest};
use guichet::domain::id::{KindId, PersonId, TicketId};
use guichet::domain::person::{PersonRef, Restriction};
use guichet::domain::report::{Ask as ReportAsk, Cell, Dimension, Key, Measure, Spread, Step};
use guichet::domain::search::Query;
use guichet::domain::status::{Priority, Status};
use guichet::domain::tag::Tag;
use guichet::domain::ticket::Ticket;
use guichet::domain::time::{Span, Timestamp};
use guichet::store::{Base, Reader};

/// Two months of tickets of all sorts, the same on every ground.
async fn busy(town: &Town) {
    let people = [town.ana, town.ben, town.cleo];
    let tags = [vec![], vec!["printer"], vec!["printer", "vip"], vec!["=sum(a1)"]];
    for n in 0..36_usize {
        town.wait(Span::hours(40));
        let who = people[n % 3];
        let id =
            if n % 5 == 0 { private(town, who).await } else { town.ticket(who, &format!("Ticket {n}"), "x").await };
        let change = Change {
            kind: (n % 4 == 1).then_some(KindId(2)),
            priority: (n % 3 > 0).then_some(Some([Priority::Low, Priority::Urgent][n % 2])),
            assignee: (n % 2 == 0).then_some(Some([town.agent, town.other_agent][n / 2 % 2])),
            add_tags: tags[n % 4].iter().filter_map(|tag| Tag::parse(tag).ok()).collect(),
            ..Change::default()
        };
        town.change(id, change).await;
        town.wait(Span::minutes(17 * i64::try_from(n).expect("small")));
        if n % 3 != 1 {
            town.reply(town.agent, id, "We look at it.").await;
        }
        if n % 4 > 1 {
            town.wait(Span::hours(5));
            town.change(id, Change::status(Status::Solved)).await;
        }
        if n % 8 == 2 {
            town.wait(Span::hours(9));
            town.change(id, Change::status(Status::Open)).await;
        }
    }
    town.as_(town.admin).run_timers(None, false, None).await.expect("what is due");
}

async fn private(town: &Town, of: PersonId) -> TicketId {
    let mut new = NewTicket::new("Private", NewComment::note("About them"));
    new.requester = Some(PersonRef::Id(of));
    town.does(town.agent, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket")
}

fn every(town: &Town) -> ReportAsk {
    ReportAsk::new(town.now() + Span::days(-33), town.now() + Span::days(-2))
}

fn parted(ask: &ReportAsk, by: &[Dimension]) -> ReportAsk {
    // An hour east, so that no day begins with a day of Greenwich.
    ask.clone().parted(by.to_vec(), &|_| Span::hours(1).0)
}

async fn reader(town: &Town, person: PersonId) -> Reader {
    town.store.who(person).await.expect("an answer").expect("somebody").reader(town.now(), false)
}

/// Compares every cell with the lists behind it, by the store and, where a query can say it, by a search.
async fn compare(town: &Town, who: PersonId, ask: &ReportAsk) {
    let reader = reader(town, who).await;
    let client = town.as_(who);
    let reported = client.report(ask.clone()).await.expect("a report").report;
    let whole = (Vec::new(), &reported.total);
    let rows = reported.rows.iter().map(|row| (row.keys.clone(), &row.cell));
    for (keys, cell) in rows.chain([whole]) {
        for measure in [Measure::Opened, Measure::Solved, Measure::Unsolved] {
            let told = cell.measure(measure);
            let Some(behind) = ask.behind(&keys, measure) else {
                assert_eq!(told, 0, "{keys:?} {measure:?}");
                continue;
            };
            let (count, _) = town.store.count(&reader, Base::Visible, &behind).await.expect("a count");
            assert_eq!(told, count, "{keys:?} {measure:?} {behind:?}");
            if let Some(query) = ask.query(&keys, measure) {
                let found = client.counts(vec![Source::Search(query.to_string())]).await.expect("a count");
                assert_eq!(told, found[0].value, "{query}");
            }
        }
    }
}

/// R122: by each field, by two at once, narrowed by a condition, by words, and to what a query cannot say.
pub async fn every_number_of_a_report_is_that_of_a_list(town: &Town) {
    busy(town).await;
    let ask = every(town);
    for by in Dimension::ALL {
        compare(town, town.agent, &parted(&ask, &[by])).await;
    }
    let two = [Dimension::Time(Step::Week), Dimension::Tag];
    compare(town, town.agent, &parted(&ask, &two)).await;
    compare(town, town.agent, &parted(&ask, &[Dimension::Group, Dimension::Assignee])).await;
    let words = Query::parse("ticket").expect("a query").condition();
    let either = Condition::Any(vec![
        Query::parse("tags:vip").expect("a query").condition(),
        Query::parse("-status:solved priority>low").expect("a query").condition(),
    ]);
    for only in [words.clone(), either.clone(), words.and(either)] {
        let ask = ReportAsk { only, ..ask.clone() };
        compare(town, town.agent, &parted(&ask, &[Dimension::Priority])).await;
        compare(town, town.agent, &parted(&ask, &two)).await;
    }
    let report = town.as_(town.agent).report(parted(&ask, &[Dimension::Tag])).await.expect("a report").report;
    let by_tag: u64 = report.rows.iter().map(|row| row.cell.opened).sum();
    assert!(by_tag > report.total.opened, "a ticket counts with each of its tags, and once in all");
    let days = town.as_(town.agent).report(parted(&ask, &[Dimension::Time(Step::Day)])).await.expect("a report").report;
    let inside = days.rows.iter().filter(|row| matches!(row.keys[..], [Key::Time(_)])).count();
    assert_eq!(inside, 32, "each day has a row, whether something happened or not");
}

/// Everything that somebody sees.
async fn tickets(client: &dyn Client) -> Vec<Ticket> {
    let mut ask = ListAsk::first(Source::Search(String::new()));
    let mut all = Vec::new();
    loop {
        let page = client.tickets(ask.clone()).await.expect("a page");
        all.extend(page.rows);
        match page.next {
            Some(next) => ask.after = Some(next),
            None => return all,
        }
    }
}

fn spread(mut spans: Vec<Span>) -> Option<Spread> {
    spans.sort_unstable();
    let seconds: Vec<i64> = spans.iter().map(|span| span.0 / 1_000).collect();
    let at_most = |part: f64| {
        let few = |count: usize| f64::from(u32::try_from(count).expect("few"));
        let share = |one: &i64| few(seconds.iter().filter(|other| *other <= one).count()) / few(seconds.len());
        seconds.iter().find(|one| share(one) >= part).copied()
    };
    let count = seconds.len() as u64;
    let mean = seconds.iter().sum::<i64>() / i64::try_from(seconds.len().max(1)).expect("few");
    let span = |seconds: i64| Span(seconds * 1_000);
    Some(Spread { count, median: span(at_most(0.5)?), p90: span(at_most(0.9)?), mean: span(mean) })
}

/// Medians and percentiles are the same on both databases: those of the tickets as lists show them.
pub async fn times_are_counted_as_tickets_tell_them(town: &Town) {
    busy(town).await;
    let ask = parted(&every(town), &[Dimension::Assignee]);
    let client = town.as_(town.agent);
    let all = tickets(&*client).await;
    let within = |at: Timestamp| ask.from <= at && at < ask.until;
    let cell = |keep: &dyn Fn(&Ticket) -> bool| {
        let opened: Vec<&Ticket> = all.iter().filter(|one| keep(one) && within(one.created_at)).collect();
        let solved: Vec<&Ticket> = all.iter().filter(|one| keep(one) && one.solved_at.is_some_and(within)).collect();
        let answers = opened.iter().filter_map(|one| Some(one.first_answered_at? - one.created_at)).collect();
        let solutions = solved.iter().filter_map(|one| Some(one.solved_at? - one.created_at)).collect();
        Cell {
            opened: opened.len() as u64,
            solved: solved.len() as u64,
            unsolved: all.iter().filter(|one| keep(one) && one.status().is_unsolved()).count() as u64,
            reopened: opened.iter().filter(|one| one.reopened > 0).count() as u64,
            first_answer: spread(answers),
            solution: spread(solutions),
        }
    };
    let report = client.report(ask.clone()).await.expect("a report").report;
    assert_eq!(report.total, cell(&|_| true));
    assert!(report.total.reopened > 0 && report.total.first_answer.is_some_and(|one| one.count > 5), "{report:?}");
    assert_eq!(report.rows.len(), 3);
    for row in &report.rows {
        let [Key::Assignee(assignee)] = row.keys[..] else { panic!("{row:?}") };
        assert_eq!(row.cell, cell(&|one| one.assignee == assignee), "{assignee:?}");
    }
}

/// R122, R109, R116: counted for the organization in reports, and nowhere for its people.
pub async fn a_report_counts_private_tickets_for_agents_alone(town: &Town) {
    private(town, town.ana).await;
    town.ticket(town.ben, "Printer", "x").await;
    let ask = ReportAsk::new(town.now(), town.now() + Span::days(1));
    let ask = parted(&ask, &[Dimension::Organization, Dimension::Requester]);
    let reported = town.as_(town.agent).report(ask.clone()).await.expect("a report");
    let station = Key::Organization(Some(town.station));
    let rows: Vec<(&[Key], u64)> = reported.report.rows.iter().map(|row| (&row.keys[..], row.cell.opened)).collect();
    let of = |person| [station.clone(), Key::Requester(person)];
    assert_eq!(rows, [(&of(town.ana)[..], 1), (&of(town.ben)[..], 1)]);
    assert_eq!(reported.names.people[&town.ana], "Ana Ruiz");
    assert_eq!(reported.names.organizations[&town.station], "Gare du Nord");
    let counts = town.as_(town.ana).counts(vec![Source::Mine, Source::Organization]).await.expect("counts");
    assert_eq!(counts.iter().map(|count| count.value).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(town.as_(town.ana).report(ask).await, Err(Error::Denied));
}

/// Whoever works with some tickets counts those, and each number is that of their own lists.
pub async fn a_report_tells_a_restricted_agent_nothing_of_others(town: &Town) {
    busy(town).await;
    for restriction in [Restriction::Assigned, Restriction::Organization, Restriction::Groups] {
        let organization = Some(Some(guichet::domain::act::OrganizationRef::Id(town.station)));
        let change = PersonChange { restriction: Some(restriction), organization, ..PersonChange::default() };
        town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
        let seen = tickets(&*town.as_(town.other_agent)).await;
        let ask = ReportAsk::new(Timestamp(0), town.now() + Span(1));
        let report = town.as_(town.other_agent).report(ask.clone()).await.expect("a report").report;
        assert_eq!(report.total.opened, seen.len() as u64, "{restriction:?}");
        compare(town, town.other_agent, &parted(&every(town), &[Dimension::Requester])).await;
        let by = [Dimension::Organization, Dimension::Assignee];
        compare(town, town.other_agent, &parted(&every(town), &by)).await;
    }
    let whole = ReportAsk::new(Timestamp(0), town.now() + Span(1));
    let whole = town.as_(town.agent).report(whole).await.expect("a report").report;
    assert_eq!(whole.total.opened, 36);
}

pub async fn what_is_asked_of_a_report_has_bounds(town: &Town) {
    town.ticket(town.ana, "Printer", "x").await;
    let agent = town.as_(town.agent);
    let day = ReportAsk::new(town.now(), town.now() + Span::days(1));
    for by in [vec![Dimension::Status, Dimension::Kind, Dimension::Tag], vec![Dimension::Tag, Dimension::Tag]] {
        assert!(matches!(agent.report(parted(&day, &by)).await, Err(Error::Refused(_))), "{by:?}");
    }
    let ages = ReportAsk::new(Timestamp(0), Timestamp(i64::MAX / 4));
    let ages = parted(&ages, &[Dimension::Time(Step::Day)]);
    assert!(matches!(agent.report(ages).await, Err(Error::Refused(_))));
    let only = Condition::Test(Test::Update(UpdateTest::Created));
    assert!(matches!(agent.report(ReportAsk { only, ..day.clone() }).await, Err(Error::Refused(_))));
    let backwards = ReportAsk::new(town.now() + Span::days(1), town.now());
    let total = agent.report(backwards).await.expect("a report").report.total;
    assert_eq!((total.opened, total.solved, total.unsolved), (0, 0, 1));
    let schedule = Some(guichet::domain::id::ScheduleId(7));
    assert_eq!(agent.report(ReportAsk { schedule, ..day }).await.map(|_| ()), Err(Error::NotFound));
}
