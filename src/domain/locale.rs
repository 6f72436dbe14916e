//! Names of languages and time zones, as far as they can be told apart from other words.

use std::collections::BTreeMap;

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

/// The languages of two letters (ISO 639-1).
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja \
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl \
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te \
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Whether a tag is that of a language: of two letters, one that there is.
pub fn is_known(tag: &str) -> bool {
    let bare = bare(tag).to_ascii_lowercase();
    language(tag).is_some() && (bare.len() > 2 || TWO_LETTERS.split_whitespace().any(|code| code == bare))
}

/// A time zone by its IANA name, as the list of them writes it; none when there is no such.
pub fn time_zone(text: &str) -> Option<&'static str> {
    let text = text.trim();
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).find(|name| name.eq_ignore_ascii_case(text))
}

/// The languages in which somebody reads what an account says, in the order of their preference, with commas between: their
/// own, then the account's.
pub fn preferred(own: Option<&str>, usual: &str) -> String {
    match own {
        Some(own) if !own.eq_ignore_ascii_case(usual) => format!("{own},{usual}"),
        _ => usual.to_owned(),
    }
}

/// What there is in the first of some languages ([`preferred`]) in which there is something: under its whole tag, or under
/// the language without a region; with the tag under which it stands.
pub fn found<'a, T>(all: &'a BTreeMap<String, T>, languages: &str) -> Option<(&'a str, &'a T)> {
    languages.split(',').find_map(|language| in_language(all, language))
}

/// What there is in place of what an account says without naming a language: the first of some languages in which there is
/// something. What stands without a language is taken for English, for somebody who reads that before others.
pub fn nearest<'a, T>(all: &'a BTreeMap<String, T>, languages: &str) -> Option<&'a T> {
    for language in languages.split(',') {
        if let Some((_, one)) = in_language(all, language) {
            return Some(one);
        }
        if bare(language).eq_ignore_ascii_case("en") {
            return None;
        }
    }
    None
}

fn in_language<'a, T>(all: &'a BTreeMap<String, T>, language: &str) -> Option<(&'a str, &'a T)> {
    let language = language.trim();
    let same = |wanted: &str| all.iter().find(|(tag, _)| tag.replace('_', "-").eq_ignore_ascii_case(wanted));
    let one = same(&language.replace('_', "-")).or_else(|| same(bare(language)))?;
    Some((one.0.as_str(), one.1))
}

/// Without its region: `fr` of `fr-CH`.
fn bare(language: &str) -> &str {
    language.trim().split(['-', '_']).next().unwrap_or_default()
}
