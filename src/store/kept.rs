//! What the account keeps for itself: the secret of its reply tokens, and when letters were sent from somewhere.

use super::Store;
use super::dialect::{Value, read_row};
use super::fault::{Error, FaultKind};
use crate::domain::time::Timestamp;
use sha2::{Digest as _, Sha256};
use sqlx::Row;
use std::sync::Arc;

struct Kept(Vec<u8>, i64);

read_row!(Kept, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?)));

/// Bytes of a secret.
const SECRET: usize = 32;

impl Store {
    /// The secret that signs reply tokens, made when it is first needed.
    pub async fn reply_secret(&self, now: Timestamp) -> Result<Vec<u8>, Error> {
        if let Some(Kept(secret, _)) = self.kept("reply_secret").await? {
            return Ok(secret);
        }
        let mut new = [0; SECRET];
        super::fill(&mut new)?;
        // Whoever comes first has made it.
        match self.keep("reply_secret", &new, now, false).await {
            // Who may not write makes do with one of their own: the same each time, and nobody's guess.
            Err(Error::Fault(fault)) if fault.kind == FaultKind::Overtaken => {
                let identity = self.common().await?.identity.clone();
                return Ok(Sha256::digest(format!("reply secret {identity}")).to_vec());
            }
            kept => kept?,
        }
        Ok(self.kept("reply_secret").await?.map_or_else(Vec::new, |kept| kept.0))
    }

    /// Writes down that letters are sent from somewhere; not more often than it must be known.
    pub async fn courier_was_here(&self, now: Timestamp) -> Result<(), Error> {
        match self.courier_was_at().await? {
            Some(at) if now.0 - at.0 < 3_600_000 => Ok(()),
            _ => self.keep("courier", &[], now, true).await,
        }
    }

    /// When letters were sent last, about to the hour.
    pub async fn courier_was_at(&self) -> Result<Option<Timestamp>, Error> {
        Ok(self.kept("courier").await?.map(|kept| Timestamp(kept.1)))
    }

    async fn kept(&self, name: &str) -> Result<Option<Kept>, Error> {
        let sql = "SELECT value, at FROM kept WHERE name = $1".to_owned();
        Ok(self.db().read(sql, vec![name.into()]).await?.into_iter().next())
    }

    async fn keep(&self, name: &'static str, value: &[u8], now: Timestamp, again: bool) -> Result<(), Error> {
        let value = value.to_vec();
        let done: Vec<Kept> = self
            .returning(Arc::new(move |_| {
                let otherwise = if again { "UPDATE SET value = excluded.value, at = excluded.at" } else { "NOTHING" };
                let sql = format!(
                    "INSERT INTO kept (name, value, at) VALUES ($1, $2, $3) ON CONFLICT (name) DO {otherwise} \
                     RETURNING value, at"
                );
                (sql, vec![name.into(), Value::from(value.as_slice()), now.0.into()])
            }))
            .await?;
        drop(done);
        Ok(())
    }
}
