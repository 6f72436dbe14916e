mod read;

use super::BadRow;
use crate::domain::case::TicketType;
use crate::domain::comment::Channel;
use crate::domain::condition::{
    ANY_FIELD, By, Changeable, CommentTest, Condition, FieldTest, Label, Link, Moment, Op, Pattern, Place, Target,
    Test, Unit, UpdateTest, Value, When,
};
use crate::domain::id::FieldId;
use crate::domain::setup::Lookup;
use crate::domain::status::Status;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

/// The name of ours under which a sentence stands.
const SENTENCE: &str = "condition";
const CUSTOM: &str = "custom_fields_";

/// What must be true: all of the ones, and any of the others where there are some.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct Conditions {
    /// All of these.
    pub all: Vec<Row>,
    /// Any of these.
    pub any: Vec<Row>,
}

/// A test of one thing.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = ConditionRow)]
pub struct Row {
    /// Of what; `condition` for a sentence of ours.
    pub field: String,
    /// How it is compared.
    pub operator: String,
    /// With what: a text, or several.
    pub value: Json,
}

impl Row {
    fn new(field: impl Into<String>, operator: &str, value: impl Into<Json>) -> Self {
        Self { field: field.into(), operator: operator.to_owned(), value: value.into() }
    }

    fn sentence(part: &Condition, lookup: &dyn Lookup) -> Self {
        Self::new(SENTENCE, "is", part.sentence(lookup))
    }

    fn text(&self) -> String {
        match &self.value {
            Json::Null => String::new(),
            Json::String(text) => text.trim().to_owned(),
            Json::Array(list) => list.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(" "),
            other => other.to_string(),
        }
    }
}

impl Conditions {
    /// A condition in the API's words.
    pub fn of(condition: &Condition, lookup: &dyn Lookup) -> Self {
        let parts = match condition {
            Condition::All(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut said = Self::default();
        let several =
            |part: &&Condition| matches!(part, Condition::Any(inner) if !inner.is_empty()) && row(part).is_none();
        // Read back it comes last: so the last one is meant.
        let any = parts.iter().rfind(several);
        for part in parts {
            match (row(part), part) {
                (Some(row), _) => said.all.push(row),
                (None, Condition::Any(inner)) if any.is_some_and(|any| std::ptr::eq(any, part)) => {
                    said.any = inner.iter().map(|one| row(one).unwrap_or_else(|| Row::sentence(one, lookup))).collect();
                }
                (None, _) => said.all.push(Row::sentence(part, lookup)),
            }
        }
        said
    }

    /// The way back.
    ///
    /// # Errors
    /// The first that cannot be understood.
    pub fn read(&self, lookup: &dyn Lookup) -> Result<Condition, BadRow> {
        let mut all: Vec<Condition> = self.all.iter().map(|row| row.read(lookup)).collect::<Result<_, _>>()?;
        let mut any: Vec<Condition> = self.any.iter().map(|row| row.read(lookup)).collect::<Result<_, _>>()?;
        match any.len() {
            0 => {}
            1 => all.append(&mut any),
            _ => all.push(Condition::Any(any)),
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Condition::All(all) })
    }
}

/// A part as one row, where the API has words for it.
fn row(part: &Condition) -> Option<Row> {
    match part {
        Condition::Test(test) => plain(test),
        Condition::Not(inner) => {
            let mut row = row(inner)?;
            row.operator = opposite(&row)?.to_owned();
            Some(row)
        }
        // Labels of which there is any.
        Condition::Any(parts) if parts.len() > 1 => {
            let tags: Option<Vec<&str>> = parts.iter().map(tag).collect();
            Some(Row::new("current_tags", "includes", tags?.join(" ")))
        }
        Condition::Any(_) | Condition::All(_) => None,
    }
}

fn tag(part: &Condition) -> Option<&str> {
    match part {
        Condition::Test(Test::Label(Label::Tag, Value::Is(tag))) if !tag.contains(' ') => Some(tag),
        _ => None,
    }
}

/// Pairs of which one is true where the other is not.
const OPPOSITES: [(&str, &str); 6] = [
    ("is", "is_not"),
    ("includes", "not_includes"),
    ("changed", "not_changed"),
    ("value", "not_value"),
    ("value_previous", "not_value_previous"),
    ("not_present", "present"),
];

fn opposite(row: &Row) -> Option<&'static str> {
    OPPOSITES.into_iter().find(|(one, _)| *one == row.operator).map(|(_, other)| other)
}

