pub mod access;
mod life;
mod update;

use super::account::{Account, address, organization_name};
use super::context::Context;
use super::pages::{self, Part};
use super::read;
use super::table::Table;
use crate::client::{Cursor, Names, PeopleAsk};
use crate::domain::act::{Deed, NewPerson, OrganizationRef};
use crate::domain::id::{GroupId, PersonId};
use crate::domain::person::{Among, Away, Person as Domain, Restriction, Role, Standing};
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
        /// Only those of an organization, by its name or number
        #[arg(long, value_name = "NAME", conflicts_with_all = ["role", "find"])]
        organization: Option<String>,
        /// Only the agents in a group, by its name
        #[arg(long, value_name = "NAME", conflicts_with_all = ["role", "find", "organization"])]
        group: Option<String>,
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
    Update(update::Update),
    /// Shut somebody out: nothing lets them in, and what they work on goes back to its group
    Suspend {
        /// Mail address or number
        person: String,
    },
    /// Let somebody in again who was suspended
    Unsuspend {
        /// Mail address or number
        person: String,
    },
    /// Let in who asked for access, where `sign_up` is approval
    Approve {
        /// Mail address or number
        person: String,
    },
    /// Make one of two: an end user's requests and copies go to the other
    Merge(life::Merge),
    /// Take somebody out of the account; their name stays on what they did
    Delete {
        /// Mail address or number
        person: String,
    },
    /// Take somebody out of the account with all that it knows of them, for good
    Erase(life::Erase),
    /// Set a password, typed without being shown, or from standard input
    Password(access::Password),
    /// Make, list or revoke what programs sign in with for somebody
    Token(access::Token),
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

impl Person {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        // A link needs nobody who is known.
        if let Self::Password(password) = self {
            return password.run(cx).await;
        }
        let account = cx.account().await?;
        match self {
            Self::List { role, find, organization, group, part } => {
                let among = among(&account, organization, group).await?;
                list(cx, &account, (role, find, among), &part).await
            }
            Self::Suspend { person } => life::suspend(cx, &account, &person, true).await,
            Self::Unsuspend { person } => life::suspend(cx, &account, &person, false).await,
            Self::Show { person } => {
                let person = account.person(&person).await?;
                show(cx, &account, &person).await
            }
            Self::New(new) => new.run(cx, &account).await,
            Self::Update(update) => update.run(cx, &account).await,
            Self::Approve { person } => life::approve(cx, &account, &person).await,
            Self::Merge(merge) => merge.run(cx, &account).await,
            Self::Delete { person } => life::delete(cx, &account, &person).await,
            Self::Erase(erase) => erase.run(cx, &account).await,
            Self::Password(password) => password.run(cx).await,
            Self::Token(token) => token.run(cx, &account).await,
        }
    }
}

/// Whose people are listed, when not everybody.
async fn among(
    account: &Account,
    organization: Option<String>,
    group: Option<String>,
) -> Result<Option<Among>, Failure> {
    if let Some(name) = organization {
        return Ok(Some(Among::Organization(super::organization::find(account, &name).await?.id)));
    }
    group.map(|name| account.group(&name).map(Among::Group)).transpose()
}

async fn list(
    cx: &mut Context,
    account: &Account,
    (role, find, among): (Option<Role>, Option<String>, Option<Among>),
    part: &Part,
) -> Result<(), Failure> {
    let (mut people, mut names, mut next) = (Vec::new(), Names::default(), part.after.clone().map(Cursor));
    loop {
        let have = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let limit = part.limit.saturating_sub(have).min(100);
        let ask = match (&find, among) {
            (Some(text), _) => PeopleAsk::Suggest { text: text.clone(), staff_only: false, limit },
            (None, Some(of)) => PeopleAsk::Among { of, after: next.clone(), limit },
            (None, None) => PeopleAsk::Role { role, after: next.clone(), limit },
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
        ("field-time-zone", person.time_zone.clone().unwrap_or_default()),
        ("field-restriction", restriction(cx, person)),
        ("field-away", away(cx, person)),
        ("cli-suspended", if person.suspended { cx.word("cli-yes") } else { String::new() }),
        ("field-standing", standing_words(cx, person)),
    ];
    for (key, value) in &rows {
        cx.field(key, value)?;
    }
    cx.own_fields(account, None, &person.fields)
}

fn email(person: &Domain) -> String {
    person.email.as_ref().map_or_else(String::new, |address| address.as_str().to_owned())
}

/// `agent, suspended`
fn standing(cx: &Context, person: &Domain) -> String {
    let role = role_words(cx, person.role);
    if person.suspended {
        return cx.say("cli-suspended-role", args![role = role]);
    }
    if person.is_away((cx.around.clock)()) {
        return cx.say("cli-away-role", args![role = role]);
    }
    match standing_words(cx, person) {
        none if none.is_empty() => role,
        standing => cx.say("cli-standing-role", args![role = role, standing = standing]),
    }
}

/// `pending`; nothing for who is like everybody else.
fn standing_words(cx: &Context, person: &Domain) -> String {
    match person.standing {
        Standing::Active => String::new(),
        Standing::Merged(into) => cx.say("cli-standing-merged", args![number = into.to_string()]),
        other => cx.word(&format!("cli-standing-{}", other.name())),
    }
}

/// `those of their groups`; nothing for who works with all.
fn restriction(cx: &Context, person: &Domain) -> String {
    match person.restriction {
        Restriction::None => String::new(),
        other => cx.word(&format!("cli-restriction-{}", other.name())),
    }
}

/// `until 3 December`; nothing for who is there.
fn away(cx: &Context, person: &Domain) -> String {
    let now = (cx.around.clock)();
    match person.away.filter(|_| person.is_away(now)) {
        None => String::new(),
        Some(Away { until: None }) => cx.word("cli-yes"),
        Some(Away { until: Some(until) }) => cx.say("cli-away-until", args![time = cx.time(until)]),
    }
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
