//! What goes and comes back, what is blackened, and what becomes of letters and mails.

use crate::support::world::*;
use guichet::domain::act::{Change, Deed};
use guichet::domain::id::{AttachmentId, CommentId, PersonId, TicketId};
use guichet::domain::mailroom::MailDeed;
use guichet::domain::outgoing::Delivery;
use guichet::domain::person::{Restriction, Role};
use guichet::domain::refusal::{Refusal, Thing};
use guichet::domain::removal::{BLACKENED, Removal, blackened};
use guichet::domain::status::Status;
use guichet::domain::time::Span;

const FIRST: CommentId = CommentId(T.0 * 100);

fn delete() -> Deed {
    Deed::Removal(Removal::Delete(T))
}

fn restore() -> Deed {
    Deed::Removal(Removal::Restore(T))
}

fn purge() -> Deed {
    Deed::Removal(Removal::Purge(T))
}

fn spam() -> Deed {
    Deed::Removal(Removal::Spam(T))
}

fn redact(text: &str) -> Deed {
    Deed::Removal(Removal::Redact { ticket: T, comment: FIRST, text: text.to_owned() })
}

fn needs(role: Role) -> Result<&'static str, Refusal> {
    Err(Refusal::Role { needs: role })
}

fn missing() -> Result<&'static str, Refusal> {
    Err(Refusal::NotFound(Thing::Ticket(T)))
}

fn by_agents(world: &mut World) {
    world.settings.removal.by_agents = true;
}

fn gone() -> World {
    a_ticket().world().but(|world| _ = world.act(ANA, &delete()).expect("deleted"))
}

/// R109, D35: admins always; agents where the account says so; who works with some tickets only, never.
#[test]
fn tickets_go_and_come_back() {
    let let_agents = || a_ticket().world().but(by_agents);
    let restricted = || {
        let_agents().but(|world| {
            let marc = world.people.get_mut(&MARC).expect("Marc");
            marc.restriction = Restriction::Assigned;
            world.tickets.get_mut(&T).expect("a ticket").assignee = Some(MARC);
        })
    };
    check([
        row("admins", a_ticket(), ANA, delete(), Ok("deleted")),
        row("not agents", a_ticket(), MARC, delete(), needs(Role::Admin)),
        row("agents who may", let_agents(), MARC, delete(), Ok("deleted")),
        row("not of some tickets only", restricted(), MARC, delete(), needs(Role::Admin)),
        row("not its requester", let_agents(), LEA, delete(), needs(Role::Agent)),
        row("nor a stranger, who is not told", let_agents(), SAM, delete(), Err(Refusal::Suspended)),
        row("nor a private one's", a_ticket().private().world(), LEA, delete(), missing()),
        row("closed ones too", a_ticket().status(Status::Closed), ANA, delete(), Ok("deleted")),
        row("once", gone(), ANA, delete(), missing()),
        row("nothing is done to it", gone(), MARC, change(T, Change::status(Status::Solved)), missing()),
        row("it comes back", gone(), ANA, restore(), Ok("restored")),
        row("by agents who may", gone().but(by_agents), MARC, restore(), Ok("restored")),
        row("not by others", gone(), MARC, restore(), needs(Role::Admin)),
        row("only what is gone", a_ticket(), ANA, restore(), missing()),
        row("for good", gone(), ANA, purge(), Ok("erased 1 texts, erased words, purged")),
        row("for good by admins alone", gone().but(by_agents), MARC, purge(), needs(Role::Admin)),
        row("not at once", a_ticket(), ANA, purge(), missing()),
    ]);
    let mut idle = a_ticket().assigned(MARC).world();
    idle.act(ANA, &delete()).expect("deleted");
    idle.people.get_mut(&MARC).expect("Marc").suspended = true;
    check([row("who works no longer has it no more", idle, ANA, restore(), Ok("restored, assignee→none"))]);
    let mut purged = gone();
    purged.act(ANA, &purge()).expect("for good");
    assert_eq!(purged.ticket(T).subject, format!("#{T}"));
    check([
        row("for good is for good", purged.clone(), ANA, restore(), missing()),
        row("and once", purged, ANA, purge(), missing()),
    ]);
}

/// After the days that the account says, and never where it says 0.
#[test]
fn what_is_deleted_goes_for_good_when_its_time_has_come() {
    for (days, after, goes) in [(30, 29, false), (30, 30, true), (1, 1, true), (0, 9_000, false)] {
        let mut world = gone();
        world.settings.removal.purge_days = days;
        world.now = world.now + Span::days(after);
        let purged = world.does_itself(purge());
        assert_eq!(purged.err(), (!goes).then_some(Refusal::NotDue), "{days} days, after {after}");
    }
    assert_eq!(a_ticket().world().does_itself(purge()).err(), Some(Refusal::NotFound(Thing::Ticket(T))));
}

