//! Two tickets about one thing become one.

use crate::support::world::*;
use guichet::domain::comment::NewComment;
use guichet::domain::id::TicketId;
use guichet::domain::person::Role;
use guichet::domain::refusal::{Refusal, Thing};
use guichet::domain::status::Status;

const OTHER: TicketId = TicketId(2);

fn two(source: Given, target: Given) -> World {
    source.world().and(target.numbered(OTHER))
}

#[test]
fn the_source_closes_and_the_target_goes_on() {
    let open = || a_ticket().status(Status::Open);
    let public = || merge_saying(T, OTHER, NewComment::public("See there"));
    let tagged = || open().but(|ticket| ticket.tags = tags(&["closed_by_merge"]));
    check([
        row(
            "with notes",
            two(open(), open()),
            MARC,
            merge(T, OTHER),
            Ok("said private, tags+closed_by_merge, merged into #2, open→closed; #2: said private, merged from #1"),
        ),
        row(
            "in public",
            two(open(), open()),
            MARC,
            public(),
            Ok("said public, tags+closed_by_merge, merged into #2, open→closed; #2: said public, merged from #1"),
        ),
        row(
            "tagged before",
            two(tagged(), open()),
            MARC,
            merge(T, OTHER),
            Ok("said private, merged into #2, open→closed; #2: said private, merged from #1"),
        ),
        row(
            "a solved one",
            two(a_ticket().status(Status::Solved), open()),
            MARC,
            merge(T, OTHER),
            Ok("said private, tags+closed_by_merge, merged into #2, solved→closed; #2: said private, merged from #1"),
        ),
        row("into itself", two(open(), open()), MARC, merge(T, T), Err(Refusal::MergeIntoItself)),
        row(
            "D13 a closed source",
            two(a_ticket().status(Status::Closed), open()),
            MARC,
            merge(T, OTHER),
            Err(Refusal::Closed(T)),
        ),
        row(
            "D13 a closed target",
            two(open(), a_ticket().status(Status::Closed)),
            MARC,
            merge(T, OTHER),
            Err(Refusal::Closed(OTHER)),
        ),
        row(
            "no such target",
            two(open(), open()),
            MARC,
            merge(T, MISSING),
            Err(Refusal::NotFound(Thing::Ticket(MISSING))),
        ),
        row(
            "no such source",
            two(open(), open()),
            MARC,
            merge(MISSING, T),
            Err(Refusal::NotFound(Thing::Ticket(MISSING))),
        ),
        row("a requester", two(open(), open()), LEA, merge(T, OTHER), Err(Refusal::Role { needs: Role::Agent })),
        row("a stranger", two(open(), open()), NIL, merge(T, OTHER), Err(Refusal::NotFound(Thing::Ticket(T)))),
    ]);
    let mut world = two(open(), open());
    world.act(MARC, &merge(T, OTHER)).unwrap();
    assert_eq!((world.ticket(T).merged_into, world.status(T)), (Some(OTHER), Status::Closed));
    assert_eq!(world.act(MARC, &merge(T, OTHER)), Err(Refusal::Closed(T)), "not twice");
}

/// R109, R125: a merge tells nobody of a ticket that is not theirs, and opens no private one in passing.
#[test]
fn a_merge_tells_nobody_what_is_not_theirs() {
    let open = || a_ticket().status(Status::Open);
    let public = || merge_saying(T, OTHER, NewComment::public("See there"));
    for (line, source, target) in [
        ("R109 a private source", open().private(), open()),
        ("R109 a private target", open(), open().private()),
        ("both private", open().private(), open().private()),
        ("two requesters", open(), open().of(NIL)),
    ] {
        let notes = "said private, tags+closed_by_merge, merged into #2, open→closed; #2: said private, merged from #1";
        check([
            row(line, two(source.clone(), target.clone()), MARC, public(), Err(Refusal::MergeWouldTell)),
            row(line, two(source, target), MARC, merge(T, OTHER), Ok(notes)),
        ]);
    }
}
