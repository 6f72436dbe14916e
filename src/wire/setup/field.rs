use super::{set, slug_of};
use crate::domain::field::{Access, Choice, Field as Domain, FieldType, Holder, Pattern, SystemField};
use crate::domain::id::FieldId;
use crate::domain::refusal::{Field as Named, Refusal};
use crate::domain::setup::ItemKind;
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::wire::{Given, Place, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A field of tickets, people or organizations.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AccountField)]
#[expect(clippy::struct_excessive_bools, reason = "the API's names")]
pub struct Field {
    id: i64,
    url: Option<String>,
    r#type: &'static str,
    /// The name in scripts.
    key: String,
    title: String,
    raw_title: String,
    description: String,
    raw_description: String,
    position: i64,
    active: bool,
    system: bool,
    removable: bool,
    required: bool,
    collapsed_for_agents: bool,
    regexp_for_validation: Option<String>,
    title_in_portal: String,
    raw_title_in_portal: String,
    visible_in_portal: bool,
    editable_in_portal: bool,
    required_in_portal: bool,
    agent_can_edit: bool,
    agent_description: Option<String>,
    tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_field_options: Option<Vec<FieldOption>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_field_options: Option<Vec<SystemOption>>,
    created_at: Option<Time>,
    updated_at: Option<Time>,
}

/// An option of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldOption {
    id: i64,
    url: Option<String>,
    name: String,
    raw_name: String,
    value: String,
    position: usize,
}

/// An option of a field that every ticket has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SystemOption {
    name: &'static str,
    value: &'static str,
}

/// So many options of a field have a number.
const OPTIONS: i64 = 1 << 20;

impl FieldOption {
    /// All of a field's.
    pub fn all(field: &Domain, place: &Place) -> Vec<Self> {
        let option = |(at, one): (usize, &Choice)| {
            let id = field.id.0 * OPTIONS + i64::try_from(at).unwrap_or_default() + 1;
            Self {
                id,
                url: place.url(&format!("{}/{}/options/{id}", family(field.of), field.id)),
                name: one.name.clone(),
                raw_name: one.name.clone(),
                value: one.tag.to_string(),
                position: at,
            }
        };
        field.kind.options().iter().enumerate().map(option).collect()
    }

    /// Its number.
    pub const fn number(&self) -> i64 {
        self.id
    }

    /// What it puts on tickets.
    pub fn tag(&self) -> &str {
        &self.value
    }
}

/// What fields of a holder are called.
const fn family(of: Holder) -> &'static str {
    match of {
        Holder::Ticket => "ticket_fields",
        Holder::Person => "user_fields",
        Holder::Organization => "organization_fields",
    }
}

impl Field {
    /// A field, as agents get it or as requesters do.
    pub fn of(one: &Domain, place: &Place) -> Self {
        let for_them = one.requester_title.clone().unwrap_or_else(|| one.title.clone());
        let type_name = match (&one.kind, one.of) {
            (FieldType::Choice(_), Holder::Person | Holder::Organization) => "dropdown",
            (kind, _) => kind.name(),
        };
        let (created_at, updated_at) = place.item_dates(ItemKind::Field, one.id.0);
        let (tag, pattern) = match &one.kind {
            FieldType::Checkbox { tag } => (tag.as_ref().map(Tag::to_string), None),
            FieldType::Pattern(pattern) => (None, Some(pattern.as_str().to_owned())),
            _ => (None, None),
        };
        Self {
            id: one.id.0,
            url: place.url(&format!("{}/{}", family(one.of), one.id)),
            r#type: type_name,
            key: one.slug.clone(),
            title: one.title.clone(),
            raw_title: one.title.clone(),
            description: one.description.clone(),
            raw_description: one.description.clone(),
            position: one.position,
            active: one.active,
            system: one.is_system(),
            removable: !one.is_system(),
            required: one.required_to_solve,
            collapsed_for_agents: false,
            regexp_for_validation: pattern,
            title_in_portal: for_them.clone(),
            raw_title_in_portal: for_them,
            visible_in_portal: one.access >= Access::RequestersSee,
            editable_in_portal: one.access == Access::RequestersEdit,
            required_in_portal: one.required_to_submit,
            agent_can_edit: true,
            agent_description: None,
            tag,
            custom_field_options: one.kind.has_options().then(|| FieldOption::all(one, place)),
            system_field_options: system_options(&one.kind),
            created_at,
            updated_at,
        }
    }
}

fn system_options(kind: &FieldType) -> Option<Vec<SystemOption>> {
    let names: Vec<&'static str> = match kind {
        FieldType::System(SystemField::Status) => Status::ALL.into_iter().map(Status::name).collect(),
        FieldType::System(SystemField::Priority) => Priority::ALL.into_iter().map(Priority::name).collect(),
        _ => return None,
    };
    Some(names.into_iter().map(|name| SystemOption { name, value: name }).collect())
}

