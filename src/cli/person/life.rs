//! How people become one with others, and leave the account.

use super::told;
use crate::cli::account::Account;
use crate::cli::context::Context;
use crate::domain::act::{Deed, PersonChange};
use crate::domain::life::PersonDeed;
use crate::report::{Failure, Status};
use clap::Args;

/// Two people become one.
#[derive(Args, Debug)]
pub struct Merge {
    /// The end user who is no more: mail address or number
    person: String,
    /// To whom everything of theirs goes: mail address or number
    #[arg(long, value_name = "PERSON")]
    into: String,
}

/// Everything that is known of somebody goes.
#[derive(Args, Debug)]
pub struct Erase {
    /// Mail address or number
    person: String,
    /// What they wrote and attached, too
    #[arg(long)]
    texts: bool,
    /// It is meant: nothing brings it back
    #[arg(long)]
    yes: bool,
}

impl Merge {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let (source, target) = (account.person(&self.person).await?.id, account.person(&self.into).await?.id);
        account.act(Deed::Person(PersonDeed::Merge { source, target })).await?;
        told(cx, account, Some(target), "cli-person-merged").await
    }
}

impl Erase {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        if !self.yes {
            return Err(Failure::said("cli-erase-yes", Status::Usage));
        }
        let person = account.person(&self.person).await?.id;
        account.act(Deed::Person(PersonDeed::Erase { person, texts: self.texts })).await?;
        told(cx, account, Some(person), "cli-person-erased").await
    }
}

/// Takes somebody out of the account.
pub(super) async fn delete(cx: &mut Context, account: &Account, person: &str) -> Result<(), Failure> {
    let person = account.person(person).await?.id;
    account.act(Deed::Person(PersonDeed::Delete(person))).await?;
    told(cx, account, Some(person), "cli-person-deleted").await
}

/// Lets in who asked for access.
pub(super) async fn approve(cx: &mut Context, account: &Account, person: &str) -> Result<(), Failure> {
    let person = account.person(person).await?.id;
    account.act(Deed::Person(PersonDeed::Approve(person))).await?;
    told(cx, account, Some(person), "cli-person-approved").await
}

/// Shuts somebody out, or lets them in again.
pub(super) async fn suspend(cx: &mut Context, account: &Account, person: &str, out: bool) -> Result<(), Failure> {
    let person = account.person(person).await?.id;
    let change = PersonChange { suspended: Some(out), ..PersonChange::default() };
    account.act(Deed::UpdatePerson { person, change }).await?;
    told(cx, account, Some(person), if out { "cli-person-suspended" } else { "cli-person-let-in" }).await
}
