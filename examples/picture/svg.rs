//! A terminal's screen as an SVG file that looks the same whatever monospaced font the reader has.
//!
//! Each run of text is stretched to its cells, and lines, corners and blocks are drawn instead of written: fonts leave
//! gaps between them.

use std::fmt::Write;

use vt100::{Cell, Color, Screen};

use super::boxes;

/// A cell's width and height, and where in it letters stand, in pixels.
pub const WIDTH: f32 = 8.4;
pub const HEIGHT: f32 = 18.0;
const BASELINE: f32 = 13.4;
const FONT_SIZE: f32 = 14.0;
/// The frame around the cells.
const MARGIN: f32 = 14.0;
const BAR: f32 = 34.0;

const BACKGROUND: [u8; 3] = [0x1b, 0x1d, 0x26];
const FOREGROUND: [u8; 3] = [0xd5, 0xd8, 0xe2];
/// The sixteen colours by number.
const PALETTE: [[u8; 3]; 16] = [
    [0x2b, 0x2e, 0x3b],
    [0xe4, 0x68, 0x76],
    [0x98, 0xc3, 0x79],
    [0xe0, 0xaf, 0x68],
    [0x6f, 0xa8, 0xe8],
    [0xb9, 0x8e, 0xe8],
    [0x5e, 0xc4, 0xc8],
    [0xc0, 0xc5, 0xd2],
    [0x6b, 0x71, 0x86],
    [0xff, 0x87, 0x91],
    [0xb5, 0xde, 0x94],
    [0xff, 0xce, 0x8a],
    [0x93, 0xc2, 0xff],
    [0xd2, 0xae, 0xff],
    [0x86, 0xe0, 0xe2],
    [0xff, 0xff, 0xff],
];

/// How a run of cells looks.
#[derive(Clone, PartialEq)]
struct Style {
    text: [u8; 3],
    ground: [u8; 3],
    bold: bool,
    italic: bool,
    underline: bool,
}

impl Style {
    fn of(cell: &Cell) -> Self {
        let (mut text, mut ground) = (rgb(cell.fgcolor(), FOREGROUND), rgb(cell.bgcolor(), BACKGROUND));
        if cell.inverse() {
            std::mem::swap(&mut text, &mut ground);
        }
        if cell.dim() {
            text = [0, 1, 2].map(|part| u8::midpoint(text[part], ground[part]));
        }
        Self { text, ground, bold: cell.bold(), italic: cell.italic(), underline: cell.underline() }
    }
}

/// Neighbours in one row that look alike.
struct Run {
    column: u16,
    cells: u16,
    text: String,
    style: Style,
}

