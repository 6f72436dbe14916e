//! Tickets made again from their events.

use super::chain::{AuditRow, Chain};
use super::held::{self, Held};
use super::{Flaw, TOGETHER, Verified, index, range};
use crate::domain::comment::Comment;
use crate::domain::event::Event;
use crate::domain::evolve;
use crate::domain::history::salted;
use crate::domain::id::{CommentId, PersonId, TicketId};
use crate::domain::text::hex;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use crate::store::comment::{AttachmentRow, CommentRow, attachment_columns, comment_columns};
use crate::store::dialect::{Batch, Dialect, Rows, read_row};
use crate::store::event::{self, Said, Salt};
use crate::store::fault::{Error, Fault, FaultKind};
use crate::store::ticket::{ChainedTicket, damaged, ticket_columns};
use crate::store::{Store, thread};
use serde_json::Value as Json;
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};

struct SaltRow {
    comment: CommentId,
    salt: Salt,
}

read_row!(SaltRow, |row| Ok(Self { comment: CommentId(row.try_get(0)?), salt: salt(row.try_get(1)?)? }));

struct TextRow {
    audit: i64,
    place: i64,
    salt: Salt,
    body: String,
}

read_row!(TextRow, |row| Ok(Self {
    audit: row.try_get(0)?,
    place: row.try_get(1)?,
    salt: salt(row.try_get(2)?)?,
    body: row.try_get(3)?,
}));

struct TagRow(i64, String);

read_row!(TagRow, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?)));

struct RelationRow(i64, i64, i64);

read_row!(RelationRow, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)));

fn salt(bytes: &[u8]) -> sqlx::Result<Salt> {
    bytes.try_into().map_err(|_| damaged("a salt has not 16 bytes"))
}

/// Everything about some tickets, as of one moment.
struct Several {
    tickets: Vec<ChainedTicket>,
    audits: BTreeMap<i64, Vec<AuditRow>>,
    texts: BTreeMap<i64, Vec<TextRow>>,
    comments: BTreeMap<i64, Vec<Comment>>,
    salts: BTreeMap<CommentId, Salt>,
    tags: BTreeMap<i64, BTreeSet<String>>,
    relations: BTreeMap<i64, BTreeSet<(i64, PersonId)>>,
    fields: BTreeMap<i64, Vec<Held>>,
    index: index::Kept,
}

fn batch(dialect: Dialect, after: i64) -> Batch {
    let mut batch = Batch::default();
    let some = "(SELECT t.id FROM tickets t WHERE t.id > $1 ORDER BY t.id LIMIT $2)";
    batch.push(
        concat!(
            "SELECT ",
            ticket_columns!(),
            ", t.link, t.next_at FROM tickets t WHERE t.id > $1 ORDER BY t.id LIMIT $2"
        ),
        range(after, TOGETHER),
    );
    for sql in [
        format!(
            "SELECT a.id, a.ticket_id, a.number, a.at, a.who, a.via, a.events, a.link FROM audits a \
             WHERE a.ticket_id IN {some} ORDER BY a.ticket_id, a.number"
        ),
        format!(
            "SELECT x.audit_id, x.place, x.salt, x.body FROM texts x WHERE x.audit_id IN \
             (SELECT a.id FROM audits a WHERE a.ticket_id IN {some}) ORDER BY x.audit_id, x.place"
        ),
        format!(concat!("SELECT ", comment_columns!(), " FROM comments c WHERE c.ticket_id IN {} ORDER BY c.id"), some),
        format!("SELECT c.id, c.salt FROM comments c WHERE c.ticket_id IN {some}"),
        format!(
            concat!(
                "SELECT ",
                attachment_columns!(),
                " FROM attachments a WHERE a.comment_id IN (SELECT c.id FROM comments c WHERE c.ticket_id IN {}) \
                  ORDER BY a.id"
            ),
            some
        ),
        format!("SELECT g.ticket_id, g.tag FROM ticket_tags g WHERE g.ticket_id IN {some}"),
        format!("SELECT r.ticket_id, r.relation, r.person_id FROM ticket_people r WHERE r.ticket_id IN {some}"),
        format!("SELECT f.ticket_id, f.field_id, f.number, f.text FROM ticket_fields f WHERE f.ticket_id IN {some}"),
    ] {
        batch.push(sql, range(after, TOGETHER));
    }
    index::push(&mut batch, dialect, some, &range(after, TOGETHER));
    batch
}

