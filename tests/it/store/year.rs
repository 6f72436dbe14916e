//! A year in six time zones (R172, R173, R174, R177, D25): whatever the steps in which it passes, nothing that happens by
//! itself is early, each thing happens once, and an answer a second before wins.

use crate::support::town::{NOW, Town};
use chrono::{DateTime, Datelike, NaiveDate, Timelike};
use chrono_tz::Tz;
use guichet::client::Ran;
use guichet::domain::act::{Change, Deed, Who};
use guichet::domain::event::Event;
use guichet::domain::id::TicketId;
use guichet::domain::rule::RuleSort;
use guichet::domain::setup::{Document, Item, ItemKind, Mentions};
use guichet::domain::status::Status;
use guichet::domain::tag::Tag;
use guichet::domain::time::{Span, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

const ZONES: [(&str, &str); 6] = [
    ("paris", "Europe/Paris"),
    ("johns", "America/St_Johns"),
    ("howe", "Australia/Lord_Howe"),
    ("apia", "Pacific/Apia"),
    ("kathmandu", "Asia/Kathmandu"),
    ("utc", "UTC"),
];

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;
/// Zones and hours lie on these.
const QUARTER: i64 = 15 * 60_000;

/// Working days, and the night in which clocks change. Some rest on the leap day.
const WORKING: [&str; 2] = ["09:00-12:15", "13:00-17:30"];
const NIGHT: &str = "01:00-04:00";
const QUIET: (&str, &str) = ("2027-12-25", "2028-01-02");
const LEAP: &str = "2028-02-29";

fn rests_on_the_leap_day(zone: usize) -> bool {
    zone.is_multiple_of(2)
}

/// Whether a quarter of an hour is open, asked of its local time.
fn is_open(zone: usize, at: i64) -> bool {
    let tz: Tz = ZONES[zone].1.parse().expect("a zone");
    let local = DateTime::from_timestamp_millis(at).expect("a moment").with_timezone(&tz);
    let (day, minute) = (local.date_naive(), local.hour() * 60 + local.minute());
    let date = |text: &str| text.parse::<NaiveDate>().expect("a day");
    if (date(QUIET.0)..=date(QUIET.1)).contains(&day) || rests_on_the_leap_day(zone) && day == date(LEAP) {
        return false;
    }
    let hours: &[(u32, u32)] = match local.weekday().num_days_from_monday() {
        0..=4 => &[(540, 735), (780, 1050)],
        5 => &[],
        _ => &[(60, 240)],
    };
    hours.iter().any(|(from, until)| (*from..*until).contains(&minute))
}

/// The first moment at which a zone has been open for so long.
fn open_for(zone: usize, from: i64, wanted: i64) -> i64 {
    let (mut at, mut left) = (from, wanted);
    loop {
        let next = at.div_euclid(QUARTER) * QUARTER + QUARTER;
        if is_open(zone, at) {
            if next - at >= left {
                return at + left;
            }
            left -= next - at;
        }
        at = next;
    }
}

/// A ticket as it should be.
struct Line {
    id: TicketId,
    zone: usize,
    status: Status,
    updated: i64,
    /// When what is due for the first time.
    due: BTreeMap<&'static str, i64>,
}

impl Line {
    fn enters(&mut self, status: Status, now: i64) {
        // No time of a ticket runs backwards.
        self.updated = self.updated.max(now);
        self.status = status;
        let since = self.updated;
        self.due = match status {
            Status::Pending => BTreeMap::from([
                ("1 remind", since + 3 * DAY),
                ("2 end", since + 5 * DAY),
                ("4 nudge", open_for(self.zone, since, 8 * HOUR)),
            ]),
            Status::Solved => BTreeMap::from([("3 close", since + 4 * DAY)]),
            Status::Hold => BTreeMap::from([("5 park", open_for(self.zone, since, 12 * HOUR))]),
            _ => BTreeMap::new(),
        };
    }

    /// What has to happen now, in the order of the rules.
    fn runs(&mut self, now: i64) -> Vec<&'static str> {
        let mut ran = Vec::new();
        while let Some((rule, _)) = self.due.iter().find(|(_, at)| **at <= now) {
            let rule = *rule;
            self.due.remove(rule);
            self.updated = self.updated.max(now);
            ran.push(&rule[2..]);
            match rule {
                "2 end" | "3 close" => self.enters(Status::Closed, now),
                "5 park" => self.enters(Status::Open, now),
                _ => {}
            }
        }
        ran
    }
}

