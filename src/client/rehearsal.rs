use super::Answer;
use crate::domain::act::Deed;
use crate::domain::decide::Outcome;

/// Acts on the set-up, each told what it would be told if those before it had been done. The account stays as it is, and
/// others use it meanwhile.
pub trait Rehearsal: Send {
    /// One more. What it would make has a number that only this rehearsal knows: later acts name it by that.
    ///
    /// The errors are those of [`Client::act`](super::Client::act), but
    /// [`Error::NotRehearsed`](super::Error::NotRehearsed) of what is not [of the set-up](Deed::is_of_set_up). What is
    /// refused would change nothing for those that come next.
    fn act(&mut self, deed: Deed) -> Answer<'_, Outcome>;
}
