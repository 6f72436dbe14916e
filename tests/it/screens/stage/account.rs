//! What the small account answers.

use super::cast::{self, audits, names, people, person, session};
use super::{ANA, MARC, NOW, Stage, work};
use guichet::client::access::AccessLink;
use guichet::client::told::Told;
use guichet::client::{Count, Cursor, Error, ListAsk, Names, Page, PeopleAsk, Session, Source, Thread};
use guichet::domain::act::Deed;
use guichet::domain::comment::{Comment, Visibility};
use guichet::domain::decide::{Facts, forecast};
use guichet::domain::event::Audit;
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::person::{Person, PersonRef, Role};
use guichet::domain::refusal::{Field, Refusal};
use guichet::domain::secret::Secret;
use guichet::domain::setup::{Directory, Item, Setup};
use guichet::domain::status::Status;
use guichet::domain::suggest::Typed;
use guichet::domain::ticket::{Request, Ticket};
use guichet::domain::time::Timestamp;
use guichet::domain::timer::{Does, Due};
use guichet::tui::effect::Question;
use guichet::tui::message::{Answer, MailText};

impl Stage {
    fn session(&self) -> Session {
        let session = session(self.role, &self.settings, &Setup::of(self.items.iter().cloned()));
        Session { lacks: self.lacks.clone(), ..session }
    }

    /// A requester's view of a ticket, as the account has it set.
    fn request(&self, ticket: &Ticket) -> Request {
        Request::of(ticket, &self.settings, &Setup::of(self.items.iter().cloned()))
    }

    pub(super) fn answer(&self, question: &Question) -> Result<Answer, Error> {
        Ok(match question {
            Question::Session => {
                let mut session = self.session();
                if let Some((columns, group_by)) = &self.shape {
                    for view in &mut session.views {
                        (view.columns, view.group_by) = (columns.clone(), *group_by);
                    }
                }
                Answer::Session(Box::new(session))
            }
            Question::Counts(sources) => {
                let count = |source| Count { value: self.rows(source).len() as u64, or_more: false };
                Answer::Counts(sources.iter().map(count).collect())
            }
            Question::Tickets(ask) => Answer::Tickets(self.page(ask)),
            Question::Requests(ask) => {
                let page = self.page(ask);
                let rows = page.rows.iter().map(|ticket| self.request(ticket)).collect();
                Answer::Requests(Page { rows, names: page.names, next: page.next, ends: page.ends, edges: None })
            }
            Question::Ticket { id, .. } => {
                let thread = self.thread(*id, true)?;
                Answer::Ticket(Box::new(thread))
            }
            Question::Request { id, .. } => {
                let thread = self.thread(*id, false)?;
                let item = self.request(&thread.item);
                let Thread { comments, more, due, shared, names, .. } = thread;
                Answer::Request(Box::new(Thread { item, comments, more, due, shared, names }))
            }
            Question::Audits { after, limit, .. } => {
                let rows: Vec<Audit> = audits().into_iter().filter(|audit| audit.number > *after).collect();
                let more = rows.len() > *limit as usize;
                let next = more.then(|| Cursor(limit.to_string()));
                let rows = rows.into_iter().take(*limit as usize).collect();
                Answer::Audits(Page::new(rows, names(), next))
            }
            Question::Report(ask) => Answer::Report(Box::new(crate::screens::report::answer(ask))),
            Question::Present { .. } => Answer::Present(self.present.clone(), Names::default()),
            Question::ReadAlong(requester) => Answer::ReadAlong(*requester == PersonRef::Id(ANA)),
            Question::People(PeopleAsk::Suggest { text, staff_only, limit }) => {
                let mut rows = people();
                let gare = Some("Gare depot");
                let finds = |person: &Person| {
                    Typed::parse(text).is_some_and(|typed| typed.finds(person, person.organization.and(gare)))
                };
                rows.retain(|person| finds(person) && (person.role.is_staff() || !staff_only));
                rows.truncate(*limit as usize);
                Answer::People(Page::new(rows, names(), None))
            }
            Question::People(ask) => Answer::People(self.people(ask)),
            other => return self.answer_of_account(other),
        })
    }

