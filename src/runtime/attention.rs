use super::Program;
use crate::tui;

impl Program {
    /// Tells the account whether anybody looks, whenever that changes.
    pub(super) fn attend(&mut self) {
        let looks = tui::looks(&self.model);
        if looks != self.looks {
            self.world.client.attend(looks);
            self.looks = looks;
        }
    }
}
