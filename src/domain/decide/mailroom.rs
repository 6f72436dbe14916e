//! What becomes of letters that did not leave, and of mails that are nobody's.

use super::work::Work;
use super::{Decision, Facts};
use crate::domain::act::Act;
use crate::domain::event::{Chain, Event};
use crate::domain::life::Record;
use crate::domain::mailroom::{MailDeed, MailEvent};
use crate::domain::outgoing::Delivery;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::time::Timestamp;

/// What is wanted of one of them. What has left cannot be taken back.
pub(super) fn decide(facts: &Facts, act: &Act, deed: MailDeed, now: Timestamp) -> Result<Decision, Refusal> {
    let mut work = Work::new(facts, act, now);
    match deed {
        MailDeed::PutBack(letter) | MailDeed::DropLetter(letter) => {
            facts.admin()?;
            let standing = facts.life.letter.filter(|standing| *standing != Delivery::Sent);
            let standing = standing.ok_or(Refusal::NotFound(Thing::Notice))?;
            let drop = matches!(deed, MailDeed::DropLetter(_));
            if drop && standing == Delivery::Dropped {
                return Ok(work.decision);
            }
            work.decision.records.push(Record::Letter { letter, drop, at: now });
            let event = if drop { MailEvent::LetterDropped(letter) } else { MailEvent::PutBack(letter) };
            work.write(Chain::Account, vec![Event::Mail(event)]);
        }
        MailDeed::DropMail(mail) => {
            facts.staff()?;
            // What nobody knows whose it is is not for those who work with some tickets only.
            if facts.viewer()?.is_restricted() {
                facts.admin()?;
            }
            if !facts.life.mail {
                return Err(Refusal::NotFound(Thing::Mail));
            }
            work.decision.records.push(Record::MailGone(mail));
            work.write(Chain::Account, vec![Event::Mail(MailEvent::MailDropped(mail))]);
        }
    }
    Ok(work.decision)
}
