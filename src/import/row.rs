use super::map::{CommentMap, From, Map, PersonMap};
use super::record::{Place, Record, Said, Somebody};
use super::{Fault, Why, when};
use crate::domain::case::TicketType;
use crate::domain::comment::Visibility;
use crate::domain::status::{Priority, Status};
use crate::domain::time::Timestamp;

/// A row of a file as the mapping looks into it.
pub(super) trait Row {
    /// The value of a column; none when it is empty or not there.
    fn value(&self, column: &str) -> Option<String>;

    /// The elements of a list inside of the row. Only nested formats have any.
    fn list(&self, column: &str) -> Vec<Box<dyn Row + '_>>;
}

/// What a row means by a mapping.
pub(super) fn record(row: &dyn Row, map: &Map, place: Place) -> Result<Record, Fault> {
    read(row, map, &place).map_err(|why| Fault { file: place.file, line: place.line, why })
}

fn read(row: &dyn Row, map: &Map, place: &Place) -> Result<Record, Why> {
    let ticket = &map.ticket;
    let subject = text(row, ticket.subject.as_ref()).ok_or(Why::Missing("subject"))?;
    let mut requester = somebody(row, ticket.requester.as_ref());
    let mut assignee = somebody(row, ticket.assignee.as_ref());
    if let Some(agent) = &mut assignee {
        agent.staff = true;
    }
    if let Some(person) = &mut requester {
        person.staff = false;
    }
    let first = text(row, ticket.description.as_ref()).unwrap_or_else(|| subject.clone());
    let created_at = moment(row, ticket.created_at.as_ref(), "created_at")?;
    let opening = Said { author: None, body: first, visibility: Visibility::Public, at: created_at };
    let mut comments = vec![opening];
    for said in &map.comment {
        comments.extend(comments_of(row, said, assignee.as_ref().or(requester.as_ref()))?);
    }
    Ok(Record {
        place: place.clone(),
        external_id: text(row, ticket.external_id.as_ref()),
        subject,
        status: named(row, ticket.status.as_ref(), "status", Status::parse)?.unwrap_or(Status::New),
        status_at: moment(row, ticket.status_at.as_ref(), "status_at")?,
        priority: named(row, ticket.priority.as_ref(), "priority", Priority::parse)?,
        kind: text(row, ticket.kind.as_ref()),
        ticket_type: named(row, ticket.ticket_type.as_ref(), "type", TicketType::parse)?,
        problem: text(row, ticket.problem.as_ref()),
        rating: None,
        requester,
        assignee,
        group: text(row, ticket.group.as_ref()),
        tags: text(row, ticket.tags.as_ref()).map(|all| tags(&all)).unwrap_or_default(),
        ccs: Vec::new(),
        due_at: moment(row, ticket.due_at.as_ref(), "due_at")?,
        created_at,
        comments,
    })
}

fn comments_of(row: &dyn Row, map: &CommentMap, usual: Option<&Somebody>) -> Result<Vec<Said>, Why> {
    let Some(each) = &map.each else {
        return Ok(comment(row, map, usual)?.into_iter().collect());
    };
    let mut said = Vec::new();
    for element in row.list(each) {
        said.extend(comment(element.as_ref(), map, usual)?);
    }
    Ok(said)
}

fn comment(row: &dyn Row, map: &CommentMap, usual: Option<&Somebody>) -> Result<Option<Said>, Why> {
    let Some(body) = text(row, map.body.as_ref()) else { return Ok(None) };
    let internal = match text(row, map.public.as_ref()).map(|value| value.to_lowercase()).as_deref() {
        None if map.public.is_none() => false,
        Some("true" | "1" | "yes" | "public") => false,
        // Where a column says who may read it, and says nothing, requesters may not.
        None | Some("false" | "0" | "no" | "internal" | "private") => true,
        Some(other) => return Err(Why::BadValue("public", other.to_owned())),
    };
    Ok(Some(Said {
        author: somebody(row, map.author.as_ref()).or_else(|| usual.cloned()),
        body,
        visibility: if internal { Visibility::Internal } else { Visibility::Public },
        at: moment(row, map.created_at.as_ref(), "comment.created_at")?,
    }))
}

fn text(row: &dyn Row, from: Option<&From>) -> Option<String> {
    from.and_then(|from| from.value(&|column| row.value(column)))
}

fn moment(row: &dyn Row, from: Option<&From>, field: &'static str) -> Result<Option<Timestamp>, Why> {
    let found = text(row, from);
    found.map(|text| when::parse(&text).ok_or(Why::BadValue(field, text))).transpose()
}

fn named<T>(
    row: &dyn Row,
    from: Option<&From>,
    field: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Why> {
    let found = text(row, from);
    found.map(|text| parse(&text.trim().to_lowercase()).ok_or(Why::BadValue(field, text))).transpose()
}

fn somebody(row: &dyn Row, map: Option<&PersonMap>) -> Option<Somebody> {
    let map = map?;
    let person = Somebody {
        name: text(row, map.name.as_ref()),
        email: text(row, map.email.as_ref()),
        external_id: text(row, map.external_id.as_ref()),
        phone: text(row, map.phone.as_ref()),
        organization: text(row, map.organization.as_ref()),
        staff: false,
    };
    if person.is_nobody() { None } else { Some(person) }
}

fn tags(all: &str) -> Vec<String> {
    let separators = if all.contains([',', ';']) { &[',', ';'][..] } else { &[' '][..] };
    all.split(separators).map(|tag| tag.trim().replace(' ', "_")).filter(|tag| !tag.is_empty()).collect()
}
