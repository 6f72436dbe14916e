//! What can be wanted beside people.

use super::Looking;
use crate::client::listed::{OrganizationFilter, Part, Spot};
use crate::client::{Client as _, Source};
use crate::domain::id::OrganizationId;
use crate::domain::person::Person;
use crate::server::ask::Ask;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::wire::{Group, Identity, Organization};
use serde_json::{Map, Value, json};

/// So many lists are counted at once.
const AT_ONCE: usize = 50;

/// What `include` names; what it cannot name is left alone.
pub(super) async fn of(
    caller: &Caller,
    looking: &Looking,
    ask: &Ask,
    people: &[Person],
) -> Result<Map<String, Value>, Problem> {
    let mut beside = Map::new();
    for name in ask.include() {
        let value = match name.as_str() {
            "organizations" => organizations(caller, looking, people.iter().filter_map(|one| one.organization)).await?,
            "groups" => {
                let groups = looking.session.groups.iter();
                let theirs = groups.filter(|group| people.iter().any(|one| one.groups.contains(&group.id)));
                let default = looking.session.settings.default_group;
                json!(theirs.map(|one| Group::of(one, default == Some(one.id), &looking.place)).collect::<Vec<_>>())
            }
            "identities" => {
                json!(people.iter().filter_map(|one| Identity::of(one, &looking.place)).collect::<Vec<_>>())
            }
            "open_ticket_count" => open_tickets(caller, people).await?,
            _ => continue,
        };
        beside.insert(name, value);
    }
    Ok(beside)
}

/// Organizations by their numbers, as far as the one who asks may know them.
pub(in crate::server) async fn organizations(
    caller: &Caller,
    looking: &Looking,
    ids: impl IntoIterator<Item = OrganizationId>,
) -> Result<Value, Problem> {
    let mut ids: Vec<OrganizationId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let which = OrganizationFilter { ids: Some(ids), ..OrganizationFilter::default() };
    let part = Part { spot: Spot::Skip(0), descending: false, limit: 100 };
    let found = caller.say(caller.client.organizations_listed(&which, part).await)?;
    Ok(found.rows.iter().map(|one| json!(Organization::of(one, &looking.place))).collect())
}

/// How many tickets each of them has that are not solved, by their number as a text.
async fn open_tickets(caller: &Caller, people: &[Person]) -> Result<Value, Problem> {
    let mut counted = Map::new();
    for some in people.chunks(AT_ONCE) {
        let sources = some.iter().map(|one| Source::Search(format!("requester:{} status<solved", one.id)));
        let counts = caller.say(caller.client.counts(sources.collect()).await)?;
        let named = some.iter().zip(counts).map(|(one, count)| (one.id.to_string(), json!(count.value)));
        counted.extend(named);
    }
    Ok(Value::Object(counted))
}
