//! A small account to play on: messages are answered from it by hand, in order, with a fixed clock.

mod account;
mod cast;
mod work;

use cast::{comments, tickets};
use guichet::client::told::Told;
use guichet::client::{Error, Key as ActKey, Receipt};
use guichet::domain::account::Settings;
use guichet::domain::comment::Comment;
use guichet::domain::decide::Outcome;
use guichet::domain::draft::Draft;
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::person::Role;
use guichet::domain::refusal::Refusal;
use guichet::domain::setup::Item;
use guichet::domain::ticket::Ticket;
use guichet::domain::time::Timestamp;
use guichet::domain::view::Column;
use guichet::language::{Language, Zone};
use guichet::tui;
use guichet::tui::effect::{Effect, Question};
use guichet::tui::input::{Input, Key, Size};
use guichet::tui::keymap::Keymap;
use guichet::tui::message::Message;
use guichet::tui::model::{Model, Start};
use guichet::tui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// Tuesday 24 November 2026, 12:00 in Greenwich.
pub const NOW: Timestamp = Timestamp(1_795_521_600_000);
pub const ANA: PersonId = PersonId(1);
pub const MARC: PersonId = PersonId(2);

pub struct Stage {
    pub model: Model,
    pub tickets: Vec<Ticket>,
    pub comments: Vec<Comment>,
    /// What stands against every act.
    pub against: Option<Refusal>,
    pub settings: Settings,
    pub drafts: Vec<Draft>,
    /// What one was told.
    pub told: Vec<Told>,
    pub items: Vec<Item>,
    /// How all views want their rows.
    pub shape: Option<(Vec<Column>, Option<Column>)>,
    /// Effects that nobody here answers, in order.
    pub wanted: Vec<Effect>,
    /// What was asked of the account.
    pub asked: Vec<Question>,
    /// Whether questions stay without an answer.
    pub deaf: bool,
    /// After how many milliseconds the timers are looked at, once it is wanted.
    pub catching_up: Option<u64>,
    /// After which place it listens for news, and after how many milliseconds, once it does.
    pub listening: Option<(Option<guichet::client::Cursor>, u64)>,
    /// Who else has every ticket open.
    pub present: Vec<guichet::domain::presence::Present>,
    /// How many more people there are than those who have a name here.
    pub crowd: usize,
    /// What the account cannot do.
    pub lacks: std::collections::BTreeSet<guichet::client::Capability>,
    role: Role,
}

impl Stage {
    /// The home screen of somebody of that role, with everything answered.
    pub fn of(role: Role, width: u16, height: u16) -> Self {
        let mut stage = Self::silent(role, width, height);
        stage.begin();
        stage
    }

    /// The account has changed.
    pub fn renew(&mut self) {
        let answer = self.answer(&Question::Session);
        let to = guichet::tui::message::ScreenId(0);
        self.say(Message::Answered { to, question: Question::Session, result: answer });
    }

    /// Starts, and answers what the program wants to know.
    pub fn begin(&mut self) {
        let effects = tui::start(&self.model);
        self.play(effects);
    }

    /// The same before the account has answered anything.
    pub fn silent(role: Role, width: u16, height: u16) -> Self {
        let model = Model::new(Start {
            size: Size { width, height },
            now: NOW,
            zone: Zone::utc(),
            words: Language::english(),
            keymap: Keymap::default(),
            theme: Theme::colours(),
            nonce: "n".into(),
            mouse: true,
            cast: Vec::new(),
            choose: false,
            accounts: Vec::new(),
            open: None,
            said: None,
            ahead: None,
        });
        Self {
            model,
            tickets: tickets(),
            comments: comments(),
            against: None,
            wanted: Vec::new(),
            asked: Vec::new(),
            settings: Settings::default(),
            drafts: Vec::new(),
            told: Vec::new(),
            items: guichet::store::stock().expect("the stock"),
            shape: None,
            deaf: false,
            catching_up: None,
            listening: None,
            present: Vec::new(),
            crowd: 0,
            lacks: std::collections::BTreeSet::new(),
            role,
        }
    }

    /// Takes a message in and answers whatever follows from it.
    pub fn say(&mut self, message: Message) {
        let effects = tui::update(&mut self.model, message);
        self.play(effects);
    }

    fn play(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask { .. } if self.deaf => self.wanted.push(effect),
                Effect::Ask { to, question } => {
                    self.asked.push(question.clone());
                    let result = self.answer(&question);
                    self.say(Message::Answered { to, question, result });
                }
                // What comes back after half a minute would come back for ever.
                Effect::Rest { wait_ms: 10_000.., .. } => {}
                Effect::Rest { to, token, .. } => self.say(Message::Rested { to, token }),
                Effect::CatchUp { wait_ms } => self.catching_up = Some(wait_ms),
                Effect::Listen { after, wait_ms } => self.listening = Some((after, wait_ms)),
                Effect::LoadDrafts => self.say(Message::Drafts(Ok(self.drafts.clone()))),
                other => self.wanted.push(other),
            }
        }
    }

    /// Answers what was asked while nobody did: of those that take each other's place only the last.
    pub fn hear(&mut self) {
        self.deaf = false;
        let (asked, others): (Vec<Effect>, Vec<Effect>) =
            std::mem::take(&mut self.wanted).into_iter().partition(|effect| matches!(effect, Effect::Ask { .. }));
        self.wanted = others;
        let counts = |at: usize| asked[at + 1..].iter().all(|later| later.order() != asked[at].order());
        let asked: Vec<Effect> = (0..asked.len()).filter(|at| counts(*at)).map(|at| asked[at].clone()).collect();
        self.play(asked);
    }

    /// Presses keys: each a key's name, with spaces between.
    pub fn keys(&mut self, keys: &str) {
        for key in Key::parse_sequence(keys).expect("keys") {
            self.say(Message::Input(Input::Key(key)));
        }
    }

    /// Types a text letter by letter.
    pub fn text(&mut self, text: &str) {
        for letter in text.chars() {
            self.say(Message::Input(Input::Key(Key::char(letter))));
        }
    }

    /// The last act that was wanted, taken out; what was wanted before it is forgotten.
    pub fn act(&mut self) -> Option<Effect> {
        let at = self.wanted.iter().rposition(|effect| matches!(effect, Effect::Act { .. }))?;
        let act = self.wanted.swap_remove(at);
        Some(act)
    }

    /// Answers an act.
    pub fn acted(&mut self, act: Effect, result: Result<(), Error>) {
        let Effect::Act { to, key, deed } = act else { panic!("no act: {act:?}") };
        let result = result.map(|()| Receipt { outcome: Outcome::default(), repeated: false, versions: 1 });
        self.say(Message::Acted { to, key: ActKey(key.0), deed, result });
    }

    /// Answers an act that made a ticket.
    pub fn made(&mut self, act: Effect, ticket: TicketId) {
        let Effect::Act { to, key, deed } = act else { panic!("no act: {act:?}") };
        let outcome = Outcome { ticket: Some(ticket), ..Outcome::default() };
        self.say(Message::Acted { to, key, deed, result: Ok(Receipt { outcome, repeated: false, versions: 1 }) });
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        let size = self.model.shared.size;
        let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).expect("a backend");
        terminal.draw(|frame| tui::draw(&self.model, frame)).expect("a frame");
        let buffer = terminal.backend().buffer().clone();
        let lines = buffer.content().chunks(usize::from(size.width)).map(|row| {
            let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            line.trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
