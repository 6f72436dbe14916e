//! The log: a file among the program's state, only when asked for, never on the terminal.

use crate::cli::Context;
use crate::client::Error;
use crate::report::{Failure, Status};
use crate::tui::message::Message;
use std::fs::{DirBuilder, OpenOptions};
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

/// Writes out what is left of the log when it is dropped.
pub(super) struct Log(#[expect(dead_code, reason = "held for its drop")] WorkerGuard);

/// Opens the log if `-v` or `GUICHET_LOG` asks for it.
pub(super) fn open(verbose: u8, cx: &Context) -> Result<Option<Log>, Failure> {
    let level = match verbose {
        0 => None,
        1 => Some("guichet=info"),
        _ => Some("guichet=debug"),
    };
    let Some(filter) = cx.around.env.get("GUICHET_LOG").or(level) else { return Ok(None) };
    // Said here, for else the subscriber writes it to the terminal as it is.
    let filter = EnvFilter::try_new(filter)
        .map_err(|_| Failure::said("cli-log-filter", Status::Usage).with("filter", filter.to_owned()))?;
    let path = cx.places.log_file();
    let fail = |error| Failure::file(&path, error);
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    let mut file = OpenOptions::new();
    file.create(true).append(true);
    #[cfg(unix)]
    {
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    }
    folder.create(cx.places.state()).map_err(fail)?;
    let file = file.open(&path).map_err(fail)?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    // A second subscriber in one process can only be a test's: the first one stays.
    let _first = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(writer).try_init();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Ok(Some(Log(guard)))
}

/// Logs a message of the loop: its name, and the error in it.
pub(super) fn told(message: &Message) {
    if tracing::enabled!(tracing::Level::DEBUG) {
        // The name is the beginning of what debugging prints.
        let name: String = format!("{message:?}").chars().take_while(char::is_ascii_alphanumeric).collect();
        tracing::debug!(name, "message");
    }
    if let Message::Answered { result: Err(error), .. }
    | Message::Acted { result: Err(error), .. }
    | Message::CaughtUp(Err(error)) = message
    {
        failed(error);
    }
}

/// Logs what kind of error it was and what a store says of itself: never what people wrote, and so no refusal's or
/// query's words.
pub(super) fn failed(error: &Error) {
    match error {
        // As text, for text is written without its controls: a server that lies could write lines of its own.
        Error::Store(fault) => tracing::error!(fault = fault.to_string(), "the store"),
        Error::Unreachable(why) => tracing::warn!(why, "unreachable"),
        Error::Garbled(why) => tracing::warn!(why, "garbled"),
        Error::Throttled(until) => tracing::warn!(until = until.0, "throttled"),
        Error::NotFound
        | Error::Conflict { .. }
        | Error::Refused(_)
        | Error::Denied
        | Error::SignedOut
        | Error::Unclear(_)
        | Error::KeyReused
        | Error::NotRehearsed
        | Error::NotHere(_)
        | Error::Said(_) => tracing::info!("not done"),
    }
}
