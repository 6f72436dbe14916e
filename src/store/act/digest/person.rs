//! What is wanted of people as a whole.

use super::filled;
use super::ink::{Ink, Written};
use crate::domain::act::{NewOrganization, NewPerson, OrganizationChange, PersonChange};
use crate::domain::grant::GrantDeed;
use crate::domain::life::{PeopleSetting, PersonDeed};
use crate::domain::profile::ProfileChange;
use crate::domain::secret::Digest;

impl Written for NewPerson {
    fn write(&self, ink: &mut Ink<'_>) {
        let Self { name, email, phone, role, organization, groups, language, external_id } = self;
        ink.field("name", name).field("email", email).field("phone", phone).field("role", role);
        ink.field("organization", organization).field("groups", groups).field("language", language);
        ink.field("external_id", external_id);
    }
}

impl Written for PersonChange {
    fn write(&self, ink: &mut Ink<'_>) {
        let Self { name, email, phone, role, organization, groups, language, suspended, .. } = self;
        let Self { time_zone, restriction, away, external_id, fields, profile, .. } = self;
        ink.field("name", name).field("email", email).field("phone", phone).field("role", role);
        ink.field("organization", organization).field("groups", groups).field("language", language);
        ink.field("suspended", suspended).field("time_zone", time_zone).field("restriction", restriction);
        ink.field("away", away).field("external_id", external_id);
        filled(ink, fields);
        ink.field("profile", profile);
    }
}

impl Written for NewOrganization {
    fn write(&self, ink: &mut Ink<'_>) {
        let Self { name, domains, shared_tickets, shared_comments } = self;
        ink.field("name", name).field("domains", domains);
        ink.field("shared_tickets", shared_tickets).field("shared_comments", shared_comments);
    }
}

impl Written for OrganizationChange {
    fn write(&self, ink: &mut Ink<'_>) {
        let Self { name, domains, shared_tickets, shared_comments, fields, profile } = self;
        ink.field("name", name).field("domains", domains);
        ink.field("shared_tickets", shared_tickets).field("shared_comments", shared_comments);
        filled(ink, fields);
        ink.field("profile", profile);
    }
}

impl Written for ProfileChange {
    fn write(&self, ink: &mut Ink<'_>) {
        let Self { tags, notes, details, alias, signature, external_id, group } = self;
        ink.record("profile", |ink| {
            ink.field("tags", tags).field("notes", notes).field("details", details).field("alias", alias);
            ink.field("signature", signature).field("external_id", external_id).field("group", group);
        });
    }
}

impl Written for Digest {
    fn write(&self, ink: &mut Ink<'_>) {
        ink.bytes(&self.0);
    }
}

impl Written for PeopleSetting {
    fn write(&self, ink: &mut Ink<'_>) {
        match self {
            Self::SignUp(who) => ink.text(who.name()),
            Self::LinkExpires(after) => after.write(ink),
            Self::RetentionDays(days) => days.map(i64::from).write(ink),
            Self::TimeZone(zone) => zone.write(ink),
        }
    }
}

impl Written for PersonDeed {
    fn write(&self, ink: &mut Ink<'_>) {
        match self {
            Self::Approve(person) => ink.record("Approve", |ink| _ = ink.field("person", person)),
            Self::Merge { source, target } => {
                ink.record("Merge", |ink| _ = ink.field("source", source).field("target", target));
            }
            Self::Delete(person) => ink.record("Delete", |ink| _ = ink.field("person", person)),
            Self::Erase { person, texts } => {
                ink.record("Erase", |ink| _ = ink.field("person", person).field("texts", texts));
            }
            Self::Settle { ticket, person } => {
                ink.record("Settle", |ink| _ = ink.field("ticket", ticket).field("person", person));
            }
            Self::Forget { ticket, whose } => {
                ink.record("Forget", |ink| _ = ink.field("ticket", ticket).field("whose", whose));
            }
            Self::AskAccess { name, email } => {
                ink.record("AskAccess", |ink| _ = ink.field("name", name).field("email", email));
            }
            Self::MakeLink { person, link } => {
                ink.record("MakeLink", |ink| _ = ink.field("person", person).field("link", link));
            }
            // A hash has a salt of its own each time: it does not tell one password from another.
            Self::UseLink { link, .. } => ink.record("UseLink", |ink| _ = ink.field("link", link)),
            Self::SetPassword { person, .. } => ink.record("SetPassword", |ink| _ = ink.field("person", person)),
            Self::AddToken { person, token } => {
                ink.record("AddToken", |ink| _ = ink.field("person", person).field("token", token));
            }
            Self::Grant(deed) => deed.write(ink),
            Self::RevokeToken { person, name } => {
                ink.record("RevokeToken", |ink| _ = ink.field("person", person).field("name", name));
            }
        }
    }
}

impl Written for GrantDeed {
    fn write(&self, ink: &mut Ink<'_>) {
        match self {
            Self::Open { person, asked } => {
                ink.record("Open", |ink| _ = ink.field("person", person).field("code", &asked.code));
            }
            Self::Redeem { code, pair, .. } => {
                ink.record("Redeem", |ink| _ = ink.field("code", code).field("access", &pair.access));
            }
            Self::Renew { refresh, pair, .. } => {
                ink.record("Renew", |ink| _ = ink.field("refresh", refresh).field("access", &pair.access));
            }
        }
    }
}
