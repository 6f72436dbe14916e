//! Where requests may go (security.md 3.6; #48, #49).

use super::{Told, ask, hosts, means, said};
use crate::support::receiver::{Habit, Receiver};
use guichet::domain::hosts::{Host, Hosts};
use guichet::fetch::{Fault, Fetcher, Reach, Refused, Trouble, fetch, reach};
use std::net::IpAddr;
use std::sync::atomic::Ordering;

const INNER: &[&str] = &[
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "::1",
    "fc00::1",
    "fdff:ffff::1",
];

const LINK: &[&str] = &["169.254.169.254", "169.254.0.1", "100.100.100.200", "fe80::1", "febf::1", "fd00:ec2::254"];

const NOWHERE: &[&str] = &[
    "0.0.0.0",
    "0.1.2.3",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "198.51.100.7",
    "203.0.113.9",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1",
    "2001:10::1",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "fec0::1",
    "ff02::1",
    "5f00::1",
    "4000::1",
];

const OPEN: &[&str] = &[
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.167.1.1",
    "192.169.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "169.253.1.1",
    "223.255.255.255",
    "198.17.0.1",
    "198.20.0.1",
    "192.0.1.1",
    "2606:4700::1111",
    "2001:4860:4860::8888",
    "2a00::1",
];

#[test]
fn every_address_leads_where_it_is_known_to_lead() {
    for (reached, addresses) in
        [(Reach::Inner, INNER), (Reach::Link, LINK), (Reach::Nowhere, NOWHERE), (Reach::Open, OPEN)]
    {
        for text in addresses {
            let address: IpAddr = text.parse().expect("an address");
            assert_eq!(reach(address), reached, "{text}");
        }
    }
}

/// A name that leads to any of them is refused, and so is one that leads to one of them and elsewhere; allowing the name
/// lets it lead to networks of one's own, and never to what hands out secrets.
#[tokio::test]
async fn a_name_leads_nowhere_that_is_not_open() {
    for text in INNER.iter().chain(LINK).chain(NOWHERE) {
        for answer in [&[*text][..], &["1.1.1.1", *text]] {
            let names = Told::new(&[answer]);
            let fetcher = Fetcher::new(Hosts::default(), means(names));
            let said = fetch(&fetcher, ask("https://hooks.example/")).await;
            assert_eq!(said, Err(Fault::Refused(Refused::Address)), "{answer:?}");
        }
    }
    for text in LINK.iter().chain(NOWHERE) {
        let fetcher = Fetcher::new(hosts("hooks.example"), means(Told::new(&[&[*text]])));
        let said = fetch(&fetcher, ask("http://hooks.example/")).await;
        assert_eq!(said, Err(Fault::Refused(Refused::Address)), "{text}");
    }
}

/// The same in addresses, however they are written.
#[tokio::test]
pub async fn an_address_is_refused_however_it_is_written() {
    let written = [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://017700000001/",
        "https://0177.0.0.01/",
        "https://127.0.0.1./",
        "https://127.0.0.1:8443/",
        "https://%31%32%37.0.0.1/",
        "https://１２７.0.0.1/",
        "https://127。0。0。1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[64:ff9b::127.0.0.1]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://0/",
        "https://0.0.0.0/",
        "https://169.254.169.254/latest/meta-data/",
        "https:127.0.0.1",
        "https:\\\\127.0.0.1\\",
    ];
    for url in written {
        assert_eq!(said("none", url).await, Err(Fault::Refused(Refused::Address)), "{url}");
    }
    let odd = [
        ("https://[fe80::1%25eth0]/", Refused::Url),
        ("https://", Refused::Url),
        ("https:///", Refused::Url),
        ("hooks.example", Refused::Url),
        ("ftp://hooks.example/", Refused::Url),
        ("file:///etc/passwd", Refused::Url),
        ("gopher://127.0.0.1/", Refused::Url),
        ("https://256.256.256.256/", Refused::Url),
        ("https://hooks.example:99999/", Refused::Url),
        ("https://ana:secret@hooks.example/", Refused::Credentials),
        ("https://hooks.example@127.0.0.1/", Refused::Credentials),
        ("http://hooks.example/", Refused::Scheme),
    ];
    for (url, why) in odd {
        assert_eq!(said("none", url).await, Err(Fault::Refused(why)), "{url}");
    }
}

