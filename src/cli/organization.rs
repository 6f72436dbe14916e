use super::account::Account;
use super::context::Context;
use super::own::Own;
use super::pages;
use super::table::Table;
use crate::client::Error;
use crate::domain::account::Organization as Domain;
use crate::domain::act::{Deed, NewOrganization, OrganizationChange, OrganizationRef};
use crate::domain::field::Holder;
use crate::domain::id::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::language::args;
use crate::report::{Failure, Status};
use crate::wire;
use clap::{Args, Subcommand};

/// Organizations that requesters belong to.
#[derive(Debug, Subcommand)]
pub enum Organization {
    /// List organizations
    List {
        /// Only those whose name begins so
        text: Option<String>,
        /// How many at most
        #[arg(long, value_name = "N", default_value_t = 100)]
        limit: u32,
    },
    /// Show an organization
    Show {
        /// Its name or number
        organization: String,
    },
    /// Make an organization
    New {
        /// Its name
        #[arg(long)]
        name: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Delete an organization: its people belong nowhere then; while a rule, view or macro names it, that is told instead
    Delete {
        /// Its name or number
        organization: String,
    },
    /// Change an organization
    Update {
        /// Its name or number
        organization: String,
        /// Another name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
        #[command(flatten)]
        own: Own,
    },
}

/// What an organization has besides its name.
#[derive(Args, Debug)]
pub struct Fields {
    /// A mail domain whose people belong to it; can be given again, replaces those it had
    #[arg(long, value_name = "DOMAIN")]
    domain: Vec<String>,
    /// Whether its people see each other's requests: true, false
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    shared_tickets: Option<bool>,
    /// Whether they may answer on them too: true, false
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    shared_comments: Option<bool>,
}

impl Organization {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let account = cx.account().await?;
        match self {
            Self::List { text, limit } => {
                let found = all(&account, &text.unwrap_or_default(), limit).await?;
                if cx.out.is_json() {
                    let rows = found.iter().map(|one| object(&account, one)).collect::<Result<Vec<_>, _>>()?;
                    return cx.out.list("organizations", rows, pages::meta(None)?);
                }
                table(cx, &found)
            }
            Self::Show { organization } => {
                let found = find(&account, &organization).await?;
                if cx.out.is_json() {
                    let object = object(&account, &found)?;
                    return cx.out.object("organization", object);
                }
                table(cx, std::slice::from_ref(&found))?;
                cx.own_fields(&account, None, &found.fields)
            }
            Self::New { name, fields } => {
                let new = NewOrganization {
                    name,
                    domains: fields.domain,
                    shared_tickets: fields.shared_tickets.unwrap_or(false),
                    shared_comments: fields.shared_comments.unwrap_or(false),
                };
                let made = account.act(Deed::CreateOrganization(new)).await?.outcome.organization;
                told(cx, &account, made, "cli-organization-made").await
            }
            Self::Delete { organization } => {
                let found = find(&account, &organization).await?;
                account.act(Deed::DeleteOrganization { organization: found.id }).await?;
                let text = cx.say("cli-organization-deleted", args![name = found.name.as_str()]);
                cx.out.done(&text, "")
            }
            Self::Update { organization, name, fields, own } => {
                let organization = find(&account, &organization).await?.id;
                let change = OrganizationChange {
                    name,
                    domains: Some(fields.domain).filter(|domains| !domains.is_empty()),
                    shared_tickets: fields.shared_tickets,
                    shared_comments: fields.shared_comments,
                    fields: own.values(&account, Holder::Organization)?,
                    profile: None,
                };
                account.act(Deed::UpdateOrganization { organization, change }).await?;
                told(cx, &account, Some(organization), "cli-organization-changed").await
            }
        }
    }
}

async fn all(account: &Account, text: &str, limit: u32) -> Result<Vec<Domain>, Failure> {
    let (mut found, mut after): (Vec<Domain>, _) = (Vec::new(), None);
    loop {
        let wanted = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX)).min(100);
        let page = account.client.organizations(text.to_owned(), after, wanted).await?;
        found.extend(page.rows);
        after = page.next;
        if after.is_none() || found.len() >= limit as usize {
            return Ok(found);
        }
    }
}

/// By its number, else by its name: there may be one that is called like a number.
pub(super) async fn find(account: &Account, which: &str) -> Result<Domain, Failure> {
    let number = which.parse().ok().map(|number| OrganizationRef::Id(OrganizationId(number)));
    for one in number.into_iter().chain([OrganizationRef::Name(which.to_owned())]) {
        match account.client.organization(one).await {
            Err(Error::Refused(Refusal::NotFound(_))) => {}
            found => return Ok(found?),
        }
    }
    Err(Failure::said("cli-no-organization", Status::NotFound).with("name", which))
}

fn object(account: &Account, one: &Domain) -> Result<serde_json::Value, Failure> {
    if account.is_staff() {
        super::output::json(wire::Organization::of(one, &account.place))
    } else {
        super::output::json(wire::Own::of(one, &account.place))
    }
}

fn table(cx: &mut Context, rows: &[Domain]) -> Result<(), Failure> {
    let mut table = Table::new(&cx.headings(&["cli-number", "cli-name", "cli-domains"]), 1).number(0);
    for one in rows {
        table.row(&[one.id.to_string(), one.name.clone(), one.domains.join(" ")]);
    }
    cx.rows(&table, rows.is_empty(), false)
}

/// Tells what was done.
async fn told(cx: &mut Context, account: &Account, id: Option<OrganizationId>, key: &str) -> Result<(), Failure> {
    let Some(id) = id else { return Ok(()) };
    let found = account.client.organization(OrganizationRef::Id(id)).await?;
    if cx.out.is_json() {
        let object = object(account, &found)?;
        return cx.out.object("organization", object);
    }
    let text = cx.say(key, args![name = found.name.as_str()]);
    cx.out.done(&text, &found.id.to_string())
}
