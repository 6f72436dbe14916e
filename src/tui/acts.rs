//! Commands that work on tickets wherever they are shown: in a list, among hits, open.

use super::command::Command;
use super::effect::Effect;
use super::item::Item;
use super::list::Identified;
use super::model::Context;
use super::screens::{drafts, new_request, picker, prompt, search, ticket};
use crate::domain::act::{Change, Deed};
use crate::domain::comment::Visibility;
use crate::domain::id::TicketId;

/// Does what a command asks of tickets; the first one's values are the present ones of pickers. `false` when the
/// command is none of these.
pub fn on_tickets(command: Command, tickets: &[TicketId], first: Option<&Item>, cx: &mut Context<'_>) -> bool {
    match command {
        Command::Search => cx.open(search::State::new().into()),
        Command::ShowDrafts => cx.open(drafts::State::new().into()),
        Command::NewRequest => super::screens::open_new_request(cx),
        _ => return on_some(command, tickets, first, cx),
    }
    true
}

fn on_some(command: Command, tickets: &[TicketId], first: Option<&Item>, cx: &mut Context<'_>) -> bool {
    let Some(one) = tickets.first().copied() else { return false };
    if command == Command::NewTicketFor {
        if let Some(item) = first {
            let screen = new_request::State::for_requester(item.requester(), cx.shared);
            cx.open(screen.into());
        }
        return true;
    }
    let picked = |what| picker::State::for_tickets(what, tickets.to_vec(), first, cx.shared);
    let screen = match command {
        Command::ChooseStatus => Some(picked(picker::What::Status).into()),
        Command::ChooseAssignee => Some(picked(picker::What::Assignee).into()),
        Command::ChooseGroup => Some(picked(picker::What::Group).into()),
        Command::ChoosePriority => Some(picked(picker::What::Priority).into()),
        Command::ChooseKind => Some(picked(picker::What::Kind).into()),
        Command::ChooseDue => Some(picked(picker::What::Due).into()),
        Command::Reply => Some(ticket::State::writing(one, Visibility::Public).into()),
        Command::Note => Some(ticket::State::writing(one, Visibility::Internal).into()),
        Command::Merge => Some(prompt::State::new(prompt::Purpose::MergeInto).into()),
        _ => None,
    };
    if let Some(screen) = screen {
        cx.open(screen);
        return true;
    }
    match command {
        Command::AssignToMe => {
            let me = cx.shared.me();
            for ticket in tickets {
                let change = Box::new(Change { assignee: Some(me), ..Change::default() });
                cx.act(Deed::UpdateTicket { ticket: *ticket, change, comment: None, expect: None });
            }
        }
        Command::CopyNumber => {
            let numbers: Vec<String> = tickets.iter().map(|ticket| format!("#{ticket}")).collect();
            cx.effect(Effect::Copy(numbers.join(" ")));
        }
        Command::CopyLink => match link(one, cx) {
            Some(link) => cx.effect(Effect::Copy(link)),
            None => no_link(cx),
        },
        Command::OpenLink => match link(one, cx) {
            Some(link) => cx.effect(Effect::OpenLink(link)),
            None => no_link(cx),
        },
        _ => return false,
    }
    true
}

fn no_link(cx: &mut Context<'_>) {
    let text = cx.shared.word("notice-no-link");
    cx.notice(text);
}

/// The ticket's address, where the account has one.
fn link(ticket: TicketId, cx: &Context<'_>) -> Option<String> {
    let url = cx.shared.session.as_ref()?.account.url.as_ref()?;
    let place = if cx.shared.is_staff() { "agent/tickets" } else { "requests" };
    Some(format!("{}/{place}/{ticket}", url.trim_end_matches('/')))
}

/// The neighbours of a row, for going on to the next one while reading.
pub fn order(rows: &[Item]) -> Vec<TicketId> {
    rows.iter().map(Identified::id).collect()
}
