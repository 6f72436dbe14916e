//! The account's own fields, being filled in: which of them stand on the form changes with what they hold.

use super::editor::Editor;
use super::input::{Code, Key};
use super::model::Shared;
use super::text::line;
use super::theme::Look;
use crate::domain::field::{Field, FieldType, Holder, Value};
use crate::domain::form::{Line, Reader, Values};
use crate::domain::id::{FieldId, KindId};
use crate::domain::refusal::Refusal;
use crate::domain::tag::Tag;
use crate::safe::Safe;
use crate::words;
use ratatui::Frame;
use ratatui::layout::Rect;
use std::collections::{BTreeMap, BTreeSet};

/// A field that is being filled in.
#[derive(Clone, Debug)]
pub struct Own {
    /// Which.
    pub field: Field,
    /// Whether it cannot be sent without.
    pub needed: bool,
    /// Whether it may be filled in, or only read.
    pub edits: bool,
    /// What it holds, as it is written.
    pub text: Editor,
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// Nothing: it may mean something to the form.
    Nothing,
    /// It holds something else.
    Changed,
    /// Its options are to be shown.
    Pick,
}

/// All that stand on the form now, in their order, and what those hold that do not any more.
#[derive(Clone, Debug, Default)]
pub struct OwnFields {
    /// Whose they are, when not a ticket's.
    holder: Option<Holder>,
    rows: Vec<Own>,
    kept: BTreeMap<FieldId, String>,
    /// What they held before anybody wrote anything.
    begun: BTreeMap<FieldId, String>,
    /// Those that the account missed, or could not take.
    wrong: BTreeSet<FieldId>,
}

impl Own {
    /// Whether it is written in several lines.
    pub const fn is_long(&self) -> bool {
        matches!(self.field.kind, FieldType::Lines)
    }

    /// Whether it is typed, and not chosen.
    pub const fn is_typed(&self) -> bool {
        !matches!(self.field.kind, FieldType::Choice(_) | FieldType::Choices(_) | FieldType::Checkbox { .. })
    }

    /// What it holds.
    fn value(&self) -> Option<Value> {
        self.field.kind.read(&self.text.text()).ok().flatten()
    }

    /// What is sent or kept of it: never a whole number of which only the end is.
    fn written(&self) -> String {
        let text = self.text.text();
        match self.field.kind {
            FieldType::Masked => self.value().map_or_else(String::new, |value| value.written()),
            _ => text,
        }
    }
}

impl OwnFields {
    /// Those of a ticket, as it is.
    pub fn of(values: &Values, kind: Option<KindId>, shared: &Shared) -> Self {
        let begun: BTreeMap<FieldId, String> = values.iter().map(|(id, value)| (*id, value.written())).collect();
        let mut own = Self { kept: begun.clone(), begun, ..Self::default() };
        own.refresh(kind, false, shared);
        own
    }

    /// Those of a person or an organization: all that the account has for them.
    pub fn of_holder(values: &Values, holder: Holder, shared: &Shared) -> Self {
        let begun: BTreeMap<FieldId, String> = values.iter().map(|(id, value)| (*id, value.written())).collect();
        let mut own = Self { holder: Some(holder), kept: begun.clone(), begun, ..Self::default() };
        own.refresh(None, false, shared);
        own
    }

    /// Those that stand there.
    pub fn rows(&self) -> &[Own] {
        &self.rows
    }

    /// One that stands there.
    pub fn get(&self, id: FieldId) -> Option<&Own> {
        self.rows.iter().find(|own| own.field.id == id)
    }

    fn get_mut(&mut self, id: FieldId) -> Option<&mut Own> {
        self.rows.iter_mut().find(|own| own.field.id == id)
    }

    /// The text that is typed, if it is.
    pub fn editor(&mut self, id: FieldId) -> Option<&mut Editor> {
        self.get_mut(id).filter(|own| own.is_typed() && own.edits).map(|own| &mut own.text)
    }

