use super::{custom_status, field_title, kind, kind_guidance, sentence_error, status};
use crate::domain::rule::{Action, BadAction};
use crate::domain::schedule::{BadHours, DAYS, OpenHours};
use crate::domain::setup::{Datum, Item, ItemFault, ItemKind, Key, Lookup, Takes, Why};
use crate::domain::view::Column;
use crate::language::{Language, args, nearest};

/// `The trigger`
pub fn the_item(words: &Language, kind: ItemKind) -> String {
    words.say("setup-the", args![kind = kind.name()])
}

/// What people call it: stock kinds and views in the reader's language, others as the account does.
pub fn item_title(words: &Language, item: &Item) -> String {
    match item {
        Item::Kind(one) => kind(words, one),
        Item::Field(one) => field_title(words, one),
        Item::Status(one) => custom_status(words, one),
        Item::View(one) => view_title(words, &one.slug, one.title.as_deref()),
        Item::Automation(one) => one.title.clone(),
        Item::Macro(_) | Item::Trigger(_) | Item::Text(_) | Item::Webhook(_) | Item::Schedule(_) => {
            item.name().to_owned()
        }
    }
}

fn view_title(words: &Language, slug: &str, title: Option<&str>) -> String {
    let key = format!("view-{slug}");
    match title {
        Some(title) => title.to_owned(),
        None if words.has(&key) => words.word(&key),
        None => slug.to_owned(),
    }
}

