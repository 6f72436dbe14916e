//! An account at Zendesk, over its REST API v2, which our own server speaks too. What it cannot do stands in the session
//! (`lacks.rs`); all requests of a process go through one governor; a change holds for what was seen, and is looked for in the
//! ticket's history before it is made again.
//!
//! What an account tells beyond what ours has is passed over: brands, skips, several organizations, what calls and chats
//! say beside their text. A ticket has no version there: the second of its last change stands for it, so two changes within
//! a second cannot be told apart, as everywhere with this API.

mod api;
mod audit;
mod body;
mod count;
mod deed;
mod envelope;
mod far;
mod files;
mod governor;
mod journal;
mod known;
mod lacks;
mod list;
mod news;
mod people;
mod person;
mod query;
mod removed;
mod rhythm;
mod setup;
mod shelf;
mod shop;
mod team;
mod thread;
mod ticket;
mod update;

pub use governor::Governor;

use super::transport::Transport;
use crate::client::access::AccessLink;
use crate::client::rehearsal::Rehearsal;
use crate::client::told::{InboxAsk, Told};
use crate::client::{
    Answer, AppliedAll, Capability, Client, Count, Cursor, DueTicket, Error, Key, ListAsk, LogAsk, Names, News, Page,
    PeopleAsk, Ran, Receipt, Reported, RuleTitle, RuleWhy, Session, Source, Thread, Trial, Waiting,
};
use crate::domain::account::Organization;
use crate::domain::act::{Deed, OrganizationRef};
use crate::domain::comment::{Attachment, Comment, Upload};
use crate::domain::condition::Condition;
use crate::domain::event::Audit;
use crate::domain::id::{AttachmentId, CommentId, PersonId, RuleId, TicketId, WebhookId};
use crate::domain::metrics::Metrics;
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::person::{Person, PersonRef};
use crate::domain::presence::{Doing, Present};
use crate::domain::removal::DeletedTicket;
use crate::domain::report::Ask as ReportAsk;
use crate::domain::secret::{ApiToken, Secret};
use crate::domain::setup::{Directory, Item, ItemKind, Mentions};
use crate::domain::suspended::Suspended;
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::webhook::{Called, WebhookKeys};
use api::Api;
use journal::Journal;
use shelf::Shelf;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::watch;

/// An account at Zendesk.
#[derive(Clone)]
pub struct Zendesk {
    api: Api,
    shelf: Arc<Shelf>,
}

impl Zendesk {
    /// Asks over that way; nothing is asked yet.
    pub fn new(transport: Transport) -> Self {
        Self { api: Api::new(transport), shelf: Arc::default() }
    }

    /// The same, with a file in which what is under way outlives the program.
    pub fn remembering(transport: Transport, journal: PathBuf) -> Self {
        Self { api: Api::new(transport), shelf: Arc::new(Shelf::with(Journal::at(journal))) }
    }
}

/// What is missing is missing for everybody.
fn lack<T>(what: Capability) -> Answer<'static, T>
where
    T: Send + 'static,
{
    Box::pin(std::future::ready(Err(Error::NotHere(what))))
}

