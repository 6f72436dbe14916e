//! What happens by itself, found by an index: what nothing will happen to costs nothing.

use super::Store;
use super::account::Common;
use super::dialect::{Batch, Conn, Dialect, read_row};
use super::fault::{Error, Fault};
use super::person::{OrganizationRow, PersonRow, organization_columns, person_columns};
use super::ticket::{TicketRow, json_numbers, ticket_columns};
use super::visible::{Bound, known, visible};
use super::writer::Job;
use crate::domain::account::Organization;
use crate::domain::audience::Viewer;
use crate::domain::decide::{Facts, forecast, next_look};
use crate::domain::form::Reader;
use crate::domain::id::{OrganizationId, TicketId};
use crate::domain::ticket::Ticket;
use crate::domain::time::{Span, Timestamp};
use crate::domain::timer::Due;
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// For so long a server has what it took for itself; with the time between two looks, others have it within a minute.
const CLAIM: Span = Span(30_000);

/// Takes what is due and what nobody else has taken. What is taken for longer than anybody takes it was taken by a clock
/// that ran ahead; clocks of servers may differ by less.
const CLAIMED: &str = "UPDATE tickets SET claimed_until = $2 WHERE id IN (SELECT t.id FROM tickets t \
     WHERE t.next_at <= $3 AND (coalesce(t.claimed_until, 0) <= $1 OR t.claimed_until > $5) \
     ORDER BY t.next_at, t.id LIMIT $4 \
     FOR UPDATE SKIP LOCKED) RETURNING id, next_at";

/// As many tickets are looked at anew in one transaction.
const A_LOOK: i64 = 1_000;

/// Something due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueTicket {
    /// On which ticket, as it is.
    pub ticket: Ticket,
    /// What, when.
    pub due: Due,
}

impl Store {
    /// The tickets that have to be looked at by a moment, and since when, the longest overdue first; those after one.
    pub async fn overdue(
        &self,
        at: Timestamp,
        after: Option<(Timestamp, TicketId)>,
        limit: u32,
    ) -> Result<Vec<(TicketId, Timestamp)>, Fault> {
        let sql = "SELECT t.id, t.next_at FROM tickets t WHERE t.next_at <= $1 AND (t.next_at, t.id) > ($2, $3) \
             ORDER BY t.next_at, t.id LIMIT $4";
        let (since, last) = after.map_or((i64::MIN, i64::MIN), |(at, ticket)| (at.0, ticket.0));
        let values = vec![at.0.into(), since.into(), last.into(), i64::from(limit).into()];
        let rows: Vec<OverdueRow> = self.db().read(sql.to_owned(), values).await?;
        Ok(rows.into_iter().map(|row| (row.0, row.1)).collect())
    }

