//! The same laws after any sequence of acts, by anybody, with time passing and clocks that jump.
//! R109, R119, R125-R129, R172-R174, R177, D11, D13

use super::step::{try_deed, try_timer};
use crate::support::world::*;
use guichet::domain::act::Deed;
use guichet::domain::comment::{Channel, Visibility};
use guichet::domain::id::{CommentId, PersonId, TicketId};
use guichet::domain::status::Status;
use guichet::domain::time::Span;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;

/// What happens next; an index picks among whatever there is by then.
#[derive(Clone, Debug)]
enum Move {
    Open { who: Index, private: bool },
    Act { who: Index, via: Index, ticket: Index, other: Index, deed: Index },
    Flip { who: Index, comment: Index },
    FollowUp { who: Index, ticket: Index },
    Timer { timer: Index, ticket: Index },
    Wait { hours: i64 },
}

fn a_move() -> impl Strategy<Value = Move> {
    let index = any::<Index>;
    prop_oneof![
        2 => (index(), any::<bool>()).prop_map(|(who, private)| Move::Open { who, private }),
        8 => (index(), index(), index(), index(), index())
            .prop_map(|(who, via, ticket, other, deed)| Move::Act { who, via, ticket, other, deed }),
        2 => (index(), index()).prop_map(|(who, comment)| Move::Flip { who, comment }),
        1 => (index(), index()).prop_map(|(who, ticket)| Move::FollowUp { who, ticket }),
        3 => (index(), index()).prop_map(|(timer, ticket)| Move::Timer { timer, ticket }),
        3 => (-30i64..200).prop_map(|hours| Move::Wait { hours }),
    ]
}

fn somebody(who: Index) -> PersonId {
    EVERYBODY[who.index(EVERYBODY.len())]
}

fn one_ticket(world: &World, index: Index) -> TicketId {
    *index.get(&world.tickets.keys().copied().collect::<Vec<_>>())
}

fn step(world: &World, next: &Move) -> Result<Option<World>, String> {
    match next {
        Move::Open { who, private } => {
            let who = somebody(*who);
            let staff = world.people[&who].role.is_staff();
            let new = match (staff, private) {
                (true, true) => new_private(LEA),
                (true, false) => new_ticket(NIL),
                (false, _) => new_request(),
            };
            try_deed(world, who, Channel::Web, &create(new))
        }
        Move::Act { who, via, ticket, other, deed } => {
            let deeds = every_deed(one_ticket(world, *ticket), one_ticket(world, *other));
            try_deed(world, somebody(*who), Channel::ALL[via.index(4)], &deeds[deed.index(deeds.len())])
        }
        Move::Flip { who, comment } => {
            let comments: Vec<CommentId> = world.comments.keys().copied().collect();
            let comment = *comment.get(&comments);
            let deed = Deed::MakeInternal { ticket: world.comments[&comment].ticket, comment };
            try_deed(world, somebody(*who), Channel::Web, &deed)
        }
        Move::FollowUp { who, ticket } => {
            try_deed(world, somebody(*who), Channel::Web, &follow_up(one_ticket(world, *ticket)))
        }
        Move::Timer { timer, ticket } => try_timer(world, Timer::ALL[timer.index(3)], one_ticket(world, *ticket)),
        Move::Wait { hours } => Ok(Some(world.clone().after(Span::hours(*hours)))),
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(2026), failure_persistence: None, ..ProptestConfig::with_cases(128) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_sequence_of_acts_breaks_a_law(moves in prop::collection::vec(a_move(), 1..60)) {
        let mut world = a_ticket().world();
        for next in &moves {
            match step(&world, next) {
                Ok(Some(after)) => world = after,
                Ok(None) => {}
                Err(broken) => prop_assert!(false, "{}", broken),
            }
        }
        for comment in world.comments.values().filter(|one| one.frozen) {
            prop_assert_eq!(comment.visibility, Visibility::Internal, "R129");
        }
    }

    /// R126: with or without notes in between, a requester sees the same, but for the time that passes.
    #[test]
    fn notes_leave_no_trace_for_a_requester(
        moves in prop::collection::vec((any::<Index>(), any::<Index>(), any::<bool>()), 1..30),
    ) {
        let deeds: Vec<Deed> = every_change().into_iter().map(|one| change(T, one)).chain([reply(T), note(T)]).collect();
        let (mut silent, mut noted) = (a_ticket().world(), a_ticket().world());
        for (who, deed, with_note) in moves {
            let (who, deed) = (somebody(who), &deeds[deed.index(deeds.len())]);
            (silent, noted) = (silent.after(Span::hours(1)), noted.after(Span::hours(1)));
            if with_note && noted.status(T) != Status::Closed && noted.ticket(T).requester != INES {
                noted.act(INES, &note(T)).unwrap();
            }
            let _ = silent.act(who, deed);
            let _ = noted.act(who, deed);
            prop_assert_eq!(silent.request(T), noted.request(T));
        }
    }
}

/// A world of many tickets gives the same answers as one of one: a row can stay short.
#[test]
fn a_ticket_does_not_know_its_neighbours() {
    let alone = a_ticket().world();
    let mut among = a_ticket().world();
    for at in 2..20 {
        among = among.and(a_ticket().numbered(TicketId(at)).of(NIL));
    }
    for deed in every_deed(T, MISSING) {
        for who in EVERYBODY {
            let told_in = |world: &World| world.decide(who, Channel::Web, &deed).map(|decision| told(&decision));
            assert_eq!(told_in(&alone).map_err(drop), told_in(&among).map_err(drop), "{deed:?}");
        }
    }
}
