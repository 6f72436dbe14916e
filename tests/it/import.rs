//! Tickets from other systems' files: what is read, what is refused, and why.

mod people;
mod reading;
mod running;
