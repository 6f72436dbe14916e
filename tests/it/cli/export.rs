//! A set-up as files: out of one account, into another, and the same again.

use super::lines::Acme;
use super::{Home, json, refused};
use crate::support::pg::Database;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// All files of a folder with their bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(inner).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("within").display().to_string();
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

#[track_caller]
pub fn done(home: &Home, database: &str, args: &[&str]) -> String {
    let ran = home.run(&[&["--database", database, "--as", "ana@acme.example"], args].concat());
    assert_eq!(ran.status, Some(0), "{args:?}: {ran:?}");
    ran.out
}

pub fn account(home: &Home, database: &str) {
    let ran = home.run(&["init", "--database", database, "--account", "Acme", "--owner", "Ana <ana@acme.example>"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
}

/// Names that would leave the folder, that no system takes, or that are the same when written in a plain way.
const HOSTILE: [&str; 9] = [
    "../../../etc/passwd",
    "CON",
    "..",
    "Café",
    "Cafe\u{301} ",
    "日本",
    "a/b\\c:d",
    "-rf \"~\" \u{1b}[31m\u{202e}x",
    "?",
];

fn furnish(home: &Home, database: &str) {
    let set = |args: &[&str]| done(home, database, args);
    set(&["group", "new", "--name", "Night / Weekend"]);
    set(&["organization", "new", "--name", "Shop & Söhne", "--domain", "shop.example"]);
    set(&["status", "set", "Waiting for parts", "--set", "category=hold", "--set", "description=a\nb\n\"\"\"c\\"]);
    set(&[
        "field",
        "set",
        "camera",
        "--set",
        "title=Camera model",
        "--set",
        "type=tagger",
        "--set",
        r#"options=[{"name": "X-100", "value": "x100", "translations": {"fr": "Le X-100", "it": "X-\"100\""}}, {"value": "x200"}]"#,
        "--set",
        "translations.fr.title=Modèle d'appareil",
    ]);
    set(&[
        "kind",
        "set",
        "camera",
        "--set",
        "name=Camera",
        "--set",
        r#"fields=["subject", "camera", "due"]"#,
        "--set",
        r#"conditions=[{"field": "camera", "value": "x100", "shows": ["due"], "required": true}]"#,
        "--set",
        r#"statuses=["Waiting for parts"]"#,
        "--set",
        "translations.fr.name=Caméra",
    ]);
    set(&["text", "set", "parts", "--set", "texts.en.subject=Parts", "--set", "texts.en.body=They\nare here\n"]);
    set(&["webhook", "set", "Chat", "--set", "url=https://chat.example/hook"]);
    furnish_rules(home, database);
}

fn furnish_rules(home: &Home, database: &str) {
    let set = |args: &[&str]| done(home, database, args);
    // What a new field holds must be known before the names behind it can be read.
    let when = "when=field camera is \"X-100\" and organization is \"Shop & Söhne\" and requester is ana@acme.example";
    set(&["view", "set", "cameras", "--set", when]);
    set(&[
        "view",
        "set",
        "night",
        "--set",
        "when=status < solved and tags include night",
        "--set",
        "title=At night",
        "--set",
        "owner=group: Night / Weekend",
        "--set",
        r#"columns=["id", "field camera"]"#,
    ]);
    set(&[
        "macro",
        "set",
        "Hand over",
        "--set",
        r#"actions=["group: Night / Weekend", "field camera: x100", "note: First line\nsecond \"line\""]"#,
    ]);
    set(&["macro", "set", "My own", "--set", "owner=person: ana@acme.example", "--set", r#"actions=["status: open"]"#]);
    for name in HOSTILE {
        let title = format!("title={name}");
        set(&[
            "trigger",
            "set",
            "--set",
            &title,
            "--set",
            "when=tags include a",
            "--set",
            r#"actions=["custom status: Waiting for parts", "notify group Night / Weekend: parts", "webhook: Chat"]"#,
        ]);
    }
    let long = "x".repeat(200);
    set(&["trigger", "set", &long, "--set", "when=tags include a", "--set", r#"actions=["add tags: b"]"#]);
    set(&["setting", "set", "close_after", "7d"]);
    set(&["setting", "set", "default_group", "Night / Weekend"]);
    set(&["setting", "set", "remind_after", "none"]);
}

/// Out of one account, into a fresh one, out of that one: not a byte is different, and nothing is left to do.
fn goes_round(one: &str, other: &str) {
    let home = Home::new();
    account(&home, one);
    furnish(&home, one);
    done(&home, one, &["setting", "export", "a"]);
    let first = files(&home.path().join("a"));
    assert!(first.len() > 30 && first.contains_key("settings.toml"), "{:?}", first.keys());
    assert!(first.keys().all(|name| !name.contains("..") && !name.starts_with('/')), "{:?}", first.keys());
    assert!(!first.keys().any(|name| name.contains("my-own")), "what is somebody's own stays theirs");
    done(&home, one, &["setting", "export", "a"]);
    assert!(first == files(&home.path().join("a")), "the same set-up is the same bytes");

    account(&home, other);
    let meant = done(&home, other, &["setting", "import", "a", "--dry-run"]);
    assert!(meant.contains("+ field camera\n") && meant.contains("~ setting close_after: close_after\n"), "{meant}");
    assert!(meant.contains("    - close_after = \"96h\"\n    + close_after = \"168h\"\n"), "{meant}");
    assert!(!meant.contains(['\u{1b}', '\u{202e}']) && !meant.contains("! "), "{meant}");
    let left: Value = serde_json::from_str(&done(&home, other, &["trigger", "list", "--json"])).expect("JSON");
    assert!(!left["triggers"].to_string().contains("passwd"), "a dry run does nothing");
    done(&home, other, &["setting", "import", "a"]);
    done(&home, other, &["setting", "export", "b"]);
    let second = files(&home.path().join("b"));
    for (name, bytes) in &first {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(second.get(name).map(|bytes| text(bytes)), Some(text(bytes)), "{name}");
    }
    assert!(first == second);
    let again = done(&home, other, &["setting", "import", "a", "--json"]);
    let again: Value = serde_json::from_str(&again).expect("JSON");
    assert_eq!(again["changes"], Value::Array(Vec::new()), "{again}");
}

#[test]
fn a_set_up_goes_round_through_files_on_sqlite() {
    goes_round("sqlite:one.db", "sqlite:other.db");
}

#[test]
fn a_set_up_goes_round_through_files_on_postgresql() {
    let (one, other) = (Database::create(), Database::create());
    goes_round(&one.url(), &other.url());
}

/// What has no file is deleted only when that is asked for, and what has an own file of somebody's is left alone.
#[test]
fn an_import_deletes_only_when_it_is_told_to() {
    let acme = Acme::new();
    done(&acme.home, "sqlite:acme.db", &["setting", "export", "a"]);
    let folder = acme.home.path().join("a");
    acme.run(
        "ana",
        &["trigger", "set", "Extra", "--set", "when=tags include a", "--set", r#"actions=["add tags: b"]"#],
    );
    acme.run(
        "ana",
        &["macro", "set", "Own", "--set", "owner=person: ana@acme.example", "--set", r#"actions=["add tags: b"]"#],
    );
    acme.run("ana", &["group", "new", "--name", "Night"]);
    let kept = json(&acme.run("ana", &["setting", "import", "a", "--json"]));
    assert_eq!(kept["changes"], Value::Array(Vec::new()));
    let would = acme.run("ana", &["setting", "import", "a", "--delete", "--dry-run"]);
    assert_eq!(would.out, "- trigger Extra\n- group Night\n", "{would:?}");
    assert_eq!(acme.run("ana", &["setting", "import", "a", "--delete"]).status, Some(0));
    refused(&acme.run("ana", &["trigger", "show", "Extra"]), 3, "");
    assert_eq!(acme.json("ana", &["macro", "show", "Own"])["macro"]["title"], "Own");
    refused(&acme.run("ana", &["group", "delete", "Support Ops"]), 1, "the setting default_group and 2 agents");

    // An export takes back what it wrote itself, and nothing else.
    std::fs::create_dir_all(folder.join("macro")).expect("a folder");
    std::fs::write(folder.join("macro/notes.toml"), "title = \"By hand\"").expect("a file");
    acme.run(
        "ana",
        &["trigger", "set", "Extra", "--set", "when=tags include a", "--set", r#"actions=["add tags: b"]"#],
    );
    acme.run("ana", &["setting", "export", "a"]);
    assert!(folder.join("trigger/extra.toml").exists());
    acme.run("ana", &["trigger", "delete", "Extra"]);
    acme.run("ana", &["setting", "export", "a"]);
    assert!(!folder.join("trigger/extra.toml").exists() && folder.join("macro/notes.toml").exists());
}

/// What is wrong in one file is told with the file, and the others are taken over.
#[test]
fn an_import_does_what_it_can_and_tells_the_rest() {
    let acme = Acme::new();
    let write = |name: &str, text: &str| {
        let path = acme.home.path().join("a").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write("trigger/good.toml", "title = \"Good\"\nwhen = \"tags include a\"\nactions = [\"add tags: b\"]");
    write("trigger/twice.toml", "title = \"GOOD\"\nwhen = \"tags include b\"\nactions = [\"add tags: b\"]");
    write("trigger/bad.toml", "title = \"Bad\"\nwhen = \"status is opn\"");
    write("trigger/broken.toml", "title = ");
    write("trigger/nobody.toml", "title = \"Nobody\"\nwhen = \"\"\nactions = [\"assignee: no@acme.example\"]");
    write("settings.toml", "close_after = \"400d\"\nno_such = true\nportal.on_hold = \"as_open\"");
    let ran = acme.run("ana", &["setting", "import", "a", "--json"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let told: BTreeMap<String, String> = report["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|one| {
            (one["name"].as_str().expect("a name").to_owned(), one["change"].as_str().expect("a change").to_owned())
        })
        .collect();
    let refused_ones = [
        "close_after",
        "no_such",
        "trigger/bad.toml",
        "trigger/broken.toml",
        "trigger/nobody.toml",
        "trigger/twice.toml",
    ];
    for name in refused_ones {
        assert_eq!(told.get(name).map(String::as_str), Some("refused"), "{name}: {told:?}");
    }
    assert_eq!(told.get("Good").map(String::as_str), Some("added"));
    assert_eq!(acme.json("ana", &["setting", "show", "portal.on_hold"])["settings"]["portal.on_hold"], "as_open");
    refused(&acme.run("marc", &["setting", "import", "a"]), 4, "");
    refused(&acme.run("marc", &["setting", "export", "b"]), 4, "");
    refused(&acme.run("ana", &["setting", "import", "nowhere"]), 1, "nowhere");
}
