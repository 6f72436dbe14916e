//! An account over HTTP: what the REST API answers.

mod account;
mod around;
mod files;
mod people;
mod rules;
mod setup;
mod requests;
mod search;
mod sign_in;
mod tickets;
