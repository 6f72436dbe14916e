//! The way of a letter from the act that it tells of to a mail server, with servers that are away, slow or lie, and with
//! a courier that comes to an end at the wrong moment.

use super::sink::{Got, Habit, Sink};
use crate::support::town::{Ground, Town, address};
use guichet::client::post::Post;
use guichet::client::told::InboxAsk;
use guichet::domain::act::{Deed, PersonChange, Setting};
use guichet::domain::id::PersonId;
use guichet::domain::mailroom::MailDeed;
use guichet::domain::outgoing::{Delivery, Outgoing};
use guichet::domain::secret::Secret;
use guichet::domain::time::Span;
use guichet::mail::settings::{Settings, Tls, Way};
use guichet::post::courier::{Carried, Courier};
use guichet::store::Clock;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

fn settings(port: u16) -> Settings {
    Settings {
        send: Some(Way::Smtp),
        from: Some("support@velo.example".to_owned()),
        host: Some("127.0.0.1".to_owned()),
        port: Some(port),
        tls: Tls::None,
        timeout: 1,
        ..Settings::default()
    }
}

fn post(town: &Town) -> Post {
    Post::new(town.store.clone(), town.clock())
}

fn courier(town: &Town, sink: &Sink) -> Courier {
    Courier::new(post(town), &settings(sink.port), None).expect("a courier")
}

async fn carried(town: &Town, sink: &Sink) -> Carried {
    courier(town, sink).flush().await.expect("an answer")
}

fn to<'g>(got: &'g [Got], who: &str) -> Vec<&'g Got> {
    got.iter().filter(|one| one.recipient.contains(who)).collect()
}

fn text(got: &Got) -> String {
    String::from_utf8_lossy(&got.bytes).replace("=\r\n", "")
}

fn header(got: &Got, name: &str) -> String {
    let text = text(got);
    let line = text.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:"))).expect("the header");
    line[name.len() + 1..].trim().to_owned()
}

async fn outbox(town: &Town, delivery: Option<Delivery>) -> Vec<Outgoing> {
    town.as_(town.admin).outbox(delivery, None, 100).await.expect("the outbox").rows
}

async fn inbox(town: &Town, who: PersonId) -> Vec<String> {
    let ask = InboxAsk { unread_only: true, after: None, limit: 100 };
    town.as_(who).inbox(ask).await.expect("the inbox").rows.into_iter().map(|one| one.subject).collect()
}

/// R153: one letter with the number, however often the courier comes; the team has letters of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_answered_by_one_letter_with_its_number() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        let sink = Sink::new(Habit::Good).await;
        let id = town.ticket(town.ana, "Printer", "It prints nothing.").await;
        assert_eq!(carried(&town, &sink).await, Carried { sent: 4, ..Carried::default() });
        assert!(carried(&town, &sink).await.is_nothing());
        let got = sink.got();
        let theirs = to(&got, "ana@gare.example");
        assert_eq!(theirs.len(), 1);
        assert_eq!(header(theirs[0], "subject"), format!("Your request #{id} has arrived"));
        assert!(text(theirs[0]).contains("It prints nothing."), "{}", text(theirs[0]));
        assert!(header(theirs[0], "reply-to").contains(&format!("support+{id}.")), "the way back");
        assert_eq!(header(theirs[0], "auto-submitted"), "auto-generated");
        let reply_addresses: BTreeSet<String> = got.iter().map(|one| header(one, "reply-to")).collect();
        assert_eq!(reply_addresses.len(), got.len(), "each has a token of their own");
        assert_eq!(inbox(&town, town.ana).await, [format!("Your request #{id} has arrived")]);
        assert_eq!(town.as_(town.ana).unread().await.expect("a count").value, 1);
        town.as_(town.ana).mark_read(None).await.expect("read");
        assert_eq!(inbox(&town, town.ana).await, [""; 0]);
        town.verified().await;
        town.store.close().await;
    }
}

/// A server that is away, slow, or says no for now: nothing is lost, and nothing comes twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_server_does_not_take_is_tried_again() {
    let bad = [
        Habit::Greets(b"421 busy\r\n"),
        Habit::Answers("RCPT", "450 later"),
        Habit::AnswersLetter("451 later"),
        Habit::Silent,
        Habit::Stalls("DATA"),
    ];
    for habit in bad {
        let town = Town::sqlite().await;
        town.ticket(town.ana, "Printer", "a").await;
        let sink = Sink::new(habit).await;
        let first = carried(&town, &sink).await;
        assert_eq!((first.sent, first.later, first.failed), (0, 4, 0), "{habit:?}");
        assert_eq!(outbox(&town, Some(Delivery::Waiting)).await.len(), 4);
        let good = Sink::new(Habit::Good).await;
        assert!(carried(&town, &good).await.is_nothing(), "not before its time: {habit:?}");
        town.wait(Span::minutes(2));
        assert_eq!(carried(&town, &good).await.sent, 4, "{habit:?}");
        town.wait(Span::days(1));
        assert!(carried(&town, &good).await.is_nothing());
        assert_eq!(good.got().len(), 4, "{habit:?}");
    }
}

