use super::{kept, labels, lenient};
use crate::domain::act::{NewPerson, OrganizationRef, PersonChange};
use crate::domain::field::{Field as AccountField, Holder};
use crate::domain::id::{FieldId, GroupId, OrganizationId, PersonId};
use crate::domain::person::{EmailAddress, Person, Restriction, Role};
use crate::domain::profile::{Profile, ProfileChange};
use crate::domain::refusal::{Field, Refusal};
use crate::wire::{Given, fields_of};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A person to be made or changed. What only the account itself says of people (`id`, `url`, `active`, …) is not read,
/// wherever it is sent.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = SentUser)]
pub struct User {
    /// As others see it.
    #[serde(deserialize_with = "lenient::text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where mail reaches them.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub email: Given<String>,
    /// As typed.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub phone: Given<String>,
    /// `end-user`, `agent` or `admin`
    #[serde(deserialize_with = "lenient::text", skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Where they belong.
    #[schema(value_type = Option<i64>)]
    #[serde(deserialize_with = "lenient::given_number", skip_serializing_if = "Given::is_absent")]
    pub organization_id: Given<i64>,
    /// Where they belong, by its name: made when there is none.
    #[schema(value_type = Option<NamedOrganization>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub organization: Given<NamedOrganization>,
    /// The language they read, such as `fr`.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub locale: Given<String>,
    /// Such as `Europe/Paris`.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub time_zone: Given<String>,
    /// `organization`, `groups`, `assigned` or nothing.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub ticket_restriction: Given<String>,
    /// Whether they are shut out.
    #[serde(deserialize_with = "lenient::flag", skip_serializing_if = "Option::is_none")]
    pub suspended: Option<bool>,
    /// Their number elsewhere.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub external_id: Given<String>,
    /// The group in which an agent works first.
    #[serde(deserialize_with = "lenient::number", skip_serializing_if = "Option::is_none")]
    pub default_group_id: Option<i64>,
    /// All groups in which an agent works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_ids: Option<Vec<i64>>,
    /// What the account's own fields hold, by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_fields: Option<Map<String, Value>>,
    /// Addresses, where no `email` is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identities: Option<Vec<Identity>>,
    /// Whom to merge into, or who is meant.
    #[serde(deserialize_with = "lenient::number", skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// Labels, all of them.
    #[serde(deserialize_with = "lenient::texts", skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// What agents wrote down.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub notes: Given<String>,
    /// Where to find them, and the like; for the team.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub details: Given<String>,
    /// Another name; for the team.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub alias: Given<String>,
    /// What stands below what an agent writes.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub signature: Given<String>,
}

/// An organization by its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct NamedOrganization {
    /// As people read it.
    pub name: String,
}

/// A way to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = SentIdentity)]
pub struct Identity {
    /// `email`, the only one that is taken.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether it is known to be theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
}

impl User {
    /// Whose it is, if it says so.
    pub fn person(&self) -> Option<PersonId> {
        self.id.map(PersonId)
    }

    /// The address, wherever it stands.
    ///
    /// # Errors
    /// [`Refusal::Malformed`] when it is none.
    pub fn address(&self) -> Result<Given<EmailAddress>, Refusal> {
        let first = || self.identities.iter().flatten().find(|one| one.kind.as_deref() == Some("email"));
        let text = match &self.email {
            Given::Absent => first().and_then(|one| one.value.clone()).map_or(Given::Absent, Given::Value),
            Given::Value(text) if text.trim().is_empty() => Given::Null,
            said => said.clone(),
        };
        Ok(match text {
            Given::Absent => Given::Absent,
            Given::Null => Given::Null,
            Given::Value(text) => {
                Given::Value(EmailAddress::parse(&text).map_err(|_| Refusal::Malformed(Field::Email))?)
            }
        })
    }

    fn role(&self) -> Result<Option<Role>, Refusal> {
        self.role.as_deref().map(|name| Role::parse(name).ok_or(Refusal::Malformed(Field::Role))).transpose()
    }

    fn organization(&self) -> Given<OrganizationRef> {
        match &self.organization_id {
            Given::Absent => self.organization.clone().map(|one| OrganizationRef::Name(one.name)),
            said => said.clone().map(|id| OrganizationRef::Id(OrganizationId(id))),
        }
    }

