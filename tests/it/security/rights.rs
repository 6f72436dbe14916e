//! Rights that are checked in part, or that somebody no longer has.

use crate::support::served::Served;
use guichet::domain::act::{Change, Deed, PersonChange};
use guichet::domain::comment::NewComment;
use guichet::domain::person::{Restriction, Role};
use reqwest::Method;
use serde_json::{Value, json};

/// Names that fields have somewhere, each with a value that would be worth something.
fn wishes() -> Value {
    let mut all = json!({
        "id": 1, "role": "admin", "custom_role_id": 1, "role_type": 4, "admin": true, "moderator": true, "suspended": true,
        "ticket_restriction": null, "restricted_agent": false, "only_private_comments": false, "verified": true,
        "organization_id": 2, "organization_ids": [2], "default_group_id": 1, "active": false, "standing": "active",
        "notes": "mine", "details": "mine", "tags": ["mine"], "user_fields": { "mine": "mine" }, "external_id": "mine",
        "created_at": "2001-01-01T00:00:00Z", "updated_at": "2001-01-01T00:00:00Z", "password": "mine mine mine",
        "shared": true, "shared_agent": true, "signature": "mine", "url": "mine", "skip_verify_email": true,
    });
    let more = json!({
        "requester_id": 1, "submitter_id": 1, "author_id": 1, "assignee_id": 1, "group_id": 1, "is_public": false,
        "priority": "urgent", "type": "problem", "problem_id": 1, "status": "closed", "custom_status_id": 1,
        "sharing_agreement_ids": [1], "brand_id": 1, "due_at": "2001-01-01T00:00:00Z", "follower_ids": [1],
        "satisfaction_rating": { "score": "good" }, "via": { "channel": "mail" }, "via_id": 4, "recipient": "mine@x.example",
        "allow_attachments": false, "number": 4, "version": 99, "kind": "private", "owner": 1, "metadata": { "mine": 1 },
    });
    all.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    all
}

fn with(more: &Value) -> Value {
    let mut all = wishes();
    for (name, value) in more.as_object().expect("an object") {
        all[name] = value.clone();
    }
    all
}

/// Whatever an end user sends of themselves: they stay who they are.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2026_41191_nobody_becomes_more_by_a_field_that_they_send() {
    let served = Served::sqlite().await;
    let town = &served.town;
    for (person, path) in [(town.ana, "users"), (town.ana, "end_users"), (town.agent, "users")] {
        let path = format!("{path}/{person}");
        let was = served.get(town.admin, &format!("users/{person}")).await.with(200)["user"].clone();
        for (name, value) in wishes().as_object().expect("an object") {
            served.send(person, Method::PUT, &path, &json!({ "user": { (name.as_str()): value } })).await;
        }
        served.send(person, Method::PUT, &path, &json!({ "user": with(&json!({ "phone": "1" })) })).await;
        let now = served.get(town.admin, &format!("users/{person}")).await.with(200)["user"].clone();
        for name in [
            "id",
            "role",
            "suspended",
            "active",
            "verified",
            "organization_id",
            "ticket_restriction",
            "created_at",
            "restricted_agent",
            "custom_role_id",
            "email",
            "external_id",
            "moderator",
            "only_private_comments",
        ] {
            // Agents say by which number another system knows somebody, and to whom they belong themselves, for what they may
            // see does not follow from it.
            if !["external_id", "organization_id"].contains(&name) || person == town.ana {
                assert_eq!(now[name], was[name], "{name} of {path}");
            }
        }
    }
}

/// Whoever works for one organization goes to no other by themselves.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2026_41191_who_works_for_an_organization_stays_there() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let change = PersonChange { restriction: Some(Restriction::Organization), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.agent, change }).await;
    let path = format!("users/{}", town.agent);
    for more in [json!({ "organization_id": town.station.0 }), json!({ "organization_ids": [town.station.0] })] {
        served.send(town.agent, Method::PUT, &path, &json!({ "user": more })).await;
        let sent = json!({ "organization_membership": { "user_id": town.agent.0, "organization_id": town.station.0 } });
        served.send(town.agent, Method::POST, "organization_memberships", &sent).await;
        let now = served.get(town.admin, &path).await.with(200);
        assert_eq!(now["user"]["organization_id"], Value::Null);
    }
}

