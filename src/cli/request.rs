use super::account::Account;
use super::body::{Attach, Given, comment};
use super::context::Context;
use super::own::Own;
use super::pages::{self, Order, Part};
use super::written::Purpose;
use super::{read, show};
use crate::client::Source;
use crate::domain::act::{Change, Deed, NewTicket};
use crate::domain::case::{CaseDeed, Score};
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::draft::DraftPlace;
use crate::domain::field::Holder;
use crate::domain::id::{AttachmentId, TicketId};
use crate::domain::person::PersonRef;
use crate::domain::status::Status;
use crate::language::args;
use crate::report::Failure;
use crate::wire;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What end users do; an agent is an end user here.
#[derive(Debug, Subcommand)]
pub enum Request {
    /// List requests
    List(List),
    /// Show a request with everything said on it
    Show {
        /// Its number
        #[arg(value_parser = read::ticket)]
        request: TicketId,
    },
    /// Submit a request
    New(New),
    /// Fill in fields of a request
    Update {
        /// Its number
        #[arg(value_parser = read::ticket)]
        request: TicketId,
        /// What they hold
        #[command(flatten)]
        own: Own,
    },
    /// Answer on a request
    Reply(Reply),
    /// Mark a request as solved
    Solve {
        /// Its number
        #[arg(value_parser = read::ticket)]
        request: TicketId,
        /// What is said with it
        #[command(flatten)]
        body: Given,
    },
    /// Say what one thought of how a request was solved
    Rate {
        /// Its number
        #[arg(value_parser = read::ticket)]
        request: TicketId,
        /// good or bad
        #[arg(value_parser = read::score)]
        score: Score,
        /// Why
        #[arg(long, value_name = "TEXT")]
        comment: Option<String>,
    },
    /// Save a file of a request
    File(File),
}

/// Lists.
#[derive(Args, Debug)]
pub struct List {
    /// Whose requests
    #[arg(long, value_enum, default_value_t = Scope::Mine)]
    scope: Scope,
    /// Only those of a status
    #[arg(long, value_parser = read::status)]
    status: Option<Status>,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    part: Part,
}

/// Whose requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Scope {
    /// One's own
    Mine,
    /// Those on which one is in copy
    Ccd,
    /// Those of one's organization
    Organization,
}

/// A request to be made.
#[derive(Args, Debug)]
pub struct New {
    /// Its title
    #[arg(long)]
    subject: String,
    /// What it is about: critical, feature, hardware, software
    #[arg(long, value_name = "SLUG")]
    kind: Option<String>,
    /// Somebody to put in copy, by mail address; can be given again
    #[arg(long, value_name = "EMAIL", value_parser = read::person)]
    cc: Vec<PersonRef>,
    /// The closed request that it follows
    #[arg(long, value_name = "NUMBER", value_parser = read::ticket)]
    follow_up_of: Option<TicketId>,
    #[command(flatten)]
    own: Own,
    #[command(flatten)]
    body: Given,
    #[command(flatten)]
    attach: Attach,
}

/// An answer.
#[derive(Args, Debug)]
pub struct Reply {
    /// The request's number
    #[arg(value_parser = read::ticket)]
    request: TicketId,
    /// Somebody to put in copy, by mail address; can be given again
    #[arg(long, value_name = "EMAIL", value_parser = read::person)]
    cc: Vec<PersonRef>,
    #[command(flatten)]
    body: Given,
    #[command(flatten)]
    attach: Attach,
}

/// A file to be saved.
#[derive(Args, Debug)]
pub struct File {
    /// Its number, as show tells it
    attachment: i64,
    /// Where to; - for standard output, its own name in this folder when not given
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Request {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let account = cx.account().await?;
        match self {
            Self::List(list) => list.run(cx, &account).await,
            Self::Show { request } => show(cx, &account, request).await,
            Self::New(new) => new.run(cx, &account).await,
            Self::Update { request, own } => update(cx, &account, request, &own).await,
            Self::Reply(reply) => reply.run(cx, &account).await,
            Self::Solve { request, body } => solve(cx, &account, request, &body).await,
            Self::Rate { request, score, comment } => {
                account.act(Deed::Case(CaseDeed::Rate { ticket: request, score, comment })).await?;
                done(cx, &account, Some(request), "cli-request-rated").await
            }
            Self::File(file) => file.save(cx, &account).await,
        }
    }
}

