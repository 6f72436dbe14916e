//! Comments, files and uploads as rows.

use super::dialect::{Value, read_row};
use super::ticket::{channel, damaged, link, visibility};
use crate::domain::comment::{Attachment, Comment, Upload, UploadToken, Visibility};
use crate::domain::id::{AttachmentId, CommentId, PersonId, TicketId};
use crate::domain::time::Timestamp;
use sqlx::Row;

/// The columns of a [`CommentRow`], of `comments c`.
macro_rules! comment_columns {
    () => {
        "c.id, c.ticket_id, c.author_id, c.public, c.frozen, c.body, c.via, c.created_at"
    };
}
pub(crate) use comment_columns;

/// A row of `SELECT comment_columns!() …`: a comment still without its files.
pub(crate) struct CommentRow {
    pub(crate) comment: Comment,
}

read_row!(CommentRow, |row| Ok(Self {
    comment: Comment {
        id: CommentId(row.try_get(0)?),
        ticket: TicketId(row.try_get(1)?),
        author: PersonId(row.try_get(2)?),
        visibility: visibility(row.try_get(3)?),
        frozen: row.try_get(4)?,
        body: row.try_get(5)?,
        attachments: Vec::new(),
        via: channel(row.try_get(6)?)?,
        created_at: Timestamp(row.try_get(7)?),
    },
}));

/// The columns of an [`AttachmentRow`], of `attachments a`.
macro_rules! attachment_columns {
    () => {
        "a.id, a.comment_id, a.name, a.content_type, a.size, a.digest"
    };
}
pub(crate) use attachment_columns;

/// A row of `SELECT attachment_columns!() …`.
pub(crate) struct AttachmentRow {
    pub(crate) comment: CommentId,
    pub(crate) attachment: Attachment,
}

read_row!(AttachmentRow, |row| Ok(Self {
    comment: CommentId(row.try_get(1)?),
    attachment: Attachment {
        id: AttachmentId(row.try_get(0)?),
        name: row.try_get(2)?,
        content_type: row.try_get(3)?,
        size: size(row.try_get(4)?)?,
        digest: link(row.try_get(5)?)?,
    },
}));

/// The columns of an [`UploadRow`].
macro_rules! upload_columns {
    () => {
        "token, owner_id, name, content_type, size, digest, used, created_at"
    };
}
pub(crate) use upload_columns;

/// A row of `SELECT upload_columns!() FROM uploads …`.
pub(crate) struct UploadRow {
    pub(crate) upload: Upload,
    /// Whether it is on a comment.
    pub(crate) used: bool,
}

read_row!(UploadRow, |row| Ok(Self {
    upload: Upload {
        token: UploadToken(row.try_get(0)?),
        owner: PersonId(row.try_get(1)?),
        name: row.try_get(2)?,
        content_type: row.try_get(3)?,
        size: size(row.try_get(4)?)?,
        digest: link(row.try_get(5)?)?,
        created_at: Timestamp(row.try_get(7)?),
    },
    used: row.try_get(6)?,
}));

/// The columns of `comments` in the order of [`values`].
pub(super) const COLUMNS: &str = "id, ticket_id, author_id, public, frozen, body, salt, via, attachments, created_at";

/// A comment as the values of its row.
pub(super) fn values(comment: &Comment, salt: &[u8; 16]) -> [Value; 10] {
    [
        comment.id.0.into(),
        comment.ticket.0.into(),
        comment.author.0.into(),
        (comment.visibility == Visibility::Public).into(),
        comment.frozen.into(),
        comment.body.as_str().into(),
        salt.as_slice().into(),
        comment.via.name().into(),
        i64::try_from(comment.attachments.len()).unwrap_or(i64::MAX).into(),
        comment.created_at.0.into(),
    ]
}

/// The columns of `attachments` in the order of [`attachment_values`].
pub(super) const ATTACHMENT_COLUMNS: &str = "id, comment_id, ticket_id, name, content_type, size, digest";

/// A file as the values of its row.
pub(super) fn attachment_values(comment: &Comment, file: &Attachment) -> [Value; 7] {
    [
        file.id.0.into(),
        comment.id.0.into(),
        comment.ticket.0.into(),
        file.name.as_str().into(),
        file.content_type.as_str().into(),
        i64::try_from(file.size).unwrap_or(i64::MAX).into(),
        file.digest.as_slice().into(),
    ]
}

fn size(bytes: i64) -> sqlx::Result<u64> {
    u64::try_from(bytes).map_err(|_| damaged("a file has no such size"))
}
