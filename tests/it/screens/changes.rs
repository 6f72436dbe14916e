//! Changing tickets by keys: pickers, merging, follow-ups; and the history of what was changed.

use super::stage::{ANA, MARC, NOW, Stage};
use guichet::client::Error;
use guichet::domain::act::{Change, Deed};
use guichet::domain::comment::NewComment;
use guichet::domain::draft::DraftPlace;
use guichet::domain::id::{KindId, PersonId, TicketId};
use guichet::domain::person::{EmailAddress, PersonRef, Role};
use guichet::domain::refusal::Refusal;
use guichet::domain::status::{Priority, State, Status};
use guichet::domain::tag::Tag;
use guichet::domain::time::{Span, Timestamp};
use guichet::tui::effect::{Effect, Question};
use insta::assert_snapshot;

/// An agent on ticket 1042, the first of the second list.
fn agent() -> Stage {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2");
    stage
}

fn update(stage: &mut Stage) -> (TicketId, Change, Option<i64>) {
    let act = stage.act().expect("an act");
    let Effect::Act { deed, .. } = act else { panic!("{act:?}") };
    let Deed::UpdateTicket { ticket, change, expect, .. } = *deed else { panic!("{deed:?}") };
    (ticket, *change, expect)
}

fn tags(words: &[&str]) -> std::collections::BTreeSet<Tag> {
    words.iter().map(|word| Tag::parse(word).expect("a tag")).collect()
}

#[test]
fn pickers_mark_the_present_value_and_send_the_version_they_saw() {
    let mut stage = agent();
    stage.keys("p");
    assert!(stage.screen().contains("▌✓ ▲ Urgent"));
    stage.text("high");
    stage.keys("enter");
    let (ticket, change, expect) = update(&mut stage);
    assert_eq!((ticket, expect), (TicketId(1042), Some(1)));
    assert_eq!(change, Change { priority: Some(Some(Priority::High)), ..Change::default() });
}

/// A conflict says so, shows what the ticket has now, and keeps what was chosen.
#[test]
fn a_choice_outlives_somebody_elses_change() {
    let mut stage = agent();
    stage.keys("s");
    stage.text("solved");
    stage.keys("enter");
    let act = stage.act().expect("an act");
    stage.tickets[0].state = State::Pending { since: NOW };
    stage.tickets[0].version = 7;
    stage.acted(act, Err(Error::Conflict { theirs: 7 }));
    let screen = stage.screen();
    assert!(screen.contains("Somebody changed the ticket first") && screen.contains("▌  ✓ Solved"), "{screen}");
    stage.keys("enter");
    let (_, change, expect) = update(&mut stage);
    assert_eq!((change.status, expect), (Some(Status::Solved), Some(7)));
}

#[test]
fn an_assignee_is_found_by_name_and_by_me_and_none() {
    for (typed, assignee) in [("zo", Some(PersonId(9))), ("me", Some(MARC)), ("none", None)] {
        let mut stage = agent();
        stage.keys("a");
        stage.text(typed);
        stage.keys("enter");
        let (_, change, _) = update(&mut stage);
        assert_eq!(change.assignee, Some(assignee), "{typed}");
    }
}

#[test]
fn tags_are_added_by_typing_and_taken_away_by_tab() {
    let mut stage = agent();
    stage.keys("t");
    let screen = stage.screen();
    assert!(screen.contains("✓ payment") && screen.contains("✓ sev"), "{screen}");
    stage.keys("tab");
    stage.text("VIP loud");
    stage.keys("enter");
    let (_, change, expect) = update(&mut stage);
    assert_eq!((change.add_tags, change.remove_tags), (tags(&["loud", "vip"]), tags(&["payment"])));
    assert_eq!(expect, None);
}

