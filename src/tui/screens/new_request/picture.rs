//! What the three steps look like.

use super::form::{Field, Form};
use super::people::{Adding, names};
use super::places::{NAME, Places};
use super::{State, Step, audience, kinds};
use crate::domain::comment::Visibility;
use crate::domain::person::Person;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::editor::Editor;
use crate::tui::item;
use crate::tui::model::Shared;
use crate::tui::text::{Pieces, ends, line, wrap};
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{BorderType, Clear};

/// Draws the step that one is at.
pub fn draw(state: &State, shared: &Shared, frame: &mut Frame<'_>) {
    let places = state.places(shared);
    match state.step {
        Step::Kind { .. } => {
            head(shared, frame, places.head, &heading(state, shared), &shared.word("form-step-1"));
            state.kinds.draw(shared, frame, Rect { y: places.body.y, ..places.body });
        }
        Step::Form => form(state, shared, frame, &places),
        Step::Done(_) => done(state, shared, frame, &places),
    }
}

fn heading(state: &State, shared: &Shared) -> Safe {
    match (state.form.follow_up_of, state.form.staff) {
        (Some(closed), _) => shared.say("form-heading-follow-up", args![number = closed.to_string()]),
        (None, true) => shared.word("form-heading-ticket"),
        (None, false) => shared.word("form-heading-request"),
    }
}

fn head(shared: &Shared, frame: &mut Frame<'_>, area: Rect, left: &Safe, right: &Safe) {
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    frame.render_widget(ends(shared.theme, Look::Strong, left, right, inner.width), inner);
}

fn form(state: &State, shared: &Shared, frame: &mut Frame<'_>, places: &Places) {
    let form = &state.form;
    let step = shared.word(if state.sending { "composer-sending" } else { "form-step-2" });
    head(shared, frame, places.head, &heading(state, shared), &step);
    for (field, area) in &places.fields {
        match field {
            Field::Description => description(state, shared, frame, *area),
            _ => one(state, shared, frame, *field, *area),
        }
    }
    if let Some(area) = places.similar {
        let focused = form.focus == Field::Similar;
        let look = if focused { Look::ActiveBorder } else { Look::Border };
        let title = shared.word("form-similar");
        let inner = widgets::boxed(shared, frame, area, &title, look, BorderType::Plain);
        if state.similar.found.is_empty() {
            let hint = wrap(&shared.word(if state.similar.looked() { "form-similar.none" } else { "form-similar.help" }), inner.width.saturating_sub(1));
            let lines: Vec<Line<'static>> = hint.iter().map(|text| line(shared.theme, Look::Dim, text)).collect();
            widgets::lines(frame, Rect { x: inner.x + 1, ..inner }, &lines, 0);
        } else {
            state.similar.draw(shared, frame, inner, focused);
        }
    }
    if let Some(area) = state.offered_area(places, shared) {
        offered(state, shared, frame, area);
    }
}

/// A field's name: the cursor's sign, a star where it is required.
fn name(state: &State, shared: &Shared, field: Field, columns: u16) -> Safe {
    let sign = Safe::from_static(if state.form.focus == field { " ▌ " } else { "   " });
    let star = Safe::from_static(if state.form.is_required(field) { " *" } else { "" });
    let word = match field {
        Field::Own(id) | Field::OwnText(id) => state.form.own.get(id).map(|own| own.title(shared)).unwrap_or_default(),
        other => shared.word(other.word()),
    };
    let room = usize::from(columns + 2).saturating_sub(sign.width() + star.width());
    Safe::concat([sign, word.truncate(room), star])
}

fn one(state: &State, shared: &Shared, frame: &mut Frame<'_>, field: Field, area: Rect) {
    let (form, theme) = (&state.form, shared.theme);
    let focused = form.focus == field;
    let names = state.names(shared, area.width);
    let columns = names + 3;
    let label = name(state, shared, field, names).fit(usize::from(columns));
    let look = if focused { Look::Strong } else { Look::Dim };
    frame.render_widget(line(theme, look, &label), area);
    let value = Rect { x: area.x + columns, width: area.width.saturating_sub(columns + 1), ..area };
    let has_keys = focused && !state.sending;
    match field {
        Field::Subject => typed(frame, &form.subject, value, has_keys),
        Field::Tags => typed(frame, &form.tags, value, has_keys),
        Field::Own(id) | Field::OwnText(id) => form.own.draw(id, shared, frame, value, has_keys),
        Field::Requester => people(shared, frame, &form.requester, value, has_keys, "form-requester-empty"),
        Field::Ccs => {
            let help = if form.staff { "form-ccs-empty" } else { "form-ccs-empty-request" };
            people(shared, frame, &form.ccs, value, has_keys, help);
        }
        _ => {
            let (look, text) = chosen(form, shared, field);
            frame.render_widget(line(theme, look, &text.truncate(usize::from(value.width))), value);
        }
    }
}

fn typed(frame: &mut Frame<'_>, editor: &Editor, area: Rect, has_keys: bool) {
    editor.draw(frame, area, has_keys);
}

