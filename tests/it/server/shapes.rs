//! Shapes that programs of others go by.

use crate::support::served::Served;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tickets_of_a_view_are_whole_with_what_stands_beside_them() {
    let served = Served::sqlite().await;
    let (agent, ana) = (served.town.agent, served.town.ana);
    served.town.ticket(ana, "Printer", "It jams").await;
    let views = served.get(agent, "views").await.with(200);
    let all = views["views"].as_array().expect("views").iter().find(|view| view["slug"] == "all-unsolved");
    let id = all.expect("a view")["id"].clone();
    let path = format!("views/{id}/tickets?include=users,groups,dates,metric_sets,last_audits,slas,custom_statuses");
    let page = served.get(agent, &path).await.with(200);
    let ticket = &page["tickets"][0];
    assert_eq!(ticket["description"], "It jams");
    for key in ["brand_id", "generated_timestamp", "recipient", "followup_ids", "allow_attachments"] {
        assert!(ticket.get(key).is_some(), "{key}");
    }
    assert_eq!(page["users"][0]["id"], json!(ana.0));
    assert_eq!(page["last_audits"][0]["ticket_id"], ticket["id"]);
    assert_eq!(ticket["metric_set"]["ticket_id"], ticket["id"]);
    assert!(ticket["dates"]["status_updated_at"].is_string() && page["slas"] == json!([]));
    let rows = served.get(agent, &format!("views/{id}/execute")).await.with(200);
    assert_eq!(rows["rows"][0]["ticket"]["description"], "It jams");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_tags_tells_what_there_was_and_what_there_is() {
    let served = Served::sqlite().await;
    let (agent, ana) = (served.town.agent, served.town.ana);
    let id = served.town.ticket(ana, "Printer", "It jams").await;
    for tags in [json!(["one", "two"]), json!(["two", "three"])] {
        let body = json!({ "ticket": { "tags": tags } });
        served.send(agent, Method::PUT, &format!("tickets/{id}"), &body).await.with(200);
    }
    let changes = |audits: &Value| -> Vec<(Value, Value)> {
        let audits = audits["audits"].as_array().cloned().unwrap_or_default();
        let events = audits.iter().flat_map(|audit| audit["events"].as_array().cloned().unwrap_or_default());
        let tags = events.filter(|event| event["field_name"] == "tags" && event["type"] == "Change");
        tags.map(|event| (event["previous_value"].clone(), event["value"].clone())).collect()
    };
    let (first, then) = (json!(["one", "two"]), json!(["three", "two"]));
    let all = served.get(agent, &format!("tickets/{id}/audits")).await.with(200);
    assert_eq!(changes(&all), [(json!([]), first.clone()), (first.clone(), then.clone())]);
    // Also where a page begins in the middle of the history.
    let last = served.get(agent, &format!("tickets/{id}/audits?page[size]=1&sort=-created_at")).await.with(200);
    assert_eq!(changes(&last), [(first, then)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_careless_programs_send_is_taken_for_what_it_means() {
    let served = Served::sqlite().await;
    let agent = served.town.agent;
    let sent = json!({ "ticket": { "subject": 5, "external_id": 12345, "assignee_id": "", "comment": "It jams" } });
    let made = served.send(agent, Method::POST, "tickets", &sent).await.with(201);
    let ticket = &made["ticket"];
    assert_eq!((&ticket["subject"], &ticket["external_id"]), (&json!("5"), &json!("12345")));
    assert_eq!((&ticket["description"], &ticket["assignee_id"]), (&json!("It jams"), &Value::Null));
    let note = json!({ "ticket": { "comment": { "body": "For us", "public": "false" } } });
    served.send(agent, Method::PUT, &format!("tickets/{}", ticket["id"]), &note).await.with(200);
    let said = served.get(agent, &format!("tickets/{}/comments", ticket["id"])).await.with(200);
    assert_eq!(said["comments"][1]["public"], false);
    let sent = json!({ "organization": { "name": "New", "domain_names": "a.example" } });
    let made = served.send(agent, Method::POST, "organizations", &sent).await.with(201);
    assert_eq!(made["organization"]["domain_names"], json!(["a.example"]));
    // What cannot be understood is said without the names that things have in the program.
    for body in [json!({ "ticket": 5 }), json!({ "ticket": { "comment": 5 } }), json!({ "ticket": { "subject": [] } })]
    {
        let refused = served.send(agent, Method::POST, "tickets", &body).await.with(400).to_string();
        for name in ["struct", "enum", "Sent", "Said"] {
            assert!(!refused.contains(name), "{refused}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_macros_say_in_html_is_said_as_text() {
    let served = Served::sqlite().await;
    let admin = served.town.admin;
    let html = "<p>Dear <b>x</b>, <a href=\"https://x.example/r\">here</a></p>";
    let new = json!({ "macro": { "title": "H", "actions": [{ "field": "comment_value_html", "value": html }] } });
    let made = served.send(admin, Method::POST, "macros", &new).await.with(201);
    assert_eq!(made["macro"]["actions"][0]["value"], "Dear x, here (https://x.example/r)");
}
