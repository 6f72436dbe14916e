use super::{ItemKind, Refers};

/// A name that a document of the set-up can have, for whoever fills one in: the order of a form and of a file.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The name.
    pub name: &'static str,
    /// What can stand under it.
    pub takes: Takes,
    /// Whether it must be there.
    pub must: bool,
}

/// What can stand under a name.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// A text of one line.
    Line,
    /// A text of several lines.
    Lines,
    /// A whole number.
    Number,
    /// Yes or no; what it is when nothing is said.
    Flag(bool),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Texts, in order.
    Texts,
    /// Names of things, in order.
    Names(Refers),
    /// A condition.
    Condition,
    /// Actions, in order.
    Actions,
    /// Whose it is.
    Owner,
    /// A column of lists.
    Column,
    /// Columns of lists, in order.
    Columns,
    /// Tables with these names, in order.
    Rows(&'static [Key]),
    /// A table for each language, with these names.
    Languages(&'static [Key]),
    /// A text for each language.
    Pairs,
}

const fn may(name: &'static str, takes: Takes) -> Key {
    Key { name, takes, must: false }
}

const fn must(name: &'static str, takes: Takes) -> Key {
    Key { name, takes, must: true }
}

const SLUG: Key = must("slug", Takes::Line);
const NAME: Key = must("name", Takes::Line);
const TITLE: Key = must("title", Takes::Line);
const DESCRIPTION: Key = may("description", Takes::Lines);
const ACTIVE: Key = may("active", Takes::Flag(true));
const DEFAULT: Key = may("default", Takes::Flag(false));
const POSITION: Key = may("position", Takes::Number);
const OWNER: Key = may("owner", Takes::Owner);
const WHEN: Key = must("when", Takes::Condition);
const ACTIONS: Key = may("actions", Takes::Actions);

const KIND: &[Key] = &[
    SLUG,
    NAME,
    may("guidance", Takes::Lines),
    may("priority", Takes::OneOf(&["urgent", "high", "normal", "low"])),
    ACTIVE,
    may("requesters", Takes::Flag(true)),
    DEFAULT,
    POSITION,
    may("fields", Takes::Names(Refers::Field)),
    may("statuses", Takes::Names(Refers::Status)),
    may(
        "conditions",
        Takes::Rows(&[
            must("field", Takes::Line),
            must("value", Takes::Line),
            must("shows", Takes::Names(Refers::Field)),
            may("required", Takes::Flag(false)),
        ]),
    ),
    may("translations", Takes::Languages(&[NAME, may("guidance", Takes::Lines)])),
];

const FIELD: &[Key] = &[
    SLUG,
    TITLE,
    may("requester_title", Takes::Line),
    DESCRIPTION,
    may("of", Takes::OneOf(&["ticket", "person", "organization"])),
    must(
        "type",
        Takes::OneOf(&[
            "text",
            "textarea",
            "integer",
            "decimal",
            "date",
            "checkbox",
            "tagger",
            "multiselect",
            "regexp",
            "partialcreditcard",
            "system:subject",
            "system:description",
            "system:status",
            "system:priority",
            "system:group",
            "system:assignee",
            "system:tags",
            "system:due",
        ]),
    ),
    may("access", Takes::OneOf(&["agents", "requesters-see", "requesters-edit"])),
    may("required_to_submit", Takes::Flag(false)),
    may("required_to_solve", Takes::Flag(false)),
    may("default", Takes::Line),
    may("tag", Takes::Line),
    may("pattern", Takes::Line),
    ACTIVE,
    POSITION,
    may(
        "options",
        Takes::Rows(&[may("name", Takes::Line), must("value", Takes::Line), may("translations", Takes::Pairs)]),
    ),
    may("translations", Takes::Languages(&[TITLE, may("requester_title", Takes::Line), DESCRIPTION])),
];

const STATUS: &[Key] = &[
    NAME,
    must("category", Takes::OneOf(&["new", "open", "pending", "hold", "solved"])),
    may("requester_name", Takes::Line),
    DESCRIPTION,
    ACTIVE,
    DEFAULT,
    POSITION,
    may("translations", Takes::Languages(&[NAME, may("requester_name", Takes::Line)])),
];

const VIEW: &[Key] = &[
    SLUG,
    may("title", Takes::Line),
    DESCRIPTION,
    OWNER,
    ACTIVE,
    POSITION,
    WHEN,
    may("sort_by", Takes::OneOf(&["updated", "created", "status", "priority", "relevance"])),
    may("sort_order", Takes::OneOf(&["asc", "desc"])),
    may("group_by", Takes::Column),
    may("columns", Takes::Columns),
];

const MACRO: &[Key] = &[TITLE, DESCRIPTION, OWNER, ACTIVE, POSITION, ACTIONS];

const TRIGGER: &[Key] = &[TITLE, DESCRIPTION, ACTIVE, POSITION, WHEN, ACTIONS];

const AUTOMATION: &[Key] =
    &[SLUG, may("title", Takes::Line), DESCRIPTION, ACTIVE, may("once", Takes::Flag(false)), POSITION, WHEN, ACTIONS];

const TEXT: &[Key] =
    &[SLUG, DESCRIPTION, must("texts", Takes::Languages(&[must("subject", Takes::Line), must("body", Takes::Lines)]))];

const WEBHOOK: &[Key] = &[NAME, must("url", Takes::Line), ACTIVE];

const SCHEDULE: &[Key] = &[
    NAME,
    must("time_zone", Takes::Line),
    may("monday", Takes::Texts),
    may("tuesday", Takes::Texts),
    may("wednesday", Takes::Texts),
    may("thursday", Takes::Texts),
    may("friday", Takes::Texts),
    may("saturday", Takes::Texts),
    may("sunday", Takes::Texts),
    may("holidays", Takes::Texts),
];

impl ItemKind {
    /// The names that a document of this kind can have.
    pub const fn form(self) -> &'static [Key] {
        match self {
            Self::Kind => KIND,
            Self::Field => FIELD,
            Self::Status => STATUS,
            Self::View => VIEW,
            Self::Macro => MACRO,
            Self::Trigger => TRIGGER,
            Self::Automation => AUTOMATION,
            Self::Text => TEXT,
            Self::Webhook => WEBHOOK,
            Self::Schedule => SCHEDULE,
        }
    }

    /// Under which of them stands what it is [called](super::Item::name).
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Kind | Self::Field | Self::View | Self::Automation | Self::Text => "slug",
            Self::Status | Self::Webhook | Self::Schedule => "name",
            Self::Macro | Self::Trigger => "title",
        }
    }
}

