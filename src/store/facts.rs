//! Everything that a decision looks at, read in the transaction that will write what follows from it, in as few
//! statements as can be.

use super::account::{AccountHead, Common};
use super::act::digest::Files;
use super::comment::{CommentRow, UploadRow, comment_columns, upload_columns};
use super::dialect::{Batch, Conn, Dialect, Value, read_row};
use super::fault::{Error, Fault, FaultKind};
use super::numbers::{self, Numbers};
use super::person::{OrganizationRow, PersonRow, organization_columns, person_columns};
use super::setup::{self, ItemRow, UsesRow};
use super::ticket::{ChainedTicket, json_numbers, json_texts, ticket_columns};
use super::wanted::Wanted;
use super::write::{Chained, Heads};
use crate::domain::act::{Act, Deed, Who};
use crate::domain::case::CaseDeed;
use crate::domain::comment::Comment;
use crate::domain::decide::{Decision, Facts, Needs, needs};
use crate::domain::history::Link;
use crate::domain::id::{CommentId, TicketId};
use crate::domain::life::PersonDeed;
use crate::domain::setup::Item;
use sqlx::Row;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was gathered for some acts.
pub(super) struct Gathered {
    /// What all of them look at; [`Gathered::turn`] adds what one does.
    pub(super) facts: Facts,
    /// The chains that may grow.
    pub(super) heads: Heads,
    pub(super) numbers: Numbers,
    /// The files that the acts name.
    uploads: Vec<UploadRow>,
    /// What was done under their keys before: the digest of the deed and the outcome.
    done: BTreeMap<(i64, String), (Vec<u8>, String)>,
    /// Of which version the tables are.
    pub(super) tables: i64,
}

/// Where what is common to all is kept between acts.
pub(super) trait Memory: Send + Sync {
    /// What is kept, if it is of that revision.
    fn known(&self, revision: i64) -> Option<Arc<Common>>;
    /// Keeps it.
    fn keep(&self, common: Common) -> Arc<Common>;
}

/// Gathers the facts of acts that are decided one after the other. Where several servers write, the account's row is
/// locked first, then the tickets by their numbers, so that nobody waits for somebody who waits for them.
pub(super) async fn gather(conn: &mut Conn<'_>, memory: &dyn Memory, asked: &[Asked<'_>]) -> Result<Gathered, Fault> {
    let mut wanted = Wanted::default();
    let mut all = Needs::default();
    for (act, ..) in asked {
        wanted.add(act);
        all = all + needs(&act.deed);
    }
    let keys: Vec<(i64, &str)> = asked.iter().map(|(_, owner, key)| (*owner, *key)).collect();
    let mut gathered = read(conn, memory, statements(conn.dialect(), &keys, &wanted, all)).await?;
    for (act, ..) in asked {
        let mut held = setup::options_held(conn, &gathered.facts.items, &act.deed).await?;
        gathered.facts.options_held.append(&mut held);
    }
    Ok(gathered)
}

/// What is wanted, as it is now: nothing is locked for a change to come, and no new number is taken for it.
pub(super) async fn glance(conn: &mut Conn<'_>, memory: &dyn Memory, wanted: &Wanted) -> Result<Facts, Fault> {
    let statements = statements(conn.dialect(), &[], wanted, Needs::default());
    Ok(read(conn, memory, statements).await?.facts)
}

