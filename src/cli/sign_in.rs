//! Accounts of other servers: signing in and out, and their names.

use super::context::Context;
use super::door::speaking;
use super::kept::{self, What};
use super::table::Table;
use crate::client::remote::keep::Signed;
use crate::client::remote::{Asking, SignIn as By, Transport};
use crate::config::{Dialect, Keeps};
use crate::domain::comment::Channel;
use crate::domain::grant::{OWN_PROGRAM, SHOWN};
use crate::language::args;
use crate::report::{Failure, Status};
use crate::safe::Safe;
use crate::words;
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use toml_edit::{DocumentMut, Item, Table as Toml, value};

/// Sign in to the account of another server
///
/// Your browser asks for your password and comes back here. Where there is no browser, such as over SSH, open the address
/// that is printed anywhere and type the code that it shows.
///
/// An account at Zendesk knows a program by an OAuth client that an admin has made there, with
/// <http://127.0.0.1:47823/signed-in> as its redirect address: name it with --client-id. Or sign in by --token.
#[derive(Args, Clone, Debug)]
pub struct SignIn {
    /// Where the account is, such as <https://support.example.org>
    url: String,
    /// The name under which it is remembered; by its host when none
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Type a code in place of waiting for the browser
    #[arg(long)]
    code: bool,
    /// Type an API token of the person in --as
    #[arg(long, conflicts_with_all = ["code", "password"])]
    token: bool,
    /// Type the password of the person in --as, where the account takes it
    #[arg(long, conflicts_with = "code")]
    password: bool,
    /// Under what name a Zendesk account knows this program
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Where to keep what signs you in; the keyring where there is one, else a file that only you can read
    #[arg(long, value_name = "PLACE", value_parser = ["keyring", "file"])]
    keep: Option<String>,
}

/// Accounts by name
#[derive(Subcommand, Clone, Debug)]
pub enum Profile {
    /// List them
    List,
    /// What waits for you in each of them: tickets that are yours to solve, or your own requests
    Waiting,
    /// Add one: a store, or another server's account
    Add {
        /// Its name
        name: String,
        /// The store: sqlite:PATH or postgres://…
        #[arg(long, value_name = "URL", conflicts_with = "url")]
        store: Option<String>,
        /// Where another server has the account
        #[arg(long, value_name = "URL")]
        url: Option<String>,
    },
    /// Remove one, and what it signs in with; the account stays
    Remove {
        /// Its name
        name: String,
    },
}

impl SignIn {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let transport = cx.transport(&self.url)?;
        let url = transport.base();
        let name = self.name.clone().unwrap_or_else(|| name_of(&url));
        let known = cx.config.profiles.get(&name);
        if known.is_some_and(|known| known.url.as_deref() != Some(url.as_str())) {
            return Err(Failure::said("cli-profile-taken", Status::Usage).with("name", name));
        }
        let dialect = if transport.is_guichet().await? { Dialect::Guichet } else { Dialect::Zendesk };
        let client_id = self.client_id.clone().or_else(|| known.and_then(|known| known.client_id.clone()));
        let wanted = Keeps::ALL.into_iter().find(|one| self.keep.as_deref() == Some(one.name()));
        let what = if self.token || self.password {
            let sign_in = self.by_hand(cx)?;
            // What is not good is not kept.
            speaking(transport.signed_in(sign_in.clone()), dialect, Channel::Api).session().await?;
            What::ByHand(sign_in)
        } else {
            What::Pair(self.by_browser(cx, &transport, dialect, client_id.as_deref()).await?)
        };
        let (keep, keeps) = kept::keep(cx, &name, wanted, what).await?;
        let path = keep.path().display().to_string();
        let account = transport.as_kept(keep, client_id.as_deref().unwrap_or(OWN_PROGRAM)).await?;
        let session = speaking(account, dialect, Channel::Api).session().await?;
        cx.change_config(|config| {
            let mut profile = Toml::new();
            profile["url"] = value(url.as_str());
            if let Some(email) = &session.me.email {
                profile["as"] = value(email.as_str());
            }
            if dialect != Dialect::default() {
                profile["dialect"] = value(dialect.name());
            }
            if keeps != Keeps::default() {
                profile["keeps"] = value(keeps.name());
            }
            if let Some(id) = &client_id {
                profile["client_id"] = value(id.as_str());
            }
            profiles(config)[&name] = Item::Table(profile);
            // The first one is what is meant from now on.
            config.entry("profile").or_insert(value(name.as_str()));
        })?;
        if cx.out.is_json() {
            return cx.out.whole(Map::from_iter([
                ("profile".to_owned(), json!(name)),
                ("email".to_owned(), json!(session.me.email.as_ref().map(ToString::to_string))),
                ("account".to_owned(), json!(session.account.name)),
                ("keeps".to_owned(), json!(keeps.name())),
            ]));
        }
        let (who, account) = (session.me.name.as_str(), session.account.name.as_str());
        let text = cx.say("cli-signed-in", args![name = who, account = account, profile = name.as_str()]);
        let kept = match keeps {
            Keeps::File => cx.say("cli-sign-in-kept", args![path = path]),
            Keeps::Keyring => cx.word("cli-sign-in-kept-keyring"),
        };
        cx.out.note(&kept);
        cx.out.done(&text, &name)
    }
}

