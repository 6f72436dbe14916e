//! What the account's triggers make of what people do.

use crate::support::world::*;
use guichet::domain::act::{Change, NewTicket, Setting, Who};
use guichet::domain::comment::{Channel, NewComment, Visibility};
use guichet::domain::event::{Chain, Event};
use guichet::domain::person::Away;
use guichet::domain::status::Status;
use guichet::domain::time::Span;
use std::collections::BTreeMap;

/// What the account's own audit on the ticket says after somebody's act, or nothing.
fn rules(world: &mut World, who: guichet::domain::id::PersonId, deed: &guichet::domain::act::Deed) -> String {
    let decision = world.act(who, deed).expect("an act that can be done");
    let own = decision.entries.iter().filter(|entry| entry.who == Who::System && entry.chain != Chain::Account);
    let mut only = decision.clone();
    only.entries = own.cloned().collect();
    told(&only)
}

/// R138: what is created Solved was never changed to Solved.
#[test]
fn a_ticket_created_solved_has_not_changed_to_solved() {
    let world = || a_ticket().world().trigger("Solved", "status changed to solved", &["add tags: done"]);
    let mut created = World { tickets: BTreeMap::default(), ..world() };
    assert_eq!(rules(&mut created, MARC, &create(NewTicket { status: Some(Status::Solved), ..new_ticket(LEA) })), "");
    assert_eq!(rules(&mut world(), MARC, &set(T, Status::Solved)), "trigger Solved, tags+done");
    let updated = "ticket is updated and status changed to solved";
    let mut both = a_ticket().world().trigger("Solved", updated, &["add tags: done"]);
    assert_eq!(rules(&mut both, MARC, &set(T, Status::Solved)), "trigger Solved, tags+done");
}

/// R139: a trigger can leave out what a connector archived, by its channel or its tag.
#[test]
fn a_trigger_leaves_out_what_its_condition_leaves_out() {
    let when = "ticket is created and channel is not chat and not tags include archived";
    let world = || World::new().trigger("New", when, &["add tags: seen"]);
    assert_eq!(rules(&mut world(), LEA, &create(new_request())), "trigger New, tags+seen");
    assert_eq!(world().act_by(MARC, Channel::Chat, &create(new_ticket(LEA))).unwrap().entries.len(), 1);
    let archived = create(NewTicket { tags: tags(&["archived"]), ..new_ticket(LEA) });
    assert_eq!(rules(&mut world(), MARC, &archived), "");
}

/// Triggers run in their order, each on the ticket as those before left it, and again while one does something.
#[test]
fn one_trigger_may_be_what_another_waits_for() {
    let mut world = a_ticket()
        .world()
        .trigger("Second", "tags include one", &["add tags: two"])
        .trigger("First", "comment is public", &["add tags: one"])
        .trigger("Third", "tags include one and not tags include two", &["add tags: three"]);
    assert_eq!(
        rules(&mut world, MARC, &reply(T)),
        "trigger First, tags+one, trigger Third, tags+three, trigger Second, tags+two"
    );
    // Each does something once only: what holds for good does nothing again.
    assert_eq!(rules(&mut world, MARC, &reply(T)), "");
}

/// Two triggers that undo each other's work end, and that is told.
#[test]
fn triggers_that_keep_each_other_running_are_stopped_and_told() {
    let mut world = a_ticket().world().trigger("Up", "priority is none", &["priority: urgent"]).trigger(
        "Down",
        "priority is urgent",
        &["priority: none"],
    );
    let did = rules(&mut world, MARC, &reply(T));
    assert!(did.starts_with("trigger Up, "), "{did}");
    assert!(did.contains("trigger Down, ") && did.contains("stopped after"), "{did}");
    assert_eq!(did.matches("trigger").count(), 2, "each once: {did}");
}

