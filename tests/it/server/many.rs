//! Many servers on one PostgreSQL: whatever one of them has acknowledged is there once, though another was killed.

mod shared;

use crate::support::dirs::Home;
use crate::support::served::http;
use crate::support::town::{Town, says, still};
use guichet::client::remote::{Guichet, SignIn, Target, Transport};
use guichet::client::{Client as _, Key};
use guichet::client::{Cursor, ListAsk, PeopleAsk, Source};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::id::TicketId;
use guichet::domain::person::EmailAddress;
use guichet::domain::secret::Secret;
use guichet::domain::time::Span;
use guichet::store::{Clock, Store};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A server of its own process.
struct Server {
    child: Mutex<Child>,
    url: String,
}

impl Server {
    fn start(home: &Home, database: &str) -> Self {
        let args = ["--database", database, "serve", "--listen", "127.0.0.1:0", "--per-minute", "1000000"];
        let mut child = home.command(&args).stdout(Stdio::piped()).spawn().expect("a server");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let url = line.trim().strip_prefix("listening on ").expect("its address").to_owned();
        Self { child: Mutex::new(child), url }
    }

    /// At once, without a word (SIGKILL).
    fn kill(&self) {
        let mut child = self.child.lock().expect("unlocked");
        child.kill().ok();
        child.wait().ok();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn by_our_client(url: &str, email: &EmailAddress, token: &str) -> Guichet {
    let sign_in = SignIn::Token(email.clone(), Secret::new(token));
    let target = Target { url: url.to_owned(), sign_in, plain: false, clock: still() };
    Guichet::new(Transport::new(target).expect("a way"), Channel::Web)
}

const WRITERS: usize = 6;
const EACH: usize = 12;

/// The tickets that are there, by their subjects.
async fn there(town: &Town) -> BTreeMap<String, i64> {
    let mut there = BTreeMap::new();
    let mut after: Option<Cursor> = None;
    loop {
        let ask = ListAsk { after, ..ListAsk::first(Source::Search("order".into())) };
        let page = town.as_(town.agent).tickets(ask).await.expect("a page");
        for ticket in page.rows {
            assert_eq!(there.insert(ticket.subject.clone(), ticket.id.0), None, "{} is there twice", ticket.subject);
        }
        after = page.next;
        if after.is_none() {
            return there;
        }
    }
}

/// Z07, D33: what was acknowledged is not lost, and what was sent again is done once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_two_servers_is_killed_and_nothing_is_lost_or_done_twice() {
    let town = Town::pg().await;
    let admin = town.as_(town.admin);
    let token = admin.add_token(town.key(), town.agent).await.expect("a token").expose().to_owned();
    let email = admin.people(PeopleAsk::Ids(vec![town.agent])).await.expect("people").rows[0].email.clone();
    let address = email.expect("an address");
    let user = format!("{}/token", address.as_str());
    let (home, database) = (Home::new(), town.ground.url());
    let servers = Arc::new([Server::start(&home, &database), Server::start(&home, &database)]);
    let place = town.as_(town.agent).news(None, 0).await.expect("news").place;
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let (servers, acknowledged, user, token) =
            (Arc::clone(&servers), Arc::clone(&acknowledged), user.clone(), token.clone());
        let clients = [0, 1].map(|at: usize| by_our_client(&servers[at].url, &address, &token));
        writers.push(tokio::spawn(async move {
            let mut numbers = BTreeMap::new();
            for one in 0..EACH {
                let key = format!("order {writer} {one}");
                let body = json!({ "ticket": { "subject": key, "comment": { "body": "Please." } } });
                let mut at = writer + one;
                loop {
                    let url = format!("{}/api/v2/tickets", servers[at % 2].url);
                    let asks = http().post(url).basic_auth(&user, Some(&token)).header("idempotency-key", &key);
                    let answer = asks.json(&body).send().await;
                    if let Ok(answer) = answer
                        && answer.status().as_u16() == 201
                        && let Ok(said) = answer.json::<serde_json::Value>().await
                    {
                        numbers.insert(key.clone(), said["ticket"]["id"].as_i64().expect("a number"));
                        break;
                    }
                    // Nobody knows whether it was done: the same again, elsewhere.
                    at += 1;
                }
                // The same by our own client.
                let note = says(TicketId(numbers[&key]), NewComment::note("Once."));
                while clients[at % 2].act(Key(format!("note on {key}")), note.clone()).await.is_err() {
                    at += 1;
                }
                if acknowledged.fetch_add(1, Ordering::SeqCst) == WRITERS * EACH / 3 {
                    servers[0].kill();
                }
            }
            numbers
        }));
    }
    let mut told = BTreeMap::new();
    for writer in writers {
        told.extend(writer.await.expect("all written"));
    }
    assert_eq!(told.len(), WRITERS * EACH);
    let there = there(&town).await;
    assert_eq!(there, told, "each is there once, under the number that was told");
    for id in told.values() {
        let thread = town.as_(town.agent).ticket(TicketId(*id), 10).await.expect("the ticket");
        assert_eq!(thread.comments.len(), 2, "each was said once on #{id}");
    }
    // Whoever listens at the third program has heard of all of them.
    let (mut heard, mut place) = (std::collections::BTreeSet::new(), place);
    while !told.values().all(|id| heard.contains(id)) {
        let news = town.as_(town.agent).news(Some(place), 20_000).await.expect("news");
        assert!(!news.is_none(), "of some nothing was ever heard");
        heard.extend(news.tickets.iter().map(|id| id.0));
        place = news.place;
    }
    town.verified().await;
    town.store.close().await;
}

/// Servers whose clocks are an hour apart go by one: the database's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_go_by_the_clock_of_their_database() {
    let town = Town::pg().await;
    let (early, late) = (town.clock(), town.clock());
    let late: Clock = Arc::new(move || late() + Span::hours(1));
    let mut told = Vec::new();
    for own in [early, late] {
        let store = Store::open(&town.ground.url()).await.expect("the store");
        store.set_clock(&own).await.expect("its clock");
        told.push(store.clock(own)());
        store.close().await;
    }
    assert!((told[1].0 - told[0].0).abs() < Span::minutes(1).0, "{told:?}");
    town.store.close().await;
}
