//! Letters leave while the program is open.

use crate::client::post::Post;
use crate::domain::person::EmailAddress;
use crate::fetch::Means;
use crate::mail::settings::Settings;
use crate::mail::transport::Secret;
use crate::post::caller::Caller;
use crate::post::courier::{Courier, EVERY};
use crate::post::receiving;
use crate::report::Failure;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long the end waits for a letter that is under way; cut off, it is sent again with the same Message-ID.
const ENDING: Duration = Duration::from_secs(5);

/// Between two looks for calls that are due: whoever waits for one waits for a program.
const LOOK: Duration = Duration::from_secs(3);

/// A courier at work, and whoever makes webhooks' calls.
pub(super) struct Carrying {
    stop: watch::Sender<bool>,
    tasks: [JoinHandle<()>; 2],
}

impl Carrying {
    /// Begins.
    pub(super) fn start(post: Post, settings: Settings) -> Self {
        let (stop, stopped) = watch::channel(false);
        let calls = tokio::spawn(call(post.clone(), stopped.clone()));
        Self { stop, tasks: [tokio::spawn(carry(post, settings, stopped)), calls] }
    }

    /// Ends after the letter that is under way.
    pub(super) async fn end(mut self) {
        self.stop.send(true).ok();
        let [letters, calls] = &mut self.tasks;
        if tokio::time::timeout(ENDING, async { (letters.await.ok(), calls.await.ok()) }).await.is_err() {
            self.tasks.iter().for_each(JoinHandle::abort);
        }
    }
}

/// Makes calls until it is stopped. One that is cut off is made again under its number.
async fn call(post: Post, mut stopped: watch::Receiver<bool>) {
    let caller = Caller::new(post, Means::default());
    while !*stopped.borrow() {
        match caller.flush().await {
            Ok(carried) if !carried.is_nothing() => tracing::info!(?carried, "calls"),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "calls"),
        }
        tokio::select! {
            _ = stopped.changed() => break,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn carry(post: Post, settings: Settings, mut stopped: watch::Receiver<bool>) {
    let courier = match password(&settings).await {
        Ok(password) => Courier::new(post.clone(), &settings, password).map_err(|error| crate::cli::no_courier(&error)),
        Err(failure) => Err(failure),
    };
    let courier = match courier {
        Ok(courier) => courier,
        Err(failure) => {
            tracing::warn!(?failure, "no courier");
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

/// The password of the mail server, from where the settings say.
pub(super) async fn password(settings: &Settings) -> Result<Option<Secret>, Failure> {
    if let Some(path) = &settings.password_file {
        return Secret::from_file(path).map(Some).map_err(|error| crate::cli::no_courier(&error));
    }
    let Some(command) = &settings.password_command else { return Ok(None) };
    let failed = |why: std::io::Error| crate::cli::no_courier(&format!("mail.password_command: {why}"));
    let said = super::program::says(command).await.map_err(failed)?;
    Ok(Some(Secret::first_line(&said)))
}
