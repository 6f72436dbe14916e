use super::rules::rule;
use crate::support::town::{Town, changes, says};
use guichet::client::told::InboxAsk;
use guichet::client::{Error, ListAsk, PeopleAsk, Source};
use guichet::domain::act::{Change, Deed, NewTicket, PersonChange};
use guichet::domain::comment::NewComment;
use guichet::domain::event::Named;
use guichet::domain::id::{AttachmentId, CommentId, PersonId, TicketId};
use guichet::domain::person::{PersonRef, Restriction, Role};
use guichet::domain::setup::ItemKind;
use guichet::domain::status::Status;
use guichet::domain::time::Span;

async fn restrict(town: &Town, agent: PersonId, to: Restriction) {
    let change = PersonChange { restriction: Some(to), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: agent, change }).await;
}

/// R109: shown by number, its comments, its files, its history, lists, counts, searches, forecasts and acts.
pub async fn what_is_out_of_sight_is_as_if_it_never_was(town: &Town) {
    let seen = town.ticket(town.ana, "Printer", "zebra").await;
    let hidden = town.ticket(town.cleo, "Printer", "zebra").await;
    let file = town.as_(town.cleo).upload("a.txt".into(), "text/plain".into(), b"x".to_vec()).await.expect("kept");
    let comment = NewComment { uploads: vec![file.token], ..NewComment::public("see") };
    town.does(town.cleo, says(hidden, comment)).await;
    let thread = town.as_(town.agent).ticket(hidden, 10).await.expect("the ticket");
    let attachment: AttachmentId = thread.comments[1].attachments[0].id;
    town.change(seen, Change { assignee: Some(Some(town.other_agent)), ..Change::default() }).await;
    for id in [seen, hidden] {
        town.change(id, Change { assignee: None, ..Change::status(Status::Pending) }).await;
    }
    restrict(town, town.other_agent, Restriction::Assigned).await;
    let lina = town.as_(town.other_agent);
    let never = TicketId(999);
    for id in [hidden, never] {
        assert_eq!(lina.ticket(id, 1).await.map(|_| ()), Err(Error::NotFound));
        assert_eq!(lina.request(id, 1).await.map(|_| ()), Err(Error::NotFound));
        assert_eq!(lina.comments(id, CommentId(i64::MAX), 1).await.map(|_| ()), Err(Error::NotFound));
        assert_eq!(lina.audits(id, 0, 1).await.map(|_| ()), Err(Error::NotFound));
        assert_eq!(lina.audits(id, 1, 1).await.map(|_| ()), Err(Error::NotFound));
        for deed in [says(id, NewComment::note("?")), changes(id, Change::status(Status::Open))] {
            assert_eq!(town.tries(town.other_agent, deed).await.map(|_| ()), Err(Error::NotFound));
        }
    }
    for id in [attachment, AttachmentId(999)] {
        assert_eq!(lina.attachment(id).await.map(|_| ()), Err(Error::NotFound));
    }
    for source in [Source::Search(String::new()), Source::Search("zebra".into()), Source::Search("-heron".into())] {
        let page = lina.tickets(ListAsk::first(source.clone())).await.expect("a page");
        assert_eq!(page.rows.iter().map(|one| one.id).collect::<Vec<_>>(), [seen], "{source:?}");
        assert_eq!(lina.counts(vec![source]).await.expect("a count")[0].value, 1);
    }
    let forecast = lina.forecast(town.now() + Span::days(30), 100).await.expect("a forecast");
    assert!(!forecast.is_empty() && forecast.iter().all(|due| due.ticket == seen), "{forecast:?}");
    town.wait(Span::days(3));
    assert_eq!(lina.catch_up().await, Ok(1), "of the two reminders one is theirs to know of");
    assert!(lina.ticket(seen, 1).await.is_ok());
    let session = lina.session().await.expect("a session");
    assert_eq!(session.me.restriction, Restriction::Assigned);
}

pub async fn what_is_handed_away_is_done_and_out_of_sight(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change { assignee: Some(Some(town.other_agent)), ..Change::default() }).await;
    restrict(town, town.other_agent, Restriction::Assigned).await;
    let away = Change { assignee: Some(Some(town.agent)), ..Change::default() };
    let receipt = town.does(town.other_agent, changes(id, away)).await;
    assert_eq!(receipt.outcome.ticket, Some(id));
    assert_eq!(town.as_(town.other_agent).ticket(id, 1).await.map(|_| ()), Err(Error::NotFound));
    let now = town.as_(town.agent).ticket(id, 1).await.expect("the ticket").item;
    assert_eq!(now.assignee, Some(town.agent));
    let follow_up = town.ticket(town.ana, "Again", "b").await;
    assert_eq!(town.as_(town.other_agent).ticket(follow_up, 1).await.map(|_| ()), Err(Error::NotFound));
}

