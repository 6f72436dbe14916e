//! The rules of a help desk, pure: no clock, chance, files, SQL, JSON or terminal.
//!
//! There is one door. Whatever anybody wants is an [`act::Act`]; [`decide::decide`] answers with a
//! [`decide::Decision`] (the events that follow and the records that change) or a [`refusal::Refusal`];
//! [`evolve::evolve`] says what an event does to a ticket. Nothing else knows the rules.

/// The account's settings, kinds, groups and organizations.
pub mod account;
/// What somebody wants: who, what, by which way.
pub mod act;
/// What becomes of a mail that comes in.
pub mod arrival;
/// Who sees what: one function per question, used by every way in and out.
pub mod audience;
/// Types of tickets, problems and incidents, ratings.
pub mod case;
/// What is said on a ticket, to whom, with which files.
pub mod comment;
/// What can be true of a ticket.
pub mod condition;
/// The one place where acts become events or are refused.
pub mod decide;
/// What was written and not yet sent.
pub mod draft;
/// What has happened.
pub mod event;
/// What an event does to a ticket.
pub mod evolve;
/// Fields that an account adds to its tickets, people and organizations.
pub mod field;
/// What stands on a kind's form, for whom, and what of it is needed.
pub mod form;
/// Programs that act for somebody who let them.
pub mod grant;
/// The hash chain over a ticket's audits.
pub mod history;
/// Hosts that an admin allows to be spoken to.
pub mod hosts;
/// Numbers that name things.
pub mod id;
/// Work of many rows.
pub mod job;
/// How people come into an account, prove who they are, and leave it.
pub mod life;
/// Names of languages and time zones.
pub mod locale;
/// What the team does with letters that did not leave, and with mails that are nobody's.
pub mod mailroom;
/// How long a ticket took, by its history.
pub mod metrics;
/// Who hears of what happens.
pub mod news;
/// What people are told, and why they are not.
pub mod notice;
/// What waits to leave the account, and what became of it.
pub mod outgoing;
/// People and their roles.
pub mod person;
/// Who has a ticket open.
pub mod presence;
/// What the team keeps of people and organizations for itself.
pub mod profile;
/// Why something was not done.
pub mod refusal;
/// How tickets, and parts of what was said on them, are taken away and brought back.
pub mod removal;
/// How many tickets there were, and how long they took.
pub mod report;
/// Triggers, automations and macros.
pub mod rule;
/// Business hours and holidays in a time zone.
pub mod schedule;
/// The query language.
pub mod search;
/// What people and programs sign in with.
pub mod secret;
/// Everything that admins make once and everybody works by.
pub mod setup;
/// Statuses, priorities and the life of a ticket.
pub mod status;
/// Requests of those who have not signed in.
pub mod stranger;
/// Whom the requester field suggests for what was typed.
pub mod suggest;
/// Mails that came in and are nobody's.
pub mod suspended;
/// Labels on tickets.
pub mod tag;
/// Texts as they can be kept.
pub mod text;
/// Tickets, and what of them their requesters see.
pub mod ticket;
/// Moments and spans of time.
pub mod time;
/// What happens to a ticket by itself, and when.
pub mod timer;
/// Saved lists of tickets, and their order.
pub mod view;
/// Other programs that are told what happened.
pub mod webhook;
/// What counts as the same word.
pub mod word;
