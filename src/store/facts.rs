//! Everything that a decision looks at, read in the transaction that will write what follows from it, in as few
//! statements as can be.

use super::account::{AccountHead, Common};
use super::act::digest::Files;
use super::comment::{CommentRow, UploadRow, comment_columns, upload_columns};
use super::dialect::{Batch, Conn, Dialect, Rows, Value, read_row};
use super::fault::{Error, Fault, FaultKind};
use super::person::{OrganizationRow, PersonRow, organization_columns, person_columns};
use super::ticket::{ChainedTicket, json_numbers, json_texts, ticket_columns};
use super::wanted::Wanted;
use super::write::{Chained, Heads};
use crate::domain::act::{Act, Deed, Who};
use crate::domain::decide::{Facts, Fresh, Needs, bounded, needs};
use crate::domain::history::Link;
use crate::domain::id::{AttachmentId, CommentId, GroupId, OrganizationId, PersonId, TicketId};
use sqlx::Row;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// What was gathered for an act.
pub(super) struct Gathered {
    pub(super) facts: Facts,
    /// The chains that may grow.
    pub(super) heads: Heads,
    /// The next number of an audit, where one transaction at a time takes them.
    pub(super) next_audit: Option<i64>,
    /// The files that the act names and that the one who acts handed in, those that are used already too.
    pub(super) files: Files,
    /// What was done under this key before: the digest of the deed and the outcome.
    pub(super) before: Option<(Vec<u8>, String)>,
}

/// Where what is common to all is kept between acts.
pub(super) trait Memory: Send + Sync {
    /// What is kept, if it is of that revision.
    fn known(&self, revision: i64) -> Option<Arc<Common>>;
    /// Keeps it.
    fn keep(&self, common: Common) -> Arc<Common>;
}

/// Gathers the facts of an act. Where several servers write, the account's row is locked first, then the tickets by
/// their numbers, so that nobody waits for somebody who waits for them.
pub(super) async fn gather(
    conn: &mut Conn<'_>,
    memory: &dyn Memory,
    act: &Act,
    key: Option<&str>,
) -> Result<Gathered, Error> {
    bounded(&act.deed)?;
    let wanted = Wanted::of(act);
    let needs = needs(&act.deed);
    let statements = statements(conn.dialect(), (key_owner(act), key), &wanted, needs);
    let rows = statements.rows(conn).await?;
    let [acts, account, tickets, people, organizations, said, uploads, comment, numbers, admins] = &rows[..] else {
        return Err(Fault::new(FaultKind::Other, "not as many answers as statements").into());
    };
    let head: Option<AccountHead> = account.first()?;
    let head = head.ok_or_else(|| Fault::new(FaultKind::Missing, "no account in it"))?;
    let common = common(conn, memory, head.revision).await?;
    let mut heads = Heads { account: (head.link, head.version), ..Heads::default() };
    for row in tickets.read::<ChainedTicket>()? {
        heads.tickets.insert(row.ticket.id, Chained::known(row.ticket, row.link));
    }
    for row in said.read::<SaidRow>()? {
        heads.said.entry(row.ticket).or_default().push((row.comment, row.body, row.public));
    }
    let mut files: Files = BTreeMap::new();
    let mut unused = BTreeMap::new();
    for UploadRow { upload, used } in uploads.read()? {
        if !used {
            unused.insert(upload.token.clone(), upload.clone());
        }
        if act.who == Who::Person(upload.owner) {
            files.insert(upload.token.clone(), upload);
        }
    }
    let mut facts = Facts {
        settings: common.settings.clone(),
        account: common.account.clone(),
        groups: common.groups.clone(),
        kinds: common.kinds.clone(),
        people: people.read::<PersonRow>()?.into_iter().map(|row| (row.0.id, row.0)).collect(),
        organizations: organizations.read::<OrganizationRow>()?.into_iter().map(|row| (row.0.id, row.0)).collect(),
        uploads: unused,
        comment: comment.first::<CommentRow>()?.map(|row| row.comment),
        admins: admins.first::<CountRow>()?.map_or(0, |row| row.0.unsigned_abs()),
        ..Facts::default()
    };
    facts.actor = match act.who {
        Who::Person(id) => Some(facts.people.get(&id).cloned().ok_or(Error::UnknownActor)?),
        Who::System => None,
    };
    let (one, other) = tickets_of(&act.deed);
    facts.ticket = one.and_then(|id| heads.tickets.get(&id)).map(|chained| chained.ticket.clone());
    facts.other = other.and_then(|id| heads.tickets.get(&id)).map(|chained| chained.ticket.clone());
    let (fresh, next_audit) = fresh(conn.dialect(), numbers, needs)?;
    facts.fresh = fresh;
    let before = acts.first::<ActRow>()?.map(|row| (row.digest, row.outcome));
    Ok(Gathered { facts, heads, next_audit, files, before })
}

