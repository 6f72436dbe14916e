//! What end users do with their requests.

use crate::support::town::{Town, changes, says};
use guichet::client::{Error, ListAsk, Source};
use guichet::domain::account::OnHold;
use guichet::domain::act::{Change, Deed, NewTicket, Setting};
use guichet::domain::comment::{NewComment, Visibility};
use guichet::domain::id::{KindId, TicketId};
use guichet::domain::refusal::Refusal;
use guichet::domain::status::{Priority, Status};

async fn status(town: &Town, id: TicketId) -> Status {
    town.as_(town.ana).request(id, 1).await.expect("the request").item.status()
}

/// R158-R162: each of the four is kept with its request; none at all is refused, and so is a fifth.
pub async fn a_request_keeps_its_kind(town: &Town) {
    let kinds = town.as_(town.ana).session().await.expect("a session").kinds;
    let new = |kind| NewTicket { kind, ..NewTicket::new("Help", NewComment::public("It does not work.")) };
    for (line, kind) in ["R159", "R160", "R161", "R162"].into_iter().zip(&kinds) {
        let made = town.does(town.ana, Deed::CreateTicket(Box::new(new(Some(kind.id))))).await;
        let id = made.outcome.ticket.expect("a ticket");
        let request = town.as_(town.ana).request(id, 1).await.expect("the request").item;
        let urgent = (kind.slug == "critical").then_some(Priority::Urgent);
        assert_eq!((request.kind, request.priority), (Some(kind.id), urgent), "{line}");
        let found = ListAsk::first(Source::Search(format!("kind:{}", kind.slug)));
        let found = town.as_(town.agent).tickets(found).await.expect("a page");
        assert_eq!(found.rows.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [id], "{line}");
    }
    let refused = town.tries(town.ana, Deed::CreateTicket(Box::new(new(None)))).await;
    assert_eq!(refused.map(|_| ()), Err(Error::Refused(Refusal::KindMissing)), "R158");
    assert!(town.tries(town.ana, Deed::CreateTicket(Box::new(new(Some(KindId(9)))))).await.is_err(), "R158");
    let top = town.as_(town.agent).tickets(ListAsk::first(Source::View("unassigned".into()))).await.expect("a page");
    assert_eq!(top.rows[0].kind, Some(kinds[0].id), "R159: the urgent one is on top, though it is the oldest");
}

/// R167, R168, R174, D8, D11, R169, R170, R175, R176: what the requester sees in each status, and that an answer, public
/// always, hands the request back to the team.
pub async fn an_answer_hands_a_request_back(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    assert_eq!(status(town, id).await, Status::Open, "R170, D11");
    for set in [Status::Pending, Status::Hold, Status::Solved] {
        town.change(id, Change::status(set)).await;
        assert_eq!(status(town, id).await, set, "R169, R175, R176");
        town.reply(town.ana, id, "Here.").await;
        assert_eq!(status(town, id).await, Status::Open, "R168, R174");
    }
    let said = town.as_(town.agent).ticket(id, 9).await.expect("the ticket").comments;
    assert!(said.iter().all(|one| one.visibility == Visibility::Public && one.author == town.ana), "R167");
    town.change(id, Change::status(Status::Hold)).await;
    town.does(town.admin, Deed::Set(Setting::PortalOnHold(OnHold::AsOpen))).await;
    assert_eq!(status(town, id).await, Status::Open, "D8");
    let asked = |text: &str| ListAsk::first(Source::Search(text.into()));
    let ana = town.as_(town.ana);
    assert_eq!(ana.requests(asked("status:hold")).await.expect("a page").rows, [], "D8: nor does a search tell");
    assert_eq!(ana.requests(asked("status:open")).await.expect("a page").rows.len(), 1, "D8");
}

/// D12: a requester ends what somebody works on; what nobody has, or what is another's, not.
pub async fn a_requester_marks_as_solved(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let solve = || changes(id, Change::status(Status::Solved));
    let refused = town.tries(town.ana, solve()).await;
    assert_eq!(refused.map(|_| ()), Err(Error::Refused(Refusal::NotAssigned)));
    town.change(id, Change { assignee: Some(Some(town.agent)), ..Change::default() }).await;
    assert!(town.tries(town.ben, solve()).await.is_err(), "a colleague");
    town.does(town.ana, solve()).await;
    assert_eq!(status(town, id).await, Status::Solved);
}

/// R178, D13: Closed takes nothing from anybody; a follow-up refers to it, for its requester and for agents.
pub async fn a_closed_request_has_a_follow_up(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change::status(Status::Closed)).await;
    assert_eq!(status(town, id).await, Status::Closed);
    let closed = Err(Error::Refused(Refusal::Closed(id)));
    let urgent = Change { priority: Some(Some(Priority::Urgent)), ..Change::default() };
    for (who, deed) in [
        (town.ana, says(id, NewComment::public("Still jams."))),
        (town.agent, says(id, NewComment::public("Late."))),
        (town.agent, says(id, NewComment::note("Late."))),
        (town.admin, changes(id, urgent)),
        (town.admin, changes(id, Change::status(Status::Open))),
    ] {
        assert_eq!(town.tries(who, deed).await.map(|_| ()), closed, "D13");
    }
    let new = NewTicket { follow_up_of: Some(id), ..NewTicket::new("Again", NewComment::public("Still jams.")) };
    let next = town.does(town.ana, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("R178");
    let request = town.as_(town.ana).request(next, 1).await.expect("the request").item;
    assert_eq!((request.follow_up_of, request.kind, request.status()), (Some(id), Some(KindId(4)), Status::Open));
    assert_eq!(status(town, id).await, Status::Closed);
}