/// What was done in one act is one audit of who did it and one of the account.
#[test]
fn rules_write_one_audit_of_the_account() {
    let mut world = a_ticket().world().trigger("A", "comment is public", &["add tags: a"]).trigger(
        "B",
        "comment is public",
        &["add tags: b"],
    );
    let decision = world.act(MARC, &reply(T)).unwrap();
    let who: Vec<(Who, Channel)> = decision.entries.iter().map(|entry| (entry.who, entry.via)).collect();
    assert_eq!(who, [(Who::Person(MARC), Channel::Web), (Who::System, Channel::Rule)]);
    assert_eq!(world.ticket(T).version, 3, "the opening, the reply, the rules");
}

/// Every change that a person can make, a trigger can make; what it cannot do it leaves out and tells.
#[test]
fn a_trigger_changes_whatever_can_be_changed() {
    let rows = [
        ("status: pending", "new→pending"),
        ("status: solved", "new→solved"),
        ("priority: high", "priority high"),
        ("kind: software", "kind→4"),
        ("assignee: Marc", "assignee→Marc"),
        ("assignee: me", "assignee→Ana"),
        ("assignee: none", ""),
        ("assignee: Eve", "not assignee: #32: not_an_agent"),
        ("assignee: Lea", "not assignee: #1: not_an_agent"),
        ("group: Field", "group→2"),
        ("group: none", "group→none"),
        ("add tags: a b", "tags+a+b"),
        ("remove tags: a", ""),
        ("tags: x", "tags+x"),
        ("add cc: Tom", "ccs+Tom"),
        ("add cc: requester", ""),
        ("add follower: Ines", "followers+Ines"),
        ("add follower: Tom", "not add follower: #2: not_an_agent"),
        ("add follower: assignee", "not add follower: assignee: nobody"),
    ];
    for (action, did) in rows {
        let mut world = a_ticket().world().trigger("It", "comment is internal", &[action]);
        let told = rules(&mut world, ANA, &note(T));
        let did = if did.is_empty() { String::new() } else { format!("trigger It, {did}") };
        assert_eq!(loose(&told), loose(&did), "{action}");
    }
}

