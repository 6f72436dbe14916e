//! How much an end user can hand in and ask for: behind the client, whatever a screen lets through.

use crate::support::town::{Town, address, changes, says};
use guichet::client::{Client, Error, Key, PeopleAsk, Source};
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{KindId, PersonId};
use guichet::domain::person::PersonRef;
use guichet::domain::refusal::{Field, Refusal};

fn too_long<T>(field: Field, max: u64) -> Result<T, Error> {
    Err(Error::Refused(Refusal::TooLong { field, max }))
}

fn too_much<T>(max: u64) -> Result<T, Error> {
    Err(Error::Refused(Refusal::TooMuchAsked { max }))
}

/// Somebody's comment with so many files.
async fn with_files(client: &dyn Client, many: usize) -> NewComment {
    let mut comment = NewComment::public("See");
    for n in 0..many {
        let upload = client.upload(format!("{n}.txt"), "text/plain".into(), b"x".to_vec()).await.expect("kept");
        comment.uploads.push(upload.token);
    }
    comment
}

/// D17
pub async fn what_is_handed_in_has_bounds(town: &Town) {
    let ana = town.as_(town.ana);
    let id = town.ticket(town.ana, "Printer", "a").await;
    let many = with_files(&*ana, 51).await;
    let mut new = NewTicket::new("Printer", many.clone());
    new.kind = Some(KindId(4));
    for deed in [says(id, many.clone()), Deed::CreateTicket(Box::new(new))] {
        assert_eq!(town.tries(town.ana, deed).await.map(|_| ()), too_long(Field::Attachments, 50));
    }
    let uploads = many.uploads[..50].to_vec();
    town.does(town.ana, says(id, NewComment { uploads, ..many })).await;
    let named = |chars: usize| ana.upload("é".repeat(chars), "text/plain".into(), b"x".to_vec());
    assert_eq!(named(256).await.map(|_| ()), too_long(Field::FileName, 255));
    named(255).await.expect("kept");
    let odd = ana.upload("a".into(), "x".repeat(1_000_000), b"x".to_vec()).await.expect("kept");
    assert_eq!(odd.content_type, "application/octet-stream");

    let before = town.suggested(town.agent, "copied").await.len();
    let copied = |n: usize| PersonRef::Address(address(&format!("copied{n}@x.example")));
    for many in [49, 193, 20_000] {
        let change = Change { add_ccs: (0..many).map(copied).collect(), ..Change::default() };
        assert_eq!(town.tries(town.ana, changes(id, change)).await.map(|_| ()), too_long(Field::Ccs, 48));
    }
    assert_eq!(town.suggested(town.agent, "copied").await.len(), before, "and nobody was made");
    let key = Key("k".repeat(256));
    let refused = ana.act(key, says(id, NewComment::public("x"))).await;
    assert_eq!(refused.map(|_| ()), too_long(Field::Key, 255));
}

pub async fn what_is_asked_for_at_once_has_bounds(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "0").await;
    let said = (0..110).map(|n| town.reply(town.ana, id, if n % 2 == 0 { "even" } else { "odd" }));
    futures::future::join_all(said).await;
    let ana = town.as_(town.ana);
    let thread = ana.request(id, u32::MAX).await.expect("the request");
    assert_eq!((thread.comments.len(), thread.more), (100, true));
    let earlier = ana.comments(id, thread.comments[0].id, u32::MAX).await.expect("earlier ones");
    assert_eq!(earlier.rows.len(), 11);
    let thread = town.as_(town.agent).ticket(id, u32::MAX).await.expect("the ticket");
    assert_eq!((thread.comments.len(), thread.more), (100, true));
    let sources = |many: usize| vec![Source::Mine; many];
    assert_eq!(ana.counts(sources(50)).await.expect("counts").len(), 50);
    assert_eq!(ana.counts(sources(51)).await, too_much(50));
    let ids = |many: i64| PeopleAsk::Ids((0..many).map(PersonId).collect());
    assert_eq!(ana.people(ids(100)).await.expect("a page").rows.len(), 1);
    assert_eq!(ana.people(ids(101)).await.map(|_| ()), too_much(100));
    assert_eq!(ana.organizations("a ".repeat(1_000), None, 10).await.map(|_| ()), too_much(1_000));
}
