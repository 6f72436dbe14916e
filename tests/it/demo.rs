//! The made-up accounts: the same for the same seed, of any size, lived in, and acceptable to the one door.

use guichet::demo::{Ids, KINDS, Plan, Which};
use guichet::domain::account::{Group, Kind, Organization};
use guichet::domain::act::{Act, Deed, ImportedTicket, Who};
use guichet::domain::comment::{Channel, Visibility};
use guichet::domain::decide::{Facts, decide, needs};
use guichet::domain::id::{CommentId, KindId, PersonId, TicketId};
use guichet::domain::person::{EmailAddress, Person, Role};
use guichet::domain::setup::Setup;
use guichet::domain::status::{Priority, Status};
use guichet::domain::time::{Span, Timestamp};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn plan(seed: u64, tickets: u64) -> (Plan, Ids) {
    let plan = Plan::new(Which::VeloMetropole, seed, tickets, NOW);
    let ids = Ids::counted(&plan);
    (plan, ids)
}

fn usual(which: Which) -> (Plan, Ids) {
    let plan = Plan::new(which, 1, which.usual_tickets(), NOW);
    let ids = Ids::counted(&plan);
    (plan, ids)
}

fn digest(plan: &Plan, ids: &Ids) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(format!("{:?}{:?}", plan.organizations, plan.people));
    for ticket in plan.tickets(ids) {
        hash.update(format!("{ticket:?}"));
    }
    hash.finalize().to_vec()
}

/// What the account looks like once everybody of the plan is stored; the founder acts.
fn facts(plan: &Plan, ids: &Ids) -> Facts {
    let mut facts = Facts::default();
    let mut setup = Setup::default();
    for (id, name) in ids.groups.iter().zip(&plan.groups) {
        facts.groups.insert(*id, Group::new(*id, name.clone()));
    }
    for (id, slug) in ids.kinds.iter().zip(KINDS) {
        let priority = (slug == "critical").then_some(Priority::Urgent);
        setup.kinds.insert(*id, Kind { priority, ..Kind::new(*id, slug) });
    }
    facts.setup = Arc::new(setup);
    for (id, new) in ids.organizations.iter().zip(&plan.organizations) {
        let (name, domains) = (new.name.clone(), new.domains.clone());
        let (shared_tickets, shared_comments) = (new.shared_tickets, new.shared_comments);
        facts
            .organizations
            .insert(*id, Organization { domains, shared_tickets, shared_comments, ..Organization::new(*id, name) });
    }
    for (id, planned) in ids.people.iter().zip(&plan.people) {
        facts.people.insert(*id, person(plan, ids, *id, planned));
    }
    facts.actor = facts.people.get(&ids.people[0]).cloned();
    facts
}

fn person(plan: &Plan, ids: &Ids, id: PersonId, planned: &guichet::demo::PlannedPerson) -> Person {
    let new = planned.new_person(ids);
    assert!(planned.organization.is_none_or(|place| place < plan.organizations.len()));
    Person {
        email: new.email,
        phone: new.phone,
        organization: planned.organization.map(|place| ids.organizations[place]),
        groups: new.groups,
        language: new.language,
        ..Person::new(id, new.name, new.role, NOW)
    }
}

/// Tickets of the usual account by who asks and what it says.
fn by_number(plan: &Plan, ids: &Ids) -> BTreeMap<u64, ImportedTicket> {
    (1..).zip(plan.tickets(ids)).collect()
}

#[test]
fn the_same_seed_makes_the_same_account_and_another_seed_another() {
    let (one, ids) = plan(7, 400);
    let (again, again_ids) = plan(7, 400);
    let (other, other_ids) = plan(8, 400);
    assert_eq!(digest(&one, &ids), digest(&again, &again_ids));
    assert_ne!(digest(&one, &ids), digest(&other, &other_ids));
}

#[test]
fn a_ticket_can_be_asked_for_alone() {
    let (plan, ids) = plan(3, 300);
    let all: Vec<ImportedTicket> = plan.tickets(&ids).collect();
    assert_eq!(all.len(), 300);
    for k in [0, 17, 150, 299] {
        assert_eq!(plan.ticket(k, &ids), all[usize::try_from(k).unwrap()]);
    }
}

