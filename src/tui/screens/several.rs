//! Several values to turn on and off: tags, people in copy, followers. What is not known yet is added by typing it.

use crate::client::PeopleAsk;
use crate::domain::act::{Change, Deed};
use crate::domain::id::{PersonId, TicketId};
use crate::domain::person::{Person, PersonRef};
use crate::domain::suggest::MIN_CHARS;
use crate::domain::tag::Tag;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::choices::{Choice, Choices, Clicked};
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::input::Code;
use crate::tui::item::{self, Item};
use crate::tui::layout::{inside, popup};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::new_request::named;
use crate::tui::widgets;
use ratatui::Frame;

const WIDTH: u16 = 60;
const HEIGHT: u16 = 16;
const SUGGESTIONS: u32 = 20;

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Labels.
    Tags,
    /// Who is in copy.
    Ccs,
    /// Agents who follow unseen.
    Followers,
}

/// One that can be on or off.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Tag(Tag),
    Person(PersonRef),
}

/// Values to turn on and off.
#[derive(Clone, Debug)]
pub struct State {
    what: What,
    tickets: Vec<TicketId>,
    /// Those that the first ticket had when this was opened.
    before: Vec<Value>,
    /// All that were on at some time, with whether they are now.
    known: Vec<Choice<Value>>,
    /// Whom the account suggests for what is typed.
    found: Vec<Choice<Value>>,
    choices: Choices<Value>,
    /// Enter or Tab was pressed before the suggestions came; whether it was Enter.
    pressed: Option<bool>,
    /// The text for which there are suggestions.
    found_for: String,
    sending: bool,
}

