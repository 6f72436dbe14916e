//! What the program knows: a stack of screens, the top one has the keys, and what they share.

mod context;

use super::clock::Lab;
use super::command::Command;
use super::input::{Key, Size};
use super::keymap::Keymap;
use super::message::ScreenId;
use super::news::Hearing;
pub use super::notice::{Notice, Tone};
use super::screens::{Screen, who};
use super::theme::Theme;
use super::undo::Memory;
use crate::client::{Error, Names, Session, Waiting};
use crate::domain::draft::{Draft, DraftPlace};
use crate::domain::id::{GroupId, KindId, OrganizationId, PersonId, RuleId, TicketId};
use crate::domain::person::Role;
use crate::domain::time::{Span, Timestamp};
use crate::domain::timer::Due;
use crate::language::{Args, Language, Present, Zone};
use crate::safe::Safe;
use crate::words;
pub use context::Context;
pub(super) use context::Move;
use std::collections::BTreeMap;

/// What the program begins with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The terminal's size.
    pub size: Size,
    /// The present moment.
    pub now: Timestamp,
    /// The reader's time zone.
    pub zone: Zone,
    /// The reader's language.
    pub words: Language,
    /// Keys.
    pub keymap: Keymap,
    /// Colours.
    pub theme: Theme,
    /// Begins the keys of this session's acts: nobody else's keys begin so.
    pub nonce: String,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// Whom one can be, in the demo; nobody else otherwise.
    pub cast: Vec<Part>,
    /// Whether one has to choose first.
    pub choose: bool,
    /// The accounts that one can be in.
    pub accounts: Vec<Place>,
    /// What is opened first.
    pub open: Option<TicketId>,
    /// What is said first.
    pub said: Option<Safe>,
    /// How far the clock has been moved ahead, where it can be moved.
    pub ahead: Option<Span>,
}

/// Somebody whom one can be in the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Their name.
    pub name: Safe,
    /// What they may do.
    pub role: Role,
    /// In which account.
    pub account: Safe,
    /// Where they belong there.
    pub place: Safe,
    /// Whether one is them now.
    pub present: bool,
}

/// An account that one can be in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its name on this machine.
    pub name: Safe,
    /// Whether one is there now.
    pub present: bool,
    /// By what one signs in there: a file, the keyring, a command; nothing for a store of one's own.
    pub signs_in: Option<Safe>,
}

/// Everything.
#[derive(Clone, Debug)]
pub struct Model {
    /// What all screens share.
    pub shared: Shared,
    /// Open screens, the top one last.
    pub(super) screens: Vec<Placed>,
    /// The keys of a sequence so far.
    pub(super) pending: Vec<Key>,
    /// One's own last act.
    pub(super) undo: Memory,
    next_screen: u64,
}

/// An open screen.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub id: ScreenId,
    pub screen: Screen,
}

/// What all screens share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The terminal's size.
    pub size: Size,
    /// The present moment.
    pub now: Timestamp,
    /// The reader's time zone.
    pub zone: Zone,
    /// The reader's language.
    pub words: Language,
    /// Keys.
    pub keymap: Keymap,
    /// Colours.
    pub theme: Theme,
    /// Who works here; none until the account has answered.
    pub session: Option<Session>,
    /// What is written and not sent.
    pub drafts: BTreeMap<DraftPlace, Draft>,
    /// Names behind numbers, as far as they are known.
    pub names: Names,
    /// When tickets are over if nobody does anything.
    pub ends: BTreeMap<TicketId, Due>,
    /// When each ticket was last opened here.
    pub opened: BTreeMap<TicketId, Timestamp>,
    /// When the program began.
    pub began: Timestamp,
    /// Whether the window has the focus; it does where terminals do not say.
    pub focused: bool,
    /// When something was last pressed.
    pub touched: Timestamp,
    /// Until when the account allows no more, if so.
    pub waiting: Option<Waiting>,
    /// What the status line says.
    pub notice: Option<Notice>,
    /// The last error, for `show-error`.
    pub last_error: Option<Error>,
    /// Commands chosen in the palette, the last one first.
    pub recent: Vec<Command>,
    /// Macros that were applied, the last one first.
    pub macros: Vec<RuleId>,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// Whom one can be, in the demo.
    pub cast: Vec<Part>,
    /// The accounts that one can be in.
    pub accounts: Vec<Place>,
    /// What is opened as soon as the account has answered.
    pub open: Option<TicketId>,
    /// The clock that can be moved, in the demo.
    pub lab: Option<Lab>,
    /// Whether others' changes are heard of.
    pub hearing: Hearing,
    nonce: String,
    next_key: u64,
}

