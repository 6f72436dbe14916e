//! Why rules did what they did, and what others would do.

use super::{Embedded, is_admin};
use crate::client::{Error, ListAsk, Names, RuleTitle, RuleWhy, Source, StepWhy, Trial, TrialRow};
use crate::domain::act::Who;
use crate::domain::comment::Channel;
use crate::domain::condition::{Condition, Why};
use crate::domain::decide::{Facts, Step, steps, why_now, why_then, would};
use crate::domain::event::{Audit, Event, Named};
use crate::domain::form::Reader;
use crate::domain::id::{AuditId, PersonId, TicketId};
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::rule::{Action, Automation, RuleRef, RuleSort, Trigger};
use crate::domain::setup::{Directory, Item, ItemKind, Mentions, Setup};
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;

/// As many of the last things done to a ticket are looked at.
const MOST_STEPS: usize = 20;
/// On as many of the last tickets something is tried.
const TRIED: u32 = 1_000;
/// As many of them are told.
const TOLD: usize = 100;
/// As many histories are read at once.
const AT_ONCE: usize = 100;

impl Embedded {
    pub(super) async fn read_why(&self, id: TicketId, name: &str) -> Result<RuleWhy, Error> {
        let me = self.staff().await?;
        let reader = me.reader(self.now(), false);
        let ticket = self.store.find_ticket(&reader, id).await?.ok_or(Error::NotFound)?;
        let facts = self.store.facts_of(std::slice::from_ref(&ticket)).await?;
        let audits = self.store.histories(&[id]).await?.pop().unwrap_or_default();
        let steps = steps(&audits);
        let mut why = match find(&facts.setup, name) {
            Some(Found::Trigger(rule)) => of_trigger(&facts, rule, &steps),
            Some(Found::Automation(rule)) => of_automation(&facts, rule, (&ticket, &steps), self.now()),
            None => return Err(Refusal::NotFound(Thing::Item(ItemKind::Trigger)).into()),
        };
        why.names = self.names_by(Named::by_audits(&audits).and(Named::by(&why.would))).await?;
        let parts = why.steps.iter().map(|step| &step.why).chain(&why.now);
        let ids = parts.flat_map(Why::mentions).collect();
        why.directory = self.read_directory(Mentions { ids, ..Mentions::default() }).await?;
        Ok(why)
    }

    pub(super) async fn read_rules(&self) -> Result<Vec<RuleTitle>, Error> {
        self.staff().await?;
        let facts = self.store.facts_of(&[]).await?;
        let title = |sort, id, name: &str, title: &str, active| RuleTitle {
            rule: RuleRef { sort, id, title: name.to_owned() },
            title: title.to_owned(),
            active,
        };
        let triggers = facts.setup.triggers.iter();
        let triggers = triggers.map(|one| title(RuleSort::Trigger, one.id, &one.title, &one.title, one.active));
        let automations = facts.setup.automations.iter();
        let automations = automations.map(|one| title(RuleSort::Automation, one.id, &one.slug, &one.title, one.active));
        Ok(triggers.chain(automations).collect())
    }

