//! Mail that comes in: whose it is, what becomes of it, and that two programs which answer each other come to an end.

use super::sink::{Habit, Sink};
use crate::support::town::{Ground, Town, address};
use guichet::client::LogAsk;
use guichet::client::post::Post;
use guichet::domain::act::{Change, Deed, NewTicket, Setting};
use guichet::domain::comment::{Channel, Comment, NewComment, Visibility};
use guichet::domain::event::Event;
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::mailroom::{MailDeed, MailEvent};
use guichet::domain::outgoing::Delivery;
use guichet::domain::person::PersonRef;
use guichet::domain::status::Status;
use guichet::domain::suspended::Suspended;
use guichet::domain::time::Span;
use guichet::mail::settings::{Settings, Tls, Way};
use guichet::mail::token::Token;
use guichet::post::courier::Courier;
use guichet::post::receiving::{Received, receive};

fn post(town: &Town) -> Post {
    Post::new(town.store.clone(), town.clock())
}

pub async fn token(town: &Town, ticket: TicketId, person: PersonId) -> String {
    let secret = post(town).reply_secret().await.expect("the secret");
    format!("support+{ticket}.{}@velo.example", Token::new(&secret, ticket, person).as_str())
}

pub fn mail(from: &str, to: &str, id: &str, more: &str, text: &str) -> Vec<u8> {
    format!("From: {from}\r\nTo: {to}\r\nSubject: Re: Printer\r\nMessage-ID: <{id}@x.example>\r\n{more}\r\n{text}\r\n")
        .into_bytes()
}

pub async fn comes(town: &Town, bytes: Vec<u8>) -> Received {
    let own = address("support@velo.example");
    receive(&post(town), bytes, Some(&own)).await.expect("an answer")
}

pub async fn said(town: &Town, id: TicketId) -> Vec<Comment> {
    town.as_(town.agent).ticket(id, 100).await.expect("the ticket").comments
}

async fn suspended(town: &Town) -> Vec<Suspended> {
    town.as_(town.agent).suspended(None, 100).await.expect("the list").rows
}

/// How many answers to strangers wait.
async fn answers(town: &Town) -> usize {
    let all = town.as_(town.admin).outbox(Some(Delivery::Waiting), None, 100).await.expect("the outbox").rows;
    all.iter().filter(|one| one.address.is_some()).count()
}

/// A mail with the writer's address and their own token is their comment, once; with anybody else's it is nobody's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn a_mail_is_its_writers_by_address_and_token() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        let id = town.ticket(town.ana, "Printer", "a").await;
        let other = town.ticket(town.ana, "Other", "a").await;
        let theirs = token(&town, id, town.ana).await;
        let reply = mail(
            "Ana <Ana@gare.example>",
            &theirs,
            "1",
            "",
            "It smokes.\r\n\r\nOn 14 Nov 2023, at 10:00, Acme <s@velo.example> wrote:\r\n> Does it smoke?",
        );
        assert_eq!(comes(&town, reply.clone()).await, Received::Comment(id));
        assert_eq!(comes(&town, reply).await, Received::Comment(id), "the same mail again");
        let comments = said(&town, id).await;
        let last = comments.last().expect("a comment");
        assert_eq!(comments.len(), 2);
        assert_eq!((last.author, last.via, last.visibility), (town.ana, Channel::Mail, Visibility::Public));
        assert_eq!(last.body, "It smokes.");
        let forged = [
            mail("Ben <ben@gare.example>", &theirs, "2", "", "mine now"),
            mail("Stranger <s@evil.example>", &theirs, "3", "", "mine now"),
            mail("Ana <ana@gare.example>", &format!("support+{other}.{}@velo.example", "a".repeat(16)), "4", "", "x"),
            mail("Ana <ana@gare.example>", &theirs.replace(&format!("+{id}."), &format!("+{other}.")), "5", "", "x"),
            mail(
                "Ana <ana@gare.example>",
                "support@velo.example",
                "6",
                &format!("References: <{id}@x.example>\r\n"),
                "x",
            ),
        ];
        for forged in forged {
            assert!(matches!(comes(&town, forged).await, Received::Suspended(Some(_), "stranger")));
        }
        assert_eq!((said(&town, id).await.len(), said(&town, other).await.len()), (2, 1));
        assert_eq!(suspended(&town).await.len(), 5);
        for who in [town.ana, town.ben] {
            assert!(town.as_(who).suspended(None, 9).await.is_err());
            assert!(town.as_(who).suspended_mail(1).await.is_err());
            assert!(town.tries(who, Deed::Mail(MailDeed::DropMail(1))).await.is_err());
        }
        town.verified().await;
        town.store.close().await;
    }
}

