//! Servers in processes of their own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server, gone with this value.
pub struct Process {
    child: Child,
    pub url: String,
    /// From its start to the line in which it says where it listens.
    pub started: Duration,
}

impl Process {
    /// Ours, on a store.
    pub fn serve(store: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guichet"));
        command.args(["--database", store, "serve", "--listen", "127.0.0.1:0", "--per-minute", "100000000"]);
        Self::start(command)
    }

    /// The floor, on the same file.
    pub fn floor(path: &Path) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program has a place"));
        command.env(super::floor::STORE, path);
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let began = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let url = lines.find_map(|line| line.ok()?.strip_prefix("listening on ").map(str::to_owned));
        Self { child, url: url.expect("it listens"), started: began.elapsed() }
    }

    /// The most memory that it has held, in MiB.
    pub fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
    }

    /// What it has had of the processors, in milliseconds.
    pub fn cpu_ms(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // Behind the name in brackets; in hundredths of a second, 14th and 15th of all.
        let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A token with which somebody is let in.
pub fn token(store: &str, address: &str) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_guichet"))
        .args(["--database", store, "--as", address, "person", "token", "me"])
        .output()
        .expect("the command runs");
    let said = String::from_utf8_lossy(&ran.stdout);
    let token = said.split_whitespace().max_by_key(|word| word.len());
    token.unwrap_or_else(|| panic!("no token: {}", String::from_utf8_lossy(&ran.stderr))).to_owned()
}
