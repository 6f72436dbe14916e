//! Text that comes as HTML, without its tags: what the API's clients write in `html_body`.

/// The text of some HTML: lines where blocks end, list items with a dash. What stands in scripts and styles is left out.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push(&mut text, &rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            rest = "";
            break;
        };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let (name, closes) = (name.to_ascii_lowercase(), tag.starts_with('/'));
        match name.as_str() {
            "script" | "style" | "head" if !closes => rest = after(rest, &name),
            "br" => text.push('\n'),
            "li" if !closes => text.push_str("\n- "),
            "p" | "div" | "tr" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "h4" | "ul" | "ol" if closes => {
                text.push_str(if name == "p" { "\n\n" } else { "\n" });
            }
            _ => {}
        }
    }
    push(&mut text, rest);
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidy.push_str(line.trim_end());
            tidy.push('\n');
        }
    }
    tidy.trim().to_owned()
}

/// What stands behind the end of an element.
fn after<'h>(html: &'h str, name: &str) -> &'h str {
    let end = format!("</{name}");
    let found = html.as_bytes().windows(end.len()).position(|part| part.eq_ignore_ascii_case(end.as_bytes()));
    found.map_or("", |at| &html[at..])
}

/// Letters between tags, with what stands for others written out.
fn push(text: &mut String, mut letters: &str) {
    while let Some(at) = letters.find('&') {
        text.push_str(&letters[..at]);
        letters = &letters[at..];
        let end = letters.bytes().take(12).position(|byte| byte == b';');
        let (letter, length) = end.and_then(|end| Some((letter(&letters[1..end])?, end + 1))).unwrap_or(('&', 1));
        text.push(letter);
        letters = &letters[length..];
    }
    text.push_str(letters);
}

fn letter(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?).filter(|c| !c.is_control() || *c == '\n')?
        }
    })
}
