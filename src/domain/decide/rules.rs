//! What the account's rules make of what was done: triggers after every act, automations when their time has come. They
//! are decided and written with what they follow, or not at all.

mod apply;
mod why;

use super::changing::Changing;
use super::{Decision, Entry, Facts};
use crate::domain::act::{Act, Deed, Who};
use crate::domain::comment::{Channel, Comment};
use crate::domain::condition::{Asker, Condition, Facts as Looked, Link, Sight, Test, Text, Update};
use crate::domain::event::{Chain, Event};
use crate::domain::evolve;
use crate::domain::form::Reader;
use crate::domain::id::{GroupId, KindId, OrganizationId, PersonId, RuleId, TicketId};
use crate::domain::notice::{Addressee, Notice};
use crate::domain::person::{Person, Role};
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::rule::{Action, RuleRef, RuleSort, Trigger};
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use crate::domain::timer::{Does, Due, is_foretold};
use std::collections::BTreeSet;

pub(super) use apply::enter;
pub use why::{Step, steps, why_now, why_then, would};

/// As often are all triggers tried after one act at most.
const MOST_ROUNDS: u32 = 16;

/// Lets the triggers follow what was decided, ticket by ticket, and says when each ticket has to be looked at again.
/// What is past, and comes by an import, triggers nothing.
pub(super) fn follow(facts: &Facts, act: &Act, mut decision: Decision, now: Timestamp) -> Decision {
    let mut touched: Vec<TicketId> = Vec::new();
    for entry in &decision.entries {
        if let Chain::Ticket(id) = entry.chain
            && !touched.contains(&id)
        {
            touched.push(id);
        }
    }
    for id in touched {
        let Some((before, after, comment)) = course(facts, &decision, id) else { continue };
        let mut working = Working::new(facts, act, (before, after), comment, now);
        working.made.clone_from(&decision.people);
        // What goes or comes back triggers nothing, no more than what is past.
        if !act.deed.is_import() && !matches!(act.deed, Deed::Removal(_)) {
            working.triggers();
            working.tell_owed();
        }
        working.end(&mut decision);
    }
    decision
}

/// Lets those automations run whose time has come on a ticket (D25). Only the account itself may; being asked again, or
/// too early, does nothing.
pub(super) fn automate(facts: &Facts, act: &Act, id: TicketId, now: Timestamp) -> Result<Decision, Refusal> {
    if act.who != Who::System {
        return Err(Refusal::Role { needs: Role::Admin });
    }
    let ticket = facts.ticket.as_ref().filter(|one| one.id == id && one.deleted.is_none());
    let ticket = ticket.ok_or(Refusal::NotFound(Thing::Ticket(id)))?;
    let mut working = Working::new(facts, act, (Some(ticket.clone()), ticket.clone()), None, now);
    working.automations();
    let mut decision = Decision::default();
    decision.outcome.ticket = Some(id);
    working.end(&mut decision);
    Ok(decision)
}

/// When a ticket has to be looked at again; none when nothing will happen to it by itself.
pub fn next_look(facts: &Facts, ticket: &Ticket, now: Timestamp) -> Option<Timestamp> {
    if ticket.is_closed() || ticket.deleted.is_some() {
        return None;
    }
    let looking = Looking { facts, ticket, update: None, me: None, now };
    let waiting = facts.setup.automations.iter().filter(|rule| rule.active && !ticket.ran.contains(&rule.id));
    waiting.filter_map(|rule| looking.next_true(&rule.when)).min()
}

/// What will happen to a ticket if nobody does anything, as far as the one who reads may know of it, soonest first (Z10).
pub fn forecast(facts: &Facts, ticket: &Ticket, now: Timestamp, reader: Reader) -> Vec<Due> {
    if ticket.is_closed() {
        return Vec::new();
    }
    let looking = Looking { facts, ticket, update: None, me: None, now };
    let waiting = facts.setup.automations.iter().filter(|rule| rule.active && !ticket.ran.contains(&rule.id));
    // What requesters are not told of leaves what they are told as it is: that something else does not come any more, since
    // the ticket is over before, would tell of it too.
    let mut coming: Vec<Due> = waiting
        .filter(|rule| reader == Reader::Agent || is_foretold(rule))
        .filter_map(|rule| {
            let at = looking.next_true(&rule.when)?;
            Some(Due { rule: rule.id, slug: rule.slug.clone(), at, does: Does::of(rule) })
        })
        .collect();
    coming.sort_by_key(|due| due.at);
    // What would come after the end does not come: the ticket is in another state by then.
    let end = coming.iter().position(|due| due.does.ends());
    coming.truncate(end.map_or(coming.len(), |at| at + 1));
    coming
}

