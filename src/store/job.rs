//! Work of many rows: kept, taken with a lease, and what became of it.

use super::Store;
use super::dialect::{Dialect, Value, read_row};
use super::fault::{Error, Fault};
use super::ticket::damaged;
use crate::domain::decide::Outcome;
use crate::domain::id::PersonId;
use crate::domain::job::{Begun, Job, JobSort, JobState};
use crate::domain::time::{Span, Timestamp};
use sqlx::Row;
use std::sync::Arc;

const COLUMNS: &str = "id, person_id, sort, digest, common, asked, total, begun_at, state, results, done_at, taken, \
     leased_until";

/// A job that somebody has to themselves, and the how manieth time it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The job.
    pub job: Job,
    /// Which time.
    pub time: i64,
    /// Until when nobody else takes it.
    pub until: Timestamp,
}

read_row!(Taken, |row| {
    let texts = |at: usize| -> sqlx::Result<Vec<String>> {
        serde_json::from_str(row.try_get(at)?).map_err(|_| damaged("a job has rows that cannot be read"))
    };
    let state: i64 = row.try_get(8)?;
    let state = usize::try_from(state).ok().and_then(|at| JobState::ALL.get(at).copied());
    let job = Job {
        id: row.try_get(0)?,
        person: PersonId(row.try_get(1)?),
        sort: JobSort::parse(row.try_get(2)?).ok_or_else(|| damaged("a job is of no known sort"))?,
        digest: row.try_get(3)?,
        common: row.try_get(4)?,
        rows: texts(5)?,
        total: u32::try_from(row.try_get::<i64, _>(6)?).unwrap_or(u32::MAX),
        begun_at: Timestamp(row.try_get(7)?),
        state: state.ok_or_else(|| damaged("a job stands nowhere"))?,
        results: texts(9)?,
        done_at: row.try_get::<Option<i64>, _>(10)?.map(Timestamp),
    };
    Ok(Self { job, time: row.try_get(11)?, until: Timestamp(row.try_get(12)?) })
});

struct Name(String);

read_row!(Name, |row| Ok(Self(row.try_get(0)?)));

fn number(state: JobState) -> i64 {
    JobState::ALL.iter().zip(0..).find(|(one, _)| **one == state).map_or(0, |(_, number)| number)
}

fn written(texts: &[String]) -> String {
    serde_json::json!(texts).to_string()
}

impl Store {
    /// Keeps a job that waits, unless too many do or it is there already. What is over for long is forgotten.
    pub async fn begin_job(&self, job: Job) -> Result<Begun, Error> {
        let long_ago = job.begun_at.0 - Job::KEPT.0;
        let over = "DELETE FROM jobs WHERE done_at < $1".to_owned();
        self.batch(vec![(over, vec![long_ago.into()])]).await?;
        let (id, digest) = (job.id.clone(), job.digest.clone());
        let made: Vec<Name> = self
            .returning(Arc::new(move |_| {
                let sql = "INSERT INTO jobs (id, person_id, sort, digest, common, asked, total, begun_at, state, \
                     leased_until, taken, results) \
                     SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), \
                     CAST($6 AS TEXT), CAST($7 AS BIGINT), CAST($8 AS BIGINT), 0, 0, 0, '[]' \
                     WHERE (SELECT count(*) FROM jobs WHERE state < 2) < $9 ON CONFLICT (id) DO NOTHING RETURNING id";
                let values: Vec<Value> = vec![
                    job.id.as_str().into(),
                    job.person.0.into(),
                    job.sort.name().into(),
                    job.digest.as_str().into(),
                    job.common.as_str().into(),
                    written(&job.rows).into(),
                    i64::from(job.total).into(),
                    job.begun_at.0.into(),
                    Job::MAX_WAITING.into(),
                ];
                (sql.to_owned(), values)
            }))
            .await?;
        if !made.is_empty() {
            return Ok(Begun::Now);
        }
        Ok(match self.job(&id).await? {
            Some(before) if before.digest == digest => Begun::Before,
            Some(_) => Begun::Other,
            None => Begun::Full,
        })
    }

