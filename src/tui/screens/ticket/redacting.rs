//! Blackening what was said, and taking files off: for good, so it is asked about first.

use super::State;
use crate::domain::act::Deed;
use crate::domain::removal::Removal;
use crate::language::args;
use crate::tui::model::{Context, Tone};
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::question::{self, Matter};

impl State {
    /// Asks what is to go.
    pub(super) fn ask_what_to_redact(cx: &mut Context<'_>) {
        cx.open(prompt::State::new(Purpose::Redact).into());
    }

    /// A piece of text in every comment that is shown and has it, or the files of that name.
    pub(super) fn redact(&self, piece: &str, cx: &mut Context<'_>) {
        let ticket = self.id;
        let comments = self.shown.as_ref().map_or(&[][..], |shown| &shown.comments);
        let said = comments.iter().filter(|one| one.body.contains(piece));
        let said = said.map(|one| Removal::Redact { ticket, comment: one.id, text: piece.to_owned() });
        let files = comments.iter().flat_map(|one| one.attachments.iter().map(|file| (one.id, file)));
        let files = files.filter(|(_, file)| file.name == piece.trim());
        let files = files.map(|(comment, file)| Removal::RedactFile { ticket, comment, file: file.id });
        let deeds: Vec<Deed> = said.chain(files).map(Deed::Removal).collect();
        let count = i64::try_from(deeds.len()).unwrap_or(i64::MAX);
        if deeds.is_empty() {
            let text = cx.shared.say("notice-nothing-to-redact", args![text = piece]);
            return cx.shared.tell(Tone::Bad, text);
        }
        let text = cx.shared.say("question-redact", args![text = piece, count = count]);
        let mut deeds = deeds;
        let matter = match deeds.pop() {
            Some(only) if deeds.is_empty() => Matter::Do(Box::new(only)),
            last => {
                deeds.extend(last);
                Matter::DoAll(deeds)
            }
        };
        cx.open(question::State::new(text, matter).into());
    }
}
