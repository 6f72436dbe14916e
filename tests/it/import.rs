//! Tickets from other systems' files: what is read, what is refused, and why.

mod reading;
mod running;
