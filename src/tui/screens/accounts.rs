//! All of one's accounts side by side: what waits in each. ⏎ goes on there.

use crate::client::beside::{Beside, Waits};
use crate::domain::id::TicketId;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, Question};
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Place, Shared};
use crate::tui::screens::ticket;
use crate::tui::text::Pieces;
use crate::tui::theme::Look;
use crate::tui::{item, widgets};
use crate::words;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Cells of a status.
const STATUS: usize = 10;
/// Cells of when something last changed.
const AGE: usize = 10;

/// What is known of one account.
#[derive(Clone, Debug)]
enum Known {
    /// Nothing yet.
    Asked,
    /// What waits there.
    Waits(Box<Beside>),
    /// Why it cannot be told.
    Failed(Safe),
}

/// A row: an account, or something that waits there.
#[derive(Clone, Debug)]
struct Row {
    place: usize,
    /// None: the account itself.
    waits: Option<Waits>,
}

impl Identified for Row {
    type Id = (usize, Option<TicketId>);

    fn id(&self) -> Self::Id {
        (self.place, self.waits.as_ref().map(|one| one.id))
    }
}

/// All accounts.
#[derive(Clone, Debug)]
pub struct State {
    known: Vec<(Place, Known)>,
    list: List<Row>,
}

impl State {
    /// Before any of them has answered.
    pub fn new(shared: &Shared) -> Self {
        let known = shared.accounts.iter().map(|place| (place.clone(), Known::Asked)).collect();
        let mut state = Self { known, list: List::default() };
        state.renew(shared);
        state
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Accounts, Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Command(Command::Refresh, _) => {
                (0..self.known.len()).for_each(|place| cx.ask(Question::Beside(place)));
            }
            Said::Resized => self.renew(cx.shared),
            Said::Answer(Question::Beside(place), Ok(Answer::Beside(found))) => {
                let Some((_, known)) = self.known.get_mut(place) else { return };
                *known = match found {
                    Ok(beside) => Known::Waits(beside),
                    Err(why) => Known::Failed(Safe::line(&why)),
                };
                self.renew(cx.shared);
            }
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(Command::GoThere, _) => self.open(cx),
            Said::Command(command, _) => _ = self.list.command(command),
            Said::Mouse(mouse) if self.list.mouse(mouse, areas(cx.shared.size).body) => self.open(cx),
            _ => {}
        }
    }

    /// Goes on there: here at once where one is already.
    fn open(&self, cx: &mut Context<'_>) {
        let Some(row) = self.list.current() else { return };
        let Some((place, known)) = self.known.get(row.place) else { return };
        let id = row.waits.as_ref().map(|one| one.id);
        match (known, id) {
            // It would be refused there as well; the sentence stands in its row.
            (Known::Failed(_), _) if !place.present => cx.ask(Question::Beside(row.place)),
            (_, Some(id)) if place.present => cx.open(ticket::State::reading(id, Vec::new(), None).into()),
            (_, None) if place.present => cx.close(),
            (_, ticket) => cx.effect(Effect::Switch { place: row.place, ticket }),
        }
    }

    fn renew(&mut self, shared: &Shared) {
        let of = |(place, (_, known)): (usize, &(Place, Known))| {
            let waits = match known {
                Known::Waits(beside) => beside.rows.clone(),
                Known::Asked | Known::Failed(_) => Vec::new(),
            };
            let waits = waits.into_iter().map(move |one| Row { place, waits: Some(one) });
            std::iter::once(Row { place, waits: None }).chain(waits)
        };
        self.list.replace(self.known.iter().enumerate().flat_map(of).collect());
        self.list.fit(areas(shared.size).body.height);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let area = areas(shared.size).body;
        if self.list.is_empty() {
            return widgets::told(shared, frame, area, 2, &shared.word("list-waiting"));
        }
        for (n, (row, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let line = match &row.waits {
                Some(one) => waiting(shared, one, cursor, area.width),
                None => self.account(shared, row.place, cursor, area.width),
            };
            frame.render_widget(line, Rect { y: area.y + n, height: 1, ..area });
        }
    }

    fn account(&self, shared: &Shared, place: usize, cursor: bool, width: u16) -> Line<'static> {
        let Some((named, known)) = self.known.get(place) else { return Line::default() };
        let name = if named.present { shared.say("accounts-here", args![name = named.name.as_str()]) } else { named.name.clone() };
        let (note, look) = match known {
            Known::Asked => (shared.word("list-waiting"), Look::Dim),
            Known::Failed(why) => (why.clone(), Look::Bad),
            Known::Waits(beside) => {
                let count = i64::try_from(beside.rows.len()).unwrap_or(i64::MAX);
                let more = if beside.more { "yes" } else { "no" };
                let args = args![account = beside.account.as_str(), me = beside.me.as_str(), count = count, more = more];
                (shared.say("accounts-waits", args), Look::Dim)
            }
        };
        let by = named.signs_in.as_ref().map(|by| shared.say("accounts-signs-in", args![by = by.as_str()]));
        let note = Safe::join(&Safe::from_static(" · "), std::iter::once(note).chain(by));
        let room = usize::from(width).saturating_sub(2);
        let name = name.truncate(room.min(30));
        let note = Safe::concat([Safe::blank(2), note]).truncate(room.saturating_sub(name.width()));
        Pieces::default()
            .and(shared.theme, if cursor { Look::Cursor } else { Look::Plain }, &mark(cursor))
            .and(shared.theme, if cursor { Look::Cursor } else { Look::Strong }, &name)
            .and(shared.theme, if cursor { Look::Cursor } else { look }, &note)
            .line()
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("accounts-title")])
    }
}

fn mark(cursor: bool) -> Safe {
    Safe::from_static(if cursor { "▌ " } else { "  " })
}

fn waiting(shared: &Shared, one: &Waits, cursor: bool, width: u16) -> Line<'static> {
    let look = |look: Look| if cursor { Look::Cursor } else { look };
    let room = usize::from(width).saturating_sub(2 + 2 + 9 + 1 + STATUS + 1 + AGE);
    let status = Safe::line(&words::status(&shared.words, one.status));
    let gap = |text: Safe, cells: usize| Safe::concat([Safe::blank(1), text.fit(cells)]);
    Pieces::default()
        .and(shared.theme, look(Look::Plain), &mark(cursor))
        .and(shared.theme, look(Look::Plain), &Safe::blank(2))
        .and(shared.theme, look(Look::Dim), &item::number(one.id).fit(9))
        .and(shared.theme, look(Look::Plain), &Safe::line(&one.subject).fit(room))
        .and(shared.theme, look(Look::Plain), &gap(status, STATUS))
        .and(shared.theme, look(Look::Dim), &gap(shared.age(one.updated_at), AGE))
        .line()
}
