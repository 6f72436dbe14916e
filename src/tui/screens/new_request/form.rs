//! What is filled in, and the act that comes of it.

use super::people::PeopleField;
use crate::domain::act::NewTicket;
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::id::{FieldId, GroupId, KindId, PersonId, StatusId, TicketId};
use crate::domain::person::PersonRef;
use crate::domain::status::{Priority, Status};
use crate::domain::tag::{BadTag, Tag};
use crate::domain::time::Timestamp;
use crate::tui::editor::Editor;
use crate::tui::files::Files;
use crate::tui::model::Shared;
use crate::tui::own::OwnFields;
use std::collections::BTreeSet;

/// A line of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// For whom; agents only.
    Requester,
    /// Public or private; agents only, where the account lets them choose (R100, R101).
    Visibility,
    /// What sort of request.
    Kind,
    /// Its title.
    Subject,
    /// Its first comment.
    Description,
    /// A field of the account's own.
    Own(FieldId),
    /// One of several lines.
    OwnText(FieldId),
    /// Who else follows it.
    Ccs,
    /// Files to go with it.
    Files,
    /// The way to the fields below, where there are some.
    More,
    /// Where it stands.
    Status,
    /// Who works on it.
    Assignee,
    /// The group that works on it.
    Group,
    /// How much it matters.
    Priority,
    /// Its labels.
    Tags,
    /// When it is due.
    Due,
    /// Similar requests, when there are some.
    Similar,
}

impl Field {
    /// The key of its name in the words files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Requester => "field-requester",
            Self::Visibility => "form-visibility",
            Self::Kind => "field-kind",
            Self::Subject => "field-subject",
            Self::Description => "field-description",
            // They have titles.
            Self::Own(_) | Self::OwnText(_) => "own-title",
            Self::Ccs => "field-ccs",
            Self::Files => "form-files",
            Self::More => "form-more",
            Self::Status => "field-status",
            Self::Assignee => "field-assignee",
            Self::Group => "field-group",
            Self::Priority => "field-priority",
            Self::Tags => "field-tags",
            Self::Due => "field-due",
            Self::Similar => "form-similar",
        }
    }
}

/// Why it cannot be sent yet, as far as the form itself can tell; every rule is the account's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Somebody is typed who is nobody yet.
    Unknown(Field),
    /// A file is still on its way.
    FilesOnTheirWay,
    /// That is no tag.
    BadTag(String),
}

/// All that can be filled in.
#[derive(Clone, Debug)]
pub struct Form {
    /// The field that has the keys.
    pub focus: Field,
    /// Whether an agent fills it in.
    pub staff: bool,
    /// Whether private tickets are switched on, for an agent.
    pub may_be_private: bool,
    /// For whom.
    pub requester: PeopleField,
    /// Public or private.
    pub visibility: Visibility,
    /// What sort of request.
    pub kind: Option<KindId>,
    /// Its title.
    pub subject: Editor,
    /// Its first comment.
    pub body: Editor,
    /// Who else follows it.
    pub ccs: PeopleField,
    /// Files to go with it.
    pub files: Files,
    /// Whether the optional fields are shown.
    pub unfolded: bool,
    /// The account's own fields.
    pub own: OwnFields,
    /// Where it stands.
    pub status: Option<Status>,
    /// The account's own status.
    pub custom_status: Option<StatusId>,
    /// Who works on it.
    pub assignee: Option<PersonId>,
    /// The group that works on it.
    pub group: Option<GroupId>,
    /// How much it matters; the kind's when none.
    pub priority: Option<Priority>,
    /// Its labels.
    pub tags: Editor,
    /// When it is due.
    pub due: Option<Timestamp>,
    /// The closed ticket that it follows (R178).
    pub follow_up_of: Option<TicketId>,
    /// The key under which it is sent.
    pub key: String,
}

impl Form {
    /// An empty form. With private tickets switched on an agent's begins as an internal note (R100); else there is
    /// nothing to choose (R101).
    pub fn new(shared: &mut Shared) -> Self {
        let staff = shared.is_staff();
        let may_be_private = staff && shared.session.as_ref().is_some_and(|session| session.settings.private_tickets);
        Self {
            focus: if staff { Field::Requester } else { Field::Subject },
            staff,
            may_be_private,
            requester: PeopleField::new(false),
            visibility: if may_be_private { Visibility::Internal } else { Visibility::Public },
            kind: None,
            subject: Editor::line(""),
            body: Editor::new(""),
            ccs: PeopleField::new(true),
            files: Files::default(),
            unfolded: false,
            own: OwnFields::default(),
            status: None,
            custom_status: None,
            assignee: None,
            group: None,
            priority: None,
            tags: Editor::line(""),
            due: None,
            follow_up_of: None,
            key: shared.new_key(),
        }
    }

