//! Requests that leave: where they may go, and what comes back from servers that mean no good.

pub mod addresses;
pub mod servers;

use futures::future::BoxFuture;
use guichet::domain::hosts::Hosts;
use guichet::fetch::{Answer, Ask, Fault, Fetcher, MOST, Means, Names, fetch};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Names that lead where a test says: another answer each time, the last for good.
pub struct Told {
    answers: Vec<Vec<IpAddr>>,
    pub asked: AtomicUsize,
}

impl Told {
    pub fn new(answers: &[&[&str]]) -> Arc<Self> {
        let read = |one: &&[&str]| one.iter().map(|text| text.parse().expect("an address")).collect();
        Arc::new(Self { answers: answers.iter().map(read).collect(), asked: AtomicUsize::new(0) })
    }
}

impl Names for Told {
    fn look_up(&self, _host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        let turn = self.asked.fetch_add(1, Ordering::Relaxed).min(self.answers.len() - 1);
        let answer = self.answers[turn].clone();
        Box::pin(async move { Ok(answer) })
    }
}

pub fn hosts(text: &str) -> Hosts {
    Hosts::read(text).expect("hosts")
}

pub fn means(names: Arc<dyn Names>) -> Means {
    Means { connect: Duration::from_secs(2), whole: Duration::from_secs(2), names, roots: Vec::new() }
}

pub fn ask(url: &str) -> Ask {
    Ask { method: "POST", url: url.to_owned(), headers: Vec::new(), body: b"{}".to_vec(), most: MOST }
}

/// With what an admin allows, to names that all lead to this machine.
pub async fn said(allowed: &str, url: &str) -> Result<Answer, Fault> {
    fetch(&Fetcher::new(hosts(allowed), means(Told::new(&[&["127.0.0.1"]]))), ask(url)).await
}
