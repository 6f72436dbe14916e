//! A small account to play on: messages are answered from it by hand, in order, with a fixed clock.

use guichet::client::{
    Count, Cursor, Error, Key as ActKey, ListAsk, Names, Page, PeopleAsk, Receipt, Session, Source, Thread, ViewTitle,
};
use guichet::domain::account::{Account, Group, Kind, Organization, Settings};
use guichet::domain::act::Who;
use guichet::domain::comment::{Attachment, Channel, Comment, Visibility};
use guichet::domain::decide::Outcome;
use guichet::domain::draft::Draft;
use guichet::domain::event::{Audit, Chain, Event};
use guichet::domain::id::{AttachmentId, AuditId, CommentId, GroupId, KindId, OrganizationId, PersonId, TicketId};
use guichet::domain::person::{EmailAddress, Person, Role};
use guichet::domain::status::{Priority, State, Status};
use guichet::domain::suggest::Typed;
use guichet::domain::tag::Tag;
use guichet::domain::ticket::{Request, Ticket};
use guichet::domain::time::{Span, Timestamp};
use guichet::domain::timer::forecast;
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
use std::collections::{BTreeMap, BTreeSet};

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
    /// Effects that nobody here answers, in order.
    pub wanted: Vec<Effect>,
    /// Whether questions stay without an answer.
    pub deaf: bool,
    role: Role,
}

fn before(minutes: i64) -> Timestamp {
    Timestamp(NOW.0 - Span::minutes(minutes).0)
}

fn ticket(id: i64, subject: &str, kind: i64, state: State, updated: Timestamp) -> Ticket {
    Ticket {
        id: TicketId(id),
        subject: subject.to_owned(),
        kind: Some(KindId(kind)),
        state,
        priority: if kind == 1 { Some(Priority::Urgent) } else { None },
        requester: ANA,
        submitter: ANA,
        assignee: Some(MARC),
        group: Some(GroupId(1)),
        organization: Some(OrganizationId(1)),
        tags: BTreeSet::new(),
        ccs: BTreeSet::new(),
        followers: BTreeSet::new(),
        due_at: None,
        visibility: Visibility::Public,
        via: Channel::Web,
        external_id: None,
        follow_up_of: None,
        merged_into: None,
        comments: 1,
        public_comments: 1,
        created_at: before(60 * 24),
        updated_at: updated,
        requester_updated_at: updated,
        version: 1,
    }
}

fn tickets() -> Vec<Ticket> {
    let pending = State::Pending { since: before(120), reminded: false };
    let solved = State::Solved { since: before(60 * 24 * 3) };
    let mut tickets = vec![
        ticket(1042, "Payment terminal refuses cards", 1, State::Open, before(4)),
        ticket(1039, "Add CSV export to the fleet report", 2, pending, before(120)),
        ticket(1021, "Printer at depot 3 jams\u{202e}\u{1b}[31m", 3, State::Hold, before(60 * 20)),
        ticket(1007, "App crashes when unlocking", 4, solved, before(60 * 24 * 3)),
    ];
    tickets[0].ccs = [PersonId(3), PersonId(4)].into();
    tickets[0].tags = ["payment", "sev"].iter().filter_map(|tag| Tag::parse(tag).ok()).collect();
    tickets
}

fn comments() -> Vec<Comment> {
    let comment = |id: i64, author: PersonId, visibility, body: &str, minutes| Comment {
        id: CommentId(id),
        ticket: TicketId(1042),
        author,
        visibility,
        frozen: false,
        body: body.to_owned(),
        attachments: Vec::new(),
        via: Channel::Web,
        created_at: before(minutes),
    };
    let mut first = comment(
        1,
        ANA,
        Visibility::Public,
        "Since this morning the terminal at the Gare depot refuses every card.\n\nWe tried another cable.",
        78,
    );
    first.attachments.push(Attachment {
        id: AttachmentId(1),
        name: "../photo.jpg".into(),
        content_type: "image/jpeg".into(),
        size: 210_000,
        digest: [0; 32],
    });
    let note = comment(2, MARC, Visibility::Internal, "Looks like the acquirer. Asked Bornes Pay.", 55);
    let quote = "> refuses every card\nWe confirm an outage since 09:50.";
    vec![first, note, comment(3, MARC, Visibility::Public, quote, 30)]
}

