//! Where the person's browser comes back to when they have signed in: an address on this machine, for one time.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Html;
use axum::routing::get;
use futures::future::BoxFuture;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long the person may take.
const PATIENCE: Duration = Duration::from_mins(5);
const PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><title>Guichet</title><p>You can close this page and go back to the terminal.</p>";

/// `code` and `state`.
type Came = (String, String);
type Sent = Arc<Mutex<Option<oneshot::Sender<Came>>>>;

/// Listens at an address that is answered, at any port for 0, and waits for what comes to it: `code` and `state`, or nothing
/// in time.
pub(super) fn listen(port: u16) -> io::Result<(String, BoxFuture<'static, Option<Came>>)> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", port))?;
    listener.set_nonblocking(true)?;
    let redirect = format!("http://{}/signed-in", listener.local_addr()?);
    let (sender, receiver) = oneshot::channel();
    let sent: Sent = Arc::new(Mutex::new(Some(sender)));
    let routes = Router::new().route("/signed-in", get(came)).with_state(sent);
    let wait = async move {
        let listener = tokio::net::TcpListener::from_std(listener).ok()?;
        let (end, ended) = oneshot::channel::<()>();
        let serving = axum::serve(listener, routes).with_graceful_shutdown(async {
            ended.await.ok();
        });
        let serving = tokio::spawn(async move { serving.await.ok() });
        let answer = tokio::time::timeout(PATIENCE, receiver).await.ok()?.ok();
        end.send(()).ok();
        // The page is to be on its way before the program ends.
        tokio::time::timeout(Duration::from_secs(1), serving).await.ok();
        answer
    };
    Ok((redirect, Box::pin(wait)))
}

async fn came(State(sent): State<Sent>, Query(pairs): Query<BTreeMap<String, String>>) -> Html<&'static str> {
    let text = |name: &str| pairs.get(name).cloned();
    if let Some(answer) = text("code").zip(text("state"))
        && let Some(sender) = sent.lock().unwrap_or_else(PoisonError::into_inner).take()
    {
        sender.send(answer).ok();
    }
    Html(PAGE)
}
