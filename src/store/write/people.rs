//! People, organizations, groups and the account as they are now.

use super::Writing;
use super::rows::places;
use crate::domain::account::Group;
use crate::domain::decide::{Anew, Decision};
use crate::domain::event::{Chain, Event};
use crate::domain::setup::ItemKind;
use crate::domain::time::Timestamp;
use crate::store::account::write_settings;
use crate::store::dialect::Value;
use crate::store::{person, setup};

impl Writing {
    /// The records of a decision. Organizations come first, for people refer to them.
    pub(super) fn people(&mut self, decision: &Decision) {
        let at = decided_at(decision);
        for organization in &decision.organizations {
            let values = person::organization_values(organization, at);
            self.upsert("organizations", person::ORGANIZATION_COLUMNS, values);
            self.first
                .push("DELETE FROM organization_domains WHERE organization_id = $1", vec![organization.id.0.into()]);
            for domain in &organization.domains {
                self.first.push(
                    "INSERT INTO organization_domains (domain, organization_id) VALUES ($1, $2)",
                    vec![domain.as_str().into(), organization.id.0.into()],
                );
            }
            person::keep_organization_words(&mut self.first, self.dialect, organization);
            person::keep_organization_fields(&mut self.first, organization.id, &organization.fields);
        }
        for group in &decision.groups {
            self.group(group, at);
        }
        if let Some(group) = decision.group_deleted {
            setup::push_delete_group(&mut self.first, group);
        }
        if let Some(organization) = decision.organization_deleted {
            person::delete_organization(&mut self.first, organization);
        }
        for one in &decision.people {
            self.upsert("people", person::COLUMNS, person::values(one, at));
            person::keep_words(&mut self.first, self.dialect, one);
            person::keep_fields(&mut self.first, one.id, &one.fields);
        }
        if let Some(account) = &decision.account {
            self.first.push(
                "UPDATE account SET name = $1, url = $2",
                vec![account.name.as_str().into(), account.url.clone().into()],
            );
        }
        if let Some(settings) = &decision.settings {
            self.first.push("UPDATE account SET settings = $1", vec![write_settings(settings).into()]);
        }
        for item in &decision.items.set {
            setup::push_set(&mut self.first, item, at);
        }
        for key in &decision.items.deleted {
            setup::push_delete(&mut self.first, *key);
        }
        let items = !decision.items.set.is_empty() || !decision.items.deleted.is_empty();
        // What happens by itself, and when, depends on both.
        let timed = [ItemKind::Automation, ItemKind::Schedule];
        if decision.items.set.iter().any(|item| timed.contains(&item.kind()))
            || decision.items.deleted.iter().any(|key| timed.contains(&key.kind))
        {
            self.first.push("UPDATE account SET looked_at_until = 0", Vec::new());
        }
        // The scheduler looks at them next, and finds when they are due.
        for (whose, at) in &decision.anew {
            let (column, id) = match whose {
                Anew::Requester(id) => ("requester_id", id.0),
                Anew::Organization(id) => ("organization_id", id.0),
            };
            self.first.push(
                format!(
                    "UPDATE tickets SET next_at = $2, claimed_until = NULL WHERE {column} = $1 AND status < 5 AND coalesce(next_at, $2 + 1) > $2"
                ),
                vec![id.into(), at.0.into()],
            );
        }
        let belonging = decision.organization_deleted.is_some();
        let groups = !decision.groups.is_empty() || decision.group_deleted.is_some();
        let common = items || groups || decision.account.is_some() || decision.settings.is_some();
        if common || belonging || staff_changes(decision) {
            self.first.push("UPDATE account SET revision = revision + 1", Vec::new());
        }
    }

    fn group(&mut self, group: &Group, at: Timestamp) {
        self.first.push(
            "INSERT INTO agent_groups (id, name, folded, description, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (id) DO UPDATE SET name = excluded.name, \
             folded = excluded.folded, description = excluded.description, updated_at = excluded.updated_at",
            vec![
                group.id.0.into(),
                group.name.as_str().into(),
                person::folded(&group.name).into(),
                group.description.clone().into(),
                at.0.into(),
            ],
        );
    }

    fn upsert(&mut self, table: &str, columns: &str, values: Vec<Value>) {
        let renewed: Vec<String> =
            columns.split(", ").skip(1).map(|column| format!("{column} = excluded.{column}")).collect();
        let sql = format!(
            "INSERT INTO {table} ({columns}) VALUES {} ON CONFLICT (id) DO UPDATE SET {}",
            places(1, values.len()),
            renewed.join(", ")
        );
        self.first.push(sql, values);
    }
}

/// When what is different became so: it has its moment in the account's history.
fn decided_at(decision: &Decision) -> Timestamp {
    let own = decision.entries.iter().filter(|entry| entry.chain == Chain::Account);
    let any = || decision.entries.iter().map(|entry| entry.at).max();
    own.map(|entry| entry.at).max().or_else(any).unwrap_or(Timestamp(0))
}

/// Whether those change who work tickets: whoever becomes different may have been one of them.
fn staff_changes(decision: &Decision) -> bool {
    let events = decision.entries.iter().flat_map(|entry| &entry.events);
    let changed = events.into_iter().any(|event| matches!(event, Event::PersonChanged { .. }));
    changed || decision.people.iter().any(|person| person.role.is_staff())
}
