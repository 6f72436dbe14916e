//! The demo's clock (Z11): what happened is told, and one move at a time is made.

use super::stage::{NOW, Stage};
use guichet::client::lab::Happened;
use guichet::client::{Names, Ran};
use guichet::domain::event::Event;
use guichet::domain::id::{RuleId, TicketId};
use guichet::domain::person::Role;
use guichet::domain::rule::{RuleRef, RuleSort};
use guichet::domain::status::Status;
use guichet::domain::time::Span;
use guichet::tui::clock::Lab;
use guichet::tui::effect::Effect;
use guichet::tui::message::Message;

fn moves(stage: &Stage) -> Vec<(Span, bool)> {
    let moves = stage.wanted.iter().filter_map(|effect| match effect {
        Effect::MoveClock { span, to_next } => Some((*span, *to_next)),
        _ => None,
    });
    moves.collect()
}

fn closed(ticket: i64, hours: i64) -> Happened {
    let rule = RuleRef { sort: RuleSort::Automation, id: RuleId(1), title: "close".to_owned() };
    let events = vec![Event::StatusChanged { from: Status::Solved, to: Status::Closed }];
    let at = NOW + Span::hours(hours);
    let ran = Ran { ticket: TicketId(ticket), rule, due_at: at, events };
    Happened { account: "Vélo Métropole".to_owned(), at, ran, names: Names::default() }
}

#[test]
fn the_clock_is_moved_once_at_a_time_and_what_happened_is_told() {
    for (width, height) in [(80, 24), (140, 40)] {
        let mut stage = Stage::of(Role::Agent, width, height);
        stage.keys("g c");
        assert!(moves(&stage).is_empty(), "without a clock that can be moved there is nothing to open");
        stage.model.shared.lab = Some(Lab::new(Span(0)));
        stage.keys("g c");
        assert!(stage.screen().contains("Nothing has happened yet"));
        assert!(stage.screen().contains("a week."), "to its end, however narrow: {}", stage.screen());
        stage.keys("d n");
        assert_eq!(moves(&stage), [(Span::days(1), false)]);
        assert!(stage.screen().contains("is moving"));
        let other = Happened { account: "Bornes Pay".to_owned(), ..closed(1039, 20) };
        let happened = vec![closed(1007, 2), other];
        stage.say(Message::ClockMoved(Ok((happened, Span::days(1)))));
        let screen = stage.screen();
        assert!(screen.contains("a day ahead"), "{screen}");
        assert!(screen.contains("#1007") && screen.contains("close"), "{screen}");
        let told = screen.matches("set the status from Solved to Closed").count();
        assert_eq!(told, 2, "what happened is read to its end: {screen}");
        assert!(screen.find("#1007") < screen.find("#1039"), "in the order in which it happened");
        stage.keys("w");
        assert_eq!(moves(&stage).last(), Some(&(Span::days(7), false)));
    }
}
