//! The full-screen program. Pure: a [`Message`](message::Message) comes in, [`update()`] changes the
//! [`Model`](model::Model) and answers with [`Effect`](effect::Effect)s, [`draw()`] shows it. No clock, no files, no
//! tasks: whatever is needed from outside is an effect, and its answer a message.

mod acts;
pub mod choices;
pub mod clock;
pub mod command;
pub mod docs;
mod draw;
pub mod editor;
pub mod effect;
pub mod files;
pub mod input;
pub mod item;
pub mod keymap;
mod layout;
mod learned;
pub mod list;
pub mod message;
pub mod model;
pub mod news;
mod notice;
pub mod own;
pub mod rows;
pub mod screens;
mod sentence;
pub mod subject;
pub mod text;
pub mod theme;
mod undo;
mod update;
mod wake;
mod widgets;
pub mod wrapped;

pub use draw::{draw, title};
pub use news::open_tickets;
pub use update::{start, update};
pub use wake::{looks, wake_in};
