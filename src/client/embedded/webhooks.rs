//! What admins see of webhooks beside their documents.

use super::{Embedded, MOST_ROWS, is_admin};
use crate::client::calls::fetcher;
use crate::client::{Cursor, Error, Page};
use crate::domain::id::WebhookId;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::setup::ItemKind;
use crate::domain::webhook::{Called, SignIn, Webhook, WebhookKeys};
use crate::fetch::Means;

impl Embedded {
    async fn webhook(&self, id: WebhookId) -> Result<Webhook, Error> {
        if !is_admin(&self.me().await?.person) {
            return Err(Error::Denied);
        }
        let common = self.store.common().await?;
        let missing = || Refusal::NotFound(Thing::Item(ItemKind::Webhook));
        Ok(common.setup.webhooks.get(&id).cloned().ok_or_else(missing)?)
    }

    pub(super) async fn read_calls(
        &self,
        webhook: WebhookId,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page<Called>, Error> {
        self.webhook(webhook).await?;
        let limit = limit.clamp(1, MOST_ROWS);
        let before = after.as_ref().map(Cursor::number).transpose()?;
        Ok(Page::cut(self.store.calls(webhook, before, limit + 1).await?, limit, |row| row.id))
    }

    pub(super) async fn read_keys(&self, webhook: WebhookId) -> Result<WebhookKeys, Error> {
        self.webhook(webhook).await?;
        let secrets = self.store.webhook_secrets(webhook).await?;
        let way = secrets.sign_in.as_ref().map(|one| one.name().to_owned());
        let name = secrets.sign_in.as_ref().and_then(SignIn::shown).map(str::to_owned);
        Ok(WebhookKeys { signing: secrets.signing, way, name })
    }

    pub(super) async fn try_webhook(&self, webhook: WebhookId) -> Result<Called, Error> {
        let webhook = self.webhook(webhook).await?;
        let post = self.post();
        let fetcher = fetcher(post.webhook_hosts().await?, Means::default());
        post.test_call(&fetcher, webhook).await
    }
}
