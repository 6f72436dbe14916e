//! What an end user can find out about people and the account by what they may do anyway.

use crate::support::town::{Town, address, changes, says};
use guichet::client::{Error, ListAsk, Names, PeopleAsk, Source};
use guichet::domain::account::Timers;
use guichet::domain::account::{OnHold, Settings};
use guichet::domain::act::{Change, Deed, NewTicket, Setting};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{GroupId, KindId, TicketId};
use guichet::domain::person::{PersonRef, Role};

async fn names(town: &Town, who: guichet::domain::id::PersonId, id: TicketId) -> Names {
    town.as_(who).request(id, 10).await.expect("the request").names
}

/// Whoever puts an address in copy sees that address, whether the account knows it or not.
pub async fn an_address_in_copy_does_not_tell_who_has_it(town: &Town) {
    let secret = town.person("Maximilian Hidden", "M.Hidden@x.example", Role::EndUser, Some("PaySup")).await;
    let mut new = NewTicket::new("Printer", NewComment::public("It prints nothing."));
    new.kind = Some(KindId(4));
    let unknown = address("nobody@x.example");
    new.ccs = vec![
        PersonRef::Address(address("m.hidden@X.example")),
        PersonRef::Named { name: "Lina?".into(), email: address("lina@velo.example") },
        PersonRef::Address(unknown.clone()),
    ];
    let id = town.does(town.ana, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    let ana = town.as_(town.ana);
    let made = town.as_(town.agent).people(PeopleAsk::Address(unknown)).await.expect("a page").rows[0].id;
    let page = ana.requests(ListAsk::first(Source::Mine)).await.expect("a page").names;
    for names in [page, names(town, town.ana, id).await, names(town, town.ben, id).await] {
        let copied = names.people.iter().filter(|(id, _)| id.0 < 0).map(|(_, name)| name.as_str());
        let expected = ["nobody@x.example", "m.hidden@x.example", "lina@velo.example"];
        assert_eq!(copied.collect::<Vec<_>>(), expected, "without the numbers that they have");
        for id in [secret, town.other_agent, made] {
            assert!(!names.people.contains_key(&id), "a number tells whether the account knew them before");
        }
        assert_eq!(names.people[&town.ana], "Ana Ruiz");
    }
    let request = ana.request(id, 1).await.expect("the request").item;
    assert!(request.ccs.iter().all(|id| id.0 < 0), "{:?}", request.ccs);
    let searched = ana.requests(ListAsk::first(Source::Search("cc:maximilian".into()))).await;
    assert!(matches!(searched, Err(Error::Unclear(_))), "nor can a name be guessed: {searched:?}");
    let own = names(town, secret, id).await;
    assert_eq!(own.people[&secret], "Maximilian Hidden", "everybody knows themselves");
    let agents = town.as_(town.agent).ticket(id, 5).await.expect("the ticket").names;
    assert_eq!(agents.people[&secret], "Maximilian Hidden", "agents know everybody");
    town.reply(secret, id, "I am here.").await;
    let told = names(town, town.ana, id).await;
    assert_eq!(told.people[&secret], "Maximilian Hidden", "who speaks says who they are");
}

/// Neither all groups nor how agents work is for end users; the group of their own request has its name.
pub async fn an_end_user_is_told_what_they_need_of_the_account(town: &Town) {
    let other = town.does(town.admin, Deed::CreateGroup { name: "Fraud".into() }).await.outcome.group.expect("a group");
    for setting in [
        Setting::PrivateTickets(false),
        Setting::PortalOnHold(OnHold::AsOpen),
        Setting::AttachmentBytes(1_000),
        Setting::EndAfter(None),
        Setting::RemindAfter(None),
    ] {
        town.does(town.admin, Deed::Set(setting)).await;
    }
    let session = town.as_(town.ana).session().await.expect("a session");
    assert_eq!(session.groups, []);
    let usual = Settings::default();
    let needed = Settings {
        attachment_bytes: 1_000,
        timers: Timers { end_after: None, remind_after: None, ..usual.timers },
        ..usual
    };
    assert_eq!(session.settings, needed);
    let agents = town.as_(town.agent).session().await.expect("a session");
    assert_eq!((agents.groups.len(), agents.settings.private_tickets), (2, false));

    let id = town.ticket(town.ana, "Printer", "a").await;
    assert_eq!(names(town, town.ana, id).await.groups, [(GroupId(1), "Support Ops".to_owned())].into());
    town.does(town.agent, changes(id, Change { group: Some(Some(other)), ..Change::default() })).await;
    town.does(town.agent, says(id, NewComment::public("We look into it."))).await;
    assert_eq!(names(town, town.ana, id).await.groups, [(other, "Fraud".to_owned())].into());
    let page = town.as_(town.ana).requests(ListAsk::first(Source::Mine)).await.expect("a page");
    assert_eq!(page.names.groups, [(other, "Fraud".to_owned())].into());
}
