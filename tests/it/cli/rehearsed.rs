//! The dry run of an import tells what the import would be told: also what is wrong only together with what is there, or
//! with what else the import would add and delete.

use super::Home;
use super::export::{account, done, files};
use crate::support::pg::Database;
use serde_json::Value;

/// A folder, and what its import cannot do.
struct Case {
    name: &'static str,
    files: Vec<(&'static str, &'static str)>,
    delete: bool,
    /// How much is refused.
    refused: usize,
    said: &'static [&'static str],
}

fn case(name: &'static str, files: &[(&'static str, &'static str)], said: &'static [&'static str]) -> Case {
    Case { name, files: files.to_vec(), delete: false, refused: said.len(), said }
}

const COST: &str = "slug = 'cost'\ntitle = 'Cost'\ntype = 'integer'\nrequired_to_submit = true";
const ONE: &str = "slug = 'one'\ntitle = 'One'\ntype = 'text'\naccess = 'requesters-edit'";
const TWO: &str = "slug = 'two'\ntitle = 'Two'\ntype = 'text'\naccess = 'requesters-edit'";
const ROUND: &str = "slug = 'round'\nname = 'Round'\nfields = ['one', 'two']\nconditions = [\
    { field = 'one', value = 'x', shows = ['two'] }, { field = 'two', value = 'x', shows = ['one'] }]";
const LENS: &str = "slug = 'lens'\ntitle = 'Lens'\ntype = 'tagger'\naccess = 'requesters-edit'\noptions = [\
    { name = 'Wide', value = 'wide' }, { name = 'Long', value = 'long' }]";
const LENS_MORE: &str = "slug = 'lens'\ntitle = 'Lens'\ntype = 'tagger'\naccess = 'requesters-edit'\noptions = [\
    { name = 'Wide', value = 'wide' }, { name = 'Long', value = 'long' }, { name = 'Fish Eye', value = 'fish' }]";
const LENS_LESS: &str = "slug = 'lens'\ntitle = 'Lens'\ntype = 'tagger'\naccess = 'requesters-edit'\noptions = [\
    { name = 'Long', value = 'long' }]";
const LENS_FORM: &str = "slug = 'lens-form'\nname = 'Lens'\nfields = ['subject', 'lens']";
const NEVER_OPEN: &str = "name = 'Never'\ntime_zone = 'UTC'";
const TO_OPEN: &str = "slug = 'to-open'\nwhen = 'hold at least 1 day ago'\nactions = ['status: open']";
const TO_HOLD: &str = "slug = 'to-hold'\nwhen = 'open at least 1 day ago'\nactions = ['status: hold']";
const TEXT: &str = "slug = 'parts'\n[texts.en]\nsubject = 'Parts'\nbody = 'Your {{ticket.fields.one}}'";
const BAD_TEXT: &str = "slug = 'bad'\n[texts.en]\nsubject = 'Parts'\nbody = 'Your {{ticket.fields.nothing}}'";

/// Forms and fields.
fn forms() -> Vec<Case> {
    vec![
        case("fine", &[("field/lens.toml", LENS), ("kind/lens.toml", LENS_FORM)], &[]),
        case(
            "a form that nobody could submit",
            &[("field/cost.toml", COST), ("kind/never.toml", "slug = 'never'\nname = 'Never'\nfields = ['cost']")],
            &["requesters must fill in Cost and may not"],
        ),
        case(
            "fields in a circle",
            &[("field/one.toml", ONE), ("field/two.toml", TWO), ("kind/round.toml", ROUND)],
            &["Let one of them stand by itself"],
        ),
        case(
            "a view by what the import adds",
            &[
                ("field/lens.toml", LENS_MORE),
                ("field/new.toml", "slug = 'new'\ntitle = 'New'\ntype = 'checkbox'"),
                ("view/eye.toml", "slug = 'eye'\nwhen = 'field lens is \"Fish Eye\"'\ncolumns = ['field new']"),
            ],
            &[],
        ),
        case("an option in use", &[("field/lens.toml", LENS_LESS)], &["Wide is in use by one ticket"]),
        Case {
            delete: true,
            // The view that has it, too; what every account has needs no file.
            refused: 2,
            ..case(
                "a field on a form",
                &[("field/one.toml", ONE), ("field/two.toml", TWO), ("field/cost.toml", COST)],
                &["in use by the kind \"lens-form\""],
            )
        },
        case(
            "a kind without its fields",
            &[("field/broken.toml", "title = "), ("kind/b.toml", "slug = 'b'\nname = 'B'\nfields = ['broken']")],
            &["\"broken\", which the account does not have", "line 1"],
        ),
    ]
}

/// Rules, with what they name.
fn rules() -> Vec<Case> {
    vec![
        Case {
            delete: true,
            ..case(
                "a group that a trigger names",
                &[
                    ("groups.toml", "[[group]]\nname = 'Support Ops'\n\n[[group]]\nname = 'Day'"),
                    ("trigger/n.toml", "title = 'N'\nwhen = 'tags include n'\nactions = ['group: Night']"),
                    ("trigger/d.toml", "title = 'D'\nwhen = 'tags include d'\nactions = ['group: Day']"),
                ],
                &["the trigger \"N\""],
            )
        },
        case(
            "a group that is in no file",
            &[("settings.toml", "default_group = 'Nobody'\nclose_after = '400d'\nportal.on_hold = 'as_open'")],
            &["There is no group Nobody", "close_after"],
        ),
        case(
            "hours that never come",
            &[
                ("schedule/never.toml", NEVER_OPEN),
                (
                    "automation/never.toml",
                    "slug = 'never'\nwhen = 'created at least 2 business hours ago by schedule Never'\nonce = true\nactions = ['add tags: a']",
                ),
            ],
            &["not an open hour", "Never"],
        ),
        case(
            "automations in a circle",
            &[("automation/a.toml", TO_HOLD), ("automation/b.toml", TO_OPEN)],
            &["for ever"],
        ),
        case(
            "a text that cannot be filled in, and a trigger that sends it",
            &[
                ("text/bad.toml", BAD_TEXT),
                ("text/parts.toml", TEXT),
                ("trigger/bad.toml", "title = 'Bad'\nwhen = 'tags include a'\nactions = ['notify requester: bad']"),
                (
                    "trigger/parts.toml",
                    "title = 'Parts'\nwhen = 'tags include a'\nactions = ['notify requester: parts']",
                ),
            ],
            &["There are ticket.id", "\"bad\", which the account does not have"],
        ),
        case(
            "an organization and a group that the import adds",
            &[
                ("organizations.toml", "[[organization]]\nname = 'Kiosk'\ndomains = ['kiosk.example']"),
                ("groups.toml", "[[group]]\nname = 'Kiosk People'"),
                ("settings.toml", "default_group = 'Kiosk People'"),
                ("trigger/k.toml", "title = 'K'\nwhen = 'organization is Kiosk'\nactions = ['group: Kiosk People']"),
            ],
            &[],
        ),
    ]
}

fn import(home: &Home, database: &str, case: &Case, dry: bool) -> (Option<i32>, Value) {
    let mut args = vec!["--database", database, "--as", "ana@acme.example", "setting", "import", case.name, "--json"];
    args.extend(case.delete.then_some("--delete"));
    args.extend(dry.then_some("--dry-run"));
    let ran = home.run(&args);
    let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    (ran.status, report["changes"].clone())
}

/// Each folder: what its dry run tells is what its import tells, to the letter; and no dry run changes anything.
fn tells_the_same(database: &str) {
    let home = Home::new();
    account(&home, database);
    done(&home, database, &["group", "new", "--name", "Night"]);
    let cases: Vec<Case> = forms().into_iter().chain(rules()).collect();
    for case in &cases {
        for (name, text) in &case.files {
            home.write(&format!("{}/{name}", case.name), text);
        }
    }
    let state = |folder: &str| {
        done(&home, database, &["setting", "export", folder]);
        let log = done(&home, database, &["setting", "log", "--limit", "100", "--json"]);
        (files(&home.path().join(folder)), log)
    };
    let before = state("before");
    for case in &cases {
        import(&home, database, case, true);
    }
    assert!(state("after") == before, "a dry run changed something");
    done(&home, database, &["verify"]);
    for case in &cases {
        let (status, told) = import(&home, database, case, true);
        let (done_status, truth) = import(&home, database, case, false);
        assert_eq!(told, truth, "{}", case.name);
        assert_eq!(status, done_status, "{}", case.name);
        let refused = told.as_array().expect("changes").iter().filter(|one| one["change"] == "refused").count();
        assert_eq!((refused, status), (case.refused, Some(i32::from(refused > 0))), "{}: {told}", case.name);
        for said in case.said {
            let told = told.to_string().replace("\\\"", "\"").replace(['\u{2068}', '\u{2069}'], "");
            assert!(told.contains(said), "{}: {said} in {told}", case.name);
        }
        if case.name == "fine" {
            let new = ["ticket", "new", "--requester", "lea@shop.example", "--subject", "S", "--body", "B"];
            done(&home, database, &[&new[..], &["--kind", "lens-form", "--field", "lens=wide"]].concat());
        }
    }
    done(&home, database, &["verify"]);
}

#[test]
fn a_dry_run_tells_what_the_import_tells_on_sqlite() {
    tells_the_same("sqlite:acme.db");
}

#[test]
fn a_dry_run_tells_what_the_import_tells_on_postgresql() {
    let database = Database::create();
    tells_the_same(&database.url());
}

/// Far more rules than anybody has are looked at in seconds: neither the folder nor the account is read again for each.
#[test]
fn a_dry_run_of_thousands_of_rules_takes_seconds() {
    let home = Home::new();
    account(&home, "sqlite:acme.db");
    for number in 0..2_000 {
        let text =
            format!("title = 'Rule {number}'\nwhen = 'tags include a{number}'\nactions = ['add tags: b{number}']");
        home.write(&format!("many/trigger/{number}.toml"), text);
    }
    let began = std::time::Instant::now();
    let out = done(&home, "sqlite:acme.db", &["setting", "import", "many", "--dry-run"]);
    assert_eq!(out.lines().count(), 2_000);
    assert!(began.elapsed() < std::time::Duration::from_mins(1), "{:?}", began.elapsed());
}
