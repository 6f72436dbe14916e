//! Questions of ours in the words of an account's search. What it does not know is said, never left out.

use super::known::Known;
use crate::client::{Capability, Error};
use crate::domain::condition::{
    Condition, FieldTest, Label, Link, Moment, Op, Person, Place, Target, Test, Value, When,
};
use crate::domain::id::KindId;
use crate::domain::search::{Query, Term};
use crate::domain::view::{Sort, SortKey};

/// What a query finds, as it is sent, and in which order.
pub(super) struct Sought {
    pub(super) text: String,
    pub(super) sort: Sort,
}

/// Reads a query of ours.
///
/// # Errors
/// [`Error::Unclear`] where it means nothing; a lack where the account does not know it.
pub(super) fn sought(text: &str, known: &Known) -> Result<Sought, Error> {
    let query = Query::parse_with(text, &known.names).map_err(Error::Unclear)?;
    if !known.is_staff()
        && let Some(term) = query.terms.iter().find(|term| term.test.is_for_staff())
    {
        let part: String = term.to_string().chars().take(40).collect();
        let fault = crate::domain::search::Fault::Agents;
        return Err(Error::Unclear(crate::domain::search::QueryError { at: 0, part, fault }));
    }
    let parts: Vec<String> = query.terms.iter().map(|term| part(term, known)).collect::<Result<_, _>>()?;
    Ok(Sought { text: parts.join(" "), sort: query.order() })
}

/// A condition in the same words.
///
/// # Errors
/// A lack where the account's search cannot say it.
pub(super) fn of_condition(condition: &Condition, known: &Known) -> Result<String, Error> {
    let lack = || Error::NotHere(Capability::Searching);
    let parts = match condition {
        Condition::All(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut said: Vec<String> = Vec::new();
    for one in parts {
        match one {
            Condition::Test(test) => said.push(part(&Term { negated: false, test: test.clone() }, known)?),
            Condition::Not(inner) => match &**inner {
                Condition::Test(test) => said.push(part(&Term { negated: true, test: test.clone() }, known)?),
                _ => return Err(lack()),
            },
            // The same keyword again means either of them; another place for it would mean it there too.
            Condition::Any(tests) => {
                let either: Vec<String> = tests
                    .iter()
                    .map(|one| match one {
                        Condition::Test(test) => part(&Term { negated: false, test: test.clone() }, known),
                        _ => Err(lack()),
                    })
                    .collect::<Result<_, _>>()?;
                let keyword = |text: &String| text.split_once(':').map(|(keyword, _)| keyword.to_owned());
                let first = either.first().and_then(keyword).ok_or_else(lack)?;
                let same = either.iter().all(|text| keyword(text).as_ref() == Some(&first));
                let twice = said.iter().any(|text| keyword(text).as_ref() == Some(&first));
                if !same || twice {
                    return Err(lack());
                }
                said.extend(either);
            }
            Condition::All(_) => return Err(lack()),
        }
    }
    Ok(said.join(" "))
}

fn part(term: &Term, known: &Known) -> Result<String, Error> {
    let sign = if term.negated { "-" } else { "" };
    let text = match &term.test {
        Test::Number(Op::Is, number) => number.to_string(),
        Test::Link(Link::Kind, target) => format!("form:{}", form(target, known)?),
        test if is_known(test) => return Ok(term.to_string()),
        _ => return Err(Error::NotHere(Capability::Searching)),
    };
    Ok(format!("{sign}{text}"))
}

/// Forms are named by their names there.
fn form(target: &Target, known: &Known) -> Result<String, Error> {
    let lack = || Error::NotHere(Capability::Searching);
    let quoted = |name: &str| format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    match target {
        Target::Id(id) => {
            let kind = known.session.kinds.iter().find(|kind| kind.id == KindId(*id)).ok_or_else(lack)?;
            Ok(quoted(&kind.name))
        }
        Target::Name(pattern) => Ok(quoted(&pattern.words.join(" "))),
        Target::Nobody | Target::Me | Target::Address(_) => Err(lack()),
    }
}

/// Whether the account's search has the same words for it.
const fn is_known(test: &Test) -> bool {
    match test {
        Test::Status(..)
        | Test::Priority(..)
        | Test::Type(_)
        | Test::Via(_)
        | Test::HasAttachment(_)
        | Test::NumberOrWord(_)
        | Test::CustomStatus(Some(_))
        | Test::Text(Place::Anywhere | Place::Subject, _)
        | Test::Label(_, Value::Is(_) | Value::Starts(_))
        | Test::Label(Label::Tag, Value::Missing) => true,
        Test::Link(link, _) => !matches!(link, Link::Follower | Link::Kind),
        Test::Time(moment, _, when) => {
            matches!(moment, Moment::Created | Moment::Updated | Moment::Solved | Moment::Due)
                && !matches!(when, When::Open(..))
        }
        Test::Field(_, test) => {
            matches!(test, FieldTest::Is(_) | FieldTest::Number(..) | FieldTest::Date(..) | FieldTest::Checked)
        }
        Test::Requester(Person::Language(_) | Person::Role(_) | Person::Domain(_))
        | Test::Number(..)
        | Test::Satisfaction(_)
        | Test::Label(Label::ExternalId, Value::Missing)
        | Test::Never(_)
        | Test::Private(_)
        | Test::Text(Place::Comments, _)
        | Test::Comments(..)
        | Test::CustomStatus(None)
        | Test::Update(_) => false,
    }
}

/// The order of a search, as it is sent.
pub(super) const fn order(sort: Sort) -> Option<&'static str> {
    match sort.by {
        SortKey::Updated => Some("updated_at"),
        SortKey::Id => Some("created_at"),
        SortKey::Status => Some("status"),
        SortKey::Priority => Some("priority"),
        // Its own.
        SortKey::Relevance => None,
    }
}

/// Which way round.
pub(super) const fn way(sort: Sort) -> &'static str {
    if sort.descending { "desc" } else { "asc" }
}
