//! Clients that others wrote for Zendesk, as they are published, against a served account. `tests/run` installs them and
//! names their Python; where it could not, it says so, and nothing is tried here.

use crate::support::served::Served;
use crate::support::town::{NOW, Town};
use guichet::domain::id::PersonId;
use guichet::domain::time::{Span, Timestamp};
use guichet::server::Limits;
use guichet::store::Clock;
use serde_json::json;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Where the clients are installed.
fn python() -> Option<PathBuf> {
    std::env::var_os("TEST_PYTHON").filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// The time of day, for the clients go by it, but never before the town was founded.
fn clock() -> Clock {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let begun = i64::try_from(since).expect("a moment").max((NOW + Span::hours(1)).0);
    let watch = Instant::now();
    Arc::new(move || Timestamp(begun + i64::try_from(watch.elapsed().as_millis()).expect("a moment")))
}

/// A town that asks for no patience.
async fn served() -> Served {
    let limits = Limits { per_minute: NonZeroU32::MAX, ..Limits::default() };
    let town = Town::sqlite().await;
    for subject in ["Printer", "Scanner"] {
        town.ticket(town.ana, subject, "It jams").await;
    }
    Served::by(clock(), town, &limits).await
}

/// Runs a script of `tests/clients` to its end; what it prints is shown with `--nocapture`, and when it fails.
async fn drive(script: &str) {
    let Some(python) = python() else { return };
    let served = served().await;
    let town = &served.town;
    let mut people = serde_json::Map::new();
    let who: [(&str, PersonId); 4] =
        [("admin", town.admin), ("agent", town.agent), ("ana", town.ana), ("cleo", town.cleo)];
    for (name, person) in who {
        let (address, token) = served.token(person).await;
        people.insert(name.to_owned(), json!([address, token, person.0]));
    }
    let at = served.base.trim_start_matches("http://").to_owned();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(script);
    let mut command = Command::new(python);
    command.arg("-B").arg(path).env("GUICHET_AT", at).env("GUICHET_PEOPLE", json!(people).to_string());
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("not cut off").expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    if let Some(told) = std::env::var_os("TEST_CLIENTS_SAY") {
        // For whoever runs `tests/run`: what a test prints is shown when it fails alone.
        let told = PathBuf::from(told).join(script).with_extension("txt");
        std::fs::write(told, said.as_bytes()).expect("written");
    }
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn zenpy_works_as_it_is() {
    drive("with_zenpy.py").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_is_as_its_description_says() {
    drive("with_schemathesis.py").await;
}
