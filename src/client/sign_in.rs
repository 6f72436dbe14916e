use super::access::Visitor;
use super::{Error, secrets};
use crate::domain::act::Who;
use crate::domain::grant::{Asked, GrantDeed, GrantLife, Pair, Scope};
use crate::domain::id::PersonId;
use crate::domain::life::PersonDeed;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::secret::{Digest, Secret};
use crate::domain::time::Span;

/// What a program asks somebody for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Which program it says that it is.
    pub program: String,
    /// Where the code is to be sent.
    pub redirect: String,
    /// What only it can answer later (PKCE, S256).
    pub challenge: String,
    /// What it wants to do.
    pub scope: Scope,
}

/// What a program acts with from now on: shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// To act with.
    pub access: Secret,
    /// To fetch the next pair with: both are no good any more then.
    pub refresh: Secret,
    /// How long the first is good.
    pub good_for: Span,
    /// What it may do.
    pub scope: Scope,
}

/// Somebody for whom a program acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Let {
    /// For whom.
    pub person: Person,
    /// By what they tell the program from others.
    pub name: String,
    /// What it may do.
    pub scope: Scope,
    /// For how long it is good as it is.
    pub left: Span,
}

impl Visitor {
    /// Somebody who has just proved who they are lets a program act for them. What comes back is for that program.
    ///
    /// # Errors
    /// The program cannot be sent there, or they may not act.
    pub async fn let_act(&self, person: PersonId, wish: Wish) -> Result<Secret, Error> {
        let (code, digest) = secrets::token()?;
        let Wish { program, redirect, challenge, scope } = wish;
        let asked = Asked { code: digest, program, redirect, challenge, scope };
        let deed = GrantDeed::Open { person, asked: Box::new(asked) };
        self.act_as(Who::System, PersonDeed::Grant(deed)).await?;
        Ok(code)
    }

    /// The tokens for a code, once.
    ///
    /// # Errors
    /// [`Refusal::BadLink`] whatever is wrong.
    pub async fn redeem(
        &self,
        code: &Secret,
        (program, redirect): (String, String),
        verifier: Secret,
        good_for: Option<Span>,
    ) -> Result<Tokens, Error> {
        let (access, refresh, pair) = pair(good_for)?;
        let code = code.digest();
        let deed = GrantDeed::Redeem { code, program, redirect, verifier, pair };
        self.granted(deed, (access, refresh), pair).await
    }

    /// New tokens for old ones.
    ///
    /// # Errors
    /// [`Refusal::BadLink`] whatever is wrong.
    pub async fn renew(&self, refresh: &Secret, program: String, good_for: Option<Span>) -> Result<Tokens, Error> {
        let (access, fresh, pair) = pair(good_for)?;
        let deed = GrantDeed::Renew { refresh: refresh.digest(), program, pair };
        self.granted(deed, (access, fresh), pair).await
    }

    async fn granted(&self, deed: GrantDeed, secrets: (Secret, Secret), pair: Pair) -> Result<Tokens, Error> {
        let done = self.act_as(Who::System, PersonDeed::Grant(deed)).await?;
        // Nobody got anything: the token was another's.
        let let_in = self.store().grant_of(pair.access).await?.filter(|_| done.outcome.person.is_some());
        let (grant, _) = let_in.ok_or(Refusal::BadLink)?;
        let (access, refresh) = secrets;
        Ok(Tokens { access, refresh, good_for: pair.good_for, scope: grant.scope })
    }

    /// Ends what lets a program act: its tokens are good no longer.
    ///
    /// # Errors
    /// It has ended already.
    pub async fn sign_out(&self, what: &Let) -> Result<(), Error> {
        let person = what.person.id;
        let deed = PersonDeed::RevokeToken { person, name: what.name.clone() };
        self.act_as(Who::Person(person), deed).await.map(|_| ())
    }

    /// For whom a program acts that has this, if it still may.
    pub async fn verify_access(&self, access: &Secret) -> Result<Option<Let>, Error> {
        let now = self.now();
        let found = self.store().grant_of(access.digest()).await?;
        let good = found.filter(|(grant, person)| now < grant.access_until && person.may_act());
        Ok(good.map(|(grant, person)| Let {
            person,
            name: grant.name,
            scope: grant.scope,
            left: Span(grant.access_until.0 - now.0),
        }))
    }
}

fn pair(good_for: Option<Span>) -> Result<(Secret, Secret, Pair), Error> {
    let (least, most) = GrantLife::ACCESS_BOUNDS;
    let good_for = good_for.unwrap_or(GrantLife::ACCESS).clamp(least, most);
    let (access, access_digest): (Secret, Digest) = secrets::token()?;
    let (refresh, refresh_digest) = secrets::token()?;
    Ok((access, refresh, Pair { access: access_digest, refresh: refresh_digest, good_for }))
}
