//! What others change comes onto the screen by itself, and is in nobody's way.

use super::stage::{ANA, MARC, Stage};
use guichet::client::{Cursor, Error, News};
use guichet::domain::id::TicketId;
use guichet::domain::person::Role;
use guichet::domain::presence::{Doing, Present};
use guichet::tui::effect::{Effect, Question};
use guichet::tui::message::Message;

fn heard(stage: &mut Stage, tickets: &[i64]) {
    let news = News { tickets: tickets.iter().map(|id| TicketId(*id)).collect(), ..News::none(Cursor("p".into())) };
    stage.asked.clear();
    stage.say(Message::News(Ok(news)));
}

#[test]
fn who_begins_listens() {
    let stage = Stage::of(Role::Agent, 80, 24);
    assert_eq!(stage.listening, Some((None, 0)));
}

#[test]
fn a_list_shows_what_others_did_and_keeps_its_cursor() {
    let mut stage = Stage::of(Role::Agent, 140, 40);
    stage.keys("2 j");
    let before = stage.screen();
    let id = stage.tickets[0].id;
    for ticket in &mut stage.tickets {
        ticket.subject = format!("Renamed {}", ticket.id);
    }
    heard(&mut stage, &[id.0]);
    assert!(stage.asked.iter().any(|asked| matches!(asked, Question::Tickets(_))));
    assert!(stage.asked.iter().any(|asked| matches!(asked, Question::Counts(_))));
    let after = stage.screen();
    assert_ne!(after, before);
    let cursor = |screen: &str| screen.lines().position(|line| line.starts_with('▌'));
    assert!(cursor(&before).is_some());
    assert_eq!(cursor(&after), cursor(&before));
    assert!(after.contains("Renamed"), "{after}");
    assert_eq!(stage.listening, Some((Some(Cursor("p".into())), 250)), "it goes on from there");
}

#[test]
fn an_open_ticket_is_fetched_anew_and_what_is_typed_stays() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 enter");
    let of_ticket = |asked: &[Question]| {
        asked.iter().find_map(|asked| match asked {
            Question::Ticket { id, comments: 50 } => Some(*id),
            _ => None,
        })
    };
    let id = of_ticket(&stage.asked).expect("a ticket is open");
    stage.keys("r");
    stage.text("On my w");
    heard(&mut stage, &[id.0]);
    assert_eq!(of_ticket(&stage.asked), Some(id));
    stage.text("ay");
    assert!(stage.screen().contains("On my way"), "{}", stage.screen());
    heard(&mut stage, &[id.0 + 100]);
    assert_eq!(of_ticket(&stage.asked), None, "another one is of no concern");
}

#[test]
fn who_cannot_listen_tries_again_after_longer_and_longer() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    heard(&mut stage, &[]);
    let place = Some(Cursor("p".into()));
    for wait in [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000] {
        stage.say(Message::News(Err(Error::Unreachable("gone".into()))));
        assert_eq!(stage.listening, Some((place.clone(), wait)));
    }
    assert!(!stage.model.shared.hearing.hears(), "meanwhile the lists look for themselves");
    heard(&mut stage, &[]);
    assert!(stage.model.shared.hearing.hears());
    assert_eq!(stage.listening, Some((place, 0)));
}

#[test]
fn the_status_line_says_when_the_account_answers_again() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    heard(&mut stage, &[]);
    stage.model.shared.fail(Error::Unreachable("gone".into()));
    stage.say(Message::News(Err(Error::Unreachable("gone".into()))));
    assert!(stage.screen().contains("cannot be reached"), "{}", stage.screen());
    heard(&mut stage, &[]);
    assert!(stage.screen().contains("The account answers again."), "{}", stage.screen());
    stage.model.shared.fail(Error::Denied);
    let other = stage.screen();
    heard(&mut stage, &[]);
    assert_eq!(stage.screen(), other, "what else went wrong stays");
}

#[test]
fn a_session_that_changed_is_asked_for() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.asked.clear();
    stage.say(Message::News(Ok(News { session: true, unread: Some(3), ..News::none(Cursor("p".into())) })));
    assert!(stage.asked.contains(&Question::Session));
}

#[test]
fn who_else_is_there_stands_over_the_conversation() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.present = vec![Present { person: MARC, doing: Doing::Replies }, Present { person: ANA, doing: Doing::Looks }];
    stage.keys("2");
    stage.asked.clear();
    stage.keys("enter");
    let said = |asked: &[Question]| {
        asked
            .iter()
            .filter_map(|one| if let Question::Present { doing, .. } = one { Some(*doing) } else { None })
            .collect()
    };
    let looks: Vec<Option<Doing>> = said(&stage.asked);
    assert_eq!(looks, [Some(Doing::Looks)]);
    assert!(stage.screen().contains("is replying · "), "{}", stage.screen());
    assert!(stage.screen().contains("looks at it too"), "{}", stage.screen());
    stage.asked.clear();
    stage.keys("r");
    let replies: Vec<Option<Doing>> = said(&stage.asked);
    assert_eq!(replies, [Some(Doing::Replies)]);
}

