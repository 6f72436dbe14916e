//! Types, problems and their incidents.

use crate::support::world::*;
use guichet::domain::act::{Act, Change, Deed, NewTicket, Who};
use guichet::domain::case::{CaseDeed, Rating, Satisfaction, Score, TicketType};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::decide;
use guichet::domain::id::{CommentId, TicketId};
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::status::Status;

const PROBLEM: TicketId = TicketId(2);

fn of(one: TicketType) -> Given {
    a_ticket().status(Status::Open).assigned(MARC).but(|ticket| ticket.ticket_type = Some(one))
}

fn incident() -> Given {
    of(TicketType::Incident)
}

/// An incident, or whatever is given, beside a problem.
fn beside(given: Given) -> World {
    given.world().and(of(TicketType::Problem).numbered(PROBLEM))
}

fn typed(to: Option<TicketType>) -> Change {
    Change { ticket_type: Some(to), ..Change::default() }
}

fn linked(to: Option<TicketId>) -> Change {
    Change { problem: Some(to), ..Change::default() }
}

fn both(one: TicketType) -> Change {
    Change { ticket_type: Some(Some(one)), problem: Some(Some(PROBLEM)), ..Change::default() }
}

#[test]
fn agents_say_what_sort_of_case_a_ticket_is() {
    let task = || typed(Some(TicketType::Task));
    check([
        row("a task", a_ticket(), MARC, change(T, task()), Ok("type→task")),
        row("again", of(TicketType::Task), MARC, change(T, task()), Ok("")),
        row("none", of(TicketType::Task), MARC, change(T, typed(None)), Ok("type→none")),
        row("its requester", a_ticket(), LEA, change(T, task()), Err(Refusal::AgentsOnly(Field::Type))),
        row("a stranger", a_ticket(), NIL, change(T, task()), Err(Refusal::NotFound(Thing::Ticket(T)))),
        row(
            "closed",
            of(TicketType::Task).status(Status::Closed),
            MARC,
            change(T, typed(None)),
            Err(Refusal::Closed(T)),
        ),
    ]);
}

#[test]
fn only_an_incident_has_a_problem_and_only_a_problem_has_incidents() {
    let is = |one| beside(of(one));
    let problem = |id| change(T, linked(Some(id)));
    check([
        row("linked", beside(incident()), MARC, problem(PROBLEM), Ok("problem→2")),
        row("at once", beside(a_ticket()), MARC, change(T, both(TicketType::Incident)), Ok("type→incident, problem→2")),
        row("no type", beside(a_ticket()), MARC, problem(PROBLEM), Err(Refusal::NotAnIncident)),
        row("a question", is(TicketType::Question), MARC, problem(PROBLEM), Err(Refusal::NotAnIncident)),
        row("a problem", is(TicketType::Problem), MARC, problem(PROBLEM), Err(Refusal::NotAnIncident)),
        row("a task", beside(a_ticket()), MARC, change(T, both(TicketType::Task)), Err(Refusal::NotAnIncident)),
        row("to itself", beside(incident()), MARC, problem(T), Err(Refusal::NotAProblem(T))),
        row("to nothing", beside(incident()), MARC, problem(MISSING), Err(Refusal::NotFound(Thing::Ticket(MISSING)))),
        row("its requester", beside(incident()), LEA, problem(PROBLEM), Err(Refusal::AgentsOnly(Field::Problem))),
    ]);
    let other = incident().world().and(incident().numbered(PROBLEM));
    check([row("an incident", other, MARC, problem(PROBLEM), Err(Refusal::NotAProblem(PROBLEM)))]);
}

