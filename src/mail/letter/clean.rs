//! Other people's words in a letter.

/// One line of at most so many characters: whatever breaks a line or is invisible becomes a blank or is left out.
pub(super) fn line(text: &str, chars: usize) -> String {
    let visible = text.chars().map(|c| if breaks(c) || c.is_control() { ' ' } else { c }).filter(|c| !turns(*c));
    let words = visible.collect::<String>();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= chars {
        return words;
    }
    words.chars().take(chars - 1).chain(['…']).collect()
}

/// Lines without anything that acts on a terminal or turns the direction of what follows.
pub(super) fn text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || turns(*c))).collect()
}

/// Whether it can be the name of a header, or the code of a language.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.len() <= 60 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn breaks(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}')
}

/// Changes the direction of writing, or is not seen at all.
fn turns(c: char) -> bool {
    matches!(c,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{ad}')
}