    fn people(&self, ask: &PeopleAsk) -> Page<Person> {
        let crowd =
            (0..self.crowd).zip(1_000..).map(|(n, id)| person(PersonId(id), &format!("Person {n:03}"), Role::EndUser));
        let (rows, after, limit) = match ask {
            PeopleAsk::Role { role, after, limit } => {
                let rows = vec![person(MARC, "Marc Oni", Role::Agent), person(PersonId(9), "Zoé Faure", Role::Agent)];
                let rows = rows.into_iter().filter(|person| role.is_none_or(|role| person.role == role)).chain(crowd);
                (rows.collect::<Vec<_>>(), after.clone(), *limit)
            }
            PeopleAsk::Among { after, limit, .. } => (crowd.collect(), after.clone(), *limit),
            PeopleAsk::Ids(ids) => {
                let all = people().into_iter().chain(crowd);
                (all.filter(|person| ids.contains(&person.id)).collect(), None, 100)
            }
            _ => (Vec::new(), None, 100),
        };
        let from =
            after.map_or(0, |last| rows.iter().position(|one| one.id.to_string() == last.0).map_or(0, |at| at + 1));
        let to = (from + limit as usize).min(rows.len());
        let next = (to < rows.len()).then(|| Cursor(rows[to - 1].id.to_string()));
        Page::new(rows[from..to].to_vec(), names(), next)
    }

    /// The answers that are about the account, not about tickets and people.
    fn answer_of_account(&self, question: &Question) -> Result<Answer, Error> {
        Ok(match question {
            Question::Items(kind) => {
                let items = self.items.iter().filter(|item| item.kind() == *kind).cloned().collect();
                Answer::Items(items, self.directory())
            }
            Question::Directory(_) => Answer::Directory(self.directory()),
            Question::Check(deed) => self.check(deed)?,
            Question::Try(item) => Answer::Tried(Box::new(work::tried(&self.tickets, item))),
            Question::Organizations { .. } => {
                Answer::Organizations(Page::new(self.session().organization.into_iter().collect(), names(), None))
            }
            Question::Organization(_) => {
                Answer::Organization(Box::new(self.session().organization.ok_or(Error::NotFound)?))
            }
            Question::AdminLog(ask) => {
                let before = ask.after.as_ref().map(|place| place.0.parse::<i64>().expect("a number"));
                let log = cast::admin_log().into_iter().filter(|one| before.is_none_or(|before| one.number < before));
                let mut rows: Vec<Audit> = log.collect();
                let more = rows.len() > ask.limit as usize;
                rows.truncate(ask.limit as usize);
                let next = rows.last().filter(|_| more).map(|last| Cursor(last.number.to_string()));
                Answer::AdminLog(Page::new(rows, names(), next))
            }
            Question::AccessLink { .. } => Answer::AccessLink(AccessLink {
                token: Secret::new("one-use-only"),
                expires_at: Timestamp(NOW.0 + 86_400_000),
            }),
            Question::Forecast { .. } => Answer::Forecast(cast::coming()),
            Question::Calls(_) => Answer::Calls(Page::new(cast::calls(), names(), None)),
            Question::TestWebhook(_) => Answer::Called(cast::calls().remove(0)),
            Question::SuspendedMails { .. } => Answer::SuspendedMails(Page::new(cast::mails(), names(), None)),
            Question::SuspendedMail(id) => {
                let text = (*id != 2).then(|| "Hello,\n\nmy lock is \u{1b}[31mbroken.\n\nAnn".to_owned());
                Answer::SuspendedMail(Box::new(MailText { id: *id, text, files: vec!["../photo.png".to_owned()] }))
            }
            Question::Beside(place) => Answer::Beside(cast::beside(*place)),
            Question::DeletedTickets { .. } => Answer::DeletedTickets(Page::new(cast::deleted(), names(), None)),
            Question::TakeMail { ticket, .. } => Answer::MailTaken(Some((ticket.unwrap_or(TicketId(1042)), true))),
            Question::Rules => Answer::Rules(work::rules()),
            Question::Why { rule, .. } => Answer::Why(Box::new(work::why(rule))),
            Question::TryMacro { tickets, which } => {
                let all = work::applied_to(&self.tickets, &self.items, tickets, *which);
                Answer::Applied(Box::new(all.ok_or(Error::NotFound)?))
            }
            Question::Inbox(_) => Answer::Inbox(Page::new(self.told.clone(), Names::default(), None)),
            Question::MarkRead(ids) => {
                let meant = |one: &Told| ids.as_ref().is_none_or(|ids| ids.contains(&one.id));
                self.told
                    .iter()
                    .filter(|one| !one.read && !meant(one))
                    .count()
                    .try_into()
                    .map(Answer::Unread)
                    .expect("few")
            }
            _ => return Err(Error::NotFound),
        })
    }