/// A host is allowed by its own name, on all ports or one, and another by none of it.
#[tokio::test]
async fn only_the_host_that_is_allowed_is_reached() {
    let canary = Receiver::new(Habit::Answers(200, "", "")).await;
    let port = canary.port;
    let taken = |answer: Result<guichet::fetch::Answer, Fault>| answer.map(|answer| answer.status);
    for allowed in ["hooks.example".to_owned(), format!("hooks.example:{port}"), "HOOKS.Example.".to_owned()] {
        let url = format!("http://hooks.example:{port}/");
        assert_eq!(taken(said(&allowed, &url).await), Ok(200), "{allowed}");
        let url = format!("http://Hooks.EXAMPLE.:{port}/");
        assert_eq!(taken(said(&allowed, &url).await), Ok(200), "{allowed}");
    }
    assert_eq!(taken(said("127.0.0.1", &canary.url("/")).await), Ok(200));
    let met = canary.met();
    let refused = [
        ("hooks.example:1", format!("http://hooks.example:{port}/"), Refused::Scheme),
        ("hooks.example:1", format!("https://hooks.example:{port}/"), Refused::Address),
        ("hooks.example", format!("http://127.0.0.1:{port}/"), Refused::Scheme),
        ("hooks.example", format!("https://127.0.0.1:{port}/"), Refused::Address),
        ("127.0.0.1", format!("http://hooks.example:{port}/"), Refused::Scheme),
        ("127.0.0.1", format!("https://hooks.example:{port}/"), Refused::Address),
        ("example", format!("https://hooks.example:{port}/"), Refused::Address),
        ("hooks.example", format!("https://a.hooks.example:{port}/"), Refused::Address),
        ("hooks.example", format!("https://hooks.example.evil.example:{port}/"), Refused::Address),
    ];
    for (allowed, url, why) in refused {
        assert_eq!(said(allowed, &url).await, Err(Fault::Refused(why)), "{allowed} {url}");
    }
    assert_eq!(canary.met(), met, "nobody came");
}

/// #49: what is connected to is what was checked: the name is asked for once, whatever it would say the next time.
#[tokio::test]
pub async fn a_name_that_changes_its_answer_is_asked_once() {
    let canary = Receiver::new(Habit::Answers(200, "", "")).await;
    // Nobody is there: of the first answer only this much is wanted, that it is the one which was connected to.
    let names = Told::new(&[&["192.0.1.1"], &["127.0.0.1"]]);
    let fetcher = Fetcher::new(Hosts::default(), means(names.clone()));
    let url = format!("https://hooks.example:{}/", canary.port);
    let first = fetch(&fetcher, ask(&url)).await;
    assert!(matches!(first, Err(Fault::Later(Trouble::Connection | Trouble::Timeout))), "{first:?}");
    assert_eq!(names.asked.load(Ordering::Relaxed), 1);
    assert_eq!(fetch(&fetcher, ask(&url)).await, Err(Fault::Refused(Refused::Address)));
    assert_eq!((names.asked.load(Ordering::Relaxed), canary.met()), (2, 0));
}

/// A connection that was kept would be one that nobody checks again: each request looks its host up.
#[tokio::test]
async fn no_connection_is_used_for_another_request() {
    let server = Receiver::new(Habit::Answers(200, "connection: keep-alive\r\n", "")).await;
    let names = Told::new(&[&["127.0.0.1"], &["127.0.0.1"], &["169.254.169.254"]]);
    let fetcher = Fetcher::new(hosts("hooks.example"), means(names.clone()));
    let url = format!("http://hooks.example:{}/", server.port);
    for _ in 0..2 {
        assert_eq!(fetch(&fetcher, ask(&url)).await.map(|answer| answer.status), Ok(200));
    }
    assert_eq!((server.met(), names.asked.load(Ordering::Relaxed)), (2, 2));
    assert_eq!(fetch(&fetcher, ask(&url)).await, Err(Fault::Refused(Refused::Address)));
}

#[test]
fn hosts_are_names_and_addresses_and_no_patterns() {
    let same = |text: &str| Host::parse(text).map(|host| host.to_string());
    for (text, printed) in [
        ("hooks.example", "hooks.example"),
        ("Hooks.Example.", "hooks.example"),
        ("localhost:8080", "localhost:8080"),
        ("127.0.0.1", "127.0.0.1"),
        ("10.0.0.5:8080", "10.0.0.5:8080"),
        ("::1", "::1"),
        ("[::1]:8080", "[::1]:8080"),
    ] {
        assert_eq!(same(text).as_deref(), Some(printed), "{text}");
        assert_eq!(same(printed).as_deref(), Some(printed), "it reads back");
    }
    let no = [
        "",
        "*",
        "*.example",
        "a b",
        "http://a",
        "a/b",
        "a:0",
        "a:99999",
        "a..b",
        "10.0.0",
        "127.1",
        "10.0.0.0/8",
        "ü",
    ];
    for text in no {
        assert_eq!(same(text), None, "{text}");
    }
    assert_eq!(
        Hosts::read("b.example, a.example").map(|hosts| hosts.to_string()).as_deref(),
        Some("a.example, b.example")
    );
    assert_eq!(Hosts::read("none"), Some(Hosts::default()));
    assert_eq!(Hosts::read("a.example, *"), None);
}
