use super::{Decision, Entry, Facts};
use crate::domain::account::Organization;
use crate::domain::act::{Act, Who};
use crate::domain::comment::{Attachment, Channel, Comment, NewComment, Upload, Visibility};
use crate::domain::event::{Chain, Event};
use crate::domain::id::{CommentId, PersonId};
use crate::domain::person::{EmailAddress, Person, PersonRef, Role};
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::text::{one_line, storable};
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

/// A decision in the making: what has been decided so far, and the numbers that are still free.
pub(super) struct Work<'a> {
    pub facts: &'a Facts,
    pub act: &'a Act,
    pub now: Timestamp,
    pub decision: Decision,
    fresh: super::Fresh,
}

impl<'a> Work<'a> {
    pub fn new(facts: &'a Facts, act: &'a Act, now: Timestamp) -> Self {
        Self { facts, act, now, decision: Decision::default(), fresh: facts.fresh.clone() }
    }

    /// Ends the work on one chain. An act that changed nothing writes nothing.
    pub fn write(&mut self, chain: Chain, events: Vec<Event>) {
        if !events.is_empty() {
            let Act { who, via, .. } = *self.act;
            self.decision.entries.push(Entry { chain, who, via, at: self.now, events });
        }
    }

    pub fn fresh(&mut self) -> &mut super::Fresh {
        &mut self.fresh
    }

    /// The person whom an act names, made as a new end user where the address is not known (R107).
    pub fn resolve(&mut self, named: &PersonRef) -> Result<PersonId, Refusal> {
        let (name, email) = match named {
            PersonRef::Id(id) => {
                let there = self.facts.found(*id).ok().filter(|person| !person.standing.is_gone());
                return there.map(|person| person.id).ok_or(Refusal::NotFound(Thing::Person));
            }
            PersonRef::Address(email) => (email.as_str(), email),
            PersonRef::Named { name, email } => (name.as_str(), email),
        };
        let known = self.facts.people.values().chain(&self.decision.people);
        if let Some(person) = known.into_iter().find(|person| person.email.as_ref() == Some(email)) {
            return Ok(self.facts.followed(person).id);
        }
        let name = bounded_line(name, Field::Name, Person::MAX_NAME_CHARS)?;
        let id = taken(self.fresh.people.pop_front());
        let person = Person {
            email: Some(email.clone()),
            organization: by_domain(&self.facts.organizations, email).map(|one| one.id),
            ..Person::new(id, name, Role::EndUser, self.now)
        };
        self.decision.people.push(person);
        self.write(Chain::Account, vec![Event::PersonCreated { person: id, role: Role::EndUser }]);
        Ok(id)
    }

    /// A person known before, or made by this very act.
    pub fn anybody(&self, id: PersonId) -> Result<&Person, Refusal> {
        let made = self.decision.people.iter().find(|person| person.id == id);
        made.map_or_else(|| self.facts.person(id), Ok)
    }

    /// The comment that an act makes on a ticket, after the checks that hold for every comment.
    pub fn comment(
        &mut self,
        ticket: &Ticket,
        new: &NewComment,
        author: PersonId,
        at: Timestamp,
    ) -> Result<Comment, Refusal> {
        if new.body.trim().is_empty() && new.uploads.is_empty() {
            return Err(Refusal::Empty(Field::Comment));
        }
        if new.body.len() > NewComment::MAX_BYTES {
            return Err(Refusal::TooLong { field: Field::Comment, max: NewComment::MAX_BYTES as u64 });
        }
        let attachments = self.attach(new)?;
        let id: CommentId = taken(self.fresh.comments.pop_front());
        self.decision.outcome.comment = Some(id);
        Ok(Comment {
            id,
            ticket: ticket.id,
            author,
            visibility: new.visibility,
            frozen: false,
            body: storable(&new.body),
            attachments,
            via: self.act.via,
            created_at: at,
        })
    }

