//! An account in a store of one's own.

mod access;
mod counted;
mod fault;
pub(in crate::client) mod files;
mod items;
mod jobs;
mod leaving;
mod list;
pub mod listed;
mod log;
mod macros;
mod metrics;
mod names;
mod news;
mod people;
mod presence;
mod reading;
mod rehearsal;
mod removal;
mod report;
mod said;
mod timers;
mod told;
mod webhooks;
mod why;

use super::{
    Answer, AppliedAll, Client, Count, Cursor, DueTicket, Error, Key, ListAsk, LogAsk, Names, News, Page, PeopleAsk,
    Ran, Receipt, Reported, RuleTitle, RuleWhy, Session, Source, Thread, Trial, ViewTitle,
};
use crate::client::access::AccessLink;
use crate::client::post::Post;
use crate::client::rehearsal::Rehearsal;
use crate::client::told::{InboxAsk, Told};
use crate::domain::account::Organization;
use crate::domain::act::{Act, Deed, OrganizationRef, Who};
use crate::domain::comment::{Attachment, Channel, Comment, Upload};
use crate::domain::condition::Condition;
use crate::domain::decide::admitted;
use crate::domain::event::{Audit, Chain};
use crate::domain::form::Reader;
use crate::domain::id::{AttachmentId, CommentId, PersonId, RuleId, TicketId, WebhookId};
use crate::domain::metrics::Metrics;
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::person::{Person, PersonRef, Role};
use crate::domain::presence::{Doing, Present};
use crate::domain::refusal::{Field, Refusal};
use crate::domain::removal::DeletedTicket;
use crate::domain::report::Ask as ReportAsk;
use crate::domain::secret::{ApiToken, Secret};
use crate::domain::setup::{Directory, Item, ItemKind, Mentions};
use crate::domain::suspended::Suspended;
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::webhook::{Called, WebhookKeys};
use crate::store::{Clock, Known, Store};
pub(super) use counted::Counted;
use std::sync::Arc;

/// One person before an account in a store of one's own.
#[derive(Clone)]
pub struct Embedded {
    store: Store,
    person: PersonId,
    via: Channel,
    clock: Clock,
    counted: Arc<Counted>,
    patience: Patience,
}

/// How somebody waits for news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Patience {
    /// Until there are some.
    Waits,
    /// Until something of the account changes, for whoever has to look then whether they may listen still.
    Stirs,
    /// Not at all.
    None,
}

/// The most rows of a page, comments at once, and people asked for by number.
const MOST_ROWS: u32 = 100;
/// The most lists counted at once: every tab of a full screen fits several times.
const MOST_COUNTS: usize = 50;
/// How far each of them is counted.
const MOST_COUNTED: u64 = 1_000;
/// The longest text by which organizations are looked for, in bytes.
const MOST_TEXT_BYTES: usize = 1_000;
/// The longest key of an act, in bytes.
const MOST_KEY_BYTES: usize = 255;

impl Embedded {
    /// Acts and asks as that person, who comes by that way, with the time of that clock.
    pub fn new(store: Store, person: PersonId, via: Channel, clock: Clock) -> Self {
        Self::remembering(store, person, via, clock, Arc::default())
    }

    /// The same, with what was counted for them before.
    pub(super) fn remembering(
        store: Store,
        person: PersonId,
        via: Channel,
        clock: Clock,
        counted: Arc<Counted>,
    ) -> Self {
        Self { store, person, via, clock, counted, patience: Patience::Waits }
    }

    /// The same person by another way.
    #[must_use]
    pub fn coming_by(mut self, via: Channel) -> Self {
        self.via = via;
        self
    }

    /// Ends it in order, for whoever opened it: what was acknowledged is in the store anyway, now it lies in one file.
    pub async fn close(&self) {
        self.store.close().await;
    }

    /// What the clock of the account says.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The account for whoever carries its letters.
    pub fn post(&self) -> Post {
        Post::new(self.store.clone(), Arc::clone(&self.clock))
    }

    /// Who asks, as they are now.
    async fn me(&self) -> Result<Known, Error> {
        let known = self.store.who(self.person).await?.ok_or(Error::Denied)?;
        admitted(&known.person)?;
        Ok(known)
    }

    async fn staff(&self) -> Result<Known, Error> {
        let me = self.me().await?;
        if me.person.role.is_staff() { Ok(me) } else { Err(Error::Denied) }
    }

