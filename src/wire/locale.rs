use serde::Serialize;
use utoipa::ToSchema;

/// A language in which people are written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's names")]
pub struct Locale {
    id: i64,
    url: String,
    locale: &'static str,
    name: &'static str,
}

/// By the numbers that clients know.
const LOCALES: [(i64, &str, &str); 3] = [(1, "en", "English"), (16, "fr", "Français"), (22, "it", "Italiano")];

/// All, of an account that is reached there.
pub fn locales(base: &str) -> Vec<Locale> {
    let of = |(id, locale, name)| Locale { id, url: format!("{base}/api/v2/locales/{id}.json"), locale, name };
    LOCALES.into_iter().map(of).collect()
}

/// By which number clients know a language.
pub(super) fn locale_id(language: &str) -> Option<i64> {
    LOCALES.into_iter().find(|(_, tag, _)| *tag == language).map(|(id, ..)| id)
}

impl Locale {
    /// Its number.
    pub const fn number(&self) -> i64 {
        self.id
    }

    /// Its tag, such as `fr`.
    pub const fn tag(&self) -> &'static str {
        self.locale
    }
}
