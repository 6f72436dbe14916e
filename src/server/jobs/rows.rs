//! What is done with each row of a job: the same as by the route for one, under the row's own keys.

use crate::client::Client as _;
use crate::domain::act::{Deed, OrganizationRef};
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::id::{OrganizationId, TicketId};
use crate::domain::job::JobSort;
use crate::domain::life::PersonDeed;
use crate::domain::removal::Removal;
use crate::language::args;
use crate::server::body::unreadable;
use crate::server::caller::Caller;
use crate::server::groups::memberships as working;
use crate::server::organizations::memberships as belonging;
use crate::server::organizations::write as organizations;
use crate::server::problem::Problem;
use crate::server::tickets::{change, write};
use crate::server::users::{self, Looking, write as people};
use crate::wire::sent;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What became of a row.
pub(super) enum Became {
    Made(i64),
    Updated(i64),
    Deleted(i64),
    Merged(i64),
}

impl Became {
    pub(super) fn shown(&self, at: usize) -> Value {
        let (id, action, status) = match *self {
            Self::Made(id) => return json!({ "index": at, "id": id, "success": true, "status": "Created" }),
            Self::Updated(id) => (id, "update", "Updated"),
            Self::Deleted(id) => (id, "delete", "Deleted"),
            Self::Merged(id) => (id, "merge", "Merged"),
        };
        json!({ "index": at, "id": id, "action": action, "success": true, "status": status })
    }
}

/// What the API calls what is done with rows.
pub(super) const fn action(sort: JobSort) -> &'static str {
    match sort {
        JobSort::CreateTickets
        | JobSort::CreateUsers
        | JobSort::CreateOrganizations
        | JobSort::CreateOrganizationMemberships
        | JobSort::CreateGroupMemberships => "create",
        JobSort::UpdateTickets | JobSort::UpdateUsers | JobSort::UpdateOrganizations => "update",
        JobSort::CreateOrUpdateUsers => "create_or_update",
        JobSort::DeleteTickets
        | JobSort::SpamTickets
        | JobSort::PurgeTickets
        | JobSort::DeleteUsers
        | JobSort::DeleteOrganizations
        | JobSort::DeleteOrganizationMemberships
        | JobSort::DeleteGroupMemberships => "delete",
        JobSort::MergeTickets => "merge",
    }
}

/// A row as it was sent: what it is about, and what is to become of it.
#[derive(Deserialize)]
struct Row {
    id: Option<i64>,
    #[serde(default)]
    external_id: Option<String>,
}

/// What is said where tickets are merged.
#[derive(Deserialize)]
struct Merge {
    target: i64,
    source_comment: Option<String>,
    target_comment: Option<String>,
    #[serde(default)]
    source_comment_is_public: bool,
    #[serde(default)]
    target_comment_is_public: bool,
}

fn read<T: DeserializeOwned>(row: &Value) -> Result<T, Problem> {
    serde_json::from_value(row.clone()).map_err(|error| unreadable(&error))
}

/// What a row itself says, else what all rows have in common.
fn thing<T: DeserializeOwned>(name: &str, common: &Value, row: &Value) -> Result<T, Problem> {
    read(row.get(name).or_else(|| common.get(name)).unwrap_or(&Value::Null))
}

/// Does what is to be done with a row.
pub(super) async fn done(caller: &Caller, sort: JobSort, common: &Value, row: &Value) -> Result<Became, Problem> {
    match sort {
        JobSort::CreateTickets => create_ticket(caller, &thing("ticket", common, row)?).await,
        JobSort::UpdateTickets => update_ticket(caller, &thing("ticket", common, row)?, row).await,
        JobSort::DeleteTickets => remove(caller, row, Removal::Delete).await,
        JobSort::SpamTickets => remove(caller, row, Removal::Spam).await,
        JobSort::PurgeTickets => remove(caller, row, Removal::Purge).await,
        JobSort::MergeTickets => merge(caller, &read(common)?, row).await,
        JobSort::CreateUsers => {
            let looking = Looking::staff(caller).await?;
            people::made(caller, &looking, &thing("user", common, row)?).await.map(|id| Became::Made(id.0))
        }
        JobSort::CreateOrUpdateUsers => create_or_update_user(caller, &thing("user", common, row)?).await,
        JobSort::UpdateUsers => update_user(caller, &thing("user", common, row)?, row).await,
        JobSort::DeleteUsers => {
            let person = person(caller, row).await?;
            caller.act(Deed::Person(PersonDeed::Delete(person.id))).await?;
            Ok(Became::Deleted(person.id.0))
        }
        JobSort::CreateOrganizations => {
            let made = organizations::made(caller, &thing("organization", common, row)?).await?;
            Ok(Became::Made(made.0))
        }
        JobSort::UpdateOrganizations => update_organization(caller, &thing("organization", common, row)?, row).await,
        JobSort::DeleteOrganizations => {
            let id = number(row)?;
            organizations::deleted(caller, id).await.map(|()| Became::Deleted(id))
        }
        JobSort::CreateOrganizationMemberships => {
            belonging::joined(caller, &thing("organization_membership", common, row)?).await.map(Became::Made)
        }
        JobSort::DeleteOrganizationMemberships => {
            let id = number(row)?;
            belonging::left(caller, id).await.map(|()| Became::Deleted(id))
        }
        JobSort::CreateGroupMemberships => {
            working::joined(caller, &thing("group_membership", common, row)?).await.map(Became::Made)
        }
        JobSort::DeleteGroupMemberships => {
            let id = number(row)?;
            working::left(caller, id).await.map(|()| Became::Deleted(id))
        }
    }
}

