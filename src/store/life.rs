//! How people sign in, who waits for a link, and what is left to be done about who is gone.

use super::comment::{AttachmentRow, attachment_columns};
use super::dialect::{Batch, Dialect, Rows, Value, read_row};
use super::fault::{Error, Fault};
use super::grant::{CodeRow, GrantRow};
use super::person::{PersonRow, person_columns};
use super::ticket::link;
use super::wanted::Life;
use super::{Store, outbox};
use crate::domain::comment::Attachment;
use crate::domain::id::{CommentId, PersonId, TicketId};
use crate::domain::life::{AccessBounds, LifeFacts};
use crate::domain::person::{EmailAddress, Person};
use crate::domain::secret::{ApiToken, Digest, PasswordHash};
use crate::domain::time::Timestamp;
use sqlx::Row;
use std::sync::Arc;

/// A bound for what is only counted.
const COUNTED: i64 = 100;

read_row!(ApiToken, |row| Ok(Self { name: row.try_get(0)?, created_at: Timestamp(row.try_get(1)?) }));

/// What programs act for somebody with, the oldest first.
const TOKENS: &str = "SELECT name, created_at FROM (SELECT person_id, name, created_at FROM api_tokens \
     UNION ALL SELECT person_id, name, created_at FROM grants) AS t WHERE person_id = $1 ORDER BY created_at, name";

/// Somebody who is gone or works no longer, and is still on tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// Who.
    pub person: PersonId,
    /// Tickets that they are still on; no more than are worked on at once.
    pub tickets: Vec<TicketId>,
    /// Tickets on which texts of theirs are still to be erased.
    pub texts: Vec<TicketId>,
}

struct Number(i64);

read_row!(Number, |row| Ok(Self(row.try_get(0)?)));

struct LinkRow(Digest, PersonId, Timestamp);

read_row!(LinkRow, |row| Ok(Self(
    Digest(link(row.try_get(0)?)?),
    PersonId(row.try_get(1)?),
    Timestamp(row.try_get(2)?)
)));

struct SaidRow(CommentId, PersonId);

read_row!(SaidRow, |row| Ok(Self(CommentId(row.try_get(0)?), PersonId(row.try_get(1)?))));

struct HashRow(PasswordHash);

read_row!(HashRow, |row| Ok(Self(PasswordHash(row.try_get(0)?))));

struct BlobRow(Digest);

read_row!(BlobRow, |row| Ok(Self(Digest(link(row.try_get(0)?)?))));

struct WaitingRow(i64, PersonId);

read_row!(WaitingRow, |row| Ok(Self(row.try_get(0)?, PersonId(row.try_get(1)?))));

/// Asks for what a decision on a person as a whole looks at.
pub(super) fn push(batch: &mut Batch, wanted: &Life) {
    let person = || -> Vec<Value> { vec![wanted.person.map(|id| id.0).into()] };
    batch.push(
        format!(
            "SELECT count(*) FROM (SELECT 1 AS one FROM tickets WHERE requester_id = $1 AND status < 4 \
             LIMIT {COUNTED}) AS open"
        ),
        person(),
    );
    batch.push(TOKENS, person());
    let used = || -> Vec<Value> { vec![digest(wanted.link)] };
    batch.push("SELECT digest, person_id, expires_at FROM access_links WHERE digest = $1", used());
    batch.push(
        concat!(
            "SELECT ",
            person_columns!(),
            " FROM people p WHERE p.id = (SELECT person_id FROM access_links WHERE digest = $1)"
        ),
        used(),
    );
    let address = digest(wanted.address);
    batch.push(
        format!("SELECT at FROM access_requests WHERE address = $1 ORDER BY at DESC LIMIT {}", AccessBounds::ADDRESS),
        vec![address],
    );
    batch.push(
        format!("SELECT at FROM access_requests WHERE $1 ORDER BY at DESC LIMIT {}", AccessBounds::ALL),
        vec![wanted.address.is_some().into()],
    );
    batch.push(
        "SELECT id, author_id FROM comments WHERE ticket_id = $1 AND NOT erased ORDER BY id",
        vec![wanted.said.map(|id| id.0).into()],
    );
    super::grant::push(batch, &digest(wanted.code), &digest(wanted.refresh));
    batch.push(
        concat!("SELECT ", attachment_columns!(), " FROM attachments a WHERE a.comment_id = $1 ORDER BY a.id"),
        vec![wanted.files.map(|id| id.0).into()],
    );
    batch.push("SELECT state FROM outbox WHERE id = $1", vec![wanted.letter.into()]);
    batch.push("SELECT id FROM suspended_mails WHERE id = $1", vec![wanted.mail.into()]);
    super::stranger::push(batch, wanted.stranger);
}

