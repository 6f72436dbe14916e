use super::id::StatusId;
use super::locale::nearest;
use super::time::Timestamp;
use std::collections::BTreeMap;

/// Where a ticket stands. Ordered as the search language orders it: new < open < pending < hold < solved < closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nobody has looked at it. Only agents see this; requesters see Open (D11).
    New,
    /// In the hands of the team (R170).
    Open,
    /// The ball is with the requester (R171).
    Pending,
    /// With an internal team (R175).
    Hold,
    /// Done (R176); reopens by an answer until it is closed.
    Solved,
    /// Over: takes no comment and no change (D13).
    Closed,
}

impl Status {
    /// All, in order.
    pub const ALL: [Self; 6] = [Self::New, Self::Open, Self::Pending, Self::Hold, Self::Solved, Self::Closed];

    /// The name on the wire and in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Hold => "hold",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }

    /// The status of that name; `on-hold` is understood too.
    pub fn parse(name: &str) -> Option<Self> {
        if name == "on-hold" { Some(Self::Hold) } else { Self::ALL.into_iter().find(|status| status.name() == name) }
    }

    /// Whether work on it is still to be done.
    pub fn is_unsolved(self) -> bool {
        self < Self::Solved
    }
}

/// A status with what belongs to it: the timers count from these moments (D9, D10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// See [`Status::New`].
    New,
    /// See [`Status::Open`].
    Open,
    /// See [`Status::Pending`].
    Pending {
        /// The entry into Pending; a second Pending starts at zero (R174).
        since: Timestamp,
    },
    /// See [`Status::Hold`].
    Hold,
    /// See [`Status::Solved`].
    Solved {
        /// The last change to Solved; a reopening restarts the count (R177).
        since: Timestamp,
    },
    /// See [`Status::Closed`].
    Closed {
        /// When it was closed.
        since: Timestamp,
    },
}

impl State {
    /// The state of a ticket that enters a status now.
    pub const fn entered(status: Status, now: Timestamp) -> Self {
        match status {
            Status::New => Self::New,
            Status::Open => Self::Open,
            Status::Pending => Self::Pending { since: now },
            Status::Hold => Self::Hold,
            Status::Solved => Self::Solved { since: now },
            Status::Closed => Self::Closed { since: now },
        }
    }

    /// The bare status.
    pub const fn status(self) -> Status {
        match self {
            Self::New => Status::New,
            Self::Open => Status::Open,
            Self::Pending { .. } => Status::Pending,
            Self::Hold => Status::Hold,
            Self::Solved { .. } => Status::Solved,
            Self::Closed { .. } => Status::Closed,
        }
    }

    /// Since when, for those states from which a timer counts.
    pub const fn since(self) -> Option<Timestamp> {
        match self {
            Self::Pending { since, .. } | Self::Solved { since } | Self::Closed { since } => Some(since),
            Self::New | Self::Open | Self::Hold => None,
        }
    }
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Can wait.
    Low,
    /// The usual.
    Normal,
    /// Before the usual.
    High,
    /// Now.
    Urgent,
}

impl Priority {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// The name on the wire and in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.name() == name)
    }
}

/// A status that an admin made within one of the categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomStatus {
    /// Which.
    pub id: StatusId,
    /// The category: what it counts as.
    pub category: Status,
    /// As agents read it.
    pub name: String,
    /// As requesters read it; they read the category when none: how agents call it is not theirs to know (D11).
    pub requester_name: Option<String>,
    /// What it is for.
    pub description: String,
    /// Whether it is offered.
    pub active: bool,
    /// Whether a ticket that enters the category without a choice gets this one: one in each category at most.
    pub default: bool,
    /// Its place, from 1.
    pub position: i64,
    /// Names in other languages.
    pub translations: BTreeMap<String, StatusWords>,
}

/// What a status is called in another language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusWords {
    /// As agents read it.
    pub name: String,
    /// As requesters read it.
    pub requester_name: Option<String>,
}

impl CustomStatus {
    /// What it is called, for agents who read that language.
    pub fn name_in(&self, language: &str) -> &str {
        nearest(&self.translations, language).map_or(&self.name, |words| &words.name)
    }

    /// What of it may leave for requesters, who call it by the name for them; nothing where it has none, or where they
    /// must not know of its category (D11).
    pub fn for_requesters(&self) -> Option<Self> {
        let name = self.requester_name.clone().filter(|_| self.category != Status::New)?;
        let words = |(language, words): (&String, &StatusWords)| {
            let name = words.requester_name.clone()?;
            Some((language.clone(), StatusWords { name, requester_name: None }))
        };
        let translations = self.translations.iter().filter_map(words).collect();
        Some(Self { name, requester_name: None, description: String::new(), translations, ..self.clone() })
    }
}
