//! What a composer looks like: its title says who will see what is written (Z01).

use super::Composer;
use crate::domain::comment::Visibility;
use crate::language::args;
use crate::safe::{Safe, file_name};
use crate::tui::item::Conversation;
use crate::tui::model::Shared;
use crate::tui::text::line;
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::BorderType;

impl Composer {
    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect, shown: Option<&Conversation>) {
        let (look, border) = match self.visibility {
            Visibility::Public => (Look::Public, BorderType::Plain),
            Visibility::Internal => (Look::Internal, BorderType::Double),
        };
        let title = match shown {
            _ if self.sending => shared.word("composer-sending"),
            Some(shown) => self.audience(shared, shown, area.width),
            None => shared.word("list-waiting"),
        };
        let inner = widgets::boxed(shared, frame, area, &title, look, border);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let files = u16::from(!self.files.is_empty());
        let macros = self.macro_rows(inner.width).min(inner.height.saturating_sub(files + 1));
        let text = Rect { height: inner.height.saturating_sub(files.saturating_add(macros)), ..inner };
        self.editor.draw(frame, text, !self.sending);
        self.draw_macros(shared, frame, Rect { y: inner.y + text.height, height: macros, ..inner });
        if files > 0 {
            let names = self.files.iter().map(|file| {
                let name = file_name(&file.path);
                let sign = Safe::from_static(if file.upload.is_some() { "▣ " } else { "… " });
                Safe::concat([sign, Safe::line(name.as_str())])
            });
            let names = Safe::join(&Safe::from_static("  "), names);
            let row = Rect { y: inner.y + text.height + macros, height: 1, ..inner };
            frame.render_widget(line(shared.theme, Look::Dim, &names), row);
        }
    }

    /// `PUBLIC REPLY — Ana Ruiz, 2 CCs and all agents will see this`
    fn audience(&self, shared: &Shared, shown: &Conversation, width: u16) -> Safe {
        let audience = shown.audience(self.visibility);
        let Some(requester) = audience.requester else { return shared.word("composer-note") };
        let ccs = i64::try_from(audience.ccs.len()).unwrap_or(i64::MAX);
        let colleagues = if audience.colleagues { "yes" } else { "no" };
        let mine = shared.me() == Some(requester);
        let name = if mine { shared.word("composer-you") } else { shared.person(requester) }.into_string();
        let key = match (shared.is_staff(), audience.makes_public) {
            (false, _) => "composer-request",
            (true, true) => "composer-makes-public",
            (true, false) => "composer-reply",
        };
        widgets::title(width, |brief| {
            shared.say(key, args![name = name.as_str(), ccs = ccs, colleagues = colleagues, brief = brief])
        })
    }
}
