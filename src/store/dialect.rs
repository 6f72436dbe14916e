//! The two databases, and the little in which they differ.

use super::fault::Fault;
use sqlx::postgres::{PgArguments, PgConnection, PgPool, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqlitePool, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Either, FromRow};
use std::borrow::Cow;
use std::fmt::Write;

/// Where reads go: SQLite's readers, or PostgreSQL. Every statement has one text, with `$1`, `$2`…, for both.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    /// A file.
    Sqlite(SqlitePool),
    /// A server.
    Pg(PgPool),
}

/// The same expression for both databases: `db!(db, pool => sqlx::query(SQL).fetch_all(pool).await)`.
macro_rules! db {
    ($db:expr, $pool:ident => $e:expr) => {
        match $db {
            $crate::store::dialect::Db::Sqlite($pool) => $e,
            $crate::store::dialect::Db::Pg($pool) => $e,
        }
    };
}
pub(crate) use db;

/// How rows of both databases become a type: `read_row!(Name, |row| Ok(Name(row.try_get(0)?)));`
macro_rules! read_row {
    ($type:ty, |$row:ident| $make:expr) => {
        impl<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> for $type {
            fn from_row($row: &'r sqlx::sqlite::SqliteRow) -> sqlx::Result<Self> {
                $make
            }
        }
        impl<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> for $type {
            fn from_row($row: &'r sqlx::postgres::PgRow) -> sqlx::Result<Self> {
                $make
            }
        }
    };
}
pub(crate) use read_row;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Pg,
}

impl Dialect {
    /// The numbers of a JSON array handed in as parameter `n`, as a subquery: one statement for any count of them.
    pub(crate) fn numbers(self, n: usize) -> String {
        match self {
            Self::Sqlite => format!("(SELECT value FROM json_each(${n}))"),
            Self::Pg => format!("(SELECT value::BIGINT FROM json_array_elements_text(${n}::JSON))"),
        }
    }

    /// The texts of a JSON array handed in as parameter `n`, as a subquery.
    pub(crate) fn texts(self, n: usize) -> String {
        match self {
            Self::Sqlite => format!("(SELECT value FROM json_each(${n}))"),
            Self::Pg => format!("(SELECT value FROM json_array_elements_text(${n}::JSON))"),
        }
    }
}

impl Db {
    /// Which of the two.
    pub(crate) const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Pg(_) => Dialect::Pg,
        }
    }

    /// The rows of one reading statement.
    pub(crate) async fn read<T>(&self, sql: String, values: Vec<Value>) -> Result<Vec<T>, Fault>
    where
        T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>,
    {
        let rows = match self {
            Self::Sqlite(pool) => {
                let mut arguments = SqliteArguments::default();
                for value in values {
                    value.add(&mut arguments).map_err(sqlx::Error::Encode)?;
                }
                Rows::Sqlite(sqlx::query_with(AssertSqlSafe(sql), arguments).fetch_all(pool).await?)
            }
            Self::Pg(pool) => {
                let mut arguments = PgArguments::default();
                for value in values {
                    value.add(&mut arguments).map_err(sqlx::Error::Encode)?;
                }
                Rows::Pg(sqlx::query_with(AssertSqlSafe(sql), arguments).fetch_all(pool).await?)
            }
        };
        rows.read()
    }
}

/// A connection inside a transaction that writes.
#[derive(Debug)]
pub(crate) enum Conn<'c> {
    /// SQLite's only writer, and a text that goes with the next statements: every call saved counts.
    Sqlite(&'c mut SqliteConnection, Option<&'static str>),
    /// One of PostgreSQL's.
    Pg(&'c mut PgConnection),
}

/// Something to bind to a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A number.
    Int(Option<i64>),
    /// Yes or no.
    Bool(bool),
    /// A text.
    Text(Option<String>),
    /// Bytes.
    Blob(Option<Vec<u8>>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<Option<&[u8]>> for Value {
    fn from(bytes: Option<&[u8]>) -> Self {
        Self::Blob(bytes.map(<[u8]>::to_vec))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(Some(bytes.to_vec()))
    }
}

impl Value {
    fn add<'a, A>(self, to: &mut A) -> Result<(), sqlx::error::BoxDynError>
    where
        A: Arguments + 'a,
        Option<i64>: sqlx::Encode<'a, A::Database> + sqlx::Type<A::Database>,
        bool: sqlx::Encode<'a, A::Database> + sqlx::Type<A::Database>,
        Option<String>: sqlx::Encode<'a, A::Database> + sqlx::Type<A::Database>,
        Option<Vec<u8>>: sqlx::Encode<'a, A::Database> + sqlx::Type<A::Database>,
    {
        match self {
            Self::Int(value) => to.add(value),
            Self::Bool(value) => to.add(value),
            Self::Text(value) => to.add(value),
            Self::Blob(value) => to.add(value),
        }
    }
}

/// Several statements for one connection. SQLite gets them as one text, for each call of it costs two changes of
/// threads; PostgreSQL gets one after the other.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    statements: Vec<(Cow<'static, str>, Vec<Value>)>,
}

impl Conn<'_> {
    /// Which of the two databases.
    pub(crate) const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(..) => Dialect::Sqlite,
            Self::Pg(_) => Dialect::Pg,
        }
    }
}

