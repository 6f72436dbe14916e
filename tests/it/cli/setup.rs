//! The set-up by commands: everything of a kind is listed, shown, set and deleted in the same manner.

use super::lines::Acme;
use super::refused;

const FIELD: &str = r#"
title = "Camera model"
type = "tagger"
access = "requesters-edit"
[[options]]
name = "X-100"
value = "x100"
"#;

const TRIGGER: &str = r#"
title = "Cameras to Support Ops"
when = "tags include x100"
actions = ["group: Support Ops", "priority: high"]
"#;

fn out(ran: &super::Ran) -> &str {
    assert_eq!(ran.status, Some(0), "{ran:?}");
    &ran.out
}

/// The lines on which scripts rely.
#[test]
fn fields_forms_triggers_automations_and_statuses_are_set_from_files() {
    let acme = Acme::new();
    acme.home.write("field.toml", FIELD);
    let made = acme.json("ana", &["field", "set", "--file", "field.toml"]);
    assert_eq!(
        (&made["ticket_field"]["slug"], &made["ticket_field"]["type"]),
        (&"camera-model".into(), &"tagger".into())
    );
    acme.home.write(
        "form.toml",
        "slug = \"camera\"\nname = \"Camera\"\nguidance = \"Cameras\"\nfields = [\"subject\", \"camera-model\"]",
    );
    let form = acme.json("ana", &["form", "set", "--file", "form.toml"]);
    assert_eq!(form["ticket_form"]["fields"][1], "camera-model");
    assert_eq!(acme.json("ana", &["kind", "show", "camera"]), form, "a form is a kind (D29)");
    acme.home.write("trigger.toml", TRIGGER);
    let trigger = acme.json("ana", &["trigger", "set", "--file", "trigger.toml"]);
    assert_eq!(trigger["trigger"]["actions"][0], "group: Support Ops");
    acme.home.write("status.json", r#"{"custom_status": {"name": "Waiting for parts", "category": "hold", "id": 1}}"#);
    let status = acme.json("ana", &["status", "set", "--file", "status.json"]);
    assert_eq!(
        (&status["custom_status"]["category"], &status["custom_status"]["active"]),
        (&"hold".into(), &true.into())
    );
    acme.home
        .write("automation.toml", "slug = \"chase\"\nwhen = \"pending at least 1 day ago and not tags include chased\"\nactions = [\"add tags: chased\"]");
    assert_eq!(acme.json("ana", &["automation", "set", "--file", "automation.toml"])["automation"]["slug"], "chase");
    let kinds = acme.json("ana", &["kind", "list"]);
    assert_eq!(kinds["ticket_forms"].as_array().map(Vec::len), Some(5));
}

/// What is given another name is told where it is still called by its old one.
#[test]
fn a_new_name_says_which_translations_stay() {
    let acme = Acme::new();
    let renamed = acme.run("ana", &["kind", "set", "hardware", "--set", "name=Machines"]);
    assert!(out(&renamed).contains("Machines") || renamed.status == Some(0), "{renamed:?}");
    assert!(renamed.err.contains("translations (fr and it) say what they said before"), "{renamed:?}");
    let both =
        acme.run("ana", &["kind", "set", "hardware", "--set", "name=Gear", "--set", "translations.fr.name=Engins"]);
    assert!(both.err.contains("Its translation (it) says"), "{both:?}");
    let guidance = acme.run("ana", &["kind", "set", "hardware", "--set", "guidance=Anything with a plug"]);
    assert!(guidance.err.is_empty(), "{guidance:?}");
}

/// Every thing of the set-up is shown by the same options, and who names none is told where all are listed.
#[test]
fn things_are_shown_by_the_same_options_and_named_in_words() {
    let acme = Acme::new();
    for (noun, name) in [("kind", "hardware"), ("field", "subject"), ("view", "all-unsolved"), ("automation", "close")]
    {
        let toml = acme.run("ana", &[noun, "show", name, "--toml"]);
        assert!(out(&toml).contains(" = "), "{toml:?}");
        if noun != "view" {
            assert_eq!(toml.out, acme.run("ana", &[noun, "show", name]).out);
        }
    }
    acme.request("Printer jams");
    let why = acme.run("marc", &["ticket", "why", "1", "nonsense"]);
    refused(&why, 3, "There is no trigger or automation nonsense");
    assert!(why.err.contains("`guichet trigger list`"), "{why:?}");
    let fields = acme.run("ana", &["field", "list"]);
    assert!(!out(&fields).contains("requesters-edit") && fields.out.contains("requesters fill it in"), "{fields:?}");
}

/// What `show` prints goes back into `set` and changes nothing; what a file leaves out stays, unless the whole is meant.
#[test]
fn what_is_shown_can_be_set_again() {
    let acme = Acme::new();
    acme.home.write("trigger.toml", TRIGGER);
    out(&acme.run("ana", &["trigger", "set", "--file", "trigger.toml"]));
    let name = "cameras to support ops";
    let shown = acme.run("ana", &["trigger", "show", name]);
    assert!(out(&shown).starts_with("title = \"Cameras to Support Ops\"\n"), "{shown:?}");
    acme.home.write("shown.toml", &shown.out);
    assert!(out(&acme.run("ana", &["trigger", "set", "--file", "shown.toml"])).contains("as it was"));
    let changed = acme.run("ana", &["trigger", "set", name, "--set", "active=false", "--set", "title=Cameras"]);
    assert!(out(&changed).contains("changed: active and title"), "{changed:?}");
    let now = &acme.json("ana", &["trigger", "show", "Cameras"])["trigger"];
    assert_eq!((&now["active"], &now["actions"][1]), (&false.into(), &"priority: high".into()));
    acme.home.write("bare.toml", "title = \"Cameras\"\nwhen = \"tags include x100\"\nactions = [\"priority: low\"]");
    let would = acme.run("ana", &["trigger", "set", "--file", "bare.toml", "--whole", "--dry-run"]);
    assert!(out(&would).contains("would be changed: actions and active"), "{would:?}");
    assert_eq!(acme.json("ana", &["trigger", "show", "Cameras"])["trigger"]["active"], false);
    out(&acme.run("ana", &["trigger", "on", "cameras"]));
    assert_eq!(acme.json("ana", &["trigger", "show", "Cameras"])["trigger"]["active"], true);
    for kind in ["kind", "field", "text", "automation", "view"] {
        let toml: &[&str] = if kind == "view" { &["--toml"] } else { &[] };
        let list: &[&str] = if kind == "view" { &["--all"] } else { &[] };
        let all = acme.json("ana", &[&[kind, "list"], list].concat());
        let all = all.as_object().and_then(|all| all.values().find_map(|one| one.as_array())).expect("a list").clone();
        for one in all {
            let slug = one["slug"].as_str().expect("a name");
            acme.home.write("one.toml", out(&acme.run("ana", &[&[kind, "show", slug], toml].concat())));
            let set = acme.run("ana", &[kind, "set", slug, "--file", "one.toml", "--whole"]);
            assert!(out(&set).contains("as it was"), "{kind} {slug}: {set:?}");
        }
    }
}

/// What is wrong is told with its place and what to write instead, and nothing is done.
#[test]
fn what_is_wrong_in_a_file_is_told_with_its_place() {
    let acme = Acme::new();
    for (kind, text, said) in [
        (
            "trigger",
            "title = \"A\"\nwhen = \"\"\nacitons = []",
            "a.toml:3: There is no acitons here; did you mean actions?",
        ),
        ("trigger", "title = \"A\"", "a.toml: when is missing."),
        ("trigger", "title = \"A\"\nwhen = \"status is opn\"", "a.toml:2: when is not understood."),
        (
            "trigger",
            "title = \"A\"\nwhen = \"\"\nactions = [\"status: open\", \"staus: open\"]",
            "a.toml:3: actions.2: there is no action \"staus\"; did you mean status?",
        ),
        (
            "trigger",
            "title = \"A\"\nwhen = \"\"\nactions = [\"group: Nobody\"]",
            "actions.1 names \"Nobody\", which the account does not have",
        ),
        ("field", "title = \"A\"\ntype = \"tex\"", "a.toml:2: type cannot be \"tex\". It can be text, textarea"),
        ("field", "title = \"A\"\ntype = \"tagger\"\n[[options]]\nname = \"B\"", "options.1.value is missing"),
        ("kind", "slug = \"a\"\nname = \"A\"\nactive = \"yes\"", "active takes true or false"),
        ("status", "name = \"A\"\ncategory = 1.5", "category holds something"),
        ("status", "name = ", "a.toml: line 1: "),
    ] {
        acme.home.write("a.toml", text);
        refused(&acme.run("ana", &[kind, "set", "--file", "a.toml"]), 1, said);
    }
    let at = acme.run("ana", &["trigger", "set", "A", "--set", "when=tags include a and status is opn"]);
    refused(&at, 1, "\n  tags include a and status is opn\n                               ^");
    refused(&acme.run("ana", &["trigger", "set", "A"]), 2, "--file");
    refused(&acme.run("ana", &["trigger", "set", "A", "--set", "when"]), 2, "KEY=VALUE");
    refused(&acme.run("ana", &["trigger", "show", "A"]), 3, "There is no A");
    refused(&acme.run("ana", &["kind", "show", "critcal"]), 3, "did you mean critical?");
    refused(&acme.run("ana", &["text", "off", "request-received"]), 2, "cannot be switched");
    refused(&acme.run("ana", &["text", "order", "request-received"]), 2, "have no order");
    acme.home.write("b.toml", "title = \"B\"\nwhen = \"\"");
    for who in ["marc", "lea"] {
        refused(&acme.run(who, &["trigger", "list"]), 4, "");
        refused(&acme.run(who, &["trigger", "set", "--file", "b.toml"]), 4, "");
    }
    acme.home.write("mine.toml", "title = \"B\"\nactions = [\"status: open\"]");
    refused(&acme.run("marc", &["macro", "set", "--file", "mine.toml"]), 4, "admin");
    let own = ["macro", "set", "--file", "mine.toml", "--set", "owner=person: marc@acme.example"];
    assert_eq!(acme.json("marc", &own)["macro"]["owner"], "person: marc@acme.example");
    refused(&acme.run("lea", &["macro", "list"]), 4, "");
    refused(&acme.run("lea", &["kind", "list"]), 4, "");
}

#[test]
fn kinds_are_ordered_and_deleted_unless_they_are_in_use() {
    let acme = Acme::new();
    out(&acme.run("ana", &["kind", "order", "software", "hardware"]));
    let kinds = acme.json("ana", &["kind", "list"]);
    let slugs: Vec<_> =
        kinds["ticket_forms"].as_array().expect("kinds").iter().map(|one| one["slug"].clone()).collect();
    assert_eq!(slugs, ["software", "hardware", "critical", "feature"]);
    acme.request("Printer jams");
    refused(&acme.run("ana", &["kind", "delete", "hardware"]), 1, "in use by one ticket");
    out(&acme.run("ana", &["kind", "delete", "feature"]));
    refused(&acme.run("ana", &["kind", "show", "feature"]), 3, "");
    out(&acme.run("ana", &["kind", "off", "hardware"]));
    let listed = acme.run("ana", &["kind", "list"]);
    assert!(out(&listed).contains("hardware\tHardware\tno\t"), "{listed:?}");
}

/// Business hours that could never be open, or make no sense, are refused in words, with the place.
#[test]
fn business_hours_are_set_shown_and_refused_in_words() {
    let acme = Acme::new();
    acme.home.write(
        "paris.toml",
        "name = \"Paris\"\ntime_zone = \"Europe/Paris\"\nmonday = [\"09:00-12:00\", \"13:00-17:00\"]\n\
         tuesday = [\"09:00-17:00\"]\nwednesday = [\"09:00-17:00\"]\nholidays = [\"2026-12-25 Christmas\"]\n",
    );
    let made = acme.json("ana", &["schedule", "set", "--file", "paris.toml"]);
    assert_eq!(made["schedule"]["holidays"][0], "2026-12-25 Christmas");
    let listed = acme.run("ana", &["schedule", "list"]);
    assert!(out(&listed).contains("Europe/Paris · mon 09:00-12:00+13:00-17:00, tue-wed 09:00-17:00"), "{listed:?}");
    acme.home.write("shown.toml", &acme.run("ana", &["schedule", "show", "paris"]).out);
    assert!(out(&acme.run("ana", &["schedule", "set", "--file", "shown.toml"])).contains("as it was"));
    for (pair, said) in [
        ("time_zone=Paris", "time_zone: there is no time zone \"Paris\""),
        ("monday=9 to 5", "monday: \"9 to 5\" are no hours"),
        ("tuesday=17:00-09:00", "tuesday: 17:00-09:00 ends before it begins"),
        ("tuesday=[\"09:00-12:00\",\"11:00-13:00\"]", "have time in common"),
        ("holidays=Christmas", "holidays: \"Christmas\" is no day"),
    ] {
        refused(&acme.run("ana", &["schedule", "set", "Paris", "--set", pair]), 1, said);
    }
    let never = ["schedule", "set", "Paris", "--unset", "monday", "--unset", "tuesday", "--unset", "wednesday"];
    refused(&acme.run("ana", &never), 1, "not an open hour");
}