#[test]
fn what_is_no_incident_any_more_has_no_problem() {
    let given = || beside(incident().but(|ticket| ticket.problem = Some(PROBLEM)));
    check([
        row("unlinked", given(), MARC, change(T, linked(None)), Ok("problem→none")),
        row("again", given(), MARC, change(T, linked(Some(PROBLEM))), Ok("")),
        row(
            "a question",
            given(),
            MARC,
            change(T, typed(Some(TicketType::Question))),
            Ok("problem→none, type→question"),
        ),
        row("nothing", given(), MARC, change(T, typed(None)), Ok("problem→none, type→none")),
    ]);
}

/// The problem must be one with which the agent works: nobody learns by linking that there is a ticket of a number.
#[test]
fn a_problem_out_of_sight_is_as_if_it_were_not() {
    let mut world = beside(incident());
    let agent = world.people.get_mut(&MARC).unwrap();
    agent.restriction = guichet::domain::person::Restriction::Assigned;
    world.tickets.get_mut(&PROBLEM).unwrap().assignee = Some(INES);
    let refused = Err(Refusal::NotFound(Thing::Ticket(PROBLEM)));
    check([row("out of sight", world, MARC, change(T, linked(Some(PROBLEM))), refused)]);
}

#[test]
fn a_ticket_begins_as_an_incident_of_a_problem() {
    let new = |ticket_type, problem| {
        create(NewTicket { ticket_type, problem, kind: Some(HARDWARE), ..NewTicket::new("x", NewComment::public("x")) })
    };
    let opened = |ticket_type, problem| {
        let mut world = beside(a_ticket());
        let outcome = world.act(MARC, &new(ticket_type, problem))?.outcome;
        let ticket = &world.tickets[&outcome.ticket.unwrap()];
        Ok((ticket.ticket_type, ticket.problem))
    };
    let incident = Some(TicketType::Incident);
    assert_eq!(opened(incident, Some(PROBLEM)), Ok((incident, Some(PROBLEM))));
    assert_eq!(opened(incident, None), Ok((incident, None)));
    assert_eq!(opened(None, Some(PROBLEM)), Err(Refusal::NotAnIncident));
    assert_eq!(opened(incident, Some(T)), Err(Refusal::NotAProblem(T)));
}

#[test]
fn rules_set_types() {
    let mut world = beside(incident().but(|ticket| ticket.problem = Some(PROBLEM)))
        .trigger("Waits", "type is incident and status changed to pending", &["type: task"])
        .trigger("Became", "type changed to task", &["add tags: todo"])
        .trigger("Left", "type changed from incident", &["type: none"]);
    let told = world.act(MARC, &set(T, Status::Pending)).map(|decision| told(&decision));
    let by_rules = "trigger Waits, problem→none, type→task, trigger Became, tags+todo, trigger Left, type→none";
    assert_eq!(told, Ok(format!("open→pending; {by_rules}")));
}

/// A problem that Marc solves while something is said, and what waits for it then.
fn solved(deed: &Deed) -> World {
    let mut world = a_ticket().world().and(of(TicketType::Problem).numbered(PROBLEM));
    world.act(MARC, deed).expect("Marc works with it");
    world
}

/// Lets the account solve the incident that is given with the problem.
fn settled(world: &World, given: Given) -> Result<String, Refusal> {
    let mut world = world.clone().and(given.but(|ticket| ticket.problem = Some(PROBLEM)));
    let comment = world.access.solved[&PROBLEM];
    let deed = Deed::Case(CaseDeed::Solve { ticket: T, problem: PROBLEM, comment });
    let act = Act { who: Who::System, via: Channel::Rule, deed };
    let decision = decide::decide(&world.facts(Who::System, &act.deed), &act, NOW)?;
    world.apply(&decision);
    assert_eq!(world.status(T), Status::Solved);
    Ok(told(&decision))
}

