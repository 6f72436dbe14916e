use super::account::address;
use super::context::Context;
use super::table::Table;
use crate::client::drafts::{DraftFolder, parse_place, place_name};
use crate::domain::draft::{Draft as Domain, DraftPlace};
use crate::language::args;
use crate::report::{Failure, Status};
use crate::safe::Safe;
use crate::wire::Time;
use clap::Subcommand;
use serde_json::{Map, Value, json};

/// What is written and not yet sent: named reply-NUMBER, note-NUMBER or new.
#[derive(Debug, Subcommand)]
pub enum Draft {
    /// List the drafts, the last written first
    List,
    /// Show a draft
    Show {
        /// Its name
        #[arg(value_parser = place)]
        draft: DraftPlace,
    },
    /// Throw a draft away
    Drop {
        /// Its name
        #[arg(value_parser = place)]
        draft: DraftPlace,
    },
}

fn place(name: &str) -> Result<DraftPlace, String> {
    parse_place(name).ok_or_else(|| "a draft is named reply-NUMBER, note-NUMBER, new or form-THING-NUMBER".to_owned())
}

impl Draft {
    /// Drafts are this machine's: the account is not asked.
    pub(super) fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let folder = cx.drafts()?;
        let list = |folder: &DraftFolder| folder.all().map_err(Failure::from);
        match self {
            Self::List => table(cx, &list(&folder)?),
            Self::Show { draft } => {
                let found = list(&folder)?.into_iter().find(|one| one.place == draft);
                show(cx, &found.ok_or_else(|| missing(draft))?)
            }
            Self::Drop { draft } => {
                if !folder.forget(draft)? {
                    return Err(missing(draft));
                }
                let text = cx.say("cli-draft-dropped", args![name = place_name(draft)]);
                if cx.out.is_json() { Ok(()) } else { cx.out.done(&text, "") }
            }
        }
    }
}

impl Context {
    /// The drafts of who acts, in the chosen store.
    pub fn drafts(&self) -> Result<DraftFolder, Failure> {
        let choice = self.choice()?;
        let acts_as = choice.acts_as.ok_or(Failure::said("cli-nobody", Status::Usage))?;
        let account = choice.remote.map_or_else(|| self.database(), |remote| Ok(remote.url))?;
        Ok(DraftFolder::of(self.places.state(), &account, &address(&acts_as)?))
    }
}

fn missing(place: DraftPlace) -> Failure {
    Failure::said("cli-no-draft", Status::NotFound).with("name", place_name(place))
}

fn object(draft: &Domain) -> Value {
    let ticket = match draft.place {
        DraftPlace::Reply(id) | DraftPlace::Note(id) => Some(id.0),
        DraftPlace::NewTicket | DraftPlace::Form(..) => None,
    };
    json!({
        "name": place_name(draft.place),
        "ticket_id": ticket,
        "body": draft.body,
        "fields": draft.fields,
        "files": draft.files,
        "updated_at": Time(draft.updated_at).text(),
    })
}

fn table(cx: &mut Context, drafts: &[Domain]) -> Result<(), Failure> {
    if cx.out.is_json() {
        let rows: Vec<Value> = drafts.iter().map(object).collect();
        return cx.out.list("drafts", rows, Map::new());
    }
    let mut table = Table::new(&cx.headings(&["cli-name", "cli-text", "field-updated"]), 1);
    for draft in drafts {
        // A form has no text: it is known by what it is called.
        let named = ["title", "name", "slug", "subject"]
            .into_iter()
            .find_map(|key| draft.fields.get(key).filter(|text| !text.trim().is_empty()));
        let text = if draft.body.is_empty() { named.cloned().unwrap_or_default() } else { draft.body.clone() };
        table.row(&[place_name(draft.place), text, cx.ago(draft.updated_at)]);
    }
    cx.rows(&table, drafts.is_empty(), false)
}

fn show(cx: &mut Context, draft: &Domain) -> Result<(), Failure> {
    if cx.out.is_json() {
        return cx.out.object("draft", object(draft));
    }
    cx.out.heading(&Safe::line(&place_name(draft.place)))?;
    for (name, value) in &draft.fields {
        cx.out.line(&Safe::line(&format!("{name}: {value}")))?;
    }
    for line in Safe::text(&draft.body).lines() {
        cx.out.line(&line)?;
    }
    Ok(())
}