fn people(
    shared: &Shared,
    frame: &mut Frame<'_>,
    field: &super::people::PeopleField,
    area: Rect,
    has_keys: bool,
    empty: &str,
) {
    let theme = shared.theme;
    let mut names = names(&field.chosen);
    if names.is_empty() && field.line.is_blank() && !has_keys {
        frame.render_widget(line(theme, Look::Dim, &shared.word(empty)), area);
        return;
    }
    if !names.is_empty() {
        let room = usize::from(area.width).saturating_sub(if has_keys { 12 } else { 0 });
        names = Safe::concat([names.truncate(room), Safe::blank(1)]);
    }
    let width = u16::try_from(names.width()).unwrap_or(area.width).min(area.width);
    frame.render_widget(line(theme, Look::Plain, &names), area);
    let rest = Rect { x: area.x + width, width: area.width - width, ..area };
    field.line.draw(frame, rest, has_keys && field.adding.is_none());
    if field.is_blank() {
        // What may be typed here stands behind the cursor.
        let help = Rect { x: rest.x + 2.min(rest.width), width: rest.width.saturating_sub(2), ..rest };
        frame.render_widget(line(theme, Look::Dim, &shared.word(empty)), help);
    }
}

/// What is chosen in a field that is not typed.
fn chosen(form: &Form, shared: &Shared, field: Field) -> (Look, Safe) {
    let nothing = |text: Option<Safe>| text.map_or_else(|| (Look::Dim, shared.word("nothing")), |t| (Look::Plain, t));
    match field {
        Field::Visibility => match form.visibility {
            Visibility::Internal => (Look::Internal, shared.word("form-internal")),
            Visibility::Public => (Look::Public, shared.word("form-public")),
        },
        Field::Kind => {
            let kinds = shared.session.iter().flat_map(|session| &session.kinds);
            let kind = kinds.into_iter().find(|kind| Some(kind.id) == form.kind);
            nothing(kind.map(|kind| kinds::title(shared, kind)))
        }
        Field::Files if form.files.is_empty() => (Look::Dim, shared.word("form-files-empty")),
        Field::Files => (Look::Plain, form.files.line(shared)),
        Field::More if form.unfolded => (Look::Dim, shared.word("form-more-open")),
        Field::More => (Look::Dim, folded(form, shared)),
        Field::Status => match form.status {
            _ if form.custom_status.is_some() => {
                (Look::Plain, form.custom_status.and_then(|id| item::own_status(shared, id)).unwrap_or_default())
            }
            Some(status) => (item::status_look(status), item::status(shared, status)),
            None => (Look::Dim, shared.word("form-status-empty")),
        },
        Field::Assignee => nothing(form.assignee.map(|id| shared.person(id))),
        Field::Group => nothing(form.group.map(|id| shared.group(id))),
        Field::Priority => match form.priority {
            Some(_) => (item::priority_look(form.priority), item::priority(shared, form.priority)),
            None => (Look::Dim, shared.word("form-priority-empty")),
        },
        Field::Due => nothing(form.due.map(|due| shared.time(due))),
        _ => (Look::Plain, Safe::default()),
    }
}

/// What can be left out, by name: the account's own fields first.
fn folded(form: &Form, shared: &Shared) -> Safe {
    let own = form.own.rows().iter().filter(|own| !own.needed && own.edits).map(|own| own.title(shared));
    let own: Vec<Safe> = own.collect();
    match (own.is_empty(), form.staff) {
        (true, _) => shared.word("form-more-folded"),
        (false, staff) => {
            let comma = Safe::from_static(", ");
            let names = Safe::join(&comma, own);
            let own = shared.say("form-more-some", args![fields = names.into_string()]);
            let rest = staff.then(|| shared.word("form-more-rest"));
            Safe::join(&comma, [own].into_iter().chain(rest))
        }
    }
}

/// The description in a box whose title says who will see it (Z01).
fn description(state: &State, shared: &Shared, frame: &mut Frame<'_>, area: Rect) {
    let form = &state.form;
    let focused = form.focus == Field::Description;
    let (look, border) = match form.visibility {
        Visibility::Internal => (Look::Internal, BorderType::Double),
        Visibility::Public if focused => (Look::Public, BorderType::Plain),
        Visibility::Public => (Look::Border, BorderType::Plain),
    };
    let inner = widgets::boxed(shared, frame, area, &audience::title(form, &state.read_along, shared, area.width), look, border);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    if form.body.is_blank() && !focused {
        frame.render_widget(line(shared.theme, Look::Dim, &shared.word("form-description-empty")), inner);
    } else {
        form.body.draw(frame, inner, focused && !state.sending);
    }
}

impl State {
    /// Columns of the fields' names in a form of that width: the account's own titles are whole questions at times.
    fn names(&self, shared: &Shared, width: u16) -> u16 {
        let longest = self.form.own.rows().iter().map(|own| own.title(shared).width() + 3).max().unwrap_or(0);
        u16::try_from(longest).unwrap_or(u16::MAX).clamp(NAME, (width * 2 / 5).max(NAME))
    }

