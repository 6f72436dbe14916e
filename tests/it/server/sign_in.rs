//! Signing in by a browser, asking for access, choosing a password.

use crate::support::served::{Answer, Served, http};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use guichet::domain::act::{Deed, PersonChange};
use guichet::domain::secret::Secret;
use guichet::domain::time::Span;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-43-letters";
const BACK: &str = "http://127.0.0.1:49152/signed-in";
pub(super) const PASSWORD: &str = "correct horse battery";

fn challenge() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

fn asked(redirect: &str, scope: &str) -> Vec<(&'static str, String)> {
    vec![
        ("response_type", "code".into()),
        ("client_id", "guichet".into()),
        ("redirect_uri", redirect.into()),
        ("scope", scope.into()),
        ("state", "of mine".into()),
        ("code_challenge", challenge()),
        ("code_challenge_method", "S256".into()),
    ]
}

#[tokio::test]
async fn the_bare_address_tells_a_browser_what_it_is_and_how_to_get_in() {
    let served = Served::sqlite().await;
    let answer = http().get(format!("{}/", served.base)).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 200);
    assert!(answer.headers()["content-type"].to_str().is_ok_and(|kind| kind.starts_with("text/html")));
    let page = answer.text().await.expect("a page");
    assert!(page.contains("guichet sign-in http:"), "{page}");
    assert!(!page.contains('@'), "nobody's address: {page}");
}

async fn with_password() -> Served {
    with_passwords(Served::sqlite().await).await
}

pub(super) async fn with_passwords(served: Served) -> Served {
    for person in [served.town.agent, served.town.ana, served.town.admin] {
        let admin = served.town.as_(served.town.admin);
        admin.set_password(served.town.key(), person, Secret::new(PASSWORD)).await.expect("a password");
    }
    served
}

async fn say_yes(served: &Served, email: &str, password: &str, redirect: &str, scope: &str) -> Response {
    let mut form = asked(redirect, scope);
    form.extend([("email", email.to_owned()), ("password", password.to_owned())]);
    let url = format!("{}/oauth/authorizations/new", served.base);
    http().post(url).form(&form).send().await.expect("an answer")
}

/// The code that comes back with a redirect.
pub(super) async fn code(served: &Served, email: &str, scope: &str) -> String {
    let answer = say_yes(served, email, PASSWORD, BACK, scope).await;
    assert_eq!(answer.status().as_u16(), 303);
    let to = url::Url::parse(answer.headers()["location"].to_str().expect("text")).expect("an address");
    assert!(to.as_str().starts_with(BACK), "{to}");
    let pairs: std::collections::BTreeMap<_, _> = to.query_pairs().into_owned().collect();
    assert_eq!(pairs["state"], "of mine");
    pairs["code"].clone()
}

pub(super) async fn fetch(served: &Served, body: &Value) -> Answer {
    let url = format!("{}/oauth/tokens", served.base);
    Answer::of(http().post(url).json(body).send().await.expect("an answer")).await
}

pub(super) fn redeems(code: &str) -> Value {
    json!({ "grant_type": "authorization_code", "code": code, "client_id": "guichet", "redirect_uri": BACK,
        "code_verifier": VERIFIER })
}

pub(super) fn renews(refresh: &Value) -> Value {
    json!({ "grant_type": "refresh_token", "refresh_token": refresh, "client_id": "guichet" })
}

pub(super) async fn with(served: &Served, token: &Value, method: Method, path: &str) -> Answer {
    let asks = served.nobody(method, path).bearer_auth(token.as_str().expect("a token"));
    Answer::of(asks.send().await.expect("an answer")).await
}

