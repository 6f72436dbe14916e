//! An account from afar, between two Guichets: each method of [`Client`](super::Client) as a call with its ask and its
//! answer in JSON. One table makes the calls, answers them and describes them, so that no side can lack one.

mod call;
mod method;
mod rehearsals;
mod rows;
mod table;

pub use call::{Answered, Call, Fault, METHODS, answer};
pub(super) use call::{REHEARSE, UPLOAD};
pub use method::Method;
pub use rehearsals::{Rehearsals, Rehearse, Rehearsed};
pub(super) use table::methods;

/// Under which path the methods stand: `/api/guichet/v1/session`.
pub const PREFIX: &str = "/api/guichet/v1";
/// The header of every answer that says that a Guichet gave it, and which version of these methods it has.
pub const MARK: &str = "x-guichet";
/// The header that says by which way whoever asks has come: `web` for the full screen, `api` for everything else.
pub const VIA: &str = "guichet-via";
/// The header that bears the name under which an act is sent, percent-encoded.
pub const KEY: &str = "idempotency-key";
