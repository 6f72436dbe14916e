//! How a message changes the model.

use super::command::{Command, Scope};
use super::effect::{Effect, Question};
use super::input::{Input, Key};
use super::keymap::Found;
use super::message::{Answer, Message, OutsideError, Said, ScreenId};
use super::model::{Context, Model, Move, Notice, Placed, Tone};
use super::screens::{Screen, admin, details, help, palette, report, requests, things, who};
use super::subject::Subject;
use super::{clock, news, screens, sentence, undo};
use crate::client::{Error, Receipt};
use crate::domain::act::Deed;
use crate::domain::draft::Draft;
use crate::domain::id::TicketId;
use crate::language::args;
use crate::safe::Safe;
use crate::words;

/// The address of answers that are for no screen.
pub(super) const NOBODY: ScreenId = ScreenId(0);

/// How long after the start, in milliseconds, what was due meanwhile begins to happen: the first screen comes first.
const CATCH_UP_FIRST_MS: u64 = 500;
/// How long from one look at the timers to the next, in milliseconds.
pub(super) const CATCH_UP_MS: u64 = 60_000;

/// What is wanted at the beginning.
pub fn start(model: &Model) -> Vec<Effect> {
    if matches!(model.top(), Some(Screen::Who(_))) {
        // Nobody is anybody yet.
        return Vec::new();
    }
    vec![Effect::Ask { to: NOBODY, question: Question::Session }, Effect::LoadDrafts]
}

/// Takes a message in; what is wanted from outside comes out.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    match message {
        Message::Clock(now) => model.shared.now = now,
        Message::Input(input) => on_input(model, input, &mut effects),
        Message::Answered { to: NOBODY, result, .. } => on_session(model, result, &mut effects),
        Message::Answered { to, question, result } => {
            if let Ok(answer) = &result {
                model.shared.learn_answer(answer);
            }
            tell(model, to, Said::Answer(question, result), &mut effects);
        }
        Message::Acted { to, key, deed, result } => on_acted(model, to, &key.0, deed, result, &mut effects),
        Message::Drafts(result) => on_drafts(model, result, &mut effects),
        Message::DraftKept(Ok(())) => {}
        Message::DraftKept(Err(error)) => model.shared.fail(error),
        Message::Rested { to, token } => tell(model, to, Said::Rested(token), &mut effects),
        Message::CaughtUp(result) => clock::caught_up(model, result, &mut effects),
        Message::News(result) => news::heard(model, result, &mut effects),
        Message::ClockMoved(result) => clock::moved(model, result, &mut effects),
        Message::Uploaded { to, path, result } => tell(model, to, Said::Uploaded(path, result), &mut effects),
        Message::Saved(result) => {
            model.shared.notice = Some(match result {
                Ok(path) => Notice { text: model.shared.say("notice-saved", args![path = path]), tone: Tone::Done },
                Err(error) => Notice { text: sentence::outside(&model.shared, &error), tone: Tone::Bad },
            });
        }
        Message::Edited { to, result } => tell(model, to, Said::Edited(result), &mut effects),
        Message::Outside(effect, result) => on_outside(model, &effect, result),
        Message::Held(waiting) => model.shared.waiting = waiting,
        Message::Panicked(effect) => on_panic(model, &effect, &mut effects),
    }
    if effects.iter().any(|effect| matches!(effect, Effect::Act { .. })) {
        undo::remember(model, &effects);
    }
    effects
}

fn on_session(model: &mut Model, result: Result<Answer, Error>, effects: &mut Vec<Effect>) {
    match result {
        Ok(Answer::Session(session)) => {
            let first = model.shared.session.is_none();
            model.shared.names.people.insert(session.me.id, session.me.name.clone());
            if let Some(organization) = &session.organization {
                model.shared.names.organizations.insert(organization.id, organization.name.clone());
            }
            model.shared.join(*session);
            if first {
                let home = requests::State::home(&model.shared);
                open(model, home.into(), effects);
                if let Some(id) = model.shared.open.take() {
                    open(model, screens::ticket::State::reading(id, Vec::new(), None).into(), effects);
                }
                effects.push(Effect::CatchUp { wait_ms: CATCH_UP_FIRST_MS });
                news::listen(effects);
            } else {
                tell_all(model, &Said::Session, effects);
            }
        }
        Ok(_) => {}
        // Asked again and again: it is no answer to anything that the person did.
        Err(error) if model.shared.session.is_some() => model.shared.last_error = Some(error),
        Err(error) => model.shared.fail(error),
    }
}

