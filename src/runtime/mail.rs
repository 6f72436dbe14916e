//! Letters leave while the program is open.

use crate::client::post::Post;
use crate::domain::person::EmailAddress;
use crate::mail::settings::Settings;
use crate::post::courier::{Courier, EVERY};
use crate::post::receiving;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long the end waits for a letter that is under way; cut off, it is sent again with the same Message-ID.
const ENDING: Duration = Duration::from_secs(5);

/// A courier at work.
pub(super) struct Carrying {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Carrying {
    /// Begins.
    pub(super) fn start(post: Post, settings: Settings) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(carry(post, settings, stopped));
        Self { stop, task }
    }

    /// Ends after the letter that is under way.
    pub(super) async fn end(mut self) {
        self.stop.send(true).ok();
        if tokio::time::timeout(ENDING, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

async fn carry(post: Post, settings: Settings, mut stopped: watch::Receiver<bool>) {
    let courier = match Courier::new(post.clone(), &settings).await {
        Ok(courier) => courier,
        Err(error) => {
            tracing::warn!(%error, "no courier");
            return;
        }
    };
    let own = settings.from.as_deref().and_then(|from| EmailAddress::parse(from).ok());
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            () = tokio::time::sleep(EVERY) => {}
        }
        match courier.flush().await {
            Ok(carried) if !carried.is_nothing() => tracing::info!(?carried, "letters"),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "letters"),
        }
        if let Some(folder) = &settings.receive {
            match receiving::poll(&post, folder, own.as_ref()).await {
                Ok(mails) if !mails.is_empty() => tracing::info!(count = mails.len(), "mails"),
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "mails"),
            }
        }
        if *stopped.borrow() {
            break;
        }
    }
    courier.close().await;
}