    fn directory(&self) -> Directory {
        let groups = self.session().groups.into_iter().map(|group| (group.id, group)).collect();
        Directory::of(&Setup::of(self.items.iter().cloned()), &groups)
    }

    /// Nothing stands against anything but a name that is taken.
    fn check(&self, deed: &Deed) -> Result<Answer, Error> {
        if let Some(refusal) = &self.against {
            return Err(Error::Refused(refusal.clone()));
        }
        let Deed::SetItem(item) = deed else { return Ok(Answer::Checked) };
        let same = |one: &&Item| one.kind() == item.kind() && one.key() != item.key() && one.name() == item.name();
        match self.items.iter().find(same) {
            Some(_) => Err(Error::Refused(Refusal::NameTaken(Field::Name))),
            None => Ok(Answer::Checked),
        }
    }

    fn rows(&self, source: &Source) -> Vec<Ticket> {
        let keep = |ticket: &&Ticket| match source {
            Source::View(slug) => match slug.as_str() {
                "unassigned" => ticket.assignee.is_none(),
                "recently-solved" => ticket.status() == Status::Solved,
                "pending" => ticket.status() == Status::Pending,
                "on-hold" => ticket.status() == Status::Hold,
                _ => ticket.status().is_unsolved(),
            },
            Source::Ccd => false,
            Source::Search(text) => {
                let plain = |word: &&str| !word.starts_with("status<") && !word.contains(':');
                let mut words = text.split(' ').filter(plain);
                words.all(|word| ticket.subject.to_lowercase().contains(&word.trim_end_matches('*').to_lowercase()))
            }
            Source::Incidents(problem) => ticket.problem == Some(*problem),
            Source::Mine | Source::Organization => true,
        };
        self.tickets.iter().filter(keep).cloned().collect()
    }

    fn page(&self, ask: &ListAsk) -> Page<Ticket> {
        let mut rows = self.rows(&ask.source);
        if let Some(narrow) = &ask.narrow {
            rows.retain(|ticket| ticket.subject.to_lowercase().contains(narrow.to_lowercase().trim_end_matches('*')));
        }
        let from: usize = ask.after.as_ref().and_then(|cursor| cursor.0.parse().ok()).unwrap_or(0);
        let to = (from + ask.limit as usize).min(rows.len());
        let next = (to < rows.len()).then(|| Cursor(to.to_string()));
        let rows = rows[from..to].to_vec();
        let end = |ticket: &Ticket| due(ticket).into_iter().rfind(|due| due.does == Does::Closes);
        let ends = rows.iter().filter_map(|ticket| Some((ticket.id, end(ticket)?))).collect();
        Page { ends, ..Page::new(rows, names(), next) }
    }

    fn thread(&self, id: TicketId, staff: bool) -> Result<Thread<Ticket>, Error> {
        let item = self.tickets.iter().find(|ticket| ticket.id == id).cloned().ok_or(Error::NotFound)?;
        let mut comments: Vec<Comment> = self.comments.iter().filter(|comment| comment.ticket == id).cloned().collect();
        comments.retain(|comment| staff || comment.visibility == Visibility::Public);
        let due = due(&item);
        Ok(Thread { item, comments, more: false, due, shared: false, names: names() })
    }
}

/// What will happen to a ticket by itself, in an account as it begins.
fn due(ticket: &Ticket) -> Vec<Due> {
    let setup = Setup::of(guichet::store::stock().expect("the stock"));
    forecast(&Facts { setup: setup.into(), ..Facts::default() }, ticket, NOW, guichet::domain::form::Reader::Agent)
}