/// What does not fit into a comment waits for somebody with all that it says and brings, and is not taken in part.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_is_more_than_a_comment_is_kept_whole() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        let id = town.ticket(town.ana, "Printer", "a").await;
        let to = token(&town, id, town.ana).await;
        let from = "Ana <ana@gare.example>";
        let files = "--b\r\nContent-Type: text/csv; name=f.csv\r\n\r\nx\r\n".repeat(70);
        let parts = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
        let cases = [
            (mail(from, &to, "1", "", &format!("{}the end", "A long line.\r\n".repeat(100_000))), "too-big"),
            (mail(from, &to, "2", parts, &format!("{files}--b--")), "too-big"),
            (mail(from, &to, "3", "From: mia@blue.example\r\n", &"Many words.\r\n".repeat(50_000)), "several-senders"),
        ];
        for (bytes, why) in cases {
            let Received::Suspended(Some(number), said) = comes(&town, bytes.clone()).await else {
                panic!("{why}: taken in part")
            };
            let (_, raw) = town.as_(town.agent).suspended_mail(number).await.expect("the mail");
            assert_eq!((said, raw == bytes), (why, true), "{} of {} bytes", raw.len(), bytes.len());
        }
        assert_eq!(said(&town, id).await.len(), 1);
        let long = "A long line.\r\n".repeat(20_000);
        assert_eq!(comes(&town, mail(from, &to, "4", "", &format!("{long}the end"))).await, Received::Comment(id));
        assert!(said(&town, id).await[1].body.ends_with("the end"), "what fits is taken to its end");
        town.verified().await;
        town.store.close().await;
    }
}

/// Strangers who send many and large mails do not drive out what a requester wrote on a closed ticket.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn strangers_do_not_drive_out_what_a_requester_wrote() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let to = token(&town, id, town.ana).await;
    let solved = Change { status: Some(Status::Solved), ..Change::default() };
    let deed = Deed::UpdateTicket { ticket: id, change: Box::new(solved), comment: None, expect: None };
    town.does(town.agent, deed).await;
    town.wait(Span::days(40));
    town.as_(town.admin).run_timers(None, false, None).await.expect("timers");
    let late = mail("Ana <ana@gare.example>", &to, "1", "", "It smokes again.");
    let Received::Suspended(Some(kept), "closed") = comes(&town, late).await else { panic!("not closed") };
    let large = "x".repeat(24 * 1024 * 1024);
    for n in 0..12 {
        let from = format!("s{n}@evil.example");
        comes(&town, mail(&from, "support@velo.example", &format!("s{n}"), "", &large)).await;
    }
    assert!(town.as_(town.agent).suspended_mail(kept).await.is_ok(), "it waits for an agent still");
}

/// R112, R118: a mail on a private ticket is a note, and leaves it private; an agent's too. Files are kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_on_a_private_ticket_is_a_note() {
    let town = Town::sqlite().await;
    let new = NewTicket { requester: Some(PersonRef::Id(town.ana)), ..NewTicket::new("Psst", NewComment::note("a")) };
    let id = town.does(town.agent, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    for (n, who, from) in [(1, town.ana, "ana@gare.example"), (2, town.agent, "marc@velo.example")] {
        let to = token(&town, id, who).await;
        let more = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
        let text = "--b\r\nContent-Type: text/plain\r\n\r\nSee this\r\n--b\r\nContent-Type: text/plain; name=\"../log.txt\"\r\n\
             Content-Disposition: attachment; filename=\"../log.txt\"\r\n\r\nlines\r\n--b--";
        assert_eq!(comes(&town, mail(from, &to, &n.to_string(), more, text)).await, Received::Comment(id));
    }
    let comments = said(&town, id).await;
    assert_eq!(comments.len(), 3);
    assert!(comments.iter().all(|one| one.visibility == Visibility::Internal));
    assert_eq!(comments[1].attachments.len(), 1);
    assert!(!comments[1].attachments[0].name.contains('/'), "{:?}", comments[1].attachments[0].name);
    assert!(town.as_(town.ana).request(id, 1).await.is_err(), "R112: still private");
    let public = town.ticket(town.ana, "Printer", "a").await;
    let to = token(&town, public, town.agent).await;
    assert_eq!(comes(&town, mail("marc@velo.example", &to, "3", "", "Try again")).await, Received::Comment(public));
    assert_eq!(said(&town, public).await[1].visibility, Visibility::Public, "an agent answers by mail");
}

