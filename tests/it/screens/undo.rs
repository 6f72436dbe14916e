//! Setting one's own last act back.

use super::stage::{MARC, Stage};
use guichet::client::Error;
use guichet::domain::act::{Change, Deed};
use guichet::domain::id::{GroupId, TicketId};
use guichet::domain::person::Role;
use guichet::domain::status::{Priority, State, Status};
use guichet::domain::tag::Tag;
use guichet::tui::effect::Effect;
use std::collections::BTreeSet;

/// An agent on ticket 1042 who pressed keys that led to an act, and the act went well.
fn did(keys: &str) -> Stage {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.keys(keys);
    done(&mut stage);
    stage
}

fn done(stage: &mut Stage) {
    let act = stage.act().expect("an act");
    stage.acted(act, Ok(()));
}

/// What `u` wants: the ticket, the change and the version that it must have.
fn undo(stage: &mut Stage) -> (TicketId, Change, Option<i64>) {
    stage.wanted.clear();
    stage.keys("u");
    let Some(Effect::Act { deed, .. }) = stage.wanted.first().cloned() else { panic!("{}", stage.screen()) };
    let Deed::UpdateTicket { ticket, change, comment: None, expect } = *deed else { panic!("{deed:?}") };
    (ticket, *change, expect)
}

#[test]
fn a_change_is_set_back_by_an_act_on_the_version_that_it_made() {
    let none = Change::default;
    let tag = |tag: &str| BTreeSet::from([Tag::parse(tag).expect("a tag")]);
    let hands = Change { assignee: Some(Some(MARC)), group: Some(Some(GroupId(1))), ..none() };
    let cases = [
        ("2 s s o l v enter", Change::status(Status::Open)),
        ("2 p h i g h enter", Change { priority: Some(Some(Priority::Urgent)), ..none() }),
        ("2 a n o b o d y enter", hands.clone()),
        ("2 ctrl-g down enter", hands),
        ("2 t v i p enter", Change { remove_tags: tag("vip"), ..none() }),
        ("2 t s e v tab enter", Change { add_tags: tag("sev"), ..none() }),
        ("2 W m e enter", Change { remove_followers: [MARC].into(), ..none() }),
    ];
    for (keys, back) in cases {
        let mut stage = did(keys);
        assert!(stage.screen().contains("u undoes it"), "{keys}: {}", stage.screen());
        assert_eq!(undo(&mut stage), (TicketId(1042), back, Some(2)), "{keys}");
        done(&mut stage);
        assert!(stage.screen().contains("#1042 is as it was"), "{keys}: {}", stage.screen());
        // Once: setting back is not itself set back.
        stage.wanted.clear();
        stage.keys("u");
        assert_eq!(stage.act(), None);
        assert!(stage.screen().contains("nothing to undo"), "{keys}: {}", stage.screen());
    }
}

/// Whoever solves what nobody has is assigned by that: setting back frees the ticket again.
#[test]
fn what_followed_from_the_change_is_set_back_too() {
    let mut stage = Stage::silent(Role::Agent, 100, 30);
    stage.tickets[0].assignee = None;
    stage.begin();
    stage.keys("s s o l v enter");
    done(&mut stage);
    let (_, change, _) = undo(&mut stage);
    assert_eq!((change.status, change.assignee), (Some(Status::Open), Some(None)));
}

#[test]
fn an_act_on_marked_rows_is_set_back_as_one() {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.keys("2 space space p l o w enter");
    let acts: Vec<Effect> = stage.wanted.drain(..).filter(|effect| matches!(effect, Effect::Act { .. })).collect();
    assert_eq!(acts.len(), 2);
    for act in acts {
        stage.acted(act, Ok(()));
    }
    stage.keys("u");
    let acts: Vec<Effect> = stage.wanted.drain(..).filter(|effect| matches!(effect, Effect::Act { .. })).collect();
    assert_eq!(acts.len(), 2);
    for act in acts {
        stage.acted(act, Ok(()));
    }
    assert!(stage.screen().contains("2 tickets are as they were"), "{}", stage.screen());
}

