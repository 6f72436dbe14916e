//! What the system tells the program: to end, to stop, to go on.

use std::io;

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// To end; the signal's number.
    End(i32),
    /// To stop until told to go on.
    Stop,
    /// It goes on, perhaps without having known that it was stopped.
    Continue,
    /// The window has another size. crossterm tells so too, but when a key comes at the same moment it turns to one of the
    /// two and forgets the other until the next: see [`look_again`].
    Resize,
}

#[cfg(unix)]
mod system {
    use super::{Signal, io};
    use rustix::process::{Signal as Number, getpid, kill_current_process_group, kill_process};
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

    /// All signals that are listened to.
    pub(in super::super) struct Signals {
        terminate: Stream,
        hang_up: Stream,
        interrupt: Stream,
        quit: Stream,
        stop: Stream,
        go_on: Stream,
        resize: Stream,
    }

    impl Signals {
        /// Begins to listen.
        pub(in super::super) fn new() -> io::Result<Self> {
            let of = |number: Number| signal(SignalKind::from_raw(number.as_raw()));
            Ok(Self {
                terminate: of(Number::TERM)?,
                hang_up: of(Number::HUP)?,
                interrupt: of(Number::INT)?,
                quit: of(Number::QUIT)?,
                stop: of(Number::TSTP)?,
                go_on: of(Number::CONT)?,
                resize: of(Number::WINCH)?,
            })
        }

        /// Waits for the next one.
        pub(in super::super) async fn next(&mut self) -> Signal {
            tokio::select! {
                _ = self.terminate.recv() => Signal::End(Number::TERM.as_raw()),
                _ = self.hang_up.recv() => Signal::End(Number::HUP.as_raw()),
                _ = self.interrupt.recv() => Signal::End(Number::INT.as_raw()),
                _ = self.quit.recv() => Signal::End(Number::QUIT.as_raw()),
                _ = self.stop.recv() => Signal::Stop,
                _ = self.go_on.recv() => Signal::Continue,
                _ = self.resize.recv() => Signal::Resize,
            }
        }
    }

    /// A file that may not grow any more (`ulimit -f`) is an error like a full disk, not the end of the program: nothing
    /// could be kept then, and the terminal would stay as it is.
    pub(in super::super) fn survive_full_files() -> io::Result<()> {
        // Whoever listens once is not ended by it any more, also when the listener goes.
        signal(SignalKind::from_raw(Number::XFSZ.as_raw())).map(drop)
    }

    /// Makes the system tell whoever waits for keys of those that are there already: setting the terminal's line as it is
    /// does so.
    pub(in super::super) fn look_again() -> io::Result<()> {
        let input = io::stdin();
        tcsetattr(&input, OptionalActions::Now, &tcgetattr(&input)?)?;
        Ok(())
    }

    /// Stops; comes back when the program is told to go on. `all`: with everybody who was started with it (a shell's
    /// job), as ctrl-z does.
    pub(in super::super) fn stop(all: bool) -> io::Result<()> {
        // SIGTSTP is ours, so its default has to be done by hand.
        let stopped = if all { kill_current_process_group(Number::STOP) } else { kill_process(getpid(), Number::STOP) };
        stopped.map_err(io::Error::from)
    }
}

#[cfg(not(unix))]
mod system {
    use super::{Signal, io};

    /// All signals that are listened to.
    pub(in super::super) struct Signals;

    impl Signals {
        /// Begins to listen.
        pub(in super::super) fn new() -> io::Result<Self> {
            Ok(Self)
        }

        /// Waits for the next one.
        pub(in super::super) async fn next(&mut self) -> Signal {
            match tokio::signal::ctrl_c().await {
                Ok(()) => Signal::End(2),
                Err(_) => std::future::pending().await,
            }
        }
    }

    /// There is no such signal here.
    pub(in super::super) fn survive_full_files() -> io::Result<()> {
        Ok(())
    }

    /// Nobody waits in vain here.
    pub(in super::super) fn look_again() -> io::Result<()> {
        Ok(())
    }

    /// Nothing stops here.
    pub(in super::super) fn stop(_all: bool) -> io::Result<()> {
        Ok(())
    }
}

pub(super) use system::{Signals, look_again, stop, survive_full_files};
