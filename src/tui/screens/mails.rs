//! Mails that came in and are nobody's: read, made into tickets or notes, or thrown away.

use crate::client::{Cursor, Error};
use crate::domain::act::Deed;
use crate::domain::id::TicketId;
use crate::domain::mailroom::MailDeed;
use crate::domain::suspended::Suspended;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, MailText, Said};
use crate::tui::model::{Context, Shared, Tone};
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::question::{self, Matter};
use crate::tui::sentence;
use crate::tui::text::{Pieces, line, wrap};
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// So many are fetched at once.
pub const PAGE: u32 = 100;
/// How much of a mail is laid out, in characters.
const SHOWN: usize = 20_000;
/// In a window lower than this there are only the rows, until one is read.
const ROOM_FOR_TEXT: u16 = 14;

impl Identified for Suspended {
    type Id = i64;

    fn id(&self) -> i64 {
        self.id
    }
}

/// Suspended mails.
#[derive(Clone, Debug, Default)]
pub struct State {
    list: List<Suspended>,
    next: Option<Cursor>,
    waiting: bool,
    failed: Option<Error>,
    /// What the mail under the cursor says.
    text: Option<MailText>,
    /// The first line of it that is shown, while it fills the page.
    reading: Option<usize>,
}

impl State {
    /// The newest first.
    pub fn new() -> Self {
        Self { waiting: true, ..Self::default() }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Mails, Scope::List, Scope::Browsing]
    }

    /// Whether a command does anything now.
    pub fn can(&self, command: Command) -> bool {
        let acts = [Command::ReadMail, Command::TakeMail, Command::NoteMail, Command::DropMail];
        !acts.contains(&command) || self.list.current().is_some()
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Command(Command::Refresh, _) => self.ask(None, cx),
            Said::Resized => self.fit(cx.shared),
            Said::Answer(question, result) => self.answered(&question, result, cx),
            Said::Confirmed(Matter::DropMail(id)) => cx.act(Deed::Mail(MailDeed::DropMail(id))),
            Said::Acted(deed, Ok(_)) if matches!(*deed, Deed::Mail(_)) => self.gone(cx),
            Said::Confirmed(Matter::TakeMail(id)) => self.take(id, None, cx),
            Said::Typed(Purpose::NoteMail, text) => self.note(&text, cx),
            Said::Command(command, _) => self.command(command, cx),
            Said::Mouse(mouse) => {
                if self.list.mouse(mouse, Self::rows(cx.shared)) {
                    self.reading = Some(0);
                }
                self.moved(cx);
            }
            _ => {}
        }
    }

    fn ask(&mut self, after: Option<Cursor>, cx: &mut Context<'_>) {
        self.waiting = true;
        cx.ask(Question::SuspendedMails { after, limit: PAGE });
    }

    fn answered(&mut self, question: &Question, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        match (question, result) {
            (Question::SuspendedMails { after, .. }, Ok(Answer::SuspendedMails(page))) => {
                (self.waiting, self.failed) = (false, None);
                let rows = page.rows;
                if after.is_some() { self.list.append(rows) } else { self.list.set(rows) }
                self.next = page.next;
                self.fit(cx.shared);
                self.moved(cx);
            }
            (_, Ok(Answer::SuspendedMail(text))) => self.text = Some(*text),
            (Question::TakeMail { id, .. }, Ok(Answer::MailTaken(ticket))) => {
                let text = match ticket {
                    Some((ticket, whole)) => {
                        let key = if whole { "mail-taken" } else { "mail-taken-in-part" };
                        cx.shared.say(key, args![ticket = ticket.to_string(), number = id.to_string()])
                    }
                    None => cx.shared.word("mail-unreadable"),
                };
                cx.shared.tell(if ticket.is_some() { Tone::Done } else { Tone::Bad }, text);
                self.gone(cx);
            }
            (_, Err(error)) => {
                self.waiting = false;
                cx.error(error.clone());
                self.failed = Some(error);
            }
            _ => {}
        }
    }

    /// One is no longer there.
    fn gone(&mut self, cx: &mut Context<'_>) {
        (self.reading, self.text) = (None, None);
        self.ask(None, cx);
    }

    /// Asks for what the mail under the cursor says, and for the next page near the end.
    fn moved(&mut self, cx: &mut Context<'_>) {
        if let Some(id) = self.list.current_id()
            && self.text.as_ref().is_none_or(|text| text.id != id)
        {
            self.text = None;
            cx.ask(Question::SuspendedMail(id));
        }
        if self.list.near_end() && !self.waiting && self.next.is_some() {
            let next = self.next.clone();
            self.ask(next, cx);
        }
    }

    fn command(&mut self, command: Command, cx: &mut Context<'_>) {
        let current = self.list.current().cloned();
        match (command, current) {
            (Command::Back, _) if self.reading.is_some() => self.reading = None,
            (Command::Back, _) => cx.close(),
            (Command::ReadMail, Some(_)) => self.reading = if self.reading.is_some() { None } else { Some(0) },
            (Command::TakeMail, Some(mail)) => {
                let sender = mail.sender.unwrap_or_default();
                let text = cx.shared.say("mails-take", args![sender = sender, subject = mail.subject]);
                cx.open(question::State::new(text, Matter::TakeMail(mail.id)).into());
            }
            (Command::NoteMail, Some(mail)) => {
                let ticket = mail.ticket.map(|id| id.to_string()).unwrap_or_default();
                cx.open(prompt::State::with(Purpose::NoteMail, &ticket).into());
            }
            (Command::DropMail, Some(mail)) => {
                let sender = mail.sender.unwrap_or_default();
                let text = cx.shared.say("mails-drop", args![sender = sender, subject = mail.subject]);
                cx.open(question::State::new(text, Matter::DropMail(mail.id)).into());
            }
            (command, _) => self.move_by(command, cx),
        }
    }

    fn move_by(&mut self, command: Command, cx: &mut Context<'_>) {
        let height = usize::from(areas(cx.shared.size).body.height);
        if let (Some(top), Some(by)) = (self.reading, command.moves(height)) {
            let last = self.lines(cx.shared).len().saturating_sub(height);
            self.reading = Some(top.saturating_add_signed(by).min(last));
        } else {
            self.list.command(command);
            self.moved(cx);
        }
    }

    fn note(&self, text: &str, cx: &mut Context<'_>) {
        let number = text.trim().trim_start_matches('#');
        if let (Ok(ticket), Some(id)) = (number.parse(), self.list.current_id()) {
            self.take(id, Some(TicketId(ticket)), cx);
        } else {
            let text = cx.shared.say("notice-no-number", args![text = text.trim()]);
            cx.shared.tell(Tone::Bad, text);
        }
    }

    fn take(&self, id: i64, ticket: Option<TicketId>, cx: &mut Context<'_>) {
        let sender = self.list.rows().iter().find(|row| row.id == id).and_then(|row| row.sender.clone());
        let head = cx.shared.say("mail-taken-from", args![from = sender.unwrap_or_default()]).into_string();
        cx.ask(Question::TakeMail { id, ticket, head });
    }

    fn rows(shared: &Shared) -> Rect {
        let body = areas(shared.size).body;
        let text = if body.height >= ROOM_FOR_TEXT { body.height / 2 } else { 0 };
        Rect { height: body.height - text, ..body }
    }

    fn fit(&mut self, shared: &Shared) {
        self.list.fit(Self::rows(shared).height);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let (body, area) = (areas(shared.size).body, Self::rows(shared));
        if self.list.is_empty() {
            let text = match (&self.failed, self.waiting) {
                (Some(error), _) => sentence::error(shared, error),
                (None, true) => shared.word("list-waiting"),
                (None, false) => shared.word("mails-none"),
            };
            return widgets::told(shared, frame, area, 2, &text);
        }
        if let Some(top) = self.reading {
            return widgets::lines(frame, body, &self.lines(shared), top);
        }
        for (n, (row, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let place = Rect { y: area.y + n, height: 1, ..area };
            frame.render_widget(self::row(shared, row, cursor, area.width), place);
        }
        if area.height < body.height {
            let rule = Safe::line(&"─".repeat(usize::from(body.width)));
            let below = Rect { y: area.y + area.height, height: 1, ..body };
            frame.render_widget(line(shared.theme, Look::Dim, &rule), below);
            let rest = Rect { y: below.y + 1, height: body.height - area.height - 1, ..body };
            widgets::lines(frame, rest, &self.lines(shared), 0);
        }
    }

    /// The mail under the cursor: why it is here, its files, what it says.
    fn lines(&self, shared: &Shared) -> Vec<Line<'static>> {
        let theme = shared.theme;
        let width = areas(shared.size).body.width.saturating_sub(4);
        let Some(mail) = self.list.current() else { return Vec::new() };
        let mut head = vec![
            (shared.word("mail-from"), Safe::line(&sender(mail))),
            (shared.word("field-subject"), Safe::line(&mail.subject)),
            (shared.word("mail-reason"), why(shared, mail)),
        ];
        let text = self.text.as_ref().filter(|text| text.id == mail.id);
        if let Some(text) = text {
            head.push((shared.word("mail-files"), Safe::line(&text.files.join(", "))));
        }
        head.retain(|(_, value)| !value.is_empty());
        let mut lines: Vec<Line<'static>> = Vec::new();
        for (name, value) in head {
            for (n, part) in wrap(&value, width.saturating_sub(12).max(8)).into_iter().enumerate() {
                let name = if n == 0 { name.fit(12) } else { Safe::blank(12) };
                let pieces = Pieces::default().gap(theme, 2).and(theme, Look::Dim, &name);
                lines.push(pieces.and(theme, Look::Plain, &part).line());
            }
        }
        lines.push(Line::default());
        let said = match text {
            None => shared.word("list-waiting"),
            Some(MailText { text: None, .. }) => shared.word("mail-unreadable"),
            Some(MailText { text: Some(text), .. }) => Safe::text(&text.chars().take(SHOWN).collect::<String>()),
        };
        let broken = said.lines().flat_map(|one| wrap(&one, width)).collect::<Vec<_>>();
        lines.extend(broken.iter().map(|one| Pieces::default().gap(theme, 2).and(theme, Look::Plain, one).line()));
        lines
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("admin-mails")])
    }
}

