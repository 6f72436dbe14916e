//! The open list as a view: another name for it, out of sight, gone.

use super::State;
use crate::client::{Source, ViewTitle};
use crate::domain::act::Deed;
use crate::domain::setup::{Item, ItemKey, ItemKind};
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::Command;
use crate::tui::effect::Question;
use crate::tui::model::Context;
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::question::{self, Matter};

/// What is to become of the open view once everything of it is known.
#[derive(Clone, Debug)]
pub(super) enum Becomes {
    /// It gets another title.
    Titled(String),
    /// It is switched off.
    Hidden,
}

impl State {
    fn view<'s>(&self, cx: &'s Context<'_>) -> Option<&'s ViewTitle> {
        let Source::View(slug) = &self.tab().source else { return None };
        cx.shared.session.as_ref()?.views.iter().find(|view| view.slug == *slug)
    }

    /// Commands on the open view. `false` when the command is none of these.
    pub(super) fn on_view(&mut self, command: Command, cx: &mut Context<'_>) -> bool {
        if !matches!(command, Command::RenameView | Command::HideView | Command::DeleteView) {
            return false;
        }
        let Some(view) = self.view(cx) else {
            let text = cx.shared.word("view-at-usual");
            cx.notice(text);
            return true;
        };
        let key = ItemKey { kind: ItemKind::View, id: view.id.0 };
        match command {
            Command::RenameView => cx.open(prompt::State::new(Purpose::RenameView).into()),
            Command::HideView => self.become_of_view(Becomes::Hidden, cx),
            _ => {
                let args = args![title = self.tab().title.as_str()];
                let text = cx.shared.say("view-at-delete", args);
                cx.open(question::State::new(text, Matter::Do(Box::new(Deed::DeleteItem(key)))).into());
            }
        }
        true
    }

    /// Asks for everything of the view first: a change is of the whole.
    pub(super) fn become_of_view(&mut self, becomes: Becomes, cx: &mut Context<'_>) {
        self.becomes = Some(becomes);
        cx.ask(Question::Items(ItemKind::View));
    }

    /// All views came.
    pub(super) fn take_views(&mut self, items: Vec<Item>, cx: &mut Context<'_>) {
        let (Some(becomes), Some(view)) = (self.becomes.take(), self.view(cx)) else { return };
        let id = view.id;
        let found = items.into_iter().find_map(|item| match item {
            Item::View(view) if view.id == id => Some(view),
            _ => None,
        });
        let Some(mut view) = found else { return };
        match becomes {
            Becomes::Titled(title) => view.title = Some(Safe::line(title.trim()).into_string()),
            Becomes::Hidden => view.active = false,
        }
        cx.act(Deed::SetItem(Box::new(Item::View(view))));
    }
}
