//! A clock that can be moved (Z11): everything due on its way happens at its time, in both accounts, in order.

use crate::support::town::{NOW, Town, address, still};
use guichet::client::lab::{Happened, Lab};
use guichet::domain::act::Change;
use guichet::domain::status::Status;
use guichet::domain::time::{Span, Timestamp};

async fn lab(folder: &std::path::Path, towns: [&Town; 2]) -> Lab {
    let mut lab = Lab::new(still(), folder.join("clock"));
    for (name, town) in ["one", "two"].into_iter().zip(towns) {
        lab.add(name, &town.ground.url(), &address("olga@velo.example")).await.expect("the account");
    }
    lab
}

fn told(happened: &[Happened]) -> Vec<(&str, &str, Timestamp)> {
    happened.iter().map(|one| (one.account.as_str(), one.ran.rule.title.as_str(), one.at)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_due_happens_in_its_order_as_the_clock_passes() {
    let (one, two) = (Town::sqlite().await, Town::sqlite().await);
    let pending = one.ticket(one.ana, "Printer", "a").await;
    one.change(pending, Change::status(Status::Pending)).await;
    let solved = two.ticket(two.ana, "Lock", "a").await;
    two.change(solved, Change::status(Status::Solved)).await;
    let folder = crate::support::dirs::temp();
    let lab = lab(folder.path(), [&one, &two]).await;
    assert_eq!(lab.advance(Span::hours(71), false).await.expect("almost three days"), []);
    assert_eq!(lab.ahead(), Span::hours(71));
    // However far is looked: the clock stops when the next thing is due, and not after others.
    let next = lab.advance(Span::days(60), true).await.expect("the next thing");
    assert_eq!(told(&next), [("one", "remind", NOW + Span::days(3))]);
    let rest = lab.advance(Span::days(10), false).await.expect("ten days");
    // A stop every seventy minutes at most on a way of ten days: never early, in order.
    let due = [("two", "close", NOW + Span::days(4)), ("one", "end", NOW + Span::days(5))];
    for ((account, rule, at), due) in told(&rest).into_iter().zip(due) {
        assert_eq!((account, rule), (due.0, due.1));
        assert!(at >= due.2 && at < due.2 + Span::hours(2), "{rule} {at:?}");
    }
    assert_eq!((rest.len(), lab.ahead()), (2, Span::days(13)));
    lab.close().await;
    // Another start finds the clock where it was; an account of another clock is not the lab's.
    let again = Lab::new(still(), folder.path().join("clock"));
    assert_eq!((again.clock())(), NOW + Span::days(13));
    std::fs::write(folder.path().join("clock"), "-1 day").expect("a file");
    assert_eq!(Lab::new(still(), folder.path().join("clock")).ahead(), Span(0));
    let ticket = one.as_(one.agent).ticket(pending, 1).await.expect("the ticket").item;
    assert_eq!(ticket.status(), Status::Closed);
}
