use super::{Known, refusal, who, would};
use crate::client::{RuleWhy, StepWhy};
use crate::domain::act::Who;
use crate::domain::condition::{Actual, Condition, Test, Why};
use crate::domain::event::Event;
use crate::domain::refusal::Refusal;
use crate::domain::rule::RuleSort;
use crate::domain::setup::Lookup;
use crate::language::{Language, Present, args};

/// A line of an explanation: hostile text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How far it is set in.
    pub depth: usize,
    /// Whether what it says is so, of the ticket.
    pub holds: Option<bool>,
    /// Whether it is a heading.
    pub heading: bool,
    /// The text.
    pub text: String,
}

impl Told {
    fn line(depth: usize, text: String) -> Self {
        Self { depth, holds: None, heading: false, text }
    }

    fn heading(text: String) -> Self {
        Self { heading: true, ..Self::line(0, text) }
    }
}

/// Why a rule did something to a ticket, or did not, line by line (Z09).
pub fn rule_why(words: &Language, why: &RuleWhy, known: Known<'_>, present: &Present) -> Vec<Told> {
    let telling = Telling { words, why, known, present };
    let sort = why.rule.sort.name();
    let title = words.say("why-rule", args![sort = sort, title = why.rule.title.as_str()]);
    let mut lines = vec![Told::heading(title)];
    if !why.active {
        lines.push(Told::line(0, words.word("why-off")));
    }
    match why.rule.sort {
        RuleSort::Trigger => telling.steps(&mut lines),
        RuleSort::Automation => telling.now(&mut lines),
    }
    telling.would(&mut lines);
    lines
}

/// What would happen, or why it cannot: a line each.
pub fn foreseen(words: &Language, events: &Result<Vec<Event>, Refusal>, known: Known<'_>) -> Vec<String> {
    match events {
        Ok(events) => events.iter().map(|one| would(words, one, known.beside(events))).collect(),
        Err(why) => vec![words.say("macro-refused", args![why = refusal(words, why)])],
    }
}

struct Telling<'a> {
    words: &'a Language,
    why: &'a RuleWhy,
    known: Known<'a>,
    present: &'a Present,
}

impl Telling<'_> {
    fn steps(&self, lines: &mut Vec<Told>) {
        if self.why.steps.is_empty() {
            lines.push(Told::line(0, self.words.word("why-no-step")));
        }
        for step in &self.why.steps {
            self.step(step, lines);
        }
    }

    fn step(&self, step: &StepWhy, lines: &mut Vec<Told>) {
        let words = self.words;
        let time = words.time(step.at.0, self.present);
        lines.push(Told::heading(words.say("why-step", args![time = time, who = who(words, step.who, self.known)])));
        let said = match (step.ran, step.why.holds) {
            (true, true) => words.word("why-ran"),
            (true, false) => words.word("why-ran-otherwise"),
            (false, false) => words.word("why-not"),
            (false, true) => words.word("why-not-though"),
        };
        lines.push(Told::line(1, said));
        self.tree(&step.why, 1, lines);
        for (notice, why) in &step.held_back {
            let held = Event::HeldBack { notice: notice.clone(), why: *why };
            lines.push(Told::line(1, super::happened(words, Who::System, &held, self.known)));
        }
    }

    fn now(&self, lines: &mut Vec<Told>) {
        let words = self.words;
        if let Some(now) = &self.why.now {
            lines.push(Told::heading(words.word(if now.holds { "why-now-true" } else { "why-now-false" })));
            self.tree(now, 0, lines);
        }
        let next = self.why.next.map(|at| words.age(at.0, self.present));
        lines.push(Told::line(
            0,
            match next {
                Some(when) => words.say("why-next", args![when = when]),
                None if self.why.waits => words.word("why-waits"),
                None => words.word("why-never"),
            },
        ));
    }

    fn would(&self, lines: &mut Vec<Told>) {
        let words = self.words;
        let (heading, holds) = match (self.why.rule.sort, &self.why.now) {
            (RuleSort::Trigger, _) => ("why-would-trigger", self.why.steps.last().is_some_and(|step| step.why.holds)),
            (RuleSort::Automation, Some(now)) if !now.holds && self.why.next.is_some() => ("why-would-due", true),
            (RuleSort::Automation, now) => ("why-would", now.as_ref().is_some_and(|now| now.holds)),
        };
        lines.push(Told::heading(words.word(heading)));
        if self.why.would.is_empty() {
            lines.push(Told::line(1, words.word(if holds { "why-would-nothing" } else { "why-would-not" })));
        }
        lines.extend(self.why.would.iter().map(|one| Told::line(1, would(words, one, self.known))));
    }

    /// A condition with its parts: whether each is so, and what the ticket has where one is not.
    fn tree(&self, why: &Why, depth: usize, lines: &mut Vec<Told>) {
        let words = self.words;
        let (text, parts) = match (&why.asked, why.parts.as_slice()) {
            (Condition::All(_), []) => (words.word("why-everything"), &[][..]),
            (Condition::All(_), parts) => (words.word("why-all"), parts),
            (Condition::Any(_), parts) => (words.word("why-any"), parts),
            // The opposite of a single test is a sentence of its own.
            (Condition::Not(_), [only]) if only.parts.is_empty() => (self.leaf(why, only.has.as_ref()), &[][..]),
            (Condition::Not(_), parts) => (words.word("why-none"), parts),
            (Condition::Test(_), _) => (self.leaf(why, why.has.as_ref()), &[][..]),
        };
        lines.push(Told { holds: Some(why.holds), ..Told::line(depth + 1, text) });
        for part in parts {
            self.tree(part, depth + 1, lines);
        }
    }

    fn leaf(&self, why: &Why, has: Option<&Actual>) -> String {
        let lookup: &dyn Lookup = &self.why.directory;
        let asked = why.asked.sentence(lookup);
        let Some(has) = has.filter(|_| !why.holds) else { return asked };
        let has = match has {
            Actual::Nothing => self.words.word("why-nothing"),
            has => has.sentence(lookup),
        };
        // What was done is no property of the ticket.
        let of_update = why.asked.tests().into_iter().any(|test| matches!(test, Test::Update(_)));
        self.words.say(if of_update { "why-was" } else { "why-had" }, args![asked = asked, has = has])
    }
}
