//! Rules, forms and hours that could never work: refused by every way in, with a sentence that says what to do (R133, D10,
//! D25, D34). Screens ask the same check as `--dry-run`.

use super::lines::Acme;
use std::fmt::Write as _;

struct Row {
    kind: &'static str,
    name: &'static str,
    text: String,
    /// What is said.
    said: &'static str,
}

fn row(kind: &'static str, name: &'static str, text: impl Into<String>, said: &'static str) -> Row {
    Row { kind, name, text: text.into(), said }
}

fn trigger(name: &'static str, when: &str, then: &str, said: &'static str) -> Row {
    row("trigger", name, format!("title = '{name}'\nwhen = '{when}'\nactions = ['{then}']"), said)
}

fn automation(name: &'static str, when: &str, then: &str, said: &'static str) -> Row {
    row("automation", name, format!("slug = '{name}'\nwhen = '{when}'\nactions = ['{then}']"), said)
}

fn view(name: &'static str, when: &str, said: &'static str) -> Row {
    row("view", name, format!("slug = '{name}'\ntitle = '{name}'\nwhen = '{when}'"), said)
}

fn field(name: &'static str, more: &str, said: &'static str) -> Row {
    row("field", name, format!("slug = '{name}'\ntitle = '{name}'\n{more}"), said)
}

fn kind(name: &'static str, more: &str, said: &'static str) -> Row {
    row("kind", name, format!("slug = '{name}'\nname = '{name}'\n{more}"), said)
}

fn schedule(name: &'static str, more: &str, said: &'static str) -> Row {
    row("schedule", name, format!("name = '{name}'\n{more}"), said)
}

const EXCLUDE: &str = "parts of the condition exclude each other. Leave one of them out";
const ALL: &str = "Every ticket is so: the condition leaves none out. Say which tickets are meant";

fn contradictions() -> Vec<Row> {
    let when = [
        ("two statuses", "status is open and status is solved"),
        ("a tag and not", "tags include vip and tags do not include vip"),
        ("no tags and one", "tags are none and tags include vip"),
        ("two groups", "group is \"Support Ops\" and group is none"),
        ("before and after", "created more than 5 days ago and created less than 3 days ago"),
        ("two days", "created after 2026-11-05 and created before 2026-11-01"),
        ("two priorities", "priority > high and priority < urgent"),
        ("private and public", "ticket is private and ticket is public"),
        ("due and never", "due never and due in less than 3 days"),
        ("numbers", "number > 5 and number < 6"),
        ("in each branch", "(status is open and status is new) or (channel is web and channel is email)"),
        ("within", "status is open and not (status is open or tags include vip)"),
        ("changes", "status changed to solved and not status changed to solved"),
    ];
    when.into_iter().map(|(name, when)| trigger(name, when, "priority: high", EXCLUDE)).collect()
}

fn rules() -> Vec<Row> {
    let open = "tags include vip";
    let mut rows = contradictions();
    rows.extend([
        trigger("everything", "", "priority: high", "would run at every change. Say when it should run"),
        trigger("all statuses", "status < solved or status >= solved", "priority: high", ALL),
        trigger("a tag or none", "tags include vip or not tags include vip", "priority: high", ALL),
        row("trigger", "nothing", "title = 'nothing'\nwhen = 'tags include vip'", "Say what it should do"),
        trigger("speaks", open, "reply: Hello", "Let the rule send a notice instead"),
        trigger("new again", open, "status: new", "A ticket never goes back to New. Choose Open instead"),
        trigger("gone", "group is \"Night\"", "priority: high", "There is no group \"Night\""),
        trigger("gone too", open, "group: Night", "actions.1 names \"Night\", which the account does not have"),
        trigger("gone number", "group is #77", "priority: high", "There is no such group. `guichet group list` lists them"),
        trigger("gone text", open, "notify requester: nothing", "names \"nothing\", which the account does not have"),
        automation("no-time", open, "status: solved", "Say for how long something must have been so"),
        automation("at-once", "open at least 0 minutes ago", "status: solved", "Say for how long"),
        automation("for-ever", "open at least 1 day ago", "priority: high", "Let it change what it asks for, or run only once"),
        automation("to-open", "hold at least 1 day ago", "status: open", "for ever: to-open and to-hold. Let one of them add a tag"),
        automation("late", "solved at least 40 days ago", "status: closed", "goes from 1 hour to 28 days"),
        automation("words", "subject has \"x\" and open at least 1 day ago", "status: hold", "eave this out: "),
        row("automation", "all-once", "slug = 'all-once'\nwhen = 'created more than 1 day ago or not created more than 1 day ago'\nactions = ['tags: a']\nonce = true", ALL),
        trigger("signed", open, "tags: +serial", "Write \"add tags: serial\" or \"remove tags: serial\""),
        row("macro", "signed macro", "title = 'signed macro'\nactions = ['add tags: -serial']", "Write \"add tags: serial\""),
        row("macro", "notices", "title = 'notices'\nactions = ['notify requester: request-received']", "Leave that out of the macro"),
        row("macro", "voices", "title = 'voices'\nactions = ['reply: A', 'note: B']", "Make two macros of it"),
        row("text", "braces", "slug = 'braces'\n[texts.en]\nsubject = '{{ ticket.nothing }}'\nbody = 'b'", "There are ticket.id"),
    ]);
    rows
}

