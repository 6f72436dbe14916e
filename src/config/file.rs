//! From TOML to [`Config`], with line numbers for what is wrong.

use super::{Config, Dialect, Expected, Fault, Keeps, Problem, Profile, Theme, nearest};
use crate::tui::keymap::{self, Keymap};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Every key of the file, `*` for a name of one's own.
pub const KEYS: &[&str] = &[
    "profile",
    "language",
    "theme",
    "mouse",
    "profiles.*.database",
    "profiles.*.as",
    "profiles.*.url",
    "profiles.*.token_command",
    "profiles.*.dialect",
    "profiles.*.client_id",
    "profiles.*.keeps",
    "keys.*",
    "mail.send",
    "mail.from",
    "mail.from_name",
    "mail.host",
    "mail.port",
    "mail.tls",
    "mail.ca",
    "mail.user",
    "mail.password_file",
    "mail.password_command",
    "mail.timeout",
    "mail.folder",
    "mail.receive",
];

const DIALECTS: &[&str] = &["guichet", "zendesk"];
const KEEPS: &[&str] = &["file", "keyring"];
const THEMES: &[&str] = &["colours", "plain"];

/// A key with its value, both with their places in the text.
pub(super) type Entry<'t> = (&'t Spanned<std::borrow::Cow<'t, str>>, &'t Spanned<DeValue<'t>>);

/// The file's content; what is wrong is left out and told, first line first.
pub fn parse(text: &str) -> (Config, Vec<Problem>) {
    let mut reader = Reader { text, problems: Vec::new() };
    let mut config = Config::default();
    match DeTable::parse(text) {
        Ok(table) => reader.root(table.get_ref(), &mut config),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            reader.problem(at, Fault::Syntax(error.message().to_owned()));
        }
    }
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.line);
    (config, problems)
}

