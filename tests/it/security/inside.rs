//! Internal content, and what is somebody else's, by whichever way it is asked for.

use crate::server::matrix::asks::{Asked, Route, routes};
use crate::server::matrix::people::Everybody;
use crate::support::served::{Answer, Served};
use guichet::domain::act::{Change, Deed, NewTicket, OrganizationRef, PersonChange};
use guichet::domain::comment::NewComment;
use guichet::domain::id::TicketId;
use guichet::domain::person::{PersonRef, Restriction};
use guichet::domain::secret::Secret;
use guichet::domain::tag::Tag;
use reqwest::Method;
use serde_json::{Value, json};

/// A request of Ana's with a note on it, and a ticket in her name that she must not know of.
async fn noted(served: &Served) -> (TicketId, TicketId) {
    let town = &served.town;
    let public = town.ticket(town.ana, "Printer", "It jams").await;
    town.note(public, "mknote of ours").await;
    let change = Change { add_tags: [Tag::parse("mktag").expect("a tag")].into(), ..Change::default() };
    town.change(public, change).await;
    let mut new = NewTicket::new("mkprivate", NewComment::note("mkprivate"));
    new.requester = Some(PersonRef::Id(town.ana));
    let private = town.does(town.agent, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    (public, private)
}

fn said(answer: &Answer) -> String {
    format!("{:?} {}", answer.headers, answer.body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2018_10198_overviews_tell_nothing_internal() {
    let served = Served::sqlite().await;
    let (public, private) = noted(&served).await;
    for path in [
        "requests?include=users,comment_count,last_audits".to_owned(),
        "requests/open".into(),
        format!("requests/{public}"),
        format!("requests/{public}/comments?include=users"),
        format!("users/{}/requests", served.town.ana),
        format!("organizations/{}/requests", served.town.station),
    ] {
        let answer = served.get(served.town.ana, &path).await;
        assert!(answer.status.is_success(), "{path}: {answer:?}");
        assert!(!said(&answer).contains("mk"), "{path}: {answer:?}");
    }
    served.get(served.town.ana, &format!("requests/{private}")).await.with(404);
}

/// What an agent began to write is kept beside their own program alone; what a macro would write is the team's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2025_32360_no_route_knows_of_drafts() {
    let drafts: Vec<_> = routes().into_iter().filter(|route| route.path.contains("draft")).collect();
    assert!(drafts.is_empty(), "{:?}", drafts.iter().map(Route::name).collect::<Vec<_>>());
    let served = Served::sqlite().await;
    for path in ["macros", "macros/1", "macros/1/apply", "tickets/1/macros/1/apply"] {
        assert!(!served.get(served.town.ana, path).await.status.is_success(), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2020_10104_nothing_kept_of_a_secret_is_answered() {
    let served = Served::sqlite().await;
    let admin = served.town.as_(served.town.admin);
    admin.set_password(served.town.key(), served.town.ana, Secret::new("correct horse battery")).await.expect("set");
    for path in ["users/me", "users", "users/search?query=ana", &format!("users/{}", served.town.ana)] {
        let text = said(&served.get(served.town.admin, path).await).to_lowercase();
        for word in ["argon", "password", "digest", "\"hash", "secret"] {
            assert!(!text.contains(word), "{path} says {word}: {text}");
        }
    }
}

/// Whatever tells of many things at once is the team's: exports, events, streams, as soon as there is such a route.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ghsa_w668_wq26_6c94_what_tells_of_everything_is_no_end_users() {
    let everybody = Everybody::make().await;
    let mut seen = 0;
    for route in routes().into_iter().filter(|route| route.method == "GET" && !route.path.contains('{')) {
        // The stream of news is everybody's own, and says only what changed for them (tests/it/contract/news.rs).
        let own = route.path == "/api/guichet/v1/news";
        if own || !["export", "incremental", "events", "stream", "news"].iter().any(|word| route.path.contains(word)) {
            continue;
        }
        for who in ["nobody", "a suspended agent", "a stranger", "the requester"] {
            let path = format!("{}?query=type:ticket&filter[type]=ticket&start_time=1", route.path);
            let asked = Asked { method: "GET".into(), path, kind: "", body: String::new() };
            let got = everybody.ask(who, &asked).await;
            assert!([401, 403, 429].contains(&got.status), "{who} of {}: {} {}", route.path, got.status, got.body);
        }
        seen += 1;
    }
    assert!(seen > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2023_45024_counts_are_those_of_an_account_without_notes() {
    let served = Served::sqlite().await;
    noted(&served).await;
    for word in ["mknote", "mkprivate", "mktag", "tags:mktag", "mk*"] {
        let found = served.get(served.town.ana, &format!("requests/search?query={word}")).await;
        if found.status.is_success() {
            assert_eq!((&found.body["count"], &found.body["requests"]), (&json!(0), &json!([])), "{word}");
        }
        served.get(served.town.ana, &format!("search/count?query={word}")).await.with(403);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2020_10100_an_organization_ends_where_its_people_end() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "It jams").await;
    let (one, all) = (format!("requests/{id}"), format!("organizations/{}/requests", town.station));
    served.get(town.ben, &one).await.with(200);
    served.get(town.ben, &all).await.with(200);
    served.get(town.cleo, &one).await.with(404);
    served.get(town.cleo, &all).await.with(403);
    let gone =
        PersonChange { organization: Some(Some(OrganizationRef::Name("PaySup".into()))), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ben, change: gone }).await;
    served.get(town.ben, &one).await.with(404);
    served.get(town.ben, &all).await.with(403);
}

/// A route that is new says to whom it answers, or nothing is built.
#[test]
fn cve_2022_48022_every_route_has_a_row() {
    let rows = crate::server::matrix::table();
    let missing: Vec<_> =
        routes().iter().map(Route::name).filter(|name| !rows.contains(&format!("\n{name} ("))).collect();
    assert!(missing.is_empty(), "{}\n{missing:?}", crate::server::matrix::ADVICE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ghsa_wqq7_4q7m_273v_a_number_finds_no_more_than_words() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let (_, private) = noted(&served).await;
    let foreign = town.ticket(town.cleo, "mkforeign", "mkforeign").await;
    for id in [private, foreign] {
        let found = served.get(town.ana, &format!("requests/search?query={id}")).await.with(200);
        assert_eq!(found["requests"], json!([]), "{id}");
    }
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.agent, change }).await;
    let own = Change { assignee: Some(Some(town.agent)), ..Change::default() };
    let deed = Deed::UpdateTicket { ticket: foreign, change: Box::new(own), comment: None, expect: None };
    town.does(town.admin, deed).await;
    let many = served.get(town.agent, &format!("tickets/show_many?ids=1,2,3,{foreign},{private}")).await.with(200);
    let ids: Vec<i64> =
        many["tickets"].as_array().expect("tickets").iter().filter_map(|one| one["id"].as_i64()).collect();
    assert_eq!(ids, [foreign.0]);
    let found = served.get(town.agent, &format!("search?query={private}")).await.with(200);
    assert_eq!(found["results"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn osticket_2615_what_was_merged_away_shows_nothing() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let (public, private) = noted(&served).await;
    let merge = Deed::Merge {
        source: public,
        target: private,
        source_comment: NewComment::note("mkmerged"),
        target_comment: NewComment::note("mkmerged"),
    };
    town.does(town.agent, merge).await;
    served.get(town.ana, &format!("requests/{private}")).await.with(404);
    for path in [format!("requests/{public}"), format!("requests/{public}/comments"), "requests".into()] {
        let answer = served.get(town.ana, &path).await;
        assert!(!said(&answer).contains("mk"), "{path}: {answer:?}");
    }
    let kept = town.as_(town.ana).upload("a.txt".into(), "text/plain".into(), b"mine".to_vec()).await;
    kept.expect("kept");
    for id in 0..40 {
        let file = town.as_(town.ben).attachment(guichet::domain::id::AttachmentId(id)).await;
        assert!(file.is_err(), "{id}");
    }
}

/// Objects that a request names are looked for with its writer's eyes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2026_34722_what_is_named_beside_is_looked_for_too() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let foreign = town.ticket(town.cleo, "mkforeign", "mkforeign").await;
    let stolen =
        town.as_(town.cleo).upload("mk.txt".into(), "text/plain".into(), b"mkfile".to_vec()).await.expect("kept");
    for more in [
        json!({ "via_followup_source_id": foreign.0 }),
        json!({ "comment": { "body": "x", "uploads": [stolen.token.0] } }),
        json!({ "problem_id": foreign.0, "type": "incident" }),
        json!({ "requester_id": town.cleo.0, "assignee_id": town.ana.0, "group_id": 1 }),
    ] {
        let mut request = json!({ "subject": "x", "comment": { "body": "x" } });
        for (name, value) in more.as_object().expect("an object") {
            request[name] = value.clone();
        }
        let answer = served.send(town.ana, Method::POST, "requests", &json!({ "request": request })).await;
        assert!(!said(&answer).contains("mk"), "{more}: {answer:?}");
        if answer.status.is_success() {
            assert_eq!(answer.body["request"]["requester_id"], json!(town.ana.0), "{more}");
            assert!(matches!(answer.body["request"]["followup_source_id"], Value::Null), "{more}");
        }
    }
}
