use super::heading::Read;
use crate::domain::person::EmailAddress;

/// Why a mail counts as a machine's: nothing is sent in answer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// It says so itself (RFC 3834), or by a header that programs use for it.
    Marked(&'static str),
    /// It is bulk mail.
    Bulk,
    /// It comes from a mailing list or a newsletter.
    List,
    /// It wants no automatic answer.
    Suppressed,
    /// It came without a sender: it tells of a mail that could not be delivered.
    NoReturnPath,
    /// It is a report on a mail.
    Report,
    /// Its address is that of a machine.
    Robot,
}

impl Automatic {
    /// Its name, for logs and as the key of its words.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Marked(_) => "marked",
            Self::Bulk => "bulk",
            Self::List => "list",
            Self::Suppressed => "suppressed",
            Self::NoReturnPath => "no-return-path",
            Self::Report => "report",
            Self::Robot => "robot",
        }
    }
}

/// Headers whose presence alone says it, as various programs write them.
const MARKS: &[&str] =
    &["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-ms-exchange-inbox-rules-loop"];
const LISTS: &[&str] = &["list-id", "list-unsubscribe", "list-post", "x-mailing-list", "feedback-id"];
const BULK: &[&str] = &["bulk", "list", "junk", "auto_reply", "auto-reply"];
/// What is before the `@` of those who do not read, without `.`, `-` and `_`.
const ROBOTS: &[&str] = &[
    "mailerdaemon",
    "postmaster",
    "noreply",
    "donotreply",
    "nereply",
    "bounce",
    "bounces",
    "autoresponder",
    "listserv",
];

pub(super) fn reason(heading: &Read, from: &EmailAddress) -> Option<Automatic> {
    let lower = |value: &str| value.to_ascii_lowercase();
    // The value ends where its parameters begin.
    let submitted = |value: &str| lower(value.split([';', '(']).next().unwrap_or_default().trim()) != "no";
    if heading.values("auto-submitted").any(submitted) {
        return Some(Automatic::Marked("auto-submitted"));
    }
    if let Some(mark) = MARKS.iter().find(|mark| heading.values(mark).next().is_some()) {
        return Some(Automatic::Marked(mark));
    }
    if heading.values("delivered-to").any(|to| lower(to).contains("autoresponder")) {
        return Some(Automatic::Marked("delivered-to"));
    }
    if heading.content_type == "multipart/report" || heading.values("x-failed-recipients").next().is_some() {
        return Some(Automatic::Report);
    }
    if heading.values("return-path").any(|path| matches!(path.trim(), "<>" | "")) {
        return Some(Automatic::NoReturnPath);
    }
    if heading.values("precedence").any(|value| BULK.contains(&lower(value).as_str())) {
        return Some(Automatic::Bulk);
    }
    if LISTS.iter().any(|name| heading.values(name).next().is_some()) {
        return Some(Automatic::List);
    }
    let suppresses = |value: &str| lower(value).split(',').any(|one| matches!(one.trim(), "all" | "autoreply" | "oof"));
    if heading.values("x-auto-response-suppress").any(suppresses) {
        return Some(Automatic::Suppressed);
    }
    is_robot(from).then_some(Automatic::Robot)
}

fn is_robot(from: &EmailAddress) -> bool {
    let folded = from.folded();
    let local = folded.split(['@', '+', '=']).next().unwrap_or_default();
    let name: String = local.chars().filter(|c| !".-_".contains(*c)).collect();
    ROBOTS.contains(&name.as_str())
}
