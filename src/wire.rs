//! The JSON objects that the command line prints and the REST API speaks, with the API's names and shapes. Pure.
//!
//! What an account does not have yet has no key. Keys of ours beside the API's are `kind` (the slug of a
//! `ticket_form_id`), `merged_into_id`, `version`, `group_ids`, `slug`, `guidance`, `email_ccs` and `count_or_more`.
//! What leaves for a requester is a struct of its own ([`request::Request`], [`user::EndUser`],
//! [`organization::Own`]), never the agents' with keys taken out.

mod audit;
mod automation;
mod comment;
mod deleted;
/// Things of the set-up as JSON.
pub mod document;
mod field;
mod given;
mod group;
mod job;
mod kind;
mod locale;
mod log;
mod membership;
mod metric;
/// Guichet's own dialect.
pub mod native;
mod organization;
mod page;
mod plain;
/// What other programs answer.
pub mod received;
mod report;
mod request;
/// What rules and views say, in the API's words.
pub mod rules;
mod satisfaction;
/// What is sent to have something made or changed.
pub mod sent;
mod setting;
/// Fields, forms and statuses.
pub mod setup;
mod suspended;
mod ticket;
mod time;
mod upload;
mod user;
mod via;
mod view;
pub mod weight;
mod why;

pub use audit::{Audit, AuditEvent, Held};
pub use automation::{Forecast, Run};
pub use comment::{Attachment, Comment};
pub use deleted::DeletedTicket;
pub use field::{CustomField, FieldValue, fields_of, written};
pub use given::Given;
pub use group::Group;
pub use job::JobStatus;
pub use kind::TicketForm;
pub use locale::{Locale, locales};
pub use log::LogEntry;
pub use membership::{GroupMembership, OrganizationMembership};
pub use metric::TicketMetric;
pub use organization::{Organization, Own};
pub use page::{Found, Meta};
pub use plain::plain;
pub use report::{report_cell, report_row};
pub use request::Request;
pub use satisfaction::{Satisfaction, SatisfactionRating};
pub use setting::settings;
pub use suspended::SuspendedTicket;
pub use ticket::Ticket;
pub use time::Time;
pub use upload::{Uploaded, UploadedFile, upload_tokens};
pub use user::{EndUser, Identity, Nobody, User};
pub use via::Via;
pub use view::View;
pub use why::{Concerned, Reason, Rule, RuleReport, Saying, Step, changes};

use crate::domain::account::{Dated, Kind, Moments};
use crate::domain::act::Who;
use crate::domain::comment::Attachment as File;
use crate::domain::field::{Field, Holder};
use crate::domain::id::{AttachmentId, FieldId, KindId};
use crate::domain::setup::{ItemKey, ItemKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who did something, as a number: the API has -1 for what nobody did.
fn author(who: Who) -> i64 {
    who.person().map_or(-1, |id| id.0)
}

/// What the objects of one account need to know about it.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Where the API is reached, without the last `/`; objects have no `url` when there is none.
    base: Option<String>,
    kinds: Vec<(KindId, String)>,
    /// The account's own fields of tickets, in their order.
    fields: Vec<FieldId>,
    /// The names of its fields of people and organizations.
    others: BTreeMap<FieldId, String>,
    /// Whether requesters are asked how they were helped.
    ratings: bool,
    /// Where the bytes of files are; objects do not tell when there is none.
    links: Option<Links>,
    /// When things came to be; objects do not tell when there is none.
    dates: Option<Dates>,
}

/// What stands in a link to a file.
type Link = dyn Fn(AttachmentId) -> String + Send + Sync;

/// Links to files.
#[derive(Clone)]
struct Links(Arc<Link>);

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Links")
    }
}

/// What tells when something came to be and was different last.
type Date = dyn Fn(Dated) -> Option<Moments> + Send + Sync;

/// When things came to be and were different last.
#[derive(Clone)]
struct Dates(Arc<Date>);

impl std::fmt::Debug for Dates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dates")
    }
}

impl Place {
    /// An account reached at an address, with its kinds.
    pub fn new(base: Option<&str>, kinds: &[Kind]) -> Self {
        Self {
            base: base.map(|url| url.trim_end_matches('/').to_owned()),
            kinds: kinds.iter().map(|kind| (kind.id, kind.slug.clone())).collect(),
            fields: Vec::new(),
            others: BTreeMap::new(),
            ratings: false,
            links: None,
            dates: None,
        }
    }

    /// With links to the bytes of files.
    #[must_use]
    pub fn with_links(self, token: impl Fn(AttachmentId) -> String + Send + Sync + 'static) -> Self {
        Self { links: Some(Links(Arc::new(token))), ..self }
    }

    /// With the times of groups and things of the set-up.
    #[must_use]
    pub fn with_moments(self, date: impl Fn(Dated) -> Option<Moments> + Send + Sync + 'static) -> Self {
        Self { dates: Some(Dates(Arc::new(date))), ..self }
    }

    /// When something came to be and was different last.
    fn dates(&self, of: Dated) -> (Option<Time>, Option<Time>) {
        let moments = self.dates.as_ref().and_then(|Dates(date)| date(of));
        (moments.map(|one| one.created.into()), moments.map(|one| one.updated.into()))
    }

    /// The same of a thing of the set-up.
    fn item_dates(&self, kind: ItemKind, id: i64) -> (Option<Time>, Option<Time>) {
        self.dates(Dated::Item(ItemKey { kind, id }))
    }

    /// Where the bytes of a file are, for whoever the objects are for.
    fn content_url(&self, file: &File) -> Option<String> {
        let (base, Links(token)) = (self.base.as_ref()?, self.links.as_ref()?);
        let name: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
        Some(format!("{base}/attachments/token/{}/?name={name}", token(file.id)))
    }

    /// With the fields of which whoever gets the objects may know: objects tell of each, whether it holds something or not.
    #[must_use]
    pub fn with_fields<'f>(mut self, fields: impl IntoIterator<Item = &'f Field>) -> Self {
        let own = |field: &&Field| field.active && !field.is_system();
        let (mut fields, others): (Vec<&Field>, Vec<&Field>) =
            fields.into_iter().filter(own).partition(|field| field.of == Holder::Ticket);
        self.others = others.into_iter().map(|field| (field.id, field.slug.clone())).collect();
        fields.sort_by_key(|field| (field.position, field.id));
        self.fields = fields.into_iter().map(|field| field.id).collect();
        self
    }

    /// Of an account in which requesters are asked how they were helped, or not.
    #[must_use]
    pub const fn with_ratings(mut self, ratings: bool) -> Self {
        self.ratings = ratings;
        self
    }

    fn url(&self, path: &str) -> Option<String> {
        self.base.as_ref().map(|base| format!("{base}/api/v2/{path}.json"))
    }

    fn slug(&self, kind: Option<KindId>) -> Option<String> {
        let kind = kind?;
        self.kinds.iter().find(|(id, _)| *id == kind).map(|(_, slug)| slug.clone())
    }
}
