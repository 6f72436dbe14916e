//! Command lines that are wrong, and streams that are gone.

use super::{Home, refused};
use std::process::Stdio;

#[test]
fn a_wrong_command_line_ends_with_2_and_does_nothing() {
    let home = Home::new();
    for args in [
        &["tickt", "list"][..],
        &["ticket", "show", "one"],
        &["ticket", "update", "1", "--status", "done"],
        &["ticket", "update", "1", "--due", "tomorrow"],
        &["ticket", "update", "1", "--requester", "nobody"],
        &["ticket", "reply", "1", "--body", "a", "--body-file", "b"],
        &["ticket", "list", "--limit", "0"],
        &["draft", "drop", "letter-1"],
        &["timer", "run", "--at", "later"],
    ] {
        refused(&home.run(args), 2, "");
    }
}

#[test]
fn without_a_terminal_and_a_command_one_sentence_says_what_to_do_and_the_status_is_2() {
    let ran = Home::new().run(&[]);
    refused(&ran, 2, "needs a terminal, and here is none: name a command");
    assert!(ran.err.contains("guichet --help") && ran.err.lines().count() == 2, "{ran:?}");
}

#[test]
fn who_names_no_store_or_nobody_is_told_how() {
    let home = Home::new();
    refused(&home.run(&["ticket", "list"]), 2, "--database");
    refused(&home.run(&["ticket", "list", "--database", "sqlite:a.db"]), 2, "--as");
    refused(&home.run(&["ticket", "list", "--database", "sqlite:a.db", "--as", "ana"]), 2, "ana is no mail address");
}

/// A server that is not there: why and what to do, at once, and no password.
#[test]
fn a_server_out_of_reach_is_told_with_the_reason() {
    let home = Home::new();
    let args = ["--database", "postgres://ana:secret@127.0.0.1:1/acme", "--as", "ana@acme.example", "ticket", "list"];
    let ran = home.run(&args);
    refused(&ran, 6, "127.0.0.1:1: ");
    assert!(ran.err.contains("refused") && ran.err.contains("Check that the server runs"), "{ran:?}");
    assert!(!ran.err.contains("secret") && !ran.err.contains("pool"), "{ran:?}");
}

#[test]
fn output_that_nobody_reads_ends_the_run_quietly() {
    let home = Home::new();
    let mut child = home
        .command(&["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn no_log_is_written_unless_it_is_asked_for() {
    let home = Home::new();
    let log = home.state().join("guichet/guichet.log");
    home.run(&["config", "path"]);
    assert!(!log.exists());
    home.run(&["config", "path", "-v"]);
    assert!(std::fs::read_to_string(&log).expect("a log").contains("started"));
    home.run(&["--database", "sqlite:none.db", "--as", "ana@acme.example", "ticket", "list", "-v"]);
    let said = std::fs::read_to_string(log).expect("a log");
    assert!(said.contains("the store fault=\"missing"), "{said}");
}

/// A device that never ends is read only as far as the account would take it.
#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_refused_in_words() {
    let acme = super::lines::Acme::new();
    acme.request("Printer jams");
    refused(&acme.run("marc", &["ticket", "reply", "1", "--body", "x", "--attach", "/dev/zero"]), 1, "too large");
    refused(&acme.run("marc", &["ticket", "reply", "1", "--body-file", "/dev/zero"]), 1, "long");
    refused(&acme.run("marc", &["ticket", "reply", "1", "--body", "x", "--attach", "/dev/full"]), 1, "too large");
    refused(&acme.run("marc", &["ticket", "reply", "1", "--body", "x", "--attach", "."]), 1, "that is a folder");
}

/// What is wrong with a command line repeats what was typed, which a script may have from anybody.
#[test]
fn a_wrong_command_line_cannot_act_on_the_terminal() {
    let attack = "a\u{1b}]52;c;ZXZpbA==\u{7}b\u{9b}2Jc\u{202e}d\u{200b}e";
    for args in [&[attack][..], &["ticket", "show", attack], &["ticket", "update", "1", "--add-tag", attack]] {
        let ran = Home::new().run(args);
        assert_eq!(ran.status, Some(2), "{ran:?}");
        let acts = |sign: char| (sign.is_control() && sign != '\n') || matches!(sign, '\u{202e}' | '\u{200b}');
        assert!(!ran.err.contains(acts), "{ran:?}");
    }
}

/// A disk that is full where the results should go is an error with a sentence; a stream that is closed is not.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told() {
    let acme = super::lines::Acme::new();
    let shell = |line: &str| {
        let mut command = acme.home.command(&[]);
        let program = command.get_program().to_owned();
        command = std::process::Command::new("sh");
        command.arg("-c").arg(line).arg("sh").arg(program).env_clear().envs(acme.home.vars());
        let ended = command.current_dir(acme.home.path()).output().expect("sh starts");
        (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
    };
    for args in ["person list", "person list --json", "--help", "ticket --help", "--version", "man", "completions zsh"]
    {
        let line = format!("\"$1\" --database sqlite:acme.db --as marc@acme.example {args}");
        let (status, said) = shell(&format!("{line} >/dev/full"));
        assert!(status == Some(1) && said.contains("the disk is full"), "{args}: {status:?} {said}");
        for quiet in [">&-", "| head -c0", ">/dev/null 2>&-"] {
            assert_eq!(shell(&format!("{line} {quiet}")), (Some(0), String::new()), "{args} {quiet}");
        }
    }
}

/// What the environment says is text like any other.
#[test]
fn a_log_filter_that_is_none_is_told_and_cannot_act_on_the_terminal() {
    let home = Home::new();
    let mut command = home.command(&["config", "path"]);
    let output = command.env("GUICHET_LOG", "\u{1b}]0;x\u{7}=debug").output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("GUICHET_LOG") && !said.contains('\u{1b}'), "{said:?}");
}

