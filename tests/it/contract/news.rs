//! Who hears of what, and that nobody hears of anything else.

use crate::support::town::{Town, changes, says};
use guichet::client::told::InboxAsk;
use guichet::client::{Client, Cursor, Embedded, Error, ListAsk, News, Source};
use guichet::domain::account::OnHold;
use guichet::domain::act::{Change, Deed, NewTicket, PersonChange, Setting};
use guichet::domain::case::TicketType;
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::id::{KindId, PersonId, TicketId};
use guichet::domain::person::{PersonRef, Restriction};
use guichet::domain::presence::Doing;
use guichet::domain::refusal::Refusal;
use guichet::domain::removal::Removal;
use guichet::domain::status::{Priority, Status};
use guichet::domain::tag::Tag;
use guichet::domain::time::Span;
use guichet::store::Store;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Longer than anything takes here: who hears something hears it long before.
const LONG: u32 = 30_000;

/// Somebody who listens.
struct Ear {
    client: Box<dyn Client>,
    place: Cursor,
}

impl Ear {
    async fn of(client: Box<dyn Client>) -> Self {
        let place = client.news(None, 0).await.expect("a beginning").place;
        Self { client, place }
    }

    async fn on(town: &Town, person: PersonId) -> Self {
        Self::of(town.as_(person)).await
    }

    async fn hears(&mut self, wait: u32) -> News {
        let news = self.client.news(Some(self.place.clone()), wait).await.expect("news");
        self.place = news.place.clone();
        news
    }

    /// Listens until a ticket is heard of; what was heard until then.
    async fn hears_of(&mut self, ticket: TicketId) -> BTreeSet<TicketId> {
        let mut all = BTreeSet::new();
        while !all.contains(&ticket) {
            let news = self.hears(LONG).await;
            assert!(!news.is_none(), "{ticket:?} was never heard of");
            all.extend(news.tickets);
        }
        all
    }

    /// What there is to be heard now, as far as it was taken in.
    async fn has(&mut self) -> Option<News> {
        let news = self.hears(0).await;
        (!news.is_none()).then_some(news)
    }
}

fn private(requester: PersonId) -> Deed {
    let mut new = NewTicket::new("Theft", NewComment::note("By whom?"));
    new.kind = Some(KindId(4));
    new.requester = Some(PersonRef::Id(requester));
    Deed::CreateTicket(Box::new(new))
}

pub async fn what_changes_is_heard_at_once(town: &Town) {
    let (mut agent, mut ana) = (Ear::on(town, town.agent).await, Ear::on(town, town.ana).await);
    assert_eq!(agent.has().await, None);
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    assert_eq!(agent.hears_of(id).await, [id].into());
    assert_eq!(ana.hears_of(id).await, [id].into());
    town.note(id, "The old one again.").await;
    assert_eq!(agent.hears_of(id).await, [id].into());
    town.reply(town.agent, id, "On my way.").await;
    assert_eq!(ana.hears_of(id).await, [id].into());
    // Who waits already hears it as well.
    let waiting = tokio::spawn(async move {
        ana.hears_of(id).await;
        ana
    });
    town.change(id, Change::status(Status::Solved)).await;
    let mut ana = waiting.await.expect("heard");
    assert_eq!(ana.has().await.map(|news| news.tickets), None);
    town.does(town.admin, Deed::Removal(Removal::Delete(id))).await;
    agent.hears_of(id).await;
}

/// What somebody sees of their requests, and of themselves.
async fn seen(town: &Town, person: PersonId) -> String {
    let client = town.as_(person);
    let mut all = format!("{:?}", client.session().await.expect("a session"));
    for source in [Source::Mine, Source::Ccd, Source::Organization] {
        let page = client.requests(ListAsk::first(source)).await.expect("a page");
        for row in page.rows {
            let thread = client.request(row.id, 100).await.expect("the request");
            write!(all, "{:?} {:?} {:?}", row.subject, thread.item, thread.comments).expect("a text takes it");
        }
    }
    all
}

