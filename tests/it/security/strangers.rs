//! Requests of those who have not signed in, where an account takes any.

use crate::mail::arriving::{comes, mail, said, token};
use crate::support::served::{Answer, Served};
use crate::support::town::{Ground, Town, address};
use guichet::client::PeopleAsk;
use guichet::client::door::Door;
use guichet::client::post::Post;
use guichet::domain::act::{Deed, NewTicket, PersonChange, Setting};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::id::TicketId;
use guichet::domain::person::{Person, Standing};
use guichet::domain::refusal::Refusal;
use guichet::domain::time::Span;
use guichet::post::receiving::Received;
use guichet::server::Limits;
use reqwest::Method;
use serde_json::{Value, json};

const SPAM: &str = "Buy at http://spam.example now";

async fn open(ground: Ground) -> Town {
    let town = Town::on(ground).await;
    town.does(town.admin, Deed::Set(Setting::AnonymousRequests(true))).await;
    town
}

async fn asks(town: &Town, email: &str, subject: &str) -> Result<(), guichet::client::Error> {
    let visitor = Door::of(town.store.clone(), town.clock()).visitor(Channel::Api);
    let new = NewTicket::new(subject, NewComment::public(SPAM));
    visitor.ask_unsigned(SPAM.to_owned(), address(email), new).await
}

async fn at(town: &Town, email: &str) -> Person {
    let found = town.as_(town.admin).people(PeopleAsk::Address(address(email))).await.expect("people").rows;
    found.into_iter().next().expect("somebody")
}

async fn newest(town: &Town) -> TicketId {
    let mut last = TicketId(0);
    for id in 1.. {
        match town.as_(town.admin).ticket(TicketId(id), 0).await {
            Ok(_) => last = TicketId(id),
            Err(_) => break,
        }
    }
    last
}

/// Letters to addresses outside of the team: to whom, and all that stands in them.
async fn letters(town: &Town) -> Vec<(String, String)> {
    let post = Post::new(town.store.clone(), town.clock());
    let (parcels, _) = post.take(1_000).await.expect("letters");
    for parcel in &parcels {
        post.sent(parcel).await.expect("sent");
    }
    let outside = parcels.into_iter().filter(|one| !one.to.as_str().ends_with("@velo.example"));
    outside.map(|one| (one.to.to_string(), format!("{:?} {} {}", one.name, one.subject, one.body))).collect()
}

/// Forms that everybody can fill in are used to send others letters (case 40): so a letter holds no word of whoever wrote
/// the request, an address gets one an hour, and there is an end to all of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn zendesk_relay_spam_a_stranger_sends_nobody_letters_through_us() {
    let town = open(Ground::sqlite()).await;
    for _ in 0..20 {
        asks(&town, "victim@far.example", SPAM).await.expect("taken");
    }
    asks(&town, "ana@gare.example", SPAM).await.expect("taken");
    let first = letters(&town).await;
    let to: Vec<&str> = first.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["victim@far.example", "ana@gare.example"], "one each, whoever is known or not");
    for (_, letter) in &first {
        assert!(!letter.contains("spam.example") && !letter.contains("Buy") && letter.contains('#'), "{letter}");
    }
    let mut taken = 0;
    for n in 0..400 {
        match asks(&town, &format!("v{n}@far.example"), SPAM).await {
            Ok(()) => taken += 1,
            Err(guichet::client::Error::Refused(refusal)) => assert_eq!(refusal, Refusal::TooOften),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(taken, 200 - 21, "no more within an hour");
    assert_eq!(letters(&town).await.len(), 100 - 2, "no more letters within an hour");
    town.wait(Span::hours(1));
    asks(&town, "victim@far.example", SPAM).await.expect("taken again");
    assert_eq!(letters(&town).await.len(), 1);
    // What the team answers goes out as it is.
    let id = newest(&town).await;
    town.reply(town.agent, id, "We do not sell that").await;
    let answer = letters(&town).await;
    assert!(answer.len() == 1 && answer[0].1.contains("We do not sell that"), "{answer:?}");
    town.verified().await;
    town.store.close().await;
}

/// Whose address it is becomes an end user of whom nobody knows yet whether it is theirs, and who can do nothing but answer
/// the letter that went there (R155).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_without_signing_in_is_nobody_until_they_show_it() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = open(ground).await;
        asks(&town, "nora@gare.example", "Printer").await.expect("taken");
        let nora = at(&town, "nora@gare.example").await;
        assert_eq!((nora.standing, nora.name.as_str()), (Standing::Pending, SPAM));
        let id = newest(&town).await;
        let thread = town.as_(town.agent).ticket(id, 100).await.expect("the ticket");
        assert_eq!((thread.item.requester, thread.item.submitter), (nora.id, nora.id));
        assert_eq!((thread.item.via, thread.comments[0].via), (Channel::Anonymous, Channel::Anonymous));
        assert!(thread.item.is_public() && thread.item.kind.is_some());
        let to = token(&town, id, nora.id).await;
        let other = comes(&town, mail("nora@gare.example", "support@velo.example", "s1", "", "More.")).await;
        assert!(matches!(other, Received::Suspended(..)), "{other:?}");
        assert_eq!(comes(&town, mail("nora@gare.example", &to, "s2", "", "More.")).await, Received::Comment(id));
        assert_eq!(said(&town, id).await.len(), 2);
        let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
        town.does(town.admin, Deed::UpdatePerson { person: nora.id, change }).await;
        let shut = comes(&town, mail("nora@gare.example", &to, "s3", "", "More.")).await;
        assert!(matches!(shut, Received::Suspended(..)), "{shut:?}");
        town.verified().await;
        town.store.close().await;
    }
}