pub(super) fn digest(of: Option<Digest>) -> Value {
    // Nothing has no digest: an empty one finds nothing.
    of.map_or_else(|| Value::from([].as_slice()), |digest| digest.0.as_slice().into())
}

pub(super) fn times(rows: &Rows) -> Result<Vec<Timestamp>, Fault> {
    Ok(rows.read::<Number>()?.into_iter().map(|row| Timestamp(row.0)).collect())
}

/// What [`push`] asked for.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) life: LifeFacts,
    /// Whose the link is.
    pub(super) owner: Option<Person>,
    /// The files of the comment.
    pub(super) files: Vec<Attachment>,
}

/// The answers to [`push`].
pub(super) fn read(rows: &[Rows]) -> Result<Read, Fault> {
    let [
        unsolved,
        tokens,
        links,
        owner,
        asked,
        all,
        said,
        codes,
        grants,
        granting,
        files,
        letter,
        mail,
        strangers @ ..,
    ] = rows
    else {
        return Ok(Read::default());
    };
    let life = LifeFacts {
        unsolved: unsolved.first::<Number>()?.map_or(0, |row| row.0.unsigned_abs()),
        tokens: tokens.read::<ApiToken>()?.into_iter().map(|token| token.name).collect(),
        link: links.first::<LinkRow>()?.map(|row| (row.0, row.1, row.2)),
        code: codes.first::<CodeRow>()?.map(|row| row.0),
        grant: grants.first::<GrantRow>()?.map(|row| row.0),
        asked: times(asked)?,
        asked_of_all: times(all)?,
        strangers: super::stranger::read(strangers)?,
        said: said.read::<SaidRow>()?.into_iter().map(|row| (row.0, row.1)).collect(),
        letter: letter.first::<Number>()?.map(|row| outbox::standing(row.0)).transpose()?,
        mail: mail.first::<Number>()?.is_some(),
    };
    let owner = owner.first::<PersonRow>()?.or(granting.first::<PersonRow>()?);
    let files = files.read::<AttachmentRow>()?.into_iter().map(|row| row.attachment).collect();
    Ok(Read { life, owner: owner.map(|row| row.0), files })
}

impl Store {
    /// Whoever has an address, with their password as it is kept. Only for those who decide who may act as whom.
    pub async fn credentials(&self, address: &EmailAddress) -> Result<Option<(Person, Option<PasswordHash>)>, Fault> {
        let Some(person) = self.sign_in(address).await? else { return Ok(None) };
        let sql = "SELECT hash FROM passwords WHERE person_id = $1".to_owned();
        let hash: Vec<HashRow> = self.db().read(sql, vec![person.id.0.into()]).await?;
        Ok(Some((person, hash.into_iter().next().map(|row| row.0))))
    }

    /// Keeps the same password under newer costs: no act, for nothing changes for anybody.
    pub async fn renew_password(&self, person: PersonId, old: PasswordHash, new: PasswordHash) -> Result<(), Error> {
        self.batch(vec![(
            "UPDATE passwords SET hash = $3 WHERE person_id = $1 AND hash = $2".to_owned(),
            vec![person.0.into(), old.0.into(), new.0.into()],
        )])
        .await
    }

    /// For whom a program acts that has this.
    pub async fn owner_of_token(&self, token: Digest) -> Result<Option<Person>, Fault> {
        let sql = format!(
            "SELECT {} FROM people p WHERE p.id = (SELECT person_id FROM api_tokens WHERE digest = $1)",
            person_columns!()
        );
        let found: Vec<PersonRow> = self.db().read(sql, vec![digest(Some(token))]).await?;
        Ok(found.into_iter().next().map(|row| row.0))
    }

    /// What programs act for somebody with, the oldest first.
    pub async fn tokens(&self, person: PersonId) -> Result<Vec<ApiToken>, Fault> {
        self.db().read(TOKENS.to_owned(), vec![person.0.into()]).await
    }

