//! Macros on the command line: what one would do, before it is done.

use super::account::Account;
use super::context::Context;
use super::setup::Things;
use crate::client::AppliedAll;
use crate::domain::comment::Visibility;
use crate::domain::id::{RuleId, TicketId};
use crate::domain::setup::ItemKind;
use crate::language::args;
use crate::report::Failure;
use crate::safe::Safe;
use crate::wire;
use crate::words::{self, Known};
use serde_json::json;

/// What a macro makes of a ticket.
pub(super) async fn applied(
    cx: &Context,
    account: &Account,
    ticket: TicketId,
    name: &str,
) -> Result<AppliedAll, Failure> {
    let things = Things::load(account, ItemKind::Macro).await?;
    let which = RuleId(things.find(cx, name)?.key().id);
    Ok(account.client.try_macro(vec![ticket], which).await?)
}

/// What it would change and say.
pub(super) fn told(cx: &mut Context, account: &Account, applied: &AppliedAll) -> Result<(), Failure> {
    let known = Known::new(&account.session, &applied.names, cx.around.present.zone);
    for row in &applied.rows {
        if let (true, Err(why)) = (cx.out.is_json(), &row.events) {
            return Err(crate::client::Error::from(why.clone()).into());
        }
        if cx.out.is_json() {
            let events = row.events.as_deref().unwrap_or_default();
            let object = json!({
                "ticket_id": row.ticket.0,
                "macro": applied.title,
                "comment": super::output::json(row.comment.as_ref().map(wire::Saying::from))?,
                "changes": super::output::json(wire::changes(events, &account.place))?,
            });
            return cx.out.object("result", object);
        }
        let number = row.ticket.to_string();
        let head = cx.say("macro-would-on", args![number = number, subject = row.subject.as_str()]);
        cx.out.heading(&Safe::line(&head))?;
        if let Some(comment) = &row.comment {
            let key = if comment.visibility == Visibility::Public {
                cx.word("macro-says-reply")
            } else {
                cx.word("macro-says-note")
            };
            cx.out.line(&Safe::line(&key))?;
            for line in Safe::text(&comment.body).lines() {
                cx.out.line(&Safe::concat([Safe::blank(2), line]))?;
            }
        }
        for text in words::foreseen(&cx.words, &row.events, known) {
            cx.out.line(&Safe::concat([Safe::blank(2), Safe::line(&text)]))?;
        }
    }
    let dry = cx.word("try-dry");
    cx.out.note(&dry);
    Ok(())
}
