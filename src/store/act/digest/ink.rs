use super::Files;
use crate::domain::comment::{Upload, UploadToken};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Where the encoding goes. Every text says how long it is, every list how many follow, every record where it ends: no
/// two deeds can look alike.
pub(super) struct Ink<'f> {
    hash: Sha256,
    files: &'f Files,
}

impl<'f> Ink<'f> {
    pub fn new(files: &'f Files) -> Self {
        Self { hash: Sha256::new(), files }
    }

    pub fn end(self) -> [u8; 32] {
        self.hash.finalize().into()
    }

    /// What was handed in under a token.
    pub fn file(&self, token: &UploadToken) -> Option<&'f Upload> {
        self.files.get(token)
    }

    pub fn number(&mut self, number: i64) {
        self.hash.update(number.to_be_bytes());
    }

    /// Bytes of a known length.
    pub fn bytes(&mut self, bytes: &[u8; 32]) {
        self.hash.update(bytes);
    }

    pub fn count(&mut self, count: usize) {
        self.number(i64::try_from(count).unwrap_or(i64::MAX));
    }

    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.hash.update(text);
    }

    /// A field of a record, unless nothing is chosen there.
    pub fn field(&mut self, name: &str, value: &impl Written) -> &mut Self {
        if !value.is_nothing() {
            self.text(name);
            value.write(self);
        }
        self
    }

    /// A record of that name, with its fields.
    pub fn record(&mut self, name: &str, fields: impl FnOnce(&mut Self)) {
        self.text(name);
        fields(self);
        self.text("");
    }
}

/// Something that can be part of a deed.
pub(super) trait Written {
    /// Whether nothing is chosen: then it is left out.
    fn is_nothing(&self) -> bool {
        false
    }

    fn write(&self, ink: &mut Ink<'_>);
}

impl Written for bool {
    fn is_nothing(&self) -> bool {
        !self
    }

    fn write(&self, ink: &mut Ink<'_>) {
        ink.number(i64::from(*self));
    }
}

impl Written for i64 {
    fn write(&self, ink: &mut Ink<'_>) {
        ink.number(*self);
    }
}

impl Written for String {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, ink: &mut Ink<'_>) {
        ink.text(self);
    }
}

impl Written for &str {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, ink: &mut Ink<'_>) {
        ink.text(self);
    }
}

/// Inside of another choice, to choose nothing is a choice too.
impl<T: Written> Written for Option<T> {
    fn is_nothing(&self) -> bool {
        self.is_none()
    }

    fn write(&self, ink: &mut Ink<'_>) {
        ink.count(usize::from(self.is_some()));
        if let Some(one) = self {
            one.write(ink);
        }
    }
}

impl<T: Written> Written for Vec<T> {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, ink: &mut Ink<'_>) {
        ink.count(self.len());
        for one in self {
            one.write(ink);
        }
    }
}

impl<T: Written> Written for Box<T> {
    fn is_nothing(&self) -> bool {
        (**self).is_nothing()
    }

    fn write(&self, ink: &mut Ink<'_>) {
        (**self).write(ink);
    }
}

impl<T: Written> Written for BTreeSet<T> {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, ink: &mut Ink<'_>) {
        ink.count(self.len());
        for one in self {
            one.write(ink);
        }
    }
}

impl<K: Written, V: Written> Written for BTreeMap<K, V> {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, ink: &mut Ink<'_>) {
        ink.count(self.len());
        for (key, value) in self {
            key.write(ink);
            value.write(ink);
        }
    }
}