/// A server that answers nothing is not waited for with every letter again and again: one run comes to an end, and the
/// next goes on with the rest.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_server_is_left_alone_until_the_next_time() {
    let town = Town::sqlite().await;
    for n in 0..4 {
        town.ticket(town.ana, &format!("Printer {n}"), "a").await;
    }
    // Every look at the clock finds it two minutes later, as after a server that keeps everybody waiting.
    let clock = town.clock();
    let looks = Arc::new(AtomicI64::new(0));
    let slow: Clock = Arc::new(move || clock() + Span(Span::minutes(2).0 * looks.fetch_add(1, Ordering::Relaxed)));
    let nobody = Settings { port: Some(1), ..settings(1) };
    let late = Courier::new(Post::new(town.store.clone(), slow), &nobody, None).expect("a courier");
    let done = late.flush().await.expect("an answer");
    assert!(done.later <= 5 && done.sent + done.failed == 0, "{done:?}");
    let sink = Sink::new(Habit::Good).await;
    town.wait(Span::days(2));
    assert_eq!(carried(&town, &sink).await.sent, 16);
}

/// Letters that a clock put off which ran a year ahead leave when it is right again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_wrong_clock_put_off_leaves_when_it_is_right() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        town.ticket(town.ana, "Printer", "a").await;
        let clock = town.clock();
        let wrong: Clock = Arc::new(move || clock() + Span::days(365));
        let taken = Post::new(town.store.clone(), wrong).take(10).await.expect("letters");
        assert_eq!(taken.0.len(), 4, "left behind by a program that ended");
        let sink = Sink::new(Habit::Good).await;
        assert_eq!(carried(&town, &sink).await.sent, 4);
        assert!(carried(&town, &sink).await.is_nothing(), "once");
        town.store.close().await;
    }
}

/// A server that takes the letter and does not say so gets it again, under the same Message-ID.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn what_nobody_knows_of_is_sent_again_under_the_same_name() {
    let town = Town::sqlite().await;
    town.ticket(town.ana, "Printer", "a").await;
    let lying = Sink::new(Habit::ClosesAfterLetter).await;
    assert_eq!(carried(&town, &lying).await.later, 4);
    town.wait(Span::minutes(2));
    let good = Sink::new(Habit::Good).await;
    assert_eq!(carried(&town, &good).await.sent, 4);
    let ids = |got: Vec<Got>| got.iter().map(|one| header(one, "message-id")).collect::<BTreeSet<_>>();
    assert_eq!(ids(lying.got()), ids(good.got()));
}

/// Whoever ends between taking and marking leaves letters that others send within a minute.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_courier_leaves_behind_another_sends() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        town.ticket(town.ana, "Printer", "a").await;
        let (parcels, _) = post(&town).take(10).await.expect("letters");
        assert_eq!(parcels.len(), 4);
        let sink = Sink::new(Habit::Good).await;
        town.wait(Span(39_000));
        assert!(carried(&town, &sink).await.is_nothing(), "they are somebody's still");
        town.wait(Span(21_000));
        assert_eq!(carried(&town, &sink).await.sent, 4);
        for parcel in &parcels {
            let again = sink.got().iter().filter(|got| header(got, "message-id").contains(&parcel.serial)).count();
            assert_eq!(again, 1, "the same Message-ID");
            // Whoever comes back late writes nothing down any more.
            assert_eq!(post(&town).keep(parcel).await, Ok(false), "it is another's");
            post(&town).not_sent(parcel, None, "late".to_owned()).await.expect("an answer");
        }
        assert_eq!(outbox(&town, Some(Delivery::Sent)).await.len(), 4);
        town.store.close().await;
    }
}

