//! Macros, views and rules as they are listed, and what a macro would do.

use super::Zendesk;
use super::known::Known;
use super::query::of_condition;
use super::setup::{held, owner};
use super::ticket::{named, ticket};
use crate::client::{Applied, AppliedAll, Capability, Count, Error, Page};
use crate::domain::act::{Change, OrganizationRef};
use crate::domain::case::TicketType;
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::condition::Condition;
use crate::domain::field::Value;
use crate::domain::id::{FieldId, GroupId, KindId, OrganizationId, PersonId, RuleId, StatusId, TicketId};
use crate::domain::person::EmailAddress;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::rule::{Automation, Macro, Trigger};
use crate::domain::setup::{Directory, Item, ItemKind, Mentions, Refers};
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::domain::view::{Sort, View};
use crate::wire::Time;
use crate::wire::received::{Row, said};
use crate::wire::rules::{Action, Conditions, read_actions, read_sort};
use std::collections::{BTreeMap, BTreeSet};

impl Zendesk {
    pub(super) async fn read_items(&self, kind: ItemKind) -> Result<Vec<Item>, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return Err(Error::Denied);
        }
        let session = &known.session;
        let path = match kind {
            ItemKind::Field => return Ok(session.fields.values().cloned().map(Item::Field).collect()),
            ItemKind::Kind => return Ok(session.kinds.iter().cloned().map(Item::Kind).collect()),
            ItemKind::Status => return Ok(session.statuses.values().cloned().map(Item::Status).collect()),
            ItemKind::View => "views",
            ItemKind::Macro => "macros",
            ItemKind::Trigger => "triggers",
            ItemKind::Automation => "automations",
            ItemKind::Text | ItemKind::Webhook | ItemKind::Schedule => {
                return Err(Error::NotHere(Capability::SetUp));
            }
        };
        let rows = self.api.all(path, path).await?;
        Ok(rows.iter().filter_map(|row| item(Row(row), kind, &known)).collect())
    }

    /// The names of what documents refer to.
    pub(super) async fn read_directory(&self, mentions: Mentions) -> Result<Directory, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return Err(Error::Denied);
        }
        let mut directory = known.directory.clone();
        let of = |what: Refers| mentions.ids.iter().filter(move |(one, _)| *one == what).map(|(_, id)| *id);
        let people: Vec<PersonId> = of(Refers::Person).map(PersonId).collect();
        let mut found = if people.is_empty() { Vec::new() } else { self.with_ids(&people, &known).await? };
        for (_, address) in mentions.names.iter().filter(|(what, _)| *what == Refers::Person) {
            if let Ok(email) = EmailAddress::parse(address) {
                found.extend(self.with_address(&email, &known).await?);
            }
        }
        for one in &found {
            directory.add(Refers::Person, one.id.0, one.email.as_ref().map_or(one.name.as_str(), EmailAddress::as_str));
        }
        let known_by = of(Refers::Organization).map(|id| OrganizationRef::Id(OrganizationId(id)));
        let named = mentions.names.iter().filter(|(what, _)| *what == Refers::Organization);
        let all: Vec<OrganizationRef> =
            known_by.chain(named.map(|(_, name)| OrganizationRef::Name(name.clone()))).collect();
        for which in all {
            match self.find_organization(which).await {
                Ok(one) => directory.add(Refers::Organization, one.id.0, &one.name),
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(directory)
    }

    /// How many tickets a condition is true of, and the latest of them, as far as a search can say it.
    pub(super) async fn find_matching(&self, when: &Condition, limit: u32) -> Result<(Count, Page<Ticket>), Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return Err(Error::Denied);
        }
        let text = of_condition(when, &known)?;
        let path = format!(
            "search?query={}&sort_by=updated_at&sort_order=desc&page=1&per_page={}",
            super::api::encoded(format!("type:ticket {text}").trim()),
            limit.clamp(1, 100)
        );
        let body = self.api.get(&path).await?;
        let rows: Vec<Ticket> = Row(&body).list("results").filter_map(|row| ticket(row, &known)).collect();
        let value = Row(&body).int("count").and_then(|count| u64::try_from(count).ok()).unwrap_or_default();
        let (people, organizations) = named(&rows);
        let names = self.names(Row(&body), people, organizations, &known).await?;
        Ok((Count { value, or_more: false }, Page::new(rows, names, None)))
    }

    /// What a macro would do: the account fills it in, and nothing is done.
    pub(super) async fn apply_macro(&self, tickets: Vec<TicketId>, which: RuleId) -> Result<AppliedAll, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return Err(Error::Denied);
        }
        let body = self.api.try_get(&format!("macros/{which}")).await?;
        let body = body.ok_or(Refusal::NotFound(Thing::Item(ItemKind::Macro)))?;
        let title = Row(&body).get("macro").words("title");
        let mut all = AppliedAll { title, rows: Vec::new(), ..AppliedAll::default() };
        for id in tickets {
            let before = self.show(id, &known).await?;
            let body = self.api.get(&format!("tickets/{id}/macros/{which}/apply")).await?;
            let after = Row(&body).get("result").get("ticket");
            let change = difference(&before, after, &known);
            let comment = comment(after.get("comment"), &before);
            all.rows.push(Applied {
                ticket: id,
                subject: before.subject.clone(),
                version: before.version,
                change,
                comment,
                events: Ok(Vec::new()),
            });
        }
        Ok(all)
    }
}

