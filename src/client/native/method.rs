use crate::wire::native::Shapes;
use serde_json::Value as Json;

/// A method, for whoever lists or describes them.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name, which ends its path.
    pub name: &'static str,
    /// What it is about, in English: for programmers.
    pub about: &'static str,
    /// Whether it needs the name under which an act is sent.
    pub keyed: bool,
    /// Whether a file is handed in with what is asked.
    pub takes_file: bool,
    /// Whether a file comes with what is answered.
    pub gives_file: bool,
    /// The schema of what is asked.
    pub ask: fn(&mut Shapes) -> Json,
    /// The schema of what is answered.
    pub answer: fn(&mut Shapes) -> Json,
}
