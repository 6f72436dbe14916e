//! Problems and incidents, ratings, metrics.

use crate::support::town::{Town, changes, says};
use guichet::client::{Error, ListAsk, Source};
use guichet::domain::act::{Change, Deed, Setting};
use guichet::domain::case::{CaseDeed, Satisfaction, Score, TicketType};
use guichet::domain::comment::NewComment;
use guichet::domain::id::TicketId;
use guichet::domain::status::Status;

fn typed(one: TicketType) -> Change {
    Change { ticket_type: Some(Some(one)), ..Change::default() }
}

fn linked(problem: TicketId) -> Change {
    Change { problem: Some(Some(problem)), ..typed(TicketType::Incident) }
}

async fn a_problem_with_two_incidents(town: &Town) -> (TicketId, [TicketId; 2]) {
    let problem = town.ticket(town.ana, "The network is down", "Nothing works.").await;
    town.change(problem, typed(TicketType::Problem)).await;
    let first = town.ticket(town.ana, "No mail", "Since nine.").await;
    let second = town.ticket(town.cleo, "No printer", "Since ten.").await;
    for incident in [first, second] {
        town.change(incident, linked(problem)).await;
    }
    (problem, [first, second])
}

pub async fn solving_a_problem_solves_its_incidents(town: &Town) {
    let (problem, incidents) = a_problem_with_two_incidents(town).await;
    let agent = town.as_(town.agent);
    let listed = agent.tickets(ListAsk::first(Source::Incidents(problem))).await.expect("incidents");
    assert_eq!(listed.rows.len(), 2);
    assert_eq!(agent.counts(vec![Source::Incidents(problem)]).await.expect("counted")[0].value, 2);
    let page = agent.tickets(ListAsk::first(Source::Search("ticket_type:problem".into()))).await.expect("problems");
    assert_eq!(page.rows.iter().map(|one| one.id).collect::<Vec<_>>(), [problem]);
    assert!(page.names.problems.contains(&problem));
    let mended = Deed::UpdateTicket {
        ticket: problem,
        change: Box::new(Change::status(Status::Solved)),
        comment: Some(NewComment::public("It is mended.")),
        expect: None,
    };
    town.does(town.agent, mended).await;
    for incident in incidents {
        let thread = agent.ticket(incident, 9).await.expect("the incident");
        assert_eq!((thread.item.status(), thread.item.assignee), (Status::Solved, Some(town.agent)));
        assert_eq!(thread.comments.last().map(|said| said.body.as_str()), Some("It is mended."));
        assert_eq!(thread.item.problem, Some(problem));
    }
    // Who opens one again has it open: nothing solves it anew.
    town.does(town.cleo, says(incidents[1], NewComment::public("Not for me."))).await;
    town.does(town.agent, says(problem, NewComment::note("Hm."))).await;
    let again = agent.ticket(incidents[1], 1).await.expect("the incident").item;
    assert_eq!(again.status(), Status::Open);
}

pub async fn end_users_know_no_problems_and_incidents(town: &Town) {
    let (problem, incidents) = a_problem_with_two_incidents(town).await;
    let cleo = town.as_(town.cleo);
    let request = cleo.request(incidents[1], 9).await.expect("hers").item;
    assert_eq!(request.ticket_type, Some(TicketType::Incident));
    for source in [Source::Incidents(problem), Source::Incidents(incidents[1])] {
        assert_eq!(cleo.requests(ListAsk::first(source.clone())).await.map(|_| ()), Err(Error::Denied));
        assert_eq!(cleo.tickets(ListAsk::first(source.clone())).await.map(|_| ()), Err(Error::Denied));
        assert_eq!(cleo.counts(vec![source]).await.map(|_| ()), Err(Error::Denied));
    }
    assert_eq!(cleo.metrics(incidents[1]).await.map(|_| ()), Err(Error::Denied));
}

pub async fn a_rating_is_its_requesters_and_the_teams(town: &Town) {
    town.does(town.admin, Deed::Set(Setting::Ratings(true))).await;
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    town.change(id, Change::status(Status::Solved)).await;
    let rate = |score, comment: Option<&str>| {
        Deed::Case(CaseDeed::Rate { ticket: id, score, comment: comment.map(str::to_owned) })
    };
    town.does(town.ana, rate(Score::Bad, Some("Too late"))).await;
    let mine = town.as_(town.ana).request(id, 1).await.expect("hers").item.rating.expect("rated");
    assert_eq!((mine.score, mine.comment.as_deref()), (Some(Score::Bad), Some("Too late")));
    let colleagues = town.as_(town.ben).request(id, 1).await.expect("a colleague reads along").item;
    assert_eq!(colleagues.rating, None);
    let agent = town.as_(town.agent);
    let ticket = agent.ticket(id, 1).await.expect("the ticket").item;
    assert_eq!(Satisfaction::of(ticket.rating.as_ref()), Satisfaction::BadWithComment);
    let found = agent.tickets(ListAsk::first(Source::Search("satisfaction:bad".into()))).await.expect("found");
    assert_eq!(found.rows.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
    town.does(town.ana, rate(Score::Good, None)).await;
    let found = agent.tickets(ListAsk::first(Source::Search("satisfaction:bad".into()))).await.expect("found");
    assert_eq!(found.rows, []);
}

pub async fn metrics_are_told_by_the_history(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    town.does(town.agent, says(id, NewComment::public("Which one?"))).await;
    town.does(town.agent, changes(id, Change::status(Status::Solved))).await;
    let metrics = town.as_(town.agent).metrics(id).await.expect("metrics");
    assert_eq!((metrics.replies, metrics.reopens, metrics.assignee_stations), (1, 0, 1));
    assert!(metrics.reply_time.is_some() && metrics.solved_at.is_some());
    assert_eq!(town.as_(town.agent).metrics(TicketId(9_999)).await.map(|_| ()), Err(Error::NotFound));
}
