//! What is being written on a ticket. Its title says who will see it (Z01); it is kept as a draft from the first
//! keystroke, and the draft goes only after the account has said yes (Z07).

mod others;
mod picture;
mod taken;

use crate::client::Error;
use crate::domain::act::{Change, Deed};
use crate::domain::comment::{NewComment, Upload, Visibility};
use crate::domain::draft::{Draft, DraftPlace};
use crate::domain::id::{CommentId, TicketId};
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::time::Timestamp;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::Command;
use crate::tui::editor::Editor;
use crate::tui::effect::Effect;
use crate::tui::item::Conversation;
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared, Tone};
use crate::tui::screens::offer;
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::question::{self, Matter};
use crate::tui::{acts, sentence};
use std::collections::BTreeMap;
pub use others::Around;
pub use taken::asked;
use taken::Taken;

/// What becomes of the composer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It goes on.
    Stay,
    /// It closes; a draft stays where there is one.
    Leave,
}

/// A reply or note that is being written.
#[derive(Clone, Debug)]
pub struct Composer {
    ticket: TicketId,
    visibility: Visibility,
    editor: Editor,
    files: Vec<File>,
    /// The key under which it is sent.
    key: String,
    /// Whether it has been sent under that key: a text changed since then needs another one.
    tried: bool,
    sending: bool,
    /// Macros that go with it.
    taken: Vec<Taken>,
    /// When it was last written at, where it is gone on with.
    since: Option<Timestamp>,
    /// The last thing said when it was begun, as soon as that is known.
    seen: Option<CommentId>,
}

/// A file to go with it; without an upload while it is being handed in.
#[derive(Clone, Debug)]
struct File {
    path: String,
    upload: Option<Upload>,
}

const fn place(ticket: TicketId, visibility: Visibility) -> DraftPlace {
    match visibility {
        Visibility::Public => DraftPlace::Reply(ticket),
        Visibility::Internal => DraftPlace::Note(ticket),
    }
}

impl Composer {
    /// Goes on with the draft, or begins.
    pub fn open(
        ticket: TicketId,
        visibility: Visibility,
        shown: Option<&Conversation>,
        cx: &mut Context<'_>,
    ) -> Self {
        let draft = cx.shared.drafts.get(&place(ticket, visibility)).cloned();
        let key = draft.as_ref().map(|draft| draft.key.clone());
        let files = draft.as_ref().map(|draft| draft.files.clone()).unwrap_or_default();
        let mut composer = Self {
            ticket,
            visibility,
            editor: Editor::new(draft.as_ref().map_or("", |draft| draft.body.as_str())),
            files: Vec::new(),
            key: key.unwrap_or_else(|| cx.shared.new_key()),
            tried: false,
            sending: false,
            taken: Vec::new(),
            since: draft.as_ref().map(|draft| draft.updated_at),
            seen: None,
        };
        if let Some(shown) = shown {
            composer.saw(shown);
        }
        for path in files {
            composer.attach(path, cx);
        }
        composer
    }

    /// Whether an answer is awaited.
    pub const fn is_sending(&self) -> bool {
        self.sending
    }

    /// Rows that it would like to have at a width of the screen.
    pub fn rows(&self, width: u16) -> u16 {
        let more = u16::from(!self.files.is_empty()).saturating_add(self.macro_rows(width.saturating_sub(4)));
        self.editor.rows(width.saturating_sub(4)).saturating_add(more)
    }

    fn place(&self) -> DraftPlace {
        place(self.ticket, self.visibility)
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, around: Around<'_>, cx: &mut Context<'_>) -> Next {
        let shown = around.shown;
        match said {
            Said::Acted(deed, result) => return self.acted(&deed, result.err().as_ref(), shown, cx),
            Said::Command(Command::LeaveWriting, _) => {
                if cx.shared.drafts.contains_key(&self.place()) {
                    let word = if self.taken.is_empty() { "notice-draft-kept" } else { "macro-left" };
                    let text = cx.shared.word(word);
                    cx.shared.tell(Tone::Done, text);
                }
                return Next::Leave;
            }
            // While it is on its way the text stays as it was sent.
            _ if self.sending => {}
            Said::Command(command, _) => self.command(command, around, cx),
            Said::Key(key) => {
                let changed = self.editor.key(key);
                self.keep(changed, cx);
            }
            Said::Paste(text) => {
                let changed = self.editor.paste(&text);
                self.keep(changed, cx);
            }
            Said::Edited(Ok(Some(text))) => {
                self.editor.set(text.trim_end());
                self.changed(cx);
            }
            Said::Edited(Err(error)) => {
                let text = sentence::outside(cx.shared, &error);
                cx.shared.tell(Tone::Bad, text);
            }
            Said::Typed(Purpose::Attach, path) => {
                self.attach(path, cx);
                self.changed(cx);
            }
            Said::Uploaded(path, result) => self.uploaded(&path, result, cx),
            Said::Confirmed(Matter::Send(status) | Matter::SendBeside(status)) => self.send(status, cx),
            Said::Confirmed(Matter::DropDraft) => {
                cx.drop_draft(self.place());
                return Next::Leave;
            }
            _ => {}
        }
        Next::Stay
    }

