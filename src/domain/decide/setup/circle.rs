//! Automations that would hand a ticket from status to status and back for ever.

use super::sense;
use crate::domain::condition::Condition;
use crate::domain::decide::Facts;
use crate::domain::rule::{Action, Automation};
use crate::domain::status::Status;
use std::collections::BTreeSet;

/// As many ways are followed at most.
const MOST_STEPS: usize = 10_000;

/// What an automation does to statuses.
struct Move<'a> {
    rule: &'a Automation,
    from: BTreeSet<Status>,
    to: Status,
}

/// The automations, this one first, of which each brings about what the next one waits for, and the last what the first
/// does. One that ends its own truth by more than the status is in no circle.
pub(super) fn of(facts: &Facts, rule: &Automation, ends: impl Fn(&Condition, &Action) -> bool) -> Option<Vec<String>> {
    let moves = |rule| moves(facts, rule, &ends);
    let others = facts.setup.automations.iter().filter(|one| one.active && one.id != rule.id);
    let others: Vec<Move<'_>> = others.filter_map(moves).collect();
    let first = Some(rule).filter(|rule| rule.active).and_then(moves)?;
    let mut ways: Vec<Vec<&Move<'_>>> = vec![vec![&first]];
    for _ in 0..MOST_STEPS {
        let way = ways.pop()?;
        let to = way.last()?.to;
        if way.len() > 1 && first.from.contains(&to) && together(&way) {
            return Some(way.into_iter().map(|one| one.rule.slug.clone()).collect());
        }
        let seen = |one: &Move<'_>| way.iter().any(|before| before.rule.id == one.rule.id);
        for next in others.iter().filter(|one| one.from.contains(&to) && !seen(one)) {
            ways.push(way.iter().copied().chain([next]).collect());
        }
    }
    None
}

fn moves<'a>(facts: &Facts, rule: &'a Automation, ends: &impl Fn(&Condition, &Action) -> bool) -> Option<Move<'a>> {
    let to = rule.then.iter().rev().find_map(|action| match action {
        Action::Status(status) => Some(*status),
        Action::CustomStatus(id) => facts.setup.statuses.get(id).map(|one| one.category),
        _ => None,
    })?;
    let of_status = |action: &Action| matches!(action, Action::Status(_) | Action::CustomStatus(_));
    let by_more = rule.then.iter().any(|action| !of_status(action) && ends(&sense::timeless(&rule.when), action));
    let from = sense::statuses(&rule.when);
    (to != Status::Closed && !by_more && !from.contains(&to)).then_some(Move { rule, from, to })
}

/// Whether one ticket can be as all of them want it, whatever its status.
fn together(way: &[&Move<'_>]) -> bool {
    let all = way.iter().map(|one| sense::timeless(&one.rule.when)).collect();
    !sense::contradicts_itself(&Condition::All(all))
}
