//! Whatever is internal bears a mark here, and no answer, no letter and no notice that reaches somebody who must not know
//! holds it: driven over every method by which an account is read (R109, R114-R116, R126, R149).

mod asks;
pub mod scene;

use crate::support::town::Town;
use asks::{METHODS, everything};
use guichet::client::post::Post;
use guichet::domain::id::PersonId;
use scene::Scene;
use std::collections::BTreeSet;

/// Whoever asks, with what they must never read.
pub struct Asking {
    pub who: &'static str,
    pub person: PersonId,
    pub never: Vec<&'static str>,
}

/// What no end user reads, whoever they are.
pub const INTERNAL: [&str; 19] = [
    "mkprivate",
    "mknote",
    "mkvalue",
    "mkfield",
    "mktag",
    "mkstatus",
    "mkexternal",
    "mkview",
    "mkmacro",
    "mktrigger",
    "mkautomation",
    "mktext",
    "mkwebhook",
    "mkinside",
    "mkfollower",
    "mkgroup",
    "mksuspended",
    "mkabout",
    "mkdeleted",
];
/// What stands on the tickets with which no restricted agent here works.
pub const ELSEWHERE: [&str; 10] = [
    "mkdeleted",
    "mkprivate",
    "mknote",
    "mkvalue",
    "mktag",
    "mkexternal",
    "mksuspended",
    "mkabout",
    "mkown",
    "mkinside",
];

pub fn asking(scene: &Scene) -> Vec<Asking> {
    let with = |marks: &[&'static str], more: &[&'static str]| [marks, more].concat();
    let row = |who, person, never| Asking { who, person, never };

    vec![
        row("the requester", scene.ana, with(&INTERNAL, &["mkforeign", "mkperson", "mkorganization"])),
        row("in copy", scene.copied, with(&INTERNAL, &["mkforeign", "mkperson", "mkorganization"])),
        row("a colleague", scene.ben, with(&INTERNAL, &["mkforeign", "mkperson", "mkorganization"])),
        row("a stranger", scene.stranger, with(&INTERNAL, &["mkforeign", "mkown", "mkperson", "mkorganization"])),
        row("an agent of some groups", scene.of_groups, with(&ELSEWHERE, &["mkforeign"])),
        row("an agent of what is assigned", scene.of_assigned, with(&ELSEWHERE, &["mkforeign"])),
        row("an agent of an organization", scene.of_organization, with(&ELSEWHERE, &["mkperson", "mkorganization"])),
        row("an agent", scene.agent, vec!["mkpersonal", "mkinside", "mkdeleted"]),
        row(
            "a suspended agent",
            scene.suspended,
            with(&INTERNAL, &["mkown", "mkforeign", "mkperson", "mkorganization", "Gare", "ana@"]),
        ),
    ]
}

/// Nobody gets an answer, of any method, with a mark that is not theirs to read.
pub async fn nothing_internal_reaches_who_must_not_know(town: &Town) {
    let scene = Scene::make(town).await;
    for Asking { who, person, never } in asking(&scene) {
        let client = town.as_(person);
        for (method, shown) in everything(&*client, &scene).await {
            for mark in &never {
                let at = shown.find(mark);
                let around = at.map(|at| shown[at.saturating_sub(200)..].chars().take(400).collect::<String>());
                assert_eq!(around, None, "{who} read {mark} by {method}");
            }
            let refused = who == "a suspended agent" && shown.lines().any(|line| !line.starts_with("refused"));
            assert!(!refused, "a suspended agent got an answer of {method}: {shown}");
        }
    }
    // The marks are there, for those who may read them.
    let admin: String = everything(&*town.as_(town.admin), &scene).await.into_iter().map(|(_, shown)| shown).collect();
    for mark in INTERNAL.iter().chain(&ELSEWHERE).chain(&["mkforeign", "mkperson", "mkorganization"]) {
        assert!(admin.contains(mark), "{mark} is nowhere");
    }
    letters(town, &scene).await;
}

/// Letters say what they say with the eyes of whom they go to, whatever an admin's text names.
async fn letters(town: &Town, scene: &Scene) {
    let post = Post::new(town.store.clone(), town.clock());
    let readers = asking(scene);
    let mut sent = BTreeSet::new();
    loop {
        let (parcels, held) = post.take(100).await.expect("letters");
        if parcels.is_empty() && held == 0 {
            break;
        }
        for parcel in parcels {
            let text = format!("{} {} {:?}", parcel.subject, parcel.body, parcel.name);
            let strangers = INTERNAL.as_slice();
            let never = match readers.iter().find(|one| Some(one.person) == parcel.person) {
                Some(one) => one.never.as_slice(),
                None if parcel.person.is_none() => strangers,
                None => continue,
            };
            let read: Vec<_> = never.iter().filter(|mark| text.contains(**mark)).collect();
            assert!(read.is_empty(), "a letter to {} says {read:?}: {text}", parcel.to.as_str());
            sent.insert(parcel.to.folded());
            post.sent(&parcel).await.expect("written down");
        }
    }
    for to in ["ana@gare.example", "copy@else.example", "watch@partner.example"] {
        assert!(sent.contains(to), "a text with everything in it went to {to}: {sent:?}");
    }
}

/// A method without a row above fails here: what is asked is compared with the trait itself.
#[test]
fn every_method_of_a_client_is_asked() {
    let source = include_str!("../../../src/client.rs");
    let body = source.split_once("pub trait Client").expect("the trait").1;
    let body = body.split_once("\n}\n").expect("its end").0;
    let methods: BTreeSet<&str> =
        body.lines().filter_map(|line| line.strip_prefix("    fn ")?.split_once('(')).map(|(name, _)| name).collect();
    assert!(methods.len() >= 40, "{methods:?}");
    assert_eq!(methods, METHODS.iter().copied().collect(), "a method is new: ask it in contract/marks/asks.rs");
}
