//! Who sees what (R109, R114-R116, R126, R149): every route that there is, asked by every sort of person of every sort of
//! thing. The routes come from the router's own document: one without a row in `matrix/expected.txt` fails here, and so does
//! a row whose answers became others. What is wanted of rows in general stands in [`laws`]; what a body may hold in
//! [`canary`].

pub mod asks;
mod canary;
mod laws;
pub mod people;

use asks::{Asked, Route, SORTS, routes, sorts};
use people::{Everybody, WHO};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How the table begins.
const HEAD: &str = "\
# What each route answers to everybody, a letter for each of these people, in this order; behind a route stands of whom
# or what its first number is. The letters: + done (2xx), > sent elsewhere, b wrong question (400), ? not signed in (401,
# or 429 after many tries), x forbidden (403), 0 not there (404), c a conflict (409), v nothing can be done with it (422), ! others.
# Written by UPDATE_MATRIX=1 cargo test --locked --test it -- matrix::every_route
#
";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/server/matrix/expected.txt")
}

/// The table as it is written.
pub fn table() -> String {
    std::fs::read_to_string(path()).expect("the table")
}

/// Lines `METHOD path target: answers`, one letter for each of [`WHO`].
fn expected() -> BTreeMap<String, String> {
    let table = table();
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").expect("a row")).map(|(row, cells)| (row.into(), cells.into())).collect()
}

/// What a status code is called in a row.
fn letter(status: u16) -> char {
    match status {
        200..300 => '+',
        303 => '>',
        400 => 'b',
        // Whoever tried too often is not looked at any more.
        401 | 429 => '?',
        403 => 'x',
        404 => '0',
        409 => 'c',
        422 => 'v',
        _ => '!',
    }
}

/// Reads are asked first, for what is written would be read by those who come later; what takes away comes last.
fn in_order(mut routes: Vec<Route>) -> Vec<Route> {
    routes.sort_by_key(|route| {
        let signs_out = route.path.ends_with("/current");
        (route.is_change(), route.takes_away(), signs_out, route.path.clone(), route.method.clone())
    });
    routes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_answers_everybody_as_its_row_says() {
    let everybody = Everybody::make().await;
    let (mut rows, mut broken) = (BTreeMap::new(), Vec::new());
    for route in in_order(routes()) {
        for &target in sorts(&route) {
            let mut cells = String::new();
            for who in WHO {
                let asked = Asked::of(&route, target, who, &everybody);
                let answer = everybody.ask(who, &asked).await;
                cells.push(letter(answer.status));
                if let Some(fault) = laws::fault(&route, target, who, &answer) {
                    broken.push(format!("{who} of {} {target}: {fault}", route.name()));
                }
            }
            rows.insert(format!("{} {target}", route.name()), cells);
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(SORTS.iter().all(|sort| rows.keys().any(|row| row.ends_with(sort))));
    compare(&rows, &expected());
}

/// What to do about a difference.
pub const ADVICE: &str = "tests/it/server/matrix/expected.txt and the router differ. Are the new answers right, for each of the \
    people at the head of that file? Then UPDATE_MATRIX=1 cargo test --locked --test it -- matrix::every_route writes them \
    there; look at the difference (git diff) before you commit it.";

fn compare(rows: &BTreeMap<String, String>, expected: &BTreeMap<String, String>) {
    if std::env::var_os("UPDATE_MATRIX").is_some() {
        return write(rows);
    }
    let mut wrong = String::new();
    for (row, cells) in rows {
        match expected.get(row) {
            None => writeln!(wrong, "no row: {row}: {cells}"),
            Some(wanted) if wanted != cells => writeln!(wrong, "wanted: {row}: {wanted}\n found: {row}: {cells}"),
            Some(_) => Ok(()),
        }
        .expect("written");
    }
    for row in expected.keys().filter(|row| !rows.contains_key(*row)) {
        writeln!(wrong, "no route: {row}").expect("written");
    }
    assert!(wrong.is_empty(), "{ADVICE}\n{wrong}");
}

fn write(rows: &BTreeMap<String, String>) {
    let mut text = String::from(HEAD);
    for (at, who) in WHO.iter().enumerate() {
        writeln!(text, "# {:>2} {who}", at + 1).expect("written");
    }
    text.push('\n');
    for (row, cells) in rows {
        writeln!(text, "{row}: {cells}").expect("written");
    }
    std::fs::write(path(), text).expect("written");
}