    /// The same for whoever is going to look at them now: where many servers share a database, each gets others. What
    /// somebody took and did not do is free again after a while. Nothing is done twice even so, for each ticket is looked
    /// at under its lock.
    pub async fn claim_overdue(
        &self,
        (now, at): (Timestamp, Timestamp),
        limit: u32,
    ) -> Result<Vec<(TicketId, Timestamp)>, Error> {
        if self.dialect() == Dialect::Sqlite {
            return Ok(self.overdue(at, None, limit).await?);
        }
        let (until, too_long) = (now + CLAIM, now + Span(2 * CLAIM.0));
        let values =
            move || vec![now.0.into(), until.0.into(), at.0.into(), i64::from(limit).into(), too_long.0.into()];
        let job: Job<Vec<(TicketId, Timestamp)>> = Arc::new(move |conn: &mut Conn<'_>| {
            Box::pin(async move {
                let mut claim = Batch::default();
                claim.push(CLAIMED, values());
                let rows = claim.rows(conn).await?;
                let rows: Vec<OverdueRow> =
                    rows.first().map(super::dialect::Rows::read).transpose()?.unwrap_or_default();
                let mut due: Vec<_> = rows.into_iter().map(|row| (row.0, row.1)).collect();
                due.sort_by_key(|(id, at)| (*at, *id));
                Ok(due)
            })
        });
        self.inner.writer.write(job).await
    }

    /// Of how many among some tickets somebody may know.
    pub async fn count_known(&self, viewer: &Viewer, tickets: &[TicketId]) -> Result<u64, Fault> {
        if tickets.is_empty() {
            return Ok(0);
        }
        let mut bound = Bound::default();
        bound.put(json_numbers(tickets.iter().map(|id| id.0)));
        let visible = known(viewer, &mut bound);
        let sql = format!("SELECT t.id FROM tickets t WHERE t.id IN {} AND {visible}", self.dialect().numbers(1));
        let known: Vec<NumberRow> = self.db().read(sql, bound.values()).await?;
        let known: BTreeSet<i64> = known.into_iter().map(|row| row.0).collect();
        Ok(tickets.iter().filter(|id| known.contains(&id.0)).count() as u64)
    }

    /// What will have happened by itself until a moment to the tickets of which somebody may know, if nobody does
    /// anything, soonest first.
    pub async fn due_for(
        &self,
        viewer: &Viewer,
        (now, until): (Timestamp, Timestamp),
        limit: u32,
    ) -> Result<Vec<DueTicket>, Fault> {
        let mut batch = Batch::default();
        push_due(&mut batch, viewer, until, limit);
        let rows = self.read(batch).await?;
        let tickets: Vec<TicketRow> = rows.first().map(super::dialect::Rows::read).transpose()?.unwrap_or_default();
        let tickets: Vec<Ticket> = tickets.into_iter().map(|row| row.0).collect();
        let mut due: Vec<DueTicket> = Vec::new();
        for (ticket, coming) in tickets.iter().zip(self.forecasts(&tickets, now, Reader::Agent).await?) {
            let coming = coming.into_iter().filter(|due| due.at <= until);
            due.extend(coming.map(|due| DueTicket { ticket: ticket.clone(), due }));
        }
        due.sort_by_key(|one| (one.due.at, one.ticket.id, one.due.rule));
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(due)
    }

    /// What will happen to each of some tickets if nobody does anything, as far as the one who reads may know of it, soonest
    /// first (Z10).
    pub async fn forecasts(&self, tickets: &[Ticket], now: Timestamp, reader: Reader) -> Result<Vec<Vec<Due>>, Fault> {
        let common = self.common().await?;
        let mut facts = facts(&common);
        if common.setup.automations_ask_of_people() {
            let numbers = json_numbers(tickets.iter().map(|ticket| ticket.requester.0));
            let sql = format!("{} WHERE p.id IN {}", PEOPLE, self.dialect().numbers(1));
            let people: Vec<PersonRow> = self.db().read(sql, vec![numbers.into()]).await?;
            facts.people = people.into_iter().map(|row| (row.0.id, row.0)).collect();
            facts.organizations = self.organizations_of(tickets).await?;
        }
        Ok(tickets.iter().map(|ticket| forecast(&facts, ticket, now, reader)).collect())
    }

    /// What rules look at beside tickets: everybody who asked for them or is in copy, too.
    pub async fn facts_of(&self, tickets: &[Ticket]) -> Result<Facts, Fault> {
        let common = self.common().await?;
        let mut facts = facts(&common);
        let people = tickets.iter().flat_map(|ticket| ticket.ccs.iter().copied().chain([ticket.requester]));
        let sql = format!("{PEOPLE} WHERE p.id IN {}", self.dialect().numbers(1));
        let rows: Vec<PersonRow> = self.db().read(sql, vec![json_numbers(people.map(|id| id.0)).into()]).await?;
        facts.people = rows.into_iter().map(|row| (row.0.id, row.0)).collect();
        facts.organizations = self.organizations_of(tickets).await?;
        Ok(facts)
    }

    async fn organizations_of(&self, tickets: &[Ticket]) -> Result<BTreeMap<OrganizationId, Organization>, Fault> {
        let numbers = json_numbers(tickets.iter().filter_map(|ticket| ticket.organization).map(|id| id.0));
        let sql = format!("{ORGANIZATIONS} WHERE o.id IN {}", self.dialect().numbers(1));
        let rows: Vec<OrganizationRow> = self.db().read(sql, vec![numbers.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.0.id, row.0)).collect())
    }

    /// Looks at some tickets anew after the rules have changed; whether there are more.
    pub async fn look_anew(&self, now: Timestamp) -> Result<bool, Error> {
        let pending: Vec<UntilRow> =
            self.db().read("SELECT looked_at_until FROM account".to_owned(), Vec::new()).await?;
        if pending.iter().all(|row| row.0.is_none()) {
            return Ok(false);
        }
        let common = self.common().await?;
        let job: Job<bool> = Arc::new(move |conn: &mut Conn<'_>| {
            let common = Arc::clone(&common);
            Box::pin(async move { Ok(look_at_some(conn, &common, now).await?) })
        });
        self.inner.writer.write(job).await
    }
}