fn on_input(model: &mut Model, input: Input, effects: &mut Vec<Effect>) {
    model.shared.touched = model.shared.now;
    match input {
        Input::Key(key) => on_key(model, key, effects),
        Input::Paste(text) => tell_top(model, Said::Paste(text), effects),
        Input::Mouse(mouse) => tell_top(model, Said::Mouse(mouse), effects),
        Input::Resize(size) => {
            model.shared.size = size;
            tell_all(model, &Said::Resized, effects);
        }
        Input::Focus(focused) => model.shared.focused = focused,
    }
}

fn on_key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    model.shared.notice = None;
    // Before the account has answered one can leave, try again and see what is wrong.
    let mut scopes: Vec<Scope> = model.top().map_or_else(|| vec![Scope::Browsing], |top| top.scopes().to_vec());
    scopes.push(Scope::Always);
    model.pending.push(key);
    match model.shared.keymap.find(&scopes, &model.pending, model.shared.is_staff()) {
        Found::More => {}
        Found::Command(command) => {
            model.pending.clear();
            on_command(model, command, key, effects);
        }
        Found::Nothing => {
            // A sequence that leads nowhere is forgotten whole: half of it must not become text.
            let alone = model.pending.len() == 1;
            model.pending.clear();
            if alone {
                tell_top(model, Said::Key(key), effects);
            }
        }
    }
}

fn on_command(model: &mut Model, command: Command, key: Key, effects: &mut Vec<Effect>) {
    if let Some(lack) = model.shared.lack(command) {
        let text = Safe::line(&words::lack(&model.shared.words, lack));
        model.shared.notice = Some(Notice { text, tone: Tone::Hint });
        return;
    }
    match command {
        Command::Quit => effects.push(Effect::Quit),
        Command::Back if model.screens.is_empty() => effects.push(Effect::Quit),
        Command::Refresh if model.screens.is_empty() => effects.extend(start(model)),
        Command::Undo => undo::undo(model, effects),
        Command::Become if model.shared.cast.is_empty() => {}
        Command::Become => {
            let screen = who::State::new(&model.shared);
            model.place(screen.into());
        }
        Command::ShowAccounts if model.shared.accounts.len() > 1 => {
            open(model, screens::accounts::State::new(&model.shared).into(), effects);
        }
        Command::ShowAccounts => {
            let text = model.shared.word("notice-one-account");
            model.shared.notice = Some(Notice { text, tone: Tone::Hint });
        }
        Command::Lab if model.shared.lab.is_some() => open(model, screens::lab::State::new().into(), effects),
        Command::Lab => {}
        Command::MyActivities if model.shared.session.is_some() => my_activities(model, key, effects),
        Command::ShowReport if model.shared.is_staff() => open(model, report::State::new().into(), effects),
        Command::ShowForecast if model.shared.is_staff() => {
            open(model, screens::forecast::State::new().into(), effects);
        }
        Command::ShowMails if model.shared.is_staff() => open(model, screens::mails::State::new().into(), effects),
        Command::ShowDeleted if model.shared.is_staff() => open(model, screens::deleted::State::new().into(), effects),
        Command::Admin if model.shared.is_admin() => open(model, admin::State::new().into(), effects),
        Command::People if model.shared.is_staff() => {
            open(model, things::State::new(Subject::People).into(), effects);
        }
        Command::Organizations if model.shared.is_staff() => {
            open(model, things::State::new(Subject::Organizations).into(), effects);
        }
        Command::Suspend => effects.push(Effect::Suspend),
        Command::Redraw => effects.push(Effect::Redraw),
        Command::ToggleMouse => {
            model.shared.mouse = !model.shared.mouse;
            effects.push(Effect::Mouse(model.shared.mouse));
            let word = if model.shared.mouse { "notice-mouse-taken" } else { "notice-mouse-free" };
            model.shared.notice = Some(Notice { text: model.shared.word(word), tone: Tone::Done });
        }
        // The help of the help is itself: the same key leads back.
        Command::Help | Command::HelpWhileTyping if matches!(model.top(), Some(Screen::Help(_))) => {
            tell_top(model, Said::Command(Command::Back, key), effects);
        }
        Command::Help | Command::HelpWhileTyping => {
            let scopes = model.top().map(Screen::scopes).unwrap_or_default();
            open(model, help::State::new(scopes, &model.shared).into(), effects);
        }
        Command::Palette => {
            let scopes = model.top().map(Screen::scopes).unwrap_or_default();
            open(model, palette::State::new(scopes, &model.shared).into(), effects);
        }
        Command::ShowError => {
            if let Some(error) = model.shared.last_error.clone() {
                open(model, details::State::new(error).into(), effects);
            } else {
                let text = model.shared.word("notice-no-error");
                model.shared.notice = Some(Notice { text, tone: Tone::Hint });
            }
        }
        _ => tell_top(model, Said::Command(command, key), effects),
    }
}

