//! How SQLite finds its way to what is asked most: by an index, in its order, and never through all tickets.

use super::condition::Frame;
use super::dialect::{Batch, read_row};
use super::list::{Base, Wanted, first_page};
use super::ticket::ticket_columns;
use super::visible::Bound;
use super::{Founding, Reader, Store, account, inbox, people, report, thread, timer};
use crate::domain::account::Account;
use crate::domain::audience::{Viewer, Within};
use crate::domain::condition::Condition;
use crate::domain::id::{GroupId, OrganizationId, PersonId, TicketId};
use crate::domain::person::{Among, EmailAddress, Person, Role};
use crate::domain::report::{Ask, Dimension};
use crate::domain::search::Query;
use crate::domain::setup::Item;
use crate::domain::time::Timestamp;
use crate::domain::view::{Sort, View};
use sqlx::Row;
use std::error::Error;
use std::sync::Arc;

type Tried<T> = Result<T, Box<dyn Error>>;

struct Step(String);

read_row!(Step, |row| Ok(Self(row.try_get(3)?)));

/// An account with nobody but its owner: the way is chosen by the indexes there are, not by what is in them.
async fn store() -> Tried<(tempfile::TempDir, Store, Reader)> {
    let dir = tempfile::tempdir()?;
    let email = EmailAddress::parse("olga@velo.example").map_err(|bad| bad.0)?;
    let founding = Founding {
        account: Account { name: "Vélo".into(), url: None },
        owner: "Olga".into(),
        email,
        language: "en".into(),
    };
    let clock: super::Clock = Arc::new(|| Timestamp(0));
    let store = Store::found(&format!("sqlite:{}/store/guichet.db", dir.path().display()), founding, &clock).await?;
    let person = store.first_admin().await?.ok_or("no owner")?;
    let reader = Reader { viewer: Viewer::of(&person, false), person, now: Timestamp(0), as_requester: false };
    Ok((dir, store, reader))
}

async fn plan(store: &Store, batch: Batch) -> Tried<Vec<String>> {
    let mut steps = Vec::new();
    for rows in store.read(batch.explained()).await? {
        steps.extend(rows.read::<Step>()?.into_iter().map(|step| step.0));
    }
    Ok(steps)
}

fn page(frame: &Frame<'_>, base: Base, condition: &Condition, sort: Sort) -> Batch {
    let mut bound = Bound::default();
    let wanted = Wanted::first(base, condition, sort, 100);
    let sql = first_page(frame, &wanted, &mut bound);
    let mut batch = Batch::default();
    batch.push(sql, bound.values());
    batch
}

/// Reads every ticket's row, in whatever order.
fn reads_all(step: &str) -> bool {
    step.starts_with("SCAN t") && !step.contains(" USING ")
}

fn sorts(step: &str) -> bool {
    step.contains("USE TEMP B-TREE FOR ORDER BY")
}

fn view(item: Item) -> Option<View> {
    match item {
        Item::View(view) => Some(view),
        _ => None,
    }
}

#[tokio::test]
async fn every_stock_view_comes_in_the_order_of_an_index() -> Tried<()> {
    let (_dir, store, reader) = store().await?;
    let common = store.common().await?;
    for groups in [vec![], vec![GroupId(1)], vec![GroupId(1), GroupId(2)]] {
        let person = Person { groups, ..reader.person.clone() };
        let reader = Reader { person, ..reader.clone() };
        let frame = reader.frame(store.db(), &common);
        for view in super::setup::stock()?.into_iter().filter_map(view) {
            let steps = plan(&store, page(&frame, Base::Visible, &view.when, view.sort)).await?;
            assert!(!steps.iter().any(|step| reads_all(step) || sorts(step)), "{}: {steps:#?}", view.slug);
            let unsolved = view.sort != Sort::URGENT || steps.iter().any(|step| step.contains("tickets_unsolved"));
            assert!(unsolved || reader.person.groups.is_empty(), "{}: {steps:#?}", view.slug);
        }
    }
    Ok(())
}

