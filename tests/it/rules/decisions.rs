//! K: the decisions that concern tickets (D7, D11-D13, D17, D19).

use crate::support::world::*;
use guichet::domain::act::Setting;
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::{Channel, NewComment, Upload, UploadToken};
use guichet::domain::id::{KindId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::status::{Priority, Status};
use std::collections::BTreeSet;

/// D11: an agent who answers or takes a new ticket opens it; nothing makes it New again.
#[test]
fn a_ticket_is_new_until_somebody_takes_it() {
    check([
        row("D11 answered", a_ticket(), MARC, reply(T), Ok("said public, new→open")),
        row("D11 taken", a_ticket(), MARC, assign(T, Some(MARC)), Ok("assignee→Marc, new→open")),
        row("D11 by its requester: not", a_ticket(), LEA, reply(T), Ok("said public")),
        row("D11 a note: not", a_ticket(), MARC, note(T), Ok("said private")),
        row("D11 to a group: not", a_ticket(), MARC, hand_to(T, Some(FIELD)), Ok("group→2")),
        row("D11 an agent's own: not", a_ticket().of(MARC), MARC, reply(T), Ok("said public")),
        row("D11 still New", a_ticket(), MARC, set(T, Status::New), Ok("")),
    ]);
    let others = Status::ALL.into_iter().filter(|status| ![Status::New, Status::Closed].contains(status));
    check(
        others.map(|status| row("D11", a_ticket().status(status), MARC, set(T, Status::New), Err(Refusal::BackToNew))),
    );
}

/// D12: a requester may solve what somebody works on.
#[test]
fn a_requester_solves_an_assigned_request() {
    let with = |status| a_ticket().status(status).assigned(MARC);
    let thanks = say(T, NewComment::public("Thanks"), Change::status(Status::Solved));
    check([
        row("D12", with(Status::Open), LEA, set(T, Status::Solved), Ok("open→solved")),
        row("D12", with(Status::Pending), LEA, set(T, Status::Solved), Ok("pending→solved")),
        row("D12", with(Status::Hold), LEA, set(T, Status::Solved), Ok("hold→solved")),
        row("D12 with thanks", with(Status::Pending), LEA, thanks.clone(), Ok("said public, pending→solved")),
        row("D12 solved twice", with(Status::Solved), LEA, thanks, Ok("said public")),
        row("D12 unassigned", a_ticket(), LEA, set(T, Status::Solved), Err(Refusal::NotAssigned)),
        row("D12 closed", with(Status::Closed), LEA, set(T, Status::Solved), Err(Refusal::Closed(T))),
    ]);
    for status in Status::ALL.into_iter().filter(|status| *status != Status::Solved) {
        check([row(
            "D12 nothing else",
            with(Status::Open),
            LEA,
            set(T, status),
            Err(Refusal::AgentsOnly(Field::Status)),
        )]);
    }
}

/// D13: a closed ticket refuses every act, by everybody, by every way.
#[test]
fn a_closed_ticket_refuses_every_act() {
    let other = TicketId(2);
    for given in [a_ticket(), a_ticket().private(), a_ticket().assigned(MARC), a_ticket().reply(MARC).cc(ZOE)] {
        let world = given.status(Status::Closed).world().and(a_ticket().numbered(other));
        for who in EVERYBODY {
            for via in Channel::ALL {
                for deed in every_deed(T, other) {
                    let answer = world.decide(who, via, &deed);
                    assert!(answer.is_err(), "{} by {via:?}: {deed:?}", name(who));
                    let update = matches!(deed, Deed::UpdateTicket { .. });
                    if update && STAFF.contains(&who) {
                        assert_eq!(answer, Err(Refusal::Closed(T)));
                    }
                }
            }
        }
    }
}

/// D17: at most 48 in copy, each once, never the requester; followers are agents.
#[test]
fn copies_and_followers_have_bounds() {
    let many = |from: usize, n: usize| -> Vec<PersonRef> {
        (from..from + n).map(|at| PersonRef::Address(email(&format!("p{at}@x.example")))).collect()
    };
    let adding = |add_ccs| change(T, Change { add_ccs, ..Change::default() });
    let too_many = Err(Refusal::TooLong { field: Field::Ccs, max: 48 });
    let mut world = a_ticket().status(Status::Open).world();
    world.act(MARC, &adding(many(0, 48))).unwrap();
    assert_eq!(world.ticket(T).ccs.len(), 48);
    world.act(MARC, &adding(many(0, 48))).unwrap();
    assert_eq!(world.ticket(T).ccs.len(), 48, "each once");
    assert_eq!(world.act(MARC, &adding(many(48, 1))), too_many);
    let swap = Change {
        remove_ccs: world.ticket(T).ccs.iter().take(1).copied().collect(),
        add_ccs: many(48, 1),
        ..Change::default()
    };
    world.act(MARC, &change(T, swap)).unwrap();
    assert_eq!(world.ticket(T).ccs.len(), 48);
    let opening = |n| create(NewTicket { ccs: many(0, n), ..new_request() });
    assert!(World::new().act(LEA, &opening(48)).is_ok());
    assert_eq!(World::new().act(LEA, &opening(49)), too_many);
    assert_eq!(World::new().act(LEA, &opening(100_000)), too_many);
    check([
        row("D17", a_ticket(), MARC, add_follower(T, INES), Ok("followers+Ines")),
        row("D17 no end users", a_ticket(), MARC, add_follower(T, TOM), Err(Refusal::NotAnAgent(Field::Followers))),
        row("D17 nobody", a_ticket(), MARC, add_follower(T, NOBODY), Err(Refusal::NotFound(Thing::Person))),
        row("D17 the requester is no CC", a_ticket(), MARC, add_cc(T, "lea@mail.example"), Ok("")),
        row("D17 a CC", a_ticket(), MARC, add_cc(T, "ZOE@mail.example"), Ok("ccs+Zoe")),
        row(
            "D17 a new one",
            a_ticket(),
            LEA,
            add_cc(T, "jo@mail.example"),
            Ok("account: person 101 as end-user; ccs+101"),
        ),
        row(
            "R165 a CC who becomes requester",
            a_ticket().cc(ZOE),
            MARC,
            give_to(T, ZOE),
            Ok("requester→Zoe, organization→none, ccs-Zoe"),
        ),
    ]);
}

/// D19: whatever way they come by, requests need subject, words and a kind, tickets subject and words, and what an agent
/// solves has somebody who solved it; timers need nobody.
#[test]
fn what_is_required_is_required_by_every_way() {
    let made = |change: fn(&mut NewTicket), mut base: NewTicket| {
        change(&mut base);
        create(base)
    };
    for via in Channel::ALL {
        for (who, base) in [(LEA, new_request()), (MARC, new_ticket(LEA))] {
            check([
                row(
                    "D19",
                    World::new(),
                    who,
                    made(|new| new.subject.clear(), base.clone()),
                    Err(Refusal::Empty(Field::Subject)),
                )
                .by(via),
                row(
                    "D19",
                    World::new(),
                    who,
                    made(|new| new.comment.body.clear(), base),
                    Err(Refusal::Empty(Field::Comment)),
                )
                .by(via),
            ]);
        }
        // A mail has nothing to choose with.
        if via != Channel::Mail {
            let kindless = made(|new| new.kind = None, new_request());
            check([row("D19", World::new(), LEA, kindless, Err(Refusal::KindMissing)).by(via)]);
        }
        check([
            row("D19", a_ticket(), MARC, set(T, Status::Solved), Ok("assignee→Marc, new→solved")).by(via),
            row("D19", a_ticket(), MARC, set(T, Status::Closed), Ok("assignee→Marc, new→closed")).by(via),
        ]);
    }
    let mut world = a_ticket().status(Status::Pending).world().after(guichet::domain::time::Span::days(5));
    world.set(Setting::PendingEnd(guichet::domain::account::PendingEnd::Solved));
    world.run(Timer::End, T).unwrap();
    assert_eq!((world.status(T), world.ticket(T).assignee), (Status::Solved, None), "timers are exempt");
}

/// End users name others by address: numbers would tell who is known to the account.
#[test]
fn an_end_user_cannot_try_numbers_of_people() {
    let by_number = |id| change(T, Change { add_ccs: vec![PersonRef::Id(id)], ..Change::default() });
    let missing = || Err(Refusal::NotFound(Thing::Person));
    check([
        row("known", a_ticket(), LEA, by_number(NIL), missing()),
        row("unknown", a_ticket(), LEA, by_number(NOBODY), missing()),
        row("an agent may", a_ticket(), MARC, by_number(NIL), Ok("ccs+Nil")),
        row("who is in copy", a_ticket().cc(ZOE), LEA, by_number(ZOE), Ok("")),
        row(
            "at opening",
            World::new(),
            LEA,
            create(NewTicket { ccs: vec![PersonRef::Id(NIL)], ..new_request() }),
            missing(),
        ),
    ]);
}

/// Hands: who is assigned works in the group, and only who changes hands changes them.
#[test]
fn assignee_and_group_stay_together() {
    let both = |group, to| change(T, Change { group: Some(group), assignee: Some(to), ..Change::default() });
    let open = || a_ticket().status(Status::Open);
    let moved = |world: &mut World| world.people.get_mut(&MARC).unwrap().groups = vec![FIELD];
    check([
        row("the group follows", open(), MARC, assign(T, Some(INES)), Ok("group→2, assignee→Ines")),
        row("who works everywhere", open(), MARC, assign(T, Some(OTTO)), Ok("assignee→Otto")),
        row("a ticket without group", open().group(None), MARC, assign(T, Some(MARC)), Ok("group→1, assignee→Marc")),
        row("and one of no group", open().group(None), MARC, assign(T, Some(OTTO)), Ok("assignee→Otto")),
        row("both", open(), MARC, both(Some(FIELD), Some(INES)), Ok("group→2, assignee→Ines")),
        row("both at odds", open(), MARC, both(Some(OPS), Some(INES)), Err(Refusal::NotInGroup)),
        row("freed", open().assigned(MARC), MARC, assign(T, None), Ok("assignee→none")),
        row("a group frees", open().assigned(MARC), MARC, hand_to(T, Some(FIELD)), Ok("group→2, assignee→none")),
        row("no group frees too", open().assigned(MARC), MARC, hand_to(T, None), Ok("group→none, assignee→none")),
        row("or does not", open().assigned(OTTO), MARC, hand_to(T, Some(FIELD)), Ok("group→2")),
        row("an end user", open(), MARC, assign(T, Some(TOM)), Err(Refusal::NotAnAgent(Field::Assignee))),
        row("suspended", open(), MARC, assign(T, Some(EVE)), Err(Refusal::NotAnAgent(Field::Assignee))),
        row("nobody", open(), MARC, assign(T, Some(NOBODY)), Err(Refusal::NotFound(Thing::Person))),
        row("who left the group keeps it", open().assigned(MARC).world().but(moved), LEA, reply(T), Ok("said public")),
        row("D19 solved by whom", open(), MARC, set(T, Status::Solved), Ok("assignee→Marc, open→solved")),
        row("D19 from elsewhere", open(), INES, set(T, Status::Solved), Ok("group→2, assignee→Ines, open→solved")),
        row("D19 somebody has it", open().assigned(MARC), INES, set(T, Status::Solved), Ok("open→solved")),
        row(
            "D19 freed and solved",
            open().assigned(INES),
            MARC,
            change(T, Change { assignee: Some(None), ..Change::status(Status::Solved) }),
            Ok("assignee→none, assignee→Marc, open→solved"),
        ),
    ]);
}

/// Fields change to what they are not yet; what is the same is no event.
#[test]
fn a_change_is_one_event_or_none() {
    let none = Change::default;
    let vip = || a_ticket().but(|ticket| (ticket.tags, ticket.priority) = (tags(&["vip"]), Some(Priority::High)));
    let unknown = KindId(9);
    check([
        row(
            "subject",
            a_ticket(),
            MARC,
            change(T, Change { subject: Some(" New  words ".into()), ..none() }),
            Ok("subject"),
        ),
        row(
            "same subject",
            a_ticket(),
            MARC,
            change(T, Change { subject: Some("Printer  jams".into()), ..none() }),
            Ok(""),
        ),
        row(
            "no subject",
            a_ticket(),
            MARC,
            change(T, Change { subject: Some(" ".into()), ..none() }),
            Err(Refusal::Empty(Field::Subject)),
        ),
        row(
            "priority",
            a_ticket(),
            MARC,
            change(T, Change { priority: Some(Some(Priority::Low)), ..none() }),
            Ok("priority→low"),
        ),
        row("same priority", vip(), MARC, change(T, Change { priority: Some(Some(Priority::High)), ..none() }), Ok("")),
        row("no priority", vip(), MARC, change(T, Change { priority: Some(None), ..none() }), Ok("priority→none")),
        row("kind", a_ticket(), MARC, change(T, Change { kind: Some(SOFTWARE), ..none() }), Ok("kind→4")),
        row(
            "no such kind",
            a_ticket(),
            MARC,
            change(T, Change { kind: Some(unknown), ..none() }),
            Err(Refusal::NotFound(Thing::Kind(unknown))),
        ),
        row(
            "tags",
            vip(),
            MARC,
            change(T, Change { add_tags: tags(&["b", "vip"]), remove_tags: tags(&["c"]), ..none() }),
            Ok("tags+b"),
        ),
        row("no tag", vip(), MARC, change(T, Change { remove_tags: tags(&["vip"]), ..none() }), Ok("tags-vip")),
        row("due", a_ticket(), MARC, change(T, Change { due_at: Some(Some(NOW)), ..none() }), Ok("due")),
        row("not due", a_ticket(), MARC, change(T, Change { due_at: Some(None), ..none() }), Ok("")),
        row("R122 the organization follows", a_ticket(), MARC, give_to(T, NIL), Ok("requester→Nil, organization→2")),
        row("within it", a_ticket(), MARC, give_to(T, TOM), Ok("requester→Tom")),
        row("same requester", a_ticket(), MARC, give_to(T, LEA), Ok("")),
        row(
            "no followers to lose",
            a_ticket(),
            MARC,
            change(T, Change { remove_followers: BTreeSet::from([INES]), ..none() }),
            Ok(""),
        ),
    ]);
}

/// Somebody changed it first: agents are told, requesters learn nothing of what the team did.
#[test]
fn a_change_against_an_older_version_is_a_conflict() {
    let expecting = |expect| Deed::UpdateTicket {
        ticket: T,
        change: Box::default(),
        comment: Some(NewComment::public("x")),
        expect: Some(expect),
    };
    let given = || a_ticket().note(MARC).but(|ticket| ticket.version = 3);
    check([
        row("agents", given(), MARC, expecting(2), Err(Refusal::Conflict { expected: 2, actual: 3 })),
        row("the same", given(), MARC, expecting(3), Ok("said public, new→open")),
        row("R126", given(), LEA, expecting(2), Ok("said public")),
        row("strangers", given(), NIL, expecting(2), Err(Refusal::NotFound(Thing::Ticket(T)))),
    ]);
}

/// Files: one's own, once, not too large; a file alone is enough to say.
#[test]
fn a_comment_bears_files_of_its_author() {
    let token = || UploadToken("a".to_owned());
    let with = |uploads| say(T, NewComment { uploads, ..NewComment::public("") }, Change::default());
    let given = |size| {
        a_ticket().world().but(|world| {
            let upload = Upload {
                token: token(),
                owner: LEA,
                name: "../../x\0".into(),
                content_type: "text/plain".into(),
                size,
                digest: [7; 32],
                created_at: guichet::domain::time::Timestamp(i64::MAX / 2),
            };
            world.uploads.insert(token(), upload);
        })
    };
    let max = World::new().settings.attachment_bytes;
    check([
        row("alone", given(1), LEA, with(vec![token()]), Ok("said public")),
        row("another's", given(1), MARC, with(vec![token()]), Err(Refusal::UnknownUpload)),
        row("twice", given(1), LEA, with(vec![token(), token()]), Err(Refusal::UnknownUpload)),
        row("unknown", a_ticket(), LEA, with(vec![token()]), Err(Refusal::UnknownUpload)),
        row(
            "too large",
            given(max + 1),
            LEA,
            with(vec![token()]),
            Err(Refusal::TooLong { field: Field::Attachment, max }),
        ),
        row("nothing", given(1), LEA, with(vec![]), Err(Refusal::Empty(Field::Comment))),
    ]);
    let mut world = given(max);
    world.act(LEA, &with(vec![token()])).unwrap();
    let last = world.comments.values().last().unwrap();
    assert_eq!((last.attachments[0].name.as_str(), last.attachments[0].size), ("../../x\u{2400}", max));
    assert_eq!(world.act(LEA, &with(vec![token()])), Err(Refusal::UnknownUpload), "used");
}