/// What a macro says; with nothing said there is no comment.
fn comment(row: Row<'_>, before: &Ticket) -> Option<NewComment> {
    let body = said(row);
    let public = row.flag("public").unwrap_or(before.is_public());
    let visibility = if public { Visibility::Public } else { Visibility::Internal };
    (!body.trim().is_empty()).then(|| NewComment { visibility, body, uploads: Vec::new() })
}

/// What becomes different of a ticket, by how it would be: what is not said stays.
fn difference(before: &Ticket, after: Row<'_>, known: &Known) -> Change {
    let given = |key: &str| after.0.get(key).is_some();
    let id = |key: &str| after.int(key);
    let tags: BTreeSet<Tag> = after.texts("tags").iter().filter_map(|tag| Tag::parse(tag).ok()).collect();
    let tags = if given("tags") { tags } else { before.tags.clone() };
    let status = after.text("status").and_then(Status::parse).filter(|status| *status != before.status());
    let priority = given("priority").then(|| after.text("priority").and_then(Priority::parse));
    let kind = id("ticket_form_id").map(KindId).filter(|kind| Some(*kind) != before.kind);
    let sort = given("type").then(|| after.text("type").and_then(TicketType::parse));
    let due = given("due_at").then(|| after.text("due_at").and_then(Time::parse).map(|time| time.0));
    let people = |key: &str| after.ints(key).map(PersonId).collect::<BTreeSet<_>>();
    Change {
        subject: after.filled("subject").filter(|subject| *subject != before.subject).map(str::to_owned),
        status,
        priority: priority.filter(|one| *one != before.priority),
        kind,
        ticket_type: sort.filter(|one| *one != before.ticket_type),
        assignee: given("assignee_id").then(|| id("assignee_id").map(PersonId)).filter(|one| *one != before.assignee),
        group: given("group_id").then(|| id("group_id").map(GroupId)).filter(|one| *one != before.group),
        add_tags: tags.difference(&before.tags).cloned().collect(),
        remove_tags: before.tags.difference(&tags).cloned().collect(),
        add_followers: people("follower_ids").difference(&before.followers).copied().collect(),
        due_at: due.filter(|one| *one != before.due_at),
        custom_status: id("custom_status_id")
            .map(StatusId)
            .filter(|id| known.session.statuses.contains_key(id) && Some(*id) != before.custom_status),
        fields: fields(before, after, known),
        ..Change::default()
    }
}

fn fields(before: &Ticket, after: Row<'_>, known: &Known) -> BTreeMap<FieldId, String> {
    let rows = if after.get("custom_fields").is_nothing() { after.get("fields") } else { after.get("custom_fields") };
    let one = |row: Row<'_>| {
        let field = known.session.fields.get(&FieldId(row.int("id")?))?;
        let value = held(field, row.get("value").0);
        let same = value.as_ref() == before.fields.get(&field.id);
        (!same).then(|| (field.id, value.as_ref().map_or_else(String::new, Value::written)))
    };
    rows.items().filter_map(one).collect()
}

/// A rule, macro or view. What it says that ours has no words for is left out of what is shown of it: it is not changed
/// from here.
fn item(row: Row<'_>, kind: ItemKind, known: &Known) -> Option<Item> {
    let id = RuleId(row.int("id")?);
    let title = row.words("title");
    let description = row.words("description");
    let active = row.flag("active").unwrap_or(true);
    let position = row.int("position").unwrap_or_default();
    let owner = owner(row.get("restriction"));
    let when = || {
        let all: Option<Conditions> = serde_json::from_value(row.get("conditions").0.clone()).ok();
        all.and_then(|all| all.read(&known.directory).ok()).unwrap_or(Condition::EVERYTHING)
    };
    let then = || {
        let rows = row.list("actions").filter_map(|one| serde_json::from_value::<Action>(one.0.clone()).ok());
        rows.filter_map(|one| read_actions(&[one], &known.directory).ok()).flatten().collect()
    };
    Some(match kind {
        ItemKind::Macro => Item::Macro(Macro { id, title, description, active, position, owner, then: then() }),
        ItemKind::Trigger => {
            Item::Trigger(Trigger { id, title, description, active, position, when: when(), then: then() })
        }
        ItemKind::Automation => {
            let (slug, once) = (row.words("slug"), row.flag("once").unwrap_or_default());
            let (when, then) = (when(), then());
            Item::Automation(Automation { id, slug, title, description, active, position, when, then, once })
        }
        ItemKind::View => {
            let shown = super::setup::view(row)?;
            let execution = row.get("execution");
            let by = execution.text("sort_by").and_then(read_sort).unwrap_or(Sort::LATEST.by);
            let sort = Sort { by, descending: execution.text("sort_order") != Some("asc") };
            Item::View(View {
                id,
                slug: shown.slug,
                title: Some(title),
                description,
                active,
                position,
                owner,
                when: when(),
                sort,
                group_by: shown.group_by,
                columns: shown.columns,
            })
        }
        _ => return None,
    })
}