/// Chance that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

async fn set(town: &Town, kind: ItemKind, document: &Document) {
    let names = town.as_(town.admin).directory(Mentions::default()).await.expect("the names");
    let item = Item::read(kind, 0, document, &names).expect("something of the set-up");
    town.does(town.admin, Deed::SetItem(Box::new(item))).await;
}

async fn rules(town: &Town) {
    for (zone, (tag, name)) in ZONES.into_iter().enumerate() {
        let document = Document::default().with("name", tag).with("time_zone", name);
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
        let document = days.into_iter().fold(document, |document, day| document.with(day, WORKING.to_vec()));
        let mut holidays = vec![format!("{}..{}", QUIET.0, QUIET.1)];
        holidays.extend(rests_on_the_leap_day(zone).then(|| LEAP.to_owned()));
        set(town, ItemKind::Schedule, &document.with("sunday", vec![NIGHT]).with("holidays", holidays)).await;
        let waits = |status: &str, hours: i64| {
            format!("tags include {tag} and {status} at least {hours} business hours ago by schedule {tag}")
        };
        let nudge = Document::default().with("slug", format!("nudge-{tag}")).with("when", waits("pending", 8));
        set(town, ItemKind::Automation, &nudge.with("actions", vec!["priority: high"]).with("once", true)).await;
        let park = Document::default().with("slug", format!("park-{tag}")).with("when", waits("hold", 12));
        set(town, ItemKind::Automation, &park.with("actions", vec!["status: open"])).await;
    }
}

/// A year of a town and what it should be.
struct Year {
    town: Town,
    lines: Vec<Line>,
    dice: Dice,
    /// How often each rule ran on each ticket, and in all.
    ran: BTreeMap<(TicketId, String), usize>,
}

impl Year {
    fn now(&self) -> i64 {
        self.town.now().0
    }

    async fn opened(&self, zone: usize) -> Line {
        let id = self.town.ticket(self.town.ana, "Printer", "a").await;
        let tag = Tag::parse(ZONES[zone].0).expect("a tag");
        self.town.change(id, Change { add_tags: [tag].into(), ..Change::default() }).await;
        Line { id, zone, status: Status::New, updated: self.now(), due: BTreeMap::new() }
    }

    async fn answers(&mut self, at: usize) {
        let id = self.lines[at].id;
        self.town.reply(self.town.ana, id, "Here I am.").await;
        let now = self.now();
        let line = &mut self.lines[at];
        match line.status {
            Status::Pending | Status::Hold | Status::Solved => line.enters(Status::Open, now),
            _ => line.updated = line.updated.max(now),
        }
    }

    async fn moves(&mut self, at: usize, to: Status) {
        self.town.change(self.lines[at].id, Change::status(to)).await;
        let now = self.now();
        self.lines[at].enters(to, now);
    }

    /// Somebody does something to one of the tickets.
    async fn acts(&mut self) {
        let at = usize::try_from(self.dice.below(12)).expect("a place");
        let chance = self.dice.below(10);
        match (self.lines[at].status, chance) {
            (Status::Closed, _) => self.lines[at] = self.opened(self.lines[at].zone).await,
            (Status::Pending | Status::Solved, 0..2) | (Status::Hold, 0) => self.answers(at).await,
            // R174: what does not answer does not count.
            (Status::Pending, 2..4) => {
                self.town.note(self.lines[at].id, "Nothing yet.").await;
                self.lines[at].updated = self.lines[at].updated.max(self.now());
            }
            (Status::New | Status::Open, 0..5) => self.moves(at, Status::Pending).await,
            (Status::New | Status::Open, 5..7) => self.moves(at, Status::Hold).await,
            (Status::New | Status::Open, _) => self.moves(at, Status::Solved).await,
            _ => {}
        }
    }

