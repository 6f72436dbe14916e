//! The words with which tests begin.

use crate::domain::condition::{Changeable, Link, Moment, Place};
use crate::domain::id::FieldId;
use crate::domain::status::Status;

/// What a test is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Number,
    Status,
    CustomStatus,
    Priority,
    Type,
    Satisfaction,
    Link(Link),
    Tags,
    ExternalId,
    Moment(Moment),
    Channel,
    Attachments,
    Ticket,
    Privacy,
    Text(Place),
    NumberOrWord,
    Comments,
    /// Of which field is told by the name that follows.
    Field(FieldId),
    Language,
    Role,
    Domain,
    Via,
    By,
    Comment,
    /// Sharing, in either direction.
    Shared,
}

/// Each with its words; where several mean the same, the first is written.
pub(super) const PHRASES: [(&str, Subject); 47] = [
    ("status", Subject::Status),
    ("custom status", Subject::CustomStatus),
    ("priority", Subject::Priority),
    ("type", Subject::Type),
    ("satisfaction", Subject::Satisfaction),
    ("kind", Subject::Link(Link::Kind)),
    ("group", Subject::Link(Link::Group)),
    ("assignee", Subject::Link(Link::Assignee)),
    ("requester", Subject::Link(Link::Requester)),
    ("submitter", Subject::Link(Link::Submitter)),
    ("organization", Subject::Link(Link::Organization)),
    ("cc", Subject::Link(Link::Cc)),
    ("follower", Subject::Link(Link::Follower)),
    ("tags", Subject::Tags),
    ("tag", Subject::Tags),
    ("field", Subject::Field(FieldId(0))),
    ("subject", Subject::Text(Place::Subject)),
    ("conversation", Subject::Text(Place::Comments)),
    ("text", Subject::Text(Place::Anywhere)),
    ("text or number", Subject::NumberOrWord),
    ("number", Subject::Number),
    ("external id", Subject::ExternalId),
    ("channel", Subject::Channel),
    ("attachments", Subject::Attachments),
    ("comments", Subject::Comments),
    ("ticket", Subject::Ticket),
    ("privacy", Subject::Privacy),
    ("requester language", Subject::Language),
    ("requester role", Subject::Role),
    ("requester domain", Subject::Domain),
    ("created", Subject::Moment(Moment::Created)),
    ("updated", Subject::Moment(Moment::Updated)),
    ("due", Subject::Moment(Moment::Due)),
    ("done", Subject::Moment(Moment::Solved)),
    ("assigned", Subject::Moment(Moment::Assigned)),
    ("requester answered", Subject::Moment(Moment::RequesterSaid)),
    ("assignee answered", Subject::Moment(Moment::AssigneeSaid)),
    ("new", Subject::Moment(Moment::Entered(Status::New))),
    ("open", Subject::Moment(Moment::Entered(Status::Open))),
    ("pending", Subject::Moment(Moment::Entered(Status::Pending))),
    ("hold", Subject::Moment(Moment::Entered(Status::Hold))),
    ("solved", Subject::Moment(Moment::Entered(Status::Solved))),
    ("closed", Subject::Moment(Moment::Entered(Status::Closed))),
    ("update via", Subject::Via),
    ("update by", Subject::By),
    ("comment", Subject::Comment),
    ("received from", Subject::Shared),
];

/// Further words of the same.
pub(super) const OTHERS: [(&str, Subject); 2] =
    [("on-hold", Subject::Moment(Moment::Entered(Status::Hold))), ("sent to", Subject::Shared)];

impl Subject {
    /// The words with which it is written.
    pub(super) fn words(self) -> &'static str {
        let wanted = if let Self::Field(_) = self { Self::Field(FieldId(0)) } else { self };
        PHRASES.iter().find(|(_, subject)| *subject == wanted).map_or("", |(words, _)| words)
    }

    /// What of a ticket changes with it.
    pub(super) const fn changes(self) -> Option<Changeable> {
        Some(match self {
            Self::Status => Changeable::Status,
            Self::CustomStatus => Changeable::CustomStatus,
            Self::Priority => Changeable::Priority,
            Self::Type => Changeable::Type,
            Self::Satisfaction => Changeable::Satisfaction,
            Self::Link(Link::Kind) => Changeable::Kind,
            Self::Link(Link::Group) => Changeable::Group,
            Self::Link(Link::Assignee) => Changeable::Assignee,
            Self::Link(Link::Requester) => Changeable::Requester,
            Self::Link(Link::Organization) => Changeable::Organization,
            Self::Link(Link::Cc) => Changeable::Ccs,
            Self::Link(Link::Follower) => Changeable::Followers,
            Self::Tags => Changeable::Tags,
            Self::Moment(Moment::Due) => Changeable::Due,
            Self::Text(Place::Subject) => Changeable::Subject,
            Self::Privacy | Self::Ticket => Changeable::Privacy,
            Self::Field(id) => Changeable::Field(id),
            _ => return None,
        })
    }

    /// What is written of a change.
    pub(super) const fn of_change(what: Changeable) -> Self {
        match what {
            Changeable::Status => Self::Status,
            Changeable::CustomStatus => Self::CustomStatus,
            Changeable::Priority => Self::Priority,
            Changeable::Type => Self::Type,
            Changeable::Satisfaction => Self::Satisfaction,
            Changeable::Kind => Self::Link(Link::Kind),
            Changeable::Group => Self::Link(Link::Group),
            Changeable::Assignee => Self::Link(Link::Assignee),
            Changeable::Requester => Self::Link(Link::Requester),
            Changeable::Organization => Self::Link(Link::Organization),
            Changeable::Ccs => Self::Link(Link::Cc),
            Changeable::Followers => Self::Link(Link::Follower),
            Changeable::Tags => Self::Tags,
            Changeable::Due => Self::Moment(Moment::Due),
            Changeable::Subject => Self::Text(Place::Subject),
            Changeable::Privacy => Self::Privacy,
            Changeable::Field(id) => Self::Field(id),
        }
    }

    /// Whether its values have an order.
    pub(super) const fn is_ordered(self) -> bool {
        matches!(self, Self::Number | Self::Status | Self::Priority | Self::Comments | Self::Field(_))
    }

    /// Whether it has values that `changed to` can name.
    pub(super) const fn has_values(self) -> bool {
        matches!(
            self,
            Self::Status
                | Self::CustomStatus
                | Self::Priority
                | Self::Type
                | Self::Satisfaction
                | Self::Link(_)
                | Self::Tags
                | Self::Ticket
                | Self::Field(_)
        )
    }
}