pub async fn an_agent_of_one_organization_finds_its_people(town: &Town) {
    let change = PersonChange {
        restriction: Some(Restriction::Organization),
        organization: Some(Some(guichet::domain::act::OrganizationRef::Id(town.station))),
        ..PersonChange::default()
    };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    let lina = town.as_(town.other_agent);
    let ids = async |ask| lina.people(ask).await.expect("people").rows.iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(town.suggested(town.other_agent, "ana").await, [town.ana]);
    assert_eq!(town.suggested(town.other_agent, "cleo").await, []);
    assert_eq!(ids(PeopleAsk::Ids(vec![town.cleo, town.agent, town.ben])).await, [town.agent, town.ben]);
    assert_eq!(lina.organizations(String::new(), None, 10).await.expect("organizations").rows.len(), 1);
}

/// R109: an agent who may not know of a ticket does not learn its number from another: not from the one that follows it, nor
/// from one that was merged into it, nor from their histories.
pub async fn another_ticket_is_named_only_to_who_may_know_of_it(town: &Town) {
    let source = town.ticket(town.ana, "Printer", "zebra").await;
    town.change(source, Change::status(Status::Closed)).await;
    let new = NewTicket { follow_up_of: Some(source), ..NewTicket::new("Again", NewComment::public("zebra")) };
    let follow = town.does(town.ana, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a follow-up");
    let (merged, target) = (town.ticket(town.ana, "Lock", "zebra").await, town.ticket(town.ana, "Locks", "b").await);
    for id in [follow, merged] {
        town.change(id, Change { assignee: Some(Some(town.other_agent)), ..Change::default() }).await;
    }
    let [source_comment, target_comment] = ["Goes on elsewhere.", "And this one."].map(NewComment::note);
    let merge = Deed::Merge { source: merged, target, source_comment, target_comment };
    town.does(town.agent, merge).await;
    let told = async |agent: PersonId| {
        let client = town.as_(agent);
        let rows = client.tickets(ListAsk::first(Source::Search("zebra".into()))).await.expect("a page").rows;
        let row = |id| rows.iter().find(|row| row.id == id).expect("it is listed").clone();
        let mut all = Vec::new();
        for id in [follow, merged] {
            let one = client.ticket(id, 1).await.expect("the ticket").item;
            let listed = row(id);
            assert_eq!((one.follow_up_of, one.merged_into), (listed.follow_up_of, listed.merged_into));
            let history = client.audits(id, 0, 100).await.expect("a history").rows;
            let named = Named::by_audits(&history).others.into_iter().collect::<Vec<_>>();
            all.push((one.follow_up_of.or(one.merged_into), named));
        }
        all
    };
    let everything = [(Some(source), vec![source]), (Some(target), vec![target])];
    assert_eq!(told(town.other_agent).await, everything, "while they work with all tickets");
    restrict(town, town.other_agent, Restriction::Assigned).await;
    assert_eq!(told(town.other_agent).await, [(None, vec![]), (None, vec![])]);
    assert_eq!(told(town.agent).await, everything);
}

/// R126: whoever is an agent no more reads in their inbox what they may know of as the requester that they are: nothing of
/// tickets that are not theirs, and of theirs nothing internal.
pub async fn who_works_no_longer_reads_as_the_requester_they_are(town: &Town) {
    let tell = ["notify assignee: answered"];
    rule(town, ItemKind::Trigger, "Tell of notes", "comment is internal", &tell).await;
    let (theirs, other) = (town.ticket(town.ana, "Printer", "a").await, town.ticket(town.ana, "Lock", "b").await);
    let copied = Change { add_ccs: vec![PersonRef::Id(town.other_agent)], ..Change::default() };
    town.change(theirs, copied).await;
    for id in [theirs, other] {
        town.change(id, Change { assignee: Some(Some(town.other_agent)), ..Change::default() }).await;
        town.note(id, "Between us.").await;
        town.reply(town.ana, id, "It is the left one.").await;
    }
    let lina = town.as_(town.other_agent);
    let inbox = async || {
        let ask = InboxAsk { unread_only: true, after: None, limit: 100 };
        let rows = lina.inbox(ask).await.expect("an inbox").rows;
        assert_eq!(lina.unread().await.expect("a count").value, rows.len() as u64);
        rows.into_iter().map(|one| (one.ticket, one.body)).collect::<Vec<_>>()
    };
    let said =
        |rows: &[(TicketId, String)], id, what| rows.iter().any(|(ticket, body)| *ticket == id && body.contains(what));
    let before = inbox().await;
    for id in [theirs, other] {
        assert!(said(&before, id, "Between us.") && said(&before, id, "the left one"), "{before:#?}");
    }
    let change = PersonChange { role: Some(Role::EndUser), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    let after = inbox().await;
    assert!(said(&after, theirs, "the left one") && !said(&after, theirs, "Between us."), "{after:#?}");
    assert!(after.iter().all(|(ticket, _)| *ticket == theirs), "{after:#?}");
}

/// What was done to people, groups and settings is for those who run the account.
pub async fn the_admin_log_is_for_admins(town: &Town) {
    use guichet::domain::event::Chain;
    let viewer = |id| async move { town.store.who(id).await.expect("an answer").expect("somebody").viewer() };
    for (id, known) in [(town.admin, true), (town.agent, false), (town.ana, false)] {
        let log = town.store.audits(&viewer(id).await, Chain::Account, 0, 5).await.expect("an answer");
        assert_eq!(log.is_some(), known);
    }
}