const PEOPLE: &str = concat!("SELECT ", person_columns!(), " FROM people p");
const ORGANIZATIONS: &str = concat!("SELECT ", organization_columns!(), " FROM organizations o");

/// What rules look at beside a ticket.
fn facts(common: &Common) -> Facts {
    Facts {
        settings: common.settings.clone(),
        account: common.account.clone(),
        setup: Arc::clone(&common.setup),
        staff: Arc::clone(&common.staff),
        around: Arc::clone(&common.around),
        groups: common.groups.clone(),
        ..Facts::default()
    }
}

/// The tickets on which something is due until then.
pub(super) fn push_due(batch: &mut Batch, viewer: &Viewer, until: Timestamp, limit: u32) {
    let mut bound = Bound::default();
    let (until, limit) = (bound.put(until.0), bound.put(i64::from(limit)));
    let visible = visible(viewer, &mut bound);
    batch.push(
        format!(
            "SELECT {} FROM tickets t WHERE t.next_at <= {until} AND {visible} ORDER BY t.next_at, t.id LIMIT {limit}",
            ticket_columns!()
        ),
        bound.values(),
    );
}

/// Goes on from where it was; the account's row stays locked meanwhile, so that nobody else does the same.
async fn look_at_some(conn: &mut Conn<'_>, common: &Common, now: Timestamp) -> Result<bool, Fault> {
    let lock = match conn.dialect() {
        Dialect::Sqlite => "",
        Dialect::Pg => " FOR UPDATE",
    };
    let mut head = Batch::default();
    head.push(format!("SELECT looked_at_until FROM account{lock}"), Vec::new());
    let after = head.rows(conn).await?.first().map(super::dialect::Rows::first::<UntilRow>).transpose()?.flatten();
    let Some(after) = after.and_then(|row| row.0) else { return Ok(false) };
    let mut ask = Batch::default();
    ask.push(
        format!(
            "SELECT {}, t.next_at FROM tickets t WHERE t.id > $1 AND t.status < 5 ORDER BY t.id LIMIT $2",
            ticket_columns!()
        ),
        vec![after.into(), A_LOOK.into()],
    );
    ask.push(
        format!(
            "{PEOPLE} WHERE $3 AND p.id IN (SELECT requester_id FROM tickets t WHERE t.id > $1 AND t.status < 5 \
             ORDER BY t.id LIMIT $2)"
        ),
        vec![after.into(), A_LOOK.into(), common.setup.automations_ask_of_people().into()],
    );
    ask.push(
        format!(
            "{ORGANIZATIONS} WHERE $3 AND o.id IN (SELECT organization_id FROM tickets t WHERE t.id > $1 AND t.status < 5 \
             ORDER BY t.id LIMIT $2)"
        ),
        vec![after.into(), A_LOOK.into(), common.setup.automations_ask_of_people().into()],
    );
    let rows = ask.rows(conn).await?;
    let [tickets, people, organizations] = &rows[..] else { return Ok(false) };
    let mut facts = facts(common);
    facts.people = people.read::<PersonRow>()?.into_iter().map(|row| (row.0.id, row.0)).collect();
    facts.organizations = organizations.read::<OrganizationRow>()?.into_iter().map(|row| (row.0.id, row.0)).collect();
    let tickets: Vec<LookRow> = tickets.read()?;
    let mut write = Batch::default();
    for LookRow(ticket, known) in &tickets {
        let next = next_look(&facts, ticket, now).map(|at| at.0);
        if next != *known {
            write.push("UPDATE tickets SET next_at = $2 WHERE id = $1", vec![ticket.id.0.into(), next.into()]);
        }
    }
    let more = tickets.len() >= usize::try_from(A_LOOK).unwrap_or(usize::MAX);
    let until = tickets.last().filter(|_| more).map(|row| row.0.id.0);
    write.push("UPDATE account SET looked_at_until = $1", vec![until.into()]);
    write.run(conn).await?;
    Ok(more)
}

struct OverdueRow(TicketId, Timestamp);

read_row!(OverdueRow, |row| Ok(Self(TicketId(row.try_get(0)?), Timestamp(row.try_get(1)?))));

struct NumberRow(i64);

read_row!(NumberRow, |row| Ok(Self(row.try_get(0)?)));

struct UntilRow(Option<i64>);

read_row!(UntilRow, |row| Ok(Self(row.try_get(0)?)));

/// A ticket, and when it has to be looked at again as far as is known.
struct LookRow(Ticket, Option<i64>);

read_row!(LookRow, |row| Ok(Self(super::ticket::TicketRow::from_row(row)?.0, row.try_get("next_at")?)));
