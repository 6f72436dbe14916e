//! What a query looks for, before what it says of it.

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ticket,
    User,
    Organization,
    Group,
}

impl Kind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::User => "user",
            Self::Organization => "organization",
            Self::Group => "group",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        [Self::Ticket, Self::User, Self::Organization, Self::Group].into_iter().find(|kind| kind.name() == name)
    }
}

/// A query without its `type:`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parted {
    /// Of what kind; of any when none.
    pub(super) kind: Option<Kind>,
    /// The rest.
    pub(super) query: String,
    /// The words of it that stand without a keyword, or behind `name:`.
    pub(super) words: Vec<String>,
    /// Whether words stand in it without a keyword.
    pub(super) has_words: bool,
    /// Whether it says in which order.
    pub(super) ordered: bool,
    /// Whether there are other keywords.
    keywords: bool,
}

impl Parted {
    pub(super) fn of(text: &str) -> Self {
        let mut parted = Self::default();
        let mut rest = Vec::new();
        for piece in pieces(text) {
            let keyword = piece.find([':', '<', '>']).filter(|at| !piece[..*at].contains('"'));
            let (name, value) = keyword.map_or(("", piece), |at| (&piece[..at], &piece[at + 1..]));
            let bare = value.trim_matches('"').trim_end_matches('*').to_owned();
            match name {
                "type" if Kind::parse(&bare.to_lowercase()).is_some() => {
                    parted.kind = Kind::parse(&bare.to_lowercase());
                    continue;
                }
                "order_by" | "sort" => parted.ordered = true,
                "" if piece.starts_with('-') => parted.keywords = true,
                "" => {
                    parted.has_words = true;
                    parted.words.push(bare);
                }
                "name" => parted.words.push(bare),
                _ => parted.keywords = true,
            }
            rest.push(piece);
        }
        parted.query = rest.join(" ");
        parted
    }

    /// Only of that kind.
    pub(super) fn only(self, kind: Kind) -> Self {
        Self { kind: Some(kind), ..self }
    }

    pub(super) fn wants(&self, kind: Kind) -> bool {
        self.kind.is_none_or(|one| one == kind)
    }

    /// Whether nothing is said of what is looked for but its kind and words.
    pub(super) const fn is_open(&self) -> bool {
        !self.keywords
    }

    /// Whether it is nothing but words, which can be about anything.
    pub(super) const fn is_plain(&self) -> bool {
        self.has_words && !self.keywords
    }
}

/// The pieces between spaces; what stands in quotes is one.
fn pieces(text: &str) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    })
    .filter(|piece| !piece.is_empty())
    .collect()
}
