use super::account::Account;
use super::body::{Attach, Given, comment};
use super::context::Context;
use super::pages::{self, Order, Part};
use super::request::File;
use super::ticket_case::{Incidents, Problems, Ratings, metrics};
use super::ticket_change::{Answer, Fields, Update};
use super::ticket_removal::{self, Redact, Tickets};
use super::why::Why;
use super::written::Purpose;
use super::{history, read, show};
use crate::client::{Error, Page, Source, Thread};
use crate::domain::act::{Deed, NewTicket};
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::id::{CommentId, TicketId};
use crate::domain::person::PersonRef;
use crate::domain::ticket;
use crate::language::args;
use crate::report::Failure;
use crate::wire;
use clap::{Args, Subcommand};

/// What agents do.
#[derive(Debug, Subcommand)]
pub enum Ticket {
    /// List tickets
    List(List),
    /// Show a ticket with everything said on it
    Show {
        /// Its number
        #[arg(value_parser = read::ticket)]
        ticket: TicketId,
    },
    /// Open a ticket, for somebody else if need be
    New(New),
    /// Change a ticket
    Update(Box<Update>),
    /// Answer, for the requester and those in copy to read
    Reply(Answer),
    /// Write a note that only agents read
    Note(Answer),
    /// Turn the only public comment into a note, for good
    MakeInternal {
        /// The ticket's number
        #[arg(value_parser = read::ticket)]
        ticket: TicketId,
        /// The comment's number; the only one when not given
        comment: Option<i64>,
    },
    /// Close a ticket in favour of another
    Merge(Merge),
    /// Open a ticket that follows a closed one
    FollowUp(FollowUp),
    /// Everything that happened to a ticket, oldest first
    Events(Events),
    /// List the incidents of a problem
    Incidents(Incidents),
    /// List problems, those of which incidents can name one
    Problems(Problems),
    /// List what requesters thought of how they were helped
    Ratings(Ratings),
    /// Say how long a ticket took, and how often it changed hands
    Metrics {
        /// Its number
        #[arg(value_parser = read::ticket)]
        ticket: TicketId,
    },
    /// Say why a rule did something to a ticket, or did not, and what it would do now
    Why(Why),
    /// Delete tickets: for everybody as if they were not there, until they are brought back
    Delete(Tickets),
    /// Delete tickets and suspend those who asked
    Spam(Tickets),
    /// Bring deleted tickets back (guichet ticket list --deleted)
    Restore(Tickets),
    /// Delete deleted tickets for good, with all that was said on them; for admins
    Purge(Tickets),
    /// Blacken a piece of what was said, or take a file off, for good
    Redact(Redact),
    /// Save a file of a ticket
    File(File),
}

/// Lists.
#[derive(Args, Debug)]
pub struct List {
    /// A view (guichet view list); all tickets when not given
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// Only those that a query finds
    #[arg(long, value_name = "QUERY")]
    narrow: Option<String>,
    /// Those that were deleted and can be brought back, the last deleted first
    #[arg(long, conflicts_with_all = ["view", "narrow", "sort"])]
    deleted: bool,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    part: Part,
}

/// A ticket to be made.
#[derive(Args, Debug)]
pub struct New {
    /// For whom, by mail address; oneself when not given
    #[arg(long, value_name = "EMAIL", value_parser = read::person)]
    requester: Option<PersonRef>,
    /// Make it a private ticket: only agents know of it
    #[arg(long)]
    private: bool,
    /// Its title
    #[arg(long)]
    subject: String,
    /// Its number in another system
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    body: Given,
    #[command(flatten)]
    attach: Attach,
}

/// A ticket to be closed in favour of another.
#[derive(Args, Debug)]
pub struct Merge {
    /// The ticket that closes
    #[arg(value_parser = read::ticket)]
    ticket: TicketId,
    /// The ticket that goes on
    #[arg(long, value_name = "NUMBER", value_parser = read::ticket)]
    into: TicketId,
    /// What is said on the ticket that closes
    #[arg(long, value_name = "TEXT")]
    body: Option<String>,
    /// What is said on the ticket that goes on
    #[arg(long, value_name = "TEXT")]
    into_body: Option<String>,
    /// Say both to the requesters; notes otherwise
    #[arg(long)]
    public: bool,
}

