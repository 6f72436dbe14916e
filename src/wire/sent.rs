mod organization;
mod ticket;
mod user;

pub use organization::Organization;
pub use ticket::{Coming, CommentSent, FieldSent, Number, Somebody, TicketSent, Words};
pub use user::{Identity, NamedOrganization, User};