/// D17: people in copy come by name or by address, and go.
#[test]
fn people_in_copy_are_added_by_name_and_address() {
    let mut stage = agent();
    stage.keys("w");
    assert!(stage.screen().contains("✓ Tom Petit"));
    stage.keys("tab");
    stage.text("lea");
    stage.keys("tab");
    stage.text("Ida <ida@new.example>");
    stage.keys("enter");
    let (_, change, _) = update(&mut stage);
    let email = EmailAddress::parse("ida@new.example").expect("an address");
    let ida = PersonRef::Named { name: "Ida".into(), email };
    assert_eq!(change.add_ccs, [PersonRef::Id(PersonId(5)), ida]);
    assert_eq!(change.remove_ccs, [PersonId(3)].into());
}

#[test]
fn an_end_user_puts_others_in_copy_by_their_address() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("w");
    stage.text("ida@new.example");
    stage.keys("enter");
    let (_, change, _) = update(&mut stage);
    let email = EmailAddress::parse("ida@new.example").expect("an address");
    assert_eq!(change.add_ccs, [PersonRef::Address(email)]);
}

#[test]
fn an_agent_follows_with_few_keys_and_a_refusal_keeps_the_choice() {
    let mut stage = agent();
    stage.keys("W tab enter");
    let act = stage.act().expect("an act");
    stage.acted(act, Err(Error::Unreachable("gone".into())));
    assert!(stage.screen().contains("✓ Marc Oni"));
    stage.keys("enter");
    let (_, change, _) = update(&mut stage);
    assert_eq!(change.add_followers, [MARC].into());
}

#[test]
fn a_due_date_is_chosen_or_typed() {
    let mut stage = agent();
    stage.keys(": d u e enter");
    assert!(stage.screen().contains("No due date"), "{}", stage.screen());
    stage.text("2w");
    stage.keys("enter");
    let (_, change, _) = update(&mut stage);
    let due = NOW + Span::days(14) + Span::hours(6);
    assert_eq!(change.due_at, Some(Some(due)));
    assert_eq!(due, Timestamp(1_796_752_800_000));
}

/// What nobody works on is mostly taken: `a` and Enter take it.
#[test]
fn the_cursor_is_on_oneself_where_nobody_is_assigned() {
    let mut stage = Stage::silent(Role::Agent, 80, 24);
    stage.tickets[0].assignee = None;
    stage.begin();
    stage.keys("a enter");
    let Some(Effect::Act { deed, .. }) = stage.act() else { panic!("{}", stage.screen()) };
    let Deed::UpdateTicket { change, .. } = *deed else { panic!("{deed:?}") };
    assert_eq!(change.assignee, Some(Some(MARC)));
}

/// A command is found by its name in the config too, as documentation and colleagues call it.
#[test]
fn the_palette_finds_a_command_by_its_sentence_and_by_its_name() {
    let cases = [
        ("assign to me", "Assign to me"),
        ("assign-to-me", "Assign to me"),
        ("show-drafts", "Show all drafts"),
        ("choose-status", "Set the status"),
    ];
    for (typed, wanted) in cases {
        let mut stage = agent();
        stage.keys(":");
        stage.text(typed);
        let screen = stage.screen();
        assert!(screen.contains(&format!("│▌  {wanted}")), "{typed}: {screen}");
    }
}

/// What is written is for the ticket under one's eyes; that others are marked is said before the next key.
#[test]
fn a_reply_is_for_the_row_under_the_cursor_whatever_is_marked() {
    for key in ["r", "i", "h"] {
        let mut stage = agent();
        stage.keys("space");
        let screen = stage.screen();
        let cursor = screen.lines().find(|line| line.starts_with('▌')).unwrap_or_default();
        assert!(cursor.contains("1039") && screen.contains("✓ 1 marked"), "{screen}");
        stage.keys(key);
        assert!(stage.screen().contains("#1039 "), "{key}: {}", stage.screen());
        assert!(!stage.screen().contains("#1042"), "{key}: {}", stage.screen());
    }
}