fn read(dialect: Dialect, rows: &[Rows]) -> Result<Several, Fault> {
    let [tickets, audits, texts, comments, salts, files, tags, relations, fields, index @ ..] = rows else {
        return Err(Fault::new(FaultKind::Other, "no answer"));
    };
    let mut all: Vec<Comment> = comments.read::<CommentRow>()?.into_iter().map(|row| row.comment).collect();
    thread::attach(&mut all, files.read::<AttachmentRow>()?);
    let mut some = Several {
        tickets: tickets.read()?,
        audits: BTreeMap::new(),
        texts: BTreeMap::new(),
        comments: BTreeMap::new(),
        salts: salts.read::<SaltRow>()?.into_iter().map(|row| (row.comment, row.salt)).collect(),
        tags: BTreeMap::new(),
        relations: BTreeMap::new(),
        fields: held::gathered(fields.read()?),
        index: index::read(dialect, index)?,
    };
    for audit in audits.read::<AuditRow>()? {
        some.audits.entry(audit.ticket).or_default().push(audit);
    }
    for text in texts.read::<TextRow>()? {
        some.texts.entry(text.audit).or_default().push(text);
    }
    for comment in all {
        some.comments.entry(comment.ticket.0).or_default().push(comment);
    }
    for TagRow(ticket, tag) in tags.read()? {
        some.tags.entry(ticket).or_default().insert(tag);
    }
    for RelationRow(ticket, relation, person) in relations.read()? {
        some.relations.entry(ticket).or_default().insert((relation, PersonId(person)));
    }
    Ok(some)
}

