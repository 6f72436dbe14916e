//! Whoever makes webhooks' calls: each webhook by itself, so that one whose server hangs keeps no other waiting. What was
//! taken and not written down is made again under the same number by whoever comes next.

use super::courier::Carried;
use crate::client::Error;
use crate::client::calls::{End, fetcher};
use crate::client::post::Post;
use crate::domain::id::WebhookId;
use crate::domain::time::Timestamp;
use crate::domain::webhook::Health;
use crate::fetch::{Fetcher, Means};
use futures::future::join_all;
use futures::stream::{self, StreamExt as _};
use std::sync::{Arc, Mutex, PoisonError};

/// So many webhooks are called at once.
const WEBHOOKS: usize = 16;
/// And each so many times, while its server takes calls.
const AT_ONCE: u32 = 4;

/// Makes an account's calls.
pub struct Caller {
    post: Post,
    means: Means,
    /// Made anew when other hosts are allowed.
    fetcher: Mutex<Option<Arc<Fetcher>>>,
}

impl Caller {
    /// For an account.
    pub const fn new(post: Post, means: Means) -> Self {
        Self { post, means, fetcher: Mutex::new(None) }
    }

    /// Makes every call that is due, each once. A server that does not answer is left to the next time.
    ///
    /// # Errors
    /// The store could not do it. What was made by then is written down.
    pub async fn flush(&self) -> Result<Carried, Error> {
        let due = self.post.due_webhooks().await?;
        if due.is_empty() {
            return Ok(Carried::default());
        }
        let (fetcher, by) = (self.fetcher().await?, self.post.now());
        let lanes = due.into_iter().map(|(webhook, health)| self.lane(&fetcher, webhook, health, by));
        let ends: Vec<Result<Carried, Error>> = stream::iter(lanes).buffer_unordered(WEBHOOKS).collect().await;
        ends.into_iter().try_fold(Carried::default(), |all, one| Ok(all.and(one?)))
    }

    async fn fetcher(&self) -> Result<Arc<Fetcher>, Error> {
        let hosts = self.post.webhook_hosts().await?;
        let mut kept = self.fetcher.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.as_ref().filter(|known| *known.hosts() == hosts) {
            return Ok(Arc::clone(known));
        }
        Ok(Arc::clone(kept.insert(Arc::new(fetcher(hosts, self.means.clone())))))
    }

    /// The calls of one webhook. After a failure they go one by one, until one is taken or the server is left alone.
    async fn lane(
        &self,
        fetcher: &Fetcher,
        webhook: WebhookId,
        mut health: Health,
        by: Timestamp,
    ) -> Result<Carried, Error> {
        let mut all = Carried::default();
        loop {
            let most = if health.failures == 0 { AT_ONCE } else { 1 };
            let (calls, off) = self.post.take_calls(webhook, by, most).await?;
            all.held += off;
            if calls.is_empty() && off == 0 {
                return Ok(all);
            }
            let making = calls.into_iter().map(|call| self.post.make(fetcher, call, health, chance()));
            let mut failed = None;
            for went in join_all(making).await {
                let went = went?;
                match went.end {
                    End::Taken => all.sent += 1,
                    End::Later => all.later += 1,
                    End::Failed => all.failed += 1,
                }
                if went.health.failures > health.failures {
                    failed = Some(went.health);
                }
            }
            health = match failed {
                None => Health { failures: if off > 0 { health.failures } else { 0 }, rests_until: None },
                Some(worse) if worse.rests_until.is_some() => return Ok(all),
                Some(worse) => worse,
            };
        }
    }
}

/// From 0 to 1000.
fn chance() -> u32 {
    let mut bytes = [0; 4];
    // Without chance everything waits the longest.
    getrandom::fill(&mut bytes).map_or(1000, |()| u32::from_ne_bytes(bytes) % 1001)
}
