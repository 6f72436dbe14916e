//! What is known of a ticket besides its conversation.

use crate::domain::id::PersonId;
use crate::domain::timer::Due;
use crate::safe::Safe;
use crate::tui::item::{self, Item};
use crate::tui::model::Shared;
use crate::tui::text::{Pieces, wrap};
use crate::tui::theme::Look;
use crate::tui::widgets;
use crate::words;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::BorderType;

/// Draws them in a box.
pub fn draw(shared: &Shared, frame: &mut Frame<'_>, area: Rect, item: &Item, due: &[Due]) {
    let title = shared.word(if shared.is_staff() { "ticket-details" } else { "ticket-details-request" });
    let inner = widgets::boxed(shared, frame, area, &title, Look::Border, BorderType::Plain);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let lines = lines(shared, item, due, inner.width);
    widgets::lines(frame, inner, &lines, 0);
}

/// Where the requester's name stands: below the status.
pub const fn requester(area: Rect) -> Rect {
    Rect { y: area.y + 2, height: 1, ..area }
}

fn lines(shared: &Shared, item: &Item, due: &[Due], width: u16) -> Vec<Line<'static>> {
    let nothing = || shared.word("nothing");
    let people = |people: &mut dyn Iterator<Item = PersonId>| {
        let names: Vec<Safe> = people.map(|person| shared.person(person)).collect();
        if names.is_empty() { nothing() } else { Safe::join(&Safe::from_static(", "), names) }
    };
    let mut facts: Vec<(Safe, Look, Safe)> = Vec::new();
    let mut add = |key: &str, look: Look, text: Safe| facts.push((shared.word(key), look, text));
    add("field-status", item::status_look(item.status()), item::status_of(shared, item));
    add("field-requester", Look::Plain, shared.person(item.requester()));
    if let Some(ticket) = item.ticket()
        && ticket.submitter != ticket.requester
    {
        add("field-submitter", Look::Plain, shared.person(ticket.submitter));
    }
    let organization = item.organization().map_or_else(nothing, |id| shared.organization(id));
    add("field-organization", Look::Plain, organization);
    add("field-assignee", Look::Plain, item.assignee().map_or_else(nothing, |id| shared.person(id)));
    add("field-group", Look::Plain, item.group().map_or_else(nothing, |id| shared.group(id)));
    add("field-kind", Look::Plain, item.kind().map_or_else(nothing, |id| shared.kind(id)));
    if let Some(one) = item.ticket_type() {
        add("field-type", Look::Plain, Safe::line(&words::ticket_type(&shared.words, one)));
    }
    if let Some(problem) = item.ticket().and_then(|ticket| ticket.problem) {
        add("field-problem", Look::Plain, item::number(problem));
    }
    let priority = item::priority(shared, item.priority());
    let priority = if priority.is_empty() { nothing() } else { priority };
    add("field-priority", item::priority_look(item.priority()), priority);
    add("field-ccs", Look::Plain, people(&mut item.ccs().iter().copied()));
    if let Some(ticket) = item.ticket() {
        add("field-followers", Look::Plain, people(&mut ticket.followers.iter().copied()));
        let tags: Vec<Safe> = item.tags().map(|tag| Safe::line(tag.as_str())).collect();
        let tags = if tags.is_empty() { nothing() } else { Safe::join(&Safe::from_static(", "), tags) };
        add("field-tags", Look::Plain, tags);
        if let Some(target) = ticket.merged_into {
            add("field-merged-into", Look::Plain, item::number(target));
        }
    }
    if let Some(session) = &shared.session {
        let lines = session.form(item.kind()).lines(item.fields());
        let others = item.fields().keys().filter(|id| lines.iter().all(|line| line.field.id != **id));
        let others = others.filter_map(|id| session.fields.get(id)).filter(|field| field.active);
        for field in lines.iter().map(|line| line.field).chain(others) {
            let name = Safe::line(&words::field_title(&shared.words, field));
            let held = item.fields().get(&field.id);
            let held = held.map(|value| Safe::line(&words::value(&shared.words, Some(&field.kind), value)));
            facts.push((name, Look::Plain, held.unwrap_or_else(nothing)));
        }
    }
    let mut add = |key: &str, look: Look, text: Safe| facts.push((shared.word(key), look, text));
    if let Some(rating) = item.rating() {
        add("field-rating", Look::Plain, Safe::text(&words::rating(&shared.words, rating)));
    }
    if let Some(due) = item.due_at() {
        add("field-due", Look::Plain, shared.time(due));
    }
    if let Some(before) = item.follow_up_of() {
        add("field-follow-up-of", Look::Plain, item::number(before));
    }
    add("field-created", Look::Plain, shared.time(item.created_at()));
    add("field-updated", Look::Plain, shared.time(item.updated_at()));
    for due in due {
        add("field-timer", Look::Warning, Safe::line(&words::due_at(&shared.words, due, &shared.present())));
    }
    facts.into_iter().flat_map(|(name, look, text)| fact(shared, &name, look, &text, width)).collect()
}

fn fact(shared: &Shared, name: &Safe, look: Look, text: &Safe, width: u16) -> Vec<Line<'static>> {
    const NAME: u16 = 13;
    let theme = shared.theme;
    let texts = wrap(text, width.saturating_sub(NAME).max(6));
    let lines = texts.iter().take(4).enumerate().map(|(n, text)| {
        let name = if n == 0 { name.clone() } else { Safe::default() };
        let name = name.fit(usize::from(NAME) - 1);
        Pieces::default().and(theme, Look::Dim, &name).gap(theme, 1).and(theme, look, text).line()
    });
    lines.collect()
}
