use super::plan::Ids;
use super::{KINDS, Plan};
use crate::client;
use crate::domain::account::Account;
use crate::domain::audience::Viewer;
use crate::domain::id::{KindId, PersonId};
use crate::domain::person::Person;
use crate::domain::time::{Span, Timestamp};
use crate::store::bulk::Bulk;
use crate::store::{Clock, Error, Fault, FaultKind, Founding, Store};
use std::sync::Arc;

/// Before its first ticket: when a made-up account began.
const BEGAN: Span = Span::days(-740);

/// Founds a new store and writes a plan into it; tells how many tickets there are from time to time. False when there
/// is an account already, which stays as it is.
///
/// # Errors
/// It could not be written.
pub async fn make(url: &str, plan: &Plan, now: Timestamp, tell: &(dyn Fn(u64) + Sync)) -> Result<bool, client::Error> {
    let began = now + BEGAN;
    let store = match found(url, plan, began).await {
        Ok(store) => store,
        Err(Error::Fault(fault)) if fault.kind == FaultKind::Taken => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let filled = fill(&store, plan, began, tell).await;
    store.close().await;
    filled?;
    Ok(true)
}

async fn fill(store: &Store, plan: &Plan, began: Timestamp, tell: &(dyn Fn(u64) + Sync)) -> Result<(), Error> {
    let owner = owner(store).await?;
    let mut bulk = Bulk::begin(store, &owner, began).await?;
    let mut ids = Ids {
        groups: bulk.facts().settings.default_group.into_iter().collect(),
        people: vec![owner.id],
        organizations: bulk.organizations(plan.organizations.clone()).await?,
        kinds: kinds(&bulk)?,
    };
    ids.groups.extend(bulk.groups(plan.groups.iter().skip(1).cloned().collect()).await?);
    let people = plan.people.iter().skip(1).map(|person| person.new_person(&ids)).collect();
    ids.people.extend(bulk.people(people).await?);
    bulk.tickets(plan.tickets(&ids), tell)?;
    bulk.end().await
}

async fn found(url: &str, plan: &Plan, began: Timestamp) -> Result<Store, Error> {
    let nobody = || Fault::new(FaultKind::Other, "the plan has no founder with an address");
    let founder = plan.people.first().ok_or_else(nobody)?;
    let founding = Founding {
        account: Account { name: plan.name.clone(), url: None },
        owner: founder.name.clone(),
        email: founder.email.clone().ok_or_else(nobody)?,
        language: plan.language.clone(),
    };
    let clock: Clock = Arc::new(move || began);
    Store::found(url, founding, &clock).await
}

/// The founder is the first person of an account.
async fn owner(store: &Store) -> Result<Person, Fault> {
    let id = PersonId(1);
    let viewer = Viewer::admin(id);
    let found = store.people_by_ids(&viewer, &[id]).await?;
    found.into_iter().next().ok_or_else(|| Fault::new(FaultKind::Damaged, "a new account has no owner"))
}

fn kinds(bulk: &Bulk) -> Result<[KindId; KINDS.len()], Fault> {
    let mut ids = [KindId(0); KINDS.len()];
    for (id, slug) in ids.iter_mut().zip(KINDS) {
        let kind = bulk.facts().setup.kinds.values().find(|kind| kind.slug == slug);
        *id = kind.ok_or_else(|| Fault::new(FaultKind::Damaged, format!("a new account lacks the kind {slug}")))?.id;
    }
    Ok(ids)
}
