//! Views, macros, triggers and automations over HTTP.

use crate::support::served::{Answer, Served};
use guichet::domain::act::Change;
use guichet::domain::status::Status;
use reqwest::Method;
use serde_json::{Value, json};

fn ids(body: &Value, key: &str) -> Vec<i64> {
    body[key].as_array().expect("a list").iter().map(|one| one["id"].as_i64().expect("a number")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_view_is_written_in_one_shape_and_read_in_another() {
    let served = Served::sqlite().await;
    let (agent, admin) = (served.town.agent, served.town.admin);
    let before = served.get(agent, "views").await.with(200);
    let new = json!({ "view": { "title": "Mine, urgent", "all": [
            { "field": "status", "operator": "less_than", "value": "solved" },
            { "field": "assignee_id", "operator": "is", "value": "current_user" }],
        "any": [{ "field": "priority", "operator": "is", "value": "urgent" },
            { "field": "current_tags", "operator": "includes", "value": "vip" }],
        "output": { "columns": ["nice_id", "subject", "status"], "group_by": "priority", "sort_by": "updated", "sort_order": "asc" },
        "restriction": { "type": "User", "id": agent.0 } } });
    let made = served.send(agent, Method::POST, "views.json", &new).await;
    assert!(made.headers.contains_key("location"));
    let view = made.with(201)["view"].clone();
    let id = view["id"].as_i64().expect("a number");
    assert_eq!(view["conditions"]["all"], new["view"]["all"]);
    assert_eq!(view["conditions"]["any"], new["view"]["any"]);
    assert_eq!((&view["execution"]["group_by"], &view["execution"]["sort_order"]), (&json!("priority"), &json!("asc")));
    assert_eq!(view["execution"]["columns"][0], json!({ "id": "nice_id", "title": "#" }));
    // What is sent back as it came changes nothing.
    let same = served.send(agent, Method::PUT, &format!("views/{id}"), &json!({ "view": view })).await.with(200);
    assert_eq!(same["view"], view);
    served.get(served.town.other_agent, &format!("views/{id}")).await.with(404);
    served.send(agent, Method::POST, "views", &json!({ "view": { "title": "All's", "all": [] } })).await.with(403);
    let all = served.get(agent, "views/active?access=personal").await.with(200);
    assert_eq!(ids(&all, "views"), [id]);
    let count = served.get(agent, "views/count").await.with(200);
    assert_eq!(count["count"]["value"].as_u64(), before["count"].as_u64().map(|count| count + 1));
    assert!(ids(&served.get(agent, "views/compact").await.with(200), "views").len() <= 32);
    assert_eq!(ids(&served.get(agent, "views/search?query=urgent,").await.with(200), "views"), [0_i64; 0]);
    assert_eq!(ids(&served.get(agent, "views/search?query=mine, u").await.with(200), "views"), [id]);
    let bad = json!({ "view": { "title": "Bad", "all": [{ "field": "weather", "operator": "is", "value": "fine" }] } });
    let bad = served.send(admin, Method::POST, "views", &bad).await.with(422);
    assert_eq!(bad["error"], "RecordInvalid");
    served.send(agent, Method::DELETE, &format!("views/{id}"), &json!({})).await.with(204);
    served.send(agent, Method::DELETE, &format!("views/{id}"), &json!({})).await.with(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_view_lists_its_tickets_and_says_how_many() {
    let served = Served::sqlite().await;
    let (town, admin) = (&served.town, served.town.admin);
    let mut tickets = Vec::new();
    for at in 0..5 {
        tickets.push(town.ticket(town.ana, &format!("Printer {at}"), "It jams").await.0);
    }
    town.change(guichet::domain::id::TicketId(tickets[0]), Change::status(Status::Pending)).await;
    let new = json!({ "view": { "title": "New ones", "all": [{ "field": "status", "operator": "is", "value": "new" }],
        "output": { "columns": ["subject", "requester"], "sort_by": "id", "sort_order": "asc" } } });
    let id = served.send(admin, Method::POST, "views", &new).await.with(201)["view"]["id"].as_i64().expect("a number");
    let all = served.get(admin, &format!("views/{id}/tickets")).await.with(200);
    assert_eq!((ids(&all, "tickets"), &all["count"]), (tickets[1..].to_vec(), &json!(4)));
    let second = served.get(admin, &format!("views/{id}/tickets?per_page=3&page=2")).await.with(200);
    assert_eq!(ids(&second, "tickets"), tickets[4..]);
    let first = served.get(admin, &format!("views/{id}/tickets?page[size]=3&sort_by=subject")).await.with(200);
    assert_eq!((ids(&first, "tickets"), &first["meta"]["has_more"]), (tickets[1..4].to_vec(), &json!(true)));
    let next = first["links"]["next"].as_str().expect("a link").replace(&format!("{}/api/v2/", served.base), "");
    let rest = served.get(admin, &next).await.with(200);
    assert_eq!((ids(&rest, "tickets"), &rest["meta"]["has_more"]), (tickets[4..].to_vec(), &json!(false)));
    let run = served.get(admin, &format!("views/{id}/execute?include=None")).await.with(200);
    assert_eq!((run["rows"].as_array().map(Vec::len), &run["view"]["id"]), (Some(4), &json!(id)));
    assert_eq!(
        (&run["rows"][0]["subject"], run["rows"][0]["ticket"]["id"].as_i64()),
        (&json!("Printer 1"), Some(tickets[1]))
    );
    assert_eq!((&run["columns"][0]["id"], run["users"][0]["id"].as_i64()), (&json!("subject"), Some(town.ana.0)));
    let count = served.get(admin, &format!("views/{id}/count")).await.with(200);
    assert_eq!((&count["view_count"]["value"], &count["view_count"]["pretty"]), (&json!(4), &json!("4")));
    let many = served.get(admin, &format!("views/count_many?ids={id},4711")).await.with(200);
    assert_eq!(many["view_counts"].as_array().map(Vec::len), Some(1));
    let too_many: Vec<String> = (1..=21).map(|id: i64| id.to_string()).collect();
    served.get(admin, &format!("views/count_many?ids={}", too_many.join(","))).await.with(400);
    let preview = json!({ "view": { "all": [{ "field": "status", "operator": "is", "value": "pending" }] } });
    let rows = served.send(admin, Method::POST, "views/preview", &preview).await.with(200);
    assert_eq!((&rows["count"], rows["rows"][0]["ticket_id"].as_i64()), (&json!(1), Some(tickets[0])));
    let count = served.send(admin, Method::POST, "views/preview/count", &preview).await.with(200);
    assert_eq!(count["view_count"]["value"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn applying_a_macro_changes_nothing() {
    let served = Served::sqlite().await;
    let (town, agent, admin) = (&served.town, served.town.agent, served.town.admin);
    let ticket = town.ticket(town.ana, "Printer", "It jams").await;
    let new = json!({ "macro": { "title": "Solve it", "actions": [
        { "field": "status", "value": "pending" }, { "field": "current_tags", "value": "asked again" },
        { "field": "comment_value", "value": ["channel:all", "About {{ticket.id}} <b>"] },
        { "field": "comment_mode_is_public", "value": "true" }] } });
    let made = served.send(admin, Method::POST, "macros", &new).await.with(201)["macro"].clone();
    let id = made["id"].as_i64().expect("a number");
    let same = served.send(admin, Method::PUT, &format!("macros/{id}"), &json!({ "macro": made })).await.with(200);
    assert_eq!(same["macro"], made);
    served.send(agent, Method::PUT, &format!("macros/{id}"), &json!({ "macro": { "title": "Mine" } })).await.with(403);
    let any = served.get(agent, &format!("macros/{id}/apply?page[size]=100")).await.with(200);
    assert_eq!(any["result"]["ticket"]["status"], "pending");
    let one = served.get(agent, &format!("tickets/{ticket}/macros/{id}/apply")).await.with(200);
    let one = &one["result"]["ticket"];
    assert_eq!(
        (&one["status"], &one["comment"]["public"], &one["subject"]),
        (&json!("pending"), &json!(true), &json!("Printer"))
    );
    assert_eq!(one["comment"]["body"], json!(format!("About {ticket} <b>")));
    assert!(one["comment"]["html_body"].as_str().expect("text").contains("&lt;b&gt;"));
    let now = served.get(agent, &format!("tickets/{ticket}")).await.with(200);
    assert_eq!((&now["ticket"]["status"], &now["ticket"]["tags"]), (&json!("new"), &json!([])));
    served.get(agent, "tickets/4711/macros/1/apply").await.with(404);
    served.get(agent, "macros/definitions").await.with(200);
    served.get(agent, "macros/actions").await.with(200);
    served.send(admin, Method::DELETE, &format!("macros/destroy_many?ids={id},4711"), &json!({})).await.with(204);
    served.get(agent, &format!("macros/{id}")).await.with(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_rule_can_be_sent_back_as_it_came() {
    let served = Served::sqlite().await;
    let admin = served.town.admin;
    for (plural, one) in
        [("triggers", "trigger"), ("automations", "automation"), ("views", "view"), ("macros", "macro")]
    {
        let all = served.get(admin, plural).await.with(200);
        for rule in all[plural].as_array().expect("a list") {
            let path = format!("{plural}/{}", rule["id"]);
            let same = served.send(admin, Method::PUT, &path, &json!({ one: rule })).await.with(200);
            assert_eq!(same[one], *rule, "{path}");
        }
        assert_eq!(served.get(admin, plural).await.with(200), all, "{plural}");
        served.get(admin, &format!("{plural}/definitions")).await.with(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trigger_is_made_ordered_and_deleted_by_admins() {
    let served = Served::sqlite().await;
    let (agent, admin) = (served.town.agent, served.town.admin);
    let new = json!({ "trigger": { "title": "Tag it", "conditions": { "all": [
            { "field": "update_type", "operator": "is", "value": "Create" },
            { "field": "condition", "operator": "is", "value": "group is \"Support\" or number > 1000" }], "any": [] },
        "actions": [{ "field": "current_tags", "value": "seen" }, { "field": "action", "value": "notify requester: no-such-text" }] } });
    let bad = served.send(admin, Method::POST, "triggers", &new).await.with(422);
    assert_eq!(bad["error"], "RecordInvalid");
    let new = json!({ "trigger": { "title": "Tag it", "conditions": { "all": [
            { "field": "update_type", "operator": "is", "value": "Create" }, { "field": "status", "operator": "not_value", "value": "open" }] },
        "actions": [{ "field": "current_tags", "value": "seen" }] } });
    served.send(agent, Method::POST, "triggers", &new).await.with(403);
    served.get(agent, "triggers").await.with(403);
    let made = served.send(admin, Method::POST, "triggers", &new).await.with(201);
    let id = made["trigger"]["id"].as_i64().expect("a number");
    let mut order = ids(&served.get(admin, "triggers").await.with(200), "triggers");
    order.rotate_right(1);
    let moved = served.send(admin, Method::PUT, "triggers/reorder", &json!({ "trigger_ids": order })).await.with(200);
    assert_eq!(ids(&moved, "triggers"), order);
    let many = json!({ "triggers": [{ "id": id, "active": false }] });
    let many = served.send(admin, Method::PUT, "triggers/update_many", &many).await.with(200);
    assert_eq!((&many["triggers"][0]["active"], ids(&many, "triggers")), (&json!(false), vec![id]));
    let ticket = served.town.ticket(served.town.ana, "Printer", "It jams").await;
    let tags = served.get(admin, &format!("tickets/{ticket}")).await.with(200)["ticket"]["tags"].clone();
    assert_eq!(tags, json!([]), "a rule that is switched off does nothing");
    served.send(admin, Method::DELETE, &format!("triggers/{id}"), &json!({})).await.with(204);
    served.get(admin, &format!("triggers/{id}")).await.with(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_automation_waits_for_hours() {
    let served = Served::sqlite().await;
    let admin = served.town.admin;
    let new = json!({ "automation": { "title": "Nudge the team", "all": [
            { "field": "status", "operator": "is", "value": "open" }, { "field": "OPEN", "operator": "greater_than", "value": "48" }],
        "actions": [{ "field": "status", "value": "pending" }] } });
    let made = served.send(admin, Method::POST, "automations", &new).await.with(201)["automation"].clone();
    assert_eq!(
        (&made["slug"], &made["conditions"]["all"][1]),
        (&json!("nudge-the-team"), &new["automation"]["all"][1])
    );
    let found = served.get(admin, "automations/search?query=nudge").await.with(200);
    assert_eq!(ids(&found, "automations"), [made["id"].as_i64().expect("a number")]);
    served.get(served.town.agent, "automations").await.with(403);
}

/// Nobody but the team learns how it works.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn end_users_learn_nothing_of_rules() {
    let served = Served::sqlite().await;
    for path in [
        "views",
        "views/active",
        "views/1",
        "views/1/tickets",
        "views/1/execute",
        "views/1/count",
        "views/count",
        "views/count_many?ids=1",
        "views/compact",
        "views/show_many?ids=1",
        "views/search?query=a",
        "views/definitions",
        "macros",
        "macros/1",
        "macros/1/apply",
        "macros/actions",
        "macros/definitions",
        "tickets/1/macros/1/apply",
        "triggers",
        "triggers/1",
        "triggers/definitions",
        "automations",
        "automations/1",
    ] {
        served.get(served.town.ana, path).await.with(403);
        let nobody = served.nobody(Method::GET, path).send().await.expect("an answer");
        Answer::of(nobody).await.with(401);
    }
    for (method, path) in
        [(Method::DELETE, "views/1"), (Method::DELETE, "macros/destroy_many?ids=1"), (Method::PUT, "triggers/reorder")]
    {
        served.send(served.town.ana, method, path, &json!({ "trigger_ids": [1] })).await.with(403);
    }
    served.send(served.town.ana, Method::POST, "views/preview", &json!({ "view": {} })).await.with(403);
}