/// R109, R126, R149: end users listen while all sorts of things happen, and hear of a thing just when they see something
/// else by it; of what is internal not even that there was something, nor when, nor how much.
pub async fn nothing_internal_is_heard_by_end_users(town: &Town) {
    town.does(town.admin, Deed::Set(Setting::PortalOnHold(OnHold::AsOpen))).await;
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let other = town.ticket(town.cleo, "Card refused", "Again.").await;
    let group = town.does(town.admin, Deed::CreateGroup { name: "Fraud".into() }).await.outcome.group.expect("a group");
    let hidden = town.does(town.agent, private(town.ana)).await.outcome.ticket.expect("a ticket");
    let mut admin = Ear::on(town, town.admin).await;
    let mut ears = Vec::new();
    for person in [town.ana, town.ben, town.cleo] {
        ears.push((person, Ear::on(town, person).await));
    }
    let own = Change { add_tags: [Tag::parse("vip").expect("a tag")].into(), ..Change::default() };
    let to_group = Change { group: Some(Some(group)), assignee: Some(None), ..Change::default() };
    let internal = [
        says(id, NewComment::note("Nobody is to know.")),
        changes(id, own.clone()),
        changes(id, Change { add_followers: [town.admin].into(), ..Change::default() }),
        changes(id, Change::status(Status::Hold)),
        changes(hidden, to_group.clone()),
        says(hidden, NewComment::note("Him, I think.")),
        changes(hidden, Change { ticket_type: Some(Some(TicketType::Problem)), ..own }),
        changes(hidden, Change { requester: Some(PersonRef::Id(town.cleo)), ..Change::default() }),
        changes(hidden, Change { priority: Some(Some(Priority::Urgent)), ..Change::status(Status::Pending) }),
        Deed::Removal(Removal::Delete(hidden)),
        Deed::Removal(Removal::Restore(hidden)),
        Deed::CreateGroup { name: "Theft".into() },
        Deed::Set(Setting::NoticesPerHour(7)),
        Deed::Set(Setting::PrivateTickets(false)),
    ];
    let shown = [
        changes(id, Change { assignee: Some(Some(town.agent)), ..Change::default() }),
        changes(id, to_group),
        says(other, NewComment::public("Which card?")),
        changes(id, Change::status(Status::Pending)),
        changes(other, Change { subject: Some("Card".into()), ..Change::default() }),
        Deed::Set(Setting::AccountName("Vélo".into())),
    ];
    let count = internal.len();
    for (place, deed) in internal.into_iter().chain(shown).enumerate() {
        let said = format!("{deed:?}");
        let mut before = Vec::new();
        for (person, _) in &ears {
            before.push(seen(town, *person).await);
        }
        town.does(town.admin, deed).await;
        let last = town.ticket(town.agent, "Ours alone", "Nothing to see.").await;
        admin.hears_of(last).await;
        for ((person, ear), before) in ears.iter_mut().zip(before) {
            let heard = ear.has().await;
            let differs = before != seen(town, *person).await;
            assert!(!differs || place >= count, "{person:?} sees {said}");
            assert_eq!(heard.is_some(), differs, "{person:?} heard {heard:?} of {said}");
        }
    }
}

/// What is shown to a requester for the first time, or taken from them, they hear of; and who comes in copy, or leaves it.
pub async fn what_comes_into_sight_is_heard_of(town: &Town) {
    let (mut ana, mut cleo) = (Ear::on(town, town.ana).await, Ear::on(town, town.cleo).await);
    let mut agent = Ear::on(town, town.agent).await;
    let id = town.does(town.agent, private(town.ana)).await.outcome.ticket.expect("a ticket");
    town.note(id, "Still ours.").await;
    town.reply(town.agent, id, "Your bicycle was found.").await;
    assert_eq!(ana.hears_of(id).await, [id].into());
    let copied = Change { add_ccs: vec![PersonRef::Id(town.cleo)], ..Change::default() };
    town.change(id, copied).await;
    assert_eq!(cleo.hears_of(id).await, [id].into());
    town.change(id, Change { remove_ccs: [town.cleo].into(), ..Change::default() }).await;
    assert_eq!(cleo.hears_of(id).await, [id].into(), "it is theirs no longer");
    town.reply(town.agent, id, "Come by.").await;
    let last = town.ticket(town.ana, "Last", "3").await;
    agent.hears_of(last).await;
    assert_eq!(cleo.has().await, None, "from then on it is no business of hers");
}