    /// The scheduler looks, and does what it has to, and nothing else.
    async fn looks(&mut self) {
        let now = self.now();
        let mut expected = BTreeSet::new();
        for line in &mut self.lines {
            expected.extend(line.runs(now).into_iter().map(|rule| (line.id, rule.to_owned())));
        }
        let runs = self.town.as_(self.town.admin).run_timers(None, false, None).await.expect("a run").rows;
        for run in &runs {
            assert!(run.due_at.0 <= now, "early: {run:?}");
            *self.ran.entry((run.ticket, run.rule.title.clone())).or_default() += 1;
        }
        let short = |run: &Ran| run.rule.title.split('-').next().expect("a name").to_owned();
        let found: Vec<_> = runs.iter().map(|run| (run.ticket, short(run))).collect();
        let at = DateTime::from_timestamp_millis(now).expect("a moment");
        assert_eq!(found.len(), expected.len(), "{at}: {found:?} {expected:?}");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{at}");
    }

    /// The clock goes on: by anything from a moment to days, to the moment before something is due, or back.
    async fn passes(&mut self) {
        let now = self.now();
        let coming = self.lines.iter().flat_map(|line| line.due.values()).filter(|at| **at > now + 1_000);
        let next = coming.min().copied();
        let wait = match (self.dice.below(20), next) {
            (0..8, Some(next)) => next - now - 1_000,
            (8..10, Some(next)) => next - now - 1,
            (10, _) => -self.dice.below(30 * HOUR),
            (11..14, _) => self.dice.below(70_000),
            (14..18, _) => self.dice.below(5 * HOUR),
            _ => self.dice.below(6 * DAY),
        };
        self.town.wait(Span(wait));
        self.looks().await;
        if let (true, Some(next)) = (wait == next.unwrap_or(0) - now - 1_000, next) {
            if self.dice.below(2) == 0 {
                let at = self.lines.iter().position(|line| line.due.values().any(|at| *at == next));
                self.answers(at.expect("the one")).await;
            }
            self.town.wait(Span(999));
            self.looks().await;
            self.town.wait(Span(1));
            self.looks().await;
        }
    }
}

fn day(text: &str) -> Timestamp {
    Timestamp(
        text.parse::<NaiveDate>().expect("a day").and_hms_opt(0, 0, 0).expect("midnight").and_utc().timestamp_millis(),
    )
}

/// R172, R173, R174, R177, D25
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_year_nothing_is_early_and_each_thing_happens_once() {
    let town = Town::sqlite().await;
    rules(&town).await;
    // Both changes of clocks on both halves of the earth, and a leap day.
    let (from, until) = (day("2027-09-20"), day("2028-11-20"));
    town.wait(from - NOW);
    let mut year = Year { town, lines: Vec::new(), dice: Dice(42), ran: BTreeMap::new() };
    for place in 0..12 {
        let line = year.opened(place % ZONES.len()).await;
        year.lines.push(line);
    }
    while year.town.now() < until {
        year.passes().await;
        year.acts().await;
        year.acts().await;
    }
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    for ((id, rule), count) in &year.ran {
        *often.entry(rule.clone()).or_default() += count;
        let audits = year.town.as_(year.town.agent).audits(*id, 0, 1_000).await.expect("a history").rows;
        let by_itself = audits.iter().filter(|audit| audit.who == Who::System).flat_map(|audit| &audit.events);
        let told = by_itself.filter(
            |event| matches!(event, Event::RuleRan(one) if one.sort == RuleSort::Automation && one.title == *rule),
        );
        assert_eq!(told.count(), *count, "{id} {rule}");
    }
    assert_eq!(often.len(), 3 + 2 * ZONES.len(), "{often:?}");
    assert!(often.values().all(|count| *count >= 5), "{often:?}");
    year.town.verified().await;
}
