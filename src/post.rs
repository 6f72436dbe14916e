//! Between the account and the mail that leaves and reaches it. Nothing is decided here: what is said to whom the account
//! decides, how it travels the mail layer knows.

/// Webhooks' calls.
pub mod caller;
/// Letters out.
pub mod courier;
/// Mail in.
pub mod receiving;
/// Mail in that is nobody's.
pub mod suspended;
