//! F: private tickets, and the one way back to them.

use crate::support::world::*;
use guichet::domain::act::{Change, NewTicket};
use guichet::domain::audience::{self, Viewer};
use guichet::domain::comment::{Channel, NewComment, Visibility};
use guichet::domain::event::Event;
use guichet::domain::id::CommentId;
use guichet::domain::person::{PersonRef, Role};
use guichet::domain::refusal::{Refusal, Thing};
use guichet::domain::status::Status;
use guichet::domain::time::Span;
use std::collections::BTreeSet;

/// R110, R111, R112: where private tickets come from.
#[test]
fn a_first_note_makes_a_private_ticket() {
    let private = "opened private new in 1 for Lea by Marc, said private";
    let own_note = NewTicket { comment: NewComment::note("Psst"), ..new_request() };
    check([
        row("R110", World::new(), MARC, create(new_private(LEA)), Ok(private)),
        row("R111", World::new(), MARC, create(new_private(LEA)), Ok(private)).by(Channel::Api),
        row(
            "R112",
            World::new(),
            MARC,
            create(new_private(LEA)),
            Ok("opened public new in 1 for Lea by Marc, said public"),
        )
        .by(Channel::Mail),
        row(
            "R112 by the requester",
            World::new(),
            LEA,
            create(own_note.clone()),
            Ok("opened public new in 1 for Lea by Lea, said public"),
        )
        .by(Channel::Mail),
        row("an end user's is never a note", World::new(), LEA, create(own_note.clone()), Err(Refusal::NoteByEndUser)),
        row("an end user's is never a note", World::new(), LEA, create(own_note), Err(Refusal::NoteByEndUser))
            .by(Channel::Api),
    ]);
}

/// R109: whatever they try, a private ticket answers its requester as a number that was never used does.
#[test]
fn a_private_ticket_does_not_exist_for_end_users() {
    let given = a_ticket().private().cc(UMA).cc(ZOE).status(Status::Pending);
    let world = given.world().and(a_ticket().numbered(guichet::domain::id::TicketId(2)));
    for who in END_USERS {
        let viewer = Viewer::of(&world.people[&who], true);
        assert!(!audience::may_see(&viewer, world.ticket(T)), "{}", name(who));
        for (deed, missing) in every_deed(T, guichet::domain::id::TicketId(2))
            .into_iter()
            .zip(every_deed(MISSING, guichet::domain::id::TicketId(2)))
        {
            let there = format!("{:?}", world.decide(who, Channel::Web, &deed)).replace("TicketId(1)", "TicketId(99)");
            let not_there = format!("{:?}", world.decide(who, Channel::Web, &missing));
            assert_eq!(there, not_there, "{}: {deed:?}", name(who));
            assert!(there.starts_with("Err"));
        }
    }
    let follow = follow_up(T);
    let closed = || a_ticket().private().status(Status::Closed);
    check(END_USERS.map(|who| row("R109", closed(), who, follow.clone(), Err(Refusal::NotFound(Thing::Ticket(T))))));
}

/// R118: until it is public, what comes by mail, chat or from a partner is a note; the requester's answer still counts.
#[test]
fn what_comes_to_a_private_ticket_by_itself_is_a_note() {
    let pending = || a_ticket().private().cc(ZOE).status(Status::Pending);
    let missing = || Err(Refusal::NotFound(Thing::Ticket(T)));
    check([
        row("R118 mail", pending(), LEA, reply(T), Ok("said private, pending→open")).by(Channel::Mail),
        row("R118 a CC's mail", pending(), ZOE, reply(T), Ok("said private, pending→open")).by(Channel::Mail),
        row("R118 an agent's mail", pending(), MARC, reply(T), Ok("said private")).by(Channel::Mail),
        row("R118 chat", pending(), MARC, reply(T), Ok("said private")).by(Channel::Chat),
        row("R118 D26 a partner", pending(), MARC, reply(T), Ok("said private")).by(Channel::Sharing),
        row("R118 a rule", pending(), MARC, reply(T), Ok("said private")).by(Channel::Rule),
        row("R118 a colleague's mail", pending(), TOM, reply(T), missing()).by(Channel::Mail),
        row("R118 a stranger's mail", pending(), NIL, reply(T), missing()).by(Channel::Mail),
        row("R118 in the portal", pending(), LEA, reply(T), missing()),
        row("R123 by choice", pending(), MARC, reply(T), Ok("said public, now public")),
        row("R123 by choice", pending(), MARC, reply(T), Ok("said public, now public")).by(Channel::Api),
        row(
            "public: mail is public",
            a_ticket().status(Status::Pending),
            LEA,
            reply(T),
            Ok("said public, pending→open"),
        )
        .by(Channel::Mail),
    ]);
}

