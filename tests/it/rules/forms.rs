//! Forms: what stands on them for whom, what must be filled in to make and to solve tickets, and forms that nobody could
//! fill in.

use crate::support::world::*;
use guichet::domain::account::Appearance;
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::field::{Access, Field, FieldType, SystemField, Value};
use guichet::domain::form::Reader;
use guichet::domain::id::{FieldId, RuleId, TicketId};
use guichet::domain::refusal::Refusal;
use guichet::domain::rule::{Action, Trigger};
use guichet::domain::setup::Item;
use guichet::domain::status::{Priority, Status};
use std::collections::BTreeMap;

fn text(id: FieldId, title: &str) -> Field {
    field(id, title, FieldType::Text)
}

fn missing(titles: &[&str]) -> Refusal {
    Refusal::Required { fields: titles.iter().map(|title| (*title).to_owned()).collect() }
}

fn solving(fields: BTreeMap<FieldId, String>) -> Deed {
    change(T, Change { fields, ..Change::status(Status::Solved) })
}

/// Software with a model that must be there to submit, and a cost that only agents know and that must be there to solve.
fn desk() -> World {
    let model =
        Field { required_to_submit: true, requester_title: Some("Your model".to_owned()), ..text(MODEL, "Model") };
    let cost = Field { required_to_solve: true, access: Access::Agents, ..text(COST, "Cost") };
    World::new().with_field(model).with_field(cost)
}

fn software() -> Given {
    a_ticket().assigned(MARC).status(Status::Open).but(|ticket| ticket.kind = Some(SOFTWARE))
}

/// D19: whoever submits fills in what must be there, by whatever way; titles are told as they read them.
#[test]
fn a_request_without_what_must_be_there_is_refused() {
    let with = |fields| create(NewTicket { fields, ..new_request() });
    let your = || Err(missing(&["Your model"]));
    check([
        row("D19", desk(), LEA, with(filled([])), your()),
        row("D19", desk(), LEA, with(filled([])), your()).by(Channel::Api),
        row("D19", desk(), LEA, with(filled([])), your()).by(Channel::Mail),
        row("D19", desk(), LEA, with(filled([(MODEL, "  ")])), your()),
        row(
            "D19",
            desk(),
            LEA,
            with(filled([(MODEL, "x100")])),
            Ok("opened public new in 1 for Lea by Lea, said public"),
        ),
        row(
            "agents submit for others without it",
            desk(),
            MARC,
            create(NewTicket { kind: Some(SOFTWARE), ..new_ticket(LEA) }),
            Ok("opened public new in 1 for Lea by Marc, said public"),
        ),
    ]);
}

/// D19, R150: nobody solves a ticket without what must be there then: at once, by a change, by an answer.
#[test]
fn a_ticket_is_solved_with_what_must_be_there() {
    let at_once = |fields| {
        let new = NewTicket { kind: Some(SOFTWARE), status: Some(Status::Solved), fields, ..new_ticket(LEA) };
        create(new)
    };
    let cost = || Err(missing(&["Cost"]));
    let desk = || desk().and(software());
    check([
        row("D19", desk(), MARC, at_once(filled([])), cost()),
        row("D19", desk(), MARC, solving(filled([])), cost()),
        row("D19", desk(), MARC, solving(filled([])), cost()).by(Channel::Api),
        row("D19", desk(), MARC, set(T, Status::Closed), cost()),
        row("D19", desk(), MARC, say(T, NewComment::public("Done"), Change::status(Status::Solved)), cost()),
        row("D19", desk(), MARC, solving(filled([(COST, "12")])), Ok("field 52: nothing to 12, open→solved")),
    ]);
}

/// R150, R151: what nobody needs is not asked for.
#[test]
fn what_is_optional_may_stay_empty() {
    let world = World::new()
        .with_field(text(MODEL, "Model"))
        .with_field(Field { access: Access::Agents, ..text(COST, "Cost") });
    let mut submitted = world.clone();
    submitted.act(LEA, &create(new_request())).expect("R151");
    let mut solved = world.and(software());
    solved.act(MARC, &solving(filled([]))).expect("R150");
}

/// D12, D19, R149: a requester who marks as solved is held to what they may fill in, and hears of nothing else.
#[test]
fn requesters_are_held_to_what_they_may_fill_in() {
    let given = || desk().and(software());
    check([row("D12", given(), LEA, set(T, Status::Solved), Ok("open→solved"))]);
    let theirs = Field { required_to_solve: true, ..text(MODEL, "Model") };
    let given = || World::new().with_field(theirs.clone()).and(software());
    check([
        row("D19", given(), LEA, set(T, Status::Solved), Err(missing(&["Model"]))),
        row("D19", given(), LEA, solving(filled([(MODEL, "x")])), Ok("field 51: nothing to x, open→solved")),
    ]);
}

/// D19: from a solved ticket nothing is taken that had to be there; what was missing before may stay so.
#[test]
fn what_had_to_be_there_stays_while_it_is_solved() {
    let solved = || software().status(Status::Solved);
    let with = desk().and(solved().but(|ticket| {
        ticket.fields.insert(COST, Value::Text("12".to_owned()));
    }));
    let empty = change(T, Change { fields: filled([(COST, "")]), ..Change::default() });
    check([
        row("D19", with, MARC, empty, Err(missing(&["Cost"]))),
        row("D19", desk().and(solved()), MARC, note(T), Ok("said private")),
    ]);
}

