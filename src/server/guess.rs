//! Whether somebody knows a password. Guesses wait for each other, so that who sends many at once has no more of them looked
//! at than who sends one after the other.

use super::App;
use super::caller::Here;
use super::problem::Problem;
use crate::domain::person::{EmailAddress, Person};
use crate::domain::secret::Secret;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use tokio::sync::{Mutex, MutexGuard};

/// So many guesses at once, where they have neither a place nor a name in common.
const LANES: usize = 64;

/// What a guess came to.
pub(super) enum Guess {
    /// This is who knows it.
    Right(Box<Person>),
    /// Nobody of that name, or not the password; counted.
    Wrong,
    /// It is not looked at.
    TooOften,
}

/// Where guesses wait: by whom they are about, and by where they come from.
pub(super) struct Lanes {
    about: [Mutex<()>; LANES],
    from: [Mutex<()>; LANES],
}

impl Default for Lanes {
    fn default() -> Self {
        let lanes = || std::array::from_fn(|_| Mutex::default());
        Self { about: lanes(), from: lanes() }
    }
}

async fn turn(lanes: &[Mutex<()>; LANES], key: impl Hash) -> MutexGuard<'_, ()> {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    let lane = usize::try_from(hasher.finish() % LANES as u64).unwrap_or_default();
    lanes[lane].lock().await
}

impl App {
    /// Looks whether that is the password of whoever has that address, unless it failed too often of late.
    pub(super) async fn guess(&self, here: &Here, email: &str, password: Secret) -> Result<Guess, Problem> {
        // Always in this order, so that no two wait for each other.
        let _about = turn(&self.lanes().about, email.trim().to_lowercase()).await;
        let _from = turn(&self.lanes().from, here.from).await;
        if self.tries().are_used_up(here, email).await {
            return Ok(Guess::TooOften);
        }
        let known = match EmailAddress::parse(email) {
            Ok(address) => here.say(here.visitor().verify_password(&address, password).await)?,
            Err(_) => None,
        };
        let Some(person) = known else {
            self.tries().failed(here, email).await;
            return Ok(Guess::Wrong);
        };
        Ok(Guess::Right(Box::new(person)))
    }
}