    /// Its fields in their order.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        if self.staff {
            fields.push(Field::Requester);
        }
        if self.may_be_private {
            fields.push(Field::Visibility);
        }
        fields.extend([Field::Kind, Field::Subject, Field::Description]);
        fields.extend(self.own_fields(true));
        fields.extend([Field::Ccs, Field::Files]);
        if self.has_optional() {
            fields.push(Field::More);
        }
        if self.unfolded {
            fields.extend(self.own_fields(false));
        }
        if self.staff && self.unfolded {
            fields.extend([Field::Status, Field::Assignee, Field::Group, Field::Priority, Field::Tags, Field::Due]);
        }
        fields
    }

    fn own_fields(&self, needed: bool) -> impl Iterator<Item = Field> {
        let rows = self.own.rows().iter().filter(move |own| own.needed == needed && own.edits);
        rows.map(|own| if own.is_long() { Field::OwnText(own.field.id) } else { Field::Own(own.field.id) })
    }

    /// Whether there is something that can be left out.
    pub fn has_optional(&self) -> bool {
        self.staff || self.own_fields(false).next().is_some()
    }

    /// Whether it cannot be sent without that field.
    pub fn is_required(&self, field: Field) -> bool {
        match field {
            Field::Subject | Field::Description => true,
            Field::Kind => !self.staff && self.follow_up_of.is_none(),
            Field::Own(id) | Field::OwnText(id) => self.own.get(id).is_some_and(|own| own.needed),
            _ => false,
        }
    }

    /// Whether nothing is filled in that would be missed.
    pub fn is_blank(&self) -> bool {
        self.subject.is_blank()
            && self.body.is_blank()
            && self.files.is_empty()
            && self.ccs.is_blank()
            && self.requester.is_blank()
            && self.own.is_blank()
            && !self.has_more()
    }

    /// Whether one of the folded fields is filled in.
    pub fn has_more(&self) -> bool {
        self.status.is_some()
            || self.custom_status.is_some()
            || self.own.rows().iter().any(|own| !own.needed && !own.text.is_blank())
            || self.assignee.is_some()
            || self.group.is_some()
            || self.priority.is_some()
            || self.due.is_some()
            || !self.tags.is_blank()
    }

    /// The field of people that has the keys, if one has.
    pub const fn people(&mut self) -> Option<&mut PeopleField> {
        match self.focus {
            Field::Requester => Some(&mut self.requester),
            Field::Ccs => Some(&mut self.ccs),
            _ => None,
        }
    }

    /// The line or text that has the keys, if one has.
    pub fn editor(&mut self) -> Option<&mut Editor> {
        match self.focus {
            Field::Own(id) | Field::OwnText(id) => self.own.editor(id),
            Field::Subject => Some(&mut self.subject),
            Field::Description => Some(&mut self.body),
            Field::Tags => Some(&mut self.tags),
            _ => None,
        }
    }

    /// The ticket to be made, or why not yet.
    pub fn ticket(&mut self) -> Result<NewTicket, Hindrance> {
        for (field, settled) in [(Field::Requester, self.requester.settle()), (Field::Ccs, self.ccs.settle())] {
            if !settled {
                return Err(Hindrance::Unknown(field));
            }
        }
        if !self.files.are_ready() {
            return Err(Hindrance::FilesOnTheirWay);
        }
        let typed = self.tags.text();
        let tags = typed.split([',', ' ']).filter(|tag| !tag.is_empty()).map(Tag::parse);
        let tags: Result<BTreeSet<Tag>, BadTag> = tags.collect();
        let body = self.body.text().trim_end().to_owned();
        let comment = NewComment { visibility: self.visibility, body, uploads: self.files.tokens() };
        let people = |field: &PeopleField| field.chosen.iter().map(|one| one.whom.clone()).collect::<Vec<PersonRef>>();
        Ok(NewTicket {
            requester: people(&self.requester).pop(),
            kind: self.kind,
            status: self.status,
            custom_status: self.custom_status,
            fields: self.own.texts(),
            priority: self.priority,
            assignee: self.assignee,
            group: self.group,
            tags: tags.map_err(|BadTag(text)| Hindrance::BadTag(text))?,
            ccs: people(&self.ccs),
            due_at: self.due,
            follow_up_of: self.follow_up_of,
            ..NewTicket::new(self.subject.text().trim(), comment)
        })
    }
}
