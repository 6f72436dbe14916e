//! The terminal, taken over and given back. Whatever way the program ends (quit, panic, signal, suspension) the terminal
//! is left as it was found: raw mode, alternate screen, bracketed paste, mouse, focus events, cursor and title.

use crate::safe::Safe;
use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
    EnableMouseCapture,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use std::fmt;
use std::io::{self, IsTerminal, Stdout, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

/// Whether the terminal is ours at the moment. Global, because the panic hook has nothing else to ask.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// The thread that draws; only its panic gives the terminal back, a panic elsewhere is reported to it.
static DRAWING: Mutex<Option<ThreadId>> = Mutex::new(None);

/// The terminal while it is ours. Dropping it gives it back.
pub(crate) struct Terminal {
    screen: ratatui::Terminal<CrosstermBackend<Stdout>>,
    mouse: bool,
}

impl Terminal {
    /// Takes the terminal over. `mouse`: whether clicks and the wheel come to us, or stay with the terminal for selecting.
    ///
    /// Fails when standard input or output is no terminal.
    pub(crate) fn take(mouse: bool) -> io::Result<Self> {
        if !io::stdin().is_terminal() || !out().is_terminal() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "standard input and output are not a terminal"));
        }
        if let Ok(mut drawing) = DRAWING.lock() {
            *drawing = Some(thread::current().id());
        }
        hook_panics();
        enter(mouse)?;
        match ratatui::Terminal::new(CrosstermBackend::new(out())) {
            Ok(screen) => Ok(Self { screen, mouse }),
            Err(error) => {
                leave();
                Err(error)
            }
        }
    }

    /// Draws one frame; only the cells that changed are written.
    pub(crate) fn draw(&mut self, draw: impl FnOnce(&mut ratatui::Frame<'_>)) -> io::Result<()> {
        self.screen.draw(draw).map(|_| ())
    }

    /// The size in cells.
    pub(crate) fn size(&self) -> io::Result<(u16, u16)> {
        self.screen.size().map(|size| (size.width, size.height))
    }

    /// Gives the terminal back for a while: to an editor, or to the shell while the program is suspended.
    #[expect(clippy::unused_self, reason = "only who has the terminal may")]
    pub(crate) fn lend(&mut self) {
        leave();
    }

    /// Takes the terminal back after [`Terminal::lend`], or after somebody else wrote on it; everything is drawn anew.
    pub(crate) fn take_back(&mut self) -> io::Result<()> {
        enter(self.mouse)?;
        self.redraw()
    }

    /// Forgets what is on the screen, so that the next frame writes every cell.
    ///
    /// Not by `Terminal::clear`: that asks the terminal for the cursor and waits for an answer which the input stream eats.
    pub(crate) fn redraw(&mut self) -> io::Result<()> {
        let size = self.screen.size()?;
        self.screen.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// Lets the mouse go to the terminal (for selecting text) or takes it back.
    pub(crate) fn set_mouse(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        if mouse { execute!(out(), EnableMouseCapture) } else { execute!(out(), DisableMouseCapture) }
    }

    /// Sets the window's title, made by [`Safe::title`].
    #[expect(clippy::disallowed_methods, reason = "the one place; a title can do nothing")]
    #[expect(clippy::unused_self, reason = "only who has the terminal may")]
    pub(crate) fn set_title(&mut self, title: &Safe) -> io::Result<()> {
        execute!(out(), SetTitle(title.as_str()))
    }

    #[expect(clippy::unused_self, reason = "only who has the terminal may")]
    /// Puts text into the clipboard through the terminal (OSC 52, in base64, so the text itself can do nothing).
    pub(crate) fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(out(), crossterm::clipboard::CopyToClipboard::to_clipboard_from(text))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

/// Saves (`22`) or restores (`23`) the window title on the terminal's own stack; terminals without one ignore it.
struct TitleStack(u8);

impl Command for TitleStack {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        write!(f, "\x1b[{};0t", self.0)
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Standard output as the terminal it is: checked when it is taken.
#[expect(clippy::disallowed_methods, reason = "the one place that draws; a closed terminal ends the loop")]
fn out() -> Stdout {
    io::stdout()
}

fn enter(mouse: bool) -> io::Result<()> {
    // Raw mode also switches flow control off, without which ctrl-s would freeze the terminal instead of sending.
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = out();
    queue!(out, TitleStack(22), EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, EnableFocusChange)?;
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    out.flush()
}

/// Gives the terminal back. Does nothing when it is not ours, so every way out may call it.
fn leave() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = out();
    // Nothing useful can be done when the terminal is gone, and the other steps must be tried all the same.
    let _ = execute!(out, DisableMouseCapture, DisableFocusChange, DisableBracketedPaste);
    let _ = execute!(out, LeaveAlternateScreen, TitleStack(23), SetCursorStyle::DefaultUserShape, Show);
    let _ = disable_raw_mode();
}

/// A panic of the drawing thread gives the terminal back before its report; a panic elsewhere only goes to the log:
/// the loop learns of it from the task's end and tells the person, and the screen stays whole.
fn hook_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let drawing = DRAWING.lock().is_ok_and(|drawing| *drawing == Some(thread::current().id()));
            if drawing || !TAKEN.load(Ordering::SeqCst) {
                leave();
                before(panic);
            } else {
                let place = panic.location().map(ToString::to_string).unwrap_or_default();
                tracing::error!(place, "a task panicked");
            }
        }));
    });
}
