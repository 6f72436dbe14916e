use super::{address, id};
use guichet::domain::id::{PersonId, TicketId};
use guichet::mail::token::{Candidate, Token, loose_id, message_id, reply_address, thread_id};
use proptest::prelude::*;

const SECRET: &[u8] = b"the account's own secret, 32 bytes";
const MIA: PersonId = PersonId(7);
const TICKET: TicketId = TicketId(1042);

fn token() -> Token {
    Token::new(SECRET, TICKET, MIA)
}

#[test]
fn a_reply_address_leads_back_to_its_ticket_and_person() {
    let account = address("support@acme.example");
    let reply = reply_address(&account, TICKET, &token()).expect("short enough");
    assert_eq!(reply.as_str(), format!("support+1042.{}@acme.example", token().as_str()));
    let found = Candidate::in_address(reply.as_str()).expect("a candidate");
    assert_eq!(found.ticket, TICKET);
    assert!(found.is_of(SECRET, MIA));
    // Some servers on the way write addresses in capitals.
    let loud = Candidate::in_address(&reply.as_str().to_uppercase()).expect("a candidate");
    assert!(loud.is_of(SECRET, MIA));
}

#[test]
fn our_message_ids_carry_the_token_and_are_the_same_for_the_same_letter() {
    let first = message_id(TICKET, &token(), "notice-77", "acme.example").expect("an id");
    assert_eq!(message_id(TICKET, &token(), "notice-77", "acme.example"), Some(first.clone()));
    let thread = thread_id(TICKET, &token(), "acme.example").expect("an id");
    for text in [first.as_str(), thread.as_str(), &first.to_string()] {
        assert!(Candidate::in_message_id(text).expect("a candidate").is_of(SECRET, MIA), "{text}");
    }
    assert_ne!(first, thread);
    let hostile = message_id(TICKET, &token(), "a\r\nBcc: x@y.example>", "acme.example").expect("an id");
    assert!(hostile.as_str().bytes().all(|byte| byte.is_ascii_graphic()), "{hostile}");
    let loose = loose_id("signup-3", "acme.example").expect("an id");
    assert_eq!(Candidate::in_message_id(loose.as_str()), None);
}

#[test]
fn a_token_opens_no_other_ticket_for_nobody_else_and_under_no_other_secret() {
    let other = |ticket: i64, text: &str| Candidate::in_address(&format!("s+{ticket}.{text}@a.example"));
    let right = token();
    assert!(other(1042, right.as_str()).expect("a candidate").is_of(SECRET, MIA));
    assert!(!other(1043, right.as_str()).expect("a candidate").is_of(SECRET, MIA));
    assert!(!other(1042, right.as_str()).expect("a candidate").is_of(SECRET, PersonId(8)));
    assert!(!other(1042, right.as_str()).expect("a candidate").is_of(b"another secret", MIA));
    assert!(!other(1042, right.as_str()).expect("a candidate").is_of(b"", MIA));
    for at in 0..16 {
        let mut forged: Vec<char> = right.as_str().chars().collect();
        forged[at] = if forged[at] == 'a' { 'b' } else { 'a' };
        let forged: String = forged.into_iter().collect();
        assert!(!other(1042, &forged).expect("a candidate").is_of(SECRET, MIA), "{forged}");
    }
}

#[test]
fn what_is_not_written_like_a_token_is_none() {
    for text in [
        "support@acme.example",
        "support+1042@acme.example",
        "support+1042.@acme.example",
        "support+1042.%%%%%%%%%%%%%%%%@acme.example",
        "support+1042.________________@acme.example",
        "support+1042.abcdefghijklmno@acme.example",
        "support+1042.abcdefghijklmnopq@acme.example",
        "support+.abcdefghijklmnop@acme.example",
        "support+-1.abcdefghijklmnop@acme.example",
        "support+1042.abcdefghijklmnop.more@acme.example",
        "support+99999999999999999999.abcdefghijklmnop@acme.example",
        "1042.abcdefghijklmnop",
        "",
    ] {
        assert_eq!(Candidate::in_address(text), None, "{text}");
    }
    assert_eq!(Candidate::in_message_id("<no-at-sign>"), None);
    assert_eq!(id("<a@b>"), id("a@b"));
}

#[test]
fn an_account_with_a_long_name_has_no_reply_address_rather_than_a_cut_one() {
    let account = address(&format!("{}@acme.example", "s".repeat(50)));
    assert_eq!(reply_address(&account, TICKET, &token()), None);
}

proptest! {
    #[test]
    fn no_text_makes_a_candidate_panic(text: String) {
        let found = Candidate::in_address(&text).or_else(|| Candidate::in_message_id(&text));
        prop_assert!(found.is_none_or(|candidate| !candidate.is_of(SECRET, MIA)));
    }

    #[test]
    fn tokens_of_different_people_and_tickets_differ(a in 1..10_000_i64, b in 1..10_000_i64, c in 1..10_000_i64) {
        let one = Token::new(SECRET, TicketId(a), PersonId(b));
        prop_assert_eq!(a == b, one == Token::new(SECRET, TicketId(b), PersonId(a)));
        prop_assert_eq!(b == c, one == Token::new(SECRET, TicketId(a), PersonId(c)));
    }
}
