//! What people are told, and why they are not.

mod said;
mod shown;
/// Texts with placeholders.
pub mod template;

use super::audience::{self, Viewer};
use super::comment::Visibility;
use super::decide::Facts;
use super::id::{CommentId, GroupId, PersonId, RuleId, TextId, TicketId};
use super::locale::found;
use super::person::{EmailAddress, Person};
use super::rule::Recipient;
use super::ticket::Ticket;
use super::time::Timestamp;
pub use said::{Reads, Said, Scene, for_requester, for_staff, loose, said};
pub use shown::{Manner, Tongue, Written};
use std::collections::{BTreeMap, BTreeSet};
pub use template::BadTemplate;

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
    /// The wording for who reads some languages ([`preferred`]), and in which it is: the first of them, English, or
    /// whatever there is.
    ///
    /// [`preferred`]: crate::domain::locale::preferred
    pub fn wording(&self, languages: &str) -> Option<(&str, &Wording)> {
        let any = || self.bodies.iter().next().map(|(code, wording)| (code.as_str(), wording));
        found(&self.bodies, languages).or_else(|| found(&self.bodies, "en")).or_else(any)
    }

    /// Whether everything that it names is there, with an account's fields by their names.
    ///
    /// # Errors
    /// The language in which something is wrong, and what.
    pub fn check(&self, fields: &[&str]) -> Result<(), (String, BadTemplate)> {
        for (language, wording) in &self.bodies {
            for part in [&wording.subject, &wording.body] {
                template::check(part, fields.iter().copied()).map_err(|bad| (language.clone(), bad))?;
            }
        }
        Ok(())
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
    /// What was said is internal, and they do not work with the ticket (R126).
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
    /// Whether it goes by mail too: who has no address finds it in the program (R045).
    pub by_mail: bool,
}

/// A notice that is owed: it was held back because the ticket was private, and is sent once it is public (R117, R124).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owed {
    /// The rule that would have sent it.
    pub rule: RuleId,
    /// Its text.
    pub text: TextId,
    /// Whether to the requester; to who is in copy otherwise. Whoever they are by then.
    pub requester: bool,
}

impl Owed {
    /// What is owed to somebody who was not told of a ticket. Whom a rule named without their being on it is owed nothing.
    pub fn of(notice: &NoticeRef, ticket: &Ticket) -> Option<Self> {
        let Addressee::Person(person) = notice.to else { return None };
        let requester = ticket.requester == person;
        let owed = Self { rule: notice.rule, text: notice.text, requester };
        (requester || ticket.ccs.contains(&person)).then_some(owed)
    }
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

/// What is to be told: about which ticket, and what was said on it.
#[derive(Clone, Copy, Debug)]
pub struct News<'a> {
    /// The ticket, as it is now.
    pub ticket: &'a Ticket,
    /// For whom what was said is, if something was.
    pub said: Option<Visibility>,
    /// Who did it, if it is told while it is done.
    pub by: Option<PersonId>,
    /// Whether the ticket was just opened: who opened it is told its number (R153).
    pub opened: bool,
}

/// Why somebody is not told, or none when they are. What is told to whom is decided here and nowhere else: when a rule
/// sends it, and again when it is read or leaves.
pub fn held_back(news: &News<'_>, to: Result<&Person, &EmailAddress>) -> Option<HeldBack> {
    let internal = news.said == Some(Visibility::Internal);
    // What is deleted is nobody's to hear of.
    if news.ticket.deleted.is_some() {
        return Some(HeldBack::Private);
    }
    let Ok(person) = to else {
        // Whoever reads at an address is nobody that the account knows.
        let internal = internal.then_some(HeldBack::Internal);
        return if news.ticket.is_public() { internal } else { Some(HeldBack::Private) };
    };
    if person.suspended || person.standing.is_gone() {
        Some(HeldBack::Suspended)
    } else if !audience::may_see(&Viewer::of(person, false), news.ticket) {
        Some(HeldBack::Private)
    } else if internal && !audience::works_on(&Viewer::of(person, false), news.ticket) {
        Some(HeldBack::Internal)
    } else if news.by == Some(person.id) && !(news.opened && news.ticket.requester == person.id) {
        Some(HeldBack::OwnAct)
    } else if person.email.is_none() {
        Some(HeldBack::NoAddress)
    } else {
        None
    }
}

/// Whether no more letters go to somebody for now, who got so many within an hour: two programs may be answering each
/// other.
pub const fn is_flood(within_an_hour: u64, bound: u32) -> bool {
    within_an_hour >= bound as u64
}
