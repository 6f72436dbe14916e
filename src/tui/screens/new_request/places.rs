//! Where the parts of the form are: `update` and `draw` ask here, so a click lands on what was drawn.

use super::form::Field;
use crate::tui::input::Size;
use crate::tui::layout;
use ratatui::layout::Rect;

/// Columns of the fields' names, with the cursor's sign: at least.
pub const NAME: u16 = 14;
/// From this width on similar requests stand beside the form.
const BESIDE: u16 = 110;
/// The description's box: at least so high, with its border.
const LEAST_BOX: u16 = 5;
/// And at most so high: what comes after it stays near.
const MOST_BOX: u16 = 16;
/// Lines of the account's own texts.
const LONG: u16 = 3;
/// Similar requests below the form: so many lines with their border.
const BELOW: u16 = 6;

/// Where things are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The first line.
    pub head: Rect,
    /// What is below it.
    pub body: Rect,
    /// Each field that is in sight.
    pub fields: Vec<(Field, Rect)>,
    /// Similar requests, with their border.
    pub similar: Option<Rect>,
}

/// The parts of a screen of that size; `found`: how many similar requests there are.
pub fn places(size: Size, fields: &[Field], focus: Field, found: usize) -> Places {
    let all = layout::areas(size).body;
    let head = Rect { height: 1.min(all.height), ..all };
    // The line above the hints is the notices'.
    let body = Rect { y: all.y + 1, height: all.height.saturating_sub(2), ..all };
    let rows = lines(fields);
    let (form, similar) = if size.width >= BESIDE {
        let width = (body.width * 2 / 5).clamp(40, 70);
        let beside = Rect { x: body.x + body.width - width, width, ..body };
        (Rect { width: body.width - width - 1, ..body }, Some(beside))
    } else if found > 0 && body.height >= rows + LEAST_BOX + BELOW {
        let lines = u16::try_from(found).unwrap_or(u16::MAX).saturating_add(2).min(BELOW);
        let below = Rect { y: body.y + body.height - lines, height: lines, ..body };
        (Rect { height: body.height - lines, ..body }, Some(below))
    } else {
        (body, None)
    };
    Places { head, body, fields: stacked(form, fields, focus), similar }
}

/// The lines of a field but the description.
const fn line(field: Field) -> u16 {
    match field {
        Field::Description => 0,
        Field::OwnText(_) => LONG,
        _ => 1,
    }
}

fn lines(fields: &[Field]) -> u16 {
    fields.iter().map(|field| line(*field)).sum()
}

/// The fields one below the other, as many as fit around the one that has the keys.
fn stacked(area: Rect, fields: &[Field], focus: Field) -> Vec<(Field, Rect)> {
    let rows = lines(fields);
    let text = area.height.saturating_sub(rows).clamp(LEAST_BOX, MOST_BOX).min(area.height);
    let height = |field: Field| if field == Field::Description { text } else { line(field) };
    let at = fields.iter().position(|field| *field == focus).unwrap_or(0);
    let mut first = 0;
    while first < at && fields[first..=at].iter().map(|field| height(*field)).sum::<u16>() > area.height {
        first += 1;
    }
    let mut y = area.y;
    let mut placed = Vec::new();
    for field in &fields[first..] {
        let height = height(*field).min(area.y + area.height - y);
        if height == 0 {
            break;
        }
        placed.push((*field, Rect { y, height, ..area }));
        y += height;
    }
    placed
}
