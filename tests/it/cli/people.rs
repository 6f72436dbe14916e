//! How people come in, what they work with, and how they leave, by commands.

use super::lines::Acme;
use super::{json, refused};

const DATABASE: [&str; 2] = ["--database", "sqlite:acme.db"];

/// R154, R155: asked for without an account; the link, typed in the terminal, sets the password, once.
#[test]
fn access_is_asked_for_and_a_password_set_by_a_link() {
    let acme = Acme::new();
    let ask = |address: &str| {
        let ran = acme.home.run(&[&DATABASE[..], &["sign-up", "--name", "Jo", "--email", address]].concat());
        assert_eq!(ran.status, Some(0), "{ran:?}");
        ran.out.replace(address, "ADDRESS")
    };
    assert_eq!(ask("jo@shop.example"), ask("lea@shop.example"), "the answer does not tell who is known");
    let submit = ["request", "new", "--kind", "hardware", "--subject", "S", "--body", "B"];
    let submits = || acme.home.run(&[&DATABASE[..], &["--as", "jo@shop.example"], &submit].concat());
    refused(&submits(), 4, "no password yet");
    let link = acme.json("ana", &["person", "password", "jo@shop.example", "--link"]);
    let token = link["token"].as_str().expect("a token").to_owned();
    assert_eq!(token.len(), 64, "256 bits");
    refused(&acme.run("marc", &["person", "password", "jo@shop.example", "--link"]), 4, "admins");
    let by_link = [&DATABASE[..], &["person", "password", "--token"]].concat();
    refused(&acme.home.run_with_input(&by_link, format!("{token}\nshort\n")), 1, "10 characters");
    let set = acme.home.run_with_input(&by_link, format!("{token}\ncorrect horse\n"));
    assert_eq!(set.status, Some(0), "{set:?}");
    assert!(!format!("{set:?}").contains("horse"));
    refused(&acme.home.run_with_input(&by_link, format!("{token}\ncorrect horse\n")), 1, "used before");
    json(&acme.home.run(&[&DATABASE[..], &["--as", "jo@shop.example", "--json"], &submit].concat()));
    let own = [&DATABASE[..], &["--as", "lea@shop.example", "person", "password"]].concat();
    assert_eq!(acme.home.run_with_input(&own, "another horse\n").status, Some(0));
    refused(&acme.home.run_with_input(&own, ""), 2, "Nothing was typed");
}

#[test]
fn a_token_is_shown_once_listed_by_name_and_revoked() {
    let acme = Acme::new();
    let token = acme.json("ana", &["person", "token", "marc@acme.example"])["token"].to_string();
    let list = acme.run("marc", &["person", "token", "me", "--list", "--json"]);
    let name = json(&list)["tokens"][0]["name"].as_str().expect("a name").to_owned();
    assert!(!list.out.contains(token.trim_matches('"')));
    acme.json("marc", &["person", "token", "me", "--revoke", &name]);
    refused(&acme.run("marc", &["person", "token", "me", "--revoke", &name]), 3, "no such token");
    refused(&acme.run("lea", &["person", "token", "marc@acme.example"]), 3, "");
}

#[test]
fn an_agent_is_restricted_and_goes_away() {
    let acme = Acme::new();
    acme.request("Printer jams");
    let update = ["person", "update", "marc@acme.example", "--restriction", "assigned", "--time-zone", "europe/paris"];
    let marc = acme.json("ana", &[&update[..], &["--away", "--until", "2099-01-31"]].concat());
    let user = &marc["user"];
    assert_eq!((&user["ticket_restriction"], &user["time_zone"]), (&"assigned".into(), &"Europe/Paris".into()));
    assert_eq!((&user["away"], &user["away_until"]), (&true.into(), &"2099-01-31T00:00:00Z".into()));
    let (hidden, never) = (acme.run("marc", &["ticket", "show", "1"]), acme.run("marc", &["ticket", "show", "99"]));
    refused(&hidden, 3, "");
    assert_eq!((hidden.status, hidden.err), (never.status, never.err), "R109");
    acme.json("ana", &["ticket", "update", "1", "--assignee", "marc@acme.example"]);
    let away = acme.run("marc", &["ticket", "update", "1", "--assignee", "ana@acme.example", "--json"]);
    assert_eq!(json(&away)["ticket"], serde_json::json!({ "id": 1 }), "done, and out of sight");
    assert_eq!(acme.json("marc", &["person", "update", "me", "--back"])["user"]["away"], false);
    refused(&acme.run("marc", &["person", "update", "me", "--restriction", "none"]), 4, "admins");
    refused(&acme.run("ana", &["person", "update", "me", "--time-zone", "Mars/Olympus"]), 1, "Europe/Paris");
}

