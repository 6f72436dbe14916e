//! The user's configuration file, and what is chosen when file, environment and flags are laid over each other.

mod choice;
mod file;
mod mail;
mod places;

pub use choice::{Choice, Flags, Missing, Remote, choose};
pub use file::{KEYS, parse};
pub use places::Places;

use crate::language::nearest;
use crate::mail::settings::Settings as Mail;
use crate::tui::keymap;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// What the configuration file says, or the defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The profile that is used when none is named.
    pub profile: Option<String>,
    /// The language to speak; the system's when none.
    pub language: Option<String>,
    /// How the full screen looks.
    pub theme: Theme,
    /// Whether the full screen takes the mouse.
    pub mouse: bool,
    /// Stores by name.
    pub profiles: BTreeMap<String, Profile>,
    /// Keys of one's own: command name to keys.
    pub keys: BTreeMap<String, Vec<String>>,
    /// How mail leaves and arrives.
    pub mail: Mail,
}

/// A store, and who one is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Where the store is; a file of the profile's name in the data folder when none.
    pub database: Option<String>,
    /// The address of who acts.
    pub acts_as: Option<String>,
    /// Where another server has the account, in place of a store.
    pub url: Option<String>,
    /// What prints the API token with which one signs in there; a sign-in of its own when none.
    pub token_command: Option<String>,
    /// What the server there speaks; found out by asking at `sign-in`.
    pub dialect: Dialect,
    /// Under what name the account knows this program, where that is not its own.
    pub client_id: Option<String>,
    /// Where what signs one in there is kept.
    pub keeps: Keeps,
}

/// Where what signs one in is kept on this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeps {
    /// In a file that only its owner reads.
    #[default]
    File,
    /// In the system's keyring.
    Keyring,
}

impl Keeps {
    /// All.
    pub const ALL: [Self; 2] = [Self::File, Self::Keyring];

    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Keyring => "keyring",
        }
    }
}

/// What a server speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Another Guichet's own.
    #[default]
    Guichet,
    /// Zendesk's REST API v2.
    Zendesk,
}

impl Dialect {
    /// All.
    pub const ALL: [Self; 2] = [Self::Guichet, Self::Zendesk];

    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guichet => "guichet",
            Self::Zendesk => "zendesk",
        }
    }
}

/// How the full screen looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own colours.
    #[default]
    Colours,
    /// Bold, underlined and reversed only.
    Plain,
}

impl Theme {
    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Colours => "colours",
            Self::Plain => "plain",
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            profile: None,
            language: None,
            theme: Theme::default(),
            mouse: true,
            profiles: BTreeMap::new(),
            keys: BTreeMap::new(),
            mail: Mail::default(),
        }
    }
}

/// Something wrong in the configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// On which line, from 1.
    pub line: usize,
    /// What.
    pub fault: Fault,
}

/// What can be wrong in the configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no TOML; in the reader's words.
    Syntax(String),
    /// There is no such key.
    UnknownKey {
        /// As written, with its table.
        key: String,
        /// The nearest key that there is.
        nearest: Option<String>,
    },
    /// The value is of another type.
    WrongType {
        /// Which key.
        key: String,
        /// What it takes.
        expected: Expected,
        /// What was found, as TOML names it.
        found: String,
    },
    /// The value is none of those that the key takes.
    NotOneOf {
        /// Which key.
        key: String,
        /// What was found.
        found: String,
        /// What it takes.
        choices: &'static [&'static str],
    },
    /// Something is wrong with a key of one's own; it is left out.
    Key(keymap::Problem),
}

impl Fault {
    /// Whether the rest of the file can be used all the same.
    pub const fn is_harmless(&self) -> bool {
        matches!(self, Self::UnknownKey { .. } | Self::Key(_))
    }
}

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text.
    Text,
    /// `true` or `false`.
    Switch,
    /// A whole number from 1 to 65,535.
    Number,
    /// A table.
    Table,
    /// A list of texts.
    Texts,
}

impl Expected {
    /// The name of its words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Switch => "switch",
            Self::Number => "number",
            Self::Table => "table",
            Self::Texts => "texts",
        }
    }
}

/// The environment as the program was given it.
#[derive(Clone, Debug, Default)]
pub struct Env(BTreeMap<String, String>);

impl Env {
    /// Variables with a value; empty ones count as not set.
    pub fn new(vars: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(vars.into_iter().filter(|(_, value)| !value.is_empty()).collect())
    }

    /// A variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// The configuration file could not be read.
#[derive(Debug)]
pub struct Unreadable {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub error: std::io::Error,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for Unreadable {}

impl Config {
    /// The file's content, with what is wrong in it. A missing file is an empty one, unless it was named.
    pub fn read(places: &Places) -> Result<(Self, Vec<Problem>), Unreadable> {
        let path = places.config_file();
        match std::fs::read(&path) {
            Ok(bytes) => Ok(parse(&String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !places.config_named() => {
                Ok((Self::default(), Vec::new()))
            }
            Err(error) => Err(Unreadable { path, error }),
        }
    }
}
