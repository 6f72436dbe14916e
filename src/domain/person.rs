use super::form::Values;
use super::id::{GroupId, OrganizationId, PersonId};
use super::profile::Profile;
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

/// Which tickets an agent works with; admins work with all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Restriction {
    /// All.
    #[default]
    None,
    /// Those of their groups.
    Groups,
    /// Those of their organization.
    Organization,
    /// Those that are assigned to them.
    Assigned,
}

impl Restriction {
    /// All, the widest first.
    pub const ALL: [Self; 4] = [Self::None, Self::Groups, Self::Organization, Self::Assigned];

    /// The name on the wire (`ticket_restriction`) and in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Groups => "groups",
            Self::Organization => "organization",
            Self::Assigned => "assigned",
        }
    }

    /// The restriction of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Whether somebody belongs to the account like everybody else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Like everybody else.
    #[default]
    Active,
    /// Asked for access and has no password yet: cannot act (R155).
    Pending,
    /// Asked for access, which somebody of the team has to allow first: cannot act.
    Unapproved,
    /// Merged into another, to whom their number leads.
    Merged(PersonId),
    /// Taken out of the account: only their name is left on what they did.
    Deleted,
    /// Deleted, and their name too.
    Erased,
}

impl Standing {
    /// The name on the wire and in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Unapproved => "unapproved",
            Self::Merged(_) => "merged",
            Self::Deleted => "deleted",
            Self::Erased => "erased",
        }
    }

    /// Whether nobody is behind it any more.
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Merged(_) | Self::Deleted | Self::Erased)
    }
}

/// An agent's absence: nothing is assigned to them by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Away {
    /// When they are back; until they say so when none.
    pub until: Option<Timestamp>,
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
    /// Their time zone by its IANA name, such as `Europe/Paris`; the account's when none.
    pub time_zone: Option<String>,
    /// Which tickets an agent works with.
    pub restriction: Restriction,
    /// Whether an agent is away.
    pub away: Option<Away>,
    /// A suspended person can neither sign in nor act.
    pub suspended: bool,
    /// Whether they belong to the account.
    pub standing: Standing,
    /// Their number in the system they were imported from.
    pub external_id: Option<String>,
    /// When they became known.
    pub created_at: Timestamp,
    /// What the account's own fields of people hold; one without a value is not there.
    pub fields: Values,
    /// What the team keeps of them for itself.
    pub profile: Option<Box<Profile>>,
    /// When something of them was different last; none where nobody is to know.
    pub updated_at: Option<Timestamp>,
}

impl Person {
    /// The longest name, in characters: an address can be one.
    pub const MAX_NAME_CHARS: usize = 254;
    /// The longest phone number, number elsewhere or language, in characters.
    pub const MAX_LINE_CHARS: usize = 255;

    /// Somebody of whom no more is known than a name.
    pub fn new(id: PersonId, name: impl Into<String>, role: Role, created_at: Timestamp) -> Self {
        Self {
            id,
            name: name.into(),
            email: None,
            phone: None,
            role,
            organization: None,
            groups: Vec::new(),
            language: None,
            time_zone: None,
            restriction: Restriction::None,
            away: None,
            suspended: false,
            standing: Standing::Active,
            external_id: None,
            created_at,
            fields: Values::new(),
            profile: None,
            updated_at: None,
        }
    }

    /// Whether they can sign in and act.
    pub fn may_act(&self) -> bool {
        !self.suspended && self.standing == Standing::Active
    }

    /// Whether they can be chosen to work on tickets: somebody of the team who can act.
    pub fn works(&self) -> bool {
        self.role.is_staff() && self.may_act()
    }

    /// Whether they can sign in and run the account. One such person there is always: the last one can be neither removed
    /// nor locked out.
    pub fn runs_the_account(&self) -> bool {
        self.role == Role::Admin && self.may_act() && self.email.is_some()
    }

    /// Whether they are away at a moment.
    pub fn is_away(&self, now: Timestamp) -> bool {
        self.away.is_some_and(|away| away.until.is_none_or(|until| now < until))
    }

    /// Whether work may be given to them by itself at a moment. People may still give it to them.
    pub fn takes_work(&self, now: Timestamp) -> bool {
        self.works() && !self.is_away(now)
    }
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

impl PartialOrd for EmailAddress {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EmailAddress {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.folded().cmp(&other.folded())
    }
}

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

/// Whose people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Those who belong to an organization.
    Organization(OrganizationId),
    /// The agents in a group.
    Group(GroupId),
}
