use super::Which;
use super::template::Template;
use super::words::{InThree, Tongue};
use crate::domain::tag::Tag;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::LazyLock;

/// Something that happens in this trade, with what people say about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    pub slug: String,
    pub accounts: Vec<Which>,
    pub kind: KindName,
    /// How often it happens beside the others.
    pub weight: usize,
    pub team: Team,
    pub tags: Vec<Label>,
    /// Between agents only: its first comment is a note.
    #[serde(default)]
    pub private: bool,
    en: Texts,
    fr: Texts,
    it: Texts,
}

impl Scenario {
    /// What people say about it in that language.
    pub const fn texts(&self, tongue: Tongue) -> &Texts {
        match tongue {
            Tongue::En => &self.en,
            Tongue::Fr => &self.fr,
            Tongue::It => &self.it,
        }
    }

    /// Whether agents have questions about it.
    pub const fn asks(&self) -> bool {
        !self.en.exchanges.is_empty() && !self.fr.exchanges.is_empty() && !self.it.exchanges.is_empty()
    }
}

/// A stock kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum KindName {
    Critical,
    Feature,
    Hardware,
    Software,
}

/// Who in an account knows about it; each account has its group for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Team {
    Front,
    Field,
    Payments,
    Apps,
}

/// A tag, read once.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Label(pub Tag);

impl TryFrom<String> for Label {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Tag::parse(&text).map(Self).map_err(|bad| format!("`{}` is no tag", bad.0))
    }
}

/// What people say in one language. All variants of one list fit all variants of the others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub subjects: Vec<Template>,
    /// What has happened.
    pub opens: Vec<Template>,
    /// A second sentence about it.
    pub details: Vec<Template>,
    /// A question of the agent with the requester's answer.
    #[serde(default)]
    pub exchanges: Vec<(Template, Template)>,
    /// Between agents.
    pub notes: Vec<Template>,
    /// What the agent says at the end.
    pub fixes: Vec<Template>,
}

/// What is said in many conversations, in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    pub greetings: Vec<Template>,
    pub closings: Vec<Template>,
    pub asides: Vec<Template>,
    pub calls: Vec<Template>,
    pub agent_greetings: Vec<Template>,
    pub agent_closings: Vec<Template>,
    pub nudges: Vec<Template>,
    pub relapses: Vec<Template>,
    pub holds: Vec<Template>,
    pub thanks: Vec<Template>,
    pub remarks: Vec<Template>,
}

/// What only looks hostile, and what machines write; the same in every language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Odd {
    pub subjects: Vec<String>,
    pub comments: Vec<String>,
    pub logs: Vec<Template>,
    pub tags: Vec<Label>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shelf {
    scenario: Vec<Scenario>,
}

/// All texts, read once.
#[derive(Debug)]
pub(super) struct Library {
    pub scenarios: Vec<Scenario>,
    pub phrases: InThree<Phrases>,
    pub odd: Odd,
}

pub(super) static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let shelves = [
        ("payments", include_str!("../../assets/demo/payments.toml")),
        ("terminals", include_str!("../../assets/demo/terminals.toml")),
        ("bikes", include_str!("../../assets/demo/bikes.toml")),
        ("depots", include_str!("../../assets/demo/depots.toml")),
        ("apps", include_str!("../../assets/demo/apps.toml")),
        ("wishes", include_str!("../../assets/demo/wishes.toml")),
        ("private", include_str!("../../assets/demo/private.toml")),
    ];
    Library {
        scenarios: shelves.into_iter().flat_map(|(name, text)| read::<Shelf>(name, text).scenario).collect(),
        phrases: read("phrases", include_str!("../../assets/demo/phrases.toml")),
        odd: read("odd", include_str!("../../assets/demo/odd.toml")),
    }
});

/// Reads one of the files that are built into the program.
pub(super) fn read<T: DeserializeOwned>(name: &str, text: &str) -> T {
    match toml::from_str(text) {
        Ok(read) => read,
        // proof: the file is part of the program and never changes after it is built; tests read every one of them
        Err(fault) => panic!("assets/demo/{name}.toml: {fault}"),
    }
}

impl Library {
    /// The place of the scenario of that name.
    pub fn position(&self, slug: &str) -> Option<usize> {
        self.scenarios.iter().position(|one| one.slug == slug)
    }
}
