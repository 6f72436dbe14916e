use super::account::{PendingEnd, Settings};
use super::status::State;
use super::ticket::Ticket;
use super::time::{Span, Timestamp};

/// What happens to a ticket by itself. The rules issue makes these editable; the names stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// Pending for 3 days: the requester is reminded (R172).
    Remind,
    /// Pending for 5 days: the ticket ends (R173).
    End,
    /// Solved for 4 days: the ticket is closed (R177).
    Close,
}

impl Timer {
    /// All, in the order in which they run.
    pub const ALL: [Self; 3] = [Self::Remind, Self::End, Self::Close];

    /// The name in scripts and history.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Remind => "remind",
            Self::End => "end",
            Self::Close => "close",
        }
    }

    /// The timer of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|timer| timer.name() == name)
    }

    /// How long after the entry into its state it runs; none when it is switched off.
    pub fn wait(self, settings: &Settings) -> Option<Span> {
        match self {
            Self::Remind => settings.remind_after,
            Self::End => settings.end_after,
            Self::Close => settings.close_after,
        }
    }

    /// When it is due on a ticket; none when it does not concern it. Of a private ticket nobody is reminded (R109).
    pub fn due_at(self, ticket: &Ticket, settings: &Settings) -> Option<Timestamp> {
        if self == Self::Remind && !ticket.is_public() { None } else { due_at(self, ticket.state, settings) }
    }
}

/// When a timer is due on a public ticket in that state.
pub fn due_at(timer: Timer, state: State, settings: &Settings) -> Option<Timestamp> {
    let since = match (timer, state) {
        (Timer::Remind, State::Pending { since, reminded: false })
        | (Timer::End, State::Pending { since, .. })
        | (Timer::Close, State::Solved { since }) => Some(since),
        _ => None,
    };
    since.zip(timer.wait(settings)).map(|(since, wait)| since + wait)
}

/// What comes next to a ticket by itself: the rows "closes in 1 d" (Z10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub timer: Timer,
    /// When.
    pub at: Timestamp,
    /// Whether the ticket is over then: the end of a Pending one may also be Solved (D9).
    pub closes: bool,
}

/// Everything that will happen to a public ticket in that state if nobody does anything, soonest first (Z10); see
/// [`Ticket::due`] for any ticket.
pub fn forecast(state: State, settings: &Settings) -> Vec<Due> {
    let closes = |timer| match timer {
        Timer::Remind => false,
        Timer::End => settings.pending_end == PendingEnd::Closed,
        Timer::Close => true,
    };
    let mut coming: Vec<Due> = Timer::ALL
        .into_iter()
        .filter_map(|timer| due_at(timer, state, settings).map(|at| Due { timer, at, closes: closes(timer) }))
        .collect();
    coming.sort_by_key(|due| due.at);
    // What would come after the end does not come: the ticket is in another state by then.
    let end = coming.iter().position(|due| due.timer != Timer::Remind);
    coming.truncate(end.map_or(coming.len(), |at| at + 1));
    coming
}
