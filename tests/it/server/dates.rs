//! When things came to be, and what the team keeps of people, organizations and groups, over HTTP.

use crate::support::served::Served;
use guichet::domain::time::Span;
use reqwest::Method;
use serde_json::{Value, json};

/// What mirrors of an account go by: every list says of each row when it came to be and was different last.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_thing_says_when_it_came_to_be_and_was_different_last() {
    let served = Served::sqlite().await;
    let admin = served.town.admin;
    let new = json!({ "macro": { "title": "M", "actions": [{ "field": "status", "value": "solved" }] } });
    served.send(admin, Method::POST, "macros", &new).await.with(201);
    let new = json!({ "user_field": { "type": "text", "title": "Tier", "key": "tier" } });
    served.send(admin, Method::POST, "user_fields", &new).await.with(201);
    let new = json!({ "custom_status": { "status_category": "pending", "agent_label": "Waits for parts" } });
    served.send(admin, Method::POST, "custom_statuses", &new).await.with(201);
    for family in [
        "groups",
        "organizations",
        "users",
        "ticket_fields",
        "ticket_forms",
        "user_fields",
        "macros",
        "triggers",
        "views",
        "automations",
        "custom_statuses",
    ] {
        let all = served.get(admin, family).await.with(200);
        let rows = all[family].as_array().expect("a list");
        assert!(!rows.is_empty(), "{family}");
        for row in rows {
            for time in ["created_at", "updated_at"] {
                let text = row[time].as_str().unwrap_or_else(|| panic!("{family} {time}"));
                assert!(text.ends_with('Z') && text > "2000", "{family} {time} {text}");
            }
        }
    }
    // What changes says so, and when it came to be stays.
    let group = served.get(admin, "groups").await.with(200)["groups"][0].clone();
    served.town.wait(Span::hours(1));
    let path = format!("groups/{}", group["id"]);
    let after = served.send(admin, Method::PUT, &path, &json!({ "group": { "name": "Renamed" } })).await.with(200);
    assert_eq!(after["group"]["created_at"], group["created_at"]);
    assert!(after["group"]["updated_at"].as_str() > group["updated_at"].as_str());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_team_keeps_of_an_organization_stays_and_finds_it() {
    let served = Served::sqlite().await;
    let (admin, agent, station) = (served.town.admin, served.town.agent, served.town.station);
    let group = served.get(admin, "groups").await.with(200)["groups"][0]["id"].clone();
    let kept = json!({ "external_id": "nzo", "notes": "canary-notes", "details": "Rue 1", "tags": ["vip"], "group_id": group });
    let path = format!("organizations/{station}");
    let after = served.send(agent, Method::PUT, &path, &json!({ "organization": kept })).await.with(200);
    for key in ["external_id", "notes", "details", "tags", "group_id"] {
        assert_eq!(after["organization"][key], kept[key], "{key}");
    }
    let found = served.get(agent, "organizations/search?external_id=nzo").await.with(200);
    assert_eq!((found["count"].as_i64(), &found["organizations"][0]["id"]), (Some(1), &json!(station.0)));
    assert_eq!(served.get(agent, "organizations/search?external_id=other").await.with(200)["count"], 0);
    let again = json!({ "organization": { "external_id": "nzo", "name": "Gare neuve", "notes": null } });
    let same = served.send(agent, Method::POST, "organizations/create_or_update", &again).await.with(200);
    assert_eq!((&same["organization"]["id"], &same["organization"]["notes"]), (&json!(station.0), &Value::Null));
    assert_eq!(same["organization"]["details"], "Rue 1");
    let made = json!({ "organization": { "name": "New", "external_id": 77, "tags": "a b" } });
    let made = served.send(agent, Method::POST, "organizations", &made).await.with(201);
    assert_eq!(made["organization"]["external_id"], "77");
    assert_eq!(made["organization"]["tags"], json!(["a", "b"]));
    let none = json!({ "organization": { "group_id": 4711 } });
    served.send(agent, Method::PUT, &path, &none).await.with(404);
}

/// What the team keeps for itself is nothing that anybody else is told, not even of themselves.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_team_keeps_of_a_person_stays_with_the_team() {
    let served = Served::sqlite().await;
    let (admin, agent, ana, station) = (served.town.admin, served.town.agent, served.town.ana, served.town.station);
    let kept = json!({ "tags": ["canary-tag"], "notes": "canary-notes", "details": "canary-details",
        "alias": "canary-alias", "signature": "canary-signature" });
    let path = format!("users/{ana}");
    let after = served.send(agent, Method::PUT, &path, &json!({ "user": kept })).await.with(200);
    for key in ["tags", "notes", "details", "alias", "signature"] {
        assert_eq!(after["user"][key], kept[key], "{key}");
    }
    let notes = json!({ "organization": { "notes": "canary-organization" } });
    served.send(agent, Method::PUT, &format!("organizations/{station}"), &notes).await.with(200);
    let group = served.get(admin, "groups").await.with(200)["groups"][0]["id"].clone();
    let described = json!({ "group": { "description": "canary-group" } });
    let group = served.send(admin, Method::PUT, &format!("groups/{group}"), &described).await.with(200);
    assert_eq!(group["group"]["description"], "canary-group");
    for path in [path.as_str(), "users/me", &format!("organizations/{station}"), &format!("users/{ana}/organizations")]
    {
        let body = served.get(ana, path).await.body.to_string();
        assert!(!body.contains("canary") && !body.contains("updated_at"), "{path}: {body}");
    }
    let session = format!("{:?}", served.town.as_(ana).session().await.expect("a session"));
    assert!(!session.contains("canary"), "{session}");
    let own = served.send(ana, Method::PUT, &path, &json!({ "user": { "notes": "mine" } })).await;
    assert!(own.status.as_u16() >= 400, "{}", own.body);
    // Whoever is taken out of the account is nobody of whom anything is kept.
    let cleo = served.town.cleo;
    let path = format!("users/{cleo}");
    served.send(agent, Method::PUT, &path, &json!({ "user": { "notes": "gone" } })).await.with(200);
    let gone = served.send(admin, Method::DELETE, &path, &json!({})).await.with(200);
    assert_eq!(gone["user"]["notes"], Value::Null);
}
