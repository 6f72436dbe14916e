use super::Which;
use super::library::{Team, read};
use super::words::Tongue;
use crate::domain::person::Role;
use crate::domain::status::{Priority, Status};
use crate::domain::time::Span;
use serde::Deserialize;
use std::sync::LazyLock;

/// An account as its file describes it: what is arranged by hand in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct House {
    pub name: String,
    pub language: Tongue,
    /// The mail domain of its agents.
    pub domain: String,
    pub groups: Vec<String>,
    pub teams: Teams,
    pub organization: Vec<Branch>,
    pub person: Vec<Player>,
    /// Tickets arranged by hand and written out.
    ticket: Vec<Entry>,
    /// Tickets arranged by hand, with the words of their scenarios.
    routine: Vec<Entry>,
}

/// The place in `groups` of the group that does a team's work.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Teams {
    front: usize,
    field: usize,
    payments: usize,
    apps: usize,
}

impl Teams {
    pub const fn group(self, team: Team) -> usize {
        match team {
            Team::Front => self.front,
            Team::Field => self.field,
            Team::Payments => self.payments,
            Team::Apps => self.apps,
        }
    }
}

/// An organization that has a name of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Branch {
    pub name: String,
    pub domain: String,
    pub language: Tongue,
    /// Whether only the cast belongs to it, so that its lists stay as they were arranged.
    #[serde(default)]
    pub cast_only: bool,
    /// Whether its people do not see each other's requests (R166).
    #[serde(default)]
    pub discreet: bool,
}

/// One of the cast.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Player {
    /// How entries name them.
    pub key: String,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    #[serde(deserialize_with = "role")]
    pub role: Role,
    #[serde(default)]
    pub groups: Vec<usize>,
    pub organization: Option<String>,
    pub language: Tongue,
}

/// A ticket arranged by hand: what is not said is drawn.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// The requester: one of the cast.
    pub who: String,
    pub scenario: String,
    #[serde(deserialize_with = "status")]
    pub status: Status,
    /// How long ago it was opened.
    pub opened: Age,
    /// How long ago its last comment was made, which is when it came to its status.
    pub updated: Age,
    pub subject: Option<String>,
    /// Its assignee; nobody for a New one.
    pub agent: Option<String>,
    #[serde(default)]
    pub cc: Vec<String>,
    #[serde(default, deserialize_with = "priority")]
    pub priority: Option<Priority>,
    #[serde(default)]
    pub tags: Vec<super::library::Label>,
    /// In how long it is due.
    pub due: Option<Age>,
    /// The whole conversation, where it is not drawn from the scenario.
    #[serde(default)]
    pub comment: Vec<Said>,
}

/// A comment written out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub by: String,
    #[serde(default)]
    pub note: bool,
    /// How long ago.
    pub ago: Age,
    pub text: String,
}

/// A span as people write it: `4m`, `2h`, `3d`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Age(pub Span);

impl TryFrom<String> for Age {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fault = || format!("`{text}` is no span like 4m, 2h or 3d");
        let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(fault)?;
        let number: i64 = number.parse().map_err(|_| fault())?;
        match unit {
            "m" => Ok(Self(Span::minutes(number))),
            "h" => Ok(Self(Span::hours(number))),
            "d" => Ok(Self(Span::days(number))),
            _ => Err(fault()),
        }
    }
}

fn role<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Role, D::Error> {
    named(from, Role::parse)
}

fn status<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Status, D::Error> {
    named(from, Status::parse)
}

fn priority<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Priority>, D::Error> {
    named(from, Priority::parse).map(Some)
}

fn named<'de, D: serde::Deserializer<'de>, T>(from: D, parse: fn(&str) -> Option<T>) -> Result<T, D::Error> {
    let name = String::deserialize(from)?;
    parse(&name).ok_or_else(|| serde::de::Error::custom(format!("nothing is called `{name}`")))
}

static VELO: LazyLock<House> = LazyLock::new(|| read("velo", include_str!("../../assets/demo/velo.toml")));
static BORNES: LazyLock<House> = LazyLock::new(|| read("bornes", include_str!("../../assets/demo/bornes.toml")));

impl House {
    pub fn of(which: Which) -> &'static Self {
        match which {
            Which::VeloMetropole => &VELO,
            Which::BornesPay => &BORNES,
        }
    }

    /// The tickets arranged by hand; those that matter most first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.ticket.iter().chain(&self.routine)
    }

    /// One of them by its place.
    pub fn entry(&self, place: usize) -> Option<&Entry> {
        self.ticket.get(place).or_else(|| self.routine.get(place.checked_sub(self.ticket.len())?))
    }

    /// The place of one of the cast.
    pub fn player(&self, key: &str) -> Option<usize> {
        self.person.iter().position(|one| one.key == key)
    }
}
