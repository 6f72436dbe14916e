use super::{ANY_FIELD, Label, Link, Moment, Op, Pattern, Person as Is, Place, Target, Test, Update, Value};
use crate::domain::account::{Organization, Settings};
use crate::domain::field::Value as Held;
use crate::domain::id::{FieldId, GroupId, OrganizationId, PersonId, ScheduleId};
use crate::domain::person::{EmailAddress, Person};
use crate::domain::schedule::Schedule;
use crate::domain::status::{State, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::{Ticket, portal_state};
use crate::domain::time::Timestamp;
use crate::domain::word::{indexed_comments, indexed_subject, words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that a condition can ask of a ticket.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The ticket itself.
    pub ticket: &'a Ticket,
    /// Its texts: all of them, or the public ones, as the one who asks may read.
    pub text: &'a Text,
    /// Whether there is a file on a comment that they may read.
    pub has_attachment: bool,
    /// What those are called to whom it points.
    pub names: &'a Names<'a>,
    /// Its requester, where they are known.
    pub requester: Option<&'a Person>,
    /// The organization that it is of, where it is known.
    pub organization: Option<&'a Organization>,
    /// What was done to it just now, for triggers.
    pub update: Option<Update<'a>>,
}

impl<'a> Facts<'a> {
    /// What a field holds: the ticket's, its requester's, or its organization's. No two have one number.
    pub(super) fn held(&self, id: FieldId) -> Option<&'a Held> {
        let person = || self.requester.and_then(|person| person.fields.get(&id));
        let organization = || self.organization.and_then(|organization| organization.fields.get(&id));
        self.ticket.fields.get(&id).or_else(person).or_else(organization)
    }
}

/// For a link and a number the names and, for people, the address in lower case. A kind's slug is a name too.
pub type Names<'a> = dyn Fn(Link, i64) -> Option<(Vec<String>, Option<String>)> + 'a;

/// The words of a ticket's texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Of its subject.
    pub subject: Vec<String>,
    /// Of what was said, one comment after the other.
    pub comments: Vec<String>,
}

impl Text {
    /// The words that can be found.
    pub fn of<'a>(subject: &str, comments: impl IntoIterator<Item = &'a str>) -> Self {
        Self { subject: words(&indexed_subject(subject)), comments: words(&indexed_comments(comments)) }
    }

    /// Whether a pattern's words stand together there.
    pub fn has(&self, place: Place, pattern: &Pattern) -> bool {
        let here = |text: &[String]| pattern.stands_in(text);
        match place {
            Place::Anywhere => here(&self.subject) || here(&self.comments),
            Place::Subject => here(&self.subject),
            Place::Comments => here(&self.comments),
        }
    }
}

/// Who asks, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    /// Who: `me`.
    pub person: PersonId,
    /// Their groups: `group:me`.
    pub groups: Vec<GroupId>,
    /// Their organization: `organization:me`.
    pub organization: Option<OrganizationId>,
    /// The present moment, for times that count from it.
    pub now: Timestamp,
    /// With whose eyes.
    pub sight: Sight,
    /// What of the account conditions look at.
    pub around: Arc<Around>,
}

/// What of an account conditions look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The language of people who chose none.
    pub language: String,
    /// Business hours.
    pub schedules: BTreeMap<ScheduleId, Schedule>,
}

/// With whose eyes a ticket is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// As agents see it.
    Staff,
    /// As its requester sees it, in an account with these settings (D8).
    Requester(Box<Settings>),
}

impl Asker {
    /// A ticket's status as they see it.
    pub fn status(&self, state: State) -> Status {
        match &self.sight {
            Sight::Staff => state.status(),
            Sight::Requester(settings) => portal_state(state, settings).status(),
        }
    }

    /// A ticket's moment as they see it.
    pub fn moment(&self, moment: Moment, ticket: &Ticket) -> Option<Timestamp> {
        match (moment, &self.sight) {
            (Moment::Created, _) => Some(ticket.created_at),
            (Moment::Updated, Sight::Staff) => Some(ticket.updated_at),
            (Moment::Updated, Sight::Requester(_)) => Some(ticket.requester_updated_at),
            (Moment::Solved, _) => ticket.solved_at,
            (Moment::Due, _) => ticket.due_at,
            (Moment::Entered(status), _) => (ticket.status() == status).then_some(ticket.status_at),
            (Moment::Assigned, _) => ticket.assigned_at,
            (Moment::RequesterSaid, _) => ticket.requester_said_at,
            (Moment::AssigneeSaid, _) => ticket.assignee_said_at,
        }
    }
}