/// A field to be made or changed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct SentField {
    /// What it holds; it stays.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The name in scripts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// As agents read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// As requesters read it.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub title_in_portal: Given<String>,
    /// What it is for.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub description: Given<String>,
    /// Whether forms show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Whether tickets cannot be solved without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether requests cannot be submitted without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_in_portal: Option<bool>,
    /// Whether requesters see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_in_portal: Option<bool>,
    /// Whether they fill it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub editable_in_portal: Option<bool>,
    /// Of type `regexp`.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub regexp_for_validation: Given<String>,
    /// Of type `checkbox`: what a tick puts on the ticket.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub tag: Given<String>,
    /// All options, of types that have some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_field_options: Option<Vec<SentOption>>,
}

/// An option to be made or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct SentOption {
    /// Which is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// As people read it.
    pub name: String,
    /// What it puts on tickets.
    pub value: String,
}

impl SentOption {
    /// As an option; what it was called in other languages stays.
    ///
    /// # Errors
    /// Its value is no tag.
    pub fn choice(&self, known: &[Choice]) -> Result<Choice, Refusal> {
        let tag = Tag::parse(&self.value).map_err(|_| Refusal::Malformed(Named::Tags))?;
        let before = known.iter().find(|one| one.tag == tag).map(|one| one.translations.clone());
        Ok(Choice { translations: before.unwrap_or_default(), ..Choice::new(&self.name, tag) })
    }
}

impl SentField {
    /// A new one.
    ///
    /// # Errors
    /// What it holds is not said, or cannot be so.
    pub fn fresh(&self, of: Holder) -> Result<Domain, Refusal> {
        let title = self.title.clone().unwrap_or_default();
        let kind = match self.kind.as_deref().unwrap_or_default() {
            "text" => FieldType::Text,
            "textarea" => FieldType::Lines,
            "integer" => FieldType::Integer,
            "decimal" => FieldType::Decimal,
            "date" => FieldType::Date,
            "checkbox" => FieldType::Checkbox { tag: None },
            "tagger" | "dropdown" => FieldType::Choice(Vec::new()),
            "multiselect" => FieldType::Choices(Vec::new()),
            "regexp" => FieldType::Pattern(Pattern::new("")),
            "partialcreditcard" => FieldType::Masked,
            _ => return Err(Refusal::Fixed("type")),
        };
        self.apply(Domain {
            id: FieldId(0),
            of,
            slug: slug_of(&title, "_"),
            title,
            requester_title: None,
            description: String::new(),
            translations: BTreeMap::new(),
            kind,
            access: Access::Agents,
            required_to_submit: false,
            required_to_solve: false,
            default: None,
            active: true,
            position: 0,
        })
    }

    /// What becomes of one.
    ///
    /// # Errors
    /// It cannot be so.
    pub fn apply(&self, mut one: Domain) -> Result<Domain, Refusal> {
        let shown = one.requester_title.clone().unwrap_or_else(|| one.title.clone());
        let same = |kind: &str| kind == one.kind.name() || (kind == "dropdown" && one.kind.name() == "tagger");
        if self.kind.as_deref().is_some_and(|kind| !same(kind)) {
            return Err(Refusal::Fixed("type"));
        }
        set(&mut one.slug, self.key.clone());
        set(&mut one.title, self.title.clone());
        let title = self.title_in_portal.clone().change();
        let title = title.filter(|title| one.requester_title.is_some() || title.as_deref() != Some(&shown));
        set(&mut one.requester_title, title.map(|title| title.filter(|text| !text.trim().is_empty())));
        set(&mut one.description, self.description.clone().change().map(Option::unwrap_or_default));
        set(&mut one.active, self.active);
        set(&mut one.required_to_solve, self.required);
        set(&mut one.required_to_submit, self.required_in_portal);
        let access = self.access(one.access);
        set(&mut one.access, access);
        match &mut one.kind {
            FieldType::Checkbox { tag } => match &self.tag {
                Given::Absent => {}
                Given::Value(text) if !text.is_empty() => {
                    *tag = Some(Tag::parse(text).map_err(|_| Refusal::Malformed(Named::Tags))?);
                }
                Given::Null | Given::Value(_) => *tag = None,
            },
            FieldType::Pattern(pattern) => {
                set(pattern, self.regexp_for_validation.clone().value().map(Pattern::new));
            }
            FieldType::Choice(options) | FieldType::Choices(options) => {
                if let Some(sent) = &self.custom_field_options {
                    let after = sent.iter().map(|option| option.choice(options)).collect::<Result<_, _>>()?;
                    *options = after;
                }
            }
            _ => {}
        }
        Ok(one)
    }

    fn access(&self, before: Access) -> Option<Access> {
        let sees = self.visible_in_portal.unwrap_or(before >= Access::RequestersSee);
        let edits = self.editable_in_portal.unwrap_or(before == Access::RequestersEdit);
        (self.visible_in_portal.is_some() || self.editable_in_portal.is_some()).then_some(match (sees, edits) {
            (false, _) => Access::Agents,
            (true, false) => Access::RequestersSee,
            (true, true) => Access::RequestersEdit,
        })
    }
}
