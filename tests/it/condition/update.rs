//! What triggers ask (R138, R139), and what each use of conditions understands.

use super::sentence::directory;
use super::{agent, facts, leas, read};
use crate::support::world::{LEA, MARC, NOW};
use guichet::domain::act::Who;
use guichet::domain::comment::{Channel, Comment, Visibility};
use guichet::domain::condition::{Around, Condition, Misfit, SentenceFault, Update, Use};
use guichet::domain::id::{CommentId, PersonId};
use guichet::domain::person::Role;
use guichet::domain::status::{State, Status};
use guichet::domain::tag::Tag;
use guichet::domain::ticket::Ticket;

/// Whether a sentence is true of an update.
fn holds(sentence: &str, after: &Ticket, update: Update<'_>) -> bool {
    let (_, text) = leas();
    let mut facts = facts(after, &text);
    facts.update = Some(update);
    let condition = read(sentence, &directory());
    let why = condition.explain(&facts, &agent(Around::default()));
    assert_eq!(condition.holds(&facts, &agent(Around::default())), why.holds, "{sentence}");
    why.holds
}

fn update<'a>(before: Option<&'a Ticket>, comment: Option<&'a Comment>) -> Update<'a> {
    Update { before, comment, who: Who::Person(MARC), role: Some(Role::Agent), via: Channel::Web }
}

/// R138: what a ticket has when it is opened has not changed; R139: such tickets can be told by channel and tags.
#[test]
fn a_ticket_created_solved_has_not_changed_to_solved() {
    let (mut ticket, _) = leas();
    ticket.state = State::Solved { since: NOW };
    ticket.tags.insert(Tag::parse("archived").expect("a tag"));
    ticket.via = Channel::Chat;
    for (sentence, expected) in [
        ("ticket is updated and status changed to solved", false),
        ("status changed to solved", false),
        ("status changed", false),
        ("status changed from new", false),
        ("status not changed", true),
        ("ticket is created and status is solved", true),
        ("status is solved and not tags include archived", false),
        ("status is solved and channel is not chat", false),
    ] {
        assert_eq!(holds(sentence, &ticket, update(None, None)), expected, "{sentence}");
    }
    let (mut before, _) = leas();
    before.state = State::Open;
    assert!(holds("ticket is updated and status changed to solved", &ticket, update(Some(&before), None)));
}

/// D4: a ticket that came by sharing is told by its channel in views, triggers and automations, a change that came so in
/// triggers; D3: received from whom, and sent to whom, can be asked once there is an agreement, and nowhere before.
#[test]
fn what_came_by_sharing_is_told_by_its_channel() {
    let (mut ticket, text) = leas();
    let shared = read("channel is \"ticket sharing\"", &directory());
    for place in [Use::View, Use::Trigger, Use::Automation] {
        assert_eq!(shared.allowed_in(place), Ok(()), "{place:?}");
    }
    assert!(!shared.holds(&facts(&ticket, &text), &agent(Around::default())));
    ticket.via = Channel::Sharing;
    assert!(shared.holds(&facts(&ticket, &text), &agent(Around::default())));
    let via = "update via \"ticket sharing\"";
    let by_partner = Update { via: Channel::Sharing, ..update(Some(&ticket), None) };
    assert!(holds(via, &ticket, by_partner) && !holds(via, &ticket, update(Some(&ticket), None)));
    assert_eq!(read(via, &directory()).allowed_in(Use::Trigger), Ok(()));
    for place in [Use::View, Use::Automation] {
        assert!(read(via, &directory()).allowed_in(place).is_err_and(|unfit| unfit.why == Misfit::NothingDone));
    }
    for sentence in ["received from \"Acme\"", "sent to Acme", "status is open and received from Acme"] {
        let refused = Condition::read(sentence, &directory()).expect_err("no agreement");
        assert_eq!(refused.fault, SentenceFault::NoAgreement, "{sentence}");
    }
}

