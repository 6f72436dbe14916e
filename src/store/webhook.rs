//! Calls that wait for webhooks, what they are made with, and how they went.

use super::Store;
use super::dialect::{Batch, Dialect, Value, read_row};
use super::fault::{Error, Fault};
use super::outbox::{AHEAD, COLUMNS, number};
use super::ticket::damaged;
use crate::domain::id::{TicketId, WebhookId};
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::secret::Secret;
use crate::domain::text::hex;
use crate::domain::time::{Span, Timestamp};
use crate::domain::webhook::{Called, Health, Secrets, SignIn, WebhookDeed};
use sqlx::Row;
use std::sync::Arc;

/// So many calls of each webhook are kept in the log.
const KEPT: i64 = 100;
/// And none for longer: what servers say may tell of people.
const KEPT_FOR: Span = Span::days(30);
/// Bytes of a signing secret.
const SECRET: usize = 32;

struct SecretsRow(Secrets);

read_row!(SecretsRow, |row| {
    let text = |at: usize| row.try_get::<Option<String>, _>(at);
    let (kind, name, secret) = (text(1)?, text(2)?.unwrap_or_default(), text(3)?.map(Secret::new));
    let sign_in = match (kind.as_deref(), secret) {
        (None, _) => None,
        (Some("bearer"), Some(secret)) => Some(SignIn::Bearer(secret)),
        (Some("basic"), Some(password)) => Some(SignIn::Basic { user: name, password }),
        (Some("header"), Some(value)) => Some(SignIn::Header { name, value }),
        (Some(_), _) => return Err(damaged("a webhook signs in in no known way")),
    };
    Ok(Self(Secrets { signing: Secret::new(text(0)?.unwrap_or_default()), sign_in }))
});

struct DueRow(WebhookId, Health);

read_row!(DueRow, |row| {
    let failures: Option<i64> = row.try_get(1)?;
    let rests_until: Option<i64> = row.try_get(2)?;
    let failures = u32::try_from(failures.unwrap_or_default()).unwrap_or(u32::MAX);
    Ok(Self(WebhookId(row.try_get(0)?), Health { failures, rests_until: rests_until.map(Timestamp) }))
});

read_row!(Called, |row| {
    let id = |at: usize| row.try_get::<Option<i64>, _>(at);
    Ok(Self {
        id: row.try_get(0)?,
        outbox: id(1)?,
        ticket: id(2)?.map(TicketId),
        at: Timestamp(row.try_get(3)?),
        took: Span(row.try_get(4)?),
        status: id(5)?.and_then(|status| u16::try_from(status).ok()),
        reason: row.try_get(6)?,
        said: row.try_get(7)?,
    })
});

/// How a call that was taken out of the outbox ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Where it stands now.
    pub standing: Delivery,
    /// When it is tried next.
    pub next: Timestamp,
    /// How its server is doing now.
    pub health: Health,
}