/// Zendesk: solving a problem solves its incidents, and what was said in public then is said on each.
#[test]
fn incidents_are_solved_with_their_problem() {
    let silent = solved(&set(PROBLEM, Status::Solved));
    let said = solved(&say(PROBLEM, NewComment::public("Mended."), Change::status(Status::Solved)));
    let noted = solved(&say(PROBLEM, NewComment::note("Ugh."), Change::status(Status::Solved)));
    let rows = [
        ("silently", &silent, incident(), Ok("solved with #2, open→solved")),
        ("with what was said", &said, incident(), Ok("solved with #2, said public, open→solved")),
        ("notes stay", &noted, incident(), Ok("solved with #2, open→solved")),
        ("pending", &silent, incident().status(Status::Pending), Ok("solved with #2, pending→solved")),
        ("private", &said, incident().private(), Ok("solved with #2, said private, open→solved")),
        ("nobody's", &silent, incident().but(|t| t.assignee = None), Ok("solved with #2, assignee→Marc, open→solved")),
        ("solved before", &said, incident().status(Status::Solved), Err(Refusal::NotDue)),
        ("closed", &said, incident().status(Status::Closed), Err(Refusal::NotDue)),
    ];
    for (what, world, given, expected) in rows {
        assert_eq!(settled(world, given).as_deref().map_err(Clone::clone), expected, "{what}");
    }
}

#[test]
fn only_a_problem_that_is_solved_lets_incidents_be_solved() {
    let waits = |given: Given, who, deed: &Deed| {
        let mut world = given.world();
        world.act(who, deed).expect("it can be done");
        world.access.solved.contains_key(&T)
    };
    let problem = || of(TicketType::Problem);
    assert!(waits(problem(), MARC, &set(T, Status::Solved)));
    assert!(waits(
        a_ticket().assigned(MARC),
        MARC,
        &change(T, Change { status: Some(Status::Solved), ..typed(Some(TicketType::Problem)) })
    ));
    assert!(waits(problem(), LEA, &set(T, Status::Solved)), "its requester solves it too");
    assert!(!waits(problem(), MARC, &set(T, Status::Pending)));
    assert!(!waits(problem(), MARC, &set(T, Status::Closed)), "what is only over is not solved");
    assert!(!waits(incident(), MARC, &set(T, Status::Solved)));
    assert!(!waits(problem().status(Status::Solved), MARC, &note(T)), "it was solved before");
    let mut world = problem().world().trigger("Solves", "comment is internal", &["status: solved"]);
    world.act(MARC, &note(T)).expect("a note");
    assert!(world.access.solved.contains_key(&T), "a rule solves it too");
}

/// People do not solve incidents in the account's name.
#[test]
fn only_the_account_solves_incidents() {
    let deed = Deed::Case(CaseDeed::Solve { ticket: T, problem: PROBLEM, comment: Some(CommentId(1)) });
    for who in EVERYBODY {
        assert!(beside(incident()).decide(who, Channel::Web, &deed).is_err(), "{}", name(who));
    }
}

fn rates(score: Score, comment: Option<&str>) -> Deed {
    Deed::Case(CaseDeed::Rate { ticket: T, score, comment: comment.map(str::to_owned) })
}

fn asking(given: Given) -> World {
    given.world().but(|world| world.settings.ratings = true)
}

