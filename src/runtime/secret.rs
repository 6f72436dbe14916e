//! A secret typed at the terminal: nothing of it is shown, and every way out gives the terminal back.

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::{self, Read};

/// Nobody types more.
const MOST_BYTES: usize = 8 * 1024;

/// Gives the terminal back, whatever happens while it is typed.
struct Raw;

impl Drop for Raw {
    fn drop(&mut self) {
        // Nothing more can be done about it.
        disable_raw_mode().ok();
    }
}

/// Reads a line that is not shown; none when it was broken off. It is asked for once nothing is shown any more: somebody
/// may type at once.
pub(super) fn typed(ask: &mut dyn FnMut()) -> io::Result<Option<String>> {
    enable_raw_mode()?;
    let _raw = Raw;
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