/// Files of an import are read as a whole, so there is an end to them.
#[test]
fn an_import_that_is_too_large_is_told_before_it_is_read() {
    let acme = super::lines::Acme::new();
    let path = acme.home.write("large.json", "[");
    std::fs::OpenOptions::new().write(true).open(path).and_then(|file| file.set_len(600 << 20)).expect("a file");
    acme.home.write("small.json", "[]");
    let import = ["import", "--format", "github", "small.json", "large.json"];
    refused(&acme.run("ana", &import), 1, "large.json: too large");
    refused(&acme.run("ana", &["import", "--format", "csv", "--map", "/dev/zero", "small.json"]), 1, "too large");
}

/// What comes out of the account is its owner's alone.
#[test]
fn reports_and_saved_files_are_for_nobody_else() {
    let acme = super::lines::Acme::new();
    let hidden = acme.home.write("a.txt", "hello");
    acme.request("Printer jams");
    let said = acme.run("lea", &["request", "reply", "1", "--body", "See", "--attach", "a.txt"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    std::fs::remove_file(hidden).expect("removed");
    assert_eq!(acme.run("marc", &["ticket", "file", "1"]).status, Some(0));
    acme.home.write("issues.json", "[{\"number\": \"x\"}]");
    acme.run("ana", &["import", "--format", "github", "issues.json"]);
    for name in ["a.txt", "import-refused.csv"] {
        assert_eq!(crate::support::town::mode(&acme.home.path().join(name)), 0o600, "{name}");
    }
}

/// A key that objects do not have: the nearest one where one is near, and all there are.
#[test]
fn a_key_that_no_object_has_is_named_with_those_there_are() {
    let home = Home::new();
    let account = ["--account", "Acme", "--owner", "Ana Ruiz <ana@acme.example>"];
    home.run(&[&["init", "--database", "sqlite:acme.db"][..], &account].concat());
    let show =
        |key: &str| home.run(&["--database", "sqlite:acme.db", "--as", "ana@acme.example", "group", "list", key]);
    let (near, far) = (show("--json=nam"), show("--json=quetzal"));
    refused(&near, 2, "did you mean name? They have: ");
    refused(&far, 2, "The objects have no key quetzal. They have: ");
}
