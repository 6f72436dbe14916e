//! Many people do many things of all kinds at the same moment: everything that was acknowledged is there exactly once,
//! nothing else is, and chains, lookups, indexes and numbers are right.

use crate::support::town::{Town, address, says};
use futures::future::join_all;
use guichet::client::{Client, Error, Key, Receipt};
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{GroupId, KindId, PersonId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::status::{Priority, Status};
use guichet::domain::tag::Tag;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::{BTreeMap, BTreeSet};

const WRITERS: u64 = 16;
const ACTS: u64 = 40;

/// What somebody was told of an act: its own mark, which stands in its text, and the receipt.
struct Told {
    mark: String,
    says: usize,
    receipt: Result<Receipt, Error>,
}

struct Writer<'t> {
    town: &'t Town,
    chance: rand::rngs::StdRng,
    number: u64,
    tickets: Vec<TicketId>,
    told: Vec<Told>,
}

impl Writer<'_> {
    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.chance.random_range(0..of.len())].clone()
    }

    /// One act of any kind, sent once or several times under its key.
    async fn act(&mut self, at: u64) {
        let mark = format!("m{}x{at}x", self.number);
        let (who, deed, says) = self.deed(&mark).await;
        let key = Key(format!("{}-{at}", self.number));
        let times = if self.chance.random_range(0..4) == 0 { 3 } else { 1 };
        let client = self.town.as_(who);
        let answers = join_all((0..times).map(|_| client.act(key.clone(), deed.clone()))).await;
        let news = answers.iter().filter(|answer| answer.as_ref().is_ok_and(|receipt| !receipt.repeated)).count();
        let done = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(news, usize::from(done > 0), "{mark}: {answers:?}");
        let outcomes: BTreeSet<_> = answers.iter().flatten().map(|receipt| receipt.outcome.comment).collect();
        assert!(outcomes.len() <= 1, "{mark}: {answers:?}");
        let receipt = answers.into_iter().reduce(|one, other| if one.is_ok() { one } else { other });
        let receipt = receipt.expect("it was sent");
        self.tickets.extend(receipt.iter().filter_map(|receipt| receipt.outcome.ticket));
        self.told.push(Told { mark, says, receipt });
    }

    /// What, by whom, and how many comments it says.
    async fn deed(&mut self, mark: &str) -> (PersonId, Deed, usize) {
        let town = self.town;
        let staff = self.one(&[town.agent, town.other_agent, town.admin]);
        let user = self.one(&[town.ana, town.ben, town.cleo]);
        let tickets = self.tickets.clone();
        let (ticket, other) = (self.one(&tickets), self.one(&tickets));
        // Perhaps it is being opened in this moment.
        let coming = TicketId(tickets.iter().map(|id| id.0).max().unwrap_or(0) + 1);
        match self.chance.random_range(0..22) {
            0 | 1 => (staff, says(ticket, NewComment::public(mark)), 1),
            2 => (staff, says(ticket, NewComment::note(mark)), 1),
            3 => (user, says(ticket, NewComment::public(mark)), 1),
            4 => (staff, says(coming, NewComment::note(mark)), 1),
            5 => (user, self.new_ticket(mark, None), 1),
            6 => (staff, self.new_ticket(mark, Some(ticket)), 1),
            7 => {
                let file = town.as_(user).upload(mark.into(), "text/plain".into(), mark.into()).await.expect("kept");
                (user, says(ticket, NewComment { uploads: vec![file.token], ..NewComment::public(mark) }), 1)
            }
            8 => {
                let (source_comment, target_comment) = (NewComment::note(mark), NewComment::note(mark));
                (staff, Deed::Merge { source: ticket, target: other, source_comment, target_comment }, 2)
            }
            9 => {
                let comments = town.as_(staff).ticket(ticket, 1).await.map_or(Vec::new(), |thread| thread.comments);
                let comment = comments.first().map_or(guichet::domain::id::CommentId(1), |one| one.id);
                (staff, Deed::MakeInternal { ticket, comment }, 0)
            }
            10 => (town.admin, Deed::CreateGroup { name: mark.into() }, 0),
            _ => {
                let comment = (self.chance.random_range(0..2) == 0).then(|| NewComment::note(mark));
                let says = usize::from(comment.is_some());
                let expect = (self.chance.random_range(0..4) == 0).then_some(3);
                (staff, Deed::UpdateTicket { ticket, change: Box::new(self.change(mark)), comment, expect }, says)
            }
        }
    }

    fn new_ticket(&mut self, mark: &str, follow_up_of: Option<TicketId>) -> Deed {
        let mut new = NewTicket::new(mark, NewComment::public(mark));
        new.kind = Some(KindId(4));
        new.follow_up_of = follow_up_of;
        if self.chance.random_range(0..3) == 0 {
            new.ccs = vec![PersonRef::Address(address(&format!("{mark}@new.example")))];
        }
        Deed::CreateTicket(Box::new(new))
    }

    fn change(&mut self, mark: &str) -> Change {
        let town = self.town;
        let user = self.one(&[town.ana, town.ben, town.cleo]);
        let agent = self.one(&[town.agent, town.other_agent]);
        let tag: BTreeSet<Tag> = [Tag::parse(self.one(&["one", "two", "three"])).expect("a tag")].into();
        let none = Change::default();
        match self.chance.random_range(0..12) {
            0 => Change { subject: Some(mark.into()), ..none },
            1 => Change::status(self.one(&[Status::Open, Status::Pending, Status::Hold, Status::Solved])),
            2 => Change { priority: Some(Some(Priority::High)), ..none },
            3 => Change { assignee: Some(Some(agent)), ..none },
            4 => Change { group: Some(Some(GroupId(1))), ..none },
            5 => Change { requester: Some(PersonRef::Id(user)), ..none },
            6 => Change { add_tags: tag, ..none },
            7 => Change { remove_tags: tag, ..none },
            8 => Change { add_ccs: vec![PersonRef::Id(user)], ..none },
            9 => Change { remove_ccs: [user].into(), ..none },
            10 => Change { add_followers: [agent].into(), ..none },
            _ => Change { remove_followers: [agent].into(), ..none },
        }
    }
}

