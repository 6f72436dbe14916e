use crate::support::town::{Town, changes};
use guichet::client::{Cursor, Error, ListAsk, PeopleAsk, Source};
use guichet::domain::act::Change;
use guichet::domain::id::TicketId;
use guichet::domain::person::PersonRef;
use guichet::domain::search::while_typed;
use guichet::domain::status::Status;
use guichet::domain::ticket::{Request, Ticket};
use guichet::domain::view::{Sort, SortKey};

fn tickets(rows: &[Ticket]) -> Vec<TicketId> {
    rows.iter().map(|ticket| ticket.id).collect()
}

fn requests(rows: &[Request]) -> Vec<TicketId> {
    rows.iter().map(|request| request.id).collect()
}

/// R164, R165, R166
pub async fn each_list_holds_what_it_says(town: &Town) {
    let printer = town.ticket(town.ana, "Printer", "a").await;
    town.wait(guichet::domain::time::Span::minutes(1));
    let lock = town.ticket(town.ben, "Lock", "b").await;
    town.wait(guichet::domain::time::Span::minutes(1));
    let card = town.ticket(town.cleo, "Card", "c").await;
    let change = Change { add_ccs: vec![PersonRef::Id(town.ana)], ..Change::default() };
    town.change(card, change).await;
    let ana = town.as_(town.ana);
    let list = async |source| requests(&ana.requests(ListAsk::first(source)).await.expect("a page").rows);
    assert_eq!(list(Source::Mine).await, [printer]);
    assert_eq!(list(Source::Ccd).await, [card]);
    assert_eq!(list(Source::Organization).await, [lock, printer]);
    let agent = town.as_(town.agent);
    let view = async |slug: &str| {
        tickets(&agent.tickets(ListAsk::first(Source::View(slug.into()))).await.expect("a page").rows)
    };
    assert_eq!(view("unassigned").await.len(), 3);
    town.change(lock, Change { assignee: Some(Some(town.agent)), ..Change::default() }).await;
    assert_eq!(view("mine").await, [lock]);
    assert_eq!(view("unassigned").await.len(), 2);
    let nowhere = agent.tickets(ListAsk::first(Source::View("nowhere".into()))).await;
    assert_eq!(nowhere.map(|_| ()), Err(Error::NotFound));
}

pub async fn pages_follow_each_other_without_gap_or_repeat(town: &Town) {
    let mut all = Vec::new();
    for n in 0..7 {
        all.insert(0, town.ticket(town.ana, &format!("Ticket {n}"), "x").await);
    }
    let ana = town.as_(town.ana);
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let ask = ListAsk { after: after.take(), limit: 3, ..ListAsk::first(Source::Mine) };
        let page = ana.requests(ask).await.expect("a page");
        seen.extend(requests(&page.rows));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, all);
    pages_are_reached_from_behind_and_by_their_number(town, &all).await;
    let ask = ListAsk { after: Some(Cursor("somewhere".into())), ..ListAsk::first(Source::Mine) };
    assert!(matches!(ana.requests(ask).await, Err(Error::Garbled(_))));
    let ask = PeopleAsk::Role { role: None, after: None, limit: 4 };
    let first = town.as_(town.agent).people(ask).await.expect("a page");
    let ask = PeopleAsk::Role { role: None, after: first.next, limit: 4 };
    let rest = town.as_(town.agent).people(ask).await.expect("a page");
    assert_eq!((first.rows.len(), rest.rows.len(), rest.next), (4, 2, None));
}

/// Of the same list: the page before a place holds what stands there, and so many rows can be passed over.
async fn pages_are_reached_from_behind_and_by_their_number(town: &Town, all: &[TicketId]) {
    let agent = town.as_(town.agent);
    for sort in [Sort::LATEST, Sort::NEWEST, Sort { by: SortKey::Status, descending: false }, Sort::URGENT] {
        let first = ListAsk { sort: Some(sort), ..ListAsk::first(Source::Search(String::new())) };
        let whole = tickets(&agent.tickets(first.clone()).await.expect("a page").rows);
        assert_eq!(whole.len(), all.len());
        let third = ListAsk { skip: 4, limit: 2, ..first.clone() };
        let third = agent.tickets(third).await.expect("a page");
        assert_eq!(tickets(&third.rows), whole[4..6], "{sort:?}");
        let edges = third.edges.expect("edges");
        assert!(edges.more);
        let last = ListAsk { after: Some(edges.last), limit: 2, ..first.clone() };
        assert_eq!(tickets(&agent.tickets(last).await.expect("a page").rows), whole[6..], "{sort:?}");
        let before = ListAsk { before: Some(edges.first), limit: 3, ..first.clone() };
        let before = agent.tickets(before).await.expect("a page");
        assert_eq!((tickets(&before.rows), before.next), (whole[1..4].to_vec(), None), "{sort:?}");
        let edges = before.edges.expect("edges");
        assert!(edges.more);
        let front =
            agent.tickets(ListAsk { before: Some(edges.first), limit: 3, ..first.clone() }).await.expect("a page");
        assert_eq!(tickets(&front.rows), whole[..1], "{sort:?}");
        assert!(!front.edges.expect("edges").more);
    }
    let beyond = ListAsk { skip: 100, ..ListAsk::first(Source::Search(String::new())) };
    let beyond = agent.tickets(beyond).await.expect("a page");
    assert_eq!((beyond.rows.len(), beyond.edges), (0, None));
}

