//! What the team does with letters that did not leave, and with mails that are nobody's.

/// What is wanted of one of them, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailDeed {
    /// What was not sent waits again, and is tried at once. Admins only.
    PutBack(i64),
    /// What was not sent is not sent any more. Admins only.
    DropLetter(i64),
    /// A mail that is nobody's is thrown away. For those who work with all tickets.
    DropMail(i64),
}

/// What has become of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailEvent {
    /// It waits again.
    PutBack(i64),
    /// It is not sent any more.
    LetterDropped(i64),
    /// It was thrown away.
    MailDropped(i64),
}