    fn attach(&mut self, new: &NewComment) -> Result<Vec<Attachment>, Refusal> {
        let mut attachments = Vec::with_capacity(new.uploads.len());
        for token in &new.uploads {
            let upload = self.facts.uploads.get(token).ok_or(Refusal::UnknownUpload)?;
            let theirs = Who::Person(upload.owner) == self.act.who;
            let late = self.now >= upload.created_at + Upload::LIVES;
            if !theirs || late || self.decision.used.contains(token) {
                return Err(Refusal::UnknownUpload);
            }
            let max = self.facts.settings.attachment_bytes;
            if upload.size > max {
                return Err(Refusal::TooLong { field: Field::Attachment, max });
            }
            self.decision.used.push(token.clone());
            attachments.push(Attachment {
                id: taken(self.fresh.attachments.pop_front()),
                name: storable(&upload.name),
                content_type: storable(&upload.content_type),
                size: upload.size,
                digest: upload.digest,
            });
        }
        Ok(attachments)
    }

    /// The people whom an act puts in copy: known or new, without the requester, at most 48 with those who are (D17).
    pub fn copies(
        &mut self,
        named: &[PersonRef],
        requester: PersonId,
        present: &BTreeSet<PersonId>,
    ) -> Result<BTreeSet<PersonId>, Refusal> {
        let too_many = Refusal::TooLong { field: Field::Ccs, max: Ticket::MAX_CCS as u64 };
        let mut added = BTreeSet::new();
        for one in named {
            self.may_name(one, requester, present)?;
            let id = self.resolve(one)?;
            if id != requester && !present.contains(&id) {
                added.insert(id);
            }
        }
        if present.len() + added.len() > Ticket::MAX_CCS { Err(too_many) } else { Ok(added) }
    }

    /// End users name others by address: numbers would let them find out who is known to the account.
    fn may_name(&self, one: &PersonRef, requester: PersonId, present: &BTreeSet<PersonId>) -> Result<(), Refusal> {
        let PersonRef::Id(id) = one else { return Ok(()) };
        let actor = self.facts.actor()?;
        let known = *id == actor.id || *id == requester || present.contains(id);
        if known || actor.role.is_staff() { Ok(()) } else { Err(Refusal::NotFound(Thing::Person)) }
    }

    /// Refuses unless everybody named is an agent who can work.
    pub fn all_staff<'p>(&self, ids: impl IntoIterator<Item = &'p PersonId>, field: Field) -> Result<(), Refusal> {
        for id in ids {
            let person = self.facts.person(*id)?;
            if !person.works() {
                return Err(Refusal::NotAnAgent(field));
            }
        }
        Ok(())
    }
}

/// One of the numbers that were reserved for this act.
pub(super) fn taken<T>(id: Option<T>) -> T {
    // proof: whoever gathers facts reserves as many numbers as `needs` says, and no act takes more
    id.expect("a number was reserved for everything that this act can make")
}

/// A needed line of text: trimmed, not empty, at most so many characters.
pub(super) fn bounded_line(text: &str, field: Field, max: usize) -> Result<String, Refusal> {
    let line = one_line(text);
    if line.is_empty() {
        Err(Refusal::Empty(field))
    } else if line.chars().count() > max {
        Err(Refusal::TooLong { field, max: max as u64 })
    } else {
        Ok(line)
    }
}

/// A short text that may be missing: trimmed, nothing when empty, at most so many characters.
pub(super) fn optional_line(text: Option<&str>, field: Field, max: usize) -> Result<Option<String>, Refusal> {
    text.filter(|text| !text.trim().is_empty()).map(|text| bounded_line(text, field, max)).transpose()
}

/// The organization whose mail domain an address has.
pub(super) fn by_domain<'a>(
    organizations: &'a std::collections::BTreeMap<crate::domain::id::OrganizationId, Organization>,
    email: &EmailAddress,
) -> Option<&'a Organization> {
    let domain = email.domain();
    organizations.values().find(|one| one.domains.contains(&domain))
}

/// A note where ticket and channel ask for it: what comes to a private ticket by mail, chat or otherwise is internal
/// (R118, D26); only somebody who sees that it is private can open it.
pub(super) fn visibility_on(ticket: &Ticket, wanted: Visibility, via: Channel) -> Visibility {
    let by_choice = matches!(via, Channel::Web | Channel::Api);
    if ticket.is_public() || by_choice { wanted } else { Visibility::Internal }
}
