//! From keys to commands: the table's defaults, with the person's own keys in place of them.

use super::command::{Command, Scope, TABLE, Who};
use super::input::{Code, Key, shown_sequence};
use std::collections::BTreeMap;

/// The keys of a session.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

#[derive(Clone, Debug)]
struct Binding {
    scope: Scope,
    keys: Vec<Key>,
    command: Command,
}

/// What keys pressed so far mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// This command.
    Command(Command),
    /// The beginning of a sequence: more keys are awaited.
    More,
    /// Nothing.
    Nothing,
}

/// What is wrong with somebody's own keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no command of that name; the nearest one.
    UnknownCommand {
        /// As written.
        name: String,
        /// The nearest known one.
        nearest: &'static str,
    },
    /// That is no key.
    BadKey {
        /// For which command.
        name: String,
        /// As written.
        key: String,
    },
    /// The key types a letter where the command is used.
    TypesText {
        /// For which command.
        name: String,
        /// As written.
        key: String,
    },
    /// Two commands of one place have the same key.
    Clash {
        /// The key.
        key: String,
        /// One command.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = TABLE.iter().flat_map(|row| row.keys.iter().map(move |keys| (row, keys)));
        let bindings = bindings.filter_map(|(row, keys)| {
            let keys = Key::parse_sequence(keys)?;
            Some(Binding { scope: row.scope, keys, command: row.command })
        });
        Self { bindings: bindings.collect() }
    }
}

impl Keymap {
    /// The table's keys with somebody's own in place: command name → keys (an empty list takes all away).
    /// What is wrong is left out and told.
    pub fn with(own: &BTreeMap<String, Vec<String>>) -> (Self, Vec<Problem>) {
        let mut keymap = Self::default();
        let mut problems = Vec::new();
        for (name, keys) in own {
            let Some(command) = Command::parse(name) else {
                problems.push(Problem::UnknownCommand { name: name.clone(), nearest: nearest(name) });
                continue;
            };
            let scope = command.row().scope;
            keymap.bindings.retain(|binding| binding.command != command);
            for text in keys {
                match Key::parse_sequence(text) {
                    None => problems.push(Problem::BadKey { name: name.clone(), key: text.clone() }),
                    Some(sequence) if scope.takes_text() && sequence.first().is_some_and(|key| types_text(*key)) => {
                        problems.push(Problem::TypesText { name: name.clone(), key: text.clone() });
                    }
                    Some(keys) => keymap.bindings.push(Binding { scope, keys, command }),
                }
            }
        }
        problems.extend(keymap.clashes());
        (keymap, problems)
    }

    /// What these keys mean where these scopes are open, the innermost first.
    pub fn find(&self, scopes: &[Scope], keys: &[Key], staff: bool) -> Found {
        let mut more = false;
        for scope in scopes {
            for binding in self.bindings.iter().filter(|binding| binding.scope == *scope) {
                if !staff && binding.command.row().who == Who::Staff {
                    continue;
                }
                if binding.keys == keys {
                    return Found::Command(binding.command);
                }
                more |= binding.keys.starts_with(keys);
            }
            if more {
                return Found::More;
            }
        }
        Found::Nothing
    }

    /// How a sequence that has begun can go on where these scopes are open: the keys to come, and what they do.
    pub fn continuations(&self, scopes: &[Scope], begun: &[Key], staff: bool) -> Vec<(String, Command)> {
        let mut all = Vec::new();
        for scope in scopes {
            let open = |binding: &&Binding| {
                binding.scope == *scope
                    && binding.keys.len() > begun.len()
                    && binding.keys.starts_with(begun)
                    && (staff || binding.command.row().who == Who::Everybody)
            };
            let here = self.bindings.iter().filter(open);
            all.extend(here.map(|binding| (shown_sequence(&binding.keys[begun.len()..]), binding.command)));
        }
        all
    }

    /// The keys of a command in their short form, the first one first.
    pub fn shown(&self, command: Command) -> Vec<String> {
        let keys = self.bindings.iter().filter(|binding| binding.command == command);
        keys.map(|binding| shown_sequence(&binding.keys)).collect()
    }

    /// Pairs of commands that cannot both be reached.
    fn clashes(&self) -> Vec<Problem> {
        let mut clashes = Vec::new();
        for (at, one) in self.bindings.iter().enumerate() {
            for other in &self.bindings[at + 1..] {
                let hides = one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys);
                if one.scope == other.scope && one.command != other.command && hides {
                    let key = shown_sequence(&one.keys);
                    clashes.push(Problem::Clash { key, one: one.command.name(), other: other.command.name() });
                }
            }
        }
        clashes
    }
}

/// Whether the key puts a character into a text.
pub fn types_text(key: Key) -> bool {
    matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt
}

fn nearest(name: &str) -> &'static str {
    let distance = |row: &&super::command::Row| edit_distance(name, row.name);
    TABLE.iter().min_by_key(distance).map_or("", |row| row.name)
}

fn edit_distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let kept = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = kept.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}
