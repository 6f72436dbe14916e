//! A list of tickets or requests that fetches its pages by itself: the tabs of the home screen, the hits of a search.

mod shape;

use super::effect::Question;
use super::item::{self, Item};
use super::list::{Identified, List};
use super::message::Answer;
use super::model::{Context, Shared};
use super::text::{Pieces, line};
use super::theme::Look;
use crate::client::{Cursor, Error, ListAsk, Source};
use crate::domain::id::TicketId;
use crate::domain::status::Status;
use crate::language::args;
use crate::safe::Safe;
use crate::words;
use ratatui::Frame;
use ratatui::layout::Rect;
pub use shape::Shape;
use shape::{Laid, Own};

/// How a fetch stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Load {
    /// Never asked for.
    #[default]
    Idle,
    /// Asked for.
    Waiting,
    /// There.
    Ready,
    /// Not to be had.
    Failed(Error),
}

/// Rows and how they are fetched.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The rows.
    pub list: List<Item>,
    /// How the first page stands.
    pub load: Load,
    asked: Option<ListAsk>,
    next: Option<Cursor>,
    /// Whether the rows to come are of another list, order or narrowing.
    other: bool,
    /// While the first page is looked at again below which others were fetched: where those go on.
    deep: Option<Deep>,
    /// How a view wants them.
    pub shape: Option<Shape>,
    /// What the cursor goes to if it is among the rows to come.
    seek: Option<TicketId>,
}

/// Where the pages that have been fetched by scrolling go on, if they do.
#[derive(Clone, Debug)]
struct Deep(Option<Cursor>);

impl Rows {
    /// Asks for the first page. What is there stays until the answer comes.
    pub fn ask(&mut self, ask: ListAsk, cx: &mut Context<'_>) {
        let first = |asked: &ListAsk| ListAsk { after: None, ..asked.clone() };
        self.other |= self.asked.as_ref().map(first).as_ref() != Some(&ask);
        self.load = Load::Waiting;
        self.next = None;
        self.deep = None;
        self.send(ask, cx);
    }

    /// Asks for the next page when the cursor is near the end of what is there.
    pub fn more(&mut self, cx: &mut Context<'_>) {
        if self.load != Load::Ready || !self.list.near_end() {
            return;
        }
        if let (Some(asked), Some(next)) = (&self.asked, self.next.take()) {
            let ask = ListAsk { after: Some(next), ..asked.clone() };
            self.send(ask, cx);
        }
    }

    /// Looks at the first page again. What was fetched by scrolling stays: a list that is being gone through is not cut
    /// short.
    pub fn refresh(&mut self, cx: &mut Context<'_>) {
        if let Some(asked) = self.asked.clone() {
            let deep = (asked.after.is_some() && self.load == Load::Ready).then(|| Deep(self.next.clone()));
            let kept = self.deep.take();
            self.ask(ListAsk { after: None, ..asked }, cx);
            self.deep = deep.or(kept).filter(|_| !self.other);
        }
    }

    /// Puts the cursor on a ticket with the rows that come next, if it is among them.
    pub const fn seek(&mut self, id: TicketId) {
        self.seek = Some(id);
    }

    /// Whether the rows are those of another text or order than was asked for, until the answer comes.
    pub const fn are_of_before(&self) -> bool {
        self.other
    }

