//! The real server over loopback, eight clients at once, each route beside a bare axum that answers with the rows of the
//! same statement through the same driver, in a process of its own too.

mod floor;
mod load;
mod process;

pub use floor::serve as serve_floor;
pub use process::{Process, token};

use crate::stand::Stand;
use crate::table::{Table, Times};
use load::Load;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use std::time::Duration;

/// So many ask at once.
const CLIENTS: u32 = 8;
/// One turn of one of the two.
const TURN: Duration = Duration::from_secs(3);
const TURNS: u32 = 3;
const BODY: &str =
    "We have looked at the terminal at the depot and changed its card reader; please try again and tell us.";

/// What is asked: of us, and of the floor.
struct Route {
    what: &'static str,
    writes: bool,
    ours: fn(&Stand, u32) -> (Method, String, Option<Value>),
    floor: fn(&Stand, u32) -> (Method, String, Option<Value>),
}

const ROUTES: [Route; 5] = [
    Route {
        what: "show a ticket",
        writes: false,
        ours: |stand, round| get(format!("/api/v2/tickets/{}.json", stand.some_ticket(round))),
        floor: |stand, round| get(format!("/ticket/{}", stand.some_ticket(round))),
    },
    Route {
        what: "list of 100 tickets",
        writes: false,
        ours: |_, _| get("/api/v2/tickets.json?page[size]=100".to_owned()),
        floor: |_, _| get("/tickets".to_owned()),
    },
    Route {
        what: "search, newest 50",
        writes: false,
        ours: |_, round| {
            let word = word(round);
            get(format!("/api/v2/search/export.json?filter[type]=ticket&page[size]=50&query={word}"))
        },
        floor: |_, round| get(format!("/search/{}", word(round))),
    },
    Route {
        what: "create a ticket",
        writes: true,
        ours: |_, _| {
            let ticket = json!({ "subject": "The terminal at the depot refuses cards", "comment": { "body": BODY } });
            (Method::POST, "/api/v2/tickets.json".to_owned(), Some(json!({ "ticket": ticket })))
        },
        floor: |_, _| (Method::POST, "/create".to_owned(), Some(json!({ "body": BODY }))),
    },
    Route {
        what: "comment on a ticket",
        writes: true,
        ours: |stand, round| {
            let ticket = json!({ "comment": { "body": BODY, "public": true } });
            let path = format!("/api/v2/tickets/{}.json", stand.open_ticket(round));
            (Method::PUT, path, Some(json!({ "ticket": ticket })))
        },
        floor: |_, _| (Method::POST, "/comment".to_owned(), Some(json!({ "body": BODY }))),
    },
];

fn get(path: String) -> (Method, String, Option<Value>) {
    (Method::GET, path, None)
}

fn word(round: u32) -> &'static str {
    ["terminal", "lock", "payment", "gps", "battery", "brake"][round as usize % 6]
}

/// Start, requests a second, time, processor and memory of a server of the large store.
pub async fn measure(stand: &Stand, table: &mut Table) {
    let store = format!("sqlite:{}", stand.path.display());
    starts(&store, table);
    let ours = Process::serve(&store);
    let floor = Process::floor(&stand.path);
    let token = token(&store, &stand.agent_address);
    let name = format!("{}/token", stand.agent_address);
    let client = Client::builder().build().expect("a client");
    let mut reads = Times::default();
    for route in &ROUTES {
        let (mut by_us, mut by_floor) = (Vec::new(), Vec::new());
        for turn in 0..TURNS {
            let asks = |base: &str, (method, path, body): (Method, String, Option<Value>)| -> RequestBuilder {
                let asks = client.request(method, format!("{base}{path}")).basic_auth(&name, Some(&token));
                if let Some(body) = body { asks.json(&body) } else { asks }
            };
            let began = turn * 100_000;
            by_us.push(Load::run(&ours, |round| asks(&ours.url, (route.ours)(stand, began + round))).await);
            by_floor.push(Load::run(&floor, |round| asks(&floor.url, (route.floor)(stand, began + round))).await);
        }
        if !route.writes {
            for load in &by_us {
                reads.extend(&load.times);
            }
        }
        report(table, route, &by_us, &by_floor);
    }
    let p99 = reads.at(99);
    table.add("reads under eight clients", format!("p99 {p99:.1} ms"), "p99 below 20 ms", p99 < 20.0);
    let memory = ours.memory();
    table.add(
        "memory of the server under eight clients",
        format!("{memory:.1} MiB at most"),
        "at most 120 MiB",
        memory <= 120.0,
    );
}

fn report(table: &mut Table, route: &Route, ours: &[Load], floor: &[Load]) {
    let (us, bare) = (load::median(ours, Load::rate), load::median(floor, Load::rate));
    let (our_cpu, bare_cpu) = (load::median(ours, Load::cpu_ms), load::median(floor, Load::cpu_ms));
    let ratio = us / bare;
    let wanted = if route.writes { 0.4 } else { 0.5 };
    let figure = format!(
        "{us:.0} a second = {ratio:.2} x bare axum ({bare:.0}); {our_cpu:.2} ms of processor each, bare {bare_cpu:.2}"
    );
    table.add(format!("over HTTP: {}", route.what), figure, format!("at least {wanted} x"), ratio >= wanted);
}

fn starts(store: &str, table: &mut Table) {
    let mut times = Times::default();
    for round in 0..=9 {
        let server = Process::serve(store);
        if round > 0 {
            times.push(server.started);
        }
    }
    let start = times.at(50);
    table.add("start to `listening on`", format!("{start:.0} ms"), "at most 200 ms", start <= 200.0);
}