/// A ticket before an act and after it, and what was said last.
pub(super) fn course(
    facts: &Facts,
    decision: &Decision,
    id: TicketId,
) -> Option<(Option<Ticket>, Ticket, Option<Comment>)> {
    let known = facts.ticket.iter().chain(&facts.other).find(|ticket| ticket.id == id);
    let mut ticket = known.cloned();
    let mut said = None;
    for entry in decision.entries.iter().filter(|entry| entry.chain == Chain::Ticket(id)) {
        if let Some(Event::Created(created)) = entry.events.first() {
            ticket = Some(evolve::open(created, entry.at));
        }
        evolve::evolve_all(ticket.as_mut()?, &entry.events, entry.at);
        for event in &entry.events {
            if let Event::Commented(comment) = event {
                said = Some((**comment).clone());
            }
        }
    }
    Some((known.cloned(), ticket?, said))
}

/// A ticket as conditions look at it.
struct Looking<'a> {
    facts: &'a Facts,
    ticket: &'a Ticket,
    update: Option<Update<'a>>,
    me: Option<PersonId>,
    now: Timestamp,
}

impl Looking<'_> {
    fn holds(&self, condition: &Condition) -> bool {
        self.with(condition, |looked, asker| condition.holds(looked, asker))
    }

    fn next_true(&self, condition: &Condition) -> Option<Timestamp> {
        self.with(condition, |looked, asker| condition.next_true(looked, asker))
    }

    fn with<T>(&self, condition: &Condition, look: impl FnOnce(&Looked<'_>, &Asker) -> T) -> T {
        let actor = self.me.and_then(|id| self.facts.known(id));
        let asker = Asker {
            person: self.me.unwrap_or(PersonId(0)),
            groups: actor.map(|person| person.groups.clone()).unwrap_or_default(),
            organization: actor.and_then(|person| person.organization),
            now: self.now,
            sight: Sight::Staff,
            around: self.facts.around.clone(),
        };
        // Words are parted only where some are asked for.
        let wordy = condition.tests().into_iter().any(|test| matches!(test, Test::Text(..) | Test::NumberOrWord(_)));
        let said = self.update.and_then(|update| update.comment).map(|comment| comment.body.as_str());
        let text = if wordy { Text::of(&self.ticket.subject, said) } else { Text::default() };
        let looked = Looked {
            ticket: self.ticket,
            text: &text,
            has_attachment: false,
            names: &|link, id| self.name(link, id),
            requester: self.facts.known(self.ticket.requester),
            organization: self.ticket.organization.and_then(|id| self.facts.organizations.get(&id)),
            update: self.update,
        };
        look(&looked, &asker)
    }

    fn name(&self, link: Link, id: i64) -> Option<(Vec<String>, Option<String>)> {
        let plain = |name: &str| Some((vec![name.to_owned()], None));
        match link {
            Link::Group => self.facts.groups.get(&GroupId(id)).and_then(|group| plain(&group.name)),
            Link::Organization => {
                self.facts.organizations.get(&OrganizationId(id)).and_then(|organization| plain(&organization.name))
            }
            Link::Kind => {
                let kind = self.facts.setup.kinds.get(&KindId(id))?;
                Some((vec![kind.name.clone(), kind.slug.clone()], None))
            }
            _ => {
                let person = self.facts.known(PersonId(id))?;
                let email = person.email.as_ref().map(crate::domain::person::EmailAddress::folded);
                Some((vec![person.name.clone()], email))
            }
        }
    }
}

/// A ticket on which rules work.
struct Working<'a> {
    facts: &'a Facts,
    act: &'a Act,
    now: Timestamp,
    before: Option<Ticket>,
    comment: Option<Comment>,
    changing: Changing,
    notices: Vec<Notice>,
    /// Whom the act itself made.
    made: Vec<Person>,
    told: BTreeSet<(Addressee, crate::domain::id::TextId)>,
}

impl<'a> Working<'a> {
    fn new(
        facts: &'a Facts,
        act: &'a Act,
        (before, after): (Option<Ticket>, Ticket),
        comment: Option<Comment>,
        now: Timestamp,
    ) -> Self {
        let changing = Changing::new(after, now);
        let (notices, made, told) = (Vec::new(), Vec::new(), BTreeSet::new());
        Self { facts, act, now, before, comment, changing, notices, made, told }
    }

