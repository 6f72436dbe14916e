use super::lexer::{Piece, pieces};
use super::{Fault, Names, Query, QueryError, Term};
use crate::domain::case::{Satisfaction, TicketType};
use crate::domain::comment::Channel;
use crate::domain::condition::{
    ANY_FIELD, FieldTest, Label, Link, Moment, Number, Op, OpenUnit, Pattern, Person, Place, Precision, Target, Test,
    Unit, Value, When,
};
use crate::domain::field::Day;
use crate::domain::id::{FieldId, ScheduleId, StatusId};
use crate::domain::person::{EmailAddress, Role};
use crate::domain::status::{Priority, Status};
use crate::domain::time::Timestamp;
use crate::domain::view::{Sort, SortKey};
use chrono::{DateTime, Datelike, NaiveDate};

/// How much of a part an error repeats, in characters.
const SHOWN_CHARS: usize = 40;

pub(super) fn query(text: &str, names: &Names) -> Result<Query, QueryError> {
    let whole = |fault| QueryError { at: 0, part: text.chars().take(SHOWN_CHARS).collect(), fault };
    if text.len() > Query::MAX_BYTES {
        return Err(whole(Fault::TooLong));
    }
    let mut query = Query::default();
    let (mut by, mut descending) = (None, None);
    for piece in pieces(text) {
        let fault = |fault| QueryError { at: piece.at, part: piece.whole.chars().take(SHOWN_CHARS).collect(), fault };
        match piece.keyword.as_ref().map(|(name, _)| name.as_str()) {
            Some("order_by") => by = Some(order(&piece).map_err(fault)?),
            Some("sort") => descending = Some(one_of(&piece, &["desc", "asc"]).map_err(fault)? == "desc"),
            Some("type") if piece.value.text.eq_ignore_ascii_case("ticket") && !piece.negated => {}
            Some("type") => return Err(fault(Fault::Type)),
            _ => {
                let understood = understood(&piece, names).map_err(fault)?;
                let unticked = matches!(understood, Some(Test::Field(_, FieldTest::Checked)))
                    && piece.value.text.eq_ignore_ascii_case("false");
                query.terms.extend(understood.map(|test| Term { negated: piece.negated != unticked, test }));
            }
        }
        if query.terms.len() > Query::MAX_TERMS {
            return Err(fault(Fault::TooMany));
        }
    }
    if by.is_some() || descending.is_some() {
        query.sort = Some(Sort { by: by.unwrap_or(SortKey::Id), descending: descending.unwrap_or(true) });
    }
    Ok(query)
}

fn order(piece: &Piece<'_>) -> Result<SortKey, Fault> {
    SortKey::parse(&plain(piece)?.to_ascii_lowercase())
        .ok_or_else(|| Fault::Value(SortKey::ALL.map(SortKey::name).to_vec()))
}

/// What a part tests; none when it says nothing (`!!!`).
fn understood(piece: &Piece<'_>, names: &Names) -> Result<Option<Test>, Fault> {
    let Some((name, op)) = &piece.keyword else { return Ok(words(piece)) };
    if piece.value.text.is_empty() && !piece.value.quoted && !piece.value.open {
        return Err(Fault::NoValue);
    }
    let found = match name.as_str() {
        "id" | "ticket_id" => Test::Number(*op, plain(piece)?.parse().map_err(|_| Fault::Number)?),
        "status" => Test::Status(*op, status(piece)?),
        "priority" => priority(piece, *op)?,
        other if other.starts_with("custom_field_") => field(piece, other, *op)?,
        "comments" => Test::Comments(*op, plain(piece)?.parse().map_err(|_| Fault::Number)?),
        "created" | "created_at" => time(piece, Moment::Created, *op)?,
        "updated" | "updated_at" => time(piece, Moment::Updated, *op)?,
        "solved" | "solved_at" => time(piece, Moment::Solved, *op)?,
        "due_date" | "due" | "due_at" => time(piece, Moment::Due, *op)?,
        "assigned" | "assigned_at" => time(piece, Moment::Assigned, *op)?,
        "requester_answered" => time(piece, Moment::RequesterSaid, *op)?,
        "assignee_answered" => time(piece, Moment::AssigneeSaid, *op)?,
        other if entered(other).is_some() => time(piece, entered(other).ok_or(Fault::Keyword)?, *op)?,
        _ if *op != Op::Is && is_keyword(name) => return Err(Fault::Order),
        "tags" | "tag" => Test::Label(Label::Tag, label(piece, str::to_lowercase)?),
        "external_id" => Test::Label(Label::ExternalId, label(piece, str::to_owned)?),
        "ticket_type" => ticket_type(piece)?,
        "satisfaction" => satisfaction(piece)?,
        "via" | "channel" => via(piece)?,
        "has_attachment" => Test::HasAttachment(one_of(piece, &["true", "false"])? == "true"),
        "private" => Test::Private(one_of(piece, &["true", "false"])? == "true"),
        "requester_language" => Test::Requester(Person::Language(plain(piece)?.to_lowercase())),
        "requester_domain" => Test::Requester(Person::Domain(plain(piece)?.to_lowercase())),
        "requester_role" => {
            let role = one_of(piece, &["end-user", "agent", "admin"])?;
            Test::Requester(Person::Role(Role::parse(role).ok_or(Fault::NoValue)?))
        }
        "custom_status_id" if plain(piece)?.eq_ignore_ascii_case("none") => Test::CustomStatus(None),
        "custom_status_id" => Test::CustomStatus(Some(StatusId(plain(piece)?.parse().map_err(|_| Fault::Number)?))),
        "custom_status" => names.status(piece)?,
        "fieldvalue" => Test::Field(ANY_FIELD, FieldTest::Is(plain(piece)?.to_owned())),
        "subject" => text(piece, Place::Subject)?,
        "comment" | "description" => text(piece, Place::Comments)?,
        other if link(other).is_none() => names.field(piece, other, *op).unwrap_or(Err(Fault::Keyword))?,
        other => Test::Link(link(other).ok_or(Fault::Keyword)?, target(piece, other)?),
    };
    Ok(Some(found))
}