    /// Whether these are requests of other people, for an end user.
    fn are_of_others(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| matches!(asked.source, Source::Ccd | Source::Organization))
    }

    /// Puts what is known of a ticket now in its row, if it has one.
    pub fn learn(&mut self, item: &Item) {
        if let Some(row) = self.list.find_mut(item.id()) {
            *row = item.clone();
        }
    }

    fn send(&mut self, ask: ListAsk, cx: &mut Context<'_>) {
        self.asked = Some(ask.clone());
        cx.ask(if cx.shared.is_staff() { Question::Tickets(ask.into()) } else { Question::Requests(ask.into()) });
    }

    /// Whether this is the question that it waits for an answer to.
    pub fn waits_for(&self, question: &Question) -> bool {
        matches!(question, Question::Tickets(ask) | Question::Requests(ask) if self.asked.as_ref() == Some(&**ask))
    }

    /// Takes an answer. `false` if it answers something that nobody waits for any more.
    pub fn take(&mut self, question: &Question, result: Result<Answer, Error>) -> bool {
        let (Question::Tickets(ask) | Question::Requests(ask)) = question else { return false };
        if self.asked.as_ref() != Some(&**ask) {
            return false;
        }
        let (rows, next): (Vec<Item>, _) = match result {
            Ok(Answer::Tickets(page)) => (page.rows.into_iter().map(Item::from).collect(), page.next),
            Ok(Answer::Requests(page)) => (page.rows.into_iter().map(Item::from).collect(), page.next),
            Ok(_) => return false,
            Err(error) => {
                self.load = Load::Failed(error);
                return true;
            }
        };
        self.load = Load::Ready;
        self.next = next;
        if ask.after.is_some() {
            self.list.append(rows);
            return true;
        }
        if std::mem::take(&mut self.other) {
            self.list.replace(rows);
        } else if let Some(Deep(next)) = self.deep.take() {
            let first: std::collections::BTreeSet<TicketId> = rows.iter().map(Identified::id).collect();
            let later = self.list.rows().iter().filter(|row| !first.contains(&row.id())).cloned();
            let rows = rows.into_iter().chain(later.collect::<Vec<Item>>()).collect();
            self.list.set(rows);
            self.next = next;
        } else {
            self.list.set(rows);
        }
        if let Some(id) = self.seek.take() {
            self.list.show(id);
        }
        true
    }

    /// Draws the names of columns and the rows; in place of rows that are not there, `empty`.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>, header: Option<Rect>, area: Rect, empty: &Safe) {
        let theme = shared.theme;
        let own = Own::of(self, shared, area.width);
        let columns = Columns::of(self, shared, area.width);
        if let Some(header) = header {
            let above = self.list.hides_above();
            let names = own.as_ref().map_or_else(|| columns.header(shared, above), |own| own.header(shared, above));
            frame.render_widget(names.line(), header);
        }
        if self.list.is_empty() {
            let text = match &self.load {
                Load::Idle | Load::Waiting => shared.word("list-waiting"),
                Load::Ready => empty.clone(),
                Load::Failed(error) => super::sentence::error(shared, error),
            };
            let look = if matches!(self.load, Load::Failed(_)) { Look::Bad } else { Look::Dim };
            let text = Safe::concat([Safe::blank(2), text]);
            for (n, text) in (0..area.height).zip(super::text::wrap(&text, area.width)) {
                frame.render_widget(line(theme, look, &text), Rect { y: area.y + n, height: 1, ..area });
            }
            return;
        }
        for (n, laid) in (0..area.height).zip(self.laid(shared, area.height)) {
            let drawn = match (laid, &own) {
                (Laid::Heading(text), _) => line(theme, Look::Strong, &Safe::concat([Safe::blank(1), text])),
                (Laid::Row(_, row, cursor, marked), Some(own)) => own.row(shared, row, cursor, marked).line(),
                (Laid::Row(_, row, cursor, marked), None) => columns.row(shared, row, cursor, marked).line(),
            };
            frame.render_widget(drawn, Rect { y: area.y + n, height: 1, ..area });
        }
    }
}

/// Which columns there are, and how wide.
struct Columns {
    number: usize,
    subject: usize,
    person: usize,
    kind: usize,
    priority: usize,
    status: usize,
    assignee: usize,
    updated: usize,
    /// Whether there is room to say when a row ends by itself.
    ends: bool,
}

/// The cells before the number: the cursor's and the marks' signs.
const SIGNS: usize = 3;

impl Columns {
    /// As wide as what is shown needs, the subject as wide as what is left.
    fn of(rows: &Rows, shared: &Shared, width: u16) -> Self {
        let width = usize::from(width);
        let staff = shared.is_staff();
        let widest = |text: &dyn Fn(&Item) -> Safe, title: &str, most: usize| {
            let shown = rows.list.shown().map(|(row, ..)| text(row).width()).max().unwrap_or(0);
            shown.max(shared.word(title).width()).min(most)
        };
        let wide = width >= 100;
        // Of others' requests whose they are matters more than when they end.
        let others = rows.are_of_others();
        let ends = wide || (!staff && !others && width >= 64);
        let mut columns = Self {
            number: widest(&|row| Safe::line(&row.id().to_string()), "column-number", 9),
            person: if staff || (others && width >= 64) {
                widest(&|row| shared.person(row.requester()), "field-requester", if wide { 20 } else { 12 })
            } else {
                0
            },
            kind: if !staff || wide {
                widest(&|row| kind(shared, row), "field-kind", if wide { 18 } else { 14 })
            } else {
                0
            },
            priority: if staff && width >= 64 {
                widest(&|row| item::priority(shared, row.priority()), "field-priority", 10)
            } else {
                0
            },
            status: widest(&|row| status(shared, row), "field-status", 20),
            assignee: if staff && width >= 120 {
                widest(&|row| assignee(shared, row), "field-assignee", 18)
            } else {
                0
            },
            updated: widest(&|row| updated(shared, row, ends), "field-updated", if ends { 26 } else { 18 }),
            ends,
            subject: 0,
        };
        if width < 64 {
            columns.kind = 0;
        }
        let others = [
            columns.person,
            columns.kind,
            columns.priority,
            columns.status,
            columns.assignee,
            columns.updated,
            columns.number,
        ];
        let taken: usize = others.iter().filter(|width| **width > 0).map(|width| width + 2).sum();
        columns.subject = width.saturating_sub(taken + SIGNS).max(8);
        columns
    }