    fn holds(&self, when: &Condition) -> bool {
        let update = Update {
            before: self.before.as_ref(),
            comment: self.comment.as_ref(),
            who: self.act.who,
            role: self.facts.actor.as_ref().map(|actor| actor.role),
            via: self.act.via,
        };
        let looking = Looking {
            facts: self.facts,
            ticket: &self.changing.ticket,
            update: Some(update),
            me: self.me(),
            now: self.now,
        };
        looking.holds(when)
    }

    fn me(&self) -> Option<PersonId> {
        self.act.who.person()
    }

    /// Tries all triggers in their order, and again as long as one of them did something, for what one does may be what
    /// another waits for. Each does something once at most.
    fn triggers(&mut self) {
        let facts = self.facts;
        let mut fired: BTreeSet<RuleId> = BTreeSet::new();
        for _ in 0..MOST_ROUNDS {
            let waiting = facts.setup.triggers.iter().filter(|rule| rule.active && !fired.contains(&rule.id));
            let ran: Vec<RuleId> = waiting.filter(|rule| self.trigger(rule)).map(|rule| rule.id).collect();
            if ran.is_empty() {
                break;
            }
            fired.extend(ran);
        }
        let again = facts.setup.triggers.iter().any(|rule| fired.contains(&rule.id) && self.would_change(rule));
        if again {
            self.changing.push(Event::RulesStopped { rounds: MOST_ROUNDS });
        }
    }

    /// Whether a trigger did something.
    fn trigger(&mut self, rule: &Trigger) -> bool {
        if !self.holds(&rule.when) {
            return false;
        }
        let rule_ref = RuleRef { sort: RuleSort::Trigger, id: rule.id, title: rule.title.clone() };
        let so_far = self.changing.events.len();
        self.changing.push(Event::RuleRan(rule_ref));
        self.apply(rule.id, &rule.then);
        let did = self.changing.events.len() > so_far + 1;
        if !did {
            self.changing.events.truncate(so_far);
        }
        did
    }

    /// Whether a trigger that has run would change the ticket once more: others undo what it does.
    fn would_change(&self, rule: &Trigger) -> bool {
        if !self.holds(&rule.when) {
            return false;
        }
        let mut tried = Changing::new(self.changing.ticket.clone(), self.now);
        let changes = rule.then.iter().filter(|action| !matches!(action, Action::Notify(..) | Action::Webhook(_)));
        for action in changes {
            // What cannot be done changes nothing either.
            apply::change(self.facts, &mut tried, action, self.me(), self.now).ok();
        }
        !tried.events.is_empty()
    }

    /// Lets the automations run whose condition is true now, in their order.
    fn automations(&mut self) {
        let facts = self.facts;
        self.changing.by_itself = true;
        for rule in facts.setup.automations.iter().filter(|rule| rule.active) {
            let ticket = &self.changing.ticket;
            if ticket.is_closed() || ticket.ran.contains(&rule.id) || !self.is_due(&rule.when) {
                continue;
            }
            let rule_ref = RuleRef { sort: RuleSort::Automation, id: rule.id, title: rule.slug.clone() };
            self.changing.push(Event::RuleRan(rule_ref));
            self.apply(rule.id, &rule.then);
            // One that did not end its own truth would run for ever.
            if rule.once || self.is_due(&rule.when) {
                self.changing.push(Event::RuleMarked(rule.id));
            }
        }
    }

    /// Nothing of what was just done counts here.
    fn is_due(&self, when: &Condition) -> bool {
        let (facts, ticket, now) = (self.facts, &self.changing.ticket, self.now);
        Looking { facts, ticket, update: None, me: None, now }.holds(when)
    }

    /// Writes what the rules did as one audit of the account's own.
    fn end(self, decision: &mut Decision) {
        let Self { facts, now, changing, notices, .. } = self;
        let (id, mut ticket) = (changing.ticket.id, changing.ticket);
        if !changing.events.is_empty() {
            ticket.updated_at = ticket.updated_at.max(now);
            let chain = Chain::Ticket(id);
            let entry = Entry { chain, who: Who::System, via: Channel::Rule, at: now, events: changing.events };
            decision.entries.push(entry);
            decision.notices.extend(notices);
        }
        decision.looks.push((id, next_look(facts, &ticket, now)));
    }
}

/// Whether rules follow a deed: an automation's own acts are followed as everybody's are.
pub(super) const fn followed(deed: &Deed) -> bool {
    matches!(
        deed,
        Deed::CreateTicket(_)
            | Deed::UpdateTicket { .. }
            | Deed::MakeInternal { .. }
            | Deed::Merge { .. }
            | Deed::RunAutomations { .. }
            | Deed::Case(_)
            | Deed::Removal(_)
            | Deed::ImportTicket(_)
    )
}
