use super::dice::Dice;
use super::house::House;
use super::plan::Ids;
use super::scene;
use super::words::{Tongue, WORDS};
use crate::domain::act::{NewOrganization, NewPerson, OrganizationRef};
use crate::domain::person::{EmailAddress, Role};
use std::collections::HashSet;
use std::ops::Range;

/// Somebody who will be stored; organization and groups by their places in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPerson {
    /// As others see it.
    pub name: String,
    /// Unique in the plan.
    pub email: Option<EmailAddress>,
    /// As typed.
    pub phone: Option<String>,
    /// What they may do.
    pub role: Role,
    /// Their place in [`super::Plan::organizations`].
    pub organization: Option<usize>,
    /// Their places in [`super::Plan::groups`].
    pub groups: Vec<usize>,
    /// `en`, `fr` or `it`.
    pub language: &'static str,
}

impl PlannedPerson {
    pub(super) fn tongue(&self) -> Tongue {
        Tongue::ALL.into_iter().find(|tongue| tongue.code() == self.language).unwrap_or(Tongue::En)
    }

    /// What to store, once organizations and groups have numbers.
    pub fn new_person(&self, ids: &Ids) -> NewPerson {
        let organization = self.organization.and_then(|place| ids.organizations.get(place));
        NewPerson {
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            role: self.role,
            organization: organization.map(|id| OrganizationRef::Id(*id)),
            groups: self.groups.iter().filter_map(|place| ids.groups.get(*place).copied()).collect(),
            language: Some(self.language.to_owned()),
            external_id: None,
        }
    }
}

/// Everybody, and who can take which part.
#[derive(Debug)]
pub(super) struct Population {
    pub organizations: Vec<NewOrganization>,
    pub people: Vec<PlannedPerson>,
    pub crew: Crew,
}

/// Who can take which part in a ticket, by places.
#[derive(Debug)]
pub(super) struct Crew {
    /// End users who are drawn as requesters, the busy ones first.
    pub requesters: Range<usize>,
    /// For each group its agents, the busy ones first.
    pub agents: Vec<Vec<usize>>,
    /// For each organization those of its people who are drawn.
    pub members: Vec<Vec<usize>>,
}

/// The numbers of chance: tickets have the streams from 0 up.
const ORGANIZATIONS: u64 = 1 << 62;
const PEOPLE: u64 = 1 << 61;

/// Everybody that an account of so many tickets has: one in twenty, at least the cast and 60 more.
pub(super) fn populate(house: &House, seed: u64, tickets: u64) -> Population {
    let wanted = usize::try_from(tickets / 20).unwrap_or(usize::MAX).max(house.person.len() + 60);
    let (organizations, tongues) = organizations(house, seed, wanted);
    let mut making = Making { house, people: Vec::with_capacity(wanted), addresses: HashSet::new() };
    making.cast();
    let agents = wanted / 450;
    let first_requester = house.person.len() + agents;
    for place in house.person.len()..first_requester {
        making.agent(place, &mut Dice::new(seed, PEOPLE + place as u64));
    }
    let open: Vec<usize> =
        (0..organizations.len()).filter(|at| house.organization.get(*at).is_none_or(|one| !one.cast_only)).collect();
    for place in first_requester..wanted {
        let mut dice = Dice::new(seed, PEOPLE + place as u64);
        let organization = open.get(dice.early(open.len())).copied().unwrap_or(0);
        making.end_user(organization, (&organizations[organization], tongues[organization]), &mut dice);
    }
    let crew = Crew {
        requesters: first_requester..wanted,
        agents: (0..house.groups.len()).map(|group| in_group(&making.people, group)).collect(),
        members: members(&making.people[first_requester..], first_requester, organizations.len()),
    };
    Population { organizations, people: making.people, crew }
}

fn in_group(people: &[PlannedPerson], group: usize) -> Vec<usize> {
    let works = |person: &PlannedPerson| person.role.is_staff() && person.groups.contains(&group);
    people.iter().enumerate().filter(|(_, person)| works(person)).map(|(place, _)| place).collect()
}

fn members(people: &[PlannedPerson], first: usize, organizations: usize) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); organizations];
    for (place, person) in people.iter().enumerate() {
        if let Some(list) = person.organization.and_then(|organization| members.get_mut(organization)) {
            list.push(first + place);
        }
    }
    members
}

