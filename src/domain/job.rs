//! Work of many rows that somebody asked for at once. Each row is an act of theirs by itself: what a job may do is what
//! they may do, and one row that is refused stands against no other.

use super::id::PersonId;
use super::person::{Person, Role};
use super::refusal::Refusal;
use super::time::{Span, Timestamp};

/// What is done with each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobSort {
    /// A new ticket.
    CreateTickets,
    /// A ticket changes.
    UpdateTickets,
    /// A ticket is deleted.
    DeleteTickets,
    /// A ticket is deleted, and who asked shut out.
    SpamTickets,
    /// A deleted ticket goes for good.
    PurgeTickets,
    /// A ticket is closed in favour of another.
    MergeTickets,
    /// A new person.
    CreateUsers,
    /// A person changes, or is made.
    CreateOrUpdateUsers,
    /// A person changes.
    UpdateUsers,
    /// A person is taken out.
    DeleteUsers,
    /// A new organization.
    CreateOrganizations,
    /// An organization changes.
    UpdateOrganizations,
    /// An organization is deleted.
    DeleteOrganizations,
    /// Somebody who belongs nowhere is put somewhere.
    CreateOrganizationMemberships,
    /// Somebody belongs nowhere any more.
    DeleteOrganizationMemberships,
    /// An agent works in another group too.
    CreateGroupMemberships,
    /// An agent works in a group no longer.
    DeleteGroupMemberships,
}

impl JobSort {
    /// All.
    pub const ALL: [Self; 17] = [
        Self::CreateTickets,
        Self::UpdateTickets,
        Self::DeleteTickets,
        Self::SpamTickets,
        Self::PurgeTickets,
        Self::MergeTickets,
        Self::CreateUsers,
        Self::CreateOrUpdateUsers,
        Self::UpdateUsers,
        Self::DeleteUsers,
        Self::CreateOrganizations,
        Self::UpdateOrganizations,
        Self::DeleteOrganizations,
        Self::CreateOrganizationMemberships,
        Self::DeleteOrganizationMemberships,
        Self::CreateGroupMemberships,
        Self::DeleteGroupMemberships,
    ];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreateTickets => "create_tickets",
            Self::UpdateTickets => "update_tickets",
            Self::DeleteTickets => "delete_tickets",
            Self::SpamTickets => "spam_tickets",
            Self::PurgeTickets => "purge_tickets",
            Self::MergeTickets => "merge_tickets",
            Self::CreateUsers => "create_users",
            Self::CreateOrUpdateUsers => "create_or_update_users",
            Self::UpdateUsers => "update_users",
            Self::DeleteUsers => "delete_users",
            Self::CreateOrganizations => "create_organizations",
            Self::UpdateOrganizations => "update_organizations",
            Self::DeleteOrganizations => "delete_organizations",
            Self::CreateOrganizationMemberships => "create_organization_memberships",
            Self::DeleteOrganizationMemberships => "delete_organization_memberships",
            Self::CreateGroupMemberships => "create_group_memberships",
            Self::DeleteGroupMemberships => "delete_group_memberships",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobState {
    /// Nobody has begun with it, or somebody will go on.
    Queued,
    /// Somebody is at it.
    Working,
    /// Every row has its result.
    Completed,
    /// It came to no end, however often it was tried.
    Failed,
}

impl JobState {
    /// All, in the order of their numbers in the store.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Working, Self::Completed, Self::Failed];

    /// Whether nothing more happens to it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Failed)
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its name.
    pub id: String,
    /// Who began it.
    pub person: PersonId,
    /// What is done with each row.
    pub sort: JobSort,
    /// What tells it from another under the same name.
    pub digest: String,
    /// What all rows have in common, as it was sent; nothing once it is over.
    pub common: String,
    /// The rows as they were sent; none once it is over, for they hold texts.
    pub rows: Vec<String>,
    /// How many rows it has.
    pub total: u32,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// Where it stands.
    pub state: JobState,
    /// What became of the rows so far, in their order.
    pub results: Vec<String>,
    /// When it was over.
    pub done_at: Option<Timestamp>,
}

impl Job {
    /// The most rows.
    pub const MAX_ROWS: usize = 100;
    /// The most bytes of all rows together.
    pub const MAX_BYTES: usize = 8 * 1024 * 1024;
    /// The most jobs of an account that are not over.
    pub const MAX_WAITING: i64 = 30;
    /// For so long somebody has a job to themselves: whoever comes to an end leaves it to others then.
    pub const LEASE: Span = Span(30_000);
    /// So long it can be asked for once it is over.
    pub const KEPT: Span = Span::days(1);
    /// So often it may be taken without a single result before it is given up.
    pub const TRIES: usize = 10;

    /// Who may ask for it: whoever began it, and those who run the account.
    pub fn may_be_seen_by(&self, person: &Person) -> bool {
        person.role == Role::Admin || person.id == self.person
    }

    /// The name under which something of a row is done, however often it is tried.
    pub fn key(id: &str, row: usize, what: &str) -> String {
        format!("job:{id}:{row}:{what}")
    }
}

/// Whether somebody may begin a job of so many rows: only the team does.
///
/// # Errors
/// [`Refusal::Role`], [`Refusal::TooMuchAsked`]
pub fn may_begin(person: &Person, rows: usize) -> Result<(), Refusal> {
    if !person.role.is_staff() {
        return Err(Refusal::Role { needs: Role::Agent });
    }
    if rows > Job::MAX_ROWS {
        return Err(Refusal::TooMuchAsked { max: Job::MAX_ROWS as u64 });
    }
    Ok(())
}

/// What became of a job that was to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It waits.
    Now,
    /// It was begun before under the same name.
    Before,
    /// Another was begun under that name.
    Other,
    /// Too many wait.
    Full,
}
