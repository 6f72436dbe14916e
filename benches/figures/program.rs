//! The real program in a pseudo-terminal: start to the first complete screen, and memory after working.

use crate::server::{Process, token};
use crate::stand::Stand;
use crate::table::{Table, Times};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const STARTS: usize = 15;
const SIZE: PtySize = PtySize { rows: 40, cols: 140, pixel_width: 0, pixel_height: 0 };

pub fn measure(stand: &Stand, table: &mut Table) {
    let mut large = Times::default();
    let mut empty = Times::default();
    for round in 0..=STARTS {
        let started = Running::start(&stand.path, &stand.agent_address);
        let (full, bare) = (started.complete, Running::start(&stand.empty, &stand.agent_address).complete);
        // The first pair warms the disk's cache.
        if round > 0 {
            large.push(full);
            empty.push(bare);
        }
    }
    let ratio = large.at(50) / empty.at(50);
    let figure = format!("{:.1} ms = {ratio:.2} x an empty store ({:.1} ms)", large.at(50), empty.at(50));
    let kept = large.at(50) <= 60.0 && ratio <= 1.5;
    table.add("start to the first complete screen", figure, "at most 60 ms and 1.5 x", kept);
    let mut working = Running::start(&stand.path, &stand.agent_address);
    working.browse();
    let memory = working.memory();
    let figure = format!("{memory:.1} MiB at most, after lists, tickets and searches");
    table.add("memory of the full-screen program", figure, "at most 60 MiB", memory <= 60.0);
    keys(stand, table);
    let binary = std::fs::metadata(env!("CARGO_BIN_EXE_guichet")).map_or(0, |file| file.len());
    let size = f64::from(u32::try_from(binary).unwrap_or(u32::MAX)) / 1024.0 / 1024.0;
    table.add("release binary", format!("{size:.1} MiB"), "under 25 MiB", size < 25.0);
}

/// A key, from the terminal to the frame that shows it, by turns on a store of its own and on a served account.
fn keys(stand: &Stand, table: &mut Table) {
    let store = format!("sqlite:{}", stand.path.display());
    let server = Process::serve(&store);
    let token = token(&store, &stand.agent_address);
    let mut own = Running::start(&stand.path, &stand.agent_address);
    let mut away = Running::remote(&stand.path, &stand.agent_address, &server, &token);
    let (mut here, mut there) = (Times::default(), Times::default());
    for round in 0..60 {
        let key = if round % 20 < 10 { "j" } else { "k" };
        here.push(own.echo(key));
        there.push(away.echo(key));
    }
    let ratio = there.at(50) / here.at(50);
    let figure = format!("{:.1} ms = {ratio:.2} x the embedded store ({:.1} ms)", there.at(50), here.at(50));
    table.add("key to frame on a served account", figure, "as embedded", ratio <= 1.2);
}

struct Running {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<(vt100::Parser, Instant)>>,
    /// From the start to the last change of the first screen.
    complete: Duration,
}

impl Running {
    /// On a store of its own.
    fn start(store: &Path, address: &str) -> Self {
        let database = format!("sqlite:{}", store.display());
        Self::with(&["--database", &database, "--as", address], &store.with_extension("home"))
    }

    /// On an account that a server has.
    fn remote(store: &Path, address: &str, server: &Process, token: &str) -> Self {
        let home = store.with_extension("away");
        let folder = home.join("c/guichet");
        std::fs::create_dir_all(&folder).expect("a folder is made");
        let url = &server.url;
        let config =
            format!("[profiles.away]\nurl = \"{url}\"\nas = \"{address}\"\ntoken_command = \"echo {token}\"\n");
        std::fs::write(folder.join("config.toml"), config).expect("the configuration is written");
        Self::with(&["--profile", "away"], &home)
    }

    fn with(args: &[&str], home: &Path) -> Self {
        let pair = native_pty_system().openpty(SIZE).expect("a pseudo-terminal opens");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_guichet"));
        command.args(args);
        for (name, folder) in [("XDG_CONFIG_HOME", "c"), ("XDG_DATA_HOME", "d"), ("XDG_STATE_HOME", "s"), ("HOME", "h")]
        {
            command.env(name, home.join(folder));
        }
        std::fs::create_dir_all(home.join("h")).expect("a home is made");
        command.env("TERM", "xterm-256color");
        command.env("LANG", "en_US.UTF-8");
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let screen = Arc::new(Mutex::new((parser(), began)));
        let mut output = pair.master.try_clone_reader().expect("the output is readable");
        let seen = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = vec![0; 65536];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                let mut seen = seen.lock().expect("nobody panics with the lock");
                let before = seen.0.screen().contents_formatted();
                seen.0.process(&bytes[..count]);
                if seen.0.screen().contents_formatted() != before {
                    seen.1 = Instant::now();
                }
            }
        });
        let keys = pair.master.take_writer().expect("keys can be typed");
        let mut running = Self { child, master: pair.master, keys, screen, complete: Duration::ZERO };
        running.settle(Duration::from_millis(400));
        running.complete = running.screen.lock().expect("nobody panics with the lock").1 - began;
        running
    }

    /// Waits until the screen has shown something and has not changed for a while.
    fn settle(&self, quiet: Duration) {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let (filled, since) = {
                let seen = self.screen.lock().expect("nobody panics with the lock");
                (seen.0.screen().contents().trim().len() > 200, seen.1.elapsed())
            };
            if (filled && since >= quiet) || Instant::now() >= until {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// How long it takes until a key shows.
    fn echo(&mut self, key: &str) -> Duration {
        let changed = |running: &Self| running.screen.lock().expect("nobody panics with the lock").1;
        let before = changed(self);
        let began = Instant::now();
        self.keys.write_all(key.as_bytes()).and_then(|()| self.keys.flush()).expect("keys can be typed");
        while changed(self) == before && began.elapsed() < Duration::from_secs(5) {
            std::thread::yield_now();
        }
        let took = changed(self).duration_since(began);
        self.settle(Duration::from_millis(30));
        took
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("keys can be typed");
        self.settle(Duration::from_millis(150));
    }

    fn browse(&mut self) {
        for tab in ["1", "2", "3", "4", "5", "6", "7"] {
            self.press(tab);
            self.press("jjjj");
            self.press("\x04\x04\x04");
            self.press("\r");
            self.press("J");
            self.press("h");
            self.press("q");
            self.press("q");
        }
        for words in ["terminal", "lock", "payment", "gps"] {
            self.press("/");
            for key in words.chars() {
                self.press(&key.to_string());
            }
            self.press("\x1b");
        }
    }

    /// The most that it has held, in MiB: what the kernel calls the peak resident set.
    fn memory(&self) -> f64 {
        let status = self.child.process_id().and_then(|id| std::fs::read_to_string(format!("/proc/{id}/status")).ok());
        let line = status.as_deref().and_then(|text| text.lines().find(|line| line.starts_with("VmHWM:")));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        let _ = &self.master;
    }
}

fn parser() -> vt100::Parser {
    let size = |number: u16| std::num::NonZero::new(number).expect("a screen has some size");
    vt100::Parser::new(size(SIZE.rows), size(SIZE.cols), 0)
}
