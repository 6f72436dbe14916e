//! A page of a list and a ticket with its comments, each beside the same SQL through the bare driver.

use crate::bare::{self, array};
use crate::stand::Stand;
use crate::table::{Table, Times};
use guichet::client::{Client, ListAsk, Source};
use guichet::domain::id::TicketId;
use rusqlite::Connection;
use sqlx::Row;
use sqlx::sqlite::SqlitePool;
use std::time::Instant;

const ROUNDS: u32 = 300;
/// Pending, as its column has it.
const PENDING: i64 = 2;

pub async fn measure(stand: &Stand, table: &mut Table) {
    let pool = bare::pool(&stand.path).await;
    let direct = bare::direct(&stand.path);
    let mut page = [Times::default(), Times::default(), Times::default()];
    let mut ticket = [Times::default(), Times::default(), Times::default()];
    for round in 0..ROUNDS {
        let id = stand.some_ticket(round);
        let client: &dyn Client = &stand.agent;
        let began = Instant::now();
        let rows = client.tickets(ListAsk::first(Source::View("pending".into()))).await.expect("the page comes");
        page[0].push(began.elapsed());
        assert_eq!(rows.rows.len(), 100.min(stand.pending), "the page is full");
        let began = Instant::now();
        sqlx_page(&pool).await;
        page[1].push(began.elapsed());
        let began = Instant::now();
        rusqlite_page(&direct);
        page[2].push(began.elapsed());
        let began = Instant::now();
        let thread = client.ticket(TicketId(id), 10).await.expect("the ticket comes");
        ticket[0].push(began.elapsed());
        assert!(!thread.comments.is_empty(), "something was said");
        let began = Instant::now();
        sqlx_ticket(&pool, id).await;
        ticket[1].push(began.elapsed());
        let began = Instant::now();
        rusqlite_ticket(&direct, id);
        ticket[2].push(began.elapsed());
    }
    report(table, "list page of 100 through the client", &page);
    report(table, "ticket with its comments through the client", &ticket);
}

fn report(table: &mut Table, what: &str, [ours, bare, floor]: &[Times; 3]) {
    let ratio = ours.at(50) / bare.at(50);
    let figure = format!(
        "{:.3} ms = {ratio:.2} x bare sqlx ({:.3} ms); rusqlite {:.3} ms",
        ours.at(50),
        bare.at(50),
        floor.at(50)
    );
    table.add(what, figure, "at most 1.6 x", ratio <= 1.6);
}

async fn sqlx_page(pool: &SqlitePool) {
    let rows = sqlx::query(bare::PAGE).bind(PENDING).bind(101_i64).fetch_all(pool).await.expect("the rows come");
    let column = |place: usize| rows.iter().filter_map(move |row| row.get::<Option<i64>, _>(place));
    let mut people: Vec<i64> = column(7).chain(column(8)).chain(column(9)).collect();
    let mut organizations: Vec<i64> = column(11).collect();
    for row in &rows {
        // Everything is taken out of the rows, as ours is.
        let texts: usize = [1, 12, 13, 14, 17].into_iter().map(|place| row.get::<String, _>(place).len()).sum();
        std::hint::black_box(texts);
    }
    for (sql, ids) in [(bare::NAMES, array(&mut people)), (bare::ORGANIZATIONS, array(&mut organizations))] {
        let names = sqlx::query(sql).bind(ids).fetch_all(pool).await.expect("the names come");
        let names: Vec<(i64, String)> = names.iter().map(|row| (row.get(0), row.get(1))).collect();
        std::hint::black_box(names);
    }
}

fn rusqlite_page(connection: &Connection) {
    let mut statement = connection.prepare_cached(bare::PAGE).expect("the statement is right");
    let mut rows = statement.query((PENDING, 101_i64)).expect("the rows come");
    let (mut people, mut organizations) = (Vec::new(), Vec::new());
    while let Ok(Some(row)) = rows.next() {
        for place in [7, 8, 9] {
            people.extend(row.get::<_, Option<i64>>(place).expect("a number"));
        }
        organizations.extend(row.get::<_, Option<i64>>(11).expect("a number"));
        for place in [1, 12, 13, 14, 17] {
            std::hint::black_box(row.get::<_, String>(place).expect("a text"));
        }
    }
    for (sql, ids) in [(bare::NAMES, array(&mut people)), (bare::ORGANIZATIONS, array(&mut organizations))] {
        let mut statement = connection.prepare_cached(sql).expect("the statement is right");
        let names = statement.query_map((ids,), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)));
        std::hint::black_box(names.expect("the names come").filter_map(Result::ok).collect::<Vec<_>>());
    }
}

async fn sqlx_ticket(pool: &SqlitePool, id: i64) {
    let row = sqlx::query(bare::TICKET).bind(id).fetch_one(pool).await.expect("the ticket comes");
    let comments = sqlx::query(bare::COMMENTS).bind(id).bind(11_i64).fetch_all(pool).await.expect("the comments come");
    let mut people: Vec<i64> = [7, 8, 9].into_iter().filter_map(|place| row.get::<Option<i64>, _>(place)).collect();
    people.extend(comments.iter().map(|row| row.get::<i64, _>(2)));
    let bodies: Vec<String> = comments.iter().map(|row| row.get(5)).collect();
    std::hint::black_box(bodies);
    let names = sqlx::query(bare::NAMES).bind(array(&mut people)).fetch_all(pool).await.expect("the names come");
    std::hint::black_box(names.iter().map(|row| row.get::<String, _>(1)).collect::<Vec<_>>());
}

fn rusqlite_ticket(connection: &Connection, id: i64) {
    let mut ticket = connection.prepare_cached(bare::TICKET).expect("the statement is right");
    let people =
        ticket.query_row((id,), |row| Ok([7, 8, 9].map(|place| row.get::<_, Option<i64>>(place).unwrap_or_default())));
    let mut people: Vec<i64> = people.expect("the ticket comes").into_iter().flatten().collect();
    let mut comments = connection.prepare_cached(bare::COMMENTS).expect("the statement is right");
    let said = comments.query_map((id, 11_i64), |row| Ok((row.get::<_, i64>(2)?, row.get::<_, String>(5)?)));
    for (author, body) in said.expect("the comments come").filter_map(Result::ok) {
        people.push(author);
        std::hint::black_box(body);
    }
    let mut names = connection.prepare_cached(bare::NAMES).expect("the statement is right");
    let names = names.query_map((array(&mut people),), |row| row.get::<_, String>(1));
    std::hint::black_box(names.expect("the names come").filter_map(Result::ok).collect::<Vec<_>>());
}
