use super::{Known, custom_status, field_title, kind, priority, status, ticket_type, value};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::domain::view::Column;
use crate::language::{Language, Present};

/// What stands above a column of a list.
pub fn column(words: &Language, column: Column, known: Known<'_>) -> String {
    match column {
        Column::Id => words.word("column-number"),
        Column::Field(id) => known.fields.get(&id).map_or_else(|| format!("#{id}"), |field| field_title(words, field)),
        system => words.word(&format!("field-{}", system.name())),
    }
}

/// What stands in a column of a ticket's row: hostile text, empty where there is nothing.
pub fn cell(words: &Language, ticket: &Ticket, column: Column, known: Known<'_>, present: &Present) -> String {
    let person = |id| known.names.people.get(&id).cloned().unwrap_or_else(|| words.word("event-somebody"));
    let group = |id| known.groups.iter().find(|group| group.id == id).map(|group| group.name.clone());
    match column {
        Column::Id => ticket.id.to_string(),
        Column::Subject => ticket.subject.clone(),
        Column::Requester => person(ticket.requester),
        Column::Organization => {
            ticket.organization.and_then(|id| known.names.organizations.get(&id)).cloned().unwrap_or_default()
        }
        Column::Assignee => ticket.assignee.map(person).unwrap_or_default(),
        Column::Group => ticket.group.and_then(group).unwrap_or_default(),
        Column::Kind => {
            let found = ticket.kind.and_then(|id| known.kinds.iter().find(|one| one.id == id));
            found.map(|one| kind(words, one)).unwrap_or_default()
        }
        Column::Type => ticket.ticket_type.map(|one| ticket_type(words, one)).unwrap_or_default(),
        Column::Status => match ticket.custom_status.and_then(|id| known.statuses.get(&id)) {
            Some(own) => custom_status(words, own),
            None => status(words, ticket.status()),
        },
        Column::Priority => ticket.priority.map(|one| priority(words, one)).unwrap_or_default(),
        Column::Tags => ticket.tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" "),
        Column::Created => words.age(ticket.created_at.0, present),
        Column::Updated => words.age(ticket.updated_at.0, present),
        Column::Due => ticket.due_at.map(|at| words.age(at.0, present)).unwrap_or_default(),
        Column::Field(id) => {
            let held = ticket.fields.get(&id);
            held.map(|held| value(words, known.fields.get(&id).map(|field| &field.kind), held)).unwrap_or_default()
        }
    }
}

/// What gathers a row with others: `Status: Open`, or `Assignee: –` where there is none.
pub fn gathered(words: &Language, ticket: &Ticket, by: Column, known: Known<'_>, present: &Present) -> String {
    let what = cell(words, ticket, by, known, present);
    let what = if what.is_empty() { words.word("why-nothing") } else { what };
    words.say("view-at-group", crate::language::args![name = column(words, by, known), what = what])
}
