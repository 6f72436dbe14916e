//! The doors to stores, with the words for who stands before a closed one.

use super::context::Context;
use crate::client::Client;
use crate::client::access::Visitor;
use crate::client::door::{self, NewAccount};
use crate::client::post::Post;
use crate::domain::comment::Channel;
use crate::domain::person::EmailAddress;
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
