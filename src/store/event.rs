//! Events as JSON. The names are a format that is kept for good and hashed: they stay as they are. Texts are not in it
//! but as salted digests (D35); [`Texts`] takes them out and [`Said`] puts them back.

mod case;
mod person;
mod read;
mod removal;
#[cfg(test)]
mod round;
mod setting;

use super::fault::{Fault, FaultKind};
use super::field::write_value;
use super::ticket::visibility;
use crate::domain::comment::{Comment, Visibility};
use crate::domain::event::{Created, Event};
use crate::domain::field::Value;
use crate::domain::history::salted;
use crate::domain::id::{CommentId, GroupId, PersonId};
use crate::domain::notice::{Addressee, NoticeRef};
use crate::domain::refusal::Field;
use crate::domain::status::Priority;
use crate::domain::tag::Tag;
use crate::domain::text::hex;
pub(super) use person::{WORDS_ERASED, erased_by};
pub(super) use read::{Said, comments_of, read};
pub(super) use removal::REDACTED;
use serde_json::{Value as Json, json};
pub(super) use setting::hosts;
use std::collections::{BTreeMap, BTreeSet};

/// A salt: without it a short text could be guessed from its digest.
pub(super) type Salt = [u8; 16];

/// The texts of one audit, each with its salt and place.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) taken: Vec<(Salt, String)>,
}

/// Where salts come from, one for each text and comment.
pub(super) trait Salts {
    /// The next one; chance can fail, and then nothing is written.
    fn next(&mut self) -> Result<Salt, Fault>;
}

/// The events of one audit as JSON. `salt_of` knows the salt of each comment.
pub(super) fn write(
    events: &[Event],
    salt_of: &BTreeMap<CommentId, Salt>,
    salts: &mut dyn Salts,
    texts: &mut Texts,
) -> Result<String, Fault> {
    let mut writing = Writing { salt_of, salts, texts };
    let events = events.iter().map(|event| writing.event(event)).collect::<Result<_, _>>()?;
    Ok(Json::Array(events).to_string())
}

struct Writing<'a> {
    salt_of: &'a BTreeMap<CommentId, Salt>,
    salts: &'a mut dyn Salts,
    texts: &'a mut Texts,
}

fn group_deleted(group: GroupId, name: &str) -> Json {
    json!({ "event": "group_deleted", "group": group.0, "name": name })
}

