//! Tickets as cases: problems and their incidents, ratings, and how long they took.

use super::account::{Account, person_name};
use super::context::Context;
use super::pages::{self, Order, Part};
use super::read;
use super::table::Table;
use super::ticket::objects;
use crate::client::Source;
use crate::domain::case::{Satisfaction, TicketType};
use crate::domain::id::TicketId;
use crate::domain::metrics::Minutes;
use crate::domain::time::Timestamp;
use crate::language::args;
use crate::report::Failure;
use crate::wire;
use clap::Args;

/// The incidents of a problem.
#[derive(Args, Debug)]
pub struct Incidents {
    /// The problem's number
    #[arg(value_parser = read::ticket)]
    problem: TicketId,
    /// Only those that a query finds
    #[arg(long, value_name = "QUERY")]
    narrow: Option<String>,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    part: Part,
}

/// Problems.
#[derive(Args, Debug)]
pub struct Problems {
    /// Only those that a query finds
    #[arg(long, value_name = "QUERY")]
    narrow: Option<String>,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    part: Part,
}

/// Ratings.
#[derive(Args, Debug)]
pub struct Ratings {
    /// Only these: offered, bad, `bad_with_comment`, good, `good_with_comment`; those that were given when not given
    #[arg(long, value_parser = read::satisfaction)]
    score: Option<Satisfaction>,
    #[command(flatten)]
    part: Part,
}

impl Incidents {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let ask = pages::ask(Source::Incidents(self.problem), self.order.sort, self.narrow);
        list(cx, account, ask, &self.part).await
    }
}

impl Problems {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let source = Source::Search(format!("ticket_type:{}", TicketType::Problem.name()));
        list(cx, account, pages::ask(source, self.order.sort, self.narrow), &self.part).await
    }
}

async fn list(cx: &mut Context, account: &Account, ask: crate::client::ListAsk, part: &Part) -> Result<(), Failure> {
    let page = pages::tickets(account, ask, part).await?;
    if cx.out.is_json() {
        return cx.out.list("tickets", objects(account, &page), pages::meta(page.next.as_ref())?);
    }
    cx.ticket_table(account, &page)
}

impl Ratings {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let query = match self.score {
            Some(score) => format!("satisfaction:{}", score.name()),
            None => "satisfaction:bad satisfaction:good".to_owned(),
        };
        let page = pages::tickets(account, pages::ask(Source::Search(query), None, None), &self.part).await?;
        if cx.out.is_json() {
            let rated = |ticket| wire::SatisfactionRating::of(ticket, &account.place);
            let rows: Vec<_> = page.rows.iter().filter_map(rated).collect();
            return cx.out.list("satisfaction_ratings", rows, pages::meta(page.next.as_ref())?);
        }
        let keys =
            ["cli-number", "field-subject", "field-requester", "field-assignee", "field-rating", "field-updated"];
        let mut table = Table::new(&[cx.headings(&keys), cx.headings(&["field-comment"])].concat(), 1).number(0);
        for ticket in &page.rows {
            let Some(rating) = &ticket.rating else { continue };
            let score = Satisfaction::of(Some(&crate::domain::case::Rating { comment: None, ..rating.clone() }));
            table.row(&[
                ticket.id.to_string(),
                ticket.subject.clone(),
                person_name(&page.names, Some(ticket.requester)),
                person_name(&page.names, rating.assignee),
                cx.word(&format!("rating-{}", score.name())),
                cx.ago(rating.updated_at),
                rating.comment.clone().unwrap_or_default(),
            ]);
        }
        cx.rows(&table, page.rows.is_empty(), page.next.is_some())
    }
}

/// How long a ticket took, and how often it changed hands.
pub(super) async fn metrics(cx: &mut Context, account: &Account, ticket: TicketId) -> Result<(), Failure> {
    let metrics = account.client.metrics(ticket).await?;
    if cx.out.is_json() {
        return cx.out.object("ticket_metric", wire::TicketMetric::of(ticket, &metrics, &account.place));
    }
    let times: [(&str, Option<Minutes>); 6] = [
        ("metric-reply", metrics.reply_time),
        ("metric-first-resolution", metrics.first_resolution_time),
        ("metric-full-resolution", metrics.full_resolution_time),
        ("metric-requester-wait", Some(metrics.requester_wait_time)),
        ("metric-agent-wait", Some(metrics.agent_wait_time)),
        ("metric-on-hold", Some(metrics.on_hold_time)),
    ];
    for (key, time) in times {
        let said = time.map(|time| cx.say("metric-minutes", args![calendar = time.calendar, business = time.business]));
        metric(cx, key, &said.unwrap_or_else(|| cx.word("metric-not-yet")))?;
    }
    let counts = [
        ("metric-replies", metrics.replies),
        ("metric-reopens", metrics.reopens),
        ("metric-assignees", metrics.assignee_stations),
        ("metric-groups", metrics.group_stations),
    ];
    for (key, count) in counts {
        metric(cx, key, &count.to_string())?;
    }
    let moments: [(&str, Option<Timestamp>); 7] = [
        ("field-created", Some(metrics.created_at)),
        ("metric-initially-assigned", metrics.initially_assigned_at),
        ("metric-assigned", metrics.assigned_at),
        ("metric-solved", metrics.solved_at),
        ("metric-latest-comment", metrics.latest_comment_added_at),
        ("metric-requester-updated", metrics.requester_updated_at),
        ("metric-assignee-updated", metrics.assignee_updated_at),
    ];
    for (key, at) in moments {
        if let Some(at) = at {
            let at = cx.time(at);
            metric(cx, key, &at)?;
        }
    }
    Ok(())
}

fn metric(cx: &mut Context, key: &str, value: &str) -> Result<(), Failure> {
    use crate::safe::Safe;
    let label = Safe::line(&cx.word(key)).pad(22);
    cx.out.line(&Safe::concat([label, Safe::line(value)]))
}
