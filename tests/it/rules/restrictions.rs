//! Which tickets an agent works with, who is away, and where people are.

use crate::support::world::*;
use guichet::domain::act::{Change, Deed, NewPerson, NewTicket, OrganizationChange, OrganizationRef, PersonChange};
use guichet::domain::audience::{Viewer, may_read, may_see, works_on};
use guichet::domain::comment::{Channel, NewComment, Visibility};
use guichet::domain::decide::decide;
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::person::{Away, EmailAddress, Person, PersonRef, Restriction, Role, Standing};
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::time::Span;

fn edit(person: PersonId, change: PersonChange) -> Deed {
    Deed::UpdatePerson { person, change }
}

fn none() -> PersonChange {
    PersonChange::default()
}

/// Marc, restricted so, of Shop.
fn restricted(world: World, to: Restriction) -> World {
    world.but(|world| {
        let marc = world.people.get_mut(&MARC).unwrap();
        (marc.restriction, marc.organization) = (to, Some(SHOP));
    })
}

/// Every relation of a restricted agent to a ticket, and whether they know of it.
#[test]
fn a_restricted_agent_knows_of_what_they_work_with_and_of_what_is_theirs() {
    use Restriction::{Assigned, Groups, Organization};
    let elsewhere = || a_ticket().of(NIL).group(Some(FIELD));
    let rows: [(&str, Given, [bool; 3]); 10] = [
        ("elsewhere", elsewhere(), [false, false, false]),
        ("in their group", elsewhere().group(Some(OPS)), [true, false, false]),
        ("in no group", elsewhere().group(None), [false, false, false]),
        ("of their organization", a_ticket().group(Some(FIELD)), [false, true, false]),
        ("of none", a_ticket().of(ZOE).group(Some(FIELD)), [false, false, false]),
        ("assigned", elsewhere().assigned(MARC), [true, true, true]),
        ("followed", elsewhere().but(|ticket| _ = ticket.followers.insert(MARC)), [true, true, true]),
        ("in copy", elsewhere().cc(MARC), [true, true, true]),
        ("their own request", elsewhere().but(|ticket| ticket.requester = MARC), [true, true, true]),
        ("R115, R116: private, in copy", elsewhere().private().cc(MARC), [false, false, false]),
    ];
    for (line, given, expected) in rows {
        let world = given.world();
        for (restriction, known) in [Groups, Organization, Assigned].into_iter().zip(expected) {
            let person = Person { restriction, organization: Some(SHOP), ..world.people[&MARC].clone() };
            assert_eq!(may_see(&Viewer::of(&person, true), world.ticket(T)), known, "{line}, {restriction:?}");
            let viewer = Viewer::of(&person, true);
            let works = known && !["in copy", "their own request"].contains(&line);
            assert_eq!(works_on(&viewer, world.ticket(T)), works, "{line}, {restriction:?}");
            assert_eq!(may_read(&viewer, world.ticket(T), Visibility::Internal), works, "R126: {line}");
            let admin = Person { role: Role::Admin, ..person.clone() };
            assert!(may_see(&Viewer::of(&admin, false), world.ticket(T)), "{line}: nobody restricts an admin");
            let open = Person { restriction: Restriction::None, ..person };
            assert!(may_see(&Viewer::of(&open, false), world.ticket(T)), "{line}: all tickets");
        }
    }
}

/// R109: whatever a restricted agent tries on a ticket that they do not know of, the answer is that of one that never was.
#[test]
fn every_deed_on_a_ticket_out_of_sight_is_answered_as_if_there_were_none() {
    for restriction in [Restriction::Groups, Restriction::Organization, Restriction::Assigned] {
        let there = restricted(a_ticket().of(NIL).group(Some(FIELD)).world(), restriction);
        let other = TicketId(2);
        let own = a_ticket().numbered(other).assigned(MARC);
        let there = there.and(own.clone());
        let gone = restricted(World::new().and(own), restriction);
        for deed in every_deed(T, other) {
            if matches!(deed, Deed::RunAutomations { .. }) {
                continue;
            }
            let answer = there.decide(MARC, Channel::Web, &deed);
            assert_eq!(answer, Err(Refusal::NotFound(Thing::Ticket(T))), "{deed:?}");
            assert_eq!(answer, gone.decide(MARC, Channel::Web, &deed), "{deed:?}");
        }
        let follows = follow_up(T);
        assert_eq!(there.decide(MARC, Channel::Web, &follows), Err(Refusal::NotFound(Thing::Ticket(T))));
    }
}

