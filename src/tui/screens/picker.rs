//! One value to choose: a status, an assignee, an order. It changes the tickets it was opened for, or goes back to the
//! screen below.

mod due;
mod offers;

use crate::client::{Error, PeopleAsk};
use crate::domain::view::{Sort, SortKey};
use crate::domain::act::{Change, Deed};
use crate::domain::case::TicketType;
use crate::domain::comment::Attachment;
use crate::domain::id::{AttachmentId, FieldId, GroupId, KindId, PersonId, StatusId, TicketId};
use crate::domain::person::{Person, Role};
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use crate::language::args;
use crate::safe::{Safe, file_name};
use crate::tui::choices::{Choice, Choices, Clicked};
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::item::{self, Item};
use crate::tui::layout::{inside, popup};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::question::{self, Matter};
use crate::tui::widgets;
use crate::words;
pub use offers::sort_label;
use offers::{holding, offers, present};
use ratatui::Frame;
use std::collections::BTreeSet;

const WIDTH: u16 = 56;
const HEIGHT: u16 = 16;
/// From how many characters on people are looked for (D18).
const SUGGEST_FROM: usize = 2;
const SUGGESTIONS: u32 = 20;

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A status.
    Status(Status),
    /// A status of the account's own.
    Own(StatusId),
    /// An option of a field, or none.
    Option(FieldId, Option<Tag>),
    /// Who works on it, or nobody.
    Assignee(Option<PersonId>),
    /// The group that works on it, or none.
    Group(Option<GroupId>),
    /// How much it matters, or nothing said.
    Priority(Option<Priority>),
    /// What sort of request it is.
    Kind(KindId),
    /// What sort of case it is, or none.
    Type(Option<TicketType>),
    /// When it is due, or no longer.
    Due(Option<Timestamp>),
    /// An order; none for the list's own.
    Sort(Option<Sort>),
    /// A file of a comment.
    File(AttachmentId),
}

/// What is to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A status.
    Status,
    /// An assignee.
    Assignee,
    /// A group.
    Group,
    /// A priority.
    Priority,
    /// A kind.
    Kind,
    /// A type.
    Type,
    /// When it is due.
    Due,
    /// An order.
    Sort,
    /// A file.
    File,
    /// An option of a field.
    Option(FieldId),
}

/// A value to choose.
#[derive(Clone, Debug)]
pub struct State {
    what: What,
    tickets: Vec<TicketId>,
    /// The version of the only ticket, against which the choice is made; a newer one is shown before it is overwritten.
    expect: Option<i64>,
    choices: Choices<Value>,
    /// Those shown while nothing is typed, where typing does not narrow them.
    base: Vec<Choice<Value>>,
    /// Whether an answer is awaited.
    sending: bool,
}

impl State {
    /// For tickets; the present value is the first one's.
    pub fn for_tickets(what: What, tickets: Vec<TicketId>, first: Option<&Item>, shared: &Shared) -> Self {
        let value = first.and_then(|item| present(what, item));
        let version = first.and_then(Item::ticket).map(|ticket| ticket.version);
        let expect = version.filter(|_| tickets.len() == 1);
        let mut state = Self { tickets, expect, ..Self::of(what, offers(what, value.as_ref(), false, shared)) };
        // What nobody works on is mostly taken.
        if value == Some(Value::Assignee(None)) {
            state.choices.move_to_value(&Value::Assignee(shared.me()));
        }
        state
    }

    /// For a field of a form that is filled in: the value goes back to it.
    pub fn for_form(what: What, value: Option<&Value>, shared: &Shared) -> Self {
        Self::of(what, offers(what, value, true, shared))
    }

    fn of(what: What, base: Vec<Choice<Value>>) -> Self {
        let asks = matches!(what, What::Assignee | What::Due);
        let mut choices = if asks { Choices::asked() } else { Choices::new(base.clone()) };
        if asks {
            choices.set(base.clone());
            choices.move_to_present();
        }
        Self { what, tickets: Vec::new(), expect: None, choices, base, sending: false }
    }

    /// For a field with options, of which some may be chosen already.
    pub fn options(id: FieldId, chosen: &BTreeSet<Tag>, shared: &Shared) -> Self {
        Self::of(What::Option(id), offers::options(id, chosen, shared))
    }

