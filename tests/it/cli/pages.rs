//! What `docs/rules.md` shows works as it stands there.

use super::lines::Acme;
use std::path::Path;

/// The examples of the page: what each is of, and its text.
fn examples() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = std::fs::read_to_string(path).expect("the page");
    let blocks = page.split("\n```").skip(1).step_by(2);
    let parts = blocks.filter_map(|block| block.split_once('\n'));
    parts.map(|(head, text)| (head.to_owned(), text.to_owned())).collect()
}

/// D34: every condition is understood where the page says, and everything of the set-up can be saved in the page's order
/// and reads back as it was written.
#[test]
fn every_example_on_the_page_of_rules_works() {
    let acme = Acme::new();
    let mut saved = 0;
    for (head, text) in examples() {
        match head.split_once(' ').expect("what it is of") {
            ("condition", noun) => text.lines().for_each(|sentence| try_sentence(&acme, noun, sentence)),
            ("toml", noun) => {
                save(&acme, noun, &text);
                saved += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(saved, 10, "one of each noun, and a second field");
}

fn try_sentence(acme: &Acme, noun: &str, sentence: &str) {
    let (title, when) = ("title=Example".to_owned(), format!("when={sentence}"));
    let mut said = vec![noun, "set", "--dry-run", "--set", &title, "--set", &when];
    if noun == "trigger" {
        said.extend(["--set", "actions=[\"add tags: example\"]"]);
    } else {
        said.extend(["--set", "slug=example"]);
    }
    let ran = acme.run("ana", &said);
    assert_eq!(ran.status, Some(0), "{sentence}: {ran:?}");
}

fn save(acme: &Acme, noun: &str, text: &str) {
    acme.home.write("example.toml", text);
    let ran = acme.run("ana", &[noun, "set", "--file", "example.toml"]);
    assert_eq!(ran.status, Some(0), "{text}\n{ran:?}");
    let again = acme.run("ana", &[noun, "set", "--file", "example.toml"]);
    assert!(again.status == Some(0) && again.out.contains("as it was"), "{text}\n{again:?}");
}
