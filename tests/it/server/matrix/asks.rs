//! What is asked of each route: with which numbers in its path, and with the least body that it takes.

use super::people::Everybody;
use serde_json::{Map, Value, json};

/// A route as the document tells it.
#[derive(Clone)]
pub struct Route {
    pub method: String,
    pub path: String,
    /// The type of its body, with the least of it.
    sent: Option<(String, Value)>,
}

/// A request that is to be sent.
pub struct Asked {
    pub method: String,
    pub path: String,
    pub kind: &'static str,
    pub body: String,
}

/// What the first number of a path is of.
pub type Target = &'static str;

/// Every sort of target.
pub const SORTS: [&str; 15] = [
    "(their own)",
    "(private)",
    "(merged)",
    "(foreign)",
    "(deleted)",
    "(a group's)",
    "(assigned)",
    "(none)",
    "(themselves)",
    "(the requester)",
    "(a foreign person)",
    "(an admin)",
    "(their organization)",
    "(a foreign organization)",
    "(the first)",
];

impl Route {
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub fn is_change(&self) -> bool {
        self.method != "GET"
    }

    /// Whether something is no more afterwards, or is back.
    pub fn takes_away(&self) -> bool {
        let last = self.path.rsplit('/').next().unwrap_or_default();
        let many = ["destroy_many", "restore_many", "recover_many"];
        let one = ["merge", "mark_as_spam", "make_private", "redact", "act", "restore", "recover"];
        self.method == "DELETE" || one.contains(&last) || many.contains(&last)
    }
}

/// Every route that there is.
pub fn routes() -> Vec<Route> {
    let document = serde_json::to_value(guichet::server::document()).expect("a document");
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, route) in methods.as_object().expect("methods") {
            if !["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                continue;
            }
            let sent = route["requestBody"]["content"].as_object().and_then(|kinds| {
                let (kind, content) = kinds.iter().next()?;
                Some((kind.clone(), least(&document, &content["schema"], 0)))
            });
            all.push(Route { method: method.to_uppercase(), path: path.clone(), sent });
        }
    }
    assert!(all.len() > 100, "{}", all.len());
    all
}

/// The least that a schema takes.
fn least(document: &Value, schema: &Value, deep: usize) -> Value {
    if let Some(named) = schema["$ref"].as_str() {
        let place = named.trim_start_matches('#');
        return document.pointer(place).map_or(Value::Null, |schema| least(document, schema, deep + 1));
    }
    if deep > 8 {
        return Value::Null;
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(first) = schema[several].as_array().and_then(|all| all.iter().find(|one| one["type"] != "null")) {
            return least(document, first, deep + 1);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let parts = parts.iter().filter_map(|part| least(document, part, deep + 1).as_object().cloned());
        return Value::Object(parts.flatten().collect());
    }
    if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"].as_array()?.first()?.as_str());
    match kind {
        Some("string") => json!("x"),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(false),
        Some("array") => json!([]),
        _ => {
            let needed = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let one = |name: &str| (name.to_owned(), least(document, &schema["properties"][name], deep + 1));
            Value::Object(needed.map(one).collect::<Map<_, _>>())
        }
    }
}

/// Of which sort the first thing in a path is.
pub fn sorts(route: &Route) -> &'static [Target] {
    let first = route.path.split('{').nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
    match first {
        "" => &["(all)"],
        "ticket_id" | "request_id" => &SORTS[..8],
        "user_id" => &["(themselves)", "(the requester)", "(a foreign person)", "(an admin)", "(none)"],
        "organization_id" => &["(their organization)", "(a foreign organization)", "(none)"],
        _ => &["(the first)", "(none)"],
    }
}

impl Asked {
    pub fn of(route: &Route, target: Target, who: &str, everybody: &Everybody) -> Self {
        let harmless = route.takes_away() && ["an agent", "an admin"].contains(&who);
        let first = if harmless { 999_999 } else { number(route, target, who, everybody) };
        let second = second(route, target);
        let mut path = route.path.clone();
        for number in [first, second, 1] {
            let Some((before, rest)) = path.split_once('{') else { break };
            let (name, after) = rest.split_once('}').expect("a name");
            let said = if number < 0 { "no.such".to_owned() } else { spelled(name, number) };
            path = format!("{before}{said}{after}");
        }
        let query = query(&route.path);
        let (kind, body) = match &route.sent {
            _ if telling(route, everybody).is_some() => {
                ("application/json", telling(route, everybody).unwrap_or_default().to_string())
            }
            Some((kind, _)) if kind.contains("octet") => ("application/octet-stream", "x".to_owned()),
            Some((kind, value)) if kind.contains("form") => ("application/x-www-form-urlencoded", form(value)),
            Some((_, value)) => ("application/json", value.to_string()),
            None if route.is_change() => ("application/json", "{}".to_owned()),
            None => ("", String::new()),
        };
        Self { method: route.method.clone(), path: format!("{path}{query}"), kind, body }
    }
}

