//! Letters leave while the program is open.

use crate::client::post::Post;
use crate::mail::settings::Settings;
use crate::post::courier::{Courier, EVERY};
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
    let courier = match Courier::new(post, &settings).await {
        Ok(courier) => courier,
        Err(error) => {
            tracing::warn!(%error, "no courier");
            return;
        }
    };
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
        if *stopped.borrow() {
            break;
        }
    }
    courier.close().await;
}