#[test]
fn every_ticket_passes_the_one_door() {
    for which in Which::ALL {
        let (plan, ids) = usual(which);
        let mut facts = facts(&plan, &ids);
        let who = Who::Person(ids.people[0]);
        for (number, ticket) in (1_i64..).zip(plan.tickets(&ids)) {
            let wanted = ticket.clone();
            let deed = Deed::ImportTicket(Box::new(ticket));
            facts.fresh.tickets = [TicketId(number)].into();
            facts.fresh.comments = (1..).take(needs(&deed).comments).map(CommentId).collect();
            let decision = decide(&facts, &Act { who, via: Channel::Import, deed }, NOW);
            let decision = decision.unwrap_or_else(|refusal| panic!("ticket {number}: {refusal:?}: {wanted:?}"));
            assert!(decision.entries.len() >= wanted.comments.len());
        }
    }
}

#[test]
fn there_are_three_comments_a_ticket_and_one_person_for_twenty() {
    let (plan, ids) = plan(7, 20_000);
    let comments: usize = plan.tickets(&ids).map(|ticket| ticket.comments.len()).sum();
    assert!((59_000..=61_000).contains(&comments), "{comments} comments on 20,000 tickets");
    assert_eq!(plan.people.len(), 1_000);
    assert_eq!(Plan::new(Which::VeloMetropole, 7, 1_000_000, NOW).people.len(), 50_000);
}

#[test]
fn times_ascend_and_end_before_now() {
    for (plan, ids) in [plan(5, 3_000), usual(Which::VeloMetropole), plan(5, 30)] {
        let mut last = Timestamp(0);
        for ticket in plan.tickets(&ids) {
            let opened = ticket.created_at.unwrap();
            assert!(opened >= last, "tickets get their numbers in the order of their times");
            assert!(NOW - opened <= Span::days(731));
            last = opened;
            let mut said = opened;
            for comment in &ticket.comments {
                assert!(comment.at >= Some(said) && comment.at < Some(NOW), "{ticket:?}");
                said = comment.at.unwrap();
            }
            assert!(ticket.status_at.is_none_or(|at| at >= said && at < NOW), "{ticket:?}");
        }
    }
}

#[test]
fn every_scenario_speaks_three_languages_with_variants() {
    let files = ["payments", "terminals", "bikes", "depots", "apps", "wishes", "private"];
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(format!("assets/demo/{file}.toml")).unwrap();
        let table: toml::Table = toml::from_str(&text).unwrap();
        for scenario in table["scenario"].as_array().unwrap() {
            *kinds.entry(scenario["kind"].as_str().unwrap().to_owned()).or_default() += 1;
            for language in ["en", "fr", "it"] {
                let texts = &scenario[language];
                let count = |list: &str| texts.get(list).and_then(|list| list.as_array()).map_or(0, Vec::len);
                let private = scenario.get("private").is_some();
                assert!(count("opens") >= 3, "{} in {language}", scenario["slug"]);
                assert_eq!(count("subjects"), count("opens"), "each opening has its subject");
                assert!(count("details") >= 2 && count("notes") >= 2 && count("fixes") >= 2);
                assert!(private || count("exchanges") >= 2);
            }
        }
    }
    assert!(kinds.values().sum::<usize>() >= 25);
    assert_eq!(kinds.keys().map(String::as_str).collect::<Vec<_>>(), KINDS);
}

#[test]
fn nothing_is_left_to_fill_in() {
    for (plan, ids) in [plan(11, 6_000), usual(Which::BornesPay)] {
        for ticket in plan.tickets(&ids) {
            let texts = ticket.comments.iter().map(|one| &one.comment.body).chain([&ticket.subject]);
            for text in texts {
                assert!(!text.contains(['{', '}', '[', ']', '|']), "{text}");
                assert!(!text.trim().is_empty() && (text.contains('\n') || !text.contains("  ")), "{text:?}");
            }
            assert!(ticket.subject.chars().count() <= 200 && !ticket.subject.contains('\n'));
        }
    }
}

#[test]
fn people_organizations_and_addresses_are_unique() {
    let (plan, _) = plan(7, 200_000);
    let names: HashSet<String> = plan.organizations.iter().map(|one| one.name.to_lowercase()).collect();
    assert_eq!(names.len(), plan.organizations.len());
    let domains: HashSet<&String> = plan.organizations.iter().flat_map(|one| &one.domains).collect();
    assert_eq!(domains.len(), plan.organizations.len());
    let addresses: HashSet<String> =
        plan.people.iter().filter_map(|person| person.email.as_ref()).map(EmailAddress::folded).collect();
    assert_eq!(addresses.len(), plan.people.len(), "everybody has an address of their own");
    for role in [Role::EndUser, Role::Agent, Role::Admin] {
        assert!(plan.people[..plan.cast].iter().any(|person| person.role == role));
    }
    assert_eq!(plan.people[0].role, Role::Admin, "the founder comes first");
}

