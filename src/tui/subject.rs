//! What the admin's pages are about: everything that is listed and filled in by the same two screens.

use super::effect::Question;
use super::message::Answer;
use super::model::Shared;
use crate::client::PeopleAsk;
use crate::domain::account::{Group, Organization};
use crate::domain::act::{Deed, NewOrganization, NewPerson, OrganizationRef, PersonChange};
use crate::domain::draft::{DraftPlace, FormOf};
use crate::domain::id::{GroupId, OrganizationId, PersonId};
use crate::domain::life::PersonDeed;
use crate::domain::person::{EmailAddress, Person, Restriction, Role};
use crate::domain::setup::{Datum, Directory, Document, Item, ItemFault, ItemKey, ItemKind, Key, Refers, Takes, Why};
use crate::safe::Safe;
use crate::words;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Things of the set-up.
    Items(ItemKind),
    /// People of the account.
    People,
    /// Organizations that requesters belong to.
    Organizations,
    /// Groups of agents.
    Groups,
}

/// One of them as a row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number.
    pub id: i64,
    /// What people call it.
    pub title: Safe,
    /// Whether it works; none of what always does.
    pub on: Option<bool>,
    /// What it is or does.
    pub short: Safe,
    /// All of it.
    pub document: Document,
    /// It, of the set-up.
    pub item: Option<Item>,
}

const fn key(name: &'static str, takes: Takes, must: bool) -> Key {
    Key { name, takes, must }
}

const PERSON: &[Key] = &[
    key("name", Takes::Line, true),
    key("email", Takes::Line, false),
    key("phone", Takes::Line, false),
    key("role", Takes::OneOf(&["end-user", "agent", "admin"]), true),
    key("organization", Takes::Line, false),
    key("groups", Takes::Names(Refers::Group), false),
    key("restriction", Takes::OneOf(&["none", "groups", "organization", "assigned"]), false),
    key("language", Takes::Line, false),
    key("time_zone", Takes::Line, false),
    key("suspended", Takes::Flag(false), false),
];
const ORGANIZATION: &[Key] = &[
    key("name", Takes::Line, true),
    key("domains", Takes::Texts, false),
    key("shared_tickets", Takes::Flag(false), false),
    key("shared_comments", Takes::Flag(false), false),
];
const GROUP: &[Key] = &[key("name", Takes::Line, true)];

/// So many people and organizations are listed.
const LISTED: u32 = 100;

impl From<FormOf> for Subject {
    fn from(of: FormOf) -> Self {
        match of {
            FormOf::Item(kind) => Self::Items(kind),
            FormOf::Person => Self::People,
            FormOf::Organization => Self::Organizations,
            FormOf::Group => Self::Groups,
        }
    }
}

impl Subject {
    /// Where what is filled in of one of them is kept; 0 for what is new.
    pub const fn draft(self, id: i64) -> DraftPlace {
        let of = match self {
            Self::Items(kind) => FormOf::Item(kind),
            Self::People => FormOf::Person,
            Self::Organizations => FormOf::Organization,
            Self::Groups => FormOf::Group,
        };
        DraftPlace::Form(of, id)
    }

    /// All, in the order of the first page.
    pub const ALL: [Self; 13] = [
        Self::Items(ItemKind::Kind),
        Self::Items(ItemKind::Field),
        Self::Items(ItemKind::Status),
        Self::Items(ItemKind::View),
        Self::Items(ItemKind::Macro),
        Self::Items(ItemKind::Trigger),
        Self::Items(ItemKind::Automation),
        Self::Items(ItemKind::Text),
        Self::Items(ItemKind::Webhook),
        Self::Items(ItemKind::Schedule),
        Self::People,
        Self::Organizations,
        Self::Groups,
    ];

