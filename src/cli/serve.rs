use clap::Args;
use std::num::NonZeroU32;
use std::path::PathBuf;

/// Serve the account over HTTP, until it is told to end
///
/// The REST API is at /api/v2. Prints one line `listening on http://ADDR:PORT` when it is ready. On SIGTERM or ctrl-c it
/// takes nothing new, finishes what it began, and ends.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Where to listen
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Another account by its host name: NAME=URL of its store; may be said several times
    #[arg(long = "host", value_name = "NAME=URL")]
    pub hosts: Vec<String>,
    /// The certificates for TLS, as PEM; with --tls-key
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The key of the certificate, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Believe what a proxy in front says of addresses, scheme and host (X-Forwarded-For, -Proto, -Host)
    #[arg(long)]
    pub behind_proxy: bool,
    /// Where else to answer /metrics and /health, without TLS and to everybody who reaches it; /metrics is answered to this
    /// machine alone otherwise
    #[arg(long, value_name = "ADDR:PORT")]
    pub metrics_listen: Option<String>,
    /// Requests a minute from one caller
    #[arg(long, value_name = "N", default_value = "700")]
    pub per_minute: NonZeroU32,
}
