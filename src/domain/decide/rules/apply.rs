use super::Working;
use crate::domain::comment::Channel;
use crate::domain::decide::Facts;
use crate::domain::decide::changing::Changing;
use crate::domain::event::{Event, Skipped};
use crate::domain::form::Reader;
use crate::domain::id::{PersonId, RuleId, TextId};
use crate::domain::notice::{self, Addressee, HeldBack, News, Notice, NoticeRef};
use crate::domain::refusal::Refusal;
use crate::domain::rule::{Action, Recipient, Whom};
use crate::domain::setup::Numbers;
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

impl Working<'_> {
    /// Does what a rule does, in its order. What cannot be done is left out and told.
    pub(super) fn apply(&mut self, rule: RuleId, then: &[Action]) {
        for action in then {
            match action {
                Action::Notify(to, text) => self.notify(rule, to, *text),
                Action::Webhook(webhook) => self.changing.push(Event::Called { rule, webhook: *webhook }),
                other => {
                    let me = self.me();
                    if let Err(why) = change(self.facts, &mut self.changing, other, me, self.now) {
                        self.changing.push(Event::ActionSkipped { action: other.written(&Numbers), why });
                    }
                }
            }
        }
    }

    /// Tells people, each once, or says why not.
    fn notify(&mut self, rule: RuleId, to: &Recipient, text: TextId) {
        for to in notice::addressees(self.facts, &self.changing.ticket, to) {
            self.tell(NoticeRef { rule, text, to }, true);
        }
    }

    /// What requester and CCs were not told while the ticket was private is told now, to those who are it now (R117, R124).
    pub(super) fn tell_owed(&mut self) {
        let Some(before) = self.before.as_ref().filter(|before| !before.is_public()) else { return };
        if !self.changing.ticket.is_public() {
            return;
        }
        for owed in before.owed.clone() {
            let to = if owed.requester { Recipient::Requester } else { Recipient::Ccs };
            for to in notice::addressees(self.facts, &self.changing.ticket, &to) {
                // What was said then is internal, and stays so.
                self.tell(NoticeRef { rule: owed.rule, text: owed.text, to }, false);
            }
        }
    }

    /// Whether somebody would be told once more of what was asked with their address by who has not signed in.
    fn is_strangers_second(&self, to: PersonId) -> bool {
        let staff = self.facts.known(to).is_some_and(|person| person.role.is_staff());
        let by_mail = self.notices.iter().any(|one| one.by_mail && one.notice.to == Addressee::Person(to));
        self.act.via == Channel::Anonymous && !staff && (by_mail || !self.facts.life.strangers.may_be_told(self.now))
    }

    fn tell(&mut self, notice: NoticeRef, quoting: bool) {
        let told = !self.told.insert((notice.to.clone(), notice.text));
        let comment = self.comment.as_ref().filter(|_| quoting);
        let news = News {
            ticket: &self.changing.ticket,
            said: comment.map(|comment| comment.visibility),
            by: self.me(),
            opened: self.before.is_none(),
        };
        let mut known = true;
        let why = match &notice.to {
            _ if told => Some(HeldBack::Told),
            Addressee::Person(id) if self.is_strangers_second(*id) => Some(HeldBack::Loop),
            Addressee::Address(address) => notice::held_back(&news, Err(address)),
            Addressee::Person(id) => {
                let made = self.made.iter().find(|person| person.id == *id);
                let person = made.or_else(|| self.facts.known(*id));
                known = person.is_some();
                // Of whom nothing is known nothing is told.
                person.map_or(Some(HeldBack::NoAddress), |person| notice::held_back(&news, Ok(person)))
            }
        };
        let comment = comment.map(|comment| comment.id);
        let (ticket, at) = (self.changing.ticket.id, self.now);
        let by_mail = why.is_none();
        if known && matches!(why, None | Some(HeldBack::NoAddress)) {
            self.notices.push(Notice { ticket, notice: notice.clone(), comment, at, by_mail });
        }
        self.changing.push(match why {
            Some(why) => Event::HeldBack { notice, why },
            None => Event::Notified(notice),
        });
    }
}

