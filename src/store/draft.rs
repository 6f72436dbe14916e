//! What was written and not yet sent, in a file of its own beside the store: drafts belong to the person at this
//! machine, whatever account they write to. Several programs may have it open.

use super::dialect::read_row;
use super::fault::{Fault, FaultKind};
use super::open::make_file;
use super::ticket::damaged;
use crate::domain::draft::{Draft, DraftPlace, FormOf};
use crate::domain::id::{PersonId, TicketId};
use crate::domain::time::Timestamp;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Row};
use std::path::Path;
use std::time::Duration;

const APPLICATION_ID: i64 = 0x4755_4944;
const VERSION: i64 = 1;

/// The drafts of everybody who uses this machine's account, each under account, person and place.
#[derive(Clone, Debug)]
pub struct Drafts {
    pool: SqlitePool,
}

struct DraftRow(Draft);

read_row!(DraftRow, |row| Ok(Self(Draft {
    place: read_place(row.try_get(0)?).ok_or_else(|| damaged("a draft is for no place"))?,
    body: row.try_get(1)?,
    fields: serde_json::from_str(row.try_get(2)?).map_err(|error| damaged(&error.to_string()))?,
    files: serde_json::from_str(row.try_get(3)?).map_err(|error| damaged(&error.to_string()))?,
    key: row.try_get(4)?,
    updated_at: Timestamp(row.try_get(5)?),
})));

impl Drafts {
    /// Opens the file, or makes it, for its owner alone.
    ///
    /// # Errors
    /// A [`Fault`] whose kind says what to do; another program's file is left alone.
    pub async fn open(path: &Path) -> Result<Self, Fault> {
        make_file(path)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .busy_timeout(Duration::from_secs(5))
            // What a process has written survives its end in any way; only a loss of power can take the last moment.
            .synchronous(SqliteSynchronous::Normal)
            .pragma("cache_size", "-256")
            .disable_statement_logging();
        let mut first = options.clone().connect().await?;
        prepare(&mut first).await?;
        first.close().await?;
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with(options.journal_mode(SqliteJournalMode::Wal));
        Ok(Self { pool })
    }

    /// Keeps a draft in place of the one before it.
    pub async fn put(&self, account: &str, person: PersonId, draft: &Draft) -> Result<(), Fault> {
        let json =
            |value: serde_json::Result<String>| value.map_err(|error| Fault::new(FaultKind::Other, error.to_string()));
        sqlx::query(
            "INSERT INTO drafts (account, person_id, place, body, fields, files, key, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account, person_id, place) DO UPDATE SET \
             body = excluded.body, fields = excluded.fields, files = excluded.files, key = excluded.key, \
             updated_at = excluded.updated_at",
        )
        .bind(account)
        .bind(person.0)
        .bind(write_place(draft.place))
        .bind(&draft.body)
        .bind(json(serde_json::to_string(&draft.fields))?)
        .bind(json(serde_json::to_string(&draft.files))?)
        .bind(&draft.key)
        .bind(draft.updated_at.0)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The draft for a place.
    pub async fn get(&self, account: &str, person: PersonId, place: DraftPlace) -> Result<Option<Draft>, Fault> {
        let row: Option<DraftRow> = sqlx::query_as(
            "SELECT place, body, fields, files, key, updated_at FROM drafts \
             WHERE account = $1 AND person_id = $2 AND place = $3",
        )
        .bind(account)
        .bind(person.0)
        .bind(write_place(place))
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| row.0))
    }

    /// All drafts of somebody, the latest first.
    pub async fn list(&self, account: &str, person: PersonId) -> Result<Vec<Draft>, Fault> {
        let rows: Vec<DraftRow> = sqlx::query_as(
            "SELECT place, body, fields, files, key, updated_at FROM drafts \
             WHERE account = $1 AND person_id = $2 ORDER BY updated_at DESC, place",
        )
        .bind(account)
        .bind(person.0)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// Forgets the draft for a place: it was sent, or thrown away.
    pub async fn drop(&self, account: &str, person: PersonId, place: DraftPlace) -> Result<(), Fault> {
        sqlx::query("DELETE FROM drafts WHERE account = $1 AND person_id = $2 AND place = $3")
            .bind(account)
            .bind(person.0)
            .bind(write_place(place))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends it in order; what was kept is kept anyway.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

struct Head(i64, i64, i64);

read_row!(Head, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)));

/// Checks that the file is ours, and makes its table where it is new.
async fn prepare(conn: &mut SqliteConnection) -> Result<(), Fault> {
    const HEAD: &str = "SELECT (SELECT application_id FROM pragma_application_id), \
         (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)";
    let Head(application, version, tables) = sqlx::query_as(HEAD).fetch_one(&mut *conn).await?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(Fault::new(FaultKind::Foreign, "another program's file"));
    }
    if version > VERSION {
        return Err(Fault::new(FaultKind::Newer, format!("version {version}; this program knows {VERSION}")));
    }
    if version == VERSION {
        return Ok(());
    }
    sqlx::query("PRAGMA journal_mode = WAL").execute(&mut *conn).await?;
    let mut transaction = conn.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::raw_sql(
        "CREATE TABLE IF NOT EXISTS drafts (
            account TEXT NOT NULL,
            person_id INTEGER NOT NULL,
            place TEXT NOT NULL,
            body TEXT NOT NULL,
            fields TEXT NOT NULL,
            files TEXT NOT NULL,
            key TEXT NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (account, person_id, place)
        ) STRICT, WITHOUT ROWID;
        PRAGMA application_id = 0x47554944;
        PRAGMA user_version = 1;",
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

fn write_place(place: DraftPlace) -> String {
    match place {
        DraftPlace::Reply(ticket) => format!("reply:{ticket}"),
        DraftPlace::Note(ticket) => format!("note:{ticket}"),
        DraftPlace::NewTicket => "new".to_owned(),
        DraftPlace::Form(of, id) => format!("form:{}:{id}", of.name()),
    }
}

fn read_place(text: &str) -> Option<DraftPlace> {
    if text == "new" {
        return Some(DraftPlace::NewTicket);
    }
    if let Some((of, id)) = text.strip_prefix("form:").and_then(|form| form.rsplit_once(':')) {
        return Some(DraftPlace::Form(FormOf::parse(of)?, id.parse().ok()?));
    }
    let (kind, ticket) = text.split_once(':')?;
    let ticket = TicketId(ticket.parse().ok()?);
    match kind {
        "reply" => Some(DraftPlace::Reply(ticket)),
        "note" => Some(DraftPlace::Note(ticket)),
        _ => None,
    }
}
