//! What changes on a person.

use super::{groups, or_none, told};
use crate::cli::account::{Account, address};
use crate::cli::context::Context;
use crate::cli::own::Own;
use crate::cli::read;
use crate::domain::act::{Deed, OrganizationRef, PersonChange};
use crate::domain::field::Holder;
use crate::domain::person::{Away, Restriction, Role};
use crate::domain::time::Timestamp;
use crate::report::Failure;
use clap::Args;

/// A change of a person.
#[derive(Args, Debug)]
pub struct Update {
    /// Mail address or number; me
    person: String,
    /// As others see it
    #[arg(long)]
    name: Option<String>,
    /// Where mail reaches them; none
    #[arg(long)]
    email: Option<String>,
    /// end-user, agent, admin
    #[arg(long, value_parser = read::role)]
    role: Option<Role>,
    /// A phone number; none
    #[arg(long)]
    phone: Option<String>,
    /// Where they belong, by name; made when unknown; none
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    /// A group in which an agent works, by name; can be given again, replaces those they had
    #[arg(long, value_name = "NAME")]
    group: Vec<String>,
    /// The language they read; none
    #[arg(long)]
    language: Option<String>,
    /// Whether they are shut out: true, false
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    suspended: Option<bool>,
    /// Their time zone, such as Europe/Paris; none
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Which tickets an agent works with: none (all), groups, organization, assigned
    #[arg(long, value_name = "WHICH", value_parser = read::restriction)]
    restriction: Option<Restriction>,
    /// Their number elsewhere; none
    #[arg(long, value_name = "TEXT")]
    external_id: Option<String>,
    /// They are away: nothing is assigned to them by itself
    #[arg(long)]
    away: bool,
    /// When they are back by themselves: 2030-01-31T12:00:00Z, 2030-01-31
    #[arg(long, value_name = "TIME", requires = "away", value_parser = read::time)]
    until: Option<Timestamp>,
    /// They are back
    #[arg(long, conflicts_with = "away")]
    back: bool,
    #[command(flatten)]
    own: Own,
}

impl Update {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let person = account.person(&self.person).await?.id;
        let email = self.email.map(or_none).map(|email| email.as_deref().map(address).transpose()).transpose()?;
        let change = PersonChange {
            name: self.name,
            email,
            phone: self.phone.map(or_none),
            role: self.role,
            organization: self.organization.map(or_none).map(|name| name.map(OrganizationRef::Name)),
            groups: if self.group.is_empty() { None } else { Some(groups(account, &self.group)?) },
            language: self.language.map(or_none),
            suspended: self.suspended,
            time_zone: self.time_zone.map(or_none),
            restriction: self.restriction,
            external_id: self.external_id.map(or_none),
            fields: self.own.values(account, Holder::Person)?,
            profile: None,
            away: if self.away { Some(Some(Away { until: self.until })) } else { self.back.then_some(None) },
        };
        account.act(Deed::UpdatePerson { person, change }).await?;
        told(cx, account, Some(person), "cli-person-changed").await
    }
}