/// The ticket acted on, and the other.
fn tickets_of(deed: &Deed) -> (Option<TicketId>, Option<TicketId>) {
    match deed {
        Deed::CreateTicket(new) => (None, new.follow_up_of),
        Deed::UpdateTicket { ticket, .. } | Deed::MakeInternal { ticket, .. } | Deed::RunTimer { ticket, .. } => {
            (Some(*ticket), None)
        }
        Deed::Merge { source, target, .. } => (Some(*source), Some(*target)),
        _ => (None, None),
    }
}

async fn common(conn: &mut Conn<'_>, memory: &dyn Memory, revision: i64) -> Result<Arc<Common>, Fault> {
    if let Some(known) = memory.known(revision) {
        return Ok(known);
    }
    let rows = super::account::common_batch().rows(conn).await?;
    Ok(memory.keep(super::account::read_common(&rows)?))
}

/// What is asked; a part that an act does not need is asked for nothing, so that the texts stay the same few.
fn statements(dialect: Dialect, (owner, key): (i64, Option<&str>), wanted: &Wanted, needs: Needs) -> Batch {
    let mut batch = Batch::default();
    let lock = |yes: bool| if yes && dialect == Dialect::Pg { " FOR UPDATE" } else { "" };
    let tickets = || -> Value { json_numbers(wanted.tickets.iter().map(|id| id.0)).into() };
    batch.push(
        "SELECT digest, outcome FROM acts WHERE person_id = $1 AND key = $2",
        vec![owner.into(), key.unwrap_or_default().into()],
    );
    batch.push(format!("SELECT revision, link, version FROM account{}", lock(wanted.account)), Vec::new());
    batch.push(
        format!(
            concat!("SELECT ", ticket_columns!(), ", t.link FROM tickets t WHERE t.id IN {} ORDER BY t.id{}"),
            dialect.numbers(1),
            lock(true)
        ),
        vec![tickets()],
    );
    let everybody = format!(
        "(SELECT value FROM {} AS named UNION SELECT requester_id FROM tickets WHERE id IN {} \
         UNION SELECT assignee_id FROM tickets WHERE id IN {} \
         UNION SELECT id FROM people WHERE email_folded IN {})",
        dialect.numbers(1),
        dialect.numbers(2),
        dialect.numbers(2),
        dialect.texts(3)
    );
    let named = || -> Vec<Value> {
        let addresses = json_texts(wanted.addresses.iter().map(String::as_str));
        vec![json_numbers(wanted.people.iter().map(|id| id.0)).into(), tickets(), addresses.into()]
    };
    batch.push(format!(concat!("SELECT ", person_columns!(), " FROM people p WHERE p.id IN {}"), everybody), named());
    let mut values = named();
    values.push(json_numbers(wanted.organizations.iter().map(|id| id.0)).into());
    values.push(json_texts(wanted.names.iter().map(String::as_str)).into());
    values.push(json_texts(wanted.domains.iter().map(String::as_str)).into());
    batch.push(
        format!(
            concat!(
                "SELECT ",
                organization_columns!(),
                " FROM organizations o WHERE o.id IN (SELECT organization_id FROM people WHERE id IN {} \
                  UNION SELECT value FROM {} AS listed UNION SELECT id FROM organizations WHERE folded IN {} \
                  UNION SELECT organization_id FROM organization_domains WHERE domain IN {})"
            ),
            everybody,
            dialect.numbers(4),
            dialect.texts(5),
            dialect.texts(6)
        ),
        values,
    );
    push_small(&mut batch, dialect, wanted, needs);
    batch
}

fn push_small(batch: &mut Batch, dialect: Dialect, wanted: &Wanted, needs: Needs) {
    let said = if wanted.words { json_numbers(wanted.tickets.iter().map(|id| id.0)) } else { json_numbers([]) };
    batch.push(
        format!(
            "SELECT ticket_id, id, substr(body, 1, 400000), public FROM comments WHERE ticket_id IN {} ORDER BY id",
            dialect.numbers(1)
        ),
        vec![said.into()],
    );
    batch.push(
        format!(concat!("SELECT ", upload_columns!(), " FROM uploads WHERE token IN {}"), dialect.texts(1)),
        vec![json_texts(wanted.uploads.iter().map(|token| token.0.as_str())).into()],
    );
    batch.push(
        concat!("SELECT ", comment_columns!(), " FROM comments c WHERE c.id = $1"),
        vec![wanted.comment.map(|id| id.0).into()],
    );
    match dialect {
        Dialect::Sqlite => batch.push(LAST_NUMBERS, Vec::new()),
        Dialect::Pg => batch.push(
            NEXT_NUMBERS,
            [needs.tickets, needs.comments, needs.attachments, needs.people, needs.organizations, needs.groups]
                .into_iter()
                .map(|count| i64::try_from(count).unwrap_or(i64::MAX).into())
                .collect(),
        ),
    }
    batch.push("SELECT count(*) FROM people WHERE role = 2 AND NOT suspended AND $1", vec![wanted.admins.into()]);
}

