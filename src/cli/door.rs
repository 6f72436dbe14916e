//! The doors to stores, with the words for who stands before a closed one.

use super::account::address;
use super::context::Context;
use crate::client::Client;
use crate::client::access::Visitor;
use crate::client::door::{self, NewAccount};
use crate::client::post::Post;
use crate::client::remote::keep::FileKeeper;
use crate::client::remote::{Guichet, SignIn, Target, Transport};
use crate::config::Remote;
use crate::domain::comment::Channel;
use crate::domain::grant::OWN_PROGRAM;
use crate::domain::person::EmailAddress;
use crate::domain::secret::Secret;
use crate::report::{Failure, Status};
use std::sync::Arc;

impl Context {
    /// The account in a store as whoever has that address.
    pub(super) async fn connect(
        &self,
        database: &str,
        person: &EmailAddress,
        via: Channel,
    ) -> Result<Box<dyn Client>, Failure> {
        let clock = Arc::clone(&self.around.clock);
        let client = door::open(database, person, via, clock).await?;
        if let Some(client) = &client {
            self.opened.add(client.clone());
        }
        let nobody = || Failure::said("cli-no-actor", Status::Failed).with("who", person.as_str());
        client.map(|client| Box::new(client) as Box<dyn Client>).ok_or_else(nobody)
    }

    /// The account that another server has.
    pub(super) async fn reach(
        &self,
        remote: &Remote,
        acts_as: Option<&str>,
        via: Channel,
    ) -> Result<Box<dyn Client>, Failure> {
        let transport = self.transport(&remote.url)?;
        let transport = match &remote.token_command {
            Some(command) => {
                let Some(acts_as) = acts_as else { return Err(Failure::said("cli-nobody", Status::Usage)) };
                let token = (self.around.says)(command.clone()).await?;
                transport.signed_in(SignIn::Token(address(acts_as)?, Secret::new(token.trim())))
            }
            None => transport.kept_by(Arc::new(FileKeeper::new(&self.sign_ins(), &remote.profile)), OWN_PROGRAM)?,
        };
        Ok(Box::new(Guichet::new(transport, via)))
    }

    /// The way to a server, as nobody yet.
    pub(super) fn transport(&self, url: &str) -> Result<Transport, Failure> {
        let clock = Arc::clone(&self.around.clock);
        Ok(Transport::new(Target { url: url.to_owned(), sign_in: SignIn::Nobody, plain: false, clock })?)
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
