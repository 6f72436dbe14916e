//! Rehearsals between two Guichets. Who rehearses sends what comes next and a word for where it goes on; where that is no
//! longer known (another server, or too long ago) everything is sent from the beginning, so nothing hangs on its being kept.

use crate::client::rehearsal::Rehearsal;
use crate::client::secrets;
use crate::client::{Client, Error};
use crate::domain::act::Deed;
use crate::domain::decide::Outcome;
use crate::wire::native::structs;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many are kept; each holds the set-up of its account.
const MOST: usize = 8;
/// So long they are kept.
const KEPT: Duration = Duration::from_mins(2);

/// Acts to be rehearsed.
#[derive(Debug)]
pub struct Rehearse {
    /// The word for where it goes on; none at the beginning.
    pub after: Option<String>,
    /// What comes next.
    pub deeds: Vec<Deed>,
}

/// What they would be told.
#[derive(Debug)]
pub struct Rehearsed {
    /// The word for where it goes on.
    pub place: Option<String>,
    /// What each act would be told.
    pub told: Vec<Result<Outcome, Error>>,
}

structs! {
    Rehearse { after, deeds }
    Rehearsed { place, told }
}

/// Rehearsals that may go on.
#[derive(Default)]
pub struct Rehearsals(Mutex<VecDeque<Kept>>);

struct Kept {
    at: Instant,
    place: String,
    rehearsal: Box<dyn Rehearsal>,
}

impl Rehearsals {
    /// Tells what the acts would be told.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not known any more where it goes on; or that one may not rehearse.
    pub(super) async fn tell(&self, client: &dyn Client, ask: Rehearse) -> Result<Rehearsed, Error> {
        let mut rehearsal = match ask.after {
            None => client.rehearse().await?,
            Some(place) => self.take(&place).ok_or(Error::NotFound)?,
        };
        let mut told = Vec::with_capacity(ask.deeds.len());
        for deed in ask.deeds {
            told.push(rehearsal.act(deed).await);
        }
        let place = secrets::token()?.0.expose().to_owned();
        self.keep(place.clone(), rehearsal);
        Ok(Rehearsed { place: Some(place), told })
    }

    /// Takes it out: nobody else goes on with it.
    fn take(&self, place: &str) -> Option<Box<dyn Rehearsal>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.at.elapsed() < KEPT);
        let at = kept.iter().position(|one| one.place == place)?;
        kept.remove(at).map(|one| one.rehearsal)
    }

    fn keep(&self, place: String, rehearsal: Box<dyn Rehearsal>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.at.elapsed() < KEPT);
        kept.push_back(Kept { at: Instant::now(), place, rehearsal });
        if kept.len() > MOST {
            kept.pop_front();
        }
    }
}
