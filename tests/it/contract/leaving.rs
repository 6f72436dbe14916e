use crate::support::town::{Town, address, says};
use guichet::client::door::Door;
use guichet::client::{Error, ListAsk, PeopleAsk, Source};
use guichet::domain::act::{Change, Deed, NewTicket, PersonChange, Setting, Who};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{GroupId, PersonId, TicketId};
use guichet::domain::life::{PeopleSetting, PersonDeed};
use guichet::domain::person::{PersonRef, Role, Standing};
use guichet::domain::refusal::Refusal;
use guichet::domain::status::Status;
use guichet::domain::time::Span;

async fn found(town: &Town, query: &str) -> Vec<TicketId> {
    let page = town.as_(town.agent).tickets(ListAsk::first(Source::Search(query.into()))).await.expect("a page");
    page.rows.iter().map(|ticket| ticket.id).collect()
}

async fn person(town: &Town, ask: PeopleAsk) -> Vec<(PersonId, Standing)> {
    let page = town.as_(town.admin).people(ask).await.expect("people");
    page.rows.iter().map(|one| (one.id, one.standing)).collect()
}

/// D35: tickets, copies, comments, the address and the number; and the histories hold.
pub async fn who_is_merged_is_the_other_everywhere(town: &Town) {
    let theirs = town.ticket(town.cleo, "Card", "zebra").await;
    let copied = town.ticket(town.ana, "Lock", "b").await;
    let change = Change { add_ccs: vec![PersonRef::Id(town.cleo)], ..Change::default() };
    town.change(copied, change).await;
    let closed = town.ticket(town.cleo, "Old", "c").await;
    town.change(closed, Change::status(Status::Closed)).await;
    town.does(town.agent, Deed::Person(PersonDeed::Merge { source: town.cleo, target: town.ben })).await;
    let ben = town.as_(town.ben);
    let list = async |source| {
        let page = ben.requests(ListAsk::first(source)).await.expect("a page");
        page.rows.iter().map(|one| one.id).collect::<Vec<_>>()
    };
    assert_eq!(list(Source::Mine).await, [closed, theirs]);
    assert_eq!(list(Source::Ccd).await, [copied]);
    let thread = town.as_(town.agent).ticket(theirs, 5).await.expect("the ticket");
    assert_eq!(thread.item.organization, Some(town.station));
    assert_eq!(thread.names.people[&thread.comments[0].author], "Ben Okafor", "what they said, he said");
    assert_eq!(found(town, "zebra requester:ben@gare.example").await, [theirs]);
    assert_eq!(person(town, PeopleAsk::Ids(vec![town.cleo])).await, [(town.ben, Standing::Active)]);
    assert_eq!(person(town, PeopleAsk::Address(address("cleo@pay.example"))).await, [(town.ben, Standing::Active)]);
    assert_eq!(town.suggested(town.agent, "cleo").await, []);
    let signs_in = town.store.sign_in(&address("cleo@pay.example")).await.expect("an answer");
    assert_eq!(signs_in.map(|one| one.id), Some(town.ben));
    assert_eq!(
        town.as_(town.cleo).session().await.map(|_| ()),
        Err(Error::Refused(Refusal::NoAccess(Standing::Merged(town.ben))))
    );
    // And once more: a number leads to the last of them.
    town.does(town.agent, Deed::Person(PersonDeed::Merge { source: town.ben, target: town.ana })).await;
    assert_eq!(person(town, PeopleAsk::Ids(vec![town.cleo])).await, [(town.ana, Standing::Active)]);
    assert_eq!(found(town, "requester:ana@gare.example").await.len(), 3);
}

pub async fn who_is_deleted_is_found_no_more(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change { assignee: Some(Some(town.agent)), ..Change::default() }).await;
    town.does(town.other_agent, says(id, NewComment::note("n"))).await;
    town.reply(town.agent, id, "On it").await;
    let open = Err(Error::Refused(Refusal::HasUnsolved { count: 1 }));
    let leave = |person| Deed::Person(PersonDeed::Delete(person));
    assert_eq!(town.tries(town.admin, leave(town.ana)).await.map(|_| ()), open);
    town.does(town.admin, leave(town.agent)).await;
    let thread = town.as_(town.other_agent).ticket(id, 5).await.expect("the ticket");
    assert_eq!(thread.item.assignee, None);
    assert!(thread.names.people.values().any(|name| name == "Marc Oni"), "his name stays on what he said");
    let ask = PeopleAsk::Suggest { text: "marc".into(), staff_only: true, limit: 10 };
    assert_eq!(person(town, ask).await, []);
    assert_eq!(person(town, PeopleAsk::Ids(vec![town.agent])).await, [(town.agent, Standing::Deleted)]);
    assert!(
        !person(town, PeopleAsk::Role { role: None, after: None, limit: 50 })
            .await
            .iter()
            .any(|one| one.0 == town.agent)
    );
    let gone = Err(Error::Refused(Refusal::NoAccess(Standing::Deleted)));
    assert_eq!(town.as_(town.agent).session().await.map(|_| ()), gone);
    assert_eq!(town.store.sign_in(&address("marc@velo.example")).await.expect("an answer"), None);
    town.person("Marc Again", "marc@velo.example", guichet::domain::person::Role::EndUser, None).await;
}

