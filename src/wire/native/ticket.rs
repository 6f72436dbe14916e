use super::{enums, structs};
use crate::domain::case::{Rating, Satisfaction, Score, TicketType};
use crate::domain::comment::{Attachment, Channel, Comment, NewComment, Upload, Visibility};
use crate::domain::field::Value;
use crate::domain::notice::Owed;
use crate::domain::presence::{Doing, Present};
use crate::domain::status::{Priority, State, Status};
use crate::domain::ticket::{Request, Ticket};
use crate::domain::timer::{Does, Due};
use crate::domain::view::{Column, Sort, SortKey};

structs! {
    Ticket {
        id, subject, kind, state, priority, requester, submitter, assignee, group, organization, tags, ccs, followers,
        due_at, custom_status, fields, ran, owed, visibility, via, external_id, follow_up_of, merged_into, comments,
        public_comments, created_at, updated_at, requester_updated_at, status_at, assigned_at, requester_said_at,
        assignee_said_at, first_answered_at, solved_at, reopened, version, ticket_type, problem, rating, deleted,
    }
    Request {
        id, subject, kind, state, priority, requester, assignee, group, organization, ccs, due_at, custom_status, fields,
        via, follow_up_of, comments, created_at, updated_at, ticket_type, rating,
    }
    Present { person, doing }
    Rating { score, comment, created_at, updated_at, assignee, group }
    Owed { rule, text, requester }
    Comment { id, ticket, author, visibility, frozen, body, attachments, via, created_at }
    Attachment { id, name, content_type, size, digest }
    Upload { token, owner, name, content_type, size, digest, created_at }
    NewComment { visibility, body, uploads }
    Due { rule, slug, at, does }
    Sort { by, descending }
}

enums! {
    Doing { Looks, Replies }
    Visibility { Internal, Public }
    Channel { Web, Api, Mail, Chat, Rule, Sharing, Import, ClosedTicket, Anonymous }
    Status { New, Open, Pending, Hold, Solved, Closed }
    State { New, Open, Pending { since }, Hold, Solved { since }, Closed { since } }
    Priority { Low, Normal, High, Urgent }
    TicketType { Question, Incident, Problem, Task }
    Score { Bad, Good }
    Satisfaction { Unoffered, Offered, Bad, BadWithComment, Good, GoodWithComment }
    Value { Text(text), Integer(number), Decimal(number), Date(day), Checked(on), Choice(tag), Choices(tags) }
    Does { Closes, Solves, Reminds, Works }
    SortKey { Updated, Id, Status, Priority, Relevance }
    Column {
        Id, Subject, Requester, Organization, Assignee, Group, Kind, Status, Priority, Tags, Created, Updated, Due,
        Field(field), Type,
    }
}
