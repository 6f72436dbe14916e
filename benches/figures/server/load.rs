//! Clients that ask as fast as they are answered.

use super::Process;
use super::{CLIENTS, TURN};
use crate::table::Times;
use reqwest::RequestBuilder;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// What came of one turn.
pub struct Load {
    done: f64,
    seconds: f64,
    cpu: f64,
    pub times: Times,
}

impl Load {
    /// Asks one server for a while.
    pub async fn run(server: &Process, ask: impl Fn(u32) -> RequestBuilder) -> Self {
        let next = AtomicU32::new(0);
        let (began, cpu) = (Instant::now(), server.cpu_ms());
        let one = || async {
            let mut times = Times::default();
            while began.elapsed() < TURN {
                let request = ask(next.fetch_add(1, Ordering::Relaxed));
                let sent = Instant::now();
                let answer = request.send().await.expect("the server answers");
                let status = answer.status();
                let body = answer.bytes().await.expect("with a body");
                times.push(sent.elapsed());
                assert!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&body));
            }
            times
        };
        let all = futures::future::join_all((0..CLIENTS).map(|_| one())).await;
        let (seconds, cpu) = (began.elapsed().as_secs_f64(), server.cpu_ms() - cpu);
        let mut times = Times::default();
        for one in &all {
            times.extend(one);
        }
        Self { done: times.count(), seconds, cpu, times }
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.done / self.seconds
    }

    /// The server's processor time for each, in milliseconds.
    pub fn cpu_ms(&self) -> f64 {
        self.cpu / self.done
    }
}

/// The one in the middle.
pub fn median(loads: &[Load], of: fn(&Load) -> f64) -> f64 {
    let mut all: Vec<f64> = loads.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}
