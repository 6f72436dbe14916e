//! The configuration: what is wrong in it is told with its place, and what lies nearer wins.

use super::{Home, json, refused};

const CONFIG: &str = ".config/guichet/config.toml";

#[test]
fn an_unknown_key_is_named_with_the_nearest_and_stops_nothing() {
    let home = Home::new();
    home.write(CONFIG, "thema = \"plain\"\n\n[profiles.a]\ndatbase = \"sqlite:a.db\"\n");
    let ran = home.run(&["config", "check"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.out.contains("line 1: there is no key thema; did you mean theme?"), "{ran:?}");
    assert!(
        ran.out.contains("line 4: there is no key profiles.a.datbase; did you mean profiles.a.database?"),
        "{ran:?}"
    );
    let ran = home.run(&["draft", "list", "--database", "sqlite:a.db", "--as", "a@b.example"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(ran.err.contains("did you mean theme?"), "{ran:?}");
    let ran = home.run(&["draft", "list", "--database", "sqlite:a.db", "--as", "a@b.example", "--quiet"]);
    assert_eq!(ran.err, "");
}

#[test]
fn a_wrong_type_is_told_with_its_line_and_what_is_expected() {
    let home = Home::new();
    for (text, sentence) in [
        ("mouse = \"yes\"", "line 1: mouse takes true or false, not this (string)"),
        ("\nprofile = 3", "line 2: profile takes a text in quotes, not this (integer)"),
        ("theme = \"dark\"", "line 1: theme takes \"colours\" or \"plain\", not \"dark\""),
        ("profiles = []", "line 1: profiles takes a table"),
        ("mouse = ", "line 1: this is no TOML"),
    ] {
        home.write(CONFIG, text);
        let ran = home.run(&["ticket", "list", "--database", "sqlite:a.db", "--as", "a@b.example"]);
        refused(&ran, 1, sentence);
        assert!(ran.err.contains("config check"), "{ran:?}");
    }
}

#[test]
fn keys_of_ones_own_are_checked_against_the_table() {
    let home = Home::new();
    home.write(CONFIG, "[keys]\nassign-to-mee = \"m\"\nopen-palette = \"ctrl-nonsense\"\n");
    let ran = home.run(&["config", "check", "--json"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.contains("did you mean assign-to-me?"), "{ran:?}");
}

#[test]
fn flags_win_over_the_environment_and_the_environment_over_the_file() {
    let home = Home::new();
    home.write(
        CONFIG,
        "profile = \"a\"\n[profiles.a]\ndatabase = \"sqlite:a.db\"\nas = \"ana@a.example\"\n[profiles.b]\nas = \"ben@b.example\"\n",
    );
    let shown = |args: &[&str], vars: &[(&str, &str)]| {
        let mut command = home.command(&[&["config", "show", "--json"], args].concat());
        let output = command.envs(vars.iter().copied()).output().expect("the program runs");
        let all: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let text = |key: &str| all["config"][key].as_str().map(str::to_owned);
        (text("database"), text("as"))
    };
    let some = |database: &str, who: &str| (Some(database.to_owned()), Some(who.to_owned()));
    let own = format!("sqlite:{}", home.data().join("guichet/b.db").display());
    assert_eq!(shown(&[], &[]), some("sqlite:a.db", "ana@a.example"));
    assert_eq!(shown(&[], &[("GUICHET_PROFILE", "b")]), some(&own, "ben@b.example"));
    assert_eq!(shown(&["--profile", "a"], &[("GUICHET_PROFILE", "b")]), some("sqlite:a.db", "ana@a.example"));
    assert_eq!(shown(&["--profile", "b"], &[("GUICHET_DATABASE", "sqlite:c.db")]), some(&own, "ben@b.example"));
    assert_eq!(shown(&["--as", "x@y.example"], &[]), some("sqlite:a.db", "x@y.example"));
    // A profile's person acts in its own store only.
    assert_eq!(shown(&["--database", "sqlite:c.db"], &[]), (Some("sqlite:c.db".into()), None));
    assert_eq!(shown(&["--database", "sqlite:a.db"], &[]), some("sqlite:a.db", "ana@a.example"));
}

#[test]
fn a_profile_or_file_that_is_not_there_is_told() {
    let home = Home::new();
    home.write(CONFIG, "[profiles.acme]\nas = \"ana@a.example\"\n");
    refused(&home.run(&["--profile", "amce", "ticket", "list"]), 2, "did you mean acme?");
    refused(&home.run(&["--config", "nowhere.toml", "config", "check"]), 1, "nowhere.toml: there is no such file");
    assert_eq!(json(&home.run(&["config", "check", "--json"]))["ok"], true);
}
