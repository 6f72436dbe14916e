//! Sending the form, and what becomes of it.

use super::form::{Field, Hindrance};
use super::{State, Step, keep};
use crate::client::Error;
use crate::domain::act::Deed;
use crate::domain::id::TicketId;
use crate::domain::refusal::{Field as Named, Refusal};
use crate::domain::status::Status;
use crate::language::args;
use crate::tui::model::{Context, Shared, Tone};

impl State {
    /// Sends it, unless the form itself knows that something is missing; the rules are the account's to know.
    pub(super) fn send(&mut self, status: Option<Status>, cx: &mut Context<'_>) {
        match self.form.ticket() {
            Ok(mut ticket) => {
                ticket.status = status.or(ticket.status);
                ticket.custom_status = ticket.custom_status.filter(|_| status.is_none());
                // What became somebody only now belongs to the draft, and the key must be kept before it is used.
                cx.keep(keep::draft(&self.form, cx.shared.now));
                self.sending = true;
                self.tried = true;
                cx.act_as(self.form.key.clone(), Deed::CreateTicket(Box::new(ticket)));
            }
            Err(hindrance) => {
                let text = match hindrance {
                    Hindrance::Unknown(field) => {
                        self.form.focus = field;
                        cx.shared.word("form-unknown-person")
                    }
                    Hindrance::FilesOnTheirWay => cx.shared.word("notice-files-on-their-way"),
                    Hindrance::BadTag(tag) => {
                        self.form.focus = Field::Tags;
                        cx.shared.say("form-bad-tag", args![tag = tag])
                    }
                };
                cx.notice(text);
            }
        }
    }

    pub(super) fn acted(&mut self, deed: &Deed, result: Result<Option<TicketId>, Error>, cx: &mut Context<'_>) {
        if !matches!(deed, Deed::CreateTicket(_)) || !std::mem::take(&mut self.sending) {
            return;
        }
        match result {
            Ok(Some(id)) => self.step = Step::Done(id),
            Ok(None) => cx.close(),
            // Refused, or unknown: everything stays, is still kept, and the cursor goes to what was refused.
            Err(error) => {
                // An earlier form went out before the program ended: this one is another.
                if error == Error::KeyReused {
                    self.form.key = cx.shared.new_key();
                }
                cx.keep(keep::draft(&self.form, cx.shared.now));
                if error == Error::Refused(Refusal::Empty(Named::Comment)) {
                    let text = cx.shared.word("form-no-description");
                    cx.shared.tell(Tone::Bad, text);
                }
                if let Error::Refused(refusal) = &error {
                    self.go_to(refusal, cx.shared);
                }
            }
        }
    }

    /// To the first field that was missed, or could not hold what was written: all of them are marked.
    fn go_to_own(&mut self, refusal: &Refusal, shared: &Shared) {
        let Some(id) = self.form.own.refused(refusal, shared) else { return };
        let is = |field: &Field| matches!(field, Field::Own(one) | Field::OwnText(one) if *one == id);
        self.form.unfolded |= !self.form.fields().iter().any(is);
        self.form.focus = self.form.fields().into_iter().find(is).unwrap_or(self.form.focus);
    }

    fn go_to(&mut self, refusal: &Refusal, shared: &Shared) {
        let named = match refusal {
            Refusal::KindMissing => return self.choose_kind(shared),
            Refusal::Empty(field)
            | Refusal::AgentsOnly(field)
            | Refusal::NotAnAgent(field)
            | Refusal::TooLong { field, .. } => *field,
            Refusal::NotInGroup => Named::Assignee,
            Refusal::Required { .. } | Refusal::BadValue { .. } | Refusal::NotOnForm { .. } => {
                return self.go_to_own(refusal, shared);
            }
            _ => return,
        };
        let field = match named {
            Named::Subject => Field::Subject,
            Named::Comment => Field::Description,
            Named::Requester | Named::Email | Named::Name => Field::Requester,
            Named::Ccs => Field::Ccs,
            Named::Attachment => Field::Files,
            Named::Status => Field::Status,
            Named::Assignee => Field::Assignee,
            Named::Group => Field::Group,
            Named::Priority => Field::Priority,
            Named::Tags => Field::Tags,
            Named::Due => Field::Due,
            _ => return,
        };
        self.form.unfolded |= self.form.staff && !self.form.fields().contains(&field);
        if self.form.fields().contains(&field) {
            self.form.focus = field;
        }
    }
}
