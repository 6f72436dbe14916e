//! What people and programs sign in with.

use super::told;
use crate::cli::account::{Account, address, new_key};
use crate::cli::context::Context;
use crate::cli::table::Table;
use crate::client::Key;
use crate::domain::act::Deed;
use crate::domain::comment::Channel;
use crate::domain::life::PersonDeed;
use crate::domain::secret::Secret;
use crate::language::args;
use crate::report::{Failure, Status};
use crate::wire;
use clap::Args;
use serde_json::{Map, json};
use std::io::Read as _;

/// No password and no link is longer, in bytes.
const MOST_BYTES: usize = 8 * 1024;

/// Access, asked for without an account.
#[derive(Args, Debug)]
pub struct SignUp {
    /// As others will see it; left out by who is known and forgot their password
    #[arg(long)]
    name: Option<String>,
    /// Where a link is sent
    #[arg(long)]
    email: String,
}

/// A password.
#[derive(Args, Debug)]
pub struct Password {
    /// Mail address or number; me when not given
    person: Option<String>,
    /// Print a link that lets them set it themselves, once; for admins
    #[arg(long)]
    link: bool,
    /// Set it by what was in a link, which is typed or comes as the first line of standard input
    #[arg(long, conflicts_with_all = ["link", "person"])]
    token: bool,
}

/// What a program signs in with.
#[derive(Args, Debug)]
pub struct Token {
    /// Mail address or number; me
    person: String,
    /// List those that there are, by their names
    #[arg(long)]
    list: bool,
    /// Revoke the one of that name
    #[arg(long, value_name = "NAME", conflicts_with = "list")]
    revoke: Option<String>,
}

impl SignUp {
    pub(in crate::cli) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let visitor = cx.visit(Channel::Api).await?;
        let email = address(&self.email)?;
        visitor.ask_access(self.name, email).await?;
        if cx.out.is_json() {
            return cx.out.whole(Map::from_iter([("asked".to_owned(), json!(true))]));
        }
        // The same words for every address.
        let text = cx.say("cli-access-asked", args![address = self.email.as_str()]);
        cx.out.done(&text, "")
    }
}

impl Password {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        if self.token {
            let visitor = cx.visit(Channel::Api).await?;
            let token = cx.secret("cli-type-token")?;
            let password = cx.new_password()?;
            visitor.use_link(&Secret::new(token.expose().trim()), password).await?;
            return said(cx, "cli-password-set-by-link");
        }
        let account = cx.account().await?;
        let person = account.person(self.person.as_deref().unwrap_or("me")).await?;
        let key = Key(new_key()?);
        if !self.link {
            let password = cx.new_password()?;
            account.client.set_password(key, person.id, password).await?;
            return said(cx, "cli-password-set");
        }
        let link = account.client.access_link(key, person.id).await?;
        let token = link.token.expose();
        if cx.out.is_json() {
            let expires = wire::Time::from(link.expires_at).text();
            return cx.out.whole(Map::from_iter([
                ("token".to_owned(), json!(token)),
                ("expires_at".to_owned(), json!(expires)),
            ]));
        }
        let until = cx.time(link.expires_at);
        let text = cx.say("cli-link-made", args![name = person.name.as_str(), time = until]);
        cx.out.note(&text);
        cx.out.done(token, token)
    }
}

impl Token {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let person = account.person(&self.person).await?;
        if self.list {
            let tokens = account.client.tokens(person.id).await?;
            if cx.out.is_json() {
                let row = |one: &crate::domain::secret::ApiToken| json!({ "name": one.name, "created_at": wire::Time::from(one.created_at).text() });
                return cx.out.list("tokens", tokens.iter().map(row).collect::<Vec<_>>(), Map::new());
            }
            let mut table = Table::new(&cx.headings(&["cli-name", "field-created"]), 1);
            for one in &tokens {
                table.row(&[one.name.clone(), cx.ago(one.created_at)]);
            }
            return cx.rows(&table, tokens.is_empty(), false);
        }
        if let Some(name) = self.revoke {
            account.act(Deed::Person(PersonDeed::RevokeToken { person: person.id, name })).await?;
            return told(cx, account, Some(person.id), "cli-token-revoked").await;
        }
        let token = account.client.add_token(Key(new_key()?), person.id).await?;
        if cx.out.is_json() {
            return cx.out.whole(Map::from_iter([("token".to_owned(), json!(token.expose()))]));
        }
        let text = cx.say("cli-token-made", args![name = person.name.as_str()]);
        cx.out.note(&text);
        cx.out.done(token.expose(), token.expose())
    }
}

fn said(cx: &mut Context, key: &str) -> Result<(), Failure> {
    if cx.out.is_json() {
        return cx.out.whole(Map::from_iter([("password_set".to_owned(), json!(true))]));
    }
    let text = cx.word(key);
    cx.out.done(&text, "")
}

impl Context {
    /// A password, typed twice where a person types it.
    fn new_password(&mut self) -> Result<Secret, Failure> {
        let first = self.secret("cli-type-password")?;
        if self.around.stdin_is_terminal && self.secret("cli-type-again")? != first {
            return Err(Failure::said("cli-typed-differently", Status::Usage));
        }
        Ok(first)
    }

    /// A line that nobody sees, typed or from standard input.
    pub(in crate::cli) fn secret(&mut self, asked: &str) -> Result<Secret, Failure> {
        let nothing = || Failure::said("cli-nothing-typed", Status::Usage);
        let line = if self.around.stdin_is_terminal {
            let asked = self.word(asked);
            let out = &mut self.out;
            let line = (self.around.typed)(&mut || out.ask(&asked))?;
            self.out.ask("\n");
            line.ok_or_else(nothing)?
        } else {
            self.line()?
        };
        if line.is_empty() { Err(nothing()) } else { Ok(Secret::new(line)) }
    }

    /// The next line of standard input, byte by byte: what comes after it belongs to whoever reads next.
    fn line(&mut self) -> Result<String, Failure> {
        let mut bytes = Vec::new();
        let mut byte = [0];
        while bytes.len() < MOST_BYTES && self.around.stdin.read(&mut byte)? > 0 && byte != *b"\n" {
            bytes.push(byte[0]);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(text.strip_suffix('\r').map_or_else(|| text.clone(), str::to_owned))
    }
}
