use super::conversation::{self, Course, Nature, Turn};
use super::dice::Dice;
use super::house::{Entry, Said};
use super::library::{KindName, LIBRARY, Scenario};
use super::parts::{self, Parts};
use super::scene::Scene;
use super::speech::Speech;
use super::words::WORDS;
use super::{Ids, Plan};
use crate::domain::act::{ImportedComment, ImportedTicket};
use crate::domain::comment::{Channel, NewComment, Visibility};
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::time::{Span, Timestamp};
use std::collections::BTreeSet;

/// The k-th ticket of a plan.
pub(super) fn ticket(plan: &Plan, ids: &Ids, k: u64) -> ImportedTicket {
    let mut dice = Dice::new(plan.seed, k);
    let entry = plan.inner.desk.get(&k).and_then(|place| plan.inner.house.entry(*place));
    let scenario = scenario(plan, entry, &mut dice);
    let (opened, course) = course(plan, entry, scenario, k, &mut dice);
    let parts = parts::cast(plan, entry, scenario, course.taken, &mut dice);
    let maker = Maker { plan, ids, entry, scenario, course: &course, parts: &parts };
    maker.make(opened, dice)
}

fn scenario(plan: &Plan, entry: Option<&Entry>, dice: &mut Dice) -> &'static Scenario {
    let arranged = entry.and_then(|entry| LIBRARY.position(&entry.scenario));
    let drawn = plan.inner.wheel[dice.index(plan.inner.wheel.len())];
    &LIBRARY.scenarios[arranged.unwrap_or(drawn)]
}

fn course(plan: &Plan, entry: Option<&Entry>, scenario: &Scenario, k: u64, dice: &mut Dice) -> (Timestamp, Course) {
    let calendar = plan.inner.calendar;
    let nature = Nature {
        length: conversation::length(plan.seed, k),
        private: scenario.private,
        urgent: scenario.kind == KindName::Critical,
        asks: scenario.asks(),
    };
    if let Some(entry) = entry {
        let opened = calendar.opened_near(k, entry.opened.0);
        let updated = Timestamp((plan.now.0 - entry.updated.0.0).max(opened.0));
        (opened, conversation::arranged(entry.status, nature, opened, updated))
    } else {
        let opened = calendar.opened(k, dice);
        (opened, conversation::natural(nature, opened, plan.now, dice))
    }
}

/// All that is known of a ticket before it is written.
struct Maker<'a> {
    plan: &'a Plan,
    ids: &'a Ids,
    entry: Option<&'a Entry>,
    scenario: &'static Scenario,
    course: &'a Course,
    parts: &'a Parts,
}

