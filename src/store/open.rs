//! Opening and making stores: what is checked before anything is read from one.

use super::dialect::{Db, Dialect, read_row};
use super::fault::{Fault, FaultKind};
use super::writer::Writer;
use super::{Store, blob};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Row};
use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::time::Duration;

static SQLITE: Migrator = sqlx_macros::migrate!("assets/migrations/sqlite");
static POSTGRES: Migrator = sqlx_macros::migrate!("assets/migrations/postgres");

/// What stands in the head of our files, so that a foreign one is recognised; the migration writes it.
const APPLICATION_ID: i64 = 0x4755_4943;
/// Older versions can damage a file in WAL mode that several connections write.
const LEAST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// How long to wait for somebody else who writes.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pages are kept in memory up to this, in KiB: the whole program has 60 MiB.
pub(super) const WRITER_CACHE_KIB: u32 = 8 * 1024;
const READER_CACHE_KIB: u32 = 4 * 1024;
const READERS: u32 = 4;

/// Where a store is.
pub(super) enum Place {
    File(PathBuf),
    Server(Box<PgConnectOptions>),
}

impl Place {
    pub(super) fn parse(url: &str) -> Result<Self, Fault> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return Ok(Self::File(PathBuf::from(path)));
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options: PgConnectOptions = url.parse().map_err(Fault::from)?;
            return Ok(Self::Server(Box::new(options.disable_statement_logging())));
        }
        // The address may hold a password: it is not repeated.
        Err(Fault::new(FaultKind::Foreign, "a store's address begins with sqlite: or postgres:"))
    }
}

/// Opens a store that has an account in it.
pub(super) async fn open(url: &str) -> Result<Store, Fault> {
    let store = match Place::parse(url)? {
        Place::File(path) => open_file(&path, false).await?,
        Place::Server(options) => open_server(*options, false).await?,
    };
    let ready = match store.common().await {
        Ok(_) if store.is_overtaken() => Ok(()),
        Ok(_) => store.bring_along().await,
        Err(fault) => Err(fault),
    };
    match ready {
        Ok(()) => Ok(store),
        Err(fault) => {
            store.close().await;
            Err(fault)
        }
    }
}

/// Opens or makes a store that has no account yet.
pub(super) async fn create(url: &str) -> Result<Store, Fault> {
    let store = match Place::parse(url)? {
        Place::File(path) => {
            make_file(&path)?;
            open_file(&path, true).await?
        }
        Place::Server(options) => open_server(*options, true).await?,
    };
    if store.common().await.is_ok() {
        store.close().await;
        return Err(Fault::new(FaultKind::Taken, "there is an account in it already"));
    }
    Ok(store)
}

/// The file, for its owner alone: SQLite gives its companions the same mode.
pub(super) fn make_file(path: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::OpenOptionsExt;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        blob::private_folder(folder)?;
    }
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

