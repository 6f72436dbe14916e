//! Tables of rules: given these tickets, when somebody does that, then this follows, or a refusal.

use super::{World, told};
use guichet::domain::act::Deed;
use guichet::domain::comment::Channel;
use guichet::domain::id::PersonId;
use guichet::domain::refusal::Refusal;

/// A row of a table.
pub struct Row {
    line: &'static str,
    given: World,
    who: PersonId,
    via: Channel,
    deed: Deed,
    then: Result<&'static str, Refusal>,
}

/// A row: its requirement in a few words, the tickets, who does what, and what follows in the words of [`told`].
pub fn row(
    line: &'static str,
    given: impl Into<World>,
    who: PersonId,
    deed: Deed,
    then: Result<&'static str, Refusal>,
) -> Row {
    Row { line, given: given.into(), who, via: Channel::Web, deed, then }
}

impl Row {
    /// By another way than the screen.
    pub fn by(mut self, via: Channel) -> Self {
        self.via = via;
        self
    }
}

/// Every row holds; those that do not are all said at once.
#[track_caller]
pub fn check(rows: impl IntoIterator<Item = Row>) {
    let mut wrong = Vec::new();
    for row in rows {
        let followed = row.given.decide(row.who, row.via, &row.deed).map(|decision| told(&decision));
        if followed != row.then.clone().map(str::to_owned) {
            wrong.push(format!("{}\n  expected {:?}\n  followed {followed:?}", row.line, row.then));
        }
    }
    assert!(wrong.is_empty(), "{} rows do not hold:\n{}", wrong.len(), wrong.join("\n"));
}
