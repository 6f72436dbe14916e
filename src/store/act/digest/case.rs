//! What is wanted of a ticket as a case.

use super::Written;
use super::ink::Ink;
use crate::domain::case::CaseDeed;

impl Written for CaseDeed {
    fn write(&self, ink: &mut Ink<'_>) {
        match self {
            Self::Solve { ticket, problem, comment } => {
                ink.record("Solve", |ink| {
                    ink.field("ticket", ticket).field("problem", problem).field("comment", comment);
                });
            }
            Self::Rate { ticket, score, comment } => {
                ink.record("Rate", |ink| {
                    ink.field("ticket", ticket).field("score", score).field("comment", comment);
                });
            }
        }
    }
}
