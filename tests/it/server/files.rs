//! Files over HTTP: handed in in three ways, read by who may read their comment.

use crate::support::served::{Answer, Served, http};
use guichet::domain::act::{Deed, PersonChange};
use guichet::domain::time::Span;
use reqwest::{Method, Response};
use serde_json::{Value, json};

async fn hands_in(served: &Served, path: &str, kind: &str, bytes: &'static [u8]) -> Answer {
    let request = served.ask(served.town.agent, Method::POST, path).await.header("content-type", kind);
    Answer::of(request.body(bytes).send().await.expect("an answer")).await
}

/// A ticket of Ana's with a file on a comment; the file as it is listed.
async fn with_file(served: &Served, public: bool, kind: &str) -> (i64, Value) {
    let handed = hands_in(served, "uploads?filename=%3Cb%3Emap.html", kind, b"<script>").await.with(201);
    let token = guichet::domain::comment::UploadToken(handed["upload"]["token"].as_str().expect("text").to_owned());
    let ticket = served.town.ticket(served.town.ana, "Printer", "It jams").await;
    let comment = if public {
        guichet::domain::comment::NewComment::public("Look")
    } else {
        guichet::domain::comment::NewComment::note("Look")
    };
    let comment = guichet::domain::comment::NewComment { uploads: vec![token], ..comment };
    served.town.does(served.town.agent, crate::support::town::says(ticket, comment)).await;
    let thread = served.town.as_(served.town.agent).ticket(ticket, 100).await.expect("a ticket");
    let id = thread.comments.iter().flat_map(|one| &one.attachments).next().expect("a file").id.0;
    (id, served.get(served.town.agent, &format!("attachments/{id}")).await.with(200)["attachment"].clone())
}

async fn follows(url: &str) -> Response {
    http().get(url).send().await.expect("an answer")
}

/// Quirk: raw bytes, raw bytes that are said to be JSON, and a form are all taken.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_handed_in_in_three_ways() {
    let served = Served::sqlite().await;
    let plain = hands_in(&served, "uploads.json?filename=a.txt", "text/plain", b"one").await.with(201);
    assert_eq!(
        (&plain["upload"]["attachment"]["file_name"], &plain["upload"]["attachment"]["size"]),
        (&json!("a.txt"), &json!(3))
    );
    let chunked =
        hands_in(&served, "uploads?filename=b.png&binary=undefined", "application/json", b"\x89PNG").await.with(201);
    assert_eq!(chunked["upload"]["attachment"]["content_type"], "application/octet-stream");
    let boundary = "xx";
    let body = b"--xx\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\nc.txt\r\n--xx\r\nContent-Disposition: form-data; name=\"uploaded_data\"; filename=\"other.txt\"\r\nContent-Type: text/plain\r\n\r\nthree\r\n--xx--\r\n";
    let form = hands_in(&served, "uploads", &format!("multipart/form-data; boundary={boundary}"), body).await.with(201);
    assert_eq!(
        (&form["upload"]["attachment"]["file_name"], &form["upload"]["attachment"]["size"]),
        (&json!("c.txt"), &json!(5))
    );
    hands_in(&served, "uploads", "text/plain", b"one").await.with(400);
    let first = plain["upload"]["token"].as_str().expect("text");
    let more =
        hands_in(&served, &format!("uploads?filename=d.txt&token={first}"), "text/plain", b"two").await.with(201);
    assert!(more["upload"]["token"].as_str().expect("text").starts_with(first));
    let nobody = served.nobody(Method::POST, "uploads?filename=x").body("x").send().await.expect("an answer");
    Answer::of(nobody).await.with(401);
}

/// Security 10, 11, 22: only whoever handed a file in uses it or takes it away, for three days.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_waits_is_its_owners_and_expires() {
    let served = Served::sqlite().await;
    let token =
        hands_in(&served, "uploads?filename=a.txt", "text/plain", b"one").await.with(201)["upload"]["token"].clone();
    let token = token.as_str().expect("text").to_owned();
    let path = format!("uploads/{token}");
    assert_eq!(
        served.send(served.town.ana, Method::DELETE, &path, &json!({})).await.with(404),
        served.send(served.town.ana, Method::DELETE, "uploads/nothing", &json!({})).await.with(404)
    );
    let ticket = served.town.ticket(served.town.ana, "Printer", "It jams").await;
    let says = |token: &str| {
        let uploads = vec![guichet::domain::comment::UploadToken(token.to_owned())];
        let comment =
            guichet::domain::comment::NewComment { uploads, ..guichet::domain::comment::NewComment::public("x") };
        crate::support::town::says(ticket, comment)
    };
    assert!(served.town.tries(served.town.ana, says(&token)).await.is_err());
    served.send(served.town.agent, Method::DELETE, &path, &json!({})).await.with(204);
    served.send(served.town.agent, Method::DELETE, &path, &json!({})).await.with(404);
    let late =
        hands_in(&served, "uploads?filename=a.txt", "text/plain", b"one").await.with(201)["upload"]["token"].clone();
    served.town.wait(Span::days(3));
    assert!(served.town.tries(served.town.agent, says(late.as_str().expect("text"))).await.is_err());
}

/// Security 47: no browser makes anything of what is served.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bytes_of_a_file_are_only_ever_saved() {
    let served = Served::sqlite().await;
    let (_, file) = with_file(&served, true, "text/html").await;
    let response = follows(file["content_url"].as_str().expect("a link")).await;
    assert_eq!(response.status(), 200);
    let headers = response.headers().clone();
    let said = |name: &str| headers[name].to_str().expect("text").to_owned();
    assert_eq!(
        (said("content-type"), said("x-content-type-options")),
        ("application/octet-stream".into(), "nosniff".into())
    );
    assert!(said("content-security-policy").contains("sandbox"));
    assert!(said("content-disposition").starts_with("attachment;"), "{}", said("content-disposition"));
    assert_eq!(response.bytes().await.expect("bytes").as_ref(), b"<script>");
}

/// Security 9, 12: a link is good for one file and a while, and never for more than its holder may read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_to_a_file_is_bound_and_expires() {
    let served = Served::sqlite().await;
    let (town, ana) = (&served.town, served.town.ana);
    let (note, noted) = with_file(&served, false, "text/plain").await;
    assert_eq!(
        served.get(ana, &format!("attachments/{note}")).await.with(404),
        served.get(ana, "attachments/4711").await.with(404)
    );
    let (public, _) = with_file(&served, true, "text/plain").await;
    let theirs = served.get(ana, &format!("attachments/{public}")).await.with(200)["attachment"]["content_url"].clone();
    let theirs = theirs.as_str().expect("a link").to_owned();
    assert_eq!(follows(&theirs).await.status(), 200);
    let token = theirs.split('/').nth(5).expect("a token");
    for wrong in ["", "x", &token[..token.len() - 4], &token.replace('A', "B"), &format!("{token}AAAA")] {
        let url = format!("{}/attachments/token/{wrong}", served.base);
        assert_eq!(follows(&url).await.status(), 404, "{wrong}");
    }
    // Whoever is shut out reads nothing by links of theirs either.
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: ana, change }).await;
    assert_eq!(follows(&theirs).await.status(), 404);
    let noted = noted["content_url"].as_str().expect("a link");
    assert_eq!(follows(noted).await.status(), 200);
    town.wait(Span::hours(2));
    assert_eq!(follows(noted).await.status(), 404);
}
