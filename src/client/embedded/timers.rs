//! What happens by itself.

use super::{Embedded, is_admin};
use crate::client::{Cursor, DueTicket, Error, Page, Ran};
use crate::domain::act::{Act, Deed, Who};
use crate::domain::comment::Channel;
use crate::domain::decide::Entry;
use crate::domain::event::{Event, Named};
use crate::domain::evolve::requester_may_know;
use crate::domain::form::Reader;
use crate::domain::id::TicketId;
use crate::domain::notice::Addressee;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::rule::RuleSort;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use crate::domain::timer::{Does, Due};
use crate::store::{self, Clock};
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many are looked for at once.
const AT_ONCE: u32 = 1_000;
/// So many tickets are worked on at once: their acts are committed together.
const TOGETHER: usize = 64;

/// Where a run over what is due goes on: the last ticket that was looked at, since when it was due, and with how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    at: Timestamp,
    ticket: TicketId,
    count: usize,
}

impl Mark {
    fn of(due: &[(TicketId, Timestamp)]) -> Option<Self> {
        due.last().map(|(ticket, at)| Self { at: *at, ticket: *ticket, count: due.len() })
    }

    fn written(self) -> String {
        format!("{}.{}.{}", self.at.0, self.ticket, self.count)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next();
        let (at, ticket, count) = (part()?.parse().ok()?, part()?.parse().ok()?, part()?.parse().ok()?);
        Some(Self { at: Timestamp(at), ticket: TicketId(ticket), count })
    }
}

fn no_place() -> Error {
    Error::Garbled("no place of this list".to_owned())
}

impl Embedded {
    pub(super) async fn read_forecast(&self, until: Timestamp, limit: u32) -> Result<Vec<DueTicket>, Error> {
        let me = self.staff().await?;
        self.look_anew().await?;
        let due = self.store.due_for(&me.viewer(), (self.now(), until), limit).await?;
        let row =
            |one: store::DueTicket| DueTicket { ticket: one.ticket.id, subject: one.ticket.subject, due: one.due };
        Ok(due.into_iter().map(row).collect())
    }

    /// What will happen to a ticket by itself, as far as the one who reads may know of it, soonest first (Z10).
    pub(super) async fn due(&self, ticket: &Ticket, reader: Reader) -> Result<Vec<Due>, Error> {
        let all = self.store.forecasts(std::slice::from_ref(ticket), self.now(), reader).await?;
        Ok(all.into_iter().next().unwrap_or_default())
    }

    /// When each of some tickets is over if nobody does anything (Z10).
    pub(super) async fn ends(&self, tickets: &[Ticket], reader: Reader) -> Result<BTreeMap<TicketId, Due>, Error> {
        let all = self.store.forecasts(tickets, self.now(), reader).await?;
        let end = |due: Vec<Due>| due.into_iter().rfind(|due| due.does == Does::Closes);
        Ok(tickets.iter().zip(all).filter_map(|(ticket, due)| Some((ticket.id, end(due)?))).collect())
    }

    pub(super) async fn run_due(
        &self,
        at: Option<Timestamp>,
        dry_run: bool,
        after: Option<Cursor>,
    ) -> Result<Page<Ran>, Error> {
        let me = self.me().await?;
        if !is_admin(&me.person) {
            return Err(Error::Denied);
        }
        let at = at.unwrap_or_else(|| self.now());
        let after = after.map(|cursor| Mark::parse(&cursor.0).ok_or_else(no_place)).transpose()?;
        self.look_anew().await?;
        let (all, next) = if dry_run { self.would_run(at, after).await? } else { self.run_some(at, after).await? };
        if next.is_none() && !dry_run {
            self.settle().await?;
            let clock: Clock = Arc::new(move || at);
            self.forget(&clock, usize::MAX).await?;
            self.purge(&clock, usize::MAX).await?;
        }
        let names = self.names_by(Named::by(all.iter().flat_map(|ran| &ran.events))).await?;
        Ok(Page::new(all, names, next.map(|mark| Cursor(mark.written()))))
    }

    /// What would be done with some of the tickets that are due, and where it goes on.
    async fn would_run(&self, at: Timestamp, after: Option<Mark>) -> Result<(Vec<Ran>, Option<Mark>), Error> {
        let mut all = Vec::new();
        let due = self.store.overdue(at, after.map(|mark| (mark.at, mark.ticket)), AT_ONCE).await?;
        let next = Mark::of(&due).filter(|mark| mark.count >= AT_ONCE as usize);
        for due in due {
            all.extend(ran(due, &self.store.would(automations(due.0), at).await?));
        }
        Ok((all, next))
    }

