//! What happens to a ticket as a case.

use super::id;
use crate::domain::case::{CaseEvent, Score, TicketType};
use crate::domain::id::TicketId;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

pub(super) fn case_type() -> impl Strategy<Value = Option<TicketType>> {
    option::of(select(TicketType::ALL.to_vec()))
}

pub(super) fn of_cases() -> impl Strategy<Value = CaseEvent> {
    let problem = || option::of(id(TicketId));
    Union::new(vec![
        (case_type(), case_type()).prop_map(|(from, to)| CaseEvent::TypeChanged { from, to }).boxed(),
        (problem(), problem()).prop_map(|(from, to)| CaseEvent::ProblemChanged { from, to }).boxed(),
        id(TicketId).prop_map(CaseEvent::SolvedWith).boxed(),
        Just(CaseEvent::RatingOffered).boxed(),
        (select(Score::ALL.to_vec()), option::of("[a-z]{1,9}"))
            .prop_map(|(score, comment)| CaseEvent::Rated { score, comment })
            .boxed(),
    ])
}