/// What is so already is no change: it takes no version, so setting the others back must not wait for one.
#[test]
fn what_was_so_already_is_neither_told_as_done_nor_set_back() {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.tickets[0].priority = Some(Priority::Low);
    stage.tickets[1].priority = None;
    stage.keys("ctrl-r 2 space space p l o w enter");
    let acts: Vec<Effect> = stage.wanted.drain(..).filter(|effect| matches!(effect, Effect::Act { .. })).collect();
    assert_eq!(acts.len(), 2);
    for act in acts.into_iter().rev() {
        stage.acted(act, Ok(()));
    }
    assert!(stage.screen().contains("✓ #1039 updated. u undoes it."), "{}", stage.screen());
    let (ticket, change, _) = undo(&mut stage);
    assert_eq!((ticket, change.priority), (TicketId(1039), Some(None)));
    done(&mut stage);
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.keys("2 s enter");
    done(&mut stage);
    assert!(stage.screen().contains("Nothing to change: #1042 is so already."), "{}", stage.screen());
    stage.keys("u");
    assert!(stage.screen().contains("nothing to undo"), "{}", stage.screen());
}

#[test]
fn several_tickets_are_told_together() {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.keys("2 space space A");
    let acts: Vec<Effect> = stage.wanted.drain(..).filter(|effect| matches!(effect, Effect::Act { .. })).collect();
    assert_eq!(acts.len(), 2);
    stage.keys("2 space space p l o w enter");
    let acts: Vec<Effect> = stage.wanted.drain(..).filter(|effect| matches!(effect, Effect::Act { .. })).collect();
    for act in acts {
        stage.acted(act, Ok(()));
    }
    assert!(stage.screen().contains("2 tickets updated. u undoes it."), "{}", stage.screen());
}

#[test]
fn what_somebody_else_changed_since_is_not_overwritten() {
    let mut stage = did("2 p h i g h enter");
    undo(&mut stage);
    let act = stage.act().expect("an act");
    stage.acted(act, Err(Error::Conflict { theirs: 3 }));
    assert!(stage.screen().contains("Somebody has changed it since"), "{}", stage.screen());
}

/// A refused act is no act: the one before it is still the last.
#[test]
fn a_refused_act_is_not_set_back() {
    let mut stage = did("2 p h i g h enter");
    stage.keys("A");
    let act = stage.act().expect("an act");
    stage.acted(act, Err(Error::Denied));
    assert_eq!(undo(&mut stage).1.priority, Some(Some(Priority::Urgent)));
}

#[test]
fn what_cannot_be_set_back_says_so() {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.keys("2 u");
    assert!(stage.screen().contains("nothing to undo"), "{}", stage.screen());
    stage.keys("enter r");
    stage.text("Said is said.");
    stage.keys("ctrl-s");
    done(&mut stage);
    assert!(!stage.screen().contains("undoes it"), "{}", stage.screen());
    stage.keys("u");
    assert!(stage.screen().contains("cannot be undone"), "{}", stage.screen());
    // D11: a ticket never goes back to New.
    let mut stage = Stage::silent(Role::Agent, 100, 30);
    stage.tickets[0].state = State::New;
    stage.begin();
    stage.keys("2 s o p e n enter");
    done(&mut stage);
    stage.keys("u");
    assert!(stage.screen().contains("cannot be undone"), "{}", stage.screen());
    assert_eq!(stage.act(), None);
}

#[test]
fn end_users_have_no_key_for_it() {
    let mut stage = Stage::of(Role::EndUser, 100, 30);
    stage.keys("s s o l v enter");
    done(&mut stage);
    assert!(!stage.screen().contains("undoes it"), "{}", stage.screen());
    stage.keys("u");
    assert_eq!(stage.act(), None);
}
