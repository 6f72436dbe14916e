//! A ticket as the screen shows it: agents' tickets and requesters' requests in one form. What a requester may not know
//! is not in a request to begin with.

use super::list::Identified;
use super::model::Shared;
use super::theme::Look;
use crate::client::Thread;
use crate::domain::audience::{Audience, audience};
use crate::domain::case::{Rating, TicketType};
use crate::domain::comment::{Comment, Visibility};
use crate::domain::form::Values;
use crate::domain::id::{GroupId, KindId, OrganizationId, PersonId, StatusId, TicketId};
use crate::domain::status::{Priority, State, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::timer::Due;
use crate::safe::Safe;
use crate::words;
use std::collections::BTreeSet;

/// A ticket or a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// As agents see it.
    Ticket(Box<Ticket>),
    /// As requesters see it.
    Request(Box<Request>),
}

impl Identified for Item {
    type Id = TicketId;

    fn id(&self) -> TicketId {
        match self {
            Self::Ticket(ticket) => ticket.id,
            Self::Request(request) => request.id,
        }
    }
}

macro_rules! both {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)+) => {$(
        $(#[$doc])*
        pub fn $name(&self) -> $type {
            match self {
                Self::Ticket(ticket) => ticket.$name,
                Self::Request(request) => request.$name,
            }
        }
    )+};
}

impl Item {
    both! {
        /// What sort of request.
        kind: Option<KindId>;
        /// What sort of case.
        ticket_type: Option<TicketType>;
        /// Where it stands.
        state: State;
        /// How much it matters.
        priority: Option<Priority>;
        /// For whom.
        requester: PersonId;
        /// Who works on it.
        assignee: Option<PersonId>;
        /// The group that works on it.
        group: Option<GroupId>;
        /// Where its requester belongs.
        organization: Option<OrganizationId>;
        /// The account's own status, as one knows it.
        custom_status: Option<StatusId>;
        /// When it is due.
        due_at: Option<Timestamp>;
        /// The closed one that it follows.
        follow_up_of: Option<TicketId>;
        /// When it was opened.
        created_at: Timestamp;
        /// The last change that one may know of.
        updated_at: Timestamp;
    }

    /// Its title.
    pub fn subject(&self) -> Safe {
        match self {
            Self::Ticket(ticket) => Safe::line(&ticket.subject),
            Self::Request(request) => Safe::line(&request.subject),
        }
    }

    /// Its bare status.
    pub fn status(&self) -> Status {
        self.state().status()
    }

    /// Who is in copy.
    pub fn ccs(&self) -> &BTreeSet<PersonId> {
        match self {
            Self::Ticket(ticket) => &ticket.ccs,
            Self::Request(request) => &request.ccs,
        }
    }

    /// What the account's own fields hold, as far as one may know.
    pub const fn fields(&self) -> &Values {
        match self {
            Self::Ticket(ticket) => &ticket.fields,
            Self::Request(request) => &request.fields,
        }
    }

    /// What its requester thought, as far as one may know.
    pub const fn rating(&self) -> Option<&Rating> {
        match self {
            Self::Ticket(ticket) => ticket.rating.as_ref(),
            Self::Request(request) => request.rating.as_ref(),
        }
    }

    /// Its labels; requesters know none.
    pub fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.ticket().into_iter().flat_map(|ticket| &ticket.tags)
    }

    /// As agents see it, if an agent looks.
    pub fn ticket(&self) -> Option<&Ticket> {
        match self {
            Self::Ticket(ticket) => Some(ticket),
            Self::Request(_) => None,
        }
    }

    /// Whether its requester does not know of it.
    pub fn is_private(&self) -> bool {
        self.ticket().is_some_and(|ticket| !ticket.is_public())
    }

    /// Who will see a comment of that visibility, agents apart (Z01).
    fn audience(&self, visibility: Visibility, shared: bool) -> Audience {
        match self {
            Self::Ticket(ticket) => audience(ticket, visibility, shared),
            // A requester only writes in public, and only on what is public.
            Self::Request(request) => {
                let (requester, ccs) = (Some(request.requester), request.ccs.clone());
                Audience { requester, ccs, colleagues: shared, makes_public: false }
            }
        }
    }

    /// Whether the next step is the reader's: a requester's pending request.
    pub fn waits_for_me(&self, shared: &Shared) -> bool {
        self.status() == Status::Pending && Some(self.requester()) == shared.me()
    }

    /// When it is over if nobody does anything (Z10).
    pub fn end<'s>(&self, shared: &'s Shared) -> Option<&'s Due> {
        shared.ends.get(&self.id())
    }

    /// Whether it has changed since it was last opened here, or since the program began.
    pub fn is_changed(&self, shared: &Shared) -> bool {
        let seen = shared.opened.get(&self.id()).copied().unwrap_or(shared.began);
        self.updated_at() > seen
    }
}

