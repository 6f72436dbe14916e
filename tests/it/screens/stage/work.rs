//! What the small account answers about rules and macros.

use super::{MARC, cast};
use guichet::client::{Applied, AppliedAll, RuleTitle, RuleWhy, StepWhy, Trial, TrialRow};
use guichet::domain::act::Who;
use guichet::domain::comment::Visibility;
use guichet::domain::condition::{Actual, Condition, Why};
use guichet::domain::event::Event;
use guichet::domain::id::{AuditId, RuleId, TicketId};
use guichet::domain::notice::{Addressee, HeldBack, NoticeRef};
use guichet::domain::rule::{Applying, RuleRef, RuleSort, applied};
use guichet::domain::setup::{Directory, Item};
use guichet::domain::status::{Priority, Status};
use guichet::domain::ticket::Ticket;

pub fn rules() -> Vec<RuleTitle> {
    let rule = |sort, id, name: &str, title: &str, active| RuleTitle {
        rule: RuleRef { sort, id: RuleId(id), title: name.to_owned() },
        title: title.to_owned(),
        active,
    };
    vec![
        rule(RuleSort::Trigger, 31, "Tell the team", "Tell the team", true),
        rule(RuleSort::Trigger, 32, "Urgent printers", "Urgent printers", false),
        rule(RuleSort::Automation, 33, "close", "Close what is solved", true),
    ]
}

fn test(text: &str, holds: bool, has: Actual) -> Why {
    let asked = Condition::read(text, &Directory::default()).expect("a condition");
    let asked = if let Condition::All(mut all) = asked { all.swap_remove(0) } else { asked };
    Why { holds, asked, has: Some(has), parts: Vec::new() }
}

fn all(parts: Vec<Why>) -> Why {
    let asked = Condition::All(parts.iter().map(|part| part.asked.clone()).collect());
    Why { holds: parts.iter().all(|part| part.holds), asked, has: None, parts }
}

pub fn why(rule: &str) -> RuleWhy {
    let urgent = |is: Priority| test("priority is urgent", is == Priority::Urgent, Actual::Priority(is));
    let any = {
        let parts = vec![urgent(Priority::Low), test("status is pending", false, Actual::Status(Status::Open))];
        let asked = Condition::Any(parts.iter().map(|part| part.asked.clone()).collect());
        Why { holds: false, asked, has: None, parts }
    };
    let step = |audit: i64, why: Why, ran: bool| StepWhy {
        audit: AuditId(audit),
        at: cast::before(300 - audit),
        who: Who::Person(MARC),
        why,
        ran,
        held_back: Vec::new(),
    };
    let status = |is: Status| test("status < solved", is < Status::Solved, Actual::Status(is));
    let notice =
        NoticeRef { rule: RuleId(31), text: guichet::domain::id::TextId(1), to: Addressee::Person(super::ANA) };
    let mut ran = step(2, all(vec![status(Status::Open), urgent(Priority::Urgent)]), true);
    ran.held_back = vec![(notice, HeldBack::ALL[0])];
    let found = rules().into_iter().find(|one| format!("#{}", one.rule.id) == rule).expect("a rule");
    RuleWhy {
        rule: found.rule,
        active: found.active,
        steps: vec![step(1, all(vec![status(Status::Open), any]), false), ran],
        now: None,
        next: None,
        waits: false,
        would: vec![Event::PriorityChanged { from: Some(Priority::Low), to: Some(Priority::High) }],
        names: cast::names(),
        directory: Directory::default(),
    }
}

/// What something would do to all.
pub fn tried(tickets: &[Ticket], item: &Item) -> Trial {
    let is_rule = matches!(item, Item::Trigger(_) | Item::Automation(_));
    let notice =
        NoticeRef { rule: RuleId(31), text: guichet::domain::id::TextId(1), to: Addressee::Person(super::ANA) };
    let would = |ticket: &Ticket| {
        vec![
            Event::PriorityChanged { from: ticket.priority, to: Some(Priority::High) },
            Event::Notified(notice.clone()),
        ]
    };
    let row = |ticket: &Ticket| TrialRow {
        ticket: ticket.id,
        subject: ticket.subject.clone(),
        at: cast::before(0),
        events: if is_rule { would(ticket) } else { Vec::new() },
    };
    let rows: Vec<TrialRow> = tickets.iter().map(row).collect();
    Trial { looked_at: 1_000, concerned: rows.len() as u64, rows, names: cast::names() }
}

/// What a macro would do to each; closed ones refuse.
pub fn applied_to(tickets: &[Ticket], items: &[Item], ids: &[TicketId], which: RuleId) -> Option<AppliedAll> {
    let one = items.iter().find_map(|item| match item {
        Item::Macro(one) if one.id == which => Some(one),
        _ => None,
    })?;
    let fill = |_: Visibility, text: &str| text.replace("{{ requester.name }}", "Ana Ruiz");
    let rows = ids.iter().filter_map(|id| tickets.iter().find(|ticket| ticket.id == *id)).map(|ticket| {
        let (change, comment) = applied(one, ticket, Applying { me: MARC, fill: &fill });
        let to = change.status.unwrap_or(ticket.status());
        let events = vec![Event::StatusChanged { from: ticket.status(), to }];
        let events = if ticket.is_closed() {
            Err(guichet::domain::refusal::Refusal::Closed(ticket.id))
        } else {
            Ok(events.into_iter().filter(|_| to != ticket.status()).collect())
        };
        Applied { ticket: ticket.id, subject: ticket.subject.clone(), version: ticket.version, change, comment, events }
    });
    let rows = rows.collect();
    Some(AppliedAll { title: one.title.clone(), rows, names: cast::names() })
}