#[test]
fn a_few_are_busy_and_organizations_differ_in_size() {
    let (plan, ids) = plan(7, 20_000);
    let mut busy: HashMap<PersonId, usize> = HashMap::new();
    for ticket in plan.tickets(&ids) {
        *busy.entry(ticket.requester.expect("somebody's")).or_default() += 1;
    }
    let mut counts: Vec<usize> = busy.into_values().collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let tenth: usize = counts[..counts.len() / 10].iter().sum();
    assert!((5_000..12_000).contains(&tenth), "the busiest tenth made {tenth} of 20,000");
    let mut sizes: HashMap<Option<usize>, usize> = HashMap::new();
    for person in &plan.people {
        *sizes.entry(person.organization).or_default() += 1;
    }
    let largest = sizes.values().max().unwrap();
    assert!(*largest > 8 * plan.people.len() / plan.organizations.len() / 2, "{largest}");
}

#[test]
fn the_mix_is_that_of_a_real_desk() {
    let (plan, ids) = usual(Which::VeloMetropole);
    let tickets = by_number(&plan, &ids);
    let count = |wanted: fn(&ImportedTicket) -> bool| tickets.values().filter(|ticket| wanted(ticket)).count();
    let unsolved = count(|ticket| ticket.status.is_unsolved());
    assert!((40..=110).contains(&unsolved), "{unsolved} unsolved");
    for status in Status::ALL {
        assert!(tickets.values().filter(|ticket| ticket.status == status).count() >= 4, "{status:?}");
    }
    let kinds: BTreeSet<Option<KindId>> = tickets.values().map(|ticket| ticket.kind).collect();
    assert_eq!(kinds.len(), 4);
    let private = count(|ticket| ticket.comments[0].comment.visibility == Visibility::Internal);
    assert!((10..=80).contains(&private), "{private} private");
    assert!(count(|ticket| !ticket.ccs.is_empty()) > 60);
    assert!(count(|ticket| ticket.submitter.is_some()) > 40);
    assert!(count(|ticket| ticket.subject.chars().any(|c| c > '\u{2fff}' || ('\u{590}'..'\u{700}').contains(&c))) >= 1);
}

/// The picture of the first screen: numbers, subjects, statuses, ages and the counts of the three lists.
#[test]
fn the_usual_desk_looks_like_its_picture() {
    let (plan, ids) = usual(Which::VeloMetropole);
    let tickets = by_number(&plan, &ids);
    let ana_at = plan.people.iter().position(|person| person.name == "Ana Ruiz").unwrap();
    let (ana, gare) = (ids.people[ana_at], plan.people[ana_at].organization);
    let rows = [
        (1042, "Payment terminal refuses cards", Status::Open, Span::minutes(4)),
        (1039, "Add CSV export to the fleet report", Status::Pending, Span::hours(2)),
        (1021, "Printer at depot 3 jams", Status::Hold, Span::hours(24)),
        (1007, "App crashes when unlocking", Status::Solved, Span::days(3)),
    ];
    for (number, subject, status, age) in rows {
        let ticket = &tickets[&number];
        assert_eq!((ticket.subject.as_str(), ticket.status, ticket.requester), (subject, status, Some(ana)));
        assert_eq!(NOW - ticket.comments.last().unwrap().at.unwrap(), age, "{subject}");
    }
    assert_eq!(NOW - tickets[&1042].created_at.unwrap(), Span::hours(2));
    let in_gare = |id: PersonId| plan.people[usize::try_from(id.0).unwrap() - 1].organization == gare;
    let public = |ticket: &&ImportedTicket| ticket.comments[0].comment.visibility == Visibility::Public;
    let mine = tickets.values().filter(|ticket| ticket.requester == Some(ana)).count();
    let in_copy = tickets.values().filter(|ticket| ticket.ccs.contains(&ana)).count();
    let of_gare = tickets.values().filter(public).filter(|ticket| ticket.requester.is_some_and(in_gare)).count();
    assert_eq!((mine, in_copy, of_gare), (12, 3, 41));
}

/// Comments are of the length that people write, and a few words are frequent while most are rare.
#[test]
fn texts_are_of_usual_length_and_varied() {
    let (plan, ids) = plan(7, 20_000);
    let mut lengths = Vec::new();
    let mut words: HashMap<String, usize> = HashMap::new();
    for ticket in plan.tickets(&ids) {
        for said in &ticket.comments {
            lengths.push(said.comment.body.split_whitespace().count());
            for word in said.comment.body.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                *words.entry(word.to_lowercase()).or_default() += 1;
            }
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!((12..=25).contains(&median), "{median} words");
    let once = words.values().filter(|count| **count == 1).count();
    assert!(words.len() > 20_000 && once * 3 > words.len(), "{once} of {} words once", words.len());
}
