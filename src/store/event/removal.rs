//! What was taken away and came back, and what became of letters and mails, as JSON.

use super::{Salt, comment_digest};
use crate::domain::comment::Comment;
use crate::domain::id::{CommentId, PersonId};
use crate::domain::mailroom::MailEvent;
use crate::domain::removal::Removed;
use crate::domain::text::hex;
use crate::store::fault::{Fault, FaultKind};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// The names of what blackens a comment: such an event has the digest that holds from then on.
pub(in crate::store) const REDACTED: [&str; 2] = ["redacted", "file_redacted"];

pub(super) fn write(event: &Removed, salt_of: &BTreeMap<CommentId, Salt>) -> Result<Json, Fault> {
    let blackened = |name: &str, comment: &Comment| {
        let missing = || Fault::new(FaultKind::Other, format!("comment {} has no salt", comment.id));
        let salt = salt_of.get(&comment.id).ok_or_else(missing)?;
        Ok(json!({ "event": name, "comment": comment.id.0, "digest": hex(&comment_digest(salt, comment)) }))
    };
    match event {
        Removed::Deleted { by, spam } => {
            Ok(json!({ "event": "ticket_deleted", "by": by.map(|id| id.0), "spam": spam }))
        }
        Removed::Restored => Ok(json!({ "event": "ticket_restored" })),
        Removed::Purged => Ok(json!({ "event": "ticket_purged" })),
        Removed::Redacted(comment) => blackened(REDACTED[0], comment),
        Removed::FileRedacted(comment) => blackened(REDACTED[1], comment),
    }
}

/// None when it is no such event; `said` is the comment that it names.
pub(super) fn read(json: &Json, said: Option<&Comment>) -> Option<Removed> {
    let comment = || said.cloned().map(Box::new);
    Some(match json["event"].as_str()? {
        "ticket_deleted" => {
            Removed::Deleted { by: json["by"].as_i64().map(PersonId), spam: json["spam"].as_bool().unwrap_or_default() }
        }
        "ticket_restored" => Removed::Restored,
        "ticket_purged" => Removed::Purged,
        "redacted" => Removed::Redacted(comment()?),
        "file_redacted" => Removed::FileRedacted(comment()?),
        _ => return None,
    })
}

pub(super) fn write_mail(event: MailEvent) -> Json {
    let (name, number) = match event {
        MailEvent::PutBack(letter) => ("letter_put_back", letter),
        MailEvent::LetterDropped(letter) => ("letter_dropped", letter),
        MailEvent::MailDropped(mail) => ("mail_dropped", mail),
    };
    json!({ "event": name, "number": number })
}

/// None when it is no such event.
pub(super) fn read_mail(json: &Json) -> Option<MailEvent> {
    let number = json["number"].as_i64()?;
    Some(match json["event"].as_str()? {
        "letter_put_back" => MailEvent::PutBack(number),
        "letter_dropped" => MailEvent::LetterDropped(number),
        "mail_dropped" => MailEvent::MailDropped(number),
        _ => return None,
    })
}
