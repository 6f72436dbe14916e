//! A form of one thing: a line for each name of its document, checked as one types by what would read and decide it.

mod choices;
mod entry;
mod picture;
mod renamed;

use crate::client::Error;
use crate::domain::act::Deed;
use crate::domain::draft::Draft;
use crate::domain::person::Role;
use crate::domain::refusal::Refusal;
use crate::domain::setup::{Directory, Document, ItemFault, Mentions};
use crate::language::args;
use crate::notation::{self, Unreadable};
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, Question};
use crate::tui::input::{Code, Key, MouseKind};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::question::{self, Matter};
use crate::tui::screens::matches;
use crate::tui::sentence;
use crate::tui::subject::{Row, Subject};
use crate::words;
use entry::Entry;

/// How long nothing is typed before it is checked, in milliseconds.
const REST_MS: u64 = 200;

/// A form that is filled in.
#[derive(Clone, Debug)]
pub struct State {
    subject: Subject,
    /// Its number; 0 for what is new.
    id: i64,
    name: Safe,
    /// What it is now.
    before: Option<Document>,
    entries: Vec<Entry>,
    /// The line that has the keys.
    at: usize,
    directory: Directory,
    verdict: Verdict,
    /// What is to be done when the names have been found.
    then: Then,
    /// Whether an answer to saving is awaited.
    sending: bool,
    /// What came out of the editor and cannot be read.
    raw: Option<String>,
}

/// What is known of what is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing yet.
    Unknown,
    /// It can be saved.
    Good,
    /// Something is wrong: under that name, or with the whole.
    Bad(Option<String>, Safe),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Check,
    Save,
    Preview,
}

impl State {
    /// Of a thing that is there, or of a new one.
    pub fn new(subject: Subject, row: Option<&Row>) -> Self {
        let document = row.map(|row| row.document.clone());
        let entries = subject.form().iter();
        let entries = entries.map(|key| Entry::new(*key, document.as_ref().and_then(|one| one.get(key.name))));
        Self {
            subject,
            id: row.map_or(0, |row| row.id),
            name: row.map_or_else(Safe::default, |row| row.title.clone()),
            entries: entries.collect(),
            before: document,
            at: 0,
            directory: Directory::default(),
            verdict: Verdict::Unknown,
            then: Then::Check,
            sending: false,
            raw: None,
        }
    }

