//! What is written beside records and events: how people sign in, and what is left to be done.

use super::{Heads, Writing};
use crate::domain::comment::{Attachment, Comment};
use crate::domain::id::{CommentId, PersonId, TicketId};
use crate::domain::life::Record;
use crate::domain::secret::Digest;
use crate::domain::time::Timestamp;
use crate::store::dialect::Value;
use crate::store::event::Salt;
use crate::store::ticket::json_numbers;
use crate::store::{grant, stranger};
use std::collections::BTreeSet;

/// What is known of requests for access after this long counts for nothing any more.
const FORGOTTEN_AFTER: i64 = 24 * 3_600_000;

impl Writing {
    pub(super) fn records(&mut self, records: &[Record]) {
        for record in records {
            self.record(record);
        }
    }

    fn record(&mut self, record: &Record) {
        match record {
            Record::Asked { address, person, at } => self.asked(address, *person, *at),
            Record::Stranger { address, at, told } => stranger::keep(&mut self.then, *address, *at, *told),
            Record::Waiting(waiting) => stranger::keep_waiting(&mut self.then, waiting),
            Record::Link { person, link, at, expires_at } => {
                self.then.push("DELETE FROM access_links WHERE expires_at <= $1", vec![at.0.into()]);
                self.then.push(
                    "INSERT INTO access_links (digest, person_id, expires_at, created_at) VALUES ($1, $2, $3, $4)",
                    vec![link.0.as_slice().into(), person.0.into(), expires_at.0.into(), at.0.into()],
                );
            }
            Record::Password { person, password, at } => {
                // Whoever signed in with the old one is signed out.
                for table in ["access_links", "sign_in_codes", "grants"] {
                    self.then.push(format!("DELETE FROM {table} WHERE person_id = $1"), vec![person.0.into()]);
                }
                self.then.push(
                    "INSERT INTO passwords (person_id, hash, set_at) VALUES ($1, $2, $3) \
                     ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at",
                    vec![person.0.into(), password.0.as_str().into(), at.0.into()],
                );
            }
            Record::Token { person, token, at } => self.then.push(
                "INSERT INTO api_tokens (digest, person_id, name, created_at) VALUES ($1, $2, $3, $4)",
                vec![token.0.as_slice().into(), person.0.into(), token.name().into(), at.0.into()],
            ),
            Record::Code(code) => grant::keep_code(&mut self.then, code),
            Record::CodeGone(code) => {
                self.then.push("DELETE FROM sign_in_codes WHERE digest = $1", vec![code.0.as_slice().into()]);
            }
            Record::Granted(granted) => grant::keep(&mut self.then, granted),
            Record::TokenGone { person, name } => {
                for table in ["api_tokens", "grants"] {
                    self.then.push(
                        format!("DELETE FROM {table} WHERE person_id = $1 AND name = $2"),
                        vec![person.0.into(), name.as_str().into()],
                    );
                }
            }
            Record::ShutOut { person, password } => self.shut_out(*person, *password),
            Record::Unsettled { person, texts } => self.unsettled(*person, *texts),
            Record::ProblemSolved { ticket, comment } => self.then.push(
                "INSERT INTO solved_problems (ticket_id, comment_id, past) VALUES ($1, $2, 0) ON CONFLICT (ticket_id) \
                 DO UPDATE SET comment_id = excluded.comment_id, past = excluded.past",
                vec![ticket.0.into(), comment.map(|id| id.0).into()],
            ),
            Record::Webhook { webhook, deed } => crate::store::webhook::push_deed(&mut self.then, *webhook, deed),
            Record::Letter { letter, drop, at } => {
                let sql = if *drop {
                    "UPDATE outbox SET state = 4, done_at = $1 WHERE id = $2 AND state <> 1"
                } else {
                    "UPDATE outbox SET state = 0, next_try_at = $1, first_try_at = NULL, done_at = NULL \
                     WHERE id = $2 AND state <> 1"
                };
                self.then.push(sql, vec![at.0.into(), (*letter).into()]);
            }
            Record::MailGone(mail) => {
                self.then.push("DELETE FROM suspended_mails WHERE id = $1", vec![(*mail).into()]);
            }
            Record::Forgotten(ticket) => {
                self.then
                    .push("UPDATE tickets SET texts_erased = $2 WHERE id = $1", vec![ticket.0.into(), true.into()]);
            }
        }
    }

