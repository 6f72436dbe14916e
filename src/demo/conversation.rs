use super::calendar::at_work;
use super::dice::Dice;
use crate::domain::status::Status;
use crate::domain::time::{Span, Timestamp};

/// Somebody's turn to say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The requester says what has happened.
    Open,
    /// The agent wants to know something.
    Ask,
    /// The requester answers that.
    Answer,
    /// Agents among themselves.
    Note,
    /// The agent says what was done.
    Fix,
    /// The requester is content.
    Thanks,
    /// The requester wonders why nobody answers.
    Nudge,
    /// The requester has the same trouble again.
    Relapse,
    /// The agent says that others look at it.
    Hold,
}

use Turn::{Answer, Ask, Fix, Hold, Note, Nudge, Open, Relapse, Thanks};

/// Whole conversations by their length: one to six comments. One that ends with a question was closed for want of an
/// answer.
const WHOLE: [&[&[Turn]]; 6] = [
    &[&[Open]],
    &[&[Open, Fix], &[Open, Fix], &[Open, Fix], &[Open, Fix], &[Open, Ask]],
    &[&[Open, Note, Fix], &[Open, Note, Fix], &[Open, Fix, Thanks], &[Open, Nudge, Fix], &[Open, Note, Ask]],
    &[&[Open, Ask, Answer, Fix], &[Open, Ask, Answer, Fix], &[Open, Note, Fix, Thanks], &[Open, Fix, Relapse, Fix]],
    &[
        &[Open, Ask, Answer, Note, Fix],
        &[Open, Note, Ask, Answer, Fix],
        &[Open, Ask, Answer, Fix, Thanks],
        &[Open, Nudge, Ask, Answer, Fix],
    ],
    &[
        &[Open, Note, Ask, Answer, Fix, Thanks],
        &[Open, Ask, Answer, Note, Fix, Thanks],
        &[Open, Fix, Relapse, Note, Fix, Thanks],
        &[Open, Ask, Answer, Hold, Note, Fix],
        &[Open, Ask, Answer, Ask, Answer, Fix],
    ],
];

/// The same between agents.
const PRIVATE: [&[Turn]; 6] = [
    &[Open],
    &[Open, Note],
    &[Open, Note, Fix],
    &[Open, Note, Note, Fix],
    &[Open, Note, Note, Note, Fix],
    &[Open, Note, Note, Note, Note, Fix],
];

/// How many comments tickets are to get: of forty in a row each of these once. One more than three each on average, for
/// some conversations are not over yet.
const LENGTHS: [usize; 40] = [
    1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 5, 6, 6, 6,
    6, 6,
];

/// Who speaks when, and where it has led.
#[derive(Debug)]
pub(super) struct Course {
    pub turns: Vec<(Turn, Timestamp)>,
    pub status: Status,
    /// The entry into the status; the last comment's time when none.
    pub status_at: Option<Timestamp>,
    /// Whether an agent has taken it.
    pub taken: bool,
}

/// How long the conversation of ticket k is to be.
pub(super) fn length(seed: u64, k: u64) -> usize {
    let of = LENGTHS.len() as u64;
    let shift = (seed ^ (k / of)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    // 7 and 40 have no common divisor: every length once in each forty.
    let place = (k % of * 7 + shift) % of;
    LENGTHS[usize::try_from(place).unwrap_or(0)]
}

/// What a ticket is like, as far as its course depends on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nature {
    pub length: usize,
    pub private: bool,
    pub urgent: bool,
    /// Whether the scenario has questions and answers.
    pub asks: bool,
}

/// The course of a ticket that took its own way, as far as it has come by now.
pub(super) fn natural(nature: Nature, opened: Timestamp, now: Timestamp, dice: &mut Dice) -> Course {
    let whole = whole(nature, dice);
    let stuck = dice.per_mille(60) && whole.len() > 1 && now - opened < Span::days(150);
    let mut turns = vec![(Open, opened)];
    let mut at = opened;
    for turn in &whole[1..] {
        let turn = if stuck && *turn == Fix { Hold } else { *turn };
        at = at + pause(turn, nature.urgent, dice);
        if matches!(turn, Ask | Fix | Note | Hold) {
            at = at_work(at, dice);
        }
        if at >= now {
            return unsolved(turns, opened, now, dice);
        }
        turns.push((turn, at));
        if stuck && turn == Hold {
            return unsolved(turns, opened, now, dice);
        }
    }
    finished(turns, opened, now, dice)
}

