use super::context::Context;
use super::setup::{self, Setup};
use super::table::Table;
use crate::client::{Count, Source, ViewTitle};
use crate::domain::setup::ItemKind;
use crate::report::{Failure, Status};
use crate::wire;
use clap::Subcommand;

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
            Self::Show { name, toml: true } => Setup::Show { name }.run(ItemKind::View, cx).await,
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
                if cx.out.is_json() { cx.out.object("view", view) } else { cx.view_table(std::iter::once(view)) }
            }
        }
    }
}

impl Context {
    fn view(&self, view: &ViewTitle, position: usize, count: Count) -> wire::View {
        // Stock views have their names in the words files.
        let key = format!("view-{}", view.slug);
        wire::View {
            slug: view.slug.clone(),
            title: if self.words.has(&key) { self.word(&key) } else { view.title.clone() },
            active: true,
            position,
            count: count.value,
            count_or_more: count.or_more,
        }
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