/// `pending_since`
fn entered(name: &str) -> Option<Moment> {
    Some(Moment::Entered(Status::parse(name.strip_suffix("_since")?)?))
}

fn is_keyword(name: &str) -> bool {
    let others = [
        "tags",
        "tag",
        "external_id",
        "ticket_type",
        "satisfaction",
        "via",
        "channel",
        "has_attachment",
        "private",
        "subject",
        "comment",
        "description",
        "requester_language",
        "requester_domain",
        "requester_role",
        "custom_status_id",
        "custom_status",
        "fieldvalue",
    ];
    others.contains(&name) || link(name).is_some()
}

fn link(name: &str) -> Option<Link> {
    Some(match name {
        "assignee" => Link::Assignee,
        "requester" => Link::Requester,
        "submitter" => Link::Submitter,
        "cc" => Link::Cc,
        "follower" => Link::Follower,
        "group" => Link::Group,
        "organization" => Link::Organization,
        "kind" | "form" => Link::Kind,
        _ => return None,
    })
}

/// Words without a keyword.
fn words(piece: &Piece<'_>) -> Option<Test> {
    let value = &piece.value;
    let digits = value.text.strip_prefix('#').unwrap_or(&value.text);
    let is_number = (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && !value.quoted && !value.open {
        return Some(Test::NumberOrWord(digits.to_owned()));
    }
    Pattern::parse(&value.text, value.open).map(|pattern| Test::Text(Place::Anywhere, pattern))
}

fn text(piece: &Piece<'_>, place: Place) -> Result<Test, Fault> {
    let pattern = Pattern::parse(&piece.value.text, piece.value.open).ok_or(Fault::NoValue)?;
    Ok(Test::Text(place, pattern))
}

/// The value where no star is understood.
pub(super) fn plain<'a>(piece: &'a Piece<'_>) -> Result<&'a str, Fault> {
    if piece.value.open { Err(Fault::Star) } else { Ok(&piece.value.text) }
}

fn one_of(piece: &Piece<'_>, names: &[&'static str]) -> Result<&'static str, Fault> {
    let value = plain(piece)?.to_ascii_lowercase();
    names.iter().find(|name| **name == value).copied().ok_or_else(|| Fault::Value(names.to_vec()))
}

fn status(piece: &Piece<'_>) -> Result<Status, Fault> {
    Status::parse(&plain(piece)?.to_ascii_lowercase())
        .ok_or_else(|| Fault::Value(Status::ALL.map(Status::name).to_vec()))
}

fn priority(piece: &Piece<'_>, op: Op) -> Result<Test, Fault> {
    let value = plain(piece)?.to_ascii_lowercase();
    if value == "none" {
        return if op == Op::Is { Ok(Test::Priority(op, None)) } else { Err(Fault::Order) };
    }
    let allowed = || Priority::ALL.iter().map(|priority| priority.name()).chain(["none"]).collect();
    Priority::parse(&value).map(|found| Test::Priority(op, Some(found))).ok_or_else(|| Fault::Value(allowed()))
}

fn satisfaction(piece: &Piece<'_>) -> Result<Test, Fault> {
    let found = Satisfaction::parse(&plain(piece)?.to_ascii_lowercase()).map(Test::Satisfaction);
    found.ok_or_else(|| Fault::Value(Satisfaction::ALL.map(Satisfaction::name).to_vec()))
}

fn ticket_type(piece: &Piece<'_>) -> Result<Test, Fault> {
    let value = plain(piece)?.to_ascii_lowercase();
    if value == "none" {
        return Ok(Test::Type(None));
    }
    let allowed = || TicketType::ALL.iter().map(|one| one.name()).chain(["none"]).collect();
    TicketType::parse(&value).map(|found| Test::Type(Some(found))).ok_or_else(|| Fault::Value(allowed()))
}

