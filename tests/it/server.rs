//! An account over HTTP: what the REST API answers.

mod account;
mod around;
mod files;
mod clients;
mod people;
mod requests;
mod rules;
mod search;
mod setup;
mod sign_in;
mod tickets;