/// Leads to the lists of one's own requests, from wherever one is (R156, R163): to the page that is open already, or to a
/// new one.
fn my_activities(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let is_there = |placed: &Placed| matches!(&placed.screen, Screen::Requests(state) if state.is_activities());
    match model.screens.iter().rposition(is_there) {
        Some(at) => {
            let covered = at + 1 < model.screens.len();
            model.screens.truncate(at + 1);
            if covered {
                tell_top(model, Said::Uncovered, effects);
            }
            tell_top(model, Said::Command(Command::MyActivities, key), effects);
        }
        None => open(model, requests::State::activities(&model.shared).into(), effects),
    }
}

fn on_acted(
    model: &mut Model,
    to: ScreenId,
    key: &str,
    deed: Box<Deed>,
    result: Result<Receipt, Error>,
    effects: &mut Vec<Effect>,
) {
    if result.is_ok() && matches!(*deed, Deed::SetItem(_) | Deed::DeleteItem(_) | Deed::OrderItems { .. }) {
        // Lists, kinds and fields may be others now.
        effects.push(Effect::Ask { to: NOBODY, question: Question::Session });
    }
    let ticket = touched(&deed, &result);
    let came = undo::acted(model, key, &result);
    if let Some(id) = ticket.filter(|_| result.is_ok()) {
        knows(model, id);
    }
    match &result {
        _ if undo::undone(model, key, ticket, &result) => {}
        Ok(_) => {
            // Only now is the draft needless, and only if it is the one that was sent (Z07).
            if let Some(place) = super::acts::drafted_at(&deed)
                && model.shared.drafts.get(&place).is_some_and(|draft| draft.key == key)
            {
                model.shared.drafts.remove(&place);
                effects.push(Effect::DropDraft(place));
            }
            if let Some(notice) = undo::notice(model, &deed, ticket, came) {
                model.shared.notice = Some(notice);
            }
        }
        Err(error) => model.shared.fail(error.clone()),
    }
    let made = ticket.filter(|_| matches!(*deed, Deed::CreateTicket(_)) && result.is_ok());
    let closed = match &*deed {
        Deed::Merge { source, .. } => Some(*source),
        _ => None,
    };
    tell(model, to, Said::Acted(deed, result), effects);
    if let Some(id) = made {
        tell_all(model, &Said::Made(id), effects);
    }
    for changed in [Some(ticket), closed.map(Some)].into_iter().flatten() {
        tell_all(model, &Said::Changed(changed), effects);
    }
}

/// What one did oneself is nothing new; what others did before and nobody has looked at is still.
fn knows(model: &mut Model, id: TicketId) {
    let mut known = model.screens.iter().filter_map(|placed| placed.screen.item(id));
    if !known.any(|item| item.is_changed(&model.shared)) {
        model.shared.opened.insert(id, model.shared.now);
    }
}

fn touched(deed: &Deed, result: &Result<Receipt, Error>) -> Option<TicketId> {
    let named = match deed {
        Deed::UpdateTicket { ticket, .. } | Deed::MakeInternal { ticket, .. } => Some(*ticket),
        Deed::Merge { target, .. } => Some(*target),
        Deed::Removal(removal) => Some(removal.ticket()),
        _ => None,
    };
    named.or_else(|| result.as_ref().ok().and_then(|receipt| receipt.outcome.ticket))
}

fn on_drafts(model: &mut Model, result: Result<Vec<Draft>, Error>, effects: &mut Vec<Effect>) {
    match result {
        Ok(drafts) => {
            for draft in drafts {
                // What has been typed meanwhile is newer.
                model.shared.drafts.entry(draft.place).or_insert(draft);
            }
            tell_all(model, &Said::Drafts, effects);
        }
        Err(error) => model.shared.fail(error),
    }
}