fn whole(nature: Nature, dice: &mut Dice) -> &'static [Turn] {
    let length = nature.length.clamp(1, 6) - 1;
    if nature.private {
        return PRIVATE[length];
    }
    let fits = |turns: &&&'static [Turn]| nature.asks || !turns.contains(&Ask);
    let fitting = WHOLE[length].iter().filter(fits);
    let chosen = dice.index(fitting.clone().count());
    fitting.into_iter().nth(chosen).copied().unwrap_or(WHOLE[0][0])
}

/// How long it takes until somebody says that, mostly short: minutes to days.
fn pause(turn: Turn, urgent: bool, dice: &mut Dice) -> Span {
    let (low, high) = match turn {
        Open | Ask | Note => (6, 1_500),
        Answer => (4, 6_200),
        Fix => (25, 11_000),
        Thanks => (3, 2_000),
        Nudge => (1_000, 4_000),
        Relapse => (240, 5_000),
        Hold => (60, 2_500),
    };
    let minutes = dice.mostly_low(low, high);
    Span(if urgent { minutes * 60_000 / 5 } else { minutes * 60_000 } + dice.between(0, 60_000))
}

/// The conversation is not over: whoever spoke last decides where the ticket stands.
fn unsolved(turns: Vec<(Turn, Timestamp)>, opened: Timestamp, now: Timestamp, dice: &mut Dice) -> Course {
    let (last, at) = turns.last().copied().unwrap_or((Open, opened));
    let answered = turns.iter().any(|(turn, _)| matches!(turn, Ask | Fix | Hold | Note));
    let taken = answered || dice.per_mille(250);
    let status = match last {
        Open | Nudge if !taken => Status::New,
        Open | Nudge | Answer | Relapse | Note | Thanks => Status::Open,
        Ask => Status::Pending,
        Hold => Status::Hold,
        Fix => return ended(turns, at, now),
    };
    Course { turns, status, status_at: None, taken }
}

/// Everything is said: it was solved with the last comment, or closed for want of an answer.
fn finished(turns: Vec<(Turn, Timestamp)>, opened: Timestamp, now: Timestamp, dice: &mut Dice) -> Course {
    let (last, at) = turns.last().copied().unwrap_or((Open, opened));
    match last {
        Ask if now - at < Span::days(5) => unsolved(turns, opened, now, dice),
        Ask => Course { turns, status: Status::Closed, status_at: Some(at + Span::days(5)), taken: true },
        Open | Note => {
            let done = at_work(at + pause(Fix, false, dice), dice);
            if done >= now { unsolved(turns, opened, now, dice) } else { ended(turns, done, now) }
        }
        _ => ended(turns, at, now),
    }
}

fn ended(turns: Vec<(Turn, Timestamp)>, solved: Timestamp, now: Timestamp) -> Course {
    let closes = solved + Span::days(4);
    let (status, at) = if closes < now { (Status::Closed, closes) } else { (Status::Solved, solved) };
    Course { turns, status, status_at: Some(at), taken: true }
}

/// The course of a ticket whose end is arranged: spread from its opening to its last comment.
pub(super) fn arranged(status: Status, nature: Nature, opened: Timestamp, updated: Timestamp) -> Course {
    let turns: &[Turn] = match (status, nature.private, nature.length > 3 && nature.asks) {
        (Status::Solved | Status::Closed, true, _) => &[Open, Note, Fix],
        (_, true, _) => &[Open, Note],
        (Status::New, ..) => &[Open],
        (Status::Open, _, true) => &[Open, Note, Ask, Answer],
        (Status::Open, ..) => &[Open, Note],
        (Status::Pending, _, true) => &[Open, Ask, Answer, Ask],
        (Status::Pending, ..) => &[Open, Ask],
        (Status::Hold, _, true) => &[Open, Ask, Answer, Hold],
        (Status::Hold, ..) => &[Open, Note, Hold],
        (Status::Solved | Status::Closed, _, true) => &[Open, Ask, Answer, Note, Fix],
        (Status::Solved | Status::Closed, ..) => &[Open, Fix],
    };
    let span = (updated - opened).0.max(0);
    let last = i64::try_from(turns.len() - 1).unwrap_or(0).max(1);
    let timed = turns.iter().zip(0..).map(|(turn, n)| (*turn, opened + Span(span * n / last))).collect();
    let status_at = (status == Status::Closed).then(|| updated + Span::days(4));
    Course { turns: timed, status, status_at, taken: status != Status::New }
}
