//! The home screen: keys in, effects and text out.

use super::stage::{NOW, Stage};
use guichet::client::{Error, Source};
use guichet::domain::act::{Change, Deed};
use guichet::domain::id::TicketId;
use guichet::domain::person::Role;
use guichet::domain::status::Status;
use guichet::domain::time::{Span, Timestamp};
use guichet::tui;
use guichet::tui::effect::{Effect, Question};
use guichet::tui::input::{Input, Size};
use guichet::tui::message::Message;

fn deeds(stage: &Stage) -> Vec<(TicketId, Change)> {
    let acts = stage.wanted.iter().filter_map(|effect| match effect {
        Effect::Act { deed, .. } => match &**deed {
            Deed::UpdateTicket { ticket, change, .. } => Some((*ticket, (**change).clone())),
            _ => None,
        },
        _ => None,
    });
    acts.collect()
}

#[test]
fn the_first_frame_comes_before_any_answer() {
    let stage = Stage::silent(Role::Agent, 80, 24);
    assert!(stage.screen().contains("Opening the account"));
}

/// R156, R163-R166: the three lists, one key each.
#[test]
fn an_end_user_has_three_lists() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    assert!(stage.screen().contains("My requests 4"));
    stage.keys("tab");
    assert!(stage.screen().contains("Nobody has put you in copy"));
    stage.keys("3");
    assert!(stage.screen().contains("Payment terminal"));
}

/// R156, R163: the menu entry "My activities", and its one key, lead from everywhere to the same three lists as home.
#[test]
fn my_activities_are_reached_from_home_and_by_the_menu() {
    let home = Stage::of(Role::EndUser, 80, 24).screen();
    for away in ["j", "3", "j enter", "/ p r i n esc", "c", "D", "j enter c"] {
        for menu in ["M", ": m y space a c t i v enter"] {
            let mut stage = Stage::of(Role::EndUser, 80, 24);
            stage.keys(away);
            stage.keys(menu);
            stage.keys("g g");
            assert_eq!(lists(&stage.screen()), lists(&home), "{away}, {menu}");
            // It is home itself: there is nothing behind it to go back to.
            stage.keys("q");
            assert_eq!(lists(&stage.screen()), lists(&home), "{away}, {menu}");
        }
    }
}

/// The tabs and the numbers of the rows below.
fn lists(screen: &str) -> Vec<String> {
    let rows = screen.lines().skip(1).take(8).map(|row| row.trim_start_matches(['▌', '•', ' ']).to_owned());
    rows.filter(|row| row.starts_with(|first: char| first.is_ascii_digit()) || row.contains("My requests")).collect()
}

/// R163: an agent's own requests are a page beside their views.
#[test]
fn an_agent_has_activities_too() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    let home = stage.screen();
    stage.keys("M");
    let screen = stage.screen();
    assert!(screen.contains("My requests") && screen.contains("CC'd") && !screen.contains("Unassigned"), "{screen}");
    stage.keys("M q");
    assert_eq!(stage.screen(), home);
}

/// R172, R173, R177: as long as the program is open the timers are looked after, and what they did is shown.
#[test]
fn what_happens_by_itself_is_shown() {
    let mut stage = Stage::silent(Role::EndUser, 80, 24);
    assert_eq!(stage.catching_up, None, "the first screen comes first");
    stage.begin();
    assert!(stage.catching_up.take().is_some_and(|wait| wait < 1_000));
    stage.keys("enter");
    stage.tickets[0].state = guichet::domain::status::State::Closed { since: NOW };
    stage.say(Message::CaughtUp(Ok(0)));
    assert!(!stage.screen().contains("Closed"), "nothing happened, nothing is asked");
    assert_eq!(stage.catching_up.take(), Some(60_000), "at least every minute");
    stage.say(Message::CaughtUp(Ok(1)));
    assert!(stage.screen().contains("▪ Closed"), "{}", stage.screen());
    stage.keys("q");
    assert!(stage.screen().contains("▪ Closed"), "{}", stage.screen());
    stage.catching_up = None;
    stage.say(Message::CaughtUp(Err(Error::Unreachable("gone".into()))));
    assert_eq!(stage.catching_up, Some(60_000), "a failure does not end it");
}