/// Of a request its writer says what it is about, and nothing that the team decides.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2026_41191_a_request_holds_only_what_is_its_writers_to_say() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let wanted = with(&json!({ "subject": "Printer", "comment": { "body": "x", "public": false, "author_id": 1 } }));
    let mut wanted = wanted;
    for name in ["kind", "external_id", "tags", "priority", "type", "due_at"] {
        wanted.as_object_mut().expect("an object").remove(name);
    }
    let made = served.send(town.ana, Method::POST, "requests", &json!({ "request": wanted })).await.with(201);
    let id = made["request"]["id"].as_i64().expect("a number");
    let of = async || served.get(town.agent, &format!("tickets/{id}")).await.with(200)["ticket"].clone();
    let was = of().await;
    assert_eq!((&was["requester_id"], &was["submitter_id"]), (&json!(town.ana.0), &json!(town.ana.0)));
    assert_eq!((&was["is_public"], &was["status"], &was["tags"]), (&json!(true), &json!("new"), &json!([])));
    assert_ne!(was["created_at"], "2001-01-01T00:00:00Z");
    for (name, value) in wishes().as_object().expect("an object") {
        let body = json!({ "request": { (name.as_str()): value } });
        for person in [town.ana, town.ben, town.cleo] {
            served.send(person, Method::PUT, &format!("requests/{id}"), &body).await;
        }
    }
    let mut now = of().await;
    now["updated_at"] = was["updated_at"].clone();
    for name in [
        "requester_id",
        "submitter_id",
        "assignee_id",
        "group_id",
        "status",
        "priority",
        "type",
        "is_public",
        "tags",
        "created_at",
        "external_id",
        "organization_id",
        "problem_id",
        "follower_ids",
        "due_at",
        "custom_status_id",
        "ticket_form_id",
    ] {
        assert_eq!(now[name], was[name], "{name}");
    }
}

/// Who is no agent any more sees and does nothing of an agent's by what they had signed in with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2026_48811_what_was_taken_away_is_away_for_open_sign_ins_too() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "It jams").await;
    let path = format!("tickets/{id}");
    served.get(town.agent, &path).await.with(200);
    let becomes =
        async |change: PersonChange| town.does(town.admin, Deed::UpdatePerson { person: town.agent, change }).await;
    becomes(PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() }).await;
    served.get(town.agent, &path).await.with(404);
    let note = json!({ "ticket": { "comment": { "body": "x", "public": false } } });
    served.send(town.agent, Method::PUT, &path, &note).await.with(404);
    becomes(PersonChange { role: Some(Role::EndUser), groups: Some(Vec::new()), ..PersonChange::default() }).await;
    served.get(town.agent, &path).await.with(403);
    served.send(town.agent, Method::PUT, &path, &note).await.with(403);
    becomes(PersonChange { suspended: Some(true), ..PersonChange::default() }).await;
    served.get(town.agent, "users/me").await.with(401);
}

/// What is refused in the middle has done nothing at its beginning.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ghsa_v8vc_cmf9_gg2c_a_merge_that_is_refused_touches_neither() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let own = town.ticket(town.ana, "Printer", "a").await;
    let foreign = town.ticket(town.ana, "Other", "b").await;
    town.change(own, Change { assignee: Some(Some(town.agent)), ..Change::default() }).await;
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.agent, change }).await;
    let of = async |id| served.get(town.admin, &format!("tickets/{id}")).await.with(200);
    let before = (of(own).await, of(foreign).await);
    for (source, target) in [(own, foreign), (foreign, own)] {
        let merge = Deed::Merge {
            source,
            target,
            source_comment: NewComment::note("x"),
            target_comment: NewComment::note("x"),
        };
        town.tries(town.agent, merge).await.expect_err("refused");
    }
    assert_eq!((of(own).await, of(foreign).await), before);
}