    pub(super) async fn read_trial(&self, item: Item) -> Result<Trial, Error> {
        let me = self.staff().await?;
        if !matches!(item, Item::View(_) | Item::Macro(_)) && !is_admin(&me.person) {
            return Err(Error::Denied);
        }
        let mut trial = Trial { looked_at: 0, concerned: 0, rows: Vec::new(), names: Names::default() };
        let mut after = None;
        while trial.looked_at < u64::from(TRIED) {
            let ask = ListAsk { after, limit: 100, ..ListAsk::first(Source::Search(String::new())) };
            let page = self.list_tickets(ask).await?;
            let facts = self.store.facts_of(&page.rows).await?;
            let wants_history = !matches!(item, Item::View(_) | Item::Macro(_));
            for some in page.rows.chunks(AT_ONCE) {
                let ids: Vec<TicketId> = some.iter().map(|ticket| ticket.id).collect();
                let histories =
                    if wants_history { self.store.histories(&ids).await? } else { vec![Vec::new(); ids.len()] };
                for (ticket, history) in some.iter().zip(histories) {
                    trial.looked_at += 1;
                    let Some(row) = concerns(&facts, &item, (ticket, &history), me.person.id, self.now()) else {
                        continue;
                    };
                    trial.concerned += 1;
                    if trial.rows.len() < TOLD {
                        trial.rows.push(row);
                    }
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        trial.names = self.names_by(Named::by(trial.rows.iter().flat_map(|row| &row.events))).await?;
        Ok(trial)
    }
}

enum Found<'a> {
    Trigger(&'a Trigger),
    Automation(&'a Automation),
}

/// A rule by its number, its name in scripts or its title, without regard to case.
fn find<'a>(setup: &'a Setup, name: &str) -> Option<Found<'a>> {
    let wanted = name.trim().to_lowercase();
    let number: Option<i64> = wanted.strip_prefix('#').and_then(|digits| digits.parse().ok());
    let trigger = setup.triggers.iter().find(|rule| match number {
        Some(id) => rule.id.0 == id,
        None => rule.title.to_lowercase() == wanted,
    });
    let automation = setup.automations.iter().find(|rule| match number {
        Some(id) => rule.id.0 == id,
        None => rule.slug.to_lowercase() == wanted || rule.title.to_lowercase() == wanted,
    });
    trigger.map(Found::Trigger).or(automation.map(Found::Automation))
}

fn of_trigger(facts: &Facts, rule: &Trigger, all: &[Step]) -> RuleWhy {
    let last = &all[all.len().saturating_sub(MOST_STEPS)..];
    let told = |step: &Step| StepWhy {
        audit: step.audit,
        at: step.at,
        who: step.who,
        why: why_then(facts, &rule.when, step),
        ran: step.ran(rule.id),
        held_back: step.held_back(rule.id),
    };
    let again = |step: &&Step| why_then(facts, &rule.when, step).holds;
    RuleWhy {
        rule: RuleRef { sort: RuleSort::Trigger, id: rule.id, title: rule.title.clone() },
        active: rule.active,
        steps: last.iter().map(told).collect(),
        now: None,
        next: None,
        waits: false,
        would: last
            .last()
            .filter(again)
            .map(|step| would(facts, rule.id, &rule.then, step, step.at))
            .unwrap_or_default(),
        names: Names::default(),
        directory: Directory::default(),
    }
}

fn of_automation(facts: &Facts, rule: &Automation, (ticket, all): (&Ticket, &[Step]), now: Timestamp) -> RuleWhy {
    let coming = crate::domain::decide::forecast(facts, ticket, now, Reader::Agent);
    let due = coming.into_iter().find(|due| due.rule == rule.id);
    let now_or_later = |_: &&Step| due.is_some() || why_now(facts, &rule.when, ticket, now).holds;
    let as_it_is = all.last().filter(now_or_later).map(|step| Step {
        before: Some(ticket.clone()),
        after: ticket.clone(),
        ..step.clone()
    });
    RuleWhy {
        rule: RuleRef { sort: RuleSort::Automation, id: rule.id, title: rule.slug.clone() },
        active: rule.active,
        steps: Vec::new(),
        now: Some(why_now(facts, &rule.when, ticket, now)),
        next: due.map(|due| due.at),
        waits: ticket.ran.contains(&rule.id),
        would: as_it_is.map(|step| by_itself(facts, rule, &step, now)).unwrap_or_default(),
        names: Names::default(),
        directory: Directory::default(),
    }
}

/// What an automation would do: nobody does it.
fn by_itself(facts: &Facts, rule: &Automation, step: &Step, now: Timestamp) -> Vec<Event> {
    let step = Step { who: Who::System, comment: None, ..step.clone() };
    would(facts, rule.id, &rule.then, &step, now)
}

/// What something would do to a ticket; none when it does not concern it.
fn concerns(
    facts: &Facts,
    item: &Item,
    (ticket, history): (&Ticket, &[Audit]),
    me: PersonId,
    now: Timestamp,
) -> Option<TrialRow> {
    let row =
        |at: Timestamp, events: Vec<Event>| TrialRow { ticket: ticket.id, subject: ticket.subject.clone(), at, events };
    let is_so = |when: &Condition| why_now(facts, when, ticket, now).holds;
    match item {
        Item::View(view) => is_so(&view.when).then(|| row(now, Vec::new())),
        Item::Trigger(rule) => {
            let steps = steps(history);
            let step = steps.iter().rev().find(|step| why_then(facts, &rule.when, step).holds)?;
            Some(row(step.at, would(facts, rule.id, &rule.then, step, step.at)))
        }
        Item::Automation(rule) if !ticket.is_closed() && is_so(&rule.when) => {
            let last = steps(history).pop()?;
            let step = Step { before: Some(ticket.clone()), after: ticket.clone(), ..last };
            Some(row(now, by_itself(facts, rule, &step, now)))
        }
        Item::Macro(one) if !ticket.is_closed() => {
            let says = one.then.iter().any(|action| matches!(action, Action::Comment(..) | Action::Subject(_)));
            let step = Step {
                audit: AuditId(0),
                at: now,
                who: Who::Person(me),
                via: Channel::Web,
                before: Some(ticket.clone()),
                after: ticket.clone(),
                comment: None,
                rules: Vec::new(),
            };
            let events = would(facts, one.id, &one.then, &step, now);
            (says || !events.is_empty()).then(|| row(now, events))
        }
        _ => None,
    }
}