/// R171: whose turn it is.
#[test]
fn a_pending_request_says_that_it_waits_for_its_requester() {
    assert!(Stage::of(Role::EndUser, 100, 30).screen().contains("◐ Pending ← you"));
    let mut agents = Stage::of(Role::Agent, 100, 30);
    agents.keys("2");
    assert!(!agents.screen().contains("← you"));
}

/// R169, R170, R175, R176, D8, D11: five labels for a requester, in the list and on the request; New is none of them, and
/// On-hold only where the account shows it. An agent sees all six.
#[test]
fn a_requester_reads_five_labels() {
    use guichet::domain::account::OnHold;
    use guichet::domain::status::State;
    let since = NOW;
    for (state, agents, show, as_open) in [
        (State::New, "✱ New", "● Open", "● Open"),
        (State::Open, "● Open", "● Open", "● Open"),
        (State::Pending { since }, "◐ Pending", "◐ Pending", "◐ Pending"),
        (State::Hold, "◌ On-hold", "◌ On-hold", "● Open"),
        (State::Solved { since }, "✓ Solved", "✓ Solved", "✓ Solved"),
        (State::Closed { since }, "▪ Closed", "▪ Closed", "▪ Closed"),
    ] {
        for (role, on_hold, label) in [
            (Role::EndUser, OnHold::Show, show),
            (Role::EndUser, OnHold::AsOpen, as_open),
            (Role::Agent, OnHold::AsOpen, agents),
        ] {
            let mut stage = Stage::silent(role, 80, 24);
            stage.settings.portal_on_hold = on_hold;
            stage.tickets.truncate(1);
            stage.tickets[0].state = state;
            stage.begin();
            if role == Role::Agent {
                stage.keys("/ p a y");
            }
            let row = stage.screen().lines().find(|line| line.contains("1042")).map(str::to_owned);
            assert!(row.as_ref().is_some_and(|row| row.contains(label)), "{label}: {row:?}");
            stage.keys("enter");
            assert!(stage.screen().contains(label), "{label}: {}", stage.screen());
        }
    }
}

/// Z10: what happens by itself.
#[test]
fn a_solved_request_says_when_it_closes() {
    assert!(Stage::of(Role::EndUser, 100, 30).screen().contains("closes in 1 d"));
}

#[test]
fn a_status_is_set_for_the_row_under_the_cursor() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 j s");
    stage.text("solv");
    stage.keys("enter");
    assert_eq!(deeds(&stage), [(TicketId(1039), Change::status(Status::Solved))]);
}

#[test]
fn an_act_is_for_all_marked_rows() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 space space p");
    stage.text("urgent");
    stage.keys("enter");
    let tickets: Vec<TicketId> = deeds(&stage).iter().map(|(ticket, _)| *ticket).collect();
    assert_eq!(tickets, [TicketId(1042), TicketId(1039)]);
}

#[test]
fn an_end_user_can_only_solve() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("s");
    stage.text("open");
    assert!(stage.screen().contains("Nothing matches"));
    stage.keys("ctrl-u s o l v enter");
    assert_eq!(deeds(&stage), [(TicketId(1042), Change::status(Status::Solved))]);
    stage.keys("a");
    assert!(!stage.screen().contains("Assignee ·"));
}

#[test]
fn closing_is_asked_about_because_it_is_for_good() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 s");
    stage.text("closed");
    stage.keys("enter");
    assert_eq!(deeds(&stage), []);
    assert!(stage.screen().contains("closed for good"));
    stage.keys("y");
    assert_eq!(deeds(&stage), [(TicketId(1042), Change::status(Status::Closed))]);
}

#[test]
fn a_refused_act_says_why_and_keeps_its_details() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 A");
    let act = stage.act().expect("an act");
    stage.acted(act, Err(Error::Conflict { theirs: 3 }));
    assert!(stage.screen().contains("Somebody changed the ticket first"));
    stage.keys("E");
    assert!(stage.screen().contains("What went wrong"));
}