/// R109: whoever works with some tickets hears of those, and of one that comes or goes.
pub async fn a_restricted_agent_hears_of_their_tickets_alone(town: &Town) {
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    let (mut lina, mut agent) = (Ear::on(town, town.other_agent).await, Ear::on(town, town.agent).await);
    let (one, other) = (town.ticket(town.ana, "One", "1").await, town.ticket(town.cleo, "Other", "2").await);
    town.note(one, "?").await;
    town.reply(town.agent, other, "!").await;
    agent.hears_of(other).await;
    town.does(town.admin, Deed::CreateGroup { name: "Field".into() }).await;
    let last = town.ticket(town.ana, "Last", "3").await;
    agent.hears_of(last).await;
    let news = lina.hears(0).await;
    assert!(news.tickets.is_empty() && !news.everything && news.unread.is_none(), "{news:?}");
    assert!(news.session, "she is told of groups, as all agents are");
    town.change(one, Change { assignee: Some(Some(town.other_agent)), ..Change::default() }).await;
    assert_eq!(lina.hears_of(one).await, [one].into());
    town.change(one, Change { assignee: Some(Some(town.agent)), ..Change::default() }).await;
    assert_eq!(lina.hears_of(one).await, [one].into(), "it is gone from her list");
    town.note(one, "She need not know.").await;
    town.note(last, "Nor of this.").await;
    agent.hears_of(last).await;
    assert_eq!(lina.has().await, None);
}

