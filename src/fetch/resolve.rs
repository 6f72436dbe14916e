use super::address::{Reach, reach};
use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Who knows the addresses of hosts.
pub trait Names: Send + Sync {
    /// All addresses of a host.
    fn look_up(&self, host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>>;
}

/// The machine's own way.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Names for System {
    fn look_up(&self, host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|one| one.ip()).collect()) })
    }
}

/// What the way to an address tells through the library between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Refused,
    Unknown,
}

impl fmt::Display for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        })
    }
}

impl std::error::Error for Inside {}

/// Looks a host up once for each connection and hands on only addresses that were checked: the connection is made to one
/// of those, and nobody asks again.
pub(super) struct Checked {
    pub(super) names: Arc<dyn Names>,
    /// Whether an admin allows the host.
    pub(super) inner: bool,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.names.look_up(name.as_str().to_owned());
        let inner = self.inner;
        Box::pin(async move {
            let found = found.await.map_err(|_| Inside::Unknown)?;
            // One that leads elsewhere makes all of them suspect.
            let fine = |one: &IpAddr| match reach(*one) {
                Reach::Open => true,
                Reach::Inner => inner,
                Reach::Link | Reach::Nowhere => false,
            };
            if !found.iter().all(fine) {
                return Err(Inside::Refused.into());
            }
            if found.is_empty() {
                return Err(Inside::Unknown.into());
            }
            let addresses: Addrs = Box::new(found.into_iter().map(|one| SocketAddr::new(one, 0)));
            Ok(addresses)
        })
    }
}