/// Zendesk: the requester of a solved ticket, or of one that was solved and opened again, rates it until it is closed.
#[test]
fn a_requester_rates_what_was_solved() {
    let with = |status| a_ticket().status(status).assigned(MARC);
    let done = || asking(with(Status::Solved));
    let good = || rates(Score::Good, None);
    let again = with(Status::Open).but(|ticket| ticket.reopened = 1);
    let long = "x".repeat(Rating::MAX_COMMENT_CHARS + 1);
    let max = Rating::MAX_COMMENT_CHARS as u64;
    check([
        row("good", done(), LEA, good(), Ok("rated good")),
        row("bad and why", done(), LEA, rates(Score::Bad, Some("Late.")), Ok("rated bad and why")),
        row("blanks are no why", done(), LEA, rates(Score::Bad, Some("  ")), Ok("rated bad")),
        row("opened again", asking(again), LEA, good(), Ok("rated good")),
        row("not solved yet", asking(with(Status::Open)), LEA, good(), Err(Refusal::NotRateable)),
        row("closed", asking(with(Status::Closed)), LEA, good(), Err(Refusal::NotRateable)),
        row("off", with(Status::Solved), LEA, good(), Err(Refusal::RatingsOff)),
        row("a colleague", done(), TOM, good(), Err(Refusal::RequesterOnly)),
        row("in copy", asking(with(Status::Solved).cc(ZOE)), ZOE, good(), Err(Refusal::RequesterOnly)),
        row("an agent", done(), MARC, good(), Err(Refusal::RequesterOnly)),
        row("a stranger", done(), NIL, good(), Err(Refusal::NotFound(Thing::Ticket(T)))),
        row("private", asking(with(Status::Solved).private()), LEA, good(), Err(Refusal::NotFound(Thing::Ticket(T)))),
        row(
            "too long",
            done(),
            LEA,
            rates(Score::Bad, Some(&long)),
            Err(Refusal::TooLong { field: Field::Comment, max }),
        ),
    ]);
}

#[test]
fn a_rating_is_offered_once_and_can_change() {
    let mut world = asking(a_ticket().status(Status::Open).assigned(MARC));
    let satisfaction = |world: &World| Satisfaction::of(world.ticket(T).rating.as_ref());
    let mut does = |who, deed: &Deed| told(&world.act(who, deed).expect("it can be done"));
    assert_eq!(does(MARC, &set(T, Status::Solved)), "open→solved, rating offered");
    assert_eq!(does(LEA, &rates(Score::Bad, Some("Late."))), "rated bad and why");
    assert_eq!(does(LEA, &rates(Score::Bad, Some("Late."))), "");
    assert_eq!(does(LEA, &reply(T)), "said public, solved→open");
    assert_eq!(does(LEA, &rates(Score::Good, None)), "rated good");
    assert_eq!(does(MARC, &set(T, Status::Solved)), "open→solved");
    assert_eq!(satisfaction(&world), Satisfaction::Good);
    assert_eq!(world.ticket(T).rating.as_ref().and_then(|rating| rating.assignee), Some(MARC));
}

#[test]
fn what_is_asked_of_a_rating_is_true_of_it() {
    let rating = |score, comment: Option<&str>| Rating {
        score,
        comment: comment.map(str::to_owned),
        created_at: NOW,
        updated_at: NOW,
        assignee: None,
        group: None,
    };
    let rows = [
        (None, vec![Satisfaction::Unoffered]),
        (Some(rating(None, None)), vec![Satisfaction::Offered]),
        (Some(rating(Some(Score::Bad), None)), vec![Satisfaction::Bad]),
        (Some(rating(Some(Score::Bad), Some("x"))), vec![Satisfaction::Bad, Satisfaction::BadWithComment]),
        (Some(rating(Some(Score::Good), None)), vec![Satisfaction::Good]),
        (Some(rating(Some(Score::Good), Some("x"))), vec![Satisfaction::Good, Satisfaction::GoodWithComment]),
    ];
    for (rating, expected) in rows {
        let holds = Satisfaction::ALL.into_iter().filter(|one| one.holds(rating.as_ref()));
        assert_eq!(holds.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn rules_see_how_a_request_was_rated() {
    let mut world = asking(a_ticket().status(Status::Solved).assigned(MARC))
        .trigger("Bad", "satisfaction changed to bad", &["add tags: unhappy"])
        .trigger("Any", "satisfaction changed and satisfaction is bad_with_comment", &["priority: high"]);
    let told = world.act(LEA, &rates(Score::Bad, Some("Late."))).map(|decision| told(&decision));
    assert_eq!(told.as_deref(), Ok("rated bad and why; trigger Bad, tags+unhappy, trigger Any, priority→high"));
}