#[test]
fn several_marked_tickets_are_changed_at_once() {
    let mut stage = agent();
    stage.keys("space space G");
    let before = stage.wanted.len();
    assert_eq!(before, 0);
    stage.keys("t");
    stage.text("bulk");
    stage.keys("enter");
    let acts: Vec<TicketId> = stage
        .wanted
        .iter()
        .filter_map(|effect| match effect {
            Effect::Act { deed, .. } => match &**deed {
                Deed::UpdateTicket { ticket, .. } => Some(*ticket),
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert_eq!(acts, [TicketId(1042), TicketId(1039)]);
}

/// A merge is for good: the target's subject is shown before, and it is asked about.
#[test]
fn a_merge_shows_its_target_before_it_asks() {
    let mut stage = agent();
    stage.keys("m");
    stage.text("1042");
    assert!(stage.screen().contains("That is this ticket itself"));
    stage.keys("ctrl-u");
    stage.text("#1039");
    assert!(stage.screen().contains("#1039 Add CSV export to the fleet report"));
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("closed for good") && screen.contains("fleet report). Merge them?"), "{screen}");
    assert_eq!(stage.act(), None);
    stage.keys("y");
    let Some(Effect::Act { deed, .. }) = stage.act() else { panic!("an act") };
    assert!(matches!(*deed, Deed::Merge { source: TicketId(1042), target: TicketId(1039), .. }));
}

#[test]
fn a_merged_ticket_is_shown_as_it_is_now() {
    for keys in ["enter", "h"] {
        let mut stage = agent();
        stage.keys(keys);
        stage.keys("m 1 0 3 9 enter y");
        let act = stage.act().expect("an act");
        stage.tickets[0].state = State::Closed { since: NOW };
        stage.acted(act, Ok(()));
        assert!(stage.screen().contains("▪ Closed"), "{}", stage.screen());
    }
}

/// D13, R178: where a closed ticket takes no reply a follow-up is offered, in both roles.
#[test]
fn a_reply_on_a_closed_ticket_leads_to_a_follow_up() {
    for role in [Role::EndUser, Role::Agent] {
        for open in ["", "enter"] {
            let mut stage = Stage::silent(role, 80, 24);
            stage.tickets[0].state = State::Closed { since: NOW };
            stage.begin();
            if role == Role::Agent {
                stage.keys("/");
                stage.text("payment");
                stage.keys(if open.is_empty() { "tab" } else { "enter" });
            } else if !open.is_empty() {
                stage.keys(open);
            }
            stage.keys("r");
            assert!(stage.screen().contains("follow-up that refers to it?"), "{}", stage.screen());
            stage.keys("y");
            let screen = stage.screen();
            assert!(screen.contains("Follow-up of #1042") && screen.contains("Follow-up: Payment"), "{screen}");
            stage.text("It is back.");
            stage.keys("ctrl-s");
            let Some(Effect::Act { deed, .. }) = stage.act() else { panic!("an act") };
            let Deed::CreateTicket(new) = *deed else { panic!("{deed:?}") };
            assert_eq!((new.follow_up_of, new.kind), (Some(TicketId(1042)), Some(KindId(1))));
            // Z01: who the answer goes to stands in the form, not only in the rules.
            let requester = (role == Role::Agent).then_some(PersonRef::Id(ANA));
            assert_eq!(new.requester, requester);
        }
    }
}

/// R178, Z07: closed by somebody else while the answer was written. One key makes a follow-up of what is written.
#[test]
fn a_reply_that_was_too_late_goes_on_in_a_follow_up() {
    for (role, key, text) in [(Role::Agent, "2 enter r", "PUBLIC"), (Role::EndUser, "enter r", "REPLY")] {
        let mut stage = Stage::of(role, 80, 24);
        stage.keys(key);
        stage.text("It is back.");
        assert!(stage.screen().contains(text), "{}", stage.screen());
        stage.keys("ctrl-s");
        let act = stage.act().expect("an act");
        stage.tickets[0].state = State::Closed { since: NOW };
        stage.acted(act.clone(), Err(Error::Refused(Refusal::Closed(TicketId(1042)))));
        let screen = stage.screen();
        assert!(screen.contains("with what you have written?"), "{screen}");
        // No: everything is as it was.
        stage.keys("n");
        assert!(stage.screen().contains("It is back."), "{}", stage.screen());
        stage.keys("ctrl-s");
        let act = stage.act().expect("an act");
        stage.acted(act, Err(Error::Refused(Refusal::Closed(TicketId(1042)))));
        stage.wanted.clear();
        stage.keys("y");
        let screen = stage.screen();
        assert!(screen.contains("Follow-up of #1042") && screen.contains("It is back."), "{screen}");
        // The words are safe in the new place before they leave the old one.
        let [Effect::MoveDraft { from, draft }] = stage.wanted.as_slice() else { panic!("{:?}", stage.wanted) };
        assert_eq!((*from, draft.place), (DraftPlace::Reply(TicketId(1042)), DraftPlace::NewTicket));
        assert_eq!(draft.body, "It is back.");
        stage.keys("ctrl-s");
        let Some(Effect::Act { deed, .. }) = stage.act() else { panic!("an act") };
        let Deed::CreateTicket(new) = *deed else { panic!("{deed:?}") };
        assert_eq!((new.follow_up_of, new.comment), (Some(TicketId(1042)), NewComment::public("It is back.")));
        stage.keys("esc");
        assert!(!stage.screen().contains("REPLY"), "{}", stage.screen());
    }
}

/// A note stays among agents, whatever becomes of its ticket.
#[test]
fn a_note_that_was_too_late_is_never_made_public() {
    for private in [false, true] {
        let mut stage = Stage::silent(Role::Agent, 80, 24);
        stage.settings.private_tickets = private;
        stage.begin();
        stage.keys("2 enter i");
        stage.text("between us");
        stage.keys("ctrl-s");
        let act = stage.act().expect("an act");
        stage.acted(act, Err(Error::Refused(Refusal::Closed(TicketId(1042)))));
        stage.keys("y");
        let screen = stage.screen();
        assert_eq!(screen.contains("between us"), private, "{screen}");
        let place = if private { DraftPlace::NewTicket } else { DraftPlace::Note(TicketId(1042)) };
        assert_eq!(stage.model.shared.drafts[&place].body, "between us");
        if private {
            stage.keys("ctrl-s");
            let Some(Effect::Act { deed, .. }) = stage.act() else { panic!("an act") };
            let Deed::CreateTicket(new) = *deed else { panic!("{deed:?}") };
            assert_eq!(new.comment, NewComment::note("between us"));
        }
    }
}

#[test]
fn a_follow_up_of_an_open_ticket_is_refused_in_words() {
    let mut stage = agent();
    stage.keys("F");
    assert!(stage.screen().contains("#1042 is not closed"));
}

/// What happened, as sentences, in the conversation's place; the next page comes by itself.
#[test]
fn the_history_tells_who_did_what() {
    let mut stage = Stage::of(Role::Agent, 120, 40);
    stage.keys("2 enter h");
    let screen = stage.screen();
    assert!(screen.contains("History") && screen.contains("set the status from New to Open"), "{screen}");
    assert_snapshot!("history_120x40", screen);
    stage.keys("G G");
    let screen = stage.screen();
    assert!(screen.contains("took it from Marc Oni"), "{screen}");
    stage.keys("h");
    assert!(stage.screen().contains("Conversation"));
    stage.keys("q h q");
    assert!(stage.screen().contains("Unassigned"));
}

#[test]
fn the_next_page_of_a_history_is_asked_once() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 enter h");
    stage.deaf = true;
    stage.wanted.clear();
    stage.keys("G k j G");
    let asked = stage
        .wanted
        .iter()
        .filter(|effect| matches!(effect, Effect::Ask { question: Question::Audits { after: 100, .. }, .. }));
    assert_eq!(asked.count(), 1);
}

#[test]
fn what_changes_look_like() {
    let of = |keys: &str| {
        let mut stage = agent();
        stage.keys(keys);
        stage.screen()
    };
    assert_snapshot!("several_tags_80x24", of("t"));
    assert_snapshot!("several_ccs_80x24", of("w l e"));
    assert_snapshot!("merge_80x24", of("m 1 0 3 9"));
    assert_snapshot!("picker_due_80x24", of(": d u e enter"));
    assert_snapshot!("history_80x24", of("h"));
}
