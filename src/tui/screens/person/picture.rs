//! What somebody's page looks like.

use super::{State, may_change, role};
use crate::client::Count;
use crate::domain::field::Holder;
use crate::domain::form::Values;
use crate::domain::tag::Tag;
use crate::domain::person::{EmailAddress, Person, Restriction};
use crate::language::args;
use crate::safe::Safe;
use crate::tui::layout::areas;
use crate::tui::model::Shared;
use crate::tui::sentence;
use crate::tui::text::{Pieces, line, wrap};
use crate::tui::theme::Look;
use crate::tui::widgets;
use crate::words;
use ratatui::Frame;
use ratatui::text::Line;

/// Cells of the names.
const LABEL: usize = 20;

/// How many lines fit.
pub fn height(shared: &Shared) -> usize {
    usize::from(areas(shared.size).body.height)
}

/// All of it, broken for the width.
pub fn lines(state: &State, shared: &Shared) -> Vec<Line<'static>> {
    let Some(person) = &state.person else { return Vec::new() };
    let width = areas(shared.size).body.width;
    let mut all = rows(state, person, shared);
    all.extend(own(&person.fields, Holder::Person, shared));
    let mut lines: Vec<Line<'static>> = all.iter().flat_map(|(label, value)| row(shared, label, value, width)).collect();
    if !may_change(shared, person) {
        lines.push(Line::default());
        let text = Safe::concat([Safe::blank(2), shared.word("person-admins-only")]);
        lines.push(line(shared.theme, Look::Dim, &text));
    }
    lines
}

/// A name and what stands under it; what has no value is left out.
pub(in crate::tui::screens) fn row(shared: &Shared, label: &Safe, value: &Safe, width: u16) -> Vec<Line<'static>> {
    if value.is_empty() {
        return Vec::new();
    }
    let room = width.saturating_sub(u16::try_from(LABEL + 4).unwrap_or(24)).max(8);
    let part = |(n, text): (usize, Safe)| {
        let label = if n == 0 { label.fit(LABEL) } else { Safe::blank(LABEL) };
        let pieces = Pieces::default().gap(shared.theme, 2).and(shared.theme, Look::Dim, &label);
        pieces.gap(shared.theme, 1).and(shared.theme, Look::Plain, &text).line()
    };
    value.lines().flat_map(|one| wrap(&one, room)).enumerate().map(part).collect()
}

/// The account's own fields that hold something, or could.
pub(in crate::tui::screens) fn own(held: &Values, of: Holder, shared: &Shared) -> Vec<(Safe, Safe)> {
    let fields = shared.session.iter().flat_map(|session| session.fields.values());
    let mut fields: Vec<_> = fields.filter(|field| field.of == of && !field.is_system()).collect();
    fields.retain(|field| field.active || held.contains_key(&field.id));
    fields.sort_by_key(|field| (field.position, field.id));
    let value = |field: &crate::domain::field::Field| {
        let value = held.get(&field.id).map(|value| words::value(&shared.words, Some(&field.kind), value));
        value.map_or_else(|| shared.word("nothing"), |value| Safe::text(&value))
    };
    fields.into_iter().map(|field| (Safe::line(&words::field_title(&shared.words, field)), value(field))).collect()
}

fn rows(state: &State, person: &Person, shared: &Shared) -> Vec<(Safe, Safe)> {
    let text = |text: Option<&str>| text.map_or_else(Safe::default, Safe::line);
    let groups = person.groups.iter().map(|id| shared.group(*id));
    let restriction = match person.restriction {
        Restriction::None => Safe::default(),
        other => shared.word(&format!("cli-restriction-{}", other.name())),
    };
    let away = person.away.filter(|_| person.is_away(shared.now)).map(|away| match away.until {
        Some(until) => shared.say("cli-away-until", args![time = shared.time(until).into_string()]),
        None => shared.word("cli-yes"),
    });
    let count = |count: &Count, key: &str| {
        let value = i64::try_from(count.value).unwrap_or(i64::MAX);
        let words = &shared.words;
        let number = if count.or_more { words.number_at_least(value) } else { words.number(value) };
        (shared.word(key), Safe::line(&number))
    };
    let mut rows = vec![
        (shared.word("cli-number"), Safe::line(&person.id.to_string())),
        (shared.word("cli-email"), text(person.email.as_ref().map(EmailAddress::as_str))),
        (shared.word("cli-phone"), text(person.phone.as_deref())),
        (shared.word("cli-role"), role(shared, person)),
        (shared.word("field-organization"), person.organization.map(|id| shared.organization(id)).unwrap_or_default()),
        (shared.word("cli-groups"), Safe::join(&Safe::from_static(", "), groups)),
        (shared.word("field-restriction"), restriction),
        (shared.word("field-away"), away.unwrap_or_default()),
        (shared.word("cli-language"), text(person.language.as_deref())),
        (shared.word("field-time-zone"), text(person.time_zone.as_deref())),
        (shared.word("field-external-id"), text(person.external_id.as_deref())),
        (shared.word("person-since"), shared.time(person.created_at)),
    ];
    if let Some(profile) = &person.profile {
        // Only the team is told that there is any.
        let tags: Vec<&str> = profile.tags.iter().map(Tag::as_str).collect();
        rows.extend([
            (shared.word("field-tags"), Safe::line(&tags.join(", "))),
            (shared.word("field-profile"), text(profile.notes.as_deref())),
            (shared.word("person-details"), text(profile.details.as_deref())),
        ]);
    }
    if let Some((requests, tickets)) = &state.open {
        rows.push(count(requests, "person-open-requests"));
        if person.role.is_staff() || tickets.value > 0 {
            rows.push(count(tickets, "person-open-tickets"));
        }
    }
    rows
}

/// Draws it.
pub fn draw(state: &State, shared: &Shared, frame: &mut Frame<'_>) {
    let body = areas(shared.size).body;
    let all = lines(state, shared);
    if all.is_empty() {
        let text = match (&state.failed, state.waiting) {
            (Some(error), _) => sentence::error(shared, error),
            (None, true) => shared.word("admin-waiting"),
            (None, false) => shared.word("person-gone"),
        };
        frame.render_widget(line(shared.theme, Look::Dim, &Safe::concat([Safe::blank(2), text])), body);
    } else {
        widgets::lines(frame, body, &all, state.top);
    }
}
