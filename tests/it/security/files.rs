//! Files, pages, and what is fetched.

use crate::support::served::Served;
use crate::support::town::{Town, says};
use guichet::domain::comment::{NewComment, Visibility};
use guichet::safe::file_name;

/// A file lies under what it holds, never under what somebody called it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2024_32491_a_file_lies_under_its_digest() {
    let town = Town::sqlite().await;
    for name in ["../../outside", "/tmp/outside", "..\\outside", "a/../../outside"] {
        let upload = town.as_(town.ana).upload(name.into(), "text/plain".into(), b"outside".to_vec()).await;
        upload.expect("kept");
    }
    let store = town.ground.file();
    let mut folders = vec![store.parent().expect("a folder").parent().expect("a folder").to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            assert!(!path.to_string_lossy().contains("outside"), "{}", path.display());
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
}

/// What is left out first cannot matter afterwards: a name is cleaned once and for all.
#[test]
fn cve_2026_28289_a_clean_name_stays_clean() {
    for name in [
        "\u{200b}.htaccess",
        "\u{feff}..\u{200b}/x",
        "\u{2060}.\u{2060}.\u{2060}",
        ".\u{ad}htaccess",
        "\u{202e}.\u{200d}bashrc",
    ] {
        let once = file_name(name);
        assert_eq!(file_name(&once), once);
        assert!(!once.starts_with('.') && !once.contains('/'), "{name:?} is {once:?}");
    }
}

/// What was written is text, in the HTML of an answer too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2018_11563_what_was_written_is_no_page() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "<script>alert(1)</script><img src=x onerror=alert(1)>").await;
    for (person, path) in
        [(town.agent, format!("tickets/{id}/comments")), (town.ana, format!("requests/{id}/comments"))]
    {
        let said = served.get(person, &path).await.with(200);
        let html = said["comments"][0]["html_body"].as_str().expect("HTML").to_owned();
        assert!(!html.contains("<script") && !html.contains("<img") && html.contains("&lt;script"), "{html}");
    }
}

/// A file is never shown as what it says it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2022_25802_a_file_is_saved_and_not_shown() {
    let served = Served::sqlite().await;
    let town = &served.town;
    for (name, kind) in
        [("x.html", "text/html"), ("x.svg", "image/svg+xml"), ("x\r\nX-Y: z.js", "text/javascript\r\nX-Y: z")]
    {
        let page = b"<script>alert(1)</script>".to_vec();
        let upload = town.as_(town.ana).upload(name.into(), kind.into(), page).await.expect("kept");
        let id = town.ticket(town.ana, "Printer", "a").await;
        let comment = NewComment { visibility: Visibility::Public, body: "See".into(), uploads: vec![upload.token] };
        town.does(town.ana, says(id, comment)).await;
        let said = served.get(town.ana, &format!("requests/{id}/comments")).await.with(200);
        let all = said["comments"].as_array().expect("comments");
        let url = all.iter().find_map(|one| one["attachments"][0]["content_url"].as_str()).expect("a link").to_owned();
        let path = url.strip_prefix(&served.base).expect("here").trim_start_matches("/api/v2/").to_owned();
        let asked = served.ask(town.ana, reqwest::Method::GET, "").await.build().expect("a request");
        let mut asked = asked;
        *asked.url_mut() =
            url::Url::parse(&format!("{}{}", served.base, url.strip_prefix(&served.base).expect("here")))
                .expect("an address");
        let answer =
            reqwest::Client::builder().no_proxy().build().expect("a client").execute(asked).await.expect("an answer");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        let of = |name: &str| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        assert!(of("content-disposition").starts_with("attachment"), "{:?}", answer.headers());
        assert_eq!(of("x-content-type-options"), "nosniff");
        assert!(
            !of("content-type").contains("html")
                && !of("content-type").contains("javascript")
                && !of("content-type").contains("svg"),
            "{:?}",
            answer.headers()
        );
        assert!(!answer.headers().contains_key("x-y"));
    }
}
