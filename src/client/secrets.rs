//! Making and checking what people sign in with. Hashing takes long on purpose, so it is done off the threads on which
//! others wait.

use super::Error;
use crate::domain::secret::{Digest, PasswordHash, Secret, check_password};
use crate::domain::text::hex;
use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::{LazyLock, OnceLock};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// What OWASP asks of Argon2id at least: 19 MiB, twice, on one thread.
const COSTS: (u32, u32, u32) = (19 * 1024, 2, 1);

fn argon2() -> Result<Argon2<'static>, Error> {
    let (memory, times, threads) = COSTS;
    let params = Params::new(memory, times, threads, None).map_err(broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Garbled(error.to_string())
}

/// A password as it is kept.
///
/// # Errors
/// That it cannot be a password.
pub(super) async fn hashed(password: Secret) -> Result<PasswordHash, Error> {
    check_password(&password)?;
    aside(move || hash(&password)).await
}

fn hash(password: &Secret) -> Result<PasswordHash, Error> {
    let hash = argon2()?.hash_password(normal(password).as_bytes()).map_err(broken)?;
    Ok(PasswordHash(hash.to_string()))
}

/// The same password however a keyboard composes its letters.
fn normal(password: &Secret) -> String {
    password.expose().nfkc().collect()
}

/// Whether a password is the one that is kept, and the same under today's costs when those are others. Where none is
/// kept one is hashed all the same, so that the time does not tell.
pub(super) async fn verified(
    password: Secret,
    kept: Option<PasswordHash>,
) -> Result<(bool, Option<PasswordHash>), Error> {
    if password.expose().len() > crate::domain::secret::MAX_PASSWORD_BYTES {
        return Ok((false, None));
    }
    aside(move || {
        let Some(kept) = kept else {
            is_same(&password, nobodys()?)?;
            return Ok((false, None));
        };
        let same = is_same(&password, &kept)?;
        let renewed = if same && !is_current(&kept)? { Some(hash(&password)?) } else { None };
        Ok((same, renewed))
    })
    .await
}

/// The hash of a password that nobody has.
fn nobodys() -> Result<&'static PasswordHash, Error> {
    static NOBODYS: OnceLock<PasswordHash> = OnceLock::new();
    if let Some(known) = NOBODYS.get() {
        return Ok(known);
    }
    let made = hash(&token()?.0)?;
    Ok(NOBODYS.get_or_init(|| made))
}

fn is_same(password: &Secret, kept: &PasswordHash) -> Result<bool, Error> {
    let kept = Phc::new(&kept.0).map_err(broken)?;
    Ok(argon2()?.verify_password(normal(password).as_bytes(), &kept).is_ok())
}

fn is_current(kept: &PasswordHash) -> Result<bool, Error> {
    let kept = Phc::new(&kept.0).map_err(broken)?;
    let params = Params::try_from(&kept).map_err(broken)?;
    let (memory, times, threads) = COSTS;
    let costs = (params.m_cost(), params.t_cost(), params.p_cost());
    Ok(kept.algorithm == Algorithm::Argon2id.ident() && costs == (memory, times, threads))
}

/// A new secret of 256 bits, and what is kept of it.
pub(super) fn token() -> Result<(Secret, Digest), Error> {
    let mut chance = [0_u8; 32];
    getrandom::fill(&mut chance).map_err(broken)?;
    let secret = Secret::new(hex(&chance));
    let digest = secret.digest();
    Ok((secret, digest))
}

/// How many passwords are looked at once: each takes 19 MiB and a core for a while.
static HASHING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, std::num::NonZero::get)));

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    let _place = HASHING.acquire().await.map_err(broken)?;
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Passwords of lesser costs are taken, and kept under today's.
    #[tokio::test]
    async fn an_old_password_is_renewed_when_it_is_used() -> Result<(), Error> {
        let password = || Secret::new("correct horse battery");
        let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).map_err(broken)?);
        let old = PasswordHash(old.hash_password(normal(&password()).as_bytes()).map_err(broken)?.to_string());
        let (same, renewed) = verified(password(), Some(old.clone())).await?;
        assert!(same && renewed.is_some());
        assert_eq!(verified(password(), renewed).await?, (true, None));
        assert_eq!(verified(Secret::new("another horse here"), Some(old)).await?, (false, None));
        assert_eq!(verified(password(), None).await?, (false, None));
        Ok(())
    }

    /// Composed and decomposed letters are the same password.
    #[tokio::test]
    async fn a_password_is_the_same_from_every_keyboard() -> Result<(), Error> {
        let kept = hashed(Secret::new("caf\u{e9} caf\u{e9} noir")).await?;
        assert!(verified(Secret::new("cafe\u{301} cafe\u{301} noir"), Some(kept.clone())).await?.0);
        assert!(!format!("{kept:?} {:?}", token()?).contains(|c: char| c.is_ascii_digit()), "nothing of it is shown");
        Ok(())
    }
}
