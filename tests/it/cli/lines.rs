//! The lines on which scripts rely, run one after the other on one store, to the letter.

use super::{Home, Ran, json, refused};
use serde_json::Value;
use std::collections::BTreeSet;

/// A store with an admin, an agent and an end user.
pub struct Acme {
    pub home: Home,
}

impl Acme {
    pub fn new() -> Self {
        let home = Home::new();
        let owner = "Ana Ruiz <ana@acme.example>";
        let url = "http://127.0.0.1:8080";
        let args = ["init", "--database", "sqlite:acme.db", "--account", "Acme", "--url", url, "--owner", owner];
        let ran = home.run(&args);
        assert_eq!(ran.status, Some(0), "{ran:?}");
        let acme = Self { home };
        let marc = ["--name", "Marc Oni", "--email", "marc@acme.example", "--role", "agent", "--group", "Support Ops"];
        acme.json("ana", &[&["person", "new"], &marc[..]].concat());
        let lea =
            ["--name", "Léa Petit", "--email", "lea@shop.example", "--phone", "+33 1 23 45", "--role", "end-user"];
        acme.json("ana", &[&["person", "new"], &lea[..], &["--organization", "Shop"]].concat());
        acme
    }

    /// Runs a command as ana, marc or lea.
    pub fn run(&self, who: &str, args: &[&str]) -> Ran {
        let address = if who == "lea" { "lea@shop.example".to_owned() } else { format!("{who}@acme.example") };
        self.home.run(&[&["--database", "sqlite:acme.db", "--as", &address], args].concat())
    }

    /// The same with `--json`.
    #[track_caller]
    pub fn json(&self, who: &str, args: &[&str]) -> Value {
        json(&self.run(who, &[args, &["--json"]].concat()))
    }

    /// A request of lea's; its number.
    pub fn request(&self, subject: &str) -> String {
        let made =
            self.json("lea", &["request", "new", "--kind", "hardware", "--subject", subject, "--body", "Since Monday"]);
        made["request"]["id"].to_string()
    }
}

#[test]
fn the_owner_is_an_admin_in_support_ops_and_a_second_init_is_refused() {
    let acme = Acme::new();
    let ana = acme.json("ana", &["person", "show", "me"]);
    let group = acme.json("ana", &["group", "show", "support ops"]);
    assert_eq!(ana["user"]["role"], "admin");
    assert_eq!(ana["user"]["default_group_id"], group["group"]["id"]);
    let again = ["init", "--database", "sqlite:acme.db", "--account", "Other", "--owner", "o@other.example"];
    refused(&acme.home.run(&again), 1, "already");
}

#[test]
fn an_end_user_submits_follows_and_solves() {
    let acme = Acme::new();
    acme.home.write("a.png", "not really a picture");
    let new = ["request", "new", "--kind", "hardware", "--subject", "Printer jams", "--body", "Since Monday"];
    let made = acme.json("lea", &[&new[..], &["--attach", "a.png"]].concat());
    assert_eq!(made["request"]["id"], 1);
    assert_eq!(made["request"]["status"], "open", "R170, D11");
    for scope in ["mine", "ccd", "organization"] {
        let list = acme.json("lea", &["request", "list", "--scope", scope, "--status", "open"]);
        assert!(list["requests"].is_array() && list["meta"]["has_more"] == false, "{list}");
    }
    assert_eq!(acme.json("lea", &["request", "list"])["requests"][0]["id"], 1);
    acme.json("lea", &["request", "reply", "1", "--body", "Still jams"]);
    let shown = acme.json("lea", &["request", "show", "1"]);
    let bodies: Vec<_> =
        shown["request"]["comments"].as_array().expect("comments").iter().map(|one| &one["body"]).collect();
    assert_eq!(bodies, ["Since Monday", "Still jams"]);
    assert_eq!(shown["request"]["comments"][0]["attachments"][0]["file_name"], "a.png");
    refused(&acme.run("lea", &["request", "solve", "1"]), 1, "");
    acme.json("marc", &["ticket", "update", "1", "--assignee", "me"]);
    assert_eq!(acme.json("lea", &["request", "solve", "1"])["request"]["solved"], true, "D12");
    let file = acme.run("lea", &["request", "file", "1", "--output", "-"]);
    assert_eq!((file.status, file.out.as_str()), (Some(0), "not really a picture"), "{file:?}");
    // Saved under its own name, but never over a file that is there.
    refused(&acme.run("lea", &["request", "file", "1"]), 1, "exists already");
}

