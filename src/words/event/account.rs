//! What happened to the account itself, and to people.

use super::Telling;
use crate::domain::act::Setting;
use crate::domain::event::Event;
use crate::domain::life::PersonEvent;
use crate::domain::mailroom::MailEvent;
use crate::language::args;
use crate::words::names;

impl Telling<'_> {
    pub(super) fn of_account(&self, event: &Event) -> String {
        let words = self.words;
        match event {
            Event::Founded => words.word("event-founded"),
            Event::PersonCreated { person, role } => {
                words.say("event-person-created", args![name = self.person(*person), role = names::role(words, *role)])
            }
            Event::PersonChanged { person, fields } => {
                words.say("event-changed-in", args![name = self.person(*person), fields = self.fields(fields)])
            }
            Event::OrganizationCreated(id) => {
                words.say("event-organization-created", args![name = self.organization(*id)])
            }
            Event::OrganizationChangedIn { organization, fields } => {
                let name = self.organization(*organization);
                words.say("event-changed-in", args![name = name, fields = self.fields(fields)])
            }
            Event::OrganizationDeleted { name, .. } => {
                words.say("event-organization-deleted", args![name = name.as_str()])
            }
            Event::GroupCreated(id) => words.say("event-group-created", args![name = self.group(*id)]),
            Event::GroupRenamed(id) => words.say("event-group-renamed", args![name = self.group(*id)]),
            Event::GroupDeleted { name, .. } => words.say("event-group-deleted", args![name = name.as_str()]),
            Event::SettingChanged(setting) => {
                let value = match setting {
                    Setting::DefaultGroup(Some(id)) => self.group(*id),
                    other => other.value(),
                };
                words.say("event-setting", args![setting = setting.name(), value = value])
            }
            Event::ItemSet { item, name, keys } => {
                let (kind, name) = (item.kind.name(), name.as_str());
                let keys: Vec<String> = keys.iter().cloned().collect();
                let new = i64::from(keys.is_empty());
                words.say("event-item-set", args![kind = kind, name = name, new = new, keys = words.list(&keys)])
            }
            Event::ItemDeleted { item, name } => {
                words.say("event-item-deleted", args![kind = item.kind.name(), name = name.as_str()])
            }
            Event::ItemsOrdered(kind) => words.say("event-items-ordered", args![kind = kind.name()]),
            _ => String::new(),
        }
    }

    pub(super) fn of_mail(&self, event: MailEvent) -> String {
        let (key, number) = match event {
            MailEvent::PutBack(letter) => ("event-letter-put-back", letter),
            MailEvent::LetterDropped(letter) => ("event-letter-dropped", letter),
            MailEvent::MailDropped(mail) => ("event-mail-dropped", mail),
        };
        self.words.say(key, args![number = number.to_string()])
    }

    pub(super) fn of_person(&self, event: &PersonEvent) -> String {
        let (key, person, other) = match event {
            PersonEvent::Merged { person, into } => ("event-person-merged", *person, self.person(*into)),
            PersonEvent::Deleted(person) => ("event-person-deleted", *person, String::new()),
            PersonEvent::Erased { person, texts } => {
                let what = if *texts { "texts" } else { "person" };
                return self.words.say("event-person-erased", args![number = person.to_string(), what = what]);
            }
            PersonEvent::LinkMade(person) => ("event-link-made", *person, String::new()),
            PersonEvent::TokenMade { person, name } => ("event-token-made", *person, name.clone()),
            PersonEvent::TokenRevoked { person, name } => ("event-token-revoked", *person, name.clone()),
            PersonEvent::WordsErased => return self.words.word("event-words-erased"),
            PersonEvent::TextsErased(comments) => {
                let count = i64::try_from(comments.len()).unwrap_or(i64::MAX);
                return self.words.say("event-texts-erased", args![count = count]);
            }
        };
        let name = match event {
            // By name they are the other one already.
            PersonEvent::Merged { .. } => self.words.say("event-numbered", args![number = person.to_string()]),
            _ => self.person(person),
        };
        self.words.say(key, args![name = name, other = other])
    }
}
