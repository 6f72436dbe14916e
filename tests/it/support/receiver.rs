//! A server on loopback that takes requests, with habits of servers that people have.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a server does with a request that it has read.
#[derive(Clone, Debug)]
pub enum Habit {
    /// Answers with a status, headers (each with its end of line) and a body of the right length.
    Answers(u16, &'static str, &'static str),
    /// Writes just this, then hangs up.
    Writes(&'static str),
    /// Writes just this, then keeps the line open.
    Stalls(&'static str),
    /// Hangs up before it has read anything.
    HangsUp,
    /// Answers with a body that never ends.
    Floods,
    /// Says what it got, headers and all.
    Echoes,
    /// One after the other; the last goes on.
    InTurn(Vec<Habit>),
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Got {
    /// Its first line.
    pub line: String,
    /// Its headers, their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// Its body.
    pub body: String,
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// A server that takes requests.
pub struct Receiver {
    pub port: u16,
    got: Arc<Mutex<Vec<Got>>>,
    met: Arc<Mutex<usize>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Receiver {
    pub async fn new(habit: Habit) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (got, met) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(0)));
        let (seen, counted) = (Arc::clone(&got), Arc::clone(&met));
        let task = tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let turn = {
                    let mut met = counted.lock().expect("a count");
                    *met += 1;
                    *met - 1
                };
                tokio::spawn(serve(line, at_turn(&habit, turn).clone(), Arc::clone(&seen)));
            }
        });
        Self { port, got, met, task }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What came so far.
    pub fn got(&self) -> Vec<Got> {
        self.got.lock().expect("what came").clone()
    }

    /// How many connections were made, whatever came over them.
    pub fn met(&self) -> usize {
        *self.met.lock().expect("a count")
    }
}

fn at_turn(habit: &Habit, turn: usize) -> &Habit {
    match habit {
        Habit::InTurn(habits) => &habits[turn.min(habits.len() - 1)],
        one => one,
    }
}

/// A request, or nothing when the other side hangs up before its end.
async fn read(line: &mut TcpStream) -> Option<Got> {
    let mut bytes = Vec::new();
    let mut some = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let mut lines = head.lines();
            let first = lines.next().unwrap_or_default().to_owned();
            let pairs = lines.filter_map(|one| one.split_once(": "));
            let headers: BTreeMap<String, String> =
                pairs.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
            let length: usize = headers.get("content-length").map_or(0, |text| text.parse().expect("a length"));
            if bytes.len() >= end + 4 + length {
                let body = String::from_utf8_lossy(&bytes[end + 4..end + 4 + length]).into_owned();
                return Some(Got { line: first, headers, body });
            }
        }
        match line.read(&mut some).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&some[..read]),
        }
    }
}

async fn serve(mut line: TcpStream, habit: Habit, seen: Arc<Mutex<Vec<Got>>>) {
    if matches!(habit, Habit::HangsUp) {
        return;
    }
    let Some(got) = read(&mut line).await else { return };
    seen.lock().expect("what came").push(got.clone());
    match habit {
        Habit::Answers(status, headers, body) => {
            let length = body.len();
            let text = format!("HTTP/1.1 {status} So\r\n{headers}content-length: {length}\r\n\r\n{body}");
            line.write_all(text.as_bytes()).await.ok();
        }
        Habit::Writes(text) => _ = line.write_all(text.as_bytes()).await.ok(),
        Habit::Stalls(text) => {
            line.write_all(text.as_bytes()).await.ok();
            // Until the other side has had enough.
            while matches!(line.read(&mut [0; 64]).await, Ok(read) if read > 0) {}
        }
        Habit::Floods => {
            line.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.ok();
            while line.write_all(&[b'a'; 8192]).await.is_ok() {}
        }
        Habit::Echoes => {
            let body = format!("{got:?}");
            let text = format!("HTTP/1.1 400 No\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            line.write_all(text.as_bytes()).await.ok();
        }
        Habit::HangsUp | Habit::InTurn(_) => {}
    }
    line.shutdown().await.ok();
}