    async fn read_session(&self) -> Result<Session, Error> {
        let me = self.me().await?;
        let staff = me.person.role.is_staff();
        let reader = Reader::of(staff);
        let views = if staff { self.store.views(&me.person).await? } else { Vec::new() };
        let views = views.into_iter().filter(|view| view.active).map(ViewTitle::from).collect();
        let (unread, _) = self.store.unread(&me.reader(self.now(), false)).await?;
        Ok(Session {
            lacks: std::collections::BTreeSet::new(),
            unread,
            account: me.account().clone(),
            settings: if staff { me.settings().clone() } else { me.settings().for_requesters() },
            kinds: me.setup().kinds_for(reader),
            fields: me.setup().fields_for(reader),
            statuses: me.setup().statuses_for(reader),
            groups: if staff { me.groups() } else { Vec::new() },
            views,
            organization: me.organization.clone().map(|organization| me.told_organization(organization)),
            me: me.told(me.person.clone()),
        })
    }

    async fn perform(&self, key: Key, deed: Deed) -> Result<Receipt, Error> {
        if key.0.len() > MOST_KEY_BYTES {
            return Err(Refusal::TooLong { field: Field::Key, max: MOST_KEY_BYTES as u64 }.into());
        }
        let act = Act { who: Who::Person(self.person), via: self.via, deed };
        let done = self.store.act(act, Some(key.0), &self.clock).await?;
        // What was done before may have ended in between.
        if done.unsettled || done.repeated {
            self.settle().await?;
        }
        let ticket = done.outcome.ticket.map(Chain::Ticket);
        let entries = done.entries.iter().filter(|entry| done.by_staff && Some(entry.chain) == ticket);
        let versions = entries.count();
        let versions = i64::try_from(versions).unwrap_or(i64::MAX);
        Ok(Receipt { outcome: done.outcome, repeated: done.repeated, versions })
    }

    async fn requester_reads_along(&self, requester: PersonRef) -> Result<bool, Error> {
        let viewer = self.staff().await?.viewer();
        let known = match requester {
            PersonRef::Id(id) => self.store.people_by_ids(&viewer, &[id]).await?,
            PersonRef::Address(email) | PersonRef::Named { email, .. } => {
                self.store.person_by_address(&viewer, &email).await?
            }
        };
        Ok(self.store.shares(known.first().and_then(|person| person.organization)).await?)
    }

    async fn keep_upload(&self, name: String, content_type: String, bytes: Vec<u8>) -> Result<Upload, Error> {
        let me = self.me().await?;
        Ok(self.store.upload(me.person.id, name, content_type, bytes, &self.clock).await?)
    }

    async fn read_attachment(&self, id: AttachmentId) -> Result<(Attachment, Vec<u8>), Error> {
        let reader = self.me().await?.reader(self.now(), false);
        self.store.attachment(&reader, id).await?.ok_or(Error::NotFound)
    }
}

