//! What answers tell of names and moments, for all screens.

use super::message::Answer;
use super::model::Shared;
use crate::client::Names;
use crate::domain::person::EmailAddress;

impl Shared {
    /// Remembers the names that came with an answer.
    pub(super) fn learn_answer(&mut self, answer: &Answer) {
        match answer {
            Answer::Tickets(page) => {
                self.learn(&page.names);
                self.learn_ends(page.rows.iter().map(|row| row.id), &page.ends);
            }
            Answer::Requests(page) => {
                self.learn(&page.names);
                self.learn_ends(page.rows.iter().map(|row| row.id), &page.ends);
            }
            Answer::Ticket(thread) => self.learn(&thread.names),
            Answer::Request(thread) => self.learn(&thread.names),
            Answer::Audits(page) | Answer::AdminLog(page) => self.learn(&page.names),
            Answer::Comments(page) => self.learn(&page.names),
            Answer::People(page) => {
                self.learn(&page.names);
                let named = page.rows.iter().map(|person| (person.id, person.name.clone()));
                self.names.people.extend(named);
            }
            Answer::Tried(trial) => self.learn(&trial.names),
            Answer::Inbox(page) => self.learn(&page.names),
            Answer::DeletedTickets(page) => self.learn(&page.names),
            Answer::Unread(count) => {
                if let Some(session) = &mut self.session {
                    session.unread = *count;
                }
            }
            Answer::Why(why) => self.learn(&why.names),
            Answer::Present(_, names) => self.learn(names),
            Answer::Applied(all) => self.learn(&all.names),
            // A report keeps its names itself: they can be those of fifty thousand people.
            Answer::Report(_)
            | Answer::Rules(_)
            | Answer::Items(..)
            | Answer::Directory(_)
            | Answer::Checked
            | Answer::Forecast(_)
            | Answer::Calls(_)
            | Answer::Called(_)
            | Answer::SuspendedMails(_)
            | Answer::SuspendedMail(_)
            | Answer::MailTaken(_)
            | Answer::Session(_)
            | Answer::Counts(_)
            | Answer::Beside(_)
            | Answer::AccessLink(_)
            | Answer::ReadAlong(_) => {}
            Answer::Organization(one) => _ = self.names.organizations.insert(one.id, one.name.clone()),
            Answer::Organizations(page) => {
                self.names.organizations.extend(page.rows.iter().map(|one| (one.id, one.name.clone())));
            }
        }
    }

    /// Remembers names.
    pub fn learn(&mut self, names: &Names) {
        for (id, name) in &names.people {
            // Somebody in copy here, whom a name was told of elsewhere, stays who they are.
            let known = self.names.people.entry(*id).or_insert_with(|| name.clone());
            if EmailAddress::parse(name).is_err() {
                known.clone_from(name);
            }
        }
        self.names.groups.extend(names.groups.iter().map(|(id, name)| (*id, name.clone())));
        self.names.organizations.extend(names.organizations.iter().map(|(id, name)| (*id, name.clone())));
    }
}
