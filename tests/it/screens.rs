//! The full-screen program without a terminal: keys in, effects and text out.

mod keys;
mod lists;
