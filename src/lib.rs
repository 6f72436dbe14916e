//! Guichet, a help desk in the terminal. The layers, lowest first; each may name only those above it in this list
//! as far as ARCHITECTURE.md says.

/// The command line.
pub mod cli;
/// The one trait through which screens and commands reach an account, and its implementations.
pub mod client;
/// The user's configuration file.
pub mod config;
/// Made-up accounts of any size, the same for the same seed.
pub mod demo;
/// The rules: what can be done, by whom, and what follows. Pure.
pub mod domain;
/// Requests that leave for addresses which somebody typed.
pub mod fetch;
/// Tickets from other systems' files.
pub mod import;
/// Every word a person reads, in the reader's language; dates, numbers and plurals.
pub mod language;
/// Mail, out and in.
pub mod mail;
/// Documents of the set-up as TOML.
pub mod notation;
/// Mail between the account and the world.
pub mod post;
/// Any error as a sentence, a hint and an exit status.
pub mod report;
/// The only place with loops, tasks, a clock and a terminal.
pub mod runtime;
/// Text that cannot do anything to a terminal.
pub mod safe;
/// Accounts over HTTP.
pub mod server;
/// The account's data in SQLite or PostgreSQL.
pub mod store;
/// The full-screen program: messages in, effects out, drawing. Pure.
pub mod tui;
/// The JSON objects that the command line prints and the REST API speaks.
pub mod wire;
/// What the rules say, in the reader's language: refusals, history, what is to come.
pub mod words;