/// D19: what every ticket has can be needed to solve it, under the name that the admin gave it.
#[test]
fn what_every_ticket_has_can_be_needed() {
    let how =
        Field { title: "Urgency".to_owned(), required_to_solve: true, ..system(FieldId(61), SystemField::Priority) };
    let given = World::new().with(Item::Field(how)).and(software());
    let with = Change { priority: Some(Some(Priority::Low)), ..Change::status(Status::Solved) };
    check([
        row("D19", given.clone(), MARC, set(T, Status::Solved), Err(missing(&["Urgency"]))),
        row("D19", given, MARC, change(T, with), Ok("priority→low, open→solved")),
    ]);
}

/// D19: a trigger solves nothing without what must be there, and the history says so; what happens by itself does, and the
/// history says that too.
#[test]
fn programs_are_held_to_it_and_timers_tell() {
    let trigger = Trigger {
        id: RuleId(70),
        title: "Solve".to_owned(),
        description: String::new(),
        active: true,
        position: 1,
        when: guichet::domain::condition::Condition::EVERYTHING,
        then: vec![Action::Status(Status::Solved)],
    };
    let given = desk().and(software()).with(Item::Trigger(trigger));
    check([row("D19", given, MARC, note(T), Ok("said private; trigger Solve, not status: solved: required"))]);
    let mut pending = desk().and(software().status(Status::Pending));
    for item in &mut pending.items {
        if let Item::Automation(rule) = item
            && rule.slug == "end"
        {
            rule.then = vec![Action::Status(Status::Solved)];
        }
    }
    let mut pending = pending.after(guichet::domain::time::Span::days(6));
    let decision = pending.run(Timer::End, T).expect("it is due");
    assert!(told(&decision).contains("pending→solved, without field 52"), "{}", told(&decision));
    assert_eq!(pending.status(T), Status::Solved);
}

/// D13, D19, R178: a follow-up begins with what its source held.
#[test]
fn a_follow_up_holds_what_its_source_held() {
    let closed = software().status(Status::Closed).but(|ticket| {
        ticket.fields.insert(MODEL, Value::Text("x100".to_owned()));
    });
    let mut world = desk().and(closed);
    world.act(LEA, &follow_up(T)).expect("the model is known");
    assert_eq!(world.ticket(TicketId(2)).fields[&MODEL], Value::Text("x100".to_owned()));
}

/// A field appears when another holds something, for that long; what does not appear is not needed, and not taken.
#[test]
fn fields_appear_when_others_hold_something() {
    let part = Field { required_to_submit: true, ..text(PART, "Part") };
    let world = World::new()
        .with_field(field(MODEL, "Model", FieldType::Choice(options(&["x100", "x200"]))))
        .with_field(part)
        .with_kind(|kind| kind.conditions = vec![when(MODEL, "x200", &[PART])]);
    let with = |fields| create(NewTicket { fields, ..new_request() });
    let opened = Ok("opened public new in 1 for Lea by Lea, said public");
    check([
        row("nothing chosen", world.clone(), LEA, with(filled([])), opened.clone()),
        row("another one", world.clone(), LEA, with(filled([(MODEL, "x100")])), opened.clone()),
        row("D19", world.clone(), LEA, with(filled([(MODEL, "x200")])), Err(missing(&["Part"]))),
        row("given", world.clone(), LEA, with(filled([(MODEL, "x200"), (PART, "Lid")])), opened),
        row(
            "not there",
            world,
            LEA,
            with(filled([(MODEL, "x100"), (PART, "Lid")])),
            Err(Refusal::NotOnForm { field: "Part".to_owned() }),
        ),
    ]);
}

/// A condition can make what it shows needed, to submit and to solve.
#[test]
fn a_condition_can_ask_for_what_it_shows() {
    let sure = Appearance { required: true, ..when(MODEL, "true", &[PART]) };
    let world = World::new()
        .with_field(field(MODEL, "Broken", FieldType::Checkbox { tag: None }))
        .with_field(text(PART, "Part"))
        .with_kind(|kind| kind.conditions = vec![sure]);
    let with = |fields| create(NewTicket { fields, ..new_request() });
    check([row("D19", world.clone(), LEA, with(filled([(MODEL, "yes")])), Err(missing(&["Part"])))]);
    let broken = software().but(|ticket| {
        ticket.fields.insert(MODEL, Value::Checked(true));
    });
    check([row("D19", world.and(broken), MARC, set(T, Status::Solved), Err(missing(&["Part"])))]);
}

/// R149: what appears by something that requesters do not see never appears to them; agents see the whole form.
#[test]
fn requesters_see_nothing_that_hidden_fields_decide() {
    let setup = World::new()
        .with_field(Field { access: Access::Agents, ..field(COST, "Cost", FieldType::Choice(options(&["high"]))) })
        .with_field(text(PART, "Part"))
        .with_kind(|kind| kind.conditions = vec![when(COST, "high", &[PART])])
        .setup();
    let values = BTreeMap::from([(COST, Value::Choice(options(&["high"])[0].tag.clone()))]);
    let shown = |reader| -> Vec<FieldId> {
        setup.form(Some(SOFTWARE), reader).lines(&values).iter().map(|line| line.field.id).collect()
    };
    assert_eq!(shown(Reader::Agent), [COST, PART]);
    assert!(shown(Reader::Requester).is_empty());
    let told = setup.kinds_for(Reader::Requester);
    assert!(told.iter().all(|kind| kind.fields.is_empty() && kind.conditions.is_empty()), "{told:?}");
}
