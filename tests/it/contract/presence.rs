//! Who else has a ticket open: for those who work with it, and for nobody else.

use crate::support::town::Town;
use guichet::client::Error;
use guichet::domain::act::{Deed, PersonChange};
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::person::Restriction;
use guichet::domain::presence::{Doing, Present};
use guichet::domain::time::Span;

async fn says(town: &Town, who: PersonId, ticket: TicketId, doing: Option<Doing>) -> Result<Vec<Present>, Error> {
    let (present, names) = town.as_(who).present(ticket, doing).await?;
    assert!(present.iter().all(|one| names.people.contains_key(&one.person)), "whoever is there has a name");
    Ok(present)
}

pub async fn who_else_has_a_ticket_open_is_told_for_half_a_minute(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let other = town.ticket(town.ana, "Another", "2").await;
    let (marc, lina) = (town.agent, town.other_agent);
    let is = |person, doing| Ok(vec![Present { person, doing }]);
    assert_eq!(says(town, marc, id, Some(Doing::Looks)).await, Ok(Vec::new()));
    assert_eq!(says(town, lina, id, Some(Doing::Looks)).await, is(marc, Doing::Looks));
    assert_eq!(says(town, marc, id, Some(Doing::Replies)).await, is(lina, Doing::Looks));
    assert_eq!(says(town, lina, id, Some(Doing::Looks)).await, is(marc, Doing::Replies));
    assert_eq!(says(town, lina, other, Some(Doing::Looks)).await, Ok(Vec::new()), "it is another ticket");
    assert_eq!(says(town, marc, id, None).await, is(lina, Doing::Looks));
    assert_eq!(says(town, lina, id, Some(Doing::Looks)).await, Ok(Vec::new()), "marc has left it");
    town.wait(Span(31_000));
    assert_eq!(says(town, marc, id, Some(Doing::Looks)).await, Ok(Vec::new()), "who says nothing is gone");
}

/// R109: nothing of it reaches who may not know of the ticket, nor any end user.
pub async fn nobody_else_is_told_who_has_a_ticket_open(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    says(town, town.agent, id, Some(Doing::Replies)).await.expect("said");
    for person in [town.ana, town.ben, town.cleo] {
        assert_eq!(says(town, person, id, Some(Doing::Looks)).await, Err(Error::Denied));
    }
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    for ticket in [id, TicketId(999)] {
        assert_eq!(says(town, town.other_agent, ticket, Some(Doing::Looks)).await, Err(Error::NotFound));
    }
    assert_eq!(says(town, town.agent, id, Some(Doing::Looks)).await, Ok(Vec::new()), "nor did they leave a trace");
}
