//! File names that other people chose.

use super::char_kind::{hidden, picture, skin_tone};
use super::cluster::clusters;

/// Bytes of a name at most: room is left for a number or a suffix within the 255 of the common file systems.
const NAME_BYTES: usize = 200;
/// Bytes of an ending that is kept when a name is cut.
const ENDING_BYTES: usize = 16;
/// The name of what has none.
const UNNAMED: &str = "file";

/// A file name out of any text: exactly one component of a path on every system, never empty, never hidden, not a
/// device, at most 200 bytes, its ending kept. Applying it twice changes nothing (what was removed cannot matter again).
/// It is a name to save under, not a text to show: to show it, make it a [`super::Safe`].
pub fn file_name(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !invisible(*c)).map(harmless).collect();
    let last = visible.split('/').map(trim).rfind(|part| !part.is_empty()).unwrap_or(UNNAMED);
    let short = shorten(last);
    if reserved(&short) { format!("_{short}") } else { short }
}

/// Left out: a person would not miss it.
fn invisible(c: char) -> bool {
    hidden(c) || picture(c).is_some() || skin_tone(c)
}

fn harmless(c: char) -> char {
    match c {
        '/' | '\\' => '/',
        '<' | '>' | ':' | '"' | '|' | '?' | '*'
        // Slashes, colons and dots that only look so, or become so in some programs.
        | '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{ff0f}' | '\u{ff3c}' | '\u{ff1a}' | '\u{2024}' | '\u{ff0e}' => '_',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Without what hides a file (leading dots), makes it an option (`-`) or a home (`~`), or is lost on some systems
/// (trailing dots and blanks).
fn trim(part: &str) -> &str {
    part.trim_start_matches([' ', '.', '-', '~']).trim_end_matches([' ', '.'])
}

fn shorten(name: &str) -> String {
    if name.len() <= NAME_BYTES {
        return name.to_owned();
    }
    let (stem, ending) = match name.rfind('.') {
        Some(dot) if sensible(&name[dot + 1..]) => name.split_at(dot),
        _ => (name, ""),
    };
    let mut end = 0;
    for cluster in clusters(stem).take_while(|cluster| !cluster.is_empty()) {
        if end + cluster.len() + ending.len() > NAME_BYTES {
            break;
        }
        end += cluster.len();
    }
    let stem = trim(&stem[..end]);
    format!("{}{ending}", if stem.is_empty() { UNNAMED } else { stem })
}

fn sensible(ending: &str) -> bool {
    (1..=ENDING_BYTES).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Names of devices on Windows, with any ending.
fn reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|number| {
            matches!(number, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}