/// The rows of one statement.
pub(crate) enum Rows {
    /// SQLite's.
    Sqlite(Vec<SqliteRow>),
    /// PostgreSQL's.
    Pg(Vec<PgRow>),
}

impl Rows {
    /// The rows as a type.
    pub(crate) fn read<T>(&self) -> Result<Vec<T>, Fault>
    where
        T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>,
    {
        let rows: sqlx::Result<Vec<T>> = match self {
            Self::Sqlite(rows) => rows.iter().map(T::from_row).collect(),
            Self::Pg(rows) => rows.iter().map(T::from_row).collect(),
        };
        Ok(rows?)
    }

    /// The first row as a type.
    pub(crate) fn first<T>(&self) -> Result<Option<T>, Fault>
    where
        T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>,
    {
        Ok(self.read()?.into_iter().next())
    }
}

impl Batch {
    /// Adds a statement with its own `$1`, `$2`….
    pub(crate) fn push(&mut self, sql: impl Into<Cow<'static, str>>, values: Vec<Value>) {
        self.statements.push((sql.into(), values));
    }

    /// Adds everything of another.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.statements.append(&mut other.statements);
    }

    /// The same statements, to be explained and not run.
    #[cfg(test)]
    pub(crate) fn explained(mut self) -> Self {
        for (sql, _) in &mut self.statements {
            *sql = format!("EXPLAIN QUERY PLAN {sql}").into();
        }
        self
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    /// Runs everything.
    pub(crate) async fn run(self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        self.rows(conn).await.map(|_| ())
    }

    /// Runs everything and gives back the rows of each statement, in order.
    pub(crate) async fn rows(self, conn: &mut Conn<'_>) -> Result<Vec<Rows>, Fault> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        match conn {
            Conn::Sqlite(conn, before) => self.on_sqlite(conn, before.take()).await,
            Conn::Pg(conn) => self.on_pg(conn).await,
        }
    }

    /// Runs everything, each statement by itself: for long batches of few different statements, which stay prepared.
    pub(crate) async fn run_singly(self, conn: &mut Conn<'_>) -> Result<(), Fault> {
        for (sql, values) in self.statements {
            match conn {
                Conn::Sqlite(conn, _) => {
                    let mut arguments = SqliteArguments::default();
                    for value in values {
                        value.add(&mut arguments).map_err(sqlx::Error::Encode)?;
                    }
                    let sql = in_order(&sql).unwrap_or_else(|| sql.into_owned());
                    sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut **conn).await?;
                }
                Conn::Pg(_) => Self { statements: vec![(sql, values)] }.run(conn).await?,
            }
        }
        Ok(())
    }

    async fn on_sqlite(self, conn: &mut SqliteConnection, before: Option<&str>) -> Result<Vec<Rows>, Fault> {
        use futures::TryStreamExt;
        let mut arguments = SqliteArguments::default();
        let mut text = before.unwrap_or_default().to_owned();
        let skipped = text.matches(';').count();
        let mut answers = Vec::with_capacity(self.statements.len());
        for (sql, values) in self.statements {
            renumbered(&mut text, &sql, arguments.len());
            text.push_str(";\n");
            for value in values {
                value.add(&mut arguments).map_err(sqlx::Error::Encode)?;
            }
        }
        let query = sqlx::query_with(AssertSqlSafe(text), arguments);
        // Several statements in one text: the driver for SQLite does it, `Query::fetch_many` only warns of the others.
        let mut stream = sqlx::Executor::fetch_many(conn, query);
        let mut rows = Vec::new();
        while let Some(one) = stream.try_next().await? {
            match one {
                Either::Left(_) => answers.push(Rows::Sqlite(std::mem::take(&mut rows))),
                Either::Right(row) => rows.push(row),
            }
        }
        answers.drain(..skipped.min(answers.len()));
        Ok(answers)
    }

    async fn on_pg(self, conn: &mut PgConnection) -> Result<Vec<Rows>, Fault> {
        let mut answers = Vec::with_capacity(self.statements.len());
        for (sql, values) in self.statements {
            let mut arguments = PgArguments::default();
            for value in values {
                value.add(&mut arguments).map_err(sqlx::Error::Encode)?;
            }
            let query = sqlx::query_with(AssertSqlSafe(sql.into_owned()), arguments);
            answers.push(Rows::Pg(query.fetch_all(&mut *conn).await?));
        }
        Ok(answers)
    }
}

/// A statement with `?` for `$1`, `$2`… where each comes once and in order. SQLite looks a named parameter up among all
/// that have names: with two thousand of them that takes longer than everything else.
fn in_order(sql: &str) -> Option<String> {
    let mut parts = sql.split('$');
    let mut text = parts.next()?.to_owned();
    for (number, part) in (1_usize..).zip(parts) {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if part[..digits].parse() != Ok(number) {
            return None;
        }
        text.push('?');
        text.push_str(&part[digits..]);
    }
    Some(text)
}

/// Appends a statement whose parameters begin at another number.
fn renumbered(text: &mut String, sql: &str, offset: usize) {
    let mut parts = sql.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        match part[..digits].parse::<usize>() {
            // Writing to a String cannot fail.
            Ok(number) => _ = write!(text, "${}{}", number + offset, &part[digits..]),
            Err(_) => _ = write!(text, "${part}"),
        }
    }
}
