//! What is left to be done when somebody is gone, and what is kept for so long and no longer (D35).

use super::Embedded;
use crate::client::Error;
use crate::domain::act::{Act, Deed, Who};
use crate::domain::case::CaseDeed;
use crate::domain::comment::Channel;
use crate::domain::id::TicketId;
use crate::domain::life::PersonDeed;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::removal::Removal;
use crate::domain::time::Span;
use crate::store::{self, Clock};
use futures::StreamExt;

/// So many tickets are looked for at once.
const AT_ONCE: u32 = 500;
/// So many are worked on at once: their acts are committed together.
const TOGETHER: usize = 64;

impl Embedded {
    /// Takes who is gone, or works no longer, off all tickets. An end in between does no harm: the next to come goes on.
    pub(super) async fn settle(&self) -> Result<(), Error> {
        while let Some(left) = self.store.unsettled(AT_ONCE).await? {
            if left.tickets.is_empty() && left.texts.is_empty() {
                self.store.settled(left.person).await?;
                continue;
            }
            let person = left.person;
            let settle = left.tickets.into_iter().map(|ticket| (ticket, PersonDeed::Settle { ticket, person }));
            self.each(settle.map(of_person).collect(), &self.clock).await?;
            let forget = |ticket| (ticket, PersonDeed::Forget { ticket, whose: Some(person) });
            let forget = left.texts.into_iter().map(forget).map(of_person);
            self.each(forget.collect(), &self.clock).await?;
        }
        self.solve_incidents().await?;
        Ok(self.store.remove_files().await?)
    }

    /// Solves the incidents of problems that were solved. An end in between does no harm: the next to come goes on.
    async fn solve_incidents(&self) -> Result<(), Error> {
        while let Some(solved) = self.store.solved_problem(AT_ONCE).await? {
            let (problem, comment) = (solved.ticket, solved.comment);
            let Some(last) = solved.incidents.last().copied() else {
                self.store.problem_through(problem).await?;
                continue;
            };
            let solve = |ticket| (ticket, Deed::Case(CaseDeed::Solve { ticket, problem, comment }));
            self.each(solved.incidents.into_iter().map(solve).collect(), &self.clock).await?;
            self.store.incidents_past(problem, last).await?;
        }
        Ok(())
    }

    /// Takes texts off tickets that were closed long enough ago, at most so many times [`AT_ONCE`].
    pub(super) async fn forget(&self, clock: &Clock, times: usize) -> Result<(), Error> {
        let Some(days) = self.store.common().await?.settings.people.retention_days else { return Ok(()) };
        let until = clock() + Span(-Span::days(i64::from(days)).0);
        for _ in 0..times {
            let tickets = self.store.to_forget(until, AT_ONCE).await?;
            if tickets.is_empty() {
                break;
            }
            let forget = tickets.into_iter().map(|ticket| (ticket, PersonDeed::Forget { ticket, whose: None }));
            if self.each(forget.map(of_person).collect(), clock).await? == 0 {
                break;
            }
        }
        Ok(self.store.remove_files().await?)
    }

    /// Takes deleted tickets away for good that were deleted long enough ago, at most so many times [`AT_ONCE`].
    pub(super) async fn purge(&self, clock: &Clock, times: usize) -> Result<(), Error> {
        let days = self.store.common().await?.settings.removal.purge_days;
        if days == 0 {
            return Ok(());
        }
        let until = clock() + Span(-Span::days(i64::from(days)).0);
        for _ in 0..times {
            let tickets = self.store.to_purge(until, AT_ONCE).await?;
            if tickets.is_empty() {
                break;
            }
            let purge = tickets.into_iter().map(|ticket| (ticket, Deed::Removal(Removal::Purge(ticket))));
            if self.each(purge.collect(), clock).await? == 0 {
                break;
            }
        }
        Ok(self.store.remove_files().await?)
    }

    /// Does all of them by the account itself; how many were done. What is done already, or not due any more, is no fault.
    async fn each(&self, deeds: Vec<(TicketId, Deed)>, clock: &Clock) -> Result<u64, Error> {
        let acts = deeds.into_iter().map(|(id, deed)| async move {
            let act = Act { who: Who::System, via: Channel::Rule, deed };
            match self.store.act(act, None, clock).await {
                Ok(_) => Ok(1),
                Err(store::Error::Refused(Refusal::NotDue)) => Ok(0),
                Err(store::Error::Refused(Refusal::NotFound(Thing::Ticket(gone)))) if gone == id => Ok(0),
                Err(error) => Err(Error::from(error)),
            }
        });
        let answers: Vec<Result<u64, Error>> = futures::stream::iter(acts).buffered(TOGETHER).collect().await;
        answers.into_iter().sum()
    }
}

fn of_person((ticket, deed): (TicketId, PersonDeed)) -> (TicketId, Deed) {
    (ticket, Deed::Person(deed))
}
