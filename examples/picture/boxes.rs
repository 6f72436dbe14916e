//! Lines, corners and blocks of text screens, drawn to the edges of their cells.

use super::svg::{HEIGHT, WIDTH};

/// Lines from a cell's middle as (character, left, right, up, down): 0 is none, 1 light, 2 heavy or double.
const LINES: &[(char, [u8; 4])] = &[
    ('─', [1, 1, 0, 0]),
    ('│', [0, 0, 1, 1]),
    ('┌', [0, 1, 0, 1]),
    ('┐', [1, 0, 0, 1]),
    ('└', [0, 1, 1, 0]),
    ('┘', [1, 0, 1, 0]),
    ('├', [0, 1, 1, 1]),
    ('┤', [1, 0, 1, 1]),
    ('┬', [1, 1, 0, 1]),
    ('┴', [1, 1, 1, 0]),
    ('┼', [1, 1, 1, 1]),
    ('━', [2, 2, 0, 0]),
    ('┃', [0, 0, 2, 2]),
    ('═', [2, 2, 0, 0]),
    ('║', [0, 0, 2, 2]),
    ('┏', [0, 2, 0, 2]),
    ('┓', [2, 0, 0, 2]),
    ('┗', [0, 2, 2, 0]),
    ('┛', [2, 0, 2, 0]),
    ('╔', [0, 2, 0, 2]),
    ('╗', [2, 0, 0, 2]),
    ('╚', [0, 2, 2, 0]),
    ('╝', [2, 0, 2, 0]),
    ('╴', [1, 0, 0, 0]),
    ('╶', [0, 1, 0, 0]),
    ('╵', [0, 0, 1, 0]),
    ('╷', [0, 0, 0, 1]),
];

/// Rounded corners: the signs of the ways in which they leave the middle, across and down.
const CORNERS: &[(char, [f32; 2])] = &[('╭', [1.0, 1.0]), ('╮', [-1.0, 1.0]), ('╰', [1.0, -1.0]), ('╯', [-1.0, -1.0])];

/// Blocks as (character, left, top, width, height, how dense), in eighths of the cell.
const BLOCKS: &[(char, [f32; 5])] = &[
    ('█', [0.0, 0.0, 8.0, 8.0, 8.0]),
    ('▀', [0.0, 0.0, 8.0, 4.0, 8.0]),
    ('▄', [0.0, 4.0, 8.0, 4.0, 8.0]),
    ('▁', [0.0, 7.0, 8.0, 1.0, 8.0]),
    ('▔', [0.0, 0.0, 8.0, 1.0, 8.0]),
    ('▌', [0.0, 0.0, 4.0, 8.0, 8.0]),
    ('▐', [4.0, 0.0, 4.0, 8.0, 8.0]),
    ('▏', [0.0, 0.0, 1.0, 8.0, 8.0]),
    ('▎', [0.0, 0.0, 2.0, 8.0, 8.0]),
    ('▍', [0.0, 0.0, 3.0, 8.0, 8.0]),
    ('▕', [7.0, 0.0, 1.0, 8.0, 8.0]),
    ('░', [0.0, 0.0, 8.0, 8.0, 2.0]),
    ('▒', [0.0, 0.0, 8.0, 8.0, 4.0]),
    ('▓', [0.0, 0.0, 8.0, 8.0, 6.0]),
];

fn find<T: Copy>(table: &[(char, T)], text: &str) -> Option<T> {
    table.iter().find(|(character, _)| text.chars().eq([*character])).map(|(_, shape)| *shape)
}

/// Whether this cell's text is drawn rather than written.
pub fn is_drawn(text: &str) -> bool {
    find(LINES, text).is_some() || find(CORNERS, text).is_some() || find(BLOCKS, text).is_some()
}

/// Whether neighbours of this kind make one line.
pub fn is_level(text: &str) -> bool {
    matches!(find(LINES, text), Some([1 | 2, 1 | 2, 0, 0]))
}

/// The drawing of a cell's text whose upper left corner is at (x, y), a level line over so many cells; nothing for a
/// text that is written.
pub fn drawing(text: &str, cells: u16, [x, y]: [f32; 2], colour: &str) -> String {
    let (middle_x, middle_y) = (x + WIDTH / 2.0, y + HEIGHT / 2.0);
    if let Some([left, top, width, height, dense]) = find(BLOCKS, text) {
        let (across, down) = (WIDTH / 8.0, HEIGHT / 8.0);
        return format!(
            "<rect x='{:.1}' y='{:.1}' width='{:.1}' height='{:.1}' fill='{colour}' fill-opacity='{}'/>\n",
            x + left * across,
            y + top * down,
            width * across + 0.2,
            height * down + 0.2,
            dense / 8.0,
        );
    }
    if let Some([across, down]) = find(CORNERS, text) {
        let (end_x, end_y) = (middle_x + across * WIDTH / 2.0, middle_y + down * HEIGHT / 2.0);
        return format!(
            "<path d='M{end_x:.1} {middle_y:.1}Q{middle_x:.1} {middle_y:.1} {middle_x:.1} {:.1}V{end_y:.1}' fill='none' stroke='{colour}'/>\n",
            middle_y + down * WIDTH / 2.0,
        );
    }
    let Some([left, right, up, down]) = find(LINES, text) else { return String::new() };
    let start = |toward: u8, edge: f32, middle: f32| if toward > 0 { edge } else { middle };
    let mut path = String::new();
    if left > 0 || right > 0 {
        let (from, to) = (start(left, x, middle_x), start(right, x + WIDTH * f32::from(cells), middle_x));
        path = format!("M{from:.1} {middle_y:.1}H{to:.1}");
    }
    if up > 0 || down > 0 {
        let (from, to) = (start(up, y, middle_y), start(down, y + HEIGHT, middle_y));
        path = format!("{path}M{middle_x:.1} {from:.1}V{to:.1}");
    }
    let thick = left.max(right).max(up).max(down);
    format!("<path d='{path}' fill='none' stroke='{colour}' stroke-width='{thick}'/>\n")
}
