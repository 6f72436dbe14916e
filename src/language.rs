//! Every word a person reads, in the reader's language; dates, numbers and plurals.
//!
//! The words are Fluent messages in `assets/words/<code>/<area>.ftl`. To add a language: its folder of files and one
//! line in [`sources::LANGUAGES`]. To add an area: its file in every folder and one line in the macro there.
//!
//! ```
//! use guichet::language::{Language, args};
//! let words = Language::english();
//! assert_eq!(words.say("age-minutes", args![count = 4]), "4 min");
//! assert_eq!(words.number(1042), "1,042");
//! ```
//!
//! Integers among the arguments are counts: they choose plurals and are grouped (`1,042`). What only looks like a number
//! (a ticket's number, a year) is handed over as text. Nothing is escaped here: the result may hold what other people
//! wrote, so it becomes a `safe::Safe` before it is shown.

mod dates;
mod moments;
mod nearest;
mod numbers;
mod sources;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;

pub use dates::{Present, Zone};
/// Arguments of a message, made by [`args!`].
pub use fluent_bundle::FluentArgs as Args;
pub use nearest::nearest;
use sources::{LANGUAGES, Source, WRITTEN};

/// Arguments for [`Language::say`]: `args![count = 3, name = ticket.subject()]`. Integers and texts.
#[macro_export]
macro_rules! args {
    () => { $crate::language::Args::new() };
    ($($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = $crate::language::Args::new();
        $( args.set(stringify!($name), $value); )+
        args
    }};
}

pub use args;

/// A language that the program speaks, with its words. Cheap to clone and to share between threads.
#[derive(Clone)]
pub struct Language(Arc<Words>, Option<Arc<Reader>>);

/// Who reads, and what their account calls things of which the program has words too.
struct Reader {
    languages: String,
    own: BTreeMap<String, String>,
}

struct Words {
    source: &'static Source,
    bundle: FluentBundle<FluentResource>,
}

impl Language {
    /// The language of the first words, and of those that another language lacks.
    pub fn english() -> Self {
        LANGUAGES[0].language()
    }

    /// The language with this code (`en`); `None` when the program does not speak it.
    pub fn of(code: &str) -> Option<Self> {
        LANGUAGES.iter().find(|source| source.code == code).map(Source::language)
    }

    /// All languages, English first.
    pub fn all() -> Vec<Self> {
        LANGUAGES.iter().map(Source::language).collect()
    }

    /// The reader's language: the explicit setting if the program speaks it, else the first locale that it speaks
    /// (`fr_FR.UTF-8`, `it-CH`, as the environment or the system gives them in order of preference), else English.
    pub fn choose<I>(setting: Option<&str>, locales: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let chosen = setting.and_then(of_locale);
        chosen
            .or_else(|| locales.into_iter().find_map(|locale| of_locale(locale.as_ref())))
            .unwrap_or_else(Self::english)
    }

    /// Its code: `en`.
    pub fn code(&self) -> &'static str {
        self.0.source.code
    }

    /// The same for somebody who reads other languages, the preferred first, with commas between: the program's own words
    /// stay, what accounts say is chosen by them. `own` has, by the keys of words, what their account says instead.
    #[must_use]
    pub fn read_by(&self, languages: &str, own: BTreeMap<String, String>) -> Self {
        Self(Arc::clone(&self.0), Some(Arc::new(Reader { languages: languages.to_owned(), own })))
    }

    /// The languages in which its reader reads what accounts say, the preferred first: `fr`, `pt-BR,en`.
    pub fn reads(&self) -> &str {
        self.1.as_deref().map_or(self.0.source.code, |reader| reader.languages.as_str())
    }

    /// The language in which the program writes to somebody who reads some languages, the preferred first with commas
    /// between: names of values, dates, and letters. Of some that is all there is so far.
    pub fn written(languages: &str) -> Self {
        let all = || LANGUAGES.iter().chain(&WRITTEN);
        let one = |tag: &str| {
            let code = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            all().find(|source| source.code == code)
        };
        languages.split(',').find_map(one).unwrap_or(&LANGUAGES[0]).language()
    }

    /// What stands beside what an account says: names of values and dates, in the language of its reader.
    #[must_use]
    pub fn values(&self) -> Self {
        self.1.as_deref().map_or_else(|| self.clone(), |reader| Self::written(&reader.languages))
    }

    /// The languages of which there is only what [`Self::written`] needs.
    pub fn only_written() -> Vec<Self> {
        WRITTEN.iter().map(Source::language).collect()
    }

    /// Its files as (area, text), for the test that compares languages.
    pub fn files(&self) -> &'static [(&'static str, &'static str)] {
        self.0.source.files
    }

    /// Whether it has a message with this key.
    pub fn has(&self, key: &str) -> bool {
        let bundle = &self.0.bundle;
        match key.split_once('.') {
            None => bundle.get_message(key).is_some_and(|message| message.value().is_some()),
            Some((message, attribute)) => {
                bundle.get_message(message).is_some_and(|m| m.get_attribute(attribute).is_some())
            }
        }
    }

    /// The message without arguments.
    pub fn word(&self, key: &str) -> String {
        self.say(key, Args::new())
    }

    /// The message with its arguments filled in; `key.attribute` names an attribute. Where the key is missing the English
    /// words stand in, at last the key itself; debug builds panic at that, and at a missing argument.
    #[expect(clippy::needless_pass_by_value, reason = "made in place by args!; a reference at every call says nothing")]
    pub fn say(&self, key: &str, args: Args<'_>) -> String {
        if let Some(own) = self.1.as_deref().and_then(|reader| reader.own.get(key)) {
            return own.clone();
        }
        if let Some(text) = format(&self.0.bundle, key, &args) {
            return text;
        }
        debug_assert!(false, "no message {key:?} in {self:?}");
        format(&Self::english().0.bundle, key, &args).unwrap_or_else(|| key.to_owned())
    }

    /// `a, b and c`.
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        self.joined(items, "list-and")
    }

    /// `a, b or c`.
    pub fn list_or<S: AsRef<str>>(&self, items: &[S]) -> String {
        self.joined(items, "list-or")
    }

    fn joined<S: AsRef<str>>(&self, items: &[S], last_pair: &str) -> String {
        let Some((last, rest)) = items.split_last() else {
            return String::new();
        };
        let Some((first, middle)) = rest.split_first() else {
            return last.as_ref().to_owned();
        };
        let start = middle.iter().fold(first.as_ref().to_owned(), |all, item| {
            self.say("list-comma", args![first = all, second = item.as_ref()])
        });
        self.say(last_pair, args![first = start, second = last.as_ref()])
    }
}

/// The language that a locale's name begins with.
fn of_locale(locale: &str) -> Option<Language> {
    let code = locale.split(['-', '_', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
    match code.as_str() {
        "c" | "posix" => Some(Language::english()),
        code => Language::of(code),
    }
}

fn format(bundle: &FluentBundle<FluentResource>, key: &str, args: &Args<'_>) -> Option<String> {
    let pattern = match key.split_once('.') {
        None => bundle.get_message(key)?.value()?,
        Some((message, attribute)) => bundle.get_message(message)?.get_attribute(attribute)?.value(),
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
    debug_assert!(errors.is_empty(), "message {key:?}: {errors:?}");
    Some(text)
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.code()).finish()
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}
