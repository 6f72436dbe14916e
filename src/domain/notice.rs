//! What people are told, and why they are not.

use super::id::{PersonId, RuleId, TextId};
use super::person::EmailAddress;
use std::collections::BTreeMap;

/// A text for notices, in one or more languages, with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeText {
    /// Which.
    pub id: TextId,
    /// The name in scripts, such as `request-received`.
    pub slug: String,
    /// What it is for.
    pub description: String,
    /// The texts by language, such as `en`; never empty.
    pub bodies: BTreeMap<String, Wording>,
}

/// A notice in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The mail's subject.
    pub subject: String,
    /// What is said.
    pub body: String,
}

impl NoticeText {
    /// The wording for a reader of a language: theirs, the account's, English, or whatever there is.
    pub fn wording(&self, language: &str, usual: &str) -> Option<&Wording> {
        let exact = |name: &str| self.bodies.get(name).or_else(|| self.bodies.get(name.split(['-', '_']).next()?));
        exact(language).or_else(|| exact(usual)).or_else(|| exact("en")).or_else(|| self.bodies.values().next())
    }
}

/// A notice as history names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoticeRef {
    /// The rule that sends it.
    pub rule: RuleId,
    /// Its text.
    pub text: TextId,
    /// To whom.
    pub to: Addressee,
}

/// Who gets a notice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addressee {
    /// Somebody of the account.
    Person(PersonId),
    /// An address that a rule names.
    Address(EmailAddress),
}

/// Why a notice was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeldBack {
    /// The ticket is private, and they are no agent (D7, R114).
    Private,
    /// They have no address, and do not sign in (R045).
    NoAddress,
    /// They stand for somebody of a partner account (D6).
    Placeholder,
    /// They are suspended.
    Suspended,
    /// They did it themselves.
    OwnAct,
    /// It answers an automatic mail, or too many went to them: two programs may be answering each other.
    Loop,
    /// They were told the same by the same act already.
    Told,
    /// What was said is internal, and they are no agent (R126).
    Internal,
}

impl HeldBack {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Private,
        Self::NoAddress,
        Self::Placeholder,
        Self::Suspended,
        Self::OwnAct,
        Self::Loop,
        Self::Told,
        Self::Internal,
    ];

    /// The name in history.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::NoAddress => "no_address",
            Self::Placeholder => "placeholder",
            Self::Suspended => "suspended",
            Self::OwnAct => "own_act",
            Self::Loop => "loop",
            Self::Told => "told",
            Self::Internal => "internal",
        }
    }

    /// The reason of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }
}
