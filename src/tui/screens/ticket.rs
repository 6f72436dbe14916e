//! An open ticket or request: its conversation, its details beside it, what is being written below.

mod applied;
pub(super) mod composer;
pub(super) mod details;
mod redacting;
mod present;
mod thread;

use crate::client::{AppliedAll, Error};
use crate::domain::comment::Visibility;
use crate::domain::id::TicketId;
use crate::domain::presence::Present;
use crate::domain::timer::Due;
use crate::safe::Safe;
use crate::tui::acts;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, Question};
use crate::tui::input::{Mouse, MouseKind};
use crate::tui::item::{self, Conversation, Item};
use crate::tui::layout::{self, TicketAreas};
use crate::tui::list::Identified;
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::picker;
use crate::tui::screens::prompt::Purpose;
use crate::tui::screens::question::Matter;
use crate::tui::screens::history;
use crate::tui::text::line;
use crate::tui::theme::Look;
use crate::tui::widgets;
pub use applied::{applied, confirmed};
pub(super) use present::head;
use composer::{Around, Composer, Next};
use ratatui::Frame;
use ratatui::widgets::BorderType;
use thread::Scroll;

/// How many comments are fetched at once.
const COMMENTS: u32 = 50;

const NEWS: u64 = 1;
/// After how long the ticket is looked at again for what others did, in milliseconds.
const NEWS_MS: u64 = 30_000;

/// An open ticket.
#[derive(Clone, Debug)]
pub struct State {
    id: TicketId,
    /// The tickets of the list it was opened from, for going on to the next one.
    order: Vec<TicketId>,
    /// What the list knew of it, shown until the answer comes.
    row: Option<Item>,
    shown: Option<Conversation>,
    failed: Option<Error>,
    scroll: Scroll,
    details_toggled: bool,
    composer: Option<Composer>,
    /// What is to be written as soon as it is open.
    write: Option<Visibility>,
    /// A macro that goes with it.
    applied: Option<Box<AppliedAll>>,
    /// Whether another version came while something was being written.
    newer: bool,
    /// Who else has it open.
    present: Vec<Present>,
}

impl State {
    fn new(id: TicketId) -> Self {
        Self {
            id,
            order: Vec::new(),
            row: None,
            shown: None,
            failed: None,
            scroll: Scroll::default(),
            details_toggled: false,
            composer: None,
            write: None,
            applied: None,
            newer: false,
            present: Vec::new(),
        }
    }

    /// To be read; `order` is the list from which it was opened.
    pub fn reading(id: TicketId, order: Vec<TicketId>, row: Option<Item>) -> Self {
        Self { order, row, ..Self::new(id) }
    }

    /// To be answered at once.
    pub fn writing(id: TicketId, visibility: Visibility) -> Self {
        Self { write: Some(visibility), ..Self::new(id) }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        if self.composer.is_some() {
            &[Scope::Writing]
        } else {
            &[Scope::Reading, Scope::List, Scope::Ticket, Scope::Browsing]
        }
    }

    fn item(&self) -> Option<&Item> {
        self.shown.as_ref().map(|shown| &shown.item).or(self.row.as_ref())
    }

    /// The ticket that is open, as it is known here.
    pub fn shown(&self, id: TicketId) -> Option<&Item> {
        self.item().filter(|item| item.id() == id)
    }

