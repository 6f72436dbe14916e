//! The requester field: whom it suggests for what was typed (R102-R105, D18). The store finds the same people by its
//! indexes; a property test holds the two together.

use super::person::Person;
use super::word::words;
use std::collections::BTreeSet;

/// From how many characters on something is suggested (D18).
pub const MIN_CHARS: usize = 2;

/// What was typed, made ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Its words, each the start of a word of the person's name or of their organization's (R102, R105).
    pub words: Vec<String>,
    /// What an address is compared with (R103).
    pub address: Option<Part>,
    /// Digits that a phone number must contain (R104); none when something else than a number was typed.
    pub digits: Option<String>,
}

/// A piece of a mail address, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Without an `@`: the start of what stands before it, or any part of the domain.
    Any(String),
    /// `@acme`: the start of the domain.
    Domain(String),
    /// `ana@ac`: the start of the whole.
    Whole(String),
}

impl Typed {
    /// Reads what was typed; none while it is shorter than [`MIN_CHARS`] or says nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().take(MIN_CHARS).count() < MIN_CHARS || text.len() > 254 {
            return None;
        }
        let typed = Self { words: words(text), address: part(text), digits: number(text) };
        (!typed.words.is_empty() || typed.address.is_some()).then_some(typed)
    }

    /// Whether a person is suggested; the second is the name of their organization.
    pub fn finds(&self, person: &Person, organization: Option<&str>) -> bool {
        self.by_name(&person.name, organization)
            || person.email.as_ref().is_some_and(|email| self.by_address(&email.folded()))
            || person.phone.as_deref().is_some_and(|phone| self.by_phone(phone))
    }

    fn by_name(&self, name: &str, organization: Option<&str>) -> bool {
        let mut known = name_words(name);
        known.extend(organization.into_iter().flat_map(words));
        !self.words.is_empty()
            && self.words.iter().all(|typed| known.iter().any(|word| word.starts_with(typed.as_str())))
    }

    fn by_address(&self, address: &str) -> bool {
        let Some((local, domain)) = address.rsplit_once('@') else { return false };
        match &self.address {
            Some(Part::Any(part)) => local.starts_with(part.as_str()) || domain.contains(part.as_str()),
            Some(Part::Domain(start)) => domain.starts_with(start.as_str()),
            Some(Part::Whole(start)) => address.starts_with(start.as_str()),
            None => false,
        }
    }

    fn by_phone(&self, phone: &str) -> bool {
        self.digits.as_ref().is_some_and(|digits| phone_digits(phone).contains(digits.as_str()))
    }
}

/// The words of a name by which a person is found: what the store keeps for each.
pub fn name_words(name: &str) -> BTreeSet<String> {
    words(name).into_iter().collect()
}

/// A phone number as it is compared and kept: its digits alone, without the `+`, `00` or `0` at the front and the `(0)`
/// inside, which people write or leave out as they like (R104).
pub fn phone_digits(phone: &str) -> String {
    let digits: String = phone.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}

fn number(text: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-./()".contains(c);
    let digits = phone_digits(text);
    (text.chars().all(allowed) && digits.len() >= MIN_CHARS).then_some(digits)
}

fn part(text: &str) -> Option<Part> {
    let lower = text.to_lowercase();
    if lower.contains(char::is_whitespace) {
        return None;
    }
    Some(match lower.split_once('@') {
        None => Part::Any(lower),
        Some(("", "")) => return None,
        Some(("", domain)) => Part::Domain(domain.to_owned()),
        Some(_) => Part::Whole(lower),
    })
}