pub async fn a_session_and_an_inbox_that_change_are_heard_of(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let (mut ana, mut agent) = (Ear::on(town, town.ana).await, Ear::on(town, town.agent).await);
    let before = town.as_(town.ana).unread().await.expect("a count").value;
    town.reply(town.agent, id, "On my way.").await;
    let news = ana.hears(LONG).await;
    let after = town.as_(town.ana).unread().await.expect("a count").value;
    assert!(after > before, "she was told of the reply");
    assert_eq!((news.tickets, news.unread, news.session), ([id].into(), Some(after), false));
    agent.hears_of(id).await;
    town.does(town.admin, Deed::Set(Setting::AccountName("Vélo".into()))).await;
    assert!(ana.hears(LONG).await.session && agent.hears(LONG).await.session);
    let change = PersonChange { name: Some("Ana R.".into()), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    assert!(ana.hears(LONG).await.session);
}

/// Whoever is shut out while they wait hears that, and nothing else.
pub async fn who_is_suspended_hears_nothing_more(town: &Town) {
    let mut ana = Ear::on(town, town.ana).await;
    let waiting = tokio::spawn(async move {
        loop {
            match ana.client.news(Some(ana.place.clone()), LONG).await {
                Ok(news) => ana.place = news.place,
                Err(error) => return error,
            }
        }
    });
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    let error = waiting.await.expect("an end");
    assert_eq!(error, Error::Refused(Refusal::Suspended));
}

/// Another program on the same database: its acts are heard here, and a place in its news goes on here.
pub async fn news_travel_between_programs(town: &Town) {
    let there = Store::open(&town.ground.url()).await.expect("the same account");
    let from = |person| Box::new(Embedded::new(there.clone(), person, Channel::Web, town.clock()));
    let mut here = Ear::on(town, town.agent).await;
    let mut afar = Ear::of(from(town.agent)).await;
    let mut ana = Ear::on(town, town.ana).await;
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    afar.hears_of(id).await;
    here.hears_of(id).await;
    ana.hears_of(id).await;
    from(town.agent).act(town.key(), says(id, NewComment::note("From there."))).await.expect("done");
    assert_eq!(here.hears_of(id).await, [id].into());
    from(town.agent).act(town.key(), changes(id, Change::status(Status::Solved))).await.expect("done");
    assert_eq!(ana.hears_of(id).await, [id].into());
    here.hears_of(id).await;
    // Both go on in the other's news.
    town.note(id, "Once more.").await;
    let mut here = Ear { client: town.as_(town.agent), place: afar.place };
    here.hears_of(id).await;
    let mut ana = Ear { client: from(town.ana), place: ana.place };
    assert_eq!(ana.has().await, None);
    there.close().await;
}

/// Whoever was away while very much happened looks at everything anew; whom it does not concern is not even told that.
pub async fn what_was_missed_is_told_as_far_as_it_is_theirs(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    town.wait(Span::minutes(5));
    let there = Store::open(&town.ground.url()).await.expect("the same account");
    let from = |person| Box::new(Embedded::new(there.clone(), person, Channel::Web, town.clock()));
    let (mut agent, mut ana, mut cleo) =
        (Ear::of(from(town.agent)).await, Ear::of(from(town.ana)).await, Ear::of(from(town.cleo)).await);
    there.close().await;
    let other = town.ticket(town.cleo, "Card refused", "Again.").await;
    town.wait(Span::minutes(5));
    for n in 0..260 {
        town.note(id, &format!("{n}")).await;
    }
    (agent.client, ana.client, cleo.client) = (town.as_(town.agent), town.as_(town.ana), town.as_(town.cleo));
    let news = agent.hears(0).await;
    assert!(news.everything);
    assert_eq!(ana.has().await, None, "notes alone were written on hers");
    assert_eq!(cleo.has().await.map(|news| news.tickets), Some([other].into()));
    assert_eq!((agent.has().await, cleo.has().await), (None, None));
}

/// Who opens a ticket, begins to answer it or leaves it is heard of at once by who has it open, in whichever program, and by
/// nobody else; that somebody is still there is no news.
pub async fn who_comes_and_goes_is_heard_of_at_once(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let there = Store::open(&town.ground.url()).await.expect("the same account");
    let lina = Embedded::new(there.clone(), town.other_agent, Channel::Web, town.clock());
    let marc = town.as_(town.agent);
    marc.present(id, Some(Doing::Looks)).await.expect("said");
    let mut ear = Ear::on(town, town.agent).await;
    let (mut admin, mut ana) = (Ear::on(town, town.admin).await, Ear::on(town, town.ana).await);
    for doing in [Some(Doing::Looks), Some(Doing::Replies), None, Some(Doing::Replies)] {
        lina.present(id, doing).await.expect("said");
        assert_eq!(ear.hears(LONG).await.around, [id].into(), "{doing:?}");
        lina.present(id, doing).await.expect("said once more");
    }
    // Who says nothing any more is found to be gone by whoever is still there.
    town.wait(Span(31_000));
    marc.present(id, Some(Doing::Looks)).await.expect("said");
    assert_eq!(ear.hears(LONG).await.around, [id].into());
    town.note(id, "That is all.").await;
    assert_eq!(ear.hears_of(id).await, [id].into());
    admin.hears_of(id).await;
    assert_eq!(ear.has().await, None);
    assert_eq!((admin.has().await, ana.has().await), (None, None), "they do not have it open");
    there.close().await;
}

pub async fn what_is_read_in_one_program_is_read_in_another(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let there = Store::open(&town.ground.url()).await.expect("the same account");
    let afar = Embedded::new(there.clone(), town.ana, Channel::Web, town.clock());
    let (mut ana, mut ben) = (Ear::on(town, town.ana).await, Ear::on(town, town.ben).await);
    town.reply(town.agent, id, "On my way.").await;
    assert!(ana.hears(LONG).await.unread.is_some_and(|unread| unread > 0));
    let told = afar.inbox(InboxAsk { unread_only: true, after: None, limit: 10 }).await.expect("her inbox").rows;
    let (first, rest) = told.split_first().expect("notices");
    afar.mark_read(Some(vec![first.id])).await.expect("read");
    assert_eq!(ana.hears(LONG).await.unread, Some(rest.len() as u64));
    afar.mark_read(None).await.expect("read");
    let news = ana.hears(LONG).await;
    assert_eq!((news.unread, news.tickets, news.everything), (Some(0), BTreeSet::new(), false));
    assert_eq!(ben.has().await.and_then(|news| news.unread), None, "it is hers alone");
    there.close().await;
}
