//! What is given another name keeps the translations of its old one: whoever renames it is told.

use super::State;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::model::Shared;

impl State {
    /// In which languages it is still called as before.
    pub(super) fn left_behind(&self, shared: &Shared) -> Option<Safe> {
        let languages = self.before.as_ref()?.left_behind(&self.document().ok()?);
        let languages: Vec<&String> = languages.iter().collect();
        let count = i64::try_from(languages.len()).unwrap_or(i64::MAX);
        let listed = shared.words.list(&languages);
        (count > 0).then(|| shared.say("setup-left-behind", args![languages = listed, count = count]))
    }
}
