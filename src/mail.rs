//! Mail, out and in: what a letter is made of, how it is sent, when it is tried again; what an incoming mail says, by whom,
//! and whether a machine wrote it.
//!
//! Nothing here knows the store, a screen or the clock. Whoever sends hands in a [`letter::Letter`] with its moment and
//! its stable Message-ID, whoever receives gets an [`incoming::Incoming`] or a reason why not. What a mail may do to the
//! account is decided where everything is decided.

/// When a letter that could not be sent is tried again.
pub mod backoff;
/// What an incoming mail says.
pub mod incoming;
/// A letter as data, and as bytes.
pub mod letter;
/// Folders of mail: one file a message.
pub mod maildir;
/// The words of a reply without what it quotes.
pub mod quote;
/// What the configuration says of mail.
pub mod settings;
/// The token by which a reply finds its ticket and proves whose it is.
pub mod token;
/// How letters leave.
pub mod transport;