pub(super) struct Reader<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn root(&mut self, table: &DeTable<'_>, config: &mut Config) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "profile" => config.profile = self.string("profile", value),
                "language" => config.language = self.string("language", value),
                "mouse" => config.mouse = self.switch("mouse", value).unwrap_or(config.mouse),
                "theme" => config.theme = self.theme(value).unwrap_or_default(),
                "profiles" => config.profiles = self.profiles(value),
                "keys" => config.keys = self.keys(value),
                "mail" => config.mail = self.mail(value),
                other => self.unknown(key.span().start, "", other, &["profiles", "keys", "mail"]),
            }
        }
    }

    fn theme(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Theme> {
        self.one_of("theme", value, &[Theme::Colours, Theme::Plain], Theme::name, THEMES)
    }

    /// The one of some things that the value names.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        all: &[T],
        name: fn(T) -> &'static str,
        choices: &'static [&'static str],
    ) -> Option<T> {
        let found = self.string(key, value)?;
        let named = all.iter().copied().find(|one| name(*one) == found);
        if named.is_none() {
            self.problem(value.span().start, Fault::NotOneOf { key: key.to_owned(), found, choices });
        }
        named
    }

    fn profiles(&mut self, value: &Spanned<DeValue<'_>>) -> BTreeMap<String, Profile> {
        let mut profiles = BTreeMap::new();
        for (name, value) in self.table("profiles", value) {
            let path = format!("profiles.{name}", name = name.get_ref());
            let mut profile = Profile::default();
            for (key, value) in self.table(&path, value) {
                let whole = format!("{path}.{key}", key = key.get_ref());
                match key.get_ref().as_ref() {
                    "database" => profile.database = self.string(&whole, value),
                    "as" => profile.acts_as = self.string(&whole, value),
                    "url" => profile.url = self.string(&whole, value),
                    "token_command" => profile.token_command = self.string(&whole, value),
                    "client_id" => profile.client_id = self.string(&whole, value),
                    "dialect" => {
                        let named = self.one_of(&whole, value, &Dialect::ALL, Dialect::name, DIALECTS);
                        profile.dialect = named.unwrap_or_default();
                    }
                    "keeps" => {
                        let named = self.one_of(&whole, value, &Keeps::ALL, Keeps::name, KEEPS);
                        profile.keeps = named.unwrap_or_default();
                    }
                    other => self.unknown(key.span().start, &path, other, &[]),
                }
            }
            profiles.insert(name.get_ref().to_string(), profile);
        }
        profiles
    }

    fn keys(&mut self, value: &Spanned<DeValue<'_>>) -> BTreeMap<String, Vec<String>> {
        let mut keys = BTreeMap::new();
        let mut places = BTreeMap::new();
        for (name, value) in self.table("keys", value) {
            let path = format!("keys.{name}", name = name.get_ref());
            places.insert(name.get_ref().to_string(), name.span().start);
            let one = value.get_ref().as_str().map(|key| vec![key.to_owned()]);
            let many = value.get_ref().as_array().and_then(|list| {
                list.iter().map(|key| key.get_ref().as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
            });
            match one.or(many) {
                Some(list) => {
                    keys.insert(name.get_ref().to_string(), list);
                }
                None => self.wrong(&path, value, Expected::Texts),
            }
        }
        let (_, problems) = Keymap::with(&keys);
        for problem in problems {
            // Of two commands that clash, the one that stands in the file is told.
            let named = match &problem {
                keymap::Problem::UnknownCommand { name, .. }
                | keymap::Problem::BadKey { name, .. }
                | keymap::Problem::TypesText { name, .. } => places.get(name.as_str()),
                keymap::Problem::Clash { one, other, .. } => places.get(*one).or_else(|| places.get(*other)),
            };
            self.problem(named.copied().unwrap_or_default(), Fault::Key(problem));
        }
        keys
    }

    pub(super) fn string(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(key, value, Expected::Text);
        }
        text
    }

    fn switch(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        let switch = value.get_ref().as_bool();
        if switch.is_none() {
            self.wrong(key, value, Expected::Switch);
        }
        switch
    }

    /// A whole number from 1 to 65,535.
    pub(super) fn number(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<u16> {
        let whole = value.get_ref().as_integer().and_then(|n| u16::from_str_radix(n.as_str(), n.radix()).ok());
        let number = whole.filter(|n| *n > 0);
        if number.is_none() {
            self.wrong(key, value, Expected::Number);
        }
        number
    }

    pub(super) fn table<'v>(&mut self, key: &str, value: &'v Spanned<DeValue<'v>>) -> Vec<Entry<'v>> {
        if value.get_ref().as_table().is_none() {
            self.wrong(key, value, Expected::Table);
        }
        value.get_ref().as_table().into_iter().flatten().collect()
    }

    fn wrong(&mut self, key: &str, value: &Spanned<DeValue<'_>>, expected: Expected) {
        let found = value.get_ref().type_str().to_owned();
        self.problem(value.span().start, Fault::WrongType { key: key.to_owned(), expected, found });
    }

    /// A key that its table does not have. The nearest is looked for among the keys of that table.
    pub(super) fn unknown(&mut self, at: usize, table: &str, key: &str, more: &[&'static str]) {
        let pattern = if table == "mail" { "mail." } else { "profiles.*." };
        let inside = |name: &&'static str| {
            if table.is_empty() { (!name.contains('.')).then_some(*name) } else { name.strip_prefix(pattern) }
        };
        let known = KEYS.iter().filter_map(inside).chain(more.iter().copied());
        let whole = |key: &str| if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
        let nearest = nearest(key, known).map(whole);
        self.problem(at, Fault::UnknownKey { key: whole(key), nearest });
    }

    fn problem(&mut self, at: usize, fault: Fault) {
        let line = 1 + self.text.get(..at).map_or(0, |before| before.matches('\n').count());
        self.problems.push(Problem { line, fault });
    }
}
