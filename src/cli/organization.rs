use super::account::Account;
use super::context::Context;
use super::pages;
use super::table::Table;
use crate::domain::account::Organization as Domain;
use crate::domain::act::{Deed, NewOrganization, OrganizationChange};
use crate::domain::id::OrganizationId;
use crate::language::args;
use crate::report::{Failure, Status};
use crate::wire;
use clap::{Args, Subcommand};

/// How many organizations are looked through for one: the most that are answered at once.
const PAGE: u32 = 100;

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
    /// Change an organization
    Update {
        /// Its name or number
        organization: String,
        /// Another name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
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
                let found = account.client.organizations(text.unwrap_or_default(), limit).await?;
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
                table(cx, &[found])
            }
            Self::New { name, fields } => {
                let new = NewOrganization {
                    name,
                    domains: fields.domain,
                    shared_tickets: fields.shared_tickets.unwrap_or(false),
                    shared_comments: fields.shared_comments.unwrap_or(false),
                };
                let name = new.name.clone();
                let made = account.act(Deed::CreateOrganization(new)).await?.outcome.organization;
                told(cx, &account, (made, &name), "cli-organization-made").await
            }
            Self::Update { organization, name, fields } => {
                let old = find(&account, &organization).await?;
                let (organization, called) = (old.id, name.clone().unwrap_or(old.name));
                let change = OrganizationChange {
                    name,
                    domains: Some(fields.domain).filter(|domains| !domains.is_empty()),
                    shared_tickets: fields.shared_tickets,
                    shared_comments: fields.shared_comments,
                };
                account.act(Deed::UpdateOrganization { organization, change }).await?;
                told(cx, &account, (Some(organization), &called), "cli-organization-changed").await
            }
        }
    }
}

async fn find(account: &Account, which: &str) -> Result<Domain, Failure> {
    let named = |one: &Domain| one.name.to_lowercase() == which.to_lowercase() || one.id.to_string() == which;
    let text = if which.parse::<i64>().is_ok() { String::new() } else { which.to_owned() };
    let found = account.client.organizations(text, PAGE).await?.into_iter().find(named);
    found.ok_or_else(|| Failure::said("cli-no-organization", Status::NotFound).with("name", which))
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

/// Tells what was done. It is looked for by its name, for a list of all of them has an end.
async fn told(
    cx: &mut Context,
    account: &Account,
    (id, name): (Option<OrganizationId>, &str),
    key: &str,
) -> Result<(), Failure> {
    let found = account.client.organizations(name.to_owned(), PAGE).await?;
    let Some(found) = found.into_iter().find(|one| Some(one.id) == id) else { return Ok(()) };
    if cx.out.is_json() {
        let object = object(account, &found)?;
        return cx.out.object("organization", object);
    }
    let text = cx.say(key, args![name = found.name.as_str()]);
    cx.out.done(&text, &found.id.to_string())
}
