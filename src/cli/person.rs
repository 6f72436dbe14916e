use super::account::{Account, address, organization_name};
use super::context::Context;
use super::pages::{self, Part};
use super::read;
use super::table::Table;
use crate::client::{Cursor, Names, PeopleAsk};
use crate::domain::act::{Deed, NewPerson, OrganizationRef, PersonChange};
use crate::domain::id::{GroupId, PersonId};
use crate::domain::person::{Person as Domain, Role};
use crate::language::args;
use crate::report::Failure;
use crate::{wire, words};
use clap::{Args, Subcommand};

/// People of the account.
#[derive(Debug, Subcommand)]
pub enum Person {
    /// List people by name
    List {
        /// Only those of a role
        #[arg(long, value_parser = read::role)]
        role: Option<Role>,
        /// Only those whom a part of name, mail domain, phone or organization finds
        #[arg(long, value_name = "TEXT", conflicts_with_all = ["role", "after"])]
        find: Option<String>,
        #[command(flatten)]
        part: Part,
    },
    /// Show a person
    Show {
        /// Mail address or number; me
        person: String,
    },
    /// Make somebody known
    New(New),
    /// Change a person
    Update(Update),
}

/// Somebody to be made known.
#[derive(Args, Debug)]
pub struct New {
    /// As others see it
    #[arg(long)]
    name: String,
    /// Where mail reaches them
    #[arg(long)]
    email: Option<String>,
    /// end-user, agent, admin
    #[arg(long, value_parser = read::role, default_value = "end-user")]
    role: Role,
    /// A phone number
    #[arg(long)]
    phone: Option<String>,
    /// Where they belong, by name; made when unknown; by mail domain when not given
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    /// A group in which an agent works, by name; can be given again
    #[arg(long, value_name = "NAME")]
    group: Vec<String>,
    /// The language they read
    #[arg(long)]
    language: Option<String>,
    /// Their number in another system
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
}

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
}

impl Person {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let account = cx.account().await?;
        match self {
            Self::List { role, find, part } => list(cx, &account, role, find, &part).await,
            Self::Show { person } => {
                let person = account.person(&person).await?;
                show(cx, &account, &person).await
            }
            Self::New(new) => new.run(cx, &account).await,
            Self::Update(update) => update.run(cx, &account).await,
        }
    }
}

async fn list(
    cx: &mut Context,
    account: &Account,
    role: Option<Role>,
    find: Option<String>,
    part: &Part,
) -> Result<(), Failure> {
    let (mut people, mut names, mut next) = (Vec::new(), Names::default(), part.after.clone().map(Cursor));
    loop {
        let have = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let limit = part.limit.saturating_sub(have).min(100);
        let ask = match &find {
            Some(text) => PeopleAsk::Suggest { text: text.clone(), staff_only: false, limit },
            None => PeopleAsk::Role { role, after: next.clone(), limit },
        };
        let page = account.client.people(ask).await?;
        people.extend(page.rows);
        names.organizations.extend(page.names.organizations);
        next = page.next;
        if next.is_none() || find.is_some() || people.len() >= part.limit as usize {
            break;
        }
    }
    if cx.out.is_json() {
        let rows = people.iter().map(|one| object(account, one)).collect::<Result<Vec<_>, _>>()?;
        return cx.out.list("users", rows, pages::meta(next.as_ref())?);
    }
    let keys = ["cli-number", "cli-name", "cli-email", "cli-role", "field-organization"];
    let mut table = Table::new(&cx.headings(&keys), 1).number(0);
    for one in &people {
        table.row(&[
            one.id.to_string(),
            one.name.clone(),
            email(one),
            standing(cx, one),
            organization_name(&names, one.organization),
        ]);
    }
    cx.rows(&table, people.is_empty(), next.is_some())
}

async fn show(cx: &mut Context, account: &Account, person: &Domain) -> Result<(), Failure> {
    if cx.out.is_json() {
        let object = object(account, person)?;
        return cx.out.object("user", object);
    }
    let page = account.client.people(PeopleAsk::Ids(vec![person.id])).await?;
    let groups: Vec<String> = person.groups.iter().map(|id| account.group_name(Some(*id))).collect();
    let rows = [
        ("cli-number", person.id.to_string()),
        ("cli-name", person.name.clone()),
        ("cli-email", email(person)),
        ("cli-phone", person.phone.clone().unwrap_or_default()),
        ("cli-role", role_words(cx, person.role)),
        ("field-organization", organization_name(&page.names, person.organization)),
        ("cli-groups", groups.join(", ")),
        ("cli-language", person.language.clone().unwrap_or_default()),
        ("cli-suspended", if person.suspended { cx.word("cli-yes") } else { String::new() }),
    ];
    for (key, value) in &rows {
        cx.field(key, value)?;
    }
    Ok(())
}

fn email(person: &Domain) -> String {
    person.email.as_ref().map_or_else(String::new, |address| address.as_str().to_owned())
}

/// `agent, suspended`
fn standing(cx: &Context, person: &Domain) -> String {
    let role = role_words(cx, person.role);
    if person.suspended { cx.say("cli-suspended-role", args![role = role]) } else { role }
}

fn role_words(cx: &Context, role: Role) -> String {
    words::role(&cx.words, role)
}

fn object(account: &Account, person: &Domain) -> Result<serde_json::Value, Failure> {
    if account.is_staff() {
        super::output::json(wire::User::of(person, &account.place))
    } else {
        super::output::json(wire::EndUser::of(person, &account.place))
    }
}

async fn told(cx: &mut Context, account: &Account, id: Option<PersonId>, key: &str) -> Result<(), Failure> {
    let Some(id) = id else { return Ok(()) };
    let person = account.person(&id.to_string()).await?;
    if cx.out.is_json() {
        let object = object(account, &person)?;
        return cx.out.object("user", object);
    }
    let text = cx.say(key, args![name = person.name.as_str(), number = id.to_string()]);
    cx.out.done(&text, &id.to_string())
}

fn groups(account: &Account, names: &[String]) -> Result<Vec<GroupId>, Failure> {
    names.iter().map(|name| account.group(name)).collect()
}

/// A text, or `none` to take it away.
fn or_none(text: String) -> Option<String> {
    (text != "none").then_some(text)
}

impl New {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let new = NewPerson {
            name: self.name,
            email: self.email.as_deref().map(address).transpose()?,
            phone: self.phone,
            role: self.role,
            organization: self.organization.map(OrganizationRef::Name),
            groups: groups(account, &self.group)?,
            language: self.language,
            external_id: self.external_id,
        };
        let made = account.act(Deed::CreatePerson(new)).await?.outcome.person;
        told(cx, account, made, "cli-person-made").await
    }
}

impl Update {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
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
        };
        account.act(Deed::UpdatePerson { person, change }).await?;
        told(cx, account, Some(person), "cli-person-changed").await
    }
}