#[test]
fn an_end_user_says_and_hears_nothing_of_who_is_there() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.present = vec![Present { person: MARC, doing: Doing::Replies }];
    stage.keys("enter");
    assert!(!stage.asked.iter().any(|asked| matches!(asked, Question::Present { .. })));
    assert!(!stage.screen().contains("replying"));
}

/// Whoever has left the window, or has not touched it for long, does not look; any key or the window again, and they do.
#[test]
fn nobody_looks_at_a_window_that_was_left() {
    use guichet::domain::time::Span;
    use guichet::tui::input::Input;
    let mut stage = Stage::of(Role::Agent, 80, 24);
    let begun = stage.model.shared.now;
    assert!(guichet::tui::looks(&stage.model));
    stage.say(Message::Input(Input::Focus(false)));
    assert!(!guichet::tui::looks(&stage.model));
    stage.say(Message::Input(Input::Focus(true)));
    assert!(guichet::tui::looks(&stage.model));
    for (minutes, looks) in [(4, true), (5, false), (60, false)] {
        stage.say(Message::Clock(begun + Span::minutes(minutes)));
        assert_eq!(guichet::tui::looks(&stage.model), looks, "{minutes}");
    }
    stage.keys("j");
    assert!(guichet::tui::looks(&stage.model));
}

/// An account that allows no more at the moment is not a screen that stands still: the last line says why, and counts.
#[test]
fn a_line_says_why_one_waits() {
    use guichet::client::Waiting;
    use guichet::domain::time::Span;
    let mut stage = Stage::of(Role::Agent, 80, 24);
    let now = stage.model.shared.now;
    assert!(!stage.screen().contains("Waiting"));
    stage.say(Message::Held(Some(Waiting { until: now + Span(41_500), allowed: Some(700) })));
    assert!(stage.screen().contains("Waiting 42 s: the account allows 700 requests a minute"), "{}", stage.screen());
    assert_eq!(guichet::tui::wake_in(&stage.model), Some(1_000));
    stage.say(Message::Clock(now + Span(30_000)));
    assert!(stage.screen().contains("Waiting 12 s"), "{}", stage.screen());
    stage.say(Message::Held(None));
    assert!(!stage.screen().contains("Waiting"), "{}", stage.screen());
}

/// An agent who writes a reply on the first ticket of the second view, and its number.
fn replying() -> (Stage, TicketId) {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 enter r");
    stage.text("On my way");
    let open = stage.asked.iter().find_map(|asked| match asked {
        Question::Ticket { id, .. } => Some(*id),
        _ => None,
    });
    stage.asked.clear();
    (stage, open.expect("a ticket is open"))
}

fn comes(stage: &mut Stage, id: TicketId, present: Vec<Present>) {
    stage.present = present;
    stage.say(Message::News(Ok(News { around: [id].into(), ..News::none(Cursor("p".into())) })));
}

#[test]
fn who_sends_while_another_replies_is_asked_first() {
    let (mut stage, id) = replying();
    comes(&mut stage, TicketId(id.0 + 100), vec![Present { person: ANA, doing: Doing::Replies }]);
    assert!(!stage.asked.iter().any(|asked| matches!(asked, Question::Present { .. })), "it is another ticket");
    comes(&mut stage, id, vec![Present { person: ANA, doing: Doing::Replies }]);
    assert!(stage.asked.contains(&Question::Present { ticket: id, doing: Some(Doing::Replies) }));
    assert!(stage.screen().contains("is replying"), "at once: {}", stage.screen());
    stage.keys("ctrl-s");
    let asked = stage.screen();
    assert!(asked.contains("is replying too") && asked.contains("all the same"), "{asked}");
    assert!(stage.act().is_none(), "nothing has left");
    stage.keys("n");
    assert!(stage.screen().contains("On my way"), "what is written stays: {}", stage.screen());
    assert_eq!(stage.model.shared.drafts.len(), 1, "and is kept");
    stage.keys("ctrl-s y");
    assert!(matches!(stage.act(), Some(Effect::Act { .. })));
}

#[test]
fn who_sends_after_another_has_answered_is_asked_first() {
    let (mut stage, id) = replying();
    let mut more = stage.comments.last().expect("a comment").clone();
    (more.id.0, more.author, more.ticket) = (more.id.0 + 100, ANA, id);
    stage.comments.push(more);
    heard(&mut stage, &[id.0]);
    stage.keys("ctrl-s");
    let asked = stage.screen();
    assert!(asked.contains("wrote here after you began"), "{asked}");
    assert!(stage.act().is_none());
    stage.keys("n");
    assert!(stage.screen().contains("On my way"), "{}", stage.screen());
    stage.keys("ctrl-s y");
    assert!(matches!(stage.act(), Some(Effect::Act { .. })));
}

#[test]
fn a_note_is_in_nobodys_way() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.present = vec![Present { person: ANA, doing: Doing::Replies }];
    stage.keys("2 enter i");
    stage.text("For us");
    let said: Vec<&Question> = stage
        .asked
        .iter()
        .filter(|asked| matches!(asked, Question::Present { doing: Some(Doing::Replies), .. }))
        .collect();
    assert_eq!(said, [] as [&Question; 0], "nobody is told that a note is a reply");
    stage.keys("ctrl-s");
    assert!(matches!(stage.act(), Some(Effect::Act { .. })));
}
