use super::{mail, read, taken};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// A mail's HTML is read as text; the plain alternative is preferred.
#[test]
pub fn a_page_becomes_text() {
    let page = "<html><head><style>p { color: red }</style><script>alert(1)</script></head><body><p>Hello&nbsp;<b>you</b></p>\
                <ul><li>one<li>two</ul><a href=\"https://acme.example/x\">here</a> \
                <a href=\"https://acme.example\">https://acme.example</a> <a href=\"javascript:x\">there</a>\
                <div>On 2 May 2026 at 10:00, Ana &lt;ana@acme.example&gt; wrote:</div>\
                <blockquote type=cite><p>the question</p></blockquote></body></html>";
    let read = taken(&["From: mia@blue.example", "Content-Type: text/html; charset=utf-8", "", page]);
    assert_eq!(
        read.text, "Hello\u{a0}you\n- one\n- two\n\nhere (https://acme.example/x) https://acme.example there",
        "{}",
        read.whole_text
    );
    assert!(read.whole_text.contains("> the question"), "{}", read.whole_text);
    let both = taken(&[
        "From: mia@blue.example",
        "Content-Type: multipart/alternative; boundary=b",
        "",
        "--b",
        "Content-Type: text/html",
        "",
        "<p>page</p>",
        "--b",
        "Content-Type: text/plain",
        "",
        "plain",
        "--b--",
    ]);
    assert_eq!((both.text.as_str(), both.files.len()), ("plain", 0));
}

#[test]
fn pages_that_would_cost_much_are_only_stripped() {
    for (what, page) in [
        ("divs", "<div>".repeat(80_000) + "text"),
        ("tables", "<table><tr><td>".repeat(30_000) + "text"),
        ("quotes", "<blockquote>".repeat(30_000) + "text"),
        ("quotes within reason", "<blockquote>".repeat(150) + "text"),
        ("tables within reason", "<table><tr><td>".repeat(100) + "text"),
        ("lists", "<ul><li>".repeat(30_000) + "text"),
        ("table cells", "<table><tr>".to_owned() + &"<td>text".repeat(15_000)),
        ("table rows", "<table>".to_owned() + &"<tr><td>text<td>more".repeat(5_000)),
        ("attributes", format!("<p {}>text", "a=b ".repeat(100_000))),
        ("entities", "text".to_owned() + &"&amp;".repeat(100_000)),
        ("colspan", "<table><tr><td colspan=999999999>text</table>".to_owned()),
        ("letters", "text".repeat(100_000)),
        ("open", "<".repeat(100_000) + "p>text"),
        ("comment", "<p>text<!--".to_owned() + &"-".repeat(100_000)),
    ] {
        let bytes = mail(&["From: mia@blue.example", "Content-Type: text/html", "", &page]);
        let begun = Instant::now();
        let read = read(&bytes).expect("a mail");
        assert!(begun.elapsed() < Duration::from_secs(20), "{what} takes {:?}", begun.elapsed());
        assert!(read.whole_text.contains("text"), "{what}: {:?}", read.whole_text.get(..200));
    }
}

const TAGS: &str = "a b p br hr h1 ul ol li dl dd table tr td th tbody caption colgroup col blockquote pre code img svg \
                    math style script template select option textarea title sup div span font body html head input";
const ATTRIBUTES: &str = "(colspan|rowspan|start|href|alt|width|style|id|value)=\"?[-0-9a-z:;%#&]{0,12}\"? ?/?";

/// A piece of a page, well formed or not.
fn piece() -> impl Strategy<Value = String> {
    let tag = || prop::sample::select(TAGS.split(' ').collect::<Vec<_>>());
    prop_oneof![
        tag().prop_map(|tag| format!("<{tag}>")),
        tag().prop_map(|tag| format!("</{tag}>")),
        (tag(), ATTRIBUTES).prop_map(|(tag, rest)| format!("<{tag} {rest}>")),
        "[ -~\n\t]{0,12}",
        "\\PC{0,6}",
        "&[a-z#0-9x]{0,8};?",
        "<!--|-->|<!\\[CDATA\\[|\\]\\]>|<!DOCTYPE [a-z]{0,4}|<\\?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_page_makes_the_reader_panic(pieces in prop::collection::vec(piece(), 0..60)) {
        let _ = read(&mail(&["From: mia@blue.example", "Content-Type: text/html; charset=utf-8", "", &pieces.concat()]));
    }
}
