//! The last calls of a webhook.

use super::stage::Stage;
use guichet::domain::id::WebhookId;
use guichet::domain::person::Role;
use guichet::domain::setup::{Item, ItemKind};
use guichet::domain::webhook::Webhook;
use guichet::tui::effect::Question;
use guichet::tui::subject::Subject;
use insta::assert_snapshot;

/// The page of the only webhook.
fn calls(width: u16, height: u16) -> Stage {
    let mut stage = Stage::of(Role::Admin, width, height);
    let url = "https://chat.example/hook".to_owned();
    stage.items.push(Item::Webhook(Webhook { id: WebhookId(7), name: "Chat".to_owned(), url, active: true }));
    stage.keys("g a");
    for _ in Subject::ALL.into_iter().take_while(|one| *one != Subject::Items(ItemKind::Webhook)) {
        stage.keys("j");
    }
    stage.keys("enter o");
    stage
}

/// When, about what, how long, and what came back; what servers say is shown as what it is.
#[test]
fn the_calls_of_a_webhook_are_looked_at() {
    assert_snapshot!("calls_80x24", calls(80, 24).screen());
    assert_snapshot!("calls_140x40", calls(140, 40).screen());
    let mut stage = calls(80, 24);
    stage.keys("t");
    assert!(stage.asked.iter().any(|question| matches!(question, Question::TestWebhook(WebhookId(7)))));
    assert!(stage.screen().contains("It took the test: taken (200)."), "{}", stage.screen());
    stage.keys("j enter");
    assert!(stage.screen().contains("#1042"), "{}", stage.screen());
    stage.keys("q q q");
    calls(46, 12).screen();
}

/// Only webhooks are called.
#[test]
fn other_pages_have_no_calls() {
    let mut stage = Stage::of(Role::Admin, 80, 24);
    stage.keys("g a enter o");
    assert!(!stage.asked.iter().any(|question| matches!(question, Question::Calls(_))));
}
