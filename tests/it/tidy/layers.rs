//! Who may know whom: ARCHITECTURE.md's table of the layers, checked.

use super::Complaint;
use super::source::{Named, Source};

/// The layers, lowest first, and the layers that each may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("safe", &[]),
    ("language", &[]),
    ("domain", &[]),
    ("notation", &["safe", "domain"]),
    ("words", &["language", "domain", "client"]),
    ("wire", &["domain"]),
    ("store", &["domain"]),
    ("client", &["domain", "wire", "store", "fetch", "language"]),
    ("mail", &["domain", "safe", "language"]),
    ("fetch", &["domain"]),
    ("post", &["domain", "client", "mail", "fetch", "language"]),
    ("import", &["domain", "client"]),
    ("demo", &["domain", "client", "store"]),
    ("tui", &["domain", "client", "safe", "language", "notation", "words"]),
    (
        "cli",
        &[
            "notation", "domain", "client", "mail", "fetch", "post", "wire", "import", "demo", "safe", "language",
            "words", "config", "report",
        ],
    ),
    ("server", &["domain", "client", "post", "wire", "language", "words"]),
    ("runtime", EVERYTHING),
    // The edge.
    ("config", &["safe", "language", "mail", "tui"]),
    ("report", EVERYTHING),
    ("main", EVERYTHING),
];

const EVERYTHING: &[&str] = &[
    "safe", "language", "domain", "notation", "words", "wire", "store", "client", "mail", "fetch", "post", "import",
    "demo", "tui", "cli", "server", "runtime", "config", "report",
];

/// Layers whose results follow from their arguments alone.
const PURE: &[&str] = &["safe", "language", "domain", "notation", "words", "wire", "tui"];

/// What a pure layer does not name: clock, chance, files, other programs, other threads, waiting.
const IMPURE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "chrono::Utc::now",
    "chrono::Local::now",
    "futures",
    "getrandom",
    "rand",
    "tokio",
    "tracing",
];

/// Outside crates that have a home: nobody else names them.
const HOMES: &[(&str, &[&str])] = &[
    ("axum", &["server", "runtime"]),
    ("axum_server", &["runtime"]),
    ("clap", &["cli", "main"]),
    ("crossterm", &["tui", "runtime"]),
    ("csv", &["import"]),
    ("fluent_bundle", &["language"]),
    ("hmac", &["client", "mail"]),
    ("html2text", &["mail"]),
    ("indicatif", &["cli"]),
    ("keyring_core", &["client"]),
    ("lettre", &["mail"]),
    ("mail_parser", &["mail"]),
    ("mimalloc", &["main"]),
    ("minijinja", &["domain", "server"]),
    ("rand_chacha", &["demo"]),
    ("ratatui", &["tui", "runtime"]),
    ("reqwest", &["client", "fetch"]),
    ("serde", &["wire", "store", "client", "import", "demo", "cli", "server", "config", "runtime"]),
    ("serde_json", &["wire", "store", "client", "import", "demo", "cli", "server", "runtime"]),
    ("sqlx", &["store"]),
];

/// The layer of a file in `src`; `lib.rs` only lists them.
fn layer(path: &str) -> Option<&str> {
    let name = path.strip_prefix("src/")?.split(['/', '.']).next()?;
    (name != "lib").then_some(name)
}

pub fn check(source: &Source) -> Vec<Complaint> {
    let Some(layer) = layer(&source.path) else { return Vec::new() };
    let Some((_, may)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![Complaint::new(
            source,
            1,
            "a layer that the table in tests/it/tidy/layers.rs does not know: add its row",
        )];
    };
    let complain = |named: Named| Some(Complaint::new(source, named.line, &why_not(layer, may, &source.path, &named)?));
    source.named().into_iter().filter_map(complain).collect()
}

/// What is wrong with naming this path there, if anything is.
fn why_not(layer: &str, may: &[&str], path: &str, named: &Named) -> Option<String> {
    let parts: Vec<&str> = named.parts.iter().map(String::as_str).collect();
    let whole = parts.join("::");
    let depth = path.split('/').count() - 1 + named.inline;
    let climbs = parts.iter().take_while(|part| **part == "super").count();
    if climbs >= depth && climbs > 0 {
        return Some(format!("`{whole}` climbs out of the layer: write the path from `crate::`"));
    }
    if let ["crate" | "guichet", other, ..] = parts[..] {
        if other == layer || may.contains(&other) {
            return None;
        }
        return Some(if EVERYTHING.contains(&other) {
            format!("`{layer}` may not know `{other}` (`{whole}`): move the code, or hand the thing in as a value")
        } else {
            format!("`{whole}` is in no layer: name it through the layer that it lives in")
        });
    }
    let within =
        |prefix: &str| whole == prefix || whole.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("::"));
    if PURE.contains(&layer) && parts.len() > 1 && IMPURE.iter().any(|prefix| within(prefix)) {
        return Some(format!("`{layer}` is pure and cannot use `{whole}`: take its result as a value"));
    }
    let (name, homes) = HOMES.iter().find(|(name, _)| parts.len() > 1 && parts[0] == *name)?;
    (!homes.contains(&layer)).then(|| format!("`{name}` lives in {}, not in `{layer}`", homes.join(", ")))
}

#[test]
fn a_layer_names_only_what_its_row_allows() {
    let said = |path: &str, code: &str| -> Vec<String> {
        check(&Source::new(path, code)).iter().map(ToString::to_string).collect()
    };
    assert_eq!(said("src/store/ticket.rs", "use crate::domain::id;\nuse super::visible;\nuse sqlx::Row;"), [""; 0]);
    for (path, code, expected) in [
        ("src/domain/act.rs", "use crate::{domain::id, store::Db};", "may not know `store`"),
        ("src/tui.rs", "\nfn f() { tokio::spawn(g()) }", "src/tui.rs:2: `tui` is pure"),
        ("src/domain.rs", "use super::store;", "climbs out"),
        ("src/domain/act.rs", "use super::super::store;", "climbs out"),
        ("src/wire.rs", "use std::{fmt, fs};", "`std::fs`"),
        ("src/client/embedded.rs", "use sqlx::Row;", "`sqlx` lives in store"),
        ("src/cli/ticket.rs", "use crate::Anything;", "in no layer"),
        ("src/attic.rs", "", "add its row"),
    ] {
        assert!(said(path, code).iter().any(|line| line.contains(expected)), "{code:?}: {:?}", said(path, code));
    }
    assert_eq!(said("src/domain.rs", "mod m { use super::id; }"), [""; 0]);
}