/// D35: texts and files are gone, also from the searches and the disk; the chain holds.
pub async fn what_somebody_wrote_is_erased_and_the_history_holds(town: &Town) {
    let keep = town.as_(town.ben).upload("both.txt".into(), "text/plain".into(), b"shared bytes".to_vec()).await;
    let lost = town.as_(town.ana).upload("secret.txt".into(), "text/plain".into(), b"canary bytes".to_vec()).await;
    let same = town.as_(town.ana).upload("same.txt".into(), "text/plain".into(), b"shared bytes".to_vec()).await;
    let id = town.ticket(town.ana, "Printer of canary", "canary one").await;
    let asked =
        NewTicket { requester: Some(PersonRef::Id(town.ana)), ..NewTicket::new("canary asked", NewComment::note("-")) };
    let asked = town.does(town.agent, Deed::CreateTicket(Box::new(asked))).await.outcome.ticket.expect("a ticket");
    town.change(asked, Change { subject: Some("canary by hand".into()), ..Change::status(Status::Solved) }).await;
    let others = town.ticket(town.ben, "Lock", "heron").await;
    let (keep, lost, same) = (keep.expect("kept"), lost.expect("kept"), same.expect("kept"));
    let files = vec![lost.token, same.token];
    town.does(town.ana, says(id, NewComment { uploads: files, ..NewComment::public("canary two") })).await;
    town.does(town.ben, says(others, NewComment { uploads: vec![keep.token], ..NewComment::public("see") })).await;
    let colleague = Change { add_ccs: vec![PersonRef::Id(town.ana)], ..Change::default() };
    town.change(others, colleague).await;
    town.does(town.ana, says(others, NewComment::public("canary three"))).await;
    town.reply(town.agent, id, "Marc was here").await;
    town.change(id, Change::status(Status::Solved)).await;
    let thread = town.as_(town.agent).ticket(id, 10).await.expect("the ticket");
    let file = thread.comments[1].attachments[0].id;
    assert_eq!(found(town, "canary").await.len(), 3);
    let erase = Deed::Person(PersonDeed::Erase { person: town.ana, texts: true });
    town.does(town.admin, erase).await;
    assert_eq!(found(town, "canary").await, []);
    assert_eq!(found(town, "marc").await, [id]);
    let agent = town.as_(town.agent);
    for ticket in [id, others, asked] {
        let thread = agent.ticket(ticket, 10).await.expect("the ticket");
        let history = agent.audits(ticket, 0, 100).await.expect("a history");
        let told = format!("{thread:?} {history:?}");
        for gone in ["canary", "secret.txt", "Ana Ruiz", "ana@gare"] {
            assert!(!told.contains(gone), "{gone} in {told}");
        }
    }
    assert_eq!(agent.attachment(file).await.map(|_| ()), Err(Error::NotFound));
    let thread = agent.ticket(others, 10).await.expect("the ticket");
    assert_eq!(thread.item.ccs.len(), 0, "in copy of nothing that is open");
    let kept = thread.comments.iter().find_map(|one| one.attachments.first()).expect("Ben's file").id;
    assert_eq!(agent.attachment(kept).await.expect("a file").1, b"shared bytes", "somebody else has it still");
    let left = town.left_of_files(b"canary bytes").await;
    assert!(!left, "the bytes are gone");
    let again = town.as_(town.ben).upload("again.txt".into(), "text/plain".into(), b"canary bytes".to_vec()).await;
    town.does(
        town.ben,
        says(others, NewComment { uploads: vec![again.expect("kept").token], ..NewComment::public("x") }),
    )
    .await;
    let page = town.as_(town.admin).people(PeopleAsk::Ids(vec![town.ana])).await.expect("people");
    let ana = &page.rows[0];
    assert_eq!((ana.standing, ana.email.as_ref(), ana.organization), (Standing::Erased, None, None));
}

