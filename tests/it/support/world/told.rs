//! What happened, in a few words: what the rows of the rules' tables compare.

use super::{T, World};
use guichet::domain::case::{CaseEvent, TicketType};
use guichet::domain::comment::Visibility;
use guichet::domain::decide::Decision;
use guichet::domain::event::{Chain, Event};
use guichet::domain::field::Value;
use guichet::domain::id::PersonId;
use guichet::domain::life::PersonEvent;
use guichet::domain::notice::Addressee;
use guichet::domain::removal::Removed;
use std::collections::BTreeSet;
use std::fmt::Display;

/// All that was decided, such as `said public, new→open; account: person 101 as end-user`. Histories other than that of
/// ticket 1 bear their name.
pub fn told(decision: &Decision) -> String {
    let entries = decision.entries.iter().map(|entry| {
        // Who sees it is said by the laws.
        let done = entry.events.iter().filter(|event| **event != Event::RequestChanged);
        let events: Vec<String> = done.map(event).collect();
        match entry.chain {
            Chain::Ticket(T) => events.join(", "),
            Chain::Ticket(id) => format!("#{id}: {}", events.join(", ")),
            Chain::Account => format!("account: {}", events.join(", ")),
        }
    });
    entries.collect::<Vec<_>>().join("; ")
}

/// A person's name, or number when they are new.
pub fn name(id: PersonId) -> String {
    World::new().people.get(&id).map_or_else(|| id.to_string(), |person| person.name.clone())
}

fn event(event: &Event) -> String {
    match event {
        Event::Created(new) => format!(
            "opened {} {} in {} for {} by {}",
            public(new.visibility),
            new.state.status().name(),
            or_none(new.group),
            name(new.requester),
            name(new.submitter)
        ),
        Event::Commented(comment) => format!("said {}", public(comment.visibility)),
        Event::MadeInternal(_) => "turned into a note".to_owned(),
        Event::VisibilityChanged(to) => format!("now {}", public(*to)),
        Event::SubjectChanged { .. } => "subject".to_owned(),
        Event::StatusChanged { from, to } => format!("{}→{}", from.name(), to.name()),
        Event::PriorityChanged { to, .. } => format!("priority→{}", to.map_or("none", |one| one.name())),
        Event::KindChanged { to, .. } => format!("kind→{}", or_none(*to)),
        Event::AssigneeChanged { to, .. } => format!("assignee→{}", or_none(to.map(name))),
        Event::GroupChanged { to, .. } => format!("group→{}", or_none(*to)),
        Event::RequesterChanged { to, .. } => format!("requester→{}", name(*to)),
        Event::OrganizationChanged { to, .. } => format!("organization→{}", or_none(*to)),
        Event::TagsChanged { added, removed } => differences("tags", added, removed, ToString::to_string),
        Event::CcsChanged { added, removed } => differences("ccs", added, removed, |id| name(*id)),
        Event::FollowersChanged { added, removed } => differences("followers", added, removed, |id| name(*id)),
        Event::DueChanged { .. } => "due".to_owned(),
        Event::Unknown(name) => name.clone(),
        Event::RequestChanged => "seen".to_owned(),
        Event::RuleMarked(_) => "once".to_owned(),
        Event::ActionSkipped { action, why } => format!("not {action}: {}", why.name()),
        Event::Called { webhook, .. } => format!("called {webhook}"),
        Event::MergedInto(id) => format!("merged into #{id}"),
        Event::MergedFrom(id) => format!("merged from #{id}"),
        Event::FollowedUp(id) => format!("followed by #{id}"),
        Event::Founded => "founded".to_owned(),
        Event::PersonCreated { person, role } => format!("person {} as {}", name(*person), role.name()),
        Event::PersonChanged { person, fields } => format!("person {}: {}", name(*person), names(fields)),
        Event::OrganizationCreated(id) => format!("organization {id}"),
        Event::OrganizationChangedIn { organization, fields } => {
            format!("organization {organization}: {}", names(fields))
        }
        Event::GroupCreated(id) => format!("group {id}"),
        Event::GroupRenamed(id) => format!("group {id}: name"),
        Event::Person(event) => of_person(event),
        Event::Removal(event) => removed(event).to_owned(),
        Event::Mail(event) => format!("{event:?}"),
        Event::OrganizationDeleted { name, .. } => format!("no organization {name}"),
        Event::GroupDeleted { name, .. } => format!("no group {name}"),
        Event::SettingChanged(setting) => format!("set {setting:?}"),
        Event::CustomStatusChanged { to, .. } => format!("custom status {to:?}"),
        Event::FieldChanged { field, from, to } => {
            let held = |value: &Option<Value>| value.as_ref().map_or("nothing".to_owned(), Value::written);
            format!("field {field}: {} to {}", held(from), held(to))
        }
        Event::Case(event) => of_case(event),
        Event::RuleRan(rule) => format!("{} {}", rule.sort.name(), rule.title),
        Event::Unfilled(field) => format!("without field {field}"),
        Event::RulesStopped { rounds } => format!("stopped after {rounds}"),
        Event::Notified(notice) => format!("told {}", addressee(&notice.to)),
        Event::HeldBack { notice, why } => format!("did not tell {}: {}", addressee(&notice.to), why.name()),
        Event::ItemSet { item, name, keys } => {
            format!("{} {name}: {}", item.kind.name(), keys.iter().cloned().collect::<Vec<_>>().join(" "))
        }
        Event::ItemDeleted { item, name } => format!("no {} {name}", item.kind.name()),
        Event::ItemsOrdered(kind) => format!("{} in order", kind.name()),
    }
}