#[test]
fn narrowing_asks_while_typing_and_esc_widens() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("f");
    stage.text("csv");
    assert!(!stage.screen().contains("Payment"));
    stage.keys("enter");
    assert!(stage.screen().contains("csv"));
    stage.keys("esc");
    assert!(stage.screen().contains("Payment"));
}

/// Z16: every key asks at once, and what is half typed is asked for as a beginning, in a search and in a narrowed list.
#[test]
fn a_search_asks_with_every_key() {
    for (key, role) in [("/", Role::Agent), ("/", Role::EndUser), ("f", Role::EndUser)] {
        let mut stage = Stage::of(role, 80, 24);
        stage.keys(key);
        stage.deaf = true;
        stage.text("print");
        let asked = stage.wanted.iter().filter_map(|effect| match effect {
            Effect::Ask { question: Question::Tickets(ask) | Question::Requests(ask), .. } => match &ask.source {
                Source::Search(text) => Some(text.clone()),
                _ => ask.narrow.clone(),
            },
            _ => None,
        });
        assert_eq!(asked.collect::<Vec<_>>(), ["p", "pr", "pri*", "prin*", "print*"], "{key}");
    }
}

#[test]
fn a_new_row_does_not_take_the_cursor_and_hides_nothing_where_all_fits() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("j");
    let mut newer = stage.tickets[0].clone();
    newer.id = TicketId(1043);
    newer.requester_updated_at = Timestamp(NOW.0 + 1000);
    stage.tickets.insert(0, newer);
    stage.keys("ctrl-r");
    let screen = stage.screen();
    let cursor = screen.lines().find(|line| line.starts_with('▌')).expect("a cursor");
    assert!(cursor.contains("1039"), "{cursor}");
    assert!(screen.lines().any(|line| line.starts_with(" • 1043")), "what is new is seen: {screen}");
    assert!(!screen.contains(" ↑ "), "nothing is hidden: {screen}");
}

/// R166: of colleagues' requests it matters first whose they are; of one's own, when they end.
#[test]
fn requests_of_others_say_whose_they_are() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    let mine = stage.screen();
    assert!(!mine.contains("Requester") && mine.contains("closes in"), "{mine}");
    stage.keys("3");
    let theirs = stage.screen();
    let head = theirs.lines().find(|line| line.contains("Requester")).unwrap_or_default();
    assert!(head.contains("Subject") && theirs.contains("  Ana Ruiz"), "{theirs}");
}

/// The row of one's own new request is what one wants to see: it does not wait above the list.
#[test]
fn the_cursor_is_on_ones_own_new_request() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("j j c enter");
    stage.text("Wheels");
    stage.keys("ctrl-s");
    let act = stage.act().expect("an act");
    let mut new = stage.tickets[0].clone();
    new.id = TicketId(1043);
    new.subject = "Wheels".into();
    stage.tickets.insert(0, new);
    stage.made(act, TicketId(1043));
    stage.keys("esc");
    let screen = stage.screen();
    assert!(screen.lines().any(|line| line.starts_with('▌') && line.contains("1043  Wheels")), "{screen}");
    assert!(!screen.contains(" ↑ "), "nothing is hidden above: {screen}");
    // What others bring does not move the cursor, then as before.
    let mut newer = stage.tickets[0].clone();
    newer.id = TicketId(1044);
    stage.tickets.insert(0, newer);
    stage.keys("ctrl-r");
    assert!(stage.screen().lines().any(|line| line.starts_with('▌') && line.contains("1043  Wheels")));
}

/// The mark says that somebody else did something: what one did oneself is known.
#[test]
fn ones_own_change_leaves_no_mark() {
    for role in [Role::Agent, Role::EndUser] {
        let mut stage = Stage::of(role, 80, 24);
        if role == Role::Agent {
            stage.keys("2");
        }
        stage.keys("s s o l v enter");
        let act = stage.act().expect("an act");
        stage.say(Message::Clock(Timestamp(NOW.0 + 2000)));
        for ticket in &mut stage.tickets[..2] {
            ticket.updated_at = Timestamp(NOW.0 + 1000);
            ticket.requester_updated_at = ticket.updated_at;
        }
        stage.acted(act, Ok(()));
        let screen = stage.screen();
        assert!(screen.contains("▌  1042") && screen.contains(" • 1039"), "{screen}");
    }
}

