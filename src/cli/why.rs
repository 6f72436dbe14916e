use super::account::Account;
use super::context::Context;
use super::read;
use crate::client::{Error, RuleWhy};
use crate::domain::id::TicketId;
use crate::domain::refusal::{Refusal, Thing};
use crate::report::{Failure, Status};
use crate::safe::Safe;
use crate::wire;
use crate::words::{self, Known, Told};
use clap::Args;

/// Why a rule did something to a ticket, or did not.
#[derive(Args, Debug)]
pub struct Why {
    /// The ticket's number
    #[arg(value_parser = read::ticket)]
    ticket: TicketId,
    /// A trigger or automation: its title, its name in scripts, or # and its number
    rule: String,
}

impl Why {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let why = account.client.why(self.ticket, self.rule.clone()).await.map_err(|error| match error {
            Error::Refused(Refusal::NotFound(Thing::Item(_))) => {
                Failure::said("cli-no-rule", Status::NotFound).with("name", self.rule)
            }
            other => other.into(),
        })?;
        if cx.out.is_json() {
            return cx.out.object("why", report(&why, self.ticket, account));
        }
        let known = Known::new(&account.session, &why.names, cx.around.present.zone);
        let lines = words::rule_why(&cx.words, &why, known, &cx.around.present);
        cx.out.heading(&Safe::line(&format!("#{}", self.ticket)))?;
        for line in lines {
            cx.told(&line)?;
        }
        Ok(())
    }
}

fn report(why: &RuleWhy, ticket: TicketId, account: &Account) -> wire::RuleReport {
    let (place, lookup) = (&account.place, &why.directory);
    let step = |step: &crate::client::StepWhy| {
        let condition = wire::Reason::of(&step.why, lookup);
        wire::Step::of((step.audit, step.at, step.who), step.ran, condition, &step.held_back, place)
    };
    wire::RuleReport {
        ticket_id: ticket.0,
        rule: wire::Rule::from(&why.rule),
        active: why.active,
        steps: why.steps.iter().map(step).collect(),
        now: why.now.as_ref().map(|now| wire::Reason::of(now, lookup)),
        next_run_at: why.next.map(wire::Time::from),
        waits: why.waits,
        would: wire::changes(&why.would, place),
    }
}

impl Context {
    /// A line of an explanation, with a mark for what is so and another for what is not.
    fn told(&mut self, line: &Told) -> Result<(), Failure> {
        let mark = match line.holds {
            Some(true) => Safe::from_static("✓ "),
            Some(false) => Safe::from_static("✗ "),
            None => Safe::default(),
        };
        let text = Safe::concat([Safe::blank(line.depth * 2), mark, Safe::line(&line.text)]);
        if line.heading { self.out.heading(&text) } else { self.out.line(&text) }
    }
}
