//! Somebody as the team knows them: what they are, and what can be done about them. Each step that others would feel is
//! asked about first, with what it leads to.

mod picture;

use crate::client::{Count, Error, PeopleAsk, Source};
use crate::domain::act::{Deed, PersonChange};
use crate::domain::id::PersonId;
use crate::domain::life::PersonDeed;
use crate::domain::person::{Away, Person, Role, Standing};
use crate::domain::time::Timestamp;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::input::MouseKind;
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared, Tone};
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::question::{self, Matter};
use crate::tui::screens::{filling, naming, new_request, own, search};
use crate::tui::subject::{Row, Subject};
pub(super) use picture::{own as own_fields, row as line_of};
use ratatui::Frame;

/// So many people are offered for what was typed.
const OFFERED: u32 = 20;
/// At what hour somebody is back who names only a day.
const BACK_AT: u32 = 0;

/// What a name that is chosen is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choosing {
    /// Whom they turn out to be.
    Merge,
    /// How much of them is erased.
    Erase,
}

/// Somebody.
#[derive(Clone, Debug)]
pub struct State {
    id: PersonId,
    person: Option<Person>,
    /// Their unsolved requests, and the unsolved tickets that are assigned to them.
    open: Option<(Count, Count)>,
    failed: Option<Error>,
    waiting: bool,
    choosing: Choosing,
    /// The first line shown.
    top: usize,
}

impl State {
    /// Of that number.
    pub const fn new(id: PersonId) -> Self {
        Self { id, person: None, open: None, failed: None, waiting: true, choosing: Choosing::Merge, top: 0 }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Person, Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Acted(..) | Said::Command(Command::Refresh, _) => self.ask(cx),
            Said::Answer(question, result) => self.answered(&question, result, cx),
            Said::Confirmed(Matter::Do(deed) | Matter::Change(deed)) => cx.act(*deed),
            Said::Confirmed(Matter::AccessLink) => {
                let key = crate::client::Key(cx.shared.new_key());
                cx.ask(Question::AccessLink { key, person: self.id });
            }
            Said::Typed(Purpose::MergeInto, text) => {
                cx.ask(Question::People(PeopleAsk::Suggest { text, staff_only: false, limit: OFFERED }));
            }
            Said::Typed(Purpose::Away, text) => self.go_away(&text, cx),
            Said::Named(name) => self.chosen(&name, cx),
            Said::Command(command, _) => self.command(command, cx),
            Said::Mouse(mouse) => match mouse.what {
                MouseKind::WheelUp => self.top = self.top.saturating_sub(3),
                MouseKind::WheelDown => self.scroll(3, cx.shared),
                MouseKind::Click => {}
            },
            _ => {}
        }
    }

    fn ask(&mut self, cx: &mut Context<'_>) {
        self.waiting = true;
        cx.ask(Question::People(PeopleAsk::Ids(vec![self.id])));
        let of = |who: &str| Source::Search(format!("{who}:{} status<solved", self.id));
        cx.ask(Question::Counts(vec![of("requester"), of("assignee")]));
    }

    fn answered(&mut self, question: &Question, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        match (question, result) {
            (Question::People(PeopleAsk::Ids(_)), Ok(Answer::People(page))) => {
                self.waiting = false;
                self.failed = None;
                self.person = page.rows.into_iter().next();
                // Who was merged is somebody else now.
                if let Some(other) = self.person.as_ref().map(|person| person.id).filter(|id| *id != self.id) {
                    self.id = other;
                    self.ask(cx);
                }
            }
            (Question::People(PeopleAsk::Suggest { .. }), Ok(Answer::People(page))) => self.offer(&page.rows, cx),
            (Question::Counts(_), Ok(Answer::Counts(counts))) => {
                if let [requested, assigned] = counts.as_slice() {
                    self.open = Some((*requested, *assigned));
                }
            }
            (Question::AccessLink { .. }, Ok(Answer::AccessLink(link))) => {
                let name = self.person.as_ref().map_or_else(Safe::default, |person| Safe::line(&person.name));
                cx.open(super::link::State::new(name, link).into());
            }
            (_, Err(error)) => {
                self.waiting = false;
                cx.error(error.clone());
                self.failed = Some(error);
            }
            _ => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Context<'_>) {
        if let Some(by) = command.moves(picture::height(cx.shared)) {
            return self.scroll(by, cx.shared);
        }
        if command == Command::Back {
            return cx.close();
        }
        let Some(person) = self.person.clone() else { return };
        match command {
            Command::EditPerson => {
                let row = Row::person(&person, cx.shared);
                cx.open(filling::State::new(Subject::People, Some(&row)).into());
            }
            Command::PersonFields => {
                let screen = own::State::of_person(&person, cx.shared);
                cx.open(screen.into());
            }
            Command::NewTicketForPerson => {
                let screen = new_request::State::for_requester(self.id, cx.shared);
                cx.open(screen.into());
            }
            Command::TheirRequests => cx.open(search::State::of(&format!("requester:{}", self.id)).into()),
            Command::TheirTickets => cx.open(search::State::of(&format!("assignee:{}", self.id)).into()),
            Command::AwayOrBack => Self::away_or_back(&person, cx),
            Command::MergePerson => {
                self.choosing = Choosing::Merge;
                cx.open(prompt::State::new(Purpose::MergeInto).into());
            }
            Command::ErasePerson => {
                self.choosing = Choosing::Erase;
                let names = ["person-erase-some", "person-erase-all"].map(|key| cx.shared.word(key).into_string());
                let heading = cx.shared.say("person-erase-title", args![name = person.name.as_str()]);
                cx.open(naming::State::new(heading, names, "").into());
            }
            _ => self.ask_first(command, &person, cx),
        }
    }

    /// What others would feel: one sentence says what it leads to.
    fn ask_first(&self, command: Command, person: &Person, cx: &mut Context<'_>) {
        let whole = |deed| Matter::Do(Box::new(Deed::Person(deed)));
        let (key, matter) = match command {
            Command::SwitchPerson => {
                let change = PersonChange { suspended: Some(!person.suspended), ..PersonChange::default() };
                let key = if person.suspended { "person-let-in" } else { "person-suspend" };
                (key, Matter::Change(Box::new(Deed::UpdatePerson { person: self.id, change })))
            }
            Command::ApprovePerson if person.standing == Standing::Unapproved => {
                ("person-approve", Matter::Change(Box::new(Deed::Person(PersonDeed::Approve(self.id)))))
            }
            Command::ApprovePerson => return cx.notice(cx.shared.word("person-approved-already")),
            Command::AccessLink => ("person-link", Matter::AccessLink),
            Command::DeletePerson => ("person-delete", whole(PersonDeed::Delete(self.id))),
            _ => return,
        };
        let text = cx.shared.say(key, self.args(person));
        cx.open(question::State::new(text, matter).into());
    }

    /// What sentences about them can speak of.
    fn args(&self, person: &Person) -> crate::language::Args<'static> {
        let count = |count: &Count| i64::try_from(count.value).unwrap_or(i64::MAX);
        let (requests, tickets) = self.open.as_ref().map_or((0, 0), |(one, other)| (count(one), count(other)));
        args![name = person.name.clone(), requests = requests, tickets = tickets]
    }

    fn away_or_back(person: &Person, cx: &mut Context<'_>) {
        if person.is_away(cx.shared.now) {
            let change = PersonChange { away: Some(None), ..PersonChange::default() };
            cx.act(Deed::UpdatePerson { person: person.id, change });
        } else if person.role.is_staff() {
            cx.open(prompt::State::new(Purpose::Away).into());
        } else {
            let text = cx.shared.word("person-away-staff");
            cx.notice(text);
        }
    }

    fn go_away(&self, text: &str, cx: &mut Context<'_>) {
        let until = match text.trim().to_lowercase().as_str() {
            "-" | "yes" => None,
            text => {
                let Some(at) = cx.shared.present().moment(text, BACK_AT) else {
                    let text = cx.shared.word("person-away-bad");
                    return cx.shared.tell(Tone::Bad, text);
                };
                Some(Timestamp(at))
            }
        };
        let change = PersonChange { away: Some(Some(Away { until })), ..PersonChange::default() };
        cx.act(Deed::UpdatePerson { person: self.id, change });
    }

    /// Those who fit what was typed, to choose from.
    fn offer(&self, people: &[Person], cx: &mut Context<'_>) {
        let names: Vec<String> = people.iter().filter(|one| one.id != self.id).map(offered).collect();
        if names.is_empty() {
            let text = cx.shared.word("person-nobody");
            return cx.notice(text);
        }
        let heading = cx.shared.word("prompt-merge-into");
        cx.open(naming::State::new(heading, names, "").into());
    }

    fn chosen(&self, name: &str, cx: &mut Context<'_>) {
        let Some(person) = &self.person else { return };
        let (text, deed) = match self.choosing {
            Choosing::Merge => {
                let Some(target) = number(name) else { return };
                let other = cx.shared.person(target).into_string();
                let text = cx.shared.say("person-merge", args![name = person.name.as_str(), other = other]);
                (text, PersonDeed::Merge { source: self.id, target })
            }
            Choosing::Erase => {
                let texts = name == cx.shared.word("person-erase-all").as_str();
                let key = if texts { "person-erase-texts" } else { "person-erase" };
                (cx.shared.say(key, self.args(person)), PersonDeed::Erase { person: self.id, texts })
            }
        };
        cx.open(question::State::new(text, Matter::Do(Box::new(Deed::Person(deed)))).into());
    }

    fn scroll(&mut self, by: isize, shared: &Shared) {
        let last = picture::lines(self, shared).len().saturating_sub(picture::height(shared));
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        picture::draw(self, shared, frame);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let name = self.person.as_ref().map_or_else(|| Safe::line(&format!("#{}", self.id)), |one| Safe::line(&one.name));
        Safe::join(&Safe::from_static(" › "), [shared.word("admin-person"), name])
    }
}