impl Writing<'_> {
    fn text(&mut self, text: &str) -> Result<Json, Fault> {
        let salt = self.salts.next()?;
        let place = self.texts.taken.len();
        self.texts.taken.push((salt, text.to_owned()));
        Ok(json!({ "place": place, "digest": hex(&salted(&salt, text.as_bytes())) }))
    }

    /// What a field holds; a text may be personal, so it is kept apart (D35).
    fn held(&mut self, value: Option<&Value>) -> Result<Json, Fault> {
        Ok(match value {
            None => Json::Null,
            Some(Value::Text(text)) => json!({ "text": self.text(text)? }),
            Some(value) => write_value(value),
        })
    }

    /// An address may be somebody's: it is kept apart as texts are (D35).
    fn notice(&mut self, event: &str, notice: &NoticeRef) -> Result<Json, Fault> {
        let to = match &notice.to {
            Addressee::Person(id) => json!({ "person": id.0 }),
            Addressee::Address(email) => json!({ "address": self.text(email.as_str())? }),
        };
        Ok(json!({ "event": event, "rule": notice.rule.0, "text": notice.text.0, "to": to }))
    }

    fn event(&mut self, event: &Event) -> Result<Json, Fault> {
        Ok(match event {
            Event::Created(created) => self.created(created)?,
            Event::Commented(comment) => self.commented(comment)?,
            Event::MadeInternal(id) => json!({ "event": "made_internal", "comment": id.0 }),
            Event::VisibilityChanged(to) => json!({ "event": "visibility", "public": *to == Visibility::Public }),
            Event::SubjectChanged { from, to } => {
                json!({ "event": "subject", "from": self.text(from)?, "to": self.text(to)? })
            }
            Event::StatusChanged { from, to } => json!({ "event": "status", "from": from.name(), "to": to.name() }),
            Event::PriorityChanged { from, to } => {
                json!({ "event": "priority", "from": from.map(Priority::name), "to": to.map(Priority::name) })
            }
            Event::KindChanged { from, to } => changed("kind", from.map(|id| id.0), to.map(|id| id.0)),
            Event::AssigneeChanged { from, to } => changed("assignee", from.map(|id| id.0), to.map(|id| id.0)),
            Event::GroupChanged { from, to } => changed("group", from.map(|id| id.0), to.map(|id| id.0)),
            Event::RequesterChanged { from, to } => changed("requester", Some(from.0), Some(to.0)),
            Event::OrganizationChanged { from, to } => changed("organization", from.map(|id| id.0), to.map(|id| id.0)),
            Event::TagsChanged { added, removed } => {
                json!({ "event": "tags", "added": tags(added), "removed": tags(removed) })
            }
            Event::CcsChanged { added, removed } => {
                json!({ "event": "ccs", "added": people(added), "removed": people(removed) })
            }
            Event::FollowersChanged { added, removed } => {
                json!({ "event": "followers", "added": people(added), "removed": people(removed) })
            }
            Event::DueChanged { from, to } => changed("due", from.map(|at| at.0), to.map(|at| at.0)),
            Event::CustomStatusChanged { from, to } => changed("custom_status", from.map(|id| id.0), to.map(|id| id.0)),
            Event::FieldChanged { field, from, to } => {
                json!({ "event": "field", "field": field.0, "from": self.held(from.as_ref())?, "to": self.held(to.as_ref())? })
            }
            Event::RequestChanged => json!({ "event": "request" }),
            Event::RuleMarked(_)
            | Event::ActionSkipped { .. }
            | Event::Called { .. }
            | Event::RuleRan(_)
            | Event::Unfilled(_)
            | Event::RulesStopped { .. }
            | Event::Notified(_)
            | Event::HeldBack { .. } => self.of_rules(event)?,
            Event::Case(event) => self.case(event)?,
            Event::MergedInto(ticket) => json!({ "event": "merged_into", "ticket": ticket.0 }),
            Event::MergedFrom(ticket) => json!({ "event": "merged_from", "ticket": ticket.0 }),
            Event::FollowedUp(ticket) => json!({ "event": "followed_up", "ticket": ticket.0 }),
            Event::Founded => json!({ "event": "founded" }),
            Event::PersonCreated { person, role } => {
                json!({ "event": "person_created", "person": person.0, "role": role.name() })
            }
            Event::PersonChanged { person, fields } => {
                json!({ "event": "person_changed", "person": person.0, "fields": names(fields) })
            }
            Event::OrganizationCreated(id) => json!({ "event": "organization_created", "organization": id.0 }),
            Event::OrganizationChangedIn { organization, fields } => {
                json!({ "event": "organization_changed", "organization": organization.0, "fields": names(fields) })
            }
            Event::OrganizationDeleted { organization, name } => {
                json!({ "event": "organization_deleted", "organization": organization.0, "name": name })
            }
            Event::GroupCreated(id) => json!({ "event": "group_created", "group": id.0 }),
            Event::GroupRenamed(id) => json!({ "event": "group_renamed", "group": id.0 }),
            Event::Person(event) => person::write(event),
            Event::Removal(event) => removal::write(event, self.salt_of)?,
            Event::Mail(event) => removal::write_mail(*event),
            Event::GroupDeleted { group, name } => group_deleted(*group, name),
            Event::SettingChanged(setting) => setting::write(setting),
            Event::ItemSet { .. } | Event::ItemDeleted { .. } | Event::ItemsOrdered(_) | Event::Unknown(_) => {
                plain(event)
            }
        })
    }

    /// What rules did.
    fn of_rules(&mut self, event: &Event) -> Result<Json, Fault> {
        Ok(match event {
            Event::RuleMarked(rule) => json!({ "event": "rule_marked", "rule": rule.0 }),
            Event::ActionSkipped { action, why } => {
                json!({ "event": "action_skipped", "action": self.text(action)?, "why": why.name() })
            }
            Event::Called { rule, webhook } => {
                json!({ "event": "called", "rule": rule.0, "webhook": webhook.0 })
            }
            Event::RuleRan(rule) => {
                json!({ "event": "rule", "sort": rule.sort.name(), "rule": rule.id.0, "title": rule.title })
            }
            Event::Unfilled(field) => json!({ "event": "unfilled", "field": field.0 }),
            Event::RulesStopped { rounds } => json!({ "event": "rules_stopped", "rounds": rounds }),
            Event::Notified(notice) => self.notice("notified", notice)?,
            Event::HeldBack { notice, why } => {
                let mut json = self.notice("held_back", notice)?;
                json["why"] = why.name().into();
                json
            }
            // The others are not theirs.
            _ => Json::Null,
        })
    }

    fn created(&mut self, created: &Created) -> Result<Json, Fault> {
        let mut json = self.opened(created)?;
        // Left out where there is none: older histories know nothing of them.
        if let Some(id) = created.custom_status {
            json["custom_status"] = id.0.into();
        }
        if let Some(one) = created.ticket_type {
            json["type"] = one.name().into();
        }
        if let Some(id) = created.problem {
            json["problem"] = id.0.into();
        }
        for (field, value) in &created.fields {
            json["fields"][field.to_string()] = self.held(Some(value))?;
        }
        Ok(json)
    }

    fn opened(&mut self, created: &Created) -> Result<Json, Fault> {
        Ok(json!({
            "event": "created",
            "ticket": created.id.0,
            "subject": self.text(&created.subject)?,
            "kind": created.kind.map(|id| id.0),
            "status": created.state.status().name(),
            "since": created.state.since().map(|at| at.0),
            "priority": created.priority.map(Priority::name),
            "requester": created.requester.0,
            "submitter": created.submitter.0,
            "assignee": created.assignee.map(|id| id.0),
            "group": created.group.map(|id| id.0),
            "organization": created.organization.map(|id| id.0),
            "tags": tags(&created.tags),
            "ccs": people(&created.ccs),
            "followers": people(&created.followers),
            "due": created.due_at.map(|at| at.0),
            "public": created.visibility == visibility(true),
            "via": created.via.name(),
            "external": created.external_id,
            "follow_up_of": created.follow_up_of.map(|id| id.0),
        }))
    }

    fn commented(&mut self, comment: &Comment) -> Result<Json, Fault> {
        let missing = || Fault::new(FaultKind::Other, format!("comment {} has no salt", comment.id));
        let salt = self.salt_of.get(&comment.id).ok_or_else(missing)?;
        Ok(json!({
            "event": "commented",
            "comment": comment.id.0,
            "author": comment.author.0,
            "public": comment.visibility == Visibility::Public,
            "via": comment.via.name(),
            "digest": hex(&comment_digest(salt, comment)),
            "files": comment.attachments.len(),
        }))
    }
}

