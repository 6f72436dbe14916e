//! Events from JSON.

use super::{REDACTED, person, removal, setting};
use crate::domain::comment::{Channel, Comment, Visibility};
use crate::domain::event::{Created, Event, Skipped};
use crate::domain::field::Value;
use crate::domain::id::{
    CommentId, FieldId, GroupId, KindId, OrganizationId, PersonId, RuleId, StatusId, TextId, TicketId, WebhookId,
};
use crate::domain::notice::{Addressee, HeldBack, NoticeRef};
use crate::domain::person::{EmailAddress, Role};
use crate::domain::refusal::Field;
use crate::domain::rule::{RuleRef, RuleSort};
use crate::domain::setup::{ItemKey, ItemKind};
use crate::domain::status::{Priority, State, Status};
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use crate::store::fault::{Fault, FaultKind};
use crate::store::field::read_value;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// What belongs into the events of an audit but is not in their JSON.
#[derive(Debug, Default)]
pub(in crate::store) struct Said {
    /// The audit's texts by their places.
    pub(in crate::store) texts: BTreeMap<i64, String>,
    /// Comments by their numbers.
    pub(in crate::store) comments: BTreeMap<CommentId, Comment>,
}

/// The longest name of an event, in bytes.
const MOST_NAME: usize = 40;

/// The part of an event that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Broken(pub(in crate::store) &'static str);

/// The events of an audit. A text that has been erased is empty.
pub(in crate::store) fn read(text: &str, said: &Said) -> Result<Vec<Event>, Broken> {
    let json: Vec<Json> = serde_json::from_str(text).map_err(|_| Broken("json"))?;
    json.iter().map(|json| Reading { json, said }.event()).collect()
}

pub(super) struct Reading<'a> {
    pub(super) json: &'a Json,
    said: &'a Said,
}

