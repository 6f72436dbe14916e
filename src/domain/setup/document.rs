use std::collections::BTreeMap;

/// A thing of the set-up as names and values: what files, scripts, forms and the store write and read. Each writes it in
/// a format of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document(pub BTreeMap<String, Datum>);

/// A value in a [`Document`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several, in order.
    List(Vec<Self>),
    /// Names and values.
    Table(Document),
}

impl Document {
    /// Writes a value under a name.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Datum>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// Writes a value that may be missing: then there is nothing under the name.
    #[must_use]
    pub fn with_some(self, key: &str, value: Option<impl Into<Datum>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// What stands under a name.
    pub fn get(&self, key: &str) -> Option<&Datum> {
        self.0.get(key)
    }

    /// The languages in which something is still called as before, although its own title becomes another: their
    /// translations stay until somebody changes them.
    pub fn left_behind(&self, now: &Self) -> std::collections::BTreeSet<String> {
        let titles = ["name", "title", "requester_name", "requester_title"];
        let renamed: Vec<&str> =
            titles.into_iter().filter(|key| self.get(key).is_some() && self.get(key) != now.get(key)).collect();
        let (Some(Datum::Table(was)), Some(Datum::Table(is))) = (self.get("translations"), now.get("translations"))
        else {
            return std::collections::BTreeSet::new();
        };
        let said = |of: &Self, language: &str, key: &str| match of.get(language) {
            Some(Datum::Table(words)) => words.get(key).cloned(),
            _ => None,
        };
        let stays = |language: &&String| {
            renamed.iter().any(|key| {
                let before = said(was, language, key);
                before.is_some() && before == said(is, language, key)
            })
        };
        is.0.keys().filter(stays).cloned().collect()
    }

    /// The names under which two documents differ.
    pub fn differing(&self, other: &Self) -> std::collections::BTreeSet<String> {
        let keys = self.0.keys().chain(other.0.keys());
        keys.filter(|key| self.get(key) != other.get(key)).cloned().collect()
    }
}

impl From<&str> for Datum {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Datum {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Datum {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Document> for Datum {
    fn from(table: Document) -> Self {
        Self::Table(table)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Datum {
    fn from(list: Vec<T>) -> Self {
        Self::List(list.into_iter().map(Into::into).collect())
    }
}
