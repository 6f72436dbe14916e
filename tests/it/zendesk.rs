//! An account at Zendesk as it is asked and as it answers: its shapes, its limits, and everything that goes wrong on the way.

mod desk;
mod far;
mod faults;
mod limits;
mod shapes;
mod writing;
