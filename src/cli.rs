//! The command line: the same acts and questions as the full screen, one for each run.

mod account;
mod beside;
mod body;
mod completions;
mod config;
mod context;
mod demo;
mod doctor;
mod door;
mod draft;
mod group;
mod history;
mod import;
mod inbox;
mod init;
mod kept;
mod mail;
mod manual;
mod organization;
mod outbox;
mod output;
mod own;
mod pages;
mod person;
mod read;
mod report;
mod request;
mod search;
mod serve;
mod setting;
mod setup;
mod show;
mod sign_in;
mod table;
mod ticket;
mod ticket_case;
mod ticket_change;
mod ticket_macro;
mod ticket_removal;
mod timer;
mod verify;
mod view;
mod webhook;
mod why;
mod written;

pub use beside::Profiles;
pub use context::{Context, Opened, Surroundings};
pub use demo::{Demo, Part};
pub use kept::FindKeyring;
pub use manual::{man, markdown};
pub use outbox::no_courier;
pub use output::{Output, Streams};
pub use serve::Serve;

use crate::config::Flags;
use crate::domain::setup::ItemKind;
use crate::report::{Failure, Report, Status};
use crate::safe::Safe;
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// A help desk in the terminal: work, follow and share tickets
///
/// Without a command the full-screen program starts.
#[derive(Debug, Parser)]
#[command(name = "guichet", version, max_term_width = 100, infer_long_args = false)]
pub struct Line {
    /// What goes before every command.
    #[command(flatten)]
    pub global: Global,
    /// What is to be done; the full-screen program when nothing.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The profile of the configuration to use [env: `GUICHET_PROFILE`]
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// The store: sqlite:PATH or postgres://… [env: `GUICHET_DATABASE`]
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// Who acts, by mail address
    #[arg(long = "as", global = true, value_name = "EMAIL")]
    pub acts_as: Option<String>,
    /// The configuration file [env: `GUICHET_CONFIG`]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print JSON, with =FIELDS only these keys of the objects (id,subject,…)
    #[arg(long, global = true, value_name = "FIELDS", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub json: Option<String>,
    /// Print results only
    #[arg(long, global = true)]
    pub quiet: bool,
    /// Print without colours, as with `NO_COLOR` set
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Write a log to the state folder; -vv more of it [env: `GUICHET_LOG`, a filter such as debug]
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

impl Global {
    /// Where and as whom.
    pub fn flags(&self) -> Flags {
        Flags { profile: self.profile.clone(), database: self.database.clone(), acts_as: self.acts_as.clone() }
    }

    /// The keys to print of each object; none unless JSON is wanted, empty for all.
    pub fn fields(&self) -> Option<Vec<String>> {
        let fields = self.json.as_ref()?;
        Some(fields.split(',').map(|field| field.trim().to_owned()).filter(|field| !field.is_empty()).collect())
    }
}

/// The nouns.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Requests as their requesters see them
    #[command(subcommand)]
    Request(request::Request),
    /// Tickets as agents see them
    #[command(subcommand)]
    Ticket(ticket::Ticket),
    /// The agents' lists
    #[command(subcommand)]
    View(view::View),
    /// Find tickets, or requests for an end user
    Search(search::Search),
    /// Count tickets: opened, solved, unsolved, and how long they took
    Report(report::Ask),
    /// What is written and not yet sent
    #[command(subcommand)]
    Draft(draft::Draft),
    /// People of the account
    #[command(subcommand)]
    Person(person::Person),
    /// Ask for access to an account, or for a new password
    SignUp(person::access::SignUp),
    /// Sign in to the account of another server
    SignIn(sign_in::SignIn),
    /// Sign out of the chosen profile's account
    SignOut,
    /// Say who acts, and where
    Whoami,
    /// Accounts by name
    #[command(subcommand)]
    Profile(sign_in::Profile),
    /// Organizations that requesters belong to
    #[command(subcommand)]
    Organization(organization::Organization),
    /// Groups of agents
    #[command(subcommand)]
    Group(group::Group),
    /// Kinds of request, each with its form
    #[command(subcommand, visible_alias = "form")]
    Kind(setup::Setup),
    /// Fields of tickets, people and organizations
    #[command(subcommand)]
    Field(setup::Setup),
    /// Statuses of the account's own
    #[command(subcommand)]
    Status(setup::Setup),
    /// Changes and texts that agents apply by hand
    #[command(subcommand)]
    Macro(setup::Rule),
    /// What is done when a ticket is made or changed
    #[command(subcommand)]
    Trigger(setup::Rule),
    /// What is done by itself after some time
    #[command(subcommand)]
    Automation(setup::Rule),
    /// Texts of notices
    #[command(subcommand)]
    Text(setup::Setup),
    /// Addresses to which triggers send what happened
    #[command(subcommand)]
    Webhook(webhook::Webhook),
    /// Business hours, by which rules can count
    #[command(subcommand)]
    Schedule(setup::Setup),
    /// Settings of the account
    #[command(subcommand)]
    Setting(setting::Setting),
    /// What happens to tickets by itself
    #[command(subcommand)]
    Timer(timer::Timer),
    /// What you were told
    Inbox(inbox::Inbox),
    /// Letters on their way out of the account
    #[command(subcommand)]
    Outbox(outbox::Outbox),
    /// Mail that comes in
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Take tickets over from other systems' files
    Import(import::Import),
    /// Try the program at two made-up accounts
    Demo(demo::Demo),
    /// Make a new account in a store of its own
    Init(init::Init),
    /// Serve the account over HTTP, until it is told to end
    Serve(serve::Serve),
    /// Check the store: every ticket's history chain, references and search index
    Verify,
    /// Say what works here, what does not, and what to do
    Doctor,
    /// The configuration file
    #[command(subcommand)]
    Config(config::Config),
    /// Print what a shell needs to complete command lines
    Completions(completions::Completions),
    /// Print the manual page
    Man,
}

