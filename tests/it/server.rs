//! An account over HTTP: what the REST API answers.

mod account;
mod around;
mod belonging;
mod cases;
mod clients;
mod dates;
mod exports;
mod files;
mod jobs;
mod many;
pub mod matrix;
mod news;
mod numbers;
pub mod people;
mod quirks;
mod removal;
mod requests;
mod rules;
mod search;
mod setup;
mod shapes;
pub mod sign_in;
mod tickets;
