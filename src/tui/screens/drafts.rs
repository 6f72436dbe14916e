//! What is written and not sent (Z07): several at once, each tied to its ticket and kind.

use crate::domain::comment::Visibility;
use crate::domain::draft::{Draft, DraftPlace};
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::item;
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::screens::{things, ticket};
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

/// A draft as a row.
impl Identified for Draft {
    type Id = DraftPlace;

    fn id(&self) -> DraftPlace {
        self.place
    }
}

/// The list of drafts.
#[derive(Clone, Debug, Default)]
pub struct State {
    list: List<Draft>,
}

impl State {
    /// All drafts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Rows, Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    #[expect(clippy::needless_pass_by_value, reason = "every screen takes it so")]
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Resized | Said::Drafts | Said::Changed(_) => self.read(cx.shared),
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(Command::Open, _) => self.open(cx),
            Said::Command(command, _) => {
                self.list.command(command);
            }
            Said::Mouse(mouse) => {
                let body = areas(cx.shared.size).body;
                if self.list.mouse(mouse, body) {
                    self.open(cx);
                }
            }
            _ => {}
        }
    }

    fn read(&mut self, shared: &Shared) {
        let mut drafts: Vec<Draft> = shared.drafts.values().cloned().collect();
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.updated_at));
        self.list.set(drafts);
        self.list.fit(areas(shared.size).body.height);
    }

    fn open(&self, cx: &mut Context<'_>) {
        match self.list.current_id() {
            Some(DraftPlace::Reply(id)) => cx.open(ticket::State::writing(id, Visibility::Public).into()),
            Some(DraftPlace::Note(id)) => cx.open(ticket::State::writing(id, Visibility::Internal).into()),
            Some(DraftPlace::NewTicket) => super::open_new_request(cx),
            // What it is about has to be read first; there it is marked.
            Some(DraftPlace::Form(of, _)) => cx.open(things::State::new(of.into()).into()),
            None => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let area = areas(shared.size).body;
        let theme = shared.theme;
        if self.list.is_empty() {
            let text = Safe::concat([Safe::blank(2), shared.word("drafts-empty")]);
            frame.render_widget(line(theme, Look::Dim, &text), area);
            return;
        }
        for (n, (row, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let look = |look: Look| if cursor { Look::Cursor } else { look };
            let (kind, kind_look, number) = match row.place {
                DraftPlace::Reply(id) => ("drafts-reply", Look::Public, item::number(id)),
                DraftPlace::Note(id) => ("drafts-note", Look::Internal, item::number(id)),
                DraftPlace::NewTicket => ("drafts-new", Look::Strong, Safe::default()),
                DraftPlace::Form(_, 0) => ("drafts-form", Look::Strong, shared.word("admin-new")),
                DraftPlace::Form(_, id) => ("drafts-form", Look::Strong, Safe::line(&format!("#{id}"))),
            };
            let sign = Safe::from_static(if cursor { "▌✎ " } else { " ✎ " });
            let age = shared.age(row.updated_at).fit(10);
            // A new request is known by its subject, before a word of its text is written.
            let page = match row.place {
                DraftPlace::Form(of, _) => Some(shared.word(&format!("admin-{}", of.name()))),
                _ => None,
            };
            let named = ["subject", "title", "name", "slug"].into_iter().find_map(|key| row.fields.get(key).filter(|text| !text.trim().is_empty()));
            let texts = named.into_iter().chain([&row.body]).filter(|text| !text.trim().is_empty());
            let texts = texts.map(|text| Safe::line(&text.chars().take(200).collect::<String>()));
            let texts = page.into_iter().chain(texts);
            let beginning = Safe::join(&Safe::from_static(" · "), texts);
            let room = usize::from(area.width).saturating_sub(3 + 16 + 9 + 11);
            let pieces = Pieces::default()
                .and(theme, look(Look::Plain), &sign)
                .and(theme, look(kind_look), &shared.word(kind).fit(16))
                .and(theme, look(Look::Plain), &number.fit(9))
                .and(theme, look(Look::Plain), &beginning.fit(room))
                .and(theme, look(Look::Dim), &Safe::concat([Safe::blank(1), age]));
            frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("drafts-title")])
    }
}