fn views() -> Vec<Row> {
    let many = (0..2_000).fold(String::from("number is 0"), |mut all, n| {
        write!(all, " or number is {n}").expect("a string");
        all
    });
    let some = vec!["number > 1"; 101].join(" or ");
    let deep = format!("{}tags include vip{}", "not (".repeat(30), ")".repeat(30));
    vec![
        view("thousands", &many, "The condition is too long. Leave something out"),
        view("hundreds", &some, "more than 100 tests. Leave some out"),
        view("deep", &deep, "Too many parentheses lie within each other"),
        view("impossible", "status is open and status is new", EXCLUDE),
        view("done", "status changed to solved", "eave this out: "),
        row(
            "view",
            "gathered",
            "slug = 'gathered'\nwhen = 'tags include vip'\ngroup_by = 'subject'",
            "Choose one of these",
        ),
    ]
}

fn forms() -> Vec<Row> {
    vec![
        field(
            "bracket",
            "type = 'regexp'\npattern = '(['",
            "is no regular expression, or is too costly. Write a simpler one",
        ),
        field("costly", "type = 'regexp'\npattern = '(a{1000}){1000}'", "Write a simpler one"),
        field("no-options", "type = 'tagger'", "There is nothing to choose. Add an option"),
        field(
            "same",
            "type = 'tagger'\noptions = [{ name = 'A', value = 'a' }, { name = 'A', value = 'b' }]",
            "Call them differently",
        ),
        field("default", "type = 'integer'\ndefault = 'many'", "default cannot be \"many\""),
        kind(
            "never",
            "fields = ['subject', 'cost']",
            "requesters must fill in Cost and may not. Let them edit it, give it a default",
        ),
        kind(
            "circle",
            "fields = ['one', 'two']\nconditions = [{ field = 'one', value = 'x', shows = ['two'] }, { field = 'two', value = 'x', shows = ['one'] }]",
            "Let one of them stand by itself",
        ),
        kind(
            "off",
            "fields = ['one']\nconditions = [{ field = 'one', value = 'x', shows = ['two'] }]",
            "Put it among its fields",
        ),
        kind(
            "odd",
            "fields = ['one', 'how-many']\nconditions = [{ field = 'how-many', value = 'x', shows = ['one'] }]",
            "Name a value that it can hold",
        ),
        kind("strange", "fields = ['weight of it']", "names \"weight of it\", which the account does not have"),
        schedule("never-open", "time_zone = 'UTC'", "Give a day hours"),
        schedule(
            "overlap",
            "time_zone = 'UTC'\nmonday = ['09:00-12:00', '11:00-13:00']",
            "have time in common. Write them as one",
        ),
        schedule("nowhere", "time_zone = 'Europe/Atlantis'\nmonday = ['09:00-12:00']", "Name one such as Europe/Paris"),
        schedule("backwards", "time_zone = 'UTC'\nmonday = ['17:00-09:00']", "ends before it begins"),
    ]
}

fn furnished() -> Acme {
    let acme = Acme::new();
    let set = |args: &[&str]| {
        let ran = acme.run("ana", args);
        assert_eq!(ran.status, Some(0), "{ran:?}");
    };
    set(&["field", "set", "cost", "--set", "title=Cost", "--set", "type=integer", "--set", "required_to_submit=true"]);
    set(&["field", "set", "how-many", "--set", "title=How many", "--set", "type=integer"]);
    for name in ["one", "two"] {
        set(&[
            "field",
            "set",
            name,
            "--set",
            &format!("title={name}"),
            "--set",
            "type=text",
            "--set",
            "access=requesters-edit",
        ]);
    }
    let when = "when=open at least 1 day ago";
    set(&["automation", "set", "to-hold", "--set", when, "--set", "actions=status: hold"]);
    acme
}

/// R133, D10, D25: by command and dry run.
#[test]
fn what_could_never_work_is_refused_by_commands() {
    let acme = furnished();
    let rows = [rules(), views(), forms()].concat_rows();
    let mut wrong = Vec::new();
    for row in &rows {
        acme.home.write("bad.toml", &row.text);
        for more in [&["--dry-run"][..], &[]] {
            let ran = acme.run("ana", &[&[row.kind, "set", "--file", "bad.toml"], more].concat());
            if !matches!(ran.status, Some(1 | 3)) || !ran.out.is_empty() || !ran.err.contains(row.said) {
                wrong.push(format!("{} {}: {:?} in {ran:?}", row.kind, row.name, row.said));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same by an import, which says so before it is done.
#[test]
fn what_could_never_work_is_refused_by_an_import() {
    let acme = furnished();
    let rows = [rules(), views(), forms()].concat_rows();
    for row in &rows {
        acme.home.write(&format!("set-up/{}/{}.toml", row.kind, row.name.replace(' ', "-")), &row.text);
    }
    for more in [&["--dry-run"][..], &[]] {
        let ran = acme.run("ana", &[&["setting", "import", "set-up"], more].concat());
        assert_eq!(ran.status, Some(1), "{ran:?}");
        let mut wrong = Vec::new();
        for row in &rows {
            let file = row.name.replace(' ', "-");
            let begins = [format!("! {} {}: ", row.kind, row.name), format!("! {0} {0}/{file}.toml: ", row.kind)];
            let of_row = |line: &&str| begins.iter().any(|begin| line.starts_with(begin.as_str()));
            let line = ran.out.lines().find(of_row).unwrap_or_default();
            if !line.contains(row.said) {
                wrong.push(format!("{} {}: {:?} in {line:?}", row.kind, row.name, row.said));
            }
        }
        assert!(wrong.is_empty(), "{more:?}\n{}\n{}", wrong.join("\n"), ran.out);
        let done = ran.out.lines().filter(|line| !line.starts_with(['!', ' '])).count();
        assert_eq!(done, 0, "{}", ran.out);
    }
}

trait Rows {
    fn concat_rows(self) -> Vec<Row>;
}

impl<const N: usize> Rows for [Vec<Row>; N] {
    fn concat_rows(self) -> Vec<Row> {
        self.into_iter().flatten().collect()
    }
}