/// D32, R152: a stranger is answered once for each address and day; a machine, or we ourselves, never.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn a_stranger_is_answered_once_a_day_and_a_machine_never() {
    let town = Town::sqlite().await;
    let to = "support@velo.example";
    let machines = [
        "Auto-Submitted: auto-replied\r\n",
        "Precedence: bulk\r\n",
        "List-Id: <l.x.example>\r\n",
        "Return-Path: <>\r\n",
        "X-Auto-Response-Suppress: All\r\n",
    ];
    for (n, more) in machines.into_iter().enumerate() {
        let bytes = mail("s@shop.example", to, &format!("m{n}"), more, "I am away");
        assert!(matches!(comes(&town, bytes).await, Received::Suspended(Some(_), "automatic")), "{more}");
    }
    comes(&town, mail("no-reply@shop.example", to, "r", "", "x")).await;
    comes(&town, mail(to, to, "own", "", "x")).await;
    assert_eq!(answers(&town).await, 0);
    for n in 0..3 {
        comes(&town, mail("S <S@shop.example>", to, &format!("s{n}"), "", "Help")).await;
    }
    comes(&town, mail("t@shop.example", to, "t", "", "Help")).await;
    assert_eq!(answers(&town).await, 2);
    town.wait(Span::hours(25));
    comes(&town, mail("s@shop.example", to, "s9", "", "Help")).await;
    assert_eq!(answers(&town).await, 3);
    assert!(
        town.as_(town.agent)
            .tickets(guichet::client::ListAsk::first(guichet::client::Source::Search(String::new())))
            .await
            .expect("a page")
            .rows
            .is_empty(),
        "R152: no ticket"
    );
}

/// D14: only where the account wants it does a mail open a request, and only of somebody known.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_opens_a_request_only_where_the_account_wants_it() {
    let town = Town::sqlite().await;
    let new = |n: u32| mail("ana@gare.example", "support@velo.example", &format!("n{n}"), "", "It smokes.");
    assert!(matches!(comes(&town, new(1)).await, Received::Suspended(..)));
    town.does(town.admin, Deed::Set(Setting::MailTickets(true))).await;
    let Received::Request(id) = comes(&town, new(2)).await else { panic!("no request") };
    assert_eq!(comes(&town, new(2)).await, Received::Request(id), "once");
    let thread = town.as_(town.ana).request(id, 10).await.expect("the request");
    assert_eq!((thread.item.requester, thread.item.via, thread.comments.len()), (town.ana, Channel::Mail, 1));
    let stranger = mail("s@evil.example", "support@velo.example", "n3", "", "x");
    assert!(matches!(comes(&town, stranger).await, Received::Suspended(..)));
}

/// A closed ticket takes nothing; what came waits for an agent, whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_taken_waits_for_an_agent() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let to = token(&town, id, town.ana).await;
    town.change(id, Change::status(Status::Closed)).await;
    assert!(matches!(
        comes(&town, mail("ana@gare.example", &to, "1", "", "Late")).await,
        Received::Suspended(Some(_), "closed")
    ));
    for bytes in
        [Vec::new(), b"\0\xff\xfe".to_vec(), vec![b'x'; 300_000], b"From: a@b.example, c@d.example\r\n\r\nx".to_vec()]
    {
        assert!(matches!(comes(&town, bytes).await, Received::Suspended(..)));
    }
    let list = suspended(&town).await;
    assert_eq!(list.last().map(|one| (one.why.as_str(), one.ticket)), Some(("closed", Some(id))));
    let (_, raw) = town.as_(town.agent).suspended_mail(list.last().expect("one").id).await.expect("it");
    assert!(String::from_utf8_lossy(&raw).contains("Late"));
    let drop = || Deed::Mail(MailDeed::DropMail(list[0].id));
    let key = town.key();
    let agent = town.as_(town.agent);
    assert!(!agent.act(key.clone(), drop()).await.expect("gone").repeated);
    assert!(agent.act(key, drop()).await.expect("done before").repeated, "asked again it is done once");
    assert!(town.tries(town.agent, drop()).await.is_err());
    let log =
        town.as_(town.admin).admin_log(LogAsk { newest_first: true, after: None, limit: 1 }).await.expect("a log");
    let dropped = Event::Mail(MailEvent::MailDropped(list[0].id));
    assert_eq!(log.rows.iter().flat_map(|audit| &audit.events).collect::<Vec<_>>(), [&dropped], "it is written down");
}

/// So many mails of one sender are kept, and so many of all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_mails_drives_nobody_out() {
    let town = Town::sqlite().await;
    comes(&town, mail("quiet@shop.example", "support@velo.example", "q", "", "Help")).await;
    for n in 0..80 {
        comes(&town, mail("loud@shop.example", "support@velo.example", &format!("l{n}"), "", "BUY")).await;
    }
    let list = suspended(&town).await;
    assert_eq!(list.len(), 51);
    assert_eq!(list.last().and_then(|one| one.sender.clone()).as_deref(), Some("quiet@shop.example"));
}