impl Client for Embedded {
    fn session(&self) -> Answer<'_, Session> {
        Box::pin(self.read_session())
    }

    fn act(&self, key: Key, deed: Deed) -> Answer<'_, Receipt> {
        Box::pin(self.perform(key, deed))
    }

    fn check(&self, deed: Deed) -> Answer<'_, ()> {
        Box::pin(self.check_deed(deed))
    }

    fn rehearse(&self) -> Answer<'_, Box<dyn Rehearsal>> {
        Box::pin(self.begin_rehearsal())
    }

    fn items(&self, kind: ItemKind) -> Answer<'_, Vec<Item>> {
        Box::pin(self.read_items(kind))
    }

    fn directory(&self, mentions: Mentions) -> Answer<'_, Directory> {
        Box::pin(self.read_directory(mentions))
    }

    fn matching(&self, when: Condition, limit: u32) -> Answer<'_, (Count, Page<Ticket>)> {
        Box::pin(self.list_matching(when, limit))
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
        Box::pin(self.read_comments(ticket, before, limit))
    }

    fn audits(&self, ticket: TicketId, after: i64, limit: u32) -> Answer<'_, Page<Audit>> {
        Box::pin(self.read_audits(ticket, after, limit))
    }

    fn metrics(&self, ticket: TicketId) -> Answer<'_, Metrics> {
        Box::pin(self.read_metrics(ticket))
    }

    fn admin_log(&self, ask: LogAsk) -> Answer<'_, Page<Audit>> {
        Box::pin(self.read_admin_log(ask))
    }

    fn access_link(&self, key: Key, person: PersonId) -> Answer<'_, AccessLink> {
        Box::pin(self.make_link(key, person))
    }

    fn set_password(&self, key: Key, person: PersonId, password: Secret) -> Answer<'_, ()> {
        Box::pin(self.keep_password(key, person, password))
    }

    fn add_token(&self, key: Key, person: PersonId) -> Answer<'_, Secret> {
        Box::pin(self.make_token(key, person))
    }

    fn tokens(&self, person: PersonId) -> Answer<'_, Vec<ApiToken>> {
        Box::pin(self.list_tokens(person))
    }

    fn people(&self, ask: PeopleAsk) -> Answer<'_, Page<Person>> {
        Box::pin(self.read_people(ask))
    }

    fn organization(&self, which: OrganizationRef) -> Answer<'_, Organization> {
        Box::pin(self.read_organization(which))
    }

    fn organizations(&self, text: String, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Organization>> {
        Box::pin(self.read_organizations(text, after, limit))
    }

    fn read_along(&self, requester: PersonRef) -> Answer<'_, bool> {
        Box::pin(self.requester_reads_along(requester))
    }

    fn upload(&self, name: String, content_type: String, bytes: Vec<u8>) -> Answer<'_, Upload> {
        Box::pin(self.keep_upload(name, content_type, bytes))
    }

    fn attachment(&self, id: AttachmentId) -> Answer<'_, (Attachment, Vec<u8>)> {
        Box::pin(self.read_attachment(id))
    }

    fn report(&self, ask: ReportAsk) -> Answer<'_, Reported> {
        Box::pin(self.make_report(ask))
    }

    fn forecast(&self, until: Timestamp, limit: u32) -> Answer<'_, Vec<DueTicket>> {
        Box::pin(self.read_forecast(until, limit))
    }

    fn inbox(&self, ask: InboxAsk) -> Answer<'_, Page<Told>> {
        Box::pin(self.read_inbox(ask))
    }

    fn unread(&self) -> Answer<'_, Count> {
        Box::pin(self.count_unread())
    }

    fn mark_read(&self, ids: Option<Vec<i64>>) -> Answer<'_, ()> {
        Box::pin(self.set_read(ids))
    }

    fn outbox(&self, delivery: Option<Delivery>, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Outgoing>> {
        Box::pin(self.read_outbox(delivery, after, limit))
    }

    fn suspended(&self, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Suspended>> {
        Box::pin(self.read_suspended(after, limit))
    }

    fn suspended_mail(&self, id: i64) -> Answer<'_, (Suspended, Vec<u8>)> {
        Box::pin(self.read_suspended_mail(id))
    }

    fn deleted_tickets(&self, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<DeletedTicket>> {
        Box::pin(self.read_deleted(after, limit))
    }

    fn webhook_calls(&self, webhook: WebhookId, after: Option<Cursor>, limit: u32) -> Answer<'_, Page<Called>> {
        Box::pin(self.read_calls(webhook, after, limit))
    }

    fn webhook_keys(&self, webhook: WebhookId) -> Answer<'_, WebhookKeys> {
        Box::pin(self.read_keys(webhook))
    }

    fn test_webhook(&self, webhook: WebhookId) -> Answer<'_, Called> {
        Box::pin(self.try_webhook(webhook))
    }

    fn run_timers(&self, at: Option<Timestamp>, dry_run: bool, after: Option<Cursor>) -> Answer<'_, Page<Ran>> {
        Box::pin(self.run_due(at, dry_run, after))
    }

    fn rules(&self) -> Answer<'_, Vec<RuleTitle>> {
        Box::pin(self.read_rules())
    }

    fn try_macro(&self, tickets: Vec<TicketId>, which: RuleId) -> Answer<'_, AppliedAll> {
        Box::pin(self.read_applied(tickets, which))
    }

    fn why(&self, ticket: TicketId, rule: String) -> Answer<'_, RuleWhy> {
        Box::pin(async move { self.read_why(ticket, &rule).await })
    }

    fn try_item(&self, item: Item) -> Answer<'_, Trial> {
        Box::pin(self.read_trial(item))
    }

    fn news(&self, after: Option<Cursor>, wait_ms: u32) -> Answer<'_, News> {
        Box::pin(self.hear(after, wait_ms))
    }

    fn present(&self, ticket: TicketId, doing: Option<Doing>) -> Answer<'_, (Vec<Present>, Names)> {
        Box::pin(self.say_present(ticket, doing))
    }

    fn catch_up(&self) -> Answer<'_, u64> {
        Box::pin(self.run_overdue())
    }
}

fn too_much(max: u64) -> Error {
    Refusal::TooMuchAsked { max }.into()
}

/// Whether somebody runs the account.
fn is_admin(person: &Person) -> bool {
    person.role == Role::Admin
}
