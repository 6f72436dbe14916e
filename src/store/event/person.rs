//! What happened to a person as a whole, as JSON.

use super::read::Broken;
use crate::domain::id::{CommentId, PersonId};
use crate::domain::life::PersonEvent;
use serde_json::{Value as Json, json};

/// The name of what takes subjects and fields off tickets.
pub(in crate::store) const WORDS_ERASED: &str = "words_erased";

pub(super) fn write(event: &PersonEvent) -> Json {
    match event {
        PersonEvent::Merged { person, into } => {
            json!({ "event": "person_merged", "person": person.0, "into": into.0 })
        }
        PersonEvent::Deleted(person) => json!({ "event": "person_deleted", "person": person.0 }),
        PersonEvent::Erased { person, texts } => {
            json!({ "event": "person_erased", "person": person.0, "texts": texts })
        }
        PersonEvent::LinkMade(person) => json!({ "event": "link_made", "person": person.0 }),
        PersonEvent::TokenMade { person, name } => {
            json!({ "event": "token_made", "person": person.0, "token": name })
        }
        PersonEvent::TokenRevoked { person, name } => {
            json!({ "event": "token_revoked", "person": person.0, "token": name })
        }
        PersonEvent::TextsErased(comments) => {
            json!({ "event": "texts_erased", "comments": comments.iter().map(|id| id.0).collect::<Vec<_>>() })
        }
        PersonEvent::WordsErased => json!({ "event": WORDS_ERASED }),
    }
}

/// None when it is no such event.
pub(super) fn read(json: &Json) -> Option<Result<PersonEvent, Broken>> {
    let person = || json["person"].as_i64().map(PersonId).ok_or(Broken("person"));
    let token = || json["token"].as_str().map(str::to_owned).ok_or(Broken("token"));
    let event = match json["event"].as_str()? {
        "person_merged" => person().and_then(|person| {
            let into = json["into"].as_i64().map(PersonId).ok_or(Broken("into"))?;
            Ok(PersonEvent::Merged { person, into })
        }),
        "person_deleted" => person().map(PersonEvent::Deleted),
        "person_erased" => person().and_then(|person| {
            let texts = json["texts"].as_bool().ok_or(Broken("texts"))?;
            Ok(PersonEvent::Erased { person, texts })
        }),
        "link_made" => person().map(PersonEvent::LinkMade),
        "token_made" => person().and_then(|person| Ok(PersonEvent::TokenMade { person, name: token()? })),
        "token_revoked" => person().and_then(|person| Ok(PersonEvent::TokenRevoked { person, name: token()? })),
        WORDS_ERASED => Ok(PersonEvent::WordsErased),
        "texts_erased" => erased(json).map(PersonEvent::TextsErased),
        _ => return None,
    };
    Some(event)
}

fn erased(json: &Json) -> Result<std::collections::BTreeSet<CommentId>, Broken> {
    let list = json["comments"].as_array().ok_or(Broken("comments"))?;
    list.iter().map(|id| id.as_i64().map(CommentId).ok_or(Broken("comments"))).collect()
}

/// The comments whose texts an event took away, whatever event it is.
pub(in crate::store) fn erased_by(json: &Json) -> Vec<CommentId> {
    if json["event"] == "texts_erased" { erased(json).unwrap_or_default().into_iter().collect() } else { Vec::new() }
}
