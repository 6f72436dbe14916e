//! The rules as tables: a row says what is given, who does what, and what follows or why nothing does. Each names the
//! line of the requirements that it checks. [`laws`] hold for every ticket, person and deed there can be.

pub mod access;
mod arrival;
mod cases;
mod decisions;
mod fields;
mod forms;
mod import;
mod kinds;
mod languages;
mod last_admin;
mod laws;
mod leaving;
mod merge;
mod metrics;
mod notices;
mod on_behalf;
mod people;
mod portal;
mod private;
mod removal;
pub mod restrictions;
mod sequences;
mod settings;
mod sorts;
mod statuses;
mod step;
mod timers;
mod triggers;
mod wording;
