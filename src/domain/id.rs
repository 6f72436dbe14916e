use std::fmt;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

id! {
    /// A ticket's number, the one people say aloud. Starts at 1, never used twice in an account.
    TicketId,
    /// A person of the account.
    PersonId,
    /// An organization: the company or branch that requesters belong to.
    OrganizationId,
    /// A group of agents.
    GroupId,
    /// A comment, public or internal; unique in the account and ascending in time.
    CommentId,
    /// A file on a comment.
    AttachmentId,
    /// An audit: everything that one act did to one ticket.
    AuditId,
    /// Business hours.
    ScheduleId,
    /// A kind of request: on the wire `ticket_form_id` (D29).
    KindId,
    /// A field of tickets, people or organizations.
    FieldId,
    /// A status that an admin made within one of the categories.
    StatusId,
    /// A trigger, automation, macro or view: they share one count.
    RuleId,
    /// The text of a notice.
    TextId,
    /// An address to which triggers send what happened.
    WebhookId,
}
