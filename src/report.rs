//! Any error as a sentence, a hint and an exit status: the one way in which the program ends badly.

use crate::client::{Error, StoreFault};
use crate::config::{Fault, Missing, Problem, Unreadable};
use crate::domain::refusal::{Refusal, Sort, Thing};
use crate::language::{Args, Language, args};
use crate::safe::Safe;
use crate::tui::keymap;
use crate::words;
use std::io;
use std::path::{Path, PathBuf};

/// How a run ended. Scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Done.
    Done = 0,
    /// Refused by a rule, or failed.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Not found, or not visible to this person: never told apart.
    NotFound = 3,
    /// This role may not do it.
    Denied = 4,
    /// Somebody changed it first.
    Conflict = 5,
    /// The store or the other side cannot be reached, throttles or answers nonsense.
    Unreachable = 6,
}

impl From<Sort> for Status {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::NotFound => Self::NotFound,
            Sort::Denied | Sort::ShutOut => Self::Denied,
            Sort::Conflict | Sort::KeyReused => Self::Conflict,
            Sort::Unclear => Self::Usage,
            Sort::TooMany | Sort::Unavailable | Sort::Broken => Self::Unreachable,
            Sort::Rule | Sort::TooLarge | Sort::Unsupported | Sort::Stuck => Self::Failed,
        }
    }
}

/// Why a run ended badly.
#[derive(Debug)]
pub enum Failure {
    /// Nobody reads the output any more: the run ends quietly, as if it were done.
    Closed,
    /// The account answered with an error.
    Client(Error),
    /// Something that the words files have a sentence for.
    Said(Said),
    /// A file could not be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// What somebody wrote was not sent; it is kept.
    Kept {
        /// Why it was not sent.
        failure: Box<Failure>,
        /// Where it is.
        kept: Box<Failure>,
    },
    /// Something else around the program failed.
    Io(io::Error),
    /// The configuration file cannot be used.
    Config {
        /// Which.
        path: PathBuf,
        /// What is wrong in it; the first one is told.
        problem: Problem,
    },
}

/// A sentence of the words files with what stands in it.
#[derive(Clone, Debug)]
pub struct Said {
    key: &'static str,
    args: Vec<(&'static str, String)>,
    status: Status,
}

/// What is told about a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What happened.
    pub sentence: Safe,
    /// What to do about it.
    pub hint: Option<Safe>,
    /// The exit status.
    pub status: u8,
}

impl Failure {
    /// A sentence of the words files: `key`, with its hint in the attribute `.hint` if it has one.
    pub const fn said(key: &'static str, status: Status) -> Self {
        Self::Said(Said { key, args: Vec::new(), status })
    }

    /// The same with a text that stands in it.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Said(said) = &mut self {
            said.args.push((name, value.into()));
        }
        self
    }

    /// A file that could not be read or written.
    pub fn file(path: impl AsRef<Path>, error: io::Error) -> Self {
        Self::File { path: path.as_ref().to_owned(), error }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Client(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Io(error) }
    }
}

impl From<Unreadable> for Failure {
    fn from(unreadable: Unreadable) -> Self {
        Self::File { path: unreadable.path, error: unreadable.error }
    }
}

impl From<Missing> for Failure {
    fn from(missing: Missing) -> Self {
        match missing.nearest {
            Some(nearest) => Self::said("report-no-profile-but", Status::Usage)
                .with("profile", missing.profile)
                .with("nearest", nearest),
            None => Self::said("report-no-profile", Status::Usage).with("profile", missing.profile),
        }
    }
}

impl Report {
    /// What is told about a failure, in the reader's language. None when nobody reads.
    pub fn of(failure: &Failure, language: &Language) -> Option<Self> {
        let report = match failure {
            Failure::Closed => return None,
            Failure::Client(error) => Self::of_client(error, language),
            Failure::Said(said) => {
                let mut args = Args::new();
                for (name, value) in &said.args {
                    args.set(*name, value.clone());
                }
                Self::words(language, said.key, args, said.status)
            }
            Failure::File { path, error } => {
                let args = args![path = path.display().to_string(), why = why(error, language)];
                Self::words(language, "report-file", args, Status::Failed)
            }
            Failure::Kept { failure, kept } => {
                let mut report = Self::of(failure, language)?;
                let kept = Self::of(kept, language)?.sentence;
                report.hint = Some(Safe::join(&Safe::text("\n"), report.hint.into_iter().chain([kept])));
                report
            }
            Failure::Io(error) => Self::words(language, "report-io", args![why = why(error, language)], Status::Failed),
            Failure::Config { path, problem } => {
                let text = problem_sentence(problem, language);
                let args = args![path = path.display().to_string(), line = problem.line.to_string(), fault = text];
                Self::words(language, "report-config", args, Status::Failed)
            }
        };
        Some(report)
    }

    fn words(language: &Language, key: &str, args: Args<'_>, status: Status) -> Self {
        let hint = format!("{key}.hint");
        // Hints are the same whatever stands in the sentence.
        let hint = language.has(&hint).then(|| Safe::text(&language.word(&hint)));
        Self { sentence: Safe::text(&language.say(key, args)), hint, status: status as u8 }
    }

