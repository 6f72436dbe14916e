//! People, organizations and their names, as far as the one who reads may know them.

pub(super) mod listed;

use super::condition::starts;
use super::dialect::{Db, read_row};
use super::fault::Fault;
use super::person::{OrganizationRow, PersonRow, organization_columns, person_columns, role_number};
use super::ticket::json_numbers;
use super::visible::Bound;
use crate::domain::account::{Organization, folded_name};
use crate::domain::act::OrganizationRef;
use crate::domain::audience::{Viewer, Within};
use crate::domain::id::{OrganizationId, PersonId};
use crate::domain::person::{Among, EmailAddress, Person, Role};
use crate::domain::suggest::{Part, Typed};
use crate::domain::word::words;
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};

/// The names behind numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// People.
    pub people: BTreeMap<PersonId, String>,
    /// Organizations.
    pub organizations: BTreeMap<OrganizationId, String>,
}

/// The names of all these. Numbers come from what was shown already: whoever may read those may read these.
pub(crate) async fn names(
    db: &Db,
    people: impl IntoIterator<Item = PersonId>,
    organizations: impl IntoIterator<Item = OrganizationId>,
) -> Result<Known, Fault> {
    let people: std::collections::BTreeSet<i64> = people.into_iter().map(|id| id.0).collect();
    let organizations: std::collections::BTreeSet<i64> = organizations.into_iter().map(|id| id.0).collect();
    let numbers = db.dialect().numbers(1);
    let mut known = Known::default();
    if !people.is_empty() {
        // Who was merged into somebody is them.
        let sql = format!(
            "SELECT p.id, coalesce(m.name, p.name) FROM people p LEFT JOIN people m ON m.id = p.merged_into \
             WHERE p.id IN {numbers}"
        );
        let rows: Vec<Named> = db.read(sql, vec![json_numbers(people).into()]).await?;
        known.people = rows.into_iter().map(|row| (PersonId(row.0), row.1)).collect();
    }
    if !organizations.is_empty() {
        let rows: Vec<Named> = db
            .read(
                format!("SELECT id, name FROM organizations WHERE id IN {numbers}"),
                vec![json_numbers(organizations).into()],
            )
            .await?;
        known.organizations = rows.into_iter().map(|row| (OrganizationId(row.0), row.1)).collect();
    }
    Ok(known)
}

/// The addresses of all these who have one, in lower case: as they are kept would tell of who typed them first.
pub(crate) async fn addresses(
    db: &Db,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<BTreeMap<PersonId, String>, Fault> {
    let numbers = db.dialect().numbers(1);
    let sql = format!("SELECT id, email_folded FROM people WHERE email_folded IS NOT NULL AND id IN {numbers}");
    let rows: Vec<Named> = db.read(sql, vec![json_numbers(people.into_iter().map(|id| id.0)).into()]).await?;
    Ok(rows.into_iter().map(|row| (PersonId(row.0), row.1)).collect())
}

/// Those of some people who are of the team.
pub(crate) async fn team_among(
    db: &Db,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<BTreeSet<PersonId>, Fault> {
    let sql = format!("SELECT id FROM people WHERE role > 0 AND id IN {}", db.dialect().numbers(1));
    let rows: Vec<Member> = db.read(sql, vec![json_numbers(people.into_iter().map(|id| id.0)).into()]).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.0)).collect())
}

struct Member(i64);

read_row!(Member, |row| Ok(Self(row.try_get(0)?)));

struct Named(i64, String);

read_row!(Named, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?)));

/// Whether the people of an organization see each other's requests.
pub(crate) async fn shares(db: &Db, organization: OrganizationId) -> Result<bool, Fault> {
    let sql = "SELECT shared_tickets FROM organizations WHERE id = $1".to_owned();
    let rows: Vec<Shares> = db.read(sql, vec![organization.0.into()]).await?;
    Ok(rows.first().is_some_and(|row| row.0))
}

struct Shares(bool);

read_row!(Shares, |row| Ok(Self(row.try_get(0)?)));

/// True of the `people p` that somebody may find: agents all, but those of one organization only its people and the team;
/// others only themselves.
fn findable(viewer: &Viewer, bound: &mut Bound) -> String {
    match &viewer.within {
        _ if !viewer.is_staff() => format!("p.id = {}", bound.put(viewer.person.0)),
        Within::Organization(Some(organization)) => {
            format!(
                "(p.role > 0 OR (p.organization_id IS NOT NULL AND p.organization_id = {}))",
                bound.put(organization.0)
            )
        }
        Within::Organization(None) => "p.role > 0".to_owned(),
        Within::All | Within::Groups(_) | Within::Assigned => "TRUE".to_owned(),
    }
}

/// So many of those who fit in one way are looked at: whoever typed too little types on.
const LOOKED_AT: u32 = 500;

