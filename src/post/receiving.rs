//! Mail that comes in. What it says it is counts for nothing: it is its writer's only with their address and the token of
//! a ticket that only their own letters carry. Everything else, and whatever a machine wrote, waits for an agent.

use crate::client::Error;
use crate::client::arriving::{Arriving, Suspending, Taken};
use crate::client::post::Post;
use crate::domain::arrival::{Answered, Arrival, Becomes, Cause};
use crate::domain::id::{PersonId, TicketId};
use crate::domain::person::EmailAddress;
use crate::domain::refusal::Refusal;
use crate::domain::text::hex;
use crate::mail::incoming::{self, Incoming, Limits};
use crate::mail::maildir::{Folder, Message};
use crate::mail::token::Candidate;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// So many mails of a folder are taken at once.
const AT_ONCE: usize = 100;

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is a comment on that ticket.
    Comment(TicketId),
    /// It has opened that ticket.
    Request(TicketId),
    /// It waits for an agent, under that number (none when it waited before), for that reason.
    Suspended(Option<i64>, &'static str),
}

/// Takes a mail in. `own` is the account's address: what comes from there is answered by nobody.
///
/// # Errors
/// The store could not do it: the mail should be handed in again.
pub async fn receive(post: &Post, bytes: Vec<u8>, own: Option<&EmailAddress>) -> Result<Received, Error> {
    let limits = Limits::default();
    let mail = if bytes.len() > limits.bytes {
        Err(Box::new(incoming::refuse_big(&bytes[..limits.heading.min(bytes.len())], &limits)))
    } else {
        incoming::read(&bytes, &limits)
    };
    let mail = match mail {
        Ok(mail) => mail,
        Err(refused) => {
            let heading = refused.heading;
            let suspending = Suspending {
                digest: digest(&bytes),
                sender: heading.from,
                sender_name: heading.from_name,
                subject: heading.subject,
                why: refused.why.name(),
                ticket: None,
                // Of what is too big whoever handed it over keeps the rest.
                raw: if bytes.len() > limits.bytes { bytes[..limits.heading].to_vec() } else { bytes },
            };
            return Ok(Received::Suspended(post.suspend(suspending).await?, refused.why.name()));
        }
    };
    let cause = match take(post, &mail, &bytes).await? {
        Ok(received) => return Ok(received),
        Err(cause) => cause,
    };
    let suspending = Suspending {
        digest: digest(&bytes),
        sender: Some(mail.from.to_string()),
        sender_name: mail.from_name.clone(),
        subject: mail.subject.clone(),
        why: cause.name(),
        ticket: mail.tokens.first().map(|token| token.ticket),
        raw: bytes,
    };
    let number = post.suspend(suspending).await?;
    // A machine is never answered, nor are we ourselves, nor is a mail twice.
    let answered = cause == Cause::Stranger && number.is_some() && own != Some(&mail.from);
    if answered {
        post.answer(&mail.from).await?;
    }
    Ok(Received::Suspended(number, cause.name()))
}

/// Takes a mail as its writer's, or says why not.
async fn take(post: &Post, mail: &Incoming, bytes: &[u8]) -> Result<Result<Received, Cause>, Error> {
    let sender = post.person_at(&mail.from).await?;
    let answers = match &sender {
        Some(person) => answered(mail, &post.reply_secret().await?, person.id),
        None => None,
    };
    let automatic = mail.automatic.is_some();
    let arrival = Arrival { automatic, whole: mail.is_whole(), sender: sender.as_ref(), answers };
    let becomes = post.becomes(arrival).await?;
    let taken = match becomes {
        Becomes::Suspended(cause) => return Ok(Err(cause)),
        Becomes::Comment(by, Answered { ticket, note }) => {
            post.comment(by, ticket, Arriving { note, ..arriving(mail, bytes, by) }).await?
        }
        Becomes::Request(by) => post.request(by, arriving(mail, bytes, by)).await?,
    };
    Ok(match taken {
        Taken::Comment(ticket) => Ok(Received::Comment(ticket)),
        Taken::Request(ticket) => Ok(Received::Request(ticket)),
        Taken::Refused(Refusal::Closed(_)) => Err(Cause::Closed),
        Taken::Refused(_) => Err(Cause::Refused),
    })
}

/// The first ticket whose token a mail carries that is this person's: that of the letter that it answers. What answers a
/// note by any of its tokens stays one (R126).
fn answered(mail: &Incoming, secret: &[u8], person: PersonId) -> Option<Answered> {
    let of_note = |token: &&Candidate| token.is_of_note(secret, person);
    let ticket = mail.tokens.iter().find(|token| of_note(token) || token.is_of(secret, person))?.ticket;
    Some(Answered { ticket, note: mail.tokens.iter().filter(of_note).any(|note| note.ticket == ticket) })
}

fn arriving(mail: &Incoming, bytes: &[u8], who: PersonId) -> Arriving {
    // The same mail again is the same act, whatever headers it got on its way.
    let named = mail.message_id.as_ref().map(|id| digest(id.as_str().as_bytes()));
    let key = hex(&named.unwrap_or_else(|| digest(bytes)));
    let subject = if mail.subject.is_empty() { mail.from.to_string() } else { mail.subject.clone() };
    let files = mail.files.iter().map(|file| (file.name.clone(), file.content_type.clone(), file.bytes.clone()));
    Arriving {
        key: format!("mail-{who}-{key}"),
        subject: subject.chars().take(400).collect(),
        text: mail.text.clone(),
        note: false,
        files: files.collect(),
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Takes in what waits in a folder. What cannot be stored for now waits on.
///
/// # Errors
/// The folder cannot be read, or the store could not do it.
pub async fn poll(post: &Post, folder: &Path, own: Option<&EmailAddress>) -> Result<Vec<Received>, Error> {
    let unreadable = |error: std::io::Error| Error::Unreachable(format!("{}: {error}", folder.display()));
    let opened = Folder::open(folder).map_err(unreadable)?;
    let most = Limits::default().bytes as u64;
    let mut all = Vec::new();
    for name in opened.waiting(AT_ONCE).map_err(unreadable)? {
        let bytes = match opened.read(&name, most).map_err(unreadable)? {
            Message::Gone => continue,
            Message::Whole(bytes) => bytes,
            Message::Head { head, .. } => {
                let refused = incoming::refuse_big(&head, &Limits::default());
                let suspending = Suspending {
                    digest: digest(&head),
                    sender: refused.heading.from,
                    sender_name: refused.heading.from_name,
                    subject: refused.heading.subject,
                    why: refused.why.name(),
                    ticket: None,
                    raw: head,
                };
                all.push(Received::Suspended(post.suspend(suspending).await?, refused.why.name()));
                opened.refused(&name).map_err(unreadable)?;
                continue;
            }
        };
        let received = receive(post, bytes, own).await?;
        match received {
            Received::Suspended(..) => opened.refused(&name),
            _ => opened.taken(&name),
        }
        .map_err(unreadable)?;
        all.push(received);
    }
    Ok(all)
}