    /// A job by its name.
    pub async fn job(&self, id: &str) -> Result<Option<Job>, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM jobs WHERE id = $1");
        let rows: Vec<Taken> = self.db().read(sql, vec![id.into()]).await?;
        Ok(rows.into_iter().next().map(|row| row.job))
    }

    /// Jobs, somebody's or everybody's, the newest first, before one of them; without what was sent.
    pub async fn jobs(
        &self,
        whose: Option<PersonId>,
        (from, newer): (Option<(Timestamp, String)>, bool),
        limit: u32,
    ) -> Result<Vec<Job>, Fault> {
        let (at, id) = from.unwrap_or((Timestamp(i64::MAX), String::new()));
        let (than, order) = if newer { (">", "begun_at, id") } else { ("<", "begun_at DESC, id DESC") };
        let person = whose.map_or(-1, |id| id.0);
        let sql = format!(
            "SELECT id, person_id, sort, digest, '', '[]', total, begun_at, state, results, done_at, taken, \
             leased_until FROM jobs \
             WHERE (begun_at, id) {than} ($1, $2) AND ($3 < 0 OR person_id = $4) ORDER BY {order} LIMIT $5"
        );
        let values = vec![at.0.into(), id.into(), person.into(), person.into(), i64::from(limit).into()];
        let rows: Vec<Taken> = self.db().read(sql, values).await?;
        Ok(rows.into_iter().map(|row| row.job).collect())
    }

    /// Whether a job waits that nobody has.
    pub async fn job_waits(&self, now: Timestamp) -> Result<bool, Fault> {
        let sql = "SELECT id FROM jobs WHERE state < 2 AND (leased_until <= $1 OR leased_until > $2) LIMIT 1";
        let rows: Vec<Name> = self.db().read(sql.to_owned(), vec![now.0.into(), ahead(now).into()]).await?;
        Ok(!rows.is_empty())
    }

    /// Takes a job that nobody has, that one or the longest waiting: nobody else takes it until a moment. Whoever comes to
    /// an end before that moment leaves it to the next.
    pub async fn take_job(&self, id: Option<String>, now: Timestamp) -> Result<Option<Taken>, Error> {
        let taken: Vec<Taken> = self
            .returning(Arc::new(move |dialect| {
                let skip = if dialect == Dialect::Pg { " FOR UPDATE SKIP LOCKED" } else { "" };
                let sql = format!(
                    "UPDATE jobs SET state = 1, taken = taken + 1, leased_until = $1 WHERE id IN (SELECT id FROM jobs \
                     WHERE state < 2 AND (leased_until <= $2 OR leased_until > $3) AND ($4 OR id = $5) \
                     ORDER BY begun_at, id LIMIT 1{skip}) RETURNING {COLUMNS}"
                );
                let until = now.0 + Job::LEASE.0;
                let which = id.clone().unwrap_or_default();
                (sql, vec![until.into(), now.0.into(), ahead(now).into(), id.is_none().into(), which.into()])
            }))
            .await?;
        Ok(taken.into_iter().next())
    }

    /// Writes down what became of the rows so far, unless somebody else has taken the job since: whether it is still one's
    /// own. What was sent goes when the job is over.
    pub async fn keep_results(&self, taken: &Taken, until: Timestamp) -> Result<bool, Error> {
        let (job, time) = (taken.job.clone(), taken.time);
        let kept: Vec<Name> = self
            .returning(Arc::new(move |_| {
                let sent = if job.state.is_over() { ", common = '', asked = '[]'" } else { "" };
                let sql = format!(
                    "UPDATE jobs SET results = $1, state = $2, leased_until = $3, done_at = $4{sent} \
                     WHERE id = $5 AND taken = $6 AND state = 1 RETURNING id"
                );
                let values: Vec<Value> = vec![
                    written(&job.results).into(),
                    number(job.state).into(),
                    until.0.into(),
                    job.done_at.map(|at| at.0).into(),
                    job.id.as_str().into(),
                    time.into(),
                ];
                (sql, values)
            }))
            .await?;
        Ok(!kept.is_empty())
    }

    /// What an act of somebody's led to that was done under a key; none when there is none.
    pub async fn done_under(&self, person: PersonId, key: &str) -> Result<Option<Outcome>, Fault> {
        let sql = "SELECT outcome FROM acts WHERE person_id = $1 AND key = $2";
        let values = vec![person.0.into(), key.into()];
        let rows: Vec<Name> = self.db().read(sql.to_owned(), values).await?;
        Ok(rows.first().map(|row| super::act::read_outcome(&row.0)))
    }
}

/// No lease goes further: what does was given by a clock that was wrong.
fn ahead(now: Timestamp) -> i64 {
    now.0 + Span(Job::LEASE.0 * 2).0
}
