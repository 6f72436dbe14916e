//! What agents do with rules: why one ran, what one would do, macros, views.

use super::lines::Acme;
use super::refused;

const URGENT: &str =
    "title = \"Urgent\"\nwhen = \"ticket is created and priority is urgent\"\nactions = [\"add tags: hot\"]";

fn out(ran: &super::Ran) -> &str {
    assert_eq!(ran.status, Some(0), "{ran:?}");
    &ran.out
}

/// Z09: which parts held and which did not, on which event, what the ticket had, and what the rule would do.
#[test]
fn a_command_says_why_a_rule_did_not_run() {
    let acme = Acme::new();
    acme.home.write("urgent.toml", URGENT);
    acme.json("ana", &["trigger", "set", "--file", "urgent.toml"]);
    acme.request("Printer jams");
    let said = acme.run("marc", &["ticket", "why", "1", "urgent"]);
    let nothing = "Nothing: its condition is not true";
    for line in ["It did not run", "✓ ticket is created", "✗ priority is urgent · the ticket has", nothing] {
        assert!(out(&said).contains(line), "{line}: {}", said.out);
    }
    let ran = acme.run("marc", &["ticket", "why", "1", "confirm a new request with its number"]);
    let would = out(&ran).split("it would do:").nth(1).expect("what it would do");
    assert!(out(&ran).contains("It ran") && would.contains("tell "), "{}", ran.out);
    let why = &acme.json("marc", &["ticket", "why", "1", "Urgent"])["why"];
    assert_eq!((&why["rule"]["type"], &why["active"]), (&"trigger".into(), &true.into()));
    let step = &why["steps"][0];
    assert_eq!((&step["ran"], &step["condition"]["holds"]), (&false.into(), &false.into()));
    assert_eq!(step["condition"]["parts"][1]["asked"], "priority is urgent");
    let close = acme.run("marc", &["ticket", "why", "1", "close"]);
    assert!(out(&close).contains("Now its condition is not true"), "{close:?}");
    refused(&acme.run("marc", &["ticket", "why", "1", "nonsense"]), 3, "There is no trigger or automation nonsense");
    assert_ne!(acme.run("lea", &["ticket", "why", "1", "urgent"]).status, Some(0));
}

/// A dry run of what is not even saved writes nothing.
#[test]
fn a_rule_is_tried_before_it_is_saved() {
    let acme = Acme::new();
    acme.home.write("urgent.toml", URGENT);
    acme.request("Printer jams");
    let new = ["ticket", "new", "--requester", "lea@shop.example", "--subject", "Fire", "--body", "B"];
    acme.json("marc", &[&new[..], &["--priority", "urgent"]].concat());
    let tried = acme.run("ana", &["trigger", "try", "--file", "urgent.toml"]);
    assert!(out(&tried).contains("It would have run on 1 of the last 2 tickets"), "{tried:?}");
    assert!(tried.err.contains("Nothing was done"), "{tried:?}");
    let trial = &acme.json("ana", &["trigger", "try", "--file", "urgent.toml"])["trial"];
    assert_eq!((&trial["looked_at"], &trial["concerned"]), (&2.into(), &1.into()));
    assert_eq!(trial["tickets"][0]["changes"][0]["added"][0], "hot");
    let triggers = acme.run("ana", &["trigger", "list"]);
    assert!(!out(&triggers).contains("Urgent"), "{triggers:?}");
    assert_eq!(acme.json("ana", &["ticket", "show", "2"])["ticket"]["tags"], serde_json::json!([]));
    let view = acme.run(
        "marc",
        &["view", "try", "hot-ones", "--set", "when=priority is urgent", "--set", "owner=person: marc@acme.example"],
    );
    assert!(out(&view).contains("It lists 1 of the last 2 tickets"), "{view:?}");
    assert_ne!(acme.run("marc", &["trigger", "try", "--file", "urgent.toml"]).status, Some(0));
}

