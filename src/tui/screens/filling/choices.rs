//! What can stand in a line of a form.

use super::State;
use crate::domain::rule::Action;
use crate::domain::setup::{Lookup as _, Refers, Takes};
use crate::domain::view::Column;
use crate::tui::model::Context;
use crate::tui::screens::naming;

impl State {
    /// What can stand in the line that has the keys.
    pub(super) fn choices(&self) -> Vec<String> {
        let entry = &self.entries[self.at];
        let groups = || self.directory.names(Refers::Group).into_iter().map(|name| format!("group: {name}"));
        let fields = || {
            let fields = self.directory.names(Refers::Field).into_iter();
            fields.map(|name| format!("field {name}"))
        };
        match entry.key.takes {
            Takes::OneOf(names) => names.iter().map(|name| (*name).to_owned()).collect(),
            Takes::Names(what) => self.directory.names(what),
            Takes::Owner => std::iter::once("account".to_owned()).chain(groups()).collect(),
            Takes::Column | Takes::Columns => {
                Column::SYSTEM.iter().map(|column| column.name().to_owned()).chain(fields()).collect()
            }
            Takes::Actions => {
                Action::NAMES.iter().map(|name| format!("{name}: ")).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn choose(&self, cx: &mut Context<'_>) {
        let names = self.choices();
        if names.is_empty() {
            let text = cx.shared.word("admin-nothing-to-choose");
            cx.notice(text);
            return;
        }
        let entry = &self.entries[self.at];
        let heading = cx.shared.word(&format!("setup-key-{}", entry.key.name));
        cx.open(naming::State::new(heading, names, entry.text().trim()).into());
    }
}