    /// Does some of what is due, and says where it goes on.
    async fn run_some(&self, at: Timestamp, after: Option<Mark>) -> Result<(Vec<Ran>, Option<Mark>), Error> {
        let (mut all, mut before, mut looked_at) = (Vec::new(), after, 0);
        loop {
            let due = self.store.claim_overdue((self.now(), at), AT_ONCE).await?;
            // As in `run_until`.
            let Some(mark) = Mark::of(&due).filter(|mark| before != Some(*mark)) else { return Ok((all, None)) };
            looked_at += due.len();
            all.extend(self.run_these(due, at).await?);
            if looked_at >= AT_ONCE as usize {
                return Ok((all, Some(mark)));
            }
            before = Some(mark);
        }
    }

    pub(super) async fn run_overdue(&self) -> Result<u64, Error> {
        if self.store.is_overtaken() {
            // It is a newer program's to do.
            return Ok(0);
        }
        let me = self.me().await?;
        let (viewer, mut done) = (me.viewer(), Vec::new());
        self.look_anew().await?;
        let staff = viewer.is_staff();
        // Counted is what they may know of: how much goes on elsewhere is not theirs to learn (R109), nor for end users
        // what the team does among itself.
        let hears = |event: &Event| {
            matches!(event, Event::Notified(notice) if notice.to == Addressee::Person(self.person))
                || requester_may_know(event)
        };
        let counts = |ran: &Ran| staff || ran.events.iter().any(hears);
        self.run_until(self.now(), |some| done.extend(some.iter().filter(|ran| counts(ran)).map(|ran| ran.ticket)))
            .await?;
        let count = self.store.count_known(&viewer, &done).await?;
        self.settle().await?;
        self.forget(&self.clock, 1).await?;
        self.purge(&self.clock, 1).await?;
        Ok(count)
    }

    /// The same for nobody in particular, whoever may know of it: for who serves the account.
    pub(in crate::client) async fn run_all_overdue(&self) -> Result<u64, Error> {
        if self.store.is_overtaken() {
            return Ok(0);
        }
        let mut count = 0;
        self.look_anew().await?;
        self.run_until(self.now(), |some| count += some.len() as u64).await?;
        self.settle().await?;
        self.forget(&self.clock, 1).await?;
        self.purge(&self.clock, 1).await?;
        Ok(count)
    }

    /// Looks at the tickets anew if the rules have changed.
    async fn look_anew(&self) -> Result<(), Error> {
        while self.store.look_anew(self.now()).await? {}
        Ok(())
    }

    /// Does all that is due at a moment, some at once.
    async fn run_until(&self, at: Timestamp, mut done: impl FnMut(Vec<Ran>) + Send) -> Result<(), Error> {
        let mut before = Vec::new();
        loop {
            let due = self.store.claim_overdue((self.now(), at), AT_ONCE).await?;
            // What is overdue again although it was just looked at would be so for ever.
            if due.is_empty() || due == before {
                return Ok(());
            }
            done(self.run_these(due.clone(), at).await?);
            before = due;
        }
    }

    async fn run_these(&self, due: Vec<(TicketId, Timestamp)>, at: Timestamp) -> Result<Vec<Ran>, Error> {
        let clock: Clock = Arc::new(move || at);
        let runs = due.into_iter().map(|due| self.run_ticket(due, &clock));
        let answers: Vec<Result<Vec<Ran>, Error>> = futures::stream::iter(runs).buffered(TOGETHER).collect().await;
        let all: Vec<Vec<Ran>> = answers.into_iter().collect::<Result<_, Error>>()?;
        Ok(all.into_iter().flatten().collect())
    }

    async fn run_ticket(&self, due: (TicketId, Timestamp), clock: &Clock) -> Result<Vec<Ran>, Error> {
        match self.store.act(automations(due.0), None, clock).await {
            Ok(done) => Ok(ran(due, &done.entries)),
            Err(store::Error::Refused(Refusal::NotFound(Thing::Ticket(_)))) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }
}

fn automations(ticket: TicketId) -> Act {
    Act { who: Who::System, via: Channel::Rule, deed: Deed::RunAutomations { ticket } }
}

/// What each automation did, by what was written of it.
fn ran((ticket, due_at): (TicketId, Timestamp), entries: &[Entry]) -> Vec<Ran> {
    let mut all: Vec<Ran> = Vec::new();
    let Some(first) = entries.first() else { return all };
    for event in &first.events {
        match (event, all.last_mut()) {
            (Event::RuleRan(rule), _) if rule.sort == RuleSort::Automation => {
                all.push(Ran { ticket, rule: rule.clone(), due_at, events: Vec::new() });
            }
            // A mark is the automation's own memory, and before the first rule nothing was done by one.
            (Event::RuleMarked(_), _) | (_, None) => {}
            (event, Some(ran)) => ran.events.push(event.clone()),
        }
    }
    all
}