/// A ticket that follows a closed one.
#[derive(Args, Debug)]
pub struct FollowUp {
    /// The closed ticket
    #[arg(value_parser = read::ticket)]
    ticket: TicketId,
    /// Its title; that of the closed one when not given
    #[arg(long)]
    subject: Option<String>,
    /// Make it a private ticket
    #[arg(long)]
    private: bool,
    #[command(flatten)]
    body: Given,
    #[command(flatten)]
    attach: Attach,
}

/// History.
#[derive(Args, Debug)]
pub struct Events {
    /// The ticket's number
    #[arg(value_parser = read::ticket)]
    ticket: TicketId,
    #[command(flatten)]
    part: Part,
}

impl Ticket {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let account = cx.account().await?;
        match self {
            Self::List(list) => list.run(cx, &account).await,
            Self::Show { ticket } => show(cx, &account, ticket).await,
            Self::New(new) => new.run(cx, &account).await,
            Self::Update(update) => update.run(cx, &account).await,
            Self::Reply(answer) => answer.run(cx, &account, Visibility::Public).await,
            Self::Note(answer) => answer.run(cx, &account, Visibility::Internal).await,
            Self::MakeInternal { ticket, comment } => {
                let comment = match comment {
                    Some(number) => CommentId(number),
                    None => only_comment(&account, ticket).await?,
                };
                account.act(Deed::MakeInternal { ticket, comment }).await?;
                done(cx, &account, ticket, "cli-ticket-internal").await
            }
            Self::Merge(merge) => merge.run(cx, &account).await,
            Self::FollowUp(follow_up) => follow_up.run(cx, &account).await,
            Self::Events(events) => events.run(cx, &account).await,
            Self::Incidents(incidents) => incidents.run(cx, &account).await,
            Self::Problems(problems) => problems.run(cx, &account).await,
            Self::Ratings(ratings) => ratings.run(cx, &account).await,
            Self::Metrics { ticket } => metrics(cx, &account, ticket).await,
            Self::Why(why) => why.run(cx, &account).await,
            Self::Delete(some) => some.delete(cx, &account).await,
            Self::Spam(some) => some.spam(cx, &account).await,
            Self::Restore(some) => some.restore(cx, &account).await,
            Self::Purge(some) => some.purge(cx, &account).await,
            Self::Redact(redact) => redact.run(cx, &account).await,
            Self::File(file) => file.save(cx, &account).await,
        }
    }
}

/// The comment that can be turned into a note, if one can: it is the only one (R127). Of several the newest is as good as
/// any, for the account refuses them all.
async fn only_comment(account: &Account, ticket: TicketId) -> Result<CommentId, Failure> {
    let thread = account.client.ticket(ticket, 1).await?;
    Ok(thread.comments.first().ok_or(Error::NotFound)?.id)
}

impl List {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        if self.deleted {
            return ticket_removal::deleted(cx, account, &self.part).await;
        }
        let view = self.view.clone();
        let source = self.view.map_or_else(|| Source::Search(String::new()), Source::View);
        let page = pages::tickets(account, pages::ask(source, self.order.sort, self.narrow), &self.part).await?;
        if cx.out.is_json() {
            let rows = objects(account, &page);
            return cx.out.list("tickets", rows, pages::meta(page.next.as_ref())?);
        }
        match view {
            Some(slug) => cx.view_rows(account, &slug, &page),
            None => cx.ticket_table(account, &page),
        }
    }
}

/// A page of tickets as JSON.
pub(super) fn objects(account: &Account, page: &Page<ticket::Ticket>) -> Vec<wire::Ticket> {
    let object = |one| wire::Ticket::of(one, &account.place).with_incidents(&page.names.problems);
    page.rows.iter().map(object).collect()
}

/// A ticket with all its comments.
async fn thread(account: &Account, id: TicketId) -> Result<Thread<ticket::Ticket>, Failure> {
    let mut thread = account.client.ticket(id, show::COMMENTS).await?;
    show::all_comments(account, id, &mut thread).await?;
    Ok(thread)
}