pub fn picture(screen: &Screen, title: &str) -> String {
    let (rows, columns) = screen.size();
    let width = f32::from(columns.get()) * WIDTH + 2.0 * MARGIN;
    let height = f32::from(rows.get()) * HEIGHT + BAR + MARGIN;
    let title = escaped(title);
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{title}" font-family="ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace" font-size="{FONT_SIZE}">
<rect x="0.5" y="0.5" width="{}" height="{}" rx="9" fill="{}" stroke="#454a5e"/>
<circle cx="20" cy="17" r="5.5" fill="#e46876"/><circle cx="39" cy="17" r="5.5" fill="#e0af68"/><circle cx="58" cy="17" r="5.5" fill="#98c379"/>
<text x="{}" y="21.5" text-anchor="middle" fill="#9aa0b5" font-size="13">{title}</text>
<g transform="translate({MARGIN} {BAR})">
"##,
        width - 1.0,
        height - 1.0,
        hex(BACKGROUND),
        width / 2.0,
    );
    for row in 0..rows.get() {
        let runs = runs(screen, row);
        // Grounds first: a letter may reach over the edge of its cell.
        for run in &runs {
            ground(&mut svg, run, row);
        }
        for run in &runs {
            letters(&mut svg, run, row);
        }
    }
    if !screen.hide_cursor() {
        let (row, column) = screen.cursor_position();
        rectangle(&mut svg, column, row, 1, [WIDTH, HEIGHT], "fill='#d5d8e2' fill-opacity='0.55'");
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn runs(screen: &Screen, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in 0..screen.size().1.get() {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else { continue };
        let style = Style::of(cell);
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let alone = cell.is_wide() || boxes::is_drawn(text);
        match runs.last_mut() {
            Some(run) if run.style == style && run.text == text && boxes::is_level(text) => run.cells += 1,
            Some(run) if run.style == style && !alone && !run.is_alone() => {
                run.text.push_str(text);
                run.cells += 1;
            }
            _ => runs.push(Run { column, cells: 1 + u16::from(cell.is_wide()), text: text.to_owned(), style }),
        }
    }
    runs
}

impl Run {
    fn is_alone(&self) -> bool {
        boxes::is_drawn(&self.text) || usize::from(self.cells) != self.text.chars().count()
    }
}

fn ground(svg: &mut String, run: &Run, row: u16) {
    if run.style.ground != BACKGROUND {
        // A little wider than the cells, or seams show between neighbours.
        let size = [f32::from(run.cells) * WIDTH + 0.3, HEIGHT + 0.3];
        rectangle(svg, run.column, row, 1, size, &format!("fill='{}'", hex(run.style.ground)));
    }
}

fn letters(svg: &mut String, run: &Run, row: u16) {
    let (x, y) = (f32::from(run.column) * WIDTH, f32::from(row) * HEIGHT);
    let colour = hex(run.style.text);
    if run.style.underline {
        line(
            svg,
            &format!("x='{x:.1}' y='{:.1}' width='{:.1}' height='1'", y + 15.5, f32::from(run.cells) * WIDTH),
            &colour,
        );
    }
    if boxes::is_drawn(&run.text) {
        svg.push_str(&boxes::drawing(&run.text, run.cells, [x, y], &colour));
        return;
    }
    let blanks = run.text.len() - run.text.trim_start_matches(' ').len();
    let text = run.text.trim_matches(' ');
    if text.is_empty() {
        return;
    }
    let cells = if run.is_alone() { usize::from(run.cells) } else { text.chars().count() };
    let offset = u16::try_from(blanks).map_or(0.0, f32::from) * WIDTH;
    let length = u16::try_from(cells).map_or(0.0, f32::from) * WIDTH;
    let bold = if run.style.bold { " font-weight='bold'" } else { "" };
    let italic = if run.style.italic { " font-style='italic'" } else { "" };
    writeln!(
        svg,
        "<text x='{:.1}' y='{:.1}' textLength='{length:.1}' lengthAdjust='spacingAndGlyphs' fill='{colour}'{bold}{italic} xml:space='preserve'>{}</text>",
        x + offset,
        y + BASELINE,
        escaped(text),
    )
    .expect("a string takes all");
}

fn rectangle(svg: &mut String, column: u16, row: u16, cells: u16, size: [f32; 2], look: &str) {
    let (x, y) = (f32::from(column) * WIDTH, f32::from(row) * HEIGHT);
    let width = f32::from(cells) * size[0];
    writeln!(svg, "<rect x='{x:.1}' y='{y:.1}' width='{width:.1}' height='{:.1}' {look}/>", size[1])
        .expect("a string takes all");
}

fn line(svg: &mut String, place: &str, colour: &str) {
    writeln!(svg, "<rect {place} fill='{colour}'/>").expect("a string takes all");
}

fn rgb(color: Color, default: [u8; 3]) -> [u8; 3] {
    match color {
        Color::Default => default,
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Idx(number @ 0..=15) => PALETTE[usize::from(number)],
        Color::Idx(number @ 16..=231) => {
            let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
            let cube = number - 16;
            [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
        }
        Color::Idx(number) => [8 + 10 * (number - 232); 3],
    }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
