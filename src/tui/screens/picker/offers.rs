//! What can be chosen of each field, with the present value marked.

use super::{Value, What, due};
use crate::client::Session;
use crate::domain::case::TicketType;
use crate::domain::field as domain;
use crate::domain::id::{FieldId, PersonId};
use crate::domain::refusal::requesters_may_choose;
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::view::{Sort, SortKey};
use crate::safe::Safe;
use crate::tui::choices::Choice;
use crate::tui::item::{self, Item};
use crate::tui::model::Shared;
use crate::words;
use std::collections::BTreeSet;

/// The present value of a ticket's field; none where it has no such field.
pub fn present(what: What, item: &Item) -> Option<Value> {
    Some(match what {
        What::Status => item.custom_status().map_or_else(|| Value::Status(item.status()), Value::Own),
        What::Assignee => Value::Assignee(item.assignee()),
        What::Group => Value::Group(item.group()),
        What::Priority => Value::Priority(item.priority()),
        What::Kind => Value::Kind(item.kind()?),
        What::Type => Value::Type(item.ticket_type()),
        What::Due => Value::Due(item.due_at()),
        What::Sort | What::File | What::Option(_) => return None,
    })
}

/// The values of a field. `new`: whether it is a new ticket's.
pub fn offers(what: What, present: Option<&Value>, new: bool, shared: &Shared) -> Vec<Choice<Value>> {
    let is = |value: &Value| present == Some(value);
    let choice = |value: Value, label: Safe| Choice { present: is(&value), value, label, note: Safe::default() };
    let nobody = shared.word("picker-nobody");
    match what {
        What::Status => Status::ALL
            .into_iter()
            // A ticket never goes back to New (D11), and none begins as Closed.
            .filter(|status| if new { *status != Status::Closed } else { *status != Status::New })
            .filter(|status| shared.is_staff() || requesters_may_choose(*status))
            .flat_map(|status| {
                let category = choice(Value::Status(status), item::status(shared, status));
                [category].into_iter().chain(own_statuses(status, present, shared))
            })
            .collect(),
        What::Priority => {
            let all = Priority::ALL.into_iter().rev().map(Some);
            let all = all.map(|priority| choice(Value::Priority(priority), item::priority(shared, priority)));
            all.chain([choice(Value::Priority(None), shared.word("nothing"))]).collect()
        }
        What::Group => {
            let groups = shared.session.iter().flat_map(|session| &session.groups);
            let all = groups.map(|group| choice(Value::Group(Some(group.id)), Safe::line(&group.name)));
            all.chain([choice(Value::Group(None), shared.word("nothing"))]).collect()
        }
        What::Kind => {
            let kinds = shared.session.iter().flat_map(Session::offered);
            kinds.map(|kind| choice(Value::Kind(kind.id), shared.kind(kind.id))).collect()
        }
        What::Assignee => {
            let mut people: Vec<PersonId> = shared.me().into_iter().collect();
            if let Some(Value::Assignee(Some(person))) = present
                && Some(*person) != shared.me()
            {
                people.push(*person);
            }
            let known = people.into_iter().map(|person| {
                let me = Some(person) == shared.me();
                let note = if me { shared.word("picker-me") } else { Safe::default() };
                Choice { note, ..choice(Value::Assignee(Some(person)), shared.person(person)) }
            });
            let none = Choice { note: shared.word("picker-none-word"), ..choice(Value::Assignee(None), nobody) };
            known.chain([none]).collect()
        }
        What::Type => {
            let name = |one| Safe::line(&words::ticket_type(&shared.words, one));
            let all = TicketType::ALL.map(|one| choice(Value::Type(Some(one)), name(one)));
            all.into_iter().chain([choice(Value::Type(None), shared.word("nothing"))]).collect()
        }
        What::Due => due::offers(present, shared),
        What::Sort | What::File | What::Option(_) => Vec::new(),
    }
}

/// The account's own statuses within a category; for agents, who choose among them.
fn own_statuses(category: Status, present: Option<&Value>, shared: &Shared) -> Vec<Choice<Value>> {
    let session = shared.session.as_ref().filter(|_| shared.is_staff());
    let mut own: Vec<_> = session.into_iter().flat_map(|session| session.statuses.values()).collect();
    own.retain(|status| status.active && status.category == category);
    own.sort_by_key(|status| (status.position, status.id));
    let choice = |id| {
        let value = Value::Own(id);
        let label = Safe::concat([Safe::blank(2), item::own_status(shared, id).unwrap_or_default()]);
        Choice { present: present == Some(&value), value, label, note: Safe::default() }
    };
    own.into_iter().map(|status| choice(status.id)).collect()
}

/// The options of a field, and none of them.
pub fn options(id: FieldId, chosen: &BTreeSet<Tag>, shared: &Shared) -> Vec<Choice<Value>> {
    let field = shared.session.as_ref().and_then(|session| session.fields.get(&id));
    let options = field.into_iter().flat_map(|field| field.kind.options());
    let option = |option: &domain::Choice| Choice {
        present: chosen.contains(&option.tag),
        value: Value::Option(id, Some(option.tag.clone())),
        label: Safe::line(option.name_in(shared.words.reads())),
        note: Safe::default(),
    };
    let none = Choice {
        present: false,
        value: Value::Option(id, None),
        label: shared.word("nothing"),
        note: Safe::default(),
    };
    options.map(option).chain([none]).collect()
}

/// `Updated, latest first`
pub fn sort_label(sort: Option<Sort>, shared: &Shared) -> Safe {
    let Some(sort) = sort else { return shared.word("sort-own") };
    let by = match sort.by {
        SortKey::Relevance => return shared.word("sort-relevance"),
        SortKey::Updated => "updated",
        SortKey::Id => "number",
        SortKey::Status => "status",
        SortKey::Priority => "priority",
    };
    shared.word(&format!("sort-{by}-{}", if sort.descending { "down" } else { "up" }))
}

/// Those whose name or note holds what is typed: `me` and `none` among them.
pub fn holding(base: &[Choice<Value>], typed: &str) -> Vec<Choice<Value>> {
    let typed = typed.trim().to_lowercase();
    let holds = |text: &Safe| text.as_str().to_lowercase().contains(&typed);
    base.iter().filter(|choice| holds(&choice.label) || holds(&choice.note)).cloned().collect()
}
