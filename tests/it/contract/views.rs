use crate::support::town::Town;
use guichet::client::{ListAsk, Source};
use guichet::domain::act::{Change, Deed};
use guichet::domain::id::TicketId;
use guichet::domain::setup::{Directory, Document, Item, ItemKind, Mentions};
use guichet::domain::status::{Priority, Status};

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

const COUNTED: [&str; 12] = [
    "status is open",
    "status < solved and priority is urgent",
    "assignee is none",
    "assignee is me and not priority is low",
    "group is none or priority is none",
    "tags include hot",
    "ticket is private",
    "updated less than 1 hours ago",
    "subject has printer",
    "requester has name ana",
    "(status is pending or status is hold) and tags do not include hot",
    "number > 3",
];

/// What is remembered of counts is what counting anew finds, after whatever was done, by whomever.
pub async fn counts_follow_every_change(town: &Town) {
    for (at, when) in COUNTED.into_iter().enumerate() {
        let names = town.as_(town.admin).directory(Mentions::default()).await.expect("the names");
        let document = Document::default().with("slug", format!("v{at}")).with("when", when);
        let view = Item::read(ItemKind::View, 0, &document, &names).expect("a view");
        town.does(town.admin, Deed::SetItem(Box::new(view))).await;
    }
    let sources = || (0..COUNTED.len()).map(|at| Source::View(format!("v{at}"))).collect::<Vec<_>>();
    let long = town.as_(town.agent);
    let mut ids = Vec::new();
    for n in 0..40_usize {
        match n % 5 {
            0 => ids.push(town.ticket(town.ana, if n % 2 == 0 { "Printer" } else { "Lock" }, "a").await),
            1 => _ = town.reply(town.agent, ids[n / 7], "On it").await,
            2 => {
                let priority = Some([None, Some(Priority::Urgent), Some(Priority::Low)][n % 3]);
                let assignee = Some([None, Some(town.agent)][n % 2]);
                town.change(ids[n / 6], Change { priority, assignee, ..Change::default() }).await;
            }
            3 => {
                let status = [Status::Pending, Status::Hold, Status::Open][n % 3];
                town.change(ids[n / 8], Change::status(status)).await;
            }
            _ => {
                let tag = guichet::domain::tag::Tag::parse("hot").expect("a tag");
                town.change(ids[n / 9], Change { add_tags: [tag].into(), ..Change::default() }).await;
            }
        }
        if n % 3 == 0 {
            let remembered = long.counts(sources()).await.expect("counts");
            let anew = town.as_(town.agent).counts(sources()).await.expect("counts");
            assert_eq!(remembered, anew, "after {n}");
        }
    }
}