async fn open_file(path: &Path, make: bool) -> Result<Store, Fault> {
    check_mode(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .synchronous(SqliteSynchronous::Full)
        .statement_cache_capacity(96)
        .disable_statement_logging();
    let mut writer = options.clone().pragma("cache_size", format!("-{WRITER_CACHE_KIB}")).connect().await?;
    check_head(&mut writer, make).await?;
    let overtaken = migrate_file(&mut writer).await?;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode = WAL").fetch_one(&mut writer).await?;
    if mode != "wal" {
        return Err(Fault::new(FaultKind::ReadOnly, format!("journal mode {mode}")));
    }
    let reading = options.pragma("cache_size", format!("-{READER_CACHE_KIB}")).pragma("query_only", "ON");
    let readers: SqlitePool = SqlitePoolOptions::new()
        .max_connections(READERS)
        .min_connections(0)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(reading);
    let files = blob::folder_beside(path);
    Ok(Store::new(Db::Sqlite(readers), Writer::sqlite(writer, overtaken), Some(files)))
}

/// A file that nobody may write is taken at its word, even by those whom modes do not bind; one that others may read
/// is shut.
fn check_mode(path: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::PermissionsExt;
    let about = std::fs::metadata(path)?;
    if about.is_dir() {
        return Err(Fault::new(FaultKind::Foreign, "a folder"));
    }
    let mode = about.permissions().mode();
    if mode & 0o222 == 0 {
        return Err(Fault::new(FaultKind::ReadOnly, "the file's mode"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder
        && std::fs::metadata(folder)?.permissions().mode() & 0o222 == 0
    {
        return Err(Fault::new(FaultKind::ReadOnly, "the folder's mode"));
    }
    if mode & 0o077 != 0 {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    }
    shut_companions(path)
}

/// What lies beside the file may have come back from a copy with other modes.
fn shut_companions(path: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::PermissionsExt;
    for (end, own) in [("-wal", 0o600), ("-shm", 0o600), (".files", 0o700)] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(end);
        let about = match std::fs::symlink_metadata(&beside) {
            Ok(about) if !about.is_symlink() => about,
            _ => continue,
        };
        if about.permissions().mode() & 0o077 != 0 {
            std::fs::set_permissions(&beside, std::fs::Permissions::from_mode(own))?;
        }
    }
    Ok(())
}

struct Head {
    version: String,
    application: i64,
    tables: i64,
}

read_row!(Head, |row| Ok(Self { version: row.try_get(0)?, application: row.try_get(1)?, tables: row.try_get(2)? }));

/// Whether the file is ours, or empty, before anything of it is changed.
async fn check_head(writer: &mut SqliteConnection, make: bool) -> Result<(), Fault> {
    let head: Head = sqlx::query_as(
        "SELECT sqlite_version(), (SELECT application_id FROM pragma_application_id), \
         (SELECT count(*) FROM sqlite_schema)",
    )
    .fetch_one(&mut *writer)
    .await?;
    let mut parts = head.version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let mut part = || parts.next().unwrap_or_default();
    let version = (part(), part(), part());
    if version < LEAST_SQLITE {
        return Err(Fault::new(FaultKind::Other, format!("SQLite {} is too old", head.version)));
    }
    if head.application != APPLICATION_ID && head.tables > 0 {
        return Err(Fault::new(FaultKind::Foreign, "another program's file"));
    }
    // Whoever only looks makes nothing.
    if head.tables == 0 && !make {
        return Err(Fault::new(FaultKind::Missing, "an empty file"));
    }
    Ok(())
}

/// Brings the tables up to date; why nothing may be written, where a newer program has brought them further.
async fn migrate_file(writer: &mut SqliteConnection) -> Result<Option<Fault>, Fault> {
    let known: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'")
        .fetch_one(&mut *writer)
        .await?;
    let has = if known > 0 { latest_of(sqlx::query_scalar(LATEST).fetch_one(&mut *writer).await?) } else { 0 };
    match standing(&SQLITE, has) {
        Standing::Behind => {}
        Standing::Current => return Ok(None),
        Standing::Overtaken(fault) => {
            let from = sqlx::query_scalar(READS_FROM).fetch_one(&mut *writer).await;
            let fault = readable(&SQLITE, &from, fault)?;
            // What is not asked for is not done either.
            sqlx::query("PRAGMA query_only = ON").execute(&mut *writer).await?;
            return Ok(Some(fault));
        }
    }
    // In one transaction that holds the file from its beginning, for two programs may start at once.
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    SQLITE.run_direct(None, &mut *transaction, false).await?;
    transaction.commit().await?;
    Ok(None)
}

/// How far the tables are.
pub(super) const LATEST: &str = "SELECT max(version) FROM _sqlx_migrations";

const fn latest_of(version: Option<i64>) -> i64 {
    match version {
        Some(version) => version,
        None => 0,
    }
}

/// The version of the tables that a program must know to read them: those who brought them along have said so.
const READS_FROM: &str = "SELECT reads_from FROM compatibility";

/// How a store's tables stand to what this program knows.
enum Standing {
    /// They are to be brought along.
    Behind,
    Current,
    /// A newer program has brought them further.
    Overtaken(Fault),
}

/// The newest version of the tables that this program knows.
fn newest(migrator: &Migrator) -> i64 {
    migrator.iter().map(|migration| migration.version).max().unwrap_or_default()
}

fn standing(migrator: &Migrator, has: i64) -> Standing {
    let newest = newest(migrator);
    match has.cmp(&newest) {
        Ordering::Less => Standing::Behind,
        Ordering::Equal => Standing::Current,
        Ordering::Greater => {
            Standing::Overtaken(Fault::new(FaultKind::Overtaken, format!("version {has}; this program knows {newest}")))
        }
    }
}

/// Whether this program can read tables that a newer one has brought further, by what those say.
fn readable(migrator: &Migrator, from: &Result<i64, sqlx::Error>, fault: Fault) -> Result<Fault, Fault> {
    let reads = matches!(from, Ok(from) if *from <= newest(migrator));
    if reads { Ok(fault) } else { Err(Fault { kind: FaultKind::Newer, ..fault }) }
}

/// Who has been overtaken by a newer program goes on reading. What is to be written beside what it writes it cannot know.
pub(super) fn may_write(dialect: Dialect, has: i64) -> Result<(), Fault> {
    let migrator = match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Pg => &POSTGRES,
    };
    match standing(migrator, has) {
        Standing::Overtaken(fault) => Err(fault),
        Standing::Behind | Standing::Current => Ok(()),
    }
}

async fn open_server(options: PgConnectOptions, make: bool) -> Result<Store, Fault> {
    let server = format!("{}:{}", options.get_host(), options.get_port());
    let why = |fault: Fault| Fault { detail: format!("{server}: {}", fault.detail), ..fault };
    // A pool tries again until its time is up, and then says only that it is.
    match tokio::time::timeout(PATIENCE, options.connect()).await {
        Ok(Ok(first)) => first.close().await.map_err(unreachable)?,
        Ok(Err(error)) => return Err(why(unreachable(error))),
        Err(_) => {
            let detail = format!("no answer within {} s", PATIENCE.as_secs());
            return Err(why(Fault::new(FaultKind::Unreachable, detail)));
        }
    }
    let pool: PgPool = PgPoolOptions::new()
        .max_connections(10)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(unreachable)?;
    let overtaken = migrate_server(&pool, make).await?;
    Ok(Store::new(Db::Pg(pool.clone()), Writer::pg(pool, overtaken), None))
}

fn unreachable(error: sqlx::Error) -> Fault {
    let fault = Fault::from(error);
    match fault.kind {
        FaultKind::Locked | FaultKind::Io | FaultKind::Missing => Fault::new(FaultKind::Unreachable, fault.detail),
        _ => fault,
    }
}

/// The same as [`migrate_file`].
async fn migrate_server(pool: &PgPool, make: bool) -> Result<Option<Fault>, Fault> {
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT tablename::TEXT FROM pg_tables WHERE schemaname = current_schema()")
            .fetch_all(pool)
            .await?;
    let ours = ["_sqlx_migrations", "account"].iter().all(|name| tables.iter().any(|table| table == name));
    if ours {
        match standing(&POSTGRES, latest_of(sqlx::query_scalar(LATEST).fetch_one(pool).await?)) {
            Standing::Behind => {}
            Standing::Current => return Ok(None),
            Standing::Overtaken(fault) => {
                let from = sqlx::query_scalar(READS_FROM).fetch_one(pool).await;
                return readable(&POSTGRES, &from, fault).map(Some);
            }
        }
    }
    // A making that was cut short has left the list of migrations alone.
    if !ours && tables.iter().any(|table| table != "_sqlx_migrations") {
        return Err(Fault::new(FaultKind::Foreign, "another program's database"));
    }
    if !ours && !make {
        return Err(Fault::new(FaultKind::Missing, "an empty database"));
    }
    POSTGRES.run(pool).await?;
    Ok(None)
}

impl Store {
    /// Which of the two databases it is.
    pub(crate) fn dialect(&self) -> Dialect {
        self.db().dialect()
    }

    /// Whether a newer program looked after it when it was opened: it is read, and nothing is written to it.
    pub fn is_overtaken(&self) -> bool {
        self.inner.writer.is_overtaken()
    }
}
