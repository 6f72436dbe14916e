mod account;
mod case;

use super::names;
use crate::client::{Names, Session};
use crate::domain::account::{Group, Kind};
use crate::domain::act::Who;
use crate::domain::comment::{Comment, Visibility};
use crate::domain::event::{Created, Event};
use crate::domain::field::{Field as OwnField, Value};
use crate::domain::id::{FieldId, GroupId, KindId, OrganizationId, PersonId, StatusId};
use crate::domain::notice::{Addressee, NoticeRef};
use crate::domain::refusal::Field;
use crate::domain::removal::Removed;
use crate::domain::status::CustomStatus;
use crate::domain::time::Timestamp;
use crate::language::{Args, Language, Zone, args};
use std::collections::{BTreeMap, BTreeSet};

static NO_FIELDS: BTreeMap<FieldId, OwnField> = BTreeMap::new();
static NO_STATUSES: BTreeMap<StatusId, CustomStatus> = BTreeMap::new();

/// The names behind the numbers in an event.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// People and organizations.
    pub names: &'a Names,
    /// The account's groups.
    pub groups: &'a [Group],
    /// The account's kinds.
    pub kinds: &'a [Kind],
    /// The account's fields, as the reader knows them.
    pub fields: &'a BTreeMap<FieldId, OwnField>,
    /// The account's own statuses, as the reader knows them.
    pub statuses: &'a BTreeMap<StatusId, CustomStatus>,
    /// The reader's time zone.
    pub zone: Zone,
    /// What else happened by the same act: rules by their titles.
    pub beside: &'a [Event],
}

impl<'a> Known<'a> {
    /// What a session knows, with the names that came with the events.
    pub fn new(session: &'a Session, names: &'a Names, zone: Zone) -> Self {
        let Session { groups, kinds, fields, statuses, .. } = session;
        Self { names, groups, kinds, fields, statuses, zone, beside: &[] }
    }

    /// Of events that happened together: who was told something is told by which rule.
    #[must_use]
    pub const fn beside(self, beside: &'a [Event]) -> Self {
        Self { beside, ..self }
    }
}

impl<'a> From<&'a Names> for Known<'a> {
    /// Groups and kinds stay numbers, days are those of Greenwich.
    fn from(names: &'a Names) -> Self {
        Self {
            names,
            groups: &[],
            kinds: &[],
            fields: &NO_FIELDS,
            statuses: &NO_STATUSES,
            zone: Zone::utc(),
            beside: &[],
        }
    }
}

/// An event with who did it, as a sentence: `Marc Oni set the status from Open to Pending`.
pub fn happened<'a>(words: &Language, by: Who, what: &Event, known: impl Into<Known<'a>>) -> String {
    let known = known.into();
    words.say("event-by", args![who = who(words, by, known), what = event(words, what, known)])
}

/// Who did it: a person's name, or the account's own when it happened by itself.
pub fn who<'a>(words: &Language, who: Who, known: impl Into<Known<'a>>) -> String {
    match who {
        Who::Person(id) => Telling { words, known: known.into(), ahead: false }.person(id),
        Who::System => words.word("event-by-itself"),
    }
}

/// An event without who did it, for a list below their name: `set the status from Open to Pending`.
pub fn event<'a>(words: &Language, event: &Event, known: impl Into<Known<'a>>) -> String {
    Telling { words, known: known.into(), ahead: false }.event(event)
}

/// The same of what has not happened yet, after `It will` or below a heading: `add the tag printer`.
pub fn would<'a>(words: &Language, event: &Event, known: impl Into<Known<'a>>) -> String {
    Telling { words, known: known.into(), ahead: true }.event(event)
}

struct Telling<'a> {
    words: &'a Language,
    known: Known<'a>,
    /// Whether it has not happened yet.
    ahead: bool,
}

