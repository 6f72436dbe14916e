use lettre::transport::smtp::client::AsyncTokioStream;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// As many bytes may a server say before it is our turn again. Whoever reads them looks through all lines of an answer
/// again with each new one.
const MOST: u64 = 16 * 1024;

/// The command after which the conversation begins anew, encrypted.
const UPGRADE: &[u8] = b"STARTTLS\r\n";

/// A connection that ends when the other side talks too much, or goes on talking in the clear where encryption begins:
/// what somebody on the way put in there would be taken for the server's later answers.
#[derive(Debug)]
pub(super) struct Bounded {
    stream: TcpStream,
    left: u64,
    upgrading: bool,
}

impl Bounded {
    pub(super) const fn new(stream: TcpStream) -> Self {
        Self { stream, left: MOST, upgrading: false }
    }
}

impl AsyncRead for Bounded {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.left == 0 {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, "the server says too much")));
        }
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buf);
        let read = buf.filled().get(before..).unwrap_or_default();
        self.left = self.left.saturating_sub(read.len() as u64);
        if let Some(end) = read.iter().position(|byte| *byte == b'\n').filter(|_| self.upgrading) {
            self.upgrading = false;
            if end + 1 < read.len() {
                let why = "words in the clear where encryption begins";
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, why)));
            }
        }
        polled
    }
}

impl AsyncWrite for Bounded {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.upgrading |= bytes == UPGRADE;
        self.left = MOST;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl AsyncTokioStream for Bounded {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}
