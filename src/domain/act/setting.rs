use crate::domain::account::{OnHold, PendingEnd};
use crate::domain::hosts::Hosts;
use crate::domain::id::GroupId;
use crate::domain::life::PeopleSetting;
use crate::domain::removal::RemovalSetting;
use crate::domain::time::Span;

/// One setting of the account with its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// `account.name`
    AccountName(String),
    /// `account.url`
    AccountUrl(Option<String>),
    /// `private_tickets`
    PrivateTickets(bool),
    /// `portal.on_hold`
    PortalOnHold(OnHold),
    /// `pending_end`
    PendingEnd(PendingEnd),
    /// `remind_after`
    RemindAfter(Option<Span>),
    /// `end_after`
    EndAfter(Option<Span>),
    /// `close_after`
    CloseAfter(Option<Span>),
    /// `default_group`
    DefaultGroup(Option<GroupId>),
    /// `language`
    Language(String),
    /// `attachment_bytes`
    AttachmentBytes(u64),
    /// One about people.
    People(PeopleSetting),
    /// `mail_tickets`
    MailTickets(bool),
    /// `anonymous_requests`
    AnonymousRequests(bool),
    /// `notices_per_hour`
    NoticesPerHour(u32),
    /// `ratings`
    Ratings(bool),
    /// `webhooks.allow_hosts`
    WebhookHosts(Hosts),
    /// One about deleting tickets.
    Removal(RemovalSetting),
}

impl Setting {
    /// The dotted name in scripts and history.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AccountName(_) => "account.name",
            Self::AccountUrl(_) => "account.url",
            Self::PrivateTickets(_) => "private_tickets",
            Self::PortalOnHold(_) => "portal.on_hold",
            Self::PendingEnd(_) => "pending_end",
            Self::RemindAfter(_) => "remind_after",
            Self::EndAfter(_) => "end_after",
            Self::CloseAfter(_) => "close_after",
            Self::DefaultGroup(_) => "default_group",
            Self::Language(_) => "language",
            Self::AttachmentBytes(_) => "attachment_bytes",
            Self::People(setting) => setting.name(),
            Self::MailTickets(_) => "mail_tickets",
            Self::AnonymousRequests(_) => "anonymous_requests",
            Self::NoticesPerHour(_) => "notices_per_hour",
            Self::Ratings(_) => "ratings",
            Self::WebhookHosts(_) => "webhooks.allow_hosts",
            Self::Removal(setting) => setting.name(),
        }
    }
}
