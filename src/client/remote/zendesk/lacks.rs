use crate::client::Capability;

/// What no Zendesk account offers to programs, or only in its own pages.
pub(super) const LACKS: [Capability; 18] = [
    Capability::Reports,
    Capability::Forecasts,
    Capability::Inbox,
    Capability::Outbox,
    Capability::Why,
    Capability::Trials,
    Capability::Rehearsals,
    Capability::SetUp,
    Capability::AdminLog,
    Capability::AccessLinks,
    Capability::Tokens,
    Capability::Webhooks,
    Capability::Timers,
    Capability::Imports,
    Capability::Admission,
    Capability::Erasure,
    Capability::Away,
    Capability::Mails,
];
