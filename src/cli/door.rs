//! The doors to stores, with the words for who stands before a closed one.

use super::account::address;
use super::context::{Context, Outside};
use super::kept::FindKeyring;
use crate::client::access::Visitor;
use crate::client::door::{self, Clock, NewAccount};
use crate::client::post::Post;
use crate::client::remote::keep::under_way;
use crate::client::remote::{Guichet, SignIn, Target, Transport, Zendesk};
use crate::client::{Client, Embedded};
use crate::config::{Choice, Dialect, Remote};
use crate::domain::comment::Channel;
use crate::domain::grant::OWN_PROGRAM;
use crate::domain::secret::Secret;
use crate::report::{Failure, Status};
use std::path::PathBuf;
use std::sync::Arc;

/// What opens accounts: cheap to have several times, so that many accounts can be open at once.
#[derive(Clone)]
pub struct Keys {
    clock: Clock,
    pub(super) sign_ins: PathBuf,
    pub(super) keyring: FindKeyring,
    says: Arc<Outside<String>>,
}

/// An account that was opened.
pub enum Opening {
    /// In a store of one's own.
    Here(Embedded),
    /// At another server.
    There(Box<dyn Client>),
}

impl Opening {
    /// The account.
    pub fn client(self) -> Box<dyn Client> {
        match self {
            Self::Here(client) => Box::new(client),
            Self::There(client) => client,
        }
    }
}

impl Keys {
    /// Opens the chosen account as the chosen person.
    pub async fn open(&self, choice: &Choice, via: Channel) -> Result<Opening, Failure> {
        if let Some(remote) = &choice.remote {
            return Ok(Opening::There(self.reach(remote, choice.acts_as.as_deref(), via).await?));
        }
        let database = choice.database.as_deref().ok_or(Failure::said("cli-no-database", Status::Usage))?;
        let acts_as = choice.acts_as.as_deref().ok_or(Failure::said("cli-nobody", Status::Usage))?;
        let client = door::open(database, &address(acts_as)?, via, Arc::clone(&self.clock)).await?;
        let nobody = || Failure::said("cli-no-actor", Status::Failed).with("who", acts_as);
        client.map(Opening::Here).ok_or_else(nobody)
    }

    /// The account that another server has.
    async fn reach(&self, remote: &Remote, acts_as: Option<&str>, via: Channel) -> Result<Box<dyn Client>, Failure> {
        let transport = transport(&self.clock, &remote.url)?;
        let transport = if let Some(command) = &remote.token_command {
            let acts_as = acts_as.ok_or(Failure::said("cli-nobody", Status::Usage))?;
            let token = (self.says)(command.clone()).await?;
            transport.signed_in(SignIn::Token(address(acts_as)?, Secret::new(token.trim())))
        } else {
            let program = remote.client_id.as_deref().unwrap_or(OWN_PROGRAM);
            transport.as_kept(Arc::new(self.kept(remote.keeps, &remote.profile).await?), program).await?
        };
        if remote.dialect == Dialect::Zendesk {
            let journal = under_way(&self.sign_ins, &remote.profile);
            return Ok(Box::new(Zendesk::remembering(transport, journal)));
        }
        Ok(speaking(transport, remote.dialect, via))
    }
}

/// The way to a server, as nobody yet.
fn transport(clock: &Clock, url: &str) -> Result<Transport, Failure> {
    let target = Target { url: url.to_owned(), sign_in: SignIn::Nobody, plain: false, clock: Arc::clone(clock) };
    Ok(Transport::new(target)?)
}

impl Context {
    /// What opens accounts.
    pub fn keys(&self) -> Keys {
        let (clock, says) = (Arc::clone(&self.around.clock), Arc::clone(&self.around.says));
        Keys { clock, sign_ins: self.sign_ins(), keyring: Arc::clone(&self.around.keyring), says }
    }

    /// The way to a server, as nobody yet.
    pub(super) fn transport(&self, url: &str) -> Result<Transport, Failure> {
        transport(&self.around.clock, url)
    }

    /// The account in the chosen store as nobody in particular.
    pub(super) async fn visit(&self, via: Channel) -> Result<Visitor, Failure> {
        let visitor = door::visit(&self.database()?, via, Arc::clone(&self.around.clock)).await?;
        self.opened.add_visitor(visitor.clone());
        Ok(visitor)
    }

    /// The account in the chosen store for whoever carries its letters.
    pub(super) async fn post(&self) -> Result<Post, Failure> {
        let post = door::post(&self.database()?, Arc::clone(&self.around.clock)).await?;
        self.opened.add_post(post.clone());
        Ok(post)
    }

    /// Makes a store with an account in it.
    pub(super) async fn found(&self, database: &str, new: NewAccount) -> Result<(), Failure> {
        let made = door::found(database, new, &self.around.clock).await?;
        let taken =
            || Failure::said("cli-taken", Status::Failed).with("database", crate::report::without_password(database));
        made.then_some(()).ok_or_else(taken)
    }
}

/// An account, asked as its server speaks.
pub(super) fn speaking(transport: Transport, dialect: Dialect, via: Channel) -> Box<dyn Client> {
    match dialect {
        Dialect::Guichet => Box::new(Guichet::new(transport, via)),
        Dialect::Zendesk => Box::new(Zendesk::new(transport)),
    }
}
