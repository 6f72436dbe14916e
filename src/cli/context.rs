use super::kept::FindKeyring;
use super::output::Output;
use crate::client::Embedded;
use crate::client::access::Visitor;
use crate::client::door::Clock;
use crate::client::post::Post;
use crate::config::{Choice, Config, Env, Flags, Places, Problem, choose};
use crate::language::{Args, Language, Present};
use crate::mail::settings::Settings;
use crate::mail::transport::Secret;
use crate::report::{Failure, Status};
use futures::future::BoxFuture;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The way to the person's editor.
pub type Edit = Box<dyn Fn(String, String) -> BoxFuture<'static, Result<Option<String>, Failure>> + Send + Sync>;

/// The way to a line that is typed and not shown.
pub type Typed = Box<dyn Fn(&mut dyn FnMut()) -> std::io::Result<Option<String>> + Send + Sync>;

/// The way to the password of the mail server, as the settings name it.
pub type MailPassword = Box<dyn Fn(Settings) -> BoxFuture<'static, Result<Option<Secret>, Failure>> + Send + Sync>;

/// The way back from the person's browser: an address on this machine, at any port for 0, and the `code` and `state` that come to it.
pub type Return =
    Box<dyn Fn(u16) -> std::io::Result<(String, BoxFuture<'static, Option<(String, String)>>)> + Send + Sync>;

/// The way to something outside that is named by a text: a program whose words are taken, or an address to be opened.
pub type Outside<T> = Box<dyn Fn(String) -> BoxFuture<'static, Result<T, Failure>> + Send + Sync>;

/// What a command finds around it: everything that is not in the command line itself. Made by the runtime.
pub struct Surroundings {
    /// Environment variables.
    pub env: Env,
    /// The clock that acts go by.
    pub clock: Clock,
    /// The reader's moment and time zone.
    pub present: Present,
    /// What comes in by standard input.
    pub stdin: Box<dyn Read + Send>,
    /// Whether a person can type there.
    pub stdin_is_terminal: bool,
    /// Reads a line that is typed and not shown; none when it was broken off. What is handed in asks for it.
    pub typed: Typed,
    /// Lets the person write a text in their editor; a short name for the file and the text so far go in. None comes out
    /// when nothing was changed.
    pub edit: Edit,
    /// Finds the password of the mail server.
    pub mail_password: MailPassword,
    /// What a program prints that the configuration names.
    pub says: Arc<Outside<String>>,
    /// Finds the system's keyring.
    pub keyring: FindKeyring,
    /// Opens an address in the person's browser.
    pub browse: Outside<()>,
    /// Where their browser comes back to.
    pub comes_back: Return,
    /// From now on an interrupt (ctrl-c) only asks for a stop, by setting this.
    pub stop_on_interrupt: Box<dyn Fn() -> Arc<AtomicBool> + Send + Sync>,
    /// The terminal as the doctor describes it, by the names of its words.
    pub terminal: Vec<(&'static str, String)>,
}

/// Everything that a command works with.
pub struct Context {
    /// What surrounds it.
    pub around: Surroundings,
    /// The reader's language.
    pub words: Language,
    /// Where results and messages go.
    pub out: Output,
    /// Where files are.
    pub places: Places,
    /// What the configuration file says.
    pub config: Config,
    /// What is wrong in it.
    pub problems: Vec<Problem>,
    /// What the command line says about where and as whom.
    pub flags: Flags,
    /// Accounts that were opened, to be closed at the end.
    pub opened: Opened,
}

/// Accounts that are open.
#[derive(Default)]
pub struct Opened(std::sync::Mutex<(Vec<Embedded>, Vec<Visitor>, Vec<Post>)>);

impl Opened {
    /// Remembers one.
    pub fn add(&self, account: Embedded) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).0.push(account);
    }

    /// The one opened last, for whoever carries its letters.
    pub fn post(&self) -> Option<Post> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).0.last().map(Embedded::post)
    }

    /// Remembers one that was opened as nobody in particular.
    pub fn add_visitor(&self, visitor: Visitor) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).1.push(visitor);
    }

    /// Remembers one that was opened for its letters.
    pub fn add_post(&self, post: Post) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).2.push(post);
    }

    /// Closes all in order, so that nothing is left beside their files.
    pub async fn close(&self) {
        let opened = std::mem::take(&mut *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        for account in opened.0 {
            account.close().await;
        }
        for visitor in opened.1 {
            visitor.close().await;
        }
        for post in opened.2 {
            post.close().await;
        }
    }
}

impl Context {
    /// Where and as whom, after file, environment and flags. Fails when the file cannot be relied upon.
    pub fn choice(&self) -> Result<Choice, Failure> {
        if let Some(problem) = self.problems.iter().find(|problem| !problem.fault.is_harmless()) {
            return Err(Failure::Config { path: self.places.config_file(), problem: problem.clone() });
        }
        Ok(choose(&self.config, &self.around.env, &self.flags, &self.places)?)
    }

    /// Where sign-ins are kept.
    pub fn sign_ins(&self) -> PathBuf {
        self.places.state().join("sign-in")
    }

    /// The store's address.
    pub fn database(&self) -> Result<String, Failure> {
        let choice = self.choice()?;
        let missing = if choice.remote.is_some() { "cli-elsewhere" } else { "cli-no-database" };
        choice.database.ok_or(Failure::said(missing, Status::Usage))
    }

    /// The configuration file.
    pub fn config_file(&self) -> PathBuf {
        self.places.config_file()
    }

    /// A message of the words files.
    pub fn say(&self, key: &str, args: Args<'_>) -> String {
        self.words.say(key, args)
    }

    /// A word of the words files.
    pub fn word(&self, key: &str) -> String {
        self.words.word(key)
    }

    /// Several words of the words files: the headings of a table.
    pub fn headings(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.words.word(key)).collect()
    }
}