/// In SQLite one transaction at a time writes: what comes after the last number is free.
const LAST_NUMBERS: &str = "SELECT 0, max(id) FROM tickets UNION ALL SELECT 1, max(id) FROM comments \
     UNION ALL SELECT 2, max(id) FROM attachments UNION ALL SELECT 3, max(id) FROM people \
     UNION ALL SELECT 4, max(id) FROM organizations UNION ALL SELECT 5, max(id) FROM agent_groups \
     UNION ALL SELECT 6, max(id) FROM audits";
const NEXT_NUMBERS: &str = "SELECT 0::BIGINT, nextval('tickets_numbers') FROM generate_series(1, $1) \
     UNION ALL SELECT 1, nextval('comments_numbers') FROM generate_series(1, $2) \
     UNION ALL SELECT 2, nextval('attachments_numbers') FROM generate_series(1, $3) \
     UNION ALL SELECT 3, nextval('people_numbers') FROM generate_series(1, $4) \
     UNION ALL SELECT 4, nextval('organizations_numbers') FROM generate_series(1, $5) \
     UNION ALL SELECT 5, nextval('agent_groups_numbers') FROM generate_series(1, $6)";

/// The new numbers, and the next one of an audit where it can be known.
fn fresh(dialect: Dialect, rows: &Rows, needs: Needs) -> Result<(Fresh, Option<i64>), Fault> {
    let mut numbers: BTreeMap<i64, VecDeque<i64>> = BTreeMap::new();
    let mut next_audit = None;
    let counts = [needs.tickets, needs.comments, needs.attachments, needs.people, needs.organizations, needs.groups];
    for NumberRow { what, number } in rows.read()? {
        let number = number.unwrap_or_default();
        if dialect == Dialect::Pg {
            numbers.entry(what).or_default().push_back(number);
        } else if let Some(count) = usize::try_from(what).ok().and_then(|at| counts.get(at)) {
            numbers.entry(what).or_default().extend((number + 1..).take(*count));
        } else {
            next_audit = Some(number + 1);
        }
    }
    let mut take = |what| numbers.remove(&what).unwrap_or_default().into_iter();
    let fresh = Fresh {
        tickets: take(0).map(TicketId).collect(),
        comments: take(1).map(CommentId).collect(),
        attachments: take(2).map(AttachmentId).collect(),
        people: take(3).map(PersonId).collect(),
        organizations: take(4).map(OrganizationId).collect(),
        groups: take(5).map(GroupId).collect(),
    };
    Ok((fresh, next_audit))
}

/// Whose the key of an act is, as a number: nobody learns of another's keys, but what is imported is the account's.
pub(super) const fn key_owner(act: &Act) -> i64 {
    match act.who {
        Who::Person(id) if !act.deed.is_import() => id.0,
        _ => 0,
    }
}

struct SaidRow {
    ticket: TicketId,
    comment: CommentId,
    body: String,
    public: bool,
}

read_row!(SaidRow, |row| Ok(Self {
    ticket: TicketId(row.try_get(0)?),
    comment: CommentId(row.try_get(1)?),
    body: row.try_get(2)?,
    public: row.try_get(3)?,
}));

struct ActRow {
    digest: Vec<u8>,
    outcome: String,
}

read_row!(ActRow, |row| Ok(Self { digest: row.try_get(0)?, outcome: row.try_get(1)? }));

struct NumberRow {
    what: i64,
    number: Option<i64>,
}

read_row!(NumberRow, |row| Ok(Self { what: row.try_get(0)?, number: row.try_get(1)? }));

struct CountRow(i64);

read_row!(CountRow, |row| Ok(Self(row.try_get(0)?)));

/// The head of a chain.
pub(super) type Head = (Link, i64);

/// The first person's and the first group's number, where several servers take numbers.
pub(super) async fn first_numbers(conn: &mut Conn<'_>) -> Result<(PersonId, GroupId), Fault> {
    let mut batch = Batch::default();
    let one = |yes: i64| Value::from(yes);
    batch.push(NEXT_NUMBERS, vec![one(0), one(0), one(0), one(1), one(0), one(1)]);
    let rows = batch.rows(conn).await?;
    let numbers: Vec<NumberRow> = rows.first().map(Rows::read).transpose()?.unwrap_or_default();
    let of = |what: i64| numbers.iter().find(|row| row.what == what).and_then(|row| row.number);
    match (of(3), of(5)) {
        (Some(person), Some(group)) => Ok((PersonId(person), GroupId(group))),
        _ => Err(Fault::new(FaultKind::Other, "no numbers")),
    }
}