impl Store {
    /// Webhooks for which calls are due whose servers are not left alone, with how those have been doing.
    pub async fn due_webhooks(&self, now: Timestamp) -> Result<Vec<(WebhookId, Health)>, Error> {
        let sql = "SELECT DISTINCT o.webhook_id, h.failures, h.rests_until FROM outbox o \
             LEFT JOIN webhook_health h ON h.webhook_id = o.webhook_id \
             WHERE o.state = 0 AND o.kind = 1 AND (o.next_try_at <= $1 OR o.next_try_at > $2) \
             AND (h.rests_until IS NULL OR h.rests_until <= $1 OR h.rests_until > $2) ORDER BY o.webhook_id";
        let rows: Vec<DueRow> = self.db().read(sql.to_owned(), vec![now.0.into(), (now + AHEAD).0.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.0, row.1)).collect())
    }

    /// Takes calls of a webhook that were due at a moment, the longest waiting first: nobody else takes them until another.
    pub async fn claim_calls(
        &self,
        webhook: WebhookId,
        (now, due): (Timestamp, Timestamp),
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Outgoing>, Error> {
        self.returning(Arc::new(move |dialect| {
            let skip = if dialect == Dialect::Pg { " FOR UPDATE SKIP LOCKED" } else { "" };
            let sql = format!(
                "UPDATE outbox SET next_try_at = $1, tries = tries + 1, first_try_at = coalesce(first_try_at, $2) \
                 WHERE id IN (SELECT id FROM outbox WHERE state = 0 AND kind = 1 AND webhook_id = $3 \
                 AND (next_try_at <= $4 OR next_try_at > $5) ORDER BY next_try_at, id LIMIT $6{skip}) RETURNING {COLUMNS}"
            );
            let ahead = (now + AHEAD).0;
            let values = [until.0, now.0, webhook.0, due.0, ahead, i64::from(limit)];
            (sql, values.into_iter().map(Value::from).collect())
        }))
        .await
        .map(|mut taken: Vec<Outgoing>| {
            taken.sort_by_key(|one| one.id);
            taken
        })
    }

    /// Writes down how a call went: in the outbox unless somebody else has taken it since, and in the webhook's log.
    pub async fn called(
        &self,
        webhook: WebhookId,
        taken: Option<(&Outgoing, Ended)>,
        call: Called,
    ) -> Result<(), Error> {
        let mut all: Vec<(String, Vec<Value>)> = Vec::new();
        let done_at = Timestamp(call.at.0 + call.took.0);
        if let Some((one, ended)) = taken {
            let done = (ended.standing != Delivery::Waiting).then_some(done_at.0);
            let error = match (&call.status, &call.reason) {
                (Some(status), Some(reason)) => Some(format!("{reason} {status}")),
                (None, reason) => reason.clone(),
                (Some(_), None) => None,
            };
            all.push((
                "UPDATE outbox SET state = $1, next_try_at = $2, done_at = $3, error = $4 \
                 WHERE id = $5 AND tries = $6 AND state = 0"
                    .to_owned(),
                vec![
                    number(ended.standing).into(),
                    ended.next.0.into(),
                    done.into(),
                    error.into(),
                    one.id.into(),
                    i64::from(one.tries).into(),
                ],
            ));
            all.push(health_sql(webhook, ended.health));
        }
        all.push((
            "INSERT INTO webhook_calls (webhook_id, outbox_id, ticket_id, at, took, status, reason, said) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                .to_owned(),
            vec![
                webhook.0.into(),
                call.outbox.into(),
                call.ticket.map(|id| id.0).into(),
                call.at.0.into(),
                call.took.0.into(),
                call.status.map(i64::from).into(),
                call.reason.into(),
                call.said.into(),
            ],
        ));
        all.push((
            "DELETE FROM webhook_calls WHERE webhook_id = $1 AND (at < $2 OR id <= (SELECT c.id FROM webhook_calls c \
             WHERE c.webhook_id = $1 ORDER BY c.id DESC LIMIT 1 OFFSET $3))"
                .to_owned(),
            vec![webhook.0.into(), (call.at.0 - KEPT_FOR.0).into(), KEPT.into()],
        ));
        self.batch(all).await
    }

    /// The last calls of a webhook, the newest first, before a number.
    pub async fn calls(&self, webhook: WebhookId, before: Option<i64>, limit: u32) -> Result<Vec<Called>, Fault> {
        let sql = "SELECT id, outbox_id, ticket_id, at, took, status, reason, said FROM webhook_calls \
             WHERE webhook_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
        let values = vec![webhook.0.into(), before.unwrap_or(i64::MAX).into(), i64::from(limit).into()];
        self.db().read(sql.to_owned(), values).await
    }

    /// What calls of a webhook are made with; what it signs with is made when it is first needed.
    pub async fn webhook_secrets(&self, webhook: WebhookId) -> Result<Secrets, Error> {
        let sql = "SELECT signing, sign_in, sign_in_name, sign_in_secret FROM webhook_secrets WHERE webhook_id = $1";
        let known: Vec<SecretsRow> = self.db().read(sql.to_owned(), vec![webhook.0.into()]).await?;
        if let Some(SecretsRow(known)) = known.into_iter().next().filter(|row| !row.0.signing.expose().is_empty()) {
            return Ok(known);
        }
        let mut new = [0; SECRET];
        super::fill(&mut new)?;
        let new = hex(&new);
        let made: Vec<SecretsRow> = self
            .returning(Arc::new(move |_| {
                // Whoever comes first has made it.
                let sql = "INSERT INTO webhook_secrets (webhook_id, signing) VALUES ($1, $2) ON CONFLICT (webhook_id) \
                     DO UPDATE SET signing = coalesce(webhook_secrets.signing, excluded.signing) \
                     RETURNING signing, sign_in, sign_in_name, sign_in_secret";
                (sql.to_owned(), vec![webhook.0.into(), new.as_str().into()])
            }))
            .await?;
        let nothing = || Fault::new(super::FaultKind::Other, "no secret");
        Ok(made.into_iter().next().ok_or_else(nothing)?.0)
    }

    /// Holds calls that nobody has tried for so long that nobody waits for them any more.
    pub async fn hold_late_calls(&self, by: Timestamp, now: Timestamp) -> Result<(), Error> {
        let sql = "UPDATE outbox SET state = 3, done_at = $1, error = 'late' \
             WHERE state = 0 AND kind = 1 AND next_try_at <= $2";
        self.batch(vec![(sql.to_owned(), vec![now.0.into(), by.0.into()])]).await
    }
}