fn of_case(event: &CaseEvent) -> String {
    match event {
        CaseEvent::TypeChanged { to, .. } => format!("type→{}", to.map_or("none", TicketType::name)),
        CaseEvent::ProblemChanged { to, .. } => format!("problem→{}", or_none(*to)),
        CaseEvent::SolvedWith(id) => format!("solved with #{id}"),
        CaseEvent::RatingOffered => "rating offered".to_owned(),
        CaseEvent::Rated { score, comment } => {
            format!("rated {}{}", score.name(), if comment.is_some() { " and why" } else { "" })
        }
    }
}

fn of_person(event: &PersonEvent) -> String {
    match event {
        PersonEvent::Merged { person, into } => format!("merged {} into {}", name(*person), name(*into)),
        PersonEvent::Deleted(person) => format!("deleted {}", name(*person)),
        PersonEvent::Erased { person, texts: false } => format!("erased {}", name(*person)),
        PersonEvent::Erased { person, texts: true } => format!("erased {} and texts", name(*person)),
        PersonEvent::LinkMade(person) => format!("link for {}", name(*person)),
        PersonEvent::TokenMade { person, .. } => format!("token for {}", name(*person)),
        PersonEvent::TokenRevoked { person, .. } => format!("token of {} revoked", name(*person)),
        PersonEvent::WordsErased => "erased words".to_owned(),
        PersonEvent::TextsErased(comments) => format!("erased {} texts", comments.len()),
    }
}

const fn removed(event: &Removed) -> &'static str {
    match event {
        Removed::Deleted { spam: false, .. } => "deleted",
        Removed::Deleted { spam: true, .. } => "deleted as spam",
        Removed::Restored => "restored",
        Removed::Purged => "purged",
        Removed::Redacted(_) => "redacted",
        Removed::FileRedacted(_) => "file redacted",
    }
}

fn public(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Internal => "private",
    }
}

fn or_none(what: Option<impl Display>) -> String {
    what.map_or_else(|| "none".to_owned(), |one| one.to_string())
}

fn names(fields: &BTreeSet<guichet::domain::refusal::Field>) -> String {
    fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(" ")
}

fn differences<T>(what: &str, added: &BTreeSet<T>, removed: &BTreeSet<T>, show: impl Fn(&T) -> String) -> String {
    let signed = |sign: char| move |one: String| format!("{sign}{one}");
    let added = added.iter().map(&show).map(signed('+'));
    let all: String = added.chain(removed.iter().map(&show).map(signed('-'))).collect();
    format!("{what}{all}")
}

fn addressee(to: &Addressee) -> String {
    match to {
        Addressee::Person(id) => name(*id).clone(),
        Addressee::Address(email) => email.to_string(),
    }
}