fn person(id: PersonId, name: &str, role: Role) -> Person {
    Person {
        id,
        name: name.to_owned(),
        email: EmailAddress::parse(&format!("p{id}@example.org")).ok(),
        phone: None,
        role,
        organization: Some(OrganizationId(1)).filter(|_| !role.is_staff()),
        groups: Vec::new(),
        language: None,
        suspended: false,
        external_id: None,
        created_at: before(100_000),
    }
}

fn session(role: Role, settings: &Settings) -> Session {
    let me = if role.is_staff() { person(MARC, "Marc Oni", role) } else { person(ANA, "Ana Ruiz", role) };
    let slugs = ["critical", "feature", "hardware", "software"];
    let kinds = (1..).zip(slugs).map(|(id, slug)| Kind {
        id: KindId(id),
        slug: slug.to_owned(),
        name: slug.to_owned(),
        guidance: String::new(),
        priority: None,
    });
    let views = ["unassigned", "mine", "my-groups", "all-unsolved", "recently-solved", "pending", "on-hold"];
    let views = views.map(|slug| ViewTitle { slug: slug.to_owned(), title: slug.to_owned() });
    Session {
        me,
        account: Account { name: "Vélo Métropole".into(), url: Some("https://velo.example".into()) },
        settings: settings.clone(),
        kinds: kinds.collect(),
        groups: vec![Group { id: GroupId(1), name: "Support Ops".into() }],
        views: if role.is_staff() { views.to_vec() } else { Vec::new() },
        organization: Some(Organization {
            id: OrganizationId(1),
            name: "Gare depot".into(),
            domains: Vec::new(),
            shared_tickets: true,
            shared_comments: false,
        }),
    }
}

/// A history of two pages: opened, answered, then handed to and fro.
fn audits() -> Vec<Audit> {
    let comment = comments().swap_remove(2);
    let events = |number: i64| match number {
        1 => vec![Event::StatusChanged { from: Status::New, to: Status::Open }],
        2 => vec![
            Event::Commented(Box::new(comment.clone())),
            Event::StatusChanged { from: Status::Open, to: Status::Pending },
        ],
        odd if odd % 2 == 1 => vec![Event::AssigneeChanged { from: None, to: Some(MARC) }],
        _ => vec![Event::AssigneeChanged { from: Some(MARC), to: None }],
    };
    let audit = |number: i64| Audit {
        id: AuditId(number),
        chain: Chain::Ticket(TicketId(1042)),
        number,
        at: before(300 - number),
        who: Who::Person(MARC),
        via: Channel::Web,
        events: events(number),
    };
    (1..=120).map(audit).collect()
}

/// Everybody whom the account suggests.
fn people() -> Vec<Person> {
    let mut lea = person(PersonId(5), "Léa Petit", Role::EndUser);
    lea.email = EmailAddress::parse("lea@shop.example").ok();
    lea.phone = Some("+33 1 23 45".into());
    lea.organization = None;
    let ana = person(ANA, "Ana Ruiz", Role::EndUser);
    vec![ana, person(MARC, "Marc Oni", Role::Agent), lea, person(PersonId(9), "Zoé Faure", Role::Agent)]
}

fn names() -> Names {
    let people = [(1, "Ana Ruiz"), (2, "Marc Oni"), (3, "Tom Petit"), (4, "Inès Blanc")];
    let people = people.map(|(id, name)| (PersonId(id), name.to_owned()));
    let organizations = BTreeMap::from([(OrganizationId(1), "Gare depot".to_owned())]);
    Names { people: people.into(), organizations }
}

