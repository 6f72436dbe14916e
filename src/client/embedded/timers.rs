//! What happens by itself.

use super::{Embedded, is_admin};
use crate::client::{DueTicket, Error, Ran};
use crate::domain::account::{PendingEnd, Settings};
use crate::domain::act::{Act, Deed, Who};
use crate::domain::audience::may_see;
use crate::domain::comment::Channel;
use crate::domain::id::TicketId;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::status::Status;
use crate::domain::time::Timestamp;
use crate::domain::timer::Timer;
use crate::store::{self, Clock};
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many are looked for at once.
const AT_ONCE: u32 = 1_000;
/// So many tickets are worked on at once: their acts are committed together.
const TOGETHER: usize = 64;

impl Embedded {
    pub(super) async fn read_forecast(&self, until: Timestamp, limit: u32) -> Result<Vec<DueTicket>, Error> {
        let viewer = self.staff().await?.viewer();
        let due = self.store.due_for(&viewer, until, limit).await?;
        let row =
            |one: store::DueTicket| DueTicket { ticket: one.ticket.id, subject: one.ticket.subject, due: one.due };
        Ok(due.into_iter().map(row).collect())
    }

    pub(super) async fn run_due(&self, at: Option<Timestamp>, dry_run: bool) -> Result<Vec<Ran>, Error> {
        let me = self.me().await?;
        if !is_admin(&me.person) {
            return Err(Error::Denied);
        }
        let at = at.unwrap_or_else(|| self.now());
        if dry_run {
            let due = self.store.due_until(at, u32::MAX).await?;
            return Ok(due.iter().map(|one| ran(one, me.settings())).collect());
        }
        let mut all = Vec::new();
        let settings = me.settings();
        self.run_until(at, &|one| ran(one, settings), |some| all.extend(some)).await?;
        self.settle().await?;
        self.forget(&(Arc::new(move || at) as Clock), usize::MAX).await?;
        Ok(all)
    }

    pub(super) async fn run_overdue(&self) -> Result<u64, Error> {
        let me = self.me().await?;
        let viewer = me.viewer();
        let mut count = 0;
        // Counted is what they may know of: how much goes on elsewhere is not theirs to learn (R109).
        let known = |one: &store::DueTicket| u64::from(may_see(&viewer, &one.ticket));
        self.run_until(self.now(), &known, |some| count += some.iter().sum::<u64>()).await?;
        self.settle().await?;
        self.forget(&self.clock, 1).await?;
        Ok(count)
    }

    /// Does all that is due at a moment, some at once; `done` is told what `tell` says of them.
    async fn run_until<T: Send>(
        &self,
        at: Timestamp,
        tell: &(dyn Fn(&store::DueTicket) -> T + Sync),
        mut done: impl FnMut(Vec<T>) + Send,
    ) -> Result<(), Error> {
        let clock: Clock = Arc::new(move || at);
        loop {
            let due = self.store.due_until(at, AT_ONCE).await?;
            let some = self.run_some(due, tell, &clock).await?;
            // What was refused is due no longer, or somebody else has done it; what is left comes with the next look.
            if some.is_empty() {
                return Ok(());
            }
            done(some);
        }
    }

    async fn run_some<T: Send>(
        &self,
        due: Vec<store::DueTicket>,
        tell: &(dyn Fn(&store::DueTicket) -> T + Sync),
        clock: &Clock,
    ) -> Result<Vec<T>, Error> {
        let mut tickets: BTreeMap<TicketId, Vec<store::DueTicket>> = BTreeMap::new();
        for one in due {
            tickets.entry(one.ticket.id).or_default().push(one);
        }
        let runs = tickets.into_values().map(|due| self.run_ticket(due, tell, clock));
        let answers: Vec<Result<Vec<T>, Error>> = futures::stream::iter(runs).buffered(TOGETHER).collect().await;
        let mut all = Vec::new();
        for answer in answers {
            all.extend(answer?);
        }
        Ok(all)
    }

    /// What is due on one ticket, in its order.
    async fn run_ticket<T: Send>(
        &self,
        due: Vec<store::DueTicket>,
        tell: &(dyn Fn(&store::DueTicket) -> T + Sync),
        clock: &Clock,
    ) -> Result<Vec<T>, Error> {
        let mut done = Vec::new();
        for one in due {
            let deed = Deed::RunTimer { ticket: one.ticket.id, timer: one.due.timer };
            let act = Act { who: Who::System, via: Channel::Rule, deed };
            match self.store.act(act, None, clock).await {
                Ok(_) => done.push(tell(&one)),
                Err(store::Error::Refused(Refusal::NotDue | Refusal::NotFound(Thing::Ticket(_)))) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(done)
    }
}

fn ran(one: &store::DueTicket, settings: &Settings) -> Ran {
    let before = one.ticket.status();
    let after = match (one.due.timer, settings.pending_end) {
        (Timer::Remind, _) => before,
        (Timer::End, PendingEnd::Solved) => Status::Solved,
        (Timer::End, PendingEnd::Closed) | (Timer::Close, _) => Status::Closed,
    };
    Ran { ticket: one.ticket.id, timer: one.due.timer, due_at: one.due.at, status: (before, after) }
}
