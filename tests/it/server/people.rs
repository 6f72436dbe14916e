//! Users, organizations and groups over HTTP.

use crate::support::served::{Answer, Served};
use guichet::domain::act::{Deed, PersonChange};
use guichet::domain::person::Restriction;
use reqwest::Method;
use serde_json::{Value, json};

fn ids(body: &Value, key: &str) -> Vec<i64> {
    body[key].as_array().expect("a list").iter().map(|one| one["id"].as_i64().expect("a number")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_come_in_pages_of_both_kinds() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let all = served.get(town.agent, "users.json").await.with(200);
    assert_eq!((all["count"].as_i64(), all["users"].as_array().map(Vec::len)), (Some(6), Some(6)));
    let first = served.get(town.agent, "users?per_page=4").await.with(200);
    assert_eq!(first["next_page"], json!(format!("{}/api/v2/users?per_page=4&page=2", served.base)));
    let second = served.get(town.agent, "users?per_page=4&page=2").await.with(200);
    assert_eq!((ids(&second, "users").len(), &second["next_page"]), (2, &Value::Null));
    assert_ne!(second["previous_page"], Value::Null);
    // Quirk: on the last page by cursor the links are still there, and only the page behind it is empty.
    let last = served.get(town.agent, "users?page%5Bsize%5D=100").await.with(200);
    assert_eq!(last["meta"]["has_more"], false);
    let next = last["links"]["next"].as_str().expect("a link").replace(&format!("{}/api/v2/", served.base), "");
    let behind = served.get(town.agent, &next).await.with(200);
    assert_eq!((ids(&behind, "users").len(), &behind["links"]["next"]), (0, &Value::Null));
    let staff = served.get(town.agent, "users?role[]=agent&role[]=admin").await.with(200);
    assert_eq!(ids(&staff, "users"), [town.admin.0, town.agent.0, town.other_agent.0]);
    let backward = served.get(town.agent, "users?page[size]=2&sort=-id").await.with(200);
    assert_eq!(ids(&backward, "users"), [town.cleo.0, town.ben.0]);
    let bad = served.get(town.agent, "users?page[size]=2&sort=name").await.with(400);
    assert_eq!(bad["errors"][0]["code"], "InvalidPaginationParameter");
}

/// Security 34: who is no agent gets nothing but themselves, and learns of nobody else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn end_users_find_only_themselves() {
    let served = Served::sqlite().await;
    let (ana, ben) = (served.town.ana, served.town.ben);
    let own = served.get(ana, &format!("users/{ana}")).await.with(200);
    assert_eq!((own["user"]["id"].as_i64(), own["user"].get("suspended")), (Some(ana.0), None));
    served.get(ana, &format!("end_users/{ana}")).await.with(200);
    let (theirs, nobodys) =
        (served.get(ana, &format!("users/{ben}")).await.with(404), served.get(ana, "users/4711").await.with(404));
    assert_eq!(theirs, nobodys);
    for path in [
        "users",
        "users/count",
        "users/search?query=ben",
        "users/autocomplete?name=be",
        &format!("users/show_many?ids={ben}"),
        &format!("users/{ana}/related"),
        "organizations",
        "organizations/autocomplete?name=gare",
        "organizations/search?name=PaySup",
        "organizations/count",
        &format!("organizations/{}/users", served.town.station),
        &format!("organizations/{}/organization_memberships", served.town.station),
        "groups",
        "groups/1",
        "groups/assignable",
        "groups/count",
        "groups/1/users",
        "groups/1/memberships",
        "group_memberships",
        &format!("users/{ana}/groups"),
    ] {
        served.get(ana, path).await.with(403);
        let nobody = served.nobody(Method::GET, path).send().await.expect("an answer");
        Answer::of(nobody).await.with(401);
    }
    for path in ["organizations", "identities", "organization_memberships", "password/requirements"] {
        served.get(ana, &format!("users/{ana}/{path}")).await.with(200);
        let (theirs, nobodys) = (
            served.get(ana, &format!("users/{ben}/{path}")).await.with(404),
            served.get(ana, &format!("users/4711/{path}")).await.with(404),
        );
        assert_eq!(theirs, nobodys, "{path}");
    }
    let memberships = served.get(ana, "organization_memberships").await.with(200);
    assert_eq!(ids(&memberships, "organization_memberships"), [ana.0]);
    served.get(ana, &format!("organizations/{}", served.town.station)).await.with(200);
    assert_eq!(
        served.get(ana, "organizations/2").await.with(404),
        served.get(ana, "organizations/4711").await.with(404)
    );
}

