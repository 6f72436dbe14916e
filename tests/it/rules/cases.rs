//! Types, problems and their incidents.

use crate::support::world::*;
use guichet::domain::act::{Change, NewTicket};
use guichet::domain::case::TicketType;
use guichet::domain::comment::NewComment;
use guichet::domain::id::TicketId;
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