impl From<Ticket> for Item {
    fn from(ticket: Ticket) -> Self {
        Self::Ticket(Box::new(ticket))
    }
}

impl From<Request> for Item {
    fn from(request: Request) -> Self {
        Self::Request(Box::new(request))
    }
}

/// A ticket or request with its comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// The ticket or request.
    pub item: Item,
    /// Its comments, oldest first.
    pub comments: Vec<Comment>,
    /// Whether there are earlier ones.
    pub more: bool,
    /// What will happen to it by itself.
    pub due: Vec<Due>,
    /// Whether everybody of its organization may read what is public on it (R166).
    pub shared: bool,
}

impl Conversation {
    /// Who will see a comment of that visibility, agents apart (Z01).
    pub fn audience(&self, visibility: Visibility) -> Audience {
        self.item.audience(visibility, self.shared)
    }

    /// With the earlier comments that were known before.
    #[must_use]
    pub fn after(mut self, old: Self) -> Self {
        if let Some(first) = self.comments.first().map(|comment| comment.id)
            && old.item.id() == self.item.id()
        {
            let mut earlier: Vec<Comment> = old.comments.into_iter().filter(|comment| comment.id < first).collect();
            if !earlier.is_empty() {
                self.more = old.more;
                earlier.append(&mut self.comments);
                self.comments = earlier;
            }
        }
        self
    }
}

impl<T: Into<Item>> From<Thread<T>> for Conversation {
    fn from(thread: Thread<T>) -> Self {
        let Thread { item, comments, more, due, shared, .. } = thread;
        Self { item: item.into(), comments, more, due, shared }
    }
}

/// The sign of a status; its word stands beside it.
pub const fn status_sign(status: Status) -> &'static str {
    match status {
        Status::New => "✱",
        Status::Open => "●",
        Status::Pending => "◐",
        Status::Hold => "◌",
        Status::Solved => "✓",
        Status::Closed => "▪",
    }
}

/// The look of a status.
pub const fn status_look(status: Status) -> Look {
    match status {
        Status::New | Status::Open => Look::Strong,
        Status::Pending => Look::Warning,
        Status::Hold => Look::Plain,
        Status::Solved => Look::Good,
        Status::Closed => Look::Dim,
    }
}

/// `● Open`
pub fn status(shared: &Shared, status: Status) -> Safe {
    let word = Safe::line(&words::status(&shared.words, status));
    Safe::concat([Safe::from_static(status_sign(status)), Safe::blank(1), word])
}

/// `● In the workshop`: the account's own status, or the category.
pub fn status_of(shared: &Shared, item: &Item) -> Safe {
    match item.custom_status().and_then(|id| own_status(shared, id)) {
        Some(own) => own,
        None => status(shared, item.status()),
    }
}

/// `● In the workshop`
pub fn own_status(shared: &Shared, id: StatusId) -> Option<Safe> {
    let own = shared.session.as_ref()?.statuses.get(&id)?;
    let name = Safe::line(&words::custom_status(&shared.words, own));
    Some(Safe::concat([Safe::from_static(status_sign(own.category)), Safe::blank(1), name]))
}

/// `▲ High`, or nothing.
pub fn priority(shared: &Shared, priority: Option<Priority>) -> Safe {
    let Some(priority) = priority else { return Safe::default() };
    let sign = match priority {
        Priority::Low => "▽",
        Priority::Normal => "–",
        Priority::High => "△",
        Priority::Urgent => "▲",
    };
    let word = Safe::line(&words::priority(&shared.words, priority));
    Safe::concat([Safe::from_static(sign), Safe::blank(1), word])
}

/// The look of a priority.
pub const fn priority_look(priority: Option<Priority>) -> Look {
    match priority {
        Some(Priority::Urgent) => Look::Bad,
        Some(Priority::High) => Look::Strong,
        _ => Look::Plain,
    }
}

/// `#1042`
pub fn number(id: TicketId) -> Safe {
    Safe::line(&format!("#{id}"))
}
