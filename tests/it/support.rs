//! What tests stand on: folders, databases, a terminal.
#![allow(dead_code, reason = "a tool stays when the last test that needs it goes")]

pub mod afar;
pub mod dirs;
pub mod pg;
pub mod pty;
pub mod receiver;
pub mod served;
pub mod slow;
pub mod town;
pub mod world;
