//! The only place with loops, tasks, a clock and a terminal.

mod attention;
mod comes_back;
mod drafts;
mod ending;
mod input;
mod log;
mod mail;
mod perform;
mod places;
mod program;
mod save;
mod screen;
mod secret;
mod serve;
mod signals;
mod start;
mod tasks;
mod terminal;

pub use drafts::Drafts;
pub use start::{explain, start};

use crate::client::beside::Accounts;
use crate::client::lab::Lab;
use crate::client::{Client, Waiting};
use crate::domain::id::TicketId;
use crate::domain::time::Timestamp;
use crate::language::{Language, Zone};
use crate::safe::Safe;
use crate::tui;
use crate::tui::effect::Effect;
use crate::tui::input::{Input, Size};
use crate::tui::keymap::Keymap;
use crate::tui::message::{Message, OutsideError};
use crate::tui::model::{Model, Part, Start};
use crate::tui::theme::Theme;
use input::Inputs;
use perform::{World, perform};
use places::places;
use signals::{Signal, Signals};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tasks::Tasks;
use terminal::Terminal;
use tokio::sync::watch;

/// How many messages are taken in before a frame is drawn.
const BATCH: usize = 1000;

/// How long a frame waits at most for drafts that are on their way to the disk.
const KEEPING: Duration = Duration::from_millis(200);

/// What the full-screen program needs.
pub struct Options {
    /// The account, as the person who works.
    pub client: Arc<dyn Client>,
    /// Their drafts.
    pub drafts: Arc<dyn Drafts>,
    /// The present moment; the demo's can be moved.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// The reader's time zone.
    pub zone: Zone,
    /// The reader's language.
    pub words: Language,
    /// Own keys: command name → keys. What is wrong with them `config` has said before; such keys are left out.
    pub keys: BTreeMap<String, Vec<String>>,
    /// Colours: [`Theme::plain`] where `NO_COLOR` is set.
    pub theme: Theme,
    /// Whether the mouse is ours from the beginning.
    pub mouse: bool,
    /// Whom one can be, in the demo.
    pub cast: Vec<Part>,
    /// Whether one has to choose first.
    pub choose: bool,
    /// The person's accounts; none where there is no other.
    pub accounts: Option<Arc<dyn Accounts>>,
    /// Which of them this is.
    pub present: Option<usize>,
    /// What is opened first.
    pub open: Option<TicketId>,
    /// What is said first.
    pub said: Option<Safe>,
    /// The clock that can be moved, in the demo.
    pub lab: Option<Arc<Lab>>,
}

/// How the full-screen program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person quit.
    Quit,
    /// A signal ended it; its number. The exit status is 128 and that.
    Signal(i32),
    /// The terminal went away.
    Gone,
    /// The person wants to be another of the demo's people, by their place among them.
    Became(usize),
    /// The person goes on in another account, by its place among theirs, with a ticket where one is named.
    Switched(usize, Option<TicketId>),
}

/// Why the full-screen program could not go on. The terminal is given back already.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Standard input or output is no terminal.
    #[error("standard input and output are not a terminal")]
    NoTerminal,
    /// The terminal or the system failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Runs the full-screen program until it ends; whatever was being written or sent is finished then. Must be called on
/// the main task (`block_on`), in a runtime with several threads.
pub async fn run(options: Options) -> Result<Ended, Error> {
    let signals = Signals::new()?;
    let terminal = match Terminal::take(options.mouse) {
        Ok(terminal) => terminal,
        Err(error) if error.kind() == io::ErrorKind::Unsupported => return Err(Error::NoTerminal),
        Err(error) => return Err(error.into()),
    };
    let (width, height) = terminal.size()?;
    let model = Model::new(Start {
        size: Size { width, height },
        now: (options.clock)(),
        zone: options.zone,
        words: options.words,
        keymap: Keymap::with(&options.keys).0,
        theme: options.theme,
        nonce: uuid::Uuid::now_v7().to_string(),
        mouse: options.mouse,
        cast: options.cast,
        choose: options.choose,
        accounts: places(options.accounts.as_deref(), options.present),
        open: options.open,
        said: options.said,
        ahead: options.lab.as_ref().map(|lab| lab.ahead()),
    });
    let held = options.client.waiting();
    let mut program = Program {
        model,
        held,
        world: World { client: options.client, drafts: options.drafts, lab: options.lab, accounts: options.accounts },
        clock: options.clock,
        tasks: Tasks::default(),
        terminal,
        inputs: Some(Inputs::new()),
        signals,
        title: Safe::default(),
        looks: true,
        ended: None,
    };
    let ended = program.run().await;
    // The person has their terminal back while the last writes end.
    program.terminal.lend();
    program.finish().await;
    Ok(ended?)
}

/// The loop and all that it holds.
struct Program {
    model: Model,
    world: World,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    tasks: Tasks,
    terminal: Terminal,
    /// None while another program has the terminal.
    inputs: Option<Inputs>,
    signals: Signals,
    /// Why somebody waits, where an account has bounds.
    held: Option<watch::Receiver<Option<Waiting>>>,
    title: Safe,
    /// Whether anybody looks at the screen, as the account was told.
    looks: bool,
    ended: Option<Ended>,
}

impl Program {
    async fn run(&mut self) -> io::Result<Ended> {
        let effects = tui::start(&self.model);
        self.start(effects).await?;
        loop {
            if let Some(ended) = self.ended {
                return Ok(ended);
            }
            self.settle().await?;
            self.draw()?;
            self.attend();
            let first = self.next().await?;
            let mut batch = vec![Message::Clock((self.clock)())];
            batch.extend(first);
            while batch.len() < BATCH {
                match self.ready().await {
                    Some(message) => batch.push(message),
                    None => break,
                }
            }
            for message in batch {
                log::told(&message);
                let effects = tui::update(&mut self.model, message);
                self.start(effects).await?;
                if self.ended.is_some() {
                    break;
                }
            }
        }
    }