/// R119: time alone never opens a ticket.
#[test]
fn no_timer_opens_a_private_ticket() {
    for status in Status::ALL {
        for timer in Timer::ALL {
            let mut world = a_ticket().private().status(status).world().after(Span::days(400));
            let events = world.run(timer, T).map(|decision| decision.entries[0].events.clone()).unwrap_or_default();
            assert!(!events.iter().any(|event| matches!(event, Event::VisibilityChanged(_) | Event::Notified(_))));
            assert!(!world.ticket(T).is_public());
        }
    }
}

/// R120, R121, R122: a private ticket is a task like others, for an agent or a group, and its organization's.
#[test]
fn a_private_ticket_can_be_a_task() {
    check([
        row(
            "R121 to an agent",
            a_ticket().private(),
            MARC,
            assign(T, Some(INES)),
            Ok("group→2, assignee→Ines, new→open"),
        ),
        row(
            "R121 to a group",
            a_ticket().private().assigned(MARC),
            MARC,
            hand_to(T, Some(FIELD)),
            Ok("group→2, assignee→none"),
        ),
        row("R120 a call is logged", a_ticket().private(), MARC, note(T), Ok("said private")),
        row("R120 and done with", a_ticket().private(), MARC, set(T, Status::Solved), Ok("assignee→Marc, new→solved")),
    ]);
    let mut world = World::new();
    world.act(MARC, &create(new_private(LEA))).unwrap();
    assert_eq!(world.ticket(T).organization, Some(SHOP), "R122");
}

/// R123, R124, R126: a public reply opens it to requester and CCs, new ones included; notes stay among agents.
#[test]
fn a_public_reply_opens_a_private_ticket() {
    let add_zoe = Change { add_ccs: vec![PersonRef::Address(email("zoe@mail.example"))], ..Change::default() };
    let opening = say(T, NewComment::public("Now you know"), add_zoe);
    check([
        row("R123", a_ticket().private(), MARC, reply(T), Ok("said public, now public, new→open")),
        row("R124", a_ticket().private(), MARC, opening.clone(), Ok("said public, now public, ccs+Zoe, new→open")),
        row("a note does not", a_ticket().private(), MARC, note(T), Ok("said private")),
        row("nor a status", a_ticket().private(), MARC, set(T, Status::Pending), Ok("new→pending")),
    ]);
    let mut world = a_ticket().private().note(INES).cc(UMA).world();
    world.act(MARC, &opening).unwrap();
    for who in [LEA, TOM, UMA, ZOE] {
        let viewer = Viewer::of(&world.people[&who], world.people[&who].organization == Some(SHOP));
        assert!(audience::may_see(&viewer, world.ticket(T)), "R117, R124: {}", name(who));
        let read =
            world.comments_of(T).filter(|one| audience::may_read(&viewer, world.ticket(T), one.visibility)).count();
        assert_eq!(read, 1, "R126: {}", name(who));
    }
    assert_eq!(world.request(T).comments, 1, "R126: not even their number tells of notes");
    assert!(!audience::may_see(&Viewer::of(&world.people[&NIL], false), world.ticket(T)));
}