async fn read(conn: &mut Conn<'_>, memory: &dyn Memory, statements: Batch) -> Result<Gathered, Fault> {
    let rows = statements.rows(conn).await?;
    let [acts, account, tickets, people, organizations, said, uploads, comment, items, uses, numbers, life @ ..] =
        &rows[..]
    else {
        return Err(Fault::new(FaultKind::Other, "not as many answers as statements"));
    };
    let head: Option<HeadRow> = account.first()?;
    let HeadRow { head, admins, tables } = head.ok_or_else(|| Fault::new(FaultKind::Missing, "no account in it"))?;
    let common = common(conn, memory, head.revision).await?;
    let mut heads = Heads { account: (head.link, head.version), ..Heads::default() };
    for row in tickets.read::<ChainedTicket>()? {
        heads.tickets.insert(row.ticket.id, Chained::known(row.ticket, row.link, row.next_at));
    }
    for row in said.read::<SaidRow>()? {
        heads.said.entry(row.ticket).or_default().push((row.comment, row.body, row.public));
    }
    let uploads: Vec<UploadRow> = uploads.read()?;
    let unused = uploads.iter().filter(|row| !row.used);
    let super::life::Read { life, owner, files } = super::life::read(life)?;
    let people = people.read::<PersonRow>()?.into_iter().map(|row| row.0).chain(owner);
    let items: Vec<Item> = items.read::<ItemRow>()?.into_iter().map(|row| row.0).collect();
    let facts = Facts {
        life,
        settings: common.settings.clone(),
        account: common.account.clone(),
        groups: common.groups.clone(),
        setup: Arc::clone(&common.setup),
        staff: Arc::clone(&common.staff),
        around: Arc::clone(&common.around),
        items,
        holders: uses.first::<UsesRow>()?.unwrap_or_default().0,
        people: people.map(|person| (person.id, person)).collect(),
        organizations: organizations.read::<OrganizationRow>()?.into_iter().map(|row| (row.0.id, row.0)).collect(),
        uploads: unused.map(|row| (row.upload.token.clone(), row.upload.clone())).collect(),
        comment: comment.first::<CommentRow>()?.map(|row| Comment { attachments: files, ..row.comment }),
        admins: admins.unsigned_abs(),
        ..Facts::default()
    };
    let numbers = Numbers::read(conn.dialect(), numbers)?;
    let done = acts.read::<ActRow>()?.into_iter().map(|row| ((row.owner, row.key), (row.digest, row.outcome)));
    Ok(Gathered { facts, heads, numbers, uploads, done: done.collect(), tables })
}

impl Gathered {
    /// Turns to one of the acts, with the tickets as the acts before it left them.
    pub(super) fn turn(&mut self, act: &Act) -> Result<(), Error> {
        self.facts.actor = match act.who {
            Who::Person(id) => Some(self.facts.people.get(&id).cloned().ok_or(Error::UnknownActor)?),
            Who::System => None,
        };
        let ticket = |id: TicketId| self.heads.tickets.get(&id).map(|chained| chained.ticket.clone());
        let (one, other) = tickets_of(&act.deed);
        self.facts.ticket = one.and_then(ticket);
        self.facts.other = other.and_then(ticket);
        self.facts.problem = problem_of(&act.deed).and_then(ticket);
        self.facts.fresh = self.numbers.fresh(needs(&act.deed));
        Ok(())
    }

    /// The files that an act names and that the one who acts handed in, those that are used already too.
    pub(super) fn files(&self, act: &Act) -> Files {
        let theirs = self.uploads.iter().filter(|row| act.who == Who::Person(row.upload.owner));
        theirs.map(|row| (row.upload.token.clone(), row.upload.clone())).collect()
    }

    /// What was done under a key before: the digest of the deed and the outcome.
    pub(super) fn done(&self, owner: i64, key: &str) -> Option<&(Vec<u8>, String)> {
        self.done.get(&(owner, key.to_owned()))
    }

    /// A file that is on a comment now is not there for the acts that come after.
    pub(super) fn learn(&mut self, decision: &Decision) {
        for token in &decision.used {
            self.facts.uploads.remove(token);
        }
    }

    /// Remembers for the acts that come after what was done under a key.
    pub(super) fn remember(&mut self, owner: i64, key: String, digest: &[u8], outcome: String) {
        self.done.insert((owner, key), (digest.to_vec(), outcome));
    }
}