fn number(row: &Value) -> Result<i64, Problem> {
    read::<Row>(row)?.id.ok_or_else(|| Problem::bad_body("id says which"))
}

async fn create_ticket(caller: &Caller, sent: &sent::TicketSent) -> Result<Became, Problem> {
    let new = Box::new(change::new_ticket(caller, sent).await?);
    let receipt = caller.wrote(caller.once(Deed::CreateTicket(new)).await)?;
    receipt.outcome.ticket.map(|id| Became::Made(id.0)).ok_or_else(Problem::unavailable)
}

async fn update_ticket(caller: &Caller, sent: &sent::TicketSent, row: &Value) -> Result<Became, Problem> {
    let id = number(row)?;
    let key = caller.key("change");
    // What was done is not looked at anew: the ticket is another by it.
    if caller.say(caller.client.done_under(&key).await)?.is_none() {
        write::change(caller, id, sent, |_| key.clone()).await?;
    }
    Ok(Became::Updated(id))
}

async fn remove(caller: &Caller, row: &Value, how: fn(TicketId) -> Removal) -> Result<Became, Problem> {
    let id = number(row)?;
    caller.act(Deed::Removal(how(TicketId(id)))).await?;
    Ok(Became::Deleted(id))
}

async fn merge(caller: &Caller, merge: &Merge, row: &Value) -> Result<Became, Problem> {
    let (source, target) = (number(row)?, merge.target);
    let said = |sent: &Option<String>, public: bool, word: &str, number: i64| {
        let own = sent.clone().filter(|text| !text.trim().is_empty());
        let body = own.unwrap_or_else(|| caller.words().say(word, args![number = number.to_string()]));
        let visibility = if public { Visibility::Public } else { Visibility::Internal };
        NewComment { visibility, body, uploads: Vec::new() }
    };
    let deed = Deed::Merge {
        source: TicketId(source),
        target: TicketId(target),
        source_comment: said(&merge.source_comment, merge.source_comment_is_public, "cli-merge-closing", target),
        target_comment: said(&merge.target_comment, merge.target_comment_is_public, "cli-merge-going-on", source),
    };
    caller.act(deed).await?;
    Ok(Became::Merged(source))
}

/// Whom a row names, by their number here or elsewhere.
async fn person(caller: &Caller, row: &Value) -> Result<crate::domain::person::Person, Problem> {
    let row: Row = read(row)?;
    match (row.id, row.external_id) {
        (Some(id), _) => users::found(caller, id).await,
        (None, Some(id)) => {
            users::by_external_ids(caller, vec![id]).await?.into_iter().next().ok_or_else(Problem::not_found)
        }
        (None, None) => Err(Problem::bad_body("id or external_id says who")),
    }
}

async fn update_user(caller: &Caller, user: &sent::User, row: &Value) -> Result<Became, Problem> {
    let looking = Looking::any(caller).await?;
    let person = person(caller, row).await?;
    people::changed(caller, &looking, &person, user).await?;
    Ok(Became::Updated(person.id.0))
}

async fn create_or_update_user(caller: &Caller, user: &sent::User) -> Result<Became, Problem> {
    let looking = Looking::staff(caller).await?;
    match people::known(caller, user).await? {
        Some(person) => {
            people::changed(caller, &looking, &person, user).await?;
            // Whom this row itself has made is new, also when it is tried again.
            let made = caller.say(caller.client.done_under(&caller.key("make")).await)?.is_some();
            Ok(if made { Became::Made(person.id.0) } else { Became::Updated(person.id.0) })
        }
        None => people::made(caller, &looking, user).await.map(|id| Became::Made(id.0)),
    }
}

async fn update_organization(caller: &Caller, wanted: &sent::Organization, row: &Value) -> Result<Became, Problem> {
    caller.staff().await?;
    let id = OrganizationId(number(row)?);
    caller.say(caller.client.organization(OrganizationRef::Id(id)).await)?;
    organizations::changed(caller, id, wanted).await?;
    Ok(Became::Updated(id.0))
}
