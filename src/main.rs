//! Parse, call, report, exit status; nothing else.

fn main() {}
