//! The form of single files: sizes, names, panics, where SQL may be.

use super::Complaint;
use super::source::Source;

/// More lines than this in one file hold more than one thing.
const MOST_LINES: usize = 400;

/// Calls that panic. Each has a comment `// proof:` that says why it cannot.
const PANICS: &[&str] = &[".unwrap()", ".expect(\"", "panic!(", "unreachable!("];

/// How a statement looks; the parts of each come in this order.
const SQL: &[&[&str]] = &[
    &["SELECT ", " FROM "],
    &["INSERT ", "INTO "],
    &["UPDATE ", " SET "],
    &["DELETE FROM "],
    &["CREATE ", "TABLE "],
    &["PRAGMA "],
    &["BEGIN IMMEDIATE"],
];

pub fn size(source: &Source) -> Vec<Complaint> {
    let lines = source.text.lines().count();
    if lines <= MOST_LINES {
        return Vec::new();
    }
    let text = format!("{lines} lines, {MOST_LINES} at most: split it into files that each define one thing");
    vec![Complaint::new(source, MOST_LINES + 1, &text)]
}

pub fn name(source: &Source) -> Vec<Complaint> {
    if !source.path.ends_with("/mod.rs") {
        return Vec::new();
    }
    vec![Complaint::new(source, 1, "a file is `thing.rs` beside the folder `thing/`, never `mod.rs`: rename it")]
}

pub fn panics(source: &Source) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (line, _, code) in source.lines() {
        let Some(call) = PANICS.iter().find(|call| code.contains(**call)) else { continue };
        if !source.has_comment(line, "proof:") {
            let call = call.trim_matches(['.', '(', '"']);
            let text =
                format!("`{call}` panics: answer with an error, or say in a comment `// proof: …` why it cannot");
            complaints.push(Complaint::new(source, line, &text));
        }
    }
    complaints
}

pub fn sql(source: &Source) -> Vec<Complaint> {
    if source.path.starts_with("src/store") {
        return Vec::new();
    }
    let sql =
        source.literals.iter().filter(|literal| SQL.iter().any(|statement| contains_all(&literal.text, statement)));
    sql.map(|literal| Complaint::new(source, literal.line, "SQL outside src/store: make it a method of the store"))
        .collect()
}

/// Whether the text contains all parts in this order.
fn contains_all(text: &str, parts: &[&str]) -> bool {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
    let mut rest = text.as_str();
    parts.iter().all(|part| {
        let found = rest.find(part.trim_start());
        found.inspect(|at| rest = &rest[at + part.trim_start().len()..]).is_some()
    })
}

/// Places of one machine, which mean nothing on another.
pub fn places(path: &str, text: &str) -> Vec<Complaint> {
    // In two parts, for this file is looked at too.
    let places = [["/wo", "rk/"].concat(), ["/ho", "me/"].concat(), ["/ro", "ot/"].concat()];
    let lines = text.lines().enumerate().filter(|(_, line)| places.iter().any(|place| line.contains(place)));
    let text = "a place of one machine: write a path relative to the repository or to the home folder";
    lines.map(|(at, _)| Complaint { path: path.to_owned(), line: at + 1, text: text.to_owned() }).collect()
}

#[test]
fn what_the_form_forbids_is_found_at_its_line() {
    let bad = "fn f() {\n    g().unwrap();\n}\n// proof: 1 is a number\nlet n = \"1\".parse().expect(\"1\");\nlet s = \"unwrap()\";";
    let panicking: Vec<usize> = panics(&Source::new("src/x.rs", bad)).iter().map(|complaint| complaint.line).collect();
    assert_eq!(panicking, [2]);

    let query = "\nlet q = \"SELECT id\n FROM ticket\"; let text = \"Select one FROM the list\";";
    assert_eq!(sql(&Source::new("src/cli.rs", query)).len(), 1);
    assert_eq!(sql(&Source::new("src/cli.rs", "\"UPDATE ticket SET a = $1\" \"INSERT OR IGNORE INTO t\"")).len(), 2);
    assert_eq!(sql(&Source::new("src/store/ticket.rs", query)).len(), 0);

    assert_eq!(size(&Source::new("src/x.rs", &"\n".repeat(400))).len(), 0);
    assert_eq!(size(&Source::new("src/x.rs", &"\n".repeat(401))).len(), 1);
    assert_eq!(name(&Source::new("src/x/mod.rs", "")).len(), 1);
    assert_eq!(places("a.md", &["see\n/ho", "me/ana/notes"].concat())[0].line, 2);
}