    fn of_client(error: &Error, language: &Language) -> Self {
        let status = error.sort().into();
        match error {
            Error::NotFound => Self::words(language, "report-not-found", args![], status),
            Error::Conflict { .. } => Self::words(language, "report-conflict", args![], status),
            Error::Denied => Self::words(language, "report-denied", args![], status),
            Error::SignedOut => Self::words(language, "report-signed-out", args![], status),
            Error::Refused(refusal) => Self::refused(refusal, language),
            Error::Unclear(what) => Self::plain(&words::query_error(language, what), status),
            Error::Throttled(_) => Self::words(language, "report-throttled", args![], status),
            Error::Unreachable(why) => Self::words(language, "report-unreachable", args![why = why.as_str()], status),
            Error::KeyReused => Self::words(language, "report-key-reused", args![], status),
            Error::NotRehearsed => Self::words(language, "report-not-rehearsed", args![], status),
            Error::NotHere(lack) => Self::plain(&words::lack(language, *lack), status),
            Error::Said(text) => Self::words(language, "report-said", args![text = text.as_str()], status),
            Error::Garbled(why) => Self::words(language, "report-garbled", args![why = why.as_str()], status),
            Error::Store(fault) => Self::of_store(fault, language, status),
        }
    }

    fn refused(refusal: &Refusal, language: &Language) -> Self {
        let status = refusal.sort().into();
        match refusal {
            Refusal::NotFound(Thing::Ticket(_)) => Self::of_client(&Error::NotFound, language),
            Refusal::NotFound(thing) => match listed(thing) {
                Some(what) => Self::words(language, "report-none", args![what = what], status),
                None => Self::plain(&words::refusal(language, refusal), status),
            },
            _ => Self::plain(&words::refusal(language, refusal), status),
        }
    }

    fn plain(sentence: &str, status: Status) -> Self {
        Self { sentence: Safe::text(sentence), hint: None, status: status as u8 }
    }

    fn of_store(fault: &StoreFault, language: &Language, status: Status) -> Self {
        let (key, why) = match fault {
            StoreFault::ReadOnly(why) => ("report-store-read-only", why),
            StoreFault::Full(why) => ("report-store-full", why),
            StoreFault::Locked(why) => ("report-store-locked", why),
            StoreFault::Foreign(why) => ("report-store-foreign", why),
            StoreFault::Newer(why) => ("report-store-newer", why),
            StoreFault::Overtaken(why) => ("report-store-overtaken", why),
            StoreFault::Missing(why) => ("report-store-missing", why),
            StoreFault::Damaged(why) => ("report-store-damaged", why),
            StoreFault::Io(why) => ("report-store-io", why),
            StoreFault::Other(why) => ("report-store-other", why),
        };
        Self::words(language, key, args![why = why.as_str()], status)
    }
}

/// What there is a command for that lists all: here is no list to choose from.
const fn listed(thing: &Thing) -> Option<&'static str> {
    match thing {
        Thing::Group => Some("group"),
        Thing::Kind(_) => Some("kind"),
        Thing::Item(kind) => Some(kind.name()),
        _ => None,
    }
}

/// What is wrong in the configuration file, in a sentence without its place.
pub fn problem_sentence(problem: &Problem, language: &Language) -> String {
    match &problem.fault {
        Fault::Syntax(message) => language.say("config-syntax", args![message = message.as_str()]),
        Fault::UnknownKey { key, nearest: Some(nearest) } => {
            language.say("config-unknown-key-but", args![key = key.as_str(), nearest = nearest.as_str()])
        }
        Fault::UnknownKey { key, nearest: None } => language.say("config-unknown-key", args![key = key.as_str()]),
        Fault::WrongType { key, expected, found } => {
            let expected = language.word(&format!("config-takes-{}", expected.name()));
            language.say("config-wrong-type", args![key = key.as_str(), expected = expected, found = found.as_str()])
        }
        Fault::NotOneOf { key, found, choices } => {
            let choices: Vec<String> = choices.iter().map(|choice| format!("\"{choice}\"")).collect();
            let choices = language.list_or(&choices);
            language.say("config-not-one-of", args![key = key.as_str(), found = found.as_str(), choices = choices])
        }
        Fault::Key(problem) => key_sentence(problem, language),
    }
}

fn key_sentence(problem: &keymap::Problem, language: &Language) -> String {
    match problem {
        keymap::Problem::UnknownCommand { name, nearest } => {
            language.say("config-unknown-command", args![name = name.as_str(), nearest = *nearest])
        }
        keymap::Problem::BadKey { name, key } => {
            language.say("config-bad-key", args![name = name.as_str(), key = key.as_str()])
        }
        keymap::Problem::TypesText { name, key } => {
            language.say("config-key-types-text", args![name = name.as_str(), key = key.as_str()])
        }
        keymap::Problem::Clash { key, one, other } => {
            language.say("config-keys-clash", args![key = key.as_str(), one = *one, other = *other])
        }
    }
}

/// The reason that the system gave, in the reader's words where they are known.
fn why(error: &io::Error, language: &Language) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => language.word("report-why-missing"),
        io::ErrorKind::PermissionDenied => language.word("report-why-permission"),
        io::ErrorKind::IsADirectory => language.word("report-why-folder"),
        io::ErrorKind::StorageFull => language.word("report-why-full"),
        io::ErrorKind::ReadOnlyFilesystem => language.word("report-why-read-only"),
        io::ErrorKind::AlreadyExists => language.word("report-why-exists"),
        _ => error.to_string(),
    }
}

/// A store's address as it may be shown: a password in it is not.
pub fn without_password(database: &str) -> String {
    let hidden = || {
        let (scheme, rest) = database.split_once("://")?;
        let (who, place) = rest.rsplit_once('@')?;
        let (user, _) = who.split_once(':')?;
        Some(format!("{scheme}://{user}:…@{place}"))
    };
    hidden().unwrap_or_else(|| database.to_owned())
}
