//! Every page of the program, one file each. To add one: its file with a `State` that has
//!
//! - `scopes(&self) -> &'static [Scope]`: where its keys are looked up, the innermost first,
//! - `update(&mut self, said: Said, cx: &mut Context<'_>)`: answers to what it is told,
//! - `draw(&self, shared: &Shared, frame: &mut Frame<'_>)`: draws itself, into the areas of `layout`,
//! - `title(&self, shared: &Shared) -> Safe`: the left end of the first line,
//!
//! its line in the macro below, and a row in the table of commands that opens it.

use super::command::{Command, Scope};
use super::item::Item;
use super::message::Said;
use super::model::{Context, Shared};
use crate::domain::id::TicketId;
use crate::safe::Safe;
use ratatui::Frame;

macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident $module:ident $over:literal;)+) => {
        $($(#[$doc])* pub mod $module;)+

        /// A screen.
        #[derive(Clone, Debug)]
        pub enum Screen {
            $($(#[$doc])* $name(Box<$module::State>),)+
        }

        impl Screen {
            /// Where its keys are looked up, the innermost scope first.
            pub fn scopes(&self) -> &'static [Scope] {
                match self { $(Self::$name(state) => state.scopes(),)+ }
            }

            /// Answers to what it is told.
            pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
                match self { $(Self::$name(state) => state.update(said, cx),)+ }
            }

            /// Draws it.
            pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
                match self { $(Self::$name(state) => state.draw(shared, frame),)+ }
            }

            /// The left end of the first line.
            pub fn title(&self, shared: &Shared) -> Safe {
                match self { $(Self::$name(state) => state.title(shared),)+ }
            }

            /// Whether what is below can be seen around it.
            pub const fn is_over(&self) -> bool {
                match self { $(Self::$name(_) => $over,)+ }
            }
        }

        $(impl From<$module::State> for Screen {
            fn from(state: $module::State) -> Self {
                Self::$name(Box::new(state))
            }
        })+
    };
}

screens! {
    /// Everybody's home: lists of requests or tickets.
    Requests requests false;
    /// An open ticket or request.
    Ticket ticket false;
    /// A ticket's history.
    History history false;
    /// A new request, or a new ticket for agents.
    NewRequest new_request false;
    /// Search as you type.
    Search search false;
    /// What is written and not sent.
    Drafts drafts false;
    /// What waits in all of one's accounts.
    Accounts accounts false;
    /// What one was told.
    Inbox inbox false;
    /// Mails that are nobody's.
    Mails mails false;
    /// Tickets that can be brought back.
    Deleted deleted false;
    /// What will happen by itself in the coming days.
    Forecast forecast false;
    /// A webhook's last calls.
    Calls calls false;
    /// The account's set-up: what there is.
    Admin admin false;
    /// Everything of a kind of the set-up.
    Things things false;
    /// A form of one thing of the set-up.
    Filling filling false;
    /// Somebody, and what can be done about them.
    Person person false;
    /// A group or an organization with its people.
    Members members false;
    /// A link that lets somebody set a password.
    Link link true;
    /// The account's settings.
    Settings settings false;
    /// One setting that is changed.
    Setting setting true;
    /// What was done to people, groups, organizations and settings.
    Log log false;
    /// A name to choose.
    Naming naming true;
    /// Of which tickets a condition is true.
    Matches matches true;
    /// Tickets counted.
    Report report false;
    /// A value to choose.
    Picker picker true;
    /// Several values to turn on and off.
    Several several true;
    /// A rule or a macro to choose.
    Offer offer true;
    /// Why a rule ran on a ticket, or did not.
    Why why false;
    /// The ticket into which another is merged.
    Merge merge true;
    /// Problems to choose from, or the incidents of one.
    Cases cases true;
    /// What a requester thought of how their request was solved.
    Rate rate true;
    /// The account's own fields of a ticket.
    Own own true;
    /// A line to type.
    Prompt prompt true;
    /// Something that cannot be undone: yes or no.
    Question question true;
    /// The demo's clock, and what happened when it was moved.
    Lab lab false;
    /// Whom to be, in the demo.
    Who who true;
    /// Every command by its name.
    Palette palette true;
    /// Every key that works in a place.
    Help help true;
    /// The details of an error.
    Details details true;
}

impl Screen {
    /// A ticket or request as it knows it.
    pub fn item(&self, id: TicketId) -> Option<&Item> {
        match self {
            Self::Requests(state) => state.item(id),
            Self::Search(state) => state.item(id),
            Self::Ticket(state) => state.shown(id),
            _ => None,
        }
    }

    /// How many tickets are marked, which the next act is for.
    pub fn marked(&self) -> usize {
        match self {
            Self::Requests(state) => state.marked(),
            Self::Search(state) => state.marked(),
            _ => 0,
        }
    }

    /// Whether a command does anything on the page as it is: what does nothing is not offered.
    pub fn can(&self, command: Command) -> bool {
        match self {
            Self::Calls(state) => state.can(command),
            Self::Things(state) => state.can(command),
            Self::Mails(state) => state.can(command),
            Self::Deleted(state) => state.can(command),
            _ => true,
        }
    }
}

/// Opens the form of a new request, or of a new ticket for agents.
pub fn open_new_request(cx: &mut Context<'_>) {
    let screen = new_request::State::new(cx.shared);
    cx.open(screen.into());
}
