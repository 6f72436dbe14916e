//! Guichet, a help desk in the terminal. The layers, lowest first; each may name only those above it in this list
//! as far as ARCHITECTURE.md says.

/// Text that cannot do anything to a terminal.
pub mod safe;
/// Every word a person reads, in the reader's language; dates, numbers and plurals.
pub mod language;
/// The rules: what can be done, by whom, and what follows. Pure.
pub mod domain;
/// The JSON objects that the command line prints and the REST API speaks.
pub mod wire;
/// The account's data in SQLite or PostgreSQL.
pub mod store;
/// The one trait through which screens and commands reach an account, and its implementations.
pub mod client;
/// Tickets from other systems' files.
pub mod import;
/// Made-up accounts of any size, the same for the same seed.
pub mod demo;
/// The full-screen program: messages in, effects out, drawing. Pure.
pub mod tui;
/// The command line.
pub mod cli;
/// The only place with loops, tasks, a clock and a terminal.
pub mod runtime;
/// The user's configuration file.
pub mod config;
/// Any error as a sentence, a hint and an exit status.
pub mod report;
