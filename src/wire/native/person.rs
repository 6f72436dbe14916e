use super::{enums, structs};
use crate::domain::account::{Account, Group, Organization};
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::person::{Among, Away, Person, PersonRef, Restriction, Role, Standing};
use crate::domain::profile::{Profile, ProfileChange};
use crate::domain::secret::ApiToken;
use crate::domain::suspended::Suspended;

structs! {
    Account { name, url }
    Group { id, name, description }
    Organization { id, name, domains, shared_tickets, shared_comments, fields, profile, created_at, updated_at }
    Profile { tags, notes, details, alias, signature, external_id, group }
    ProfileChange { tags, notes, details, alias, signature, external_id, group }
    Person {
        id, name, email, phone, role, organization, groups, language, time_zone, restriction, away, suspended, standing,
        external_id, created_at, fields, profile, updated_at,
    }
    Away { until }
    ApiToken { name, created_at }
    Outgoing {
        id, person, address, webhook, ticket, rule, text, comment, at, standing, next_try_at, tries, first_try_at, done_at,
        error,
    }
    Suspended { id, sender, sender_name, subject, at, why, ticket, size }
}

enums! {
    Role { EndUser, Agent, Admin }
    Restriction { None, Groups, Organization, Assigned }
    Standing { Active, Pending, Unapproved, Merged(into), Deleted, Erased }
    PersonRef { Id(id), Address(email), Named { name, email } }
    Among { Organization(id), Group(id) }
    Delivery { Waiting, Sent, Failed, Held, Dropped }
}
