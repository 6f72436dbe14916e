use super::context::Context;
use super::pages;
use super::table::Table;
use crate::client::Cursor;
use crate::client::told::InboxAsk;
use crate::language::args;
use crate::report::Failure;
use crate::wire;
use clap::Args;
use serde_json::{Map, json};

/// What one was told, the newest first.
#[derive(Args, Debug)]
pub struct Inbox {
    /// What was read too
    #[arg(long)]
    all: bool,
    /// Mark a notice as read, by its number, or all
    #[arg(long, value_name = "NUMBER|all")]
    read: Option<Which>,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// Where the page before ended
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
}

/// One notice, or all.
#[derive(Clone, Copy, Debug)]
pub struct Which(Option<i64>);

impl std::str::FromStr for Which {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "all" { Ok(Self(None)) } else { text.parse().map(|id| Self(Some(id))) }
    }
}

impl Inbox {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let account = cx.account().await?;
        if let Some(Which(which)) = self.read {
            account.client.mark_read(which.map(|id| vec![id])).await?;
            let left = account.client.unread().await?;
            if cx.out.is_json() {
                return cx.out.whole(Map::from_iter([("unread".to_owned(), json!(left.value))]));
            }
            let left = i64::try_from(left.value).unwrap_or(i64::MAX);
            let said = cx.say("inbox-marked", args![count = left]);
            return cx.out.done(&said, "");
        }
        let ask = InboxAsk { unread_only: !self.all, after: self.after.map(Cursor), limit: self.limit };
        let page = account.client.inbox(ask).await?;
        if cx.out.is_json() {
            let rows = page.rows.iter().map(|one| {
                json!({
                    "id": one.id,
                    "ticket_id": one.ticket.0,
                    "rule_id": one.rule.0,
                    "text_id": one.text.0,
                    "created_at": wire::Time(one.at).text(),
                    "read": one.read,
                    "subject": one.subject,
                    "body": one.body,
                })
            });
            return cx.out.list("notices", rows.collect::<Vec<_>>(), pages::meta(page.next.as_ref())?);
        }
        let mut table =
            Table::new(&cx.headings(&["cli-number", "cli-ticket", "inbox-at", "field-subject"]), 3).number(0);
        for one in &page.rows {
            table.row(&[one.id.to_string(), one.ticket.to_string(), cx.time(one.at), one.subject.clone()]);
        }
        cx.rows(&table, page.rows.is_empty(), page.next.is_some())
    }
}