    /// What is seen is kept, so that whoever ends the program the moment after loses nothing (Z07).
    async fn settle(&mut self) -> io::Result<()> {
        let mut messages = Vec::new();
        let kept = async {
            while self.tasks.keep_drafts() {
                messages.push(self.tasks.next().await);
            }
        };
        // A disk that takes longer is waited for behind the screen.
        let _late = tokio::time::timeout(KEEPING, kept).await;
        for message in messages {
            let effects = tui::update(&mut self.model, message);
            self.start(effects).await?;
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let model = &self.model;
        self.terminal.draw(|frame| tui::draw(model, frame))?;
        let title = tui::title(model);
        if title != self.title {
            self.terminal.set_title(&title)?;
            self.title = title;
        }
        Ok(())
    }

    /// Sleeps until something happens. `None`: only time has passed, or a signal was dealt with.
    async fn next(&mut self) -> io::Result<Option<Message>> {
        let wake = tui::wake_in(&self.model).map(Duration::from_millis);
        let sleep = async {
            if let Some(wake) = wake {
                tokio::time::sleep(wake).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        let input = async {
            if let Some(inputs) = &mut self.inputs { inputs.next().await } else { std::future::pending().await }
        };
        let held = async {
            if let Some(held) = &mut self.held
                && held.changed().await.is_ok()
            {
                return *held.borrow_and_update();
            }
            std::future::pending().await
        };
        tokio::select! {
            waiting = held => Ok(Some(Message::Held(waiting))),
            input = input => {
                if input.is_none() {
                    self.ended = Some(Ended::Gone);
                }
                Ok(input.transpose()?.map(Message::Input))
            }
            message = self.tasks.next() => Ok(Some(message)),
            signal = self.signals.next() => {
                match signal {
                    Signal::End(number) => self.ended = Some(Ended::Signal(number)),
                    Signal::Stop => self.suspend(false)?,
                    Signal::Continue => self.terminal.take_back()?,
                    // Made smaller and larger again in no time it has the size that is known, but has lost what was cut off.
                    Signal::Resize => {
                        self.terminal.redraw()?;
                        return self.size().map(Some);
                    }
                }
                Ok(None)
            }
            () = sleep => Ok(None),
        }
    }

    async fn ready(&mut self) -> Option<Message> {
        let input = if let Some(inputs) = &mut self.inputs { inputs.ready().await } else { None };
        input.map(Message::Input).or_else(|| self.tasks.ready())
    }

    async fn start(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match perform(&self.world, effect.clone()) {
                Ok(work) => self.tasks.start(effect, work),
                Err(effect) => {
                    if let Some(message) = self.terminal_effect(effect).await? {
                        let more = tui::update(&mut self.model, message);
                        Box::pin(self.start(more)).await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What only who holds the terminal can do.
    async fn terminal_effect(&mut self, effect: Effect) -> io::Result<Option<Message>> {
        let result = match &effect {
            Effect::Quit => {
                self.ended = Some(Ended::Quit);
                return Ok(None);
            }
            Effect::Become(place) => {
                self.ended = Some(Ended::Became(*place));
                return Ok(None);
            }
            Effect::Switch { place, ticket } => {
                self.ended = Some(Ended::Switched(*place, *ticket));
                return Ok(None);
            }
            Effect::Edit { to, name, text } => {
                let (to, name, text) = (*to, name.clone(), text.clone());
                return self.edit(&name, &text).await.map(|result| Some(Message::Edited { to, result }));
            }
            Effect::Suspend => self.suspend(true),
            Effect::Redraw => self.terminal.redraw(),
            Effect::Mouse(taken) => self.terminal.set_mouse(*taken),
            Effect::Copy(text) => self.terminal.copy(text),
            _ => Ok(()),
        };
        let result = result.map_err(|error| OutsideError::Terminal(error.to_string()));
        Ok(Some(Message::Outside(Box::new(effect), result)))
    }

    /// Lends the terminal to the editor and waits for it. What arrives meanwhile waits, too; a signal to end ends the
    /// program after the editor, for the person still writes there.
    async fn edit(&mut self, name: &str, text: &str) -> io::Result<Result<Option<String>, OutsideError>> {
        // The stream reads ahead: as long as there is one it takes the editor's keys away.
        self.inputs = None;
        self.terminal.lend();
        let editing = program::edit(name, text);
        tokio::pin!(editing);
        let result = loop {
            tokio::select! {
                result = &mut editing => break result,
                signal = self.signals.next() => match signal {
                    // ctrl-c in the editor is the editor's.
                    Signal::End(number) if number != 2 => self.ended = Some(Ended::Signal(number)),
                    _ => {}
                },
            }
        };
        self.terminal.take_back()?;
        self.inputs = Some(Inputs::new());
        self.resized()?;
        Ok(result)
    }

    /// Stops until the program is told to go on. `all`: with everybody who was started with it.
    fn suspend(&mut self, all: bool) -> io::Result<()> {
        self.inputs = None;
        self.terminal.lend();
        signals::stop(all)?;
        self.terminal.take_back()?;
        self.inputs = Some(Inputs::new());
        self.resized()
    }

    /// The window may have been resized while nobody listened.
    fn resized(&mut self) -> io::Result<()> {
        let message = self.size()?;
        // A resize wants nothing from outside but what a screen fetches again by itself.
        let _ = tui::update(&mut self.model, message);
        Ok(())
    }

    /// How large the window is.
    fn size(&self) -> io::Result<Message> {
        let (width, height) = self.terminal.size()?;
        Ok(Message::Input(Input::Resize(Size { width, height })))
    }
}
