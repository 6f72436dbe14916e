//! Which characters are what.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Shown as `<U+202E>`: everything that is invisible, changes direction or has no meaning that all agree on. C1
/// controls, format characters, fillers and blanks that look like nothing, variation selectors, tags, private use,
/// non-characters.
pub(super) fn hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
        || (c as u32) & 0xfffe == 0xfffe
        || joins_next(c)
}

/// Signs before the letter that they belong to. Without width of their own, they would cling to whatever is drawn next.
fn joins_next(c: char) -> bool {
    matches!(
        c,
        '\u{d4e}' | '\u{111c2}' | '\u{111c3}' | '\u{113d1}' | '\u{1193f}' | '\u{11941}' | '\u{11a3a}' | '\u{11a84}'
            ..='\u{11a89}' | '\u{11d46}' | '\u{11f02}'
    )
}

/// The visible picture of a C0 control or DEL.
pub(super) fn picture(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('\u{2421}'),
        _ => None,
    }
}

/// Asks for another look of the character before it.
pub(super) fn variation(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

pub(super) fn skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Scripts whose spelling needs the zero-width joiners: Arabic to Mongolian.
pub(super) fn joining_script(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{18af}')
}

/// An emoji or other pictograph, as the rules of grapheme clusters see it.
pub(super) fn pictograph(c: char) -> bool {
    // The property is not in std; the segmentation joins "©, ZWJ, c" exactly for pictographs.
    matches!(c, '\u{a9}'..) && one_cluster(['\u{a9}', '\u{200d}', c])
}

/// A combining mark, given that it is not the first character of its cluster.
pub(super) fn mark(c: char) -> bool {
    match (c, c.width()) {
        // Vowels and final consonants of Korean syllables have no width but are letters.
        ('\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}', _) => false,
        (_, Some(0)) => true,
        _ => attaches(c),
    }
}

/// Joins any letter before it.
pub(super) fn attaches(c: char) -> bool {
    !c.is_ascii() && one_cluster(['\u{200b}', 'a', c])
}

/// Whether the last characters make one cluster.
fn one_cluster(chars: [char; 3]) -> bool {
    let text: String = chars.iter().skip_while(|c| **c == '\u{200b}').collect();
    text.graphemes(true).nth(1).is_none()
}

/// The character for a window title.
pub(super) fn plain(c: char) -> char {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '#' | '-' | '_' | '.' | ',' | ':' | '/' | '(' | ')' | '+' | '@' => c,
        '\u{a0}' | '\u{202f}' => ' ',
        '·' | '–' | '—' => '-',
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'À'..='Å' => 'A',
        'Ç' => 'C',
        'È'..='Ë' => 'E',
        'Ì'..='Ï' => 'I',
        'Ñ' => 'N',
        'Ò'..='Ö' => 'O',
        'Ù'..='Ü' => 'U',
        _ => '_',
    }
}