/// R127, R128, R129, D15, D28: the single way back.
#[test]
fn only_a_single_public_comment_turns_into_a_note() {
    let flipped = || Ok("turned into a note, now private");
    let role = || Err(Refusal::Role { needs: Role::Agent });
    let other = guichet::domain::act::Deed::MakeInternal { ticket: T, comment: CommentId(200) };
    let second = a_ticket().numbered(guichet::domain::id::TicketId(2));
    check([
        row("R127", a_ticket(), MARC, make_internal(T), flipped()),
        row("R127 any agent", a_ticket(), INES, make_internal(T), flipped()),
        row("R127 by the API", a_ticket(), ANA, make_internal(T), flipped()).by(Channel::Api),
        row("R127 not its requester", a_ticket(), LEA, make_internal(T), role()),
        row("R127 nor a CC", a_ticket().cc(ZOE), ZOE, make_internal(T), role()),
        row("R127 nor a colleague", a_ticket(), TOM, make_internal(T), role()),
        row("R127 nor a stranger", a_ticket(), NIL, make_internal(T), Err(Refusal::NotFound(Thing::Ticket(T)))),
        row("R128", a_ticket().reply(MARC), MARC, make_internal(T), Err(Refusal::ManyPublicComments)),
        row("R127 beside a note", a_ticket().note(MARC), MARC, make_internal(T), Err(Refusal::StaysPublic)),
        row("R129", a_ticket().private(), MARC, make_internal(T), Err(Refusal::AlreadyNote)),
        row("D13", a_ticket().status(Status::Closed), MARC, make_internal(T), Err(Refusal::Closed(T))),
        row("another ticket's", a_ticket().world().and(second), MARC, other, Err(Refusal::NotFound(Thing::Comment))),
        row(
            "R113",
            a_ticket().world().but(|w| w.settings.private_tickets = false),
            MARC,
            make_internal(T),
            Err(Refusal::PrivateOff),
        ),
    ]);
}

/// R125, R129, D15: what was opened on purpose stays open; what was turned into a note stays one.
#[test]
fn once_public_never_private_again_but_by_the_single_way_back() {
    let mut world = a_ticket().private().world();
    world.act(MARC, &reply(T)).unwrap();
    let answer = CommentId(1001);
    let back = guichet::domain::act::Deed::MakeInternal { ticket: T, comment: answer };
    assert_eq!(world.act(MARC, &back), Err(Refusal::StaysPublic), "R125");

    let mut world = a_ticket().world();
    world.act(MARC, &make_internal(T)).unwrap();
    let viewer = Viewer::of(&world.people[&LEA], true);
    assert!(!audience::may_see(&viewer, world.ticket(T)), "R127: gone from the requester's lists");
    let comment = &world.comments[&CommentId(100)];
    assert!(comment.frozen && comment.visibility == Visibility::Internal, "D15");
    assert_eq!(world.act(MARC, &make_internal(T)), Err(Refusal::AlreadyNote), "R129");
    world.act(MARC, &reply(T)).unwrap();
    assert!(audience::may_see(&viewer, world.ticket(T)), "D15: a new public comment opens it");
    assert_eq!(world.comments[&CommentId(100)].visibility, Visibility::Internal, "R129");
    let second = guichet::domain::act::Deed::MakeInternal { ticket: T, comment: answer };
    assert_eq!(world.act(MARC, &second), Err(Refusal::StaysPublic), "R125: there is one way back, not two");
}

/// Z01, R123: before it is sent, the composer can say who will see it, and that it opens the ticket for good.
#[test]
fn the_audience_is_known_before_sending() {
    let private = a_ticket().private().cc(ZOE).world();
    let public = a_ticket().cc(ZOE).world();
    let reply = audience::audience(private.ticket(T), Visibility::Public, false);
    assert_eq!((reply.requester, reply.ccs, reply.makes_public), (Some(LEA), BTreeSet::from([ZOE]), true));
    let shared = audience::audience(public.ticket(T), Visibility::Public, true);
    assert!(shared.colleagues, "R166: the requester's organization reads it too");
    let reply = audience::audience(public.ticket(T), Visibility::Public, false);
    assert_eq!((reply.requester, reply.makes_public), (Some(LEA), false));
    for world in [private, public] {
        let note = audience::audience(world.ticket(T), Visibility::Internal, false);
        assert_eq!((note.requester, note.ccs.len(), note.makes_public), (None, 0, false));
    }
}
