use super::account::Account;
use super::context::Context;
use super::setup::{self, Setup};
use super::table::Table;
use crate::client::{Count, ListAsk, Page, Source, ViewTitle};
use crate::domain::setup::ItemKind;
use crate::domain::ticket::Ticket;
use crate::domain::view::Column;
use crate::report::{Failure, Status};
use crate::safe::Safe;
use crate::wire;
use crate::words::{self, Known};
use clap::Subcommand;

/// What the rows of a view show that only gathers them.
const USUAL: [Column; 5] = [Column::Id, Column::Subject, Column::Requester, Column::Assignee, Column::Status];

/// The agents' lists; `ticket list --view NAME` lists what is in one.
#[derive(Debug, Subcommand)]
pub enum View {
    /// List the views with how many tickets they have
    List {
        /// All that there are, with what they list, those that are switched off too
        #[arg(long)]
        all: bool,
    },
    /// Show one view
    Show {
        /// Its name
        name: String,
        /// As TOML, the way back into set
        #[arg(long)]
        toml: bool,
    },
    /// Say how many of the last thousand tickets it lists, as it is or as a file says
    Try(setup::Try),
    #[command(flatten)]
    Change(setup::Change),
}

impl View {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::Change(change) => change.run(ItemKind::View, cx).await,
            Self::Try(one) => setup::tried(one, ItemKind::View, cx).await,
            Self::List { all: true } => Setup::List.run(ItemKind::View, cx).await,
            Self::Show { name, toml: true } => Setup::Show { name, toml: true }.run(ItemKind::View, cx).await,
            Self::List { all: false } => Self::told(cx, None).await,
            Self::Show { name, toml: false } => Self::told(cx, Some(name)).await,
        }
    }

    /// Those that are offered, with how many tickets they have.
    async fn told(cx: &mut Context, name: Option<String>) -> Result<(), Failure> {
        let account = cx.account().await?;
        if !account.is_staff() {
            return Err(crate::client::Error::Denied.into());
        }
        let titles = &account.session.views;
        let sources = titles.iter().map(|view| Source::View(view.slug.clone())).collect();
        let counts = account.client.counts(sources).await?;
        let views: Vec<wire::View> =
            titles.iter().zip(counts).enumerate().map(|(at, (view, count))| cx.view(view, at, count)).collect();
        match name {
            None if cx.out.is_json() => cx.out.list("views", &views, super::pages::meta(None)?),
            None => cx.view_table(views.iter()),
            Some(name) => {
                let view = views.iter().find(|view| view.slug == name || view.title == name);
                let missing = || Failure::said("cli-no-view", Status::NotFound).with("name", name.clone());
                let view = view.ok_or_else(missing)?;
                if cx.out.is_json() {
                    return cx.out.object("view", view);
                }
                cx.view_table(std::iter::once(view))?;
                let slug = view.slug.clone();
                let page = account.client.tickets(ListAsk::first(Source::View(slug.clone()))).await?;
                cx.view_rows(&account, &slug, &page)
            }
        }
    }
}

impl Context {
    fn view(&self, view: &ViewTitle, position: usize, count: Count) -> wire::View {
        // Stock views have their names in the words files.
        let key = format!("view-{}", view.slug);
        let own = view.title != view.slug || !self.words.has(&key);
        wire::View {
            slug: view.slug.clone(),
            title: if own { view.title.clone() } else { self.word(&key) },
            active: true,
            position,
            count: count.value,
            count_or_more: count.or_more,
        }
    }

    /// The rows of a view with its columns, those that belong together under a heading of their own.
    pub(super) fn view_rows(&mut self, account: &Account, slug: &str, page: &Page<Ticket>) -> Result<(), Failure> {
        let view = account.session.views.iter().find(|view| view.slug == slug);
        let shape = view.map(|view| (view.columns.clone(), view.group_by)).unwrap_or_default();
        if page.rows.is_empty() || (shape.0.is_empty() && shape.1.is_none()) {
            return self.ticket_table(account, page);
        }
        let columns = if shape.0.is_empty() { USUAL.to_vec() } else { shape.0 };
        let known = Known::new(&account.session, &page.names, self.around.present.zone);
        let elastic = columns.iter().position(|column| *column == Column::Subject).unwrap_or(columns.len() - 1);
        let headings: Vec<String> = columns.iter().map(|one| words::column(&self.words, *one, known)).collect();
        let mut groups: Vec<(Option<String>, Table)> = Vec::new();
        for ticket in &page.rows {
            let present = &self.around.present;
            let group = shape.1.map(|by| words::gathered(&self.words, ticket, by, known, present));
            if groups.last().is_none_or(|(last, _)| *last != group) {
                groups.push((group, Table::new(&headings, elastic)));
            }
            let cells: Vec<String> =
                columns.iter().map(|one| words::cell(&self.words, ticket, *one, known, present)).collect();
            if let Some((_, table)) = groups.last_mut() {
                table.row(&cells);
            }
        }
        let count = groups.len();
        for (at, (group, table)) in groups.into_iter().enumerate() {
            if let Some(group) = group {
                self.out.heading(&Safe::line(&group))?;
            }
            self.rows(&table, false, page.next.is_some() && at + 1 == count)?;
        }
        Ok(())
    }

    fn view_table<'v>(&mut self, views: impl Iterator<Item = &'v wire::View>) -> Result<(), Failure> {
        let mut table = Table::new(&self.headings(&["cli-name", "cli-title", "cli-tickets"]), 1).number(2);
        for view in views {
            let count = i64::try_from(view.count).unwrap_or(i64::MAX);
            let count = if view.count_or_more { self.words.number_at_least(count) } else { self.words.number(count) };
            table.row(&[view.slug.clone(), view.title.clone(), count]);
        }
        self.rows(&table, false, false)
    }
}