    fn command(&mut self, command: Command, around: Around<'_>, cx: &mut Context<'_>) {
        let shown = around.shown;
        match command {
            Command::Send => self.ready(None, around, cx),
            Command::SendOpen => self.ready(Some(Status::Open), around, cx),
            Command::SendPending => self.ready(Some(Status::Pending), around, cx),
            Command::SendHold => self.ready(Some(Status::Hold), around, cx),
            Command::SendSolved => self.ready(Some(Status::Solved), around, cx),
            Command::ToggleAudience => self.toggle(cx),
            Command::WriteInEditor => {
                let (to, name, text) = (cx.id(), format!("ticket-{}", self.ticket), self.editor.text());
                cx.effect(Effect::Edit { to, name, text });
            }
            Command::InsertMacro => cx.open(offer::State::macros(vec![self.ticket]).into()),
            Command::DropMacro => self.drop_macro(cx),
            Command::Attach => cx.open(prompt::State::new(Purpose::Attach).into()),
            Command::Quote => self.quote(shown, cx),
            Command::DropDraft => {
                let text = cx.shared.word("question-drop-draft");
                cx.open(question::State::new(text, Matter::DropDraft).into());
            }
            _ => {}
        }
    }

    fn keep(&mut self, changed: bool, cx: &mut Context<'_>) {
        if changed {
            self.changed(cx);
        }
    }

    /// Keeps what is written now.
    fn changed(&mut self, cx: &mut Context<'_>) {
        if std::mem::take(&mut self.tried) {
            self.key = cx.shared.new_key();
        }
        if self.editor.is_blank() && self.files.is_empty() {
            cx.drop_draft(self.place());
        } else {
            let draft = self.draft(cx.shared);
            cx.keep(draft);
        }
    }

    fn draft(&self, shared: &Shared) -> Draft {
        Draft {
            place: self.place(),
            body: self.editor.text(),
            fields: BTreeMap::new(),
            files: self.files.iter().map(|file| file.path.clone()).collect(),
            key: self.key.clone(),
            updated_at: shared.now,
        }
    }

    /// From reply to note and back. What is written goes along, unless something is written there already: then each
    /// keeps its own.
    fn toggle(&mut self, cx: &mut Context<'_>) {
        let from = self.place();
        self.visibility = match self.visibility {
            Visibility::Public => Visibility::Internal,
            Visibility::Internal => Visibility::Public,
        };
        if let Some(there) = cx.shared.drafts.get(&self.place()).cloned() {
            let left = cx.shared.drafts.contains_key(&from);
            let taken = std::mem::take(&mut self.taken);
            *self = Self { taken, ..Self::open(self.ticket, self.visibility, None, cx) };
            debug_assert_eq!(self.key, there.key);
            if left {
                let text = cx.shared.word("notice-other-draft");
                cx.notice(text);
            }
        } else if cx.shared.drafts.remove(&from).is_some() {
            let draft = self.draft(cx.shared);
            cx.shared.drafts.insert(draft.place, draft.clone());
            cx.effect(Effect::MoveDraft { from, draft: Box::new(draft) });
        }
    }

    fn quote(&mut self, shown: Option<&Conversation>, cx: &mut Context<'_>) {
        // A public reply never quotes a note: it would tell the requester what is not for them.
        let may = |visibility| self.visibility == Visibility::Internal || visibility == Visibility::Public;
        let mut all = shown.into_iter().flat_map(|shown| &shown.comments);
        let last = all.rfind(|comment| may(comment.visibility));
        if let Some(comment) = last {
            let lines: Vec<String> = comment.body.lines().map(|line| format!("> {line}")).collect();
            self.editor.quote(&format!("{}\n\n", lines.join("\n")));
            self.changed(cx);
        }
    }