/// Whom the requester field suggests for what was typed (D18, R102-R105), by name.
pub(crate) async fn suggest(
    db: &Db,
    viewer: &Viewer,
    text: &str,
    staff_only: bool,
    limit: u32,
) -> Result<Vec<Person>, Fault> {
    let Some(typed) = Typed::parse(text) else { return Ok(Vec::new()) };
    if staff_only {
        return suggest_staff(db, viewer, &typed, limit).await;
    }
    let mut bound = Bound::default();
    let found = candidates(&typed, &mut bound).join(" UNION ");
    let findable = findable(viewer, &mut bound);
    let limit = bound.put(i64::from(limit));
    let sql = format!(
        "SELECT {} FROM people p WHERE p.id IN ({found}) AND p.standing < 3 AND {findable} ORDER BY p.folded, p.id LIMIT {limit}",
        person_columns!()
    );
    rows(db, sql, bound).await
}

/// Agents are few: the rules themselves say who fits.
async fn suggest_staff(db: &Db, viewer: &Viewer, typed: &Typed, limit: u32) -> Result<Vec<Person>, Fault> {
    let mut bound = Bound::default();
    let findable = findable(viewer, &mut bound);
    let sql = format!(
        "SELECT {} FROM people p WHERE p.role > 0 AND p.standing < 3 AND {findable} ORDER BY p.folded, p.id",
        person_columns!()
    );
    let mut staff = rows(db, sql, bound).await?;
    let known = names(db, [], staff.iter().filter_map(|one| one.organization)).await?;
    staff.retain(|one| {
        let organization = one.organization.and_then(|id| known.organizations.get(&id));
        typed.finds(one, organization.map(String::as_str))
    });
    staff.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(staff)
}

/// Whoever fits, as subqueries of numbers, each answered by an index.
fn candidates(typed: &Typed, bound: &mut Bound) -> Vec<String> {
    let mut ways = Vec::new();
    match typed.words.as_slice() {
        [] => {}
        [word] => ways.extend(by_word(word, bound)),
        words => {
            let each: Vec<String> = words
                .iter()
                .map(|word| format!("SELECT * FROM ({}) AS one", by_word(word, bound).join(" UNION ")))
                .collect();
            ways.push(each.join(" INTERSECT "));
        }
    }
    match &typed.address {
        Some(Part::Any(part)) => {
            ways.push(format!("SELECT id FROM people WHERE {}", starts("email_folded", part, bound)));
            let inside = bound.put(format!("%{}%", escaped(part)));
            ways.push(format!(
                "SELECT id FROM people WHERE email_domain IS NOT NULL AND email_domain LIKE {inside} ESCAPE '!'"
            ));
        }
        Some(Part::Domain(start)) => {
            ways.push(format!("SELECT id FROM people WHERE {}", starts("email_domain", start, bound)));
        }
        Some(Part::Whole(start)) => {
            ways.push(format!("SELECT id FROM people WHERE {}", starts("email_folded", start, bound)));
        }
        None => {}
    }
    if let Some(digits) = &typed.digits {
        let inside = bound.put(format!("%{digits}%"));
        ways.push(format!("SELECT id FROM people WHERE phone_digits IS NOT NULL AND phone_digits LIKE {inside}"));
    }
    ways.into_iter().map(|way| format!("SELECT * FROM ({way} LIMIT {LOOKED_AT}) AS way")).collect()
}

/// Whoever has a word that begins so in their name, or in their organization's.
fn by_word(word: &str, bound: &mut Bound) -> [String; 2] {
    let own = starts("word", word, bound);
    let theirs = starts("o.word", word, bound);
    [
        format!("SELECT person_id FROM person_words WHERE {own}"),
        format!(
            "SELECT m.id FROM people m \
             WHERE m.organization_id IN (SELECT o.organization_id FROM organization_words o WHERE {theirs})"
        ),
    ]
}

