//! The floor: axum and the driver, and nothing between them.

use crate::bare;
use crate::writes;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqlitePool, SqliteRow};
use sqlx::{Column, Row, TypeInfo, ValueRef};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::Mutex;

/// Names the store to a process that is to be the floor.
pub const STORE: &str = "GUICHET_BENCH_FLOOR";

struct Floor {
    pool: SqlitePool,
    writer: Mutex<SqliteConnection>,
    round: AtomicI64,
}

/// Serves for ever, if this process is to be the floor.
pub async fn serve() {
    let Some(path) = std::env::var_os(STORE).map(PathBuf::from) else { return };
    let floor = Floor {
        pool: bare::pool(&path).await,
        writer: Mutex::new(writes::floor(&path).await),
        round: AtomicI64::new(1_000),
    };
    let routes = Router::new()
        .route("/ticket/{id}", get(ticket))
        .route("/tickets", get(tickets))
        .route("/search/{word}", get(search))
        .route("/create", post(create))
        .route("/comment", post(comment))
        .with_state(Arc::new(floor));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    println!("listening on http://{address}");
    std::io::stdout().flush().expect("somebody listens");
    axum::serve(listener, routes).await.expect("it serves");
}

/// A row as JSON, each column under its name.
fn row(row: &SqliteRow) -> Value {
    let value = |place: usize| {
        let raw = row.try_get_raw(place).expect("a column");
        match raw.type_info().name() {
            "INTEGER" => json!(row.get::<i64, _>(place)),
            "TEXT" => json!(row.get::<String, _>(place)),
            _ => Value::Null,
        }
    };
    let named = row.columns().iter().map(|column| (column.name().to_owned(), value(column.ordinal())));
    Value::Object(named.collect())
}

async fn ticket(State(floor): State<Arc<Floor>>, Path(id): Path<i64>) -> Json<Value> {
    let one = sqlx::query(bare::TICKET).bind(id).fetch_one(&floor.pool).await.expect("the ticket comes");
    Json(json!({ "ticket": row(&one) }))
}

async fn tickets(State(floor): State<Arc<Floor>>) -> Json<Value> {
    let sql = bare::TICKET.replace("WHERE t.id = $1", "WHERE t.status < 6 ORDER BY t.id LIMIT $1");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(101_i64).fetch_all(&floor.pool).await;
    Json(json!({ "tickets": rows.expect("the rows come").iter().map(row).collect::<Vec<_>>() }))
}

async fn search(State(floor): State<Arc<Floor>>, Path(word): Path<String>) -> Json<Value> {
    let sql = bare::TICKET.replace(
        "FROM tickets t WHERE t.id = $1",
        "FROM search_all s JOIN tickets t ON t.id = s.rowid WHERE search_all MATCH $1 AND t.status < 6 \
         ORDER BY s.rowid DESC LIMIT 51",
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(word).fetch_all(&floor.pool).await;
    Json(json!({ "results": rows.expect("the rows come").iter().map(row).collect::<Vec<_>>() }))
}

async fn create(State(floor): State<Arc<Floor>>, Json(sent): Json<Value>) -> Json<Value> {
    let round = floor.round.fetch_add(1, Ordering::Relaxed);
    let mut writer = floor.writer.lock().await;
    writes::new_ticket(&mut writer, round).await;
    writes::same_rows(&mut writer, round).await;
    Json(json!({ "ticket": sent, "id": round }))
}

async fn comment(State(floor): State<Arc<Floor>>, Json(sent): Json<Value>) -> Json<Value> {
    let round = floor.round.fetch_add(1, Ordering::Relaxed);
    writes::same_rows(&mut *floor.writer.lock().await, round % 1_000).await;
    Json(json!({ "ticket": sent, "id": round }))
}
