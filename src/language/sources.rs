//! The languages and their files.

use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::numbers::grouped;
use super::{Language, Words};

/// A language as it comes with the program.
pub(super) struct Source {
    /// As in BCP 47, and the name of its folder.
    pub(super) code: &'static str,
    /// (area, Fluent text)
    pub(super) files: &'static [(&'static str, &'static str)],
    /// Between thousands.
    pub(super) group: char,
    /// Before fractions.
    pub(super) decimal: char,
    group_integers: fn(&mut FluentBundle<FluentResource>),
    built: OnceLock<Language>,
}

/// One language: its code, the sign between thousands and the one before fractions. Lists the areas.
macro_rules! source {
    ($code:literal, $group:literal, $decimal:literal) => {
        source!(@areas $code, $group, $decimal,
            "common", "time", "kinds", "tui", "form", "cli", "server", "setup", "webhook", "condition", "refusal", "notice", "mail", "event", "work", "report", "reports", "import", "pages", "lacks")
    };
    (@areas $code:literal, $group:literal, $decimal:literal, $($area:literal),+) => {
        Source {
            code: $code,
            files: &[$(
                ($area, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/words/", $code, "/", $area, ".ftl"))),
            )+],
            group: $group,
            decimal: $decimal,
            group_integers: |bundle| bundle.set_formatter(Some(|value, _| integer(value, $group))),
            built: OnceLock::new(),
        }
    };
}

/// The first is the one that stands in for words which another lacks.
pub(super) static LANGUAGES: [Source; 1] = [source!("en", ',', '.')];

/// Languages in which the program does not speak yet, but writes to people: names of values, dates, letters.
pub(super) static WRITTEN: [Source; 2] = [
    source!(@areas "fr", '\u{a0}', ',', "common", "time", "mail"),
    source!(@areas "it", '.', ',', "common", "time", "mail"),
];

impl Source {
    /// Its words, parsed at the first call.
    pub(super) fn language(&'static self) -> Language {
        self.built.get_or_init(|| Language(Arc::new(Words { source: self, bundle: self.bundle() }), None)).clone()
    }

    fn bundle(&self) -> FluentBundle<FluentResource> {
        let locale = LanguageIdentifier::from_bytes(self.code.as_bytes()).unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Isolation would put controls of direction around every argument, and they would land in the terminal.
        bundle.set_use_isolating(false);
        (self.group_integers)(&mut bundle);
        let builtins = bundle.add_builtins();
        debug_assert!(builtins.is_ok(), "{builtins:?}");
        for (area, text) in self.files {
            // What can be read of a broken file is used; tests see the rest.
            let (resource, broken) = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) => (resource, Vec::new()),
                Err((resource, errors)) => (resource, errors),
            };
            debug_assert!(broken.is_empty(), "{}/{area}.ftl: {broken:?}", self.code);
            let added = bundle.add_resource(resource);
            debug_assert!(added.is_ok(), "{}/{area}.ftl: {added:?}", self.code);
        }
        bundle
    }
}

/// An integer inside a message; anything else looks as Fluent writes it.
fn integer(value: &FluentValue<'_>, group: char) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.options.use_grouping => {
            number.as_string().parse().ok().map(|whole| grouped(whole, group))
        }
        _ => None,
    }
}
