//! The full-screen program.

pub mod wrapped;