/// An address of the team makes nobody one of the team: what comes with it waits among the mails that are nobody's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_cannot_act_as_one_of_the_team() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = open(ground).await;
        let before = newest(&town).await;
        let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
        town.does(town.admin, Deed::UpdatePerson { person: town.ben, change }).await;
        for email in ["marc@velo.example", "olga@velo.example", "ben@gare.example"] {
            asks(&town, email, "Printer").await.expect("taken like any other");
        }
        assert_eq!(newest(&town).await, before);
        assert!(letters(&town).await.is_empty());
        let waiting = town.as_(town.agent).suspended(None, 100).await.expect("the list").rows;
        assert_eq!(waiting.len(), 3);
        assert!(waiting.iter().all(|one| one.why == "unsigned" && one.subject == "Printer"));
        let (about, mail) =
            guichet::post::suspended::read(town.as_(town.agent).as_ref(), waiting[0].id).await.expect("one");
        assert_eq!(mail.expect("it can be read").whole_text.trim(), SPAM, "{about:?}");
        town.verified().await;
        town.store.close().await;
    }
}

async fn sends(served: &Served, body: &Value) -> Answer {
    Answer::of(served.nobody(Method::POST, "requests").json(body).send().await.expect("an answer")).await
}

fn request(email: &str) -> Value {
    json!({ "request": { "requester": { "name": "Nora", "email": email }, "subject": "Printer",
        "comment": { "body": "It jams" }, "priority": "urgent", "status": "solved", "tags": ["vip"] } })
}

/// The answer is the same whether the address is known, is of the team, is shut out, or is nobody's; there is none while the
/// account takes no such requests, and an end to how many come from one place.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_is_told_nothing_of_the_account() {
    let served = Served::of(Town::sqlite().await, &Limits::default()).await;
    let town = &served.town;
    sends(&served, &request("nora@gare.example")).await.with(401);
    town.does(town.admin, Deed::Set(Setting::AnonymousRequests(true))).await;
    let mut answers = Vec::new();
    for email in ["nora@gare.example", "nora@gare.example", "ana@gare.example", "marc@velo.example"] {
        let answer = sends(&served, &request(email)).await;
        assert!(!answer.headers.contains_key("location"));
        answers.push(answer.with(201));
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
    assert_eq!((&answers[0]["request"]["id"], &answers[0]["request"]["status"]), (&Value::Null, &json!("new")));
    // What is the team's to say is passed over.
    let made = town.as_(town.agent).ticket(TicketId(1), 0).await.expect("the ticket").item;
    assert!(made.tags.is_empty() && made.status().is_unsolved());
    let wrong = [
        (json!({ "request": { "subject": "a", "comment": { "body": "b" } } }), 422),
        (
            json!({ "request": { "requester": { "email": "n@x.example" }, "subject": "a", "comment": { "body": "b" } } }),
            422,
        ),
        (json!({ "request": { "requester": 1, "subject": "a", "comment": { "body": "b" } } }), 422),
        (request("no address"), 422),
        (
            json!({ "request": { "requester": { "name": "N", "email": "n@x.example" }, "subject": "a",
            "comment": { "body": "b", "uploads": ["abc"] } } }),
            403,
        ),
        (
            json!({ "request": { "requester": { "name": "N", "email": "n@x.example" }, "subject": "a",
            "comment": { "body": "b" }, "collaborators": ["victim@far.example"] } }),
            403,
        ),
        (
            json!({ "request": { "requester": { "name": "N", "email": "n@x.example" }, "subject": "a",
            "comment": { "body": "b".repeat(70_000) } } }),
            422,
        ),
        (
            json!({ "request": { "requester": { "name": "N", "email": "n@x.example" }, "subject": "a",
            "comment": { "body": "b".repeat(200_000) } } }),
            413,
        ),
    ];
    for (body, status) in wrong {
        sends(&served, &body).await.with(status);
    }
    assert_eq!(newest(town).await, TicketId(3));
    for _ in 0..8 {
        sends(&served, &request("nora@gare.example")).await.with(201);
    }
    sends(&served, &request("nora@gare.example")).await.with(429);
    // Whoever has signed in asks as ever.
    served.send(town.ana, Method::POST, "requests", &request("x@y.example")).await.with(201);
}