    fn asked(&mut self, address: &Digest, person: Option<PersonId>, at: Timestamp) {
        self.then.push(
            "DELETE FROM access_requests WHERE person_id IS NULL AND at < $1",
            vec![(at.0 - FORGOTTEN_AFTER).into()],
        );
        self.then.push(
            "INSERT INTO access_requests (address, person_id, at) VALUES ($1, $2, $3)",
            vec![address.0.as_slice().into(), person.map(|id| id.0).into(), at.0.into()],
        );
    }

    fn shut_out(&mut self, person: PersonId, password: bool) {
        let tables: &[&str] = if password {
            &["api_tokens", "grants", "sign_in_codes", "access_links", "passwords"]
        } else {
            &["api_tokens", "grants", "sign_in_codes", "access_links"]
        };
        for table in tables {
            self.then.push(format!("DELETE FROM {table} WHERE person_id = $1"), vec![person.0.into()]);
        }
        self.then.push("UPDATE access_requests SET person_id = NULL WHERE person_id = $1", vec![person.0.into()]);
    }

    fn unsettled(&mut self, person: PersonId, texts: bool) {
        self.then.push(
            "UPDATE people SET unsettled = $2 WHERE id = $1",
            vec![person.0.into(), if texts { 2_i64 } else { 1 }.into()],
        );
        // Whose number led to them leads on to where theirs leads.
        self.then.push(
            "UPDATE people SET merged_into = (SELECT p.merged_into FROM people p WHERE p.id = $1) \
             WHERE merged_into = $2 AND EXISTS (SELECT 1 FROM people p WHERE p.id = $3 AND p.standing = 3)",
            vec![person.0.into(), person.0.into(), person.0.into()],
        );
    }

    /// Takes texts and files of comments away for good; what the history says of them stays (D35).
    pub(super) fn erase(&mut self, comments: &BTreeSet<CommentId>, ticket: TicketId, heads: &mut Heads) {
        let numbers = self.dialect.numbers(1);
        let ids = || json_numbers(comments.iter().map(|id| id.0));
        self.then.push(
            format!(
                "INSERT INTO files_to_remove (digest) SELECT DISTINCT a.digest FROM attachments a \
                 WHERE a.comment_id IN {numbers} ON CONFLICT (digest) DO NOTHING"
            ),
            vec![ids().into()],
        );
        self.then.push(format!("DELETE FROM attachments WHERE comment_id IN {numbers}"), vec![ids().into()]);
        self.then.push(
            format!("UPDATE comments SET body = '', attachments = 0, erased = $2 WHERE id IN {numbers}"),
            vec![ids().into(), true.into()],
        );
        for (id, body, _) in heads.said.entry(ticket).or_default() {
            if comments.contains(id) {
                body.clear();
            }
        }
    }

    /// Puts a comment as it is now, with what of it is blackened, in place of what it was, under another salt: by the old
    /// one what stood there could be guessed.
    pub(super) fn blacken(&mut self, said: &Comment, salt: &Salt, heads: &mut Heads) {
        self.then.push(
            "UPDATE comments SET body = $2, salt = $3 WHERE id = $1",
            vec![said.id.0.into(), said.body.as_str().into(), salt.as_slice().into()],
        );
        for file in said.attachments.iter().filter(|file| file.digest == Attachment::NOTHING) {
            let digest = || -> Value { file.digest.as_slice().into() };
            self.then.push(
                "INSERT INTO files_to_remove (digest) SELECT a.digest FROM attachments a \
                 WHERE a.id = $1 AND a.digest <> $2 ON CONFLICT (digest) DO NOTHING",
                vec![file.id.0.into(), digest()],
            );
            self.then.push(
                "UPDATE attachments SET name = $2, content_type = $3, size = 0, digest = $4 WHERE id = $1",
                vec![file.id.0.into(), file.name.as_str().into(), file.content_type.as_str().into(), digest()],
            );
        }
        for (id, body, _) in heads.said.entry(said.ticket).or_default() {
            if *id == said.id {
                body.clone_from(&said.body);
            }
        }
    }

    /// Takes the texts of a ticket's history before an audit away, which stand beside its audits: subjects and what fields held. Their
    /// salts go too, so that no digest tells what they were.
    pub(super) fn erase_words(&mut self, ticket: TicketId, before: i64) {
        self.then.push(
            "UPDATE texts SET body = '', salt = $2 WHERE audit_id IN (SELECT a.id FROM audits a WHERE a.ticket_id = $1 AND a.number < $3)",
            vec![ticket.0.into(), [0_u8; 16].as_slice().into(), before.into()],
        );
    }
}