    /// Who waits for a link the longest: the number of what they asked, and who. Nobody else gets it until a moment.
    pub async fn claim_link(&self, now: Timestamp, until: Timestamp) -> Result<Option<(i64, PersonId)>, Error> {
        let waiting = "SELECT id, person_id FROM access_requests WHERE person_id IS NOT NULL LIMIT 1";
        let waiting: Vec<WaitingRow> = self.db().read(waiting.to_owned(), Vec::new()).await?;
        if waiting.is_empty() {
            return Ok(None);
        }
        // What is taken for longer than anybody takes it was taken by a clock that ran ahead.
        let ahead = until.0 + (until.0 - now.0);
        let rows: Vec<WaitingRow> = self
            .returning(Arc::new(move |dialect| {
                let skip = if dialect == Dialect::Pg { " FOR UPDATE SKIP LOCKED" } else { "" };
                let sql = format!(
                    "UPDATE access_requests SET claimed_until = $1 WHERE id IN (SELECT id FROM access_requests \
                     WHERE person_id IS NOT NULL AND (coalesce(claimed_until, 0) <= $2 OR claimed_until > $3) \
                     ORDER BY id LIMIT 1{skip}) RETURNING id, person_id"
                );
                (sql, vec![until.0.into(), now.0.into(), ahead.into()])
            }))
            .await?;
        Ok(rows.into_iter().next().map(|row| (row.0, row.1)))
    }

    /// They wait for it once more.
    pub async fn link_waits(&self, request: i64) -> Result<(), Error> {
        let sql = "UPDATE access_requests SET claimed_until = NULL WHERE id = $1".to_owned();
        self.batch(vec![(sql, vec![request.into()])]).await
    }

    /// They have their link, or cannot have one.
    pub async fn link_sent(&self, request: i64) -> Result<(), Error> {
        let sql = "UPDATE access_requests SET person_id = NULL WHERE id = $1".to_owned();
        self.batch(vec![(sql, vec![request.into()])]).await
    }

    /// Somebody who is gone or works no longer, and is still on tickets; none when everybody is settled.
    pub async fn unsettled(&self, at_once: u32) -> Result<Option<Unsettled>, Fault> {
        let sql = "SELECT id, unsettled FROM people WHERE unsettled > 0 ORDER BY id LIMIT 1".to_owned();
        let rows: Vec<WaitingRow> = self.db().read(sql, Vec::new()).await?;
        let Some(WaitingRow(id, PersonId(what))) = rows.into_iter().next() else { return Ok(None) };
        let person = || vec![id.into(), i64::from(at_once).into()];
        let merged = "SELECT t.id FROM tickets t WHERE (t.requester_id = $1 OR t.id IN \
             (SELECT r.ticket_id FROM ticket_people r WHERE r.person_id = $1)) \
             AND EXISTS (SELECT 1 FROM people p WHERE p.id = $1 AND p.standing = 3) ORDER BY t.id LIMIT $2";
        let gone = "SELECT t.id FROM tickets t WHERE ((t.assignee_id = $1 AND t.status < 4) OR (t.status < 5 AND \
             t.id IN (SELECT r.ticket_id FROM ticket_people r WHERE r.person_id = $1))) \
             AND EXISTS (SELECT 1 FROM people p WHERE p.id = $1 AND p.standing > 3) ORDER BY t.id LIMIT $2";
        // In copy is also who does not work here.
        let idle = "SELECT t.id FROM tickets t WHERE ((t.assignee_id = $1 AND t.status < 4) OR (t.status < 5 AND \
             t.id IN (SELECT r.ticket_id FROM ticket_people r WHERE r.person_id = $1 AND r.relation = 1))) \
             AND EXISTS (SELECT 1 FROM people p WHERE p.id = $1 AND p.standing < 3 AND (p.role = 0 OR p.suspended)) \
             ORDER BY t.id LIMIT $2";
        // Who is in no group works on the tickets of all.
        let elsewhere = "SELECT t.id FROM tickets t JOIN people p ON p.id = t.assignee_id \
             WHERE t.assignee_id = $1 AND t.status < 4 AND t.group_id IS NOT NULL AND p.groups <> '[]' AND \
             replace(replace(p.groups, '[', ','), ']', ',') NOT LIKE '%,' || CAST(t.group_id AS TEXT) || ',%' \
             AND p.role > 0 AND NOT p.suspended AND p.standing < 3 ORDER BY t.id LIMIT $2";
        let mut tickets = Vec::new();
        for sql in [merged, gone, idle, elsewhere] {
            let rows: Vec<Number> = self.db().read(sql.to_owned(), person()).await?;
            tickets.extend(rows.into_iter().map(|row| TicketId(row.0)));
        }
        let mut texts = Vec::new();
        if what > 1 {
            // No index knows who wrote what: to look through all is for those few who ask to be forgotten.
            let sql = "SELECT DISTINCT ticket_id FROM comments WHERE author_id = $1 AND NOT erased \
                 UNION SELECT t.id FROM tickets t WHERE (t.requester_id = $1 OR t.submitter_id = $1) \
                 AND t.subject <> '#' || CAST(t.id AS TEXT) LIMIT $2";
            let rows: Vec<Number> = self.db().read(sql.to_owned(), person()).await?;
            texts.extend(rows.into_iter().map(|row| TicketId(row.0)));
        }
        Ok(Some(Unsettled { person: PersonId(id), tickets, texts }))
    }

