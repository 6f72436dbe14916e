use super::library::read;
use serde::Deserialize;
use std::sync::LazyLock;

/// A language of the made-up people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Tongue {
    En,
    Fr,
    It,
}

impl Tongue {
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::It];

    /// Its code, as in a person's record.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::It => "it",
        }
    }
}

/// Something in each of the three languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InThree<T> {
    en: T,
    fr: T,
    it: T,
}

impl<T> InThree<T> {
    pub const fn get(&self, tongue: Tongue) -> &T {
        match tongue {
            Tongue::En => &self.en,
            Tongue::Fr => &self.fr,
            Tongue::It => &self.it,
        }
    }
}

/// Names and things of one language, the frequent ones first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub first_names: Vec<String>,
    pub last_names: Vec<String>,
    pub towns: Vec<String>,
    pub streets: Vec<String>,
    pub days: Vec<String>,
    pub parts: Vec<String>,
    pub colours: Vec<String>,
    /// What stands before a town in the name of a made-up organization, such as `Hôtel`.
    pub houses: Vec<String>,
}

/// The words of all three languages.
pub(super) static WORDS: LazyLock<InThree<Words>> =
    LazyLock::new(|| read("words", include_str!("../../assets/demo/words.toml")));
