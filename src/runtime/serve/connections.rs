//! How many may be connected at once: who comes then is turned away before anything of theirs is read, so that neither
//! memory nor the number of open files comes to an end.

use crate::server::{Share, Shares, place};
use axum_server::accept::Accept;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Sleep;

/// So many at most, where the system lets this program open twice as many files.
const MOST: usize = 10_000;

/// How many may be connected. Raises the number of files this program may open as far as the system lets it.
pub(super) fn most() -> usize {
    usize::try_from(files()).unwrap_or(usize::MAX).checked_div(2).map_or(MOST, |half| half.clamp(64, MOST))
}

#[cfg(unix)]
fn files() -> u64 {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // Where it is refused, there are as many as before.
    let _ = setrlimit(Resource::Nofile, limit);
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

#[cfg(not(unix))]
fn files() -> u64 {
    u64::MAX
}

/// Lets so many in, and each as another way does.
#[derive(Clone)]
pub(super) struct Bounded<A> {
    inner: A,
    free: Arc<Semaphore>,
    /// How many each address has: none has more than a quarter of all.
    of_addresses: Shares<IpAddr>,
    behind_proxy: bool,
}

impl<A> Bounded<A> {
    /// Behind a proxy all come from one address, and it is the proxy that bounds what each may have.
    pub(super) fn new(inner: A, most: usize, behind_proxy: bool) -> Self {
        let of_addresses = Shares::new(most.div_ceil(4));
        Self { inner, free: Arc::new(Semaphore::new(most)), of_addresses, behind_proxy }
    }

    /// What a connection takes, where there is room for it.
    fn place(&self, stream: &TcpStream) -> io::Result<Place> {
        let of_all = Arc::clone(&self.free).try_acquire_owned().map_err(io::Error::other)?;
        if self.behind_proxy {
            return Ok(Place { _of_all: of_all, _of_address: None });
        }
        let address = place(stream.peer_addr()?.ip());
        let of_address =
            self.of_addresses.take(address).ok_or_else(|| io::Error::other("too many from one address"))?;
        Ok(Place { _of_all: of_all, _of_address: Some(of_address) })
    }
}

/// What a connection takes until it is closed.
struct Place {
    _of_all: OwnedSemaphorePermit,
    _of_address: Option<Share<IpAddr>>,
}

/// What letting somebody in comes to.
type Entering<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

impl<A, S> Accept<TcpStream, S> for Bounded<A>
where
    A: Accept<TcpStream, S>,
    A::Future: Send + 'static,
{
    type Stream = Held<A::Stream>;
    type Service = A::Service;
    type Future = Entering<(Self::Stream, Self::Service)>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = self.place(&stream);
        let entering = self.inner.accept(stream, service);
        Box::pin(async move {
            let place = place?;
            let (stream, service) = entering.await?;
            Ok((Held { stream, given_up: None, _place: place }, service))
        })
    }
}

/// So long nothing may be taken of what is written: who reads no answers is not waited for.
const STALLED: Duration = Duration::from_mins(1);

/// A connection with the place that it takes.
pub(super) struct Held<S> {
    stream: S,
    /// When it is given up, while nothing is taken.
    given_up: Option<Pin<Box<Sleep>>>,
    _place: Place,
}

impl<S> Held<S> {
    /// What writing came to, unless nothing was taken for too long.
    fn patient<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.given_up = None;
            return written;
        }
        let given_up = self.given_up.get_or_insert_with(|| Box::pin(tokio::time::sleep(STALLED)));
        match given_up.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Held<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Held<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.patient(cx, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.patient(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.patient(cx, shut)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.patient(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
