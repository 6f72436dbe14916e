//! Accounts elsewhere: one way of asking over the network ([`Transport`]), and what is asked over it. Another Guichet is
//! asked in our own dialect, without loss; an account at Zendesk in Zendesk's.

/// What is kept of a sign-in.
pub mod keep;
mod listen;
mod native;
mod oauth;
mod probe;
mod sign_in;
mod sorting;
mod transport;
mod zendesk;

pub use native::Guichet;
pub use oauth::Asking;
pub use sign_in::SignIn;
pub use transport::{Target, Transport};
pub use zendesk::{Governor, Zendesk};
