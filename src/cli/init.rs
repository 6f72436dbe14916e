use super::account::address;
use super::context::Context;
use super::read;
use crate::client::door::NewAccount;
use crate::domain::person::PersonRef;
use crate::language::args;
use crate::report::{Failure, Status};
use crate::safe::Safe;
use clap::Args;
use serde_json::{Map, json};

/// A new account in a store of its own.
#[derive(Args, Debug)]
pub struct Init {
    /// The account's name
    #[arg(long, value_name = "NAME")]
    account: String,
    /// Where others reach it
    #[arg(long)]
    url: Option<String>,
    /// Its first admin: 'Ana Ruiz <ana@example.org>'; --as when not given
    #[arg(long, value_name = "PERSON", value_parser = read::person)]
    owner: Option<PersonRef>,
}

impl Init {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let (name, email) = match (self.owner, cx.flags.acts_as.as_deref()) {
            (Some(PersonRef::Named { name, email }), _) => (name, email),
            (Some(PersonRef::Address(email)), _) => (local_part(email.as_str()), email),
            (_, Some(flag)) => (local_part(flag), address(flag)?),
            _ => return Err(Failure::said("cli-no-owner", Status::Usage)),
        };
        let slug = slug(&self.account);
        let profile = cx.flags.profile.clone().unwrap_or_else(|| slug.clone());
        let named = cx.flags.database.clone().or_else(|| cx.around.env.get("GUICHET_DATABASE").map(str::to_owned));
        let database = named.clone().unwrap_or_else(|| cx.places.store_of(&profile));
        let new = NewAccount {
            name: self.account.clone(),
            url: self.url.clone(),
            language: cx.words.code().to_owned(),
            owner: name,
            email: email.clone(),
        };
        cx.found(&database, new).await?;
        // A store that was not named gets a profile, so that the program finds it again by itself.
        let told = if named.is_none() { cx.remember(&profile, &database, email.as_str())? } else { false };
        if cx.out.is_json() {
            let account =
                json!({ "name": self.account, "url": self.url, "database": database, "owner": email.as_str() });
            return cx.out.whole(Map::from_iter([("account".to_owned(), account)]));
        }
        let text = cx.say("cli-account-made", args![name = self.account.as_str(), database = database.as_str()]);
        cx.out.done(&text, &database)?;
        let key = if told { "cli-account-next-profile" } else { "cli-account-next" };
        let owner = email.as_str();
        let text = cx.say(key, args![database = database.as_str(), owner = owner, profile = profile.as_str()]);
        cx.out.note(&text);
        Ok(())
    }
}

impl Context {
    /// Writes a new profile into the configuration file, if it has none of that name. Says whether it did.
    fn remember(&self, profile: &str, database: &str, owner: &str) -> Result<bool, Failure> {
        if self.config.profiles.contains_key(profile) || self.problems.iter().any(|one| !one.fault.is_harmless()) {
            return Ok(false);
        }
        let path = self.config_file();
        let old = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::file(&path, error)),
        };
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let head =
            if self.config.profile.is_none() { format!("profile = {}\n", quoted(profile)) } else { String::new() };
        let space = if old.is_empty() && head.is_empty() { "" } else { "\n" };
        // A key of the top must stand before the first table, a table may stand at the end.
        let new = format!(
            "{head}{old}{space}[profiles.{}]\ndatabase = {}\nas = {}\n",
            quoted(profile),
            quoted(database),
            quoted(owner)
        );
        write(&path, &new).map_err(|error| Failure::file(&path, error))?;
        Ok(true)
    }
}

/// Writes a file whole or not at all; its folder is made for its owner alone.
fn write(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(std::path::Path::new("."));
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn local_part(address: &str) -> String {
    address.split('@').next().unwrap_or(address).to_owned()
}

/// A name for files and profiles: letters without accents and digits, `-` for everything else.
fn slug(name: &str) -> String {
    let plain = Safe::title(name).as_str().to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let slug = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "account".to_owned() } else { slug }
}
