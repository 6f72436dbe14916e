//! Something of the set-up to choose by typing: the rule whose reasons are wanted, the macro to be applied.

use crate::client::{AppliedAll, Error};
use crate::domain::id::{RuleId, TicketId};
use crate::domain::rule::{Owner, RuleRef};
use crate::domain::setup::{Item, ItemKind};
use crate::language::args;
use crate::safe::Safe;
use crate::tui::choices::{Choice, Choices, Clicked};
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::layout::{inside, popup};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::why;
use crate::tui::text::line;
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;

const WIDTH: u16 = 72;
const HEIGHT: u16 = 18;

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Rule(RuleRef),
    Macro(RuleId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Rules,
    Macros,
}

/// Things to choose from.
#[derive(Clone, Debug)]
pub struct State {
    what: What,
    tickets: Vec<TicketId>,
    /// The rule on which the cursor begins.
    first: Option<RuleRef>,
    choices: Choices<Value>,
    /// Whether the account has not answered yet.
    waiting: bool,
    failed: Option<Error>,
}

impl State {
    /// The rules of which one may want to know why they did something to a ticket, or did not.
    pub fn rules(ticket: TicketId, first: Option<RuleRef>) -> Self {
        Self { first, ..Self::of(What::Rules, vec![ticket]) }
    }

    /// The macros that can be applied to tickets.
    pub fn macros(tickets: Vec<TicketId>) -> Self {
        Self::of(What::Macros, tickets)
    }

    fn of(what: What, tickets: Vec<TicketId>) -> Self {
        Self { what, tickets, first: None, choices: Choices::new(Vec::new()), waiting: true, failed: None }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Picking]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened => cx.ask(match self.what {
                What::Rules => Question::Rules,
                What::Macros => Question::Items(ItemKind::Macro),
            }),
            Said::Command(Command::LeavePicker, _) => cx.close(),
            Said::Command(Command::Choose, _) => self.choose(cx),
            Said::Command(Command::NextChoice, _) => self.choices.move_by(1),
            Said::Command(Command::PreviousChoice, _) => self.choices.move_by(-1),
            Said::Key(key) => _ = self.choices.key(key),
            Said::Paste(text) => _ = self.choices.paste(&text),
            Said::Answer(_, Ok(answer)) => self.take(answer, cx),
            Said::Answer(_, Err(error)) => {
                self.waiting = false;
                cx.error(error.clone());
                self.failed = Some(error);
            }
            Said::Mouse(mouse) => match self.choices.mouse(mouse, inside(popup(cx.shared.size, WIDTH, HEIGHT))) {
                Clicked::Row => self.choose(cx),
                Clicked::Outside => cx.close(),
                Clicked::Nothing => {}
            },
            _ => {}
        }
    }

    fn take(&mut self, answer: Answer, cx: &mut Context<'_>) {
        self.waiting = false;
        let shared = &cx.shared;
        match answer {
            Answer::Rules(rules) => {
                let choice = |one: crate::client::RuleTitle| {
                    let sort = shared.say("why-pick-sort", args![sort = one.rule.sort.name()]);
                    let off = if one.active { Safe::default() } else { shared.word("why-pick-off") };
                    let note = [off, sort].into_iter().filter(|part| !part.is_empty());
                    let note = Safe::join(&Safe::from_static(" · "), note.collect::<Vec<_>>());
                    let present = self.first.as_ref().is_some_and(|first| first.id == one.rule.id);
                    Choice { label: Safe::line(&one.title), note, present, value: Value::Rule(one.rule) }
                };
                self.choices = Choices::new(rules.into_iter().map(choice).collect());
            }
            Answer::Items(items, _) => {
                let recent = &shared.macros;
                let place = |id: RuleId| recent.iter().position(|one| *one == id).unwrap_or(usize::MAX);
                let mut choices: Vec<Choice<Value>> =
                    items.iter().filter_map(|item| macro_choice(item, shared)).collect();
                choices.sort_by_key(|choice| match choice.value {
                    Value::Macro(id) => place(id),
                    Value::Rule(_) => usize::MAX,
                });
                self.choices = Choices::new(choices);
            }
            Answer::Applied(all) => cx.answer(Said::Applied(all)),
            _ => {}
        }
    }

    fn choose(&self, cx: &mut Context<'_>) {
        match self.choices.current().map(|choice| choice.value.clone()) {
            Some(Value::Rule(rule)) => {
                if let Some(ticket) = self.tickets.first() {
                    cx.replace(why::State::new(*ticket, rule).into());
                }
            }
            Some(Value::Macro(which)) => {
                cx.shared.macros.retain(|one| *one != which);
                cx.shared.macros.insert(0, which);
                cx.ask(Question::TryMacro { tickets: self.tickets.clone(), which });
            }
            None => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let inner = widgets::over(shared, frame, WIDTH, HEIGHT, &self.title(shared));
        if self.waiting {
            frame.render_widget(line(shared.theme, Look::Dim, &shared.word("list-waiting")), inner);
            return;
        }
        let empty = self.choices.filter().is_blank() && self.choices.found().next().is_none();
        if empty {
            let word = if self.what == What::Rules { "why-no-rules" } else { "macro-none" };
            frame.render_widget(line(shared.theme, Look::Dim, &shared.word(word)), inner);
            return;
        }
        widgets::choices(shared, frame, inner, &self.choices);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word(if self.what == What::Rules { "why-pick" } else { "macro-pick" })
    }
}

/// A macro that can be applied, with whose it is.
fn macro_choice(item: &Item, shared: &Shared) -> Option<Choice<Value>> {
    let Item::Macro(one) = item else { return None };
    let session = shared.session.as_ref()?;
    if !one.active || !one.owner.is_shared_with(session.me.id, &session.me.groups) {
        return None;
    }
    let note = match one.owner {
        Owner::Account => Safe::default(),
        Owner::Group(group) => shared.group(group),
        Owner::Person(_) => shared.word("macro-mine"),
    };
    Some(Choice { value: Value::Macro(one.id), label: Safe::line(&one.title), note, present: false })
}

/// What several tickets come to: how many would change, get a reply or a note, and what is left out.
pub fn counted(all: &AppliedAll, shared: &Shared) -> Safe {
    use crate::domain::comment::Visibility;
    use crate::domain::event::Event;
    let done: Vec<_> = all.rows.iter().filter_map(|row| Some((row, row.events.as_ref().ok()?))).collect();
    let count = |fits: &dyn Fn(&[Event]) -> bool| {
        i64::try_from(done.iter().filter(|(_, events)| fits(events)).count()).unwrap_or(i64::MAX)
    };
    let said = |to: Visibility| {
        let says = done.iter().filter(|(row, _)| row.comment.as_ref().is_some_and(|one| one.visibility == to));
        i64::try_from(says.count()).unwrap_or(i64::MAX)
    };
    let changed = count(&|events| events.iter().any(|event| !matches!(event, Event::Commented(_))));
    let opened = count(&|events| events.contains(&Event::VisibilityChanged(Visibility::Public)));
    let refused = i64::try_from(all.rows.len() - done.len()).unwrap_or(i64::MAX);
    shared.say(
        "macro-ask-several",
        args![
            title = all.title.as_str(),
            count = i64::try_from(all.rows.len()).unwrap_or(i64::MAX),
            changed = changed,
            replied = said(Visibility::Public),
            noted = said(Visibility::Internal),
            opened = opened,
            refused = refused
        ],
    )
}
