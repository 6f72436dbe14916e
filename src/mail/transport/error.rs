use std::fmt;
use std::path::PathBuf;

/// Characters of a server's words that are kept.
const SAID_CHARS: usize = 500;

/// Why a letter was not sent, by what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendError {
    /// It was not taken; the same may work later: the server is away or busy, or our settings are wrong.
    Later(Reason),
    /// It was not taken, and never will be: this recipient or this letter is refused for good.
    Never(Reason),
    /// The letter was handed over and no answer came: nobody knows whether it was taken. Sent again, it has the same
    /// Message-ID.
    Unknown(Reason),
}

impl SendError {
    /// The reason.
    pub const fn reason(&self) -> &Reason {
        match self {
            Self::Later(reason) | Self::Never(reason) | Self::Unknown(reason) => reason,
        }
    }

    /// Whether the server said so of this letter: it may take others. Otherwise it is away, silent or takes none.
    pub const fn is_about_letter(&self) -> bool {
        let Reason { step, code, .. } = self.reason();
        matches!(step, Step::Letter) || code.is_some() && !matches!(step, Step::Connect | Step::Encrypt | Step::SignIn)
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reason { step, code, said } = self.reason();
        write!(f, "{}", step.name())?;
        if let Some(code) = code {
            write!(f, " ({code})")?;
        }
        write!(f, ": {said}")
    }
}

impl std::error::Error for SendError {}

/// Where it failed, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// At which step.
    pub step: Step,
    /// The server's number, such as 550.
    pub code: Option<u16>,
    /// The server's words or the system's: hostile text, at most 500 characters.
    pub said: String,
}

impl Reason {
    pub(super) fn new(step: Step, code: Option<u16>, said: &str) -> Self {
        Self { step, code, said: said.chars().take(SAID_CHARS).collect() }
    }
}

/// The steps of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Writing the letter itself.
    Letter,
    /// Finding and reaching the server, its greeting.
    Connect,
    /// Encrypting the connection.
    Encrypt,
    /// User and password.
    SignIn,
    /// Who sends.
    Sender,
    /// For whom it is.
    Recipient,
    /// Being allowed to hand over the letter.
    Data,
    /// The answer to the letter itself.
    Handover,
    /// Writing into the folder.
    Folder,
}

impl Step {
    /// Its name, for logs and as the key of its words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Connect => "connect",
            Self::Encrypt => "encrypt",
            Self::SignIn => "sign-in",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Data => "data",
            Self::Handover => "handover",
            Self::Folder => "folder",
        }
    }
}

/// What is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupError {
    /// This key is needed.
    Missing(&'static str),
    /// `mail.from` is no address.
    BadAddress(String),
    /// `tls = "none"` is for this machine alone, not for that host.
    PlainElsewhere(String),
    /// A file or folder cannot be used, and why.
    Unreadable(PathBuf, String),
    /// The file with the password can be read by others.
    OpenToOthers(PathBuf),
    /// Encryption cannot be set up, and why.
    Encryption(String),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(key) => write!(f, "{key} is missing"),
            Self::BadAddress(address) => write!(f, "mail.from is no address: {address:?}"),
            Self::PlainElsewhere(host) => write!(f, "no unencrypted mail to {host:?}"),
            Self::Unreadable(path, why) => write!(f, "{}: {why}", path.display()),
            Self::OpenToOthers(path) => write!(f, "{}: others can read it", path.display()),
            Self::Encryption(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for SetupError {}