/// The named ones, then made-up ones: one for forty people.
fn organizations(house: &House, seed: u64, people: usize) -> (Vec<NewOrganization>, Vec<Tongue>) {
    let mut dice = Dice::new(seed, ORGANIZATIONS);
    let named = house.organization.iter().map(|one| {
        let domains = vec![one.domain.clone()];
        let shared_tickets = !one.discreet;
        let new = NewOrganization { name: one.name.clone(), domains, shared_tickets, shared_comments: false };
        (new, one.language)
    });
    let mut made: Vec<(NewOrganization, Tongue)> = named.collect();
    let mut so_far = [0; 3];
    for _ in 0..people.saturating_sub(200) / 40 {
        let tongue = [Tongue::Fr, Tongue::It, Tongue::En][dice.early(3)];
        let number = &mut so_far[tongue as usize];
        let name = made_up(tongue, *number);
        *number += 1;
        let domains = vec![format!("{}.example", plain(&name, '-'))];
        let shared_tickets = !dice.per_mille(150);
        let shared_comments = shared_tickets && dice.per_mille(200);
        made.push((NewOrganization { name, domains, shared_tickets, shared_comments }, tongue));
    }
    made.into_iter().unzip()
}

/// The n-th made-up organization of a language: every house in every town once, then once more.
fn made_up(tongue: Tongue, n: usize) -> String {
    let words = WORDS.get(tongue);
    let (houses, towns) = (words.houses.len().max(1), words.towns.len().max(1));
    let (house, round) = (n % houses, n / houses);
    let name = format!("{} {}", words.houses[house], words.towns[(round + house) % towns]);
    if round < towns { name } else { format!("{name} {}", round / towns + 1) }
}

/// People in the making, no address twice.
struct Making<'a> {
    house: &'a House,
    people: Vec<PlannedPerson>,
    addresses: HashSet<String>,
}

impl Making<'_> {
    fn cast(&mut self) {
        for player in &self.house.person {
            let named = player.organization.as_ref();
            self.addresses.insert(player.email.clone());
            self.people.push(PlannedPerson {
                name: player.name.clone(),
                email: EmailAddress::parse(&player.email).ok(),
                phone: player.phone.clone(),
                role: player.role,
                organization: named.and_then(|name| self.house.organization.iter().position(|one| one.name == *name)),
                groups: player.groups.clone(),
                language: player.language.code(),
            });
        }
    }

    /// An agent, every twentieth an admin; all answer requests at the front, most belong to a team behind it too.
    fn agent(&mut self, place: usize, dice: &mut Dice) {
        let tongue = Tongue::ALL[dice.index(3)];
        let role = if place % 20 == 19 { Role::Admin } else { Role::Agent };
        let second = dice.index(self.house.groups.len());
        let groups = if second == 0 { vec![0] } else { vec![second, 0] };
        let domain = self.house.domain.clone();
        self.push(&domain, tongue, dice, |person| PlannedPerson { role, groups, ..person });
    }

    fn end_user(&mut self, place: usize, (organization, tongue): (&NewOrganization, Tongue), dice: &mut Dice) {
        let tongue = if dice.per_mille(80) { Tongue::ALL[dice.index(3)] } else { tongue };
        let domain = organization.domains.first().map_or("post.example", |domain| domain);
        self.push(domain, tongue, dice, |person| PlannedPerson { organization: Some(place), ..person });
    }

    fn push(
        &mut self,
        domain: &str,
        tongue: Tongue,
        dice: &mut Dice,
        finish: impl FnOnce(PlannedPerson) -> PlannedPerson,
    ) {
        let words = WORDS.get(tongue);
        let first = &words.first_names[dice.index(words.first_names.len())];
        let last = &words.last_names[dice.index(words.last_names.len())];
        let address = self.free_address(&format!("{}.{}", plain(first, '-'), plain(last, '-')), domain);
        let person = PlannedPerson {
            name: format!("{first} {last}"),
            email: EmailAddress::parse(&address).ok(),
            phone: dice.per_mille(400).then(|| scene::phone(tongue, dice)),
            role: Role::EndUser,
            organization: None,
            groups: Vec::new(),
            language: tongue.code(),
        };
        self.people.push(finish(person));
    }

    fn free_address(&mut self, local: &str, domain: &str) -> String {
        let mut address = format!("{local}@{domain}");
        let mut number = 2;
        while !self.addresses.insert(address.clone()) {
            address = format!("{local}{number}@{domain}");
            number += 1;
        }
        address
    }
}

/// A name in plain small letters, as mail addresses have it.
fn plain(name: &str, gap: char) -> String {
    let folded = name.chars().flat_map(char::to_lowercase).map(|letter| match letter {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'ì' => 'i',
        'ô' | 'ö' | 'ò' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => gap,
    });
    let letters: String = folded.collect();
    letters.split(gap).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&gap.to_string())
}