/// Whoever asked is shut out by the same act: who may not do the one does neither.
#[test]
fn spam_is_deleted_and_whoever_asked_is_shut_out() {
    let of = |person: PersonId| a_ticket().of(person).world().but(by_agents);
    let done = "deleted as spam; account: person Lea: suspended";
    check([
        row("both", of(LEA), MARC, spam(), Ok(done)),
        row("not of the team", of(INES), MARC, spam(), needs(Role::Admin)),
        row("nor oneself", of(ANA), ANA, spam(), Err(Refusal::LastAdmin)),
        row("who may not delete", a_ticket(), MARC, spam(), needs(Role::Admin)),
    ]);
}

/// What stood there is in no event; closed tickets too.
#[test]
fn a_piece_of_a_comment_is_blackened() {
    let closed = a_ticket().status(Status::Closed);
    let body = a_ticket().world().comments[&FIRST].body.clone();
    let piece: String = body.chars().take(3).collect();
    let nowhere = || Err(Refusal::NotFound(Thing::Text));
    check([
        row("admins", a_ticket(), ANA, redact(&piece), Ok("redacted")),
        row("closed ones", closed, ANA, redact(&piece), Ok("redacted")),
        row("not agents", a_ticket(), MARC, redact(&piece), needs(Role::Admin)),
        row("not its requester", a_ticket(), LEA, redact(&piece), needs(Role::Agent)),
        row("what is not there", a_ticket(), ANA, redact("no such piece"), nowhere()),
        row("nothing", a_ticket(), ANA, redact(""), nowhere()),
        row("not of what is gone", gone(), ANA, redact(&piece), missing()),
        row(
            "of another ticket",
            a_ticket(),
            ANA,
            Deed::Removal(Removal::Redact { ticket: TicketId(T.0 + 1), comment: FIRST, text: piece.clone() }),
            Err(Refusal::NotFound(Thing::Ticket(TicketId(T.0 + 1)))),
        ),
        row(
            "a file that is not there",
            a_ticket(),
            ANA,
            Deed::Removal(Removal::RedactFile { ticket: T, comment: FIRST, file: AttachmentId(9) }),
            Err(Refusal::NotFound(Thing::File)),
        ),
    ]);
    let mut world = a_ticket().world();
    let decision = world.act(ANA, &redact(&piece)).expect("redacted");
    assert!(!format!("{decision:?}").contains(&piece));
    assert!(world.comments[&FIRST].body.starts_with(&BLACKENED.to_string().repeat(3)));
}

#[test]
fn each_character_becomes_a_black_one_and_lines_stay_lines() {
    let rows = [
        ("a 4111 b 4111", "4111", Some("a ▇▇▇▇ b ▇▇▇▇")),
        ("é\nü!", "é\nü", Some("▇\n▇!")),
        ("aaa", "aa", Some("▇▇a")),
        ("abc", "d", None),
        ("abc", "", None),
    ];
    for (body, piece, black) in rows {
        assert_eq!(blackened(body, piece).as_deref(), black, "{body:?} without {piece:?}");
    }
}

/// D32: letters are for admins, mails that are nobody's for whoever works with all tickets; what has left has left.
#[test]
fn letters_and_mails_are_looked_after_by_deeds() {
    let world = |standing| {
        World::new().but(|world| {
            world.access.letters.insert(1, standing);
            world.access.mails.insert(7);
        })
    };
    let put_back = || Deed::Mail(MailDeed::PutBack(1));
    let drop = || Deed::Mail(MailDeed::DropLetter(1));
    let throw = |mail| Deed::Mail(MailDeed::DropMail(mail));
    let no_notice = || Err(Refusal::NotFound(Thing::Notice));
    let restricted =
        world(Delivery::Held).but(|world| world.people.get_mut(&MARC).expect("Marc").restriction = Restriction::Groups);
    check([
        row("it waits again", world(Delivery::Failed), ANA, put_back(), Ok("account: PutBack(1)")),
        row("not by agents", world(Delivery::Failed), MARC, put_back(), needs(Role::Admin)),
        row("what was dropped", world(Delivery::Dropped), ANA, put_back(), Ok("account: PutBack(1)")),
        row("not what was sent", world(Delivery::Sent), ANA, put_back(), no_notice()),
        row("not what is not there", World::new(), ANA, put_back(), no_notice()),
        row("it is dropped", world(Delivery::Held), ANA, drop(), Ok("account: LetterDropped(1)")),
        row("once", world(Delivery::Dropped), ANA, drop(), Ok("")),
        row("not what was sent", world(Delivery::Sent), ANA, drop(), no_notice()),
        row("thrown away", world(Delivery::Held), MARC, throw(7), Ok("account: MailDropped(7)")),
        row("not by end users", world(Delivery::Held), LEA, throw(7), needs(Role::Agent)),
        row("not by who works with some", restricted, MARC, throw(7), needs(Role::Admin)),
        row("not twice", world(Delivery::Held), MARC, throw(8), Err(Refusal::NotFound(Thing::Mail))),
    ]);
}