#[test]
fn an_agent_works_a_ticket_by_the_lines_of_the_page() {
    let acme = Acme::new();
    acme.request("Printer jams");
    let list = acme.json("marc", &["ticket", "list", "--view", "unassigned", "--limit", "5"]);
    assert_eq!((&list["tickets"][0]["id"], &list["meta"]["after_cursor"]), (&Value::from(1), &Value::Null));
    let new = ["ticket", "new", "--requester", "lea@shop.example", "--subject", "S", "--body", "B"];
    assert_eq!(acme.json("marc", &new)["ticket"]["is_public"], true);
    let private = acme.json("marc", &[&new[..], &["--private", "--kind", "software"]].concat());
    assert_eq!((&private["ticket"]["is_public"], &private["ticket"]["kind"]), (&false.into(), &"software".into()));
    let reply = ["ticket", "reply", "1", "--body", "On it", "--status", "pending", "--cc", "tom@shop.example"];
    let replied = acme.json("marc", &reply);
    assert_eq!(replied["ticket"]["status"], "pending");
    assert_eq!(replied["ticket"]["email_cc_ids"].as_array().map(Vec::len), Some(1));
    let note = [
        "--database",
        "sqlite:acme.db",
        "--as",
        "marc@acme.example",
        "ticket",
        "note",
        "1",
        "--body-file",
        "-",
        "--json",
    ];
    json(&acme.home.run_with_input(&note, "typed\nin two lines"));
    let shown = acme.json("marc", &["ticket", "show", "1"]);
    let comments = shown["ticket"]["comments"].as_array().expect("comments");
    let public: Vec<_> = comments.iter().map(|one| one["public"] == true).collect();
    assert_eq!(public, [true, true, false]);
    assert_eq!(comments[2]["body"], "typed\nin two lines");
    let audits = acme.json("marc", &["ticket", "events", "1"]);
    assert_eq!(audits["audits"].as_array().map(Vec::len), Some(5), "{audits}");
    let found = acme.json("marc", &["search", "status<solved printer"]);
    assert_eq!((&found["count"], &found["results"][0]["result_type"]), (&1.into(), &"ticket".into()));
}

#[test]
fn an_update_takes_every_flag_of_the_page_at_once() {
    let acme = Acme::new();
    acme.request("Printer jams");
    let update = [
        "ticket",
        "update",
        "1",
        "--status",
        "solved",
        "--assignee",
        "me",
        "--group",
        "Support Ops",
        "--priority",
        "high",
        "--kind",
        "software",
        "--add-tag",
        "vip",
        "--remove-tag",
        "x",
        "--cc",
        "a@b.example",
        "--remove-cc",
        "a@b.example",
        "--follow",
        "--subject",
        "S",
        "--requester",
        "a@b.example",
        "--due",
        "2030-01-01T00:00:00Z",
    ];
    let ticket = &acme.json("marc", &update)["ticket"];
    let is = |key: &str, value: Value| assert_eq!(ticket[key], value, "{key}: {ticket}");
    is("status", "solved".into());
    is("priority", "high".into());
    is("kind", "software".into());
    is("tags", vec!["vip"].into());
    is("subject", "S".into());
    is("due_at", "2030-01-01T00:00:00Z".into());
    assert_eq!(ticket["assignee_id"], ticket["follower_ids"][0]);
}

#[test]
fn timers_run_at_another_time_or_only_say_so() {
    let acme = Acme::new();
    acme.request("Printer jams");
    acme.json("marc", &["ticket", "reply", "1", "--body", "Which one?", "--status", "pending"]);
    let forecast = acme.json("marc", &["timer", "forecast", "--until", "2099-01-01"]);
    assert_eq!(forecast["due"][0]["automation"], "remind", "R172");
    let run = ["timer", "run", "--at", "2099-01-01T00:00:00Z"];
    let dry = acme.json("ana", &[&run[..], &["--dry-run"]].concat());
    let wet = acme.json("ana", &run);
    assert_eq!(dry["ran"], wet["ran"]);
    assert_eq!((&wet["ran"][1]["ticket_id"], &wet["ran"][1]["automation"]), (&1.into(), &"end".into()), "R173");
    assert_eq!(acme.json("marc", &["ticket", "show", "1"])["ticket"]["status"], "closed", "D9");
    refused(&acme.run("marc", &run), 4, "");
}

/// D8, D9, D10, R113
#[test]
fn settings_are_set_by_dotted_name() {
    let acme = Acme::new();
    for (name, typed, value) in [
        ("portal.on_hold", "\"as_open\"", Value::from("as_open")),
        ("pending_end", "solved", "solved".into()),
        ("private_tickets", "false", false.into()),
        ("close_after", "36h", "36h".into()),
        ("remind_after", "none", Value::Null),
        ("default_group", "Support Ops", "Support Ops".into()),
        ("account.name", "Acme 2", "Acme 2".into()),
    ] {
        let set = acme.json("ana", &["setting", "set", name, typed]);
        assert_eq!(set["settings"][name], value, "{name}");
        assert_eq!(acme.json("ana", &["setting", "show", name])["settings"][name], value, "{name}");
    }
    refused(&acme.run("ana", &["setting", "set", "close_after", "30d"]), 1, "");
    refused(&acme.run("ana", &["setting", "set", "portal.on_hold", "maybe"]), 2, "show or as_open");
    refused(&acme.run("ana", &["setting", "show", "pendig_end"]), 3, "did you mean pending_end?");
    refused(&acme.run("marc", &["setting", "set", "language", "fr"]), 4, "");
}

