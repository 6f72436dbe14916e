//! Blackening what was said, taking files off, and making a note of it: for good, so it is asked about first.

use super::State;
use crate::domain::act::Deed;
use crate::domain::comment::Visibility;
use crate::domain::removal::Removal;
use crate::language::args;
use crate::tui::model::{Context, Tone};
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::question::{self, Matter};

impl State {
    /// Turns the only public comment into a note: for good, so it is asked about first (R127, R129). Where none is public,
    /// the account says so.
    pub(super) fn make_note(&self, cx: &mut Context<'_>) {
        let all = || self.shown.iter().flat_map(|shown| &shown.comments);
        let public = all().rfind(|comment| comment.visibility == Visibility::Public);
        let comment = public.or_else(|| all().next_back());
        if let Some(comment) = comment {
            let deed = Deed::MakeInternal { ticket: self.id, comment: comment.id };
            let text = cx.shared.word("question-make-note");
            cx.open(question::State::new(text, Matter::Do(Box::new(deed))).into());
        }
    }

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
