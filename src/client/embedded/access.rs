//! What people and programs sign in with.

use super::Embedded;
use crate::client::access::AccessLink;
use crate::client::{Error, Key, secrets};
use crate::domain::act::Deed;
use crate::domain::id::PersonId;
use crate::domain::life::PersonDeed;
use crate::domain::person::Role;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::secret::{ApiToken, Secret};

impl Embedded {
    pub(super) async fn make_link(&self, key: Key, person: PersonId) -> Result<AccessLink, Error> {
        let expires = self.me().await?.settings().people.link_expires;
        let (token, link) = secrets::token()?;
        let expires_at = self.now() + expires;
        self.perform(key, Deed::Person(PersonDeed::MakeLink { person, link })).await?;
        Ok(AccessLink { token, expires_at })
    }

    pub(super) async fn keep_password(&self, key: Key, person: PersonId, password: Secret) -> Result<(), Error> {
        // Who may not do it should not cost the time.
        self.own_or_admin(person).await?;
        let password = secrets::hashed(password).await?;
        self.perform(key, Deed::Person(PersonDeed::SetPassword { person, password })).await.map(|_| ())
    }

    pub(super) async fn make_token(&self, key: Key, person: PersonId) -> Result<Secret, Error> {
        let (secret, token) = secrets::token()?;
        self.perform(key, Deed::Person(PersonDeed::AddToken { person, token })).await?;
        Ok(secret)
    }

    pub(super) async fn list_tokens(&self, person: PersonId) -> Result<Vec<ApiToken>, Error> {
        self.own_or_admin(person).await?;
        Ok(self.store.tokens(person).await?)
    }

    async fn own_or_admin(&self, person: PersonId) -> Result<(), Error> {
        let me = self.me().await?.person;
        match me.role {
            _ if me.id == person => Ok(()),
            Role::Admin => Ok(()),
            Role::Agent => Err(Error::Denied),
            Role::EndUser => Err(Refusal::NotFound(Thing::Person).into()),
        }
    }
}