impl Model {
    /// A model before anything is known.
    pub fn new(start: Start) -> Self {
        let shared = Shared {
            size: start.size,
            now: start.now,
            zone: start.zone,
            words: start.words,
            keymap: start.keymap,
            theme: start.theme,
            session: None,
            drafts: BTreeMap::new(),
            names: Names::default(),
            ends: BTreeMap::new(),
            opened: BTreeMap::new(),
            began: start.now,
            focused: true,
            touched: start.now,
            waiting: None,
            notice: start.said.map(|text| Notice { text, tone: Tone::Bad }),
            last_error: None,
            recent: Vec::new(),
            macros: Vec::new(),
            mouse: start.mouse,
            cast: start.cast,
            accounts: start.accounts,
            open: start.open,
            lab: start.ahead.map(Lab::new),
            hearing: Hearing::default(),
            nonce: start.nonce,
            next_key: 0,
        };
        let mut model =
            Self { shared, screens: Vec::new(), pending: Vec::new(), undo: Memory::default(), next_screen: 0 };
        if start.choose {
            model.place(who::State::new(&model.shared).into());
        }
        model
    }

    /// The screen that has the keys.
    pub fn top(&self) -> Option<&Screen> {
        self.screens.last().map(|placed| &placed.screen)
    }

    pub(super) fn place(&mut self, screen: Screen) -> ScreenId {
        self.next_screen += 1;
        let id = ScreenId(self.next_screen);
        self.screens.push(Placed { id, screen });
        id
    }
}

impl Shared {
    /// A word or sentence of ours.
    pub fn word(&self, key: &str) -> Safe {
        Safe::line(&self.words.word(key))
    }

    /// A sentence with things filled in.
    pub fn say(&self, key: &str, args: Args<'_>) -> Safe {
        Safe::line(&self.words.say(key, args))
    }

    /// The reader's present.
    pub const fn present(&self) -> Present {
        Present { now: self.now.0, zone: self.zone }
    }

    /// How old, for a column: `4 min`; ahead: `in 1 d`.
    pub fn age(&self, at: Timestamp) -> Safe {
        Safe::line(&self.words.age(at.0, &self.present()))
    }

    /// How long ago, for a sentence: `4 min ago`.
    pub fn ago(&self, at: Timestamp) -> Safe {
        Safe::line(&self.words.ago(at.0, &self.present()))
    }

    /// When: `Tue 10:42`.
    pub fn time(&self, at: Timestamp) -> Safe {
        Safe::line(&self.words.time(at.0, &self.present()))
    }

    /// Whether the one who works here works tickets.
    pub fn is_staff(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.me.role.is_staff())
    }

    /// Whether the one who works here runs the account.
    pub fn is_admin(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.me.role == Role::Admin)
    }

    /// Who works here.
    pub fn me(&self) -> Option<PersonId> {
        self.session.as_ref().map(|session| session.me.id)
    }

    /// Somebody's name, or a word for somebody who may not be known.
    pub fn person(&self, id: PersonId) -> Safe {
        self.names.people.get(&id).map_or_else(|| self.word("somebody"), |name| Safe::line(name))
    }

    /// An organization's name.
    pub fn organization(&self, id: OrganizationId) -> Safe {
        self.names.organizations.get(&id).map_or_else(|| self.word("nothing"), |name| Safe::line(name))
    }

    /// A group's name.
    pub fn group(&self, id: GroupId) -> Safe {
        let group = self.session.as_ref().and_then(|session| session.groups.iter().find(|group| group.id == id));
        let name = group.map(|group| &group.name).or_else(|| self.names.groups.get(&id));
        name.map_or_else(|| self.word("nothing"), |name| Safe::line(name))
    }

    /// A kind's name, as lists have it.
    pub fn kind(&self, id: KindId) -> Safe {
        let kind = self.session.as_ref().and_then(|session| session.kinds.iter().find(|kind| kind.id == id));
        kind.map_or_else(|| self.word("nothing"), |kind| Safe::line(&words::kind(&self.words, kind)))
    }

    /// Learns who asks, and what they know of the account.
    pub fn join(&mut self, session: Session) {
        self.words = words::for_reader(&self.words, &session);
        self.session = Some(session);
    }

    /// A new key for an act.
    pub fn new_key(&mut self) -> String {
        self.next_key += 1;
        format!("{}-{}", self.nonce, self.next_key)
    }

    /// Whether there is a draft on a ticket.
    pub fn has_draft(&self, ticket: TicketId) -> bool {
        self.drafts.contains_key(&DraftPlace::Reply(ticket)) || self.drafts.contains_key(&DraftPlace::Note(ticket))
    }
}

impl Shared {
    /// Says in the status line what went wrong, and keeps it for its details.
    pub fn fail(&mut self, error: Error) {
        let text = super::sentence::error(self, &error);
        self.tell(Tone::Bad, text);
        self.last_error = Some(error);
    }
}
