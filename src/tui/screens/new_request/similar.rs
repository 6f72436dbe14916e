//! Open requests that are like the one being written: shown while its subject is typed. Only what the one who writes may
//! see anyway can be among them: the account answers as it answers any search.

use super::form::Form;
use crate::client::{ListAsk, Source};
use crate::domain::view::{Sort, SortKey};
use crate::domain::word::words;
use crate::safe::Safe;
use crate::tui::effect::Question;
use crate::tui::item::{self, Item};
use crate::tui::list::Identified;
use crate::tui::message::Answer;
use crate::tui::model::{Context, Shared};
use crate::tui::text::Pieces;
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

/// How many are shown at most.
const MOST: u32 = 8;
/// Shorter words say little.
const MIN_CHARS: usize = 3;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Similar {
    /// The requests, the most alike first.
    pub found: Vec<Item>,
    /// The one that Enter opens.
    pub at: usize,
    asked: Option<Source>,
    /// Whether what was asked has been answered.
    answered: bool,
}

impl Similar {
    /// Looks for what is like the subject now; with fewer words if nothing is found.
    pub fn ask(&mut self, form: &Form, cx: &mut Context<'_>) {
        self.look(&query(&form.subject.text(), 2), cx);
    }

    fn look(&mut self, text: &str, cx: &mut Context<'_>) {
        let source = Some(text).filter(|text| !text.is_empty()).map(|text| Source::Search(text.to_owned()));
        if source == self.asked {
            return;
        }
        self.asked.clone_from(&source);
        self.answered = false;
        let Some(source) = source else {
            self.found.clear();
            return;
        };
        let sort = Some(Sort { by: SortKey::Relevance, descending: true });
        let ask = ListAsk { sort, limit: MOST, ..ListAsk::first(source) };
        cx.ask(if cx.shared.is_staff() { Question::Tickets(ask.into()) } else { Question::Requests(ask.into()) });
    }

    /// Takes the answer, if it is the one that is waited for. What goes wrong here says nothing: it only helps.
    pub fn take(&mut self, ask: &ListAsk, answer: Option<Answer>, form: &Form, cx: &mut Context<'_>) {
        if Some(&ask.source) != self.asked.as_ref() {
            return;
        }
        self.found = match answer {
            Some(Answer::Tickets(page)) => page.rows.into_iter().map(Item::from).collect(),
            Some(Answer::Requests(page)) => page.rows.into_iter().map(Item::from).collect(),
            _ => Vec::new(),
        };
        self.found.retain(|item| Some(item.id()) != form.follow_up_of);
        self.at = 0;
        self.answered = true;
        let fewer = query(&form.subject.text(), 1);
        if self.found.is_empty() && ask.source != Source::Search(fewer.clone()) {
            self.look(&fewer, cx);
        }
    }

    /// Whether something was looked for, and the answer is there.
    pub const fn looked(&self) -> bool {
        self.answered
    }

    /// The one under the cursor.
    pub fn current(&self) -> Option<&Item> {
        self.found.get(self.at)
    }

    /// Draws them, a line each.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect, has_keys: bool) {
        let theme = shared.theme;
        for (n, (at, found)) in (0..area.height).zip(self.found.iter().enumerate()) {
            let cursor = has_keys && at == self.at;
            let look = |look: Look| if cursor { Look::Cursor } else { look };
            let sign = Safe::from_static(if cursor { "▌" } else { " " });
            let number = Safe::concat([sign, item::number(found.id()), Safe::blank(1)]);
            let state = item::status_of(shared, found);
            let width = usize::from(area.width);
            let room = width.saturating_sub(number.width() + state.width() + 2);
            let pieces = Pieces::default()
                .and(theme, look(Look::Dim), &number)
                .and(theme, look(Look::Plain), &found.subject().fit(room))
                .gap(theme, 1)
                .and(theme, look(item::status_look(found.status())), &state);
            frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
        }
    }
}

/// The longest words of a subject, all of which must be found; the last one may still be growing.
fn query(subject: &str, most: usize) -> String {
    let grows = !subject.ends_with(char::is_whitespace);
    let all = words(subject);
    let count = all.len();
    let telling = |word: &String| word.chars().count() >= MIN_CHARS;
    let mut telling: Vec<(usize, String)> = all.into_iter().enumerate().filter(|(_, word)| telling(word)).collect();
    telling.sort_by_key(|(at, word)| (std::cmp::Reverse(word.chars().count()), *at));
    telling.truncate(most);
    if telling.is_empty() {
        return String::new();
    }
    let mut query = String::from("status<solved");
    for (at, word) in telling {
        query.push(' ');
        query.push_str(&word);
        if grows && at + 1 == count {
            query.push('*');
        }
    }
    query
}