fn sender(mail: &Suspended) -> String {
    let address = mail.sender.as_deref().unwrap_or_default();
    match mail.sender_name.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => format!("{name} <{address}>"),
        None => address.to_owned(),
    }
}

fn why(shared: &Shared, mail: &Suspended) -> Safe {
    shared.word(&format!("mail-why-{}", mail.why))
}

fn row(shared: &Shared, mail: &Suspended, cursor: bool, width: u16) -> Line<'static> {
    let theme = shared.theme;
    let look = |look: Look| if cursor { Look::Cursor } else { look };
    let room = usize::from(width).saturating_sub(2 + 10 + 1);
    let (from, reason) = (room / 3, (room / 3).min(28));
    Pieces::default()
        .and(theme, look(Look::Plain), &Safe::from_static(if cursor { "▌ " } else { "  " }))
        .and(theme, look(Look::Plain), &Safe::concat([Safe::line(&sender(mail)).fit(from), Safe::blank(1)]))
        .and(theme, look(Look::Plain), &Safe::line(&mail.subject).fit(room.saturating_sub(from + reason + 2)))
        .and(theme, look(Look::Dim), &Safe::concat([Safe::blank(1), why(shared, mail).fit(reason)]))
        .and(theme, look(Look::Dim), &Safe::concat([Safe::blank(1), shared.age(mail.at).fit(10)]))
        .line()
}
