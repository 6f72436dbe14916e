//! People and organizations by number, a page from either side.

use super::{candidates, findable, in_it, theirs};
use crate::domain::account::Organization;
use crate::domain::audience::Viewer;
use crate::domain::id::OrganizationId;
use crate::domain::person::{Among, Person, Role};
use crate::domain::suggest::Typed;
use crate::domain::word::words;
use crate::store::condition::starts;
use crate::store::dialect::{Db, read_row};
use crate::store::fault::Fault;
use crate::store::person::{OrganizationRow, PersonRow, organization_columns, person_columns, role_number};
use crate::store::visible::Bound;
use sqlx::Row;

/// Where a page lies in a list that goes by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// So many rows come before it.
    Skip(u64),
    /// It begins after that number.
    After(i64),
    /// It ends before that number.
    Before(i64),
}

/// Some rows of a list that goes by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    /// The rows, in the order of the list.
    pub rows: Vec<T>,
    /// Whether there are more in the direction in which was asked.
    pub more: bool,
}

/// Which part of a list that goes by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it lies.
    pub spot: Spot,
    /// Whether the highest numbers come first.
    pub descending: bool,
    /// How many rows at most.
    pub limit: u32,
}

/// Which people; all that may be found when nothing is said. Who is gone is never among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// Of one of these roles.
    pub roles: Vec<Role>,
    /// Of an organization or a group.
    pub of: Option<Among>,
    /// Who belong to any organization.
    pub belonging: bool,
    /// With one of these numbers elsewhere.
    pub external_ids: Vec<String>,
    /// Whom the requester field would suggest for that (D18).
    pub text: Option<String>,
}

/// Which organizations; all that may be found when nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationFilter {
    /// With one of these numbers.
    pub ids: Option<Vec<OrganizationId>>,
    /// With one of these numbers elsewhere; with any or none when nothing is said.
    pub external_ids: Vec<String>,
    /// With all these words in the name, each as the start of one.
    pub text: String,
}

impl PeopleFilter {
    fn sql(&self, viewer: &Viewer, bound: &mut Bound) -> String {
        let mut filter = vec![findable(viewer, bound), "p.standing < 3".to_owned()];
        if !self.roles.is_empty() {
            let roles: Vec<String> = self.roles.iter().map(|role| bound.put(role_number(*role))).collect();
            filter.push(format!("p.role IN ({})", roles.join(", ")));
        }
        filter.extend(self.of.map(|of| in_it(of, bound)));
        if self.belonging {
            filter.push("p.organization_id IS NOT NULL".to_owned());
        }
        if !self.external_ids.is_empty() {
            let ids: Vec<String> = self.external_ids.iter().map(|id| bound.put(id.as_str())).collect();
            filter.push(format!("p.external_id IN ({})", ids.join(", ")));
        }
        if let Some(text) = &self.text {
            let found = Typed::parse(text).map(|typed| candidates(&typed, bound).join(" UNION "));
            filter.push(found.map_or_else(|| "FALSE".to_owned(), |found| format!("p.id IN ({found})")));
        }
        filter.join(" AND ")
    }
}

impl OrganizationFilter {
    fn sql(&self, viewer: &Viewer, bound: &mut Bound) -> String {
        let mut filter = vec![theirs(viewer, bound)];
        if let Some(ids) = &self.ids {
            let ids: Vec<String> = ids.iter().map(|id| bound.put(id.0)).collect();
            filter.push(if ids.is_empty() { "FALSE".to_owned() } else { format!("o.id IN ({})", ids.join(", ")) });
        }
        if !self.external_ids.is_empty() {
            let ids: Vec<String> = self.external_ids.iter().map(|id| bound.put(id.as_str())).collect();
            filter.push(format!("o.external_id IN ({})", ids.join(", ")));
        }
        for word in words(&self.text) {
            let begins = starts("w.word", &word, bound);
            filter.push(format!("o.id IN (SELECT w.organization_id FROM organization_words w WHERE {begins})"));
        }
        filter.join(" AND ")
    }
}

impl Part {
    /// What stands behind a filter: from where on, in which order, how many and one more.
    fn sql(self, id: &str, bound: &mut Bound) -> String {
        let backward = matches!(self.spot, Spot::Before(_));
        let begin = match self.spot {
            Spot::Skip(_) => String::new(),
            Spot::After(number) | Spot::Before(number) => {
                let sign = if backward == self.descending { ">" } else { "<" };
                format!(" AND {id} {sign} {}", bound.put(number))
            }
        };
        let way = if backward == self.descending { "ASC" } else { "DESC" };
        let limit = bound.put(i64::from(self.limit) + 1);
        let skip = match self.spot {
            Spot::Skip(rows) if rows > 0 => {
                format!(" OFFSET {}", bound.put(i64::try_from(rows).unwrap_or(i64::MAX)))
            }
            _ => String::new(),
        };
        format!("{begin} ORDER BY {id} {way} LIMIT {limit}{skip}")
    }

    fn cut<T>(self, mut rows: Vec<T>) -> Slice<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        if matches!(self.spot, Spot::Before(_)) {
            rows.reverse();
        }
        Slice { rows, more }
    }
}

/// A part of the people that somebody may find.
pub(crate) async fn people(db: &Db, viewer: &Viewer, which: &PeopleFilter, part: Part) -> Result<Slice<Person>, Fault> {
    let mut bound = Bound::default();
    let filter = which.sql(viewer, &mut bound);
    let part_sql = part.sql("p.id", &mut bound);
    let sql = format!("SELECT {} FROM people p WHERE {filter}{part_sql}", person_columns!());
    let rows: Vec<PersonRow> = db.read(sql, bound.values()).await?;
    Ok(part.cut(rows.into_iter().map(|row| row.0).collect()))
}

/// How many there are.
pub(crate) async fn count_people(db: &Db, viewer: &Viewer, which: &PeopleFilter) -> Result<u64, Fault> {
    let mut bound = Bound::default();
    let filter = which.sql(viewer, &mut bound);
    count(db, format!("SELECT count(*) FROM people p WHERE {filter}"), bound).await
}

/// A part of the organizations that somebody may find.
pub(crate) async fn organizations(
    db: &Db,
    viewer: &Viewer,
    which: &OrganizationFilter,
    part: Part,
) -> Result<Slice<Organization>, Fault> {
    let mut bound = Bound::default();
    let filter = which.sql(viewer, &mut bound);
    let part_sql = part.sql("o.id", &mut bound);
    let sql = format!("SELECT {} FROM organizations o WHERE {filter}{part_sql}", organization_columns!());
    let rows: Vec<OrganizationRow> = db.read(sql, bound.values()).await?;
    Ok(part.cut(rows.into_iter().map(|row| row.0).collect()))
}

/// How many there are.
pub(crate) async fn count_organizations(db: &Db, viewer: &Viewer, which: &OrganizationFilter) -> Result<u64, Fault> {
    let mut bound = Bound::default();
    let filter = which.sql(viewer, &mut bound);
    count(db, format!("SELECT count(*) FROM organizations o WHERE {filter}"), bound).await
}

async fn count(db: &Db, sql: String, bound: Bound) -> Result<u64, Fault> {
    let rows: Vec<Counted> = db.read(sql, bound.values()).await?;
    Ok(rows.first().map_or(0, |row| u64::try_from(row.0).unwrap_or_default()))
}

struct Counted(i64);

read_row!(Counted, |row| Ok(Self(row.try_get(0)?)));