/// What it does, in one line: hostile text.
pub fn item_in_short(words: &Language, item: &Item, lookup: &dyn Lookup) -> String {
    let document = item.document(lookup);
    let text = |key: &str| match document.get(key) {
        Some(Datum::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let actions = match document.get("actions") {
        Some(Datum::List(list)) => list.iter().filter_map(as_text).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    };
    let parts = match item {
        Item::Kind(one) => vec![kind_guidance(words, one).0],
        Item::Field(_) => {
            let (kind, access) = (text("type"), text("access"));
            let kind = kind.split(':').next().unwrap_or_default();
            vec![
                words.say("setup-field-type", args![type = kind]),
                words.say("setup-field-access", args![access = access]),
            ]
        }
        Item::Status(one) => vec![status(words, one.category), text("description")],
        Item::View(_) => vec![owner(&text("owner")), text("when")],
        Item::Macro(_) => vec![owner(&text("owner")), actions],
        Item::Trigger(_) | Item::Automation(_) => vec![text("when"), actions],
        Item::Text(one) => {
            let languages: Vec<&str> = one.bodies.keys().map(String::as_str).collect();
            let subject = one.wording(words.reads()).map(|(_, wording)| wording.subject.clone());
            vec![languages.join(", "), subject.unwrap_or_default()]
        }
        Item::Webhook(_) => vec![text("url")],
        Item::Schedule(one) => vec![text("time_zone"), week(&one.hours.week())],
    };
    let arrow = if matches!(item, Item::Trigger(_) | Item::Automation(_)) { " → " } else { " · " };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(arrow)
}

/// Days with the same hours stand together: `mon-fri 09:00-17:00, sat 09:00-12:00`.
fn week(days: &[Vec<String>; 7]) -> String {
    let short = |day: usize| DAYS[day].1.get(..3).unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    let mut day = 0;
    while day < days.len() {
        let same = days[day..].iter().take_while(|hours| **hours == days[day]).count();
        if !days[day].is_empty() {
            let last = day + same - 1;
            let names = if same > 1 { format!("{}-{}", short(day), short(last)) } else { short(day).to_owned() };
            parts.push(format!("{names} {}", days[day].join("+")));
        }
        day += same;
    }
    parts.join(", ")
}

fn as_text(datum: &Datum) -> Option<&str> {
    if let Datum::Text(text) = datum { Some(text) } else { None }
}

/// What all have needs no mention.
fn owner(text: &str) -> String {
    if text == "account" { String::new() } else { text.to_owned() }
}

/// What is wrong in a document, and what to write instead.
pub fn item_fault(words: &Language, form: &[Key], fault: &ItemFault) -> String {
    let key = fault.key.as_str();
    match &fault.why {
        Why::Missing => words.say("setup-missing", args![key = key]),
        Why::Type(wanted) => words.say("setup-type", args![key = key, type = *wanted]),
        Why::Key(known) => {
            let name = key.rsplit('.').next().unwrap_or(key);
            match nearest(name, known.iter().copied()) {
                Some(nearest) => words.say("setup-no-key-but", args![key = key, nearest = nearest]),
                None => words.say("setup-no-key", args![key = key, known = words.list(known)]),
            }
        }
        Why::Value(value) => match choices(form, key) {
            Some(known) => {
                words.say("setup-value-of", args![key = key, value = value.as_str(), known = words.list_or(&known)])
            }
            None => words.say("setup-value", args![key = key, value = value.as_str()]),
        },
        Why::Unknown(name) => words.say("setup-unknown", args![key = key, name = name.as_str()]),
        Why::Condition(error) => words.say("setup-condition", args![key = key, why = sentence_error(words, error)]),
        Why::Action(bad) => bad_action(words, key, bad),
        Why::Hours(bad) => bad_hours(words, key, bad),
    }
}

fn choices(form: &[Key], key: &str) -> Option<Vec<&'static str>> {
    let names = |columns: &[Column]| columns.iter().map(|column| column.name()).chain(["field NAME"]).collect();
    form.iter().find(|one| one.name == key).and_then(|one| match one.takes {
        Takes::OneOf(choices) => Some(choices.to_vec()),
        Takes::Columns => Some(names(&Column::SYSTEM)),
        Takes::Column => Some(names(&Column::SYSTEM.into_iter().filter(|column| column.gathers()).collect::<Vec<_>>())),
        _ => None,
    })
}

fn bad_action(words: &Language, key: &str, bad: &BadAction) -> String {
    match bad {
        BadAction::Name(name) => {
            let Some(nearest) = nearest(name, Action::NAMES) else {
                let known = words.list(&Action::NAMES);
                return words.say("setup-no-action", args![key = key, name = name.as_str(), known = known]);
            };
            words.say("setup-no-action-but", args![key = key, name = name.as_str(), nearest = nearest])
        }
        BadAction::Value { name, value } => {
            words.say("setup-action-value", args![key = key, name = name.as_str(), value = value.as_str()])
        }
        BadAction::Unknown(name) => words.say("setup-unknown", args![key = key, name = name.as_str()]),
    }
}

/// What is wrong with business hours, and what to write instead.
fn bad_hours(words: &Language, key: &str, bad: &BadHours) -> String {
    match bad {
        BadHours::Zone(zone) => words.say("setup-hours-zone", args![key = key, value = zone.as_str()]),
        BadHours::Hours(_, text) => words.say("setup-hours-form", args![key = key, value = text.as_str()]),
        BadHours::Backwards(_, hours) => {
            words.say("setup-hours-backwards", args![key = key, value = hours.to_string()])
        }
        BadHours::Overlap(_, one, other) => {
            words.say("setup-hours-overlap", args![key = key, value = one.to_string(), other = other.to_string()])
        }
        BadHours::NeverOpen => words.word("setup-hours-never"),
        BadHours::Holiday(text) => words.say("setup-hours-holiday", args![key = key, value = text.as_str()]),
        BadHours::HolidaySpan(day) => {
            let days = OpenHours::MAX_HOLIDAY_DAYS;
            words.say("setup-hours-holiday-span", args![key = key, value = day.to_string(), days = days])
        }
        BadHours::Holidays => {
            let count = i64::try_from(OpenHours::MAX_HOLIDAYS).unwrap_or(i64::MAX);
            words.say("setup-hours-holidays", args![key = key, count = count])
        }
    }
}
