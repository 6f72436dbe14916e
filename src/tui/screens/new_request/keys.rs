//! Commands, keys and clicks in the form.

use super::form::Field;
use super::people::Did as DidPeople;
use super::places::Places;
use super::{REST_MS, SIMILAR, State};
use crate::domain::comment::Visibility;
use crate::domain::status::Status;
use crate::tui::command::Command;
use crate::tui::input::{Code, Key, Mouse};
use crate::tui::layout::holds;
use crate::tui::list::Identified;
use crate::tui::model::{Context, Tone};
use crate::tui::own::Did;
use crate::tui::screens::picker::{self, Value, What};
use crate::tui::screens::ticket;

impl State {
    pub(super) fn command(&mut self, command: Command, cx: &mut Context<'_>) {
        match command {
            Command::NextField => self.next_field(cx),
            Command::PreviousField => self.step_by(-1, cx.shared),
            Command::Submit => self.send(None, cx),
            Command::SubmitNew => self.send(Some(Status::New), cx),
            Command::SubmitOpen => self.send(Some(Status::Open), cx),
            Command::SubmitPending => self.send(Some(Status::Pending), cx),
            Command::SubmitHold => self.send(Some(Status::Hold), cx),
            Command::SubmitSolved => self.send(Some(Status::Solved), cx),
            Command::TogglePrivate => self.toggle_private(cx),
            Command::ToggleMore => self.toggle_more(),
            Command::EditDescription => self.write_in_editor(cx),
            Command::AttachFile => Self::ask_for_file(cx),
            Command::DropRequest => Self::ask_to_drop(cx),
            Command::LeaveForm => self.leave(cx),
            _ => {}
        }
    }

    /// Esc closes what is open over the form first; then it leaves, and the draft stays.
    fn leave(&mut self, cx: &mut Context<'_>) {
        let staff = self.form.staff;
        if self.form.people().is_some_and(|people| people.retreat(staff)) {
            self.changed(cx);
            return;
        }
        if cx.shared.drafts.contains_key(&crate::domain::draft::DraftPlace::NewTicket) {
            let text = cx.shared.word("notice-draft-kept");
            cx.shared.tell(Tone::Done, text);
        }
        cx.close();
    }

    fn next_field(&mut self, cx: &mut Context<'_>) {
        let staff = self.form.staff;
        if let Some(people) = self.form.people() {
            if let Some(adding) = people.adding.as_mut().filter(|adding| !adding.at_address) {
                adding.at_address = true;
                return;
            }
            // Tab takes the match under the cursor, as it does in a shell.
            if people.complete(staff) || people.settle() {
                self.changed(cx);
            }
        }
        self.step_by(1, cx.shared);
    }

    /// Public reply or internal note, where there is a choice (R100, R101).
    fn toggle_private(&mut self, cx: &mut Context<'_>) {
        if !self.form.may_be_private {
            let text = cx.shared.word("form-always-public");
            cx.notice(text);
            return;
        }
        self.form.visibility = match self.form.visibility {
            Visibility::Public => Visibility::Internal,
            Visibility::Internal => Visibility::Public,
        };
        self.changed(cx);
    }

    fn toggle_more(&mut self) {
        if self.form.has_optional() {
            self.form.unfolded = !self.form.unfolded;
            if !self.fields().contains(&self.form.focus) {
                self.form.focus = Field::More;
            }
        }
    }

    pub(super) fn key(&mut self, key: Key, cx: &mut Context<'_>) {
        if let Some(people) = self.form.people() {
            let open = people.adding.is_some() || people.offered(cx.shared.is_staff()).is_some();
            if open || !matches!(key.code, Code::Up | Code::Down) {
                let did = people.key(key, cx);
                return self.did(did, cx);
            }
        }
        if let Field::Own(id) | Field::OwnText(id) = self.form.focus {
            match self.form.own.key(id, key) {
                Did::Changed => return self.changed(cx),
                Did::Pick => {
                    let chosen = self.form.own.chosen(id);
                    return cx.open(picker::State::options(id, &chosen, cx.shared).into());
                }
                Did::Nothing => {}
            }
        }
        let description = matches!(self.form.focus, Field::Description | Field::OwnText(_));
        match key.code {
            Code::Down if self.form.focus == Field::Similar => {
                let last = self.similar.found.len().saturating_sub(1);
                self.similar.at = (self.similar.at + 1).min(last);
            }
            Code::Up if self.form.focus == Field::Similar && self.similar.at > 0 => self.similar.at -= 1,
            Code::Down if !description => self.step_by(1, cx.shared),
            Code::Up if !description => self.step_by(-1, cx.shared),
            _ => match self.form.editor() {
                // Enter never sends; out of a line it leads to the next field.
                Some(_) if key.code == Code::Enter && !description => self.step_by(1, cx.shared),
                Some(editor) => {
                    let changed = editor.key(key);
                    self.typed(changed, cx);
                }
                None => self.choice(key, cx),
            },
        }
    }

