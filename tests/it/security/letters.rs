//! Mail, in and out.

use crate::mail::arriving::{comes, mail, said, token};
use crate::support::town::{Town, address};
use guichet::client::post::Post;
use guichet::domain::act::{Deed, NewTicket, PersonChange};
use guichet::domain::comment::NewComment;
use guichet::domain::id::KindId;
use guichet::domain::person::PersonRef;

/// Who lost their access writes nothing by an address that they were given before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ghsa_83xx_8c27_gq78_a_reply_of_who_is_suspended_is_none() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let to = token(&town, id, town.ana).await;
    comes(&town, mail("ana@gare.example", &to, "g1", "", "Before.")).await;
    let before = said(&town, id).await.len();
    assert_eq!(before, 2);
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    comes(&town, mail("ana@gare.example", &to, "g2", "", "After.")).await;
    assert_eq!(said(&town, id).await.len(), before);
}

/// What a mail says of itself proves nothing, by whatever header.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2023_41259_headers_of_a_mail_prove_nothing() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let claims = "Authentication-Results: velo.example; dkim=pass; spf=pass\r\nX-Guichet-Person: 1\r\nX-Guichet-Ticket: 1\r\n\
         X-RT-Original-Encoding: x\r\nDKIM-Signature: v=1\r\nReceived-SPF: pass\r\nX-Zendesk-Verified: true\r\n\
         Reply-To: olga@velo.example\r\nSender: olga@velo.example\r\n";
    for (n, from) in ["marc@velo.example", "ana@gare.example", "olga@velo.example"].into_iter().enumerate() {
        comes(&town, mail(from, &format!("support+{id}@velo.example"), &format!("h{n}"), claims, "Pay this.")).await;
    }
    assert_eq!(said(&town, id).await.len(), 1);
}

/// A letter with a key in it goes to one person alone, and everybody's key is another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2023_22501_a_key_goes_to_its_owner_alone() {
    let town = Town::sqlite().await;
    let post = Post::new(town.store.clone(), town.clock());
    post.visitor().ask_access(None, address("ana@gare.example")).await.expect("asked");
    let mut new = NewTicket::new("Printer", NewComment::public("a"));
    new.kind = Some(KindId(4));
    new.ccs = vec![PersonRef::Address(address("cleo@pay.example")), PersonRef::Address(address("else@far.example"))];
    let id = town.does(town.ana, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    town.reply(town.agent, id, "On it.").await;
    let link = post.visitor().next_mail().await.expect("an answer").expect("a letter");
    assert_eq!(link.person.email, Some(address("ana@gare.example")));
    let (parcels, _) = post.take(100).await.expect("letters");
    assert!(parcels.len() > 1);
    for parcel in &parcels {
        assert!(!format!("{} {}", parcel.subject, parcel.body).contains(link.link.token.expose()));
    }
    assert_ne!(token(&town, id, town.ana).await, token(&town, id, town.cleo).await);
}
