//! The present search as a view of one's own.

use super::State;
use crate::domain::act::Deed;
use crate::domain::id::RuleId;
use crate::domain::rule::Owner;
use crate::domain::search::{Names, Query, while_typed};
use crate::domain::setup::Item;
use crate::domain::text::slug;
use crate::domain::view::View;
use crate::tui::model::{Context, Shared};

impl State {
    /// Saves what is searched for under a title.
    pub(super) fn save(&self, title: &str, cx: &mut Context<'_>) {
        let known = cx.shared.session.as_ref();
        let names = known.map(|known| Names::told(known.fields.values(), known.statuses.values())).unwrap_or_default();
        let query = match Query::parse_with(&while_typed(&self.query.text()), &names) {
            Ok(query) => query,
            Err(error) => return cx.error(crate::client::Error::Unclear(error)),
        };
        let Some(me) = cx.shared.me() else { return };
        let view = View {
            id: RuleId(0),
            slug: free(&slug(title), cx.shared),
            title: Some(title.trim().to_owned()),
            description: String::new(),
            active: true,
            position: 0,
            owner: Owner::Person(me),
            when: query.condition(),
            sort: self.sort.unwrap_or_else(|| query.order()),
            group_by: None,
            columns: Vec::new(),
        };
        cx.act(Deed::SetItem(Box::new(Item::View(view))));
    }
}

/// A name that none of the lists has: they are asked for by it.
fn free(wanted: &str, shared: &Shared) -> String {
    let wanted = if wanted.is_empty() { "view" } else { wanted };
    let taken = |name: &str| shared.session.iter().flat_map(|session| &session.views).any(|view| view.slug == name);
    let mut name = wanted.to_owned();
    for n in 2.. {
        if !taken(&name) {
            break;
        }
        name = format!("{wanted}-{n}");
    }
    name
}
