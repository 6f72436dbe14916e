//! A ticket with what was said on it.

use super::comment::{AttachmentRow, CommentRow, attachment_columns, comment_columns};
use super::dialect::{Batch, Rows};
use super::fault::{Fault, FaultKind};
use super::ticket::{TicketRow, ticket_columns};
use super::{Reader, Store};
use crate::domain::audience::{Relation, Viewer, may_read, may_see, relation, works_on};
use crate::domain::comment::{Attachment, Comment};
use crate::domain::id::{AttachmentId, CommentId, TicketId};
use crate::domain::ticket::Ticket;

/// A ticket with its newest comments, as far as somebody may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The ticket: for an end user it must become a request before it is shown.
    pub ticket: Ticket,
    /// Its newest comments, oldest first.
    pub comments: Vec<Comment>,
    /// Whether there are earlier ones.
    pub more: bool,
}

impl Reader {
    /// Whether they read notes here: an agent who looks at their own request does not.
    pub(super) const fn reads_notes(&self) -> bool {
        self.viewer.is_staff() && !self.as_requester
    }

    /// The same person as a requester, where that is all that they are to a ticket: then they read no notes on it.
    pub(super) fn only_as_requester(&self, ticket: &Ticket) -> Option<Self> {
        let only = self.reads_notes() && !works_on(&self.viewer, ticket);
        only.then(|| Self { as_requester: true, ..self.clone() })
    }

    /// Whether they may know of a ticket here.
    pub(super) fn may_know(&self, ticket: &Ticket) -> bool {
        if self.as_requester {
            let viewer = Viewer { role: crate::domain::person::Role::EndUser, ..self.viewer.clone() };
            ticket.deleted.is_none() && ticket.is_public() && relation(&viewer, ticket) != Relation::None
        } else {
            may_see(&self.viewer, ticket)
        }
    }
}

impl Store {
    /// A ticket with its newest comments; none when there is none or they may not know of it, or as the team and it is only
    /// their own request.
    pub async fn thread(&self, reader: &Reader, id: TicketId, limit: u32) -> Result<Option<Thread>, Fault> {
        let mut batch = Batch::default();
        push_comments(&mut batch, reader, id, None, limit);
        // Last, for others may write in between: who may know of the ticket now might read all that was said before.
        batch.push(concat!("SELECT ", ticket_columns!(), " FROM tickets t WHERE t.id = $1"), vec![id.0.into()]);
        let rows = self.read(batch).await?;
        let [said @ .., ticket] = &rows[..] else { return Err(Fault::new(FaultKind::Other, "no answer")) };
        let Some(TicketRow(mut ticket)) = ticket.first()? else { return Ok(None) };
        if !reader.may_know(&ticket) || reader.only_as_requester(&ticket).is_some() {
            return Ok(None);
        }
        self.hide_others(reader, std::slice::from_mut(&mut ticket)).await?;
        let (comments, more) = read_comments(said, limit)?;
        Ok(Some(Thread { ticket, comments, more }))
    }

    /// The comments of a ticket before one of them, oldest first; none when they may not know of the ticket.
    pub async fn comments_before(
        &self,
        reader: &Reader,
        id: TicketId,
        before: CommentId,
        limit: u32,
    ) -> Result<Option<Vec<Comment>>, Fault> {
        let mut batch = Batch::default();
        push_comments(&mut batch, reader, id, Some(before), limit);
        // Last, as in [`Store::thread`].
        batch.push(concat!("SELECT ", ticket_columns!(), " FROM tickets t WHERE t.id = $1"), vec![id.0.into()]);
        let rows = self.read(batch).await?;
        let [said @ .., ticket] = &rows[..] else { return Err(Fault::new(FaultKind::Other, "no answer")) };
        let Some(TicketRow(ticket)) = ticket.first()? else { return Ok(None) };
        if !reader.may_know(&ticket) {
            return Ok(None);
        }
        match reader.only_as_requester(&ticket) {
            Some(requester) => Box::pin(self.comments_before(&requester, id, before, limit)).await,
            None => Ok(Some(read_comments(said, limit)?.0)),
        }
    }

    /// A file with its bytes; none when they may not read its comment.
    pub async fn attachment(
        &self,
        reader: &Reader,
        id: AttachmentId,
    ) -> Result<Option<(Attachment, Vec<u8>)>, super::Error> {
        let mut batch = Batch::default();
        batch.push(concat!("SELECT ", attachment_columns!(), " FROM attachments a WHERE a.id = $1"), vec![id.0.into()]);
        batch.push(
            concat!(
                "SELECT ",
                comment_columns!(),
                " FROM comments c WHERE c.id = (SELECT comment_id FROM attachments WHERE id = $1)"
            ),
            vec![id.0.into()],
        );
        batch.push(
            concat!(
                "SELECT ",
                ticket_columns!(),
                " FROM tickets t WHERE t.id = (SELECT ticket_id FROM attachments WHERE id = $1)"
            ),
            vec![id.0.into()],
        );
        let rows = self.read(batch).await?;
        let [file, comment, ticket] = &rows[..] else { return Ok(None) };
        let (Some(file), Some(comment), Some(ticket)) =
            (file.first::<AttachmentRow>()?, comment.first::<CommentRow>()?, ticket.first::<TicketRow>()?)
        else {
            return Ok(None);
        };
        if !may_read(&reader.viewer, &ticket.0, comment.comment.visibility) {
            return Ok(None);
        }
        let bytes = self.get_blob(file.attachment.digest).await?;
        Ok(Some((file.attachment, bytes)))
    }
}

/// The newest comments, one more than asked for, and their files.
pub(super) fn push_comments(batch: &mut Batch, reader: &Reader, id: TicketId, before: Option<CommentId>, limit: u32) {
    let values = || {
        vec![
            id.0.into(),
            before.map_or(i64::MAX, |before| before.0).into(),
            reader.reads_notes().into(),
            (i64::from(limit) + 1).into(),
        ]
    };
    batch.push(
        concat!(
            "SELECT ",
            comment_columns!(),
            " FROM comments c WHERE c.ticket_id = $1 AND c.id < $2 AND (c.public OR $3) ORDER BY c.id DESC LIMIT $4"
        ),
        values(),
    );
    batch.push(
        concat!(
            "SELECT ",
            attachment_columns!(),
            " FROM attachments a WHERE a.comment_id IN (SELECT newest.id FROM (SELECT c.id, c.attachments \
              FROM comments c WHERE c.ticket_id = $1 AND c.id < $2 AND (c.public OR $3) ORDER BY c.id DESC LIMIT $4) \
              AS newest WHERE newest.attachments > 0) ORDER BY a.id"
        ),
        values(),
    );
}

fn read_comments(rows: &[Rows], limit: u32) -> Result<(Vec<Comment>, bool), Fault> {
    let [comments, files] = rows else { return Err(Fault::new(FaultKind::Other, "no answer")) };
    let mut comments: Vec<Comment> = comments.read::<CommentRow>()?.into_iter().map(|row| row.comment).collect();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = comments.len() > limit;
    comments.truncate(limit);
    comments.reverse();
    attach(&mut comments, files.read()?);
    Ok((comments, more))
}

/// Puts files on their comments, which are in the order of their numbers.
pub(super) fn attach(comments: &mut [Comment], files: Vec<AttachmentRow>) {
    for file in files {
        if let Ok(at) = comments.binary_search_by_key(&file.comment, |comment| comment.id) {
            comments[at].attachments.push(file.attachment);
        }
    }
}