impl SignIn {
    /// By something that is typed here, for whoever `--as` names.
    fn by_hand(&self, cx: &mut Context) -> Result<By, Failure> {
        let acts_as = cx.flags.acts_as.clone().ok_or(Failure::said("cli-sign-in-nobody", Status::Usage))?;
        let email = super::account::address(&acts_as)?;
        if self.token {
            Ok(By::Token(email, cx.secret("cli-type-api-token")?))
        } else {
            Ok(By::Password(email, cx.secret("cli-type-password")?))
        }
    }

    async fn by_browser(
        &self,
        cx: &mut Context,
        transport: &Transport,
        dialect: Dialect,
        client_id: Option<&str>,
    ) -> Result<Signed, Failure> {
        let far = cx.around.env.get("SSH_CONNECTION").is_some() && cx.around.env.get("DISPLAY").is_none();
        let code = self.code || far;
        match (dialect, client_id) {
            (Dialect::Guichet, program) if code => by_code(cx, transport, program.unwrap_or(OWN_PROGRAM)).await,
            (Dialect::Guichet, program) => by_return(cx, transport, (program.unwrap_or(OWN_PROGRAM), 0)).await,
            (Dialect::Zendesk, None) => Err(Failure::said("cli-sign-in-no-client", Status::Usage)),
            (Dialect::Zendesk, Some(program)) if code => by_address(cx, transport, program).await,
            (Dialect::Zendesk, Some(program)) => by_return(cx, transport, (program, RETURN_PORT)).await,
        }
    }
}

/// Where browsers come back to that a Zendesk account sends: it wants to know the address beforehand.
const RETURN_PORT: u16 = 47_823;

async fn by_return(cx: &mut Context, transport: &Transport, (program, port): (&str, u16)) -> Result<Signed, Failure> {
    let (redirect, answer) = (cx.around.comes_back)(port)?;
    let asking = Asking::begin(transport, program, &redirect)?;
    let text = cx.say("cli-sign-in-browser", args![url = asking.url.as_str()]);
    cx.out.note(&text);
    // Whoever has no browser here can open it elsewhere on this machine.
    if (cx.around.browse)(asking.url.clone()).await.is_err() {
        let text = cx.word("cli-sign-in-no-browser");
        cx.out.note(&text);
    }
    let (code, state) = answer.await.ok_or(Failure::said("cli-sign-in-no-answer", Status::Failed))?;
    if !asking.is_of(&state) {
        return Err(Failure::said("cli-sign-in-other", Status::Failed));
    }
    Ok(asking.redeem(transport, &code).await?)
}

