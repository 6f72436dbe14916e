//! Whether what is said in several languages is said in each of them.

use super::MAX_NAME_CHARS;
use crate::domain::decide::work::{bounded_line, optional_line};
use crate::domain::locale::is_known;
use crate::domain::refusal::{BadWords, Field, Refusal};
use crate::domain::setup::Item;
use std::collections::BTreeSet;

/// Titles and texts: none is empty or too long, and each stands under a language that there is, once.
pub(super) fn check(item: &Item) -> Result<(), Refusal> {
    match item {
        Item::Kind(one) => {
            line("name", &one.name)?;
            languages("translations", one.translations.keys())?;
            one.translations
                .iter()
                .try_for_each(|(code, words)| line(&format!("translations.{code}.name"), &words.name))
        }
        Item::Field(one) => {
            line("title", &one.title)?;
            maybe("requester_title", one.requester_title.as_deref())?;
            languages("translations", one.translations.keys())?;
            for (code, words) in &one.translations {
                line(&format!("translations.{code}.title"), &words.title)?;
                maybe(&format!("translations.{code}.requester_title"), words.requester_title.as_deref())?;
            }
            for (option, at) in one.kind.options().iter().zip(1..) {
                line(&format!("options.{at}.name"), &option.name)?;
                languages(&format!("options.{at}.translations"), option.translations.keys())?;
                for (code, name) in &option.translations {
                    line(&format!("options.{at}.translations.{code}"), name)?;
                }
            }
            Ok(())
        }
        Item::Status(one) => {
            maybe("requester_name", one.requester_name.as_deref())?;
            languages("translations", one.translations.keys())?;
            for (code, words) in &one.translations {
                line(&format!("translations.{code}.name"), &words.name)?;
                maybe(&format!("translations.{code}.requester_name"), words.requester_name.as_deref())?;
            }
            Ok(())
        }
        Item::Text(one) => {
            if one.bodies.is_empty() {
                return Err(bad("texts", BadWords::Empty));
            }
            languages("texts", one.bodies.keys())?;
            for (code, wording) in &one.bodies {
                for (name, text) in [("subject", &wording.subject), ("body", &wording.body)] {
                    if text.trim().is_empty() {
                        return Err(bad(&format!("texts.{code}.{name}"), BadWords::Empty));
                    }
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn bad(key: &str, why: BadWords) -> Refusal {
    Refusal::BadWords { key: key.to_owned(), why }
}

fn named(key: &str, refusal: &Refusal) -> Refusal {
    match refusal {
        Refusal::TooLong { max, .. } => bad(key, BadWords::TooLong(*max)),
        _ => bad(key, BadWords::Empty),
    }
}

fn line(key: &str, text: &str) -> Result<(), Refusal> {
    bounded_line(text, Field::Name, MAX_NAME_CHARS).map(|_| ()).map_err(|refusal| named(key, &refusal))
}

/// What may be left out: nothing is as if it were.
fn maybe(key: &str, text: Option<&str>) -> Result<(), Refusal> {
    optional_line(text, Field::Name, MAX_NAME_CHARS).map(|_| ()).map_err(|refusal| named(key, &refusal))
}

fn languages<'t>(key: &str, tags: impl Iterator<Item = &'t String>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for tag in tags {
        let path = format!("{key}.{tag}");
        if !is_known(tag) {
            return Err(bad(&path, BadWords::NoLanguage));
        }
        if !seen.insert(tag.replace('_', "-").to_lowercase()) {
            return Err(bad(&path, BadWords::Twice));
        }
    }
    Ok(())
}
