//! Types, problems and ratings in words.

use guichet::client::Names;
use guichet::domain::case::{CaseEvent, Score, TicketType};
use guichet::domain::event::Event;
use guichet::domain::id::TicketId;
use guichet::language::Language;
use guichet::words;

fn typed(from: Option<TicketType>, to: Option<TicketType>) -> Event {
    Event::Case(CaseEvent::TypeChanged { from, to })
}

fn linked(from: Option<i64>, to: Option<i64>) -> Event {
    Event::Case(CaseEvent::ProblemChanged { from: from.map(TicketId), to: to.map(TicketId) })
}

fn rated(score: Score, comment: Option<&str>) -> Event {
    Event::Case(CaseEvent::Rated { score, comment: comment.map(str::to_owned) })
}

#[test]
fn what_happened_to_a_case_is_a_sentence() {
    let rows = [
        (typed(None, Some(TicketType::Incident)), "set the type to Incident"),
        (typed(Some(TicketType::Incident), Some(TicketType::Task)), "set the type from Incident to Task"),
        (typed(Some(TicketType::Task), None), "took the type Task away"),
        (linked(None, Some(7)), "linked it to the problem #7"),
        (linked(Some(7), Some(8)), "linked it to the problem #8 in place of #7"),
        (linked(Some(7), None), "unlinked it from the problem #7"),
        (Event::Case(CaseEvent::SolvedWith(TicketId(7))), "was solved with the problem #7"),
        (Event::Case(CaseEvent::RatingOffered), "offered the requester to rate it"),
        (rated(Score::Good, None), "rated it as good"),
        (rated(Score::Bad, Some("Too late")), "rated it as bad: Too late"),
    ];
    for (event, said) in rows {
        assert_eq!(words::event(&Language::english(), &event, &Names::default()), said);
    }
}
