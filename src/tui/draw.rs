//! What the model looks like. Nothing is changed here.

use super::command::{Command, Row, Scope, TABLE, Who};
use super::input::{Size, shown_sequence};
use super::layout::{LEAST, areas};
use super::model::{Model, Shared};
use super::notice::{Notice, Tone};
use super::text::{Pieces, ends, line, wrap};
use super::theme::Look;
use crate::language::args;
use crate::safe::Safe;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Paragraph, Wrap};

/// So many lines of the body a notice takes at most.
const NOTICE_LINES: u16 = 3;

/// Draws one frame.
pub fn draw(model: &Model, frame: &mut Frame<'_>) {
    let shared = &model.shared;
    let Size { width, height } = shared.size;
    if width < LEAST.width || height < LEAST.height {
        let args = args![
            width = width.to_string(),
            height = height.to_string(),
            least_width = LEAST.width.to_string(),
            least_height = LEAST.height.to_string()
        ];
        let text = shared.say("too-small", args);
        let text = Paragraph::new(line(shared.theme, Look::Plain, &text)).wrap(Wrap { trim: true });
        frame.render_widget(text, frame.area());
        return;
    }
    let areas = areas(shared.size);
    let first = model.screens.iter().rposition(|placed| !placed.screen.is_over()).unwrap_or(0);
    draw_title(model, first, frame, areas.title);
    if model.screens.is_empty() {
        let text = shared.word(if shared.last_error.is_some() { "start-failed" } else { "start-waiting" });
        frame.render_widget(line(shared.theme, Look::Dim, &text), areas.body);
    }
    for placed in &model.screens[first..] {
        placed.screen.draw(shared, frame);
    }
    if let Some(notice) = waiting(shared).or_else(|| shared.notice.clone()) {
        draw_notice(shared, &notice, frame, areas.notice);
    }
    draw_hints(model, frame, areas.hints);
}

/// A sentence over the end of the body, in up to three lines: what went wrong must be readable where it is said.
/// For how long the account lets nobody ask, and why.
fn waiting(shared: &Shared) -> Option<Notice> {
    let waiting = shared.waiting?;
    let seconds = (waiting.until.0 - shared.now.0).max(0).div_euclid(1_000) + 1;
    let text = match waiting.allowed {
        Some(allowed) => shared.say("waiting-allowed", args![seconds = seconds, allowed = i64::from(allowed)]),
        None => shared.say("waiting", args![seconds = seconds]),
    };
    Some(Notice { text, tone: Tone::Hint })
}

fn draw_notice(shared: &Shared, notice: &Notice, frame: &mut Frame<'_>, last: Rect) {
    let (sign, look) = notice.tone.sign();
    let sign = Safe::from_static(sign);
    let width = usize::from(last.width);
    let room = last.width.saturating_sub(u16::try_from(sign.width() + 1).unwrap_or(4)).max(1);
    let mut lines = wrap(&notice.text, room);
    let most = usize::from(NOTICE_LINES.min(shared.size.height / 6).max(1));
    if lines.len() > most {
        let cut = Safe::join(&Safe::blank(1), lines.drain(most - 1..)).fit(usize::from(room));
        lines.push(cut);
    }
    let count = u16::try_from(lines.len()).unwrap_or(1).min(last.y + 1);
    let area = Rect { y: last.y + 1 - count, height: count, ..last };
    frame.render_widget(Clear, area);
    for (n, text) in (0..count).zip(&lines) {
        let before = if n == 0 { sign.clone() } else { Safe::blank(sign.width()) };
        let text = Safe::concat([before, text.clone()]).fit(width);
        frame.render_widget(line(shared.theme, look, &text), Rect { y: area.y + n, height: 1, ..area });
    }
}

/// What the window is called: our own words and the account's name.
pub fn title(model: &Model) -> Safe {
    let screen = model.screens.iter().rfind(|placed| !placed.screen.is_over());
    let text = screen.map_or_else(|| model.shared.word("app-name"), |placed| placed.screen.title(&model.shared));
    Safe::title(text.as_str())
}

fn draw_title(model: &Model, first: usize, frame: &mut Frame<'_>, area: Rect) {
    let shared = &model.shared;
    let left = model.screens.get(first).map_or_else(|| shared.word("app-name"), |placed| placed.screen.title(shared));
    let right = shared.session.as_ref().map_or_else(Safe::default, |session| {
        let role = shared.word(&format!("role-{}", session.me.role.name()));
        let unread = i64::try_from(session.unread).unwrap_or(i64::MAX);
        let unread = (unread > 0).then(|| shared.say("title-unread", args![count = unread]));
        let parts = unread.into_iter().chain([Safe::line(&session.me.name), role]);
        Safe::join(&Safe::from_static(" · "), parts)
    });
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    frame.render_widget(ends(shared.theme, Look::Strong, &left, &right, inner.width), inner);
}

