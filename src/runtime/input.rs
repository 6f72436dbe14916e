//! The terminal's events as [`tui::input`](crate::tui::input) types. The only place that knows crossterm's.

use crate::tui::input::{Code, Input, Key, Mouse, MouseKind, Size};
use crossterm::event::{
    Event, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use futures::StreamExt;
use std::io;
use std::task::Poll;

/// The longest paste that is taken, in bytes; what is beyond is cut off at a character.
const PASTE_LIMIT: usize = 1024 * 1024;

/// What the terminal sends. Must be dropped before another program gets the terminal: it reads ahead.
pub(crate) struct Inputs {
    stream: EventStream,
}

impl Inputs {
    /// Starts to read.
    pub(crate) fn new() -> Self {
        Self { stream: EventStream::new() }
    }

    /// Waits for the next input. `None`: the terminal is gone.
    pub(crate) async fn next(&mut self) -> Option<io::Result<Input>> {
        loop {
            match self.stream.next().await? {
                Ok(event) => {
                    if let Some(input) = translate(event) {
                        return Some(Ok(input));
                    }
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// The next input if one is there already.
    ///
    /// Asked in the name of the loop's own task: the stream remembers who asked first and wakes only them, so that a
    /// question in nobody's name (`now_or_never`) would leave the loop asleep for ever.
    pub(crate) async fn ready(&mut self) -> Option<Input> {
        loop {
            let event = std::future::poll_fn(|cx| match self.stream.poll_next_unpin(cx) {
                Poll::Ready(event) => Poll::Ready(event),
                Poll::Pending => Poll::Ready(None),
            });
            // An error or the end will be there again at the next wait.
            if let Some(input) = translate(event.await?.ok()?) {
                return Some(input);
            }
        }
    }
}

fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => translate_key(key).map(Input::Key),
        Event::Paste(mut text) => {
            if text.len() > PASTE_LIMIT {
                text.truncate(text.floor_char_boundary(PASTE_LIMIT));
            }
            Some(Input::Paste(text))
        }
        Event::Resize(width, height) => {
            // A key that came with the signal was forgotten, and would wait for the next one.
            super::signals::look_again().ok();
            Some(Input::Resize(Size { width, height }))
        }
        Event::FocusGained => Some(Input::Focus(true)),
        Event::FocusLost => Some(Input::Focus(false)),
        Event::Mouse(mouse) => {
            let what = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                _ => return None,
            };
            Some(Input::Mouse(Mouse { what, column: mouse.column, row: mouse.row }))
        }
    }
}

fn translate_key(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let mut shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let code = match key.code {
        KeyCode::Char(character) => {
            shift = false;
            Code::Char(character)
        }
        KeyCode::BackTab => {
            shift = true;
            Code::Tab
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: key.modifiers.contains(KeyModifiers::CONTROL),
        alt: key.modifiers.contains(KeyModifiers::ALT),
        shift,
    })
}