    pub(super) fn paste(&mut self, text: &str, cx: &mut Context<'_>) {
        if let Some(people) = self.form.people() {
            let did = people.paste(text, cx);
            return self.did(did, cx);
        }
        if let Some(editor) = self.form.editor() {
            let changed = editor.paste(text);
            self.typed(changed, cx);
        }
    }

    fn typed(&mut self, changed: bool, cx: &mut Context<'_>) {
        if !changed {
            return;
        }
        if self.form.focus == Field::Subject {
            cx.rest(SIMILAR, REST_MS);
        }
        self.changed(cx);
    }

    /// A key on a field that is chosen, not typed.
    fn choice(&mut self, key: Key, cx: &mut Context<'_>) {
        let open = matches!(key.code, Code::Enter | Code::Char(' ') | Code::Right | Code::Left);
        let remove = matches!(key.code, Code::Backspace | Code::Delete);
        let typed = matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt;
        match self.form.focus {
            // A blank of a text that was meant for another field must not change who will read it.
            Field::Visibility if open && !typed => self.toggle_private(cx),
            Field::Kind if open => self.choose_kind(cx.shared),
            Field::More if open => self.toggle_more(),
            Field::Files if open => Self::ask_for_file(cx),
            Field::Files if remove && self.form.files.remove_last() => self.changed(cx),
            Field::Similar if open => {
                if let Some(found) = self.similar.current() {
                    cx.open(ticket::State::reading(found.id(), Vec::new(), Some(found.clone())).into());
                }
            }
            _ if open && self.form.focus != Field::Visibility => self.pick(cx),
            _ if remove => self.unpick(cx),
            _ if typed => {
                let text = cx.shared.word("form-chosen");
                cx.notice(text);
            }
            _ => {}
        }
    }

    fn pick(&self, cx: &mut Context<'_>) {
        let form = &self.form;
        let (what, present) = match form.focus {
            Field::Status => (What::Status, form.custom_status.map(Value::Own).or(form.status.map(Value::Status))),
            Field::Assignee => (What::Assignee, Some(Value::Assignee(form.assignee))),
            Field::Group => (What::Group, Some(Value::Group(form.group))),
            Field::Priority => (What::Priority, Some(Value::Priority(form.priority))),
            Field::Due => (What::Due, Some(Value::Due(form.due))),
            _ => return,
        };
        cx.open(picker::State::for_form(what, present.as_ref(), cx.shared).into());
    }

    fn unpick(&mut self, cx: &mut Context<'_>) {
        let form = &mut self.form;
        match form.focus {
            Field::Status => (form.status, form.custom_status) = (None, None),
            Field::Assignee => form.assignee = None,
            Field::Group => form.group = None,
            Field::Priority => form.priority = None,
            Field::Due => form.due = None,
            Field::Kind if form.staff => form.kind = None,
            _ => return,
        }
        self.changed(cx);
    }

    pub(super) fn picked(&mut self, value: &Value, cx: &mut Context<'_>) {
        let form = &mut self.form;
        match value {
            Value::Status(status) => (form.status, form.custom_status) = (Some(*status), None),
            Value::Own(status) => (form.status, form.custom_status) = (None, Some(*status)),
            Value::Option(id, tag) => form.own.picked(*id, tag.as_ref()),
            Value::Assignee(person) => form.assignee = *person,
            Value::Group(group) => form.group = *group,
            Value::Priority(priority) => form.priority = *priority,
            Value::Due(due) => form.due = *due,
            Value::Kind(_) | Value::Type(_) | Value::Sort(_) | Value::File(_) => return,
        }
        self.changed(cx);
    }

    pub(super) fn click(&mut self, mouse: Mouse, places: &Places, cx: &mut Context<'_>) {
        let (column, row) = (mouse.column, mouse.row);
        if let Some(area) = self.offered_area(places, cx.shared).filter(|area| holds(*area, column, row)) {
            let did = self.form.people().map_or(DidPeople::Nothing, |people| people.click(usize::from(row - area.y)));
            return self.did(did, cx);
        }
        if let Some(area) = places.similar.filter(|area| holds(*area, column, row)) {
            let at = usize::from(row.saturating_sub(area.y + 1));
            if at < self.similar.found.len() {
                self.form.focus = Field::Similar;
                self.similar.at = at;
            }
            return;
        }
        let hit = places.fields.iter().find(|(_, area)| holds(*area, column, row));
        if let Some((field, _)) = hit {
            let again = self.form.focus == *field;
            self.form.focus = *field;
            // A click on what is chosen from a list opens the list.
            if again && self.form.editor().is_none() && self.form.people().is_none() {
                self.choice(Key::plain(Code::Enter), cx);
            }
        }
    }
}
