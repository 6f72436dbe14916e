//! Organizations that go, and many who come to belong somewhere or leave, over HTTP.

use crate::support::served::{Answer, Served};
use crate::support::town::{Ground, Town};
use guichet::client::{Error, PeopleAsk};
use guichet::domain::act::{Deed, OrganizationRef};
use guichet::domain::id::{OrganizationId, PersonId};
use guichet::domain::refusal::Refusal;
use guichet::server::Limits;
use reqwest::Method;
use serde_json::{Value, json};

async fn belongs(town: &Town, who: PersonId) -> Option<OrganizationId> {
    town.as_(town.admin).people(PeopleAsk::Ids(vec![who])).await.expect("people").rows[0].organization
}

async fn deletes(served: &Served, who: PersonId, path: &str) -> Answer {
    Answer::of(served.ask(who, Method::DELETE, path).await.send().await.expect("an answer")).await
}

/// An organization that is deleted is nobody's any more, and its name is free; its tickets keep what they say of it, and
/// nobody sees them by it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organization_goes_and_its_people_belong_nowhere() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let served = Served::of(Town::on(ground).await, &Limits::default()).await;
        let town = &served.town;
        let id = town.ticket(town.ana, "Printer", "It jams").await;
        let path = format!("organizations/{}", town.station);
        for who in [town.agent, town.ana] {
            deletes(&served, who, &path).await.with(403);
            let refused = town.tries(who, Deed::DeleteOrganization { organization: town.station }).await;
            assert!(matches!(refused, Err(Error::Refused(Refusal::Role { .. }))), "{refused:?}");
        }
        assert_eq!(belongs(town, town.ana).await, Some(town.station));
        deletes(&served, town.admin, &path).await.with(204);
        for who in [town.ana, town.ben] {
            assert_eq!(belongs(town, who).await, None);
        }
        deletes(&served, town.admin, &path).await.with(404);
        served.get(town.admin, &path).await.with(404);
        let listed = served.get(town.admin, "organizations").await.with(200);
        let left = listed["organizations"].as_array().expect("organizations");
        assert!(left.iter().all(|one| one["id"] != json!(town.station.0)));
        assert_eq!(listed["count"], json!(left.len()));
        let gone = town.as_(town.admin).organization(OrganizationRef::Name("Gare du Nord".to_owned())).await;
        assert!(matches!(gone, Err(Error::Refused(Refusal::NotFound(_)) | Error::NotFound)), "{gone:?}");
        // Who read along by it does no more; who asked still does.
        assert!(town.as_(town.ben).request(id, 0).await.is_err());
        let ticket = town.as_(town.agent).ticket(id, 0).await.expect("the ticket").item;
        assert_eq!((ticket.organization, ticket.requester), (Some(town.station), town.ana));
        let next = town.ticket(town.ana, "Scanner", "It is slow").await;
        assert_eq!(town.as_(town.ana).request(next, 0).await.expect("theirs").item.organization, None);
        // Somebody new of its mail domain does not belong there, and its name is free.
        let new = json!({ "user": { "name": "Nora", "email": "nora@gare.example" } });
        let nora = served.send(town.agent, Method::POST, "users", &new).await.with(201);
        assert_ne!(nora["user"]["organization_id"], json!(town.station.0));
        let again = json!({ "organization": { "name": "Gare du Nord" } });
        served.send(town.admin, Method::POST, "organizations", &again).await.with(201);
        town.verified().await;
        town.store.close().await;
    }
}

/// What a rule, view or macro names stays (as a group does), and that is said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organization_that_a_view_names_stays() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let view = json!({ "view": { "title": "Station", "all": [
        { "field": "status", "operator": "less_than", "value": "solved" },
        { "field": "organization_id", "operator": "is", "value": town.station.0.to_string() } ] } });
    served.send(town.admin, Method::POST, "views", &view).await.with(201);
    deletes(&served, town.admin, &format!("organizations/{}", town.station)).await.with(422);
    assert_eq!(belongs(town, town.ana).await, Some(town.station));
}

