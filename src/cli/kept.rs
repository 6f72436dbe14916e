//! Where what signs somebody in is kept: the system's keyring, where there is one, or a file.

use super::context::Context;
use super::door::Keys;
use crate::client::Error;
use crate::client::remote::SignIn as By;
use crate::client::remote::keep::{Keep, Keeper as _, NoKeyring, Signed, Store};
use crate::config::{Choice, Keeps, Profile};
use crate::language::{Language, args};
use crate::report::{Failure, Report, Status};
use std::sync::Arc;

/// The way to the system's keyring.
pub type FindKeyring = Arc<dyn Fn() -> Result<Store, NoKeyring> + Send + Sync>;

/// What signs somebody in.
pub(super) enum What {
    /// A token or a password that was typed.
    ByHand(By),
    /// What an authorization has given.
    Pair(Signed),
}

impl What {
    fn kept_in(&self, keep: &Keep) -> Result<(), Error> {
        match self {
            Self::ByHand(by) => keep.keep_by_hand(by),
            Self::Pair(signed) => keep.write(signed),
        }
    }
}

impl Keys {
    /// What is kept of a profile's sign-in.
    pub(super) async fn kept(&self, keeps: Keeps, profile: &str) -> Result<Keep, Failure> {
        if keeps == Keeps::File {
            return Ok(Keep::in_file(&self.sign_ins, profile));
        }
        let find = Arc::clone(&self.keyring);
        match aside(move || find()).await? {
            Ok(keyring) => Ok(Keep::in_keyring(keyring, &self.sign_ins, profile)),
            Err(NoKeyring::NotBuiltIn) => Err(Failure::said("cli-keyring-not-built", Status::Usage)),
            Err(NoKeyring::Silent(why)) => Err(Failure::said("cli-keyring-silent", Status::Failed).with("why", why)),
        }
    }
}

/// Keeps it where it is wanted; where nobody says, in the keyring or else in a file. What was kept elsewhere goes.
pub(super) async fn keep(
    cx: &mut Context,
    profile: &str,
    wanted: Option<Keeps>,
    what: What,
) -> Result<(Arc<Keep>, Keeps), Failure> {
    let (keys, what) = (cx.keys(), Arc::new(what));
    let found = match wanted {
        Some(keeps) => (written(&keys, profile, keeps, &what).await?, keeps),
        None => match written(&keys, profile, Keeps::Keyring, &what).await {
            Ok(keep) => (keep, Keeps::Keyring),
            Err(failure) => {
                // Nobody misses what the program was built without.
                let said = Report::of(&failure, &cx.words).filter(|report| report.status != Status::Usage as u8);
                if let Some(report) = said {
                    let why = report.sentence.into_string();
                    let text = cx.say("cli-sign-in-no-keyring", args![why = why.as_str()]);
                    cx.out.note(&text);
                }
                (written(&keys, profile, Keeps::File, &what).await?, Keeps::File)
            }
        },
    };
    let other = if found.1 == Keeps::File { Keeps::Keyring } else { Keeps::File };
    let before = cx.config.profiles.get(profile).map(|known| known.keeps);
    if before == Some(other) {
        // Where it cannot be reached it is of no use to anybody either: a new sign-in has other tokens.
        let _gone = forget(&keys, profile, other).await;
    }
    Ok(found)
}

async fn written(keys: &Keys, profile: &str, keeps: Keeps, what: &Arc<What>) -> Result<Arc<Keep>, Failure> {
    let (keep, what) = (Arc::new(keys.kept(keeps, profile).await?), Arc::clone(what));
    let place = Arc::clone(&keep);
    aside(move || what.kept_in(&place)).await??;
    Ok(keep)
}

/// Keeps nothing any more.
pub(super) async fn forget(keys: &Keys, profile: &str, keeps: Keeps) -> Result<(), Failure> {
    let keep = keys.kept(keeps, profile).await?;
    Ok(aside(move || keep.forget()).await??)
}

/// By what one signs in where a profile leads, as its name is for scripts; none for a store of one's own.
pub(super) fn name(profile: &Profile) -> Option<&'static str> {
    profile.url.as_ref()?;
    Some(if profile.token_command.is_some() { "command" } else { profile.keeps.name() })
}

/// The same as a word.
pub(super) fn word(name: &str, words: &Language) -> String {
    words.word(&format!("cli-keeps-{name}"))
}

/// The same of what was chosen.
pub(super) fn of_choice(choice: &Choice, words: &Language) -> Option<String> {
    let remote = choice.remote.as_ref()?;
    Some(word(if remote.token_command.is_some() { "command" } else { remote.keeps.name() }, words))
}

/// What may wait for a disk, for another program or for a person.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Io(std::io::Error::other(error)))
}
