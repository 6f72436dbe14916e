//! Commands that work on tickets wherever they are shown: in a list, among hits, open.

use super::command::Command;
use super::effect::Effect;
use super::item::Item;
use super::list::{Identified, List};
use super::model::{Context, Shared};
use super::screens::question::{self, Matter};
use super::screens::{
    Screen, cases, drafts, history, inbox, merge, new_request, offer, own, picker, rate, search, several, ticket,
};
use crate::client::Error;
use crate::domain::act::{Change, Deed};
use crate::domain::comment::Visibility;
use crate::domain::draft::DraftPlace;
use crate::domain::id::TicketId;
use crate::domain::refusal::Refusal;
use crate::domain::removal::Removal;
use crate::domain::status::Status;
use crate::language::args;

/// The tickets of a list that a command is for: the marked ones, or the one under the cursor. What is written or looked
/// at is one ticket's, and that is the one under one's eyes, whatever is marked elsewhere.
pub fn meant(command: Command, list: &List<Item>) -> Vec<TicketId> {
    match command {
        Command::Reply
        | Command::Note
        | Command::FollowUp
        | Command::NewTicketFor
        | Command::EditFields
        | Command::ShowHistory
        | Command::Why
        | Command::CopyLink
        | Command::OpenLink => list.current_id().into_iter().collect(),
        _ => list.chosen(),
    }
}

/// Does what a command asks of tickets; the first one's values are the present ones of pickers. `false` when the
/// command is none of these.
pub fn on_tickets(command: Command, tickets: &[TicketId], first: Option<&Item>, cx: &mut Context<'_>) -> bool {
    match command {
        Command::Search => cx.open(search::State::new().into()),
        Command::ShowDrafts => cx.open(drafts::State::new().into()),
        Command::ShowInbox => cx.open(inbox::State::new().into()),
        Command::NewRequest => super::screens::open_new_request(cx),
        _ => return on_some(command, tickets, first, cx),
    }
    true
}

fn on_some(command: Command, tickets: &[TicketId], first: Option<&Item>, cx: &mut Context<'_>) -> bool {
    let Some(one) = tickets.first().copied() else { return false };
    match command {
        // A closed one takes no reply: a follow-up is offered instead (R178).
        Command::Reply | Command::Note if offer_follow_up(first, cx) => return true,
        Command::FollowUp => {
            if !offer_follow_up(first, cx) {
                let refusal = Refusal::FollowUpOfUnclosed(one);
                cx.error(Error::Refused(refusal));
            }
            return true;
        }
        Command::Merge if tickets.len() > 1 => {
            let text = cx.shared.word("notice-merge-one");
            cx.notice(text);
            return true;
        }
        _ => {}
    }
    if let Some(screen) = screen(command, one, tickets, first, cx.shared) {
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
        Command::DeleteTicket => ask_for_removal("question-delete", Removal::Delete, tickets, cx),
        Command::MarkSpam => ask_for_removal("question-spam", Removal::Spam, tickets, cx),
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

/// The screen that a command opens.
fn screen(
    command: Command,
    one: TicketId,
    tickets: &[TicketId],
    first: Option<&Item>,
    shared: &mut Shared,
) -> Option<Screen> {
    let picked = |what| picker::State::for_tickets(what, tickets.to_vec(), first, shared).into();
    let changed = |what| several::State::new(what, tickets.to_vec(), first, shared).into();
    Some(match command {
        Command::ChooseStatus => picked(picker::What::Status),
        Command::ChooseAssignee => picked(picker::What::Assignee),
        Command::ChooseGroup => picked(picker::What::Group),
        Command::ChoosePriority => picked(picker::What::Priority),
        Command::ChooseKind => picked(picker::What::Kind),
        Command::ChooseProblem => cases::State::problems(first?).into(),
        Command::ShowIncidents => cases::State::incidents(one).into(),
        Command::Rate => rate::State::new(one, first.and_then(Item::rating)).into(),
        Command::ChooseType => picked(picker::What::Type),
        Command::ChooseDue => picked(picker::What::Due),
        Command::EditFields => own::State::new(first?, shared).into(),
        Command::ChooseTags => changed(several::What::Tags),
        Command::ChooseCcs => changed(several::What::Ccs),
        Command::ChooseFollowers => changed(several::What::Followers),
        Command::Reply => ticket::State::writing(one, Visibility::Public).into(),
        Command::Note => ticket::State::writing(one, Visibility::Internal).into(),
        Command::ApplyMacro => offer::State::macros(tickets.to_vec()).into(),
        Command::Why => offer::State::rules(one, None).into(),
        Command::ShowHistory => history::State::new(one, first.cloned(), Vec::new()).into(),
        Command::Merge => merge::State::new(one).into(),
        Command::NewTicketFor => new_request::State::for_requester(first?.requester(), shared).into(),
        _ => return None,
    })
}

/// Asks whether to open a follow-up, where a ticket is closed (D13, R178). `false` where it is not.
pub fn offer_follow_up(item: Option<&Item>, cx: &mut Context<'_>) -> bool {
    let Some(item) = item.filter(|item| item.status() == Status::Closed) else { return false };
    let places = [DraftPlace::Reply(item.id()), DraftPlace::Note(item.id())];
    let written = places.into_iter().find(|place| cx.shared.drafts.contains_key(place));
    ask_for_follow_up(item, written, cx);
    true
}

/// Asks whether to open a follow-up of a closed ticket, with what is written on it.
pub fn ask_for_follow_up(item: &Item, written: Option<DraftPlace>, cx: &mut Context<'_>) {
    let word = if written.is_some() { "question-follow-up-with" } else { "question-follow-up" };
    let text = cx.shared.say(word, args![number = item.id().to_string()]);
    cx.open(question::State::new(text, Matter::FollowUp(Box::new(item.clone()), written)).into());
}

/// Others feel it, though a ticket can be brought back: it is asked about.
fn ask_for_removal(word: &str, removal: fn(TicketId) -> Removal, tickets: &[TicketId], cx: &mut Context<'_>) {
    let count = i64::try_from(tickets.len()).unwrap_or(i64::MAX);
    let number = tickets.first().map(ToString::to_string).unwrap_or_default();
    let text = cx.shared.say(word, args![count = count, number = number]);
    let mut deeds: Vec<Deed> = tickets.iter().map(|id| Deed::Removal(removal(*id))).collect();
    let matter = match deeds.pop() {
        Some(only) if deeds.is_empty() => Matter::Change(Box::new(only)),
        last => {
            deeds.extend(last);
            Matter::DoAll(deeds)
        }
    };
    cx.open(question::State::new(text, matter).into());
}

/// Whether a ticket is there no more afterwards.
pub const fn deletes(deed: &Deed) -> bool {
    matches!(deed, Deed::Removal(Removal::Delete(_) | Removal::Spam(_)))
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

/// Where the text of an act was drafted.
pub(super) fn drafted_at(deed: &Deed) -> Option<DraftPlace> {
    match deed {
        Deed::CreateTicket(_) => Some(DraftPlace::NewTicket),
        Deed::UpdateTicket { ticket, comment: Some(comment), .. } => Some(match comment.visibility {
            Visibility::Public => DraftPlace::Reply(*ticket),
            Visibility::Internal => DraftPlace::Note(*ticket),
        }),
        _ => None,
    }
}
