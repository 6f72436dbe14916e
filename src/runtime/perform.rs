//! An effect becomes exactly one message.

use super::drafts::Drafts;
use super::program;
use super::tasks::Work;
use crate::client::beside::Accounts;
use crate::client::lab::Lab;
use crate::client::{Client, Error};
use crate::domain::act::OrganizationRef;
use crate::domain::comment::Upload;
use crate::domain::setup::Mentions;
use crate::post::suspended;
use crate::tui::effect::{Effect, Question};
use crate::tui::message::{Answer, MailText, Message, OutsideError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long it is listened for news at once, in milliseconds.
const LISTEN_MS: u32 = 55_000;

/// What effects reach the world with.
#[derive(Clone)]
pub(super) struct World {
    /// The account.
    pub client: Arc<dyn Client>,
    /// What is written and not sent.
    pub drafts: Arc<dyn Drafts>,
    /// The clock that can be moved, in the demo.
    pub lab: Option<Arc<Lab>>,
    /// The person's accounts.
    pub accounts: Option<Arc<dyn Accounts>>,
}

/// The work of an effect; gives the effect back when it is the terminal's, which only the loop can reach.
pub(super) fn perform(world: &World, effect: Effect) -> Result<Work, Effect> {
    let World { client, drafts, lab, accounts } = world.clone();
    Ok(match effect {
        Effect::Ask { to, question: Question::Beside(place) } => Box::pin(async move {
            let waiting = match accounts {
                Some(accounts) => accounts.waiting(place).await.map(Box::new),
                None => Err(String::new()),
            };
            Message::Answered { to, question: Question::Beside(place), result: Ok(Answer::Beside(waiting)) }
        }),
        Effect::Ask { to, question } => Box::pin(async move {
            let result = ask(&*client, question.clone()).await;
            Message::Answered { to, question, result }
        }),
        Effect::Act { to, key, deed } => Box::pin(async move {
            let result = client.act(key.clone(), (*deed).clone()).await;
            Message::Acted { to, key, deed, result }
        }),
        Effect::LoadDrafts => Box::pin(async move { Message::Drafts(drafts.all().await) }),
        Effect::KeepDraft(draft) => Box::pin(async move { Message::DraftKept(drafts.keep(*draft).await) }),
        Effect::MoveDraft { from, draft } => Box::pin(async move {
            let kept = drafts.keep(*draft).await;
            // It leaves the old place only when it is safe in the new one.
            Message::DraftKept(if kept.is_ok() { drafts.forget(from).await } else { kept })
        }),
        Effect::DropDraft(place) => Box::pin(async move { Message::DraftKept(drafts.forget(place).await) }),
        Effect::Rest { to, token, wait_ms } => Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
            Message::Rested { to, token }
        }),
        Effect::CatchUp { wait_ms } => Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
            Message::CaughtUp(client.catch_up().await)
        }),
        Effect::Listen { after, wait_ms } => Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
            Message::News(client.news(after, LISTEN_MS).await)
        }),
        Effect::MoveClock { span, to_next } => Box::pin(async move {
            let Some(lab) = lab else { return Message::ClockMoved(Err(Error::Denied)) };
            let happened = lab.advance(span, to_next).await;
            Message::ClockMoved(happened.map(|happened| (happened, lab.ahead())))
        }),
        Effect::Upload { to, path, limit } => Box::pin(async move {
            let result = upload(&*client, &path, limit).await;
            Message::Uploaded { to, path, result }
        }),
        Effect::Save(id) => Box::pin(async move { Message::Saved(super::save::save(&*client, id).await) }),
        Effect::OpenLink(link) => Box::pin(async move {
            let result = program::open_link(&link).await;
            Message::Outside(Box::new(Effect::OpenLink(link)), result)
        }),
        terminal => return Err(terminal),
    })
}