/// A body that is no mistake, where the least one says nothing: so that the answer is about rights.
fn telling(route: &Route, everybody: &Everybody) -> Option<Value> {
    let (ana, admin) = (everybody.scene.ana.0, everybody.town.admin.0);
    let station = everybody.town.station.0;
    if !["POST", "PUT"].contains(&route.method.as_str()) {
        return None;
    }
    Some(match route.path.strip_prefix("/api/v2/")? {
        "group_memberships" => json!({ "group_membership": { "user_id": admin, "group_id": 1 } }),
        "organization_memberships" => {
            json!({ "organization_membership": { "user_id": ana, "organization_id": station } })
        }
        "tickets/{ticket_id}/merge" => json!({ "ids": [999_999] }),
        "organization_memberships/create_many" => {
            json!({ "organization_memberships": [{ "user_id": 999_999, "organization_id": station }] })
        }
        "group_memberships/create_many" => {
            json!({ "group_memberships": [{ "user_id": 999_999, "group_id": 1 }] })
        }
        "users/{user_id}/merge" => json!({ "user": { "id": 999_999 } }),
        "users/autocomplete" => json!({ "name": "an" }),
        _ => return None,
    })
}

/// Without it they would all say that something is missing.
fn query(path: &str) -> &'static str {
    let last = path.rsplit('/').next().unwrap_or_default();
    match last {
        // Answered with a job, whose rows say what became of each: nothing is to go that others still ask for.
        "destroy_many" | "mark_many_as_spam"
            if path.contains("tickets/")
                || path.contains("users/")
                || path.contains("memberships/")
                || path.contains("organizations/") =>
        {
            "?ids=999998,999999"
        }
        "show_many" | "update_many" | "destroy_many" | "count_many" | "restore_many" | "recover_many" => {
            "?ids=1,2,3,4,5,6,7,8,9"
        }
        "autocomplete" => "?name=an&query=an",
        "tags" if path.contains("autocomplete") => "?name=an",
        "uploads" => "?filename=a.txt",
        "search" | "export" | "count" if path.contains("search") => "?query=type:ticket&name=Gare&filter[type]=ticket",
        _ if path.contains("incremental") => "?start_time=1",
        _ => "",
    }
}

fn spelled(name: &str, number: i64) -> String {
    if name == "token" || name.ends_with("token") { format!("x{number}") } else { number.to_string() }
}

fn form(value: &Value) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in value.as_object().into_iter().flatten() {
        pairs.append_pair(name, value.as_str().unwrap_or("x"));
    }
    pairs.finish()
}

/// The tickets of the scene in their order: public, private, merged into the private one, foreign, a group's, and what is
/// assigned to one agent.
fn number(route: &Route, target: Target, who: &str, everybody: &Everybody) -> i64 {
    match target {
        "(their own)" => 1,
        "(private)" => 2,
        "(merged)" => 3,
        "(foreign)" => 4,
        "(a group's)" => 5,
        "(assigned)" => 8,
        "(deleted)" => everybody.deleted,
        "(themselves)" => everybody.person(who).unwrap_or(everybody.scene.agent).0,
        "(the requester)" => everybody.scene.ana.0,
        "(a foreign person)" => everybody.town.cleo.0,
        "(an admin)" => everybody.town.admin.0,
        "(their organization)" => everybody.town.station.0,
        "(a foreign organization)" => everybody.town.station.0 + 1,
        "(none)" => 999_999,
        _ => everybody.first(route.path.split("/{").next().unwrap_or_default()),
    }
}

/// Comments of tickets: of the public one its note.
fn second(route: &Route, target: Target) -> i64 {
    match target {
        "(their own)" if route.path.contains("{comment_id}") => 2,
        _ => 1,
    }
}
