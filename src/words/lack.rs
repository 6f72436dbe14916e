use crate::client::Capability;
use crate::language::Language;

/// Why an account cannot do something.
pub fn lack(words: &Language, lack: Capability) -> String {
    words.word(&format!("lack-{}", lack.name()))
}
