//! Several accounts side by side.

use super::json;
use super::lines::Acme;

const CONFIG: &str = ".config/guichet/config.toml";

/// What waits in each, and of one that does not answer why; the others are not kept waiting for it.
#[test]
fn what_waits_in_all_accounts_is_told_at_once() {
    let acme = Acme::new();
    acme.json("lea", &["request", "new", "--kind", "hardware", "--subject", "Door", "--body", "It is stuck"]);
    acme.json("marc", &["ticket", "update", "1", "--assignee", "me"]);
    acme.home.write(
        CONFIG,
        "[profiles.marc]\ndatabase = \"sqlite:acme.db\"\nas = \"marc@acme.example\"\n\
         [profiles.lea]\ndatabase = \"sqlite:acme.db\"\nas = \"lea@shop.example\"\n\
         [profiles.away]\nurl = \"http://127.0.0.1:1\"\nas = \"lea@shop.example\"\ntoken_command = \"echo secret\"\n",
    );
    let ran = acme.home.run(&["--profile", "marc", "profile", "waiting", "--json"]);
    let told = json(&ran);
    let accounts = told["accounts"].as_array().expect("accounts");
    let of = |name: &str| accounts.iter().find(|one| one["profile"] == name).expect("the profile");
    for name in ["marc", "lea"] {
        assert_eq!(of(name)["tickets"][0]["subject"], "Door", "{told}");
    }
    assert!(of("away")["error"].is_string() && !ran.out.contains("secret"), "{told}");
    let ran = acme.home.run(&["--profile", "lea", "profile", "waiting"]);
    assert!(ran.out.contains("Door") && ran.err.contains("away"), "{ran:?}");
}
