use super::{enums, structs};
use crate::domain::account::{Appearance, Kind, OnHold, PendingEnd, Settings, Timers, Translation};
use crate::domain::act::Setting;
use crate::domain::field::{Access, Choice, Field, FieldType, FieldWords, Holder, SystemField};
use crate::domain::life::{PeopleSetting, PeopleSettings, SignUp};
use crate::domain::rule::Owner;
use crate::domain::setup::{Directory, Mentions, Refers};
use crate::domain::status::{CustomStatus, StatusWords};

structs! {
    Settings {
        private_tickets, portal_on_hold, timers, default_group, language, attachment_bytes, people, mail_tickets,
        anonymous_requests, notices_per_hour, ratings, webhook_hosts, removal,
    }
    Timers { remind_after, end_after, pending_end, close_after }
    PeopleSettings { sign_up, link_expires, retention_days, time_zone }
    Kind {
        id, slug, name, guidance, priority, translations, fields, conditions, statuses, active, requesters, default,
        position,
    }
    Translation { name, guidance }
    Appearance { field, value, shows, required }
    Field {
        id, of, slug, title, requester_title, description, translations, kind, access, required_to_submit,
        required_to_solve, default, active, position,
    }
    FieldWords { title, requester_title, description }
    Choice { name, tag, translations }
    CustomStatus { id, category, name, requester_name, description, active, default, position, translations }
    StatusWords { name, requester_name }
    Directory { names, fields }
    Mentions { ids, names }
}

enums! {
    OnHold { Show, AsOpen }
    PendingEnd { Closed, Solved }
    SignUp { Open, Approval, Closed }
    Setting {
        AccountName(name), AccountUrl(url), PrivateTickets(on), PortalOnHold(how), PendingEnd(how), RemindAfter(span),
        EndAfter(span), CloseAfter(span), DefaultGroup(group), Language(language), AttachmentBytes(bytes), People(setting),
        MailTickets(on), AnonymousRequests(on), NoticesPerHour(count), Ratings(on), WebhookHosts(hosts), Removal(setting),
    }
    PeopleSetting { SignUp(how), LinkExpires(span), RetentionDays(days), TimeZone(name) }
    Holder { Ticket, Person, Organization }
    Access { Agents, RequestersSee, RequestersEdit }
    FieldType {
        System(field), Text, Lines, Integer, Decimal, Date, Checkbox { tag }, Choice(options), Choices(options),
        Pattern(pattern), Masked,
    }
    SystemField { Subject, Description, Status, Priority, Group, Assignee, Tags, Due }
    Owner { Account, Group(id), Person(id) }
    Refers { Field, Status, Kind, Text, Webhook, Group, Person, Organization, Schedule }
}