/// Words of two tellings without the signs in which they may differ.
fn loose(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Nobody who is away is given work by itself; people may still give it to them.
#[test]
fn who_is_away_gets_no_work_by_itself() {
    let away = |world: &mut World| {
        let marc = world.people.get_mut(&MARC).unwrap();
        marc.away = Some(Away { until: Some(NOW + Span::days(1)) });
    };
    let world = || a_ticket().world().but(away).trigger("It", "comment is internal", &["assignee: Marc"]);
    assert_eq!(rules(&mut world(), ANA, &note(T)), "trigger It, not assignee: #11: away");
    let back = &mut world().after(Span::days(1));
    assert_eq!(rules(back, ANA, &note(T)), "trigger It, assignee→Marc");
    assert!(world().act(ANA, &change(T, Change { assignee: Some(Some(MARC)), ..Change::default() })).is_ok());
}

/// D13: what is closed takes no change from a rule either, but people may still be told of it.
#[test]
fn a_closed_ticket_is_not_changed_by_rules() {
    let then = ["add tags: x", "notify requester: ended"];
    let mut world = a_ticket().assigned(MARC).world().trigger("It", "status changed to closed", &then);
    assert_eq!(rules(&mut world, MARC, &set(T, Status::Closed)), "trigger It, not add tags: x: closed, told Lea");
}

/// R114, D7: whatever a rule says, the requester and those in copy hear nothing of a private ticket, and that is told.
#[test]
fn nobody_outside_the_team_hears_of_a_private_ticket() {
    let then = ["notify requester and ccs: request-received", "notify person Ines: request-received"];
    let mut world = a_ticket().private().cc(TOM).world().trigger("It", "comment is present", &then);
    let decision = world.act(MARC, &note(T)).unwrap();
    let who: Vec<_> = decision.notices.iter().map(|notice| notice.notice.to.clone()).collect();
    assert_eq!(who, [guichet::domain::notice::Addressee::Person(INES)]);
    assert!(
        told(&decision).contains("did not tell Lea: private, did not tell Tom: private, told Ines"),
        "{}",
        told(&decision)
    );
}

/// R126: a note is told to agents only, whatever a rule says.
#[test]
fn a_note_is_told_to_agents_only() {
    let mut world = a_ticket().assigned(INES).world().trigger(
        "It",
        "comment is present",
        &["notify requester: request-received", "notify assignee: request-received"],
    );
    let decision = world.act(MARC, &note(T)).unwrap();
    assert!(told(&decision).contains("did not tell Lea: internal, told Ines"), "{}", told(&decision));
    let decision = world.act(MARC, &reply(T)).unwrap();
    assert!(told(&decision).contains("told Lea, told Ines"), "{}", told(&decision));
}

/// Triggers follow what automations do, and imports trigger nothing: what is past is past.
#[test]
fn triggers_follow_automations_but_not_imports() {
    let mut world = a_ticket().status(Status::Solved).assigned(MARC).world();
    world = world.trigger("Over", "status changed to closed", &["notify requester: ended"]).after(Span::days(4));
    let decision = world.run(Timer::Close, T).unwrap();
    assert_eq!(told(&decision), "automation close, solved→closed; trigger Over, told Lea");
    let mut world = World::new().trigger("New", "ticket is created", &["add tags: new"]);
    let imported = world.act(ANA, &super::import::import(super::import::past())).unwrap();
    assert!(!told(&imported).contains("trigger"), "{}", told(&imported));
}

/// A requester learns nothing of what rules do among the team: their request has not changed.
#[test]
fn what_rules_do_among_the_team_changes_no_request() {
    let mut world = a_ticket().world().trigger("It", "comment is internal", &["add tags: x", "add follower: Marc"]);
    let before = world.request(T).updated_at;
    world = world.after(Span::hours(1));
    rules(&mut world, ANA, &note(T));
    assert_eq!(world.request(T).updated_at, before);
}

/// Who acts is asked as they are: an end user's answer, the assignee's own, the account's.
#[test]
fn a_trigger_asks_who_did_it_and_how() {
    let rows = [
        ("update by end-user", LEA, true),
        ("update by end-user", MARC, false),
        ("update by agent", MARC, true),
        ("update by requester", LEA, true),
        ("update by requester", TOM, false),
        ("update via web", LEA, true),
        ("update via email", LEA, false),
        ("comment is public and update by requester", LEA, true),
        ("comment has \"again\"", LEA, false),
        ("ticket is created", LEA, false),
    ];
    for (when, who, runs) in rows {
        let mut world = a_ticket().cc(TOM).world().trigger("It", when, &["add tags: x"]);
        assert_eq!(!rules(&mut world, who, &reply(T)).is_empty(), runs, "{when} {who:?}");
    }
}

/// A switched-off trigger does nothing.
#[test]
fn a_trigger_that_is_off_does_nothing() {
    let mut world = a_ticket().world().trigger("It", "comment is present", &["add tags: x"]);
    for item in &mut world.items {
        if let guichet::domain::setup::Item::Trigger(rule) = item {
            rule.active = false;
        }
    }
    assert_eq!(rules(&mut world, MARC, &reply(T)), "");
}

/// R123, R124: the reply that opens a private ticket is told, for the requester may read it.
#[test]
fn the_reply_that_opens_a_ticket_is_told() {
    let mut world =
        a_ticket().private().world().trigger("It", "comment is public", &["notify requester: request-received"]);
    world.set(Setting::PrivateTickets(true));
    let decision = world.act(MARC, &say(T, NewComment::public("Hello"), Change::default())).unwrap();
    assert!(decision.entries[0].events.contains(&Event::VisibilityChanged(Visibility::Public)));
    assert!(told(&decision).ends_with("trigger It, told Lea"), "{}", told(&decision));
}