    fn attach(&mut self, path: String, cx: &mut Context<'_>) {
        let to = cx.id();
        let limit = cx.shared.session.as_ref().map_or(0, |session| session.settings.attachment_bytes);
        cx.effect(Effect::Upload { to, path: path.clone(), limit });
        self.files.retain(|file| file.path != path);
        self.files.push(File { path, upload: None });
    }

    fn uploaded(
        &mut self,
        path: &str,
        result: Result<Upload, crate::tui::message::OutsideError>,
        cx: &mut Context<'_>,
    ) {
        match result {
            Ok(upload) => {
                if let Some(file) = self.files.iter_mut().find(|file| file.path == path) {
                    file.upload = Some(upload);
                }
            }
            Err(error) => {
                self.files.retain(|file| file.path != path);
                let text = sentence::outside(cx.shared, &error);
                cx.shared.tell(Tone::Bad, text);
                self.changed(cx);
            }
        }
    }

    /// Sends it, unless something has to be said first.
    fn ready(&mut self, status: Option<Status>, around: Around<'_>, cx: &mut Context<'_>) {
        // Before the ticket is there nobody knows who would see it (Z01).
        let Some(shown) = around.shown else {
            let text = cx.shared.word("notice-ticket-on-its-way");
            cx.notice(text);
            return;
        };
        let blank = self.editor.is_blank() && self.files.is_empty();
        let hindrance = if blank && status.is_none() && self.taken.is_empty() {
            Some("notice-nothing-written")
        } else if self.files.iter().any(|file| file.upload.is_none()) {
            Some("notice-files-on-their-way")
        } else {
            None
        };
        if let Some(word) = hindrance {
            let text = cx.shared.word(word);
            cx.notice(text);
            return;
        }
        let others = Some(self.others(around, cx.shared)).filter(|others| !blank && !others.is_empty());
        if !blank && shown.audience(self.visibility).makes_public {
            let requester = shown.item.requester();
            let args = args![name = cx.shared.person(requester).into_string()];
            let parts = others.unwrap_or_default().into_iter().chain([cx.shared.say("question-make-public", args)]);
            let text = Safe::join(&Safe::blank(1), parts);
            cx.open(question::State::new(text, Matter::Send(status)).into());
        } else if let Some(others) = others {
            let text = Safe::join(&Safe::blank(1), others.into_iter().chain([cx.shared.word("question-send-beside")]));
            cx.open(question::State::new(text, Matter::SendBeside(status)).into());
        } else {
            self.send(status, cx);
        }
    }

    fn send(&mut self, status: Option<Status>, cx: &mut Context<'_>) {
        let uploads = self.files.iter().filter_map(|file| file.upload.as_ref().map(|upload| upload.token.clone()));
        let body = self.editor.text().trim_end().to_owned();
        let comment = NewComment { visibility: self.visibility, body, uploads: uploads.collect() };
        let comment = Some(comment).filter(|comment| !comment.body.is_empty() || !comment.uploads.is_empty());
        let deed = Deed::UpdateTicket {
            ticket: self.ticket,
            change: Box::new(self.macro_change().and(Change { status, ..Change::default() })),
            comment,
            expect: None,
        };
        self.sending = true;
        self.tried = true;
        cx.act_as(self.key.clone(), deed);
    }

    fn acted(
        &mut self,
        deed: &Deed,
        failed: Option<&Error>,
        shown: Option<&Conversation>,
        cx: &mut Context<'_>,
    ) -> Next {
        match deed {
            Deed::UpdateTicket { ticket, .. } if self.sending && *ticket == self.ticket => {
                self.sending = false;
                let Some(error) = failed else { return Next::Leave };
                // An earlier text went out before the program ended: this one is another.
                if *error == Error::KeyReused {
                    self.key = cx.shared.new_key();
                }
                // Refused, or unknown: what is written stays, and is still kept.
                let draft = self.draft(cx.shared);
                if !draft.body.is_empty() {
                    cx.keep(draft);
                }
                // Closed meanwhile: what is written goes on in a follow-up, if that is wanted (R178).
                if let (Error::Refused(Refusal::Closed(_)), Some(shown)) = (error, shown) {
                    let written = Some(self.place()).filter(|place| cx.shared.drafts.contains_key(place));
                    acts::ask_for_follow_up(&shown.item, written, cx);
                }
                Next::Stay
            }
            _ => Next::Stay,
        }
    }
}