impl Reading<'_> {
    fn event(&self) -> Result<Event, Broken> {
        Ok(match self.name("event")? {
            "created" => Event::Created(Box::new(self.created()?)),
            "commented" => Event::Commented(Box::new(self.commented()?)),
            "made_internal" => Event::MadeInternal(CommentId(self.number("comment")?)),
            "visibility" => Event::VisibilityChanged(self.visibility()?),
            "subject" => Event::SubjectChanged { from: self.text("from")?, to: self.text("to")? },
            "status" => Event::StatusChanged { from: self.status("from")?, to: self.status("to")? },
            "priority" => Event::PriorityChanged { from: self.priority("from")?, to: self.priority("to")? },
            "kind" => Event::KindChanged { from: self.maybe("from").map(KindId), to: self.maybe("to").map(KindId) },
            "assignee" => {
                Event::AssigneeChanged { from: self.maybe("from").map(PersonId), to: self.maybe("to").map(PersonId) }
            }
            "group" => Event::GroupChanged { from: self.maybe("from").map(GroupId), to: self.maybe("to").map(GroupId) },
            "requester" => {
                Event::RequesterChanged { from: PersonId(self.number("from")?), to: PersonId(self.number("to")?) }
            }
            "organization" => Event::OrganizationChanged {
                from: self.maybe("from").map(OrganizationId),
                to: self.maybe("to").map(OrganizationId),
            },
            "tags" => Event::TagsChanged { added: self.tags("added")?, removed: self.tags("removed")? },
            "ccs" => Event::CcsChanged { added: self.people("added")?, removed: self.people("removed")? },
            "followers" => Event::FollowersChanged { added: self.people("added")?, removed: self.people("removed")? },
            "due" => Event::DueChanged { from: self.maybe("from").map(Timestamp), to: self.maybe("to").map(Timestamp) },
            "custom_status" => Event::CustomStatusChanged {
                from: self.maybe("from").map(StatusId),
                to: self.maybe("to").map(StatusId),
            },
            "field" => Event::FieldChanged {
                field: FieldId(self.number("field")?),
                from: self.held(&self.json["from"])?,
                to: self.held(&self.json["to"])?,
            },
            "request" => Event::RequestChanged,
            "rule_marked" => Event::RuleMarked(RuleId(self.number("rule")?)),
            "action_skipped" => Event::ActionSkipped {
                action: self.text("action")?,
                why: Skipped::parse(self.name("why")?).ok_or(Broken("why"))?,
            },
            "called" => {
                Event::Called { rule: RuleId(self.number("rule")?), webhook: WebhookId(self.number("webhook")?) }
            }
            // Before timers were automations.
            "timer" => Event::RuleRan(Self::timer(self.name("timer")?)),
            "reminded" => Event::RuleRan(Self::timer("remind")),
            "rule" => Event::RuleRan(RuleRef {
                sort: RuleSort::parse(self.name("sort")?).ok_or(Broken("sort"))?,
                id: RuleId(self.number("rule")?),
                title: self.name("title")?.to_owned(),
            }),
            "unfilled" => Event::Unfilled(FieldId(self.number("field")?)),
            "rules_stopped" => {
                Event::RulesStopped { rounds: u32::try_from(self.number("rounds")?).map_err(|_| Broken("rounds"))? }
            }
            "notified" => Event::Notified(self.notice()?),
            "held_back" => Event::HeldBack {
                notice: self.notice()?,
                why: HeldBack::parse(self.name("why")?).ok_or(Broken("why"))?,
            },
            "merged_into" => Event::MergedInto(TicketId(self.number("ticket")?)),
            "merged_from" => Event::MergedFrom(TicketId(self.number("ticket")?)),
            "followed_up" => Event::FollowedUp(TicketId(self.number("ticket")?)),
            _ => match self.case()? {
                Some(event) => Event::Case(event),
                None => return self.account_event(),
            },
        })
    }

    fn account_event(&self) -> Result<Event, Broken> {
        Ok(match self.name("event")? {
            "founded" => Event::Founded,
            "person_created" => Event::PersonCreated {
                person: PersonId(self.number("person")?),
                role: Role::parse(self.name("role")?).ok_or(Broken("role"))?,
            },
            "person_changed" => {
                Event::PersonChanged { person: PersonId(self.number("person")?), fields: self.fields()? }
            }
            "organization_created" => Event::OrganizationCreated(OrganizationId(self.number("organization")?)),
            "organization_changed" => Event::OrganizationChangedIn {
                organization: OrganizationId(self.number("organization")?),
                fields: self.fields()?,
            },
            "organization_deleted" => Event::OrganizationDeleted {
                organization: OrganizationId(self.number("organization")?),
                name: self.name("name")?.to_owned(),
            },
            "group_created" => Event::GroupCreated(GroupId(self.number("group")?)),
            "group_renamed" => Event::GroupRenamed(GroupId(self.number("group")?)),
            "group_deleted" => {
                Event::GroupDeleted { group: GroupId(self.number("group")?), name: self.name("name")?.to_owned() }
            }
            "item_set" => {
                Event::ItemSet { item: self.item()?, name: self.name("name")?.to_owned(), keys: self.keys()? }
            }
            "item_deleted" => Event::ItemDeleted { item: self.item()?, name: self.name("name")?.to_owned() },
            "items_ordered" => Event::ItemsOrdered(self.item_kind()?),
            "setting" => Event::SettingChanged(setting::read(self.json)?),
            _ => return self.rare_event(),
        })
    }

    fn rare_event(&self) -> Result<Event, Broken> {
        let said = self.maybe("comment").and_then(|id| self.said.comments.get(&CommentId(id)));
        if let Some(removed) = removal::read(self.json, said) {
            return Ok(Event::Removal(removed));
        }
        if let Some(mail) = removal::read_mail(self.json) {
            return Ok(Event::Mail(mail));
        }
        if let Some(person) = person::read(self.json) {
            return Ok(Event::Person(person?));
        }
        // A newer program has been here: a name is short and plain, anything else is damage.
        let name = self.name("event")?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
        let is_name = (1..=MOST_NAME).contains(&name.len()) && name.bytes().all(plain);
        if is_name { Ok(Event::Unknown(name.to_owned())) } else { Err(Broken("event")) }
    }

    fn created(&self) -> Result<Created, Broken> {
        let since = Timestamp(self.maybe("since").unwrap_or_default());
        let state = State::entered(self.status("status")?, since);
        Ok(Created {
            id: TicketId(self.number("ticket")?),
            subject: self.text("subject")?,
            kind: self.maybe("kind").map(KindId),
            ticket_type: self.ticket_type("type")?,
            problem: self.maybe("problem").map(TicketId),
            state,
            priority: self.priority("priority")?,
            requester: PersonId(self.number("requester")?),
            submitter: PersonId(self.number("submitter")?),
            assignee: self.maybe("assignee").map(PersonId),
            group: self.maybe("group").map(GroupId),
            organization: self.maybe("organization").map(OrganizationId),
            tags: self.tags("tags")?,
            ccs: self.people("ccs")?,
            followers: self.people("followers")?,
            due_at: self.maybe("due").map(Timestamp),
            custom_status: self.maybe("custom_status").map(StatusId),
            fields: self.held_all()?,
            visibility: self.visibility()?,
            via: Channel::parse(self.name("via")?).ok_or(Broken("via"))?,
            external_id: self.json["external"].as_str().map(str::to_owned),
            follow_up_of: self.maybe("follow_up_of").map(TicketId),
        })
    }

    /// The comment as it was said: what became of it later is told by later events.
    fn commented(&self) -> Result<Comment, Broken> {
        let id = CommentId(self.number("comment")?);
        let mut comment = self.said.comments.get(&id).cloned().ok_or(Broken("comment"))?;
        comment.visibility = self.visibility()?;
        comment.frozen = false;
        Ok(comment)
    }

    fn timer(name: &str) -> RuleRef {
        RuleRef { sort: RuleSort::Automation, id: RuleId(0), title: name.to_owned() }
    }

    fn notice(&self) -> Result<NoticeRef, Broken> {
        let to = &self.json["to"];
        // Where texts were erased, addresses went with them.
        let written = |text: String| if text.is_empty() { "erased@erased.invalid".to_owned() } else { text };
        let address = || self.text_at(&to["address"]).and_then(|text| EmailAddress::parse(&written(text)).ok());
        let to = to["person"].as_i64().map(|id| Addressee::Person(PersonId(id)));
        Ok(NoticeRef {
            rule: RuleId(self.number("rule")?),
            text: TextId(self.number("text")?),
            to: to.or_else(|| address().map(Addressee::Address)).ok_or(Broken("to"))?,
        })
    }

    fn item_kind(&self) -> Result<ItemKind, Broken> {
        ItemKind::parse(self.name("kind")?).ok_or(Broken("kind"))
    }

    fn item(&self) -> Result<ItemKey, Broken> {
        Ok(ItemKey { kind: self.item_kind()?, id: self.number("item")? })
    }

    fn keys(&self) -> Result<BTreeSet<String>, Broken> {
        let key = |json: &Json| json.as_str().map(str::to_owned).ok_or(Broken("keys"));
        self.list("keys")?.iter().map(key).collect()
    }

    pub(super) fn name(&self, key: &'static str) -> Result<&str, Broken> {
        self.json[key].as_str().ok_or(Broken(key))
    }

    pub(super) fn number(&self, key: &'static str) -> Result<i64, Broken> {
        self.json[key].as_i64().ok_or(Broken(key))
    }

    pub(super) fn maybe(&self, key: &'static str) -> Option<i64> {
        self.json[key].as_i64()
    }

    fn text(&self, key: &'static str) -> Result<String, Broken> {
        self.text_at(&self.json[key]).ok_or(Broken(key))
    }

    pub(super) fn text_at(&self, json: &Json) -> Option<String> {
        let place = json["place"].as_i64()?;
        Some(self.said.texts.get(&place).cloned().unwrap_or_default())
    }

    /// What a field held.
    fn held(&self, json: &Json) -> Result<Option<Value>, Broken> {
        if json.is_null() {
            return Ok(None);
        }
        let text = json.get("text").map(|text| self.text_at(text).map(Value::Text));
        text.unwrap_or_else(|| read_value(json)).map(Some).ok_or(Broken("value"))
    }

    fn held_all(&self) -> Result<BTreeMap<FieldId, Value>, Broken> {
        let none = serde_json::Map::new();
        let mut all = BTreeMap::new();
        for (id, json) in self.json["fields"].as_object().unwrap_or(&none) {
            let id = id.parse().map(FieldId).map_err(|_| Broken("fields"))?;
            all.insert(id, self.held(json)?.ok_or(Broken("fields"))?);
        }
        Ok(all)
    }

    fn visibility(&self) -> Result<Visibility, Broken> {
        let public = self.json["public"].as_bool().ok_or(Broken("public"))?;
        Ok(if public { Visibility::Public } else { Visibility::Internal })
    }

    fn status(&self, key: &'static str) -> Result<Status, Broken> {
        Status::parse(self.name(key)?).ok_or(Broken(key))
    }

    fn priority(&self, key: &'static str) -> Result<Option<Priority>, Broken> {
        let name = self.json[key].as_str();
        name.map(|name| Priority::parse(name).ok_or(Broken(key))).transpose()
    }

    fn list(&self, key: &'static str) -> Result<&[Json], Broken> {
        self.json[key].as_array().map(Vec::as_slice).ok_or(Broken(key))
    }

    fn tags(&self, key: &'static str) -> Result<BTreeSet<Tag>, Broken> {
        let tag = |json: &Json| json.as_str().and_then(|text| Tag::parse(text).ok()).ok_or(Broken(key));
        self.list(key)?.iter().map(tag).collect()
    }

    fn people(&self, key: &'static str) -> Result<BTreeSet<PersonId>, Broken> {
        self.list(key)?.iter().map(|json| json.as_i64().map(PersonId).ok_or(Broken(key))).collect()
    }

    fn fields(&self) -> Result<BTreeSet<Field>, Broken> {
        let field = |json: &Json| field(json.as_str()?);
        self.list("fields")?.iter().map(|json| field(json).ok_or(Broken("fields"))).collect()
    }
}

fn field(name: &str) -> Option<Field> {
    Field::ALL.into_iter().find(|field| field.name() == name)
}

/// The numbers of the comments that an audit's events name.
pub(in crate::store) fn comments_of(text: &str) -> Result<Vec<i64>, Fault> {
    let json: Vec<Json> =
        serde_json::from_str(text).map_err(|error| Fault::new(FaultKind::Damaged, error.to_string()))?;
    let names = |event: &&Json| event["event"] == "commented" || REDACTED.iter().any(|name| event["event"] == *name);
    let commented = json.iter().filter(names);
    Ok(commented.filter_map(|event| event["comment"].as_i64()).collect())
}
