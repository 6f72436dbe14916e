//! A new request, or a new ticket for agents: its kind, its form, its number (R094-R108, R158-R162). Whatever is typed is
//! kept as a draft from the first keystroke until the account has said yes (Z07).

mod audience;
mod form;
mod keep;
mod keys;
mod kinds;
mod people;
mod picture;
mod places;
mod sending;
mod similar;

use crate::client::Error;
use crate::domain::draft::DraftPlace;
use crate::domain::id::{PersonId, TicketId};
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, Question};
use crate::tui::input::{Mouse, MouseKind};
use crate::tui::item::{self, Item};
use crate::tui::layout::holds;
use crate::tui::list::Identified;
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared, Tone};
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::question::{self, Matter};
use crate::tui::screens::ticket;
use crate::tui::sentence;
pub(super) use people::named;
use audience::ReadAlong;
use form::{Field, Form};
use kinds::Kinds;
use people::Did;
use places::{Places, places};
use ratatui::Frame;
use similar::Similar;

/// How long the keys rest before similar requests are looked for, in milliseconds.
const REST_MS: u64 = 150;
const SIMILAR: u64 = 1;

/// Where one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Choosing a kind; whether the form was there before.
    Kind {
        /// Whether going back leads to the form.
        back: bool,
    },
    /// Filling in the form.
    Form,
    /// It has this number.
    Done(TicketId),
}

/// What it is opened for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Start {
    Blank,
    /// A ticket for somebody (R106).
    For(PersonId),
    /// What follows a closed ticket (R178), with what was written on it.
    After(Box<Item>, Option<DraftPlace>),
}

/// A request that is being written.
#[derive(Clone, Debug)]
pub struct State {
    step: Step,
    start: Start,
    kinds: Kinds,
    form: Form,
    read_along: ReadAlong,
    similar: Similar,
    /// Whether it has been sent under the form's key: what is changed since then needs another one.
    tried: bool,
    sending: bool,
}

impl State {
    /// Goes on with the draft, or begins.
    pub fn new(shared: &mut Shared) -> Self {
        Self::starting(Start::Blank, shared)
    }

    /// A new ticket for somebody (R106); a draft that has no requester yet gets this one.
    pub fn for_requester(person: PersonId, shared: &mut Shared) -> Self {
        Self::starting(Start::For(person), shared)
    }

    /// A follow-up of a closed ticket (R178); the draft that was written on it goes along.
    pub fn following(closed: Item, written: Option<DraftPlace>, shared: &mut Shared) -> Self {
        Self::starting(Start::After(Box::new(closed), written), shared)
    }

