//! Reports by the command line: tables, bars, CSV, JSON, and what is wrong in what is asked (R122).

use super::lines::Acme;
use super::{json, refused};

fn out(ran: &super::Ran) -> &str {
    assert_eq!(ran.status, Some(0), "{ran:?}");
    &ran.out
}

fn busy() -> Acme {
    let acme = Acme::new();
    for subject in ["Printer", "Lock", "Bell"] {
        acme.request(subject);
    }
    acme.json("marc", &["ticket", "update", "2", "--assignee", "me", "--priority", "high"]);
    acme.json("marc", &["ticket", "update", "2", "--status", "solved"]);
    let private = ["ticket", "new", "--requester", "lea@shop.example", "--private", "--subject", "Toner"];
    acme.json("marc", &[&private[..], &["--body", "Watch her toner"]].concat());
    acme
}

#[test]
fn a_report_is_a_table_bars_csv_and_json() {
    let acme = busy();
    let report = |args: &[&str]| acme.json("marc", &[&["report"], args].concat());
    let by_group = report(&["--by", "group"]);
    let row = &by_group["rows"][0];
    assert_eq!((&row["group"]["name"], &row["opened"], &row["solved"]), (&"Support Ops".into(), &4.into(), &1.into()));
    assert_eq!(by_group["total"]["unsolved"], 3);
    let by_organization = report(&["--by", "organization", "--by", "status"]);
    let opened = by_organization["rows"].as_array().expect("rows").iter().map(|row| row["opened"].as_u64());
    assert_eq!(opened.sum::<Option<u64>>(), Some(4), "R122: the private one too");
    assert_eq!(by_organization["rows"][0]["organization"]["name"], "Shop");
    let search = row["search"].as_str().expect("a query");
    let found = acme.json("marc", &["search", search]);
    assert_eq!(found["count"], 4, "{search}");
    assert_eq!(report(&["--where", "priority is high or subject has lock"])["total"]["opened"], 1);
    assert_eq!(report(&["--where", "requester is lea@shop.example"])["total"]["opened"], 4);
    let picked = json(&acme.run("marc", &["report", "--by", "status", "--json=opened,status"]));
    assert_eq!(picked["rows"][0].as_object().map(serde_json::Map::len), Some(2));

    let csv = acme.run("marc", &["report", "--by", "assignee", "--csv"]);
    let lines: Vec<&str> = out(&csv).lines().collect();
    assert!(lines[0].starts_with("assignee,opened,solved,unsolved,reopened,first_answer_count,"), "{lines:?}");
    assert_eq!(lines.len(), 3);
    assert!(lines[1].starts_with("none,3,0,3,0,0,,,,0,"), "{lines:?}");
    assert!(lines[2].starts_with("Marc Oni,1,1,0,0,0,,,,1,"), "{lines:?}");

    let table = acme.run("marc", &["report", "--by", "priority"]);
    assert_eq!(out(&table).lines().next(), Some("none\t3\t0\t3\t0\t–\t–\t–\t–\t–\t–"));
    let chart = acme.run("marc", &["report", "--by", "priority", "--chart"]);
    let bars: Vec<&str> = out(&chart).lines().collect();
    assert_eq!(bars[0], "Opened 4");
    assert_eq!(bars[1], format!("none 3 {}", "█".repeat(72)));
    assert_eq!(bars[2], format!("High 1 {}", "█".repeat(24)));
    let chart = acme.run("marc", &["report", "--by", "day", "--chart=solved"]);
    assert_eq!(out(&chart).lines().count(), 31, "a title, and each of 30 days");
}

#[test]
fn a_period_is_days_of_a_zone() {
    let acme = busy();
    let total = |args: &[&str]| acme.json("marc", &[&["report"], args].concat())["total"]["opened"].clone();
    assert_eq!(total(&["--from", "2020-01-01", "--to", "2020-12-31"]), 0);
    assert_eq!(total(&["--from", "2020-01-01"]), 4);
    assert_eq!(total(&["--from", "1d"]), 4);
    assert_eq!(total(&["--from", "0d", "--zone", "pacific/kiritimati", "--to", "0d"]), 4);
    let asked = acme.json("marc", &["report", "--from", "2026-03-29", "--to", "2026-03-29", "--zone", "Europe/Paris"]);
    assert_eq!((&asked["from"], &asked["until"]), (&"2026-03-28T23:00:00Z".into(), &"2026-03-29T22:00:00Z".into()));
    let weeks = ["report", "--from", "2026-01-01", "--to", "2026-01-31", "--by", "week", "--zone", "Europe/Paris"];
    let weeks = acme.json("marc", &weeks);
    let names: Vec<&str> =
        weeks["rows"].as_array().expect("rows").iter().filter_map(|row| row["week"].as_str()).collect();
    assert_eq!(names, ["2026-W01", "2026-W02", "2026-W03", "2026-W04", "2026-W05", "after"]);
}

#[test]
fn what_cannot_be_counted_is_said() {
    let acme = busy();
    let wrong = |args: &[&str], status: i32, says: &str| {
        refused(&acme.run("marc", &[&["report"], args].concat()), status, says);
    };
    wrong(&["--from", "2026-02-02", "--to", "2026-02-01"], 2, "ends before it begins");
    wrong(&["--from", "yesterday"], 2, "is no day");
    wrong(&["--to", "2026-02-30"], 2, "is no day");
    wrong(&["--by", "colour"], 2, "reports are by status");
    wrong(&["--by", "asignee"], 2, "did you mean assignee?");
    wrong(&["--by", "tag", "--by", "tag"], 2, "");
    wrong(&["--by", "tag", "--by", "kind", "--by", "day"], 2, "");
    wrong(&["--zone", "Europe/Pari"], 2, "did you mean Europe/Paris?");
    wrong(&["--zone", "\u{1b}[31m"], 2, "no time zone");
    wrong(&["--where", "colour is red"], 2, "The condition cannot be read");
    wrong(&["--where", "ticket is created"], 1, "");
    wrong(&["--schedule", "Paris"], 3, "no business hours");
    wrong(&["--csv", "--json"], 2, "cannot be used");
    wrong(&["--by", "day", "--from", "1970-01-01", "--to", "9998-12-31"], 2, "");
    refused(&acme.run("lea", &["report"]), 4, "");
}

/// Names are other people's: nothing in them acts on a terminal, and no spreadsheet computes them.
#[test]
pub fn hostile_names_are_text_in_csv() {
    let acme = Acme::new();
    let names = [
        ("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\""),
        ("+1+1", "'+1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("\u{1b}]0;x\u{7}Jo, \"Joe\"", "\"␛]0;x␇Jo, \"\"Joe\"\"\""),
        ("顧客サポート", "顧客サポート"),
        ("דנה כהן", "דנה כהן"),
    ];
    for (at, (name, _)) in names.iter().enumerate() {
        let address = format!("p{at}@shop.example");
        let person = ["person", "new", &format!("--name={name}"), "--email", &address, "--role", "end-user"];
        acme.json("ana", &person);
        let ticket = ["ticket", "new", "--requester", &address, "--subject", "x", "--body", "x"];
        acme.json("marc", &ticket);
    }
    let csv = acme.run("marc", &["report", "--by", "requester", "--csv"]);
    for (_, cell) in names {
        assert!(out(&csv).lines().any(|line| line.starts_with(&format!("{cell},1,0,1,0,"))), "{cell}\n{}", csv.out);
    }
    let table = acme.run("marc", &["report", "--by", "requester"]);
    for text in [&csv.out, &table.out] {
        assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text}");
    }
    assert_eq!(out(&table).lines().count(), 7);
}