    /// Its name in the words files: `admin-NAME`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Items(kind) => kind.name(),
            Self::People => "person",
            Self::Organizations => "organization",
            Self::Groups => "group",
        }
    }

    /// What can be filled in.
    pub const fn form(self) -> &'static [Key] {
        match self {
            Self::Items(kind) => kind.form(),
            Self::People => PERSON,
            Self::Organizations => ORGANIZATION,
            Self::Groups => GROUP,
        }
    }

    /// Whether its rows have an order that can be changed.
    pub fn has_order(self) -> bool {
        matches!(self, Self::Items(_)) && self.form().iter().any(|key| key.name == "position")
    }

    /// What brings its rows.
    pub fn question(self) -> Question {
        match self {
            Self::Items(kind) => Question::Items(kind),
            Self::People => Question::People(PeopleAsk::Role { role: None, after: None, limit: LISTED }),
            Self::Organizations => Question::Organizations { text: String::new(), after: None, limit: LISTED },
            Self::Groups => Question::Session,
        }
    }

    /// Whether there can be any number of them, so that they come in pages and are looked for.
    pub const fn is_paged(self) -> bool {
        matches!(self, Self::People | Self::Organizations)
    }

    /// What brings the rows that fit what is looked for; all when nothing is.
    pub fn question_for(self, find: &str) -> Question {
        let text = find.to_owned();
        match self {
            Self::People if !find.is_empty() => {
                Question::People(PeopleAsk::Suggest { text, staff_only: false, limit: LISTED })
            }
            Self::Organizations => Question::Organizations { text, after: None, limit: LISTED },
            _ => self.question(),
        }
    }

    /// What brings the rows after an answer; none when there are no more.
    pub fn question_after(self, find: &str, answer: &Answer) -> Option<Question> {
        match (self, answer) {
            (Self::People, Answer::People(page)) => {
                let after = Some(page.next.clone()?);
                Some(Question::People(PeopleAsk::Role { role: None, after, limit: LISTED }))
            }
            (Self::Organizations, Answer::Organizations(page)) => {
                let after = Some(page.next.clone()?);
                Some(Question::Organizations { text: find.to_owned(), after, limit: LISTED })
            }
            _ => None,
        }
    }

    /// What would make a thing be what a document says; `before` is what it was.
    ///
    /// # Errors
    /// What in the document cannot be so.
    pub fn deed(
        self,
        id: i64,
        document: &Document,
        before: Option<&Document>,
        directory: &Directory,
    ) -> Result<Deed, ItemFault> {
        match self {
            Self::Items(kind) => Item::read(kind, id, document, directory).map(|item| Deed::SetItem(Box::new(item))),
            Self::Groups => {
                let name = needed(document, "name")?;
                Ok(if id == 0 { Deed::CreateGroup { name } } else { Deed::RenameGroup { group: GroupId(id), name } })
            }
            Self::Organizations => organization_deed(id, document),
            Self::People => person_deed(id, document, before, directory),
        }
    }

    /// What deletes one; none of what is not deleted here.
    pub fn deletion(self, id: i64) -> Option<Deed> {
        match self {
            Self::Items(kind) => Some(Deed::DeleteItem(ItemKey { kind, id })),
            Self::Groups => Some(Deed::DeleteGroup { group: GroupId(id) }),
            Self::People => Some(Deed::Person(PersonDeed::Delete(PersonId(id)))),
            Self::Organizations => Some(Deed::DeleteOrganization { organization: OrganizationId(id) }),
        }
    }
}

impl Row {
    /// A thing of the set-up.
    pub fn item(item: Item, directory: &Directory, shared: &Shared) -> Self {
        let on = !matches!(item, Item::Text(_));
        Self {
            id: item.key().id,
            title: Safe::line(&words::item_title(&shared.words, &item)),
            on: on.then(|| item.is_active()),
            short: Safe::line(&words::item_in_short(&shared.words, &item, directory)),
            document: item.document(directory),
            item: Some(item),
        }
    }

    /// A group.
    pub fn group(group: &Group) -> Self {
        let document = Document::default().with("name", group.name.as_str());
        Self::plain(group.id.0, &group.name, None, Safe::default(), document)
    }

    /// An organization.
    pub fn organization(one: &Organization) -> Self {
        let document = Document::default()
            .with("name", one.name.as_str())
            .with("domains", one.domains.clone())
            .with("shared_tickets", one.shared_tickets)
            .with("shared_comments", one.shared_comments);
        Self::plain(one.id.0, &one.name, None, Safe::line(&one.domains.join(", ")), document)
    }

