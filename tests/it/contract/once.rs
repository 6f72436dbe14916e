use crate::support::town::{NOW, Town, changes, says};
use futures::future::join_all;
use guichet::client::{Error, Key, ListAsk, Source};
use guichet::domain::act::{Change, Deed, ImportedComment, ImportedTicket, NewPerson, PersonChange};
use guichet::domain::comment::{Channel, NewComment, Upload};
use guichet::domain::person::Role;
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

/// Agents are told how many versions an act and the rules that followed it have made, for the next act against the version
/// that they have seen; of what was done before nobody knows, and end users know no versions (R126).
pub async fn a_receipt_tells_how_far_its_ticket_has_come(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let version = async || town.as_(town.agent).ticket(id, 1).await.expect("the ticket").item.version;
    let before = version().await;
    let alone = town.note(id, "Nobody is told.").await.versions;
    assert_eq!((alone, version().await), (1, before + 1));
    let followed = town.reply(town.agent, id, "Which one?").await.versions;
    assert_eq!((followed, version().await), (2, before + 3), "the rules told the requester");
    assert_eq!(town.reply(town.ana, id, "The left one.").await.versions, 0);
    let (key, deed) = (Key("once".into()), says(id, NewComment::note("Left.")));
    let agent = town.as_(town.agent);
    assert_eq!(agent.act(key.clone(), deed.clone()).await.expect("done").versions, 1);
    assert_eq!(agent.act(key, deed).await.expect("done").versions, 0);
}

pub async fn the_same_key_for_another_deed_is_refused(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let agent = town.as_(town.agent);
    agent.act(Key("k".into()), says(id, NewComment::public("One"))).await.expect("done");
    let other = agent.act(Key("k".into()), says(id, NewComment::public("Two"))).await;
    assert_eq!(other.map(|_| ()), Err(Error::KeyReused));
    assert_eq!(agent.ticket(id, 10).await.expect("the ticket").comments.len(), 2);
}

/// Whoever does not know whether an act arrived hands its files in again: what counts is what is in them.
pub async fn a_file_handed_in_again_is_the_same_under_the_same_key(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let ana = town.as_(town.ana);
    let upload = |name: &str, bytes: &[u8]| ana.upload(name.into(), "text/plain".into(), bytes.to_vec());
    let with = |uploads: &[&Upload]| {
        let uploads = uploads.iter().map(|one| one.token.clone()).collect();
        says(id, NewComment { uploads, ..NewComment::public("See") })
    };
    let key = Key("k".into());
    let (one, two) = (upload("a", b"x").await.expect("kept"), upload("b", b"y").await.expect("kept"));
    let first = ana.act(key.clone(), with(&[&one, &two])).await.expect("done");
    let again = ana.act(key.clone(), with(&[&one, &two])).await.expect("done");
    assert_eq!((again.outcome, again.repeated), (first.outcome, true), "the very same, though they are used now");
    let (fresh, fresh_two) = (upload("a", b"x").await.expect("kept"), upload("b", b"y").await.expect("kept"));
    let again = ana.act(key.clone(), with(&[&fresh, &fresh_two])).await.expect("done");
    assert_eq!((again.outcome, again.repeated), (first.outcome, true));
    let (other, renamed) = (upload("a", b"z").await.expect("kept"), upload("c", b"x").await.expect("kept"));
    let theirs = town.as_(town.ben).upload("a".into(), "text/plain".into(), b"x".to_vec()).await.expect("kept");
    for uploads in [&[&other, &fresh_two][..], &[&renamed, &fresh_two], &[&theirs, &fresh_two], &[&fresh], &[]] {
        let refused = ana.act(key.clone(), with(uploads)).await;
        assert_eq!(refused.map(|_| ()), Err(Error::KeyReused), "{uploads:?}");
    }
    assert_eq!(ana.request(id, 10).await.expect("the request").comments.len(), 2);
    // What was handed in again in vain is still there for another comment.
    ana.act(Key("l".into()), with(&[&fresh])).await.expect("done");
}

pub async fn keys_of_two_people_do_not_meet(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let deed = || says(id, NewComment::public("Here"));
    let one = town.as_(town.agent).act(Key("k".into()), deed()).await.expect("done");
    let other = town.as_(town.ana).act(Key("k".into()), deed()).await.expect("done");
    assert_ne!(one.outcome.comment, other.outcome.comment);
    assert!(!other.repeated);
}

/// The key of what is imported is the account's, not the admin's; and nobody else is told what lies under it.
pub async fn what_was_imported_is_known_whoever_imports(town: &Town) {
    let second = town.person("Sam Second", "sam@velo.example", Role::Admin, None).await;
    let ticket = |subject: &str| Deed::ImportTicket(Box::new(past(subject)));
    let person = |name: &str| {
        let new = NewPerson {
            name: name.into(),
            email: None,
            phone: None,
            role: Role::EndUser,
            organization: None,
            groups: Vec::new(),
            language: None,
            external_id: None,
        };
        Deed::ImportPerson(new)
    };
    for (key, deed) in [(Key("import-1".into()), ticket("Jam")), (Key("import-2".into()), person("Lea"))] {
        let first = town.as_(town.admin).act(key.clone(), deed.clone()).await.expect("done");
        let again = town.as_(second).act(key.clone(), deed.clone()).await.expect("done");
        assert_eq!((again.outcome, first.repeated, again.repeated), (first.outcome, false, true));
        let refused = Err(Error::Refused(Refusal::Role { needs: Role::Admin }));
        for other in [town.agent, town.ana] {
            assert_eq!(town.as_(other).act(key.clone(), deed.clone()).await.map(|_| ()), refused);
        }
    }
    let other = town.as_(second).act(Key("import-1".into()), ticket("Door")).await;
    assert_eq!(other.map(|_| ()), Err(Error::KeyReused));
    let renamed = town.as_(second).act(Key("import-2".into()), person("Léa")).await.expect("done");
    assert!(renamed.repeated, "who a person is is told by the key alone");
    let id = town.ticket(town.ana, "Printer", "a").await;
    let own = town.as_(second).act(Key("import-1".into()), says(id, NewComment::public("One"))).await.expect("done");
    assert!(!own.repeated, "an ordinary act has keys of its own");
}

fn past(subject: &str) -> ImportedTicket {
    ImportedTicket {
        subject: subject.into(),
        kind: None,
        ticket_type: None,
        problem: None,
        rating: None,
        status: Status::Open,
        status_at: None,
        priority: None,
        requester: None,
        submitter: None,
        assignee: None,
        group: None,
        tags: [].into(),
        ccs: [].into(),
        followers: [].into(),
        due_at: None,
        fields: std::collections::BTreeMap::new(),
        external_id: Some("1".into()),
        via: Channel::Import,
        created_at: Some(NOW),
        comments: vec![ImportedComment { author: None, comment: NewComment::public("x"), at: Some(NOW) }],
    }
}

/// Who is shut out learns nothing, not even what they did before.
pub async fn a_suspended_person_is_not_told_what_was_done(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let (key, deed) = (Key("k".into()), says(id, NewComment::public("Here")));
    town.as_(town.ana).act(key.clone(), deed.clone()).await.expect("done");
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    let refused = Err(Error::Refused(Refusal::Suspended));
    assert_eq!(town.as_(town.ana).act(key.clone(), deed).await.map(|_| ()), refused);
    let other = town.as_(town.ana).act(key, says(id, NewComment::public("There"))).await;
    assert_eq!(other.map(|_| ()), refused, "nor that the key was used");
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
    assert_eq!((ticket.item.comments, ticket.item.version, ticket.comments.len()), (49, 2 * 49, 49));
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
