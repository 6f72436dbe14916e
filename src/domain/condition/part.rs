use crate::domain::person::Role;
use crate::domain::status::Status;

/// What a ticket points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// Who works on it.
    Assignee,
    /// For whom it is.
    Requester,
    /// Who opened it.
    Submitter,
    /// Somebody in copy.
    Cc,
    /// Somebody who follows it.
    Follower,
    /// The group that works on it.
    Group,
    /// Where its requester belonged when it was opened.
    Organization,
    /// What sort of request it is.
    Kind,
}

impl Link {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Assignee,
        Self::Requester,
        Self::Submitter,
        Self::Cc,
        Self::Follower,
        Self::Group,
        Self::Organization,
        Self::Kind,
    ];

    /// Whether it points to people.
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Assignee | Self::Requester | Self::Submitter | Self::Cc | Self::Follower)
    }
}

/// At what a ticket should point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// At nothing.
    Nobody,
    /// At the one who asks; for groups and organizations at one of theirs. Never true of kinds.
    Me,
    /// At the one with that number.
    Id(i64),
    /// At the person with that address, in lower case. Never true of anything but people.
    Address(String),
    /// At one whose name has all these words, the last as the start of one if so wished. A kind's slug is a name too.
    Name(Pattern),
}

/// Words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Folded ([`super::word`]); never empty.
    pub words: Vec<String>,
    /// Whether the last one is only the start of a word (`prin*`).
    pub open: bool,
}

impl Pattern {
    /// The words of a text; none when it has none.
    pub fn parse(text: &str, open: bool) -> Option<Self> {
        let words = crate::domain::word::words(text);
        (!words.is_empty()).then_some(Self { words, open })
    }

    /// Whether they stand together in a text's words.
    pub fn stands_in(&self, text: &[String]) -> bool {
        text.windows(self.words.len()).any(|window| window.iter().enumerate().all(|(at, word)| self.fits(at, word)))
    }

    /// Whether a word can stand for the one at a place of the pattern.
    pub fn fits(&self, place: usize, word: &str) -> bool {
        let wanted = &self.words[place];
        if self.open && place + 1 == self.words.len() { word.starts_with(wanted.as_str()) } else { word == wanted }
    }
}

/// Short texts on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// One of its tags.
    Tag,
    /// Its number in another system.
    ExternalId,
}

/// What a label should be. Tags are compared in lower case, external numbers as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// There should be none.
    Missing,
    /// Just this.
    Is(String),
    /// It should begin so.
    Starts(String),
}

/// Moments of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// When it was opened.
    Created,
    /// Its last change.
    Updated,
    /// Since when it has been solved, or closed: none before.
    Solved,
    /// When it is due.
    Due,
    /// The entry into this status; none for a ticket in another.
    Entered(Status),
    /// Since when it has been with its assignee; none while nobody has it.
    Assigned,
    /// The last comment of its requester.
    RequesterSaid,
    /// The last comment of its assignee.
    AssigneeSaid,
}

impl Moment {
    /// All.
    pub const ALL: [Self; 13] = [
        Self::Created,
        Self::Updated,
        Self::Solved,
        Self::Due,
        Self::Entered(Status::New),
        Self::Entered(Status::Open),
        Self::Entered(Status::Pending),
        Self::Entered(Status::Hold),
        Self::Entered(Status::Solved),
        Self::Entered(Status::Closed),
        Self::Assigned,
        Self::RequesterSaid,
        Self::AssigneeSaid,
    ];

    /// Whether it tells of what only agents see: what the team does among itself, notes too (R109, D11).
    pub const fn is_for_staff(self) -> bool {
        match self {
            Self::Entered(_) | Self::Assigned | Self::RequesterSaid | Self::AssigneeSaid => true,
            Self::Created | Self::Updated | Self::Solved | Self::Due => false,
        }
    }
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In the subject or in what was said; all in one of them.
    Anywhere,
    /// In the subject.
    Subject,
    /// In what was said.
    Comments,
}

/// What somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    /// The language they read, in lower case: the account's where they chose none.
    Language(String),
    /// What they may do in the account.
    Role(Role),
    /// What stands after the `@` of their address, in lower case.
    Domain(String),
}
