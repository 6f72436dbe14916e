//! What two servers on one PostgreSQL share: whatever one of them has said or heard, the other knows.

use crate::server::sign_in::{PASSWORD, code, fetch, redeems, renews, tokens, with, with_passwords};
use crate::support::served::{Answer, Served};
use crate::support::town::Town;
use guichet::domain::act::{Deed, PersonChange};
use guichet::domain::time::Span;
use guichet::server::Limits;
use reqwest::Method;
use serde_json::{Value, json};

async fn two(limits: &Limits) -> (Served, Served) {
    let one = with_passwords(Served::of(Town::pg().await, limits).await).await;
    let other = one.beside(limits).await;
    (one, other)
}

async fn suspend(served: &Served) {
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    let deed = Deed::UpdatePerson { person: served.town.agent, change };
    served.town.does(served.town.admin, deed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_of_one_server_is_redeemed_once_at_another() {
    let (one, other) = two(&Limits::default()).await;
    let issued = code(&one, "marc@velo.example", "").await;
    let tokens = fetch(&other, &redeems(&issued)).await.with(200);
    for server in [&one, &other] {
        fetch(server, &redeems(&issued)).await.with(401);
        with(server, &tokens["access_token"], Method::GET, "users/me").await.with(200);
    }
    // At both in the same moment: one of them has it.
    let issued = code(&one, "marc@velo.example", "").await;
    let body = redeems(&issued);
    let (here, there) = tokio::join!(fetch(&one, &body), fetch(&other, &body));
    let mut got = [here.status.as_u16(), there.status.as_u16()];
    got.sort_unstable();
    assert_eq!(got, [200, 401]);
    one.town.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pair_renewed_at_one_server_is_used_up_at_another() {
    let (one, other) = two(&Limits::default()).await;
    let first = tokens(&one, "marc@velo.example", "").await;
    let second = fetch(&one, &renews(&first["refresh_token"])).await.with(200);
    with(&other, &first["access_token"], Method::GET, "users/me").await.with(401);
    with(&other, &second["access_token"], Method::GET, "users/me").await.with(200);
    let third = fetch(&other, &renews(&second["refresh_token"])).await.with(200);
    // Once an answer cannot be under way any more, somebody else has the token: all of it ends, at both.
    one.town.wait(Span::minutes(2));
    fetch(&other, &renews(&first["refresh_token"])).await.with(401);
    fetch(&one, &renews(&second["refresh_token"])).await.with(401);
    for server in [&one, &other] {
        with(server, &third["access_token"], Method::GET, "users/me").await.with(401);
        fetch(server, &renews(&third["refresh_token"])).await.with(401);
    }
}

/// `security.md` 17, 26: by whichever server it was said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_suspended_at_one_server_is_out_at_another_at_once() {
    let (one, other) = two(&Limits::default()).await;
    let town = &one.town;
    let by_browser = tokens(&one, "marc@velo.example", "").await;
    let (email, token) = one.token(town.agent).await;
    let with_token = async |server: &Served| {
        let ask = server.nobody(Method::GET, "users/me").basic_auth(format!("{email}/token"), Some(&token));
        Answer::of(ask.send().await.expect("an answer")).await.status.as_u16()
    };
    // What it remembers is warm.
    assert_eq!(with_token(&other).await, 200);
    with(&other, &by_browser["access_token"], Method::GET, "users/me").await.with(200);
    suspend(&one).await;
    assert_eq!(with_token(&other).await, 401);
    with(&other, &by_browser["access_token"], Method::GET, "users/me").await.with(401);
    fetch(&other, &renews(&by_browser["refresh_token"])).await.with(401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_asked_for_at_one_server_sets_a_password_at_another_once() {
    let (one, other) = two(&Limits::default()).await;
    let form = |server: &Served, path: &str| {
        crate::support::served::http().post(format!("{}/{path}", server.base)).header("origin", &server.base)
    };
    let asked = form(&one, "access").form(&[("name", ""), ("email", "ana@gare.example")]);
    assert_eq!(asked.send().await.expect("an answer").status().as_u16(), 200);
    let post = guichet::client::post::Post::new(one.town.store.clone(), one.town.clock());
    let mail = post.visitor().next_mail().await.expect("an answer").expect("a link");
    let path = format!("access/{}", mail.link.token.expose());
    let choose = async |server: &Served, password: &str| {
        let answer = form(server, &path).form(&[("password", password)]).send().await.expect("an answer");
        answer.text().await.expect("a page")
    };
    let chosen = choose(&other, "another horse battery").await;
    let again = choose(&one, "yet another horse battery").await;
    assert_ne!(chosen, again, "it is used up");
    let me = async |password: &str| {
        let ask = one.nobody(Method::GET, "users/me").basic_auth("ana@gare.example", Some(password));
        Answer::of(ask.send().await.expect("an answer")).await.status.as_u16()
    };
    assert_eq!((me("another horse battery").await, me("yet another horse battery").await), (200, 401));
    assert_eq!(me(PASSWORD).await, 401);
}

/// D33
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_sent_to_one_server_is_answered_alike_by_another() {
    let (one, other) = two(&Limits::default()).await;
    let sends = async |server: &Served, subject: &str| {
        let body = json!({ "ticket": { "subject": subject, "comment": { "body": "It jams." } } });
        let ask = server.ask(server.town.agent, Method::POST, "tickets").await.header("idempotency-key", "the same");
        Answer::of(ask.json(&body).send().await.expect("an answer")).await
    };
    let (first, second) = (sends(&one, "Printer").await, sends(&other, "Printer").await);
    assert_eq!(first.headers["x-idempotency-lookup"], "miss");
    assert_eq!(second.headers["x-idempotency-lookup"], "hit");
    assert_eq!(first.with(201)["ticket"]["id"], second.with(201)["ticket"]["id"]);
    assert_eq!(sends(&other, "Another").await.with(400)["error"], "IdempotencyKeyReused");
    // Both at once.
    let at_once = async |server: &Served| {
        let body = json!({ "ticket": { "subject": "At once", "comment": { "body": "x" } } });
        let ask = server.ask(server.town.agent, Method::POST, "tickets").await.header("idempotency-key", "at once");
        Answer::of(ask.json(&body).send().await.expect("an answer")).await.with(201)["ticket"]["id"].clone()
    };
    let (here, there) = tokio::join!(at_once(&one), at_once(&other));
    assert_eq!(here, there);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_at_all_servers_count_together() {
    let (one, other) = two(&Limits::default()).await;
    let tries = async |server: &Served, password: &str| {
        let ask = server.nobody(Method::GET, "requests").basic_auth("ana@gare.example", Some(password));
        Answer::of(ask.send().await.expect("an answer")).await.status.as_u16()
    };
    for server in [&one, &other, &one, &other, &one] {
        assert_eq!(tries(server, "wrong horse battery").await, 401);
    }
    for server in [&other, &one] {
        assert_eq!(tries(server, PASSWORD).await, 429, "too many, wherever they were tried");
    }
    // Neither memory has five of them.
    let third = one.beside(&Limits::default()).await;
    assert_eq!(tries(&third, PASSWORD).await, 429);
    one.town.wait(Span::minutes(1));
    assert_eq!(tries(&third, PASSWORD).await, 200, "after a minute they are forgotten");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_begun_at_one_server_is_done_by_all_and_each_row_once() {
    let limits = Limits { job_rows: 1, ..Limits::default() };
    let (one, other) = two(&limits).await;
    let row = |n: usize| json!({ "subject": format!("Row {n}"), "comment": { "body": "x" } });
    let mut names = Vec::new();
    for job in 0..3 {
        let body = json!({ "tickets": (0..4).map(|n| row(job * 4 + n)).collect::<Vec<_>>() });
        let begun = one.send(one.town.agent, Method::POST, "tickets/create_many", &body).await.with(200);
        names.push(begun["job_status"]["id"].as_str().expect("a name").to_owned());
    }
    let (here, there) = tokio::join!(one.app.work(), other.app.work());
    assert_eq!(here.expect("rows") + there.expect("rows"), 9);
    let mut made: Vec<Value> = Vec::new();
    for name in names {
        let job = other.get(one.town.agent, &format!("job_statuses/{name}")).await.with(200)["job_status"].clone();
        assert_eq!((&job["status"], &job["progress"]), (&json!("completed"), &json!(4)));
        made.extend(job["results"].as_array().expect("results").iter().map(|row| row["id"].clone()));
    }
    made.sort_by_key(Value::as_i64);
    made.dedup();
    let all = one.get(one.town.agent, "tickets/count").await.with(200);
    assert_eq!((made.len(), &all["count"]["value"]), (12, &json!(12)));
}