    /// Where matches or a new person's name and address are typed: below the field, or above where there is no room.
    pub(super) fn offered_area(&self, places: &Places, shared: &Shared) -> Option<Rect> {
        let field = match self.form.focus {
            Field::Requester => &self.form.requester,
            Field::Ccs => &self.form.ccs,
            _ => return None,
        };
        let rows = if field.adding.is_some() {
            3
        } else {
            u16::try_from(field.offered(shared.is_staff())?.0.len()).unwrap_or(0) + 1
        };
        let (_, at) = places.fields.iter().find(|(field, _)| *field == self.form.focus)?;
        let names = self.names(shared, at.width);
        let x = at.x + names + 2;
        let width = at.width.saturating_sub(names + 3);
        let bottom = places.body.y + places.body.height;
        let y = if at.y + 1 + rows <= bottom { at.y + 1 } else { at.y.saturating_sub(rows).max(places.body.y) };
        Some(Rect { x, y, width, height: rows.min(bottom.saturating_sub(y)) })
    }
}

fn offered(state: &State, shared: &Shared, frame: &mut Frame<'_>, area: Rect) {
    frame.render_widget(Clear, area);
    let field = if state.form.focus == Field::Requester { &state.form.requester } else { &state.form.ccs };
    if let Some(new) = &field.adding {
        return adding(shared, frame, area, new);
    }
    let Some((people, at)) = field.offered(shared.is_staff()) else { return };
    let width = usize::from(area.width);
    for (n, row) in (0..area.height).zip(0..=people.len()) {
        let cursor = row == at;
        let look = |look: Look| if cursor { Look::Cursor } else { look };
        let sign = Safe::from_static(if cursor { "▌" } else { "│" });
        let (name, note) = match people.get(row) {
            Some(person) => (Safe::line(&person.name), about(shared, person)),
            None => (shared.say("form-add-user", args![typed = field.line.text()]), Safe::default()),
        };
        let note = note.truncate(width / 2);
        let name = name.fit(width.saturating_sub(note.width() + 2));
        let pieces = Pieces::default()
            .and(shared.theme, look(Look::Plain), &Safe::concat([sign, name, Safe::blank(1)]))
            .and(shared.theme, look(Look::Dim), &note);
        frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
    }
}

/// By what one tells people of one name apart: organization, address, number.
fn about(shared: &Shared, person: &Person) -> Safe {
    let mut parts = Vec::new();
    parts.extend(person.email.as_ref().map(|email| Safe::line(email.as_str())));
    parts.extend(person.phone.as_ref().filter(|_| person.email.is_none()).map(|phone| Safe::line(phone)));
    parts.extend(person.organization.map(|id| shared.organization(id)));
    Safe::join(&Safe::from_static(" · "), parts)
}

fn adding(shared: &Shared, frame: &mut Frame<'_>, area: Rect, new: &Adding) {
    let theme = shared.theme;
    let lines = [("form-new-name", &new.name, !new.at_address), ("form-new-address", &new.address, new.at_address)];
    for (n, (label, editor, has_keys)) in (0..area.height).zip(lines) {
        let row = Rect { y: area.y + n, height: 1, ..area };
        let look = if has_keys { Look::Strong } else { Look::Dim };
        let sign = Safe::from_static(if has_keys { "▌" } else { "│" });
        let label = Safe::concat([sign, shared.word(label)]).fit(12);
        frame.render_widget(line(theme, look, &label), row);
        editor.draw(frame, Rect { x: row.x + 12, width: row.width.saturating_sub(12), ..row }, has_keys);
    }
    if area.height > 2 {
        let help = Safe::concat([Safe::from_static("│"), shared.word("form-new-help")]);
        frame.render_widget(line(theme, Look::Dim, &help), Rect { y: area.y + 2, height: 1, ..area });
    }
}

fn done(state: &State, shared: &Shared, frame: &mut Frame<'_>, places: &Places) {
    let Step::Done(id) = state.step else { return };
    let theme = shared.theme;
    let number = args![number = id.to_string()];
    let sign = Safe::from_static("✓ ");
    let left = Safe::concat([sign, shared.say("form-done", number)]);
    head(shared, frame, places.head, &left, &Safe::default());
    let subject = Safe::line(&state.form.subject.text());
    let key = match (state.form.visibility, state.form.staff) {
        (Visibility::Internal, _) => "form-done-private",
        (Visibility::Public, true) => "form-done-ticket",
        (Visibility::Public, false) => "form-done-request",
    };
    let width = places.body.width.saturating_sub(6).min(90);
    let texts = [subject, Safe::default(), shared.word(key)];
    let lines: Vec<Line<'static>> =
        texts.iter().flat_map(|text| wrap(text, width)).map(|text| line(theme, Look::Plain, &text)).collect();
    let area = Rect { x: places.body.x + 4, width, y: places.body.y + 1, ..places.body };
    widgets::lines(frame, Rect { height: places.body.height.saturating_sub(1), ..area }, &lines, 0);
}