/// R109, R126: what is a restricted agent's only as its requester, or in copy, they read and change as requesters do.
#[test]
fn a_restricted_agents_own_request_is_in_their_hands_as_a_requesters() {
    let own = || a_ticket().of(NIL).group(Some(FIELD));
    for given in [own().but(|ticket| ticket.requester = MARC), own().cc(MARC)] {
        let world = restricted(given.world(), Restriction::Groups);
        let tries = |deed: &Deed| world.decide(MARC, Channel::Web, deed);
        assert_eq!(tries(&note(T)), Err(Refusal::NoteByEndUser));
        for (wanted, field) in [
            (Change { priority: Some(None), ..Change::default() }, Field::Priority),
            (Change { assignee: Some(Some(MARC)), ..Change::default() }, Field::Assignee),
            (Change { add_followers: [MARC].into(), ..Change::default() }, Field::Followers),
        ] {
            assert_eq!(tries(&change(T, wanted)), Err(Refusal::AgentsOnly(field)));
        }
        let flip = Deed::MakeInternal { ticket: T, comment: guichet::domain::id::CommentId(1) };
        assert_eq!(tries(&flip), Err(Refusal::NotFound(Thing::Ticket(T))));
        let stale = Deed::UpdateTicket {
            ticket: T,
            change: Box::default(),
            comment: Some(NewComment::public("Please.")),
            expect: Some(99),
        };
        assert!(tries(&stale).is_ok(), "an answer, whatever the team has done meanwhile");
    }
}

/// An agent of one organization finds nobody outside of it by number, and no other organization by name.
#[test]
pub fn who_is_out_of_an_agents_sight_is_as_if_nobody_were_there() {
    let world = restricted(World::new(), Restriction::Organization);
    let never = PersonId(9_999);
    let tries = |deed: &Deed| world.decide(MARC, Channel::Web, deed);
    for id in [NIL, never] {
        let renamed = edit(id, PersonChange { name: Some("Mine".into()), ..none() });
        assert_eq!(tries(&renamed), Err(Refusal::NotFound(Thing::Person)));
        let new = || NewTicket::new("For them", NewComment::public("?"));
        let theirs = NewTicket { requester: Some(PersonRef::Id(id)), ..new() };
        let copied = NewTicket { ccs: vec![PersonRef::Id(id)], ..new() };
        for new in [theirs, copied] {
            assert_eq!(tries(&Deed::CreateTicket(Box::new(new))), Err(Refusal::NotFound(Thing::Person)));
        }
    }
    assert!(tries(&edit(LEA, PersonChange { name: Some("Léa".into()), ..none() })).is_ok(), "one of their own");
    for organization in world.organizations.keys().copied().filter(|id| *id != SHOP) {
        let change = OrganizationChange { shared_tickets: Some(false), ..OrganizationChange::default() };
        let deed = Deed::UpdateOrganization { organization, change };
        assert_eq!(tries(&deed), Err(Refusal::NotFound(Thing::Organization)));
    }
}

