//! Acts that come at the same moment share one transaction on SQLite: whatever they do to the same ticket, everything is
//! as if each had come alone, in some order. On a runtime of one thread all that is asked for at once waits together.

use super::form::connect;
use crate::support::town::{Town, changes, says};
use futures::future::join_all;
use guichet::client::{Error, ListAsk, Receipt, Source};
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{KindId, PersonId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::refusal::Refusal;
use guichet::domain::tag::Tag;

fn tags(text: &str) -> std::collections::BTreeSet<Tag> {
    [Tag::parse(text).expect("a tag")].into()
}

/// Somebody in copy, a follower and a label, put on.
fn on(town: &Town) -> Change {
    Change {
        add_ccs: vec![PersonRef::Id(town.cleo)],
        add_followers: [town.other_agent].into(),
        add_tags: tags("printer"),
        ..Change::default()
    }
}

/// And taken off.
fn off(town: &Town) -> Change {
    Change {
        remove_ccs: [town.cleo].into(),
        remove_followers: [town.other_agent].into(),
        remove_tags: tags("printer"),
        ..Change::default()
    }
}

async fn all(town: &Town, acts: Vec<(PersonId, Deed)>) -> Vec<Result<Receipt, Error>> {
    join_all(acts.into_iter().map(|(person, deed)| town.tries(person, deed))).await
}

/// R165: who was taken out of copy sees nothing more, however fast it went.
#[tokio::test]
async fn what_is_put_on_and_taken_off_at_the_same_moment_is_off() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let (on, off) = (|| on(&town), || off(&town));
    for changing in [vec![on(), off()], vec![on()], vec![off(), on(), off()], vec![on(), off(), on()], vec![off()]] {
        let last = changing.last().cloned().expect("something is done");
        let acts = changing.into_iter().map(|change| (town.agent, changes(id, change))).collect();
        assert!(all(&town, acts).await.iter().all(Result::is_ok));
        let is_on = last == on();
        let theirs = town.as_(town.cleo).requests(ListAsk::first(Source::Ccd)).await.expect("a page").rows;
        assert_eq!(theirs.len(), usize::from(is_on), "in copy, or not");
        let found = Source::Search("tags:printer".into());
        assert_eq!(town.as_(town.agent).counts(vec![found]).await.expect("counts")[0].value, u64::from(is_on));
        town.verified().await;
    }
}

/// Numbers are easily guessed: who answers on a ticket in the moment in which it is opened answers on a whole one.
#[tokio::test]
async fn a_ticket_can_be_changed_in_the_moment_of_its_making() {
    let town = Town::sqlite().await;
    let last = town.ticket(town.ana, "Printer", "a").await;
    let id = TicketId(last.0 + 1);
    let mut new = NewTicket::new("Scanner", NewComment::public("first"));
    new.kind = Some(KindId(4));
    let acts = vec![
        (town.ana, Deed::CreateTicket(Box::new(new))),
        (town.ana, says(id, NewComment::public("second"))),
        (town.agent, changes(id, on(&town))),
        (town.agent, says(id, NewComment::note("third"))),
        (town.agent, changes(id, off(&town))),
    ];
    for answer in all(&town, acts).await {
        assert_eq!(answer.expect("done").outcome.ticket, Some(id));
    }
    town.verified().await;
    let thread = town.as_(town.agent).ticket(id, 10).await.expect("the ticket");
    let said: Vec<&str> = thread.comments.iter().map(|one| one.body.as_str()).collect();
    assert_eq!((said, thread.item.version), (vec!["first", "second", "third"], 7));
    town.reply(town.agent, id, "and it goes on").await;
    town.verified().await;
}

/// A file is on one comment, however often it is named at once; and a key is one act.
#[tokio::test]
async fn what_can_be_used_once_is_used_once() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let ana = town.as_(town.ana);
    let upload = ana.upload("a.txt".into(), "text/plain".into(), b"hello".to_vec()).await.expect("kept");
    let with = |body: &str, times: usize| {
        let uploads = vec![upload.token.clone(); times];
        (town.ana, says(id, NewComment { uploads, ..NewComment::public(body) }))
    };
    let answers = all(&town, vec![with("twice", 2), with("one", 1), with("two", 1), with("three", 1)]).await;
    let unknown = Err(Error::Refused(Refusal::UnknownUpload));
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert_eq!(answers.iter().filter(|answer| **answer == unknown).count(), 3);
    let key = town.key();
    let once = || says(id, NewComment::public("once"));
    let other = says(id, NewComment::public("other"));
    let sent = [once(), once(), other, once()].map(|deed| ana.act(key.clone(), deed));
    let answers = join_all(sent).await;
    assert_eq!(answers[2], Err(Error::KeyReused));
    let done: Vec<&Receipt> = answers.iter().flatten().collect();
    assert_eq!(done.iter().map(|receipt| receipt.repeated).collect::<Vec<_>>(), [false, true, true]);
    assert!(done.iter().all(|receipt| receipt.outcome == done[0].outcome));
    assert_eq!(ana.request(id, 10).await.expect("the request").comments.len(), 3);
    town.verified().await;
}

/// A fault that the database finds with one act takes none of the others with it.
#[tokio::test]
async fn a_fault_in_the_middle_is_one_acts_own() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let mut conn = connect(&town).await;
    let trigger = "CREATE TRIGGER trap BEFORE INSERT ON comments WHEN NEW.body LIKE 'trap%' \
         BEGIN SELECT RAISE(ABORT, 'trapped'); END";
    sqlx::raw_sql(trigger).execute(&mut conn).await.expect("a trigger");
    let bodies: Vec<String> = (0..40).map(|n| format!("{}{n}", if n % 7 == 3 { "trap" } else { "fine" })).collect();
    let acts = bodies.iter().map(|body| (town.agent, says(id, NewComment::public(body.as_str())))).collect();
    let answers = all(&town, acts).await;
    let mut fine = vec!["a".to_owned()];
    for (body, answer) in bodies.into_iter().zip(answers) {
        assert_eq!(answer.is_ok(), body.starts_with("fine"), "{body}: {answer:?}");
        fine.extend(answer.is_ok().then_some(body));
    }
    let thread = town.as_(town.agent).ticket(id, 100).await.expect("the ticket");
    assert_eq!(thread.comments.into_iter().map(|one| one.body).collect::<Vec<_>>(), fine);
    town.verified().await;
}

/// Who asked and went away leaves nothing half done.
#[tokio::test]
async fn who_does_not_wait_for_the_answer_harms_nobody() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    for n in 0..20 {
        let gone = town.reply(town.ana, id, "gone");
        let stays = town.reply(town.agent, id, "stays");
        let patience = std::time::Duration::from_micros(n * 40);
        let (_, stays) = tokio::join!(tokio::time::timeout(patience, gone), stays);
        assert!(stays.outcome.comment.is_some());
    }
    let thread = town.as_(town.agent).ticket(id, 100).await.expect("the ticket");
    assert_eq!(thread.comments.iter().filter(|one| one.body == "stays").count(), 20);
    town.verified().await;
}
