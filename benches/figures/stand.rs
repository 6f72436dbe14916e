//! The store that is measured, and who measures on it.

use crate::making;
use crate::table::Table;
use guichet::client::Embedded;
use guichet::client::{Client, ListAsk, Source};
use guichet::demo::{Plan, Which};
use guichet::domain::audience::Viewer;
use guichet::domain::comment::Channel;
use guichet::domain::id::PersonId;
use guichet::domain::person::{Person, Role};
use guichet::domain::time::Timestamp;
use guichet::store::{Clock, Store};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

pub struct Stand {
    pub path: PathBuf,
    pub empty: PathBuf,
    pub agent: Embedded,
    pub admin: Embedded,
    /// Whether what runs beside something else has ended.
    pub done: std::sync::atomic::AtomicBool,
    pub agent_address: String,
    pub requester: Embedded,
    /// Tickets of the first page of Pending.
    pub pending: usize,
    /// Told apart from every other run in the keys of its acts.
    pub run: u128,
    tickets: i64,
    open: Vec<i64>,
    store: Store,
    _folder: tempfile::TempDir,
}

/// As many tickets take replies by turns, so that none grows long.
const OPEN: usize = 3_000;

/// Tickets that take a reply, from all over the store.
async fn open_tickets(agent: &Embedded) -> Vec<i64> {
    let mut open = Vec::new();
    let mut ask = ListAsk::first(Source::View("all-unsolved".to_owned()));
    loop {
        let page = agent.tickets(ask.clone()).await.expect("the page comes");
        open.extend(page.rows.into_iter().map(|ticket| ticket.id.0));
        match page.next {
            Some(next) if open.len() < OPEN => ask.after = Some(next),
            _ => return open,
        }
    }
}

impl Stand {
    pub async fn make(table: &mut Table) -> Self {
        let tickets = std::env::var("GUICHET_BENCH_TICKETS").ok().and_then(|text| text.parse().ok());
        let tickets: u64 = tickets.unwrap_or(1_000_000);
        let folder = tempfile::tempdir().expect("a folder is made");
        let kept = std::env::var_os("GUICHET_BENCH_STORE").map(PathBuf::from);
        let path = kept.unwrap_or_else(|| folder.path().join("large.db"));
        let run = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970").as_nanos();
        let now = Timestamp(i64::try_from(run / 1_000_000).expect("the clock is right"));
        if !path.exists() {
            Box::pin(making::make(&path, tickets, now, table)).await;
        }
        let size = std::fs::metadata(&path).map_or(0, |file| file.len());
        table.note("the store's size", format!("{} MB for {tickets} tickets", size / 1_000_000));
        let empty = folder.path().join("empty.db");
        let plan = Plan::new(Which::VeloMetropole, 7, 1, now);
        let made = guichet::demo::make(&format!("sqlite:{}", empty.display()), &plan, now, &|_| {}).await;
        made.expect("the empty store is made");
        let store = Store::open(&format!("sqlite:{}", path.display())).await.expect("the store opens");
        let clock: Clock = Arc::new(move || now);
        let as_person = |person: &Person| Embedded::new(store.clone(), person.id, Channel::Web, Arc::clone(&clock));
        let cast = cast(&store, &plan).await;
        let agent = cast.iter().find(|person| person.role == Role::Agent).expect("the cast has an agent");
        let requester = cast.iter().find(|person| person.role == Role::EndUser).expect("the cast has a requester");
        let (agent_address, agent) = (agent.email.clone().expect("with an address").to_string(), as_person(agent));
        let admin = cast.iter().find(|person| person.role == Role::Admin).expect("the cast has an admin");
        let (requester, admin) = (as_person(requester), as_person(admin));
        let page = |view: &str| ListAsk::first(Source::View(view.to_owned()));
        let pending = agent.tickets(page("pending")).await.expect("the page comes").rows.len();
        let open = open_tickets(&agent).await;
        let tickets = i64::try_from(tickets).expect("so many fit");
        let done = std::sync::atomic::AtomicBool::new(false);
        Self {
            path,
            empty,
            agent,
            admin,
            done,
            agent_address,
            requester,
            pending,
            run,
            tickets,
            open,
            store,
            _folder: folder,
        }
    }

    /// A ticket from anywhere in the store, the same in every run.
    pub fn some_ticket(&self, round: u32) -> i64 {
        1 + i64::from(round).wrapping_mul(7_919_317).rem_euclid(self.tickets)
    }

    /// A ticket that takes a reply; the same one comes again after all others.
    pub fn open_ticket(&self, round: u32) -> i64 {
        self.open[usize::try_from(round).unwrap_or_default() % self.open.len()]
    }

    /// The moment at which so many tickets are due; none when there are not so many.
    pub async fn due_by(&self, count: usize) -> Option<Timestamp> {
        let most = u32::try_from(count).expect("so many fit");
        let due = self.store.overdue(Timestamp(i64::MAX), None, most).await.expect("what is due comes");
        due.get(count - 1).map(|(_, at)| *at)
    }

    pub async fn close(&self) {
        self.store.close().await;
    }
}

async fn cast(store: &Store, plan: &Plan) -> Vec<Person> {
    let viewer = Viewer::admin(PersonId(1));
    let ids: Vec<PersonId> = (1..).take(plan.cast).map(PersonId).collect();
    store.people_by_ids(&viewer, &ids).await.expect("the cast is there")
}
