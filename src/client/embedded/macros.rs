//! What macros would do, told before anybody does it.

use super::{Embedded, MOST_ROWS, too_much};
use crate::client::told::Words;
use crate::client::{Applied, AppliedAll, Error};
use crate::domain::act::{Act, Deed, Who};
use crate::domain::comment::Visibility;
use crate::domain::decide::Facts;
use crate::domain::event::Named;
use crate::domain::id::{PersonId, RuleId, TicketId};
use crate::domain::notice::template::fill;
use crate::domain::notice::{Manner, Scene, for_requester, for_staff};
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::rule::{Applying, Macro, applied};
use crate::domain::setup::{Document, Item, ItemKind};
use crate::domain::ticket::{Request, Ticket};
use crate::store::Known;

impl Embedded {
    pub(super) async fn read_applied(&self, tickets: Vec<TicketId>, which: RuleId) -> Result<AppliedAll, Error> {
        let me = self.staff().await?;
        if tickets.len() > MOST_ROWS as usize {
            return Err(too_much(u64::from(MOST_ROWS)));
        }
        let mut theirs = self.store.owned(ItemKind::Macro, &me.person).await?.into_iter();
        let one = theirs.find_map(|item| match item {
            Item::Macro(one) if one.id == which && one.active => Some(one),
            _ => None,
        });
        let one = one.ok_or(Refusal::NotFound(Thing::Item(ItemKind::Macro)))?;
        let reader = me.reader(self.now(), false);
        let mut all = AppliedAll { title: one.title.clone(), rows: Vec::new(), ..AppliedAll::default() };
        for id in tickets {
            let ticket = self.store.find_ticket(&reader, id).await?.ok_or(Error::NotFound)?;
            all.rows.push(self.applied_to(&me, &one, ticket).await?);
        }
        let events = all.rows.iter().filter_map(|row| row.events.as_ref().ok()).flatten();
        all.names = self.names_by(Named::by(events)).await?;
        Ok(all)
    }

    async fn applied_to(&self, me: &Known, one: &Macro, ticket: Ticket) -> Result<Applied, Error> {
        let facts = self.store.facts_of(std::slice::from_ref(&ticket)).await?;
        let people: Vec<PersonId> = super::names::people_of_ticket(&ticket, &[]).collect();
        let names = self.names(people, ticket.organization).await?;
        let scene = Scene {
            account: &facts.account,
            settings: &facts.settings,
            setup: &facts.setup,
            groups: &facts.groups,
            people: &names.people,
            organizations: &names.organizations,
            tongue: &Words,
        };
        let (public, internal) = contexts(&facts, &scene, &ticket);
        // A text that was changed by hand and means nothing is left as it stands, for the agent to see.
        let fill = |to: Visibility, text: &str| {
            let with = if to == Visibility::Public { &public } else { &internal };
            fill(text, with).unwrap_or_else(|_| text.to_owned())
        };
        let (change, comment) = applied(one, &ticket, Applying { me: me.person.id, fill: &fill });
        let deed = Deed::UpdateTicket {
            ticket: ticket.id,
            change: Box::new(change.clone()),
            comment: comment.clone(),
            expect: None,
        };
        let act = Act { who: Who::Person(self.person), via: self.via, deed };
        let events = match self.store.foresee(act, &self.clock).await {
            Ok(entries) => Ok(entries.into_iter().flat_map(|entry| entry.events).collect()),
            Err(crate::store::Error::Refused(refusal)) => Err(refusal),
            Err(other) => return Err(other.into()),
        };
        Ok(Applied { ticket: ticket.id, subject: ticket.subject, version: ticket.version, change, comment, events })
    }
}

/// What placeholders stand for: in what requesters read too, and in what only agents do.
fn contexts(facts: &Facts, scene: &Scene<'_>, ticket: &Ticket) -> (Document, Document) {
    let request = Request::of(ticket, &facts.settings, &facts.setup);
    // A macro's text is in one language: the account's.
    let manner = Manner { languages: &facts.settings.language, time_zone: &facts.settings.people.time_zone };
    (for_requester(scene, manner, &request, None), for_staff(scene, manner, ticket, None))
}