/// Whoever reads somebody's letters, or is of their organization, reads their tickets: an agent who sees only some makes
/// nobody such a one.
#[test]
fn a_restricted_agent_gives_nobody_what_they_do_not_see() {
    let address = || Some(EmailAddress::parse("spy@evil.example").unwrap());
    let spy = |organization| {
        Deed::CreatePerson(NewPerson {
            name: "Spy".to_owned(),
            email: address(),
            phone: None,
            role: Role::EndUser,
            organization,
            groups: Vec::new(),
            language: None,
            external_id: None,
        })
    };
    let shares = |shared| OrganizationChange { shared_tickets: Some(shared), ..OrganizationChange::default() };
    let domains = OrganizationChange { domains: Some(vec!["evil.example".into()]), ..OrganizationChange::default() };
    let organization = |change| Deed::UpdateOrganization { organization: SHOP, change };
    let deeds = [
        spy(Some(OrganizationRef::Id(SHOP))),
        spy(Some(OrganizationRef::Name("Anything".into()))),
        edit(LEA, PersonChange { email: Some(address()), ..none() }),
        edit(LEA, PersonChange { organization: Some(Some(OrganizationRef::Id(SHOP))), ..none() }),
        edit(MARC, PersonChange { organization: Some(Some(OrganizationRef::Id(SHOP))), ..none() }),
        edit(LEA, PersonChange { suspended: Some(false), ..none() }),
        organization(shares(true)),
        organization(domains),
    ];
    for restriction in [Restriction::Groups, Restriction::Assigned] {
        let world = restricted(World::new(), restriction);
        for deed in &deeds {
            let answer = world.decide(MARC, Channel::Web, deed);
            assert_eq!(answer, Err(Refusal::Role { needs: Role::Admin }), "{restriction:?}: {deed:?}");
        }
        assert!(world.decide(MARC, Channel::Web, &spy(None)).is_ok(), "a new requester of no organization");
    }
    for deed in &deeds {
        assert!(World::new().decide(INES, Channel::Web, deed).is_ok() || deed == &deeds[4], "{deed:?}");
    }
    let own = restricted(World::new(), Restriction::Organization);
    assert!(own.decide(MARC, Channel::Web, &spy(Some(OrganizationRef::Id(SHOP)))).is_ok(), "whose tickets they see");
}

#[test]
fn a_restricted_agent_may_hand_away_what_they_then_no_longer_see() {
    let mut world = restricted(a_ticket().assigned(MARC).world(), Restriction::Groups);
    let away = Change { group: Some(Some(FIELD)), assignee: Some(Some(INES)), ..Change::default() };
    assert!(world.act(MARC, &change(T, away)).is_ok());
    assert_eq!(world.decide(MARC, Channel::Web, &note(T)), Err(Refusal::NotFound(Thing::Ticket(T))));
}

#[test]
fn only_admins_say_what_an_agent_works_with() {
    let to = |id, restriction| edit(id, PersonChange { restriction: Some(restriction), ..none() });
    let groups = Restriction::Groups;
    let moves = |id| edit(id, PersonChange { organization: Some(None), ..none() });
    check([
        row("an admin", World::new(), ANA, to(MARC, groups), Ok("account: person Marc: restriction")),
        row("not oneself", World::new(), MARC, to(MARC, groups), Err(Refusal::Role { needs: Role::Admin })),
        row("not an end user", World::new(), ANA, to(LEA, groups), Err(Refusal::NotAnAgent(Field::Restriction))),
        row("nor an admin", World::new(), ANA, to(ANA, groups), Err(Refusal::NotAnAgent(Field::Restriction))),
        row(
            "not by way of the organization",
            restricted(World::new(), Restriction::Organization),
            MARC,
            moves(MARC),
            Err(Refusal::Role { needs: Role::Admin }),
        ),
        row(
            "which others may",
            World::new().but(|w| w.people.get_mut(&MARC).unwrap().organization = Some(SHOP)),
            MARC,
            moves(MARC),
            Ok("account: person Marc: organization"),
        ),
    ]);
    let mut world = restricted(World::new(), groups);
    world.act(ANA, &edit(MARC, PersonChange { role: Some(Role::Admin), ..none() })).unwrap();
    assert_eq!(world.people[&MARC].restriction, Restriction::None, "an admin works with all");
}