/// R109, R116, R126, D17: an end user's objects have no place for anything internal, and what is private is not there for them at all.
#[test]
fn an_end_users_json_holds_nothing_internal() {
    let acme = Acme::new();
    acme.request("Printer jams");
    acme.json("marc", &["ticket", "note", "1", "--body", "SECRET note", "--add-tag", "secret-tag", "--follow"]);
    let new =
        ["ticket", "new", "--requester", "lea@shop.example", "--subject", "SECRET ticket", "--body", "x", "--private"];
    acme.json("marc", &new);
    let all = [
        acme.json("lea", &["request", "show", "1"]),
        acme.json("lea", &["request", "list"]),
        acme.json("lea", &["request", "list", "--scope", "organization"]),
        acme.json("lea", &["search", ""]),
        acme.json("lea", &["search", "secret"]),
        acme.json("lea", &["person", "show", "me"]),
        acme.json("lea", &["organization", "list"]),
    ];
    for answer in &all {
        assert!(!answer.to_string().to_lowercase().contains("secret"), "{answer}");
    }
    assert_eq!(all[4]["count"], 0, "R116");
    let keys: BTreeSet<&str> = all[0]["request"].as_object().expect("a request").keys().map(String::as_str).collect();
    for internal in ["tags", "submitter_id", "follower_ids", "external_id", "version", "merged_into_id"] {
        assert!(!keys.contains(internal), "{internal}");
    }
    for (args, status) in [
        (&["ticket", "list"][..], 4),
        (&["ticket", "show", "1"], 4),
        (&["ticket", "events", "1"], 4),
        (&["view", "list"], 4),
        (&["timer", "forecast"], 4),
        (&["person", "show", "marc@acme.example"], 3),
        (&["request", "show", "2"], 3),
        (&["request", "show", "99"], 3),
    ] {
        refused(&acme.run("lea", args), status, "");
    }
    // A private request and one that is not there are told apart by nothing (R109).
    let (private, missing) = (acme.run("lea", &["request", "show", "2"]), acme.run("lea", &["request", "show", "99"]));
    assert_eq!(private.err, missing.err);
}

/// D29: a kind is a ticket form with a guidance text: `ticket_form_id` and, beside it, our `kind`.
#[test]
fn a_kind_is_a_ticket_form_on_the_wire() {
    use guichet::domain::{account::Kind, id::KindId};
    let acme = Acme::new();
    let id = acme.request("Printer jams");
    let request = &acme.json("lea", &["request", "show", &id])["request"];
    let ticket = &acme.json("marc", &["ticket", "show", &id])["ticket"];
    for object in [request, ticket] {
        assert!(object["ticket_form_id"].is_i64(), "{object}");
        assert_eq!(object["kind"], "hardware");
    }
    assert_eq!(request["ticket_form_id"], ticket["ticket_form_id"]);
    let (name, guidance) = ("Hardware issue".to_owned(), "Something wrong with a device".to_owned());
    let kind = Kind { name, guidance, ..Kind::new(KindId(3), "hardware") };
    let place = guichet::wire::Place::new(Some("https://velo.example"), std::slice::from_ref(&kind));
    let form = serde_json::to_value(guichet::wire::TicketForm::of(&kind, 2, &place)).expect("JSON");
    assert_eq!((&form["id"], &form["kind"], &form["active"]), (&3.into(), &"hardware".into(), &true.into()));
    assert_eq!(form["guidance"], "Something wrong with a device");
}

/// Z14: one command verifies a store.
#[test]
fn a_store_is_verified_and_the_doctor_is_content_with_it() {
    let acme = Acme::new();
    acme.request("Printer jams");
    let verified = json(&acme.home.run(&["--database", "sqlite:acme.db", "verify", "--json"]));
    assert_eq!((&verified["ok"], &verified["tickets"]), (&true.into(), &1.into()));
    assert!(verified["events"].as_u64().is_some_and(|events| events > 0), "{verified}");
    assert_eq!(acme.json("ana", &["doctor"])["ok"], true);
    let ran = acme.home.run(&["--database", "sqlite:nowhere.db", "doctor"]);
    assert!(ran.status == Some(1) && ran.out.contains('✗'), "{ran:?}");
}

#[test]
fn organizations_are_made_changed_and_found_by_name_or_number() {
    let acme = Acme::new();
    let made = acme.json("ana", &["organization", "new", "--name", "Gare depot", "--domain", "gare.example"]);
    let id = made["organization"]["id"].to_string();
    let args = ["organization", "update", &id, "--name", "Depot", "--shared-tickets", "true"];
    let changed = acme.json("ana", &args);
    assert_eq!(
        (&changed["organization"]["name"], &changed["organization"]["shared_tickets"]),
        (&"Depot".into(), &true.into())
    );
    assert_eq!(
        acme.json("marc", &["organization", "show", "depot"])["organization"]["domain_names"][0],
        "gare.example"
    );
    refused(&acme.run("ana", &["organization", "show", "Nowhere"]), 3, "Nowhere");
    refused(&acme.run("ana", &["organization", "new", "--name", "depot"]), 1, "");
}