pub(super) async fn tokens(served: &Served, email: &str, scope: &str) -> Value {
    let code = code(served, email, scope).await;
    fetch(served, &redeems(&code)).await.with(200)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_is_let_in_by_a_browser() {
    let served = with_password().await;
    let page = http().get(format!("{}/oauth/authorizations/new", served.base)).query(&asked(BACK, "read write"));
    let page = page.send().await.expect("an answer");
    let policy = page.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.contains("default-src 'none'"), "{policy}");
    let text = page.text().await.expect("a page");
    assert!(text.contains("<form") && !text.contains("<script"), "{text}");
    let tokens = tokens(&served, "marc@velo.example", "read write").await;
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("bearer"), &json!(1800)));
    let me = with(&served, &tokens["access_token"], Method::GET, "users/me").await.with(200);
    assert_eq!(me["user"]["id"], json!(served.town.agent.0));
    let current = with(&served, &tokens["access_token"], Method::GET, "oauth/tokens/current").await.with(200);
    assert_eq!(current["token"]["scopes"], json!(["read", "write"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_good_once_for_who_asked_for_it_and_for_two_minutes() {
    let served = with_password().await;
    let used = code(&served, "marc@velo.example", "").await;
    for wrong in [
        json!({ "code_verifier": "another-verifier-that-is-long-enough-to-be-one-43" }),
        json!({ "redirect_uri": "http://127.0.0.1:49153/signed-in" }),
        json!({ "client_id": "another" }),
        json!({ "code": "%" }),
        json!({ "code": "" }),
        json!({ "code": " " }),
    ] {
        let mut body = redeems(&used);
        for (key, value) in wrong.as_object().expect("an object") {
            body[key] = value.clone();
        }
        assert_eq!(fetch(&served, &body).await.with(401)["error"], "invalid_grant", "{wrong}");
    }
    fetch(&served, &redeems(&used)).await.with(200);
    fetch(&served, &redeems(&used)).await.with(401);
    let late = code(&served, "marc@velo.example", "").await;
    served.town.wait(Span::minutes(2));
    fetch(&served, &redeems(&late)).await.with(401);
}

/// An answer can have been lost: whoever asks again at once gets a pair. Later somebody else has the old token, and nobody
/// gets anything by it any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pair_is_fetched_with_the_one_before() {
    let served = with_password().await;
    let first = tokens(&served, "marc@velo.example", "").await;
    let second = fetch(&served, &renews(&first["refresh_token"])).await.with(200);
    with(&served, &first["access_token"], Method::GET, "users/me").await.with(401);
    with(&served, &second["access_token"], Method::GET, "users/me").await.with(200);
    let again = fetch(&served, &renews(&first["refresh_token"])).await.with(200);
    with(&served, &second["access_token"], Method::GET, "users/me").await.with(401);
    fetch(&served, &renews(&second["refresh_token"])).await.with(401);
    served.town.wait(Span::minutes(2));
    fetch(&served, &renews(&first["refresh_token"])).await.with(401);
    with(&served, &again["access_token"], Method::GET, "users/me").await.with(401);
    fetch(&served, &renews(&again["refresh_token"])).await.with(401);
    served.town.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_good_for_half_an_hour() {
    let served = with_password().await;
    let tokens = tokens(&served, "ana@gare.example", "").await;
    served.town.wait(Span(Span::minutes(30).0 - 1000));
    with(&served, &tokens["access_token"], Method::GET, "users/me").await.with(200);
    served.town.wait(Span(1000));
    with(&served, &tokens["access_token"], Method::GET, "users/me").await.with(401);
    served.town.wait(Span::days(30));
    fetch(&served, &renews(&tokens["refresh_token"])).await.with(401);
}

/// `security.md` 17, 26, 27: whoever is suspended, or gets another password, is out at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn who_is_suspended_is_out_at_once() {
    let served = with_password().await;
    let agent = tokens(&served, "marc@velo.example", "").await;
    let own = tokens(&served, "ana@gare.example", "").await;
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    let deed = Deed::UpdatePerson { person: served.town.agent, change };
    served.town.does(served.town.admin, deed).await;
    with(&served, &agent["access_token"], Method::GET, "users/me").await.with(401);
    fetch(&served, &renews(&agent["refresh_token"])).await.with(401);
    let admin = served.town.as_(served.town.admin);
    admin.set_password(served.town.key(), served.town.ana, Secret::new("another horse here")).await.expect("set");
    with(&served, &own["access_token"], Method::GET, "users/me").await.with(401);
    fetch(&served, &renews(&own["refresh_token"])).await.with(401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_does_what_it_was_let_to_do_and_no_more() {
    let served = with_password().await;
    let id = served.town.ticket(served.town.ana, "Printer", "It jams").await;
    for (scope, me, ticket) in
        [("read", 200, 200), ("tickets:read", 403, 200), ("users:read", 200, 403), ("cake", 403, 403)]
    {
        let tokens = tokens(&served, "marc@velo.example", scope).await;
        with(&served, &tokens["access_token"], Method::GET, "users/me").await.with(me);
        with(&served, &tokens["access_token"], Method::GET, &format!("tickets/{id}")).await.with(ticket);
        with(&served, &tokens["access_token"], Method::DELETE, "oauth/tokens/current").await.with(204);
        with(&served, &tokens["access_token"], Method::GET, "users/me").await.with(401);
    }
}

/// `security.md` 16: with what the other may do, and nobody of the team.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn an_admins_program_may_act_as_an_end_user() {
    let served = with_password().await;
    let as_ = async |token: &Value, email: &str| {
        let asks = served.nobody(Method::GET, "users/me").bearer_auth(token.as_str().expect("a token"));
        Answer::of(asks.header("x-on-behalf-of", email).send().await.expect("an answer")).await
    };
    let admin = tokens(&served, "olga@velo.example", "read impersonate").await;
    let me = as_(&admin["access_token"], "ana@gare.example").await.with(200);
    assert_eq!(me["user"]["id"], json!(served.town.ana.0));
    as_(&admin["access_token"], "marc@velo.example").await.with(403);
    as_(&admin["access_token"], "nobody@gare.example").await.with(403);
    let plain = tokens(&served, "olga@velo.example", "read write").await;
    as_(&plain["access_token"], "ana@gare.example").await.with(403);
    for email in ["marc@velo.example", "ana@gare.example"] {
        let other = tokens(&served, email, "read impersonate").await;
        as_(&other["access_token"], "cleo@pay.example").await.with(403);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_sent_where_no_program_of_theirs_waits() {
    let served = with_password().await;
    for redirect in [
        "https://evil.example/",
        "http://127.0.0.1.evil.example:80/",
        "http://localhost:80/",
        "http://127.0.0.1:80@evil.example/",
        "http://127.0.0.1:0/",
        "javascript:alert(1)",
        "",
    ] {
        let answer = say_yes(&served, "marc@velo.example", PASSWORD, redirect, "read").await;
        assert_eq!(answer.status().as_u16(), 400, "{redirect}");
        assert!(!answer.headers().contains_key("location"));
    }
    let shown = say_yes(&served, "marc@velo.example", PASSWORD, "urn:ietf:wg:oauth:2.0:oob", "read").await;
    assert_eq!(shown.status().as_u16(), 200);
    assert!(shown.text().await.expect("a page").contains("<code>"));
}

/// `security.md` 32: what is wrong is not told, and nobody guesses on and on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn who_guesses_learns_nothing_and_has_to_wait() {
    let served = with_password().await;
    let guess = async |email: &str| {
        let answer = say_yes(&served, email, "a wrong password", BACK, "read").await;
        (answer.status().as_u16(), answer.text().await.expect("a page").replace(email, "…"))
    };
    let known = guess("marc@velo.example").await;
    assert_eq!(known, guess("nobody@velo.example").await);
    assert_eq!(known.0, 200);
    for _ in 0..4 {
        guess("marc@velo.example").await;
    }
    assert_eq!(guess("marc@velo.example").await.0, 429);
    // Nor with the right one, until a minute has passed.
    assert_eq!(say_yes(&served, "marc@velo.example", PASSWORD, BACK, "read").await.status().as_u16(), 429);
}

/// R154, R155, and `security.md` 30, 31: a page says the same of every address.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn a_password_is_chosen_by_a_link_once() {
    let served = Served::sqlite().await;
    let ask = async |email: &str| {
        let form = [("name", "Somebody"), ("email", email)];
        let answer = http().post(format!("{}/access", served.base)).form(&form).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("a page"))
    };
    assert_eq!(ask("cleo@pay.example").await, ask("somebody@else.example").await);
    let admin = served.town.as_(served.town.admin);
    let link = admin.access_link(served.town.key(), served.town.cleo).await.expect("a link");
    let url = format!("{}/access/{}", served.base, link.token.expose());
    let page = http().get(&url).send().await.expect("an answer");
    assert_eq!(page.headers()["referrer-policy"], "no-referrer");
    assert!(page.text().await.expect("a page").contains("new-password"));
    let choose = async |password: &str| {
        let answer = http().post(&url).form(&[("password", password)]).send().await.expect("an answer");
        answer.text().await.expect("a page")
    };
    assert!(choose("short").await.contains("alert"));
    assert!(choose(PASSWORD).await.contains("is set"));
    assert!(choose(PASSWORD).await.contains("alert"));
    let me = served.nobody(Method::GET, "users/me").basic_auth("cleo@pay.example", Some(PASSWORD));
    let me = Answer::of(me.send().await.expect("an answer")).await.with(200);
    assert_eq!(me["user"]["id"], json!(served.town.cleo.0));
}

/// Who works tickets does not sign programs in with a password.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_team_signs_programs_in_with_tokens() {
    let served = with_password().await;
    let basic = async |email: &str| {
        let asks = served.nobody(Method::GET, "users/me").basic_auth(email, Some(PASSWORD));
        Answer::of(asks.send().await.expect("an answer")).await.status.as_u16()
    };
    assert_eq!((basic("ana@gare.example").await, basic("marc@velo.example").await), (200, 401));
    let admin = served.town.as_(served.town.admin);
    assert_eq!(admin.tokens(served.town.agent).await.expect("programs").len(), 0);
    tokens(&served, "marc@velo.example", "").await;
    let known = admin.tokens(served.town.agent).await.expect("programs");
    assert!(known[0].name.starts_with("guichet "), "{known:?}");
}
