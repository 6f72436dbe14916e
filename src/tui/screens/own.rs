//! The account's own fields of an open ticket or request, to be read and filled in.

use crate::client::Error;
use crate::domain::account::Organization;
use crate::domain::act::{Change, Deed, OrganizationChange, PersonChange};
use crate::domain::field::Holder;
use crate::domain::id::{FieldId, KindId, OrganizationId, PersonId, TicketId};
use crate::domain::person::Person;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::input::{Code, Key};
use crate::tui::item::{self, Item};
use crate::tui::list::Identified;
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::own::{Did, Own, OwnFields};
use crate::tui::screens::picker::{self, Value};
use crate::tui::text::line;
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::layout::Rect;

const WIDTH: u16 = 72;
/// Columns of the fields' names, with the cursor's sign.
const NAME: u16 = 22;
/// Lines of a text of several.
const LONG: u16 = 3;

/// Whose they are.
#[derive(Clone, Debug)]
enum Whose {
    Ticket(TicketId),
    Person(PersonId, Safe),
    Organization(OrganizationId, Safe),
}

/// Fields that are being filled in.
#[derive(Clone, Debug)]
pub struct State {
    whose: Whose,
    kind: Option<KindId>,
    expect: Option<i64>,
    own: OwnFields,
    at: usize,
    sending: bool,
    /// Whether leaving was asked for with something unsaved: once more does it.
    leaving: bool,
}

impl State {
    /// Of a ticket as it is.
    pub fn new(item: &Item, shared: &Shared) -> Self {
        let own = OwnFields::of(item.fields(), item.kind(), shared);
        let expect = item.ticket().map(|ticket| ticket.version);
        let whose = Whose::Ticket(item.id());
        Self { whose, kind: item.kind(), expect, own, at: 0, sending: false, leaving: false }
    }

    /// Of a person.
    pub fn of_person(person: &Person, shared: &Shared) -> Self {
        let own = OwnFields::of_holder(&person.fields, Holder::Person, shared);
        Self::whole(Whose::Person(person.id, Safe::line(&person.name)), own)
    }

    /// Of an organization.
    pub fn of_organization(organization: &Organization, shared: &Shared) -> Self {
        let own = OwnFields::of_holder(&organization.fields, Holder::Organization, shared);
        Self::whole(Whose::Organization(organization.id, Safe::line(&organization.name)), own)
    }

