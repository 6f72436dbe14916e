//! One search for everything.

use crate::support::served::Served;
use serde_json::{Value, json};

fn found(body: &Value) -> Vec<(String, i64)> {
    let rows = body["results"].as_array().expect("results").iter();
    rows.map(|one| (one["result_type"].as_str().expect("a type").to_owned(), one["id"].as_i64().expect("a number")))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_people_organizations_and_groups_are_found() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let lamp = town.ticket(town.ana, "Lamp of Ana", "It is dark").await.0;
    let lock = town.ticket(town.cleo, "Lock", "Ask Ana").await.0;
    let agent = town.agent;
    let ask = async |path: &str| served.get(agent, path).await.with(200);
    let all = ask("search.json?query=ana").await;
    let some = found(&all);
    assert!(some.contains(&("user".to_owned(), town.ana.0)), "{some:?}");
    assert!(some.contains(&("ticket".to_owned(), lamp)) && some.contains(&("ticket".to_owned(), lock)), "{some:?}");
    assert_eq!((&all["count"], &all["facets"], &all["next_page"]), (&json!(3), &Value::Null, &Value::Null));
    let newest = ask("search?query=type:ticket%20ana&sort_by=created_at&sort_order=asc&per_page=1").await;
    assert_eq!(found(&newest), [("ticket".to_owned(), lamp)]);
    assert!(newest["next_page"].as_str().is_some_and(|next| next.contains("page=2")));
    let second = ask("search?query=type:ticket%20ana&sort_by=created_at&sort_order=asc&per_page=1&page=2").await;
    assert_eq!((found(&second), &second["next_page"]), (vec![("ticket".to_owned(), lock)], &Value::Null));
    assert_eq!(found(&ask("search?query=type:user%20role:agent%20marc").await), [("user".to_owned(), town.agent.0)]);
    assert_eq!(
        found(&ask("search?query=type:organization%20gare").await),
        [("organization".to_owned(), town.station.0)]
    );
    assert_eq!(found(&ask("search?query=type:group").await)[0].0, "group");
    assert_eq!(found(&ask("search?query=requester:cleo@pay.example").await), [("ticket".to_owned(), lock)]);
    assert_eq!(ask("search/count?query=ana").await, json!({ "count": 3 }));
    assert_eq!(served.get(agent, "search?query=ana&page=11").await.with(422)["error"], "invalid");
    served.get(agent, "search?query=ana&page[size]=1").await.with(400);
    served.get(agent, "search").await.with(400);
    served.get(agent, "search?query=status:done").await.with(422);
    let first = ask("search/export?query=ana&filter[type]=ticket&page[size]=1").await;
    assert_eq!(
        (found(&first), &first["links"]["prev"], first.get("count")),
        (vec![("ticket".to_owned(), lock)], &Value::Null, None)
    );
    let after = first["meta"]["after_cursor"].as_str().expect("a place");
    let next = ask(&format!("search/export?query=ana&filter[type]=ticket&page[size]=1&page[after]={after}")).await;
    assert_eq!((found(&next), &next["meta"]["has_more"]), (vec![("ticket".to_owned(), lamp)], &json!(false)));
    assert_eq!(found(&ask("search/export?query=ana&filter[type]=user").await), [("user".to_owned(), town.ana.0)]);
    served.get(agent, "search/export?query=ana&filter[type]=article").await.with(400);
    for path in ["search?query=a", "search/count?query=a", "search/export?query=a&filter[type]=ticket"] {
        served.get(town.ana, path).await.with(403);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changed_is_exported_once_it_has_settled() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut all = Vec::new();
    for n in 0..3 {
        all.push(town.ticket(town.ana, &format!("T{n}"), "x").await.0);
        town.wait(guichet::domain::time::Span::minutes(1));
    }
    let start = crate::support::town::NOW.0 / 1000;
    let ids = |body: &Value| -> Vec<i64> {
        body["tickets"].as_array().expect("tickets").iter().map(|one| one["id"].as_i64().expect("a number")).collect()
    };
    let ask = async |path: String| served.get(town.admin, &path).await.with(200);
    let first = ask(format!("incremental/tickets/cursor.json?start_time={start}&per_page=1")).await;
    assert_eq!(
        (ids(&first), &first["end_of_stream"], &first["before_url"]),
        (all[..1].to_vec(), &json!(false), &Value::Null)
    );
    let next =
        ask(format!("incremental/tickets/cursor?cursor={}", first["after_cursor"].as_str().expect("a place"))).await;
    // The last one is younger than a minute, just.
    assert_eq!((ids(&next), &next["end_of_stream"]), (all[1..2].to_vec(), &json!(true)));
    town.wait(guichet::domain::time::Span::minutes(2));
    let rest =
        ask(format!("incremental/tickets/cursor?cursor={}", next["after_cursor"].as_str().expect("a place"))).await;
    assert_eq!(ids(&rest), all[2..]);
    let timed = ask(format!("incremental/tickets.json?start_time={start}")).await;
    assert_eq!((ids(&timed), &timed["count"], &timed["end_of_stream"]), (all.clone(), &json!(3), &json!(true)));
    assert_eq!(timed["end_time"], start + 120);
    assert!(timed["next_page"].as_str().is_some_and(|next| next.ends_with(&format!("start_time={}", start + 120))));
    served.get(town.admin, "incremental/tickets").await.with(400);
    served.get(town.admin, "incremental/tickets?start_time=99999999999").await.with(422);
    served.get(town.agent, &format!("incremental/tickets?start_time={start}")).await.with(403);
    served.get(town.ana, &format!("incremental/tickets/cursor?start_time={start}")).await.with(403);
}
