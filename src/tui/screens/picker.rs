//! One value to choose: a status, an assignee, an order. It changes the tickets it was opened for, or goes back to the
//! screen below.

use crate::client::PeopleAsk;
use crate::domain::view::{Sort, SortKey};
use crate::domain::act::{Change, Deed};
use crate::domain::comment::Attachment;
use crate::domain::id::{AttachmentId, GroupId, KindId, PersonId, TicketId};
use crate::domain::person::{Person, Role};
use crate::domain::refusal::requesters_may_choose;
use crate::domain::status::{Priority, Status};
use crate::language::args;
use crate::safe::{Safe, file_name};
use crate::tui::choices::{Choice, Choices};
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::input::MouseKind;
use crate::tui::item::{self, Item};
use crate::tui::layout::{holds, inside, popup};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::question::{self, Matter};
use crate::tui::widgets;
use ratatui::Frame;

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
    /// Who works on it, or nobody.
    Assignee(Option<PersonId>),
    /// The group that works on it, or none.
    Group(Option<GroupId>),
    /// How much it matters, or nothing said.
    Priority(Option<Priority>),
    /// What sort of request it is.
    Kind(KindId),
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
    /// An order.
    Sort,
    /// A file.
    File,
}

/// A value to choose.
#[derive(Clone, Debug)]
pub struct State {
    what: What,
    tickets: Vec<TicketId>,
    choices: Choices<Value>,
    /// Those shown while nothing is typed, where typing asks the account.
    base: Vec<Choice<Value>>,
}

impl State {
    /// For tickets; the present value is the first one's.
    pub fn for_tickets(what: What, tickets: Vec<TicketId>, first: Option<&Item>, shared: &Shared) -> Self {
        let all = choices(what, first, shared);
        let choices = if what == What::Assignee { Choices::asked() } else { Choices::new(all.clone()) };
        let mut state = Self { what, tickets, choices, base: all };
        if what == What::Assignee {
            state.choices.set(state.base.clone());
        }
        state
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
        Self { what: What::Sort, tickets: Vec::new(), choices: Choices::new(choices.collect()), base: Vec::new() }
    }