/// Two programs that answer every letter, and do not say that they are programs: on the one side a requester's, on the
/// other an agent's. What goes on between them ends at the bound.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn two_answering_machines_come_to_an_end() {
    for marked in [false, true] {
        let town = Town::sqlite().await;
        town.does(town.admin, Deed::Set(Setting::NoticesPerHour(5))).await;
        let id = town.ticket(town.ana, "Printer", "a").await;
        town.change(id, Change { assignee: Some(Some(town.agent)), ..Change::default() }).await;
        let sink = Sink::new(Habit::Good).await;
        let settings = Settings {
            send: Some(Way::Smtp),
            from: Some("support@velo.example".to_owned()),
            host: Some("127.0.0.1".to_owned()),
            port: Some(sink.port),
            tls: Tls::None,
            ..Settings::default()
        };
        let courier = Courier::new(post(&town), &settings, None).expect("a courier");
        let (mut seen, mut rounds) = (0, 0);
        loop {
            courier.flush().await.expect("an answer");
            let got = sink.got();
            if got.len() == seen {
                break;
            }
            for (n, letter) in got.iter().enumerate().skip(seen) {
                let text = String::from_utf8_lossy(&letter.bytes).into_owned();
                let reply_to = text.lines().find_map(|line| line.strip_prefix("Reply-To: ")).expect("a way back");
                let more = if marked { "Auto-Submitted: auto-replied\r\n" } else { "" };
                comes(&town, mail(&letter.recipient, reply_to, &format!("auto{n}"), more, "I am on holiday")).await;
            }
            seen = got.len();
            rounds += 1;
            assert!(rounds < 50, "it does not end");
        }
        let comments = said(&town, id).await.len();
        if marked {
            assert_eq!(comments, 1, "what machines write is no comment");
        } else {
            assert!((3..=20).contains(&comments), "{comments} comments");
        }
        for who in ["ana@gare.example", "marc@velo.example"] {
            assert!(sink.got().iter().filter(|one| one.recipient.contains(who)).count() <= 5, "{who}");
        }
        town.verified().await;
    }
}

/// R126: who answers a letter about a note writes a note, and not to the requester, to whichever of the ticket's addresses
/// they send it; an answer to a public reply is public.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_answers_a_letter_about_a_note_is_a_note() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change { assignee: Some(Some(town.agent)), ..Change::default() }).await;
    let secret = post(&town).reply_secret().await.expect("the secret");
    let note = Token::of_note(&secret, id, town.agent);
    let public = token(&town, id, town.agent).await;
    let to = format!("support+{id}.{}@velo.example", note.as_str());
    let thread = format!("References: <{id}.{}.9-9@velo.example>\r\n", note.as_str());
    let mails = [
        (mail("marc@velo.example", &to, "n1", "", "Between us."), Visibility::Internal),
        (mail("marc@velo.example", "support@velo.example", "n2", &thread, "Between us."), Visibility::Internal),
        (mail("marc@velo.example", &public, "n3", "", "To you."), Visibility::Public),
        // An address book fills in the other address: it is the letter that tells what was answered.
        (mail("marc@velo.example", &public, "n5", &thread, "Between us."), Visibility::Internal),
    ];
    for (mail, expected) in mails {
        assert_eq!(comes(&town, mail).await, Received::Comment(id));
        assert_eq!(said(&town, id).await.last().expect("a comment").visibility, expected);
    }
    let seen = town.as_(town.ana).request(id, 9).await.expect("the request");
    assert!(seen.comments.iter().all(|comment| !comment.body.contains("Between us")));
    // Nobody makes a note token of an ordinary one, and the notes of others open nothing.
    let forged = mail("ana@gare.example", &to, "n4", "", "?");
    assert!(matches!(comes(&town, forged).await, Received::Suspended(Some(_), "stranger")));
}

/// An address is easily claimed: where mail may open requests, it still opens none in the name of the team.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn nothing_is_done_in_the_name_of_the_team_by_an_address_alone() {
    let town = Town::sqlite().await;
    town.does(town.admin, Deed::Set(Setting::MailTickets(true))).await;
    let own = mail("ana@gare.example", "support@velo.example", "o1", "", "It smokes.");
    assert!(matches!(comes(&town, own).await, Received::Request(_)), "D14");
    for (n, from) in [(2, "marc@velo.example"), (3, "olga@velo.example")] {
        let forged = mail(from, "support@velo.example", &format!("o{n}"), "", "Pay this.");
        assert!(matches!(comes(&town, forged).await, Received::Suspended(Some(_), "refused")));
    }
    assert_eq!(answers(&town).await, 0);
}
