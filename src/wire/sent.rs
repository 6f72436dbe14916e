mod organization;
mod user;

pub use organization::Organization;
pub use user::{Identity, NamedOrganization, User};