#[test]
fn triggers_ask_what_changed_and_to_what() {
    let (before, _) = leas();
    let mut after = before.clone();
    after.state = State::entered(Status::Pending, NOW);
    after.assignee = Some(MARC);
    after.tags.insert(Tag::parse("vip").expect("a tag"));
    for (sentence, expected) in [
        ("status changed to pending", true),
        ("status changed to one of solved, pending", true),
        ("status changed to solved", false),
        ("status changed from new", true),
        ("status changed from open", false),
        ("status changed to < solved", false),
        ("assignee changed and assignee changed from none and assignee changed to me", true),
        ("priority changed or group changed or subject changed", false),
        ("priority not changed", true),
        ("tags changed to vip and tags changed", true),
        ("tags changed from vip", false),
        ("field weight changed", false),
    ] {
        assert_eq!(holds(sentence, &after, update(Some(&before), None)), expected, "{sentence}");
    }
    let nothing = update(Some(&after), None);
    assert!(!holds("tags changed to vip", &after, nothing), "it was there before");
}

#[test]
fn triggers_ask_who_did_it_and_what_was_said() {
    let (mut ticket, _) = leas();
    ticket.assignee = Some(MARC);
    let comment = |visibility| Comment {
        id: CommentId(1),
        ticket: ticket.id,
        author: LEA,
        visibility,
        frozen: false,
        body: "I want a REFUND, now".into(),
        attachments: Vec::new(),
        via: Channel::Mail,
        created_at: NOW,
    };
    let (public, note) = (comment(Visibility::Public), comment(Visibility::Internal));
    let by = |who, role, comment| Update { before: Some(&ticket), comment, who, role, via: Channel::Mail };
    let lea = by(Who::Person(LEA), Some(Role::EndUser), Some(&public));
    let marc = by(Who::Person(MARC), Some(Role::Admin), Some(&note));
    let account = by(Who::System, None, None);
    let rows = [
        ("update by end-user", [true, false, false]),
        ("update by agent", [false, true, false]),
        ("update by requester", [true, false, false]),
        ("update by assignee", [false, true, false]),
        ("update by account", [false, false, true]),
        ("update by #1", [true, false, false]),
        ("update via email and not update via ticket_sharing", [true, true, true]),
        ("comment is present", [true, true, false]),
        ("comment is public", [true, false, false]),
        ("comment is internal", [false, true, false]),
        ("comment is none", [false, false, true]),
        ("comment has refund", [true, true, false]),
        ("comment has \"refund now\"", [true, true, false]),
        ("comment has \"now refund\"", [false, false, false]),
    ];
    assert_eq!(LEA, PersonId(1));
    for (sentence, expected) in rows {
        assert_eq!([lea, marc, account].map(|one| holds(sentence, &ticket, one)), expected, "{sentence}");
    }
}

#[test]
fn each_use_refuses_what_it_cannot_ask() {
    let directory = directory();
    let rows: &[(&str, Use, Option<Misfit>)] = &[
        ("status changed to solved", Use::Trigger, None),
        ("status changed to solved", Use::View, Some(Misfit::NothingDone)),
        ("status is open or not comment is public", Use::Automation, Some(Misfit::NothingDone)),
        ("update by agent", Use::Search, Some(Misfit::NothingDone)),
        ("subject has toner", Use::Automation, Some(Misfit::Words)),
        ("subject has toner or text has toner", Use::Trigger, None),
        ("subject has toner or text has toner", Use::View, None),
        ("attachments are present", Use::Trigger, Some(Misfit::Files)),
        ("attachments are present", Use::View, None),
        ("assignee is me", Use::Automation, Some(Misfit::Nobody)),
        ("assignee is me", Use::View, None),
        ("pending more than 3 days ago", Use::Automation, None),
    ];
    for (sentence, place, expected) in rows {
        let allowed = read(sentence, &directory).allowed_in(*place);
        assert_eq!(allowed.err().map(|unfit| unfit.why), *expected, "{sentence} in {place:?}");
    }
    assert!(read("status is open and (pending more than 3 days ago)", &directory).depends_on_time());
    assert!(!read("created after 2026-11-01", &directory).depends_on_time(), "that stays as it is");
}
