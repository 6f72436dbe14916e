//! The words of a reply without what it quotes and without its signature.
//!
//! Only what stands at the end goes: quotes with the line that announces them, signatures, the copy of the earlier mail
//! that Outlook puts below. What somebody wrote below or between quotes stays, and the quotes between with it, for
//! without them such answers say nothing. Where in doubt words stay; the whole text is kept beside this one anyway.
//!
//! Every line is looked at a bounded number of times.

mod line;
mod words;

use line::Line;

/// Lines that a signature without the exact mark `-- ` may have.
const SIGNATURE_LINES: usize = 12;
/// Lines that the foot of a mailing list may have.
const FOOT_LINES: usize = 8;
/// Lines over which an announcement ("On … wrote:") may be broken.
const ANNOUNCEMENT_LINES: usize = 5;
/// Lines of a copied mail's head that are looked at.
const HEAD_LINES: usize = 8;

/// The reply alone; the whole text where nothing else would be left.
pub fn reply(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<Line<'_>> = text.split('\n').map(Line::new).collect();
    // A mail that is sent on was to be said; nothing below its line is a copy.
    let before = lines.iter().position(Line::is_forward).unwrap_or(lines.len());
    let end = cut(&lines[..before]).unwrap_or(lines.len());
    let kept = trailing(&lines, end);
    let kept = if own(&lines[..kept]) { kept } else { trailing(&lines, lines.len()) };
    let kept = if own(&lines[..kept]) { kept } else { lines.len() };
    let reply = lines[..kept].iter().map(|line| line.text.trim_end()).collect::<Vec<_>>().join("\n");
    reply.trim_matches('\n').to_owned()
}

/// Whether there are words that are not quoted.
fn own(lines: &[Line<'_>]) -> bool {
    lines.iter().any(Line::is_own)
}

/// Where the copy of an earlier mail begins that is not marked line by line, if one does.
fn cut(lines: &[Line<'_>]) -> Option<usize> {
    (0..lines.len())
        .find(|at| {
            let line = &lines[*at];
            if line.is_separator() || line.begins_head() && is_head(&lines[*at..]) {
                return true;
            }
            // Announced, and what follows is not marked as quoted.
            let from = if line.ends_announcement() { announced_from(lines, *at) } else { None };
            from.is_some_and(|from| lines[from..=*at].iter().any(Line::is_precise)) && !marked_below(&lines[*at + 1..])
        })
        .map(|at| {
            let start = announced_from(lines, at).filter(|_| lines[at].ends_announcement()).unwrap_or(at);
            // A rule above the head of the copy belongs to it.
            (0..start)
                .rev()
                .find(|above| !lines[*above].is_blank())
                .filter(|above| lines[*above].is_rule())
                .unwrap_or(start)
        })
}

/// Whether the first lines are the head of a mail: From, Sent, To, Subject in some language, three of them at least.
fn is_head(lines: &[Line<'_>]) -> bool {
    let mut named = 0;
    for line in lines.iter().take(HEAD_LINES) {
        if line.is_blank() {
            break;
        }
        named += usize::from(line.is_head_line());
    }
    named >= 3
}

/// Whether the next line that says something is marked as quoted, or there is none.
fn marked_below(lines: &[Line<'_>]) -> bool {
    lines.iter().find(|line| !line.is_blank()).is_none_or(Line::is_quoted)
}

/// The first line of the announcement that ends here.
fn announced_from(lines: &[Line<'_>], end: usize) -> Option<usize> {
    let first = (end + 1).saturating_sub(ANNOUNCEMENT_LINES);
    for at in (first..=end).rev() {
        let line = &lines[at];
        if line.is_blank() || line.is_quoted() {
            return None;
        }
        if line.begins_announcement() && lines[at..=end].iter().any(Line::has_digit) {
            return Some(at);
        }
    }
    None
}

/// How many lines are left when from the end goes what is not said: again and again, for a signature can stand above
/// quotes and quotes above a signature.
fn trailing(lines: &[Line<'_>], mut end: usize) -> usize {
    loop {
        while end > 0 && lines[end - 1].is_blank() {
            end -= 1;
        }
        if end == 0 {
            return 0;
        }
        let before = end;
        if lines[end - 1].is_quoted() {
            end = above_quotes(lines, end);
        } else if lines[end - 1].ends_announcement() {
            end = announced_from(lines, end - 1).unwrap_or(end);
        } else if lines[end - 1].is_mobile() {
            end -= 1;
        } else if let Some(start) = signature(&lines[..end]) {
            end = start;
        }
        if end == before {
            return end;
        }
    }
}

/// Above the quotes that end here, and above their announcement.
fn above_quotes(lines: &[Line<'_>], mut end: usize) -> usize {
    while end > 0 && (lines[end - 1].is_blank() || lines[end - 1].is_quoted()) {
        end -= 1;
    }
    if end > 0 && lines[end - 1].ends_announcement() { announced_from(lines, end - 1).unwrap_or(end) } else { end }
}

/// Where the signature or the foot of a list begins with which these lines end. A quote ends the search: what is below
/// it is an answer to it.
fn signature(lines: &[Line<'_>]) -> Option<usize> {
    for (below, line) in lines.iter().rev().enumerate().take(lines.len().min(200)) {
        let at = lines.len() - 1 - below;
        if line.is_quoted() {
            return None;
        }
        let is_mark = line.is_signature_mark()
            || below < SIGNATURE_LINES && line.is_loose_mark()
            || below < FOOT_LINES && line.is_foot_rule() && below > 0;
        if is_mark {
            return Some(at);
        }
    }
    None
}