    const fn whole(whose: Whose, own: OwnFields) -> Self {
        Self { whose, kind: None, expect: None, own, at: 0, sending: false, leaving: false }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::OwnFields]
    }

    fn id(&self) -> Option<FieldId> {
        self.own.rows().get(self.at).map(|own| own.field.id)
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Acted(_, result) => self.acted(result.err(), cx),
            _ if self.sending => {}
            Said::Command(Command::SaveFields, _) => self.save(cx),
            Said::Command(Command::LeaveFields, _) => self.leave(cx),
            Said::Command(Command::NextOwn, _) => self.step(1),
            Said::Command(Command::PreviousOwn, _) => self.step(-1),
            Said::Key(key) => self.key(key, cx),
            Said::Paste(text) => {
                if let Some(id) = self.id()
                    && self.own.typed(id, |editor| editor.paste(&text))
                {
                    self.changed(cx);
                }
            }
            Said::Picked(Value::Option(id, tag)) => {
                self.own.picked(id, tag.as_ref());
                self.changed(cx);
            }
            _ => {}
        }
    }

    fn step(&mut self, by: isize) {
        let count = self.own.rows().len().max(1);
        self.at = (self.at + count).saturating_add_signed(by) % count;
    }

    fn changed(&mut self, cx: &Context<'_>) {
        self.leaving = false;
        let id = self.id();
        self.own.refresh(self.kind, false, cx.shared);
        let at = self.own.rows().iter().position(|own| Some(own.field.id) == id);
        self.at = at.unwrap_or(0);
    }

    fn key(&mut self, key: Key, cx: &mut Context<'_>) {
        let Some(id) = self.id() else { return };
        let own = self.own.get(id);
        let (long, title) = (own.is_some_and(Own::is_long), own.map(|own| own.title(cx.shared)));
        if own.is_some_and(|own| !own.edits) {
            let text = cx.shared.say("own-teams", crate::language::args![field = title.unwrap_or_default().into_string()]);
            return cx.notice(text);
        }
        match self.own.key(id, key) {
            Did::Changed => self.changed(cx),
            Did::Pick => {
                let chosen = self.own.chosen(id);
                cx.open(picker::State::options(id, &chosen, cx.shared).into());
            }
            Did::Nothing if key.code == Code::Down && !long => self.step(1),
            Did::Nothing if key.code == Code::Up && !long => self.step(-1),
            Did::Nothing if key.code == Code::Enter && !long => self.step(1),
            Did::Nothing => {
                if self.own.typed(id, |editor| editor.key(key)) {
                    self.changed(cx);
                }
            }
        }
    }

    fn save(&mut self, cx: &mut Context<'_>) {
        let fields = self.own.changed();
        if fields.is_empty() {
            return cx.close();
        }
        self.sending = true;
        cx.act(match &self.whose {
            Whose::Ticket(ticket) => {
                let change = Box::new(Change { fields, ..Change::default() });
                Deed::UpdateTicket { ticket: *ticket, change, comment: None, expect: self.expect }
            }
            Whose::Person(person, _) => {
                Deed::UpdatePerson { person: *person, change: PersonChange { fields, ..PersonChange::default() } }
            }
            Whose::Organization(organization, _) => {
                let change = OrganizationChange { fields, ..OrganizationChange::default() };
                Deed::UpdateOrganization { organization: *organization, change }
            }
        });
    }

    fn acted(&mut self, error: Option<Error>, cx: &mut Context<'_>) {
        self.sending = false;
        match error {
            None => cx.close(),
            Some(Error::Refused(refusal)) => {
                let id = self.own.refused(&refusal, cx.shared);
                let at = self.own.rows().iter().position(|own| Some(own.field.id) == id);
                self.at = at.unwrap_or(self.at);
            }
            // Somebody changed something else: what is written here is meant all the same.
            Some(Error::Conflict { theirs }) => self.expect = Some(theirs),
            Some(_) => {}
        }
    }

    /// Esc leaves; with something unsaved only when it is pressed again.
    fn leave(&mut self, cx: &mut Context<'_>) {
        if self.leaving || self.own.changed().is_empty() {
            return cx.close();
        }
        self.leaving = true;
        let text = cx.shared.word("own-unsaved");
        cx.notice(text);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let height = |at: usize| self.own.rows().get(at).map_or(0, |own| if own.is_long() { LONG } else { 1 });
        let all: u16 = (0..self.own.rows().len()).map(height).sum();
        let most = shared.size.height.saturating_sub(6).max(3);
        let inner = widgets::over(shared, frame, WIDTH, all.clamp(1, most) + 3, &self.title(shared));
        let theme = shared.theme;
        let Some(last) = inner.height.checked_sub(1) else { return };
        if self.own.rows().is_empty() {
            frame.render_widget(line(theme, Look::Dim, &shared.word(if matches!(self.whose, Whose::Ticket(_)) { "own-none" } else { "own-no-fields" })), inner);
            return;
        }
        // As many as fit around the one that has the keys.
        let mut first = 0;
        while first < self.at && (first..=self.at).map(height).sum::<u16>() > last {
            first += 1;
        }
        let mut y = inner.y;
        for (at, own) in self.own.rows().iter().enumerate().skip(first) {
            let rows = height(at).min((inner.y + last).saturating_sub(y));
            if rows == 0 {
                break;
            }
            let focused = at == self.at;
            let sign = Safe::from_static(if focused { "▌" } else { " " });
            let label = Safe::concat([sign, own.title(shared)]).fit(usize::from(NAME) - 1);
            let area = Rect { y, height: rows, ..inner };
            let look = if focused { Look::Strong } else { Look::Dim };
            frame.render_widget(line(theme, look, &label), Rect { height: 1, ..area });
            let value = Rect { x: area.x + NAME, width: area.width.saturating_sub(NAME), ..area };
            self.own.draw(own.field.id, shared, frame, value, focused && !self.sending);
            y += rows;
        }
        let about = self.own.rows().get(self.at).map(|own| Safe::line(own.field.description_in(shared.words.reads())));
        let about = about.unwrap_or_default().truncate(usize::from(inner.width));
        frame.render_widget(line(theme, Look::Dim, &about), Rect { y: inner.y + last, height: 1, ..inner });
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let whose = match &self.whose {
            Whose::Ticket(id) => item::number(*id),
            Whose::Person(_, name) | Whose::Organization(_, name) => name.clone(),
        };
        Safe::join(&Safe::from_static(" · "), [shared.word("own-title"), whose])
    }
}