async fn by_code(cx: &mut Context, transport: &Transport, program: &str) -> Result<Signed, Failure> {
    let asking = Asking::begin(transport, program, SHOWN)?;
    let text = cx.say("cli-sign-in-code", args![url = asking.url.as_str()]);
    cx.out.note(&text);
    let code = cx.secret("cli-type-code")?;
    Ok(asking.redeem(transport, code.expose()).await?)
}

/// The browser is elsewhere and cannot come back: the address to which it was sent has the code in it.
async fn by_address(cx: &mut Context, transport: &Transport, program: &str) -> Result<Signed, Failure> {
    let redirect = format!("http://127.0.0.1:{RETURN_PORT}/signed-in");
    let asking = Asking::begin(transport, program, &redirect)?;
    let text = cx.say("cli-sign-in-address", args![url = asking.url.as_str()]);
    cx.out.note(&text);
    let typed = cx.secret("cli-type-address")?;
    let address = url::Url::parse(typed.expose().trim()).ok();
    let pairs: std::collections::BTreeMap<String, String> =
        address.iter().flat_map(|url| url.query_pairs().into_owned()).collect();
    let (Some(code), Some(state)) = (pairs.get("code"), pairs.get("state")) else {
        return Err(Failure::said("cli-sign-in-no-code", Status::Usage));
    };
    if !asking.is_of(state) {
        return Err(Failure::said("cli-sign-in-other", Status::Failed));
    }
    Ok(asking.redeem(transport, code).await?)
}

/// Ends the sign-in of the chosen profile.
pub(super) async fn sign_out(cx: &mut Context) -> Result<(), Failure> {
    let remote = cx.choice()?.remote.ok_or(Failure::said("cli-not-remote", Status::Usage))?;
    let keys = cx.keys();
    let keep = Arc::new(keys.kept(remote.keeps, &remote.profile).await?);
    let program = remote.client_id.as_deref().unwrap_or(OWN_PROGRAM);
    let told = match cx.transport(&remote.url)?.as_kept(keep, program).await {
        Ok(transport) => transport.sign_out().await,
        Err(error) => Err(error),
    };
    // Here it ends in any case.
    kept::forget(&keys, &remote.profile, remote.keeps).await?;
    if let Err(error) = told
        && error != crate::client::Error::SignedOut
    {
        let text = cx.word("cli-signed-out-here");
        cx.out.note(&text);
    }
    let text = cx.say("cli-signed-out", args![profile = remote.profile.as_str()]);
    cx.out.done(&text, "")
}

/// Says who acts, and where.
pub(super) async fn whoami(cx: &mut Context) -> Result<(), Failure> {
    let choice = cx.choice()?;
    let account = cx.account().await?;
    let me = &account.session.me;
    let email = me.email.as_ref().map(ToString::to_string);
    let place =
        choice.remote.map(|remote| remote.url).or(choice.database.as_deref().map(crate::report::without_password));
    if cx.out.is_json() {
        return cx.out.whole(Map::from_iter([
            ("name".to_owned(), json!(me.name)),
            ("email".to_owned(), json!(email)),
            ("role".to_owned(), json!(me.role.name())),
            ("account".to_owned(), json!(account.session.account.name)),
            ("at".to_owned(), json!(place)),
        ]));
    }
    let role = words::role(&cx.words, me.role);
    let named = args![
        name = me.name.as_str(),
        email = email.unwrap_or_default(),
        role = role,
        account = account.session.account.name.as_str(),
        place = place.unwrap_or_default()
    ];
    let text = cx.say("cli-whoami", named);
    cx.out.line(&Safe::line(&text))
}

