//! Requests of those who have not signed in: how many came of late, and what of it waits.

use super::dialect::{Batch, Rows, Value};
use super::fault::Fault;
use super::life::{digest, times};
use super::suspended::{self, Suspending};
use crate::domain::arrival::Cause;
use crate::domain::secret::Digest;
use crate::domain::stranger::{StrangerBounds, Strangers, Waiting};
use crate::domain::time::Timestamp;
use sha2::{Digest as _, Sha256};

/// What counts for nothing any more.
const FORGOTTEN_AFTER: i64 = 2 * StrangerBounds::WITHIN.0;

/// Asks what came of late.
pub(super) fn push(batch: &mut Batch, address: Option<Digest>) {
    let is = || -> Vec<Value> { vec![address.is_some().into()] };
    batch.push(format!("SELECT at FROM strangers WHERE $1 ORDER BY at DESC LIMIT {}", StrangerBounds::REQUESTS), is());
    batch.push("SELECT at FROM strangers WHERE address = $1 AND told ORDER BY at DESC LIMIT 1", vec![digest(address)]);
    batch.push(
        format!("SELECT at FROM strangers WHERE told AND $1 ORDER BY at DESC LIMIT {}", StrangerBounds::LETTERS),
        is(),
    );
}

/// The answers to [`push`].
pub(super) fn read(rows: &[Rows]) -> Result<Strangers, Fault> {
    let [asked, told, all] = rows else { return Ok(Strangers::default()) };
    Ok(Strangers { asked: times(asked)?, told: times(told)?.first().copied(), told_of_all: times(all)? })
}

/// Remembers that somebody asked.
pub(super) fn keep(then: &mut Batch, address: Digest, at: Timestamp, told: bool) {
    then.push("DELETE FROM strangers WHERE at < $1", vec![(at.0 - FORGOTTEN_AFTER).into()]);
    then.push(
        "INSERT INTO strangers (address, at, told) VALUES ($1, $2, $3)",
        vec![address.0.as_slice().into(), at.0.into(), told.into()],
    );
}

/// Keeps a request among the mails that are nobody's.
pub(super) fn keep_waiting(then: &mut Batch, waiting: &Waiting) {
    let raw = waiting.as_mail().into_bytes();
    let mail = Suspending {
        digest: Sha256::digest(&raw).into(),
        sender: Some(waiting.email.to_string()),
        sender_name: Some(waiting.name.clone()),
        subject: waiting.subject.clone(),
        why: Cause::Unsigned.name(),
        ticket: None,
        raw,
    };
    suspended::push(then, mail, waiting.at);
}
