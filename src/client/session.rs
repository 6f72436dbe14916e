use super::Capability;
use crate::domain::account::{Account, Group, Kind, Organization, Settings};
use crate::domain::field::Field;
use crate::domain::form::{Form, Reader};
use crate::domain::id::{FieldId, KindId, RuleId, StatusId};
use crate::domain::locale::preferred;
use crate::domain::person::Person;
use crate::domain::rule::Owner;
use crate::domain::status::CustomStatus;
use crate::domain::view::Column;
use std::collections::{BTreeMap, BTreeSet};

/// Who asks, and what they need to know of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub me: Person,
    /// Where.
    pub account: Account,
    /// The account's settings; for end users only those that concern their requests, the others as in a new account.
    pub settings: Settings,
    /// What requests can be about, in order, with those that are switched off; for end users those that are theirs.
    pub kinds: Vec<Kind>,
    /// The account's fields; for end users those that they may see, as they are called for them (R149).
    pub fields: BTreeMap<FieldId, Field>,
    /// The account's own statuses; for end users those that have a name for them (D11).
    pub statuses: BTreeMap<StatusId, CustomStatus>,
    /// All groups, by name; none for end users.
    pub groups: Vec<Group>,
    /// The agents' lists, in order; empty for end users.
    pub views: Vec<ViewTitle>,
    /// The organization of the one who asks.
    pub organization: Option<Organization>,
    /// How many notices they have not read; nobody counts past a thousand.
    pub unread: u64,
    /// What this account cannot do, whoever asks.
    pub lacks: BTreeSet<Capability>,
}

impl Session {
    /// As what the one who asks looks at forms.
    pub const fn reader(&self) -> Reader {
        Reader::of(self.me.role.is_staff())
    }

    /// What of that this account lacks, if it does.
    pub fn lack(&self, needed: Option<Capability>) -> Option<Capability> {
        needed.filter(|one| self.lacks.contains(one))
    }

    /// The languages in which they read what the account says: [`crate::domain::locale::preferred`].
    pub fn languages(&self) -> String {
        preferred(self.me.language.as_deref(), &self.settings.language)
    }

    /// The kinds that they may choose, in order.
    pub fn offered(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter().filter(|kind| kind.is_offered(self.reader()))
    }

    /// A kind's form, as they look at it.
    pub fn form(&self, kind: Option<KindId>) -> Form<'_> {
        let kind = self.kinds.iter().find(|one| Some(one.id) == kind);
        Form::new(&self.fields, kind, self.reader())
    }
}

/// A view as a tab shows it. What it selects is `domain::view`'s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewTitle {
    /// Which.
    pub id: RuleId,
    /// Its name in scripts, such as `unassigned`.
    pub slug: String,
    /// As people read it; stock views are named in the words files by their slug.
    pub title: String,
    /// Who has it.
    pub owner: Owner,
    /// What its rows show; the usual when empty.
    pub columns: Vec<Column>,
    /// By what its rows are gathered.
    pub group_by: Option<Column>,
}