    fn header(&self, shared: &Shared, more_above: bool) -> Pieces {
        let theme = shared.theme;
        let above = Safe::from_static(if more_above { " ↑ " } else { "   " });
        let mut pieces = Pieces::default().and(theme, Look::Strong, &above);
        pieces = pieces.and(theme, Look::Dim, &shared.word("column-number").pad_start(self.number)).gap(theme, 2);
        let rest = [
            (self.subject, "field-subject"),
            (self.person, "field-requester"),
            (self.kind, "field-kind"),
            (self.priority, "field-priority"),
            (self.status, "field-status"),
            (self.assignee, "field-assignee"),
            (self.updated, "field-updated"),
        ];
        for (width, name) in rest.into_iter().filter(|(width, _)| *width > 0) {
            pieces = pieces.and(theme, Look::Dim, &shared.word(name).fit(width)).gap(theme, 2);
        }
        pieces
    }

    fn row(&self, shared: &Shared, row: &Item, cursor: bool, marked: bool) -> Pieces {
        let theme = shared.theme;
        let changed = row.is_changed(shared);
        let look = |look: Look| if cursor { Look::Cursor } else { look };
        let strong = look(if changed { Look::Strong } else { Look::Plain });
        let signs = signs(shared, row, cursor, marked);
        let number = Safe::line(&row.id().to_string()).pad_start(self.number);
        let mut pieces = Pieces::default().and(theme, strong, &signs).and(theme, look(Look::Dim), &number);
        let looks = item::status_look(row.status());
        let subject =
            if row.is_private() { Safe::concat([Safe::from_static("⊘ "), row.subject()]) } else { row.subject() };
        let cells = [
            (self.subject, subject, strong),
            (self.person, shared.person(row.requester()), look(Look::Plain)),
            (self.kind, kind(shared, row), look(Look::Plain)),
            (self.priority, item::priority(shared, row.priority()), look(item::priority_look(row.priority()))),
            (self.status, status(shared, row), look(looks)),
            (self.assignee, assignee(shared, row), look(Look::Plain)),
            (self.updated, updated(shared, row, self.ends), look(Look::Dim)),
        ];
        for (width, text, look) in cells.into_iter().filter(|(width, ..)| *width > 0) {
            let gap = if cursor { Look::Cursor } else { Look::Plain };
            pieces = pieces.and(theme, gap, &Safe::blank(2)).and(theme, look, &text.fit(width));
        }
        pieces
    }
}

fn kind(shared: &Shared, row: &Item) -> Safe {
    row.kind().map_or_else(Safe::default, |kind| shared.kind(kind))
}

fn assignee(shared: &Shared, row: &Item) -> Safe {
    row.assignee().map_or_else(|| shared.word("nothing"), |person| shared.person(person))
}

/// `◐ Pending ← you`
fn status(shared: &Shared, row: &Item) -> Safe {
    let status = item::status_of(shared, row);
    if row.waits_for_me(shared) {
        Safe::join(&Safe::blank(1), [status, shared.word("list-waits-for-you")])
    } else {
        status
    }
}

/// `3 d, closes in 1 d`
fn updated(shared: &Shared, row: &Item, ends: bool) -> Safe {
    let age = shared.age(row.updated_at());
    let ends = (ends && matches!(row.status(), Status::Solved | Status::Pending)).then(|| row.end(shared)).flatten();
    match ends {
        Some(due) => {
            let due = words::due(&shared.words, due, &shared.present());
            shared.say("list-due", args![age = age.into_string(), due = due])
        }
        None => age,
    }
}

/// The signs before a row: the cursor's, and whether it is marked, written on, or new.
fn signs(shared: &Shared, row: &Item, cursor: bool, marked: bool) -> Safe {
    let sign = match (marked, shared.has_draft(row.id()), row.is_changed(shared)) {
        (true, ..) => "✓",
        (_, true, _) => "✎",
        (.., true) => "•",
        _ => " ",
    };
    Safe::concat([Safe::from_static(if cursor { "▌" } else { " " }), Safe::from_static(sign), Safe::blank(1)])
}
