//! How often signing in has failed of late, counted by all who serve the account together.

use super::Store;
use super::dialect::{Value, read_row};
use super::fault::{Error, Fault};
use crate::domain::text::hex;
use crate::domain::time::{Span, Timestamp};
use sha2::{Digest as _, Sha256};
use sqlx::Row;
use std::collections::BTreeMap;

struct Counted(String, i64);

read_row!(Counted, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?)));

/// Of names only digests are kept, under what nobody knows of the account.
fn digest(identity: &str, name: &str) -> String {
    hex(&Sha256::new().chain_update(identity).chain_update([0]).chain_update(name).finalize())
}

impl Store {
    /// How often it failed under each of some names within the time up to a moment.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn guesses(&self, names: &[String], now: Timestamp, within: Span) -> Result<Vec<u64>, Fault> {
        let identity = self.common().await?.identity.clone();
        let names: Vec<String> = names.iter().map(|name| digest(&identity, name)).collect();
        let sql = format!("SELECT name, count FROM guesses WHERE name IN {} AND since > $2", self.dialect().texts(1));
        let values = vec![serde_json::json!(names).to_string().into(), (now.0 - within.0).into()];
        let rows: Vec<Counted> = self.db().read(sql, values).await?;
        let counts: BTreeMap<String, u64> = rows.into_iter().map(|row| (row.0, row.1.unsigned_abs())).collect();
        Ok(names.iter().map(|name| counts.get(name).copied().unwrap_or_default()).collect())
    }

    /// It failed once more under each of some names. What is over is forgotten.
    ///
    /// # Errors
    /// The store could not do it.
    pub async fn guessed(&self, names: &[String], now: Timestamp, within: Span) -> Result<(), Error> {
        let identity = self.common().await?.identity.clone();
        let mut names: Vec<String> = names.iter().map(|name| digest(&identity, name)).collect();
        // All in one order, or two that count the same would wait for each other.
        names.sort();
        let over = "DELETE FROM guesses WHERE since <= $1".to_owned();
        let mut all: Vec<(String, Vec<Value>)> = vec![(over, vec![(now.0 - within.0).into()])];
        let more = "INSERT INTO guesses (name, count, since) VALUES ($1, 1, $2) \
             ON CONFLICT (name) DO UPDATE SET count = guesses.count + 1";
        all.extend(names.into_iter().map(|name| (more.to_owned(), vec![name.into(), now.0.into()])));
        self.batch(all).await
    }
}