    /// Nothing is left to be done about them.
    pub async fn settled(&self, person: PersonId) -> Result<(), Error> {
        let sql = "UPDATE people SET unsettled = 0 WHERE id = $1".to_owned();
        self.batch(vec![(sql, vec![person.0.into()])]).await
    }

    /// Closed tickets whose texts were kept until a moment, the oldest first.
    pub async fn to_forget(&self, closed_until: Timestamp, limit: u32) -> Result<Vec<TicketId>, Fault> {
        let sql = "SELECT id FROM tickets WHERE status = 5 AND NOT texts_erased AND status_since <= $1 \
             ORDER BY status_since, id LIMIT $2";
        let rows: Vec<Number> =
            self.db().read(sql.to_owned(), vec![closed_until.0.into(), i64::from(limit).into()]).await?;
        Ok(rows.into_iter().map(|row| TicketId(row.0)).collect())
    }

    /// Removes the bytes of files whose last comment was erased. What another comment still has stays.
    pub async fn remove_files(&self) -> Result<(), Error> {
        let rows: Vec<BlobRow> =
            self.db().read("SELECT digest FROM files_to_remove LIMIT 10000".to_owned(), Vec::new()).await?;
        for BlobRow(file) in rows {
            self.remove_file(file).await?;
        }
        Ok(())
    }

    /// In the transaction that makes sure that nobody needs it: whoever hands the same file in meanwhile comes after.
    async fn remove_file(&self, file: Digest) -> Result<(), Error> {
        let folder = self.files().map(std::path::Path::to_owned);
        self.inner
            .writer
            .write(Arc::new(move |conn| {
                let folder = folder.clone();
                Box::pin(async move {
                    let used = "SELECT count(*) FROM (SELECT 1 AS one FROM attachments WHERE digest = $1 \
                         UNION ALL SELECT 1 FROM uploads WHERE digest = $1 AND NOT used) AS use_of_it";
                    let value = || vec![digest(Some(file))];
                    let mut batch = Batch::default();
                    batch.push("DELETE FROM files_to_remove WHERE digest = $1", value());
                    if conn.dialect() == Dialect::Pg {
                        // Who is about to name it waits, or is seen below.
                        batch.push("SELECT digest FROM blobs WHERE digest = $1 FOR UPDATE", value());
                    }
                    batch.push(used, value());
                    let rows = batch.rows(conn).await?;
                    if rows.last().map(Rows::first::<Number>).transpose()?.flatten().is_none_or(|row| row.0 > 0) {
                        return Ok::<(), Error>(());
                    }
                    let mut batch = Batch::default();
                    batch.push("DELETE FROM uploads WHERE digest = $1", value());
                    if conn.dialect() == Dialect::Pg {
                        batch.push("DELETE FROM blobs WHERE digest = $1", value());
                    }
                    batch.run(conn).await?;
                    if let Some(folder) = &folder {
                        super::blob::remove(folder, &file.0)?;
                    }
                    Ok(())
                })
            }))
            .await
    }

    pub(super) async fn batch(&self, statements: Vec<(String, Vec<Value>)>) -> Result<(), Error> {
        let statements = Arc::new(statements);
        self.inner
            .writer
            .write(Arc::new(move |conn| {
                let statements = Arc::clone(&statements);
                Box::pin(async move {
                    let mut batch = Batch::default();
                    for (sql, values) in statements.iter() {
                        batch.push(sql.clone(), values.clone());
                    }
                    Ok::<(), Error>(batch.run(conn).await?)
                })
            }))
            .await
    }
}
