use super::{Config, Dialect, Env, Keeps, Places, Profile};

/// What the command line says about where and as whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--profile`
    pub profile: Option<String>,
    /// `--database`
    pub database: Option<String>,
    /// `--as`
    pub acts_as: Option<String>,
}

/// Where, and as whom, after file, environment and flags were laid over each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The profile, if one was used.
    pub profile: Option<String>,
    /// The store.
    pub database: Option<String>,
    /// The address of who acts.
    pub acts_as: Option<String>,
    /// The account of another server, in place of a store.
    pub remote: Option<Remote>,
}

/// An account that another server has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// The profile, under whose name the sign-in is kept.
    pub profile: String,
    /// Where.
    pub url: String,
    /// What prints an API token.
    pub token_command: Option<String>,
    /// What the server speaks.
    pub dialect: Dialect,
    /// Under what name the account knows this program, where that is not its own.
    pub client_id: Option<String>,
    /// Where what signs one in there is kept.
    pub keeps: Keeps,
}

/// A profile that the file does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// As named.
    pub profile: String,
    /// The nearest that there is.
    pub nearest: Option<String>,
}

/// Lays the file, the environment and the flags over each other. What is nearer wins as a whole: a profile named on the
/// command line wins over a database named in the environment. A profile's person acts in the profile's store only,
/// never in another that a flag names.
pub fn choose(config: &Config, env: &Env, flags: &Flags, places: &Places) -> Result<Choice, Missing> {
    let env_database = || env.get("GUICHET_DATABASE").map(str::to_owned);
    let env_profile = || env.get("GUICHET_PROFILE").map(str::to_owned);
    let (database, name) = match (&flags.database, &flags.profile) {
        (Some(database), profile) => (Some(database.clone()), profile.clone()),
        (None, Some(profile)) => (None, Some(profile.clone())),
        (None, None) => match (env_database(), env_profile()) {
            (None, None) => (None, config.profile.clone()),
            from_env => from_env,
        },
    };
    let profile = match &name {
        Some(name) => Some(find(config, name)?),
        None => None,
    };
    let own = |name: &str, profile: &Profile| profile.database.clone().unwrap_or_else(|| places.store_of(name));
    let remote = name.as_deref().zip(profile).filter(|_| database.is_none()).and_then(|(name, profile)| {
        let (url, token_command) = (profile.url.clone()?, profile.token_command.clone());
        let (dialect, client_id, keeps) = (profile.dialect, profile.client_id.clone(), profile.keeps);
        Some(Remote { profile: name.to_owned(), url, token_command, dialect, client_id, keeps })
    });
    let stands_for =
        name.as_deref().zip(profile).filter(|_| remote.is_none()).map(|(name, profile)| own(name, profile));
    // A store that is named alone is the default profile's if that names the same.
    let same = || {
        let name = config.profile.as_deref()?;
        let profile = config.profiles.get(name)?;
        (Some(own(name, profile)) == database).then_some(profile)
    };
    let person = profile.or_else(same).and_then(|profile| profile.acts_as.clone());
    Ok(Choice { profile: name, database: database.or(stands_for), acts_as: flags.acts_as.clone().or(person), remote })
}

fn find<'a>(config: &'a Config, name: &str) -> Result<&'a Profile, Missing> {
    config.profiles.get(name).ok_or_else(|| {
        let nearest = super::nearest(name, config.profiles.keys().map(String::as_str));
        Missing { profile: name.to_owned(), nearest: nearest.map(str::to_owned) }
    })
}
