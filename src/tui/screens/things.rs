//! Everything of a kind of the set-up, in its order.

use crate::domain::person::Among;
use crate::domain::act::Deed;
use crate::domain::id::{GroupId, OrganizationId, PersonId, WebhookId};
use crate::domain::setup::{Directory, Item, ItemKind};
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::question::{self, Matter};
use crate::tui::screens::{calls, filling, matches, members, person};
use crate::tui::subject::{Row, Subject};
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

impl Identified for Row {
    type Id = i64;

    fn id(&self) -> i64 {
        self.id
    }
}

/// A list of things.
#[derive(Clone, Debug)]
pub struct State {
    subject: Subject,
    list: List<Row>,
    directory: Directory,
    known: bool,
    /// What is looked for among people or organizations.
    find: String,
    /// What brings the rows after those that are there.
    next: Option<Question>,
    waiting: bool,
}

impl State {
    /// Everything of that.
    pub fn new(subject: Subject) -> Self {
        Self {
            subject,
            list: List::default(),
            directory: Directory::default(),
            known: false,
            find: String::new(),
            next: None,
            waiting: false,
        }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Setup, Scope::List, Scope::Browsing]
    }

    /// Whether a command does anything here: not every page has an order, or what can be tried or deleted.
    pub fn can(&self, command: Command) -> bool {
        let row = self.list.current();
        match command {
            Command::OpenThing | Command::DuplicateThing => row.is_some(),
            Command::ShowCalls => row.is_some() && self.subject == Subject::Items(ItemKind::Webhook),
            Command::SwitchThing => row.is_some_and(|row| row.on.is_some()),
            Command::DeleteThing => row.is_some_and(|row| self.subject.deletion(row.id).is_some()),
            Command::Preview => row.and_then(|row| row.item.as_ref()).is_some_and(Item::can_be_tried),
            Command::MoveThingDown | Command::MoveThingUp => self.is_ordered() && self.list.rows().len() > 1,
            Command::FindThing => self.subject.is_paged() || !self.find.is_empty() || row.is_some(),
            _ => true,
        }
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Command(Command::Refresh, _) | Said::Acted(..) => {
                self.fit(cx.shared);
                self.ask(cx);
                if self.subject != Subject::Groups {
                    // Names of kinds, views and groups stand on other pages, too.
                    cx.ask(Question::Session);
                }
            }
            Said::Resized => self.fit(cx.shared),
            Said::Answer(question, result) => self.answered(&question, result, cx),
            Said::Confirmed(Matter::Do(deed) | Matter::Change(deed)) => cx.act(*deed),
            Said::Typed(Purpose::Find | Purpose::FindThing, text) => {
                text.trim().clone_into(&mut self.find);
                self.ask(cx);
            }
            Said::Command(Command::FindThing, _) => {
                let purpose = if self.subject.is_paged() { Purpose::Find } else { Purpose::FindThing };
                cx.open(prompt::State::new(purpose).into());
            }
            Said::Command(Command::Back, _) if !self.find.is_empty() => {
                self.find.clear();
                self.ask(cx);
            }
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(Command::OpenThing, _) => self.open(cx),
            Said::Command(Command::NewThing, _) => cx.open(filling::State::new(self.subject, None).into()),
            Said::Command(Command::DuplicateThing, _) => {
                if let Some(row) = self.list.current() {
                    cx.open(filling::State::duplicate(self.subject, row).into());
                }
            }
            Said::Command(Command::SwitchThing, _) => self.switch(cx),
            Said::Command(Command::DeleteThing, _) => self.delete(cx),
            Said::Command(Command::Preview, _) => self.preview(cx),
            Said::Command(Command::ShowCalls, _) => {
                if let Some(row) = self.list.current().filter(|_| self.can(Command::ShowCalls)) {
                    cx.open(calls::State::new(WebhookId(row.id), row.title.clone()).into());
                }
            }
            Said::Command(Command::MoveThingDown, _) => self.shift(1, cx),
            Said::Command(Command::MoveThingUp, _) => self.shift(-1, cx),
            Said::Command(command, _) => {
                self.list.command(command);
                self.go_on(cx);
            }
            Said::Mouse(mouse) => {
                // Below the line of headings.
                let body = areas(cx.shared.size).body;
                let rows = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
                if self.list.mouse(mouse, rows) {
                    self.open(cx);
                }
                self.go_on(cx);
            }
            _ => {}
        }
    }

    /// Whether rows have an order that can be changed here: among a few of them it would say nothing about the others.
    fn is_ordered(&self) -> bool {
        self.subject.has_order() && self.find.is_empty()
    }

    fn ask(&mut self, cx: &mut Context<'_>) {
        self.waiting = true;
        cx.ask(self.subject.question_for(&self.find));
    }

    /// Near the end of what is there the next page is fetched.
    fn go_on(&mut self, cx: &mut Context<'_>) {
        if let Some(next) = self.next.clone().filter(|_| self.list.near_end() && !self.waiting) {
            self.waiting = true;
            cx.ask(next);
        }
    }

    fn fit(&mut self, shared: &Shared) {
        self.list.fit(areas(shared.size).body.height.saturating_sub(1));
    }

    fn answered(&mut self, question: &Question, result: Result<Answer, crate::client::Error>, cx: &mut Context<'_>) {
        let next = result.as_ref().ok().and_then(|answer| self.subject.question_after(&self.find, answer));
        let rows = match result {
            Ok(Answer::Session(session)) => {
                cx.shared.session = Some(*session);
                let groups = cx.shared.session.iter().flat_map(|session| &session.groups);
                groups.map(Row::group).collect::<Vec<_>>()
            }
            Ok(Answer::Items(items, directory)) => {
                let rows = items.into_iter().map(|item| Row::item(item, &directory, cx.shared)).collect();
                self.directory = directory;
                rows
            }
            Ok(Answer::People(page)) => page.rows.iter().map(|one| Row::person(one, cx.shared)).collect(),
            Ok(Answer::Organizations(page)) => page.rows.iter().map(Row::organization).collect(),
            Ok(_) => return,
            Err(error) => {
                self.waiting = false;
                return cx.error(error);
            }
        };
        let rows = if self.subject.is_paged() { rows } else { found(rows, &self.find) };
        if *question == self.subject.question_for(&self.find) {
            (self.known, self.waiting) = (true, false);
            self.list.set(rows);
            self.next = next;
        } else if self.next.as_ref() == Some(question) {
            self.waiting = false;
            self.list.append(rows);
            self.next = next;
        }
    }

    fn open(&self, cx: &mut Context<'_>) {
        let Some(row) = self.list.current() else { return };
        match self.subject {
            Subject::People => cx.open(person::State::new(PersonId(row.id)).into()),
            Subject::Organizations => cx.open(members::State::new(Among::Organization(OrganizationId(row.id))).into()),
            Subject::Groups => cx.open(members::State::new(Among::Group(GroupId(row.id))).into()),
            Subject::Items(_) => cx.open(filling::State::new(self.subject, Some(row)).into()),
        }
    }

    fn switch(&self, cx: &mut Context<'_>) {
        let Some(row) = self.list.current() else { return };
        match (&row.item, self.subject) {
            (Some(item), _) => {
                if let Some(item) = item.clone().switched(!item.is_active()) {
                    cx.act(Deed::SetItem(Box::new(item)));
                }
            }
            (None, Subject::People) => {
                let document = row.document.clone().with("suspended", row.on == Some(true));
                if let Ok(deed) = self.subject.deed(row.id, &document, Some(&row.document), &self.directory) {
                    let key = if row.on == Some(true) { "admin-suspend" } else { "admin-let-in" };
                    let text = cx.shared.say(key, args![name = row.title.as_str()]);
                    cx.open(question::State::new(text, Matter::Change(Box::new(deed))).into());
                }
            }
            _ => {}
        }
    }

    fn delete(&self, cx: &mut Context<'_>) {
        let Some(row) = self.list.current() else { return };
        if let Some(deed) = self.subject.deletion(row.id) {
            let key = match self.subject {
                Subject::People => "admin-delete-person",
                Subject::Organizations => "admin-delete-organization",
                Subject::Items(_) | Subject::Groups => "admin-delete",
            };
            let text = cx.shared.say(key, args![name = row.title.as_str()]);
            cx.open(question::State::new(text, Matter::Do(Box::new(deed))).into());
        }
    }

    fn preview(&self, cx: &mut Context<'_>) {
        let Some(row) = self.list.current() else { return };
        if let Some(item) = row.item.as_ref().filter(|item| item.can_be_tried()) {
            cx.open(matches::State::new(row.title.clone(), item.clone()).into());
        }
    }

    /// Changes the order. Shown at once; the account's answer says how it is.
    fn shift(&mut self, by: isize, cx: &mut Context<'_>) {
        let Subject::Items(kind) = self.subject else { return };
        let at = self.list.index();
        let Some(to) = at.checked_add_signed(by).filter(|to| *to < self.list.rows().len()) else { return };
        if !self.is_ordered() {
            return;
        }
        let mut rows = self.list.rows().to_vec();
        rows.swap(at, to);
        let order = rows.iter().map(|row| row.id).collect();
        self.list.set(rows);
        cx.act(Deed::OrderItems { kind, order });
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let area = areas(shared.size).body;
        let theme = shared.theme;
        let wide = if area.width >= 110 { 40 } else { 28 };
        if self.list.is_empty() {
            let key = match self.known {
                true if !self.find.is_empty() => "admin-none-found",
                true => "admin-empty",
                false => "admin-waiting",
            };
            let text = Safe::concat([Safe::blank(2), shared.word(key)]);
            frame.render_widget(line(theme, Look::Dim, &text), area);
            return;
        }
        let heading = Safe::concat([
            Safe::blank(2),
            shared.word("admin-on").fit(5),
            shared.word("admin-name").fit(wide + 1),
            shared.word("setup-in-short"),
        ]);
        frame.render_widget(line(theme, Look::Dim, &heading), Rect { height: 1, ..area });
        let room = usize::from(area.width).saturating_sub(2 + 5 + wide + 1);
        for (n, (row, cursor, _)) in (1..area.height).zip(self.list.shown()) {
            let look = |look: Look| if cursor { Look::Cursor } else { look };
            let draft = shared.drafts.contains_key(&self.subject.draft(row.id));
            let sign = Safe::from_static(match (cursor, draft) {
                (true, true) => "▌✎",
                (true, false) => "▌ ",
                (false, true) => " ✎",
                (false, false) => "  ",
            });
            let (on, on_look) = match row.on {
                Some(true) => ("setup-yes", Look::Good),
                Some(false) => ("setup-no", Look::Dim),
                None => ("admin-always", Look::Dim),
            };
            let title_look = if row.on == Some(false) { Look::Dim } else { Look::Plain };
            let pieces = Pieces::default()
                .and(theme, look(Look::Plain), &sign)
                .and(theme, look(on_look), &shared.word(on).fit(5))
                .and(theme, look(title_look), &row.title.fit(wide))
                .and(theme, look(Look::Dim), &Safe::concat([Safe::blank(1), row.short.fit(room)]));
            frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let page = shared.word(&format!("admin-{}", self.subject.name()));
        let first = shared.is_admin().then(|| shared.word("admin-title"));
        let find = (!self.find.is_empty()).then(|| Safe::line(&format!("\u{201c}{}\u{201d}", self.find)));
        Safe::join(&Safe::from_static(" › "), first.into_iter().chain([page]).chain(find))
    }
}

/// The rows that have all words of what is looked for, in their names or in what they do.
fn found(mut rows: Vec<Row>, find: &str) -> Vec<Row> {
    let words: Vec<String> = find.split_whitespace().map(str::to_lowercase).collect();
    rows.retain(|row| {
        let text = format!("{} {}", row.title.as_str(), row.short.as_str()).to_lowercase();
        words.iter().all(|word| text.contains(word))
    });
    rows
}