/// The ticket acted on, and the other.
fn tickets_of(deed: &Deed) -> (Option<TicketId>, Option<TicketId>) {
    match deed {
        Deed::CreateTicket(new) => (None, new.follow_up_of),
        Deed::UpdateTicket { ticket, .. } | Deed::MakeInternal { ticket, .. } | Deed::RunAutomations { ticket } => {
            (Some(*ticket), None)
        }
        Deed::Merge { source, target, .. } => (Some(*source), Some(*target)),
        Deed::Person(PersonDeed::Settle { ticket, .. } | PersonDeed::Forget { ticket, .. }) => (Some(*ticket), None),
        Deed::Case(deed) => (Some(deed.ticket()), None),
        Deed::Removal(removal) => (Some(removal.ticket()), None),
        // No ticket that is there already.
        Deed::ImportTicket(_)
        | Deed::CreatePerson(_)
        | Deed::ImportPerson(_)
        | Deed::UpdatePerson { .. }
        | Deed::CreateOrganization(_)
        | Deed::UpdateOrganization { .. }
        | Deed::CreateGroup { .. }
        | Deed::RenameGroup { .. }
        | Deed::DescribeGroup { .. }
        | Deed::Person(_)
        | Deed::Mail(_)
        | Deed::DeleteGroup { .. }
        | Deed::DeleteOrganization { .. }
        | Deed::Set(_)
        | Deed::SetItem(_)
        | Deed::DeleteItem(_)
        | Deed::OrderItems { .. }
        | Deed::Webhook { .. } => (None, None),
    }
}

/// The problem that is named.
fn problem_of(deed: &Deed) -> Option<TicketId> {
    match deed {
        Deed::CreateTicket(new) => new.problem,
        Deed::UpdateTicket { change, .. } => change.problem.flatten(),
        Deed::ImportTicket(past) => past.problem,
        Deed::Case(CaseDeed::Solve { problem, .. }) => Some(*problem),
        _ => None,
    }
}

async fn common(conn: &mut Conn<'_>, memory: &dyn Memory, revision: i64) -> Result<Arc<Common>, Fault> {
    if let Some(known) = memory.known(revision) {
        return Ok(known);
    }
    let rows = super::account::common_batch().rows(conn).await?;
    Ok(memory.keep(super::account::read_common(&rows)?))
}

/// An act with whose its key is, as a number, and the key.
pub(super) type Asked<'a> = (&'a Act, i64, &'a str);

/// What is asked; a part that an act does not need is asked for nothing, so that the texts stay the same few.
fn statements(dialect: Dialect, keys: &[(i64, &str)], wanted: &Wanted, all: Needs) -> Batch {
    let mut batch = Batch::default();
    let lock = |yes: bool| if yes && dialect == Dialect::Pg { " FOR UPDATE" } else { "" };
    let tickets = || -> Value { json_numbers(wanted.tickets.iter().map(|id| id.0)).into() };
    batch.push(done_before(dialect), vec![serde_json::json!(keys).to_string().into()]);
    // That they are staff is said too, for SQLite to see that the index of staff serves.
    let admins = "SELECT count(*) FROM people WHERE role > 0 AND role = 2 AND NOT suspended AND standing = 0 \
        AND email_folded IS NOT NULL AND $1";
    batch.push(
        format!(
            "SELECT revision, link, version, ({admins}), (SELECT max(version) FROM _sqlx_migrations) FROM account{}",
            lock(wanted.account)
        ),
        vec![wanted.admins.into()],
    );
    batch.push(
        format!(
            concat!(
                "SELECT ",
                ticket_columns!(),
                ", t.link, t.next_at FROM tickets t WHERE t.id IN {} ORDER BY t.id{}"
            ),
            dialect.numbers(1),
            lock(true)
        ),
        vec![tickets()],
    );
    let everybody = everybody(dialect);
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
                " FROM organizations o WHERE NOT o.gone AND o.id IN (SELECT organization_id FROM people WHERE id IN {} \
                  UNION SELECT organization_id FROM tickets WHERE id IN {} \
                  UNION SELECT value FROM {} AS listed UNION SELECT id FROM organizations WHERE folded IN {} \
                  UNION SELECT organization_id FROM organization_domains WHERE domain IN {})"
            ),
            everybody,
            dialect.numbers(2),
            dialect.numbers(4),
            dialect.texts(5),
            dialect.texts(6)
        ),
        values,
    );
    push_small(&mut batch, dialect, wanted, all);
    if let Some(life) = &wanted.life {
        super::life::push(&mut batch, life);
    }
    batch
}