impl Client for Zendesk {
    fn session(&self) -> Answer<'_, Session> {
        Box::pin(async { self.known().await.map(|known| known.session.clone()) })
    }

    fn act(&self, key: Key, deed: Deed) -> Answer<'_, Receipt> {
        Box::pin(async move { self.perform(&key, deed).await })
    }

    fn check(&self, deed: Deed) -> Answer<'_, ()> {
        // An account says what stands against an act only when it is sent.
        Box::pin(async move { deed::lacking(&deed).map_or(Ok(()), |lack| Err(Error::NotHere(lack))) })
    }

    fn rehearse(&self) -> Answer<'_, Box<dyn Rehearsal>> {
        Box::pin(std::future::ready(Err(Error::NotRehearsed)))
    }

    fn items(&self, kind: ItemKind) -> Answer<'_, Vec<Item>> {
        Box::pin(self.read_items(kind))
    }

    fn directory(&self, mentions: Mentions) -> Answer<'_, Directory> {
        Box::pin(self.read_directory(mentions))
    }

    fn matching(&self, when: Condition, limit: u32) -> Answer<'_, (Count, Page<Ticket>)> {
        Box::pin(async move { self.find_matching(&when, limit).await })
    }

    fn tickets(&self, ask: ListAsk) -> Answer<'_, Page<Ticket>> {
        Box::pin(self.list_tickets(ask))
    }

    fn requests(&self, ask: ListAsk) -> Answer<'_, Page<Request>> {
        Box::pin(self.list_requests(ask))
    }

    fn counts(&self, sources: Vec<Source>) -> Answer<'_, Vec<Count>> {
        Box::pin(self.count_all(sources))
    }

    fn ticket(&self, id: TicketId, comments: u32) -> Answer<'_, Thread<Ticket>> {
        Box::pin(self.read_ticket(id, comments))
    }

    fn request(&self, id: TicketId, comments: u32) -> Answer<'_, Thread<Request>> {
        Box::pin(self.read_request(id, comments))
    }

    fn comments(&self, ticket: TicketId, before: CommentId, limit: u32) -> Answer<'_, Page<Comment>> {
        Box::pin(self.earlier(ticket, before, limit))
    }

    fn audits(&self, ticket: TicketId, after: i64, limit: u32) -> Answer<'_, Page<Audit>> {
        Box::pin(self.read_audits(ticket, after, limit))
    }

    fn metrics(&self, ticket: TicketId) -> Answer<'_, Metrics> {
        Box::pin(self.read_metrics(ticket))
    }

    fn admin_log(&self, _: LogAsk) -> Answer<'_, Page<Audit>> {
        lack(Capability::AdminLog)
    }

    fn access_link(&self, _: Key, _: PersonId) -> Answer<'_, AccessLink> {
        lack(Capability::AccessLinks)
    }

    fn set_password(&self, _: Key, person: PersonId, password: Secret) -> Answer<'_, ()> {
        Box::pin(async move { self.change_password(person, &password).await })
    }

    fn add_token(&self, _: Key, _: PersonId) -> Answer<'_, Secret> {
        lack(Capability::Tokens)
    }

    fn tokens(&self, _: PersonId) -> Answer<'_, Vec<ApiToken>> {
        lack(Capability::Tokens)
    }

    fn people(&self, ask: PeopleAsk) -> Answer<'_, Page<Person>> {
        Box::pin(self.find_people(ask))
    }

    fn organization(&self, which: OrganizationRef) -> Answer<'_, Organization> {
        Box::pin(self.find_organization(which))
    }

    fn organizations(&self, text: String, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Organization>> {
        Box::pin(async move { self.find_organizations(&text, after, limit).await })
    }

    fn read_along(&self, requester: PersonRef) -> Answer<'_, bool> {
        Box::pin(self.reads_along(requester))
    }

    fn upload(&self, name: String, content_type: String, bytes: Vec<u8>) -> Answer<'_, Upload> {
        Box::pin(self.hand_in(name, content_type, bytes))
    }

    fn attachment(&self, id: AttachmentId) -> Answer<'_, (Attachment, Vec<u8>)> {
        Box::pin(self.file(id))
    }

    fn report(&self, _: ReportAsk) -> Answer<'_, Reported> {
        lack(Capability::Reports)
    }

    fn forecast(&self, _: Timestamp, _: u32) -> Answer<'_, Vec<DueTicket>> {
        lack(Capability::Forecasts)
    }

    fn inbox(&self, _: InboxAsk) -> Answer<'_, Page<Told>> {
        lack(Capability::Inbox)
    }

    fn unread(&self) -> Answer<'_, Count> {
        // Nobody is told anything there that they could not have read.
        Box::pin(std::future::ready(Ok(Count { value: 0, or_more: false })))
    }

    fn mark_read(&self, _: Option<Vec<i64>>) -> Answer<'_, ()> {
        lack(Capability::Inbox)
    }

    fn outbox(&self, _: Option<Delivery>, _: Option<Cursor>, _: u32) -> Answer<'_, Page<Outgoing>> {
        lack(Capability::Outbox)
    }

    fn suspended(&self, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Suspended>> {
        Box::pin(self.read_suspended(after, limit))
    }

    fn suspended_mail(&self, _: i64) -> Answer<'_, (Suspended, Vec<u8>)> {
        lack(Capability::Mails)
    }

    fn deleted_tickets(&self, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<DeletedTicket>> {
        Box::pin(self.read_deleted(after, limit))
    }

    fn webhook_calls(&self, _: WebhookId, _: Option<Cursor>, _: u32) -> Answer<'_, Page<Called>> {
        lack(Capability::Webhooks)
    }

    fn webhook_keys(&self, _: WebhookId) -> Answer<'_, WebhookKeys> {
        lack(Capability::Webhooks)
    }

    fn test_webhook(&self, _: WebhookId) -> Answer<'_, Called> {
        lack(Capability::Webhooks)
    }

    fn run_timers(&self, _: Option<Timestamp>, _: bool, _: Option<Cursor>) -> Answer<'_, Page<Ran>> {
        lack(Capability::Timers)
    }

    fn why(&self, _: TicketId, _: String) -> Answer<'_, RuleWhy> {
        lack(Capability::Why)
    }

    fn rules(&self) -> Answer<'_, Vec<RuleTitle>> {
        lack(Capability::Why)
    }

    fn try_macro(&self, tickets: Vec<TicketId>, which: RuleId) -> Answer<'_, AppliedAll> {
        Box::pin(self.apply_macro(tickets, which))
    }

    fn try_item(&self, _: Item) -> Answer<'_, Trial> {
        lack(Capability::Trials)
    }

    fn news(&self, after: Option<Cursor>, wait_ms: u32) -> Answer<'_, News> {
        Box::pin(self.look_for_news(after, wait_ms))
    }

    fn present(&self, _: TicketId, _: Option<Doing>) -> Answer<'_, (Vec<Present>, Names)> {
        // Its interface tells of nobody, and takes nobody's word for it.
        Box::pin(std::future::ready(Ok((Vec::new(), Names::default()))))
    }

    fn catch_up(&self) -> Answer<'_, u64> {
        // It looks after its timers itself.
        Box::pin(std::future::ready(Ok(0)))
    }

    fn attend(&self, looks: bool) {
        self.shelf.attend(looks);
    }

    fn waiting(&self) -> Option<watch::Receiver<Option<Waiting>>> {
        Some(self.api.governor().waiting())
    }
}