/// The keys that work now, the most needed first, as many as fit.
fn draw_hints(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let shared = &model.shared;
    let theme = shared.theme;
    let width = usize::from(area.width);
    let mut pieces = Pieces::default().gap(theme, 1);
    if !model.pending.is_empty() {
        draw_continuations(model, pieces, frame, area);
        return;
    }
    // What the next key is for must not be a surprise: marks can be out of sight.
    let marked = model.top().map_or(0, super::screens::Screen::marked);
    if marked > 0 {
        let text = shared.say("hint-marked", args![count = i64::try_from(marked).unwrap_or(i64::MAX)]);
        pieces = pieces.and(theme, Look::Warning, &text).gap(theme, 2);
    }
    let mut left_out = false;
    let hints = hints(model);
    // The way to all keys is never left out.
    let last = hints.iter().find(|row| row.command.is_help()).and_then(|row| hint(shared, row));
    let room = |(key, word): &(Safe, Safe)| key.width() + word.width() + 3;
    let reserved = last.as_ref().map_or(0, room);
    // Nor, on the admin's pages, the way back to where one came from.
    let setup = model.top().is_some_and(|screen| screen.scopes().contains(&Scope::Setup));
    let back = hints.iter().find(|row| setup && row.command == Command::Back);
    let kept = back.and_then(|row| hint(shared, row)).as_ref().map_or(0, room);
    for row in hints.iter().filter(|row| !row.command.is_help()) {
        let Some((key, word)) = hint(shared, row) else { continue };
        let reserved = reserved + back.filter(|back| row.hint < back.hint).map_or(0, |_| kept);
        if pieces.width() + key.width() + word.width() + 3 + reserved > width {
            left_out = true;
            continue;
        }
        pieces = pieces.and(theme, Look::KeyName, &key).gap(theme, 1).and(theme, Look::Dim, &word).gap(theme, 2);
        if left_out && row.hint > 80 {
            break;
        }
    }
    if let Some((key, word)) = last {
        pieces = pieces.and(theme, Look::KeyName, &key).gap(theme, 1).and(theme, Look::Dim, &word);
    }
    frame.render_widget(pieces.line(), area);
}

/// The keys that end the sequence which has begun.
fn draw_continuations(model: &Model, pieces: Pieces, frame: &mut Frame<'_>, area: Rect) {
    let shared = &model.shared;
    let theme = shared.theme;
    let scopes: &[Scope] = model.top().map(super::screens::Screen::scopes).unwrap_or_default();
    let begun = Safe::line(&format!("{}…", shown_sequence(&model.pending)));
    let mut pieces = pieces.and(theme, Look::KeyName, &begun).gap(theme, 2);
    for (keys, command) in shared.keymap.continuations(scopes, &model.pending, shared.is_staff()) {
        let then = format!("then-{}", command.name());
        let key = if shared.words.has(&then) { then } else { format!("command-{}", command.name()) };
        let (keys, word) = (Safe::line(&keys), shared.word(&key));
        if pieces.width() + keys.width() + word.width() + 3 > usize::from(area.width) {
            break;
        }
        pieces = pieces.and(theme, Look::KeyName, &keys).gap(theme, 1).and(theme, Look::Dim, &word).gap(theme, 2);
    }
    frame.render_widget(pieces.line(), area);
}

fn hints(model: &Model) -> Vec<&'static Row> {
    let scopes: &[Scope] = model.top().map(super::screens::Screen::scopes).unwrap_or_default();
    let staff = model.shared.is_staff();
    let mut rows: Vec<&Row> = TABLE
        .iter()
        .filter(|row| row.hint > 0 && (scopes.contains(&row.scope) || row.scope == Scope::Always))
        .filter(|row| (staff || row.who == Who::Everybody) && model.shared.lack(row.command).is_none())
        .filter(|row| model.top().is_none_or(|screen| screen.can(row.command)))
        .filter(|row| row.command != Command::HelpWhileTyping || !scopes.contains(&Scope::Browsing))
        .collect();
    rows.sort_by_key(|row| row.hint);
    rows
}

/// A command's first key and its short word.
fn hint(shared: &Shared, row: &Row) -> Option<(Safe, Safe)> {
    let key = shared.keymap.shown(row.command).into_iter().next()?;
    Some((Safe::line(&key), shared.word(&format!("hint-{}", row.name))))
}
