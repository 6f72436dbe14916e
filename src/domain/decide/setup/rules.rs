//! What is wrong with rules, told when they are saved: later nobody is there to read it.

use super::{circle, sense};
use crate::domain::account::{Settings, Timers};
use crate::domain::comment::Visibility;
use crate::domain::condition::{Changeable, Condition, Moment, Op, Test, UpdateTest, Use, Value, When};
use crate::domain::decide::Facts;
use crate::domain::field::Holder;
use crate::domain::id::PersonId;
use crate::domain::notice::template;
use crate::domain::refusal::{Field, Refusal, RuleFault, Thing};
use crate::domain::rule::{Action, Automation, Macro, Recipient, Trigger, Whom};
use crate::domain::setup::Item;
use crate::domain::status::Status;
use crate::domain::tag::Tag;
use crate::domain::view::View;
use std::collections::BTreeSet;

/// The most actions of one rule.
const MOST_ACTIONS: usize = 50;

/// Whether a rule can work.
pub(super) fn check(facts: &Facts, item: &Item) -> Result<(), Refusal> {
    match item {
        Item::Trigger(rule) => trigger(facts, rule),
        Item::Automation(rule) => automation(facts, rule),
        Item::Macro(rule) => macro_(facts, rule),
        Item::View(view) => self::view(view),
        Item::Kind(_) | Item::Field(_) | Item::Status(_) | Item::Text(_) | Item::Webhook(_) | Item::Schedule(_) => {
            Ok(())
        }
    }
}

fn trigger(facts: &Facts, rule: &Trigger) -> Result<(), Refusal> {
    condition(&rule.when, Use::Trigger)?;
    if rule.when.tests().is_empty() {
        return Err(Refusal::BadRule(RuleFault::NoCondition));
    }
    if sense::leaves_none_out(&rule.when) {
        return Err(Refusal::BadRule(RuleFault::Everything));
    }
    if let Some(field) = rule.when.tests().into_iter().find_map(|test| changed_elsewhere(facts, test)) {
        return Err(Refusal::BadRule(RuleFault::NotTheTickets(field)));
    }
    actions(facts, &rule.then, false)
}

/// The title of a field whose change is asked for although no change of a ticket changes it.
fn changed_elsewhere(facts: &Facts, test: &Test) -> Option<String> {
    let id = match test {
        Test::Update(UpdateTest::Changed(Changeable::Field(id))) => *id,
        Test::Update(UpdateTest::Became(test) | UpdateTest::Ceased(test)) => match test.as_ref() {
            Test::Field(id, _) => *id,
            _ => return None,
        },
        _ => return None,
    };
    let field = facts.setup.fields.get(&id).filter(|field| field.of != Holder::Ticket);
    field.map(|field| field.title.clone())
}

/// D25: it waits for a time, and what it does ends its own truth, or it runs once for each status.
fn automation(facts: &Facts, rule: &Automation) -> Result<(), Refusal> {
    condition(&rule.when, Use::Automation)?;
    if !rule.when.tests().into_iter().any(waits) {
        return Err(Refusal::BadRule(RuleFault::NoTime));
    }
    if sense::leaves_none_out(&rule.when) {
        return Err(Refusal::BadRule(RuleFault::Everything));
    }
    actions(facts, &rule.then, false)?;
    if !rule.once && !rule.then.iter().any(|action| ends(&rule.when, action)) {
        return Err(Refusal::BadRule(RuleFault::NeverEnds));
    }
    if let Some(rules) = circle::of(facts, rule, ends) {
        return Err(Refusal::BadRule(RuleFault::Circle(rules)));
    }
    within_days(rule)
}

/// Whether a test waits for a time to pass, or for a day: what was so at least 0 minutes ago is so at once.
const fn waits(test: &Test) -> bool {
    match test {
        Test::Time(Moment::Due, ..) | Test::Time(_, _, When::At(..)) => true,
        Test::Time(_, _, When::Away(count, _) | When::Open(count, ..)) => *count > 0,
        _ => false,
    }
}

/// What a macro says is either for the requester or for agents alone, and can be filled in.
fn macro_(facts: &Facts, rule: &Macro) -> Result<(), Refusal> {
    actions(facts, &rule.then, true)?;
    let mut heard: BTreeSet<Visibility> = BTreeSet::new();
    for action in &rule.then {
        let text = match action {
            Action::Comment(visibility, text) => {
                heard.insert(*visibility);
                text
            }
            Action::Subject(text) => text,
            _ => continue,
        };
        let fields = facts.setup.fields.values().map(|field| field.slug.as_str());
        let language = || facts.settings.language.clone();
        template::check(text, fields).map_err(|bad| Refusal::BadTemplate(language(), bad))?;
    }
    if heard.len() > 1 { Err(Refusal::BadRule(RuleFault::TwoVoices)) } else { Ok(()) }
}

fn view(view: &View) -> Result<(), Refusal> {
    if view.group_by.is_some_and(|column| !column.gathers()) {
        return Err(Refusal::BadRule(RuleFault::NotGathered));
    }
    condition(&view.when, Use::View)
}

/// Whether a condition can be asked there, and can ever be true.
fn condition(when: &Condition, place: Use) -> Result<(), Refusal> {
    when.allowed_in(place).map_err(|unfit| Refusal::BadRule(RuleFault::Unfit(Box::new(unfit), place)))?;
    if sense::contradicts_itself(when) { Err(Refusal::BadRule(RuleFault::Contradiction)) } else { Ok(()) }
}