async fn job(served: &Served, method: Method, path: &str, body: Option<&Value>) -> Vec<Value> {
    let asked = served.ask(served.town.admin, method, path).await;
    let asked = body
        .map_or_else(|| asked.try_clone().expect("no stream"), |body| asked.try_clone().expect("no stream").json(body));
    let done = Answer::of(asked.send().await.expect("an answer")).await.with(200);
    assert_eq!(done["job_status"]["status"], "completed", "{done}");
    done["job_status"]["results"].as_array().expect("results").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_come_to_belong_somewhere_and_leave_by_one_job() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let new = json!({ "organizations": [{ "name": "Dock" }, { "name": "Yard" }] });
    let made = job(&served, Method::POST, "organizations/create_many", Some(&new)).await;
    let numbers: Vec<i64> = made.iter().map(|row| row["id"].as_i64().expect("a number")).collect();
    let nora = town.person("Nora", "nora@new.example", guichet::domain::person::Role::EndUser, None).await;
    let join = json!({ "organization_memberships": [
        { "user_id": nora.0, "organization_id": numbers[0] }, { "user_id": town.ana.0, "organization_id": numbers[0] } ] });
    let rows = job(&served, Method::POST, "organization_memberships/create_many", Some(&join)).await;
    assert_eq!((&rows[0]["success"], &rows[1]["success"]), (&json!(true), &json!(false)), "{rows:?}");
    assert_eq!(belongs(town, nora).await, Some(OrganizationId(numbers[0])));
    let path = format!("organization_memberships/destroy_many?ids={nora},999999");
    let rows = job(&served, Method::DELETE, &path, None).await;
    assert_eq!((&rows[0]["success"], &rows[1]["success"]), (&json!(true), &json!(false)), "{rows:?}");
    assert_eq!(belongs(town, nora).await, None);
    let path = format!("organizations/destroy_many?ids={},{}", numbers[0], numbers[1]);
    let rows = job(&served, Method::DELETE, &path, None).await;
    assert!(rows.iter().all(|row| row["success"] == true), "{rows:?}");
    let group = json!({ "group": { "name": "Night" } });
    let night = served.send(town.admin, Method::POST, "groups", &group).await.with(201)["group"]["id"].clone();
    let join = json!({ "group_memberships": [{ "user_id": town.agent.0, "group_id": night }] });
    let rows = job(&served, Method::POST, "group_memberships/create_many", Some(&join)).await;
    let membership = rows[0]["id"].as_i64().expect("a number");
    served.get(town.admin, &format!("group_memberships/{membership}")).await.with(200);
    let rows = job(&served, Method::DELETE, &format!("group_memberships/destroy_many?ids={membership}"), None).await;
    assert_eq!(rows[0]["success"], true, "{rows:?}");
    served.get(town.admin, &format!("group_memberships/{membership}")).await.with(404);
    // The list of jobs goes both ways.
    let newest = served.get(town.admin, "job_statuses?page[size]=2").await.with(200);
    let names = |page: &Value| {
        page["job_statuses"].as_array().expect("jobs").iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
    };
    let after = newest["meta"]["after_cursor"].as_str().expect("a place");
    let next = served.get(town.admin, &format!("job_statuses?page[size]=2&page[after]={after}")).await.with(200);
    let before = next["meta"]["before_cursor"].as_str().expect("a place");
    let back = served.get(town.admin, &format!("job_statuses?page[size]=2&page[before]={before}")).await.with(200);
    assert_eq!((names(&back), &back["meta"]["has_more"]), (names(&newest), &json!(false)));
    let all = served.get(town.admin, "job_statuses").await.with(200);
    assert_eq!(names(&all).len(), 6);
}

/// Requests of somebody are told to the team, as those have them: nothing private, and nothing of others' tickets.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_team_is_told_somebodys_requests() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let open = town.ticket(town.ana, "Printer", "It jams").await;
    let hidden = json!({ "ticket": { "subject": "About Ana", "requester_id": town.ana.0,
        "comment": { "body": "Between us", "public": false } } });
    served.send(town.agent, Method::POST, "tickets", &hidden).await.with(201);
    town.note(open, "She is angry").await;
    let path = format!("users/{}/requests", town.ana);
    for path in [path.clone(), format!("{path}?page[size]=5"), format!("{path}?status=new,open")] {
        let found = served.get(town.agent, &path).await.with(200);
        let rows = found["requests"].as_array().expect("requests");
        assert_eq!((rows.len(), &rows[0]["id"], &rows[0]["description"]), (1, &json!(open.0), &json!("It jams")));
        assert!(!found.to_string().contains("angry") && !found.to_string().contains("Between us"));
    }
    assert_eq!(served.get(town.ana, &path).await.with(200)["requests"].as_array().expect("theirs").len(), 1);
    served.get(town.ben, &path).await.with(403);
    served.get(town.agent, "users/4711/requests").await.with(404);
}
