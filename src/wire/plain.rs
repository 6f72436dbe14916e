//! Text that comes as HTML, without its tags: what the API's clients write in `html_body`.

/// The text of some HTML: lines where blocks end, list items with a dash. What stands in scripts and styles is left out.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    // Where a link leads whose words are being read, and where they begin.
    let mut link: Option<(String, usize)> = None;
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
            "a" if !closes => link = address(tag, "href").map(|to| (to, text.len())),
            "a" => {
                if let Some((to, from)) = link.take() {
                    named(&mut text, from, &to);
                }
            }
            "img" => {
                let from = text.len();
                push(&mut text, attribute(tag, "alt").unwrap_or_default().trim());
                if let Some(at) = address(tag, "src") {
                    named(&mut text, from, &at);
                }
            }
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

/// Writes an address behind the words that stand for it, unless they say it themselves.
fn named(text: &mut String, from: usize, to: &str) {
    let words = text.get(from..).unwrap_or_default().trim();
    let said = words == to || to.strip_prefix("mailto:").or_else(|| to.strip_prefix("tel:")) == Some(words);
    if said {
        return;
    }
    if words.is_empty() {
        text.push_str(to);
    } else {
        text.push_str(" (");
        text.push_str(to);
        text.push(')');
    }
}

/// An address that an attribute of a tag has, of a kind that can be followed from a text.
fn address(tag: &str, name: &str) -> Option<String> {
    let mut written = String::new();
    push(&mut written, attribute(tag, name)?.trim());
    let lower = written.to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
    (known && !written.contains(char::is_whitespace)).then_some(written)
}

/// What an attribute of a tag says, as it is written.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower[from..].find(name)?;
        from = at + name.len();
        let begins = tag[..at].ends_with(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '/'));
        let value = tag[from..].trim_start().strip_prefix('=').filter(|_| begins).map(str::trim_start);
        let Some(value) = value else { continue };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        return Some(match quote {
            Some(quote) => value[1..].split(quote).next().unwrap_or_default(),
            None => value.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default(),
        });
    }
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

#[cfg(test)]
mod test {
    use super::plain;

    #[test]
    fn links_and_images_keep_their_address() {
        let rows = [
            (
                "<p>Reset <a href=\"https://x.example/r?a=1&amp;b=2\">here</a>.</p>",
                "Reset here (https://x.example/r?a=1&b=2).",
            ),
            ("<a class=x HREF='https://x.example/'>https://x.example/</a>", "https://x.example/"),
            ("<a href=mailto:ana@x.example>ana@x.example</a>", "ana@x.example"),
            ("<a href=\"javascript:alert(1)\">here</a><a>there</a>", "herethere"),
            ("<img alt=\"Lock\" src=\"https://x.example/i.png\"/>", "Lock (https://x.example/i.png)"),
            (
                "<a href=\"https://x.example/\"><img data-src=\"a\" src=\"https://x.example/i.png\"></a>",
                "https://x.example/i.png (https://x.example/)",
            ),
            ("<img src=\"data:image/png;base64,AAAA\">", ""),
            ("<a href=\"https://x.example/", ""),
        ];
        for (html, text) in rows {
            assert_eq!(plain(html), text, "{html}");
        }
    }
}
