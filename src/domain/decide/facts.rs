use crate::domain::account::{Account, Group, Organization, Settings};
use crate::domain::audience::{self, Viewer};
use crate::domain::comment::{Channel, Comment, Upload, UploadToken};
use crate::domain::condition::Around;
use crate::domain::id::{AttachmentId, CommentId, GroupId, OrganizationId, PersonId, TicketId};
use crate::domain::life::LifeFacts;
use crate::domain::person::{Person, Role, Standing};
use crate::domain::refusal::{Holders, Refusal, Thing};
use crate::domain::setup::{Item, ItemKey, Setup};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Everything that a decision looks at, read in the transaction that will write what follows from it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The account's settings.
    pub settings: Settings,
    /// The account's name and address.
    pub account: Account,
    /// Who acts; none for [`Who::System`].
    pub actor: Option<Person>,
    /// The ticket acted on, whether the actor may see it or not: that is decided here.
    pub ticket: Option<Ticket>,
    /// The target of a merge, the source of a follow-up.
    pub other: Option<Ticket>,
    /// The problem that the act names.
    pub problem: Option<Ticket>,
    /// The comment acted on.
    pub comment: Option<Comment>,
    /// Everybody whom the act names by number or address, and the tickets' requesters and assignees.
    pub people: BTreeMap<PersonId, Person>,
    /// All groups.
    pub groups: BTreeMap<GroupId, Group>,
    /// Kinds, fields, statuses and rules.
    pub setup: Arc<Setup>,
    /// Everybody who works tickets, and whom rules name.
    pub staff: Arc<BTreeMap<PersonId, Person>>,
    /// What of the account conditions look at.
    pub around: Arc<Around>,
    /// Everything in the set-up, views and macros too; only for acts that change it.
    pub items: Vec<Item>,
    /// How many have the thing of the set-up, or the group, that is to be deleted.
    pub holders: Holders,
    /// How many have the options that a field is to lose, closed tickets apart.
    pub options_held: BTreeMap<Tag, Holders>,
    /// The organizations that the act names by number, [name](crate::domain::account::folded_name) or mail domain, and of `people`.
    pub organizations: BTreeMap<OrganizationId, Organization>,
    /// The files that the act names.
    pub uploads: BTreeMap<UploadToken, Upload>,
    /// How many admins can sign in.
    pub admins: u64,
    /// What decisions on people as a whole look at; only for them.
    pub life: LifeFacts,
    /// New numbers, as many as [`needs`](super::needs) says.
    pub fresh: Fresh,
}

/// New numbers that nobody has had.
#[derive(Clone, Debug, Default)]
pub struct Fresh {
    /// For tickets.
    pub tickets: VecDeque<TicketId>,
    /// For comments, ascending.
    pub comments: VecDeque<CommentId>,
    /// For attachments.
    pub attachments: VecDeque<AttachmentId>,
    /// For people.
    pub people: VecDeque<PersonId>,
    /// For organizations.
    pub organizations: VecDeque<OrganizationId>,
    /// For groups.
    pub groups: VecDeque<GroupId>,
    /// For things of the set-up.
    pub items: VecDeque<i64>,
}

impl Facts {
    /// Who acts as a person, or [`Refusal::Role`] for the system, which does none of what people do.
    pub(super) fn actor(&self) -> Result<&Person, Refusal> {
        self.actor.as_ref().ok_or(Refusal::Role { needs: Role::EndUser })
    }

    pub(super) fn staff(&self) -> Result<&Person, Refusal> {
        let actor = self.actor()?;
        if actor.role.is_staff() { Ok(actor) } else { Err(Refusal::Role { needs: Role::Agent }) }
    }

    pub(super) fn admin(&self) -> Result<&Person, Refusal> {
        let actor = self.actor()?;
        if actor.role == Role::Admin { Ok(actor) } else { Err(Refusal::Role { needs: Role::Admin }) }
    }

    /// The actor as who asks.
    pub fn viewer(&self) -> Result<Viewer, Refusal> {
        let actor = self.actor()?;
        let organization = actor.organization.and_then(|id| self.organizations.get(&id));
        Ok(Viewer::of(actor, organization.is_some_and(|one| one.shared_tickets)))
    }

    /// A ticket if the actor may know of it; the mail of its requester or CCs finds it by the answer's token, not by
    /// sight (R118).
    pub(super) fn seen<'a>(
        &self,
        ticket: Option<&'a Ticket>,
        id: TicketId,
        via: Channel,
    ) -> Result<&'a Ticket, Refusal> {
        let missing = || Refusal::NotFound(Thing::Ticket(id));
        let ticket = ticket.filter(|one| one.id == id).ok_or_else(missing)?;
        let viewer = self.viewer()?;
        let by_mail = via == Channel::Mail
            && ticket.deleted.is_none()
            && audience::relation(&viewer, ticket) >= audience::Relation::Cc;
        if by_mail || audience::may_see(&viewer, ticket) { Ok(ticket) } else { Err(missing()) }
    }

    /// A ticket with which the actor, who is of the team, works.
    pub(super) fn worked<'a>(
        &'a self,
        ticket: Option<&'a Ticket>,
        id: TicketId,
        via: Channel,
    ) -> Result<&'a Ticket, Refusal> {
        let ticket = self.seen(ticket, id, via)?;
        self.staff()?;
        let works = audience::works_on(&self.viewer()?, ticket);
        if works { Ok(ticket) } else { Err(Refusal::NotFound(Thing::Ticket(id))) }
    }

    /// A thing of the set-up, as it is; only for acts that change it.
    pub(super) fn item(&self, key: ItemKey) -> Option<&Item> {
        self.items.iter().find(|item| item.key() == key)
    }

    pub(super) fn has(&self, key: ItemKey) -> bool {
        self.item(key).is_some()
    }

    pub(in crate::domain) fn known(&self, id: PersonId) -> Option<&Person> {
        let actor = self.actor.as_ref().filter(|actor| actor.id == id);
        self.people.get(&id).or(actor).or_else(|| self.staff.get(&id))
    }

    /// Who somebody is: the one into whom they were merged.
    pub(super) fn followed<'a>(&'a self, person: &'a Person) -> &'a Person {
        match person.standing {
            Standing::Merged(into) => self.people.get(&into).unwrap_or(person),
            _ => person,
        }
    }

    pub(super) fn person(&self, id: PersonId) -> Result<&Person, Refusal> {
        self.known(id).ok_or(Refusal::NotFound(Thing::Person))
    }

    /// Somebody of whom the one of the team who acts may know: who is out of their sight is as if there were nobody.
    pub(super) fn found(&self, id: PersonId) -> Result<&Person, Refusal> {
        let viewer = self.viewer()?;
        let in_sight = |person: &&Person| !viewer.is_staff() || audience::may_find(&viewer, person);
        self.person(id).ok().filter(in_sight).ok_or(Refusal::NotFound(Thing::Person))
    }

    /// An organization of which they may know.
    pub(super) fn found_organization(&self, id: OrganizationId) -> Result<&Organization, Refusal> {
        let viewer = self.viewer()?;
        let found = self.organizations.get(&id).filter(|_| audience::may_find_organization(&viewer, id));
        found.ok_or(Refusal::NotFound(Thing::Organization))
    }
}
