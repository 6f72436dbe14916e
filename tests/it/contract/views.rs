use crate::support::town::Town;
use guichet::client::{ListAsk, Source};
use guichet::domain::act::{Change, Deed};
use guichet::domain::id::TicketId;
use guichet::domain::setup::{Directory, Document, Item, ItemKind};
use guichet::domain::status::Priority;

/// A view that gathers its rows keeps each group whole, over all pages, whichever way the rows themselves are ordered.
pub async fn a_view_keeps_its_groups_whole(town: &Town) {
    let priorities = [None, Some(Priority::Low), Some(Priority::Urgent), Some(Priority::Normal)];
    for n in 0..13 {
        let id = town.ticket(town.ana, &format!("Ticket {n}"), "a").await;
        let change = Change { priority: Some(priorities[n % 4]), ..Change::default() };
        town.change(id, change).await;
    }
    for (by, order) in [("created", "asc"), ("created", "desc"), ("updated", "desc"), ("priority", "asc")] {
        let document = Document::default()
            .with("slug", format!("by-{by}-{order}"))
            .with("when", "status < solved")
            .with("group_by", "priority")
            .with("sort_by", by)
            .with("sort_order", order);
        let view = Item::read(ItemKind::View, 0, &document, &Directory::default()).expect("a view");
        town.does(town.admin, Deed::SetItem(Box::new(view))).await;
        let mut ask = ListAsk { limit: 4, ..ListAsk::first(Source::View(format!("by-{by}-{order}"))) };
        let mut rows: Vec<(Option<Priority>, TicketId)> = Vec::new();
        loop {
            let page = town.as_(town.agent).tickets(ask.clone()).await.expect("a page");
            rows.extend(page.rows.iter().map(|ticket| (ticket.priority, ticket.id)));
            let Some(next) = page.next else { break };
            ask.after = Some(next);
        }
        assert_eq!(rows.len(), 13, "{by} {order}");
        assert!(rows.windows(2).all(|pair| pair[0].0 >= pair[1].0), "{by} {order}: {rows:?}");
        if by == "created" {
            let within = |pair: &[(Option<Priority>, TicketId)]| {
                pair[0].0 != pair[1].0 || (pair[0].1 < pair[1].1) == (order == "asc")
            };
            assert!(rows.windows(2).all(within), "{by} {order}: {rows:?}");
        }
    }
}