/// Changes a ticket as a rule wants it.
///
/// # Errors
/// Why it cannot be so.
pub(super) fn change(
    facts: &Facts,
    changing: &mut Changing,
    action: &Action,
    me: Option<PersonId>,
    now: Timestamp,
) -> Result<(), Skipped> {
    if changing.ticket.is_closed() {
        return Err(Skipped::Closed);
    }
    let none = BTreeSet::new();
    match action {
        Action::Status(status) => enter(facts, changing, |changing| changing.status(facts, *status))?,
        Action::CustomStatus(status) => enter(facts, changing, |changing| changing.custom_status(facts, *status))?,
        Action::Priority(priority) => changing.priority(*priority),
        Action::Type(to) => changing.ticket_type(*to),
        Action::Kind(kind) => changing.kind(facts, *kind)?,
        Action::Assignee(whom) => {
            let to = person(changing, *whom, me)?;
            // Nobody who is away is given work by itself.
            if to.and_then(|id| facts.known(id)).is_some_and(|person| person.works() && !person.takes_work(now)) {
                return Err(Skipped::Away);
            }
            changing.assignee(facts, to, None)?;
        }
        Action::Group(group) => {
            changing.group(facts, *group)?;
            changing.free(facts);
        }
        Action::Field(field, text) => changing.fill(facts, *field, text)?,
        Action::AddTags(tags) => changing.tags(tags, &none),
        Action::RemoveTags(tags) => changing.tags(&none, tags),
        Action::SetTags(tags) => {
            let others = changing.ticket.tags.difference(tags).cloned().collect();
            changing.tags(tags, &others);
        }
        Action::AddCc(whom) => {
            if let Some(id) = person(changing, *whom, me)? {
                changing.copy(facts, id)?;
            }
        }
        Action::AddFollower(whom) => {
            if let Some(id) = person(changing, *whom, me)? {
                changing.follower(facts, id)?;
            }
        }
        // Only macros speak, and give titles; they come as what their agent does.
        Action::Subject(_) | Action::Comment(..) | Action::Notify(..) | Action::Webhook(_) => {}
    }
    Ok(())
}

/// Lets a ticket enter a status. What must be filled in to solve it holds for programs as for people (D19); what happens
/// by itself when its time has come is exempt, and tells what was missing.
pub(in crate::domain::decide) fn enter(
    facts: &Facts,
    changing: &mut Changing,
    enter: impl FnOnce(&mut Changing) -> Result<(), Refusal>,
) -> Result<(), Skipped> {
    let was_unsolved = changing.ticket.status().is_unsolved();
    let mut tried = Changing::new(changing.ticket.clone(), changing.at);
    enter(&mut tried)?;
    let solves = was_unsolved && !tried.ticket.status().is_unsolved();
    let form = facts.setup.form(tried.ticket.kind, Reader::Agent);
    let missing = if solves { form.missing_to_solve(&tried.ticket) } else { Vec::new() };
    if !missing.is_empty() && !changing.by_itself {
        return Err(Skipped::Required);
    }
    for event in tried.events.into_iter().chain(missing.into_iter().map(|field| Event::Unfilled(field.id))) {
        changing.push(event);
    }
    Ok(())
}

/// Whom a rule means on this ticket.
fn person(changing: &Changing, whom: Whom, me: Option<PersonId>) -> Result<Option<PersonId>, Skipped> {
    match whom {
        Whom::Nobody => Ok(None),
        Whom::Me => me.map(Some).ok_or(Skipped::Nobody),
        Whom::Requester => Ok(Some(changing.ticket.requester)),
        Whom::Assignee => changing.ticket.assignee.map(Some).ok_or(Skipped::Nobody),
        Whom::Person(id) => Ok(Some(id)),
    }
}

impl From<Refusal> for Skipped {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotAnAgent(_) => Self::NotAnAgent,
            Refusal::NotInGroup => Self::NotInGroup,
            Refusal::Closed(_) => Self::Closed,
            Refusal::BadValue { .. } => Self::Value,
            Refusal::Required { .. } => Self::Required,
            Refusal::TooLong { .. } => Self::Full,
            Refusal::BackToNew => Self::BackToNew,
            _ => Self::Gone,
        }
    }
}
