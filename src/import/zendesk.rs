use super::csv::{Table, TableRow};
use super::record::{Record, Said, Somebody};
use super::row::Row as _;
use super::{Fault, Input, Trouble, Why, when};
use crate::domain::case::{Score, TicketType};
use crate::domain::comment::Visibility;
use crate::domain::status::{Priority, Status};
use crate::domain::time::Timestamp;
use std::collections::BTreeMap;

/// Which table a file holds, told by its heading line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Tickets,
    Comments,
    Users,
    Groups,
    Organizations,
    TicketTags,
    Other,
}

/// Reads the table files of an export: tickets, comments, users, groups, organizations, ticket tags, in any order. Files
/// that hold something else are left alone.
///
/// # Errors
/// A file cannot be read, or none of them holds tickets.
pub fn read(files: &[(String, Vec<u8>)]) -> Result<Input, Trouble> {
    let mut tables = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let table = Table::read(name, bytes).map_err(|error| Trouble::Unreadable(format!("{name}: {error}")))?;
        tables.push((holds(&table), table));
    }
    let mut export = Export::default();
    let mut records = Vec::new();
    let of = |wanted| tables.iter().filter(move |(holds, _)| *holds == wanted).flat_map(|(_, table)| table.rows());
    for row in of(Holds::Groups).chain(of(Holds::Organizations)) {
        keep(row, &mut records, |row| export.name(row));
    }
    for row in of(Holds::Users) {
        keep(row, &mut records, |row| export.user(row));
    }
    for row in of(Holds::TicketTags) {
        keep(row, &mut records, |row| export.tag(row));
    }
    for row in of(Holds::Comments) {
        keep(row, &mut records, |row| export.comment(row));
    }
    let mut tickets = 0_u64;
    for row in of(Holds::Tickets) {
        tickets += 1;
        records.push(row.and_then(|row| export.ticket(&row).map_err(|why| fault(&row, why))));
    }
    records.extend(export.orphans().map(Err));
    if tickets == 0 { Err(Trouble::NoTickets) } else { Ok(Input { format: "zendesk", source: None, records }) }
}