fn health_sql(webhook: WebhookId, health: Health) -> (String, Vec<Value>) {
    if health == Health::default() {
        return ("DELETE FROM webhook_health WHERE webhook_id = $1".to_owned(), vec![webhook.0.into()]);
    }
    let until = health.rests_until.map_or(0, |until| until.0);
    (
        "INSERT INTO webhook_health (webhook_id, failures, rests_until) VALUES ($1, $2, $3) \
         ON CONFLICT (webhook_id) DO UPDATE SET failures = excluded.failures, rests_until = excluded.rests_until"
            .to_owned(),
        vec![webhook.0.into(), i64::from(health.failures).into(), until.into()],
    )
}

/// What an act changes of a webhook beside its document.
pub(super) fn push_deed(batch: &mut Batch, webhook: WebhookId, deed: &WebhookDeed) {
    match deed {
        WebhookDeed::Renew(secret) => batch.push(
            "INSERT INTO webhook_secrets (webhook_id, signing) VALUES ($1, $2) \
             ON CONFLICT (webhook_id) DO UPDATE SET signing = excluded.signing",
            vec![webhook.0.into(), secret.expose().into()],
        ),
        WebhookDeed::SignIn(sign_in) => {
            let text = |text: Option<&str>| Value::Text(text.map(str::to_owned));
            let one = sign_in.as_ref();
            batch.push(
                "INSERT INTO webhook_secrets (webhook_id, sign_in, sign_in_name, sign_in_secret) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (webhook_id) DO UPDATE SET sign_in = excluded.sign_in, \
                 sign_in_name = excluded.sign_in_name, sign_in_secret = excluded.sign_in_secret",
                vec![
                    webhook.0.into(),
                    text(one.map(SignIn::name)),
                    text(one.and_then(SignIn::shown)),
                    text(one.map(|one| one.secret().expose())),
                ],
            );
        }
    }
}

/// Nothing is left of a webhook that is deleted.
pub(super) fn push_gone(batch: &mut Batch, webhook: i64) {
    for table in ["webhook_secrets", "webhook_health", "webhook_calls"] {
        batch.push(format!("DELETE FROM {table} WHERE webhook_id = $1"), vec![webhook.into()]);
    }
}
