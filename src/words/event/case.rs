//! What happened to a ticket as a case, in words.

use super::Telling;
use crate::domain::case::CaseEvent;
use crate::language::args;
use crate::words::names;

impl Telling<'_> {
    pub(super) fn case(&self, event: &CaseEvent) -> String {
        match event {
            CaseEvent::TypeChanged { from, to } => {
                let name = |one| names::ticket_type(self.words, one);
                self.value("event-type", from.map(name), to.map(name))
            }
            CaseEvent::ProblemChanged { from, to } => {
                self.value("event-problem", from.map(|id| id.to_string()), to.map(|id| id.to_string()))
            }
            CaseEvent::SolvedWith(id) => self.say("event-solved-with", args![number = id.to_string()]),
            CaseEvent::RatingOffered => self.word("event-rating-offered"),
            CaseEvent::Rated { score, comment } => {
                let (why, comment) = comment.as_deref().map_or(("none", ""), |comment| ("given", comment));
                self.say("event-rated", args![score = score.name(), why = why, comment = comment])
            }
        }
    }
}
