//! Where things are. `update` and `draw` ask the same functions, so a click lands on what was drawn.

use super::input::Size;
use ratatui::layout::Rect;

/// The smallest size that is drawn; below it stands a sentence.
pub const LEAST: Size = Size { width: 46, height: 12 };
/// From this width on a ticket's details stand beside its conversation.
const DETAILS_BESIDE: u16 = 100;
/// From this width on a list's preview stands beside it.
const PREVIEW_BESIDE: u16 = 130;
/// From this height on a list's preview stands below it.
const PREVIEW_BELOW: u16 = 16;

/// What every full screen has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// The first line: where one is and who one is.
    pub title: Rect,
    /// What the screen fills.
    pub body: Rect,
    /// The last line but one, when there is a notice: over the body.
    pub notice: Rect,
    /// The last line: keys that work now.
    pub hints: Rect,
}

/// The parts of a screen of that size.
pub fn areas(size: Size) -> Areas {
    let Size { width, height } = size;
    Areas {
        title: Rect::new(0, 0, width, 1.min(height)),
        body: Rect::new(0, 1.min(height), width, height.saturating_sub(2)),
        notice: Rect::new(0, height.saturating_sub(2), width, 1.min(height)),
        hints: Rect::new(0, height.saturating_sub(1), width, 1.min(height)),
    }
}

/// The parts of a list of tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListAreas {
    /// Tabs with their counts.
    pub tabs: Rect,
    /// Names of columns; while narrowing, the line that is typed.
    pub header: Rect,
    /// Rows.
    pub rows: Rect,
    /// The preview, where there is room for one; below or beside, with its border.
    pub preview: Option<Rect>,
}

/// The parts of a list of tickets in the body of a screen of that size.
pub fn list(size: Size) -> ListAreas {
    let body = areas(size).body;
    let tabs = Rect { height: 1.min(body.height), ..body };
    let rest = Rect { y: body.y + tabs.height, height: body.height - tabs.height, ..body };
    let (left, preview) = if size.width >= PREVIEW_BESIDE {
        let right = rest.width * 2 / 5;
        let preview = Rect { x: rest.x + rest.width - right, width: right, ..rest };
        (Rect { width: rest.width - right, ..rest }, Some(preview))
    } else if size.height >= PREVIEW_BELOW {
        let below = (rest.height / 3).clamp(6, 14);
        let preview = Rect { y: rest.y + rest.height - below, height: below, ..rest };
        (Rect { height: rest.height - below, ..rest }, Some(preview))
    } else {
        (rest, None)
    };
    let header = Rect { height: 1.min(left.height), ..left };
    let rows = Rect { y: left.y + header.height, height: left.height - header.height, ..left };
    ListAreas { tabs, header, rows, preview }
}

/// The parts of an open ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketAreas {
    /// Number, subject, status.
    pub head: Rect,
    /// The conversation, with its border.
    pub conversation: Rect,
    /// Its details, with their border, when they are shown.
    pub details: Option<Rect>,
    /// What is being written, with its border.
    pub composer: Option<Rect>,
}

/// The parts of an open ticket. `details`: whether the person wants them where they would not stand by themselves, or
/// does not want them where they would; `writing`: rows that the text being written takes, when there is one.
pub fn ticket(size: Size, details_toggled: bool, writing: Option<u16>) -> TicketAreas {
    let body = areas(size).body;
    let head = Rect { height: 1.min(body.height), ..body };
    let rest = Rect { y: body.y + head.height, height: body.height - head.height, ..body };
    let composer_height = writing.map_or(0, |rows| {
        let most = if rest.height < 14 { rest.height.saturating_sub(3) } else { rest.height * 3 / 5 };
        (rows + 3).clamp(5, most.max(5)).min(rest.height)
    });
    let upper = Rect { height: rest.height - composer_height, ..rest };
    let composer = writing.map(|_| Rect { y: upper.y + upper.height, height: composer_height, ..rest });
    let beside = size.width >= DETAILS_BESIDE;
    let (conversation, details) = match (beside, details_toggled) {
        (true, false) => {
            let width = (upper.width / 3).clamp(34, 48);
            let details = Rect { x: upper.x + upper.width - width, width, ..upper };
            (Rect { width: upper.width - width, ..upper }, Some(details))
        }
        // On a narrow screen the details take the conversation's place for as long as they are wanted.
        (false, true) => (Rect { width: 0, ..upper }, Some(upper)),
        _ => (upper, None),
    };
    TicketAreas { head, conversation, details, composer }
}

/// A box in the middle of the screen, at most this large.
pub fn popup(size: Size, width: u16, height: u16) -> Rect {
    let width = width.min(size.width.saturating_sub(2)).max(1);
    let height = height.min(size.height.saturating_sub(2)).max(1);
    Rect::new((size.width.saturating_sub(width)) / 2, (size.height.saturating_sub(height)) / 2, width, height)
}

/// What is inside a border.
pub const fn inside(area: Rect) -> Rect {
    Rect { x: area.x + 1, y: area.y + 1, width: area.width.saturating_sub(2), height: area.height.saturating_sub(2) }
}

/// Whether a cell lies in an area.
pub const fn holds(area: Rect, column: u16, row: u16) -> bool {
    column >= area.x && column < area.x + area.width && row >= area.y && row < area.y + area.height
}