/// A text with nothing in it that `LIKE … ESCAPE '!'` would understand.
fn escaped(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// Whoever has that address.
pub(crate) async fn by_address(db: &Db, viewer: &Viewer, address: &EmailAddress) -> Result<Vec<Person>, Fault> {
    let mut bound = Bound::default();
    let address = bound.put(address.folded());
    let findable = findable(viewer, &mut bound);
    let sql = format!(
        "SELECT {} FROM people p WHERE p.id = (SELECT coalesce(merged_into, id) FROM people WHERE email_folded = \
         {address}) AND {findable}",
        person_columns!()
    );
    rows(db, sql, bound).await
}

/// Those numbers; the number of who was merged leads to whom they were merged into.
pub(crate) async fn by_ids(db: &Db, viewer: &Viewer, ids: &[PersonId]) -> Result<Vec<Person>, Fault> {
    let mut bound = Bound::default();
    bound.put(json_numbers(ids.iter().map(|id| id.0)));
    let numbers = db.dialect().numbers(1);
    let findable = findable(viewer, &mut bound);
    let sql = format!(
        "SELECT {} FROM people p WHERE p.id IN (SELECT coalesce(merged_into, id) FROM people WHERE id IN {numbers}) AND {findable} ORDER BY p.id",
        person_columns!()
    );
    rows(db, sql, bound).await
}

/// Everybody of a role, by name, after the one of that number; and whether there are more.
pub(crate) async fn of_role(
    db: &Db,
    viewer: &Viewer,
    role: Option<Role>,
    after: Option<PersonId>,
    limit: u32,
) -> Result<(Vec<Person>, bool), Fault> {
    let mut bound = Bound::default();
    let mut filter = vec![findable(viewer, &mut bound), "p.standing < 3".to_owned()];
    if let Some(role) = role {
        if role.is_staff() {
            filter.push("p.role > 0".to_owned());
        }
        filter.push(format!("p.role = {}", bound.put(role_number(role))));
    }
    let sql = page(&mut bound, filter, after, limit);
    read_page(db, sql, bound, limit).await
}

/// Everybody of an organization or a group, by name, after the one of that number; and whether there are more.
pub(crate) async fn among(
    db: &Db,
    viewer: &Viewer,
    of: Among,
    after: Option<PersonId>,
    limit: u32,
) -> Result<(Vec<Person>, bool), Fault> {
    let mut bound = Bound::default();
    let sql = among_page(viewer, of, after, limit, &mut bound);
    read_page(db, sql, bound, limit).await
}

/// A page of them, and one more.
pub(super) fn among_page(viewer: &Viewer, of: Among, after: Option<PersonId>, limit: u32, bound: &mut Bound) -> String {
    let filter = vec![findable(viewer, bound), "p.standing < 3".to_owned(), in_it(of, bound)];
    page(bound, filter, after, limit)
}

/// True of the `people p` of an organization or a group.
fn in_it(of: Among, bound: &mut Bound) -> String {
    match of {
        Among::Organization(id) => format!("p.organization_id = {}", bound.put(id.0)),
        // Agents are few, and their groups fewer.
        Among::Group(id) => {
            let inside = bound.put(format!("%,{id},%"));
            format!("p.role > 0 AND replace(replace(p.groups, '[', ','), ']', ',') LIKE {inside}")
        }
    }
}

fn page(bound: &mut Bound, mut filter: Vec<String>, after: Option<PersonId>, limit: u32) -> String {
    if let Some(after) = after {
        let after = bound.put(after.0);
        filter.push(format!("(p.folded, p.id) > (SELECT q.folded, q.id FROM people q WHERE q.id = {after})"));
    }
    let more = bound.put(i64::from(limit) + 1);
    format!(
        "SELECT {} FROM people p WHERE {} ORDER BY p.folded, p.id LIMIT {more}",
        person_columns!(),
        filter.join(" AND ")
    )
}

async fn read_page(db: &Db, sql: String, bound: Bound, limit: u32) -> Result<(Vec<Person>, bool), Fault> {
    let mut people = rows(db, sql, bound).await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = people.len() > limit;
    people.truncate(limit);
    Ok((people, more))
}

async fn rows(db: &Db, sql: String, bound: Bound) -> Result<Vec<Person>, Fault> {
    let rows: Vec<PersonRow> = db.read(sql, bound.values()).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// True of the `organizations o` that somebody may find: agents all, others, and agents of one, only their own.
fn theirs(viewer: &Viewer, bound: &mut Bound) -> String {
    if viewer.is_staff() && !matches!(viewer.within, Within::Organization(_)) {
        return "NOT o.gone".to_owned();
    }
    format!("o.id = (SELECT p.organization_id FROM people p WHERE p.id = {})", bound.put(viewer.person.0))
}

/// The organization of that number, or of that whole name. Others than agents find only their own.
pub(crate) async fn organization(
    db: &Db,
    viewer: &Viewer,
    which: &OrganizationRef,
) -> Result<Option<Organization>, Fault> {
    let mut bound = Bound::default();
    let is = match which {
        OrganizationRef::Id(id) => format!("o.id = {}", bound.put(id.0)),
        OrganizationRef::Name(name) => format!("o.folded = {}", bound.put(folded_name(name))),
    };
    let theirs = theirs(viewer, &mut bound);
    let sql = format!("SELECT {} FROM organizations o WHERE {is} AND {theirs}", organization_columns!());
    let rows: Vec<OrganizationRow> = db.read(sql, bound.values()).await?;
    Ok(rows.into_iter().next().map(|row| row.0))
}

/// Organizations by name: those that have all words, each as the start of one. Others than agents find only their own.
pub(crate) async fn organizations(
    db: &Db,
    viewer: &Viewer,
    text: &str,
    after: Option<OrganizationId>,
    limit: u32,
) -> Result<Vec<Organization>, Fault> {
    let mut bound = Bound::default();
    let mut filter = vec![theirs(viewer, &mut bound)];
    if let Some(after) = after {
        let after = bound.put(after.0);
        filter.push(format!("(o.folded, o.id) > (SELECT q.folded, q.id FROM organizations q WHERE q.id = {after})"));
    }
    for word in words(text) {
        let begins = starts("w.word", &word, &mut bound);
        filter.push(format!("o.id IN (SELECT w.organization_id FROM organization_words w WHERE {begins})"));
    }
    let limit = bound.put(i64::from(limit));
    let sql = format!(
        "SELECT {} FROM organizations o WHERE {} ORDER BY o.folded, o.id LIMIT {limit}",
        organization_columns!(),
        filter.join(" AND ")
    );
    let rows: Vec<OrganizationRow> = db.read(sql, bound.values()).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
