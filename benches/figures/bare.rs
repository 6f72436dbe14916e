//! The floors: the same SQL on the same file without anything of ours around it.

use rusqlite::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use std::path::Path;

pub const PAGE: &str = "SELECT t.id, t.subject, t.kind_id, t.status, t.status_since, t.ran, t.priority, \
     t.requester_id, t.submitter_id, t.assignee_id, t.group_id, t.organization_id, t.tags, t.ccs, t.followers, \
     t.due_at, t.public, t.via, t.external_id, t.follow_up_of, t.merged_into, t.comments, t.public_comments, \
     t.created_at, t.updated_at, t.requester_updated_at, t.version, t.assigned_at, t.requester_said_at, t.assignee_said_at, \
     t.custom_status_id, t.fields, t.owed, t.first_answered_at, t.solved_at, t.reopened FROM tickets t WHERE t.status = $1 \
     ORDER BY t.updated_at DESC, t.id DESC LIMIT $2";
pub const NAMES: &str = "SELECT id, name FROM people WHERE id IN (SELECT value FROM json_each($1))";
pub const ORGANIZATIONS: &str = "SELECT id, name FROM organizations WHERE id IN (SELECT value FROM json_each($1))";
pub const TICKET: &str = "SELECT t.id, t.subject, t.kind_id, t.status, t.status_since, t.ran, t.priority, \
     t.requester_id, t.submitter_id, t.assignee_id, t.group_id, t.organization_id, t.tags, t.ccs, t.followers, \
     t.due_at, t.public, t.via, t.external_id, t.follow_up_of, t.merged_into, t.comments, t.public_comments, \
     t.created_at, t.updated_at, t.requester_updated_at, t.version, t.assigned_at, t.requester_said_at, t.assignee_said_at, \
     t.custom_status_id, t.fields, t.owed, t.first_answered_at, t.solved_at, t.reopened FROM tickets t WHERE t.id = $1";
pub const COMMENTS: &str = "SELECT id, ticket_id, author_id, public, frozen, body, via, attachments, created_at \
     FROM comments WHERE ticket_id = $1 ORDER BY id DESC LIMIT $2";

/// A pool as the store's own readers are set up.
pub async fn pool(path: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).pragma("cache_size", "-4096");
    SqlitePoolOptions::new().max_connections(4).connect_with(options).await.expect("the store opens")
}

/// The floor below the floor.
pub fn direct(path: &Path) -> Connection {
    let connection = Connection::open(path).expect("the store opens");
    connection.execute_batch("PRAGMA cache_size = -4096").expect("the cache is set");
    connection.set_prepared_statement_cache_capacity(32);
    connection
}

/// Numbers as the JSON array that the statements take.
pub fn array(numbers: &mut Vec<i64>) -> String {
    numbers.sort_unstable();
    numbers.dedup();
    format!("[{}]", numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}
