//! Accounts elsewhere: one way of asking over the network ([`Transport`]), and what is asked over it. Another Guichet is
//! asked in our own dialect, without loss.

mod native;
mod sign_in;
mod sorting;
mod transport;

pub use native::Guichet;
pub use sign_in::SignIn;
pub use transport::{Target, Transport};