fn plain(test: &Test) -> Option<Row> {
    let is = |field: &str, value: &str| Some(Row::new(field, "is", value));
    match test {
        Test::Status(op, status) => Some(Row::new("status", ordered(*op)?, status.name())),
        Test::Priority(op, Some(priority)) => Some(Row::new("priority", ordered(*op)?, priority.name())),
        Test::Priority(Op::Is, None) => is("priority", ""),
        Test::Type(one) => is("type", one.map_or("", TicketType::name)),
        Test::Link(link, target) => is(link_name(*link)?, &target_name(*link, target)?),
        Test::Label(Label::Tag, Value::Is(tag)) if !tag.contains(' ') => {
            Some(Row::new("current_tags", "includes", tag.as_str()))
        }
        Test::Time(moment, op, When::Away(count, unit)) => timed(*moment, *op, *count, *unit),
        Test::Via(channel) => is("via_id", via(*channel)?),
        Test::Private(on) => is("ticket_is_public", if *on { "private" } else { "public" }),
        Test::Text(Place::Subject, pattern) => Some(Row::new("subject_includes_word", "includes", word(pattern)?)),
        Test::CustomStatus(Some(id)) => is("custom_status_id", &id.to_string()),
        Test::Field(id, test) if *id != ANY_FIELD => field(*id, test),
        Test::Update(test) => updated(test),
        _ => None,
    }
}

fn ordered(op: Op) -> Option<&'static str> {
    match op {
        Op::Is => Some("is"),
        Op::Below => Some("less_than"),
        Op::Above => Some("greater_than"),
        Op::AtMost | Op::AtLeast => None,
    }
}

const LINKS: [(Link, &str); 6] = [
    (Link::Assignee, "assignee_id"),
    (Link::Requester, "requester_id"),
    (Link::Submitter, "submitter_id"),
    (Link::Group, "group_id"),
    (Link::Organization, "organization_id"),
    (Link::Kind, "ticket_form_id"),
];

fn link_name(link: Link) -> Option<&'static str> {
    LINKS.into_iter().find(|(one, _)| *one == link).map(|(_, name)| name)
}

fn target_name(link: Link, target: &Target) -> Option<String> {
    match target {
        Target::Nobody => Some(String::new()),
        Target::Me if link == Link::Group => Some("current_groups".to_owned()),
        Target::Me if link.is_person() => Some("current_user".to_owned()),
        Target::Id(id) => Some(id.to_string()),
        Target::Me | Target::Address(_) | Target::Name(_) => None,
    }
}

const MOMENTS: [(Moment, &str); 11] = [
    (Moment::Entered(Status::New), "NEW"),
    (Moment::Entered(Status::Open), "OPEN"),
    (Moment::Entered(Status::Pending), "PENDING"),
    (Moment::Entered(Status::Hold), "HOLD"),
    (Moment::Entered(Status::Solved), "SOLVED"),
    (Moment::Entered(Status::Closed), "CLOSED"),
    (Moment::Created, "created_at"),
    (Moment::Updated, "updated_at"),
    (Moment::Assigned, "assigned_at"),
    (Moment::RequesterSaid, "requester_updated_at"),
    (Moment::AssigneeSaid, "assignee_updated_at"),
];
const UNTIL_DUE: &str = "until_due_date";

