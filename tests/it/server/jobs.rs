//! Work of many rows over HTTP: begun, done once whatever happens in between, and asked for.

use crate::support::served::{Answer, Served};
use crate::support::town::Town;
use guichet::client::{Key, ListAsk, Source};
use guichet::domain::act::{Change, Deed, NewTicket, PersonChange};
use guichet::domain::comment::NewComment;
use guichet::domain::id::PersonId;
use guichet::domain::person::Restriction;
use guichet::domain::status::Status;
use guichet::domain::time::Span;
use guichet::server::Limits;
use reqwest::Method;
use serde_json::{Value, json};

async fn with_rows(job_rows: usize) -> Served {
    Served::of(Town::sqlite().await, &Limits { job_rows, ..Limits::default() }).await
}

async fn does(served: &Served, who: PersonId, method: Method, path: &str) -> Value {
    Answer::of(served.ask(who, method, path).await.send().await.expect("an answer")).await.with(200)["job_status"]
        .clone()
}

fn tickets(count: usize) -> Value {
    let one = |n: usize| json!({ "subject": format!("T{n}"), "comment": { "body": "x" } });
    json!({ "tickets": (0..count).map(one).collect::<Vec<_>>() })
}

async fn subjects(served: &Served) -> Vec<String> {
    let found = served.town.as_(served.town.admin).tickets(ListAsk::first(Source::Search(String::new()))).await;
    let mut all: Vec<String> = found.expect("tickets").rows.into_iter().map(|ticket| ticket.subject).collect();
    all.sort();
    all
}

