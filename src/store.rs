//! The account's data in SQLite or PostgreSQL. SQL never leaves this folder, and the two dialects meet only here.

mod comment;
mod dialect;
mod fault;
mod person;
mod search;
mod ticket;

pub use fault::{Error, Fault, FaultKind};
