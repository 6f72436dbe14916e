use super::{agent, found, ticket};
use guichet::domain::search::{Query, while_typed};

/// Z16: the last word of what is being typed finds what begins so, from three characters on; what is finished, quoted, left
/// out, a number or no word stays as it is.
#[test]
fn the_word_being_typed_is_a_beginning() {
    for (text, asked) in [
        ("", ""),
        ("im", "im"),
        ("imp", "imp*"),
        ("dépôt imp", "dépôt imp*"),
        ("dépôt ", "dépôt "),
        ("imp*", "imp*"),
        ("E1042-bl", "E1042-bl"),
        ("E1042-blo", "E1042-blo*"),
        ("1042", "1042"),
        ("#1042", "#1042"),
        ("\"im dép", "\"im dép"),
        ("\"au dépôt\"", "\"au dépôt\""),
        ("imp -dép", "imp -dép"),
        ("subject:imp", "subject:imp*"),
        ("assignee:none", "assignee:none"),
        ("status:new", "status:new"),
    ] {
        assert_eq!(while_typed(text), asked, "{text}");
    }
    let word = "imprimante";
    for chars in 1..=word.len() {
        assert_eq!(found(&while_typed(&word[..chars]), &ticket(), &agent()), chars >= 3, "{chars}");
    }
    assert_eq!(while_typed(&"x".repeat(Query::MAX_BYTES)).len(), Query::MAX_BYTES);
}