async fn begun(served: &Served, who: PersonId, path: &str, body: &Value) -> Value {
    served.send(who, Method::POST, path, body).await.with(200)["job_status"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tickets_are_made_by_one_job() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut sent = tickets(2);
    sent["tickets"]
        .as_array_mut()
        .expect("rows")
        .push(json!({ "comment": { "body": "x" }, "assignee_id": town.ana.0 }));
    let job = begun(&served, town.agent, "tickets/create_many.json", &sent).await;
    let id = job["id"].as_str().expect("a name");
    assert!(id.starts_with("V3-") && id.len() == 35, "{id}");
    assert_eq!(
        (&job["status"], &job["total"], &job["progress"], &job["url"]),
        (&json!("completed"), &json!(3), &json!(3), &json!(format!("{}/api/v2/job_statuses/{id}.json", served.base)))
    );
    assert!(job["message"].as_str().is_some_and(|text| text.starts_with("Completed at 2026-")));
    let rows = job["results"].as_array().expect("results");
    let made = rows[1]["id"].as_i64().expect("a number");
    assert_eq!((&rows[0]["index"], &rows[1]["index"]), (&json!(0), &json!(1)));
    assert_eq!((&rows[2]["index"], &rows[2]["error"], &rows[2]["id"]), (&json!(2), &json!("RecordInvalid"), &json!(0)));
    assert!(rows[2]["details"].as_str().is_some_and(|text| !text.is_empty()));
    let shown = served.get(town.agent, &format!("tickets/{made}")).await.with(200);
    assert_eq!((&shown["ticket"]["subject"], &shown["ticket"]["submitter_id"]), (&json!("T1"), &json!(town.agent.0)));
    // It is read back by whoever began it and by admins; for others there is none.
    for who in [town.agent, town.admin] {
        assert_eq!(served.get(who, &format!("job_statuses/{id}.json")).await.with(200)["job_status"], job);
        let many = served.get(who, &format!("job_statuses/show_many?ids={id},V3-none")).await.with(200);
        assert_eq!(many["job_statuses"], json!([job]));
        assert_eq!(served.get(who, "job_statuses").await.with(200)["job_statuses"], json!([job]));
    }
    served.get(town.other_agent, &format!("job_statuses/{id}")).await.with(404);
    let others = served.get(town.other_agent, &format!("job_statuses/show_many?ids={id}")).await.with(200);
    assert_eq!(others["job_statuses"], json!([]));
    assert_eq!(served.get(town.other_agent, "job_statuses").await.with(200)["job_statuses"], json!([]));
    for path in [format!("job_statuses/{id}"), "job_statuses".to_owned(), format!("job_statuses/show_many?ids={id}")] {
        served.get(town.ana, &path).await.with(403);
        Answer::of(served.nobody(Method::GET, &path).send().await.expect("an answer")).await.with(401);
    }
    served.send(town.ana, Method::POST, "tickets/create_many", &tickets(1)).await.with(403);
    assert_eq!(subjects(&served).await, ["T0", "T1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_sent_twice_under_one_name_is_one() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let send = async |who: PersonId, count: usize| {
        let ask = served.ask(who, Method::POST, "tickets/create_many").await.header("Idempotency-Key", "k");
        Answer::of(ask.json(&tickets(count)).send().await.expect("an answer")).await
    };
    let (first, second) = (send(town.agent, 2).await, send(town.agent, 2).await);
    assert_eq!(first.headers["x-idempotency-lookup"], "miss");
    assert_eq!(second.headers["x-idempotency-lookup"], "hit");
    assert_eq!(first.with(200), second.with(200));
    assert_eq!(send(town.agent, 3).await.with(400)["error"], "IdempotencyKeyReused");
    assert_eq!(subjects(&served).await, ["T0", "T1"]);
    // Names are each person's own.
    assert_eq!(send(town.other_agent, 1).await.headers["x-idempotency-lookup"], "miss");
    assert_eq!(subjects(&served).await, ["T0", "T0", "T1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_somebody_died_over_is_gone_on_with_and_does_nothing_twice() {
    let served = with_rows(2).await;
    let town = &served.town;
    let job = begun(&served, town.agent, "tickets/create_many", &tickets(6)).await;
    assert_eq!((&job["status"], &job["progress"]), (&json!("working"), &json!(2)));
    assert_eq!(subjects(&served).await, ["T0", "T1"]);
    let id = job["id"].as_str().expect("a name");
    // The third was made; that it was, nobody could write down any more.
    let new = Box::new(NewTicket::new("T2", NewComment::public("x")));
    let key = Key(format!("job:{id}:2:make"));
    let made =
        town.as_(town.agent).act(key, Deed::CreateTicket(new)).await.expect("made").outcome.ticket.expect("a ticket");
    // Whoever serves it takes it up, several at once too.
    let (one, other) = tokio::join!(served.app.work(), served.app.work());
    assert_eq!(one.expect("rows") + other.expect("rows"), 4);
    let job = served.get(town.agent, &format!("job_statuses/{id}")).await.with(200)["job_status"].clone();
    assert_eq!((&job["status"], &job["progress"]), (&json!("completed"), &json!(6)));
    assert_eq!(job["results"][2]["id"], made.0);
    assert_eq!(subjects(&served).await, ["T0", "T1", "T2", "T3", "T4", "T5"]);
    assert_eq!(served.app.work().await.expect("rows"), 0);
    // After a day nobody remembers it.
    town.wait(Span::days(2));
    begun(&served, town.agent, "tickets/create_many", &tickets(1)).await;
    served.get(town.agent, &format!("job_statuses/{id}")).await.with(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_servers_share_the_jobs_of_one_postgresql() {
    let served = Served::of(Town::pg().await, &Limits { job_rows: 1, ..Limits::default() }).await;
    let town = &served.town;
    for _ in 0..4 {
        begun(&served, town.agent, "tickets/create_many", &tickets(3)).await;
    }
    let (one, two, three) = tokio::join!(served.app.work(), served.app.work(), served.app.work());
    assert_eq!(one.expect("rows") + two.expect("rows") + three.expect("rows"), 8);
    assert_eq!(subjects(&served).await.len(), 12);
    let listed = served.get(town.admin, "job_statuses").await.with(200);
    let listed = listed["job_statuses"].as_array().expect("jobs");
    assert!(listed.len() == 4 && listed.iter().all(|job| job["status"] == "completed" && job["progress"] == 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_has_a_job_while_somebody_is_at_it() {
    for town in [Town::sqlite().await, Town::pg().await] {
        let served = Served::of(town, &Limits { job_rows: 0, ..Limits::default() }).await;
        let town = &served.town;
        let job = begun(&served, town.agent, "tickets/create_many", &tickets(1)).await;
        assert_eq!((&job["status"], &job["progress"], &job["results"]), (&json!("queued"), &Value::Null, &Value::Null));
        let jobs = guichet::client::door::Door::of(town.store.clone(), town.clock()).jobs();
        let mut taken = jobs.take(None).await.expect("taken").expect("a job");
        assert!(!jobs.wait().await.expect("told"));
        assert_eq!(served.app.work().await.expect("rows"), 0);
        // Who says in time that they are at it keeps it.
        for _ in 0..4 {
            assert!(!jobs.is_to_be_kept(&taken));
            town.wait(Span(20_000));
            assert!(jobs.is_to_be_kept(&taken) && jobs.keep(&mut taken).await.expect("told"));
            assert_eq!(served.app.work().await.expect("rows"), 0);
        }
        // Who has it is killed: within a minute it is another's, and what the first still says does not count.
        town.wait(Span(50_000));
        assert_eq!(served.app.work().await.expect("rows"), 1);
        assert!(!jobs.keep(&mut taken).await.expect("told"));
        assert_eq!(subjects(&served).await, ["T0"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_are_bounded() {
    let served = with_rows(0).await;
    let town = &served.town;
    let many = served.send(town.agent, Method::POST, "tickets/create_many", &tickets(101)).await.with(400);
    assert_eq!((&many["error"], &many["max_count"]), (&json!("TooManyValues"), &json!(100)));
    for body in
        [json!({}), json!({ "tickets": [] }), json!({ "tickets": [7] }), json!({ "tickets": [{ "subject": [] }] })]
    {
        served.send(town.agent, Method::POST, "tickets/create_many", &body).await.with(400);
    }
    for _ in 0..30 {
        begun(&served, town.agent, "tickets/create_many", &tickets(1)).await;
    }
    let full = served.send(town.agent, Method::POST, "tickets/create_many", &tickets(1)).await;
    assert!(full.headers.contains_key("retry-after"));
    assert_eq!(full.with(429)["error"], "TooManyJobs");
    let page = served.get(town.agent, "job_statuses?page[size]=20").await.with(200);
    assert_eq!(page["meta"]["has_more"], true);
    let after = page["meta"]["after_cursor"].as_str().expect("a place");
    let rest = served.get(town.agent, &format!("job_statuses?page[size]=20&page[after]={after}")).await.with(200);
    assert_eq!(rest["job_statuses"].as_array().map(Vec::len), Some(10));
    assert_eq!(served.app.work().await.expect("rows"), 30);
    begun(&served, town.agent, "tickets/create_many", &tickets(1)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_shut_out_has_nothing_done_for_them() {
    let served = with_rows(1).await;
    let town = &served.town;
    let job = begun(&served, town.agent, "tickets/create_many", &tickets(3)).await;
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.agent, change }).await;
    served.app.work().await.expect("rows");
    let path = format!("job_statuses/{}", job["id"].as_str().expect("a name"));
    let job = served.get(town.admin, &path).await.with(200)["job_status"].clone();
    assert_eq!((&job["status"], &job["results"][2]["success"]), (&json!("completed"), &json!(false)));
    assert_eq!(subjects(&served).await, ["T0"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tickets_change_in_both_forms() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut all = Vec::new();
    for (n, who) in [town.ana, town.ana, town.cleo].into_iter().enumerate() {
        all.push(town.ticket(who, &format!("T{n}"), "x").await.0);
    }
    let update = async |who, path: String, body: Value| served.send(who, Method::PUT, &path, &body).await;
    let same = json!({ "ticket": { "priority": "high", "additional_tags": ["vip"], "comment": { "body": "All", "public": false } } });
    let job =
        update(town.agent, format!("tickets/update_many.json?ids={},{},4711", all[0], all[1]), same).await.with(200);
    let rows = &job["job_status"]["results"];
    assert_eq!(rows[0], json!({ "index": 0, "id": all[0], "action": "update", "success": true, "status": "Updated" }));
    assert_eq!((&rows[2]["id"], &rows[2]["error"]), (&json!(4711), &json!("RecordNotFound")));
    for id in &all[..2] {
        let ticket =
            served.get(town.agent, &format!("tickets/{id}?include=comment_count")).await.with(200)["ticket"].clone();
        assert_eq!(
            (&ticket["priority"], &ticket["tags"], &ticket["comment_count"]),
            (&json!("high"), &json!(["vip"]), &json!(2))
        );
    }
    let each = json!({ "tickets": [{ "id": all[0], "subject": "A" }, { "id": all[2].to_string(), "status": "pending", "assignee_id": town.agent.0 }] });
    update(town.agent, "tickets/update_many".to_owned(), each).await.with(200);
    assert_eq!(served.get(town.agent, &format!("tickets/{}", all[0])).await.with(200)["ticket"]["subject"], "A");
    assert_eq!(served.get(town.agent, &format!("tickets/{}", all[2])).await.with(200)["ticket"]["status"], "pending");
    for body in [json!({}), json!({ "ticket": {}, "tickets": [] }), json!({ "tickets": [{ "subject": "no number" }] })]
    {
        update(town.agent, format!("tickets/update_many?ids={}", all[0]), body).await.with(400);
    }
    // Who works with some tickets changes no others, and learns of none.
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    let body = json!({ "ticket": { "priority": "low" } });
    let job = update(town.other_agent, format!("tickets/update_many?ids={},4711", all[0]), body).await.with(200);
    let rows = &job["job_status"]["results"];
    assert_eq!((&rows[0]["error"], &rows[0]["details"]), (&rows[1]["error"], &rows[1]["details"]));
    assert_eq!(served.get(town.agent, &format!("tickets/{}", all[0])).await.with(200)["ticket"]["priority"], "high");
    served.send(town.ana, Method::PUT, "tickets/update_many?ids=1", &json!({ "ticket": {} })).await.with(403);
    // An answer with a comment is said once, however often the row is tried.
    let sent = json!({ "ticket": { "comment": { "body": "Once" } } });
    let ask = async || {
        let path = format!("tickets/update_many?ids={}", all[2]);
        let ask = served.ask(town.agent, Method::PUT, &path).await.header("Idempotency-Key", "once").json(&sent);
        Answer::of(ask.send().await.expect("an answer")).await.with(200)
    };
    assert_eq!(ask().await, ask().await);
    assert_eq!(
        served.get(town.agent, &format!("tickets/{}/comments/count", all[2])).await.with(200)["count"]["value"],
        2
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tickets_go_and_some_for_good() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut all = Vec::new();
    for n in 0..3 {
        all.push(town.ticket(town.ana, &format!("T{n}"), "x").await.0);
    }
    let spam = town.ticket(town.cleo, "Buy", "x").await;
    let path = format!("tickets/destroy_many?ids={},{}", all[0], all[1]);
    let refused = does(&served, town.agent, Method::DELETE, &path).await;
    assert_eq!(refused["results"][0]["success"], false);
    assert_eq!(subjects(&served).await.len(), 4);
    let job = does(&served, town.admin, Method::DELETE, &path).await;
    assert_eq!(
        job["results"][1],
        json!({ "index": 1, "id": all[1], "action": "delete", "success": true, "status": "Deleted" })
    );
    does(&served, town.admin, Method::PUT, &format!("tickets/mark_many_as_spam?ids={spam}")).await;
    assert_eq!(subjects(&served).await, ["T2"]);
    assert_eq!(served.get(town.admin, &format!("users/{}", town.cleo)).await.with(200)["user"]["suspended"], true);
    let job = does(&served, town.admin, Method::DELETE, &format!("deleted_tickets/{}", all[0])).await;
    assert_eq!((&job["total"], &job["results"][0]["success"]), (&json!(1), &json!(true)));
    let path = format!("deleted_tickets/destroy_many?ids={},{}", all[1], all[2]);
    let job = does(&served, town.admin, Method::DELETE, &path).await;
    assert_eq!((&job["results"][0]["success"], &job["results"][1]["error"]), (&json!(true), &json!("RecordNotFound")));
    let left = served.get(town.admin, "deleted_tickets").await.with(200);
    assert_eq!(left["deleted_tickets"].as_array().map(Vec::len), Some(1));
    for (method, path) in [
        (Method::DELETE, "tickets/destroy_many?ids=1"),
        (Method::PUT, "tickets/mark_many_as_spam?ids=1"),
        (Method::DELETE, "deleted_tickets/1"),
        (Method::DELETE, "deleted_tickets/destroy_many?ids=1"),
    ] {
        Answer::of(served.ask(town.ana, method.clone(), path).await.send().await.expect("an answer")).await.with(403);
        Answer::of(served.nobody(method, path).send().await.expect("an answer")).await.with(401);
    }
    town.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_are_merged_by_a_job() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let target = town.ticket(town.ana, "Target", "x").await;
    let (one, two) = (town.ticket(town.ana, "One", "x").await, town.ticket(town.ana, "Two", "x").await);
    let sent = json!({ "ids": [one.0, two.0, target.0], "target_comment": "Both are here", "source_comment": "" });
    let job = begun(&served, town.agent, &format!("tickets/{target}/merge.json"), &sent).await;
    assert_eq!((&job["results"][0]["status"], &job["results"][2]["success"]), (&json!("Merged"), &json!(false)));
    for source in [one, two] {
        let ticket = served.get(town.agent, &format!("tickets/{source}")).await.with(200)["ticket"].clone();
        assert_eq!((&ticket["status"], &ticket["merged_into_id"]), (&json!("closed"), &json!(target.0)));
    }
    let said = served.get(town.agent, &format!("tickets/{target}/comments")).await.with(200);
    assert_eq!(
        (&said["comments"][1]["body"], &said["comments"][1]["public"]),
        (&json!("Both are here"), &json!(false))
    );
    served.send(town.agent, Method::POST, "tickets/4711/merge", &sent).await.with(404);
    served.send(town.ana, Method::POST, &format!("tickets/{target}/merge"), &sent).await.with(403);
    let unsolved = Change::status(Status::Pending);
    town.change(target, Change { assignee: Some(Some(town.agent)), ..unsolved }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_people_and_organizations_are_made_and_change() {
    let served = with_rows(1).await;
    let town = &served.town;
    let admin = town.admin;
    let finished = async |job: Value| {
        served.app.work().await.expect("rows");
        let path = format!("job_statuses/{}", job["id"].as_str().expect("a name"));
        served.get(admin, &path).await.with(200)["job_status"]["results"].clone()
    };
    let new = json!({ "users": [{ "name": "Nora", "email": "nora@new.example", "external_id": "n1" },
        { "name": "Olaf", "email": "olaf@new.example" }, { "name": "Twin", "email": "nora@new.example" }] });
    let rows = finished(begun(&served, admin, "users/create_many", &new).await).await;
    let (nora, olaf) = (rows[0]["id"].as_i64().expect("a number"), rows[1]["id"].as_i64().expect("a number"));
    assert_eq!((&rows[1]["status"], &rows[2]["success"]), (&json!("Created"), &json!(false)));
    let change = json!({ "users": [{ "email": "olaf@new.example", "name": "Olaf Olsen" }, { "name": "Pia", "email": "pia@new.example" }] });
    let rows = finished(begun(&served, admin, "users/create_or_update_many", &change).await).await;
    assert_eq!(
        (&rows[0]["id"], &rows[0]["status"], &rows[1]["status"]),
        (&json!(olaf), &json!("Updated"), &json!("Created"))
    );
    let same = json!({ "user": { "phone": "+41 22 000" } });
    let put = async |path: &str, body: &Value| {
        served.send(admin, Method::PUT, path, body).await.with(200)["job_status"].clone()
    };
    finished(put("users/update_many?external_ids=n1,none", &same).await).await;
    finished(put("users/update_many", &json!({ "users": [{ "id": olaf, "phone": "+1" }] })).await).await;
    let phone = async |id: i64| served.get(admin, &format!("users/{id}")).await.with(200)["user"]["phone"].clone();
    assert_eq!((phone(nora).await, phone(olaf).await), (json!("+41 22 000"), json!("+1")));
    let path = format!("users/destroy_many?ids={olaf},{}", admin.0);
    let rows = finished(does(&served, admin, Method::DELETE, &path).await).await;
    assert_eq!((&rows[0]["success"], &rows[1]["success"]), (&json!(true), &json!(false)));

    let new = json!({ "organizations": [{ "name": "Dock" }, { "name": "Mill" }, { "name": "Dock" }] });
    let rows = finished(begun(&served, admin, "organizations/create_many", &new).await).await;
    assert_eq!((&rows[1]["status"], &rows[2]["success"]), (&json!("Created"), &json!(false)));
    let mill = rows[1]["id"].as_i64().expect("a number");
    let rows = finished(
        put(
            &format!("organizations/update_many?ids={mill},4711"),
            &json!({ "organization": { "domain_names": ["mill.example"] } }),
        )
        .await,
    )
    .await;
    assert_eq!((&rows[0]["success"], &rows[1]["error"]), (&json!(true), &json!("RecordNotFound")));
    finished(put("organizations/update_many", &json!({ "organizations": [{ "id": mill, "name": "Old mill" }] })).await)
        .await;
    let shown = served.get(admin, &format!("organizations/{mill}")).await.with(200)["organization"].clone();
    assert_eq!((&shown["name"], &shown["domain_names"]), (&json!("Old mill"), &json!(["mill.example"])));
    for path in ["users/create_many", "users/create_or_update_many", "organizations/create_many"] {
        let body = json!({ "users": [{ "name": "X" }], "organizations": [{ "name": "X" }] });
        served.send(town.ana, Method::POST, path, &body).await.with(403);
    }
}
