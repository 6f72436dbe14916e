//! Drafts survive everything (Z07).

use crate::support::dirs;
use crate::support::town::{NOW, mode};
use guichet::domain::draft::{Draft, DraftPlace};
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::time::Timestamp;
use guichet::store::{Drafts, FaultKind};

const ME: PersonId = PersonId(7);

fn draft(place: DraftPlace, body: &str, at: i64) -> Draft {
    Draft {
        place,
        body: body.into(),
        fields: [("subject".to_owned(), "Prïnter\u{1b}[31m".to_owned())].into(),
        files: vec!["/tmp/a b.png".into()],
        key: "key".into(),
        updated_at: Timestamp(NOW.0 + at),
    }
}

/// Z07: several at once, each tied to its ticket and kind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_place_keeps_its_own_draft_and_several_programs_may_write() {
    let folder = dirs::temp();
    let path = folder.path().join("state/drafts.db");
    let (one, other) = tokio::join!(Drafts::open(&path), Drafts::open(&path));
    let (one, other) = (one.expect("open"), other.expect("open"));
    assert_eq!(mode(&path), 0o600);
    let places = [DraftPlace::Reply(TicketId(4)), DraftPlace::Note(TicketId(4)), DraftPlace::NewTicket];
    for (place, n) in places.into_iter().zip(0..) {
        one.put("account", ME, &draft(place, "first", n)).await.expect("kept");
        other.put("account", ME, &draft(place, &format!("{place:?}\0"), n)).await.expect("kept");
    }
    for (place, n) in places.into_iter().zip(0..) {
        let kept = one.get("account", ME, place).await.expect("an answer");
        assert_eq!(kept, Some(draft(place, &format!("{place:?}\0"), n)));
    }
    assert_eq!(one.list("account", ME).await.expect("a list").len(), 3);
    assert_eq!(one.list("account", ME).await.expect("a list")[0].place, DraftPlace::NewTicket, "the latest first");
    assert_eq!(one.list("other", ME).await.expect("a list"), []);
    assert_eq!(one.list("account", PersonId(8)).await.expect("a list"), []);
    other.drop("account", ME, places[0]).await.expect("dropped");
    assert_eq!(one.get("account", ME, places[0]).await.expect("an answer"), None);
    one.close().await;
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_programs_file_is_left_alone() {
    let folder = dirs::temp();
    let path = folder.path().join("drafts.db");
    std::fs::write(&path, b"no database, just a text that is longer than a head of one hundred bytes, so that it is looked at and refused").expect("a file");
    assert_eq!(Drafts::open(&path).await.err().map(|fault| fault.kind), Some(FaultKind::Foreign));
    assert!(std::fs::read(&path).expect("the file").starts_with(b"no database"));
}
