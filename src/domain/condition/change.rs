use super::{Asker, Condition, Facts, Pattern, Test};
use crate::domain::act::Who;
use crate::domain::comment::{Channel, Comment, Visibility};
use crate::domain::id::{FieldId, PersonId};
use crate::domain::person::Role;
use crate::domain::ticket::Ticket;
use crate::domain::word::words;

/// What was done to a ticket just now: what triggers look at beside the ticket as it is afterwards.
#[derive(Clone, Copy, Debug)]
pub struct Update<'a> {
    /// The ticket as it was; none when it was just opened.
    pub before: Option<&'a Ticket>,
    /// What was said.
    pub comment: Option<&'a Comment>,
    /// Who did it.
    pub who: Who,
    /// What they may do in the account; none for the account itself.
    pub role: Option<Role>,
    /// By which way.
    pub via: Channel,
}

/// A test of what was done to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateTest {
    /// It was just opened. Whatever it has then it always had: nothing of it has changed (R138).
    Created,
    /// This is not what it was.
    Changed(Changeable),
    /// This became true of it: `status changed to solved`.
    Became(Box<Test>),
    /// This is no longer true of it: `status changed from open`.
    Ceased(Box<Test>),
    /// By which way it was done.
    Via(Channel),
    /// Who did it.
    By(By),
    /// What was said with it.
    Comment(CommentTest),
}

/// What of a ticket can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Changeable {
    /// Where it stands.
    Status,
    /// How much it matters.
    Priority,
    /// What sort of request it is.
    Kind,
    /// What sort of case it is.
    Type,
    /// What its requester thought of it.
    Satisfaction,
    /// The group that works on it.
    Group,
    /// Who works on it.
    Assignee,
    /// For whom it is.
    Requester,
    /// Where they belong.
    Organization,
    /// Its labels.
    Tags,
    /// Who is in copy.
    Ccs,
    /// Who follows it.
    Followers,
    /// When it is due.
    Due,
    /// Its title.
    Subject,
    /// Whether it is private.
    Privacy,
    /// Its status of the account's own.
    CustomStatus,
    /// What one of its fields holds.
    Field(FieldId),
}

impl Changeable {
    /// All but the account's own fields.
    pub const SYSTEM: [Self; 16] = [
        Self::Status,
        Self::Priority,
        Self::Kind,
        Self::Type,
        Self::Satisfaction,
        Self::Group,
        Self::Assignee,
        Self::Requester,
        Self::Organization,
        Self::Tags,
        Self::Ccs,
        Self::Followers,
        Self::Due,
        Self::Subject,
        Self::Privacy,
        Self::CustomStatus,
    ];

    /// Whether two states of a ticket differ in it.
    pub fn differs(self, before: &Ticket, after: &Ticket) -> bool {
        match self {
            Self::Status => before.status() != after.status(),
            Self::Priority => before.priority != after.priority,
            Self::Satisfaction => {
                let of = |ticket: &Ticket| ticket.rating.as_ref().map(|rating| (rating.score, rating.comment.clone()));
                of(before) != of(after)
            }
            Self::Type => before.ticket_type != after.ticket_type,
            Self::Kind => before.kind != after.kind,
            Self::Group => before.group != after.group,
            Self::Assignee => before.assignee != after.assignee,
            Self::Requester => before.requester != after.requester,
            Self::Organization => before.organization != after.organization,
            Self::Tags => before.tags != after.tags,
            Self::Ccs => before.ccs != after.ccs,
            Self::Followers => before.followers != after.followers,
            Self::Due => before.due_at != after.due_at,
            Self::Subject => before.subject != after.subject,
            Self::Privacy => before.is_public() != after.is_public(),
            Self::CustomStatus => before.custom_status != after.custom_status,
            Self::Field(id) => before.fields.get(&id) != after.fields.get(&id),
        }
    }
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// Somebody who works tickets.
    Agent,
    /// An end user.
    EndUser,
    /// The ticket's requester.
    Requester,
    /// Its assignee.
    Assignee,
    /// The account itself: a rule.
    Account,
    /// This person.
    Person(PersonId),
}

/// A test of what was said with an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommentTest {
    /// Something was said.
    Present,
    /// It was said in public.
    Public,
    /// It is a note.
    Internal,
    /// These words stand together in it.
    Words(Pattern),
}

impl UpdateTest {
    pub(super) fn holds(&self, update: &Update<'_>, facts: &Facts<'_>, asker: &Asker) -> bool {
        match self {
            Self::Created => update.before.is_none(),
            Self::Changed(what) => update.before.is_some_and(|before| what.differs(before, facts.ticket)),
            Self::Became(test) => test.holds(facts, asker) && update.held(test, facts, asker) == Some(false),
            Self::Ceased(test) => !test.holds(facts, asker) && update.held(test, facts, asker) == Some(true),
            Self::Via(channel) => update.via == *channel,
            Self::By(by) => by.holds(update, facts.ticket),
            Self::Comment(test) => update.comment.is_some_and(|comment| test.holds(comment)),
        }
    }
}

impl Update<'_> {
    /// Whether a test was true of the ticket before; none when there was no ticket.
    fn held(&self, test: &Test, facts: &Facts<'_>, asker: &Asker) -> Option<bool> {
        let before = Facts { ticket: self.before?, update: None, ..*facts };
        Some(test.holds(&before, asker))
    }

    /// What was tested, of the ticket as it was.
    pub(super) fn before<'f>(&'f self, facts: &Facts<'f>) -> Option<Facts<'f>> {
        Some(Facts { ticket: self.before?, update: None, ..*facts })
    }
}

impl By {
    fn holds(self, update: &Update<'_>, ticket: &Ticket) -> bool {
        let person = update.who.person();
        match self {
            Self::Agent => person.is_some() && update.role.is_some_and(Role::is_staff),
            Self::EndUser => person.is_some() && update.role == Some(Role::EndUser),
            Self::Requester => person == Some(ticket.requester),
            Self::Assignee => person.is_some() && person == ticket.assignee,
            Self::Account => person.is_none(),
            Self::Person(id) => person == Some(id),
        }
    }
}

impl CommentTest {
    fn holds(&self, comment: &Comment) -> bool {
        match self {
            Self::Present => true,
            Self::Public => comment.visibility == Visibility::Public,
            Self::Internal => comment.visibility == Visibility::Internal,
            Self::Words(pattern) => pattern.stands_in(&words(&comment.body)),
        }
    }
}

impl From<UpdateTest> for Condition {
    fn from(test: UpdateTest) -> Self {
        Self::Test(Test::Update(test))
    }
}
