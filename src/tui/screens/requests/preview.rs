//! What the row under the cursor is about, after a short rest.

use crate::domain::comment::Visibility;
use crate::domain::id::TicketId;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::effect::Question;
use crate::tui::item::{self, Conversation, Item};
use crate::tui::list::Identified;
use crate::tui::message::Answer;
use crate::tui::model::{Context, Shared};
use crate::tui::text::{line, wrap};
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::BorderType;

/// How many comments are looked at.
const COMMENTS: u32 = 3;

/// The preview.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    asked: Option<TicketId>,
    shown: Option<Conversation>,
}

impl Preview {
    /// Whether it is, or will be, of that ticket.
    pub fn is_of(&self, id: TicketId) -> bool {
        self.asked == Some(id)
    }

    /// Whether nothing has been asked for, or it was forgotten.
    pub fn is_none(&self) -> bool {
        self.asked.is_none()
    }

    /// What is shown may be old, or of another list.
    pub fn forget(&mut self) {
        self.asked = None;
    }

    /// Asks for a ticket.
    pub fn ask(&mut self, id: TicketId, cx: &mut Context<'_>) {
        if self.is_of(id) {
            return;
        }
        self.asked = Some(id);
        cx.ask(if cx.shared.is_staff() {
            Question::Ticket { id, comments: COMMENTS }
        } else {
            Question::Request { id, comments: COMMENTS }
        });
    }

    /// Takes an answer, unless it is of a ticket that nobody looks at any more; the ticket as it is now.
    pub fn take(&mut self, question: &Question, answer: Answer) -> Option<&Item> {
        let (Question::Ticket { id, .. } | Question::Request { id, .. }) = question else { return None };
        if self.asked != Some(*id) {
            return None;
        }
        self.shown = match answer {
            Answer::Ticket(thread) => Some((*thread).into()),
            Answer::Request(thread) => Some((*thread).into()),
            _ => None,
        };
        self.shown.as_ref().map(|shown| &shown.item)
    }

    /// Draws it for the row under the cursor; until the answer is there, what the row itself knows.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect, row: Option<&Item>) {
        let Some(row) = row else { return };
        let title = Safe::join(&Safe::blank(1), [item::number(row.id()), row.subject()]);
        let inner = widgets::boxed(shared, frame, area, &title, Look::Border, BorderType::Plain);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let shown = self.shown.as_ref().filter(|shown| shown.item.id() == row.id());
        let mut lines = lines(shared, row, shown, inner.width);
        // In a low box the words count, not the room between them.
        if inner.height < 10 {
            lines.retain(|line| line.width() > 0);
        }
        widgets::lines(frame, inner, &lines, 0);
    }
}

fn lines(shared: &Shared, row: &Item, shown: Option<&Conversation>, width: u16) -> Vec<Line<'static>> {
    let theme = shared.theme;
    let dot = Safe::from_static(" · ");
    let to = row.group().map_or_else(|| shared.word("nothing"), |group| shared.group(group));
    let who = Safe::join(&Safe::from_static(" → "), [shared.person(row.requester()), to]);
    let opened = shared.say("preview-opened", args![ago = shared.ago(row.created_at()).into_string()]);
    let mut about = vec![who, opened];
    if let Some(comment) = shown.and_then(|shown| shown.comments.last()) {
        let args = args![name = shared.person(comment.author).into_string(),
            ago = shared.ago(comment.created_at).into_string()];
        about.push(shared.say("preview-last", args));
    }
    let mut lines: Vec<Line<'static>> =
        wrap(&Safe::join(&dot, about), width).iter().map(|text| line(theme, Look::Dim, text)).collect();
    match shown {
        None => lines.push(line(theme, Look::Dim, &shared.word("list-waiting"))),
        Some(shown) => {
            for comment in shown.comments.iter().rev() {
                lines.push(Line::default());
                let internal = comment.visibility == Visibility::Internal;
                let look = if internal { Look::Internal } else { Look::Strong };
                let mut name = vec![shared.person(comment.author)];
                if internal {
                    name.push(shared.word("comment-internal"));
                }
                lines.push(line(theme, look, &Safe::join(&dot, name)));
                // The beginning is enough to know it again, however long it is.
                let body: String = comment.body.chars().take(4000).collect();
                lines.extend(wrap(&Safe::text(&body), width).iter().map(|text| line(theme, Look::Plain, text)));
            }
        }
    }
    lines
}