fn keep(
    row: Result<TableRow<'_>, Fault>,
    records: &mut Vec<Result<Record, Fault>>,
    mut take: impl FnMut(&TableRow<'_>) -> Result<(), Why>,
) {
    let taken = row.and_then(|row| take(&row).map_err(|why| fault(&row, why)));
    if let Err(fault) = taken {
        records.push(Err(fault));
    }
}

fn fault(row: &TableRow<'_>, why: Why) -> Fault {
    let place = row.place();
    Fault { file: place.file, line: place.line, why }
}

fn holds(table: &Table) -> Holds {
    let has = |columns: &[&str]| columns.iter().all(|column| table.has(column));
    let signs: [(&[&str], Holds); 6] = [
        (&["id", "subject", "status", "requester_id"], Holds::Tickets),
        (&["id", "ticket_id", "body", "user_id", "public"], Holds::Comments),
        (&["id", "name", "email", "role"], Holds::Users),
        (&["ticket_id", "tag"], Holds::TicketTags),
        (&["id", "name", "shared_tickets"], Holds::Organizations),
        (&["id", "name", "created_at", "updated_at", "url"], Holds::Groups),
    ];
    let groups_only =
        |holds| holds != Holds::Groups || !(table.has("brand_url") || table.has("subdomain") || table.has("role"));
    signs.iter().find(|(columns, holds)| has(columns) && groups_only(*holds)).map_or(Holds::Other, |(_, holds)| *holds)
}

/// What the tables other than the tickets' hold, by number.
#[derive(Default)]
struct Export {
    names: BTreeMap<String, String>,
    users: BTreeMap<String, Somebody>,
    tags: BTreeMap<String, Vec<String>>,
    comments: BTreeMap<String, Vec<(Said, Fault)>>,
}

impl Export {
    fn name(&mut self, row: &TableRow<'_>) -> Result<(), Why> {
        self.names.insert(needed(row, "id")?, needed(row, "name")?);
        Ok(())
    }

    fn user(&mut self, row: &TableRow<'_>) -> Result<(), Why> {
        let id = needed(row, "id")?;
        let somebody = Somebody {
            name: row.value("name"),
            email: row.value("email"),
            external_id: Some(id.clone()),
            phone: row.value("phone"),
            organization: row.value("organization_id").and_then(|id| self.names.get(&id).cloned()),
            staff: matches!(row.value("role").as_deref(), Some("agent" | "admin")),
        };
        self.users.insert(id, somebody);
        Ok(())
    }

    fn tag(&mut self, row: &TableRow<'_>) -> Result<(), Why> {
        self.tags.entry(needed(row, "ticket_id")?).or_default().push(needed(row, "tag")?);
        Ok(())
    }

    fn comment(&mut self, row: &TableRow<'_>) -> Result<(), Why> {
        let public = says_yes(row, "public");
        let said = Said {
            author: Some(self.somebody(&needed(row, "user_id")?)),
            body: needed(row, "body")?,
            visibility: if public { Visibility::Public } else { Visibility::Internal },
            at: moment(row, "created")?.or(moment(row, "created_at")?),
        };
        let ticket = needed(row, "ticket_id")?;
        let lost = fault(row, Why::NoTicket(ticket.clone()));
        self.comments.entry(ticket).or_default().push((said, lost));
        Ok(())
    }

    /// The person of a number; whom the tables do not hold is known by the number alone.
    fn somebody(&self, id: &str) -> Somebody {
        let unknown = || Somebody { external_id: Some(id.to_owned()), ..Somebody::default() };
        self.users.get(id).cloned().unwrap_or_else(unknown)
    }

    fn ticket(&mut self, row: &TableRow<'_>) -> Result<Record, Why> {
        let id = needed(row, "id")?;
        // Its comments are taken off the list in any case: they stand or fall with it.
        let mut said: Vec<Said> =
            self.comments.remove(&id).unwrap_or_default().into_iter().map(|(said, _)| said).collect();
        said.sort_by_key(|one| one.at);
        let named = |column| row.value(column).map(|id| self.somebody(&id));
        let status = needed(row, "status")?;
        let priority = row.value("priority");
        let subject = row.value("subject").or_else(|| row.value("description")).ok_or(Why::Missing("subject"))?;
        let created_at = moment(row, "created_at")?;
        let description = row.value("description");
        let told = said.first().is_some_and(|first| description.is_none() || description.as_ref() == Some(&first.body));
        if !told {
            let public = !row.has("is_public") || says_yes(row, "is_public");
            let visibility = if public { Visibility::Public } else { Visibility::Internal };
            let body = description.unwrap_or_else(|| subject.clone());
            said.insert(0, Said { author: named("submitter_id"), body, visibility, at: created_at });
        }
        Ok(Record {
            place: row.place(),
            status: Status::parse(&status).ok_or(Why::BadValue("status", status))?,
            status_at: moment(row, "updated_at")?,
            priority: priority.map(|name| Priority::parse(&name).ok_or(Why::BadValue("priority", name))).transpose()?,
            kind: None,
            ticket_type: row
                .value("type")
                .map(|name| TicketType::parse(&name).ok_or(Why::BadValue("type", name)))
                .transpose()?,
            problem: row.value("problem_id"),
            rating: rating(row),
            requester: named("requester_id"),
            assignee: named("assignee_id").map(|one| Somebody { staff: true, ..one }),
            group: row.value("group_id").map(|id| self.names.get(&id).cloned().unwrap_or(id)),
            tags: self.tags.get(&id).cloned().unwrap_or_default(),
            ccs: Vec::new(),
            due_at: moment(row, "due_at")?,
            created_at,
            comments: said,
            external_id: Some(id),
            subject,
        })
    }

    /// The comments whose ticket the export does not hold.
    fn orphans(self) -> impl Iterator<Item = Fault> {
        self.comments.into_values().flatten().map(|(_, lost)| lost)
    }
}

/// Whether a column says so in plain words. What is public is shown to requesters, so everything else is a no.
fn says_yes(row: &TableRow<'_>, column: &str) -> bool {
    row.value(column).is_some_and(|value| ["true", "t", "1", "yes"].contains(&value.trim().to_lowercase().as_str()))
}

/// What the requester thought: exports write it by itself, or with whether they said why.
fn rating(row: &TableRow<'_>) -> Option<(Score, Option<String>)> {
    let score = ["satisfaction_score", "satisfaction_rating_score"].into_iter().find_map(|column| row.value(column))?;
    let score = Score::parse(score.trim_end_matches("_with_comment").trim_end_matches("withcomment"))?;
    let comment =
        ["satisfaction_comment", "satisfaction_rating_comment"].into_iter().find_map(|column| row.value(column));
    Some((score, comment))
}

fn needed(row: &TableRow<'_>, column: &'static str) -> Result<String, Why> {
    row.value(column).ok_or(Why::Missing(column))
}

fn moment(row: &TableRow<'_>, column: &'static str) -> Result<Option<Timestamp>, Why> {
    row.value(column).map(|text| when::parse(&text).ok_or(Why::BadValue(column, text))).transpose()
}
