use super::condition::Condition;
use super::id::{FieldId, RuleId};
use super::rule::Owner;

/// In which order tickets are listed; equal ones by number, the same way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sort {
    /// By what.
    pub by: SortKey,
    /// Largest or latest first.
    pub descending: bool,
}

impl Sort {
    /// The latest opened first.
    pub const NEWEST: Self = Self { by: SortKey::Id, descending: true };
    /// The latest changed first.
    pub const LATEST: Self = Self { by: SortKey::Updated, descending: true };
    /// The most urgent first (R159).
    pub const URGENT: Self = Self { by: SortKey::Priority, descending: true };
}

/// By what tickets are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortKey {
    /// The last change (for requests: that their requester may know of).
    Updated,
    /// The number, which is the order of opening.
    Id,
    /// The status.
    Status,
    /// The priority; tickets without one count as the least.
    Priority,
    /// How well a search's words fit, best first either way; only the newest finds are weighed.
    Relevance,
}

impl SortKey {
    /// All.
    pub const ALL: [Self; 5] = [Self::Updated, Self::Id, Self::Status, Self::Priority, Self::Relevance];

    /// The name in queries and scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Updated => "updated",
            Self::Id => "created",
            Self::Status => "status",
            Self::Priority => "priority",
            Self::Relevance => "relevance",
        }
    }

    /// The key of that name; the REST API's `updated_at` and `created_at` are understood too.
    pub fn parse(name: &str) -> Option<Self> {
        let bare = name.strip_suffix("_at").unwrap_or(name);
        if bare == "id" { Some(Self::Id) } else { Self::ALL.into_iter().find(|key| key.name() == bare) }
    }
}

/// A saved list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Which.
    pub id: RuleId,
    /// Its name in scripts, such as `unassigned`.
    pub slug: String,
    /// As people read it; none for stock ones, whose names stand in the words files by their slug.
    pub title: Option<String>,
    /// What it is for.
    pub description: String,
    /// Whether it is shown.
    pub active: bool,
    /// Its place among the tabs, from 1.
    pub position: i64,
    /// Who has it.
    pub owner: Owner,
    /// What it lists (D34).
    pub when: Condition,
    /// In which order.
    pub sort: Sort,
    /// By what its rows are gathered.
    pub group_by: Option<Column>,
    /// What its rows show; the usual when empty.
    pub columns: Vec<Column>,
}

/// What a row of a list can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The number.
    Id,
    /// The title.
    Subject,
    /// For whom.
    Requester,
    /// Where they belong.
    Organization,
    /// Who works on it.
    Assignee,
    /// The group that works on it.
    Group,
    /// What sort of request.
    Kind,
    /// What sort of case.
    Type,
    /// Where it stands.
    Status,
    /// How much it matters.
    Priority,
    /// Labels.
    Tags,
    /// When it was opened.
    Created,
    /// The last change.
    Updated,
    /// When it is due.
    Due,
    /// A field of the account's own.
    Field(FieldId),
}

impl Column {
    /// All that need no field of the account's own.
    pub const SYSTEM: [Self; 14] = [
        Self::Id,
        Self::Subject,
        Self::Requester,
        Self::Organization,
        Self::Assignee,
        Self::Group,
        Self::Kind,
        Self::Type,
        Self::Status,
        Self::Priority,
        Self::Tags,
        Self::Created,
        Self::Updated,
        Self::Due,
    ];

    /// Whether rows can be gathered by it: each has one such thing or none.
    pub const fn gathers(self) -> bool {
        matches!(
            self,
            Self::Requester
                | Self::Organization
                | Self::Assignee
                | Self::Group
                | Self::Kind
                | Self::Type
                | Self::Status
                | Self::Priority
        )
    }

    /// The name in scripts; fields of the account's own are named by their slug.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Subject => "subject",
            Self::Requester => "requester",
            Self::Organization => "organization",
            Self::Assignee => "assignee",
            Self::Group => "group",
            Self::Kind => "kind",
            Self::Type => "type",
            Self::Status => "status",
            Self::Priority => "priority",
            Self::Tags => "tags",
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Due => "due",
            Self::Field(_) => "field",
        }
    }
}
