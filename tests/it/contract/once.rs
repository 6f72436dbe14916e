use crate::support::town::{Town, changes, says};
use futures::future::join_all;
use guichet::client::{Error, Key, ListAsk, Source};
use guichet::domain::act::{Change, Deed};
use guichet::domain::comment::NewComment;
use guichet::domain::refusal::Refusal;
use guichet::domain::status::Status;

pub async fn the_same_key_gives_the_same_receipt(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let agent = town.as_(town.agent);
    let key = Key("once".into());
    let deed = says(id, NewComment::public("Which one?"));
    let first = agent.act(key.clone(), deed.clone()).await.expect("done");
    let again = agent.act(key.clone(), deed.clone()).await.expect("done");
    assert_eq!((first.outcome, first.repeated, again.repeated), (again.outcome, false, true));
    assert_eq!(agent.ticket(id, 10).await.expect("the ticket").comments.len(), 2);
    town.change(id, Change::status(Status::Closed)).await;
    assert_eq!(agent.act(key, deed).await.expect("done").outcome, first.outcome, "even where it would be refused now");
}

pub async fn the_same_key_for_another_deed_is_refused(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let agent = town.as_(town.agent);
    agent.act(Key("k".into()), says(id, NewComment::public("One"))).await.expect("done");
    let other = agent.act(Key("k".into()), says(id, NewComment::public("Two"))).await;
    assert_eq!(other.map(|_| ()), Err(Error::KeyReused));
    assert_eq!(agent.ticket(id, 10).await.expect("the ticket").comments.len(), 2);
}

pub async fn keys_of_two_people_do_not_meet(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let deed = || says(id, NewComment::public("Here"));
    let one = town.as_(town.agent).act(Key("k".into()), deed()).await.expect("done");
    let other = town.as_(town.ana).act(Key("k".into()), deed()).await.expect("done");
    assert_ne!(one.outcome.comment, other.outcome.comment);
    assert!(!other.repeated);
}

pub async fn one_key_sent_many_times_at_once_is_done_once(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let agent = town.as_(town.agent);
    let sends = (0..8).map(|_| agent.act(Key("k".into()), says(id, NewComment::public("Once"))));
    let receipts: Vec<_> = join_all(sends).await.into_iter().map(|answer| answer.expect("done")).collect();
    assert_eq!(receipts.iter().filter(|receipt| !receipt.repeated).count(), 1);
    assert!(receipts.iter().all(|receipt| receipt.outcome == receipts[0].outcome));
    assert_eq!(agent.ticket(id, 20).await.expect("the ticket").comments.len(), 2);
}

pub async fn a_change_against_an_older_version_is_a_conflict(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let version = town.as_(town.agent).ticket(id, 1).await.expect("the ticket").item.version;
    let against = || Deed::UpdateTicket {
        ticket: id,
        change: Box::new(Change::status(Status::Pending)),
        comment: None,
        expect: Some(version),
    };
    town.does(town.agent, against()).await;
    let second = town.tries(town.other_agent, against()).await;
    assert_eq!(second.map(|_| ()), Err(Error::Conflict { theirs: version + 1 }));
}

/// Eight at once, and among them some that are refused: none of those harms the others.
pub async fn many_writers_lose_nothing(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let closed = town.ticket(town.ana, "Old", "a").await;
    town.change(closed, Change::status(Status::Closed)).await;
    let writers = (0..8).map(|writer| async move {
        for n in 0..6 {
            let refused = town.tries(town.agent, says(closed, NewComment::public("late"))).await;
            assert_eq!(refused.map(|_| ()), Err(Error::Refused(Refusal::Closed(closed))));
            town.reply(town.agent, id, &format!("{writer}.{n}")).await;
            town.ticket(town.ana, &format!("Ticket {writer}.{n}"), "x").await;
        }
    });
    join_all(writers).await;
    let ticket = town.as_(town.agent).ticket(id, 100).await.expect("the ticket");
    assert_eq!((ticket.item.comments, ticket.item.version, ticket.comments.len()), (49, 49, 49));
    let mine = town.as_(town.ana).requests(ListAsk::first(Source::Mine)).await.expect("a page");
    assert_eq!(mine.rows.len(), 50);
}

pub async fn a_refused_act_leaves_nothing_behind(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let before = town.as_(town.agent).ticket(id, 10).await.expect("the ticket");
    for deed in [says(id, NewComment::public("  ")), changes(id, Change::status(Status::New))] {
        let key = town.key();
        let mut answers = Vec::new();
        for _ in 0..2 {
            answers.push(town.as_(town.agent).act(key.clone(), deed.clone()).await.map(|_| ()));
        }
        assert_eq!(answers[0], answers[1]);
    }
    assert_eq!(town.as_(town.agent).ticket(id, 10).await.expect("the ticket"), before);
}