/// A server that takes long keeps whoever sends there, who has their letters for as long as they live; once they are killed
/// another has them within a minute, and sends them under the names that they had.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_are_kept_while_they_are_sent_and_taken_over_within_a_minute() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        town.ticket(town.ana, "Printer", "a").await;
        let (slow, good) = (Sink::new(Habit::StallsAfterLetter).await, Sink::new(Habit::Good).await);
        let patient = Settings { timeout: 60, ..settings(slow.port) };
        let first = Courier::new(post(&town), &patient, None).expect("a courier");
        let first = first.keeping_each(std::time::Duration::from_millis(10));
        {
            let sending = first.flush();
            tokio::pin!(sending);
            let rounds = async {
                for _ in 0..4 {
                    town.wait(Span(30_000));
                    while slow.got().is_empty() || !are_kept(&town).await {
                        tokio::task::yield_now().await;
                    }
                    assert!(carried(&town, &good).await.is_nothing(), "somebody is at them");
                }
            };
            tokio::select! { _ = &mut sending => panic!("it ended"), () = rounds => {} }
        }
        assert!(carried(&town, &good).await.is_nothing(), "nobody knows yet");
        town.wait(Span::minutes(1));
        assert_eq!(carried(&town, &good).await.sent, 4);
        let ids = |got: Vec<Got>| got.iter().map(|one| header(one, "message-id")).collect::<BTreeSet<_>>();
        assert!(ids(good.got()).is_superset(&ids(slow.got())), "the same Message-ID");
        assert_eq!((ids(good.got()).len(), good.got().len()), (4, 4));
        town.store.close().await;
    }
}

/// Whether all letters are somebody's for longer than half a minute.
async fn are_kept(town: &Town) -> bool {
    let until = town.now() + Span(35_000);
    outbox(town, Some(Delivery::Waiting)).await.iter().all(|one| one.next_try_at >= until)
}

/// Many couriers at one store send each letter once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn couriers_side_by_side_send_each_letter_once() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        for n in 0..6 {
            town.ticket(town.ana, &format!("Printer {n}"), "a").await;
        }
        let sink = Sink::new(Habit::Good).await;
        let couriers = (0..4).map(|_| courier(&town, &sink)).collect::<Vec<_>>();
        let done = futures::future::join_all(couriers.iter().map(Courier::flush)).await;
        let sent: u64 = done.into_iter().map(|done| done.expect("an answer").sent).sum();
        let ids: BTreeSet<String> = sink.got().iter().map(|one| header(one, "message-id")).collect();
        assert_eq!((sent, ids.len(), sink.got().len()), (24, 24, 24));
        town.store.close().await;
    }
}

/// What is refused for good is shown to admins, who let it wait again or drop it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_waits_for_an_admin() {
    let town = Town::sqlite().await;
    town.ticket(town.ana, "Printer", "a").await;
    let sink = Sink::new(Habit::Answers("RCPT", "550 no such person")).await;
    assert_eq!(carried(&town, &sink).await.failed, 4);
    let failed = outbox(&town, Some(Delivery::Failed)).await;
    assert!(failed.iter().all(|one| one.error.as_deref().is_some_and(|why| why.contains("550"))), "{failed:?}");
    for who in [town.ana, town.agent] {
        assert!(town.as_(who).outbox(None, None, 10).await.is_err());
        assert!(town.tries(who, Deed::Mail(MailDeed::PutBack(failed[0].id))).await.is_err());
    }
    town.tries(town.admin, Deed::Mail(MailDeed::PutBack(failed[0].id))).await.expect("it waits");
    town.tries(town.admin, Deed::Mail(MailDeed::DropLetter(failed[1].id))).await.expect("it is dropped");
    assert!(town.tries(town.admin, Deed::Mail(MailDeed::DropLetter(9_999))).await.is_err());
    let good = Sink::new(Habit::Good).await;
    assert_eq!(carried(&town, &good).await.sent, 1);
    assert!(
        town.tries(town.admin, Deed::Mail(MailDeed::PutBack(failed[0].id))).await.is_err(),
        "nothing is sent twice"
    );
}

/// Two programs that answer each other come to an end: so many letters go to somebody within an hour and no more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_ends_at_the_bound() {
    let town = Town::sqlite().await;
    town.does(town.admin, Deed::Set(Setting::NoticesPerHour(3))).await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    for n in 0..10 {
        town.reply(town.agent, id, &format!("answer {n}")).await;
    }
    let sink = Sink::new(Habit::Good).await;
    let done = carried(&town, &sink).await;
    assert_eq!(to(&sink.got(), "ana@gare.example").len(), 3);
    assert_eq!(done.held, 8);
    assert!(outbox(&town, Some(Delivery::Held)).await.iter().all(|one| one.error.as_deref() == Some("loop")));
    assert_eq!(inbox(&town, town.ana).await.len(), 11, "the program tells all of it");
}

/// What became a note, or private, before it left does not leave.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_became_internal_meanwhile_is_not_sent() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "canary-subject", "canary-body").await;
    let comment = town.as_(town.agent).ticket(id, 1).await.expect("the ticket").comments[0].id;
    town.does(town.agent, Deed::MakeInternal { ticket: id, comment }).await;
    let sink = Sink::new(Habit::Good).await;
    let done = carried(&town, &sink).await;
    assert_eq!((done.sent, done.held), (3, 1), "the team's are sent");
    assert!(to(&sink.got(), "gare.example").is_empty());
    assert_eq!(inbox(&town, town.ana).await, [""; 0], "nor is it in the inbox any more");
    assert_eq!(town.as_(town.ana).unread().await.expect("a count").value, 0);
    assert_eq!(outbox(&town, Some(Delivery::Dropped)).await[0].error.as_deref(), Some("private"));
}

