//! Everything that happened to a ticket.

use super::account::Account;
use super::context::Context;
use super::pages::Part;
use crate::client::{Cursor, LogAsk, Page};
use crate::domain::event::Audit;
use crate::domain::id::TicketId;
use crate::report::{Failure, Status};
use crate::safe::Safe;
use crate::words;

/// The audits of a ticket, or of the account, oldest first. The cursor between two calls is the number of the last audit.
pub async fn fetch(
    account: &Account,
    of: Option<TicketId>,
    part: &Part,
) -> Result<(Page<Audit>, Option<Cursor>), Failure> {
    let bad = || Failure::said("cli-bad-cursor", Status::Usage);
    let mut after: i64 = part.after.as_deref().map_or(Ok(0), str::parse).map_err(|_| bad())?;
    let mut all: Option<Page<Audit>> = None;
    loop {
        let have = all.as_ref().map_or(0, |all| u32::try_from(all.rows.len()).unwrap_or(u32::MAX));
        let limit = part.limit.saturating_sub(have).min(100);
        let page = if let Some(ticket) = of {
            account.client.audits(ticket, after, limit).await?
        } else {
            let after = Some(Cursor(after.to_string()));
            account.client.admin_log(LogAsk { newest_first: false, after, limit }).await?
        };
        let more = page.next.is_some();
        after = page.rows.last().map_or(after, |audit| audit.number);
        let all = all.get_or_insert_with(|| Page::new(Vec::new(), page.names.clone(), None));
        all.rows.extend(page.rows);
        all.names.people.extend(page.names.people);
        all.names.organizations.extend(page.names.organizations);
        if !more || all.rows.len() >= part.limit as usize {
            let next = more.then(|| Cursor(after.to_string()));
            return Ok((all.clone(), next));
        }
    }
}

impl Context {
    /// A history for people: who and when, then what.
    pub(super) fn history(&mut self, account: &Account, audits: &Page<Audit>) -> Result<(), Failure> {
        for audit in &audits.rows {
            let known = words::Known::new(&account.session, &audits.names, self.around.present.zone);
            let who = words::who(&self.words, audit.who, known);
            let time = self.time(audit.at);
            self.out.heading(&Safe::line(&format!("{time} · {who}")))?;
            for event in &audit.events {
                let text = words::event(&self.words, event, known.beside(&audit.events));
                self.out.line(&Safe::concat([Safe::blank(2), Safe::line(&text)]))?;
            }
        }
        Ok(())
    }
}
