//! What of a ticket can be set from the command line.

use super::account::Account;
use super::body::{Attach, Given, comment};
use super::context::Context;
use super::own::Own;
use super::read::{self, OrNone};
use super::ticket::done;
use super::written::Purpose;
use crate::domain::act::{Change, Deed, NewTicket};
use crate::domain::case::TicketType;
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::draft::DraftPlace;
use crate::domain::field::Holder;
use crate::domain::id::{GroupId, PersonId, StatusId, TicketId};
use crate::domain::person::PersonRef;
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use crate::language::args;
use crate::report::Failure;
use clap::Args;
use std::collections::BTreeSet;

/// Fields of a ticket, new or old.
#[derive(Args, Clone, Debug)]
pub struct Fields {
    /// new, open, pending, hold, solved, or one of the account's own by name
    #[arg(long)]
    status: Option<String>,
    /// low, normal, high, urgent, none
    #[arg(long, value_parser = read::priority)]
    priority: Option<OrNone<Priority>>,
    /// What it is about: critical, feature, hardware, software
    #[arg(long, value_name = "SLUG")]
    kind: Option<String>,
    /// What sort of case it is: question, incident, problem, task, none
    #[arg(long = "type", value_name = "TYPE", value_parser = read::ticket_type)]
    ticket_type: Option<OrNone<TicketType>>,
    /// The problem that caused an incident, by its number; none
    #[arg(long, value_name = "NUMBER", value_parser = read::problem)]
    problem: Option<OrNone<TicketId>>,
    /// Who works on it: a mail address, me, none
    #[arg(long, value_name = "EMAIL")]
    assignee: Option<String>,
    /// The group that works on it, by name; none
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    /// A tag that it gets; can be given again
    #[arg(long, value_name = "TAG", visible_alias = "tag", value_parser = read::tag)]
    add_tag: Vec<Tag>,
    /// Somebody to put in copy, by mail address; can be given again
    #[arg(long, value_name = "EMAIL", value_parser = read::person)]
    cc: Vec<PersonRef>,
    /// When it is due: 2030-01-31T12:00:00Z, 2030-01-31, none
    #[arg(long, value_name = "TIME", value_parser = read::due)]
    due: Option<OrNone<Timestamp>>,
    /// Follow it, unseen by end users
    #[arg(long)]
    follow: bool,
    /// An agent who follows it, by mail address; can be given again
    #[arg(long, value_name = "EMAIL")]
    follower: Vec<String>,
    #[command(flatten)]
    own: Own,
}

/// A change of a ticket.
#[derive(Args, Debug)]
pub struct Update {
    /// Its number
    #[arg(value_parser = read::ticket)]
    ticket: TicketId,
    /// Another title
    #[arg(long)]
    subject: Option<String>,
    /// Another requester, by mail address
    #[arg(long, value_name = "EMAIL", value_parser = read::person)]
    requester: Option<PersonRef>,
    /// A tag that it loses; can be given again
    #[arg(long, value_name = "TAG", value_parser = read::tag)]
    remove_tag: Vec<Tag>,
    /// Somebody to take out of copy; can be given again
    #[arg(long, value_name = "EMAIL")]
    remove_cc: Vec<String>,
    /// Stop following it
    #[arg(long, conflicts_with = "follow")]
    unfollow: bool,
    /// A follower to take away; can be given again
    #[arg(long, value_name = "EMAIL")]
    remove_follower: Vec<String>,
    /// Only if nobody changed it since: the version that show --json tells
    #[arg(long, value_name = "N")]
    if_version: Option<i64>,
    /// A macro to apply: its title, or # and its number; what else is said comes after it
    #[arg(long = "macro", value_name = "NAME")]
    by_macro: Option<String>,
    /// Only say what the macro would change and say
    #[arg(long, requires = "by_macro")]
    dry_run: bool,
    #[command(flatten)]
    fields: Fields,
}

/// A reply or a note.
#[derive(Args, Debug)]
pub struct Answer {
    /// The ticket's number
    #[arg(value_parser = read::ticket)]
    ticket: TicketId,
    /// Only if nobody changed it since: the version that show --json tells
    #[arg(long, value_name = "N")]
    if_version: Option<i64>,
    #[command(flatten)]
    body: Given,
    #[command(flatten)]
    attach: Attach,
    #[command(flatten)]
    fields: Fields,
}

impl Fields {
    async fn assignee(&self, account: &Account) -> Result<Option<OrNone<PersonId>>, Failure> {
        match self.assignee.as_deref() {
            None => Ok(None),
            Some("none") => Ok(Some(OrNone(None))),
            Some(who) => Ok(Some(OrNone(Some(account.person(who).await?.id)))),
        }
    }

    fn status(&self, account: &Account) -> Result<(Option<Status>, Option<StatusId>), Failure> {
        self.status.as_deref().map_or(Ok((None, None)), |name| account.status(name))
    }

