//! A small account to play on: messages are answered from it by hand, in order, with a fixed clock.

mod cast;
mod work;

use cast::{audits, comments, names, people, person, session, tickets};
use guichet::client::access::AccessLink;
use guichet::client::told::Told;
use guichet::client::{
    Count, Cursor, Error, Key as ActKey, ListAsk, Names, Page, PeopleAsk, Receipt, Session, Source, Thread,
};
use guichet::domain::account::Settings;
use guichet::domain::act::Deed;
use guichet::domain::comment::{Comment, Visibility};
use guichet::domain::decide::Outcome;
use guichet::domain::decide::{Facts, forecast};
use guichet::domain::draft::Draft;
use guichet::domain::event::Audit;
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::person::{Person, PersonRef, Role};
use guichet::domain::refusal::{Field, Refusal};
use guichet::domain::secret::Secret;
use guichet::domain::setup::{Directory, Item, Setup};
use guichet::domain::status::Status;
use guichet::domain::suggest::Typed;
use guichet::domain::ticket::{Request, Ticket};
use guichet::domain::time::Timestamp;
use guichet::domain::timer::{Does, Due};
use guichet::domain::view::Column;
use guichet::language::{Language, Zone};
use guichet::tui;
use guichet::tui::effect::{Effect, Question};
use guichet::tui::input::{Input, Key, Size};
use guichet::tui::keymap::Keymap;
use guichet::tui::message::{Answer, Message};
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
    pub settings: Settings,
    pub drafts: Vec<Draft>,
    /// What one was told.
    pub told: Vec<Told>,
    pub items: Vec<Item>,
    /// How all views want their rows.
    pub shape: Option<(Vec<Column>, Option<Column>)>,
    /// Effects that nobody here answers, in order.
    pub wanted: Vec<Effect>,
    /// Whether questions stay without an answer.
    pub deaf: bool,
    /// After how many milliseconds the timers are looked at, once it is wanted.
    pub catching_up: Option<u64>,
    /// How many more people there are than those who have a name here.
    pub crowd: usize,
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
            ahead: None,
        });
        Self {
            model,
            tickets: tickets(),
            comments: comments(),
            wanted: Vec::new(),
            settings: Settings::default(),
            drafts: Vec::new(),
            told: Vec::new(),
            items: guichet::store::stock().expect("the stock"),
            shape: None,
            deaf: false,
            catching_up: None,
            crowd: 0,
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
                    let result = self.answer(&question);
                    self.say(Message::Answered { to, question, result });
                }
                // What comes back after half a minute would come back for ever.
                Effect::Rest { wait_ms: 10_000.., .. } => {}
                Effect::Rest { to, token, .. } => self.say(Message::Rested { to, token }),
                Effect::CatchUp { wait_ms } => self.catching_up = Some(wait_ms),
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

    fn session(&self) -> Session {
        session(self.role, &self.settings, &Setup::of(self.items.iter().cloned()))
    }

    /// A requester's view of a ticket, as the account has it set.
    fn request(&self, ticket: &Ticket) -> Request {
        Request::of(ticket, &self.settings, &Setup::of(self.items.iter().cloned()))
    }

    fn answer(&self, question: &Question) -> Result<Answer, Error> {
        Ok(match question {
            Question::Session => {
                let mut session = self.session();
                if let Some((columns, group_by)) = &self.shape {
                    for view in &mut session.views {
                        (view.columns, view.group_by) = (columns.clone(), *group_by);
                    }
                }
                Answer::Session(Box::new(session))
            }
            Question::Counts(sources) => {
                let count = |source| Count { value: self.rows(source).len() as u64, or_more: false };
                Answer::Counts(sources.iter().map(count).collect())
            }
            Question::Tickets(ask) => Answer::Tickets(self.page(ask)),
            Question::Requests(ask) => {
                let page = self.page(ask);
                let rows = page.rows.iter().map(|ticket| self.request(ticket)).collect();
                Answer::Requests(Page { rows, names: page.names, next: page.next, ends: page.ends })
            }
            Question::Ticket { id, .. } => {
                let thread = self.thread(*id, true)?;
                Answer::Ticket(Box::new(thread))
            }
            Question::Request { id, .. } => {
                let thread = self.thread(*id, false)?;
                let item = self.request(&thread.item);
                let Thread { comments, more, due, shared, names, .. } = thread;
                Answer::Request(Box::new(Thread { item, comments, more, due, shared, names }))
            }
            Question::Audits { after, limit, .. } => {
                let rows: Vec<Audit> = audits().into_iter().filter(|audit| audit.number > *after).collect();
                let more = rows.len() > *limit as usize;
                let next = more.then(|| Cursor(limit.to_string()));
                let rows = rows.into_iter().take(*limit as usize).collect();
                Answer::Audits(Page::new(rows, names(), next))
            }
            Question::Report(ask) => Answer::Report(Box::new(super::report::answer(ask))),
            Question::ReadAlong(requester) => Answer::ReadAlong(*requester == PersonRef::Id(ANA)),
            Question::People(PeopleAsk::Suggest { text, staff_only, limit }) => {
                let mut rows = people();
                let gare = Some("Gare depot");
                let finds = |person: &Person| {
                    Typed::parse(text).is_some_and(|typed| typed.finds(person, person.organization.and(gare)))
                };
                rows.retain(|person| finds(person) && (person.role.is_staff() || !staff_only));
                rows.truncate(*limit as usize);
                Answer::People(Page::new(rows, names(), None))
            }
            Question::People(ask) => Answer::People(self.people(ask)),
            other => return self.answer_of_account(other),
        })
    }

    fn people(&self, ask: &PeopleAsk) -> Page<Person> {
        let crowd =
            (0..self.crowd).zip(1_000..).map(|(n, id)| person(PersonId(id), &format!("Person {n:03}"), Role::EndUser));
        let (rows, after, limit) = match ask {
            PeopleAsk::Role { role, after, limit } => {
                let rows = vec![person(MARC, "Marc Oni", Role::Agent), person(PersonId(9), "Zoé Faure", Role::Agent)];
                let rows = rows.into_iter().filter(|person| role.is_none_or(|role| person.role == role)).chain(crowd);
                (rows.collect::<Vec<_>>(), after.clone(), *limit)
            }
            PeopleAsk::Among { after, limit, .. } => (crowd.collect(), after.clone(), *limit),
            PeopleAsk::Ids(ids) => {
                let all = people().into_iter().chain(crowd);
                (all.filter(|person| ids.contains(&person.id)).collect(), None, 100)
            }
            _ => (Vec::new(), None, 100),
        };
        let from =
            after.map_or(0, |last| rows.iter().position(|one| one.id.to_string() == last.0).map_or(0, |at| at + 1));
        let to = (from + limit as usize).min(rows.len());
        let next = (to < rows.len()).then(|| Cursor(rows[to - 1].id.to_string()));
        Page::new(rows[from..to].to_vec(), names(), next)
    }

    /// The answers that are about the account, not about tickets and people.
    fn answer_of_account(&self, question: &Question) -> Result<Answer, Error> {
        Ok(match question {
            Question::Items(kind) => {
                let items = self.items.iter().filter(|item| item.kind() == *kind).cloned().collect();
                Answer::Items(items, self.directory())
            }
            Question::Directory(_) => Answer::Directory(self.directory()),
            Question::Check(deed) => self.check(deed)?,
            Question::Try(item) => Answer::Tried(Box::new(work::tried(&self.tickets, item))),
            Question::Organizations { .. } | Question::Organization(_) => {
                Answer::Organizations(self.session().organization.into_iter().collect())
            }
            Question::AdminLog { before, limit } => {
                let log = cast::admin_log().into_iter().filter(|one| before.is_none_or(|before| one.number < before));
                let mut rows: Vec<Audit> = log.collect();
                let next = (rows.len() > *limit as usize).then(|| Cursor(limit.to_string()));
                rows.truncate(*limit as usize);
                Answer::AdminLog(Page::new(rows, names(), next))
            }
            Question::AccessLink { .. } => Answer::AccessLink(AccessLink {
                token: Secret::new("one-use-only"),
                expires_at: Timestamp(NOW.0 + 86_400_000),
            }),
            Question::Rules => Answer::Rules(work::rules()),
            Question::Why { rule, .. } => Answer::Why(Box::new(work::why(rule))),
            Question::TryMacro { tickets, which } => {
                let all = work::applied_to(&self.tickets, &self.items, tickets, *which);
                Answer::Applied(Box::new(all.ok_or(Error::NotFound)?))
            }
            Question::Inbox(_) => Answer::Inbox(Page::new(self.told.clone(), Names::default(), None)),
            Question::MarkRead(ids) => {
                let meant = |one: &Told| ids.as_ref().is_none_or(|ids| ids.contains(&one.id));
                self.told
                    .iter()
                    .filter(|one| !one.read && !meant(one))
                    .count()
                    .try_into()
                    .map(Answer::Unread)
                    .expect("few")
            }
            _ => return Err(Error::NotFound),
        })
    }

    fn directory(&self) -> Directory {
        let groups = self.session().groups.into_iter().map(|group| (group.id, group)).collect();
        Directory::of(&Setup::of(self.items.iter().cloned()), &groups)
    }

    /// Nothing stands against anything but a name that is taken.
    fn check(&self, deed: &Deed) -> Result<Answer, Error> {
        let Deed::SetItem(item) = deed else { return Ok(Answer::Checked) };
        let same = |one: &&Item| one.kind() == item.kind() && one.key() != item.key() && one.name() == item.name();
        match self.items.iter().find(same) {
            Some(_) => Err(Error::Refused(Refusal::NameTaken(Field::Name))),
            None => Ok(Answer::Checked),
        }
    }

    fn rows(&self, source: &Source) -> Vec<Ticket> {
        let keep = |ticket: &&Ticket| match source {
            Source::View(slug) => match slug.as_str() {
                "unassigned" => ticket.assignee.is_none(),
                "recently-solved" => ticket.status() == Status::Solved,
                "pending" => ticket.status() == Status::Pending,
                "on-hold" => ticket.status() == Status::Hold,
                _ => ticket.status().is_unsolved(),
            },
            Source::Ccd => false,
            Source::Search(text) => {
                let plain = |word: &&str| !word.starts_with("status<") && !word.contains(':');
                let mut words = text.split(' ').filter(plain);
                words.all(|word| ticket.subject.to_lowercase().contains(&word.trim_end_matches('*').to_lowercase()))
            }
            Source::Mine | Source::Organization => true,
        };
        self.tickets.iter().filter(keep).cloned().collect()
    }

    fn page(&self, ask: &ListAsk) -> Page<Ticket> {
        let mut rows = self.rows(&ask.source);
        if let Some(narrow) = &ask.narrow {
            rows.retain(|ticket| ticket.subject.to_lowercase().contains(narrow.to_lowercase().trim_end_matches('*')));
        }
        let from: usize = ask.after.as_ref().and_then(|cursor| cursor.0.parse().ok()).unwrap_or(0);
        let to = (from + ask.limit as usize).min(rows.len());
        let next = (to < rows.len()).then(|| Cursor(to.to_string()));
        let rows = rows[from..to].to_vec();
        let end = |ticket: &Ticket| due(ticket).into_iter().rfind(|due| due.does == Does::Closes);
        let ends = rows.iter().filter_map(|ticket| Some((ticket.id, end(ticket)?))).collect();
        Page { ends, ..Page::new(rows, names(), next) }
    }

    fn thread(&self, id: TicketId, staff: bool) -> Result<Thread<Ticket>, Error> {
        let item = self.tickets.iter().find(|ticket| ticket.id == id).cloned().ok_or(Error::NotFound)?;
        let mut comments: Vec<Comment> = self.comments.iter().filter(|comment| comment.ticket == id).cloned().collect();
        comments.retain(|comment| staff || comment.visibility == Visibility::Public);
        let due = due(&item);
        Ok(Thread { item, comments, more: false, due, shared: false, names: names() })
    }
}

/// What will happen to a ticket by itself, in an account as it begins.
fn due(ticket: &Ticket) -> Vec<Due> {
    let setup = Setup::of(guichet::store::stock().expect("the stock"));
    forecast(&Facts { setup: setup.into(), ..Facts::default() }, ticket, NOW, guichet::domain::form::Reader::Agent)
}
