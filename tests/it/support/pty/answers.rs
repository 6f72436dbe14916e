//! What a terminal does beside drawing: it answers questions, keeps modes, takes titles and clipboard texts.

use std::collections::BTreeSet;

use vt100::{Callbacks, Screen};

/// The first bytes of what the shell around the program says to the harness.
const MARK: &[u8] = b"\x1b]7770;";

/// DEC private mode: what follows is one frame, drawn when the mode ends.
const SYNCHRONIZED: u16 = 2026;

#[derive(Default)]
pub struct Answers {
    /// Bytes for the program's standard input.
    pub replies: Vec<u8>,
    pub title: String,
    pub copied: Vec<String>,
    pub pid: Option<u32>,
    pub stops: usize,
    pub exit: Option<i32>,
    modes: BTreeSet<u16>,
    keyboards: i32,
}

impl Answers {
    /// Whether the program is in the middle of a frame, as far as it says so.
    pub fn drawing(&self) -> bool {
        self.modes.contains(&SYNCHRONIZED)
    }

    fn reply(&mut self, text: &str) {
        self.replies.extend_from_slice(text.as_bytes());
    }
}

impl Callbacks for Answers {
    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.title = String::from_utf8_lossy(title).into_owned();
    }

    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], data: &[u8]) {
        self.copied.push(String::from_utf8_lossy(data).into_owned());
    }

    fn unhandled_csi(&mut self, screen: &mut Screen, i1: Option<u8>, i2: Option<u8>, params: &[&[u16]], c: char) {
        let first = params.first().and_then(|param| param.first()).copied().unwrap_or(0);
        match (i1, i2, c) {
            (None, None, 'n') if first == 5 => self.reply("\x1b[0n"),
            (None, None, 'n') if first == 6 => {
                let (row, column) = screen.cursor_position();
                self.reply(&format!("\x1b[{};{}R", row + 1, column + 1));
            }
            (None, None, 'c') => self.reply("\x1b[?62;22c"),
            (Some(b'>'), None, 'c') => self.reply("\x1b[>41;354;0c"),
            (Some(b'?'), Some(b'$'), 'p') => {
                let state = match first {
                    SYNCHRONIZED => 2 - u8::from(self.drawing()),
                    _ => 0,
                };
                self.reply(&format!("\x1b[?{first};{state}$y"));
            }
            (Some(b'?'), None, 'h') => self.modes.extend(params.iter().copied().flatten()),
            (Some(b'?'), None, 'l') => {
                self.modes.retain(|mode| !params.iter().copied().flatten().any(|off| off == mode));
            }
            (Some(b'>'), None, 'u') => self.keyboards += 1,
            (Some(b'<'), None, 'u') => self.keyboards -= i32::from(first.max(1)),
            _ => {}
        }
    }

    fn unhandled_osc(&mut self, _: &mut Screen, params: &[&[u8]]) {
        let number = |text: &[u8]| String::from_utf8_lossy(text).parse::<u32>().ok();
        match params {
            [b"10", b"?"] => self.reply("\x1b]10;rgb:d0d0/d0d0/d0d0\x1b\\"),
            [b"11", b"?"] => self.reply("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\"),
            [b"7770", b"pid", pid] => self.pid = number(pid),
            [b"7770", b"stopped"] => self.stops += 1,
            [b"7770", b"exit", code] => self.exit = number(code).and_then(|code| code.try_into().ok()),
            _ => {}
        }
    }
}

/// What a program has switched the terminal to and has to switch back: nothing, when a shell has the terminal.
pub fn switched_on(screen: &Screen, answers: &Answers) -> Vec<String> {
    let plain = (screen.fgcolor(), screen.bgcolor()) == (vt100::Color::Default, vt100::Color::Default)
        && ![screen.bold(), screen.dim(), screen.italic(), screen.underline(), screen.inverse()].contains(&true);
    let known = [
        ("alternate screen", screen.alternate_screen()),
        ("hidden cursor", screen.hide_cursor()),
        ("bracketed paste", screen.bracketed_paste()),
        ("application cursor keys", screen.application_cursor()),
        ("application keypad", screen.application_keypad()),
        ("mouse", screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None),
        ("coloured text", !plain),
    ];
    let mut on: Vec<String> = known.iter().filter(|(_, on)| *on).map(|(name, _)| (*name).to_owned()).collect();
    if answers.keyboards != 0 {
        on.push(format!("keyboard protocols: {}", answers.keyboards));
    }
    // 1004 reports the focus, 1015 is an old form of mouse reports.
    on.extend(answers.modes.iter().map(|mode| format!("private mode {mode}")));
    on
}

/// The program's own bytes: what lies between the shell's first mark and its last.
pub fn without_marks(raw: &[u8]) -> Vec<u8> {
    let mut rest = raw;
    let mut own = Vec::new();
    let mut started = false;
    while let Some(at) = rest.windows(MARK.len()).position(|part| part == MARK) {
        if started {
            own.extend_from_slice(&rest[..at]);
        }
        started = true;
        let end = rest[at..].iter().position(|byte| *byte == 0x07).map_or(rest.len(), |length| at + length + 1);
        rest = &rest[end..];
    }
    if started {
        own.extend_from_slice(rest);
    }
    own
}
