//! Tickets in any state, in one line.

use super::{LEA, NOW, OPS, SHOP, T, World};
use guichet::domain::comment::{Channel, Comment, Visibility};
use guichet::domain::id::{CommentId, GroupId, PersonId, TicketId};
use guichet::domain::status::{State, Status};
use guichet::domain::ticket::Ticket;
use guichet::domain::time::Span;
use std::collections::BTreeSet;

/// A ticket with its comments, to be put into a world.
#[derive(Clone)]
pub struct Given {
    ticket: Ticket,
    said: Vec<(PersonId, Visibility)>,
}

/// Lea's: public, New, in Ops, assigned to nobody, with her one public comment, a day old.
pub fn a_ticket() -> Given {
    let opened = NOW + Span::days(-1);
    let ticket = Ticket {
        id: T,
        subject: "Printer jams".to_owned(),
        kind: Some(super::HARDWARE),
        ticket_type: None,
        problem: None,
        rating: None,
        state: State::New,
        priority: None,
        requester: LEA,
        submitter: LEA,
        assignee: None,
        group: Some(OPS),
        organization: Some(SHOP),
        tags: BTreeSet::new(),
        ccs: BTreeSet::new(),
        followers: BTreeSet::new(),
        due_at: None,
        custom_status: None,
        ran: BTreeSet::new(),
        owed: BTreeSet::new(),
        fields: std::collections::BTreeMap::new(),
        visibility: Visibility::Public,
        via: Channel::Web,
        external_id: None,
        follow_up_of: None,
        merged_into: None,
        deleted: None,
        comments: 0,
        public_comments: 0,
        created_at: opened,
        updated_at: opened,
        requester_updated_at: opened,
        status_at: opened,
        assigned_at: None,
        requester_said_at: None,
        assignee_said_at: None,
        first_answered_at: None,
        solved_at: None,
        reopened: 0,
        version: 1,
    };
    Given { ticket, said: vec![(LEA, Visibility::Public)] }
}

impl Given {
    /// Another number.
    pub fn numbered(mut self, id: TicketId) -> Self {
        self.ticket.id = id;
        self
    }

    /// Entered now.
    pub fn status(mut self, status: Status) -> Self {
        self.ticket.state = State::entered(status, NOW);
        self.ticket.status_at = NOW;
        self.ticket.solved_at = (!status.is_unsolved()).then_some(NOW);
        self
    }

    /// With an agent's note as its only comment.
    pub fn private(mut self) -> Self {
        self.ticket.visibility = Visibility::Internal;
        self.said = vec![(super::MARC, Visibility::Internal)];
        self
    }

    /// Somebody else's; the organization is theirs.
    pub fn of(mut self, requester: PersonId) -> Self {
        (self.ticket.requester, self.ticket.submitter) = (requester, requester);
        self.ticket.organization = World::new().people[&requester].organization;
        if let Some(first) = self.said.first_mut().filter(|(_, visibility)| *visibility == Visibility::Public) {
            first.0 = requester;
        }
        self
    }

    pub fn assigned(mut self, to: PersonId) -> Self {
        self.ticket.assignee = Some(to);
        self.ticket.assigned_at = Some(NOW);
        self
    }

    pub fn group(mut self, group: Option<GroupId>) -> Self {
        self.ticket.group = group;
        self
    }

    pub fn cc(mut self, person: PersonId) -> Self {
        self.ticket.ccs.insert(person);
        self
    }

    /// One more public comment.
    pub fn reply(mut self, author: PersonId) -> Self {
        self.said.push((author, Visibility::Public));
        self
    }

    /// One more note.
    pub fn note(mut self, author: PersonId) -> Self {
        self.said.push((author, Visibility::Internal));
        self
    }

    /// Anything else that is different.
    pub fn but(mut self, change: impl FnOnce(&mut Ticket)) -> Self {
        change(&mut self.ticket);
        self
    }

    /// The stock world with this ticket in it.
    pub fn world(self) -> World {
        World::new().and(self)
    }
}

impl World {
    /// The same with a ticket more. Its comments are numbered from its own number times 100.
    pub fn and(mut self, given: Given) -> Self {
        let Given { mut ticket, said } = given;
        for (at, (author, visibility)) in (0..).zip(said) {
            ticket.comments += 1;
            ticket.public_comments += u32::from(visibility == Visibility::Public);
            let comment = Comment {
                id: CommentId(ticket.id.0 * 100 + at),
                ticket: ticket.id,
                author,
                visibility,
                frozen: false,
                body: "Words".to_owned(),
                attachments: Vec::new(),
                via: Channel::Web,
                created_at: ticket.created_at,
            };
            self.comments.insert(comment.id, comment);
        }
        self.tickets.insert(ticket.id, ticket);
        self
    }
}

impl From<Given> for World {
    fn from(given: Given) -> Self {
        given.world()
    }
}