impl Profile {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::List => list(cx),
            Self::Waiting => super::beside::run(cx).await,
            Self::Add { name, store, url } => {
                if cx.config.profiles.contains_key(&name) {
                    return Err(Failure::said("cli-profile-taken", Status::Usage).with("name", name));
                }
                let (key, place) = match (store, url) {
                    (_, Some(url)) => ("url", cx.transport(&url)?.base()),
                    (Some(store), None) => ("database", store),
                    (None, None) => ("database", cx.places.store_of(&name)),
                };
                cx.change_config(|config| {
                    let mut profile = Toml::new();
                    profile[key] = value(place);
                    profiles(config)[&name] = Item::Table(profile);
                })?;
                let text = cx.say("cli-profile-added", args![name = name.as_str()]);
                cx.out.done(&text, &name)
            }
            Self::Remove { name } => {
                if !cx.config.profiles.contains_key(&name) {
                    return Err(Failure::said("report-no-profile", Status::NotFound).with("profile", name));
                }
                let keeps = cx.config.profiles.get(&name).map(|known| known.keeps).unwrap_or_default();
                kept::forget(&cx.keys(), &name, keeps).await?;
                cx.change_config(|config| {
                    if let Some(profiles) = profiles(config).as_table_like_mut() {
                        profiles.remove(&name);
                    }
                    if config.get("profile").and_then(Item::as_str) == Some(&name) {
                        config.remove("profile");
                    }
                })?;
                let text = cx.say("cli-profile-removed", args![name = name.as_str()]);
                cx.out.done(&text, &name)
            }
        }
    }
}

fn list(cx: &mut Context) -> Result<(), Failure> {
    let place = |name: &str, profile: &crate::config::Profile| {
        let store =
            || crate::report::without_password(&profile.database.clone().unwrap_or_else(|| cx.places.store_of(name)));
        profile.url.clone().unwrap_or_else(store)
    };
    let rows: Vec<(String, String, bool, Option<&str>)> = cx
        .config
        .profiles
        .iter()
        .map(|(name, profile)| {
            (name.clone(), place(name, profile), cx.config.profile.as_ref() == Some(name), kept::name(profile))
        })
        .collect();
    if cx.out.is_json() {
        let row = |(name, at, default, keeps): &(String, String, bool, Option<&str>)| json!({ "name": name, "at": at, "default": default, "keeps": keeps });
        return cx.out.list("profiles", rows.iter().map(row).collect::<Vec<Value>>(), Map::new());
    }
    let mut table = Table::new(&cx.headings(&["cli-name", "cli-place", "cli-signs-in"]), 1);
    for (name, at, default, keeps) in &rows {
        let keeps = keeps.map(|name| kept::word(name, &cx.words)).unwrap_or_default();
        table.row(&[if *default { format!("{name} *") } else { name.clone() }, at.clone(), keeps]);
    }
    cx.rows(&table, rows.is_empty(), false)
}

/// The table of profiles, made when there is none.
fn profiles(config: &mut DocumentMut) -> &mut Item {
    let mut empty = Toml::new();
    empty.set_implicit(true);
    config.entry("profiles").or_insert(Item::Table(empty))
}

/// The first part of a name, or all of a number.
fn name_of(url: &str) -> String {
    let host = url::Url::parse(url).ok().and_then(|url| {
        let host = url.host()?;
        let name = match &host {
            url::Host::Domain(name) => name.split('.').next().unwrap_or(name).to_owned(),
            number => number.to_string().trim_matches(['[', ']']).to_owned(),
        };
        Some(url.port().map_or_else(|| name.clone(), |port| format!("{name}-{port}")))
    });
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    host.unwrap_or_default().chars().map(plain).collect()
}

impl Context {
    /// Changes the configuration file and leaves everything else in it as its owner wrote it.
    fn change_config(&self, change: impl FnOnce(&mut DocumentMut)) -> Result<(), Failure> {
        let path = self.config_file();
        let failed = |error: std::io::Error| Failure::file(&path, error);
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            read => read.map_err(failed)?,
        };
        let mut config: DocumentMut = text.parse().map_err(|error| failed(std::io::Error::other(error)))?;
        change(&mut config);
        let folder = path.parent().unwrap_or(std::path::Path::new("."));
        crate::client::drafts::private_folder(folder).map_err(failed)?;
        let file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        std::fs::write(file.path(), config.to_string()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&path).map(|_| ()).map_err(|error| failed(error.error))
    }
}