/// Whom acts name by number (`$1`) or address (`$3`), who has asked for or works on their tickets (`$2`), and into whom the
/// named were merged.
fn everybody(dialect: Dialect) -> String {
    let (numbers, tickets, addresses) = (dialect.numbers(1), dialect.numbers(2), dialect.texts(3));
    let copied = in_copy(dialect, 2);
    format!(
        "(SELECT value FROM {numbers} AS named UNION SELECT requester_id FROM tickets WHERE id IN {tickets} \
         UNION SELECT assignee_id FROM tickets WHERE id IN {tickets} UNION {copied} \
         UNION SELECT id FROM people WHERE email_folded IN {addresses} \
         UNION SELECT merged_into FROM people WHERE merged_into IS NOT NULL AND id IN {numbers} \
         UNION SELECT merged_into FROM people WHERE merged_into IS NOT NULL AND email_folded IN {addresses})"
    )
}

/// The people in copy of tickets whose numbers are handed in as parameter `n`.
fn in_copy(dialect: Dialect, n: usize) -> String {
    let numbers = dialect.numbers(n);
    match dialect {
        Dialect::Sqlite => format!("SELECT c.value FROM tickets t, json_each(t.ccs) c WHERE t.id IN {numbers}"),
        Dialect::Pg => format!(
            "SELECT c.value::BIGINT FROM tickets t, json_array_elements_text(t.ccs::JSON) c(value) WHERE t.id IN {numbers}"
        ),
    }
}

/// What was done before under keys that come as a JSON list.
const fn done_before(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            "SELECT a.person_id, a.key, a.digest, a.outcome FROM json_each($1) k CROSS JOIN acts a \
             ON a.person_id = k.value ->> 0 AND a.key = k.value ->> 1"
        }
        Dialect::Pg => {
            "SELECT a.person_id, a.key, a.digest, a.outcome FROM json_array_elements($1::JSON) k JOIN acts a \
             ON a.person_id = CAST(k.value ->> 0 AS BIGINT) AND a.key = k.value ->> 1"
        }
    }
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
    setup::push_all(batch, wanted.items);
    setup::push_use(batch, wanted.item, wanted.group);
    numbers::push(batch, dialect, needs);
}

/// Whose the key of an act is, as a number: nobody learns of another's keys, but what is imported is the account's.
pub(super) const fn key_owner(act: &Act) -> i64 {
    match act.who {
        Who::Person(id) if !act.deed.is_import() => id.0,
        Who::Person(_) | Who::System => 0,
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
    owner: i64,
    key: String,
    digest: Vec<u8>,
    outcome: String,
}

read_row!(ActRow, |row| Ok(Self {
    owner: row.try_get(0)?,
    key: row.try_get(1)?,
    digest: row.try_get(2)?,
    outcome: row.try_get(3)?,
}));

/// The account's head, and how many admins can sign in.
struct HeadRow {
    head: AccountHead,
    admins: i64,
    tables: i64,
}

read_row!(HeadRow, |row| Ok(Self {
    head: AccountHead::from_row(row)?,
    admins: row.try_get(3)?,
    tables: row.try_get(4)?
}));

/// The head of a chain.
pub(super) type Head = (Link, i64);