/// `custom_field_7:x100`, or `custom_field_7_has:words`.
pub(super) fn field(piece: &Piece<'_>, name: &str, op: Op) -> Result<Test, Fault> {
    let id = name.strip_prefix("custom_field_").unwrap_or_default();
    let (id, has) = id.strip_suffix("_has").map_or((id, false), |id| (id, true));
    let id = FieldId(id.parse().map_err(|_| Fault::Keyword)?);
    if has {
        let pattern = Pattern::parse(&piece.value.text, piece.value.open).ok_or(Fault::NoValue)?;
        return if op == Op::Is { Ok(Test::Field(id, FieldTest::Words(pattern))) } else { Err(Fault::Order) };
    }
    let value = plain(piece)?;
    let bare = |text: &str| !piece.value.quoted && value.eq_ignore_ascii_case(text);
    let ordered =
        if piece.value.quoted { None } else { Number::parse(value).map(|number| FieldTest::Number(op, number)) };
    let ordered =
        ordered.or_else(|| Day::parse(value).filter(|_| !piece.value.quoted).map(|day| FieldTest::Date(op, day)));
    let test = match ordered {
        Some(test) => test,
        None if op != Op::Is => return Err(Fault::Number),
        None if bare("none") => FieldTest::Missing,
        None if bare("true") || bare("false") => FieldTest::Checked,
        None => FieldTest::Is(value.to_owned()),
    };
    Ok(Test::Field(id, test))
}

fn via(piece: &Piece<'_>) -> Result<Test, Fault> {
    let value = plain(piece)?.to_ascii_lowercase();
    let found = if value == "mail" { Some(Channel::Mail) } else { Channel::parse(&value) };
    found.map(Test::Via).ok_or_else(|| Fault::Value(Channel::ALL.map(Channel::name).to_vec()))
}

fn label(piece: &Piece<'_>, fold: fn(&str) -> String) -> Result<Value, Fault> {
    let value = &piece.value;
    match (value.text.is_empty(), value.open) {
        (true, false) => Err(Fault::NoValue),
        (_, true) => Ok(Value::Starts(fold(&value.text))),
        _ if !value.quoted && value.text.eq_ignore_ascii_case("none") => Ok(Value::Missing),
        _ => Ok(Value::Is(fold(&value.text))),
    }
}

fn target(piece: &Piece<'_>, name: &str) -> Result<Target, Fault> {
    let value = &piece.value;
    let person = link(name).is_some_and(Link::is_person);
    if !value.open {
        if person && let Ok(address) = EmailAddress::parse(&value.text) {
            return Ok(Target::Address(address.folded()));
        }
        if !value.quoted {
            match value.text.to_ascii_lowercase().as_str() {
                "none" => return Ok(Target::Nobody),
                "me" => return Ok(Target::Me),
                other => {
                    if let Ok(id) = other.parse() {
                        return Ok(Target::Id(id));
                    }
                }
            }
        }
    }
    Pattern::parse(&value.text, value.open).map(Target::Name).ok_or(Fault::NoValue)
}

fn time(piece: &Piece<'_>, moment: Moment, op: Op) -> Result<Test, Fault> {
    let value = plain(piece)?;
    if value.eq_ignore_ascii_case("none") && !matches!(moment, Moment::Created | Moment::Updated) {
        return if op == Op::Is { Ok(Test::Never(moment)) } else { Err(Fault::Order) };
    }
    let when = away(value).or_else(|| at(value)).ok_or(Fault::Time)?;
    if op == Op::Is && matches!(when, When::Away(..) | When::Open(..)) {
        return Err(Fault::Direction);
    }
    Ok(Test::Time(moment, op, when))
}

/// `4hours`, or in the business hours of a schedule `4businesshours@2`.
fn away(value: &str) -> Option<When> {
    let end = value.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = value.split_at(end);
    if let Some((unit, schedule)) = unit.strip_prefix("business").and_then(|unit| unit.split_once('@')) {
        let unit = OpenUnit::ALL.into_iter().find(|one| one.name() == unit)?;
        return Some(When::Open(count.parse().ok()?, unit, ScheduleId(schedule.parse().ok()?)));
    }
    Some(When::Away(count.parse().ok()?, Unit::parse(&unit.to_ascii_lowercase())?))
}

/// `2026-11-01`, `2026-11-01T10:00:00Z`, with another zone or with fractions of a second.
pub(in crate::domain) fn at(value: &str) -> Option<When> {
    if let Ok(day) = NaiveDate::parse_from_str(value, "%Y-%m-%d") {
        let midnight = day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis();
        return (value.len() == 10 && (0..=9999).contains(&day.year()))
            .then_some(When::At(Timestamp(midnight), Precision::Day));
    }
    let upper = value.to_ascii_uppercase();
    let exact = DateTime::parse_from_rfc3339(&upper)
        .or_else(|_| DateTime::parse_from_rfc3339(&format!("{upper}Z")))
        .ok()?
        .to_utc();
    let precision = if upper.contains('.') { Precision::Millisecond } else { Precision::Second };
    let from = exact.timestamp_millis();
    (0..=9999).contains(&exact.year()).then_some(When::At(Timestamp(from), precision))
}
