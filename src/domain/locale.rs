//! Names of languages and time zones, as far as they can be told apart from other words.

/// The longest tag of a language, in characters.
const MAX_TAG: usize = 35;

/// A language by its tag, such as `fr` or `pt-BR`; none when the text has not the form of one. Whether anybody speaks it
/// here is not asked: what is not spoken is read in the account's language.
pub fn language(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let is_language = (2..=3).contains(&first.len()) && first.chars().all(|c| c.is_ascii_alphabetic());
    let is_subtag = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    (is_language && tag.len() <= MAX_TAG && parts.all(is_subtag)).then_some(tag)
}

/// A time zone by its IANA name, as the list of them writes it; none when there is no such.
pub fn time_zone(text: &str) -> Option<&'static str> {
    let text = text.trim();
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).find(|name| name.eq_ignore_ascii_case(text))
}

/// What there is in a language: under its whole tag, or under the language without a region.
pub fn nearest<'a, T>(all: &'a std::collections::BTreeMap<String, T>, language: &str) -> Option<&'a T> {
    let same = |wanted: &str| all.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted)).map(|(_, one)| one);
    same(language).or_else(|| same(language.split(['-', '_']).next().unwrap_or(language)))
}
