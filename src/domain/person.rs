use super::id::{GroupId, OrganizationId, PersonId};
use super::time::Timestamp;
use std::fmt;

/// What a person may do in the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Submits requests and follows them.
    EndUser,
    /// Works tickets.
    Agent,
    /// Works tickets and runs the account.
    Admin,
}

impl Role {
    /// The name on the wire and in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EndUser => "end-user",
            Self::Agent => "agent",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::EndUser, Self::Agent, Self::Admin].into_iter().find(|role| role.name() == name)
    }

    /// Whether this role works tickets: agents and admins do.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Agent | Self::Admin)
    }
}

/// Somebody known to the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// As others see it.
    pub name: String,
    /// Where mail reaches them; unique in the account.
    pub email: Option<EmailAddress>,
    /// As typed; compared by its digits.
    pub phone: Option<String>,
    /// What they may do.
    pub role: Role,
    /// Where they belong.
    pub organization: Option<OrganizationId>,
    /// The groups in which an agent works, the default one first.
    pub groups: Vec<GroupId>,
    /// The language they read, such as `fr`; the account's when none.
    pub language: Option<String>,
    /// A suspended person can neither sign in nor act.
    pub suspended: bool,
    /// Their number in the system they were imported from.
    pub external_id: Option<String>,
    /// When they became known.
    pub created_at: Timestamp,
}

impl Person {
    /// The longest name, in characters: an address can be one.
    pub const MAX_NAME_CHARS: usize = 254;
    /// The longest phone number, number elsewhere or language, in characters.
    pub const MAX_LINE_CHARS: usize = 255;
}

/// A mail address. Compared without regard to case, kept as typed.
#[derive(Clone, Debug)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address: one `@` with something on both sides, no spaces or control characters, at most 254 bytes.
    /// Whether mail really arrives only sending can tell.
    ///
    /// # Errors
    /// The text itself when it is no address.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let trimmed = text.trim();
        let fault = || BadAddress(text.to_owned());
        let (local, domain) = trimmed.rsplit_once('@').ok_or_else(fault)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\"\\".contains(c);
        let fits = trimmed.len() <= 254 && !local.is_empty() && local.len() <= 64 && !local.contains('@');
        let named = !domain.is_empty() && !domain.starts_with(['.', '-']) && !domain.ends_with(['.', '-']);
        if fits && named && !domain.contains("..") && trimmed.chars().all(plain) {
            Ok(Self(trimmed.to_owned()))
        } else {
            Err(fault())
        }
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form by which two addresses are compared.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }

    /// What stands after the `@`, folded.
    pub fn domain(&self) -> String {
        self.0.rsplit_once('@').map_or_else(String::new, |(_, domain)| domain.to_lowercase())
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }
}

impl Eq for EmailAddress {}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAddress(pub String);

/// A person as an act names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonRef {
    /// Somebody known.
    Id(PersonId),
    /// By address; an unknown one becomes a new end user (R107).
    Address(EmailAddress),
    /// A new end user with a name (R107), or the known one with that address.
    Named {
        /// As others will see it.
        name: String,
        /// Where mail will reach them.
        email: EmailAddress,
    },
}