    fn due(&self) -> &[Due] {
        self.shown.as_ref().map_or(&[], |shown| &shown.due)
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Rested(NEWS) if cx.shared.hearing.hears() => cx.rest(NEWS, NEWS_MS),
            Said::Heard(tickets) if tickets.contains(&self.id) => self.fetch(cx),
            Said::Opened | Said::Rested(NEWS) => {
                // At once, not when the ticket is there: what is typed meanwhile must never be taken for commands.
                if let Some(visibility) = self.write.take() {
                    self.compose(visibility, cx);
                }
                if let Some(all) = self.applied.take() {
                    self.take_macro(*all, cx);
                }
                self.fetch(cx);
                self.say_present(cx);
                cx.rest(NEWS, NEWS_MS);
            }
            Said::Rested(present::AGAIN) => self.say_present(cx),
            Said::Around(tickets) if tickets.contains(&self.id) => self.say_present(cx),
            Said::Picked(picker::Value::File(file)) => cx.effect(Effect::Save(file)),
            Said::Resized => self.lay_out(cx.shared),
            Said::Changed(id) if id.is_none_or(|id| id == self.id) => self.fetch(cx),
            Said::Applied(all) => self.take_macro(*all, cx),
            Said::Drafts => {}
            Said::Typed(Purpose::Redact, piece) => self.redact(&piece, cx),
            // It is there no more.
            Said::Acted(deed, Ok(_)) if acts::deletes(&deed) => cx.close(),
            Said::Answer(question, result) => self.answered(&question, result, cx),
            Said::Mouse(mouse) => self.mouse(mouse, cx),
            Said::Command(command, key) if self.composer.is_none() => self.command(command, Said::Command(command, key), cx),
            Said::Confirmed(matter @ (Matter::Do(_) | Matter::Change(_) | Matter::DoAll(_) | Matter::FollowUp(..))) => {
                // What was being written goes along, or waits as a draft.
                if matches!(matter, Matter::FollowUp(..)) {
                    self.composer = None;
                    self.lay_out(cx.shared);
                }
                confirmed(matter, cx);
            }
            other => self.write(other, cx),
        }
    }

    fn fetch(&mut self, cx: &mut Context<'_>) {
        let id = self.id;
        cx.ask(if cx.shared.is_staff() {
            Question::Ticket { id, comments: COMMENTS }
        } else {
            Question::Request { id, comments: COMMENTS }
        });
    }

    fn answered(&mut self, question: &Question, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        match (question, result) {
            (Question::Ticket { id, .. } | Question::Request { id, .. }, result) if *id == self.id => match result {
                Ok(Answer::Ticket(thread)) => self.take((*thread).into(), cx),
                Ok(Answer::Request(thread)) => self.take((*thread).into(), cx),
                Ok(_) => {}
                Err(error) => {
                    cx.error(error.clone());
                    self.failed = Some(error);
                }
            },
            (Question::Present { ticket, .. }, Ok(Answer::Present(present, _))) if *ticket == self.id => {
                self.present = present;
            }
            (Question::Comments { ticket, .. }, Ok(Answer::Comments(page))) if *ticket == self.id => {
                let mut earlier = page.rows;
                if let Some(shown) = &mut self.shown {
                    let first = shown.comments.first().map(|comment| comment.id);
                    earlier.retain(|comment| first.is_none_or(|first| comment.id < first));
                    shown.more = u32::try_from(earlier.len()).unwrap_or(u32::MAX) >= COMMENTS;
                    earlier.append(&mut shown.comments);
                    shown.comments = earlier;
                    self.scroll.spoil(false);
                    self.lay_out(cx.shared);
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, conversation: Conversation, cx: &mut Context<'_>) {
        let last = |shown: &Conversation| shown.comments.last().map(|comment| comment.id);
        let more = self.shown.as_ref().is_some_and(|old| last(old) < last(&conversation));
        let elsewhere = self.composer.as_ref().is_some_and(|composer| !composer.is_sending());
        self.newer |= more && (elsewhere || self.scroll.is_above_end());
        // Earlier comments that were fetched by scrolling are not thrown away for what came at the end.
        let conversation = match self.shown.take() {
            Some(old) => conversation.after(old),
            None => conversation,
        };
        cx.shared.opened.insert(self.id, conversation.item.updated_at().max(cx.shared.now));
        self.failed = None;
        if let Some(composer) = &mut self.composer {
            composer.saw(&conversation);
        }
        self.shown = Some(conversation);
        self.scroll.spoil(true);
        self.lay_out(cx.shared);
    }

    /// Breaks the conversation into lines for the width that it has now.
    fn lay_out(&mut self, shared: &Shared) {
        let inner = layout::inside(self.areas(shared).conversation);
        // Long texts are wrapped only when they have changed, or the width has: not at every key.
        if let Some(shown) = &self.shown
            && inner.width > 0
            && self.scroll.width() != inner.width
        {
            self.scroll.set(thread::parts(shared, shown, inner.width), inner.width);
        }
        self.scroll.fit(inner.height);
    }

    fn areas(&self, shared: &Shared) -> TicketAreas {
        let writing = self.composer.as_ref().map(|composer| composer.rows(shared.size.width));
        layout::ticket(shared.size, self.details_toggled, writing)
    }

    fn compose(&mut self, visibility: Visibility, cx: &mut Context<'_>) {
        self.composer = Some(Composer::open(self.id, visibility, self.shown.as_ref(), cx));
        self.newer = false;
        self.say_present(cx);
        self.lay_out(cx.shared);
    }

    fn command(&mut self, command: Command, said: Said, cx: &mut Context<'_>) {
        match command {
            // Details in the conversation's place are one step further in.
            Command::ToggleDetails => self.toggle_details(cx.shared),
            Command::Back if self.areas(cx.shared).conversation.width == 0 => self.toggle_details(cx.shared),
            Command::Back => {
                self.say_gone(cx);
                cx.close();
            }
            Command::Refresh => self.fetch(cx),
            Command::NextTicket => self.step(1, cx),
            Command::PreviousTicket => self.step(-1, cx),
            // A closed one takes no reply: a follow-up is offered instead (R178).
            Command::Reply | Command::Note if acts::offer_follow_up(self.item(), cx) => {}
            Command::Reply => self.compose(Visibility::Public, cx),
            Command::Note => self.compose(Visibility::Internal, cx),
            Command::ShowHistory => {
                let screen = history::State::new(self.id, self.item().cloned(), self.due().to_vec());
                cx.open(screen.into());
            }
            Command::MakeNote => self.make_note(cx),
            Command::Redact => Self::ask_what_to_redact(cx),
            Command::SaveFile => self.save_file(cx),
            _ => {
                if self.scroll.command(command) {
                    self.newer &= self.scroll.is_above_end();
                    self.earlier(cx);
                } else if !acts::on_tickets(command, &[self.id], self.item(), cx) {
                    self.write(said, cx);
                }
            }
        }
    }

    fn toggle_details(&mut self, shared: &Shared) {
        self.details_toggled = !self.details_toggled;
        self.lay_out(shared);
    }

    /// The next ticket of the list, while reading.
    fn step(&mut self, by: isize, cx: &mut Context<'_>) {
        let Some(at) = self.order.iter().position(|id| *id == self.id) else { return };
        let next = at.checked_add_signed(by).and_then(|at| self.order.get(at)).copied();
        let Some(id) = next else {
            let text = cx.shared.word(if by > 0 { "notice-last-ticket" } else { "notice-first-ticket" });
            cx.notice(text);
            return;
        };
        self.say_gone(cx);
        let order = std::mem::take(&mut self.order);
        *self = Self { order, details_toggled: self.details_toggled, ..Self::new(id) };
        self.fetch(cx);
        self.say_present(cx);
    }

    /// Fetches what was said before when the beginning of what is there has been reached.
    fn earlier(&self, cx: &mut Context<'_>) {
        if let Some(shown) = &self.shown
            && shown.more
            && self.scroll.is_at_top()
            && let Some(first) = shown.comments.first()
        {
            cx.ask(Question::Comments { ticket: self.id, before: first.id, limit: COMMENTS });
        }
    }

    fn save_file(&self, cx: &mut Context<'_>) {
        let comments = self.shown.as_ref().map_or(&[][..], |shown| &shown.comments);
        let files = || comments.iter().flat_map(|comment| &comment.attachments);
        if files().next().is_none() {
            let text = cx.shared.word("notice-no-files");
            cx.notice(text);
        } else {
            cx.open(picker::State::file(files(), cx.shared).into());
        }
    }

    fn write(&mut self, said: Said, cx: &mut Context<'_>) {
        let Some(composer) = &mut self.composer else { return };
        let before = composer.doing();
        if composer.update(said, Around { shown: self.shown.as_ref(), present: &self.present }, cx) == Next::Leave {
            self.composer = None;
        }
        if self.doing() != before {
            self.say_present(cx);
        }
        self.lay_out(cx.shared);
    }

    /// A click on the requester's name opens a ticket for them (R106).
    fn click(&self, mouse: Mouse, cx: &mut Context<'_>) {
        let name = self.areas(cx.shared).details.map(details::requester);
        if cx.shared.is_staff() && name.is_some_and(|name| layout::holds(name, mouse.column, mouse.row)) {
            acts::on_tickets(Command::NewTicketFor, &[self.id], self.item(), cx);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Context<'_>) {
        let by = match mouse.what {
            MouseKind::WheelUp => -3,
            MouseKind::WheelDown => 3,
            MouseKind::Click => return self.click(mouse, cx),
        };
        self.scroll.by(by);
        self.earlier(cx);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let areas = self.areas(shared);
        let theme = shared.theme;
        if let (Some(area), Some(composer)) = (areas.composer, &self.composer) {
            composer.draw(shared, frame, area, self.shown.as_ref());
        }
        let Some(item) = self.item() else {
            let text = match &self.failed {
                Some(error) => crate::tui::sentence::error(shared, error),
                None => shared.word("list-waiting"),
            };
            frame.render_widget(line(theme, Look::Dim, &Safe::concat([Safe::blank(1), text])), areas.head);
            return;
        };
        head(shared, frame, areas.head, item);
        if areas.conversation.width > 0 {
            let title = self.over_conversation(shared);
            let border = if self.composer.is_some() { Look::Border } else { Look::ActiveBorder };
            let inner = widgets::boxed(shared, frame, areas.conversation, &title, border, BorderType::Plain);
            if self.shown.is_some() {
                self.scroll.draw(shared, frame, inner);
            } else {
                frame.render_widget(line(theme, Look::Dim, &shared.word("list-waiting")), inner);
            }
        }
        if let Some(area) = areas.details {
            details::draw(shared, frame, area, item, self.due());
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let parts = [shared.word("app-name"), item::number(self.id)];
        Safe::join(&Safe::from_static(" · "), parts)
    }
}
