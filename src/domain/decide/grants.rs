//! Programs that somebody lets act for them, by their browser.

use super::access::by_itself;
use super::work::Work;
use super::{Decision, Entry, Facts};
use crate::domain::act::{Act, Who};
use crate::domain::event::{Chain, Event};
use crate::domain::grant::{
    Asked, Code, Grant, GrantDeed, GrantLife, Pair, Scope, answers, is_challenge, may_be_sent_to,
};
use crate::domain::id::PersonId;
use crate::domain::life::{PersonEvent, Record};
use crate::domain::person::Person;
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::secret::{Digest, Secret};
use crate::domain::time::Timestamp;

pub(super) fn decide(facts: &Facts, act: &Act, deed: &GrantDeed, now: Timestamp) -> Result<Decision, Refusal> {
    match deed {
        GrantDeed::Open { person, asked } => open(facts, act, (*person, asked), now),
        GrantDeed::Redeem { program, redirect, verifier, pair, .. } => {
            redeem(facts, act, (program, redirect, verifier), pair, now)
        }
        GrantDeed::Renew { refresh, program, pair } => renew(facts, act, (refresh, program), pair, now),
    }
}

/// Somebody said yes to what a program asks for.
fn open(facts: &Facts, act: &Act, (person, asked): (PersonId, &Asked), now: Timestamp) -> Result<Decision, Refusal> {
    by_itself(act)?;
    let person = may_act(facts, person)?;
    if !may_be_sent_to(&asked.program, &asked.redirect) {
        return Err(Refusal::NotFound(Thing::Token));
    }
    if !is_challenge(&asked.challenge) {
        return Err(Refusal::Malformed(Field::Token));
    }
    if asked.scope.as_str().len() > Scope::MAX_BYTES {
        return Err(Refusal::TooLong { field: Field::Token, max: Scope::MAX_BYTES as u64 });
    }
    let mut work = Work::new(facts, act, now);
    work.decision.outcome.person = Some(person.id);
    let code = Code { person: person.id, asked: asked.clone(), until: now + GrantLife::CODE };
    work.decision.records.push(Record::Code(code));
    Ok(work.decision)
}

/// The program that asked comes for its tokens. Whatever is wrong, the answer is the same.
fn redeem(
    facts: &Facts,
    act: &Act,
    (program, redirect, verifier): (&str, &str, &Secret),
    pair: &Pair,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    by_itself(act)?;
    let code = facts.life.code.as_ref().filter(|code| now < code.until).ok_or(Refusal::BadLink)?;
    let asked = &code.asked;
    if asked.program != program || asked.redirect != redirect || !answers(&asked.challenge, verifier) {
        return Err(Refusal::BadLink);
    }
    let person = may_act(facts, code.person)?;
    let mut work = Work::new(facts, act, now);
    let name = format!("{program} {}", asked.code.name());
    let grant = Grant {
        person: person.id,
        name: name.clone(),
        program: program.to_owned(),
        scope: asked.scope.clone(),
        access: pair.access,
        access_until: now + pair.good_for,
        refresh: pair.refresh,
        refresh_until: now + GrantLife::REFRESH,
        former: None,
        created_at: now,
    };
    work.decision.outcome.person = Some(person.id);
    work.decision.records.extend([Record::CodeGone(asked.code), Record::Granted(grant)]);
    let events = vec![Event::Person(PersonEvent::TokenMade { person: person.id, name })];
    let who = Who::Person(person.id);
    work.decision.entries.push(Entry { chain: Chain::Account, who, via: act.via, at: now, events });
    Ok(work.decision)
}

/// A new pair for an old one. A former one is taken once more for a moment, for its answer can have been lost; after that
/// somebody has it who should not, and nobody gets anything by either.
fn renew(
    facts: &Facts,
    act: &Act,
    (refresh, program): (&Digest, &str),
    pair: &Pair,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    by_itself(act)?;
    let grant = facts.life.grant.as_ref().filter(|grant| grant.program == program && now < grant.refresh_until);
    let grant = grant.ok_or(Refusal::BadLink)?;
    let person = may_act(facts, grant.person)?;
    let mut work = Work::new(facts, act, now);
    let repeated = |(former, at): &(Digest, Timestamp)| former.same(refresh) && now < *at + GrantLife::REPEAT;
    let former = if grant.refresh.same(refresh) {
        (*refresh, now)
    } else if let Some(former) = grant.former.filter(repeated) {
        former
    } else {
        // Not a refusal: what follows has to be written.
        work.decision.records.push(Record::TokenGone { person: person.id, name: grant.name.clone() });
        let gone = PersonEvent::TokenRevoked { person: person.id, name: grant.name.clone() };
        work.write(Chain::Account, vec![Event::Person(gone)]);
        return Ok(work.decision);
    };
    let renewed = Grant {
        access: pair.access,
        access_until: now + pair.good_for,
        refresh: pair.refresh,
        refresh_until: now + GrantLife::REFRESH,
        former: Some(former),
        ..grant.clone()
    };
    work.decision.outcome.person = Some(person.id);
    work.decision.records.push(Record::Granted(renewed));
    Ok(work.decision)
}

fn may_act(facts: &Facts, id: PersonId) -> Result<&Person, Refusal> {
    facts.people.get(&id).filter(|person| person.may_act()).ok_or(Refusal::BadLink)
}