impl Maker<'_> {
    fn make(&self, opened: Timestamp, mut dice: Dice) -> ImportedTicket {
        let Self { ids, course, parts, .. } = self;
        let kind = match self.scenario.kind {
            KindName::Critical => 0,
            KindName::Feature => 1,
            KindName::Hardware => 2,
            KindName::Software => 3,
        };
        let via = self.via(&mut dice);
        let priority = self.priority(&mut dice);
        let tags = self.tags(&mut dice);
        let due_at = self.due_at(&mut dice);
        let followers = self.followers(&mut dice);
        let (subject, comments) = self.talk(opened, &mut dice);
        ImportedTicket {
            subject,
            kind: Some(ids.kinds[kind]),
            ticket_type: None,
            problem: None,
            rating: None,
            status: course.status,
            status_at: course.status_at,
            priority,
            requester: Some(ids.people[parts.requester]),
            submitter: parts.caller.map(|agent| ids.people[agent]),
            assignee: course.taken.then(|| ids.people[parts.agent]),
            group: Some(ids.groups[parts.group]),
            tags,
            ccs: parts.ccs.iter().map(|place| ids.people[*place]).collect(),
            followers,
            due_at,
            fields: std::collections::BTreeMap::new(),
            external_id: None,
            via,
            created_at: Some(opened),
            comments,
        }
    }

    fn via(&self, dice: &mut Dice) -> Channel {
        if self.scenario.private || self.entry.is_some() || self.parts.caller.is_some() {
            return Channel::Web;
        }
        match dice.below(100) {
            0..58 => Channel::Web,
            58..82 => Channel::Mail,
            82..93 => Channel::Chat,
            _ => Channel::Api,
        }
    }

    /// Urgent for Critical (R159); the others get theirs from the agent who takes them.
    fn priority(&self, dice: &mut Dice) -> Option<Priority> {
        let drawn = dice.below(100);
        let arranged = self.entry.and_then(|entry| entry.priority);
        arranged.or_else(|| match drawn {
            _ if self.scenario.kind == KindName::Critical => Some(Priority::Urgent),
            _ if !self.course.taken => None,
            0..25 => None,
            25..70 => Some(Priority::Normal),
            70..85 => Some(Priority::High),
            _ => Some(Priority::Low),
        })
    }

    fn tags(&self, dice: &mut Dice) -> BTreeSet<Tag> {
        let usual = self.scenario.tags.iter().filter(|_| self.entry.is_some() || dice.per_mille(850));
        let mut tags: BTreeSet<Tag> = usual.map(|label| label.0.clone()).collect();
        if let Some(label) = dice.pick(&LIBRARY.odd.tags).filter(|_| self.entry.is_none())
            && dice.per_mille(140)
        {
            tags.insert(label.0.clone());
        }
        tags.extend(self.entry.iter().flat_map(|entry| &entry.tags).map(|label| label.0.clone()));
        tags
    }

    fn due_at(&self, dice: &mut Dice) -> Option<Timestamp> {
        let often = if self.course.status == Status::Hold { 400 } else { 70 };
        let drawn = dice.per_mille(often).then(|| Span::hours(dice.between(-20, 240)));
        let arranged = self.entry.and_then(|entry| entry.due).map(|age| age.0);
        let due_in = if self.entry.is_some() { arranged } else { drawn };
        due_in.filter(|_| self.course.status.is_unsolved()).map(|span| self.plan.now + span)
    }

    fn followers(&self, dice: &mut Dice) -> BTreeSet<crate::domain::id::PersonId> {
        let follows = self.course.taken && dice.per_mille(60) && self.parts.helper != self.parts.agent;
        follows.then(|| self.ids.people[self.parts.helper]).into_iter().collect()
    }

    fn talk(&self, opened: Timestamp, dice: &mut Dice) -> (String, Vec<ImportedComment>) {
        let Self { plan, parts, scenario, .. } = *self;
        let requester = &plan.people[parts.requester];
        let tongue = requester.tongue();
        let organization = requester.organization.and_then(|place| plan.organizations.get(place));
        let place = organization.map_or(plan.name.as_str(), |one| &one.name);
        let mut scene = Scene::new(tongue, WORDS.get(tongue), place, dice);
        scene.requester = first_name(&requester.name);
        scene.agent = first_name(&plan.people[parts.agent].name);
        let mut speech = Speech::new(scenario, scene, self.entry.is_none(), dice);
        let arranged = self.entry.and_then(|entry| entry.subject.clone());
        let subject = arranged.unwrap_or_else(|| speech.subject());
        let said = self.entry.map_or(&[][..], |entry| &entry.comment);
        let comments = if said.is_empty() {
            self.course.turns.iter().map(|(turn, at)| self.turn(&mut speech, *turn, *at)).collect()
        } else {
            said.iter().map(|said| self.said(said, opened)).collect()
        };
        (subject, comments)
    }

    fn turn(&self, speech: &mut Speech<'_>, turn: Turn, at: Timestamp) -> ImportedComment {
        let Parts { requester, agent, helper, caller, ccs, .. } = self.parts;
        let private = self.scenario.private;
        let author = match turn {
            Turn::Open if private => *agent,
            Turn::Open => caller.unwrap_or(*requester),
            Turn::Ask | Turn::Fix | Turn::Hold => *agent,
            Turn::Note => *speech.sometimes(300, helper, agent),
            Turn::Answer | Turn::Nudge => *speech.sometimes(120, ccs.first().unwrap_or(requester), requester),
            Turn::Thanks | Turn::Relapse => *requester,
        };
        let body = match turn {
            Turn::Open if caller.is_some() && !private => speech.call(),
            turn => speech.say(turn, private),
        };
        let told = turn == Turn::Fix && *speech.sometimes(100, &true, &false);
        let internal = turn == Turn::Note || (private && !told);
        let visibility = if internal { Visibility::Internal } else { Visibility::Public };
        let comment = NewComment { visibility, body, uploads: Vec::new() };
        ImportedComment { author: Some(self.ids.people[author]), comment, at: Some(at) }
    }

    /// A comment that was written out: an unknown name is the requester's.
    fn said(&self, said: &Said, opened: Timestamp) -> ImportedComment {
        let author = self.plan.inner.house.player(&said.by).unwrap_or(self.parts.requester);
        let comment = if said.note { NewComment::note(&*said.text) } else { NewComment::public(&*said.text) };
        let at = Timestamp((self.plan.now.0 - said.ago.0.0).max(opened.0));
        ImportedComment { author: Some(self.ids.people[author]), comment, at: Some(at) }
    }
}

fn first_name(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}
