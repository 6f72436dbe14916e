use super::Plan;
use super::dice::Dice;
use super::house::Entry;
use super::library::Scenario;

/// Who plays which part in a ticket, by places in the plan.
#[derive(Debug)]
pub(super) struct Parts {
    pub requester: usize,
    /// Who works on it, or would.
    pub agent: usize,
    /// Another agent who knows about it.
    pub helper: usize,
    pub group: usize,
    pub ccs: Vec<usize>,
    /// The agent who opened it in the requester's name (R094).
    pub caller: Option<usize>,
}

/// Gives the parts of a ticket: as its entry says, or by chance.
pub(super) fn cast(plan: &Plan, entry: Option<&Entry>, scenario: &Scenario, taken: bool, dice: &mut Dice) -> Parts {
    let crew = &plan.inner.crew;
    let requester = crew.requesters.start + dice.early(crew.requesters.len());
    let team = plan.inner.house.teams.group(scenario.team);
    let group = if taken && dice.per_mille(450) { team } else { 0 };
    let agent = of_group(plan, group, dice);
    let helper = of_group(plan, team, dice);
    let colleagues = plan.people[requester].organization.and_then(|place| crew.members.get(place));
    let ccs = copies(requester, colleagues.map_or(&[][..], |list| list), scenario.private, dice);
    let calls = scenario.private || dice.per_mille(90);
    let drawn = Parts { requester, agent, helper, group, ccs, caller: calls.then_some(agent) };
    entry.map_or(drawn, |entry| arranged(plan, entry, scenario.private))
}

fn of_group(plan: &Plan, group: usize, dice: &mut Dice) -> usize {
    let agents = plan.inner.crew.agents.get(group).filter(|list| !list.is_empty());
    agents.and_then(|list| list.get(dice.early(list.len()))).copied().unwrap_or(0)
}

/// Mostly nobody, sometimes one to three colleagues.
fn copies(requester: usize, colleagues: &[usize], private: bool, dice: &mut Dice) -> Vec<usize> {
    let mut ccs = Vec::new();
    if colleagues.len() > 1 && !private && dice.per_mille(170) {
        for _ in 0..=dice.early(3) {
            let one = colleagues[dice.index(colleagues.len())];
            if one != requester && !ccs.contains(&one) {
                ccs.push(one);
            }
        }
    }
    ccs
}

/// The cast's own: the founder stands in for a name that nobody has.
fn arranged(plan: &Plan, entry: &Entry, private: bool) -> Parts {
    let player = |key: &String| plan.inner.house.player(key);
    let agent = entry.agent.as_ref().and_then(player).unwrap_or(0);
    let group = plan.people[agent].groups.first().copied().unwrap_or(0);
    let helper = plan.inner.crew.agents.first().and_then(|list| list.iter().find(|one| **one != agent));
    Parts {
        requester: player(&entry.who).unwrap_or(0),
        agent,
        helper: helper.copied().unwrap_or(agent),
        group: if entry.agent.is_some() { group } else { 0 },
        ccs: entry.cc.iter().filter_map(player).collect(),
        caller: private.then_some(agent),
    }
}
