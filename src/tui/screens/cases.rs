//! Problems of which an incident can name one, or the incidents of a problem to open one.

use crate::client::{Error, ListAsk, Source};
use crate::domain::act::{Change, Deed};
use crate::domain::case::TicketType;
use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::safe::Safe;
use crate::tui::choices::{Choice, Choices, Clicked};
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::item::{self, Item};
use crate::tui::layout::{inside, popup};
use crate::tui::list::Identified;
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::ticket;
use crate::tui::widgets;
use ratatui::Frame;

const WIDTH: u16 = 72;
const HEIGHT: u16 = 16;

/// What is listed.
#[derive(Clone, Debug)]
enum Of {
    /// The incidents of this problem.
    Incidents(TicketId),
    /// Problems, for this ticket.
    Problems {
        /// Which.
        ticket: TicketId,
        /// The version that is shown, against which the choice is made.
        expect: Option<i64>,
        /// Whether it is an incident already.
        is_incident: bool,
        /// The problem that it has.
        present: Option<TicketId>,
    },
}

/// A list of problems or incidents.
#[derive(Clone, Debug)]
pub struct State {
    of: Of,
    choices: Choices<Option<TicketId>>,
    sending: bool,
}

impl State {
    /// The incidents of a problem.
    pub fn incidents(problem: TicketId) -> Self {
        Self { of: Of::Incidents(problem), choices: Choices::new(Vec::new()), sending: false }
    }

    /// Problems, for a ticket that is an incident or becomes one.
    pub fn problems(item: &Item) -> Self {
        let known = item.ticket();
        let of = Of::Problems {
            ticket: item.id(),
            expect: known.map(|ticket| ticket.version),
            is_incident: item.ticket_type() == Some(TicketType::Incident),
            present: known.and_then(|ticket| ticket.problem),
        };
        Self { of, choices: Choices::new(Vec::new()), sending: false }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Picking]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened => {
                let source = match self.of {
                    Of::Incidents(problem) => Source::Incidents(problem),
                    Of::Problems { .. } => Source::Search("ticket_type:problem status<closed".to_owned()),
                };
                cx.ask(Question::Tickets(ListAsk::first(source).into()));
            }
            Said::Answer(Question::Tickets(_), Ok(Answer::Tickets(page))) => self.take(&page.rows, cx.shared),
            Said::Acted(_, result) => self.acted(result.err(), cx),
            Said::Command(Command::LeavePicker, _) => cx.close(),
            _ if self.sending => {}
            Said::Command(Command::Choose, _) => self.choose(cx),
            Said::Command(Command::NextChoice, _) => self.choices.move_by(1),
            Said::Command(Command::PreviousChoice, _) => self.choices.move_by(-1),
            Said::Key(key) => _ = self.choices.key(key),
            Said::Paste(text) => _ = self.choices.paste(&text),
            Said::Mouse(mouse) => match self.choices.mouse(mouse, inside(popup(cx.shared.size, WIDTH, HEIGHT))) {
                Clicked::Row => self.choose(cx),
                Clicked::Outside => cx.close(),
                Clicked::Nothing => {}
            },
            _ => {}
        }
    }

    fn take(&mut self, tickets: &[Ticket], shared: &Shared) {
        let (itself, chosen) = match &self.of {
            Of::Incidents(_) => (None, None),
            Of::Problems { ticket, present, .. } => (Some(*ticket), Some(*present)),
        };
        let others = tickets.iter().filter(|ticket| Some(ticket.id) != itself);
        let mut all: Vec<Choice<Option<TicketId>>> = others
            .map(|ticket| Choice {
                value: Some(ticket.id),
                label: Safe::join(&Safe::blank(1), [item::number(ticket.id), Safe::line(&ticket.subject)]),
                note: item::status(shared, ticket.status()),
                present: chosen == Some(Some(ticket.id)),
            })
            .collect();
        if let Some(chosen) = chosen {
            let none = shared.word("nothing");
            all.push(Choice { value: None, label: none, note: Safe::default(), present: chosen.is_none() });
        }
        self.choices.set(all);
        self.choices.move_to_present();
    }

    fn choose(&mut self, cx: &mut Context<'_>) {
        let Some(value) = self.choices.current().map(|choice| choice.value) else { return };
        match (&self.of, value) {
            (Of::Incidents(_), Some(id)) => cx.replace(ticket::State::reading(id, Vec::new(), None).into()),
            (Of::Incidents(_), None) => {}
            (Of::Problems { ticket, expect, is_incident, .. }, problem) => {
                // Who names a problem says by it that this is an incident.
                let becomes = problem.is_some() && !is_incident;
                let ticket_type = becomes.then_some(Some(TicketType::Incident));
                let change = Box::new(Change { ticket_type, problem: Some(problem), ..Change::default() });
                cx.act(Deed::UpdateTicket { ticket: *ticket, change, comment: None, expect: *expect });
                self.sending = true;
            }
        }
    }

    /// Refused: another can be chosen. Somebody was first: chosen again, it is chosen on top of that.
    fn acted(&mut self, error: Option<Error>, cx: &mut Context<'_>) {
        self.sending = false;
        match (error, &mut self.of) {
            (None, _) => cx.close(),
            (Some(Error::Conflict { theirs }), Of::Problems { expect, .. }) => *expect = Some(theirs),
            _ => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let inner = widgets::over(shared, frame, WIDTH, HEIGHT, &self.title(shared));
        widgets::choices(shared, frame, inner, &self.choices);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let (word, id) = match &self.of {
            Of::Incidents(problem) => ("cases-incidents", problem),
            Of::Problems { ticket, .. } => ("cases-problems", ticket),
        };
        Safe::join(&Safe::from_static(" · "), [shared.word(word), item::number(*id)])
    }
}
