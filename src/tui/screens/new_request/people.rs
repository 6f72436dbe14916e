//! A field for people: typing suggests them, by name, mail domain, phone number or organization (R102-R105); the last
//! row of the matches adds somebody new without leaving the form (R107). Who is no agent names others by their address.

use crate::client::PeopleAsk;
use crate::domain::id::PersonId;
use crate::domain::person::{EmailAddress, Person, PersonRef};
use crate::domain::suggest::MIN_CHARS;
use crate::safe::Safe;
use crate::tui::editor::Editor;
use crate::tui::effect::Question;
use crate::tui::input::{Code, Key};
use crate::tui::keymap::types_text;
use crate::tui::model::Context;

/// How many are suggested at most.
const SUGGESTIONS: u32 = 6;

/// Somebody who was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// As an act names them.
    pub whom: PersonRef,
    /// As people read it: hostile text.
    pub name: String,
}

/// Somebody new: name and address while they are typed (R107).
#[derive(Clone, Debug)]
pub struct Adding {
    /// The name.
    pub name: Editor,
    /// The address.
    pub address: Editor,
    /// Whether the address has the keys.
    pub at_address: bool,
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// Nothing that matters to the form.
    Nothing,
    /// The field holds something else now.
    Changed,
    /// The field is left for the next one.
    Leave,
    /// What is typed is no mail address.
    NoAddress,
}

/// The field.
#[derive(Clone, Debug)]
pub struct PeopleField {
    /// Those chosen so far.
    pub chosen: Vec<Chosen>,
    /// What is typed.
    pub line: Editor,
    /// Whether there can be several.
    many: bool,
    /// Who was found, and for which text.
    found: Vec<Person>,
    found_for: String,
    at: usize,
    /// Enter was pressed before the answer came: the first match is taken.
    take_first: bool,
    /// Whether the matches were sent away; the next character brings them back.
    hidden: bool,
    /// Somebody new.
    pub adding: Option<Adding>,
}

impl PeopleField {
    /// An empty field for one person, or for several.
    pub fn new(many: bool) -> Self {
        Self {
            chosen: Vec::new(),
            line: Editor::line(""),
            many,
            found: Vec::new(),
            found_for: String::new(),
            at: 0,
            take_first: false,
            hidden: false,
            adding: None,
        }
    }

    /// Whether nobody is chosen and nothing is typed.
    pub fn is_blank(&self) -> bool {
        self.chosen.is_empty() && self.line.is_blank() && self.adding.is_none()
    }

    /// Whether it is that person who is chosen.
    pub fn is(&self, id: PersonId) -> bool {
        self.chosen.iter().any(|one| one.whom == PersonRef::Id(id))
    }

    fn typed(&self) -> String {
        self.line.text().trim().to_owned()
    }

    fn suggests(&self) -> bool {
        self.adding.is_none() && self.typed().chars().count() >= MIN_CHARS
    }

    /// The matches to be shown, with the index under the cursor; none while nothing is suggested. The row after the
    /// last one adds somebody new.
    pub fn offered(&self, staff: bool) -> Option<(&[Person], usize)> {
        (staff && self.suggests() && !self.hidden).then_some((self.found.as_slice(), self.at))
    }

    /// What is typed but nobody yet becomes somebody when it is an address. `false` when it is not.
    pub fn settle(&mut self) -> bool {
        let typed = self.typed();
        if self.adding.is_some() {
            return false;
        }
        if typed.is_empty() {
            return true;
        }
        match named(&typed) {
            Some(chosen) => {
                self.choose(chosen);
                true
            }
            None => false,
        }
    }

    /// Takes back what is open: the new person, the matches. What was typed stays in the line. `false` when nothing is.
    pub fn retreat(&mut self, staff: bool) -> bool {
        if let Some(adding) = self.adding.take() {
            let (name, address) = (adding.name.text(), adding.address.text());
            let both = format!("{} <{}>", name.trim(), address.trim());
            self.line.set(match (name.trim().is_empty(), address.trim().is_empty()) {
                (true, _) => &address,
                (false, true) => &name,
                (false, false) => &both,
            });
            self.hidden = true;
            return true;
        }
        let open = self.offered(staff).is_some();
        self.hidden = true;
        open
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, cx: &mut Context<'_>) -> Did {
        if let Some(adding) = &mut self.adding {
            return match key.code {
                Code::Enter => self.added(),
                Code::Up | Code::Down | Code::Tab => {
                    adding.at_address = !adding.at_address;
                    Did::Nothing
                }
                _ => changed(if adding.at_address { adding.address.key(key) } else { adding.name.key(key) }),
            };
        }
        let open = self.offered(cx.shared.is_staff()).is_some();
        match key.code {
            Code::Enter => self.enter(cx.shared.is_staff()),
            Code::Down if open => {
                self.at = (self.at + 1) % (self.found.len() + 1);
                Did::Nothing
            }
            Code::Up if open => {
                self.at = (self.at + self.found.len()) % (self.found.len() + 1);
                Did::Nothing
            }
            Code::Backspace if self.line.is_blank() && !self.chosen.is_empty() => {
                self.chosen.pop();
                Did::Changed
            }
            // Several can also be typed one after the other, as in a mail.
            Code::Char(',' | ';') if self.many && self.named_by_address() => self.enter(false),
            _ => {
                if !self.many && types_text(key) {
                    self.chosen.clear();
                }
                let edited = self.line.key(key);
                self.edited(edited, cx)
            }
        }
    }