    /// Puts those there that stand on a kind's form now. What a field held before it went is there again when it comes
    /// back; `new` fields begin with their defaults.
    pub fn refresh(&mut self, kind: Option<KindId>, new: bool, shared: &Shared) {
        let Some(session) = &shared.session else { return };
        let mut editors: BTreeMap<FieldId, Editor> = BTreeMap::new();
        for own in std::mem::take(&mut self.rows) {
            self.kept.insert(own.field.id, own.text.text());
            editors.insert(own.field.id, own.text);
        }
        let form = session.form(kind);
        let lines = loop {
            let held = self.kept.iter().filter_map(|(id, text)| {
                let field = session.fields.get(id)?;
                Some((*id, field.kind.read(text).ok().flatten()?))
            });
            let held = held.collect();
            let lines = match self.holder {
                Some(holder) => lines_of(&session.fields, holder, session.reader()),
                None => form.lines(&held),
            };
            let fresh = lines.iter().find_map(|line| {
                let default = line.field.default.as_ref().filter(|_| new && line.edits)?;
                (!self.kept.contains_key(&line.field.id)).then(|| (line.field.id, default.written()))
            });
            let Some((id, default)) = fresh else { break lines };
            self.begun.insert(id, default.clone());
            self.kept.insert(id, default);
        };
        let row = |line: &Line<'_>| {
            let text = self.kept.get(&line.field.id).map_or("", String::as_str);
            let long = matches!(line.field.kind, FieldType::Lines);
            let fresh = || if long { Editor::new(text) } else { Editor::line(text) };
            let text = editors.remove(&line.field.id).unwrap_or_else(fresh);
            Own { field: line.field.clone(), needed: line.to_submit, edits: line.edits, text }
        };
        self.rows = lines.iter().map(row).collect();
    }

    /// Whether nothing is filled in but what was there to begin with.
    pub fn is_blank(&self) -> bool {
        self.rows.iter().all(|own| self.is_as_begun(own))
    }

    fn is_as_begun(&self, own: &Own) -> bool {
        own.text.text().trim() == self.begun.get(&own.field.id).map_or("", |text| text.trim())
    }

    /// What is sent of those that may be filled in: what is filled in, and what was emptied.
    pub fn texts(&self) -> BTreeMap<FieldId, String> {
        let sent = self.rows.iter().filter(|own| own.edits);
        let sent = sent.filter(|own| !own.text.is_blank() || self.begun.contains_key(&own.field.id));
        sent.map(|own| (own.field.id, own.sent())).collect()
    }

    /// What of it is another now.
    pub fn changed(&self) -> BTreeMap<FieldId, String> {
        let changed = self.rows.iter().filter(|own| own.edits && !self.is_as_begun(own));
        changed.map(|own| (own.field.id, own.sent())).collect()
    }

    /// What a draft keeps.
    pub fn draft(&self) -> impl Iterator<Item = (FieldId, String)> {
        self.rows.iter().map(|own| (own.field.id, own.written()))
    }

    /// What a draft kept, before [`refresh`](Self::refresh).
    pub fn keep(&mut self, id: FieldId, text: &str) {
        self.kept.insert(id, text.to_owned());
    }

    /// Takes a key.
    pub fn key(&mut self, id: FieldId, key: Key) -> Did {
        self.wrong.remove(&id);
        let Some(own) = self.get_mut(id).filter(|own| own.edits) else { return Did::Nothing };
        let open = matches!(key.code, Code::Enter | Code::Char(' ') | Code::Right | Code::Left);
        let remove = matches!(key.code, Code::Backspace | Code::Delete);
        match own.field.kind {
            FieldType::Checkbox { .. } if open => {
                let on = own.value() == Some(Value::Checked(true));
                own.text.set(if on { "false" } else { "true" });
                Did::Changed
            }
            FieldType::Choice(_) | FieldType::Choices(_) if open => Did::Pick,
            _ if !own.is_typed() && remove && !own.text.is_blank() => {
                own.text.set("");
                Did::Changed
            }
            _ => Did::Nothing,
        }
    }

    /// Takes a typed key or a pasted text as text.
    pub fn typed(&mut self, id: FieldId, type_it: impl FnOnce(&mut Editor) -> bool) -> bool {
        self.wrong.remove(&id);
        self.editor(id).is_some_and(type_it)
    }

    /// Takes an option that was picked, or none; of several it is turned on or off.
    pub fn picked(&mut self, id: FieldId, tag: Option<&Tag>) {
        let Some(own) = self.get_mut(id) else { return };
        let text = match (&own.field.kind, tag, own.value()) {
            (_, None, _) => String::new(),
            (FieldType::Choices(_), Some(tag), Some(Value::Choices(mut tags))) => {
                if !tags.remove(tag) {
                    tags.insert(tag.clone());
                }
                tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" ")
            }
            (_, Some(tag), _) => tag.to_string(),
        };
        own.text.set(&text);
    }

    /// The options that are chosen.
    pub fn chosen(&self, id: FieldId) -> BTreeSet<Tag> {
        match self.get(id).and_then(Own::value) {
            Some(Value::Choice(tag)) => BTreeSet::from([tag]),
            Some(Value::Choices(tags)) => tags,
            _ => BTreeSet::new(),
        }
    }

    /// Marks those of which a refusal speaks; the first of them.
    pub fn refused(&mut self, refusal: &Refusal, shared: &Shared) -> Option<FieldId> {
        let titles: &[String] = match refusal {
            Refusal::Required { fields } => fields,
            Refusal::BadValue { field, .. } | Refusal::TeamsField { field } | Refusal::NotOnForm { field } => {
                std::slice::from_ref(field)
            }
            _ => return None,
        };
        let named = |own: &&Own| {
            let to_requesters = !shared.is_staff();
            titles.iter().any(|title| title == own.field.title_in(shared.words.reads(), to_requesters))
        };
        self.wrong = self.rows.iter().filter(named).map(|own| own.field.id).collect();
        self.rows.iter().map(|own| own.field.id).find(|id| self.wrong.contains(id))
    }

    /// Draws what a field holds.
    pub fn draw(&self, id: FieldId, shared: &Shared, frame: &mut Frame<'_>, area: Rect, has_keys: bool) {
        let Some(own) = self.get(id) else { return };
        let theme = shared.theme;
        let value = own.value();
        let blank = own.text.is_blank();
        let wrong = self.wrong.contains(&id);
        if own.is_typed() && own.edits && (has_keys || !blank) {
            own.text.draw(frame, area, has_keys);
        } else {
            let (look, text) = match &value {
                Some(value) => (Look::Plain, Safe::line(&words::value(&shared.words, Some(&own.field.kind), value))),
                None if !blank => (Look::Plain, Safe::line(&own.text.text())),
                None if !own.edits => (Look::Dim, shared.word("nothing")),
                // As it is said of one that was switched on and off again.
                None if matches!(own.field.kind, FieldType::Checkbox { .. }) => {
                    let off = words::value(&shared.words, Some(&own.field.kind), &Value::Checked(false));
                    (Look::Dim, Safe::line(&off))
                }
                None => (Look::Dim, shared.word(&format!("own-hint-{}", own.field.kind.name()))),
            };
            frame.render_widget(line(theme, look, &text.truncate(usize::from(area.width))), area);
        }
        if wrong {
            let text = shared.word(if blank { "own-missing" } else { "own-wrong" });
            let width = u16::try_from(text.width()).unwrap_or(0).min(area.width);
            let right = Rect { x: area.x + area.width - width, width, height: 1.min(area.height), ..area };
            frame.render_widget(line(theme, Look::Bad, &text), right);
        }
    }
}

/// Fields of people or organizations, in their order: there is no form that parts them.
fn lines_of(fields: &BTreeMap<FieldId, Field>, holder: Holder, reader: Reader) -> Vec<Line<'_>> {
    let mut fields: Vec<&Field> = fields.values().filter(|field| field.of == holder && field.active).collect();
    fields.retain(|field| !field.is_system());
    fields.sort_by_key(|field| (field.position, field.id));
    let line = |field| Line { field, edits: reader.edits(field), to_submit: false, to_solve: false };
    fields.into_iter().map(line).collect()
}

impl Own {
    /// As it is sent: what is no such number is sent as it is, to be refused.
    fn sent(&self) -> String {
        let text = self.written();
        if text.is_empty() { self.text.text() } else { text }
    }

    /// What it is called here.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::line(&words::field_title(&shared.words, &self.field))
    }
}
