//! Settings, languages, labels and suspended mails over HTTP.

use crate::support::served::{Answer, Served};
use guichet::store::Suspending;
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_are_told_to_agents_and_chosen_by_admins() {
    let served = Served::sqlite().await;
    let (agent, admin) = (served.town.agent, served.town.admin);
    let now = served.get(agent, "account/settings").await.with(200);
    assert_eq!(now["settings"]["limits"]["attachment_size"], 50 * 1024 * 1024);
    assert_eq!(now["settings"]["tickets"]["is_first_comment_private_enabled"], true);
    let wanted = json!({ "settings": { "tickets": { "is_first_comment_private_enabled": false, "agent_collision": false },
        "localization": { "time_zone": "Europe/Paris" } } });
    served.send(agent, Method::PUT, "account/settings", &wanted).await.with(403);
    let after = served.send(admin, Method::PUT, "account/settings", &wanted).await.with(200);
    assert_eq!(after["settings"]["tickets"]["is_first_comment_private_enabled"], false);
    assert_eq!(after["settings"]["localization"]["time_zone"], "Europe/Paris");
    let bad = json!({ "settings": { "limits": { "attachment_size": "much" } } });
    served.send(admin, Method::PUT, "account/settings", &bad).await.with(400);
    for path in [
        "account/settings",
        "sharing_agreements",
        "tags",
        "tags/count",
        "autocomplete/tags?name=pr",
        "suspended_tickets",
        "suspended_tickets/1",
    ] {
        served.get(served.town.ana, path).await.with(403);
        let nobody = served.nobody(Method::GET, path).send().await.expect("an answer");
        Answer::of(nobody).await.with(401);
    }
    assert_eq!(served.get(agent, "sharing_agreements").await.with(200)["sharing_agreements"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn languages_are_told_to_everybody() {
    let served = Served::sqlite().await;
    for path in ["locales", "locales/public", "locales/agent"] {
        let all = Answer::of(served.nobody(Method::GET, path).send().await.expect("an answer")).await.with(200);
        assert_eq!(all["locales"][0]["locale"], "en", "{path}");
    }
    let one = Answer::of(served.nobody(Method::GET, "locales/16").send().await.expect("an answer")).await.with(200);
    assert_eq!(one["locale"]["locale"], "fr");
    served.get(served.town.ana, "locales/4711").await.with(404);
    let current = served.get(served.town.ana, "locales/current").await.with(200);
    assert_eq!(current["locale"]["id"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn labels_in_use_are_counted() {
    let served = Served::sqlite().await;
    let town = &served.town;
    for subject in ["Printer", "Screen"] {
        let id = town.ticket(town.ana, subject, "It is broken").await;
        let add_tags = ["hardware", subject].map(|tag| guichet::domain::tag::Tag::parse(tag).expect("a tag")).into();
        town.change(id, guichet::domain::act::Change { add_tags, ..Default::default() }).await;
    }
    let tags = served.get(town.agent, "tags").await.with(200);
    assert_eq!((&tags["tags"][0], &tags["count"]), (&json!({ "name": "hardware", "count": 2 }), &json!(3)));
    let some = served.get(town.agent, "autocomplete/tags?name=Pri").await.with(200);
    assert_eq!(some["tags"], json!(["printer"]));
    served.get(town.agent, "autocomplete/tags?name=p").await.with(400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suspended_mail_is_recovered_or_thrown_away() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut numbers = Vec::new();
    for at in 0..3_u8 {
        let raw = format!(
            "From: Zed <zed@nowhere.example>\r\nTo: support@velo.example\r\nSubject: Lost {at}\r\nMessage-ID: <{at}@nowhere.example>\r\n\r\nI lost my bag\r\n"
        );
        let mail = Suspending {
            digest: [at; 32],
            sender: Some("zed@nowhere.example".into()),
            sender_name: Some("Zed".into()),
            subject: format!("Lost {at}"),
            why: "stranger",
            ticket: None,
            raw: raw.into_bytes(),
        };
        numbers.push(town.store.suspend(mail, town.now()).await.expect("kept").expect("a number"));
    }
    let all = served.get(town.agent, "suspended_tickets?page[size]=2").await.with(200);
    assert_eq!((&all["suspended_tickets"][0]["subject"], &all["meta"]["has_more"]), (&json!("Lost 2"), &json!(true)));
    let second = served.get(town.agent, "suspended_tickets?per_page=2&page=2").await.with(200);
    assert_eq!(second["suspended_tickets"][0]["subject"], "Lost 0");
    let one = served.get(town.agent, &format!("suspended_tickets/{}", numbers[0])).await.with(200);
    assert!(one["suspended_ticket"]["content"].as_str().expect("text").contains("I lost my bag"));
    let recovered = served
        .send(town.agent, Method::PUT, &format!("suspended_tickets/{}/recover", numbers[0]), &json!({}))
        .await
        .with(200);
    assert_eq!(recovered["ticket"]["subject"], "Lost 0");
    served.get(town.agent, &format!("suspended_tickets/{}", numbers[0])).await.with(404);
    let many = served
        .send(town.agent, Method::PUT, &format!("suspended_tickets/recover_many?ids={}", numbers[1]), &json!({}))
        .await
        .with(200);
    assert_eq!(many["tickets"][0]["subject"], "Lost 1");
    let path = format!("suspended_tickets/destroy_many?ids={},4711", numbers[2]);
    served.send(town.ana, Method::DELETE, &path, &json!({})).await.with(403);
    served.send(town.agent, Method::DELETE, &path, &json!({})).await.with(204);
    served.send(town.agent, Method::DELETE, &format!("suspended_tickets/{}", numbers[2]), &json!({})).await.with(404);
}
