//! What can be wrong with a store, told apart by what its user can do about it.

use crate::domain::refusal::Refusal;
use std::fmt;

/// What is wrong with a store, with the database's own words for the details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What sort of thing.
    pub kind: FaultKind,
    /// The database's or the system's own words.
    pub detail: String,
}

/// What sort of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It takes no writes: read-only file or folder.
    ReadOnly,
    /// The disk is full.
    Full,
    /// Somebody else holds it for too long.
    Locked,
    /// It is no store of this program.
    Foreign,
    /// A newer version of the program made it, and this one cannot even read it.
    Newer,
    /// A newer version of the program looks after it: this one reads it and writes nothing.
    Overtaken,
    /// There is none where one was named.
    Missing,
    /// There is one where one was to be made.
    Taken,
    /// What it holds contradicts itself.
    Damaged,
    /// After an input or output error it takes no more writes until the next start.
    Io,
    /// A database server does not answer.
    Unreachable,
    /// Anything else.
    Other,
}

impl Fault {
    /// A fault of that kind.
    pub fn new(kind: FaultKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Fault {}

/// Why the store did not do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A rule stands against it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// There is nobody of that number.
    #[error("nobody of that number")]
    UnknownActor,
    /// The same key was used for something else.
    #[error("this key was used for something else")]
    KeyReused,
    /// What it would lead to is not told without doing it.
    #[error("only the set-up is rehearsed")]
    NotRehearsed,
    /// The store could not do it.
    #[error("{0}")]
    Fault(Fault),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        let kind = match &error {
            sqlx::Error::Database(database) => kind_of_code(database.code().as_deref().unwrap_or_default()),
            sqlx::Error::Io(error) => kind_of_io(error),
            sqlx::Error::Tls(_) => FaultKind::Unreachable,
            sqlx::Error::PoolTimedOut => FaultKind::Locked,
            sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => FaultKind::Damaged,
            _ => FaultKind::Other,
        };
        Self::new(kind, error.to_string())
    }
}

impl From<sqlx::migrate::MigrateError> for Fault {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
                Self::new(FaultKind::Newer, error.to_string())
            }
            other => Self::new(FaultKind::Damaged, other.to_string()),
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::new(kind_of_io(&error), error.to_string())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Fault(error.into())
    }
}

fn kind_of_io(error: &std::io::Error) -> FaultKind {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => FaultKind::ReadOnly,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => FaultKind::Full,
        ErrorKind::NotFound => FaultKind::Missing,
        ErrorKind::ConnectionRefused
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::NotConnected
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof
        | ErrorKind::TimedOut => FaultKind::Unreachable,
        _ => FaultKind::Io,
    }
}

/// SQLite's codes are numbers, whose low byte is the sort; PostgreSQL's have five characters.
fn kind_of_code(code: &str) -> FaultKind {
    if code.len() == 5 {
        return match &code[..2] {
            "53" => FaultKind::Full,
            "25" | "42" if code == "25006" || code == "42501" => FaultKind::ReadOnly,
            // The other transaction was faster: tried again, it is seen what it did.
            "40" | "55" => FaultKind::Locked,
            _ if code == "23505" => FaultKind::Locked,
            "08" | "28" | "57" => FaultKind::Unreachable,
            "3D" => FaultKind::Missing,
            "58" => FaultKind::Io,
            "XX" => FaultKind::Damaged,
            _ => FaultKind::Other,
        };
    }
    // https://sqlite.org/rescode.html
    // The file of the shared memory could not grow: nothing failed but the room on the disk.
    if code == "4874" {
        return FaultKind::Full;
    }
    match code.parse::<u32>().map(|code| code & 0xff) {
        Ok(3 | 8) => FaultKind::ReadOnly,
        Ok(5 | 6) => FaultKind::Locked,
        Ok(10) => FaultKind::Io,
        Ok(11) => FaultKind::Damaged,
        Ok(13) => FaultKind::Full,
        Ok(14) => FaultKind::Missing,
        Ok(26) => FaultKind::Foreign,
        _ => FaultKind::Other,
    }
}