#[cfg(test)]
mod test {
    use super::super::{Directory, Document, Item, ItemFault, ItemKind, Mentions, Why};
    use super::{Key, Takes};
    use std::collections::BTreeSet;

    fn bare(kind: ItemKind) -> Document {
        let texts =
            |text: &str| Document::default().with("en", Document::default().with("subject", text).with("body", text));
        kind.form().iter().filter(|key| key.must).fold(Document::default(), |document, key| match key.takes {
            Takes::OneOf(choices) => document.with(key.name, choices[1]),
            Takes::Languages(_) => document.with(key.name, texts("a")),
            Takes::Condition => document.with(key.name, ""),
            _ if key.name == "time_zone" => document.with(key.name, "UTC").with("monday", vec!["09:00-17:00"]),
            _ => document.with(key.name, "a"),
        })
    }

    /// A form offers what is read, no more and no less.
    #[test]
    fn the_form_of_each_kind_has_the_names_that_are_read() {
        // Of a field some stand only with its type.
        let typed = ["tag", "pattern", "options"];
        for kind in ItemKind::ALL {
            let document = bare(kind).with("nothing_like_it", true);
            let Err(ItemFault { why: Why::Key(known), .. }) = Item::read(kind, 0, &document, &Directory::default())
            else {
                panic!("{kind:?}: {:?}", Item::read(kind, 0, &document, &Directory::default()));
            };
            let form: BTreeSet<&str> = kind.form().iter().map(|key| key.name).collect();
            let known: BTreeSet<&str> = known.into_iter().collect();
            let left: Vec<&&str> = form.symmetric_difference(&known).filter(|key| !typed.contains(key)).collect();
            assert!(left.is_empty(), "{kind:?}: {left:?}");
        }
    }

    /// What must be there is missed, and every choice that is offered is understood.
    #[test]
    fn what_a_form_says_is_so() {
        for kind in ItemKind::ALL {
            let whole = bare(kind);
            assert!(Item::read(kind, 0, &whole, &Directory::default()).is_ok(), "{kind:?}");
            for Key { name, takes, must } in kind.form() {
                if *must {
                    let mut without = whole.clone();
                    without.0.remove(*name);
                    let fault = Item::read(kind, 0, &without, &Directory::default()).err();
                    assert_eq!(fault, Some(ItemFault::new(name, Why::Missing)), "{kind:?} {name}");
                }
                let Takes::OneOf(choices) = takes else { continue };
                for choice in *choices {
                    let document = whole.clone().with(name, *choice);
                    let document = if *choice == "regexp" { document.with("pattern", "a") } else { document };
                    let read = Item::read(kind, 0, &document, &Directory::default());
                    assert!(read.is_ok(), "{kind:?} {name} {choice}: {read:?}");
                }
            }
        }
    }

    /// What a document names is what it needs to be read.
    #[test]
    fn a_document_tells_what_it_names() {
        let document = bare(ItemKind::Trigger).with("actions", vec!["group: Ops", "assignee: ana@acme.example"]);
        let names = Mentions::of_document(ItemKind::Trigger, &document, &Directory::default()).names;
        let names: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["Ops", "ana@acme.example"]);
    }
}