/// A page that is reached by its number or from behind is read along the same index: nothing is sorted for it.
#[tokio::test]
async fn far_pages_and_those_before_a_place_come_in_the_order_of_an_index() -> Tried<()> {
    let (_dir, store, reader) = store().await?;
    let common = store.common().await?;
    let frame = reader.frame(store.db(), &common);
    let everything = Condition::EVERYTHING;
    for sort in [Sort::NEWEST, Sort { descending: false, ..Sort::NEWEST }, Sort::LATEST] {
        for (skip, before) in [(9_900, None), (0, Some("somewhere"))] {
            let mut bound = Bound::default();
            let wanted = Wanted { before, skip, ..Wanted::first(Base::Visible, &everything, sort, 100) };
            let sql = first_page(&frame, &wanted, &mut bound);
            let mut batch = Batch::default();
            batch.push(sql, bound.values());
            let steps = plan(&store, batch).await?;
            assert!(!steps.iter().any(|step| sorts(step)), "{sort:?}: {steps:#?}");
        }
    }
    Ok(())
}

/// The requests that have somebody in copy are sorted: the index of copies knows no times. They are few beside all.
#[tokio::test]
async fn the_lists_of_a_requester_touch_their_own_requests_only() -> Tried<()> {
    let (_dir, store, reader) = store().await?;
    let viewer = Viewer { role: Role::EndUser, shared_organization: Some(OrganizationId(1)), ..reader.viewer.clone() };
    let person = Person { role: Role::EndUser, organization: Some(OrganizationId(1)), ..reader.person.clone() };
    let reader = Reader { viewer, person, ..reader };
    let common = store.common().await?;
    let frame = reader.frame(store.db(), &common);
    for base in [Base::Mine, Base::Ccd, Base::Organization] {
        let steps = plan(&store, page(&frame, base, &Condition::EVERYTHING, Sort::LATEST)).await?;
        assert!(steps.iter().any(|step| step.starts_with("SEARCH t ")), "{base:?}: {steps:#?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN t")), "{base:?}: {steps:#?}");
        assert!(base == Base::Ccd || !steps.iter().any(|step| sorts(step)), "{base:?}: {steps:#?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_ticket_with_its_newest_comments_is_found_by_numbers() -> Tried<()> {
    let (_dir, store, reader) = store().await?;
    let mut batch = Batch::default();
    batch.push(concat!("SELECT ", ticket_columns!(), " FROM tickets t WHERE t.id = $1"), vec![1.into()]);
    thread::push_comments(&mut batch, &reader, TicketId(1), None, 50);
    let steps = plan(&store, batch).await?;
    let scanned = |step: &&String| step.starts_with("SCAN") && !step.contains("newest");
    assert_eq!(steps.iter().find(scanned), None, "{steps:#?}");
    assert!(steps.iter().any(|step| step.contains("comments_by_ticket")), "{steps:#?}");
    Ok(())
}

/// What every act and every question starts from is read anew when the account changes, and at each start: the team with
/// those whom rules name, not everybody.
#[tokio::test]
async fn nobody_looks_at_everybody_to_know_the_team() -> Tried<()> {
    let (_dir, store, _reader) = store().await?;
    let steps = plan(&store, account::common_batch()).await?;
    assert!(steps.iter().any(|step| step.contains("people_of_staff")), "{steps:#?}");
    let everybody = |step: &&String| matches!(step.as_str(), "SCAN p" | "SCAN people");
    assert_eq!(steps.iter().find(everybody), None, "{steps:#?}");
    Ok(())
}

/// What is due comes in the order in which it will happen, from the index of what will happen at all (R172, R173, R177).
#[tokio::test]
async fn what_is_due_is_found_by_its_index_in_order() -> Tried<()> {
    let (_dir, store, reader) = store().await?;
    for viewer in [&Viewer::ACCOUNT, &reader.viewer] {
        let mut batch = Batch::default();
        timer::push_due(&mut batch, viewer, Timestamp(1), 1_000);
        let steps = plan(&store, batch).await?;
        assert!(steps.iter().any(|step| step.contains("tickets_by_next")), "{steps:#?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN") || sorts(step)), "{steps:#?}");
    }
    Ok(())
}