async fn show(cx: &mut Context, account: &Account, id: TicketId) -> Result<(), Failure> {
    let thread = thread(account, id).await?;
    if !cx.out.is_json() {
        return cx.ticket(account, &thread);
    }
    let comments = thread.comments.iter().map(|one| wire::Comment::of(one, &account.place)).collect();
    let object = wire::Ticket::of(&thread.item, &account.place).with_incidents(&thread.names.problems);
    cx.out.object("ticket", object.with_comments(comments))
}

/// Tells what was done, with the ticket as it is now.
pub(super) async fn done(cx: &mut Context, account: &Account, id: TicketId, key: &str) -> Result<(), Failure> {
    let now = match account.client.ticket(id, 1).await {
        // It was done all the same: an agent who does not work with all tickets may have handed it away.
        Err(Error::NotFound) => None,
        other => Some(other?),
    };
    if now.is_none() {
        let text = cx.word("cli-ticket-out-of-sight");
        cx.out.note(&text);
    }
    if cx.out.is_json() {
        return match now {
            Some(thread) => {
                let object = wire::Ticket::of(&thread.item, &account.place);
                cx.out.object("ticket", object.with_incidents(&thread.names.problems))
            }
            None => cx.out.object("ticket", serde_json::json!({ "id": id.0 })),
        };
    }
    let text = cx.say(key, args![number = id.to_string()]);
    cx.out.done(&text, &id.to_string())
}

impl New {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let visibility = if self.private { Visibility::Internal } else { Visibility::Public };
        let mut new = self.fields.new_ticket(account, self.subject).await?;
        new.requester = self.requester;
        new.external_id = self.external_id;
        new.comment.visibility = visibility;
        open(cx, account, (&self.body, &self.attach), new).await
    }
}

async fn open(
    cx: &mut Context,
    account: &Account,
    texts: (&Given, &Attach),
    mut new: NewTicket,
) -> Result<(), Failure> {
    let purpose = Purpose::opening("ticket", &new);
    let said = comment(cx, account, texts, new.comment.visibility, &purpose).await?;
    let opening = |said| {
        new.comment = said;
        Deed::CreateTicket(Box::new(new))
    };
    let receipt = said.send(account, opening).await?;
    match receipt.outcome.ticket {
        Some(id) => done(cx, account, id, "cli-ticket-opened").await,
        None => Ok(()),
    }
}

impl Merge {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let (from, into) = (self.ticket.to_string(), self.into.to_string());
        let visibility = if self.public { Visibility::Public } else { Visibility::Internal };
        let said = |body: String| NewComment { visibility, body, uploads: Vec::new() };
        let closing = self.body.unwrap_or_else(|| cx.say("cli-merge-closing", args![number = into.clone()]));
        let going_on = self.into_body.unwrap_or_else(|| cx.say("cli-merge-going-on", args![number = from]));
        let deed = Deed::Merge {
            source: self.ticket,
            target: self.into,
            source_comment: said(closing),
            target_comment: said(going_on),
        };
        account.act(deed).await?;
        done(cx, account, self.into, "cli-ticket-merged").await
    }
}

impl FollowUp {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let closed = account.client.ticket(self.ticket, 1).await?.item;
        let visibility = if self.private { Visibility::Internal } else { Visibility::Public };
        let nothing = NewComment { visibility, ..NewComment::public("") };
        let new = NewTicket::new(self.subject.unwrap_or(closed.subject), nothing);
        let new = NewTicket { follow_up_of: Some(self.ticket), ..new };
        open(cx, account, (&self.body, &self.attach), new).await
    }
}

impl Events {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let (audits, next) = history::fetch(account, Some(self.ticket), &self.part).await?;
        if cx.out.is_json() {
            let rows: Vec<_> = audits.rows.iter().map(|one| wire::Audit::of(one, &account.place)).collect();
            return cx.out.list("audits", rows, pages::meta(next.as_ref())?);
        }
        cx.history(account, &audits)
    }
}
