//! A group or an organization with its people, however many.

use crate::client::{Cursor, Error, Page, PeopleAsk};
use crate::domain::account::Organization;
use crate::domain::act::{Deed, OrganizationRef, PersonChange};
use crate::domain::field::Holder;
use crate::domain::person::{Among, Person};
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::person::{self, number, offered};
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::question::{self, Matter};
use crate::tui::screens::{filling, naming, own, search};
use crate::tui::subject::{Row as Thing, Subject};
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// How many people are fetched at once.
const PAGE: u32 = 100;
/// So many people are offered for what was typed.
const OFFERED: u32 = 20;

impl Identified for Person {
    type Id = i64;

    fn id(&self) -> i64 {
        self.id.0
    }
}

/// The people of one.
#[derive(Clone, Debug)]
pub struct State {
    of: Among,
    organization: Option<Organization>,
    list: List<Person>,
    next: Option<Cursor>,
    waiting: bool,
    /// Who was found for what was typed.
    found: Vec<Person>,
}

impl State {
    /// Of a group or an organization.
    pub fn new(of: Among) -> Self {
        Self { of, organization: None, list: List::default(), next: None, waiting: true, found: Vec::new() }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Members, Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Acted(..) | Said::Command(Command::Refresh, _) => {
                self.ask(None, cx);
                match self.of {
                    Among::Organization(id) => cx.ask(Question::Organization(id)),
                    Among::Group(_) => cx.ask(Question::Session),
                }
            }
            Said::Resized => self.fit(cx.shared),
            Said::Answer(question, result) => self.answered(&question, result, cx),
            Said::Confirmed(Matter::Do(deed) | Matter::Change(deed)) => cx.act(*deed),
            Said::Typed(Purpose::AddMember, text) => {
                let staff_only = matches!(self.of, Among::Group(_));
                cx.ask(Question::People(PeopleAsk::Suggest { text, staff_only, limit: OFFERED }));
            }
            Said::Named(name) => self.add(&name, cx),
            Said::Command(command, _) => {
                self.command(command, cx);
                self.go_on(cx);
            }
            Said::Mouse(mouse) => {
                let rows = self.rows_area(cx.shared);
                if self.list.mouse(mouse, rows) {
                    self.command(Command::OpenMember, cx);
                }
                self.go_on(cx);
            }
            _ => {}
        }
    }

    fn ask(&mut self, after: Option<Cursor>, cx: &mut Context<'_>) {
        self.waiting = true;
        cx.ask(Question::People(PeopleAsk::Among { of: self.of, after, limit: PAGE }));
    }

    fn go_on(&mut self, cx: &mut Context<'_>) {
        if self.list.near_end() && !self.waiting && self.next.is_some() {
            let next = self.next.clone();
            self.ask(next, cx);
        }
    }

    fn answered(&mut self, question: &Question, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        match (question, result) {
            (Question::People(PeopleAsk::Among { after, .. }), Ok(Answer::People(Page { rows, next, .. }))) => {
                self.waiting = false;
                if after.is_some() { self.list.append(rows) } else { self.list.set(rows) }
                self.next = next;
                self.fit(cx.shared);
            }
            (Question::People(PeopleAsk::Suggest { .. }), Ok(Answer::People(page))) => {
                self.found = page.rows;
                let there = |one: &&Person| self.list.find(one.id.0).is_none();
                let names: Vec<String> = self.found.iter().filter(there).map(offered).collect();
                if names.is_empty() {
                    let text = cx.shared.word("person-nobody");
                    return cx.notice(text);
                }
                let heading = cx.shared.word("prompt-add-member");
                cx.open(naming::State::new(heading, names, "").into());
            }
            (Question::Session, Ok(Answer::Session(session))) => cx.shared.join(*session),
            (Question::Organization(_), Ok(Answer::Organization(one))) => {
                self.organization = Some(*one);
                self.fit(cx.shared);
            }
            (_, Err(error)) => {
                self.waiting = false;
                cx.error(error);
            }
            _ => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Context<'_>) {
        match command {
            Command::Back => cx.close(),
            Command::OpenMember => {
                if let Some(row) = self.list.current() {
                    cx.open(person::State::new(row.id).into());
                }
            }
            Command::EditThis => self.edit(cx),
            Command::ThisFields => {
                if let Some(organization) = &self.organization {
                    let screen = own::State::of_organization(organization, cx.shared);
                    cx.open(screen.into());
                }
            }
            Command::TheseTickets => {
                let query = match self.of {
                    Among::Organization(id) => format!("organization:{id}"),
                    Among::Group(id) => format!("group:{id}"),
                };
                cx.open(search::State::of(&query).into());
            }
            Command::AddMember => cx.open(prompt::State::new(Purpose::AddMember).into()),
            Command::RemoveMember => self.remove(cx),
            other => _ = self.list.command(other),
        }
    }

    fn edit(&self, cx: &mut Context<'_>) {
        let groups = cx.shared.session.iter().flat_map(|session| &session.groups);
        let (subject, row) = match self.of {
            Among::Organization(_) => (Subject::Organizations, self.organization.as_ref().map(Thing::organization)),
            Among::Group(id) => {
                (Subject::Groups, groups.into_iter().find(|group| group.id == id).map(Thing::group))
            }
        };
        if let Some(row) = row {
            cx.open(filling::State::new(subject, Some(&row)).into());
        }
    }

    fn add(&self, name: &str, cx: &mut Context<'_>) {
        let id = number(name);
        let Some(person) = self.found.iter().find(|one| Some(one.id) == id) else { return };
        let change = match self.of {
            Among::Organization(id) => {
                PersonChange { organization: Some(Some(OrganizationRef::Id(id))), ..PersonChange::default() }
            }
            Among::Group(id) => {
                let groups = person.groups.iter().copied().chain([id]).collect();
                PersonChange { groups: Some(groups), ..PersonChange::default() }
            }
        };
        cx.act(Deed::UpdatePerson { person: person.id, change });
    }

    fn remove(&self, cx: &mut Context<'_>) {
        let Some(person) = self.list.current() else { return };
        let (key, change) = match self.of {
            Among::Organization(_) => {
                ("members-leave", PersonChange { organization: Some(None), ..PersonChange::default() })
            }
            Among::Group(id) => {
                let groups: Vec<_> = person.groups.iter().copied().filter(|group| *group != id).collect();
                // Who is in no group works on the tickets of all.
                let key = if groups.is_empty() { "members-leave-last" } else { "members-leave" };
                (key, PersonChange { groups: Some(groups), ..PersonChange::default() })
            }
        };
        let deed = Deed::UpdatePerson { person: person.id, change };
        let name = self.name(cx.shared).into_string();
        let text = cx.shared.say(key, args![person = person.name.as_str(), name = name]);
        cx.open(question::State::new(text, Matter::Change(Box::new(deed))).into());
    }

    fn name(&self, shared: &Shared) -> Safe {
        match self.of {
            Among::Organization(id) => shared.organization(id),
            Among::Group(id) => shared.group(id),
        }
    }

    fn head(&self, shared: &Shared) -> Vec<Line<'static>> {
        let width = areas(shared.size).body.width;
        let yes = |on: bool| shared.word(if on { "setup-yes" } else { "setup-no" });
        let mut rows = Vec::new();
        if let Some(one) = &self.organization {
            let domains = Safe::line(&one.domains.join(", "));
            let domains = if domains.is_empty() { shared.word("nothing") } else { domains };
            rows.push((shared.word("field-domains"), domains));
            rows.push((shared.word("field-shared-tickets"), yes(one.shared_tickets)));
            rows.push((shared.word("field-shared-comments"), yes(one.shared_comments)));
            rows.extend(person::own_fields(&one.fields, Holder::Organization, shared));
        }
        let mut lines: Vec<Line<'static>> =
            rows.iter().flat_map(|(label, value)| person::line_of(shared, label, value, width)).collect();
        lines.truncate(usize::from(areas(shared.size).body.height / 2));
        let count = i64::try_from(self.list.rows().len()).unwrap_or(i64::MAX);
        let more = if self.next.is_some() { "more" } else { "all" };
        let text = shared.say("members-count", args![count = count, more = more]);
        lines.push(line(shared.theme, Look::Strong, &Safe::concat([Safe::blank(2), text])));
        lines
    }

    fn rows_area(&self, shared: &Shared) -> Rect {
        let body = areas(shared.size).body;
        let head = u16::try_from(self.head(shared).len()).unwrap_or(u16::MAX).min(body.height);
        Rect { y: body.y + head, height: body.height - head, ..body }
    }

    fn fit(&mut self, shared: &Shared) {
        let height = self.rows_area(shared).height;
        self.list.fit(height);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let (body, area) = (areas(shared.size).body, self.rows_area(shared));
        let theme = shared.theme;
        crate::tui::widgets::lines(frame, Rect { height: area.y - body.y, ..body }, &self.head(shared), 0);
        if self.list.is_empty() {
            let key = if self.waiting { "admin-waiting" } else { "members-none" };
            frame.render_widget(line(theme, Look::Dim, &Safe::concat([Safe::blank(2), shared.word(key)])), area);
            return;
        }
        let wide = if area.width >= 110 { 40 } else { 28 };
        let room = usize::from(area.width).saturating_sub(2 + wide + 1 + 24);
        for (n, (row, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let look = |look: Look| if cursor { Look::Cursor } else { look };
            let sign = Safe::from_static(if cursor { "▌ " } else { "  " });
            let email = row.email.as_ref().map_or_else(Safe::default, |email| Safe::line(email.as_str()));
            let pieces = Pieces::default()
                .and(theme, look(Look::Plain), &sign)
                .and(theme, look(Look::Plain), &Safe::line(&row.name).fit(wide))
                .and(theme, look(Look::Dim), &Safe::concat([Safe::blank(1), email.fit(room)]))
                .and(theme, look(Look::Dim), &Safe::concat([Safe::blank(1), person::role(shared, row).fit(23)]));
            frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let page = match self.of {
            Among::Organization(_) => "admin-organization",
            Among::Group(_) => "admin-group",
        };
        Safe::join(&Safe::from_static(" › "), [shared.word(page), self.name(shared)])
    }
}
