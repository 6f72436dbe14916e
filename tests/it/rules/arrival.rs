//! D14, D32: what becomes of a mail, by who claims to have written it, what it answers and what the account takes.

use crate::support::world::*;
use guichet::domain::account::Settings;
use guichet::domain::arrival::{Answered, Arrival, Becomes, Cause};
use guichet::domain::id::PersonId;

const NOTE: Answered = Answered { ticket: T, note: true };
const REPLY: Answered = Answered { ticket: T, note: false };

/// Of a mail that a person wrote, whole, in an account that takes requests by mail, and in one that takes none.
#[test]
fn a_mail_is_its_writers_by_address_and_token_and_opens_requests_only_where_it_may() {
    use Becomes::{Comment, Request, Suspended};
    let rows = [
        (None, None, Suspended(Cause::Stranger), Suspended(Cause::Stranger)),
        // No token counts without its person.
        (None, Some(REPLY), Suspended(Cause::Stranger), Suspended(Cause::Stranger)),
        (Some(LEA), None, Request(LEA), Suspended(Cause::Stranger)),
        (Some(LEA), Some(REPLY), Comment(LEA, REPLY), Comment(LEA, REPLY)),
        // Whoever got a letter about a note and answers it, writes one (R126).
        (Some(MARC), Some(NOTE), Comment(MARC, NOTE), Comment(MARC, NOTE)),
        (Some(MARC), Some(REPLY), Comment(MARC, REPLY), Comment(MARC, REPLY)),
        // The team's addresses are known to everybody.
        (Some(MARC), None, Suspended(Cause::Refused), Suspended(Cause::Stranger)),
        (Some(ANA), None, Suspended(Cause::Refused), Suspended(Cause::Stranger)),
    ];
    for (sender, answers, open, shut) in rows {
        for (mail_tickets, expected) in [(true, open), (false, shut)] {
            let found = becomes(mail_tickets, sender, answers, |_| {});
            assert_eq!(found, expected, "{sender:?} answers {answers:?}, mail_tickets = {mail_tickets}");
        }
    }
}

/// D32: what a machine wrote waits, whoever's address and token it carries: nobody answers it.
#[test]
fn what_a_machine_wrote_waits() {
    for sender in [None, Some(LEA), Some(MARC)] {
        for answers in [None, Some(REPLY), Some(NOTE)] {
            for mail_tickets in [true, false] {
                let found = becomes(mail_tickets, sender, answers, |arrival| arrival.automatic = true);
                assert_eq!(found, Becomes::Suspended(Cause::Automatic), "{sender:?} {answers:?}");
            }
        }
    }
}

#[test]
fn what_a_comment_cannot_hold_whole_waits() {
    for answers in [None, Some(REPLY), Some(NOTE)] {
        let found = becomes(true, Some(LEA), answers, |arrival| arrival.whole = false);
        assert_eq!(found, Becomes::Suspended(Cause::TooBig), "{answers:?}");
    }
}

fn becomes(
    mail_tickets: bool,
    sender: Option<PersonId>,
    answers: Option<Answered>,
    change: impl FnOnce(&mut Arrival<'_>),
) -> Becomes {
    let world = World::new();
    let sender = sender.and_then(|id| world.people.get(&id));
    let mut arrival = Arrival { automatic: false, whole: true, sender, answers };
    change(&mut arrival);
    arrival.becomes(&Settings { mail_tickets, ..Settings::default() })
}