    fn starting(start: Start, shared: &mut Shared) -> Self {
        let form = Form::new(shared);
        let (kinds, read_along, similar) = (Kinds::default(), ReadAlong::default(), Similar::default());
        Self { step: Step::Kind { back: false }, start, kinds, form, read_along, similar, tried: false, sending: false }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        match self.step {
            Step::Kind { .. } => &[Scope::Offer, Scope::List, Scope::Browsing],
            Step::Form => &[Scope::Form],
            Step::Done(_) => &[Scope::Done, Scope::Browsing],
        }
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened => self.open(cx),
            Said::Drafts if self.form.is_blank() => self.open(cx),
            Said::Acted(deed, result) => self.acted(&deed, result.map(|receipt| receipt.outcome.ticket), cx),
            Said::Answer(question, result) => self.answered(&question, result, cx),
            Said::Rested(SIMILAR) => self.similar.ask(&self.form, cx),
            // While it is on its way everything stays as it was sent.
            _ if self.sending => {}
            Said::Command(command, _) => match self.step {
                Step::Kind { .. } => self.choosing(command, cx),
                Step::Form => self.command(command, cx),
                Step::Done(id) => self.done(command, id, cx),
            },
            Said::Mouse(mouse) => self.mouse(mouse, cx),
            other if self.step == Step::Form => self.filling(other, cx),
            _ => {}
        }
        self.read_along.ask(&self.form, cx);
    }

    /// Fills in the draft, then what it was opened for.
    fn open(&mut self, cx: &mut Context<'_>) {
        let draft = cx.shared.drafts.get(&DraftPlace::NewTicket).cloned();
        if let Some(draft) = &draft {
            keep::restore(&mut self.form, draft, cx.shared);
            for path in &draft.files {
                self.form.files.add(path.clone(), cx);
            }
            self.step = Step::Form;
            self.similar.ask(&self.form, cx);
        }
        if let Some(draft) = &draft {
            let key = cx.shared.keymap.shown(Command::DropRequest).join(" ");
            let ago = cx.shared.ago(draft.updated_at).into_string();
            let text = cx.shared.say("form-draft", args![ago = ago, key = key]);
            cx.notice(text);
        }
        match self.start.clone() {
            Start::For(person) if self.form.staff && self.form.requester.is_blank() => {
                self.prefill(person, cx.shared);
                if draft.is_none() {
                    self.form.focus = Field::Subject;
                }
            }
            // What is written already is somebody else's: it is neither lost nor given to another.
            Start::For(person) if self.form.staff && draft.is_some() && !self.form.requester.is(person) => {
                let text = cx.shared.word("form-draft-other");
                cx.notice(text);
            }
            Start::After(closed, written) if draft.is_none() => {
                self.follow(&closed, cx.shared);
                if let Some(written) = written {
                    self.take_over(written, cx);
                }
            }
            Start::After(closed, _) if self.form.follow_up_of != Some(closed.id()) => {
                let text = cx.shared.word("form-draft-first");
                cx.notice(text);
            }
            _ => {}
        }
    }

    fn prefill(&mut self, person: PersonId, shared: &Shared) {
        let name = shared.names.people.get(&person).cloned();
        self.form.requester.prefill(person, name.unwrap_or_default());
    }

    /// A follow-up goes on with the closed one's subject, kind and requester.
    fn follow(&mut self, closed: &Item, shared: &Shared) {
        let subject = match closed {
            Item::Ticket(ticket) => ticket.subject.as_str(),
            Item::Request(request) => request.subject.as_str(),
        };
        self.form.subject.set(&shared.words.say("form-follow-up-subject", args![subject = subject]));
        self.form.follow_up_of = Some(closed.id());
        self.form.kind = closed.kind();
        for (id, value) in closed.fields() {
            self.form.own.keep(*id, &value.written());
        }
        self.form.own.refresh(self.form.kind, true, shared);
        if self.form.staff {
            self.prefill(closed.requester(), shared);
        }
        self.form.focus = Field::Description;
        self.step = Step::Form;
    }

    fn answered(&mut self, question: &Question, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        match (question, result) {
            (Question::Tickets(ask) | Question::Requests(ask), result) => {
                self.similar.take(ask, result.ok(), &self.form, cx);
                if self.form.focus == Field::Similar && self.similar.found.is_empty() {
                    self.form.focus = Field::Subject;
                }
            }
            (Question::ReadAlong(whom), result) => self.read_along.take(whom, result),
            (Question::People(ask), Ok(Answer::People(page))) => {
                if let Some(people) = self.form.people() {
                    let did = people.take(ask, page.rows);
                    self.did(did, cx);
                }
            }
            _ => {}
        }
    }

    fn choosing(&mut self, command: Command, cx: &mut Context<'_>) {
        match (command, self.step) {
            (Command::TakeKind, _) => {
                self.form.kind = self.kinds.current(cx.shared);
                self.form.own.refresh(self.form.kind, true, cx.shared);
                self.step = Step::Form;
                self.changed(cx);
            }
            (Command::Back, Step::Kind { back: true }) => self.step = Step::Form,
            (Command::Back, _) => cx.close(),
            _ => self.kinds.command(command, cx.shared),
        }
    }

    fn done(&mut self, command: Command, id: TicketId, cx: &mut Context<'_>) {
        match command {
            Command::OpenSubmitted => cx.replace(ticket::State::reading(id, vec![id], None).into()),
            Command::SubmitAnother => *self = Self::new(cx.shared),
            Command::Back => cx.close(),
            _ => {}
        }
    }

    /// Goes to step 1 to choose another kind; everything else stays.
    fn choose_kind(&mut self, shared: &Shared) {
        self.kinds = Kinds::on(self.form.kind, shared);
        self.step = Step::Kind { back: true };
    }

    fn did(&mut self, did: Did, cx: &mut Context<'_>) {
        match did {
            Did::Nothing => {}
            Did::Changed => self.changed(cx),
            Did::Leave => self.step_by(1, cx.shared),
            Did::NoAddress => {
                let text = cx.shared.word("form-no-address");
                cx.notice(text);
            }
        }
    }

    /// Keeps what is filled in now.
    fn changed(&mut self, cx: &mut Context<'_>) {
        self.form.own.refresh(self.form.kind, true, cx.shared);
        if matches!(self.form.focus, Field::Own(_) | Field::OwnText(_)) && !self.fields().contains(&self.form.focus) {
            self.form.focus = Field::More;
        }
        if std::mem::take(&mut self.tried) {
            self.form.key = cx.shared.new_key();
        }
        if self.form.is_blank() {
            cx.drop_draft(DraftPlace::NewTicket);
        } else {
            cx.keep(keep::draft(&self.form, cx.shared.now));
        }
    }

    /// The fields that can have the keys.
    fn fields(&self) -> Vec<Field> {
        let mut fields = self.form.fields();
        if !self.similar.found.is_empty() {
            fields.push(Field::Similar);
        }
        fields
    }

    fn places(&self, shared: &Shared) -> Places {
        places(shared.size, &self.form.fields(), self.form.focus, self.similar.found.len())
    }

    fn step_by(&mut self, by: isize, shared: &Shared) {
        let mut fields = self.fields();
        if self.places(shared).similar.is_none() {
            fields.retain(|field| *field != Field::Similar);
        }
        let at = fields.iter().position(|field| *field == self.form.focus).unwrap_or(0);
        let count = isize::try_from(fields.len()).unwrap_or(1);
        let next = (isize::try_from(at).unwrap_or(0) + by).rem_euclid(count);
        if let Some(field) = usize::try_from(next).ok().and_then(|next| fields.get(next)) {
            self.form.focus = *field;
        }
    }

    fn ask_for_file(cx: &mut Context<'_>) {
        cx.open(prompt::State::new(Purpose::Attach).into());
    }

    fn ask_to_drop(cx: &mut Context<'_>) {
        let text = cx.shared.word("question-drop-draft");
        cx.open(question::State::new(text, Matter::DropDraft).into());
    }

    fn write_in_editor(&self, cx: &mut Context<'_>) {
        let (to, text) = (cx.id(), self.form.body.text());
        cx.effect(Effect::Edit { to, name: "new-request".to_owned(), text });
    }

    /// What is filled in, pasted, brought back by popups and programs.
    fn filling(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Key(key) => self.key(key, cx),
            Said::Paste(text) => self.paste(&text, cx),
            Said::Edited(Ok(Some(text))) => {
                self.form.body.set(text.trim_end());
                self.changed(cx);
            }
            Said::Edited(Err(error)) => {
                let text = sentence::outside(cx.shared, &error);
                cx.shared.tell(Tone::Bad, text);
            }
            Said::Typed(Purpose::Attach, path) => {
                self.form.files.add(path, cx);
                self.changed(cx);
            }
            Said::Uploaded(path, result) => {
                let left_out = self.form.files.uploaded(&path, result, cx);
                if left_out {
                    self.changed(cx);
                }
            }
            Said::Picked(value) => self.picked(&value, cx),
            Said::Confirmed(Matter::DropDraft) => {
                cx.drop_draft(DraftPlace::NewTicket);
                cx.close();
            }
            _ => {}
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Context<'_>) {
        let places = self.places(cx.shared);
        let up = mouse.what == MouseKind::WheelUp;
        match self.step {
            Step::Kind { .. } if mouse.what == MouseKind::Click => {
                let hit = holds(places.body, mouse.column, mouse.row);
                let line = mouse.row.saturating_sub(places.body.y);
                // A click selects; a click on what is selected takes it.
                if hit && self.kinds.click(line, places.body, cx.shared) == Some(true) {
                    self.choosing(Command::TakeKind, cx);
                }
            }
            Step::Kind { .. } => self.kinds.command(if up { Command::Up } else { Command::Down }, cx.shared),
            Step::Form if mouse.what == MouseKind::Click => self.click(mouse, &places, cx),
            _ => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        picture::draw(self, shared, frame);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let what = match (self.step, self.form.follow_up_of, self.form.staff) {
            (Step::Done(id), ..) => item::number(id),
            (_, Some(closed), _) => shared.say("form-title-follow-up", args![number = closed.to_string()]),
            (_, None, true) => shared.word("form-title-ticket"),
            (_, None, false) => shared.word("form-title-request"),
        };
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), what])
    }
}