/// The digest of everything that was said: the text, then name, type and digest of each file.
pub(super) fn comment_digest(salt: &Salt, comment: &Comment) -> [u8; 32] {
    if comment.attachments.is_empty() {
        return salted(salt, comment.body.as_bytes());
    }
    let mut whole = comment.body.as_bytes().to_vec();
    for file in &comment.attachments {
        for part in [file.name.as_bytes(), file.content_type.as_bytes(), &file.digest] {
            whole.extend_from_slice(&(part.len() as u64).to_be_bytes());
            whole.extend_from_slice(part);
        }
    }
    salted(salt, &whole)
}

/// What has no texts of its own.
fn plain(event: &Event) -> Json {
    match event {
        Event::ItemSet { item, name, keys } => {
            json!({ "event": "item_set", "kind": item.kind.name(), "item": item.id, "name": name, "keys": keys })
        }
        Event::ItemDeleted { item, name } => {
            json!({ "event": "item_deleted", "kind": item.kind.name(), "item": item.id, "name": name })
        }
        Event::ItemsOrdered(kind) => json!({ "event": "items_ordered", "kind": kind.name() }),
        // Nobody decides it: only what is in a history already comes back.
        Event::Unknown(name) => json!({ "event": name }),
        // The others are not these.
        _ => Json::Null,
    }
}

fn changed(what: &str, from: Option<i64>, to: Option<i64>) -> Json {
    json!({ "event": what, "from": from, "to": to })
}

fn tags(tags: &BTreeSet<Tag>) -> Vec<&str> {
    tags.iter().map(Tag::as_str).collect()
}

fn people(people: &BTreeSet<PersonId>) -> Vec<i64> {
    people.iter().map(|id| id.0).collect()
}

fn names(fields: &BTreeSet<Field>) -> Vec<&'static str> {
    fields.iter().map(|field| field.name()).collect()
}