impl Telling<'_> {
    /// What is to come has words of its own where those of what was do not do.
    fn say(&self, key: &str, args: Args<'_>) -> String {
        let ahead = self.ahead.then(|| format!("will-{}", key.trim_start_matches("event-")));
        let key = ahead.as_deref().filter(|key| self.words.has(key)).unwrap_or(key);
        self.words.say(key, args)
    }

    fn word(&self, key: &str) -> String {
        self.say(key, args![])
    }

    fn event(&self, event: &Event) -> String {
        let number = |id: &dyn ToString| id.to_string();
        match event {
            Event::Created(created) => self.created(created),
            Event::Commented(comment) => self.commented(comment),
            Event::MadeInternal(_) => self.word("event-made-internal"),
            Event::VisibilityChanged(Visibility::Public) => self.word("event-made-public"),
            Event::VisibilityChanged(Visibility::Internal) => self.word("event-made-private"),
            Event::MergedInto(id) => self.say("event-merged-into", args![number = number(id)]),
            Event::MergedFrom(id) => self.say("event-merged-from", args![number = number(id)]),
            Event::FollowedUp(id) => self.say("event-followed-up", args![number = number(id)]),
            Event::Case(event) => self.case(event),
            Event::Unknown(name) => self.say("event-unknown", args![name = name.as_str()]),
            Event::RequestChanged => self.word("event-request-changed"),
            Event::RuleMarked(_) => self.word("event-rule-marked"),
            Event::ActionSkipped { action, why } => {
                self.say("event-action-skipped", args![action = action.as_str(), why = why.name()])
            }
            Event::Called { webhook, .. } => self.say("event-called", args![number = number(webhook)]),
            Event::RuleRan(rule) => {
                self.say("event-rule-ran", args![sort = rule.sort.name(), title = rule.title.as_str()])
            }
            Event::Unfilled(field) => self.say("event-unfilled", args![field = self.own_field(*field)]),
            Event::RulesStopped { rounds } => self.say("event-rules-stopped", args![count = i64::from(*rounds)]),
            Event::Notified(notice) => {
                let (by, rule) = self.by_rule(notice);
                self.say("event-notified", args![name = self.addressee(&notice.to), by = by, rule = rule])
            }
            Event::HeldBack { notice, why } => {
                let (by, rule) = self.by_rule(notice);
                let name = self.addressee(&notice.to);
                self.say("event-held-back", args![name = name, by = by, rule = rule, why = why.name()])
            }
            Event::TagsChanged { added, removed } => {
                self.added_removed("event-tags", added, removed, ToString::to_string)
            }
            Event::CcsChanged { added, removed } => {
                self.added_removed("event-ccs", added, removed, |id| self.person(*id))
            }
            Event::FollowersChanged { added, removed } => {
                self.added_removed("event-followers", added, removed, |id| self.person(*id))
            }
            Event::Founded
            | Event::PersonCreated { .. }
            | Event::PersonChanged { .. }
            | Event::OrganizationCreated(_)
            | Event::OrganizationChangedIn { .. }
            | Event::GroupCreated(_)
            | Event::GroupRenamed(_)
            | Event::GroupDeleted { .. }
            | Event::OrganizationDeleted { .. }
            | Event::ItemSet { .. }
            | Event::ItemDeleted { .. }
            | Event::ItemsOrdered(_)
            | Event::SettingChanged(_) => self.of_account(event),
            Event::Person(event) => self.of_person(event),
            Event::Removal(event) => self.word(removed(event)),
            Event::Mail(event) => self.of_mail(*event),
            Event::SubjectChanged { .. }
            | Event::StatusChanged { .. }
            | Event::PriorityChanged { .. }
            | Event::KindChanged { .. }
            | Event::AssigneeChanged { .. }
            | Event::GroupChanged { .. }
            | Event::RequesterChanged { .. }
            | Event::OrganizationChanged { .. }
            | Event::DueChanged { .. }
            | Event::CustomStatusChanged { .. }
            | Event::FieldChanged { .. } => self.changed(event),
        }
    }

    fn created(&self, created: &Created) -> String {
        let opened = self.say(
            "event-created",
            args![
                visibility = visibility(created.visibility),
                via = created.via.name(),
                requester = if created.requester == created.submitter { "self" } else { "other" },
                name = self.person(created.requester)
            ],
        );
        match created.follow_up_of {
            Some(id) => self.say("event-created-follows", args![opened = opened, number = id.to_string()]),
            None => opened,
        }
    }

    fn commented(&self, comment: &Comment) -> String {
        let said = args![visibility = visibility(comment.visibility), via = comment.via.name()];
        let said = self.say("event-commented", said);
        match i64::try_from(comment.attachments.len()) {
            Ok(0) | Err(_) => said,
            Ok(count) => self.say("event-with-files", args![said = said, count = count]),
        }
    }

    /// One value that became another.
    fn changed(&self, event: &Event) -> String {
        let words = self.words;
        match event {
            Event::SubjectChanged { from, to } => self.value("event-subject", Some(from.clone()), Some(to.clone())),
            Event::StatusChanged { from, to } => {
                self.value("event-status", Some(names::status(words, *from)), Some(names::status(words, *to)))
            }
            Event::PriorityChanged { from, to } => {
                let name = |one| names::priority(words, one);
                self.value("event-priority", from.map(name), to.map(name))
            }
            Event::KindChanged { from, to } => {
                self.value("event-kind", from.map(|id| self.kind(id)), to.map(|id| self.kind(id)))
            }
            Event::AssigneeChanged { from, to } => {
                self.value("event-assignee", from.map(|id| self.person(id)), to.map(|id| self.person(id)))
            }
            Event::GroupChanged { from, to } => {
                self.value("event-group", from.map(|id| self.group(id)), to.map(|id| self.group(id)))
            }
            Event::RequesterChanged { from, to } => {
                self.value("event-requester", Some(self.person(*from)), Some(self.person(*to)))
            }
            Event::OrganizationChanged { from, to } => {
                let name = |id| self.organization(id);
                self.value("event-organization", from.map(name), to.map(name))
            }
            Event::DueChanged { from, to } => {
                let day = |at: Timestamp| words.day_long(at.0, self.known.zone);
                self.value("event-due", from.map(day), to.map(day))
            }
            Event::CustomStatusChanged { from, to } => {
                let name = |id: StatusId| match self.known.statuses.get(&id) {
                    Some(status) => names::custom_status(words, status),
                    None => words.say("event-numbered", args![number = id.to_string()]),
                };
                self.value("event-custom-status", from.map(name), to.map(name))
            }
            Event::FieldChanged { field, from, to } => self.field_changed(*field, from.as_ref(), to.as_ref()),
            _ => String::new(),
        }
    }

    fn own_field(&self, id: FieldId) -> String {
        match self.known.fields.get(&id) {
            Some(field) => names::field_title(self.words, field),
            None => self.words.say("event-numbered", args![number = id.to_string()]),
        }
    }

    fn field_changed(&self, field: FieldId, from: Option<&Value>, to: Option<&Value>) -> String {
        let change = match (from, to) {
            (None, _) => "set",
            (_, None) => "removed",
            _ => "changed",
        };
        let known = self.known.fields.get(&field);
        let written = |value: Option<&Value>| {
            value.map(|value| names::value(self.words, known.map(|field| &field.kind), value)).unwrap_or_default()
        };
        let (from, to) = (written(from), written(to));
        let field = self.own_field(field);
        self.say("event-field", args![change = change, field = field, from = from, to = to])
    }

    /// The title that the rule of a notice had, where it ran by the same act.
    fn by_rule(&self, notice: &NoticeRef) -> (&'static str, &str) {
        let title = self.known.beside.iter().find_map(|event| match event {
            Event::RuleRan(rule) if rule.id == notice.rule => Some(rule.title.as_str()),
            _ => None,
        });
        title.map_or(("nobody", ""), |title| ("rule", title))
    }

    fn addressee(&self, to: &Addressee) -> String {
        match to {
            Addressee::Person(id) => self.person(*id),
            Addressee::Address(email) => email.to_string(),
        }
    }

    /// `change` is `set` where there was nothing before, `removed` where there is nothing now, else `changed`.
    fn value(&self, key: &str, from: Option<String>, to: Option<String>) -> String {
        let change = match (&from, &to) {
            (None, _) => "set",
            (_, None) => "removed",
            _ => "changed",
        };
        self.say(key, args![change = change, from = from.unwrap_or_default(), to = to.unwrap_or_default()])
    }

    /// `change` is `added`, `removed` or `both`.
    fn added_removed<T>(
        &self,
        key: &str,
        added: &BTreeSet<T>,
        removed: &BTreeSet<T>,
        name: impl Fn(&T) -> String,
    ) -> String {
        let change = match (added.is_empty(), removed.is_empty()) {
            (false, true) => "added",
            (true, _) => "removed",
            (false, false) => "both",
        };
        let list = |set: &BTreeSet<T>| self.words.list(&set.iter().map(&name).collect::<Vec<_>>());
        let count = |set: &BTreeSet<T>| i64::try_from(set.len()).unwrap_or(i64::MAX);
        self.say(
            key,
            args![
                change = change,
                added = list(added),
                removed = list(removed),
                new = count(added),
                gone = count(removed)
            ],
        )
    }

    fn fields(&self, fields: &BTreeSet<Field>) -> String {
        self.words.list(&fields.iter().map(|field| names::field(self.words, *field)).collect::<Vec<_>>())
    }

    fn person(&self, id: PersonId) -> String {
        self.known.names.people.get(&id).cloned().unwrap_or_else(|| self.words.word("event-somebody"))
    }

    fn organization(&self, id: OrganizationId) -> String {
        let name = self.known.names.organizations.get(&id);
        name.cloned().unwrap_or_else(|| self.words.say("event-numbered", args![number = id.to_string()]))
    }

    fn group(&self, id: GroupId) -> String {
        let group = self.known.groups.iter().find(|one| one.id == id);
        group.map_or_else(
            || self.words.say("event-numbered", args![number = id.to_string()]),
            |group| group.name.clone(),
        )
    }

    fn kind(&self, id: KindId) -> String {
        let kind = self.known.kinds.iter().find(|one| one.id == id);
        kind.map_or_else(
            || self.words.say("event-numbered", args![number = id.to_string()]),
            |kind| names::kind(self.words, kind),
        )
    }
}

const fn removed(event: &Removed) -> &'static str {
    match event {
        Removed::Deleted { spam: false, .. } => "event-ticket-deleted",
        Removed::Deleted { spam: true, .. } => "event-ticket-spam",
        Removed::Restored => "event-ticket-restored",
        Removed::Purged => "event-ticket-purged",
        Removed::Redacted(_) => "event-redacted",
        Removed::FileRedacted(_) => "event-file-redacted",
    }
}

const fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Internal => "internal",
    }
}
