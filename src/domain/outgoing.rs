use super::id::{CommentId, PersonId, RuleId, TextId, TicketId, WebhookId};
use super::person::EmailAddress;
use super::time::Timestamp;

/// Where something stands that is to leave the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivery {
    /// It is tried when its time comes.
    Waiting,
    /// Somebody else has it.
    Sent,
    /// Nobody takes it.
    Failed,
    /// It is not sent by itself: too many went to the same person, or no mail is sent from here.
    Held,
    /// It is not sent any more.
    Dropped,
}

impl Delivery {
    /// All; stores number them in this order.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Sent, Self::Failed, Self::Held, Self::Dropped];

    /// The name in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Held => "held",
            Self::Dropped => "dropped",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Something that leaves the account, or has left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its number.
    pub id: i64,
    /// To which person.
    pub person: Option<PersonId>,
    /// To which address, of whom the account does not know.
    pub address: Option<EmailAddress>,
    /// To which program; a letter when none.
    pub webhook: Option<WebhookId>,
    /// About which ticket.
    pub ticket: Option<TicketId>,
    /// By which rule.
    pub rule: Option<RuleId>,
    /// With which text.
    pub text: Option<TextId>,
    /// What was said.
    pub comment: Option<CommentId>,
    /// When it became due.
    pub at: Timestamp,
    /// Where it stands.
    pub standing: Delivery,
    /// When it is tried next.
    pub next_try_at: Timestamp,
    /// How often it was tried.
    pub tries: u32,
    /// When it was tried first.
    pub first_try_at: Option<Timestamp>,
    /// When it was done with.
    pub done_at: Option<Timestamp>,
    /// What went wrong last: hostile text.
    pub error: Option<String>,
}
