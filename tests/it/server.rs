//! An account over HTTP: what the REST API answers.

mod around;
mod people;
mod sign_in;
mod tickets;