/// A command line that does not name a command as it is defined, or asks for help; printed and ended by who called.
#[derive(Debug)]
pub struct Usage(clap::Error);

impl Usage {
    /// Prints it and says the exit status: 0 after help, in colours where the terminal has them; 2 after a mistake.
    ///
    /// # Errors
    /// The help could not be printed. Whoever does not read it any more needs no error about it.
    pub fn print(&self) -> Result<u8, Failure> {
        if self.0.use_stderr() && self.0.kind() != clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            // It repeats what was typed, which may have come from anywhere.
            Output::new(Streams::standard()).report(&Report {
                sentence: Safe::text(self.0.render().to_string().trim_end()),
                hint: None,
                status: Status::Usage as u8,
            });
        } else {
            self.0.print()?;
        }
        Ok(u8::try_from(self.0.exit_code()).unwrap_or(2))
    }
}

/// Reads a command line; the first argument is the program's name.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Line, Usage> {
    Line::try_parse_from(args).map_err(Usage)
}

impl Command {
    /// Whether it says itself what is wrong in the configuration.
    pub const fn is_about_config(&self) -> bool {
        matches!(self, Self::Config(_) | Self::Doctor)
    }

    /// Carries it out.
    pub async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::Request(command) => command.run(cx).await,
            Self::Ticket(command) => command.run(cx).await,
            Self::View(command) => command.run(cx).await,
            Self::Search(command) => command.run(cx).await,
            Self::Report(ask) => ask.run(cx).await,
            Self::Draft(command) => command.run(cx),
            Self::Person(command) => command.run(cx).await,
            Self::SignUp(command) => command.run(cx).await,
            Self::SignIn(command) => command.run(cx).await,
            Self::SignOut => sign_in::sign_out(cx).await,
            Self::Whoami => sign_in::whoami(cx).await,
            Self::Profile(command) => command.run(cx).await,
            Self::Organization(command) => command.run(cx).await,
            Self::Group(command) => command.run(cx).await,
            Self::Kind(command) => command.run(ItemKind::Kind, cx).await,
            Self::Field(command) => command.run(ItemKind::Field, cx).await,
            Self::Status(command) => command.run(ItemKind::Status, cx).await,
            Self::Macro(command) => command.run(ItemKind::Macro, cx).await,
            Self::Trigger(command) => command.run(ItemKind::Trigger, cx).await,
            Self::Automation(command) => command.run(ItemKind::Automation, cx).await,
            Self::Text(command) => command.run(ItemKind::Text, cx).await,
            Self::Webhook(command) => command.run(cx).await,
            Self::Schedule(command) => command.run(ItemKind::Schedule, cx).await,
            Self::Setting(command) => command.run(cx).await,
            Self::Timer(command) => command.run(cx).await,
            Self::Inbox(command) => command.run(cx).await,
            Self::Outbox(command) => command.run(cx).await,
            Self::Mail(command) => command.run(cx).await,
            Self::Import(command) => command.run(cx).await,
            Self::Demo(command) => Box::pin(command.run(cx)).await,
            Self::Init(command) => command.run(cx).await,
            Self::Serve(_) => Err(Failure::said("cli-serve-elsewhere", Status::Failed)),
            Self::Verify => verify::run(cx).await,
            Self::Doctor => doctor::run(cx).await,
            Self::Config(command) => command.run(cx),
            Self::Completions(command) => command.run(cx),
            Self::Man => cx.out.raw(&man()),
        }
    }
}
