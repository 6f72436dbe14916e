//! What can stand in a line of a form.

use super::State;
use crate::domain::condition::Expecting;
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
            Takes::Condition => self.expecting().texts(&self.directory),
            _ => Vec::new(),
        }
    }

    /// What could go on in a condition where the cursor is.
    fn expecting(&self) -> Expecting {
        Expecting::at_end_of(&self.entries[self.at].before_cursor(), &self.directory)
    }

    /// Puts in what was chosen: in a condition in place of the word that has begun at the cursor.
    pub(super) fn take(&mut self, name: &str) {
        if !matches!(self.entries[self.at].key.takes, Takes::Condition) {
            return self.entries[self.at].choose(name);
        }
        let from = self.expecting().from;
        let entry = &mut self.entries[self.at];
        let begun = entry.before_cursor().chars().count().saturating_sub(from);
        entry.complete(begun, name);
    }

    pub(super) fn choose(&mut self, cx: &mut Context<'_>) {
        let names = self.choices();
        let is_condition = matches!(self.entries[self.at].key.takes, Takes::Condition);
        if let [only] = names.as_slice()
            && is_condition
        {
            self.take(only);
            return self.changed(cx);
        }
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
