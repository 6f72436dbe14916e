use super::account::Account;
use super::context::Context;
use super::pages;
use super::table::Table;
use crate::client::PeopleAsk;
use crate::domain::account::Group as Domain;
use crate::domain::act::{Deed, PersonChange};
use crate::domain::id::GroupId;
use crate::domain::person::Among;
use crate::language::args;
use crate::report::Failure;
use crate::safe::Safe;
use crate::wire;
use clap::Subcommand;

/// Groups of agents.
#[derive(Debug, Subcommand)]
pub enum Group {
    /// List the groups
    List,
    /// Show a group
    Show {
        /// Its name or number
        group: String,
    },
    /// Make a group
    New {
        /// Its name
        #[arg(long)]
        name: String,
    },
    /// Delete a group; while something or somebody uses it, that is told instead
    Delete {
        /// Its name or number
        group: String,
    },
    /// Give a group another name, or other agents
    Update {
        /// Its name or number
        group: String,
        /// Its new name
        #[arg(long)]
        name: Option<String>,
        /// An agent who comes into it: mail address or number; can be given again
        #[arg(long, value_name = "PERSON")]
        add: Vec<String>,
        /// An agent who leaves it; who is in no group works on the tickets of all
        #[arg(long, value_name = "PERSON")]
        remove: Vec<String>,
    },
}

impl Group {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let account = cx.account().await?;
        let groups = account.session.groups.clone();
        match self {
            Self::List if cx.out.is_json() => {
                let rows: Vec<_> = groups.iter().map(|group| object(&account, group)).collect();
                cx.out.list("groups", rows, pages::meta(None)?)
            }
            Self::List => table(cx, &groups),
            Self::Show { group } => {
                let id = account.group(&group)?;
                let group = groups.into_iter().find(|one| one.id == id);
                match group {
                    Some(group) if cx.out.is_json() => cx.out.object("group", object(&account, &group)),
                    group => {
                        table(cx, &group.into_iter().collect::<Vec<_>>())?;
                        members(cx, &account, id).await
                    }
                }
            }
            Self::New { name } => {
                let made = account.act(Deed::CreateGroup { name }).await?.outcome.group;
                told(cx, &account, made, "cli-group-made").await
            }
            Self::Delete { group } => {
                let id = account.group(&group)?;
                account.act(Deed::DeleteGroup { group: id }).await?;
                let text = cx.say("cli-group-deleted", args![name = account.group_name(Some(id))]);
                cx.out.done(&text, "")
            }
            Self::Update { group, name, add, remove } => {
                let group = account.group(&group)?;
                for (people, joins) in [(add, true), (remove, false)] {
                    for person in people {
                        member(&account, group, &person, joins).await?;
                    }
                }
                let key = if name.is_some() { "cli-group-renamed" } else { "cli-group-changed" };
                if let Some(name) = name {
                    account.act(Deed::RenameGroup { group, name }).await?;
                }
                told(cx, &account, Some(group), key).await
            }
        }
    }
}

/// The agents in a group, however many.
async fn members(cx: &mut Context, account: &Account, group: GroupId) -> Result<(), Failure> {
    let (mut people, mut after) = (Vec::new(), None);
    loop {
        let page = account.client.people(PeopleAsk::Among { of: Among::Group(group), after, limit: 100 }).await?;
        people.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut table = Table::new(&cx.headings(&["cli-number", "cli-name", "cli-email"]), 1).number(0);
    for one in &people {
        let email = one.email.as_ref().map(ToString::to_string).unwrap_or_default();
        table.row(&[one.id.to_string(), one.name.clone(), email]);
    }
    cx.out.line(&Safe::default())?;
    cx.rows(&table, people.is_empty(), false)
}

/// Somebody comes into a group, or leaves it; their other groups stay.
async fn member(account: &Account, group: GroupId, person: &str, joins: bool) -> Result<(), Failure> {
    let person = account.person(person).await?;
    let mut groups = person.groups;
    groups.retain(|one| *one != group);
    groups.extend(joins.then_some(group));
    let change = PersonChange { groups: Some(groups), ..PersonChange::default() };
    account.act(Deed::UpdatePerson { person: person.id, change }).await?;
    Ok(())
}

fn object(account: &Account, group: &Domain) -> wire::Group {
    wire::Group::of(group, account.session.settings.default_group == Some(group.id), &account.place)
}

fn table(cx: &mut Context, groups: &[Domain]) -> Result<(), Failure> {
    let mut table = Table::new(&cx.headings(&["cli-number", "cli-name"]), 1).number(0);
    for group in groups {
        table.row(&[group.id.to_string(), group.name.clone()]);
    }
    cx.rows(&table, groups.is_empty(), false)
}

async fn told(cx: &mut Context, account: &Account, id: Option<GroupId>, key: &str) -> Result<(), Failure> {
    let session = account.client.session().await?;
    let Some(group) = session.groups.iter().find(|group| Some(group.id) == id) else { return Ok(()) };
    if cx.out.is_json() {
        return cx.out.object("group", object(account, group));
    }
    let text = cx.say(key, args![name = group.name.as_str()]);
    cx.out.done(&text, &group.id.to_string())
}
