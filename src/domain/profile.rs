use super::id::GroupId;
use super::refusal::{Field, Refusal};
use super::tag::Tag;
use super::text::{one_line, storable};
use std::collections::BTreeSet;

/// What the team keeps of somebody or of an organization for itself. End users are told nothing of it, not even of their
/// own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Labels.
    pub tags: BTreeSet<Tag>,
    /// What agents wrote down.
    pub notes: Option<String>,
    /// Where to find them, and the like.
    pub details: Option<String>,
    /// Of people: the name that others than the team are meant to read.
    pub alias: Option<String>,
    /// Of agents: what stands below what they write.
    pub signature: Option<String>,
    /// Of organizations: its number in another system.
    pub external_id: Option<String>,
    /// Of organizations: the group that works on its tickets.
    pub group: Option<GroupId>,
}

/// What becomes different of a profile; what is none stays, and an empty text takes away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// All labels.
    pub tags: Option<BTreeSet<Tag>>,
    /// See [`Profile::notes`].
    pub notes: Option<String>,
    /// See [`Profile::details`].
    pub details: Option<String>,
    /// See [`Profile::alias`].
    pub alias: Option<String>,
    /// See [`Profile::signature`].
    pub signature: Option<String>,
    /// See [`Profile::external_id`].
    pub external_id: Option<String>,
    /// See [`Profile::group`].
    pub group: Option<Option<GroupId>>,
}

impl Profile {
    /// The longest text, in characters.
    pub const MAX_CHARS: usize = 65_536;
    /// The longest text of one line, in characters.
    pub const MAX_LINE_CHARS: usize = 255;
    /// The most labels.
    pub const MAX_TAGS: usize = 200;

    /// As it is kept: nothing where nothing is in it.
    pub fn kept(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }

    /// What becomes of it.
    ///
    /// # Errors
    /// [`Refusal::TooLong`]
    pub fn changed(before: Option<&Self>, change: &ProfileChange) -> Result<Option<Box<Self>>, Refusal> {
        let mut after = before.cloned().unwrap_or_default();
        if let Some(tags) = &change.tags {
            if tags.len() > Self::MAX_TAGS {
                return Err(Refusal::TooLong { field: Field::Tags, max: Self::MAX_TAGS as u64 });
            }
            after.tags.clone_from(tags);
        }
        let texts = [
            (&mut after.notes, &change.notes, Field::Profile, Self::MAX_CHARS),
            (&mut after.details, &change.details, Field::Profile, Self::MAX_CHARS),
            (&mut after.signature, &change.signature, Field::Profile, Self::MAX_CHARS),
            (&mut after.alias, &change.alias, Field::Profile, Self::MAX_LINE_CHARS),
            (&mut after.external_id, &change.external_id, Field::ExternalId, Self::MAX_LINE_CHARS),
        ];
        for (kept, wanted, field, max) in texts {
            if let Some(text) = wanted {
                *kept = written(text, field, max)?;
            }
        }
        after.group = change.group.unwrap_or(after.group);
        Ok(after.kept())
    }
}

/// A text as it is kept: none when nothing is in it, and one line where no more fits.
///
/// # Errors
/// [`Refusal::TooLong`]
pub(super) fn written(text: &str, field: Field, max: usize) -> Result<Option<String>, Refusal> {
    let text = if max == Profile::MAX_LINE_CHARS { one_line(text) } else { storable(text.trim()) };
    if text.chars().count() > max {
        return Err(Refusal::TooLong { field, max: max as u64 });
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}