pub async fn counts_agree_with_lists(town: &Town) {
    for person in [town.ana, town.ben, town.cleo] {
        town.ticket(person, "Printer", "a").await;
    }
    let sources = vec![Source::View("unassigned".into()), Source::Mine, Source::Search("printer".into())];
    let counts = town.as_(town.agent).counts(sources).await.expect("counts");
    assert_eq!(counts.iter().map(|count| count.value).collect::<Vec<_>>(), [3, 0, 3]);
    let sources = vec![Source::Mine, Source::Ccd, Source::Organization, Source::Search("printer".into())];
    let counts = town.as_(town.ana).counts(sources).await.expect("counts");
    assert_eq!(counts.iter().map(|count| count.value).collect::<Vec<_>>(), [1, 0, 2, 2]);
}

pub async fn a_search_finds_words_as_soon_as_they_are_written(town: &Town) {
    let id = town.ticket(town.ana, "Imprimante bloquée", "Rien ne sort.").await;
    let agent = town.as_(town.agent);
    let find = async |text: &str| {
        tickets(&agent.tickets(ListAsk::first(Source::Search(text.into()))).await.expect("a page").rows)
    };
    assert_eq!(find("bloquee").await, [id]);
    assert_eq!(find("tambour").await, []);
    town.reply(town.agent, id, "Changez le tambour.").await;
    assert_eq!(find("tambour").await, [id]);
    assert_eq!(find("\"le tambour\"").await, [id]);
    town.change(id, Change { subject: Some("Presse".into()), ..Change::default() }).await;
    assert_eq!((find("bloquee").await, find("presse").await), (vec![], vec![id]));
    town.change(id, Change::status(Status::Solved)).await;
    assert_eq!((find("status:solved tambour").await, find("status<solved tambour").await), (vec![id], vec![]));
}

/// Z16: letter by letter, for agents and for requesters, in a search and in a list that is narrowed.
pub async fn a_search_finds_while_one_types(town: &Town) {
    let id = town.ticket(town.ana, "Imprimante bloquée", "Rien ne sort.").await;
    town.ticket(town.ana, "Serrure", "Elle coince.").await;
    let (agent, ana) = (town.as_(town.agent), town.as_(town.ana));
    for typed in ["imp", "impr", "imprimante", "imprimante blo", "Imprimante bloquée", "rien ne sor"] {
        let text = while_typed(typed);
        let search = || ListAsk::first(Source::Search(text.clone()));
        assert_eq!(tickets(&agent.tickets(search()).await.expect("a page").rows), [id], "{typed}");
        assert_eq!(requests(&ana.requests(search()).await.expect("a page").rows), [id], "{typed}");
        let narrowed = ListAsk { narrow: Some(text.clone()), ..ListAsk::first(Source::Mine) };
        assert_eq!(requests(&ana.requests(narrowed).await.expect("a page").rows), [id], "{typed}");
    }
}

pub async fn what_cannot_be_asked_is_said(town: &Town) {
    let agent = town.as_(town.agent);
    let search = |text: &str| ListAsk::first(Source::Search(text.into()));
    assert!(matches!(agent.tickets(search("status:nowhere")).await, Err(Error::Unclear(_))));
    assert!(matches!(town.as_(town.ana).requests(search("tags:vip")).await, Err(Error::Unclear(_))));
    assert!(agent.tickets(search("tags:vip")).await.is_ok());
    let narrowed = ListAsk { narrow: Some("tags:vip".into()), ..ListAsk::first(Source::Mine) };
    assert!(matches!(town.as_(town.ana).requests(narrowed).await, Err(Error::Unclear(_))));
}

/// R166, R167: an end user's ways are requests alone; colleagues read and do not answer.
pub async fn end_users_see_no_views_tickets_or_histories(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let ana = town.as_(town.ana);
    let view = || Source::View("unassigned".into());
    assert_eq!(ana.tickets(ListAsk::first(Source::Mine)).await.map(|_| ()), Err(Error::Denied));
    assert_eq!(ana.requests(ListAsk::first(view())).await.map(|_| ()), Err(Error::Denied));
    assert_eq!(ana.counts(vec![view()]).await, Err(Error::Denied));
    assert_eq!(ana.ticket(id, 1).await.map(|_| ()), Err(Error::Denied));
    assert_eq!(ana.audits(id, 0, 1).await.map(|_| ()), Err(Error::Denied));
    assert_eq!(ana.forecast(town.now(), 1).await, Err(Error::Denied));
    assert_eq!(town.as_(town.cleo).request(id, 1).await.map(|_| ()), Err(Error::NotFound));
    assert_eq!(town.as_(town.cleo).request(TicketId(999), 1).await.map(|_| ()), Err(Error::NotFound));
    assert_eq!(town.as_(town.ben).request(id, 1).await.map(|_| ()), Ok(()), "R166");
    let colleagues_reply = crate::support::town::says(id, guichet::domain::comment::NewComment::public("me too"));
    assert!(town.tries(town.ben, colleagues_reply).await.is_err());
    assert!(town.tries(town.ana, changes(id, Change::status(Status::Hold))).await.is_err());
    let people = ana.people(PeopleAsk::Role { role: None, after: None, limit: 50 }).await.expect("a page");
    assert_eq!(people.rows.iter().map(|person| person.id).collect::<Vec<_>>(), [town.ana]);
}
