//! A new request as a draft, and back: everything that was filled in, as text.

use super::State;
use super::form::{Field, Form};
use super::people::{Adding, Chosen, PeopleField, named};
use crate::domain::comment::Visibility;
use crate::domain::draft::{Draft, DraftPlace};
use crate::domain::id::{FieldId, GroupId, KindId, PersonId, StatusId, TicketId};
use crate::domain::person::PersonRef;
use crate::domain::status::{Priority, Status};
use crate::domain::time::Timestamp;
use crate::tui::editor::Editor;
use crate::tui::effect::Effect;
use crate::tui::model::{Context, Shared};
use std::collections::BTreeMap;

/// The form as a draft.
pub fn draft(form: &Form, now: Timestamp) -> Draft {
    let mut fields = BTreeMap::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            fields.insert(name.to_owned(), value);
        }
    };
    put("subject", Some(form.subject.text()));
    put("kind", form.kind.map(|id| id.0.to_string()));
    put("requester", Some(people(&form.requester)));
    put("ccs", Some(people(&form.ccs)));
    put("visibility", Some(if form.visibility == Visibility::Internal { "internal" } else { "public" }.to_owned()));
    put("status", form.status.map(|status| status.name().to_owned()));
    put("custom-status", form.custom_status.map(|id| id.0.to_string()));
    for (id, text) in form.own.draft() {
        put(&format!("field-{id}"), Some(text));
    }
    put("assignee", form.assignee.map(|id| id.0.to_string()));
    put("group", form.group.map(|id| id.0.to_string()));
    put("priority", form.priority.map(|priority| priority.name().to_owned()));
    put("tags", Some(form.tags.text()));
    put("due", form.due.map(|due| due.0.to_string()));
    put("follow-up-of", form.follow_up_of.map(|id| id.0.to_string()));
    Draft {
        place: DraftPlace::NewTicket,
        body: form.body.text(),
        fields,
        files: form.files.paths(),
        key: form.key.clone(),
        updated_at: now,
    }
}

/// Fills a form with what a draft holds. Its files are handed in again by who calls.
pub fn restore(form: &mut Form, draft: &Draft, shared: &Shared) {
    let get = |name: &str| draft.fields.get(name).map(String::as_str);
    let number = |name: &str| get(name).and_then(|text| text.parse::<i64>().ok());
    form.subject = Editor::line(get("subject").unwrap_or_default());
    form.body = Editor::new(&draft.body);
    form.kind = number("kind").map(KindId);
    fill(&mut form.requester, get("requester").unwrap_or_default());
    fill(&mut form.ccs, get("ccs").unwrap_or_default());
    match get("visibility") {
        Some("internal") if form.may_be_private => form.visibility = Visibility::Internal,
        Some("public") => form.visibility = Visibility::Public,
        _ => {}
    }
    form.status = get("status").and_then(|name| Status::ALL.into_iter().find(|status| status.name() == name));
    form.custom_status = number("custom-status").map(StatusId);
    for (name, text) in &draft.fields {
        if let Some(id) = name.strip_prefix("field-").and_then(|id| id.parse().ok()) {
            form.own.keep(FieldId(id), text);
        }
    }
    form.own.refresh(form.kind, true, shared);
    form.assignee = number("assignee").map(PersonId);
    form.group = number("group").map(GroupId);
    form.priority = get("priority").and_then(|name| Priority::ALL.into_iter().find(|one| one.name() == name));
    form.tags = Editor::line(get("tags").unwrap_or_default());
    form.due = number("due").map(Timestamp);
    form.follow_up_of = number("follow-up-of").map(TicketId);
    form.key.clone_from(&draft.key);
    form.unfolded = form.has_more();
    form.focus = if get("subject").is_some() { Field::Description } else { Field::Subject };
}

impl State {
    /// What was written on a closed ticket becomes the text of its follow-up: kept there first, then no longer on the
    /// ticket. A note never becomes what its requester reads.
    pub(super) fn take_over(&mut self, from: DraftPlace, cx: &mut Context<'_>) {
        let Some(written) = cx.shared.drafts.get(&from).cloned() else { return };
        let form = &mut self.form;
        form.visibility = match from {
            DraftPlace::Note(_) if form.may_be_private => Visibility::Internal,
            DraftPlace::Note(_) => {
                let text = cx.shared.word("form-note-stays");
                cx.notice(text);
                return;
            }
            DraftPlace::Reply(_) | DraftPlace::NewTicket | DraftPlace::Form(..) => Visibility::Public,
        };
        form.body.set(&written.body);
        for path in written.files {
            form.files.add(path, cx);
        }
        let draft = draft(form, cx.shared.now);
        cx.shared.drafts.remove(&from);
        cx.shared.drafts.insert(draft.place, draft.clone());
        cx.effect(Effect::MoveDraft { from, draft: Box::new(draft) });
    }
}

/// One line each: `#7 Léa Petit`, `Tom Blanc <tom@shop.example>`, `+` who is being added, `?` what is typed.
fn people(field: &PeopleField) -> String {
    let mut lines: Vec<String> = field
        .chosen
        .iter()
        .map(|chosen| match &chosen.whom {
            PersonRef::Id(id) => format!("#{id} {}", chosen.name),
            PersonRef::Address(email) => email.to_string(),
            PersonRef::Named { name, email } => format!("{name} <{email}>"),
        })
        .collect();
    if let Some(adding) = &field.adding {
        lines.push(format!("+{}\t{}", adding.name.text(), adding.address.text()));
    }
    if !field.line.is_blank() {
        lines.push(format!("?{}", field.line.text()));
    }
    lines.join("\n")
}

fn fill(field: &mut PeopleField, text: &str) {
    for line in text.lines() {
        if let Some(known) = line.strip_prefix('#') {
            let (number, name) = known.split_once(' ').unwrap_or((known, ""));
            if let Ok(id) = number.parse() {
                field.chosen.push(Chosen { whom: PersonRef::Id(PersonId(id)), name: name.to_owned() });
            }
        } else if let Some((name, address)) = line.strip_prefix('+').and_then(|line| line.split_once('\t')) {
            let (name, address) = (Editor::line(name), Editor::line(address));
            field.adding = Some(Adding { name, address, at_address: true });
        } else if let Some(typed) = line.strip_prefix('?') {
            field.line.set(typed);
        } else {
            field.chosen.extend(named(line));
        }
    }
}
