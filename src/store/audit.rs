//! Histories as they are read: events with the texts that belong to them.

use super::comment::{AttachmentRow, CommentRow, attachment_columns, comment_columns};
use super::dialect::{Batch, Dialect, Rows, read_row};
use super::event::{self, Said};
use super::fault::{Fault, FaultKind};
use super::ticket::{TicketRow, channel, json_numbers, ticket_columns};
use super::visible::{Bound, visible};
use super::{Store, thread};
use crate::domain::act::Who;
use crate::domain::audience::Viewer;
use crate::domain::comment::{Channel, Comment};
use crate::domain::event::{Audit, Chain};
use crate::domain::id::{AuditId, PersonId, TicketId};
use crate::domain::person::Role;
use crate::domain::time::Timestamp;
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};

struct AuditRow {
    id: i64,
    ticket: i64,
    number: i64,
    at: i64,
    who: Option<i64>,
    via: Channel,
    events: String,
}

read_row!(AuditRow, |row| Ok(Self {
    id: row.try_get(0)?,
    ticket: row.try_get(1)?,
    number: row.try_get(2)?,
    at: row.try_get(3)?,
    who: row.try_get(4)?,
    via: channel(row.try_get(5)?)?,
    events: row.try_get(6)?,
}));

struct TextRow {
    audit: i64,
    place: i64,
    body: String,
}

read_row!(TextRow, |row| Ok(Self { audit: row.try_get(0)?, place: row.try_get(1)?, body: row.try_get(2)? }));

impl Store {
    /// The audits of a chain after a number, oldest first; none when there is no such ticket. Only agents read
    /// histories: an end user gets none.
    pub async fn audits(
        &self,
        viewer: &Viewer,
        chain: Chain,
        after: i64,
        limit: u32,
    ) -> Result<Option<Vec<Audit>>, Fault> {
        let ticket = match chain {
            // What was done to people, groups and settings is for those who run the account.
            Chain::Account if viewer.role != Role::Admin => return Ok(None),
            Chain::Account => 0,
            Chain::Ticket(id) if !viewer.is_staff() || !self.is_visible(viewer, id).await? => return Ok(None),
            Chain::Ticket(id) => id.0,
        };
        let mut batch = Batch::default();
        batch.push(
            "SELECT id, ticket_id, number, at, who, via, events FROM audits WHERE ticket_id = $1 AND number > $2 \
             ORDER BY number LIMIT $3",
            vec![ticket.into(), after.into(), i64::from(limit).into()],
        );
        let audits = self.whole(batch).await?;
        Ok(Some(audits).filter(|audits| !audits.is_empty() || after > 0))
    }

