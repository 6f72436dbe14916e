use super::holds::linked;
use super::{Asker, Changeable, Facts, Label, Link, Person, Test, Update, UpdateTest};
use crate::domain::case::{Satisfaction, TicketType};
use crate::domain::comment::{Channel, Visibility};
use crate::domain::field::Value;
use crate::domain::id::{FieldId, PersonId, StatusId};
use crate::domain::person::{EmailAddress, Role};
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;

/// What a ticket has where a test asks for something (Z09).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actual {
    /// It has none.
    Nothing,
    /// A number.
    Number(i64),
    /// A status.
    Status(Status),
    /// A priority.
    Priority(Priority),
    /// A type.
    Type(TicketType),
    /// What its requester thought.
    Satisfaction(Satisfaction),
    /// People, a group, an organization, a kind.
    Things(Link, Vec<i64>),
    /// Short texts.
    Labels(Vec<String>),
    /// A moment.
    Moment(Timestamp),
    /// A way of coming.
    Channel(Channel),
    /// Whether it is private.
    Private(bool),
    /// A language, or a mail domain.
    Word(String),
    /// A role.
    Role(Role),
    /// Whether it was just opened.
    Created(bool),
    /// Who did something; none for the account itself.
    By(Option<PersonId>),
    /// Something said.
    Comment(Visibility),
    /// What it was, and what it is; what it was is not there when it was just opened.
    Change(Option<Box<Self>>, Box<Self>),
    /// It is this ticket's title.
    Subject(String),
    /// A status of the account's own.
    CustomStatus(StatusId),
    /// What a field holds.
    Field(Value),
}

impl Actual {
    /// What a ticket has; none of texts, which are too long to be told.
    pub(super) fn of(test: &Test, facts: &Facts<'_>, asker: &Asker) -> Option<Self> {
        let ticket = facts.ticket;
        Some(match test {
            Test::Number(..) => Self::Number(ticket.id.0),
            Test::Status(..) => Self::Status(asker.status(ticket.state)),
            Test::Priority(..) => priority(ticket),
            Test::Type(_) => ticket_type(ticket),
            Test::Satisfaction(_) => Self::Satisfaction(Satisfaction::of(ticket.rating.as_ref())),
            Test::Link(link, _) => things(*link, ticket),
            Test::Label(Label::Tag, _) => labels(ticket.tags.iter().map(Tag::as_str)),
            Test::Label(Label::ExternalId, _) => labels(ticket.external_id.as_deref()),
            Test::Time(moment, ..) | Test::Never(moment) => {
                asker.moment(*moment, ticket).map_or(Self::Nothing, Self::Moment)
            }
            Test::Via(_) => Self::Channel(ticket.via),
            Test::Private(_) => Self::Private(!ticket.is_public()),
            Test::Comments(..) => Self::Number(i64::from(asker.comments(ticket))),
            Test::CustomStatus(_) => custom_status(ticket),
            Test::Field(id, _) => facts.held(*id).cloned().map_or(Self::Nothing, Self::Field),
            Test::Requester(is) => return requester(is, facts, asker),
            Test::Update(test) => return facts.update.as_ref().and_then(|update| done(test, update, facts, asker)),
            Test::HasAttachment(_) | Test::Text(..) | Test::NumberOrWord(_) => return None,
        })
    }
}

fn priority(ticket: &Ticket) -> Actual {
    ticket.priority.map_or(Actual::Nothing, Actual::Priority)
}

fn ticket_type(ticket: &Ticket) -> Actual {
    ticket.ticket_type.map_or(Actual::Nothing, Actual::Type)
}

fn custom_status(ticket: &Ticket) -> Actual {
    ticket.custom_status.map_or(Actual::Nothing, Actual::CustomStatus)
}

fn field(id: FieldId, ticket: &Ticket) -> Actual {
    ticket.fields.get(&id).cloned().map_or(Actual::Nothing, Actual::Field)
}

fn things(link: Link, ticket: &Ticket) -> Actual {
    let ids = linked(link, ticket);
    if ids.is_empty() { Actual::Nothing } else { Actual::Things(link, ids) }
}

fn labels<'a>(labels: impl IntoIterator<Item = &'a str>) -> Actual {
    let labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
    if labels.is_empty() { Actual::Nothing } else { Actual::Labels(labels) }
}

fn requester(is: &Person, facts: &Facts<'_>, asker: &Asker) -> Option<Actual> {
    let person = facts.requester?;
    Some(match is {
        Person::Language(_) => Actual::Word(person.language.as_ref().unwrap_or(&asker.around.language).to_lowercase()),
        Person::Role(_) => Actual::Role(person.role),
        Person::Domain(_) => person.email.as_ref().map(EmailAddress::domain).map_or(Actual::Nothing, Actual::Word),
    })
}

fn done(test: &UpdateTest, update: &Update<'_>, facts: &Facts<'_>, asker: &Asker) -> Option<Actual> {
    let both = |before: Option<Actual>, after: Actual| Actual::Change(before.map(Box::new), Box::new(after));
    Some(match test {
        UpdateTest::Created => Actual::Created(update.before.is_none()),
        UpdateTest::Changed(what) => both(update.before.map(|was| state(*what, was)), state(*what, facts.ticket)),
        UpdateTest::Became(test) | UpdateTest::Ceased(test) => {
            let before = update.before(facts).and_then(|before| Actual::of(test, &before, asker));
            both(before, Actual::of(test, facts, asker)?)
        }
        UpdateTest::Via(_) => Actual::Channel(update.via),
        UpdateTest::By(_) => Actual::By(update.who.person()),
        UpdateTest::Comment(_) => update.comment.map_or(Actual::Nothing, |comment| Actual::Comment(comment.visibility)),
    })
}

/// What can change, as it is on a ticket.
fn state(what: Changeable, ticket: &Ticket) -> Actual {
    match what {
        Changeable::Status => Actual::Status(ticket.status()),
        Changeable::Priority => priority(ticket),
        Changeable::Satisfaction => Actual::Satisfaction(Satisfaction::of(ticket.rating.as_ref())),
        Changeable::Type => ticket_type(ticket),
        Changeable::Kind => things(Link::Kind, ticket),
        Changeable::Group => things(Link::Group, ticket),
        Changeable::Assignee => things(Link::Assignee, ticket),
        Changeable::Requester => things(Link::Requester, ticket),
        Changeable::Organization => things(Link::Organization, ticket),
        Changeable::Tags => labels(ticket.tags.iter().map(Tag::as_str)),
        Changeable::Ccs => things(Link::Cc, ticket),
        Changeable::Followers => things(Link::Follower, ticket),
        Changeable::Due => ticket.due_at.map_or(Actual::Nothing, Actual::Moment),
        Changeable::Subject => Actual::Subject(ticket.subject.clone()),
        Changeable::Privacy => Actual::Private(!ticket.is_public()),
        Changeable::CustomStatus => custom_status(ticket),
        Changeable::Field(id) => field(id, ticket),
    }
}
