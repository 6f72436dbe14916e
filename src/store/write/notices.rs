//! What people and programs are told: committed with what they are told of.

use super::Writing;
use super::rows::Table;
use crate::domain::decide::Decision;
use crate::domain::event::{Chain, Event};
use crate::domain::notice::Addressee;
use crate::store::dialect::Value;

/// The columns of a new row of `outbox`.
pub(super) const OUTBOX_COLUMNS: &str =
    "kind, person_id, address, webhook_id, ticket_id, rule_id, text_id, comment_id, at, next_try_at";

impl Writing {
    pub(super) fn notices(&mut self, decision: &Decision) {
        for notice in &decision.notices {
            let (person, address) = match &notice.notice.to {
                Addressee::Person(id) => (Some(id.0), None),
                Addressee::Address(address) => (None, Some(address.folded())),
            };
            let about = || -> [Value; 4] {
                let comment = notice.comment.map(|id| id.0);
                [notice.ticket.0.into(), notice.notice.rule.0.into(), notice.notice.text.0.into(), comment.into()]
            };
            if let Some(person) = person {
                let [ticket, rule, text, comment] = about();
                self.insert(Table::Inbox, [person.into(), ticket, rule, text, comment, notice.at.0.into()]);
            }
            if notice.by_mail {
                let [ticket, rule, text, comment] = about();
                let (to, at) = (address.into(), notice.at.0);
                let none = Value::Int(None);
                self.insert(
                    Table::Outbox,
                    [0.into(), person.into(), to, none, ticket, rule, text, comment, at.into(), at.into()],
                );
            }
        }
        self.calls(decision);
    }

    /// What other programs are told of.
    fn calls(&mut self, decision: &Decision) {
        for entry in &decision.entries {
            let Chain::Ticket(ticket) = entry.chain else { continue };
            let said = decision.outcome.comment.filter(|_| decision.outcome.ticket == Some(ticket));
            for event in &entry.events {
                let Event::Called { rule, webhook } = event else { continue };
                let (none, nowhere, at) = (Value::Int(None), Value::Text(None), entry.at.0);
                self.insert(
                    Table::Outbox,
                    [
                        1.into(),
                        none.clone(),
                        nowhere,
                        webhook.0.into(),
                        ticket.0.into(),
                        rule.0.into(),
                        none.clone(),
                        said.map(|id| id.0).into(),
                        at.into(),
                        at.into(),
                    ],
                );
            }
        }
    }
}