fn on_outside(model: &mut Model, effect: &Effect, result: Result<(), OutsideError>) {
    let shared = &mut model.shared;
    let text = match (effect, result) {
        (_, Err(error)) => Some(Notice { text: sentence::outside(shared, &error), tone: Tone::Bad }),
        (Effect::Copy(text), Ok(())) => {
            Some(Notice { text: shared.say("notice-copied", args![text = text.as_str()]), tone: Tone::Done })
        }
        (Effect::OpenLink(_), Ok(())) => Some(Notice { text: shared.word("notice-opened"), tone: Tone::Done }),
        _ => None,
    };
    if text.is_some() {
        shared.notice = text;
    }
}

/// A task that broke off counts as an answer that made no sense, so that nobody waits for ever.
fn on_panic(model: &mut Model, effect: &Effect, effects: &mut Vec<Effect>) {
    let error = || Error::Garbled(format!("{effect:?}").chars().take(200).collect());
    let outside = || OutsideError::Client(error());
    let message = match effect.clone() {
        Effect::Ask { to, question } => Message::Answered { to, question, result: Err(error()) },
        Effect::Act { to, key, deed } => Message::Acted { to, key, deed, result: Err(error()) },
        Effect::LoadDrafts => Message::Drafts(Err(error())),
        Effect::Upload { to, path, .. } => Message::Uploaded { to, path, result: Err(outside()) },
        Effect::Save(_) => Message::Saved(Err(outside())),
        Effect::Edit { to, .. } => Message::Edited { to, result: Err(outside()) },
        Effect::Rest { to, token, .. } => Message::Rested { to, token },
        Effect::CatchUp { .. } => Message::CaughtUp(Err(error())),
        Effect::Listen { .. } => Message::News(Err(error())),
        Effect::MoveClock { .. } => Message::ClockMoved(Err(error())),
        Effect::KeepDraft(_) | Effect::MoveDraft { .. } | Effect::DropDraft(_) => Message::DraftKept(Err(error())),
        other => Message::Outside(Box::new(other), Err(outside())),
    };
    effects.extend(update(model, message));
}

pub(super) fn open(model: &mut Model, screen: Screen, effects: &mut Vec<Effect>) {
    let id = model.place(screen);
    tell(model, id, Said::Opened, effects);
}

fn tell_top(model: &mut Model, said: Said, effects: &mut Vec<Effect>) {
    if let Some(id) = model.screens.last().map(|placed| placed.id) {
        tell(model, id, said, effects);
    }
}

pub(super) fn tell_all(model: &mut Model, said: &Said, effects: &mut Vec<Effect>) {
    let ids: Vec<ScreenId> = model.screens.iter().map(|placed| placed.id).collect();
    for id in ids {
        tell(model, id, said.clone(), effects);
    }
}

/// Tells one screen, and does with the stack what it wants. Nothing happens when it is closed already.
fn tell(model: &mut Model, to: ScreenId, said: Said, effects: &mut Vec<Effect>) {
    let Some(placed) = model.screens.iter_mut().find(|placed| placed.id == to) else { return };
    let mut cx = Context { shared: &mut model.shared, id: to, effects, moves: Vec::new() };
    placed.screen.update(said, &mut cx);
    let moves = cx.moves;
    for step in moves {
        apply(model, to, step, effects);
    }
}

fn apply(model: &mut Model, from: ScreenId, step: Move, effects: &mut Vec<Effect>) {
    match step {
        Move::Open(screen) => open(model, *screen, effects),
        Move::Replace(screen) => {
            model.screens.retain(|placed| placed.id != from);
            open(model, *screen, effects);
        }
        Move::Close(answer) => {
            close(model, from, effects);
            if let Some(said) = answer {
                tell_top(model, *said, effects);
            }
        }
        Move::Pass(command) => {
            close(model, from, effects);
            on_command(model, command, Key::plain(super::input::Code::Enter), effects);
        }
    }
}

fn close(model: &mut Model, id: ScreenId, effects: &mut Vec<Effect>) {
    model.screens.retain(|placed| placed.id != id);
    if model.screens.is_empty() {
        effects.push(Effect::Quit);
    } else {
        tell_top(model, Said::Uncovered, effects);
    }
}