/// Security 13: what is not to be changed stays, wherever it is sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn nobody_makes_themselves_more_than_they_are() {
    let served = Served::sqlite().await;
    let (ana, ben) = (served.town.ana, served.town.ben);
    let path = format!("users/{ana}");
    for rights in [json!({ "role": "admin" }), json!({ "suspended": true }), json!({ "group_ids": [1] })] {
        served.send(ana, Method::PUT, &path, &json!({ "user": rights })).await.with(403);
    }
    let other = json!({ "user": { "organization_id": 2, "name": "Ana R." } });
    served.send(ana, Method::PUT, &path, &other).await.with(403);
    let sent = json!({ "user": { "name": "Ana R.", "id": 1, "active": false, "created_at": "1999-01-01T00:00:00Z",
        "verified": false, "no_such_thing": [1, 2] } });
    let now = served.send(ana, Method::PUT, &path, &sent).await.with(200);
    assert_eq!((&now["user"]["name"], now["user"]["id"].as_i64()), (&json!("Ana R."), Some(ana.0)));
    let seen = served.get(served.town.admin, &path).await.with(200);
    assert_eq!((&seen["user"]["role"], &seen["user"]["active"]), (&json!("end-user"), &json!(true)));
    for (method, path) in [
        (Method::PUT, format!("users/{ben}")),
        (Method::DELETE, format!("users/{ben}")),
        (Method::DELETE, "users/4711".into()),
    ] {
        served.send(ana, method, &path, &json!({ "user": { "name": "Bad" } })).await.with(404);
    }
    served.send(ana, Method::POST, "users", &json!({ "user": { "name": "New" } })).await.with(403);
    served.send(ana, Method::POST, "users/create_or_update", &json!({ "user": { "name": "New" } })).await.with(403);
    served.send(ana, Method::PUT, &format!("users/{ben}/merge"), &json!({ "user": { "id": ana.0 } })).await.with(403);
    served
        .send(
            served.town.agent,
            Method::PUT,
            &format!("users/{}", served.town.agent),
            &json!({ "user": { "role": "admin" } }),
        )
        .await
        .with(403);
    served.send(served.town.agent, Method::DELETE, &format!("users/{ben}"), &json!({})).await.with(403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_made_found_changed_merged_and_taken_out() {
    let served = Served::sqlite().await;
    let admin = served.town.admin;
    let new = json!({ "user": { "name": "Dana Lee", "email": "dana@lee.example", "external_id": "x-9",
        "organization": { "name": "Lee & Co" }, "locale": "fr", "time_zone": "Europe/Paris", "skip_verify_email": true } });
    let made = served.send(served.town.agent, Method::POST, "users.json", &new).await;
    let location = made.headers["location"].to_str().expect("text").to_owned();
    let user = made.with(201)["user"].clone();
    let id = user["id"].as_i64().expect("a number");
    assert_eq!(location, format!("{}/api/v2/users/{id}.json", served.base));
    assert_eq!((&user["time_zone"], &user["locale"]), (&json!("Europe/Paris"), &json!("fr")));
    let twice = served.send(admin, Method::POST, "users", &new).await.with(422);
    assert_eq!(
        (&twice["error"], &twice["details"]["email"][0]["error"]),
        (&json!("RecordInvalid"), &json!("DuplicateValue"))
    );
    let same = json!({ "user": { "external_id": "x-9", "phone": "+33 1 23 45" } });
    let changed = served.send(admin, Method::POST, "users/create_or_update", &same).await.with(200);
    assert_eq!((changed["user"]["id"].as_i64(), &changed["user"]["phone"]), (Some(id), &json!("+33 1 23 45")));
    for query in [
        "users/search?external_id=x-9",
        "users/search?query=dana",
        "users/autocomplete?name=lee",
        "users?external_id=x-9",
    ] {
        assert_eq!(ids(&served.get(admin, query).await.with(200), "users"), [id], "{query}");
    }
    let many =
        served.get(admin, &format!("users/show_many?ids={id},4711&include=organizations,identities")).await.with(200);
    assert_eq!((ids(&many, "users"), &many["organizations"][0]["name"]), (vec![id], &json!("Lee & Co")));
    assert_eq!(many["identities"][0]["value"], "dana@lee.example");
    // What is sent back as it came changes nothing and needs no rights.
    let same =
        served.send(served.town.agent, Method::PUT, &format!("users/{id}"), &json!({ "user": user })).await.with(200);
    assert_eq!(same["user"]["role"], "end-user");
    let related = served.get(admin, &format!("users/{id}/related")).await.with(200);
    assert_eq!(related["user_related"]["requested_tickets"], 0);
    let merged = served
        .send(admin, Method::PUT, &format!("users/{id}/merge"), &json!({ "user": { "id": served.town.cleo.0 } }))
        .await
        .with(200);
    assert_eq!(merged["user"]["id"].as_i64(), Some(served.town.cleo.0));
    // Quirk: 200 with the person, not 204.
    let gone = served.send(admin, Method::DELETE, &format!("users/{}", served.town.ben), &json!({})).await.with(200);
    assert_eq!((&gone["user"]["active"], gone["user"]["id"].as_i64()), (&json!(false), Some(served.town.ben.0)));
    served
        .send(admin, Method::PUT, &format!("users/{}", served.town.ana), &json!({ "user": { "name": [] } }))
        .await
        .with(400);
    served
        .send(admin, Method::POST, "users", &json!({ "user": { "name": "X", "email": "no address" } }))
        .await
        .with(422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn a_password_is_changed_by_whoever_knows_the_one_before() {
    let served = Served::sqlite().await;
    let (ana, admin) = (served.town.ana, served.town.admin);
    let path = format!("users/{ana}/password");
    served.send(served.town.agent, Method::POST, &path, &json!({ "password": "six horses run" })).await.with(403);
    served.send(admin, Method::POST, &path, &json!({ "password": "six horses run" })).await.with(200);
    let short = served.send(admin, Method::POST, &path, &json!({ "password": "short" })).await.with(422);
    assert_eq!(short["details"]["password"][0]["error"], "TooShort");
    let wrong = json!({ "previous_password": "guessed it all", "password": "ten cows stand still" });
    let wrong = served.send(ana, Method::PUT, &path, &wrong).await.with(422);
    assert_eq!(wrong["details"]["previous_password"][0]["error"], "InvalidValue");
    let right = json!({ "previous_password": "six horses run", "password": "ten cows stand still" });
    served.send(ana, Method::PUT, &path, &right).await.with(200);
    let me = served.nobody(Method::GET, "users/me").basic_auth("ana@gare.example", Some("ten cows stand still"));
    assert_eq!(Answer::of(me.send().await.expect("an answer")).await.with(200)["user"]["id"].as_i64(), Some(ana.0));
    served.send(admin, Method::PUT, &path, &right).await.with(403);
    let rules = served.get(ana, &format!("users/{ana}/password/requirements")).await.with(200);
    assert_eq!(rules["requirements"].as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_is_an_identity() {
    let served = Served::sqlite().await;
    let (ana, admin) = (served.town.ana, served.town.admin);
    let path = format!("users/{ana}/identities");
    let list = served.get(served.town.agent, &path).await.with(200);
    assert_eq!(
        (&list["identities"][0]["value"], &list["identities"][0]["primary"]),
        (&json!("ana@gare.example"), &json!(true))
    );
    let second = json!({ "identity": { "type": "email", "value": "ana2@gare.example" } });
    let second = served.send(admin, Method::POST, &path, &second).await.with(422);
    assert_eq!(second["error"], "RecordInvalid");
    let other = json!({ "identity": { "value": "ana.ruiz@gare.example" } });
    let changed = served.send(admin, Method::PUT, &format!("{path}/{ana}"), &other).await.with(200);
    assert_eq!(changed["identity"]["value"], "ana.ruiz@gare.example");
    served.send(admin, Method::PUT, &format!("{path}/{ana}/make_primary"), &json!({})).await.with(200);
    served.send(ana, Method::PUT, &format!("{path}/{ana}/verify"), &json!({})).await.with(403);
    served.send(ana, Method::PUT, &format!("end_{path}/{ana}/request_verification"), &json!({})).await.with(200);
    served.send(admin, Method::DELETE, &format!("{path}/{ana}"), &json!({})).await.with(204);
    let made = json!({ "identity": { "type": "email", "value": "ana@gare.example" } });
    served.send(admin, Method::POST, &path, &made).await.with(201);
    served
        .send(admin, Method::POST, &path, &json!({ "identity": { "type": "twitter", "value": "ana" } }))
        .await
        .with(422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organization_is_made_found_changed_and_belonged_to() {
    let served = Served::sqlite().await;
    let (agent, admin) = (served.town.agent, served.town.admin);
    let new = json!({ "organization": { "name": "Quai 9", "domain_names": ["quai.example"], "notes": "not kept" } });
    let made = served.send(agent, Method::POST, "organizations", &new).await;
    assert!(made.headers.contains_key("location"));
    let id = made.with(201)["organization"]["id"].as_i64().expect("a number");
    let twice = served.send(agent, Method::POST, "organizations", &new).await.with(422);
    assert_eq!(twice["details"]["name"][0]["error"], "DuplicateValue");
    let shared = json!({ "organization": { "name": "Quai 9", "shared_tickets": true } });
    let changed = served.send(agent, Method::POST, "organizations/create_or_update", &shared).await.with(200);
    assert_eq!(
        (&changed["organization"]["shared_tickets"], &changed["organization"]["domain_names"]),
        (&json!(true), &json!(["quai.example"]))
    );
    for query in [
        "organizations/search?name=quai 9",
        "organizations/autocomplete?name=qua",
        &format!("organizations/show_many?ids={id},4711"),
    ] {
        assert_eq!(ids(&served.get(agent, query).await.with(200), "organizations"), [id], "{query}");
    }
    assert_eq!(
        ids(&served.get(agent, "organizations/search?external_id=1").await.with(200), "organizations"),
        [0_i64; 0]
    );
    let count = served.get(agent, "organizations/count").await.with(200);
    assert_eq!(count["count"]["value"], 3);
    let membership = |user: i64| json!({ "organization_membership": { "user_id": user, "organization_id": id } });
    let taken =
        served.send(admin, Method::POST, "organization_memberships", &membership(served.town.ben.0)).await.with(422);
    assert_eq!(taken["details"]["organization_id"][0]["error"], "TooManyValues");
    served
        .send(admin, Method::DELETE, &format!("organization_memberships/{}", served.town.ben), &json!({}))
        .await
        .with(204);
    let joined =
        served.send(admin, Method::POST, "organization_memberships", &membership(served.town.ben.0)).await.with(201);
    let joined = &joined["organization_membership"];
    assert_eq!((&joined["default"], &joined["organization_name"]), (&json!(true), &json!("Quai 9")));
    let theirs = served
        .get(agent, &format!("organizations/{id}/organization_memberships?include=users,organizations"))
        .await
        .with(200);
    assert_eq!((ids(&theirs, "users"), ids(&theirs, "organizations")), (vec![served.town.ben.0], vec![id]));
    let related = served.get(agent, &format!("organizations/{id}/related")).await.with(200);
    assert_eq!(related["organization_related"], json!({ "tickets_count": 0, "users_count": 1 }));
    assert_eq!(
        ids(&served.get(agent, &format!("users/{}/organizations", served.town.ben)).await.with(200), "organizations"),
        [id]
    );
    served.send(agent, Method::PUT, "organizations/4711", &shared).await.with(404);
    served.send(served.town.ana, Method::PUT, &format!("organizations/{id}"), &shared).await.with(403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_is_made_and_worked_in() {
    let served = Served::sqlite().await;
    let (agent, admin) = (served.town.agent, served.town.admin);
    let new = json!({ "group": { "name": "Night" } });
    served.send(agent, Method::POST, "groups", &new).await.with(403);
    let group =
        served.send(admin, Method::POST, "groups", &new).await.with(201)["group"]["id"].as_i64().expect("a number");
    let taken = served.send(admin, Method::POST, "groups", &new).await.with(422);
    assert_eq!(taken["details"]["name"][0]["error"], "DuplicateValue");
    let joining = json!({ "group_membership": { "user_id": agent.0, "group_id": group } });
    let joined = served.send(admin, Method::POST, "group_memberships", &joining).await.with(201);
    let membership = joined["group_membership"]["id"].as_i64().expect("a number");
    assert_eq!(joined["group_membership"]["default"], false);
    served.send(admin, Method::POST, "group_memberships", &joining).await.with(422);
    let theirs = served.get(agent, &format!("groups/{group}/memberships?include=users")).await.with(200);
    assert_eq!((ids(&theirs, "group_memberships"), ids(&theirs, "users")), (vec![membership], vec![agent.0]));
    assert_eq!(ids(&served.get(agent, &format!("groups/{group}/users")).await.with(200), "users"), [agent.0]);
    let first = format!("users/{agent}/group_memberships/{membership}/make_default");
    let all = served.send(admin, Method::PUT, &first, &json!({})).await.with(200);
    assert_eq!(
        (all["group_memberships"][0]["group_id"].as_i64(), &all["group_memberships"][0]["default"]),
        (Some(group), &json!(true))
    );
    // A group that somebody is in is kept.
    served.send(admin, Method::DELETE, &format!("groups/{group}"), &json!({})).await.with(422);
    served.send(admin, Method::DELETE, &format!("group_memberships/{membership}"), &json!({})).await.with(204);
    served.get(agent, &format!("group_memberships/{membership}")).await.with(404);
    served.send(admin, Method::PUT, &format!("groups/{group}"), &json!({ "group": { "name": "Day" } })).await.with(200);
    served.send(admin, Method::DELETE, &format!("groups/{group}"), &json!({})).await.with(204);
    served.get(agent, &format!("groups/{group}")).await.with(404);
}

/// An agent of one organization finds its people and the team, and nobody else, whichever way they ask.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn a_restricted_agent_finds_whom_they_may() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let change = PersonChange {
        restriction: Some(Restriction::Organization),
        organization: Some(Some(guichet::domain::act::OrganizationRef::Id(town.station))),
        ..PersonChange::default()
    };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    let lina = town.other_agent;
    let known = [town.admin.0, town.agent.0, lina.0, town.ana.0, town.ben.0];
    let all = served.get(lina, "users").await.with(200);
    assert_eq!((ids(&all, "users"), all["count"].as_i64()), (known.to_vec(), Some(5)));
    assert_eq!(
        served.get(lina, &format!("users/{}", town.cleo)).await.with(404),
        served.get(lina, "users/4711").await.with(404)
    );
    for path in
        ["users/search?query=cleo", "users/autocomplete?name=cleo", &format!("users/show_many?ids={}", town.cleo)]
    {
        assert_eq!(ids(&served.get(lina, path).await.with(200), "users"), [0_i64; 0], "{path}");
    }
    assert_eq!(served.get(lina, "users/count").await.with(200)["count"]["value"], 5);
    assert_eq!(ids(&served.get(lina, "organizations").await.with(200), "organizations"), [town.station.0]);
    served.get(lina, "organizations/2").await.with(404);
    let all = served.get(lina, "organization_memberships").await.with(200);
    assert!(!ids(&all, "organization_memberships").contains(&town.cleo.0));
}
