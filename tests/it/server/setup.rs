//! Fields, forms and statuses over HTTP.

use crate::support::served::{Answer, Served};
use reqwest::Method;
use serde_json::{Value, json};

fn ids(body: &Value, key: &str) -> Vec<i64> {
    body[key].as_array().expect("a list").iter().map(|one| one["id"].as_i64().expect("a number")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_is_made_with_options_that_replace_each_other() {
    let served = Served::sqlite().await;
    let (agent, admin) = (served.town.agent, served.town.admin);
    let new = json!({ "ticket_field": { "type": "tagger", "title": "Bike model", "title_in_portal": "Your bike",
        "visible_in_portal": true, "editable_in_portal": true,
        "custom_field_options": [{ "name": "City", "value": "bike_city" }, { "name": "Cargo", "value": "bike_cargo" }] } });
    served.send(agent, Method::POST, "ticket_fields", &new).await.with(403);
    let made = served.send(admin, Method::POST, "ticket_fields", &new).await.with(201)["ticket_field"].clone();
    let id = made["id"].as_i64().expect("a number");
    assert_eq!((&made["key"], &made["custom_field_options"][1]["value"]), (&json!("bike_model"), &json!("bike_cargo")));
    let same = served
        .send(admin, Method::PUT, &format!("ticket_fields/{id}"), &json!({ "ticket_field": made }))
        .await
        .with(200);
    assert_eq!(same["ticket_field"], made);
    let path = format!("ticket_fields/{id}/options");
    let folding = json!({ "custom_field_option": { "name": "Folding", "value": "bike_folding" } });
    let option = served.send(admin, Method::POST, &path, &folding).await.with(201)["custom_field_option"]["id"].clone();
    let renamed = json!({ "custom_field_option": { "id": option, "name": "Foldable", "value": "bike_folding" } });
    let renamed = served.send(admin, Method::POST, &path, &renamed).await.with(200);
    assert_eq!(renamed["custom_field_option"]["name"], "Foldable");
    assert_eq!(ids(&served.get(agent, &path).await.with(200), "custom_field_options").len(), 3);
    served.send(admin, Method::DELETE, &format!("{path}/{option}"), &json!({})).await.with(204);
    served.get(agent, &format!("{path}/{option}")).await.with(404);
    let other = json!({ "ticket_field": { "type": "date" } });
    served.send(admin, Method::PUT, &format!("ticket_fields/{id}"), &other).await.with(422);
    // Requesters are told of what is theirs, as it is called for them.
    let theirs = served.get(served.town.ana, "ticket_fields").await.with(200);
    let theirs = theirs["ticket_fields"].as_array().expect("a list").iter().find(|one| one["id"] == json!(id));
    assert_eq!(theirs.map(|one| &one["title"]), Some(&json!("Your bike")));
    let hidden = json!({ "ticket_field": { "visible_in_portal": false } });
    served.send(admin, Method::PUT, &format!("ticket_fields/{id}"), &hidden).await.with(200);
    assert_eq!(
        served.get(served.town.ana, &format!("ticket_fields/{id}")).await.with(404),
        served.get(served.town.ana, "ticket_fields/4711").await.with(404)
    );
    served.send(admin, Method::DELETE, &format!("ticket_fields/{id}"), &json!({})).await.with(204);
    served.get(admin, &format!("ticket_fields/{id}")).await.with(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_field_form_and_status_can_be_sent_back_as_it_came() {
    let served = Served::sqlite().await;
    let admin = served.town.admin;
    let new = json!({ "custom_status": { "status_category": "pending", "agent_label": "Waits for parts" } });
    served.send(admin, Method::POST, "custom_statuses", &new).await.with(201);
    for (plural, one) in
        [("ticket_fields", "ticket_field"), ("ticket_forms", "ticket_form"), ("custom_statuses", "custom_status")]
    {
        let all = served.get(admin, plural).await.with(200);
        assert!(!all[plural].as_array().expect("a list").is_empty(), "{plural}");
        for thing in all[plural].as_array().expect("a list") {
            let path = format!("{plural}/{}", thing["id"]);
            let same = served.send(admin, Method::PUT, &path, &json!({ one: thing })).await.with(200);
            assert_eq!(same[one], *thing, "{path}");
        }
        assert_eq!(served.get(admin, plural).await.with(200), all, "{plural}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_and_organizations_have_fields_too() {
    let served = Served::sqlite().await;
    let (agent, admin) = (served.town.agent, served.town.admin);
    let new = json!({ "user_field": { "type": "dropdown", "title": "Tier", "key": "tier",
        "custom_field_options": [{ "name": "Gold", "value": "tier_gold" }] } });
    let made = served.send(admin, Method::POST, "user_fields", &new).await.with(201);
    assert_eq!(made["user_field"]["type"], "dropdown");
    let gold = json!({ "user": { "user_fields": { "tier": "tier_gold", "no_such": 5 } } });
    let ana = served.send(agent, Method::PUT, &format!("users/{}", served.town.ana), &gold).await.with(200);
    assert_eq!(ana["user"]["user_fields"]["tier"], "tier_gold");
    let bad = json!({ "user": { "user_fields": { "tier": { "deep": 1 } } } });
    served.send(agent, Method::PUT, &format!("users/{}", served.town.ana), &bad).await.with(422);
    let new = json!({ "organization_field": { "type": "integer", "title": "Seats" } });
    served.send(admin, Method::POST, "organization_fields", &new).await.with(201);
    let seats = json!({ "organization": { "organization_fields": { "seats": 40 } } });
    let station =
        served.send(agent, Method::PUT, &format!("organizations/{}", served.town.station), &seats).await.with(200);
    assert_eq!(station["organization"]["organization_fields"]["seats"], 40);
    for path in ["user_fields", "organization_fields", "user_fields/1", "ticket_fields/1/options"] {
        served.get(served.town.ana, path).await.with(403);
    }
    // None of these is a field of tickets.
    let id = made["user_field"]["id"].as_i64().expect("a number");
    served.send(admin, Method::DELETE, &format!("ticket_fields/{id}"), &json!({})).await.with(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_cloned_ordered_and_hidden_from_requesters() {
    let served = Served::sqlite().await;
    let (admin, ana) = (served.town.admin, served.town.ana);
    let all = ids(&served.get(admin, "ticket_forms").await.with(200), "ticket_forms");
    let new = json!({ "ticket_form": { "name": "Lost and found", "guidance": "Something was left behind", "end_user_visible": true } });
    let made = served.send(admin, Method::POST, "ticket_forms", &new).await.with(201)["ticket_form"].clone();
    let id = made["id"].as_i64().expect("a number");
    assert_eq!(made["kind"], "lost-and-found");
    served.get(ana, &format!("ticket_forms/{id}")).await.with(200);
    let hidden = json!({ "ticket_form": { "end_user_visible": false } });
    served.send(admin, Method::PUT, &format!("ticket_forms/{id}"), &hidden).await.with(200);
    assert_eq!(
        served.get(ana, &format!("ticket_forms/{id}")).await.with(404),
        served.get(ana, "ticket_forms/4711").await.with(404)
    );
    let clone = served.send(admin, Method::POST, &format!("ticket_forms/{id}/clone"), &json!({})).await.with(200);
    let clone = clone["ticket_form"]["id"].as_i64().expect("a number");
    let order: Vec<i64> = [clone, id].into_iter().chain(all).collect();
    let ordered =
        served.send(admin, Method::PUT, "ticket_forms/reorder", &json!({ "ticket_form_ids": order })).await.with(200);
    assert_eq!(ids(&ordered, "ticket_forms"), order);
    let some = served.get(admin, &format!("ticket_forms/show_many?ids={id},4711")).await.with(200);
    assert_eq!(ids(&some, "ticket_forms"), [id]);
    served.send(admin, Method::DELETE, &format!("ticket_forms/{clone}"), &json!({})).await.with(204);
    for method in [Method::PUT, Method::DELETE] {
        served.send(ana, method, &format!("ticket_forms/{id}"), &hidden).await.with(403);
    }
    let nobody = served.nobody(Method::GET, "ticket_forms").send().await.expect("an answer");
    Answer::of(nobody).await.with(401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_status_keeps_its_category() {
    let served = Served::sqlite().await;
    let (admin, ana) = (served.town.admin, served.town.ana);
    let new = json!({ "custom_status": { "status_category": "pending", "agent_label": "Waits for parts", "end_user_label": "We wait for parts" } });
    let id = served.send(admin, Method::POST, "custom_statuses", &new).await.with(201)["custom_status"]["id"].clone();
    let other = json!({ "custom_status": { "status_category": "open" } });
    served.send(admin, Method::PUT, &format!("custom_statuses/{id}"), &other).await.with(422);
    let theirs = served.get(ana, "custom_statuses").await.with(200);
    assert_eq!(theirs["custom_statuses"][0]["agent_label"], "We wait for parts");
    let defaults = json!({ "ids": id.to_string() });
    served.send(ana, Method::PUT, "custom_status/default", &defaults).await.with(403);
    served.send(admin, Method::PUT, "custom_status/default", &defaults).await.with(200);
    let now = served.get(admin, "custom_statuses?default=true").await.with(200);
    assert_eq!(now["custom_statuses"][0]["id"], id);
    served
        .send(admin, Method::POST, "custom_statuses", &json!({ "custom_status": { "agent_label": "X" } }))
        .await
        .with(422);
    served.send(ana, Method::POST, "custom_statuses", &new).await.with(403);
}
