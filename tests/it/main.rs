//! All tests of the program as one binary.
#![allow(clippy::disallowed_methods, reason = "tests start programs and read the clock for their deadlines")]

mod calls;
mod cli;
mod condition;
mod contract;
mod demo;
mod fetch;
mod import;
mod mail;
mod native;
mod query;
mod reads;
mod report;
mod rules;
mod safe;
mod schedule;
mod screens;
mod security;
mod sentences;
mod server;
mod store;
mod support;
mod terminal;
mod tidy;
mod whole;
mod words;
mod wrapped;
mod zendesk;