/// What a macro changes and says is shown before; what the command line says comes after it.
#[test]
fn a_macro_is_applied_by_a_command() {
    let acme = Acme::new();
    acme.request("Printer jams");
    acme.home.write(
        "wait.toml",
        "title = \"Wait\"\nowner = \"person: marc@acme.example\"\n\
         actions = [\"status: pending\", \"add tags: waiting\", \"reply: Hello {{ requester.name }}\"]",
    );
    acme.json("marc", &["macro", "set", "--file", "wait.toml"]);
    let dry = acme.run("marc", &["ticket", "update", "1", "--macro", "wait", "--dry-run"]);
    for line in ["Reply:", "Hello Léa Petit", "Pending", "waiting"] {
        assert!(out(&dry).contains(line), "{line}: {}", dry.out);
    }
    let object = &acme.json("marc", &["ticket", "update", "1", "--macro", "wait", "--dry-run"])["result"];
    assert_eq!((&object["comment"]["body"], &object["comment"]["public"]), (&"Hello Léa Petit".into(), &true.into()));
    assert_eq!(acme.json("marc", &["ticket", "show", "1"])["ticket"]["comments"].as_array().map(Vec::len), Some(1));
    let done = acme.json("marc", &["ticket", "update", "1", "--macro", "Wait", "--status", "hold"]);
    assert_eq!((&done["ticket"]["status"], &done["ticket"]["tags"][0]), (&"hold".into(), &"waiting".into()));
    assert_eq!(acme.json("marc", &["ticket", "show", "1"])["ticket"]["comments"].as_array().map(Vec::len), Some(2));
    let tried = acme.run("marc", &["macro", "try", "wait"]);
    assert!(out(&tried).contains("It would change or answer 1 of the last 1 ticket"), "{tried:?}");
}

/// A view's own columns and groups, where it is listed.
#[test]
fn a_view_lists_its_columns_in_its_groups() {
    let acme = Acme::new();
    acme.request("Printer jams");
    let new = ["ticket", "new", "--requester", "lea@shop.example", "--subject", "Fire", "--body", "B"];
    acme.json("marc", &[&new[..], &["--priority", "urgent"]].concat());
    acme.home.write(
        "mine.toml",
        "slug = \"by-priority\"\nowner = \"person: marc@acme.example\"\nwhen = \"status < solved\"\n\
         group_by = \"priority\"\ncolumns = [\"id\", \"subject\", \"organization\"]",
    );
    acme.json("marc", &["view", "set", "--file", "mine.toml"]);
    for args in [&["view", "show", "by-priority"][..], &["ticket", "list", "--view", "by-priority"]] {
        let listed = acme.run("marc", args);
        let text = out(&listed);
        let (urgent, other) = (text.find("Priority: Urgent"), text.rfind("Priority: "));
        assert!(urgent.is_some() && urgent < other, "{text}");
        assert!(text.contains("2\tFire\tShop"), "{text}");
    }
    assert!(!out(&acme.run("ana", &["view", "list"])).contains("by-priority"), "it is marc's");
    let grouped = ["view", "set", "by-priority", "--set", "group_by=subject"];
    refused(&acme.run("marc", &grouped), 1, "Rows can be gathered by");
}

/// R127, R128: the only public comment becomes a note, and the requester knows nothing of the ticket from then on.
#[test]
fn the_only_comment_is_turned_into_a_note() {
    let acme = Acme::new();
    let (one, two) = (acme.request("Printer jams"), acme.request("Scanner hums"));
    assert_eq!(
        out(&acme.run("marc", &["ticket", "make-internal", &one])),
        format!("The comment on ticket #{one} is a note now, for good.\n")
    );
    refused(&acme.run("lea", &["request", "show", &one]), 3, "There is nothing with that number");
    refused(&acme.run("marc", &["ticket", "make-internal", &one]), 1, "note");
    acme.json("marc", &["ticket", "reply", &two, "--body", "On it"]);
    refused(&acme.run("marc", &["ticket", "make-internal", &two]), 1, "public");
    refused(&acme.run("marc", &["ticket", "make-internal", "99"]), 3, "There is nothing with that number");
}
