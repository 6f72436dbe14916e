//! A report (R122): tickets counted by what one chooses, as a table with bars. Each row opens the list behind it.

mod picture;

use crate::client::{Error, Reported};
use crate::domain::report::{Ask, Dimension, Measure};
use crate::domain::time::Timestamp;
use crate::language::{Present, Zone};
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::input::Mouse;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::search;

/// Periods, in days.
const PERIODS: [i64; 4] = [7, 30, 90, 365];
/// The numbers whose bars are drawn and whose lists are opened.
const MEASURES: [Measure; 5] =
    [Measure::Opened, Measure::Solved, Measure::Unsolved, Measure::FirstAnswer, Measure::Solution];

/// A row by its place in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place(usize);

impl Identified for Place {
    type Id = usize;

    fn id(&self) -> usize {
        self.0
    }
}

/// A report.
#[derive(Clone, Debug)]
pub struct State {
    /// Which of all dimensions.
    by: usize,
    /// Which of [`PERIODS`].
    period: usize,
    /// How many such periods ago.
    back: i64,
    /// Which of [`MEASURES`].
    measure: usize,
    /// What was asked last.
    ask: Option<Ask>,
    /// What it was answered with, with what had been asked then.
    counted: Option<(Ask, Reported)>,
    failed: Option<Error>,
    list: List<Place>,
}

impl State {
    /// By group, over 30 days.
    #[expect(clippy::new_without_default, reason = "as every screen")]
    pub fn new() -> Self {
        let by = Dimension::ALL.iter().position(|one| *one == Dimension::Group).unwrap_or(0);
        Self {
            by,
            period: 1,
            back: 0,
            measure: 0,
            ask: None,
            counted: None,
            failed: None,
            list: List::default(),
        }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Report, Scope::List, Scope::Browsing]
    }

    fn dimension(&self) -> Dimension {
        Dimension::ALL[self.by]
    }

    fn measure(&self) -> Measure {
        MEASURES[self.measure]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered => {
                self.fit(cx.shared);
                self.ask(cx);
            }
            Said::Resized => self.fit(cx.shared),
            Said::Answer(Question::Report(ask), result) if self.ask.as_ref() == Some(&*ask) => self.take(*ask, result),
            Said::Command(command, _) => self.command(command, cx),
            Said::Mouse(mouse) => self.mouse(mouse, cx),
            _ => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Context<'_>) {
        let turned = |at: usize, by: usize, of: usize| (at + by) % of;
        match command {
            Command::NextDimension => self.by = turned(self.by, 1, Dimension::ALL.len()),
            Command::PreviousDimension => self.by = turned(self.by, Dimension::ALL.len() - 1, Dimension::ALL.len()),
            Command::LongerPeriod => (self.period, self.back) = ((self.period + 1).min(PERIODS.len() - 1), 0),
            Command::ShorterPeriod => (self.period, self.back) = (self.period.saturating_sub(1), 0),
            Command::EarlierPeriod => self.back = (self.back + 1).min(1_000),
            Command::LaterPeriod => self.back = (self.back - 1).max(0),
            Command::Refresh => {}
            Command::NextMeasure => {
                self.measure = turned(self.measure, 1, MEASURES.len());
                return;
            }
            Command::OpenCounted => return self.open(cx),
            Command::Back => return cx.close(),
            _ => {
                self.list.command(command);
                return;
            }
        }
        self.ask(cx);
    }

    fn ask(&mut self, cx: &mut Context<'_>) {
        let ask = self.wanted(cx.shared);
        self.ask = Some(ask.clone());
        cx.ask(Question::Report(Box::new(ask)));
    }

    /// What is to be asked as things are chosen: whole days of the reader's, to the end of today.
    fn wanted(&self, shared: &Shared) -> Ask {
        let zone = zone(shared);
        let present = Present { now: shared.now.0, zone };
        let days = PERIODS[self.period];
        let last = 1 - days * self.back;
        let day = |days: i64| Timestamp(present.day_at(days, 0));
        Ask::new(day(last - days), day(last)).parted(vec![self.dimension()], &|at| zone.east(at.0))
    }

    fn take(&mut self, ask: Ask, result: Result<Answer, Error>) {
        match result {
            Ok(Answer::Report(reported)) => {
                let places = (0..reported.report.rows.len()).map(Place).collect();
                // What stands in a place is something else now, unless the same was asked.
                let same = self.counted.as_ref().is_some_and(|(before, _)| before.by == ask.by);
                if same {
                    self.list.set(places);
                } else {
                    self.list.replace(places);
                    self.list.move_to(0);
                }
                self.counted = Some((ask, *reported));
                self.failed = None;
            }
            Ok(_) => {}
            Err(error) => self.failed = Some(error),
        }
    }

    fn fit(&mut self, shared: &Shared) {
        self.list.fit(picture::parts(shared.size).rows.height);
    }

    /// Opens the tickets behind the row under the cursor.
    fn open(&self, cx: &mut Context<'_>) {
        let Some((ask, reported)) = &self.counted else { return };
        let row = self.list.current().and_then(|place| reported.report.rows.get(place.0));
        if let Some(query) = row.and_then(|row| ask.query(&row.keys, self.measure())) {
            cx.open(search::State::of(&query.to_string()).into());
        } else {
            let text = cx.shared.word("reports-no-list");
            cx.notice(text);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Context<'_>) {
        let rows = picture::parts(cx.shared.size).rows;
        if self.list.mouse(mouse, rows) {
            self.open(cx);
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("reports-title")])
    }
}

/// The reader's own time zone, or that of their machine.
fn zone(shared: &Shared) -> Zone {
    let own = shared.session.as_ref().and_then(|session| session.me.time_zone.as_deref());
    own.and_then(Zone::named).unwrap_or(shared.zone)
}