    /// For the files of a conversation, the last one first.
    pub fn file<'a>(files: impl DoubleEndedIterator<Item = &'a Attachment>, shared: &Shared) -> Self {
        let choices = files.rev().map(|file| Choice {
            value: Value::File(file.id),
            label: Safe::line(&file_name(&file.name)),
            note: Safe::line(&shared.words.size(file.size)),
            present: false,
        });
        Self { what: What::File, tickets: Vec::new(), choices: Choices::new(choices.collect()), base: Vec::new() }
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
            Said::Command(Command::Choose, _) => self.choose(cx),
            Said::Command(Command::NextChoice, _) => self.choices.move_by(1),
            Said::Command(Command::PreviousChoice, _) => self.choices.move_by(-1),
            Said::Command(Command::LeavePicker, _) => cx.close(),
            Said::Key(key) => {
                let changed = self.choices.key(key);
                self.typed(changed, cx);
            }
            Said::Paste(text) => {
                let changed = self.choices.paste(&text);
                self.typed(changed, cx);
            }
            Said::Answer(Question::People(ask), Ok(Answer::People(page))) => self.take_people(&ask, &page.rows, cx),
            Said::Mouse(mouse) => {
                let area = inside(popup(cx.shared.size, WIDTH, HEIGHT));
                match mouse.what {
                    MouseKind::WheelUp => self.choices.move_by(-1),
                    MouseKind::WheelDown => self.choices.move_by(1),
                    MouseKind::Click if !holds(area, mouse.column, mouse.row) => cx.close(),
                    MouseKind::Click => {
                        let row = mouse.row.wrapping_sub(area.y + 1);
                        if self.choices.move_to_shown(row, area.height.saturating_sub(1)) {
                            self.choose(cx);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn typed(&mut self, changed: bool, cx: &mut Context<'_>) {
        if !changed || self.what != What::Assignee {
            return;
        }
        let text = self.choices.typed();
        if text.chars().count() >= SUGGEST_FROM {
            cx.ask(Question::People(PeopleAsk::Suggest { text, staff_only: true, limit: SUGGESTIONS }));
        } else {
            self.choices.set(self.base.clone());
        }
    }

    fn take_people(&mut self, ask: &PeopleAsk, people: &[Person], cx: &mut Context<'_>) {
        let present = self.base.iter().find(|choice| choice.present).map(|choice| choice.value.clone());
        let found = people.iter().map(|person| {
            let value = Value::Assignee(Some(person.id));
            let note = person.email.as_ref().map_or_else(Safe::default, |email| Safe::line(email.as_str()));
            Choice { present: present.as_ref() == Some(&value), value, label: Safe::line(&person.name), note }
        });
        match ask {
            PeopleAsk::Suggest { text, .. } if *text == self.choices.typed() => self.choices.set(found.collect()),
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

    fn choose(&self, cx: &mut Context<'_>) {
        let Some(value) = self.choices.current().map(|choice| choice.value.clone()) else { return };
        match change(&value) {
            Some(change) if !self.tickets.is_empty() => {
                let deed = |ticket: TicketId| Deed::UpdateTicket {
                    ticket,
                    change: Box::new(change.clone()),
                    comment: None,
                    expect: None,
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
                cx.close();
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
            What::Sort => "picker-sort",
            What::File => "picker-file",
        };
        let name = shared.word(name);
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
        Value::Assignee(assignee) => Change { assignee: Some(*assignee), ..none },
        Value::Group(group) => Change { group: Some(*group), ..none },
        Value::Priority(priority) => Change { priority: Some(*priority), ..none },
        Value::Kind(kind) => Change { kind: Some(*kind), ..none },
        Value::Sort(_) | Value::File(_) => return None,
    })
}

fn choices(what: What, first: Option<&Item>, shared: &Shared) -> Vec<Choice<Value>> {
    let choice = |value: Value, label: Safe, present: bool| Choice { value, label, note: Safe::default(), present };
    let nobody = shared.word("picker-nobody");
    match what {
        What::Status => Status::ALL
            .into_iter()
            .filter(|status| *status != Status::New && (shared.is_staff() || requesters_may_choose(*status)))
            .map(|status| {
                let present = first.is_some_and(|item| item.status() == status);
                choice(Value::Status(status), item::status(shared, status), present)
            })
            .collect(),
        What::Priority => {
            let present = first.map(Item::priority);
            let none = choice(Value::Priority(None), nobody, present == Some(None));
            let all = Priority::ALL.into_iter().rev().map(Some).map(|priority| {
                choice(Value::Priority(priority), item::priority(shared, priority), present == Some(priority))
            });
            all.chain([none]).collect()
        }
        What::Group => {
            let present = first.map(Item::group);
            let groups = shared.session.iter().flat_map(|session| &session.groups);
            let none = choice(Value::Group(None), nobody, present == Some(None));
            let all = groups.map(|group| {
                choice(Value::Group(Some(group.id)), Safe::line(&group.name), present == Some(Some(group.id)))
            });
            all.chain([none]).collect()
        }
        What::Kind => {
            let kinds = shared.session.iter().flat_map(|session| &session.kinds);
            let present = first.and_then(Item::kind);
            kinds.map(|kind| choice(Value::Kind(kind.id), shared.kind(kind.id), present == Some(kind.id))).collect()
        }
        What::Assignee => {
            let present = first.map(Item::assignee);
            let mut people: Vec<PersonId> = shared.me().into_iter().collect();
            people.extend(present.flatten().filter(|person| Some(*person) != shared.me()));
            let none = choice(Value::Assignee(None), nobody, present == Some(None));
            let known = people.into_iter().map(|person| {
                let present = present == Some(Some(person));
                choice(Value::Assignee(Some(person)), shared.person(person), present)
            });
            known.chain([none]).collect()
        }
        What::Sort | What::File => Vec::new(),
    }
}

/// `Updated, latest first`
pub fn sort_label(sort: Option<Sort>, shared: &Shared) -> Safe {
    let Some(sort) = sort else { return shared.word("sort-own") };
    let by = match sort.by {
        SortKey::Relevance => return shared.word("sort-relevance"),
        SortKey::Updated => "updated",
        SortKey::Id => "number",
        SortKey::Status => "status",
        SortKey::Priority => "priority",
    };
    shared.word(&format!("sort-{by}-{}", if sort.descending { "down" } else { "up" }))
}