    fn group(&self, account: &Account) -> Result<Option<OrNone<GroupId>>, Failure> {
        match self.group.as_deref() {
            None => Ok(None),
            Some("none") => Ok(Some(OrNone(None))),
            Some(name) => Ok(Some(OrNone(Some(account.group(name)?)))),
        }
    }

    async fn followers(&self, account: &Account) -> Result<BTreeSet<PersonId>, Failure> {
        let mut followers = people(account, &self.follower).await?;
        followers.extend(self.follow.then_some(account.session.me.id));
        Ok(followers)
    }

    /// A ticket to be made; its first comment is still empty.
    pub(super) async fn new_ticket(&self, account: &Account, subject: String) -> Result<NewTicket, Failure> {
        let (status, custom_status) = self.status(account)?;
        Ok(NewTicket {
            kind: self.kind.as_deref().map(|slug| account.kind(slug)).transpose()?,
            status,
            custom_status,
            fields: self.own.values(account, Holder::Ticket)?,
            priority: self.priority.and_then(|priority| priority.0),
            ticket_type: self.ticket_type.and_then(|one| one.0),
            problem: self.problem.and_then(|problem| problem.0),
            assignee: self.assignee(account).await?.and_then(|assignee| assignee.0),
            group: self.group(account)?.and_then(|group| group.0),
            tags: self.add_tag.iter().cloned().collect(),
            ccs: self.cc.clone(),
            followers: self.followers(account).await?,
            due_at: self.due.and_then(|due| due.0),
            ..NewTicket::new(subject, NewComment::public(""))
        })
    }

    async fn change(&self, account: &Account) -> Result<Change, Failure> {
        let (status, custom_status) = self.status(account)?;
        Ok(Change {
            status,
            custom_status,
            fields: self.own.values(account, Holder::Ticket)?,
            priority: self.priority.map(|priority| priority.0),
            ticket_type: self.ticket_type.map(|one| one.0),
            problem: self.problem.map(|problem| problem.0),
            kind: self.kind.as_deref().map(|slug| account.kind(slug)).transpose()?,
            assignee: self.assignee(account).await?.map(|assignee| assignee.0),
            group: self.group(account)?.map(|group| group.0),
            add_tags: self.add_tag.iter().cloned().collect(),
            add_ccs: self.cc.clone(),
            add_followers: self.followers(account).await?,
            due_at: self.due.map(|due| due.0),
            ..Change::default()
        })
    }
}

async fn people(account: &Account, addresses: &[String]) -> Result<BTreeSet<PersonId>, Failure> {
    let mut people = BTreeSet::new();
    for address in addresses {
        people.insert(account.person(address).await?.id);
    }
    Ok(people)
}

impl Update {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let mut change = self.fields.change(account).await?;
        change.subject = self.subject;
        change.requester = self.requester;
        change.remove_tags = self.remove_tag.into_iter().collect();
        for who in &self.remove_cc {
            // Who is not known is in copy nowhere: what was wanted is so already.
            if let Some(person) = account.find(who).await? {
                change.remove_ccs.insert(person.id);
            } else {
                let text = cx.say("cli-not-in-copy", args![who = who.as_str()]);
                cx.out.note(&text);
            }
        }
        change.remove_followers = people(account, &self.remove_follower).await?;
        change.remove_followers.extend(self.unfollow.then_some(account.session.me.id));
        let mut comment = None;
        if let Some(name) = &self.by_macro {
            let applied = super::ticket_macro::applied(cx, account, self.ticket, name).await?;
            if self.dry_run {
                return super::ticket_macro::told(cx, account, &applied);
            }
            for row in applied.rows {
                change = row.change.and(change);
                comment = row.comment;
            }
        }
        let change = Box::new(change);
        let deed = Deed::UpdateTicket { ticket: self.ticket, change, comment, expect: self.if_version };
        account.act(deed).await?;
        done(cx, account, self.ticket, "cli-ticket-changed").await
    }
}

impl Answer {
    pub(super) async fn run(self, cx: &mut Context, account: &Account, to: Visibility) -> Result<(), Failure> {
        let change = Box::new(self.fields.change(account).await?);
        let (place, key) = match to {
            Visibility::Public => (DraftPlace::Reply(self.ticket), "cli-ticket-answered"),
            Visibility::Internal => (DraftPlace::Note(self.ticket), "cli-ticket-noted"),
        };
        let said = comment(cx, account, (&self.body, &self.attach), to, &Purpose::on(place)).await?;
        let (ticket, expect) = (self.ticket, self.if_version);
        let deed = |said| Deed::UpdateTicket { ticket, change, comment: Some(said), expect };
        said.send(account, deed).await?;
        done(cx, account, self.ticket, key).await
    }
}
