use super::context::Context;
use super::table::Table;
use crate::demo::{Plan, Which, make};
use crate::domain::person::Role;
use crate::report::{Failure, Status, without_password};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Try the program at two made-up accounts, as anybody of theirs
#[derive(Args, Debug)]
pub struct Demo {
    /// How many tickets the first account has
    #[arg(long, value_name = "N")]
    tickets: Option<u64>,
    /// Another seed makes other tickets; the same one the same
    #[arg(long, value_name = "N", default_value_t = 7)]
    seed: u64,
    /// Start over: forget what was done in the demo before
    #[arg(long)]
    fresh: bool,
    /// Only write the first account into this store, to keep, and print its people
    #[arg(long, value_name = "URL")]
    make: Option<String>,
}

/// Somebody whom one can be in the demo.
#[derive(Clone, Debug)]
pub struct Part {
    /// The store of their account.
    pub database: String,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The account's name.
    pub account: String,
    /// Their organization's name, or the account's.
    pub place: String,
}

impl Demo {
    /// Whether it opens no screen.
    pub const fn only_makes(&self) -> bool {
        self.make.is_some()
    }

    /// Without a screen: writes the stores and prints whom one can be.
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let parts = match &self.make {
            Some(url) => {
                let plan = self.plan(Which::VeloMetropole, cx);
                if !self.write(cx, url, &plan).await? {
                    return Err(Failure::said("cli-taken", Status::Failed).with("database", without_password(url)));
                }
                parts(url, &plan)
            }
            None => Box::pin(self.prepare(cx)).await?,
        };
        if cx.out.is_json() {
            let user = |part: &Part| {
                json!({ "name": part.name, "email": part.email, "role": part.role.name(),
                    "organization": part.place, "account": part.account, "database": part.database })
            };
            return cx.out.list("users", parts.iter().map(user).collect::<Vec<_>>(), serde_json::Map::new());
        }
        let mut table = Table::new(&cx.headings(&["field-name", "field-email", "field-role", "field-organization"]), 0);
        for part in &parts {
            let role = crate::words::role(&cx.words, part.role);
            table.row(&[part.name.clone(), part.email.clone(), role, part.place.clone()]);
        }
        cx.out.table(&table)
    }

    /// Both accounts, made where they are not there yet, and everybody whom one can be.
    pub async fn prepare(&self, cx: &mut Context) -> Result<Vec<Part>, Failure> {
        let folder = cx.places.state().join("demo");
        crate::client::drafts::private_folder(&folder).map_err(|error| Failure::file(&folder, error))?;
        if self.fresh {
            forget(&folder.join("clock"))?;
        }
        let mut all = Vec::new();
        for which in Which::ALL {
            let plan = self.plan(which, cx);
            let path = folder.join(self.file(which));
            if self.fresh {
                forget(&path)?;
            }
            let url = format!("sqlite:{}", path.display());
            if !path.exists() {
                // What was cut off while it was made must not be taken for whole.
                let begun = path.with_extension("making");
                forget(&begun)?;
                self.write(cx, &format!("sqlite:{}", begun.display()), &plan).await?;
                std::fs::rename(&begun, &path).map_err(|error| Failure::file(&path, error))?;
            }
            all.extend(parts(&url, &plan));
        }
        Ok(all)
    }

    fn plan(&self, which: Which, cx: &Context) -> Plan {
        let asked = self.tickets.filter(|_| which == Which::VeloMetropole);
        Plan::new(which, self.seed, asked.unwrap_or(which.usual_tickets()), (cx.around.clock)())
    }

    fn file(&self, which: Which) -> String {
        let (name, asked) = match which {
            Which::VeloMetropole => ("velo", self.tickets),
            Which::BornesPay => ("bornes", None),
        };
        format!("{name}-{}-{}.db", asked.unwrap_or(which.usual_tickets()), self.seed)
    }

    async fn write(&self, cx: &Context, url: &str, plan: &Plan) -> Result<bool, Failure> {
        let bar = cx.out.progress(self.tickets.unwrap_or(plan.which.usual_tickets()));
        let tell = |made| bar.set_position(made);
        let made = make(url, plan, (cx.around.clock)(), &tell).await;
        bar.finish_and_clear();
        Ok(made?)
    }
}

/// Removes a store's files.
fn forget(path: &std::path::Path) -> Result<(), Failure> {
    let beside = |end: &str| PathBuf::from(format!("{}{end}", path.display()));
    for file in [path.to_owned(), beside("-wal"), beside("-shm")] {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Failure::file(&file, error)),
            _ => {}
        }
    }
    Ok(())
}

fn parts(url: &str, plan: &Plan) -> Vec<Part> {
    let part = |person: &crate::demo::PlannedPerson| {
        let organization = person.organization.and_then(|place| plan.organizations.get(place));
        Some(Part {
            database: url.to_owned(),
            email: person.email.as_ref()?.to_string(),
            name: person.name.clone(),
            role: person.role,
            account: plan.name.clone(),
            place: organization.map_or_else(|| plan.name.clone(), |one| one.name.clone()),
        })
    };
    plan.people.iter().take(plan.cast).filter_map(part).collect()
}
