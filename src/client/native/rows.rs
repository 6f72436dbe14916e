//! The rows of what clients ask with and are answered with.

use crate::client::access::AccessLink;
use crate::client::told::{InboxAsk, Told};
use crate::client::{
    Applied, AppliedAll, Capability, Count, Cursor, DueTicket, Edges, Error, ListAsk, LogAsk, Names, News, Page,
    PeopleAsk, Ran, Receipt, Reported, RuleTitle, RuleWhy, Session, Source, StepWhy, StoreFault, Thread, Trial,
    TrialRow, ViewTitle,
};
use crate::domain::metrics::{Metrics, Minutes};
use crate::wire::native::{Shapes, Travels, Trouble, enums, structs};
use serde_json::Value as Json;

structs! {
    Session { me, account, settings, kinds, fields, statuses, groups, views, organization, unread, lacks }
    ViewTitle { id, slug, title, owner, columns, group_by }
    Receipt { outcome, repeated, versions }
    Page<T> { rows, names, next, ends, edges }
    Edges { first, last, more }
    Thread<T> { item, comments, more, due, shared, names }
    Names { people, organizations, groups, problems }
    Metrics {
        created_at, updated_at, group_stations, assignee_stations, reopens, replies, assignee_updated_at,
        requester_updated_at, status_updated_at, custom_status_updated_at, initially_assigned_at, assigned_at, solved_at,
        latest_comment_added_at, reply_time, first_resolution_time, full_resolution_time, agent_wait_time,
        requester_wait_time, on_hold_time,
    }
    Minutes { calendar, business }
    News { place, tickets, everything, session, around, unread }
    Count { value, or_more }
    ListAsk { source, sort, narrow, after, before, skip, limit }
    LogAsk { newest_first, after, limit }
    InboxAsk { unread_only, after, limit }
    Told { id, ticket, rule, text, at, read, subject, body }
    AccessLink { token, expires_at }
    Reported { report, names }
    DueTicket { ticket, subject, due }
    Ran { ticket, rule, due_at, events }
    RuleWhy { rule, active, steps, now, next, waits, would, names, directory }
    StepWhy { audit, at, who, why, ran, held_back }
    RuleTitle { rule, title, active }
    AppliedAll { title, rows, names }
    Applied { ticket, subject, version, change, comment, events }
    Trial { looked_at, concerned, rows, names }
    TrialRow { ticket, subject, at, events }
}

enums! {
    Source { Mine, Ccd, Organization, View(slug), Incidents(problem), Search(query) }
    PeopleAsk {
        Suggest { text, staff_only, limit },
        Address(email),
        Ids(ids),
        Among { of, after, limit },
        Role { role, after, limit },
    }
    Error {
        NotFound,
        Conflict { theirs },
        Refused(refusal),
        Denied,
        SignedOut,
        Unclear(fault),
        Throttled(until),
        Unreachable(why),
        KeyReused,
        NotRehearsed,
        NotHere(capability),
        Said(text),
        Garbled(why),
        Store(fault),
    }
    Capability {
        Reports,
        Forecasts,
        Inbox,
        Outbox,
        Why,
        Trials,
        Rehearsals,
        SetUp,
        AdminLog,
        AccessLinks,
        Tokens,
        Webhooks,
        Timers,
        Imports,
        Admission,
        Erasure,
        Away,
        Mails,
        Emptying,
        Sorting,
        Searching,
    }
    StoreFault {
        ReadOnly(why), Full(why), Locked(why), Foreign(why), Newer(why), Overtaken(why), Missing(why), Damaged(why), Io(why),
        Other(why),
    }
}

impl Travels for Cursor {
    fn pack(self) -> Json {
        self.0.pack()
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        String::unpack(json).map(Self)
    }

    fn shape(shapes: &mut Shapes) -> Json {
        String::shape(shapes)
    }
}
