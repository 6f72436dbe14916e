//! A program in a pseudo-terminal: what a person at a real terminal sees, types and is left with afterwards.
//!
//! Nothing here waits for a fixed time. Whoever waits says for what, and a wait that takes too long fails with the
//! screen as it is then.

mod answers;
mod keys;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};

use answers::Answers;

/// How long a wait may take on a slow and busy machine before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// The shell that stands between terminal and program, as it does for a person: it has the terminal when the program
/// is stopped or gone, so that what the program left behind can be looked at. It tells the process id, each stop and
/// the end through sequences that no program sends. A line typed to it brings a stopped program back.
const SHELL: &str = r#"
    exec 2>/dev/null
    set -m
    sh -c 'printf "\033]7770;pid;%s\007" $$; exec "$0" "$@" 2>&1' "$@"
    code=$?
    while kill -0 %1; do
        printf '\033]7770;stopped\007'
        read -r line
        fg
        code=$?
    done
    printf '\033]7770;exit;%s\007' "$code"
    read -r line
"#;

/// A program about to be started.
pub struct Program {
    path: PathBuf,
    args: Vec<String>,
    vars: Vec<(String, String)>,
    folder: PathBuf,
    size: (u16, u16),
}

impl Program {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), args: Vec::new(), vars: Vec::new(), folder: "/".into(), size: (80, 24) }
    }

    pub fn args(mut self, args: &[impl AsRef<str>]) -> Self {
        self.args.extend(args.iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Adds to the environment, which is empty otherwise.
    pub fn vars(mut self, vars: impl IntoIterator<Item = (String, String)>) -> Self {
        self.vars.extend(vars);
        self
    }

    /// Adds one variable to the environment; a later one replaces an earlier.
    pub fn var(self, name: &str, value: &str) -> Self {
        self.vars([(name.to_owned(), value.to_owned())])
    }

    /// The working folder.
    pub fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        folder.as_ref().clone_into(&mut self.folder);
        self
    }

    /// The terminal's columns and rows, 80 by 24 unless said.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    pub fn start(self) -> Terminal {
        let (columns, rows) = self.size;
        let pair = native_pty_system().openpty(pty_size(columns, rows)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", SHELL, "sh"]);
        command.arg(&self.path);
        command.args(&self.args);
        command.cwd(&self.folder);
        command.env_clear();
        for (name, value) in &self.vars {
            command.env(name, value);
        }
        let before = line_discipline(pair.master.as_ref());
        let shell = pair.slave.spawn_command(command).expect("sh starts");
        let reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let writer = pair.master.take_writer().expect("the terminal can be written to");

        let keyboard = write_in_background(writer);
        let parser = vt100::Parser::new_with_callbacks(cells(rows), cells(columns), 0, Answers::default());
        let seen = Seen { parser, raw: Vec::new(), closed: false };
        let shared = Arc::new((Mutex::new(seen), Condvar::new()));
        read_in_background(reader, Arc::clone(&shared), keyboard.clone());
        let mut terminal =
            Terminal { master: pair.master, slave: pair.slave, shell, keyboard, shared, before: String::new(), pid: 0 };
        terminal.before = before;
        terminal.pid = terminal.wait_until("the program starts", |seen| seen.parser.callbacks().pid);
        terminal
    }
}

/// What has come from the program so far.
struct Seen {
    parser: vt100::Parser<Answers>,
    raw: Vec<u8>,
    closed: bool,
}

/// A terminal with a program in it. Dropping it ends the program as closing a window does, and then for certain.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    // Held open: when the last holder closes it, the kernel forgets the settings that `left_behind` compares.
    #[expect(dead_code, reason = "held, not used")]
    slave: Box<dyn SlavePty + Send>,
    shell: Box<dyn Child + Send + Sync>,
    keyboard: Sender<Vec<u8>>,
    shared: Arc<(Mutex<Seen>, Condvar)>,
    before: String,
    pid: u32,
}

impl Terminal {
    /// Waits until the screen, as far as it is completely drawn, is as `holds` wants it; `what` is for the failure.
    pub fn wait(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        self.wait_until(what, |seen| {
            let drawing = seen.parser.callbacks().drawing();
            (!drawing && holds(seen.parser.screen())).then_some(())
        });
    }

    /// Waits until this text is on the screen, within one row.
    pub fn wait_for(&self, text: &str) {
        self.wait(&format!("{text:?} on the screen"), |screen| text_of(screen).contains(text));
    }

    /// Waits until this text is not on the screen any more.
    pub fn wait_gone(&self, text: &str) {
        self.wait(&format!("no {text:?} on the screen"), |screen| !text_of(screen).contains(text));
    }

    /// Waits until the program has written these bytes, anywhere in its output.
    pub fn wait_for_bytes(&self, bytes: &[u8]) {
        let what = format!("the bytes {:?}", String::from_utf8_lossy(bytes));
        self.wait_until(&what, |seen| seen.raw.windows(bytes.len()).any(|part| part == bytes).then_some(()));
    }

    /// The screen's rows without the blanks at their ends.
    pub fn text(&self) -> String {
        text_of(self.seen().parser.screen())
    }

    /// The screen with its colours and its cursor.
    pub fn screen(&self) -> vt100::Screen {
        self.seen().parser.screen().clone()
    }

    /// The modes that the program has switched the terminal to, in words: "alternate screen", "bracketed paste".
    pub fn switched_on(&self) -> Vec<String> {
        let seen = self.seen();
        answers::switched_on(seen.parser.screen(), seen.parser.callbacks())
    }

    /// The window title, empty if the program never set one.
    pub fn title(&self) -> String {
        self.seen().parser.callbacks().title.clone()
    }