    /// The groups, the first one first; what is known stays where only that is said.
    fn groups(&self, known: &[GroupId]) -> Option<Vec<GroupId>> {
        let first = self.default_group_id.map(GroupId);
        let all = match &self.group_ids {
            Some(ids) => ids.iter().map(|id| GroupId(*id)).collect(),
            None if first.is_some() => known.to_vec(),
            None => return None,
        };
        let others = all.into_iter().filter(|id| Some(*id) != first);
        Some(first.into_iter().chain(others).collect())
    }

    /// As somebody new: what a new person cannot have at once is left for a [change](Self::later).
    ///
    /// # Errors
    /// What cannot be read.
    pub fn new_person(&self) -> Result<NewPerson, Refusal> {
        Ok(NewPerson {
            name: self.name.clone().unwrap_or_default(),
            email: self.address()?.value(),
            phone: self.phone.clone().value(),
            role: self.role()?.unwrap_or(Role::EndUser),
            organization: self.organization().value(),
            groups: self.groups(&[]).unwrap_or_default(),
            language: self.locale.clone().value(),
            external_id: self.external_id.clone().value(),
        })
    }

    /// What of somebody new is said only once they are there.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn later(&self, fields: &[AccountField]) -> Result<PersonChange, Refusal> {
        let change = PersonChange {
            suspended: self.suspended.filter(|on| *on),
            time_zone: self.time_zone.clone().value().map(Some),
            restriction: self.restriction()?.filter(|one| *one != Restriction::None),
            ..PersonChange::default()
        };
        Ok(PersonChange { fields: self.fields(fields)?, profile: self.profile(None)?, ..change })
    }

    /// As a change of somebody: what is sent as it is anyway is no change, for clients send back what they got.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn change(&self, before: &Person, fields: &[AccountField]) -> Result<PersonChange, Refusal> {
        let belongs = before.organization.map(OrganizationRef::Id);
        Ok(PersonChange {
            name: self.name.clone().filter(|name| *name != before.name),
            email: self.address()?.change().filter(|after| after.as_ref() != before.email.as_ref()),
            phone: self.phone.clone().change().filter(|after| after.as_ref() != before.phone.as_ref()),
            role: self.role()?.filter(|role| *role != before.role),
            organization: self.organization().change().filter(|after| after.as_ref() != belongs.as_ref()),
            groups: self.groups(&before.groups).filter(|groups| *groups != before.groups),
            language: self.locale.clone().change().filter(|after| after.as_ref() != before.language.as_ref()),
            suspended: self.suspended.filter(|on| *on != before.suspended),
            time_zone: self.time_zone.clone().change().filter(|after| after.as_ref() != before.time_zone.as_ref()),
            restriction: self.restriction()?.filter(|one| *one != before.restriction),
            away: None,
            external_id: self
                .external_id
                .clone()
                .change()
                .filter(|after| after.as_ref() != before.external_id.as_ref()),
            fields: self.fields(fields)?,
            profile: self.profile(before.profile.as_deref())?,
        })
    }

    /// What of them the team keeps for itself, as far as it is not so anyway.
    fn profile(&self, before: Option<&Profile>) -> Result<Option<Box<ProfileChange>>, Refusal> {
        let before = before.cloned().unwrap_or_default();
        let text = |sent: &Given<String>, before: Option<String>| {
            kept(sent).filter(|after| *after != before.unwrap_or_default())
        };
        let change = ProfileChange {
            tags: self.tags.as_deref().map(labels).transpose()?.filter(|tags| *tags != before.tags),
            notes: text(&self.notes, before.notes),
            details: text(&self.details, before.details),
            alias: text(&self.alias, before.alias),
            signature: text(&self.signature, before.signature),
            ..ProfileChange::default()
        };
        Ok((change != ProfileChange::default()).then(|| Box::new(change)))
    }

    fn fields(&self, fields: &[AccountField]) -> Result<BTreeMap<FieldId, String>, Refusal> {
        let given = self.user_fields.as_ref();
        given.map_or_else(|| Ok(BTreeMap::new()), |given| fields_of(Holder::Person, fields, given))
    }

    fn restriction(&self) -> Result<Option<Restriction>, Refusal> {
        Ok(match &self.ticket_restriction {
            Given::Absent => None,
            Given::Null => Some(Restriction::None),
            // Of end users it is said, and means nothing else.
            Given::Value(name) if name == "requested" => None,
            Given::Value(name) => Some(Restriction::parse(name).ok_or(Refusal::Malformed(Field::Restriction))?),
        })
    }
}
