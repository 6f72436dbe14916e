//! Problems, incidents, ratings and metrics over HTTP.

use crate::support::served::{Answer, Served};
use crate::support::town::Town;
use guichet::domain::act::{Change, Deed, PersonChange, Setting};
use guichet::domain::case::TicketType;
use guichet::domain::id::TicketId;
use guichet::domain::person::Restriction;
use guichet::domain::status::Status;
use reqwest::Method;
use serde_json::{Value, json};

fn ids(body: &Value, key: &str) -> Vec<i64> {
    body[key].as_array().expect(key).iter().map(|one| one["id"].as_i64().expect("a number")).collect()
}

fn typed(one: TicketType) -> Change {
    Change { ticket_type: Some(Some(one)), ..Change::default() }
}

async fn a_problem_with_two_incidents(town: &Town) -> (TicketId, [TicketId; 2]) {
    let problem = town.ticket(town.ana, "The network is down", "Nothing works.").await;
    town.change(problem, typed(TicketType::Problem)).await;
    let first = town.ticket(town.ana, "No mail", "Since nine.").await;
    let second = town.ticket(town.cleo, "No printer", "Since ten.").await;
    for incident in [first, second] {
        town.change(incident, Change { problem: Some(Some(problem)), ..typed(TicketType::Incident) }).await;
    }
    (problem, [first, second])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn problems_tell_of_their_incidents() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let (problem, [first, second]) = a_problem_with_two_incidents(town).await;
    let other = town.ticket(town.ana, "Quiet", "x").await;
    town.change(other, typed(TicketType::Problem)).await;
    let agent = town.agent;
    let incidents = served.get(agent, &format!("tickets/{problem}/incidents")).await.with(200);
    assert_eq!((ids(&incidents, "tickets"), &incidents["count"]), (vec![first.0, second.0], &json!(2)));
    let page = served.get(agent, &format!("tickets/{problem}/incidents?page[size]=1")).await.with(200);
    assert_eq!((ids(&page, "tickets"), &page["meta"]["has_more"]), (vec![first.0], &json!(true)));
    served.get(agent, "tickets/4711/incidents").await.with(404);
    let related = served.get(agent, &format!("tickets/{problem}/related")).await.with(200);
    assert_eq!(related["incidents"], 2);
    let problems = served.get(agent, "problems.json").await.with(200);
    let has: Vec<_> =
        problems["tickets"].as_array().expect("tickets").iter().map(|one| &one["has_incidents"]).collect();
    assert_eq!((ids(&problems, "tickets"), has), (vec![other.0, problem.0], vec![&json!(false), &json!(true)]));
    assert_eq!(served.get(agent, &format!("tickets/{problem}")).await.with(200)["ticket"]["has_incidents"], true);
    let named =
        async |path: &str, body: Value| ids(&served.send(agent, Method::POST, path, &body).await.with(200), "tickets");
    assert_eq!(named("problems/autocomplete", json!({ "text": "netw" })).await, [problem.0]);
    assert_eq!(named("problems/autocomplete?text=quiet", json!({})).await, [other.0]);
    assert_eq!(named("problems/autocomplete", json!({ "text": "mail \" -x" })).await, Vec::<i64>::new());
    // Who works with some tickets counts no others.
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    let mine = Change { assignee: Some(Some(town.other_agent)), ..Change::default() };
    town.change(problem, mine).await;
    let bound = town.other_agent;
    assert_eq!(served.get(bound, &format!("tickets/{problem}/related")).await.with(200)["incidents"], 0);
    assert_eq!(served.get(bound, &format!("tickets/{problem}")).await.with(200)["ticket"]["has_incidents"], false);
    served.get(bound, &format!("tickets/{other}/incidents")).await.with(404);
    for path in ["problems".to_owned(), format!("tickets/{problem}/incidents")] {
        served.get(town.ana, &path).await.with(403);
        Answer::of(served.nobody(Method::GET, &path).send().await.expect("an answer")).await.with(401);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_requester_says_what_they_thought() {
    let served = Served::sqlite().await;
    let town = &served.town;
    town.does(town.admin, Deed::Set(Setting::Ratings(true))).await;
    let id = town.ticket(town.ana, "Printer", "It jams").await;
    let path = format!("tickets/{id}/satisfaction_rating.json");
    let rated = |score: &str| json!({ "satisfaction_rating": { "score": score, "comment": "Quick <b>work</b>" } });
    served.send(town.ana, Method::POST, &path, &rated("good")).await.with(422);
    town.change(id, Change { assignee: Some(Some(town.agent)), ..Change::status(Status::Solved) }).await;
    served.send(town.ana, Method::POST, &path, &rated("offered")).await.with(422);
    served.send(town.ana, Method::POST, &path, &json!({})).await.with(400);
    served.send(town.ben, Method::POST, &path, &rated("bad")).await.with(422);
    served.send(town.agent, Method::POST, &path, &rated("good")).await.with(422);
    served.send(town.cleo, Method::POST, &path, &rated("good")).await.with(404);
    let once = async |score: &str| {
        let ask = served.ask(town.ana, Method::POST, &path).await.header("Idempotency-Key", "r1").json(&rated(score));
        Answer::of(ask.send().await.expect("an answer")).await
    };
    let (first, again) = (once("good").await, once("good").await);
    assert_eq!(
        (&first.headers["x-idempotency-lookup"], &again.headers["x-idempotency-lookup"]),
        (&"miss".parse().expect("a value"), &"hit".parse().expect("a value"))
    );
    let rating = first.with(200)["satisfaction_rating"].clone();
    assert_eq!(again.with(200)["satisfaction_rating"], rating);
    for (name, value) in [
        ("score", json!("good")),
        ("comment", json!("Quick <b>work</b>")),
        ("ticket_id", json!(id.0)),
        ("requester_id", json!(town.ana.0)),
        ("assignee_id", json!(town.agent.0)),
    ] {
        assert_eq!(rating[name], value, "{name}");
    }
    assert_eq!(once("bad").await.with(400)["error"], "IdempotencyKeyReused");
    let listed = served.get(town.admin, "satisfaction_ratings").await.with(200);
    assert_eq!((&listed["satisfaction_ratings"][0], &listed["count"]), (&rating, &json!(1)));
    let shown = served.get(town.agent, &format!("satisfaction_ratings/{}", rating["id"])).await.with(200);
    assert_eq!(shown["satisfaction_rating"], rating);
    for (score, count) in [
        ("good", 1),
        ("received", 1),
        ("received_with_comment", 1),
        ("good_without_comment", 0),
        ("bad", 0),
        ("offered", 0),
        ("unoffered", 0),
    ] {
        let body = served.get(town.admin, &format!("satisfaction_ratings?score={score}")).await.with(200);
        assert_eq!(ids(&body, "satisfaction_ratings").len(), count, "{score}");
        let body = served.get(town.admin, &format!("satisfaction_ratings/count?score={score}")).await.with(200);
        assert_eq!(body["count"]["value"], count, "{score}");
    }
    let now = town.now().0 / 1000;
    for (query, count) in
        [(format!("start_time={}", now + 60), 0), (format!("start_time={}&end_time={now}", now - 60), 1)]
    {
        let body = served.get(town.admin, &format!("satisfaction_ratings?{query}")).await.with(200);
        assert_eq!(ids(&body, "satisfaction_ratings").len(), count, "{query}");
    }
    served.get(town.admin, "satisfaction_ratings?score=best").await.with(400);
    served.get(town.admin, "satisfaction_ratings/4711").await.with(404);
    for path in ["satisfaction_ratings", "satisfaction_ratings/count", "satisfaction_ratings/1"] {
        served.get(town.ana, path).await.with(403);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_long_a_ticket_took_is_told_to_agents() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "It jams").await;
    town.wait(guichet::domain::time::Span::minutes(30));
    town.reply(town.agent, id, "On it").await;
    let other = town.ticket(town.cleo, "Scanner", "x").await;
    let metric = served.get(town.agent, &format!("tickets/{id}/metrics.json")).await.with(200)["ticket_metric"].clone();
    assert_eq!((&metric["ticket_id"], &metric["replies"]), (&json!(id.0), &json!(1)));
    assert_eq!(metric["reply_time_in_minutes"]["calendar"], 30);
    let by_number = served.get(town.agent, &format!("ticket_metrics/{}", metric["id"])).await.with(200);
    assert_eq!(by_number["ticket_metric"], metric);
    let listed = served.get(town.agent, "ticket_metrics?page[size]=1").await.with(200);
    assert_eq!((ids(&listed, "ticket_metrics"), &listed["meta"]["has_more"]), (vec![other.0], &json!(true)));
    let listed = served.get(town.agent, "ticket_metrics").await.with(200);
    assert_eq!((ids(&listed, "ticket_metrics"), &listed["count"]), (vec![other.0, id.0], &json!(2)));
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    served.get(town.other_agent, &format!("tickets/{id}/metrics")).await.with(404);
    served.get(town.other_agent, &format!("ticket_metrics/{id}")).await.with(404);
    assert_eq!(
        ids(&served.get(town.other_agent, "ticket_metrics").await.with(200), "ticket_metrics"),
        Vec::<i64>::new()
    );
    for path in ["ticket_metrics".to_owned(), format!("tickets/{id}/metrics")] {
        served.get(town.ana, &path).await.with(403);
    }
}