#[test]
fn tabs_that_do_not_fit_are_told() {
    let more = |width| Stage::of(Role::Agent, width, 24).screen().lines().any(|line| line.ends_with('›'));
    assert_eq!([80, 140].map(more), [true, false]);
}

/// A sequence that has begun says how it can go on.
#[test]
fn the_keys_that_follow_are_told() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 enter r x alt-s");
    let screen = stage.screen();
    assert!(screen.contains("alt-s…  o send as Open  p as Pending  h as On-hold  s as Solved"), "{screen}");
    stage.keys("q");
    assert!(!stage.screen().contains("alt-s…"), "{}", stage.screen());
}

#[test]
fn the_next_page_comes_by_itself() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    let one = stage.tickets[0].clone();
    stage.tickets = (1..=250).map(|id| guichet::domain::ticket::Ticket { id: TicketId(id), ..one.clone() }).collect();
    stage.keys("ctrl-r G");
    stage.keys("G");
    stage.keys("G");
    let screen = stage.screen();
    assert!(screen.lines().any(|line| line.starts_with('▌') && line.contains("250")), "{screen}");
}

#[test]
fn a_long_list_that_is_gone_through_is_not_cut_short_by_a_refresh() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    let one = stage.tickets[0].clone();
    stage.tickets = (1..=250).map(|id| guichet::domain::ticket::Ticket { id: TicketId(id), ..one.clone() }).collect();
    stage.keys("ctrl-r G");
    stage.keys("G");
    stage.say(Message::Input(Input::Resize(Size { width: 80, height: 30 })));
    stage.keys("s s o l v enter");
    let act = stage.act().expect("an act");
    stage.acted(act, Ok(()));
    let screen = stage.screen();
    assert!(screen.lines().any(|line| line.starts_with('▌') && line.contains(" 200 ")), "{screen}");
    stage.keys("G");
    assert!(stage.screen().contains(" 250 "));
}

#[test]
fn copying_goes_through_the_terminal() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("y Y");
    let copied: Vec<&Effect> = stage.wanted.iter().filter(|effect| matches!(effect, Effect::Copy(_))).collect();
    assert_eq!(copied, [&Effect::Copy("#1042".into()), &Effect::Copy("https://velo.example/requests/1042".into())]);
}

#[test]
fn every_size_can_be_drawn() {
    for (keys, role) in [("j", Role::EndUser), ("2 enter r x", Role::Agent), ("2 :", Role::Agent), ("?", Role::Agent)] {
        let mut stage = Stage::of(role, 80, 24);
        stage.keys(keys);
        for width in [1, 20, 45, 46, 63, 80, 99, 100, 129, 130, 250] {
            for height in [1, 5, 11, 12, 15, 16, 24, 80] {
                stage.say(Message::Input(Input::Resize(Size { width, height })));
                stage.screen();
            }
        }
    }
}

/// The clock speaks only when something shown is about to change.
#[test]
fn the_clock_sleeps_until_the_next_minute() {
    let mut stage = Stage::silent(Role::Agent, 80, 24);
    assert_eq!(tui::wake_in(&stage.model), None);
    stage = Stage::of(Role::Agent, 80, 24);
    stage.say(Message::Clock(Timestamp(NOW.0 + Span::minutes(1).0 - 5)));
    assert_eq!(tui::wake_in(&stage.model), Some(5));
}

#[test]
fn quitting_is_one_key_from_everywhere() {
    for keys in ["ctrl-c", "2 s ctrl-c", "? ctrl-c", "2 enter r ctrl-c"] {
        let mut stage = Stage::of(Role::Agent, 80, 24);
        stage.keys(keys);
        assert!(stage.wanted.contains(&Effect::Quit), "{keys}");
    }
}