    fn named_by_address(&self) -> bool {
        named(&self.typed()).is_some()
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, cx: &mut Context<'_>) -> Did {
        if let Some(adding) = &mut self.adding {
            return changed(if adding.at_address { adding.address.paste(text) } else { adding.name.paste(text) });
        }
        if !self.many {
            self.chosen.clear();
        }
        let edited = self.line.paste(text);
        self.edited(edited, cx)
    }

    fn edited(&mut self, edited: bool, cx: &mut Context<'_>) -> Did {
        if edited {
            self.take_first = false;
            self.hidden = false;
            self.ask(cx);
        }
        changed(edited)
    }

    /// Asks whom the account suggests for what is typed.
    pub fn ask(&self, cx: &mut Context<'_>) {
        if cx.shared.is_staff() && self.suggests() {
            let ask = PeopleAsk::Suggest { text: self.typed(), staff_only: false, limit: SUGGESTIONS };
            cx.ask(Question::People(ask));
        }
    }

    /// Takes the account's suggestions, if they are for what is typed now.
    pub fn take(&mut self, ask: &PeopleAsk, people: Vec<Person>) -> Did {
        let PeopleAsk::Suggest { text, .. } = ask else { return Did::Nothing };
        if *text != self.typed() {
            return Did::Nothing;
        }
        self.found = people;
        self.found_for.clone_from(text);
        self.at = 0;
        if std::mem::take(&mut self.take_first) { self.enter(true) } else { Did::Nothing }
    }

    fn enter(&mut self, staff: bool) -> Did {
        let typed = self.typed();
        if typed.is_empty() {
            return Did::Leave;
        }
        if staff && self.suggests() && self.found_for != typed {
            self.take_first = true;
            return Did::Nothing;
        }
        if staff && self.suggests() {
            match self.found.get(self.at).map(known) {
                Some(chosen) => self.choose(chosen),
                None => self.adding = Some(Adding::from(&typed)),
            }
            return Did::Changed;
        }
        if self.settle() { Did::Changed } else { Did::NoAddress }
    }

    /// Takes the match under the cursor as Tab does, when there is one.
    pub fn complete(&mut self, staff: bool) -> bool {
        let chosen = self.offered(staff).and_then(|(found, at)| found.get(at)).map(known);
        let fresh = self.found_for == self.typed();
        match chosen.filter(|_| fresh) {
            Some(chosen) => {
                self.choose(chosen);
                true
            }
            None => false,
        }
    }

    /// Takes the n-th row of the matches (a click).
    pub fn click(&mut self, n: usize) -> Did {
        self.at = n.min(self.found.len());
        self.enter(true)
    }

    fn choose(&mut self, chosen: Chosen) {
        if !self.many {
            self.chosen.clear();
        }
        self.chosen.retain(|other| other.whom != chosen.whom);
        self.chosen.push(chosen);
        self.line.set("");
        self.found.clear();
        self.found_for.clear();
        self.at = 0;
    }

    fn added(&mut self) -> Did {
        let Some(adding) = &mut self.adding else { return Did::Nothing };
        if !adding.at_address {
            adding.at_address = true;
            return Did::Nothing;
        }
        let Ok(email) = EmailAddress::parse(&adding.address.text()) else { return Did::NoAddress };
        let name = adding.name.text().trim().to_owned();
        self.adding = None;
        self.choose(somebody(name, email));
        Did::Changed
    }

    /// Chooses somebody who is known.
    pub fn prefill(&mut self, id: PersonId, name: String) {
        self.choose(Chosen { whom: PersonRef::Id(id), name });
    }
}

impl Adding {
    /// What was typed is a part of the address or of the name.
    pub fn from(typed: &str) -> Self {
        let (name, address) = match typed.strip_suffix('>').and_then(|typed| typed.split_once('<')) {
            Some((name, address)) => (name.trim(), address.trim()),
            None if typed.contains('@') => ("", typed),
            None => (typed, ""),
        };
        Self { name: Editor::line(name), address: Editor::line(address), at_address: !name.is_empty() }
    }
}

fn changed(changed: bool) -> Did {
    if changed { Did::Changed } else { Did::Nothing }
}

fn known(person: &Person) -> Chosen {
    Chosen { whom: PersonRef::Id(person.id), name: person.name.clone() }
}

fn somebody(name: String, email: EmailAddress) -> Chosen {
    if name.is_empty() {
        return Chosen { name: email.to_string(), whom: PersonRef::Address(email) };
    }
    Chosen { name: name.clone(), whom: PersonRef::Named { name, email } }
}

/// `ana@acme.example`, or `Ana Ruiz <ana@acme.example>`.
pub fn named(text: &str) -> Option<Chosen> {
    let (name, address) = match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"'), address),
        None => ("", text),
    };
    EmailAddress::parse(address).ok().map(|email| somebody(name.to_owned(), email))
}

/// The names of those chosen, each with a sign for who is new.
pub fn names(chosen: &[Chosen]) -> Safe {
    let names = chosen.iter().map(|one| match &one.whom {
        PersonRef::Named { email, .. } => Safe::line(&format!("+ {} <{email}>", one.name)),
        PersonRef::Address(_) => Safe::line(&format!("+ {}", one.name)),
        PersonRef::Id(_) => Safe::line(&one.name),
    });
    Safe::join(&Safe::from_static(", "), names)
}