impl Stage {
    /// The home screen of somebody of that role, with everything answered.
    pub fn of(role: Role, width: u16, height: u16) -> Self {
        let mut stage = Self::silent(role, width, height);
        stage.begin();
        stage
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
        });
        Self {
            model,
            tickets: tickets(),
            comments: comments(),
            wanted: Vec::new(),
            settings: Settings::default(),
            drafts: Vec::new(),
            deaf: false,
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
                Effect::LoadDrafts => self.say(Message::Drafts(Ok(self.drafts.clone()))),
                other => self.wanted.push(other),
            }
        }
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
        let result = result.map(|()| Receipt { outcome: Outcome::default(), repeated: false });
        self.say(Message::Acted { to, key: ActKey(key.0), deed, result });
    }

    /// Answers an act that made a ticket.
    pub fn made(&mut self, act: Effect, ticket: TicketId) {
        let Effect::Act { to, key, deed } = act else { panic!("no act: {act:?}") };
        let outcome = Outcome { ticket: Some(ticket), ..Outcome::default() };
        self.say(Message::Acted { to, key, deed, result: Ok(Receipt { outcome, repeated: false }) });
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

    fn answer(&self, question: &Question) -> Result<Answer, Error> {
        Ok(match question {
            Question::Session => Answer::Session(Box::new(session(self.role, &self.settings))),
            Question::Counts(sources) => {
                let count = |source| Count { value: self.rows(source).len() as u64, or_more: false };
                Answer::Counts(sources.iter().map(count).collect())
            }
            Question::Tickets(ask) => Answer::Tickets(self.page(ask)),
            Question::Requests(ask) => {
                let page = self.page(ask);
                let settings = Settings::default();
                let rows = page.rows.iter().map(|ticket| Request::of(ticket, &settings)).collect();
                Answer::Requests(Page { rows, names: page.names, next: page.next })
            }
            Question::Ticket { id, .. } => {
                let thread = self.thread(*id, true)?;
                Answer::Ticket(Box::new(thread))
            }
            Question::Request { id, .. } => {
                let thread = self.thread(*id, false)?;
                let item = Request::of(&thread.item, &Settings::default());
                let Thread { comments, more, due, names, .. } = thread;
                Answer::Request(Box::new(Thread { item, comments, more, due, names }))
            }
            Question::Audits { after, limit, .. } => {
                let rows: Vec<Audit> = audits().into_iter().filter(|audit| audit.number > *after).collect();
                let more = rows.len() > *limit as usize;
                let next = more.then(|| Cursor(limit.to_string()));
                let rows = rows.into_iter().take(*limit as usize).collect();
                Answer::Audits(Page { rows, names: names(), next })
            }
            Question::People(PeopleAsk::Suggest { text, staff_only, limit }) => {
                let mut rows = people();
                let gare = Some("Gare depot");
                let finds = |person: &Person| {
                    Typed::parse(text).is_some_and(|typed| typed.finds(person, person.organization.and(gare)))
                };
                rows.retain(|person| finds(person) && (person.role.is_staff() || !staff_only));
                rows.truncate(*limit as usize);
                Answer::People(Page { rows, names: names(), next: None })
            }
            Question::People(PeopleAsk::Role { role, .. }) => {
                let rows = vec![person(MARC, "Marc Oni", Role::Agent), person(PersonId(9), "Zoé Faure", Role::Agent)];
                let rows = rows.into_iter().filter(|person| role.is_none_or(|role| person.role == role));
                Answer::People(Page { rows: rows.collect(), names: Names::default(), next: None })
            }
            _ => return Err(Error::NotFound),
        })
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
                let mut words = text.split(' ').filter(|word| !word.starts_with("status<"));
                words.all(|word| ticket.subject.to_lowercase().contains(&word.trim_end_matches('*').to_lowercase()))
            }
            Source::Mine | Source::Organization => true,
        };
        self.tickets.iter().filter(keep).cloned().collect()
    }

    fn page(&self, ask: &ListAsk) -> Page<Ticket> {
        let mut rows = self.rows(&ask.source);
        if let Some(narrow) = &ask.narrow {
            rows.retain(|ticket| ticket.subject.to_lowercase().contains(&narrow.to_lowercase()));
        }
        let from: usize = ask.after.as_ref().and_then(|cursor| cursor.0.parse().ok()).unwrap_or(0);
        let to = (from + ask.limit as usize).min(rows.len());
        let next = (to < rows.len()).then(|| Cursor(to.to_string()));
        Page { rows: rows[from..to].to_vec(), names: names(), next }
    }

    fn thread(&self, id: TicketId, staff: bool) -> Result<Thread<Ticket>, Error> {
        let item = self.tickets.iter().find(|ticket| ticket.id == id).cloned().ok_or(Error::NotFound)?;
        let mut comments: Vec<Comment> = self.comments.iter().filter(|comment| comment.ticket == id).cloned().collect();
        comments.retain(|comment| staff || comment.visibility == Visibility::Public);
        let due = forecast(item.state, &Settings::default());
        Ok(Thread { item, comments, more: false, due, names: names() })
    }
}