/// Where no mail is sent from, nothing piles up, and the program tells everything.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_mail_letters_are_held_and_the_inbox_is_whole() {
    let town = Town::sqlite().await;
    town.ticket(town.ana, "Printer", "a").await;
    let none = Settings { send: Some(Way::Nowhere), ..Settings::default() };
    let nowhere = Courier::new(post(&town), &none, None).expect("a courier");
    assert!(nowhere.flush().await.expect("an answer").is_nothing());
    assert_eq!(outbox(&town, Some(Delivery::Waiting)).await.len(), 0);
    assert_eq!(inbox(&town, town.ana).await.len(), 1);
    let sink = Sink::new(Habit::Good).await;
    assert!(carried(&town, &sink).await.is_nothing());
    town.ticket(town.ana, "Scanner", "a").await;
    nowhere.flush().await.expect("an answer");
    assert_eq!(carried(&town, &sink).await.sent, 4, "where somebody sends, who does not leaves it to them");
}

/// A program whose configuration says nothing of mail leaves letters to another that sends them, whichever began first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_without_mail_leaves_letters_to_another() {
    let town = Town::sqlite().await;
    town.ticket(town.ana, "Printer", "a").await;
    let other = guichet::store::Store::open(&town.ground.url()).await.expect("the same store");
    let unset = Courier::new(Post::new(other, town.clock()), &Settings::default(), None).expect("a courier");
    assert!(unset.flush().await.expect("an answer").is_nothing());
    assert!(!outbox(&town, Some(Delivery::Waiting)).await.is_empty());
    assert_eq!(outbox(&town, Some(Delivery::Held)).await.len(), 0);
    let sink = Sink::new(Habit::Good).await;
    let done = carried(&town, &sink).await;
    assert_eq!((done.held, outbox(&town, Some(Delivery::Waiting)).await.len()), (0, 0));
    assert!(done.sent > 0);
}

/// Who begins to send sends what is new: what waited for weeks is held, and can be sent by hand.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_courier_does_not_send_what_is_weeks_old() {
    let town = Town::sqlite().await;
    town.ticket(town.ana, "Printer", "a").await;
    town.wait(guichet::domain::time::Span::days(8));
    town.ticket(town.ben, "Scanner", "a").await;
    let sink = Sink::new(Habit::Good).await;
    assert!(carried(&town, &sink).await.sent > 0);
    let held = outbox(&town, Some(Delivery::Held)).await;
    assert!(!held.is_empty() && held.iter().all(|one| one.error.as_deref() == Some("late")), "{held:?}");
    town.tries(town.admin, Deed::Mail(MailDeed::PutBack(held[0].id))).await.expect("tried again");
    assert_eq!(carried(&town, &sink).await.sent, 1);
}

/// R154, R155: who asks for access gets one letter, and what is in it sets a password; a server that is away is no end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_for_a_password_comes_by_mail() {
    let town = Town::sqlite().await;
    let visitor = post(&town).visitor();
    visitor.ask_access(Some("New Person".to_owned()), address("new@gare.example")).await.expect("asked");
    let busy = Sink::new(Habit::Greets(b"421 busy\r\n")).await;
    assert_eq!(carried(&town, &busy).await.later, 1);
    let sink = Sink::new(Habit::Good).await;
    assert_eq!(carried(&town, &sink).await.sent, 1);
    assert!(carried(&town, &sink).await.is_nothing());
    let got = sink.got();
    let text = text(&got[0]);
    let token = text.lines().map(str::trim).rfind(|line| line.len() > 20 && !line.contains([' ', ':']));
    visitor.use_link(&Secret::new(token.expect("the token")), Secret::new("correct horse battery")).await.expect("set");
}

/// R154, R155: the letter with the link is in the language of whoever gets it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_for_a_password_is_sent_in_its_readers_language() {
    let town = Town::sqlite().await;
    let change = PersonChange { language: Some(Some("fr-CH".to_owned())), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    let visitor = post(&town).visitor();
    let ana = town.as_(town.ana).session().await.expect("a session").me;
    visitor.ask_access(None, ana.email.expect("an address")).await.expect("asked");
    let sink = Sink::new(Habit::Good).await;
    assert_eq!(carried(&town, &sink).await.sent, 1);
    let got = sink.got();
    let text = text(&got[0]);
    assert!(text.contains("Bonjour Ana") && text.contains("Pour en choisir un, tapez"), "{text}");
    assert!(text.contains("Content-Language: fr"), "{text}");
}
