//! Guichet's own dialect: nothing is lost on the way, whoever sends what.

mod chance;
mod faults;
mod hostile;
mod keep;
mod protocol;
mod rounds;