    /// For the order of a list; what is searched can also have the best matches first.
    pub fn sort(present: Option<Sort>, searching: bool, shared: &Shared) -> Self {
        let keys = [SortKey::Updated, SortKey::Id, SortKey::Status, SortKey::Priority];
        let mut orders = vec![None];
        if searching {
            orders.push(Some(Sort { by: SortKey::Relevance, descending: true }));
        }
        for by in keys {
            orders.extend([true, false].map(|descending| Some(Sort { by, descending })));
        }
        let choices = orders.into_iter().map(|sort| Choice {
            value: Value::Sort(sort),
            label: sort_label(sort, shared),
            note: Safe::default(),
            present: sort == present,
        });
        Self::of(What::Sort, choices.collect())
    }

    /// For the files of a conversation, the last one first.
    pub fn file<'a>(files: impl DoubleEndedIterator<Item = &'a Attachment>, shared: &Shared) -> Self {
        let choices = files.rev().map(|file| Choice {
            value: Value::File(file.id),
            label: Safe::line(&file_name(&file.name)),
            note: Safe::line(&shared.words.size(file.size)),
            present: false,
        });
        Self::of(What::File, choices.collect())
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Picking]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened if self.what == What::Assignee => {
                let role = Some(Role::Agent);
                cx.ask(Question::People(PeopleAsk::Role { role, after: None, limit: 100 }));
            }
            Said::Acted(_, result) => self.acted(result.err(), cx),
            Said::Command(Command::LeavePicker, _) => cx.close(),
            // Until the account has answered the choice stays as it was made.
            _ if self.sending => {}
            Said::Command(Command::Choose, _) => self.choose(cx),
            Said::Command(Command::NextChoice, _) => self.choices.move_by(1),
            Said::Command(Command::PreviousChoice, _) => self.choices.move_by(-1),
            Said::Key(key) => {
                let changed = self.choices.key(key);
                self.typed(changed, cx);
            }
            Said::Paste(text) => {
                let changed = self.choices.paste(&text);
                self.typed(changed, cx);
            }
            Said::Answer(Question::People(ask), Ok(Answer::People(page))) => self.take_people(&ask, &page.rows, cx),
            Said::Answer(Question::Ticket { .. }, Ok(Answer::Ticket(thread))) => {
                self.expect = Some(thread.item.version);
                self.mark(&thread.item.into(), cx.shared);
            }
            Said::Mouse(mouse) => match self.choices.mouse(mouse, inside(popup(cx.shared.size, WIDTH, HEIGHT))) {
                Clicked::Row => self.choose(cx),
                Clicked::Outside => cx.close(),
                Clicked::Nothing => {}
            },
            _ => {}
        }
    }

    fn typed(&mut self, changed: bool, cx: &mut Context<'_>) {
        let text = self.choices.typed();
        match self.what {
            _ if !changed => {}
            What::Due => self.choices.set(due::typed(&text, &self.base, cx.shared)),
            What::Assignee => {
                self.choices.set(holding(&self.base, &text));
                if text.chars().count() >= SUGGEST_FROM {
                    cx.ask(Question::People(PeopleAsk::Suggest { text, staff_only: true, limit: SUGGESTIONS }));
                }
            }
            _ => {}
        }
    }

    /// Done: it closes. Somebody was first: it says what the ticket has now, and what was chosen stays under the cursor,
    /// to be chosen again. Refused: another value can be chosen.
    fn acted(&mut self, error: Option<Error>, cx: &mut Context<'_>) {
        self.sending = false;
        match (error, self.tickets.first()) {
            (None, _) => cx.close(),
            (Some(Error::Conflict { theirs }), Some(id)) => {
                self.expect = Some(theirs);
                cx.ask(Question::Ticket { id: *id, comments: 1 });
            }
            _ => {}
        }
    }

    /// Marks what the ticket has now.
    fn mark(&mut self, item: &Item, shared: &Shared) {
        let value = present(self.what, item);
        let chosen = self.choices.current().map(|choice| choice.value.clone());
        let mut base = offers(self.what, value.as_ref(), false, shared);
        // Whom the account named stays to be chosen.
        let more: Vec<Choice<Value>> =
            self.base.iter().filter(|known| base.iter().all(|one| one.value != known.value)).cloned().collect();
        base.extend(more.into_iter().map(|choice| Choice { present: false, ..choice }));
        self.base.clone_from(&base);
        self.choices.set(base);
        if let Some(chosen) = chosen {
            self.choices.move_to_value(&chosen);
        }
    }

    /// Whom there are more than one of the same name is told by the address; that nobody is there, too.
    fn note(person: &Person, cx: &Context<'_>) -> Safe {
        let email = person.email.as_ref().map_or_else(Safe::default, |email| Safe::line(email.as_str()));
        if person.is_away(cx.shared.now) {
            Safe::join(&Safe::from_static(" · "), [cx.shared.word("person-away"), email])
        } else {
            email
        }
    }

    fn take_people(&mut self, ask: &PeopleAsk, people: &[Person], cx: &mut Context<'_>) {
        let present = self.base.iter().find(|choice| choice.present).map(|choice| choice.value.clone());
        let found = people.iter().map(|person| {
            let value = Value::Assignee(Some(person.id));
            let note = Self::note(person, cx);
            Choice { present: present.as_ref() == Some(&value), value, label: Safe::line(&person.name), note }
        });
        let found = found.collect::<Vec<_>>().into_iter();
        match ask {
            PeopleAsk::Suggest { text, .. } if *text == self.choices.typed() => {
                let mut all = holding(&self.base, text);
                let known: Vec<Value> = all.iter().map(|choice| choice.value.clone()).collect();
                all.extend(found.filter(|choice| !known.contains(&choice.value)));
                self.choices.set(all);
            }
            PeopleAsk::Role { role, .. } => {
                for choice in found {
                    if !self.base.iter().any(|known| known.value == choice.value) {
                        self.base.push(choice);
                    }
                }
                if self.choices.typed().is_empty() {
                    self.choices.set(self.base.clone());
                }
                if *role == Some(Role::Agent) {
                    let role = Some(Role::Admin);
                    cx.ask(Question::People(PeopleAsk::Role { role, after: None, limit: 100 }));
                }
            }
            _ => {}
        }
    }

    fn choose(&mut self, cx: &mut Context<'_>) {
        let Some(value) = self.choices.current().map(|choice| choice.value.clone()) else { return };
        match change(&value) {
            Some(change) if !self.tickets.is_empty() => {
                let deed = |ticket: TicketId| Deed::UpdateTicket {
                    ticket,
                    change: Box::new(change.clone()),
                    comment: None,
                    expect: self.expect,
                };
                // Closing is for good, so it is asked about, one ticket at a time.
                if let (Value::Status(Status::Closed), [only]) = (&value, self.tickets.as_slice()) {
                    let text = cx.shared.say("question-close", args![number = only.to_string()]);
                    cx.replace(question::State::new(text, Matter::Do(Box::new(deed(*only)))).into());
                    return;
                }
                for ticket in &self.tickets {
                    cx.act(deed(*ticket));
                }
                if self.tickets.len() == 1 {
                    self.sending = true;
                } else {
                    cx.close();
                }
            }
            _ => cx.answer(Said::Picked(value)),
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let inner = widgets::over(shared, frame, WIDTH, HEIGHT, &self.heading(shared));
        widgets::choices(shared, frame, inner, &self.choices);
    }

    fn heading(&self, shared: &Shared) -> Safe {
        let name = match self.what {
            What::Status => "field-status",
            What::Assignee => "field-assignee",
            What::Group => "field-group",
            What::Priority => "field-priority",
            What::Kind => "field-kind",
            What::Type => "field-type",
            What::Due => "field-due",
            What::Sort => "picker-sort",
            What::File => "picker-file",
            What::Option(_) => "own-title",
        };
        let name = match (self.what, &shared.session) {
            (What::Option(id), Some(session)) => {
                let field = session.fields.get(&id);
                field.map_or_else(|| shared.word(name), |one| Safe::line(&words::field_title(&shared.words, one)))
            }
            _ => shared.word(name),
        };
        match self.tickets.as_slice() {
            [] => name,
            [one] => Safe::join(&Safe::from_static(" · "), [name, item::number(*one)]),
            more => {
                let count = i64::try_from(more.len()).unwrap_or(i64::MAX);
                Safe::join(&Safe::from_static(" · "), [name, shared.say("count-tickets", args![count = count])])
            }
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        self.heading(shared)
    }
}

fn change(value: &Value) -> Option<Change> {
    let none = Change::default();
    Some(match value {
        Value::Status(status) => Change::status(*status),
        Value::Own(status) => Change { custom_status: Some(*status), ..none },
        Value::Assignee(assignee) => Change { assignee: Some(*assignee), ..none },
        Value::Group(group) => Change { group: Some(*group), ..none },
        Value::Priority(priority) => Change { priority: Some(*priority), ..none },
        Value::Kind(kind) => Change { kind: Some(*kind), ..none },
        Value::Type(one) => Change { ticket_type: Some(*one), ..none },
        Value::Due(due) => Change { due_at: Some(*due), ..none },
        Value::Sort(_) | Value::File(_) | Value::Option(..) => return None,
    })
}
