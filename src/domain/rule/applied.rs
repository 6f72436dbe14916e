use super::{Action, Macro, Whom};
use crate::domain::act::Change;
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::id::PersonId;
use crate::domain::person::PersonRef;
use crate::domain::ticket::Ticket;

/// What a macro needs to know beside the ticket.
#[derive(Clone, Copy)]
pub struct Applying<'a> {
    /// Who applies it.
    pub me: PersonId,
    /// Fills placeholders in, for those who will read the text: with [`Visibility::Public`] the requester too.
    pub fill: &'a dyn Fn(Visibility, &str) -> String,
}

/// What a macro makes of a ticket: a change and a comment like any other of the one who applies it. Whether they can be is
/// for `decide` to say. A text that is meant for agents never becomes public: a macro with both is one note.
pub fn applied(one: &Macro, ticket: &Ticket, applying: Applying<'_>) -> (Change, Option<NewComment>) {
    let mut change = Change::default();
    let mut said: Vec<&str> = Vec::new();
    let mut visibility = Visibility::Public;
    for action in &one.then {
        match action {
            Action::Comment(to, text) => {
                said.push(text);
                if *to == Visibility::Internal {
                    visibility = Visibility::Internal;
                }
            }
            // A title is read by the requester.
            Action::Subject(text) => change.subject = Some((applying.fill)(Visibility::Public, text)),
            other => set(&mut change, other, ticket, applying.me),
        }
    }
    let body = said.into_iter().map(|text| (applying.fill)(visibility, text)).collect::<Vec<_>>().join("\n\n");
    let comment = NewComment { visibility, body: body.trim().to_owned(), uploads: Vec::new() };
    (change, Some(comment).filter(|comment| !comment.body.is_empty()))
}

fn set(change: &mut Change, action: &Action, ticket: &Ticket, me: PersonId) {
    let someone = |whom: Whom| person(whom, ticket, me);
    match action {
        Action::Status(status) => (change.status, change.custom_status) = (Some(*status), None),
        Action::CustomStatus(status) => (change.status, change.custom_status) = (None, Some(*status)),
        Action::Priority(priority) => change.priority = Some(*priority),
        Action::Type(one) => change.ticket_type = Some(*one),
        Action::Kind(kind) => change.kind = Some(*kind),
        Action::Assignee(Whom::Nobody) => change.assignee = Some(None),
        Action::Assignee(whom) => change.assignee = someone(*whom).map(Some).or(change.assignee),
        Action::Group(group) => change.group = Some(*group),
        Action::Field(field, text) => _ = change.fields.insert(*field, text.clone()),
        Action::AddTags(tags) => {
            change.add_tags.extend(tags.iter().cloned());
            change.remove_tags.retain(|tag| !tags.contains(tag));
        }
        Action::RemoveTags(tags) => {
            change.remove_tags.extend(tags.iter().cloned());
            change.add_tags.retain(|tag| !tags.contains(tag));
        }
        Action::SetTags(tags) => {
            change.remove_tags = ticket.tags.difference(tags).cloned().collect();
            change.add_tags.clone_from(tags);
        }
        Action::AddCc(whom) => change.add_ccs.extend(someone(*whom).map(PersonRef::Id)),
        Action::AddFollower(whom) => change.add_followers.extend(someone(*whom)),
        // Macros have none of these, and texts are filled in above.
        Action::Subject(_) | Action::Comment(..) | Action::Notify(..) | Action::Webhook(_) => {}
    }
}

/// Whom a macro means; nobody where there is none.
fn person(whom: Whom, ticket: &Ticket, me: PersonId) -> Option<PersonId> {
    match whom {
        Whom::Nobody => None,
        Whom::Me => Some(me),
        Whom::Requester => Some(ticket.requester),
        Whom::Assignee => ticket.assignee,
        Whom::Person(id) => Some(id),
    }
}