/// D35: merged, deleted, erased; what was done stands in the log, and the store verifies.
#[test]
fn people_leave_in_three_ways_and_the_log_tells() {
    let acme = Acme::new();
    acme.request("Printer jams");
    let tom = ["person", "new", "--name", "Tom Roy", "--email", "tom@shop.example"];
    acme.json("ana", &tom);
    let merged = acme.json("marc", &["person", "merge", "lea@shop.example", "--into", "tom@shop.example"]);
    assert_eq!(merged["user"]["name"], "Tom Roy");
    assert_eq!(acme.json("marc", &["ticket", "show", "1"])["ticket"]["requester_id"], merged["user"]["id"]);
    assert_eq!(acme.json("marc", &["person", "show", "3"])["user"]["name"], "Tom Roy", "the number leads on");
    refused(&acme.run("ana", &["person", "delete", "tom@shop.example"]), 1, "open request");
    refused(&acme.run("ana", &["person", "delete", "me"]), 1, "last admin");
    acme.json("ana", &["ticket", "update", "1", "--status", "solved"]);
    refused(&acme.run("ana", &["person", "erase", "tom@shop.example", "--texts"]), 2, "--yes");
    let erased = acme.json("ana", &["person", "erase", "tom@shop.example", "--texts", "--yes"]);
    assert_eq!((&erased["user"]["standing"], &erased["user"]["email"]), (&"erased".into(), &serde_json::Value::Null));
    let gone = acme.json("ana", &["person", "delete", "marc@acme.example"]);
    assert_eq!((&gone["user"]["name"], &gone["user"]["active"]), (&"Marc Oni".into(), &false.into()));
    let log = acme.json("ana", &["setting", "log"]);
    let types: Vec<&str> = log["audit_logs"]
        .as_array()
        .expect("a log")
        .iter()
        .flat_map(|one| one["events"].as_array().expect("events"))
        .map(|event| event["type"].as_str().expect("a type"))
        .collect();
    for name in ["founded", "user_created", "organization_created", "user_merged", "user_erased", "user_deleted"] {
        assert!(types.contains(&name), "{name} in {types:?}");
    }
    refused(&acme.run("lea", &["setting", "log"]), 4, "");
    assert_eq!(acme.json("ana", &["verify"])["ok"], true);
}

/// What is done on somebody's page is done by command too.
#[test]
fn people_are_suspended_and_groups_have_members() {
    let acme = Acme::new();
    acme.request("Printer jams");
    acme.json("marc", &["ticket", "update", "1", "--assignee", "me"]);
    refused(&acme.run("lea", &["person", "suspend", "marc@acme.example"]), 3, "");
    refused(&acme.run("marc", &["person", "suspend", "ana@acme.example"]), 4, "");
    refused(&acme.run("ana", &["person", "suspend", "me"]), 1, "admin");
    refused(&acme.run("ana", &["person", "update", "me", "--email", "none"]), 1, "admin");
    let marc = acme.json("ana", &["person", "suspend", "marc@acme.example"]);
    assert_eq!(marc["user"]["suspended"], true);
    let ticket = acme.json("ana", &["ticket", "show", "1"]);
    assert_eq!(ticket["ticket"]["assignee_id"], serde_json::Value::Null, "{ticket}");
    acme.json("ana", &["person", "unsuspend", "marc@acme.example"]);
    acme.json("ana", &["group", "new", "--name", "Night"]);
    acme.json("ana", &["group", "update", "Night", "--add", "marc@acme.example", "--add", "ana@acme.example"]);
    let names = |args: &[&str]| {
        let users = acme.json("ana", &[&["person", "list"], args].concat());
        let users = users["users"].as_array().expect("users").iter();
        users.map(|one| one["email"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&["--group", "Night"]).len(), 2);
    assert_eq!(names(&["--group", "Night", "--limit", "1"]).len(), 1);
    acme.json("ana", &["group", "update", "Night", "--remove", "ana@acme.example", "--name", "Late"]);
    assert_eq!(names(&["--group", "Late"]), ["marc@acme.example"]);
    assert!(acme.run("ana", &["group", "show", "Late"]).out.contains("marc@acme.example"));
    refused(&acme.run("marc", &["group", "update", "Late", "--add", "ana@acme.example"]), 4, "");
    acme.json("ana", &["person", "update", "lea@shop.example", "--organization", "Shop"]);
    assert_eq!(names(&["--organization", "Shop"]), ["lea@shop.example"]);
    refused(&acme.run("ana", &["person", "list", "--organization", "Nowhere"]), 3, "");
}
