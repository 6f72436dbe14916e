//! `docs/keys.md`, from the table of commands.

use super::command::{Scope, TABLE, Who};
use super::input::Key;
use crate::language::{Language, args};
use std::fmt::Write as _;

/// The page of all keys, in Markdown.
pub fn keys_markdown() -> String {
    let words = Language::english();
    let mut page = format!("# {}\n\n{}\n", words.word("keys-page-title"), words.word("keys-page-text"));
    for scope in Scope::ALL {
        let _ = write!(page, "\n## {}\n\n", words.word(&format!("scope-{}", scope.name())));
        let (keys, command, does) = (words.word("keys-key"), words.word("keys-command"), words.word("keys-does"));
        let _ = write!(page, "| {keys} | {command} | {does} |\n|---|---|---|\n");
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            let sequences = row.keys.iter().filter_map(|keys| Key::parse_sequence(keys));
            let keys: Vec<String> = sequences.map(|keys| format!("`{}`", join(&keys))).collect();
            let mut text = words.word(&format!("command-{}", row.name));
            if row.who == Who::Staff {
                text = words.say("keys-staff", args![text = text]);
            }
            let _ = writeln!(page, "| {} | `{}` | {text} |", keys.join(" "), row.name);
        }
    }
    page
}

/// As it is written in the configuration.
fn join(keys: &[Key]) -> String {
    let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
    keys.join(" ")
}
