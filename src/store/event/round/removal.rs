//! What goes, comes back and is blackened, and what becomes of letters and mails.

use super::{comment, id};
use crate::domain::id::PersonId;
use crate::domain::mailroom::MailEvent;
use crate::domain::removal::Removed;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

pub(super) fn removed() -> impl Strategy<Value = Removed> {
    let by = (option::of(id(PersonId)), any::<bool>());
    Union::new(vec![
        by.prop_map(|(by, spam)| Removed::Deleted { by, spam }).boxed(),
        Just(Removed::Restored).boxed(),
        Just(Removed::Purged).boxed(),
        comment().prop_map(|comment| Removed::Redacted(Box::new(comment))).boxed(),
        comment().prop_map(|comment| Removed::FileRedacted(Box::new(comment))).boxed(),
    ])
}

pub(super) fn of_mails() -> impl Strategy<Value = MailEvent> {
    let which =
        select(vec![MailEvent::PutBack as fn(i64) -> MailEvent, MailEvent::LetterDropped, MailEvent::MailDropped]);
    (which, any::<i64>()).prop_map(|(event, number)| event(number))
}
