mod field;
mod form;
mod status;

pub use field::{Field, FieldOption, SentField, SentOption};
pub use form::{Form, FormCondition, SentForm};
pub use status::{SentStatus, Status};

use crate::domain::word::words;

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// A name for scripts out of a title, with this between its words.
fn slug_of(title: &str, between: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric();
    let parts = words(title).into_iter().map(|word| word.chars().filter(plain).collect::<String>());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between).chars().take(60).collect()
}
