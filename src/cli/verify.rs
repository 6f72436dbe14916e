use super::context::Context;
use crate::client::door::{self, Finding, Flaw};
use crate::language::args;
use crate::report::{Failure, Status};
use crate::safe::Safe;
use serde_json::{Map, Value, json};

/// Checks the store. Needs nobody who acts: it tells nothing that is written in it.
pub(super) async fn run(cx: &mut Context) -> Result<(), Failure> {
    let database = cx.database()?;
    let verified = door::verify(&database, |_| ()).await?;
    let good = verified.found == 0;
    if cx.out.is_json() {
        let faults = verified
            .faults
            .iter()
            .map(|one| json!({ "ticket_id": one.ticket.map(|id| id.0), "fault": sentence(cx, one) }));
        let mut all = Map::new();
        all.insert("ok".to_owned(), good.into());
        all.insert("tickets".to_owned(), verified.tickets.into());
        all.insert("events".to_owned(), verified.audits.into());
        if !good {
            all.insert("found".to_owned(), verified.found.into());
            all.insert("faults".to_owned(), faults.collect::<Value>());
        }
        cx.out.whole(all)?;
    } else if good {
        let text = cx.say("cli-verified", args![tickets = verified.tickets, events = verified.audits]);
        cx.out.done(&text, "")?;
    } else {
        for one in &verified.faults {
            let text = match one.ticket {
                Some(id) => cx.say("cli-flaw-on", args![number = id.to_string(), flaw = sentence(cx, one)]),
                None => cx.say("cli-flaw-account", args![flaw = sentence(cx, one)]),
            };
            cx.out.line(&Safe::line(&text))?;
        }
    }
    let found = verified.found.to_string();
    if good { Ok(()) } else { Err(Failure::said("cli-not-verified", Status::Failed).with("found", found)) }
}

fn sentence(cx: &Context, finding: &Finding) -> String {
    match &finding.flaw {
        Flaw::Audit(number) => cx.say("cli-flaw-audit", args![number = number.to_string()]),
        Flaw::Head => cx.word("cli-flaw-head"),
        Flaw::Text(number) => cx.say("cli-flaw-text", args![number = number.to_string()]),
        Flaw::Comment(id) => cx.say("cli-flaw-comment", args![number = id.to_string()]),
        Flaw::File(id) => cx.say("cli-flaw-file", args![number = id.to_string()]),
        Flaw::State => cx.word("cli-flaw-state"),
        Flaw::Lookup => cx.word("cli-flaw-lookup"),
        Flaw::PersonLookup(id) => cx.say("cli-flaw-person", args![number = id.to_string()]),
        Flaw::OrganizationLookup(id) => cx.say("cli-flaw-organization", args![number = id.to_string()]),
        Flaw::Index => cx.word("cli-flaw-index"),
        Flaw::NoTicket => cx.word("cli-flaw-no-ticket"),
        Flaw::Database(why) => cx.say("cli-flaw-database", args![why = why.as_str()]),
    }
}
