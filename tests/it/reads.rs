//! What the store lists, counts and finds, against the rules in memory: the same tickets, for everybody, on both
//! databases (D34, R109, R115, R116, R164-R166); and that nothing private ever reaches an end user.

mod canary;
mod chance;
mod people;
mod world;

use crate::support::{dirs, pg};
use guichet::domain::audience::{may_see, works_on};
use guichet::domain::condition::{Around, Asker, Condition, Facts, Link, Sight, Test, Text};
use guichet::domain::search::{Query, Term};
use guichet::domain::ticket::Ticket;
use guichet::domain::view::{Sort, SortKey};
use guichet::store::{Base, Found, Reader, Store, Wanted};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::sync::Arc;
use world::World;

/// How many random queries each reader asks.
const QUERIES: usize = 120;

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_finds_what_the_rules_find_in_memory() {
    let folder = dirs::temp();
    let world = World::make(&format!("sqlite:{}", folder.path().join("store.db").display())).await;
    agrees(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_finds_what_the_rules_find_in_memory() {
    let database = pg::Database::create();
    let world = World::make(&database.url()).await;
    agrees(&world).await;
    world.store.close().await;
}

async fn agrees(world: &World) {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let term = (proptest::bool::weighted(0.3), chance::test(world)).prop_map(|(negated, test)| Term { negated, test });
    let queries = proptest::collection::vec(term, 0..4);
    let sorts: Vec<Sort> =
        SortKey::ALL.into_iter().flat_map(|by| [true, false].map(|descending| Sort { by, descending })).collect();
    let mut telling = 0;
    for round in 0..QUERIES {
        let terms = queries.new_tree(&mut runner).expect("a query").current();
        let sort = sorts[round % sorts.len()];
        let query = Query { terms, sort: Some(sort) };
        for reader in &world.readers {
            telling += usize::from(one(world, reader, &query, sort).await);
        }
    }
    assert!(telling > QUERIES, "only {telling} questions had some tickets, but not all, for an answer");
}

/// Asks one thing of every list; whether the answer tells anything: some tickets, but not all.
async fn one(world: &World, reader: &Reader, query: &Query, sort: Sort) -> bool {
    let condition = query.condition();
    let mut telling = false;
    if reader.as_requester && condition.tests().into_iter().any(Test::is_for_staff) {
        return telling;
    }
    for base in [Base::Visible, Base::Mine, Base::Ccd, Base::Organization] {
        let mut expected: Vec<i64> = Vec::new();
        for known in &world.tickets {
            if within(reader, base, &known.ticket) && world.holds(reader, &condition, known) {
                expected.push(known.ticket.id.0);
            }
        }
        let found = all_pages(&world.store, reader, base, &condition, sort).await;
        let mut numbers: Vec<i64> = found.iter().map(|ticket| ticket.id.0).collect();
        ordered(reader, &found, sort, &condition);
        numbers.sort_unstable();
        expected.sort_unstable();
        assert_eq!(numbers, expected, "{base:?} {query} for {reader:?}");
        let (count, more) = world.store.count(reader, base, &condition).await.expect("a count");
        assert_eq!((count, more), (expected.len() as u64, false), "{base:?} {query}");
        telling |= base == Base::Visible && !expected.is_empty() && expected.len() < world.tickets.len();
    }
    telling
}

/// What a list begins with, by the rules.
fn within(reader: &Reader, base: Base, ticket: &Ticket) -> bool {
    let me = reader.viewer.person;
    let mut as_user = reader.viewer.clone();
    as_user.role = guichet::domain::person::Role::EndUser;
    match base {
        Base::Visible if reader.as_requester => may_see(&as_user, ticket),
        Base::Visible => works_on(&reader.viewer, ticket),
        _ if !reader.as_requester && reader.viewer.is_staff() && !works_on(&reader.viewer, ticket) => false,
        Base::Mine => ticket.is_public() && ticket.requester == me,
        Base::Ccd => ticket.is_public() && ticket.ccs.contains(&me),
        Base::Incidents(problem) => ticket.problem == Some(problem),
        Base::Organization => {
            let shared = reader.viewer.shared_organization;
            ticket.is_public() && shared.is_some() && ticket.organization == shared
        }
    }
}

/// Every page of a list, each beginning where the one before ended.
pub async fn all_pages(store: &Store, reader: &Reader, base: Base, condition: &Condition, sort: Sort) -> Vec<Ticket> {
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let wanted = Wanted { after: after.as_deref(), ..Wanted::first(base, condition, sort, 17) };
        let Found { tickets, next, .. } =
            store.list(reader, &wanted).await.expect("a page").expect("a place in the list");
        assert!(tickets.len() <= 17);
        all.extend(tickets);
        match next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}

fn ordered(reader: &Reader, tickets: &[Ticket], sort: Sort, condition: &Condition) {
    let asker = asker(reader);
    let value = |ticket: &Ticket| match sort.by {
        SortKey::Updated if reader.as_requester => ticket.requester_updated_at.0,
        SortKey::Updated => ticket.updated_at.0,
        SortKey::Status => asker.status(ticket.state) as i64,
        SortKey::Priority => ticket.priority.map_or(-1, |priority| priority as i64),
        SortKey::Id | SortKey::Relevance => 0,
    };
    if sort.by == SortKey::Relevance {
        return;
    }
    for pair in tickets.windows(2) {
        let (one, other) = ((value(&pair[0]), pair[0].id.0), (value(&pair[1]), pair[1].id.0));
        assert!(if sort.descending { one > other } else { one < other }, "{sort:?} {condition:?}");
    }
}

fn asker(reader: &Reader) -> Asker {
    Asker {
        person: reader.viewer.person,
        groups: reader.person.groups.clone(),
        organization: reader.person.organization,
        now: reader.now,
        sight: if reader.as_requester { Sight::Requester(Box::default()) } else { Sight::Staff },
        around: Arc::new(Around { language: "en".into(), ..Around::default() }),
    }
}

impl World {
    fn holds(&self, reader: &Reader, condition: &Condition, known: &world::Known) -> bool {
        let readable = |public: &bool| *public || !reader.as_requester;
        let bodies = known.said.iter().filter(|(_, public)| readable(public)).map(|(body, _)| body.as_str());
        let text = Text::of(&known.ticket.subject, bodies);
        let names = |link: Link, id: i64| self.names(link, id);
        let has_attachment = known.files.iter().any(readable);
        let requester = self.people.iter().find(|person| person.id == known.ticket.requester);
        let organization = known.ticket.organization.and_then(|id| self.organizations.iter().find(|one| one.id == id));
        let facts = Facts {
            ticket: &known.ticket,
            text: &text,
            has_attachment,
            names: &names,
            requester,
            organization,
            update: None,
        };
        condition.holds(&facts, &asker(reader))
    }
}
