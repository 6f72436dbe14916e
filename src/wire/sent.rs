mod lenient;
mod organization;
mod ticket;
mod user;

pub use organization::Organization;
pub use ticket::{Coming, CommentSent, FieldSent, Number, Somebody, TicketSent, Words};
pub use user::{Identity, NamedOrganization, User};

use super::Given;
use crate::domain::refusal::{Field, Refusal};
use crate::domain::tag::Tag;
use std::collections::BTreeSet;

/// A text of a profile as a change has it: what is taken away becomes empty.
fn kept(sent: &Given<String>) -> Option<String> {
    sent.clone().change().map(Option::unwrap_or_default)
}

/// Labels, parted at spaces.
fn labels(sent: &[String]) -> Result<BTreeSet<Tag>, Refusal> {
    let parts = sent.iter().flat_map(|text| text.split_whitespace());
    parts.map(Tag::parse).collect::<Result<_, _>>().map_err(|_| Refusal::Malformed(Field::Tags))
}
