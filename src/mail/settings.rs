use std::path::PathBuf;
use std::time::Duration;

/// What the configuration says of mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How letters leave. Where nothing is said they are left to whoever sends them.
    pub send: Option<Way>,
    /// The account's own address.
    pub from: Option<String>,
    /// The name beside it.
    pub from_name: Option<String>,
    /// The mail server.
    pub host: Option<String>,
    /// Its port; what is usual for `tls` when none.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Certificates (PEM) that are trusted beside the system's.
    pub ca: Option<PathBuf>,
    /// Who signs in there; nobody when none.
    pub user: Option<String>,
    /// A file whose first line is the password.
    pub password_file: Option<PathBuf>,
    /// A program whose first line of output is the password.
    pub password_command: Option<String>,
    /// How long each step with the server may take, in seconds.
    pub timeout: u16,
    /// The maildir into which letters are put.
    pub folder: Option<PathBuf>,
    /// The maildir in which mail arrives.
    pub receive: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            send: None,
            from: None,
            from_name: None,
            host: None,
            port: None,
            tls: Tls::default(),
            ca: None,
            user: None,
            password_file: None,
            password_command: None,
            timeout: 30,
            folder: None,
            receive: None,
        }
    }
}

impl Settings {
    /// The server's port.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            Tls::Required => 465,
            Tls::StartTls => 587,
            Tls::None => 25,
        })
    }

    /// How long each step may take; at least a second.
    pub fn step(&self) -> Duration {
        Duration::from_secs(u64::from(self.timeout.max(1)))
    }
}

/// How letters leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// They do not: those that are due are held.
    Nowhere,
    /// By a mail server.
    Smtp,
    /// As files in a folder.
    Maildir,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Nowhere, Self::Smtp, Self::Maildir];

    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nowhere => "none",
            Self::Smtp => "smtp",
            Self::Maildir => "maildir",
        }
    }
}

/// How the connection to the mail server is encrypted. There is no "if it can": who listens on the way could say that
/// it cannot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte.
    #[default]
    Required,
    /// After the greeting, by STARTTLS; without it nothing is sent.
    StartTls,
    /// Not at all: only to this machine itself.
    None,
}

impl Tls {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Required, Self::StartTls, Self::None];

    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::StartTls => "starttls",
            Self::None => "none",
        }
    }
}
