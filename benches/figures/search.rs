//! Search over everything: the newest 50 hits for words, phrases and three-letter beginnings taken from the tickets.

use crate::stand::Stand;
use crate::table::{Table, Times};
use guichet::client::{Client, ListAsk, Source};
use guichet::domain::id::TicketId;
use std::time::Instant;

const QUERIES: u32 = 400;

pub async fn measure(stand: &Stand, table: &mut Table) {
    let texts = texts(stand).await;
    let word =
        |text: &String| text.split_whitespace().find(|word| word.chars().all(char::is_alphanumeric)).map(str::to_owned);
    let words: Vec<String> = texts.iter().filter_map(word).collect();
    let phrases: Vec<String> = texts.iter().filter_map(|text| phrase(text)).collect();
    let starts: Vec<String> = words
        .iter()
        .filter(|word| word.chars().count() > 3)
        .map(|word| word.chars().take(3).chain(['*']).collect())
        .collect();
    for (what, queries, bound) in
        [("words", &words, 20.0), ("phrases", &phrases, 20.0), ("three-letter beginnings", &starts, 50.0)]
    {
        let mut agents = Times::default();
        let mut requesters = Times::default();
        let mut hits = 0;
        for query in queries {
            let ask = || ListAsk { limit: 50, ..ListAsk::first(Source::Search(query.clone())) };
            let began = Instant::now();
            hits += Client::tickets(&stand.agent, ask()).await.expect("the search answers").rows.len();
            agents.push(began.elapsed());
            let began = Instant::now();
            Client::requests(&stand.requester, ask()).await.expect("the search answers");
            requesters.push(began.elapsed());
        }
        let figure = format!(
            "p50 {:.2} ms, p99 {:.2} ms ({} queries, {hits} hits); as a requester p99 {:.2} ms",
            agents.at(50),
            agents.at(99),
            queries.len(),
            requesters.at(99)
        );
        let kept = agents.at(99) <= bound && requesters.at(99) <= bound;
        table.add(format!("search, newest 50: {what}"), figure, format!("p99 at most {bound:.0} ms"), kept);
    }
}

async fn texts(stand: &Stand) -> Vec<String> {
    let mut texts = Vec::new();
    for round in 0..QUERIES {
        let id = TicketId(stand.some_ticket(round));
        let thread = Client::ticket(&stand.agent, id, 10).await.expect("the ticket comes");
        // Now from the subject, now from what was said.
        let said = thread.comments.last().map(|comment| comment.body.clone()).unwrap_or_default();
        texts.push(if round % 2 == 0 { thread.item.subject } else { said });
    }
    texts
}

fn phrase(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = |pair: &&[&str]| pair.iter().all(|word| word.chars().all(char::is_alphanumeric));
    words.windows(2).find(plain).map(|pair| format!("\"{} {}\"", pair[0], pair[1]))
}
