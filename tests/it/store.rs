//! The store itself: what is on the disk, what happens when it fails, what it finds out about itself.

mod along;
mod crash;
mod draft;
mod fault;
pub mod form;
mod lab;
mod moments;
mod newer;
mod people;
mod storm;
mod together;
mod verify;
mod year;