async fn ask(client: &dyn Client, question: Question) -> Result<Answer, Error> {
    Ok(match question {
        Question::Session => Answer::Session(Box::new(client.session().await?)),
        Question::Counts(sources) => Answer::Counts(client.counts(sources).await?),
        Question::Tickets(ask) => Answer::Tickets(client.tickets(*ask).await?),
        Question::Requests(ask) => Answer::Requests(client.requests(*ask).await?),
        Question::Ticket { id, comments } => Answer::Ticket(Box::new(client.ticket(id, comments).await?)),
        Question::Request { id, comments } => Answer::Request(Box::new(client.request(id, comments).await?)),
        Question::Comments { ticket, before, limit } => Answer::Comments(client.comments(ticket, before, limit).await?),
        Question::Audits { ticket, after, limit } => Answer::Audits(client.audits(ticket, after, limit).await?),
        Question::Inbox(ask) => Answer::Inbox(client.inbox(ask).await?),
        Question::MarkRead(ids) => {
            client.mark_read(ids).await?;
            Answer::Unread(client.unread().await?.value)
        }
        Question::People(ask) => Answer::People(client.people(ask).await?),
        Question::Items(kind) => {
            let items = client.items(kind).await?;
            let mentions = items.iter().map(Mentions::of_item).fold(Mentions::default(), Mentions::and);
            Answer::Items(items, client.directory(mentions).await?)
        }
        Question::Directory(mentions) => Answer::Directory(client.directory(mentions).await?),
        Question::Check(deed) => {
            client.check(*deed).await?;
            Answer::Checked
        }
        Question::Try(item) => Answer::Tried(Box::new(client.try_item(*item).await?)),
        Question::Rules => Answer::Rules(client.rules().await?),
        Question::Why { ticket, rule } => Answer::Why(Box::new(client.why(ticket, rule).await?)),
        Question::TryMacro { tickets, which } => Answer::Applied(Box::new(client.try_macro(tickets, which).await?)),
        Question::Report(ask) => Answer::Report(Box::new(client.report(*ask).await?)),
        Question::Present { ticket, doing } => {
            let (present, names) = client.present(ticket, doing).await?;
            Answer::Present(present, names)
        }
        Question::ReadAlong(requester) => Answer::ReadAlong(client.read_along(requester).await?),
        Question::Organizations { text, after, limit } => {
            Answer::Organizations(client.organizations(text, after, limit).await?)
        }
        Question::Organization(id) => {
            Answer::Organization(Box::new(client.organization(OrganizationRef::Id(id)).await?))
        }
        // Asked of the accounts, not of this one.
        Question::Beside(_) => return Err(Error::NotFound),
        Question::AdminLog(ask) => Answer::AdminLog(client.admin_log(ask).await?),
        Question::Forecast { until, limit } => Answer::Forecast(client.forecast(until, limit).await?),
        Question::Calls(id) => Answer::Calls(client.webhook_calls(id, None, 100).await?),
        Question::TestWebhook(id) => Answer::Called(client.test_webhook(id).await?),
        Question::SuspendedMails { after, limit } => Answer::SuspendedMails(client.suspended(after, limit).await?),
        Question::DeletedTickets { after, limit } => {
            Answer::DeletedTickets(client.deleted_tickets(after, limit).await?)
        }
        Question::SuspendedMail(id) => {
            let (_, mail) = suspended::read(client, id).await?;
            let files = mail.iter().flat_map(|mail| &mail.files).map(|file| file.name.clone()).collect();
            Answer::SuspendedMail(Box::new(MailText { id, text: mail.map(|mail| mail.whole_text), files }))
        }
        Question::TakeMail { id, ticket, head } => {
            let (about, mail) = suspended::read(client, id).await?;
            Answer::MailTaken(match mail {
                Some(mail) => {
                    let (receipt, whole) = suspended::take(client, about, mail, ticket, &head).await?;
                    receipt.outcome.ticket.map(|ticket| (ticket, whole))
                }
                None => None,
            })
        }
        Question::AccessLink { key, person } => Answer::AccessLink(client.access_link(key, person).await?),
    })
}

async fn upload(client: &dyn Client, typed: &str, limit: u64) -> Result<Upload, OutsideError> {
    let path = expand(typed.trim());
    let fail = |why: std::io::Error| OutsideError::File { path: path.display().to_string(), why: why.to_string() };
    let facts = tokio::fs::metadata(&path).await.map_err(fail)?;
    // A pipe or device would never end.
    if !facts.is_file() {
        return Err(fail(std::io::ErrorKind::InvalidInput.into()));
    }
    if facts.len() > limit {
        return Err(OutsideError::TooLarge { path: path.display().to_string(), max: limit });
    }
    let bytes = tokio::fs::read(&path).await.map_err(fail)?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let content_type = content_type(&path).to_owned();
    client.upload(name, content_type, bytes).await.map_err(OutsideError::Client)
}

/// `~/` is the person's home, as in a shell; quotes that a file manager pastes around a path go.
fn expand(typed: &str) -> PathBuf {
    let bare = typed.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(typed);
    match (bare.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(bare),
    }
}

/// The media type that a name promises; nobody relies on it.
fn content_type(path: &Path) -> &'static str {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("txt" | "log" | "md") => "text/plain",
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("zip") => "application/zip",
        _ => "application/octet-stream",
    }
}