/// Somebody as one of several: the number at the end tells which.
pub(super) fn offered(person: &Person) -> String {
    let email = person.email.as_ref().map(|email| format!(" <{email}>")).unwrap_or_default();
    format!("{}{email} #{}", person.name, person.id)
}

/// The number at the end of [`offered`].
pub(super) fn number(offered: &str) -> Option<PersonId> {
    offered.rsplit_once('#').and_then(|(_, id)| id.parse().ok()).map(PersonId)
}

/// What somebody is, and how they stand: `agent, suspended`.
pub(super) fn role(shared: &Shared, person: &Person) -> Safe {
    let words = &shared.words;
    let role = crate::words::role(words, person.role);
    let standing = |standing: String| shared.say("cli-standing-role", args![role = role.as_str(), standing = standing]);
    match person.standing {
        _ if person.suspended => shared.say("cli-suspended-role", args![role = role.as_str()]),
        Standing::Active if person.is_away(shared.now) => shared.say("cli-away-role", args![role = role.as_str()]),
        Standing::Active => Safe::line(&role),
        Standing::Merged(into) => standing(words.say("cli-standing-merged", args![number = into.to_string()])),
        other => standing(words.word(&format!("cli-standing-{}", other.name()))),
    }
}

/// Whether the one who works here may change them: agents end users, admins everybody. The account says so again.
fn may_change(shared: &Shared, person: &Person) -> bool {
    shared.is_admin() || person.role == Role::EndUser || shared.me() == Some(person.id)
}