    /// The account's own audits before a number, or the latest, newest first; none for others than admins.
    pub async fn admin_audits(
        &self,
        viewer: &Viewer,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Option<Vec<Audit>>, Fault> {
        if viewer.role != Role::Admin {
            return Ok(None);
        }
        let mut batch = Batch::default();
        batch.push(
            "SELECT id, ticket_id, number, at, who, via, events FROM audits WHERE ticket_id = 0 AND number < $1 \
             ORDER BY number DESC LIMIT $2",
            vec![before.unwrap_or(i64::MAX).into(), i64::from(limit).into()],
        );
        self.whole(batch).await.map(Some)
    }

    /// The number of the last of the account's own audits before a moment; 0 when there is none. They are numbered as they
    /// come.
    pub async fn logged_before(&self, at: Timestamp) -> Result<i64, Fault> {
        let sql = "SELECT coalesce(max(number), 0) FROM audits WHERE ticket_id = 0 AND at < $1";
        let rows: Vec<IdRow> = self.db().read(sql.to_owned(), vec![at.0.into()]).await?;
        Ok(rows.first().map_or(0, |row| row.0))
    }

    /// Audits with the texts that belong to them.
    pub(super) async fn whole(&self, batch: Batch) -> Result<Vec<Audit>, Fault> {
        let rows = self.read(batch).await?;
        let audits: Vec<AuditRow> = rows.first().map(Rows::read).transpose()?.unwrap_or_default();
        let said = self.said(&audits).await?;
        audits.into_iter().map(|row| audit(&row, &said)).collect()
    }

    /// The number of the last audit of all.
    pub async fn last_audit(&self) -> Result<i64, Fault> {
        let sql = "SELECT coalesce(max(id), 0) FROM audits";
        let rows: Vec<IdRow> = self.db().read(sql.to_owned(), Vec::new()).await?;
        Ok(rows.first().map_or(0, |row| row.0))
    }

    /// The tickets to which something was done after the audit of that number; none when it was more than so much.
    pub async fn changed_since(&self, last: i64, most: u32) -> Result<Option<BTreeSet<TicketId>>, Fault> {
        let sql = "SELECT ticket_id FROM audits WHERE id > $1 ORDER BY id LIMIT $2";
        let limit = i64::from(most) + 1;
        let rows: Vec<IdRow> = self.db().read(sql.to_owned(), vec![last.into(), limit.into()]).await?;
        let all = rows.len() <= usize::try_from(most).unwrap_or(usize::MAX);
        // The account's own have no ticket.
        Ok(all.then(|| rows.iter().filter(|row| row.0 > 0).map(|row| TicketId(row.0)).collect()))
    }

    /// The whole histories of some tickets, oldest audits first, the tickets in their order. Whoever asks must have been
    /// allowed to know of them.
    pub async fn histories(&self, tickets: &[TicketId]) -> Result<Vec<Vec<Audit>>, Fault> {
        let sql = format!(
            "SELECT id, ticket_id, number, at, who, via, events FROM audits WHERE ticket_id IN {} ORDER BY ticket_id, number",
            self.dialect().numbers(1)
        );
        let ids = json_numbers(tickets.iter().map(|id| id.0));
        let rows: Vec<AuditRow> = self.db().read(sql, vec![ids.into()]).await?;
        let said = self.said(&rows).await?;
        let mut all: BTreeMap<i64, Vec<Audit>> = BTreeMap::new();
        for row in &rows {
            all.entry(row.ticket).or_default().push(audit(row, &said)?);
        }
        Ok(tickets.iter().map(|id| all.remove(&id.0).unwrap_or_default()).collect())
    }

    /// Whether somebody may know of a ticket; of one that is not there nobody does.
    pub(crate) async fn is_visible(&self, viewer: &Viewer, id: TicketId) -> Result<bool, Fault> {
        let mut bound = Bound::default();
        let number = bound.put(id.0);
        let visible = visible(viewer, &mut bound);
        let sql = format!("SELECT {} FROM tickets t WHERE t.id = {number} AND {visible}", ticket_columns!());
        let found: Vec<TicketRow> = self.db().read(sql, bound.values()).await?;
        Ok(!found.is_empty())
    }

    /// The texts and comments that belong to audits.
    async fn said(&self, audits: &[AuditRow]) -> Result<BTreeMap<i64, Said>, Fault> {
        let dialect = self.dialect();
        let ids = json_numbers(audits.iter().map(|audit| audit.id));
        let mut said = audits.iter().map(|audit| Ok((audit.id, event::comments_of(&audit.events)?)));
        let comments_of: BTreeMap<i64, Vec<i64>> = said.by_ref().collect::<Result<_, Fault>>()?;
        let comments = json_numbers(comments_of.values().flatten().copied());
        let rows = self.read(batch(dialect, &ids, &comments)).await?;
        let [texts, comments, files] = &rows[..] else { return Err(Fault::new(FaultKind::Other, "no answer")) };
        let mut comments: Vec<Comment> = comments.read::<CommentRow>()?.into_iter().map(|row| row.comment).collect();
        thread::attach(&mut comments, files.read::<AttachmentRow>()?);
        let comments: BTreeMap<i64, Comment> = comments.into_iter().map(|one| (one.id.0, one)).collect();
        let mut said: BTreeMap<i64, Said> = BTreeMap::new();
        for row in texts.read::<TextRow>()? {
            said.entry(row.audit).or_default().texts.insert(row.place, row.body);
        }
        for (audit, ids) in comments_of {
            let known = ids.iter().filter_map(|id| comments.get(id));
            said.entry(audit).or_default().comments.extend(known.map(|one| (one.id, one.clone())));
        }
        Ok(said)
    }
}

fn batch(dialect: Dialect, audits: &str, comments: &str) -> Batch {
    let mut batch = Batch::default();
    let numbers = dialect.numbers(1);
    batch.push(format!("SELECT audit_id, place, body FROM texts WHERE audit_id IN {numbers}"), vec![audits.into()]);
    batch.push(
        format!(concat!("SELECT ", comment_columns!(), " FROM comments c WHERE c.id IN {} ORDER BY c.id"), numbers),
        vec![comments.into()],
    );
    batch.push(
        format!(
            concat!("SELECT ", attachment_columns!(), " FROM attachments a WHERE a.comment_id IN {} ORDER BY a.id"),
            numbers
        ),
        vec![comments.into()],
    );
    batch
}

fn audit(row: &AuditRow, said: &BTreeMap<i64, Said>) -> Result<Audit, Fault> {
    let none = Said::default();
    let events = event::read(&row.events, said.get(&row.id).unwrap_or(&none))
        .map_err(|broken| Fault::new(FaultKind::Damaged, format!("audit {}: {}", row.id, broken.0)))?;
    Ok(Audit {
        id: AuditId(row.id),
        chain: if row.ticket == 0 { Chain::Account } else { Chain::Ticket(TicketId(row.ticket)) },
        number: row.number,
        at: Timestamp(row.at),
        who: row.who.map_or(Who::System, |id| Who::Person(PersonId(id))),
        via: row.via,
        events,
    })
}

struct IdRow(i64);

read_row!(IdRow, |row| Ok(Self(row.try_get(0)?)));
