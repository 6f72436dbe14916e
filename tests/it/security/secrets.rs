//! Tokens, links, sign-in.

use crate::support::served::{Served, http};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use guichet::domain::secret::Secret;
use reqwest::{Method, StatusCode};
use std::collections::BTreeSet;

const PASSWORD: &str = "correct horse battery";

async fn signed(served: &Served, said: String) -> StatusCode {
    let asked = served.nobody(Method::GET, "users/me").header("authorization", said);
    asked.send().await.expect("an answer").status()
}

fn basic(name: &str, secret: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{name}:{secret}")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2020_1772_no_sign_stands_for_others_in_a_token() {
    let served = Served::sqlite().await;
    served.get(served.town.agent, "users/me").await.with(200);
    for wrong in
        ["%", "_", "*", "'", "' OR '1'='1", "\0", "", " ", "0", "null", "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%"]
    {
        for said in [format!("Bearer {}", wrong.replace('\0', "%00")), basic("marc@velo.example/token", wrong)] {
            let status = signed(&served, said).await;
            assert!([401, 429].contains(&status.as_u16()), "{wrong:?}: {status}");
        }
    }
    for name in ["%@velo.example/token", "*/token", "/token", "", "MARC@velo.example,olga@velo.example/token"] {
        assert!(!signed(&served, basic(name, "x")).await.is_success(), "{name}");
    }
}

/// A token is made of chance alone: two for the same person at the same moment have nothing in common.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2026_27637_a_token_is_made_of_chance() {
    let mut begins = BTreeSet::new();
    for _ in 0..2 {
        let served = Served::sqlite().await;
        let admin = served.town.as_(served.town.admin);
        for _ in 0..8 {
            let token = admin.add_token(served.town.key(), served.town.agent).await.expect("a token");
            assert!(token.expose().len() >= 43, "256 bits");
            begins.insert(token.expose()[..8].to_owned());
        }
    }
    assert_eq!(begins.len(), 16);
}

/// What is kept of a secret is no secret to sign in with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2017_5619_what_is_kept_of_a_password_is_no_password() {
    let served = Served::sqlite().await;
    let admin = served.town.as_(served.town.admin);
    admin.set_password(served.town.key(), served.town.ana, Secret::new(PASSWORD)).await.expect("set");
    served.get(served.town.ana, "users/me").await.with(200);
    let kept: BTreeSet<String> = {
        let conn = rusqlite::Connection::open(served.town.ground.file()).expect("the file");
        let tables =
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'";
        let mut columns = conn.prepare(tables).expect("a question");
        let columns: Vec<(String, String)> =
            columns.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("columns").flatten().collect();
        let telling =
            |name: &str| ["hash", "digest", "password", "token", "secret"].iter().any(|part| name.contains(part));
        let columns = columns.iter().filter(|(table, column)| telling(column) && !table.contains("audit"));
        columns
            .flat_map(|(table, column)| {
                let asked = format!("SELECT coalesce(CASE typeof({column}) WHEN 'blob' THEN lower(hex({column})) ELSE {column} END, '') FROM {table} LIMIT 20");
                let mut rows = conn.prepare(&asked).expect("a question");
                rows.query_map([], |row| row.get::<_, String>(0)).expect("rows").flatten().collect::<Vec<_>>()
            })
            .collect()
    };
    assert!(kept.iter().any(|one| one.contains("argon2")), "{kept:?}");
    for one in kept {
        for said in [basic("ana@gare.example", &one), basic("ana@gare.example/token", &one), format!("Bearer {one}")] {
            let Ok(said) = reqwest::header::HeaderValue::from_str(&said) else { continue };
            let status = served.nobody(Method::GET, "users/me").header("authorization", said).send().await;
            let status = status.expect("an answer").status().as_u16();
            assert!([401, 429].contains(&status), "{one}: {status}");
        }
    }
}

