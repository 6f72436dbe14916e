use super::context::Context;
use super::pages::{self, Order, Part};
use crate::client::{Count, Source};
use crate::language::args;
use crate::report::Failure;
use crate::wire;
use clap::Args;

/// A search: words, "a phrase", pri*, -not, and keywords such as status<solved, requester:EMAIL, updated>3days.
#[derive(Args, Debug)]
pub struct Search {
    /// What to find
    #[arg(allow_hyphen_values = true)]
    query: String,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    part: Part,
}

impl Search {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let account = cx.account().await?;
        let source = Source::Search(self.query);
        let ask = pages::ask(source.clone(), self.order.sort, None);
        let place = &account.place;
        let (results, next) = if account.is_staff() {
            let page = pages::tickets(&account, ask, &self.part).await?;
            if !cx.out.is_json() {
                cx.ticket_table(&account, &page)?;
            }
            let found = |one| wire::Found::Ticket(Box::new(wire::Ticket::of(one, place)));
            (page.rows.iter().map(found).collect(), page.next)
        } else {
            let page = pages::requests(&account, ask, &self.part).await?;
            if !cx.out.is_json() {
                cx.request_table(&account, &page)?;
            }
            let object =
                |one| wire::Request::of(one, account.session.me.id, place).with_copied(one, &page.names.people);
            let found = |one| wire::Found::Request(Box::new(object(one)));
            (page.rows.iter().map(found).collect::<Vec<_>>(), page.next)
        };
        let counts = account.client.counts(vec![source]).await?;
        let count = counts.first().copied().unwrap_or(Count { value: results.len() as u64, or_more: next.is_some() });
        if cx.out.is_json() {
            let mut more = pages::meta(next.as_ref())?;
            more.insert("count".to_owned(), count.value.into());
            more.insert("count_or_more".to_owned(), count.or_more.into());
            return cx.out.list("results", results, more);
        }
        if !results.is_empty() {
            let number = i64::try_from(count.value).unwrap_or(i64::MAX);
            let number = if count.or_more { cx.words.number_at_least(number) } else { cx.words.number(number) };
            let text = cx.say("cli-found", args![number = number]);
            cx.out.note(&text);
        }
        Ok(())
    }
}
