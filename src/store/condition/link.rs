use super::{Frame, starts};
use crate::domain::condition::{Link, Pattern, Person, Target};
use crate::store::dialect::Dialect;
use crate::store::person::role_number;
use crate::store::visible::Bound;

impl Frame<'_> {
    /// A test of what `tickets t` points to.
    pub(super) fn link_test(&self, link: Link, target: &Target, bound: &mut Bound) -> String {
        match link {
            Link::Assignee => self.column_test("t.assignee_id", link, target, bound),
            Link::Requester => self.column_test("t.requester_id", link, target, bound),
            Link::Submitter => self.column_test("t.submitter_id", link, target, bound),
            Link::Group => self.column_test("t.group_id", link, target, bound),
            Link::Organization => self.column_test("t.organization_id", link, target, bound),
            Link::Kind => self.column_test("t.kind_id", link, target, bound),
            Link::Cc => self.people_test("t.ccs", 0, link, target, bound),
            Link::Follower => self.people_test("t.followers", 1, link, target, bound),
        }
    }

    /// A test of what the requester is.
    pub(super) fn requester_test(&self, is: &Person, bound: &mut Bound) -> String {
        let test = match is {
            Person::Language(language) => {
                let account = bound.put(self.asker.around.language.to_lowercase());
                format!("coalesce(lower(p.language), {account}) = {}", bound.put(language.as_str()))
            }
            Person::Role(role) => format!("p.role = {}", bound.put(role_number(*role))),
            Person::Domain(domain) => format!("p.email_domain = {}", bound.put(domain.as_str())),
        };
        format!("(t.requester_id IN (SELECT p.id FROM people p WHERE {test}))")
    }

    fn column_test(&self, column: &str, link: Link, target: &Target, bound: &mut Bound) -> String {
        match self.ids(column, link, target, bound) {
            Some(ids) => format!("({column} IS NOT NULL AND {ids})"),
            None if *target == Target::Nobody => format!("({column} IS NULL)"),
            None => "FALSE".to_owned(),
        }
    }

    fn people_test(&self, json: &str, relation: u8, link: Link, target: &Target, bound: &mut Bound) -> String {
        match self.ids("r.person_id", link, target, bound) {
            Some(ids) => {
                format!("(t.id IN (SELECT r.ticket_id FROM ticket_people r WHERE r.relation = {relation} AND {ids}))")
            }
            None if *target == Target::Nobody => format!("({json} = '[]')"),
            None => "FALSE".to_owned(),
        }
    }

    /// Those numbers that a target means, as a test of a column; none when it can mean nobody.
    fn ids(&self, column: &str, link: Link, target: &Target, bound: &mut Bound) -> Option<String> {
        match target {
            Target::Id(id) => among(column, &[*id], bound),
            Target::Me => self.among_mine(column, link, bound),
            Target::Address(address) if link.is_person() => {
                let address = bound.put(address.as_str());
                Some(format!("{column} IN (SELECT p.id FROM people p WHERE p.email_folded = {address})"))
            }
            Target::Nobody | Target::Address(_) => None,
            Target::Name(pattern) => match link {
                Link::Group => among(column, &self.groups_named(pattern), bound),
                Link::Kind => among(column, &self.kinds_named(pattern), bound),
                Link::Organization => Some(named(column, "organization_words", "organization_id", pattern, bound)),
                _ => Some(named(column, "person_words", "person_id", pattern, bound)),
            },
        }
    }

    /// Whoever works in several groups: SQLite would collect all that these ever had and sort it. With the sign before
    /// the column it takes no index of groups, and walks along the list's own order instead.
    fn among_mine(&self, column: &str, link: Link, bound: &mut Bound) -> Option<String> {
        let mine = self.mine(link);
        let walks = link == Link::Group && mine.len() > 1 && self.dialect == Dialect::Sqlite;
        if walks { among(&format!("+{column}"), &mine, bound) } else { among(column, &mine, bound) }
    }

    fn mine(&self, link: Link) -> Vec<i64> {
        match link {
            Link::Group => self.asker.groups.iter().map(|id| id.0).collect(),
            Link::Organization => self.asker.organization.iter().map(|id| id.0).collect(),
            Link::Kind => Vec::new(),
            _ => vec![self.asker.person.0],
        }
    }

    fn groups_named(&self, pattern: &Pattern) -> Vec<i64> {
        self.groups.values().filter(|group| pattern.names(&group.name)).map(|group| group.id.0).collect()
    }

    fn kinds_named(&self, pattern: &Pattern) -> Vec<i64> {
        let named = |kind: &&crate::domain::account::Kind| pattern.names(&kind.name) || pattern.names(&kind.slug);
        self.kinds.values().filter(named).map(|kind| kind.id.0).collect()
    }
}

/// One number is compared as such: lists of one thing keep the order of their index.
fn among(column: &str, ids: &[i64], bound: &mut Bound) -> Option<String> {
    match ids {
        [] => None,
        [one] => Some(format!("{column} = {}", bound.put(*one))),
        many => {
            let places: Vec<String> = many.iter().map(|id| bound.put(*id)).collect();
            Some(format!("{column} IN ({})", places.join(", ")))
        }
    }
}

/// Whoever has all words of a pattern in their name.
fn named(column: &str, table: &str, id: &str, pattern: &Pattern, bound: &mut Bound) -> String {
    format!("{column} IN ({})", having(table, id, pattern, bound))
}

/// The numbers of those who have all words of a pattern in their name.
pub(super) fn having(table: &str, id: &str, pattern: &Pattern, bound: &mut Bound) -> String {
    let last = pattern.words.len() - 1;
    let having = |(at, word): (usize, &String)| {
        let fits = if pattern.open && at == last {
            starts("word", word, bound)
        } else {
            format!("word = {}", bound.put(word.as_str()))
        };
        format!("SELECT {id} FROM {table} WHERE {fits}")
    };
    let texts: Vec<String> = pattern.words.iter().enumerate().map(having).collect();
    texts.join(" INTERSECT ")
}
