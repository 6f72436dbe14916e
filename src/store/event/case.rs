//! What happened to a ticket as a case, as JSON.

use super::Writing;
use super::read::{Broken, Reading};
use crate::domain::case::{CaseEvent, Score, TicketType};
use crate::domain::id::TicketId;
use crate::store::fault::Fault;
use serde_json::{Value as Json, json};

impl Writing<'_> {
    pub(super) fn case(&mut self, event: &CaseEvent) -> Result<Json, Fault> {
        Ok(match event {
            CaseEvent::TypeChanged { from, to } => {
                json!({ "event": "type", "from": from.map(TicketType::name), "to": to.map(TicketType::name) })
            }
            CaseEvent::ProblemChanged { from, to } => {
                json!({ "event": "problem", "from": from.map(|id| id.0), "to": to.map(|id| id.0) })
            }
            CaseEvent::SolvedWith(problem) => json!({ "event": "solved_with", "ticket": problem.0 }),
            CaseEvent::RatingOffered => json!({ "event": "rating_offered" }),
            CaseEvent::Rated { score, comment } => {
                let mut json = json!({ "event": "rated", "score": score.name() });
                // What somebody wrote is kept apart (D35).
                if let Some(comment) = comment {
                    json["comment"] = self.text(comment)?;
                }
                json
            }
        })
    }
}

impl Reading<'_> {
    /// None where it is no such event.
    pub(super) fn case(&self) -> Result<Option<CaseEvent>, Broken> {
        Ok(Some(match self.name("event")? {
            "type" => CaseEvent::TypeChanged { from: self.ticket_type("from")?, to: self.ticket_type("to")? },
            "problem" => {
                CaseEvent::ProblemChanged { from: self.maybe("from").map(TicketId), to: self.maybe("to").map(TicketId) }
            }
            "solved_with" => CaseEvent::SolvedWith(TicketId(self.number("ticket")?)),
            "rating_offered" => CaseEvent::RatingOffered,
            "rated" => CaseEvent::Rated {
                score: Score::parse(self.name("score")?).ok_or(Broken("score"))?,
                // One that was erased is none.
                comment: self.text_at(&self.json["comment"]).filter(|text| !text.is_empty()),
            },
            _ => return Ok(None),
        }))
    }

    pub(super) fn ticket_type(&self, key: &'static str) -> Result<Option<TicketType>, Broken> {
        let name = self.json[key].as_str();
        name.map(|name| TicketType::parse(name).ok_or(Broken(key))).transpose()
    }
}