/// Nothing goes to who is away by itself; people may still give it to them.
#[test]
fn who_is_away_gets_nothing_by_itself() {
    let until = NOW + Span::hours(2);
    let go = |id, until| edit(id, PersonChange { away: Some(Some(Away { until })), ..none() });
    let back = |id| edit(id, PersonChange { away: Some(None), ..none() });
    check([
        row("oneself", World::new(), MARC, go(MARC, None), Ok("account: person Marc: away")),
        row("an admin", World::new(), ANA, go(MARC, Some(until)), Ok("account: person Marc: away")),
        row("not each other", World::new(), INES, go(MARC, None), Err(Refusal::Role { needs: Role::Admin })),
        row("not end users", World::new(), LEA, go(LEA, None), Err(Refusal::Role { needs: Role::Agent })),
        row("nor for them", World::new(), ANA, go(LEA, None), Err(Refusal::NotAnAgent(Field::Away))),
        row("who is there", World::new(), MARC, back(MARC), Ok("")),
    ]);
    let mut world = a_ticket().world();
    world.act(MARC, &go(MARC, Some(until))).unwrap();
    let marc = &world.people[&MARC];
    assert!(!marc.takes_work(NOW) && !marc.takes_work(until + Span(-1)) && marc.takes_work(until));
    assert!(world.act(ANA, &assign(T, Some(MARC))).is_ok(), "a person may give it to them");
    world.act(MARC, &back(MARC)).unwrap();
    assert!(world.people[&MARC].takes_work(NOW));
    for (id, takes) in [(ANA, true), (LEA, false), (EVE, false)] {
        assert_eq!(world.people[&id].takes_work(NOW), takes);
    }
}

#[test]
fn languages_and_time_zones_are_such() {
    let zone = |name: &str| edit(LEA, PersonChange { time_zone: Some(Some(name.into())), ..none() });
    let speaks = |name: &str| edit(LEA, PersonChange { language: Some(Some(name.into())), ..none() });
    for good in ["Europe/Paris", "UTC", " europe/paris", "America/Argentina/Buenos_Aires", "Asia/Kathmandu"] {
        assert!(World::new().decide(LEA, Channel::Web, &zone(good)).is_ok(), "{good}");
    }
    for bad in ["Paris", "Europe/Nowhere", "GMT+25", "", "../etc/passwd", "Europe/Paris\u{0}"] {
        let refused = Err(Refusal::Malformed(Field::TimeZone));
        assert_eq!(World::new().decide(LEA, Channel::Web, &zone(bad)), refused, "{bad}");
    }
    for good in ["fr", "pt-BR", "pt_BR", "zh-Hant-TW", "gsw", "es-419", " "] {
        assert!(World::new().decide(LEA, Channel::Web, &speaks(good)).is_ok(), "{good}");
    }
    for bad in ["f", "french", "fr-", "fr FR", "1a", "fr-verylongsubtag", "../x"] {
        let refused = Err(Refusal::Malformed(Field::Language));
        assert_eq!(World::new().decide(LEA, Channel::Web, &speaks(bad)), refused, "{bad}");
    }
    let mut world = World::new();
    world.act(LEA, &zone("europe/paris")).unwrap();
    assert_eq!(world.people[&LEA].time_zone.as_deref(), Some("Europe/Paris"), "as the list of them has it");
}

/// R155: who has no password yet, or is gone, does nothing at all.
#[test]
fn who_does_not_belong_to_the_account_does_nothing() {
    for standing in
        [Standing::Pending, Standing::Unapproved, Standing::Merged(TOM), Standing::Deleted, Standing::Erased]
    {
        let world = a_ticket().world().but(|world| world.people.get_mut(&LEA).unwrap().standing = standing);
        let mut deeds = vec![create(new_request()), edit(LEA, none())];
        deeds.extend(every_deed(T, T));
        for deed in deeds {
            let act = guichet::domain::act::Act {
                who: guichet::domain::act::Who::Person(LEA),
                via: Channel::Web,
                deed: deed.clone(),
            };
            assert_eq!(decide(&world.facts(act.who, &deed), &act, NOW), Err(Refusal::NoAccess(standing)), "{deed:?}");
        }
    }
}