/// All tickets with everything said on them: how often each text is there, and where.
async fn said(client: &dyn Client, last: i64) -> BTreeMap<String, Vec<i64>> {
    let mut bodies: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for id in (1..=last).map(TicketId) {
        let Ok(thread) = client.ticket(id, 100).await else { continue };
        let mut comments = thread.comments;
        while u64::from(thread.item.comments) > comments.len() as u64 {
            let before = client.comments(id, comments[0].id, 100).await.expect("earlier ones").rows;
            assert!(!before.is_empty(), "{id}: comments are counted that are not there");
            comments.splice(0..0, before);
        }
        for comment in comments {
            bodies.entry(comment.body).or_default().push(comment.id.0);
        }
    }
    bodies
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_loses_and_doubles_nothing() {
    storm(&Town::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_on_a_server_loses_and_doubles_nothing() {
    let town = Town::pg().await;
    storm(&town).await;
    town.store.close().await;
}

async fn storm(town: &Town) {
    let mut tickets = Vec::new();
    for n in 0..6 {
        tickets.push(town.ticket([town.ana, town.ben, town.cleo][n % 3], "Printer", "begun").await);
    }
    let writers = (0..WRITERS).map(|number| {
        let chance = rand::rngs::StdRng::seed_from_u64(number);
        let mut writer = Writer { town, chance, number, tickets: tickets.clone(), told: Vec::new() };
        async move {
            for at in 0..ACTS {
                writer.act(at).await;
            }
            writer.told
        }
    });
    let told: Vec<Told> = join_all(writers).await.into_iter().flatten().collect();
    town.verified().await;
    let last = town.ticket(town.ana, "The last", "at last").await;
    let bodies = said(&*town.as_(town.admin), last.0).await;
    let done = told.iter().filter(|one| one.receipt.is_ok()).count();
    assert!(done * 3 > told.len(), "enough of it is done: {done} of {}", told.len());
    for Told { mark, says, receipt } in told {
        let found = bodies.get(&mark).map(Vec::as_slice).unwrap_or_default();
        match receipt {
            Ok(receipt) => {
                assert_eq!(found.len(), says, "{mark}: {receipt:?}");
                let named = receipt.outcome.comment.filter(|_| says > 0);
                assert!(named.is_none_or(|id| found.contains(&id.0)), "{mark}: {receipt:?}");
            }
            Err(Error::Refused(_) | Error::NotFound | Error::Conflict { .. }) => {
                assert!(found.is_empty(), "{mark} was refused, and is there");
            }
            Err(other) => panic!("{mark}: {other:?}"),
        }
    }
}