    /// Of a new one that begins as another is, but for its place.
    pub fn duplicate(subject: Subject, row: &Row) -> Self {
        let mut state = Self { id: 0, before: None, name: Safe::default(), ..Self::new(subject, Some(row)) };
        for entry in &mut state.entries {
            if entry.key.name == "position" {
                entry.set("");
            }
        }
        state
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Filling]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened => self.begin(cx),
            Said::Rested(_) => self.ask(Then::Check, cx),
            Said::Answer(question, result) => self.answered(&question, result, cx),
            Said::Acted(_, result) => self.acted(result.err(), cx),
            Said::Confirmed(Matter::Change(deed)) => self.send(*deed, cx),
            Said::Edited(result) => self.edited(result, cx),
            Said::Named(name) => {
                self.take(&name);
                self.changed(cx);
            }
            Said::Command(command, _) => self.command(command, cx),
            Said::Key(key) => self.key(key, cx),
            Said::Paste(text) => {
                let changed = self.entries[self.at].paste(&text);
                self.changed_if(changed, cx);
            }
            Said::Mouse(mouse) if mouse.what == MouseKind::Click => {
                if let Some(at) = picture::hit(self, cx.shared, mouse.column, mouse.row) {
                    self.at = at;
                }
            }
            _ => {}
        }
    }

    /// What was filled in before and not saved goes on.
    fn begin(&mut self, cx: &mut Context<'_>) {
        if let Some(draft) = cx.shared.drafts.get(&self.subject.draft(self.id)) {
            for entry in &mut self.entries {
                if let Some(text) = draft.fields.get(entry.key.name) {
                    entry.set(text);
                }
            }
            let text = cx.shared.word("admin-draft");
            cx.notice(text);
        }
        self.ask(Then::Check, cx);
    }

    fn command(&mut self, command: Command, cx: &mut Context<'_>) {
        match command {
            Command::LeaveFilling => cx.close(),
            Command::NextKey => self.go(1),
            Command::PreviousKey => self.go(-1),
            Command::SaveThing if !self.sending => self.ask(Then::Save, cx),
            Command::PreviewFilled => self.ask(Then::Preview, cx),
            Command::ChooseValue => self.choose(cx),
            Command::EditAsToml => {
                let document = self.document().unwrap_or_default();
                let text = self.raw.clone().unwrap_or_else(|| notation::write(&document, self.subject.form()));
                let to = cx.id();
                cx.effect(Effect::Edit { to, name: self.subject.name().to_owned(), text });
            }
            Command::DropForm => {
                cx.drop_draft(self.subject.draft(self.id));
                cx.close();
            }
            _ => {}
        }
    }

    fn key(&mut self, key: Key, cx: &mut Context<'_>) {
        let entry = &mut self.entries[self.at];
        let bare = !key.ctrl && !key.alt;
        match key.code {
            Code::Down if bare && !entry.has_lines() => self.go(1),
            Code::Up if bare && !entry.has_lines() => self.go(-1),
            Code::Enter if bare && !entry.has_lines() && entry.ticked().is_none() => {
                if self.choices().is_empty() { self.go(1) } else { self.choose(cx) }
            }
            code => {
                let before = entry.place();
                let changed = entry.key(key);
                let stays = bare && !changed && entry.place() == before;
                match code {
                    // At the ends of several lines up and down lead on.
                    Code::Down if stays => self.go(1),
                    Code::Up if stays => self.go(-1),
                    _ => self.changed_if(changed, cx),
                }
            }
        }
    }

    fn go(&mut self, by: isize) {
        let count = isize::try_from(self.entries.len()).unwrap_or(1).max(1);
        let at = isize::try_from(self.at).unwrap_or(0) + by;
        self.at = usize::try_from(at.rem_euclid(count)).unwrap_or(0);
    }

    fn changed_if(&mut self, changed: bool, cx: &mut Context<'_>) {
        if changed {
            self.changed(cx);
        }
    }

    /// Keeps what is typed from the first key on, and checks it after a rest.
    fn changed(&mut self, cx: &mut Context<'_>) {
        self.verdict = Verdict::Unknown;
        let fields = self.entries.iter().map(|entry| (entry.key.name.to_owned(), entry.text())).collect();
        cx.keep(Draft {
            place: self.subject.draft(self.id),
            body: String::new(),
            fields,
            files: Vec::new(),
            key: String::new(),
            updated_at: cx.shared.now,
        });
        cx.rest(1, REST_MS);
    }

    /// What is filled in.
    fn document(&self) -> Result<Document, (String, Unreadable)> {
        let mut document = Document::default();
        for entry in &self.entries {
            let datum = entry.datum().map_err(|error| (entry.key.name.to_owned(), error))?;
            if let Some(datum) = datum {
                document = document.with(entry.key.name, datum);
            }
        }
        Ok(document)
    }

    /// Asks for the names in it; what is to be done is done when they are there.
    fn ask(&mut self, then: Then, cx: &mut Context<'_>) {
        match self.document() {
            Ok(document) => {
                let mentions = match self.subject {
                    Subject::Items(kind) => Mentions::of_document(kind, &document, &self.directory),
                    _ => Mentions::default(),
                };
                // A check that comes late takes nothing away from what is wanted already.
                if then != Then::Check || self.then == Then::Check {
                    self.then = then;
                }
                cx.ask(Question::Directory(mentions));
            }
            Err((key, error)) => {
                self.verdict = Verdict::Bad(Some(key), unreadable(cx.shared, &error));
            }
        }
    }

    fn answered(&mut self, question: &Question, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        match (question, result) {
            (Question::Directory(_), Ok(Answer::Directory(directory))) => {
                // Now that more is known, more can be read.
                let first = std::mem::replace(&mut self.directory, directory) == Directory::default();
                if first && matches!(self.subject, Subject::Items(_)) {
                    let then = self.then;
                    return self.ask(then, cx);
                }
                let then = std::mem::replace(&mut self.then, Then::Check);
                self.go_on(then, cx);
            }
            (Question::Check(_), Ok(_)) => self.verdict = Verdict::Good,
            (Question::Check(_), Err(error)) => {
                self.verdict = Verdict::Bad(place(&error), sentence::error(cx.shared, &error));
            }
            (_, Err(error)) => cx.error(error),
            _ => {}
        }
    }

    fn deed(&self) -> Result<Deed, ItemFault> {
        let document = self.document().unwrap_or_default();
        self.subject.deed(self.id, &document, self.before.as_ref(), &self.directory)
    }

    fn go_on(&mut self, then: Then, cx: &mut Context<'_>) {
        match (self.deed(), then) {
            (Err(fault), _) => {
                let why = words::item_fault(&cx.shared.words, self.subject.form(), &fault);
                let first = fault.key.split('.').next().unwrap_or_default().to_owned();
                if then == Then::Save
                    && let Some(at) = self.entries.iter().position(|entry| entry.key.name == first)
                {
                    self.at = at;
                }
                self.verdict = Verdict::Bad(Some(first), Safe::line(&why));
            }
            (Ok(deed), Then::Check) => cx.ask(Question::Check(Box::new(deed))),
            (Ok(deed), Then::Save) => match self.warning(&deed, cx.shared) {
                Some(text) => cx.open(question::State::new(text, Matter::Change(Box::new(deed))).into()),
                None => self.send(deed, cx),
            },
            (Ok(Deed::SetItem(item)), Then::Preview) if item.can_be_tried() => {
                cx.open(matches::State::new(Safe::line(item.name()), *item).into());
            }
            (Ok(_), Then::Preview) => {}
        }
    }

    /// What others would feel of it: who works tickets works on none any more.
    fn warning(&self, deed: &Deed, shared: &Shared) -> Option<Safe> {
        let Deed::UpdatePerson { change, .. } = deed else { return None };
        let worked = self.before.as_ref().and_then(|before| before.get("role")) != Some(&"end-user".into());
        let key = match (change.role, change.suspended) {
            (Some(Role::EndUser), _) if worked => "admin-demote",
            (_, Some(true)) => "admin-suspend",
            _ => return None,
        };
        Some(shared.say(key, args![name = self.name.as_str()]))
    }

    fn send(&mut self, deed: Deed, cx: &mut Context<'_>) {
        self.sending = true;
        cx.act(deed);
    }

    fn acted(&mut self, error: Option<Error>, cx: &mut Context<'_>) {
        self.sending = false;
        match error {
            None => {
                cx.drop_draft(self.subject.draft(self.id));
                if let Some(text) = self.left_behind(cx.shared) {
                    cx.notice(text);
                }
                cx.close();
            }
            Some(error) => self.verdict = Verdict::Bad(place(&error), sentence::error(cx.shared, &error)),
        }
    }

    fn edited(&mut self, result: Result<Option<String>, crate::tui::message::OutsideError>, cx: &mut Context<'_>) {
        let text = match result {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(error) => {
                self.verdict = Verdict::Bad(None, sentence::outside(cx.shared, &error));
                return;
            }
        };
        match notation::read(&text) {
            Ok(document) => {
                self.raw = None;
                let entries = self.subject.form().iter();
                self.entries = entries.map(|key| Entry::new(*key, document.get(key.name))).collect();
                let known = |key: &&String| self.subject.form().iter().any(|one| one.name == key.as_str());
                let strange = document.0.keys().find(|key| !known(key)).cloned();
                self.changed(cx);
                if let Some(key) = strange {
                    let text = cx.shared.say("admin-strange", args![key = key]);
                    cx.notice(text);
                }
            }
            Err(error) => {
                self.verdict = Verdict::Bad(None, unreadable(cx.shared, &error));
                // It is given to the editor again.
                self.raw = Some(text);
            }
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut ratatui::Frame<'_>) {
        picture::draw(self, shared, frame);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let page = shared.word(&format!("admin-{}", self.subject.name()));
        let name = if self.id == 0 { shared.word("admin-new") } else { self.name.clone() };
        Safe::join(&Safe::from_static(" › "), [shared.word("admin-title"), page, name])
    }
}

/// Under which name something is refused, where that is known.
fn place(error: &Error) -> Option<String> {
    match error {
        Error::Refused(Refusal::BadWords { key, .. }) => key.split('.').next().map(str::to_owned),
        Error::Refused(Refusal::BadTemplate(..)) => Some("texts".to_owned()),
        _ => None,
    }
}

fn unreadable(shared: &Shared, error: &Unreadable) -> Safe {
    match error {
        Unreadable::Syntax { line, why } => {
            shared.say("setup-no-toml", args![line = line.to_string(), why = why.as_str()])
        }
        Unreadable::Datum(key) => shared.say("setup-no-datum", args![key = key.as_str()]),
    }
}