impl Test {
    /// Whether it is true of a ticket for somebody at a moment.
    pub fn holds(&self, facts: &Facts<'_>, asker: &Asker) -> bool {
        let ticket = facts.ticket;
        match self {
            Self::Number(op, number) => op.compares(&ticket.id.0, number),
            Self::Status(op, status) => op.compares(&asker.status(ticket.state), status),
            Self::Priority(op, Some(wanted)) => ticket.priority.is_some_and(|has| op.compares(&has, wanted)),
            Self::Priority(op, None) => *op == Op::Is && ticket.priority.is_none(),
            Self::Satisfaction(wanted) => wanted.holds(ticket.rating.as_ref()),
            Self::Type(wanted) => ticket.ticket_type == *wanted,
            Self::Link(link, target) => target.is_among(*link, &linked(*link, ticket), facts, asker),
            Self::Label(Label::Tag, value) => value.is_among(ticket.tags.iter().map(Tag::as_str)),
            Self::Label(Label::ExternalId, value) => value.is_among(ticket.external_id.as_deref()),
            Self::Time(moment, op, when) => {
                let (from, until) = when.range(*moment, *op, asker);
                asker.moment(*moment, ticket).is_some_and(|at| from <= at.0 && at.0 < until)
            }
            Self::Never(moment) => asker.moment(*moment, ticket).is_none(),
            Self::Via(channel) => ticket.via == *channel,
            Self::HasAttachment(has) => facts.has_attachment == *has,
            Self::Private(private) => ticket.is_public() != *private,
            Self::Text(place, pattern) => facts.text.has(*place, pattern),
            Self::NumberOrWord(digits) => {
                let word = Pattern { words: vec![digits.clone()], open: false };
                digits.parse() == Ok(ticket.id.0) || facts.text.has(Place::Anywhere, &word)
            }
            Self::Comments(op, count) => op.compares(&asker.comments(ticket), count),
            Self::CustomStatus(status) => ticket.custom_status == *status,
            Self::Field(ANY_FIELD, test) => {
                let meanings = test.meanings();
                ticket.fields.values().any(|value| meanings.iter().any(|test| test.holds(Some(value))))
            }
            Self::Field(id, test) => test.holds(facts.held(*id)),
            Self::Requester(is) => facts.requester.is_some_and(|person| is.holds(person, asker)),
            Self::Update(test) => facts.update.as_ref().is_some_and(|update| test.holds(update, facts, asker)),
        }
    }
}

impl Is {
    fn holds(&self, person: &Person, asker: &Asker) -> bool {
        match self {
            Self::Language(wanted) => {
                person.language.as_ref().unwrap_or(&asker.around.language).to_lowercase() == *wanted
            }
            Self::Role(role) => person.role == *role,
            Self::Domain(wanted) => person.email.as_ref().is_some_and(|email| EmailAddress::domain(email) == *wanted),
        }
    }
}

/// The numbers to which a ticket points.
pub(super) fn linked(link: Link, ticket: &Ticket) -> Vec<i64> {
    match link {
        Link::Assignee => ticket.assignee.iter().map(|id| id.0).collect(),
        Link::Requester => vec![ticket.requester.0],
        Link::Submitter => vec![ticket.submitter.0],
        Link::Cc => ticket.ccs.iter().map(|id| id.0).collect(),
        Link::Follower => ticket.followers.iter().map(|id| id.0).collect(),
        Link::Group => ticket.group.iter().map(|id| id.0).collect(),
        Link::Organization => ticket.organization.iter().map(|id| id.0).collect(),
        Link::Kind => ticket.kind.iter().map(|id| id.0).collect(),
    }
}

impl Target {
    fn is_among(&self, link: Link, ids: &[i64], facts: &Facts<'_>, asker: &Asker) -> bool {
        let known = |id: &i64| (facts.names)(link, *id);
        match self {
            Self::Nobody => ids.is_empty(),
            Self::Me => ids.iter().any(|id| asker.is_me(link, *id)),
            Self::Id(wanted) => ids.contains(wanted),
            Self::Address(wanted) => {
                link.is_person()
                    && ids.iter().filter_map(known).any(|(_, address)| address.as_deref() == Some(wanted.as_str()))
            }
            Self::Name(pattern) => {
                ids.iter().filter_map(known).any(|(names, _)| names.iter().any(|name| pattern.names(name)))
            }
        }
    }
}

impl Asker {
    /// How many comments of a ticket they may read.
    pub const fn comments(&self, ticket: &Ticket) -> u32 {
        match self.sight {
            Sight::Staff => ticket.comments,
            Sight::Requester(_) => ticket.public_comments,
        }
    }

    fn is_me(&self, link: Link, id: i64) -> bool {
        match link {
            Link::Group => self.groups.contains(&GroupId(id)),
            Link::Organization => self.organization == Some(OrganizationId(id)),
            Link::Kind => false,
            _ => self.person == PersonId(id),
        }
    }
}

impl Pattern {
    /// Whether a name has all these words, in any order.
    pub fn names(&self, name: &str) -> bool {
        let has = words(name);
        (0..self.words.len()).all(|place| has.iter().any(|word| self.fits(place, word)))
    }
}

impl Value {
    fn is_among<'a>(&self, has: impl IntoIterator<Item = &'a str>) -> bool {
        let mut has = has.into_iter();
        match self {
            Self::Missing => has.next().is_none(),
            Self::Is(wanted) => has.any(|one| one == wanted),
            Self::Starts(start) => has.any(|one| one.starts_with(start.as_str())),
        }
    }
}
