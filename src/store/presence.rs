//! Who has a ticket open.

use super::Store;
use super::dialect::{Batch, Conn, read_row};
use super::fault::Error;
use super::writer::Job;
use crate::domain::id::{PersonId, TicketId};
use crate::domain::presence::{Doing, LASTS, Present};
use crate::domain::time::Timestamp;
use sqlx::Row;
use std::sync::Arc;

struct PresentRow(Present);

read_row!(PresentRow, |row| Ok(Self(Present {
    person: PersonId(row.try_get(0)?),
    doing: if row.try_get::<i64, _>(1)? == 1 { Doing::Replies } else { Doing::Looks },
})));

const OTHERS: &str = "SELECT person_id, doing FROM presence WHERE ticket_id = $1 AND person_id <> $2 AND until > $3 \
     ORDER BY doing DESC, person_id LIMIT 20";

impl Store {
    /// Somebody says that they have a ticket open, or have it open no longer; who else has. Whoever says so must have been
    /// allowed to know of it.
    ///
    /// # Errors
    /// The store could not do it.
    pub async fn present(
        &self,
        ticket: TicketId,
        person: PersonId,
        doing: Option<Doing>,
        now: Timestamp,
    ) -> Result<Vec<Present>, Error> {
        if self.is_overtaken() {
            let who = vec![ticket.0.into(), person.0.into(), now.0.into()];
            let rows: Vec<PresentRow> = self.db().read(OTHERS.to_owned(), who).await?;
            return Ok(rows.into_iter().map(|row| row.0).collect());
        }
        let job: Job<(Vec<Present>, bool)> = Arc::new(move |conn: &mut Conn<'_>| {
            Box::pin(async move {
                let mut batch = Batch::default();
                batch.push("DELETE FROM presence WHERE until <= $1 RETURNING person_id, doing", vec![now.0.into()]);
                let who = || vec![ticket.0.into(), person.0.into()];
                batch.push("SELECT person_id, doing FROM presence WHERE ticket_id = $1 AND person_id = $2", who());
                match doing {
                    None => batch.push("DELETE FROM presence WHERE ticket_id = $1 AND person_id = $2", who()),
                    Some(doing) => {
                        let mut values = who();
                        values.extend([i64::from(doing == Doing::Replies).into(), (now + LASTS).0.into()]);
                        let sql = "INSERT INTO presence (ticket_id, person_id, doing, until) VALUES ($1, $2, $3, $4) \
                             ON CONFLICT (ticket_id, person_id) DO UPDATE SET doing = excluded.doing, until = excluded.until";
                        batch.push(sql, values);
                    }
                }
                batch.push(OTHERS, vec![ticket.0.into(), person.0.into(), now.0.into()]);
                let rows = batch.rows(conn).await?;
                let [gone, before, .., others] = &rows[..] else { return Ok((Vec::new(), false)) };
                let before: Option<PresentRow> = before.first()?;
                let is_news = before.map(|row| row.0.doing) != doing || gone.first::<PresentRow>()?.is_some();
                let others: Vec<PresentRow> = others.read()?;
                Ok((others.into_iter().map(|row| row.0).collect(), is_news))
            })
        });
        let (others, is_news) = self.inner.writer.write(job).await?;
        // Who only says that they are still there is no news.
        if is_news {
            self.tell();
        }
        Ok(others)
    }
}
