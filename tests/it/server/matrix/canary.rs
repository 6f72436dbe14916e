//! Whatever is internal bears a mark, and no answer of any route holds one that is not for whoever asked: bodies, headers
//! and what was found by a mark.

use super::asks::{Asked, Route, routes};
use super::people::{Everybody, Got};
use crate::contract::marks::{ELSEWHERE, INTERNAL, asking};
use serde_json::Value;

const NO_PERSON: [&str; 3] = ["nobody", "somebody with a wrong token", "one who left the organization"];
/// Tickets, people and whatever else has numbers.
const NUMBERS: std::ops::RangeInclusive<i64> = 1..=17;
const COMMENTS: std::ops::RangeInclusive<i64> = 1..=40;

/// Whoever asks, by the name they have in the matrix, with what they never read.
fn readers(everybody: &Everybody) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut all = Vec::new();
    for asking in asking(&everybody.scene) {
        let who = super::WHO.into_iter().find(|who| everybody.person(who) == Some(asking.person));
        all.push((who.expect("a name in the matrix"), asking.never));
    }
    let outside = [INTERNAL.as_slice(), &["mkforeign", "mkown", "mkperson", "mkorganization"]].concat();
    all.extend(NO_PERSON.map(|who| (who, outside.clone())));
    all
}

/// Every path that a route has with numbers in it.
fn paths(route: &Route) -> Vec<String> {
    let mut all = vec![route.path.clone()];
    let of_ticket = route.path.contains("ticket_id}/") || route.path.contains("request_id}/");
    let many = route.path.matches('{').count() > 1;
    for at in 0..3 {
        let numbers = match (at, many, of_ticket) {
            (0, true, true) => 1..=4,
            (0, true, false) | (2, ..) => 1..=5,
            (1, _, true) => COMMENTS,
            _ => NUMBERS,
        };
        let put = |path: &String, number: i64| {
            let (before, rest) = path.split_once('{')?;
            Some(format!("{before}{number}{}", rest.split_once('}')?.1))
        };
        if all.iter().all(|path| !path.contains('{')) {
            break;
        }
        all = all.iter().flat_map(|path| numbers.clone().filter_map(move |number| put(path, number))).collect();
    }
    all
}

/// As much as can be asked for at once.
const WIDE: &str = "include=users,groups,organizations,last_audits,metric_sets,comment_count,dates,identities,\
    ticket_forms,slas,incident_counts,permissions,roles,abilities,tickets&page[size]=100&start_time=1&include_inline_images=true";

fn get(path: String) -> Asked {
    Asked { method: "GET".into(), path, kind: "", body: String::new() }
}

fn leak(got: &Got, never: &[&str]) -> Option<String> {
    let text = format!("{} {}", got.headers, got.body);
    never.iter().find_map(|mark| {
        let at = text.find(mark)?;
        Some(format!("{mark}: {}", text[at.saturating_sub(200)..].chars().take(400).collect::<String>()))
    })
}

/// Whether anything was found, whatever its shape.
fn found(got: &Got) -> bool {
    let Ok(body) = serde_json::from_str::<Value>(&got.body) else { return false };
    let rows =
        body.as_object().into_iter().flatten().any(|(_, value)| value.as_array().is_some_and(|all| !all.is_empty()));
    let counted =
        [&body["count"], &body["count"]["value"]].into_iter().any(|count| count.as_i64().is_some_and(|n| n > 0));
    got.status == 200 && (rows || counted)
}

/// By which routes something is looked for.
fn looks(routes: &[Route]) -> Vec<String> {
    let plain = routes.iter().filter(|route| route.method == "GET" && !route.path.contains('{'));
    let looking = ["search", "autocomplete", "export"];
    plain.filter(|route| looking.iter().any(|word| route.path.contains(word))).map(|route| route.path.clone()).collect()
}

async fn searched(everybody: &Everybody, who: &str, never: &[&str], routes: &[Route]) -> Vec<String> {
    let mut wrong = Vec::new();
    for path in looks(routes) {
        for mark in never.iter().filter(|mark| mark.starts_with("mk")) {
            for query in [
                (*mark).to_owned(),
                format!("subject:{mark}"),
                format!("tags:{mark}"),
                format!("{}*", &mark[..mark.len() - 1]),
            ] {
                let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
                let asked = format!("{path}?query={query}&name={query}&filter[type]=ticket");
                let got = everybody.ask(who, &get(asked.clone())).await;
                if got.status >= 500 || found(&got) {
                    wrong.push(format!("{who} by {asked}: {} {}", got.status, got.body));
                }
            }
        }
    }
    wrong
}

/// CVE-2018-10198, CVE-2020-10104, CVE-2022-48022 and their like: of every route.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_of_any_route_holds_what_is_not_for_whoever_asked() {
    let everybody = Everybody::make().await;
    let routes = routes();
    let mut wrong = Vec::new();
    for (who, never) in readers(&everybody) {
        for route in routes.iter().filter(|route| route.method == "GET") {
            for path in paths(route) {
                let mut asked = vec![format!("{path}?{WIDE}")];
                if path.ends_with("show_many") || path.ends_with("count_many") {
                    asked = vec![format!("{path}?ids=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16&{WIDE}")];
                }
                for path in asked {
                    let got = everybody.ask(who, &get(path.clone())).await;
                    wrong.extend(leak(&got, &never).map(|what| format!("{who} by {path}: {what}")));
                    if got.status >= 500 {
                        wrong.push(format!("{who} by {path}: {}", got.status));
                    }
                }
            }
        }
        wrong.extend(searched(&everybody, who, &never, &routes).await);
    }
    assert!(wrong.is_empty(), "{} in all, such as\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
    let mut all = String::new();
    for route in routes.iter().filter(|route| route.method == "GET") {
        for path in paths(route) {
            all += &everybody.ask("an admin", &get(format!("{path}?{WIDE}"))).await.body;
        }
    }
    for mark in ELSEWHERE.iter().filter(|mark| !["mksuspended", "mkinside", "mkdeleted"].contains(mark)) {
        assert!(all.contains(mark), "{mark} is nowhere");
    }
}
