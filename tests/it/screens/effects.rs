//! How effects stand to each other.

use guichet::client::{Key, ListAsk, Source};
use guichet::domain::act::{Change, Deed};
use guichet::domain::draft::{Draft, DraftPlace};
use guichet::domain::id::TicketId;
use guichet::domain::status::Status;
use guichet::domain::time::Timestamp;
use guichet::tui::effect::{Effect, Lane, Order, Question};
use guichet::tui::message::ScreenId;

fn keep(place: DraftPlace, body: &str) -> Effect {
    Effect::KeepDraft(Box::new(Draft {
        place,
        body: body.to_owned(),
        fields: std::collections::BTreeMap::new(),
        files: Vec::new(),
        key: "k".into(),
        updated_at: Timestamp(0),
    }))
}

/// Z07: what must not be cut off waits its turn; a later text of the same draft makes one that still waits needless.
#[test]
fn drafts_and_acts_happen_in_order_and_whole() {
    let (one, other) = (DraftPlace::Reply(TicketId(1)), DraftPlace::Note(TicketId(1)));
    assert_eq!(keep(one, "a").order(), Order::InTurn(Lane::Drafts));
    assert_eq!(Effect::DropDraft(one).order(), Order::InTurn(Lane::Drafts));
    assert!(keep(one, "ab").replaces(&keep(one, "a")));
    assert!(!keep(other, "ab").replaces(&keep(one, "a")));
    assert!(Effect::DropDraft(one).replaces(&keep(one, "a")));
    assert!(!keep(one, "a").replaces(&Effect::DropDraft(one)));
    let deed = Deed::UpdateTicket {
        ticket: TicketId(1),
        change: Box::new(Change::status(Status::Open)),
        comment: None,
        expect: None,
    };
    let act = Effect::Act { to: ScreenId(1), key: Key("k".into()), deed: Box::new(deed) };
    assert_eq!(act.order(), Order::InTurn(Lane::Acts));
    assert!(!act.replaces(&act));
}

/// Z16: whoever types on does not wait for what was typed before.
#[test]
fn only_the_newest_search_of_a_screen_counts() {
    let search = |screen, text: &str| Effect::Ask {
        to: ScreenId(screen),
        question: Question::Tickets(ListAsk::first(Source::Search(text.into())).into()),
    };
    assert!(matches!(search(1, "a").order(), Order::Latest(_)));
    assert_eq!(search(1, "a").order(), search(1, "ab").order());
    assert_ne!(search(1, "a").order(), search(2, "a").order());
}
