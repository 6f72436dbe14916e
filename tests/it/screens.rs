//! The full-screen program without a terminal: keys in, effects and text out.

mod account;
mod accounts;
mod admin;
mod calls;
mod changes;
mod coming;
mod effects;
mod form;
mod home;
mod keys;
mod lab;
mod lacks;
mod languages;
mod lists;
mod new_request;
mod news;
mod own;
mod people;
mod removal;
mod report;
mod search;
mod snapshots;
mod stage;
mod ticket;
mod undo;
mod work;
