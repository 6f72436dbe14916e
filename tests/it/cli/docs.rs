//! What is written about the command line is what it is.

use super::{Home, json};
use guichet::config::{self, Config};
use std::path::Path;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn docs_cli_md_is_what_the_program_says_of_itself() {
    let said = guichet::cli::markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md"), &said).expect("docs/cli.md");
    }
    assert!(file("docs/cli.md") == said, "docs/cli.md is old: UPDATE_DOCS=1 tests/run --test it docs_cli writes it");
}

#[test]
fn the_example_configuration_has_every_key_and_changes_nothing() {
    let text = file("config.example.toml");
    let (config, problems) = config::parse(&text);
    assert_eq!(problems, []);
    assert_eq!(config, Config::default());
    let keys = config::KEYS.iter().map(|key| key.rsplit('.').next().unwrap_or(key)).filter(|key| *key != "*");
    for key in keys {
        let has = |line: &str| line.trim_start_matches("# ").starts_with(&format!("{key} = "));
        assert!(text.lines().any(has), "{key} is not in config.example.toml");
    }
    for table in ["# [profiles.acme]", "# [keys]", "# [mail]"] {
        assert!(text.contains(table), "{table}");
    }
}

#[test]
fn what_is_commented_out_in_the_example_is_understood_too() {
    let text: Vec<String> = file("config.example.toml")
        .lines()
        .map(|line| {
            let bare = line.strip_prefix("# ").filter(|bare| bare.starts_with('[') || bare.contains(" = "));
            bare.unwrap_or(line).to_owned()
        })
        .collect();
    let (config, problems) = config::parse(&text.join("\n"));
    assert_eq!(problems, []);
    assert_eq!(config.profiles["acme"].acts_as.as_deref(), Some("ana@acme.example"));
    assert_eq!((config.mail.port(), config.mail.from.as_deref()), (465, Some("support@acme.example")));
}

#[test]
fn completions_are_for_every_usual_shell_and_the_manual_page_has_every_command() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = home.run(&["completions", shell]);
        assert!(ran.status == Some(0) && ran.out.contains("follow-up"), "{shell}: {:?}", ran.err);
    }
    let man = home.run(&["man"]);
    assert!(man.out.starts_with(".ie") || man.out.contains(".TH"), "{}", man.out);
    assert!(man.out.contains("guichet timer forecast"), "{}", man.out);
}

#[test]
fn help_goes_to_stdout_and_the_version_is_told() {
    let home = Home::new();
    let ran = home.run(&["help", "ticket", "update"]);
    assert!(ran.status == Some(0) && ran.out.contains("--remove-cc"), "{ran:?}");
    assert_eq!(home.run(&["--version"]).out, format!("guichet {}\n", env!("CARGO_PKG_VERSION")));
    let path = json(&home.run(&["config", "path", "--json"]));
    assert!(path["path"].as_str().expect("a path").ends_with(".config/guichet/config.toml"));
}