impl List {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let source = match self.scope {
            Scope::Mine => Source::Mine,
            Scope::Ccd => Source::Ccd,
            Scope::Organization => Source::Organization,
        };
        let narrow = self.status.map(|status| format!("status:{}", status.name()));
        let page = pages::requests(account, pages::ask(source, self.order.sort, narrow), &self.part).await?;
        if cx.out.is_json() {
            let me = account.session.me.id;
            let object = |one| wire::Request::of(one, me, &account.place).with_copied(one, &page.names.people);
            let rows: Vec<_> = page.rows.iter().map(object).collect();
            return cx.out.list("requests", rows, pages::meta(page.next.as_ref())?);
        }
        cx.request_table(account, &page)
    }
}

impl New {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let kind = self.kind.as_deref().map(|slug| account.kind(slug)).transpose()?;
        let mut new = NewTicket {
            kind,
            ccs: self.cc,
            follow_up_of: self.follow_up_of,
            fields: self.own.values(account, Holder::Ticket)?,
            ..NewTicket::new(self.subject, NewComment::public(""))
        };
        let purpose = Purpose::opening("request", &new);
        let said = comment(cx, account, (&self.body, &self.attach), Visibility::Public, &purpose).await?;
        let opening = |said| {
            new.comment = said;
            Deed::CreateTicket(Box::new(new))
        };
        let receipt = said.send(account, opening).await?;
        done(cx, account, receipt.outcome.ticket, "cli-request-opened").await
    }
}

impl Reply {
    async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let purpose = Purpose::on(DraftPlace::Reply(self.request));
        let said = comment(cx, account, (&self.body, &self.attach), Visibility::Public, &purpose).await?;
        let change = Box::new(Change { add_ccs: self.cc, ..Change::default() });
        let ticket = self.request;
        said.send(account, |said| Deed::UpdateTicket { ticket, change, comment: Some(said), expect: None }).await?;
        done(cx, account, Some(self.request), "cli-request-answered").await
    }
}

async fn update(cx: &mut Context, account: &Account, request: TicketId, own: &Own) -> Result<(), Failure> {
    let change = Change { fields: own.values(account, Holder::Ticket)?, ..Change::default() };
    let change = Box::new(change);
    account.act(Deed::UpdateTicket { ticket: request, change, comment: None, expect: None }).await?;
    done(cx, account, Some(request), "cli-request-changed").await
}

async fn solve(cx: &mut Context, account: &Account, request: TicketId, body: &Given) -> Result<(), Failure> {
    let change = Box::new(Change::status(Status::Solved));
    let deed = |comment| Deed::UpdateTicket { ticket: request, change, comment, expect: None };
    if body.is_given() {
        let none = Attach { attach: Vec::new() };
        let purpose = Purpose::on(DraftPlace::Reply(request));
        let said = comment(cx, account, (body, &none), Visibility::Public, &purpose).await?;
        said.send(account, |said| deed(Some(said))).await?;
    } else {
        account.act(deed(None)).await?;
    }
    done(cx, account, Some(request), "cli-request-solved").await
}

async fn show(cx: &mut Context, account: &Account, request: TicketId) -> Result<(), Failure> {
    let mut thread = account.client.request(request, show::COMMENTS).await?;
    show::all_comments(account, request, &mut thread).await?;
    // An agent is an end user here: notes are not theirs to get by this way.
    thread.comments.retain(|one| one.visibility == Visibility::Public);
    if !cx.out.is_json() {
        return cx.request(account, &thread);
    }
    let comments = thread.comments.iter().map(|one| wire::Comment::of(one, &account.place)).collect();
    let object = wire::Request::of(&thread.item, account.session.me.id, &account.place);
    let object = object.with_copied(&thread.item, &thread.names.people).with_comments(comments);
    cx.out.object("request", object)
}

/// Tells what was done, with the request as it is now.
async fn done(cx: &mut Context, account: &Account, id: Option<TicketId>, key: &str) -> Result<(), Failure> {
    let Some(id) = id else { return Ok(()) };
    if cx.out.is_json() {
        let thread = account.client.request(id, 1).await?;
        let object = wire::Request::of(&thread.item, account.session.me.id, &account.place);
        return cx.out.object("request", object.with_copied(&thread.item, &thread.names.people));
    }
    let text = cx.say(key, args![number = id.to_string()]);
    cx.out.done(&text, &id.to_string())
}

impl File {
    pub(super) async fn save(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let (file, bytes) = account.client.attachment(AttachmentId(self.attachment)).await?;
        if self.output.as_deref().is_some_and(|path| path.as_os_str() == "-") {
            return cx.out.bytes(&bytes);
        }
        let path = self.output.unwrap_or_else(|| PathBuf::from(crate::safe::file_name(&file.name)));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut target = options.open(&path).map_err(|error| Failure::file(&path, error))?;
        std::io::Write::write_all(&mut target, &bytes).map_err(|error| Failure::file(&path, error))?;
        let text = cx.say("cli-saved", args![path = path.display().to_string()]);
        cx.out.done(&text, &path.display().to_string())
    }
}