    /// A person.
    pub fn person(one: &Person, shared: &Shared) -> Self {
        let groups: Vec<String> = one.groups.iter().map(|id| shared.group(*id).into_string()).collect();
        let organization = one.organization.map(|id| shared.organization(id).into_string());
        let email = one.email.as_ref().map(EmailAddress::as_str);
        let role = words::role(&shared.words, one.role);
        let parts = [Some(role.as_str()), email, organization.as_deref()];
        let short: Vec<&str> = parts.into_iter().flatten().collect();
        let short = Safe::line(&short.join(" · "));
        let document = Document::default()
            .with("name", one.name.as_str())
            .with_some("email", email)
            .with_some("phone", one.phone.as_deref())
            .with("role", one.role.name())
            .with_some("organization", organization.clone())
            .with("groups", groups)
            .with("restriction", one.restriction.name())
            .with_some("language", one.language.as_deref())
            .with_some("time_zone", one.time_zone.as_deref())
            .with("suspended", one.suspended);
        Self::plain(one.id.0, &one.name, Some(!one.suspended), short, document)
    }

    fn plain(id: i64, name: &str, on: Option<bool>, short: Safe, document: Document) -> Self {
        Self { id, title: Safe::line(name), on, short, document, item: None }
    }
}

fn text(document: &Document, key: &str) -> Option<String> {
    match document.get(key) {
        Some(Datum::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

fn needed(document: &Document, key: &str) -> Result<String, ItemFault> {
    text(document, key).ok_or_else(|| ItemFault::new(key, Why::Missing))
}

fn flag(document: &Document, key: &str) -> bool {
    matches!(document.get(key), Some(Datum::Flag(true)))
}

fn texts(document: &Document, key: &str) -> Vec<String> {
    let Some(Datum::List(list)) = document.get(key) else { return Vec::new() };
    list.iter().filter_map(|one| if let Datum::Text(text) = one { Some(text.clone()) } else { None }).collect()
}

fn organization_deed(id: i64, document: &Document) -> Result<Deed, ItemFault> {
    let (name, domains) = (needed(document, "name")?, texts(document, "domains"));
    let (shared_tickets, shared_comments) = (flag(document, "shared_tickets"), flag(document, "shared_comments"));
    let known = (id != 0).then_some(OrganizationId(id));
    Ok(NewOrganization { name, domains, shared_tickets, shared_comments }.deed(known))
}

fn person_deed(
    id: i64,
    document: &Document,
    before: Option<&Document>,
    directory: &Directory,
) -> Result<Deed, ItemFault> {
    use crate::domain::setup::Lookup as _;
    let known = |key: &str, value: &str| ItemFault::new(key, Why::Value(value.to_owned()));
    let name = needed(document, "name")?;
    let email = text(document, "email");
    let email = email.map(|text| EmailAddress::parse(&text).map_err(|_| known("email", &text))).transpose()?;
    let role = needed(document, "role")?;
    let role = Role::parse(&role).ok_or_else(|| known("role", &role))?;
    let restriction = text(document, "restriction").unwrap_or_else(|| Restriction::None.name().to_owned());
    let restriction = Restriction::parse(&restriction).ok_or_else(|| known("restriction", &restriction))?;
    let organization = text(document, "organization").map(OrganizationRef::Name);
    let unknown = |name: &str| ItemFault::new("groups", Why::Unknown(name.to_owned()));
    let groups = texts(document, "groups");
    let groups = groups.iter().map(|name| directory.id(Refers::Group, name).map(GroupId).ok_or_else(|| unknown(name)));
    let groups = groups.collect::<Result<Vec<_>, _>>()?;
    let (phone, language) = (text(document, "phone"), text(document, "language"));
    if id == 0 {
        let external_id = None;
        return Ok(Deed::CreatePerson(NewPerson {
            name,
            email,
            phone,
            role,
            organization,
            groups,
            language,
            external_id,
        }));
    }
    // What stays is not asked for: nobody changes their own role, not even to what it is.
    let said = |document: &Document, key: &str| {
        document.get(key).filter(|datum| !matches!(datum, Datum::List(list) if list.is_empty())).cloned()
    };
    let changed = |key: &str| before.is_none_or(|before| said(before, key) != said(document, key));
    let change = PersonChange {
        name: changed("name").then_some(name),
        email: changed("email").then_some(email),
        phone: changed("phone").then_some(phone),
        role: changed("role").then_some(role),
        organization: changed("organization").then_some(organization),
        groups: changed("groups").then_some(groups),
        language: changed("language").then_some(language),
        suspended: changed("suspended").then(|| flag(document, "suspended")),
        time_zone: changed("time_zone").then(|| text(document, "time_zone")),
        restriction: changed("restriction").then_some(restriction),
        ..PersonChange::default()
    };
    Ok(Deed::UpdatePerson { person: PersonId(id), change })
}