/// D35, by age: what is closed for so long says nothing any more, whoever has the program open.
pub async fn texts_of_closed_tickets_are_forgotten_by_age(town: &Town) {
    let old = town.ticket(town.ana, "Old", "canary").await;
    town.change(old, Change::status(Status::Closed)).await;
    town.wait(Span::days(10));
    let young = town.ticket(town.ana, "Young", "canary").await;
    town.change(young, Change::status(Status::Closed)).await;
    let days = |days| Deed::Set(Setting::People(PeopleSetting::RetentionDays(days)));
    town.does(town.admin, days(Some(30))).await;
    town.wait(Span(Span::days(20).0 - 1));
    town.as_(town.ana).catch_up().await.expect("done");
    assert_eq!(found(town, "canary").await.len(), 2, "not a moment before");
    town.wait(Span(1));
    let before = town.as_(town.agent).ticket(old, 1).await.expect("the ticket").item;
    town.as_(town.ana).catch_up().await.expect("done");
    assert_eq!(found(town, "canary").await, [young]);
    let after = town.as_(town.agent).ticket(old, 1).await.expect("the ticket");
    assert_eq!((after.item.updated_at, after.comments[0].body.as_str()), (before.updated_at, ""));
    town.as_(town.ana).catch_up().await.expect("done");
    assert_eq!(town.as_(town.agent).ticket(old, 1).await.expect("it").item.version, after.item.version, "once");
    town.wait(Span::days(10));
    // Whoever serves the account is nobody of it.
    Door::of(town.store.clone(), town.clock()).catch_up().await.expect("done");
    assert_eq!(found(town, "canary").await, []);
}

/// On whatever machine: nothing open is left with who works no longer, and two admins cannot shut each other out.
pub async fn who_works_no_longer_is_on_nothing_that_is_open(town: &Town) {
    let mine = Change { assignee: Some(Some(town.agent)), ..Change::default() };
    let (first, second) = (town.ticket(town.ana, "One", "a").await, town.ticket(town.ben, "Two", "b").await);
    for id in [first, second] {
        town.change(id, mine.clone()).await;
    }
    let assignee = async |id| town.as_(town.admin).ticket(id, 1).await.expect("the ticket").item.assignee;
    let set = |person, change| Deed::UpdatePerson { person, change };
    let change = PersonChange { role: Some(Role::EndUser), ..PersonChange::default() };
    town.does(town.admin, set(town.agent, change)).await;
    assert_eq!((assignee(first).await, assignee(second).await), (None, None));
    let history = town.as_(town.admin).audits(first, 0, 100).await.expect("a history");
    let last = history.rows.last().expect("an audit");
    assert_eq!((last.who, last.events.len()), (Who::System, 1), "and the history says so");
    let promote = PersonChange { role: Some(Role::Admin), ..PersonChange::default() };
    town.does(town.admin, set(town.other_agent, promote)).await;
    let suspend = PersonChange { suspended: Some(true), ..PersonChange::default() };
    let (one, other) = tokio::join!(
        town.tries(town.admin, set(town.other_agent, suspend.clone())),
        town.tries(town.other_agent, set(town.admin, suspend)),
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
}

/// On whatever machine: what somebody worked on in a group that they leave is the group's again.
pub async fn who_leaves_a_group_leaves_its_tickets(town: &Town) {
    let night = town.does(town.admin, Deed::CreateGroup { name: "Night".into() }).await.outcome.group.expect("a group");
    let groups = async |groups: Vec<GroupId>| {
        let change = PersonChange { groups: Some(groups), ..PersonChange::default() };
        town.does(town.admin, Deed::UpdatePerson { person: town.agent, change }).await;
    };
    groups(vec![GroupId(1), night]).await;
    let mine = |group| Change { assignee: Some(Some(town.agent)), group: Some(Some(group)), ..Change::default() };
    let (left, kept) = (town.ticket(town.ana, "One", "a").await, town.ticket(town.ben, "Two", "b").await);
    town.change(left, mine(GroupId(1))).await;
    town.change(kept, mine(night)).await;
    let assignee = async |id| town.as_(town.admin).ticket(id, 1).await.expect("the ticket").item.assignee;
    groups(vec![night]).await;
    assert_eq!((assignee(left).await, assignee(kept).await), (None, Some(town.agent)));
    let history = town.as_(town.admin).audits(left, 0, 100).await.expect("a history");
    assert_eq!(history.rows.last().expect("an audit").who, Who::System, "and the history says so");
    groups(Vec::new()).await;
    assert_eq!(assignee(kept).await, Some(town.agent), "who is in no group works on the tickets of all");
}
