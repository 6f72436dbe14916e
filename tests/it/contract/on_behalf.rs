//! Tickets in somebody's name, public and private, as their people meet them: opened, listed, counted, found.

use crate::support::town::{Town, address, changes, says};
use guichet::client::{Client, Error, ListAsk, Source};
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::{NewComment, Visibility};
use guichet::domain::event::Event;
use guichet::domain::id::{CommentId, GroupId, PersonId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::refusal::Refusal;
use guichet::domain::status::Status;

async fn open(town: &Town, new: NewTicket) -> TicketId {
    town.does(town.agent, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a new ticket")
}

fn for_ana(town: &Town, comment: NewComment) -> NewTicket {
    NewTicket { requester: Some(PersonRef::Id(town.ana)), ..NewTicket::new("Zeppelin", comment) }
}

async fn requests(client: &dyn Client, source: Source) -> Vec<TicketId> {
    let page = client.requests(ListAsk::first(source)).await.expect("a page");
    page.rows.iter().map(|row| row.id).collect()
}

async fn tickets(client: &dyn Client, source: Source) -> Vec<TicketId> {
    let page = client.tickets(ListAsk::first(source)).await.expect("a page");
    page.rows.iter().map(|row| row.id).collect()
}

fn search(text: &str) -> Source {
    Source::Search(text.into())
}

/// Everything by which somebody could come upon a ticket: their lists, words of its subject and comments or their
/// beginnings (as search and the list of similar requests ask while one types), and its number.
fn every_way(id: TicketId) -> Vec<Source> {
    let words = ["zeppelin", "zep*", "subject:zep*", "comment:luftschiff", "luft*", "status<solved zep*", ""];
    let numbers = [id.to_string(), format!("#{id}"), format!("id:{id}")];
    let searches = words.into_iter().map(search).chain(numbers.iter().map(|number| search(number)));
    [Source::Mine, Source::Ccd, Source::Organization].into_iter().chain(searches).collect()
}

/// By which of these ways somebody comes upon the ticket; lists and counts agree.
async fn found_by(town: &Town, who: PersonId, id: TicketId) -> Vec<Source> {
    let client = town.as_(who);
    let mut found = Vec::new();
    for source in every_way(id) {
        let there = requests(&*client, source.clone()).await;
        let counted = client.counts(vec![source.clone()]).await.expect("a count")[0].value;
        assert_eq!(there.len() as u64, counted, "{source:?}");
        if there.contains(&id) {
            found.push(source);
        }
    }
    found
}

/// R094, R096, R098, R099: it is listed as theirs, found by its words, opened and answered; who opened it is kept.
pub async fn a_public_ticket_in_somebodys_name_is_theirs(town: &Town) {
    let id = open(town, for_ana(town, NewComment::public("Das Luftschiff hängt fest."))).await;
    let ticket = town.as_(town.agent).ticket(id, 1).await.expect("the ticket").item;
    assert_eq!((ticket.requester, ticket.submitter), (town.ana, town.agent));
    let ana = town.as_(town.ana);
    assert_eq!(requests(&*ana, Source::Mine).await, [id], "R098");
    let found = found_by(town, town.ana, id).await;
    let all_but_copies = every_way(id).into_iter().filter(|source| *source != Source::Ccd);
    assert_eq!(found, all_but_copies.collect::<Vec<_>>(), "R099");
    assert_eq!(ana.request(id, 5).await.expect("the request").comments[0].body, "Das Luftschiff hängt fest.");
    town.reply(town.ana, id, "Danke.").await;
    let said = town.as_(town.agent).ticket(id, 5).await.expect("the ticket").comments;
    assert_eq!((said[1].author, said[1].visibility), (town.ana, Visibility::Public), "R096");
    assert_eq!(found_by(town, town.cleo, id).await, [], "and nobody else's");
}

/// R095
pub async fn a_ticket_for_nobody_is_the_agents_own(town: &Town) {
    let id = open(town, NewTicket::new("Own", NewComment::public("For myself."))).await;
    let ticket = town.as_(town.other_agent).ticket(id, 1).await.expect("the ticket").item;
    assert_eq!((ticket.requester, ticket.submitter), (town.agent, town.agent));
    assert_eq!(requests(&*town.as_(town.agent), Source::Mine).await, [id]);
}

/// R109, R115, R116, R117, R123, R124, R126: no way leads requester, CC or colleague to a private ticket; with the first
/// public comment every way does, for people put in copy by the same act too, and its notes stay where they were.
pub async fn a_private_ticket_is_nowhere_until_it_is_opened(town: &Town) {
    let dora = town.person("Dora New", "dora@far.example", guichet::domain::person::Role::EndUser, None).await;
    let note = NewComment::note("Das Luftschiff ist verkauft.");
    let new = NewTicket { ccs: vec![PersonRef::Id(town.cleo)], ..for_ana(town, note) };
    let id = open(town, new).await;
    for who in [town.ana, town.ben, town.cleo, dora] {
        assert_eq!(found_by(town, who, id).await, [], "R115, R116");
        assert_eq!(town.as_(who).request(id, 1).await.map(|_| ()), Err(Error::NotFound), "R109");
    }
    assert_eq!(tickets(&*town.as_(town.other_agent), search("luftschiff")).await, [id], "agents find it");
    let change = Change { add_ccs: vec![PersonRef::Address(address("dora@far.example"))], ..Change::default() };
    let opening = Deed::UpdateTicket {
        ticket: id,
        change: Box::new(change),
        comment: Some(NewComment::public("Nun ist es bekannt.")),
        expect: None,
    };
    town.does(town.agent, opening).await;
    for (who, list) in
        [(town.ana, Source::Mine), (town.ben, Source::Organization), (town.cleo, Source::Ccd), (dora, Source::Ccd)]
    {
        let found = found_by(town, who, id).await;
        for source in [list, search("zeppelin"), search("bekannt"), search(&id.to_string())] {
            let there = if source == search("bekannt") {
                requests(&*town.as_(who), source.clone()).await.contains(&id)
            } else {
                found.contains(&source)
            };
            assert!(there, "R117: {source:?}");
        }
        assert!(!found.contains(&search("luft*")), "R126");
        let thread = town.as_(who).request(id, 9).await.expect("R124");
        assert_eq!(thread.comments.iter().map(|one| one.body.as_str()).collect::<Vec<_>>(), ["Nun ist es bekannt."]);
        assert_eq!(thread.item.comments, 1, "R126: nor does a count tell");
    }
}

/// R121: a task for whoever is free stands in the lists of the group's agents until one of them takes it.
pub async fn a_private_ticket_waits_in_its_groups_queue(town: &Town) {
    let new = NewTicket { group: Some(GroupId(1)), ..for_ana(town, NewComment::note("Call her back.")) };
    let id = open(town, new).await;
    let other = town.as_(town.other_agent);
    let view = async |slug: &str| tickets(&*other, Source::View(slug.into())).await;
    assert_eq!((view("unassigned").await, view("my-groups").await, view("mine").await), (vec![id], vec![id], vec![]));
    let take = Change { assignee: Some(Some(town.other_agent)), ..Change::default() };
    town.does(town.other_agent, changes(id, take)).await;
    assert_eq!((view("unassigned").await, view("mine").await), (vec![], vec![id]));
    assert_eq!(found_by(town, town.ana, id).await, [], "nor does work on it show it");
}

/// R127, R128, R129, D15, D28: the only public comment becomes a note, the ticket leaves its people, and the comment never
/// comes back; with a second public comment there is no way.
pub async fn the_only_public_comment_can_become_a_note(town: &Town) {
    let id = town.ticket(town.ana, "Zeppelin", "Das Luftschiff hängt fest.").await;
    let first = town.as_(town.agent).ticket(id, 1).await.expect("the ticket").comments[0].id;
    let flip = |comment: CommentId| Deed::MakeInternal { ticket: id, comment };
    assert!(town.tries(town.ana, flip(first)).await.is_err(), "R127: agents only");
    town.does(town.agent, flip(first)).await;
    for who in [town.ana, town.ben] {
        assert_eq!(found_by(town, who, id).await, [], "R127");
        assert_eq!(town.as_(who).request(id, 1).await.map(|_| ()), Err(Error::NotFound), "R127");
    }
    let again = town.tries(town.agent, flip(first)).await;
    assert_eq!(again.map(|_| ()), Err(Error::Refused(Refusal::AlreadyNote)), "R129");
    let audits = town.as_(town.agent).audits(id, 0, 9).await.expect("the history").rows;
    let events = &audits.last().expect("an audit").events;
    assert_eq!(*events, [Event::MadeInternal(first), Event::VisibilityChanged(Visibility::Internal)]);

    let answer = town.reply(town.agent, id, "Once more in public.").await.outcome.comment.expect("a comment");
    let thread = town.as_(town.ana).request(id, 9).await.expect("D15: open again");
    assert_eq!(thread.comments.iter().map(|one| one.id).collect::<Vec<_>>(), [answer], "R129, D15");
    let refused = town.tries(town.agent, flip(answer)).await;
    assert_eq!(refused.map(|_| ()), Err(Error::Refused(Refusal::StaysPublic)), "R125, D28");
    let second = town.reply(town.ana, id, "Thank you.").await.outcome.comment.expect("a comment");
    for comment in [answer, second] {
        let refused = town.tries(town.agent, flip(comment)).await;
        assert_eq!(refused.map(|_| ()), Err(Error::Refused(Refusal::ManyPublicComments)), "R128");
    }
    assert_eq!(town.as_(town.ana).request(id, 9).await.expect("R125").comments.len(), 2);
}

/// R125: whatever is done to it afterwards, nothing takes a ticket away again that was opened on purpose.
pub async fn what_was_opened_stays_open(town: &Town) {
    let id = open(town, for_ana(town, NewComment::note("Das Luftschiff ist verkauft."))).await;
    town.reply(town.agent, id, "You may know.").await;
    town.note(id, "But not this.").await;
    for status in [Status::Pending, Status::Hold, Status::Solved, Status::Open, Status::Closed] {
        town.change(id, Change::status(status)).await;
        assert_eq!(requests(&*town.as_(town.ana), Source::Mine).await, [id], "{status:?}");
    }
    assert!(town.tries(town.agent, says(id, NewComment::note("late"))).await.is_err());
    assert!(town.as_(town.ana).request(id, 1).await.is_ok());
}
