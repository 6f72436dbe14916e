use super::Query;
use super::lexer::pieces;

/// From so many characters on a word that is being typed is taken for a beginning: shorter ones begin too many words to
/// be found before the next key (Z16).
const LEAST_CHARS: usize = 3;

/// A query while it is being typed: its last word may not be whole yet, so it finds whatever begins so (Z16). A space, a
/// quote, a `-` before it or a keyword with other values than words ends that.
pub fn while_typed(text: &str) -> String {
    if text.len() >= Query::MAX_BYTES || text.ends_with(char::is_whitespace) {
        return text.to_owned();
    }
    let opens = pieces(text).last().is_some_and(|piece| {
        let of_words = piece.keyword.as_ref().is_none_or(|(name, _)| {
            let name = name.as_str();
            ["subject", "comment", "description"].contains(&name)
        });
        let value = &piece.value;
        let word = value.text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let number = value.text.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_digit());
        of_words && !piece.negated && !value.quoted && !value.open && !number && word.chars().count() >= LEAST_CHARS
    });
    if opens { format!("{text}*") } else { text.to_owned() }
}
