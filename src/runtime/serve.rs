//! Accounts served over HTTP: listens, does what happens by itself, ends in order.

mod connections;

use super::mail::Carrying;
use super::signals::{Signal, Signals};
use crate::cli::{Context, Serve};
use crate::client::door::Door;
use crate::report::{Failure, Status};
use crate::server::{App, ByTls, Limits, Site, Sites};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use connections::Bounded;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How long what was begun may take once the end has come.
const ENDING: Duration = Duration::from_secs(30);
/// How long a caller may take to send the head of a request.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// How often it is looked for what is due by itself.
const LOOK: Duration = Duration::from_secs(20);
/// How often it is looked for jobs that nobody is at.
const LOOK_FOR_JOBS: Duration = Duration::from_secs(2);

/// Serves until a signal says to end.
pub(super) async fn serve(cx: &mut Context, serve: &Serve) -> Result<(), Failure> {
    let sites = open(cx, serve).await?;
    let limits = Limits { per_minute: serve.per_minute, behind_proxy: serve.behind_proxy, ..Limits::default() };
    let app = App::new(sites.clone(), &limits);
    let mut work = JoinSet::new();
    let mut carrying = Vec::new();
    for site in sites.all() {
        if site.door.only_reads() {
            tracing::warn!("a newer version looks after the store: this one only reads it");
            continue;
        }
        carrying.push(Carrying::start(site.door.post(), cx.config.mail.clone()));
        work.spawn(look_after(site));
    }
    work.spawn(work_on_jobs(app.clone()));
    if let Some(address) = &serve.metrics_listen {
        work.spawn(tell_operators(app.clone(), bound(address).await?));
    }
    let handle = Handle::new();
    let served = listen(cx, serve, app, &handle).await;
    work.shutdown().await;
    for one in carrying {
        one.end().await;
    }
    for site in sites.all() {
        site.door.close().await;
    }
    served
}

/// Where operators ask.
async fn bound(address: &str) -> Result<tokio::net::TcpListener, Failure> {
    let failed = |error: io::Error| {
        let failure = Failure::said("cli-serve-cannot-listen", Status::Failed);
        failure.with("address", address.to_owned()).with("why", error.to_string())
    };
    tokio::net::TcpListener::bind(address).await.map_err(failed)
}

/// Answers them until the end.
async fn tell_operators(app: App, listener: tokio::net::TcpListener) {
    if let Err(error) = axum::serve(listener, app.operators()).await {
        tracing::error!(%error, "nobody answers operators any more");
    }
}

/// The accounts: the chosen store's, and those that are named by host.
async fn open(cx: &Context, serve: &Serve) -> Result<Sites, Failure> {
    let site = async |url: &str| -> Result<Site, Failure> {
        let door = Door::open(url, Arc::clone(&cx.around.clock)).await?;
        Ok(Site { door, words: cx.words.clone() })
    };
    if serve.hosts.is_empty() {
        return Ok(Sites::one(site(&cx.database()?).await?));
    }
    let mut named = Vec::new();
    for host in &serve.hosts {
        let (name, url) = host.split_once('=').ok_or_else(|| {
            Failure::said("cli-serve-bad-host", Status::Usage).with("host", crate::report::without_password(host))
        })?;
        named.push((vec![name.to_owned()], site(url).await?));
    }
    Ok(Sites::named(named))
}

async fn listen(cx: &mut Context, serve: &Serve, app: App, handle: &Handle<SocketAddr>) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        let failure = Failure::said("cli-serve-cannot-listen", Status::Failed);
        failure.with("address", serve.listen.clone()).with("why", error.to_string())
    };
    let listener = TcpListener::bind(&serve.listen).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let ending = app.clone();
    let mut routes = app.service();
    let tls = match (&serve.tls_cert, &serve.tls_key) {
        (Some(cert), Some(key)) => Some(certificate(cert, key).await?),
        _ => None,
    };
    let scheme = if tls.is_some() { "https" } else { "http" };
    if tls.is_some() {
        routes = routes.layer(axum::Extension(ByTls));
    }
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    cx.out.raw(&format!("listening on {scheme}://{address}\n"))?;
    cx.out.flush()?;
    let stopping = tokio::spawn(end_on_signal(handle.clone(), ending));
    let most = connections::most();
    let served = if let Some(tls) = tls {
        let server = axum_server::from_tcp_rustls(listener, tls).map_err(failed)?.handle(handle.clone());
        let mut server = server.map(|way| Bounded::new(way, most, serve.behind_proxy)).http1_only();
        patience(server.http_builder());
        server.serve(service).await
    } else {
        let server = axum_server::from_tcp(listener).map_err(failed)?.handle(handle.clone());
        let mut server = server.map(|way| Bounded::new(way, most, serve.behind_proxy)).http1_only();
        patience(server.http_builder());
        server.serve(service).await
    };
    stopping.abort();
    served.map_err(failed)
}

/// Whoever sends the head of a request slowly is not waited for. That holds from the first byte on because HTTP/1.1 is all
/// that is spoken: who may speak either is waited for without end until it is clear which it is.
fn patience(builder: &mut hyper_util::server::conn::auto::Builder<hyper_util::rt::TokioExecutor>) {
    builder.http1().timer(hyper_util::rt::TokioTimer::new()).header_read_timeout(HEADER_TIME);
}

async fn certificate(cert: &Path, key: &Path) -> Result<RustlsConfig, Failure> {
    // Only the first who comes installs it.
    let _known = rustls::crypto::ring::default_provider().install_default();
    let read = RustlsConfig::from_pem_file(cert, key).await.map_err(|error| {
        let failure = Failure::said("cli-serve-bad-certificate", Status::Failed);
        failure.with("path", cert.display().to_string()).with("why", error.to_string())
    })?;
    // What is not spoken is not offered either.
    let mut offered = rustls::ServerConfig::clone(&read.get_inner());
    offered.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(offered)))
}

async fn end_on_signal(handle: Handle<SocketAddr>, app: App) {
    let Ok(mut signals) = Signals::new() else { return };
    loop {
        if let Signal::End(_) = signals.next().await {
            // Whoever only listens is not waited for.
            app.end_streams();
            handle.graceful_shutdown(Some(ENDING));
            return;
        }
    }
}

/// Works on the rows of jobs, again and again.
async fn work_on_jobs(app: App) {
    loop {
        match app.work().await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "rows of jobs done"),
            Err(error) => tracing::warn!(%error, "jobs"),
        }
        tokio::time::sleep(LOOK_FOR_JOBS).await;
    }
}

/// Does what is due by itself, again and again.
async fn look_after(site: Arc<Site>) {
    loop {
        match site.door.catch_up().await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "done by itself"),
            Err(error) => tracing::warn!(%error, "what is due by itself"),
        }
        tokio::time::sleep(LOOK).await;
    }
}