/// So many hours ago, or from now to when it is due.
fn timed(moment: Moment, op: Op, count: u32, unit: Unit) -> Option<Row> {
    let span = unit.times(count);
    // Written back it is of the largest unit that fits.
    let hours = u32::try_from(span.0 / Unit::Hours.times(1).0).ok()?;
    if Unit::of(span) != (count, unit) || Unit::Hours.times(hours) != span {
        return None;
    }
    if moment == Moment::Due {
        return Some(Row::new(UNTIL_DUE, ordered(op)?, hours.to_string()));
    }
    let name = MOMENTS.into_iter().find(|(one, _)| *one == moment).map(|(_, name)| name)?;
    // What is more hours ago lies below that moment.
    let operator = match op {
        Op::Is => "is",
        Op::Below => "greater_than",
        Op::Above => "less_than",
        Op::AtMost | Op::AtLeast => return None,
    };
    Some(Row::new(name, operator, hours.to_string()))
}

const VIAS: [(Channel, &str); 4] =
    [(Channel::Web, "0"), (Channel::Mail, "4"), (Channel::Api, "5"), (Channel::Rule, "8")];

fn via(channel: Channel) -> Option<&'static str> {
    VIAS.into_iter().find(|(one, _)| *one == channel).map(|(_, id)| id)
}

fn word(pattern: &Pattern) -> Option<&str> {
    match pattern.words.as_slice() {
        [one] if !pattern.open => Some(one),
        _ => None,
    }
}

fn field(id: FieldId, test: &FieldTest) -> Option<Row> {
    let name = format!("{CUSTOM}{id}");
    Some(match test {
        FieldTest::Missing => Row::new(name, "not_present", Json::Null),
        FieldTest::Is(said) => Row::new(name, "is", said.as_str()),
        FieldTest::Checked => Row::new(name, "is", "true"),
        FieldTest::Number(op, number) => Row::new(name, ordered(*op)?, number.to_string()),
        FieldTest::Date(op, day) => Row::new(name, ordered(*op)?, day.to_string()),
        FieldTest::Words(_) => return None,
    })
}

fn changeable(what: Changeable) -> Option<String> {
    Some(match what {
        Changeable::Status => "status".to_owned(),
        Changeable::Priority => "priority".to_owned(),
        Changeable::Kind => "ticket_form_id".to_owned(),
        Changeable::Group => "group_id".to_owned(),
        Changeable::Assignee => "assignee_id".to_owned(),
        Changeable::Requester => "requester_id".to_owned(),
        Changeable::Organization => "organization_id".to_owned(),
        Changeable::Tags => "current_tags".to_owned(),
        Changeable::CustomStatus => "custom_status_id".to_owned(),
        Changeable::Field(id) => format!("{CUSTOM}{id}"),
        _ => return None,
    })
}

fn updated(test: &UpdateTest) -> Option<Row> {
    let is = |field: &str, value: &str| Some(Row::new(field, "is", value));
    match test {
        UpdateTest::Created => is("update_type", "Create"),
        UpdateTest::Changed(what) => Some(Row::new(changeable(*what)?, "changed", Json::Null)),
        UpdateTest::Became(inner) => turned(inner, "value"),
        UpdateTest::Ceased(inner) => turned(inner, "value_previous"),
        UpdateTest::Via(channel) => is("current_via_id", via(*channel)?),
        UpdateTest::By(by) => match by {
            By::Agent => is("role", "agent"),
            By::EndUser => is("role", "end_user"),
            By::Requester => is("role", "requester_id"),
            By::Assignee => is("role", "assignee_id"),
            By::Person(id) => is("role", &id.to_string()),
            By::Account => None,
        },
        UpdateTest::Comment(CommentTest::Present) => is("comment_is_public", "not_relevant"),
        UpdateTest::Comment(CommentTest::Public) => is("comment_is_public", "true"),
        UpdateTest::Comment(CommentTest::Internal) => is("comment_is_public", "false"),
        UpdateTest::Comment(CommentTest::Words(pattern)) => {
            Some(Row::new("comment_includes_word", "includes", word(pattern)?))
        }
    }
}

