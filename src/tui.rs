//! The full-screen program. Pure: a [`Message`](message::Message) comes in, `update` changes the model and answers with
//! [`Effect`](effect::Effect)s, `draw` shows it.

pub mod choices;
pub mod command;
pub mod editor;
pub mod input;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod text;
pub mod theme;
pub mod wrapped;
