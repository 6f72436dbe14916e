//! A fresh PostgreSQL database per test, on the server that `tests/run` starts.

use std::future::Future;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

/// An empty database, dropped with all connections to it when this is dropped.
pub struct Database {
    server: String,
    name: String,
}

impl Database {
    /// Makes one. It blocks for some milliseconds and may be called inside a runtime as well as outside.
    pub fn create() -> Self {
        let server = std::env::var("TEST_PG_URL").unwrap_or_else(|_| {
            panic!("no PostgreSQL for the tests: run tests/run, which starts a private PostgreSQL");
        });
        let database = Self { server, name: format!("t_{}", uuid::Uuid::now_v7().simple()) };
        database.on_server(format!("CREATE DATABASE {} TEMPLATE template0", database.name)).expect("a new database");
        database
    }

    /// Its address, as `--database` takes it.
    pub fn url(&self) -> String {
        let (address, query) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let (server, _) = address.rsplit_once('/').expect("TEST_PG_URL ends with the name of a database");
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{server}/{}{mark}{query}", self.name)
    }

    /// A connection for looking behind the program's back.
    pub async fn connect(&self) -> PgConnection {
        PgConnection::connect(&self.url()).await.expect("the database just made")
    }

    fn on_server(&self, sql: String) -> sqlx::Result<()> {
        let options: PgConnectOptions = self.server.parse()?;
        wait_for(async move {
            let mut connection = options.connect().await?;
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
            connection.close().await
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The server is thrown away after the run: what cannot be dropped now does no harm until then.
        self.on_server(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).ok();
    }
}

/// Runs a future to its end on a thread of its own, because a thread that drives a runtime may not block on a second.
fn wait_for<T: Send>(future: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(future)
        });
        thread.join().expect("no panic while talking to PostgreSQL")
    })
}

#[tokio::test]
async fn each_test_gets_a_database_of_its_own_that_is_gone_afterwards() {
    let (one, other) = (Database::create(), Database::create());
    assert_ne!(one.url(), other.url());
    let mut connection = one.connect().await;
    sqlx::raw_sql("CREATE TABLE mark (n INT)").execute(&mut connection).await.expect("a table");
    let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_tables WHERE tablename = 'mark'")
        .fetch_one(&mut other.connect().await)
        .await
        .expect("a count");
    assert_eq!(seen, 0, "the other database has it too");
    let url = one.url();
    drop(one);
    assert!(PgConnection::connect(&url).await.is_err(), "{url} is still there");
}