/// A page of an inbox walks along what its reader was told; of what is unread, along that alone, however much was read.
#[tokio::test]
async fn an_inbox_is_read_in_the_order_of_its_index() -> Tried<()> {
    let (_dir, store, reader) = store().await?;
    let requester =
        Viewer { role: Role::EndUser, shared_organization: Some(OrganizationId(1)), ..reader.viewer.clone() };
    for viewer in [reader.viewer, requester] {
        for (unread_only, index) in [(false, "inbox_by_person"), (true, "inbox_unread")] {
            let mut bound = Bound::default();
            let sql = inbox::page(&viewer, unread_only, (None, 100), &mut bound);
            let mut batch = Batch::default();
            batch.push(sql, bound.values());
            let steps = plan(&store, batch).await?;
            assert!(steps.iter().any(|step| step.contains(index)), "{index}: {steps:#?}");
            assert!(!steps.iter().any(|step| reads_all(step) || sorts(step)), "{index}: {steps:#?}");
        }
    }
    Ok(())
}

/// What a report counts comes in the order of the moment that counts, whatever else is asked of the tickets, and none of
/// its pages is sorted.
#[tokio::test]
async fn a_report_walks_along_the_index_of_its_period() -> Tried<()> {
    let (_dir, store, reader) = store().await?;
    let common = store.common().await?;
    let within = Within::Groups(vec![GroupId(1), GroupId(2)]);
    let restricted = Reader { viewer: Viewer { within, ..reader.viewer.clone() }, ..reader.clone() };
    let ask = Ask { by: vec![Dimension::Group, Dimension::Tag], ..Ask::new(Timestamp(1), Timestamp(2)) };
    for reader in [reader, restricted] {
        let frame = reader.frame(store.db(), &common);
        for text in ["", "group:1 assignee:7", "tags:vip", "status:solved", "organization:1 -requester:3"] {
            let condition = Query::parse(text).map_err(|_| "no query")?.condition();
            for (pass, index) in report::Pass::ALL.into_iter().zip(["creation", "solution", "unsolved"]) {
                for after in [None, Some((1, 1))] {
                    let mut bound = Bound::default();
                    let wanted = report::Wanted { ask: &ask, condition: &condition, pass };
                    let sql = wanted.statement(&frame, after, &mut bound);
                    let mut batch = Batch::default();
                    batch.push(sql, bound.values());
                    let steps = plan(&store, batch).await?;
                    assert!(!steps.iter().any(|step| reads_all(step) || sorts(step)), "{text} {index}: {steps:#?}");
                    assert!(steps.iter().any(|step| step.contains(index)), "{text} {index}: {steps:#?}");
                }
            }
        }
    }
    Ok(())
}

/// A page of the people of an organization or a group comes in the order of names, and is not sorted, however many they are.
#[tokio::test]
async fn the_people_of_an_organization_are_read_in_the_order_of_an_index() -> Tried<()> {
    let (_dir, store, reader) = store().await?;
    let within = Within::Organization(Some(OrganizationId(1)));
    let restricted = Viewer { within, ..reader.viewer.clone() };
    for viewer in [&reader.viewer, &restricted] {
        let lists = [
            (Among::Organization(OrganizationId(1)), "people_of_organization"),
            (Among::Group(GroupId(1)), "people_of_staff"),
        ];
        for ((of, index), after) in lists.into_iter().flat_map(|list| [(list, None), (list, Some(PersonId(1)))]) {
            let mut bound = Bound::default();
            let sql = people::among_page(viewer, of, after, 100, &mut bound);
            let mut batch = Batch::default();
            batch.push(sql, bound.values());
            let steps = plan(&store, batch).await?;
            assert!(steps.iter().any(|step| step.contains(index)), "{index}: {steps:#?}");
            assert!(!steps.iter().any(|step| sorts(step)), "{index}: {steps:#?}");
        }
    }
    Ok(())
}
