//! Mail that is nobody's, as an agent who looks at it has it read and taken.

use crate::client::{Client, Error, Key, Receipt};
use crate::domain::act::{Change, Deed, NewTicket};
use crate::domain::comment::NewComment;
use crate::domain::id::TicketId;
use crate::domain::mailroom::MailDeed;
use crate::domain::person::PersonRef;
use crate::domain::suspended::Suspended;
use crate::mail::incoming::{self, Incoming, Limits};

/// A suspended mail, and what it says as far as it can be read.
///
/// # Errors
/// There is none of that number, or it may not be seen.
pub async fn read(client: &dyn Client, number: i64) -> Result<(Suspended, Option<Incoming>), Error> {
    let (about, raw) = client.suspended_mail(number).await?;
    Ok((about, incoming::read(&raw, &Limits::default()).ok()))
}

/// Makes a ticket of a mail for its sender, or a note on a ticket; then the mail is gone, unless it could be read
/// in part only. `head` stands above its text. Done twice, it is done once. Answers also whether it was whole.
///
/// # Errors
/// A rule stands against it; the mail stays.
pub async fn take(
    client: &dyn Client,
    about: Suspended,
    mail: Incoming,
    ticket: Option<TicketId>,
    head: &str,
) -> Result<(Receipt, bool), Error> {
    let whole = mail.is_whole();
    let mut uploads = Vec::new();
    for file in mail.files {
        uploads.push(client.upload(file.name, file.content_type, file.bytes).await?.token);
    }
    let body = format!("{head}\n\n{}", mail.whole_text);
    let deed = if let Some(ticket) = ticket {
        let comment = Some(NewComment { uploads, ..NewComment::note(body) });
        Deed::UpdateTicket { ticket, change: Box::<Change>::default(), comment, expect: None }
    } else {
        let subject = if about.subject.is_empty() { mail.from.to_string() } else { about.subject };
        let requester = match mail.from_name {
            Some(name) => PersonRef::Named { name, email: mail.from },
            None => PersonRef::Address(mail.from),
        };
        let comment = NewComment { uploads, ..NewComment::public(body) };
        Deed::CreateTicket(Box::new(NewTicket { requester: Some(requester), ..NewTicket::new(&subject, comment) }))
    };
    let receipt = client.act(Key(format!("suspended-{}", about.id)), deed).await?;
    if whole {
        let gone = Deed::Mail(MailDeed::DropMail(about.id));
        client.act(Key(format!("suspended-{}-gone", about.id)), gone).await?;
    }
    Ok((receipt, whole))
}