impl Store {
    /// The tickets after one; the last of them.
    pub(super) async fn verify_some(&self, after: i64, verified: &mut Verified) -> Result<Option<TicketId>, Error> {
        let rows = self.snapshot(batch(self.dialect(), after)).await?;
        let some = read(self.dialect(), &rows)?;
        drop(rows);
        for chained in &some.tickets {
            some.ticket(chained, verified);
        }
        let tickets = some.tickets.iter().map(|chained| &chained.ticket);
        let expected = tickets.map(|ticket| index::expected(ticket, some.said(ticket)));
        for id in self.misfound(&some.index, expected.collect()).await? {
            verified.add(Some(id), Flaw::Index);
        }
        for comment in some.comments.values().flatten() {
            for file in &comment.attachments {
                match self.get_blob(file.digest).await {
                    Ok(bytes) if bytes.len() as u64 == file.size => {}
                    Ok(_) => verified.add(Some(comment.ticket), Flaw::File(file.id)),
                    Err(Error::Fault(fault)) if fault.kind == FaultKind::Damaged => {
                        verified.add(Some(comment.ticket), Flaw::File(file.id));
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(some.tickets.last().map(|chained| chained.ticket.id))
    }
}

impl Several {
    fn ticket(&self, chained: &ChainedTicket, verified: &mut Verified) {
        let ticket = &chained.ticket;
        let id = ticket.id;
        verified.tickets += 1;
        let mut chain = Chain::default();
        let mut made: Option<Ticket> = None;
        let mut newer = false;
        let erased = self.erased(id, verified);
        for audit in self.audits.get(&id.0).map(Vec::as_slice).unwrap_or_default() {
            verified.audits += 1;
            if !chain.follow(audit) {
                verified.add(Some(id), Flaw::Audit(audit.number));
            }
            match self.events(audit, &erased, verified) {
                Some(events) => {
                    let at = Timestamp(audit.at);
                    newer |= events.iter().any(|event| matches!(event, Event::Unknown(_)));
                    if let Some(Event::Created(created)) = events.first() {
                        made = Some(evolve::open(created, at));
                    }
                    if let Some(made) = &mut made {
                        evolve::evolve_all(made, &events, at);
                    }
                }
                None => verified.add(Some(id), Flaw::Audit(audit.number)),
            }
        }
        if (chain.link, chain.number) != (chained.link, ticket.version) {
            verified.add(Some(id), Flaw::Head);
        }
        // What became of it by what only a newer program knows, only that one can tell.
        if !newer && (made.as_ref() != Some(ticket) || !self.counts(ticket)) {
            verified.add(Some(id), Flaw::State);
        }
        if !self.lookups(ticket) {
            verified.add(Some(id), Flaw::Lookup);
        }
    }

    /// The comments whose texts the history says were taken away (D35): nothing may be left of them.
    fn erased(&self, id: TicketId, verified: &mut Verified) -> BTreeSet<CommentId> {
        let audits = self.audits.get(&id.0).map(Vec::as_slice).unwrap_or_default();
        let events = audits.iter().filter_map(|audit| serde_json::from_str::<Vec<Json>>(&audit.events).ok());
        let erased: BTreeSet<CommentId> = events.flatten().flat_map(|event| event::erased_by(&event)).collect();
        let comments = self.comments.get(&id.0).map(Vec::as_slice).unwrap_or_default();
        let left = comments.iter().filter(|one| erased.contains(&one.id));
        for comment in left.filter(|one| !one.body.is_empty() || !one.attachments.is_empty()) {
            verified.add(Some(id), Flaw::Comment(comment.id));
        }
        erased
    }

    /// The last audit by which the history says that its texts before were taken away (D35).
    fn erased_until(&self, ticket: i64) -> Option<i64> {
        let erases = |audit: &&AuditRow| {
            let events: Option<Vec<Json>> = serde_json::from_str(&audit.events).ok();
            events.is_some_and(|events| events.iter().any(|event| event["event"] == event::WORDS_ERASED))
        };
        let audits = self.audits.get(&ticket).map(Vec::as_slice).unwrap_or_default();
        // Few histories have one, and their names are long.
        audits
            .iter()
            .rev()
            .filter(|audit| audit.events.contains(event::WORDS_ERASED))
            .find(erases)
            .map(|one| one.number)
    }

    /// The events of an audit, after their digests were compared.
    fn events(&self, audit: &AuditRow, erased: &BTreeSet<CommentId>, verified: &mut Verified) -> Option<Vec<Event>> {
        let ticket = Some(TicketId(audit.ticket));
        let texts = self.texts.get(&audit.id).map(Vec::as_slice).unwrap_or_default();
        let comments = self.comments.get(&audit.ticket).map(Vec::as_slice).unwrap_or_default();
        let said = Said {
            texts: texts.iter().map(|text| (text.place, text.body.clone())).collect(),
            comments: comments.iter().map(|comment| (comment.id, comment.clone())).collect(),
        };
        let json: Vec<Json> = serde_json::from_str(&audit.events).ok()?;
        let taken = self.erased_until(audit.ticket).is_some_and(|until| audit.number < until);
        if taken && texts.iter().any(|text| !text.body.is_empty()) {
            verified.add(ticket, Flaw::Text(audit.number));
        }
        for (place, digest) in json.iter().flat_map(digests).filter(|_| !taken) {
            let text = texts.iter().find(|text| text.place == place);
            let is = text.map(|text| hex(&salted(&text.salt, text.body.as_bytes())));
            if is.as_deref() != Some(digest) {
                verified.add(ticket, Flaw::Text(audit.number));
            }
        }
        let last = self.last_digests(audit.ticket);
        for (event, id) in json.iter().filter_map(|event| Some((event, event["comment"].as_i64()?))) {
            let comment = said.comments.get(&CommentId(id));
            let salt = self.salts.get(&CommentId(id));
            let is = comment.zip(salt).map(|(comment, salt)| hex(&event::comment_digest(salt, comment)));
            let gone = erased.contains(&CommentId(id));
            let holds = is_last(event, audit.number, last.get(&id)) && !gone;
            if holds && is.as_deref() != event["digest"].as_str() {
                verified.add(ticket, Flaw::Comment(CommentId(id)));
            }
        }
        event::read(&audit.events, &said).ok()
    }

    /// Where the digest stands that holds of each comment that was blackened: in which audit, the last of them.
    fn last_digests(&self, ticket: i64) -> BTreeMap<i64, i64> {
        let mut last = BTreeMap::new();
        let audits = self.audits.get(&ticket).map(Vec::as_slice).unwrap_or_default();
        // Few histories have one, and their names are rare.
        for audit in audits.iter().filter(|audit| audit.events.contains(event::REDACTED[0])) {
            let events: Vec<Json> = serde_json::from_str(&audit.events).unwrap_or_default();
            for event in events.iter().filter(|event| blackens(event)) {
                last.extend(event["comment"].as_i64().map(|comment| (comment, audit.number)));
            }
        }
        last
    }

    fn said(&self, ticket: &Ticket) -> &[Comment] {
        self.comments.get(&ticket.id.0).map(Vec::as_slice).unwrap_or_default()
    }

    fn counts(&self, ticket: &Ticket) -> bool {
        let said = self.said(ticket);
        let public = said.iter().filter(|one| one.visibility == crate::domain::comment::Visibility::Public).count();
        said.len() == ticket.comments as usize && public == ticket.public_comments as usize
    }

    fn lookups(&self, ticket: &Ticket) -> bool {
        let tags: BTreeSet<String> = ticket.tags.iter().map(ToString::to_string).collect();
        let ccs = ticket.ccs.iter().map(|id| (0, *id));
        let people: BTreeSet<(i64, PersonId)> = ccs.chain(ticket.followers.iter().map(|id| (1, *id))).collect();
        let none = BTreeSet::new();
        let nobody = BTreeSet::new();
        *self.tags.get(&ticket.id.0).unwrap_or(&none) == tags
            && *self.relations.get(&ticket.id.0).unwrap_or(&nobody) == people
            && held::agrees(&ticket.fields, self.fields.get(&ticket.id.0))
    }
}

fn blackens(event: &Json) -> bool {
    event::REDACTED.iter().any(|name| event["event"] == *name)
}

/// Whether the digest of a comment in this event is the one that holds of it.
fn is_last(event: &Json, audit: i64, last: Option<&i64>) -> bool {
    match last {
        Some(last) => blackens(event) && audit == *last,
        None => event["event"] == "commented",
    }
}

/// The places of the texts that an event names, with their digests.
fn digests(event: &Json) -> Vec<(i64, &str)> {
    let named = ["subject", "from", "to"].into_iter().map(|key| &event[key]);
    named.filter_map(|text| Some((text["place"].as_i64()?, text["digest"].as_str()?))).collect()
}
