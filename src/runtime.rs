//! The only place with loops, tasks, a clock and a terminal.

mod input;
mod terminal;