/// There is no session that could be fixed: nothing is kept in a browser, and what it sends is not looked at.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2022_31888_there_is_no_session_to_be_fixed() {
    let served = Served::sqlite().await;
    for path in ["/access", "/oauth/authorizations/new", "/api/v2/users/me"] {
        let asked = http().get(format!("{}{path}", served.base)).header("cookie", "session=1; _zendesk_session=x");
        let answer = asked.send().await.expect("an answer");
        assert!(!answer.headers().contains_key("set-cookie"), "{path}");
        assert!(!answer.text().await.expect("text").contains("session"), "{path}");
    }
}

/// Known or not, an address costs the same work: a password is hashed for either. What would be left out is a thousand
/// times what a fifth could hide.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2021_38562_a_password_is_hashed_for_unknown_people_too() {
    let served = Served::sqlite().await;
    let admin = served.town.as_(served.town.admin);
    admin.set_password(served.town.key(), served.town.ana, Secret::new(PASSWORD)).await.expect("set");
    let visitor = guichet::client::door::Door::of(served.town.store.clone(), served.town.clock())
        .visitor(guichet::domain::comment::Channel::Api);
    let mut least = [std::time::Duration::MAX; 2];
    for _ in 0..3 {
        for (at, address) in ["ana@gare.example", "nobody@gare.example"].into_iter().enumerate() {
            let address = crate::support::town::address(address);
            let begun = std::time::Instant::now();
            assert!(
                visitor.verify_password(&address, Secret::new("wrong wrong wrong")).await.expect("an answer").is_none()
            );
            least[at] = least[at].min(begun.elapsed());
        }
    }
    assert!(least[1] * 5 > least[0], "{least:?}");
}

/// Whether an address is known is not told by a page either: neither by its words nor by its headers.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2024_43416_the_page_says_the_same_to_everybody() {
    let served = Served::sqlite().await;
    let mut said = BTreeSet::new();
    for email in ["ana@gare.example", "unknown@gare.example", "marc@velo.example"] {
        let form = [("email", email), ("name", "")];
        let answer = http().post(format!("{}/access", served.base)).form(&form).send().await.expect("an answer");
        let names: Vec<String> = answer.headers().keys().map(|name| name.as_str().to_owned()).collect();
        said.insert((answer.status().as_u16(), names, answer.text().await.expect("text")));
    }
    assert_eq!(said.len(), 1, "{said:?}");
}

/// What was uploaded is known by a token of chance.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2024_33668_an_upload_cannot_be_guessed() {
    let served = Served::sqlite().await;
    let ana = served.town.as_(served.town.ana);
    let mut begins = BTreeSet::new();
    for _ in 0..32 {
        let upload = ana.upload("a.txt".into(), "text/plain".into(), b"a".to_vec()).await.expect("kept");
        assert!(upload.token.0.len() >= 22, "128 bits");
        begins.insert(upload.token.0[..8].to_owned());
    }
    assert_eq!(begins.len(), 32);
}

#[derive(Clone, Default)]
struct Lines(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("unlocked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What is logged of a request holds neither what stands behind its `?` nor the link that it is.
#[tokio::test]
async fn cve_2026_64652_no_line_of_the_log_holds_a_link() {
    let everybody = crate::server::matrix::people::Everybody::make().await;
    let lines = Lines::default();
    let writer = lines.clone();
    let logs =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(logs);
    for path in [
        "/access/mkSECRET",
        "/attachments/token/mkSECRET/",
        "/api/v2/uploads/mkSECRET",
        "/access?email=mkSECRET",
        "/api/v2/mkSECRETmkSECRET12",
    ] {
        let request = axum::http::Request::builder().uri(path).header("host", "desk");
        everybody.send(request.body(axum::body::Body::empty()).expect("a request")).await;
    }
    drop(guard);
    let text = String::from_utf8(lines.0.lock().expect("unlocked").clone()).expect("text");
    assert!(text.contains("answered"), "{text}");
    assert!(!text.contains("mkSECRET"), "{text}");
}
