use super::condition::{Moment, Test};
use super::id::RuleId;
use super::rule::{Action, Automation, Recipient};
use super::status::Status;
use super::time::Timestamp;

/// Something that will happen to a ticket by itself: the rows "closes in 1 d" (Z10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// By which automation.
    pub rule: RuleId,
    /// Its name in scripts.
    pub slug: String,
    /// When.
    pub at: Timestamp,
    /// What it does.
    pub does: Does,
}

/// What an automation does, as far as one wants to know of it beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Does {
    /// The ticket is over.
    Closes,
    /// It is solved.
    Solves,
    /// Its requester hears of it.
    Reminds,
    /// Something among the team.
    Works,
}

impl Does {
    /// The name in words files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closes => "close",
            Self::Solves => "solve",
            Self::Reminds => "remind",
            Self::Works => "work",
        }
    }

    /// What an automation does.
    pub fn of(rule: &Automation) -> Self {
        let does = |wanted: Status| rule.then.contains(&Action::Status(wanted));
        let told =
            |action: &Action| matches!(action, Action::Notify(Recipient::Requester | Recipient::RequesterAndCcs, _));
        if does(Status::Closed) {
            Self::Closes
        } else if does(Status::Solved) {
            Self::Solves
        } else if rule.then.iter().any(told) {
            Self::Reminds
        } else {
            Self::Works
        }
    }

    /// Whether the ticket is in another state then, so that what would have come later does not come.
    pub const fn ends(self) -> bool {
        matches!(self, Self::Closes | Self::Solves)
    }

    /// Whether requesters may know of it beforehand, if [they may know why](is_foretold).
    pub const fn is_for_requesters(self) -> bool {
        !matches!(self, Self::Works)
    }
}

/// Whether requesters may know beforehand of what an automation does: not of what comes, or does not, by what only the team
/// sees, for then its moment would tell of it, such as of a note by a new count of days (R126).
pub fn is_foretold(rule: &Automation) -> bool {
    Does::of(rule).is_for_requesters() && rule.when.tests().into_iter().all(is_seen_by_requesters)
}

/// Whether requesters see all that decides how a test of an automation ends.
const fn is_seen_by_requesters(test: &Test) -> bool {
    match test {
        Test::Private(_) | Test::Time(Moment::Entered(Status::Pending | Status::Solved), ..) => true,
        // These look at notes too.
        Test::Time(Moment::Updated, ..)
        | Test::Never(Moment::Updated)
        | Test::Comments(..)
        | Test::Text(..)
        | Test::NumberOrWord(_)
        | Test::HasAttachment(_) => false,
        test => !test.is_for_staff(),
    }
}