    /// What the program has put on the clipboard (OSC 52), each in base64 as it was sent.
    pub fn copied(&self) -> Vec<String> {
        self.seen().parser.callbacks().copied.clone()
    }

    /// Every byte the program has written, up to its end.
    pub fn raw(&self) -> Vec<u8> {
        answers::without_marks(&self.seen().raw)
    }

    /// Presses keys, written with blanks between: `keys("g g down ctrl-s alt-enter F5 ?")`.
    pub fn keys(&self, keys: &str) {
        let application = self.seen().parser.screen().application_cursor();
        for key in keys.split_whitespace() {
            self.send(keys::bytes(key, application));
        }
    }

    /// Types a text character by character; a line end is the Enter key.
    pub fn type_text(&self, text: &str) {
        self.send(text.replace('\n', "\r"));
    }

    /// Pastes a text as terminals do: marked as pasted if the program asked for that, else like typing.
    pub fn paste(&self, text: &str) {
        let text = text.replace('\n', "\r");
        if self.seen().parser.screen().bracketed_paste() {
            self.send(format!("\x1b[200~{text}\x1b[201~"));
        } else {
            self.send(text);
        }
    }

    /// Sends these bytes as they are.
    pub fn send(&self, bytes: impl Into<Vec<u8>>) {
        self.keyboard.send(bytes.into()).expect("the terminal takes input as long as it exists");
    }

    /// Makes the window this large.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.seen().parser.set_size(cells(rows), cells(columns));
        self.master.resize(pty_size(columns, rows)).expect("a pseudo-terminal has any size");
    }

    /// Sends the program a signal by name: `TERM`, `HUP`, `INT`, `KILL`.
    pub fn signal(&self, name: &str) {
        assert!(self.seen().parser.callbacks().exit.is_none(), "the program has ended already");
        assert!(kill(name, self.pid), "no process {} to signal", self.pid);
    }

    /// Waits until the program has stopped itself (ctrl-z) and the shell has the terminal.
    pub fn wait_stopped(&self) {
        self.wait_until("the program stops", |seen| (seen.parser.callbacks().stops > 0).then_some(()));
    }

    /// Brings the stopped program back to the foreground, as `fg` does.
    pub fn resume(&self) {
        self.seen().parser.callbacks_mut().stops = 0;
        self.send("fg\n");
    }

    /// Waits until the program has ended and gives its exit status as the shell sees it: 128 + the signal, 137 after
    /// `kill -9`.
    pub fn exit(&self) -> i32 {
        self.wait_until("the program ends", |seen| seen.parser.callbacks().exit)
    }

    /// After the end or a stop: how the terminal differs from what it was before the program, empty if in nothing.
    pub fn left_behind(&self) -> Vec<String> {
        let mut differences = self.switched_on();
        let after = line_discipline(self.master.as_ref());
        if after != self.before {
            differences.push(format!("line settings were {} and are {after}", self.before));
        }
        differences
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_until<T>(&self, what: &str, find: impl Fn(&Seen) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = self.seen();
        loop {
            if let Some(found) = find(&seen) {
                return found;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let exit = seen.parser.callbacks().exit;
            if left.is_zero() || exit.is_some() || seen.closed {
                let why = exit.map_or_else(|| "in time".to_owned(), |code| format!("before it ended with {code}"));
                let screen = text_of(seen.parser.screen());
                drop(seen);
                panic!("waited for: {what}. It did not come {why}. The screen:\n{screen}");
            }
            seen = self.shared.1.wait_timeout(seen, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.pid != 0 && self.seen().parser.callbacks().exit.is_none() {
            kill("KILL", self.pid);
        }
        // The shell ends when its window does; the rest is to leave no zombie.
        self.shell.kill().ok();
        self.shell.wait().ok();
    }
}

fn kill(signal: &str, pid: u32) -> bool {
    let script = format!("kill -s {signal} {pid} 2>/dev/null");
    Command::new("sh").args(["-c", &script]).status().is_ok_and(|status| status.success())
}

fn text_of(screen: &vt100::Screen) -> String {
    let (_, columns) = screen.size();
    let rows: Vec<String> = screen.rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n")
}

fn line_discipline(master: &dyn MasterPty) -> String {
    master.get_termios().map_or_else(|| "unknown".to_owned(), |settings| format!("{settings:?}"))
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has at least one row and column")
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// A full input queue of the terminal must stop neither the test nor the reading.
fn write_in_background(mut writer: Box<dyn Write + Send>) -> Sender<Vec<u8>> {
    let (sender, receiver) = channel::<Vec<u8>>();
    std::thread::spawn(move || {
        for bytes in receiver {
            // After the end nobody reads any more; waits report that better than this thread could.
            if writer.write_all(&bytes).and_then(|()| writer.flush()).is_err() {
                break;
            }
        }
    });
    sender
}

fn read_in_background(
    mut reader: Box<dyn Read + Send>,
    shared: Arc<(Mutex<Seen>, Condvar)>,
    keyboard: Sender<Vec<u8>>,
) {
    std::thread::spawn(move || {
        let mut buffer = [0; 16 * 1024];
        loop {
            let count = reader.read(&mut buffer).unwrap_or(0);
            let mut seen = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
            seen.raw.extend_from_slice(&buffer[..count]);
            seen.parser.process(&buffer[..count]);
            let replies = std::mem::take(&mut seen.parser.callbacks_mut().replies);
            seen.closed = count == 0;
            drop(seen);
            shared.1.notify_all();
            if !replies.is_empty() {
                keyboard.send(replies).ok();
            }
            if count == 0 {
                break;
            }
        }
    });
}
