//! What people are told, and why they are not.

use super::comment::{Comment, Visibility};
use super::decide::Facts;
use super::id::{CommentId, GroupId, PersonId, RuleId, TextId, TicketId};
use super::person::EmailAddress;
use super::rule::Recipient;
use super::ticket::Ticket;
use super::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

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

/// A notice on its way to somebody. What it says is made when it is read or sent, with their eyes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// About which ticket.
    pub ticket: TicketId,
    /// Which, by which rule, to whom.
    pub notice: NoticeRef,
    /// What was said, if it tells of something said.
    pub comment: Option<CommentId>,
    /// When it became due.
    pub at: Timestamp,
}

/// Who gets what a rule sends. Nobody is named twice.
pub fn addressees(facts: &Facts, ticket: &Ticket, to: &Recipient) -> Vec<Addressee> {
    let people: BTreeSet<PersonId> = match to {
        Recipient::Requester => BTreeSet::from([ticket.requester]),
        Recipient::Ccs => ticket.ccs.clone(),
        Recipient::RequesterAndCcs => ticket.ccs.iter().copied().chain([ticket.requester]).collect(),
        Recipient::Followers => ticket.followers.clone(),
        Recipient::Assignee => match ticket.assignee {
            Some(id) => BTreeSet::from([id]),
            None => agents_of(facts, ticket.group),
        },
        Recipient::Group => agents_of(facts, ticket.group),
        Recipient::GroupOf(id) => agents_of(facts, Some(*id)),
        Recipient::Person(id) => BTreeSet::from([*id]),
        Recipient::Address(email) => return vec![Addressee::Address(email.clone())],
    };
    people.into_iter().map(Addressee::Person).collect()
}

fn agents_of(facts: &Facts, group: Option<GroupId>) -> BTreeSet<PersonId> {
    let Some(group) = group else { return BTreeSet::new() };
    let works = facts.staff.values().filter(|person| person.works() && person.groups.contains(&group));
    works.map(|person| person.id).collect()
}

/// Why somebody is not told, or none when they are.
pub fn held_back(facts: &Facts, ticket: &Ticket, said: Option<&Comment>, to: &Addressee) -> Option<HeldBack> {
    let Addressee::Person(id) = to else {
        // Whoever reads there is nobody that the account knows.
        return (!ticket.is_public()).then_some(HeldBack::Private);
    };
    // Of whom nothing is known nothing is told.
    let Some(person) = facts.known(*id) else { return Some(HeldBack::NoAddress) };
    let actor = facts.actor.as_ref().map(|actor| actor.id);
    if person.suspended {
        Some(HeldBack::Suspended)
    } else if !person.role.is_staff() && !ticket.is_public() {
        Some(HeldBack::Private)
    } else if !person.role.is_staff() && said.is_some_and(|comment| comment.visibility == Visibility::Internal) {
        Some(HeldBack::Internal)
    } else if person.role.is_staff() && actor == Some(*id) && ticket.requester != *id {
        Some(HeldBack::OwnAct)
    } else {
        None
    }
}
