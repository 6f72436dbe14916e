use super::{Frame, link::having};
use crate::domain::condition::{Condition, Link, Target, Test};
use crate::store::dialect::{Db, read_row};
use crate::store::fault::Fault;
use crate::store::visible::Bound;
use sqlx::Row;

/// As many of one name become numbers; of more the names themselves are asked for.
const MOST: usize = 50;

struct Number(i64);

read_row!(Number, |row| Ok(Self(row.try_get(0)?)));

impl Frame<'_> {
    /// The same condition with numbers in the place of addresses and names, as far as they are few: a number finds its
    /// tickets by their index, in order, and the full-text index knows it too.
    pub(crate) async fn resolved(&self, db: &Db, condition: &Condition) -> Result<Condition, Fault> {
        let mut resolved = condition.clone();
        let mut parts = vec![&mut resolved];
        while let Some(part) = parts.pop() {
            match part {
                Condition::All(inner) | Condition::Any(inner) => parts.extend(inner),
                Condition::Not(inner) => parts.push(inner),
                Condition::Test(test) => {
                    if let Some(ids) = self.numbers(db, test).await? {
                        *part = ids;
                    }
                }
            }
        }
        Ok(resolved)
    }

    async fn numbers(&self, db: &Db, test: &Test) -> Result<Option<Condition>, Fault> {
        let Test::Link(link, target) = test else { return Ok(None) };
        // What an end user may not ask stays what it is, and is never true.
        if self.as_requester() && test.is_for_staff() {
            return Ok(None);
        }
        let mut bound = Bound::default();
        let sql = match (link, target) {
            (link, Target::Address(address)) if link.is_person() => {
                format!("SELECT id FROM people WHERE email_folded = {}", bound.put(address.as_str()))
            }
            (Link::Organization, Target::Name(pattern)) => {
                having("organization_words", "organization_id", pattern, &mut bound)
            }
            (link, Target::Name(pattern)) if link.is_person() => {
                having("person_words", "person_id", pattern, &mut bound)
            }
            _ => return Ok(None),
        };
        let rows: Vec<Number> = db.read(format!("{sql} LIMIT {}", MOST + 1), bound.values()).await?;
        if rows.len() > MOST {
            return Ok(None);
        }
        let id = |row: Number| Condition::Test(Test::Link(*link, Target::Id(row.0)));
        Ok(Some(Condition::Any(rows.into_iter().map(id).collect())))
    }
}
