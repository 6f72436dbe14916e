//! How much each of many has at once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts what each has at once, up to a bound.
pub struct Shares<K>(Arc<Held<K>>);

impl<K> Clone for Shares<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

struct Held<K> {
    most: usize,
    held: Mutex<HashMap<K, usize>>,
}

/// One of them; it is given back when this is gone.
pub struct Share<K: Eq + Hash> {
    of: Arc<Held<K>>,
    key: K,
}

impl<K: Eq + Hash + Clone> Shares<K> {
    /// So many for each.
    pub fn new(most: usize) -> Self {
        Self(Arc::new(Held { most, held: Mutex::default() }))
    }

    /// One more, where it is not one too many.
    pub fn take(&self, key: K) -> Option<Share<K>> {
        let mut held = self.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(key.clone()).or_default();
        if *count >= self.0.most {
            return None;
        }
        *count += 1;
        Some(Share { of: Arc::clone(&self.0), key })
    }
}

impl<K: Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        let mut held = self.of.held.lock().unwrap_or_else(PoisonError::into_inner);
        let left = held.get_mut(&self.key).map(|count| {
            *count = count.saturating_sub(1);
            *count
        });
        if left == Some(0) {
            held.remove(&self.key);
        }
    }
}
