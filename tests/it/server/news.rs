//! News as a stream: who hears, for how long, and how many at once.

use crate::support::served::{Served, http};
use guichet::domain::act::{Deed, PersonChange};
use guichet::domain::id::PersonId;
use guichet::domain::life::PersonDeed;
use reqwest::Response;
use serde_json::Value;
use std::time::Duration;
use tokio::time::timeout;

/// Longer than anything takes here.
const LONG: Duration = Duration::from_secs(20);

struct Listening {
    response: Response,
    text: String,
}

/// An event: its id, and what it says.
type Heard = (String, Value);

impl Listening {
    async fn of(served: &Served, person: PersonId, after: Option<&str>) -> Self {
        let response = opens(served, person, after).await;
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, text: String::new() }
    }

    /// The next event; none when the stream ends.
    async fn next(&mut self) -> Option<Heard> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let of = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                let (id, data) = (of("id: "), of("data: "));
                let rest = rest.to_owned();
                self.text = rest;
                if let Some(data) = data {
                    return Some((id.expect("an id"), serde_json::from_str(&data).expect("JSON")));
                }
                continue;
            }
            let chunk = timeout(LONG, self.response.chunk()).await.expect("something comes").ok().flatten()?;
            self.text.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }
}

async fn opens(served: &Served, person: PersonId, after: Option<&str>) -> Response {
    let (email, token) = served.token(person).await;
    let url = format!("{}/api/guichet/v1/news", served.base);
    let mut request = http().get(url).basic_auth(format!("{email}/token"), Some(token));
    if let Some(after) = after {
        request = request.header("last-event-id", after);
    }
    request.send().await.expect("an answer")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_tells_and_goes_on_where_it_ended() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut agent = Listening::of(&served, town.agent, None).await;
    let mut ana = Listening::of(&served, town.ana, None).await;
    let (begin, first) = agent.next().await.expect("where it begins");
    let nothing = serde_json::json!({ "place": begin, "everything": false, "session": false });
    assert_eq!(first, nothing, "nothing is new");
    ana.next().await.expect("where it begins");
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let (_, news) = agent.next().await.expect("news");
    assert_eq!(news["tickets"], serde_json::json!([id.0]));
    let (place, news) = ana.next().await.expect("news");
    assert_eq!(news["tickets"], serde_json::json!([id.0]));
    drop(ana);
    town.note(id, "Not for her.").await;
    let mut ana = Listening::of(&served, town.ana, Some(&place)).await;
    town.reply(town.agent, id, "On my way.").await;
    let (_, news) = ana.next().await.expect("news");
    assert_eq!(news["tickets"], serde_json::json!([id.0]));
    let mut late = Listening::of(&served, town.agent, Some(&begin)).await;
    let (_, news) = late.next().await.expect("what was missed");
    assert_eq!(news["tickets"], serde_json::json!([id.0]));
    let unknown = Listening::of(&served, town.agent, Some("nonsense")).await.next().await;
    assert_eq!(unknown.expect("news").1["everything"], true);
    let nobody = http().get(format!("{}/api/guichet/v1/news", served.base)).send().await.expect("an answer");
    assert_eq!(nobody.status().as_u16(), 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_with_the_sign_in_and_with_the_person() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut ana = Listening::of(&served, town.ana, None).await;
    ana.next().await.expect("where it begins");
    let name = town.as_(town.admin).tokens(town.ana).await.expect("tokens")[0].name.clone();
    town.does(town.admin, Deed::Person(PersonDeed::RevokeToken { person: town.ana, name })).await;
    assert_eq!(ana.next().await, None, "the token is good no longer");
    assert_eq!(opens(&served, town.ana, None).await.status().as_u16(), 401);
    let mut agent = Listening::of(&served, town.other_agent, None).await;
    agent.next().await.expect("where it begins");
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    assert_eq!(agent.next().await, None, "they are shut out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_has_so_many_streams_and_no_more() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(Listening::of(&served, town.agent, None).await);
    }
    assert_eq!(opens(&served, town.agent, None).await.status().as_u16(), 429);
    assert_eq!(opens(&served, town.ana, None).await.status().as_u16(), 200, "others have their own");
    // Who listens is in nobody's way.
    let me = served.get(town.agent, "users/me").await.with(200);
    assert_eq!(me["user"]["id"], serde_json::json!(town.agent.0));
    let metrics = http().get(format!("{}/metrics", served.base)).send().await.expect("an answer");
    assert!(metrics.text().await.expect("text").contains("guichet_streams_open "), "operators see how many");
}

/// Numbers for operators are for this machine alone: behind a proxy on it everybody would come from here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_are_not_told_through_a_proxy() {
    let served = Served::sqlite().await;
    for header in ["x-forwarded-for", "forwarded", "via", "x-real-ip"] {
        let asked = http().get(format!("{}/metrics", served.base)).header(header, "203.0.113.9");
        let answer = asked.send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 404, "{header}");
        assert!(!answer.text().await.expect("text").contains("guichet_"));
    }
    let health = http().get(format!("{}/health", served.base)).header("x-forwarded-for", "203.0.113.9");
    assert_eq!(health.send().await.expect("an answer").status().as_u16(), 200, "a proxy asks whether it is well");
}
