//! A secret typed at the terminal: nothing of it is shown, and every way out gives the terminal back.

use super::signals::{self, Signal, Signals};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::{self, Read};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Nobody types more.
const MOST_BYTES: usize = 8 * 1024;

/// Whether something is being typed that is not shown. Global, because whoever hears a signal has nothing else to ask.
static TYPING: AtomicBool = AtomicBool::new(false);

/// Gives the terminal back, whatever happens while it is typed.
struct Raw;

impl Raw {
    fn take() -> io::Result<Self> {
        listen()?;
        enable_raw_mode()?;
        TYPING.store(true, Ordering::SeqCst);
        Ok(Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        TYPING.store(false, Ordering::SeqCst);
        // Nothing more can be done about it.
        disable_raw_mode().ok();
    }
}

/// Hears signals from now on: whoever waits for a key hears none. Once they are heard the system does nothing of its own
/// about them, so what they ask for is done here, also when nothing is typed any more.
fn listen() -> io::Result<()> {
    static ONCE: Once = Once::new();
    let mut heard = Ok(());
    ONCE.call_once(|| match Signals::new() {
        Ok(signals) => _ = tokio::spawn(hear(signals)),
        Err(error) => heard = Err(error),
    });
    heard
}

#[expect(clippy::exit, reason = "whoever waits for a key cannot be told; what was acknowledged is in the store")]
fn end(signal: i32) -> ! {
    disable_raw_mode().ok();
    std::process::exit(128 + signal)
}

async fn hear(mut signals: Signals) {
    loop {
        match signals.next().await {
            Signal::End(number) => end(number),
            Signal::Stop => {
                disable_raw_mode().ok();
                signals::stop(true).ok();
            }
            // Not right after stopping: other threads may run on for a moment until all of them stand still.
            Signal::Continue if TYPING.load(Ordering::SeqCst) => {
                disable_raw_mode().ok();
                enable_raw_mode().ok();
            }
            Signal::Continue | Signal::Resize => {}
        }
    }
}

/// Reads a line that is not shown; none when it was broken off. It is asked for once nothing is shown any more: somebody
/// may type at once.
pub(super) fn typed(ask: &mut dyn FnMut()) -> io::Result<Option<String>> {
    let _raw = Raw::take()?;
    ask();
    let mut line = Vec::new();
    let mut byte = [0; 1];
    let mut stdin = io::stdin().lock();
    loop {
        if stdin.read(&mut byte)? == 0 {
            return Ok(None);
        }
        match byte[0] {
            b'\r' | b'\n' => return Ok(Some(String::from_utf8_lossy(&line).into_owned())),
            // ctrl-c, ctrl-d, escape
            3 | 4 | 27 => return Ok(None),
            // ctrl-u
            21 => line.clear(),
            8 | 127 => take_back(&mut line),
            // Other keys that are no letters.
            0..=31 => {}
            one if line.len() < MOST_BYTES => line.push(one),
            _ => return Ok(None),
        }
    }
}

/// The last character, which may be several bytes.
fn take_back(line: &mut Vec<u8>) {
    while line.pop().is_some_and(|byte| byte & 0xC0 == 0x80) {}
}

#[test]
fn the_last_character_is_taken_back_as_a_whole() {
    let mut line = "aé".as_bytes().to_vec();
    take_back(&mut line);
    assert_eq!(line, b"a");
    take_back(&mut line);
    take_back(&mut line);
    assert_eq!(line, b"");
}