/// What something became, or no longer is.
fn turned(inner: &Test, operator: &str) -> Option<Row> {
    let row = plain(inner).filter(|row| row.operator == "is" && inner.is_of_value())?;
    Some(Row { operator: operator.to_owned(), ..row })
}

#[cfg(test)]
mod test {
    use super::{Conditions, Row};
    use crate::domain::condition::Condition;
    use crate::domain::field::FieldType;
    use crate::domain::setup::{Lookup, Refers};

    /// A field of each sort, and nothing else by name.
    struct Known;

    impl Lookup for Known {
        fn id(&self, _: Refers, _: &str) -> Option<i64> {
            None
        }

        fn name(&self, _: Refers, _: i64) -> Option<String> {
            None
        }

        fn field(&self, id: i64) -> Option<&FieldType> {
            match id {
                1 => Some(&FieldType::Text),
                2 => Some(&FieldType::Integer),
                3 => Some(&FieldType::Date),
                4 => Some(&FieldType::Checkbox { tag: None }),
                _ => None,
            }
        }
    }

    fn read(sentence: &str) -> Condition {
        Condition::read(sentence, &Known).unwrap_or_else(|error| panic!("{sentence}: {error:?}"))
    }

    /// What the API's words cannot say is a sentence; either way nothing is lost on the way there and back.
    #[test]
    fn what_is_sent_back_as_it_came_says_the_same() {
        for sentence in [
            "everything",
            "status is open",
            "status < solved and assignee is none and group is me",
            "status is not closed and (priority is urgent or priority is high)",
            "(status is new or status is open) and (priority is urgent or tags include vip)",
            "status >= pending",
            "not (status is open and priority is low)",
            "tags include any_tag and tags not include other",
            "solved more than 4 days ago",
            "created less than 90 minutes ago",
            "due in less than 2 days",
            "pending more than 72 hours ago",
            "ticket is created and comment is public and update by end-user",
            "status changed to solved or status changed from open or priority not changed",
            "requester is #7 and organization is not none",
            "field #1 is \"x100\" and field #2 > 3 and field #3 is 2026-11-01 and field #4 is checked",
            "field #1 is none and not field #4 is checked",
            "subject has printer and comment has \"two words\"",
            "number >= 1000 and has attachment",
            "ticket is private and via email",
        ] {
            let Ok(condition) = Condition::read(sentence, &Known) else { continue };
            let said = Conditions::of(&condition, &Known);
            let back = said.read(&Known).unwrap_or_else(|bad| panic!("{sentence}: {said:?}: {bad:?}"));
            assert_eq!(back.sentence(&Known), condition.sentence(&Known), "{said:?}");
        }
    }

    #[test]
    fn the_words_of_the_api_are_used_where_it_has_some() {
        let said = Conditions::of(&read("status < solved and assignee is not none"), &Known);
        let rows = [Row::new("status", "less_than", "solved"), Row::new("assignee_id", "is_not", "")];
        assert_eq!((said.all.as_slice(), said.any.len()), (rows.as_slice(), 0));
        let said = Conditions::of(&read("status is open or priority is high"), &Known);
        assert_eq!((said.all.len(), said.any.len()), (0, 2));
        let said = Conditions::of(&read("solved more than 4 days ago"), &Known);
        assert_eq!(said.all, [Row::new("SOLVED", "greater_than", "96")]);
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for (field, operator, value) in [
            ("status", "is", "half"),
            ("status", "changed_by", "open"),
            ("weather", "is", "fine"),
            ("custom_fields_9", "is", "x"),
            ("group_id", "is", "Ops"),
            ("condition", "is", "status is"),
        ] {
            let said = Conditions { all: vec![Row::new(field, operator, value)], any: Vec::new() };
            assert!(said.read(&Known).is_err(), "{field} {operator} {value}");
        }
    }
}