/// Whether an action makes something untrue that must be true.
fn ends(when: &Condition, action: &Action) -> bool {
    let single = [when.clone()];
    let parts = if let Condition::All(parts) = when { parts.as_slice() } else { &single };
    parts.iter().any(|part| match part {
        Condition::Test(test) => makes(action, test) == Some(false),
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Test(test) => makes(action, test) == Some(true),
            _ => false,
        },
        _ => false,
    })
}

/// What a test says after an action; none when that depends on more.
fn makes(action: &Action, test: &Test) -> Option<bool> {
    match (test, action) {
        // Whatever changes the ticket is its last change.
        (Test::Time(Moment::Updated, Op::Below | Op::AtMost, _), action) if changes(action) => Some(false),
        (Test::Status(op, wanted), Action::Status(to)) => Some(op.compares(to, wanted)),
        (Test::Time(Moment::Entered(wanted), ..), Action::Status(to)) => (to != wanted).then_some(false),
        (Test::Time(Moment::Solved, ..), Action::Status(to)) => to.is_unsolved().then_some(false),
        (Test::Priority(Op::Is, wanted), Action::Priority(to)) => Some(to == wanted),
        (Test::Priority(op, Some(wanted)), Action::Priority(to)) => Some(to.is_some_and(|to| op.compares(&to, wanted))),
        (Test::Type(wanted), Action::Type(to)) => Some(to == wanted),
        (Test::Label(crate::domain::condition::Label::Tag, value), action) => tagged(action, value),
        _ => None,
    }
}

fn tagged(action: &Action, value: &Value) -> Option<bool> {
    let has = |tags: &BTreeSet<Tag>, tag: &str| tags.iter().any(|one| one.as_str() == tag);
    match (action, value) {
        (Action::AddTags(tags), Value::Is(tag)) => has(tags, tag).then_some(true),
        (Action::RemoveTags(tags), Value::Is(tag)) => has(tags, tag).then_some(false),
        (Action::SetTags(tags), Value::Is(tag)) => Some(has(tags, tag)),
        (Action::AddTags(tags), Value::Missing) => (!tags.is_empty()).then_some(false),
        (Action::SetTags(tags), Value::Missing) => Some(tags.is_empty()),
        _ => None,
    }
}

/// Whether an action changes the ticket itself.
const fn changes(action: &Action) -> bool {
    !matches!(action, Action::Notify(..) | Action::Webhook(_))
}

/// D10: what is solved is closed after an hour at the soonest and 28 days at the latest.
fn within_days(rule: &Automation) -> Result<(), Refusal> {
    let closes = rule.then.contains(&Action::Status(Status::Closed));
    let of_solved = |test: &&Test| matches!(test, Test::Time(Moment::Solved | Moment::Entered(Status::Solved), ..));
    let (least, most) = Settings::CLOSE_AFTER;
    match rule.when.waits() {
        Some(wait) if closes && rule.when.tests().iter().any(of_solved) && !(least..=most).contains(&wait) => {
            Err(Refusal::OutOfRange { setting: "close_after" })
        }
        None if rule.slug == Timers::CLOSE && rule.active => Err(Refusal::BadRule(RuleFault::NoTime)),
        _ => Ok(()),
    }
}

/// Whether everything that a rule does can be done.
fn actions(facts: &Facts, then: &[Action], by_hand: bool) -> Result<(), Refusal> {
    if then.is_empty() {
        return Err(Refusal::BadRule(RuleFault::NoAction));
    }
    if then.len() > MOST_ACTIONS {
        return Err(Refusal::TooLong { field: Field::Actions, max: MOST_ACTIONS as u64 });
    }
    for action in then {
        match action {
            Action::Comment(..) | Action::Subject(_) if !by_hand => {
                return Err(Refusal::BadRule(RuleFault::OnlyByHand));
            }
            Action::Notify(..) | Action::Webhook(_) if by_hand => return Err(Refusal::BadRule(RuleFault::OnlyByRule)),
            Action::Status(Status::New) => return Err(Refusal::BackToNew),
            Action::Assignee(Whom::Person(id)) | Action::AddFollower(Whom::Person(id)) => agent(facts, *id)?,
            Action::Notify(Recipient::GroupOf(id), _) | Action::Group(Some(id)) if !facts.groups.contains_key(id) => {
                return Err(Refusal::NotFound(Thing::Group));
            }
            Action::Notify(Recipient::Person(id), _) if facts.known(*id).is_none() => {
                return Err(Refusal::NotFound(Thing::Person));
            }
            Action::AddTags(tags) | Action::SetTags(tags) => unsigned(tags)?,
            Action::Field(id, text) if !text.is_empty() => _ = super::super::fields::read(facts, *id, text)?,
            _ => {}
        }
    }
    Ok(())
}

fn agent(facts: &Facts, id: PersonId) -> Result<(), Refusal> {
    let person = facts.known(id).ok_or(Refusal::NotFound(Thing::Person))?;
    if person.works() { Ok(()) } else { Err(Refusal::NotAnAgent(Field::Assignee)) }
}

/// Whoever writes `tags: +vip` means to add it. A tag may begin so all the same: what came with one can be taken away.
fn unsigned(tags: &BTreeSet<Tag>) -> Result<(), Refusal> {
    match tags.iter().find(|tag| tag.as_str().starts_with(['+', '-'])) {
        Some(tag) => Err(Refusal::BadRule(RuleFault::SignedTag(tag.to_string()))),
        None => Ok(()),
    }
}
