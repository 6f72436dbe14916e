//! How much each of many has at once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Counts what each has at once, up to a bound.
pub struct Shares<K>(Arc<Held<K>>);

impl<K> Clone for Shares<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

struct Held<K> {
    most: usize,
    /// Of those only who have any, or wait for some.
    held: Mutex<HashMap<K, Arc<Semaphore>>>,
}

/// One of them; it is given back when this is gone.
pub struct Share<K: Eq + Hash> {
    of: Arc<Held<K>>,
    key: K,
    permit: Option<OwnedSemaphorePermit>,
}

impl<K: Eq + Hash + Clone> Shares<K> {
    /// So many for each.
    pub fn new(most: usize) -> Self {
        Self(Arc::new(Held { most, held: Mutex::default() }))
    }

    /// One more, where it is not one too many.
    pub fn take(&self, key: K) -> Option<Share<K>> {
        let permit = self.of(&key).try_acquire_owned().ok()?;
        Some(Share { of: Arc::clone(&self.0), key, permit: Some(permit) })
    }

    /// One more, as soon as it is not one too many.
    pub async fn wait(&self, key: K) -> Share<K> {
        let permit = self.of(&key).acquire_owned().await.ok();
        Share { of: Arc::clone(&self.0), key, permit }
    }

    fn of(&self, key: &K) -> Arc<Semaphore> {
        let mut held = self.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(held.entry(key.clone()).or_insert_with(|| Arc::new(Semaphore::new(self.0.most))))
    }
}

impl<K: Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        drop(self.permit.take());
        let mut held = self.of.held.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody else has any of theirs, and nobody waits.
        if held.get(&self.key).is_some_and(|theirs| Arc::strong_count(theirs) == 1) {
            held.remove(&self.key);
        }
    }
}