impl State {
    /// For tickets; those of the first one are on.
    pub fn new(what: What, tickets: Vec<TicketId>, first: Option<&Item>, shared: &Shared) -> Self {
        let person = |id: &PersonId| (Value::Person(PersonRef::Id(*id)), shared.person(*id));
        let present: Vec<(Value, Safe)> = match (what, first) {
            (_, None) => Vec::new(),
            (What::Tags, Some(item)) => {
                item.tags().map(|tag| (Value::Tag(tag.clone()), Safe::line(tag.as_str()))).collect()
            }
            (What::Ccs, Some(item)) => item.ccs().iter().map(person).collect(),
            (What::Followers, Some(item)) => {
                item.ticket().into_iter().flat_map(|ticket| &ticket.followers).map(person).collect()
            }
        };
        let before = present.iter().map(|(value, _)| value.clone()).collect();
        let on = |(value, label)| Choice { value, label, note: Safe::default(), present: true };
        let mut known: Vec<Choice<Value>> = present.into_iter().map(on).collect();
        // An agent follows, or stops, with one key.
        if let (What::Followers, Some(me)) = (what, shared.me()) {
            let (value, label) = person(&me);
            if known.iter().all(|choice| choice.value != value) {
                known.push(Choice { value, label, note: shared.word("picker-me"), present: false });
            }
        }
        let mut state = Self {
            what,
            tickets,
            before,
            known,
            found: Vec::new(),
            choices: Choices::asked(),
            pressed: None,
            found_for: String::new(),
            sending: false,
        };
        state.show(shared);
        state
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Several, Scope::Picking]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Acted(_, result) => self.acted(result.is_ok(), cx),
            Said::Command(Command::LeavePicker, _) => cx.close(),
            // Until the account has answered everything stays as it was sent.
            _ if self.sending => {}
            Said::Command(Command::ToggleChoice, _) => self.press(false, cx),
            Said::Command(Command::Choose, _) => self.press(true, cx),
            Said::Command(Command::NextChoice, _) => self.choices.move_by(1),
            Said::Command(Command::PreviousChoice, _) => self.choices.move_by(-1),
            // Tags are typed one after the other.
            Said::Key(key)
                if self.what == What::Tags
                    && matches!(key.code, Code::Char(' ' | ','))
                    && !self.choices.typed().trim().is_empty() =>
            {
                self.press(false, cx);
            }
            Said::Key(key) => {
                let changed = self.choices.key(key);
                self.typed(changed, cx);
            }
            Said::Paste(text) => {
                let changed = self.choices.paste(&text);
                self.typed(changed, cx);
            }
            Said::Answer(Question::People(PeopleAsk::Suggest { text, .. }), Ok(Answer::People(page)))
                if text == self.choices.typed().trim() =>
            {
                self.take(text, &page.rows, cx);
            }
            Said::Mouse(mouse) => match self.choices.mouse(mouse, inside(popup(cx.shared.size, WIDTH, HEIGHT))) {
                Clicked::Row => self.toggle(cx.shared),
                Clicked::Outside => cx.close(),
                Clicked::Nothing => {}
            },
            _ => {}
        }
    }

    /// Whether the account is asked for what is typed: agents are suggested people, others are nobody's business.
    fn asks(&self, shared: &Shared, typed: &str) -> bool {
        self.what != What::Tags && shared.is_staff() && typed.chars().count() >= MIN_CHARS
    }

    fn typed(&mut self, changed: bool, cx: &mut Context<'_>) {
        if !changed {
            return;
        }
        self.pressed = None;
        self.show(cx.shared);
        let text = self.choices.typed().trim().to_owned();
        if self.asks(cx.shared, &text) {
            let staff_only = self.what == What::Followers;
            cx.ask(Question::People(PeopleAsk::Suggest { text, staff_only, limit: SUGGESTIONS }));
        }
    }

    fn take(&mut self, text: String, people: &[Person], cx: &mut Context<'_>) {
        let choice = |person: &Person| {
            let note = person.email.as_ref().map_or_else(Safe::default, |email| Safe::line(email.as_str()));
            let value = Value::Person(PersonRef::Id(person.id));
            Choice { value, label: Safe::line(&person.name), note, present: false }
        };
        self.found = people.iter().map(choice).collect();
        self.found_for = text;
        self.show(cx.shared);
        if let Some(enter) = self.pressed.take() {
            self.press(enter, cx);
        }
    }

    /// What can be turned on and off for what is typed: those known, those found, and what is typed itself.
    fn show(&mut self, shared: &Shared) {
        let typed = self.choices.typed().trim().to_owned();
        let holds = |choice: &&Choice<Value>| {
            choice.label.as_str().to_lowercase().contains(&typed.to_lowercase())
                || choice.note.as_str().to_lowercase().contains(&typed.to_lowercase())
        };
        let mut all: Vec<Choice<Value>> = self.known.iter().filter(holds).cloned().collect();
        if !typed.is_empty() {
            let known = |value: &Value| self.known.iter().any(|choice| choice.value == *value);
            if self.found_for == typed {
                all.extend(self.found.iter().filter(|choice| !known(&choice.value)).cloned());
            }
            let new = self.new_value(&typed).filter(|value| !known(value));
            all.extend(new.map(|value| {
                let label = shared.say("picker-add", args![typed = label(&value)]);
                Choice { value, label, note: Safe::default(), present: false }
            }));
        }
        self.choices.set(all);
    }

    fn new_value(&self, typed: &str) -> Option<Value> {
        match self.what {
            What::Tags => Tag::parse(typed).ok().map(Value::Tag),
            What::Ccs => named(typed).map(|chosen| Value::Person(chosen.whom)),
            What::Followers => None,
        }
    }

    fn press(&mut self, enter: bool, cx: &mut Context<'_>) {
        let typed = self.choices.typed().trim().to_owned();
        if self.asks(cx.shared, &typed) && self.found_for != typed && self.new_value(&typed).is_none() {
            self.pressed = Some(enter);
            return;
        }
        if !enter {
            self.toggle(cx.shared);
        } else if typed.is_empty() {
            self.send(cx);
        } else if let Some(choice) = self.choices.current() {
            // What is on already stays on: Enter says what is wanted, Tab turns it round.
            if !choice.present {
                self.toggle(cx.shared);
            }
            self.send(cx);
        }
    }

    fn toggle(&mut self, shared: &Shared) {
        let Some(choice) = self.choices.current().cloned() else { return };
        if let Some(known) = self.known.iter_mut().find(|known| known.value == choice.value) {
            known.present = !known.present;
        } else {
            let label = match &choice.value {
                Value::Person(PersonRef::Id(_)) => choice.label,
                new => Safe::line(&label(new)),
            };
            self.known.push(Choice { label, present: true, ..choice });
        }
        if !self.choices.typed().is_empty() {
            self.choices.clear();
        }
        self.show(shared);
    }

    fn send(&mut self, cx: &mut Context<'_>) {
        let is_on = |value: &Value| self.known.iter().any(|choice| choice.present && choice.value == *value);
        let on = self.known.iter().filter(|choice| choice.present && !self.before.contains(&choice.value));
        let added: Vec<Value> = on.map(|choice| choice.value.clone()).collect();
        let removed: Vec<Value> = self.before.iter().filter(|value| !is_on(value)).cloned().collect();
        if added.is_empty() && removed.is_empty() {
            cx.close();
            return;
        }
        let change = self.change(added, removed);
        for ticket in &self.tickets {
            let change = Box::new(change.clone());
            // What is added and taken away goes together with what others add and take away.
            cx.act(Deed::UpdateTicket { ticket: *ticket, change, comment: None, expect: None });
        }
        if self.tickets.len() == 1 {
            self.sending = true;
        } else {
            cx.close();
        }
    }

    fn change(&self, added: Vec<Value>, removed: Vec<Value>) -> Change {
        let mut change = Change::default();
        for (value, add) in
            added.into_iter().map(|value| (value, true)).chain(removed.into_iter().map(|value| (value, false)))
        {
            match (value, self.what, add) {
                (Value::Tag(tag), _, true) => drop(change.add_tags.insert(tag)),
                (Value::Tag(tag), _, false) => drop(change.remove_tags.insert(tag)),
                (Value::Person(person), What::Ccs, true) => change.add_ccs.push(person),
                (Value::Person(PersonRef::Id(id)), What::Ccs, false) => drop(change.remove_ccs.insert(id)),
                (Value::Person(PersonRef::Id(id)), _, true) => drop(change.add_followers.insert(id)),
                (Value::Person(PersonRef::Id(id)), _, false) => drop(change.remove_followers.insert(id)),
                // Only known people were there before, and only known ones follow.
                (Value::Person(_), ..) => {}
            }
        }
        change
    }

    /// Done: it closes. Refused: everything stays as it was chosen.
    fn acted(&mut self, done: bool, cx: &mut Context<'_>) {
        self.sending = false;
        if done {
            cx.close();
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let inner = widgets::over(shared, frame, WIDTH, HEIGHT, &self.heading(shared));
        let placeholder = shared.word(match self.what {
            What::Tags => "picker-type-tags",
            What::Ccs if shared.is_staff() => "picker-type-people",
            What::Ccs => "picker-type-address",
            What::Followers => "picker-type-name",
        });
        widgets::choices_or(shared, frame, inner, &self.choices, &placeholder);
    }

    fn heading(&self, shared: &Shared) -> Safe {
        let name = shared.word(match self.what {
            What::Tags => "field-tags",
            What::Ccs => "field-ccs",
            What::Followers => "field-followers",
        });
        let of = match self.tickets.as_slice() {
            [one] => item::number(*one),
            more => {
                let count = i64::try_from(more.len()).unwrap_or(i64::MAX);
                shared.say("count-tickets", args![count = count])
            }
        };
        Safe::join(&Safe::from_static(" · "), [name, of])
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        self.heading(shared)
    }
}

/// What is typed, as it will be there.
fn label(value: &Value) -> String {
    match value {
        Value::Tag(tag) => tag.to_string(),
        Value::Person(PersonRef::Address(email)) => email.to_string(),
        Value::Person(PersonRef::Named { name, email }) => format!("{name} <{email}>"),
        Value::Person(PersonRef::Id(id)) => id.to_string(),
    }
}
