//! What somebody wants done, as an account takes it, or why it does not.

use super::Zendesk;
use super::api::{Write, no_account};
use super::shelf::Alone;
use super::update::Wanted;
use crate::client::{Capability, Error, Key, Receipt};
use crate::domain::act::Deed;
use crate::domain::case::{CaseDeed, Score};
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::decide::Outcome;
use crate::domain::id::{GroupId, TicketId};
use crate::domain::life::PersonDeed;
use crate::domain::mailroom::MailDeed;
use crate::domain::removal::Removal;
use crate::wire::received::Row;
use reqwest::Method;
use serde_json::{Value as Json, json};
use std::time::Duration;

/// How often a long work is looked at, and for how long.
const LOOKS: u32 = 60;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

impl Zendesk {
    pub(super) async fn perform(&self, key: &Key, deed: Deed) -> Result<Receipt, Error> {
        if let Some(lack) = lacking(&deed) {
            return Err(Error::NotHere(lack));
        }
        let turn = self.shelf.turn(Alone::Act(key.clone()));
        let _turn = turn.lock().await;
        if let Some(receipt) = self.shelf.done(key, &deed)? {
            return Ok(receipt);
        }
        let done = self.carry_out(key, deed.clone()).await;
        self.shelf.forget_counts();
        if let Ok(receipt) = &done {
            self.shelf.remember_done(key.clone(), deed, receipt.clone());
        }
        done
    }

    async fn carry_out(&self, key: &Key, deed: Deed) -> Result<Receipt, Error> {
        match deed {
            Deed::CreateTicket(new) => self.create_ticket(key, &new).await,
            Deed::UpdateTicket { ticket, change, comment, expect } => {
                let wanted = Wanted { ticket, change: &change, comment: comment.as_ref(), expect };
                self.update_ticket(key, &wanted).await
            }
            Deed::MakeInternal { ticket, comment } => {
                let path = format!("tickets/{ticket}/comments/{comment}/make_private");
                self.api.write(Write::new(Method::PUT, path, Some(json!({}))).again()).await?;
                Ok(of_ticket(ticket))
            }
            Deed::Merge { source, target, source_comment, target_comment } => {
                self.merge(source, target, &source_comment, &target_comment).await
            }
            Deed::Case(CaseDeed::Rate { ticket, score, comment }) => {
                let score = if score == Score::Good { "good" } else { "bad" };
                let body = json!({ "satisfaction_rating": { "score": score, "comment": comment } });
                let path = format!("tickets/{ticket}/satisfaction_rating");
                self.api.write(Write::new(Method::POST, path, Some(body)).again()).await?;
                Ok(of_ticket(ticket))
            }
            Deed::CreatePerson(new) => self.create_person(&new).await,
            Deed::UpdatePerson { person, change } => self.update_person(person, &change).await,
            Deed::CreateOrganization(new) => self.create_organization(&new).await,
            Deed::UpdateOrganization { organization, change } => self.update_organization(organization, &change).await,
            Deed::CreateGroup { name } => self.name_group(None, &name).await,
            Deed::RenameGroup { group, name } => self.name_group(Some(group), &name).await,
            Deed::DescribeGroup { group, description } => self.describe_group(group, &description).await,
            Deed::DeleteGroup { group } => {
                self.api.write(Write::new(Method::DELETE, format!("groups/{group}"), None)).await?;
                self.forget_known().await;
                Ok(Receipt { outcome: Outcome { group: Some(group), ..Outcome::default() }, ..nothing() })
            }
            Deed::DeleteOrganization { organization } => {
                let path = format!("organizations/{organization}");
                self.api.write(Write::new(Method::DELETE, path, None)).await?;
                Ok(Receipt { outcome: Outcome { organization: Some(organization), ..Outcome::default() }, ..nothing() })
            }
            Deed::Person(deed) => self.of_person(deed).await,
            Deed::Removal(removal) => self.remove(removal).await,
            Deed::Mail(MailDeed::DropMail(mail)) => {
                self.api.write(Write::new(Method::DELETE, format!("suspended_tickets/{mail}"), None)).await?;
                Ok(nothing())
            }
            // Everything else is lacking.
            _ => Err(Error::NotHere(Capability::SetUp)),
        }
    }

    async fn merge(
        &self,
        source: TicketId,
        target: TicketId,
        on_source: &NewComment,
        on_target: &NewComment,
    ) -> Result<Receipt, Error> {
        let public = |said: &NewComment| said.visibility == Visibility::Public;
        let body = json!({
            "ids": [source.0],
            "source_comment": on_source.body,
            "source_comment_is_public": public(on_source),
            "target_comment": on_target.body,
            "target_comment_is_public": public(on_target),
        });
        self.work(Write::new(Method::POST, format!("tickets/{target}/merge"), Some(body))).await?;
        Ok(of_ticket(target))
    }

    /// Something that takes longer than an answer: looked at until it ends.
    async fn work(&self, write: Write<'_>) -> Result<(), Error> {
        let mut body = self.api.write(write).await?.body;
        for _ in 0..LOOKS {
            let job = Row(&body).get("job_status");
            match job.text("status") {
                Some("completed") => return failed(job).map_or(Ok(()), Err),
                Some("failed" | "killed") => {
                    return Err(failed(job).unwrap_or_else(|| Error::Said(job.words("message"))));
                }
                _ => {}
            }
            let Some(id) = job.filled("id").map(str::to_owned) else { return Err(no_account()) };
            tokio::time::sleep(BETWEEN_LOOKS).await;
            let found = self.api.get(&format!("job_statuses/{}", super::api::encoded(&id))).await?;
            body = Json::clone(&found);
        }
        Err(Error::Unreachable("the account takes its time; look again later whether it is done".to_owned()))
    }

    async fn name_group(&self, known: Option<GroupId>, name: &str) -> Result<Receipt, Error> {
        let body = Some(json!({ "group": { "name": name } }));
        self.write_group(match known {
            Some(id) => Write::new(Method::PUT, format!("groups/{id}"), body).again(),
            None => Write::new(Method::POST, "groups".to_owned(), body),
        })
        .await
    }

    async fn describe_group(&self, id: GroupId, description: &str) -> Result<Receipt, Error> {
        let body = Some(json!({ "group": { "description": description } }));
        self.write_group(Write::new(Method::PUT, format!("groups/{id}"), body).again()).await
    }

    async fn write_group(&self, write: Write<'_>) -> Result<Receipt, Error> {
        let answer = self.api.write(write).await?.body;
        self.forget_known().await;
        let group = Row(&answer).get("group").int("id").map(GroupId);
        Ok(Receipt { outcome: Outcome { group, ..Outcome::default() }, ..nothing() })
    }

    async fn of_person(&self, deed: PersonDeed) -> Result<Receipt, Error> {
        let (method, path, body, person) = match deed {
            PersonDeed::Merge { source, target } => {
                let body = json!({ "user": { "id": target.0 } });
                (Method::PUT, format!("users/{source}/merge"), Some(body), target)
            }
            PersonDeed::Delete(person) => (Method::DELETE, format!("users/{person}"), None, person),
            _ => return Err(Error::NotHere(Capability::Admission)),
        };
        self.api.write(Write::new(method, path, body)).await?;
        Ok(Receipt { outcome: Outcome { person: Some(person), ..Outcome::default() }, ..nothing() })
    }

    async fn remove(&self, removal: Removal) -> Result<Receipt, Error> {
        let ticket = removal.ticket();
        let write = match removal {
            Removal::Delete(id) => Write::new(Method::DELETE, format!("tickets/{id}"), None),
            Removal::Spam(id) => Write::new(Method::PUT, format!("tickets/{id}/mark_as_spam"), Some(json!({}))),
            Removal::Restore(id) => {
                Write::new(Method::PUT, format!("deleted_tickets/{id}/restore"), Some(json!({}))).again()
            }
            Removal::Purge(id) => {
                self.work(Write::new(Method::DELETE, format!("deleted_tickets/{id}"), None)).await?;
                return Ok(of_ticket(ticket));
            }
            Removal::Redact { ticket, comment, text } => {
                let path = format!("tickets/{ticket}/comments/{comment}/redact");
                Write::new(Method::PUT, path, Some(json!({ "text": text }))).again()
            }
            Removal::RedactFile { ticket, comment, file } => {
                let path = format!("tickets/{ticket}/comments/{comment}/attachments/{file}/redact");
                Write::new(Method::PUT, path, Some(json!({}))).again()
            }
        };
        self.api.write(write).await?;
        Ok(of_ticket(ticket))
    }
}

/// What became of a work of which a part could not be done.
fn failed(job: Row<'_>) -> Option<Error> {
    let fault = job.list("results").find(|row| !row.get("error").is_nothing() || row.flag("success") == Some(false))?;
    let says = fault.text("details").or_else(|| fault.text("error")).unwrap_or_default();
    Some(Error::Said(says.to_owned()))
}

/// Nothing was made that has a number.
pub(super) fn nothing() -> Receipt {
    Receipt { outcome: Outcome::default(), repeated: false, versions: 0 }
}

fn of_ticket(id: TicketId) -> Receipt {
    Receipt { outcome: Outcome { ticket: Some(id), ..Outcome::default() }, ..nothing() }
}

/// What an account lacks for a deed.
pub(super) const fn lacking(deed: &Deed) -> Option<Capability> {
    Some(match deed {
        Deed::CreateTicket(_)
        | Deed::UpdateTicket { .. }
        | Deed::MakeInternal { .. }
        | Deed::Merge { .. }
        | Deed::Case(CaseDeed::Rate { .. })
        | Deed::CreateOrganization(_)
        | Deed::UpdateOrganization { .. }
        | Deed::CreateGroup { .. }
        | Deed::RenameGroup { .. }
        | Deed::DescribeGroup { .. }
        | Deed::DeleteGroup { .. }
        | Deed::DeleteOrganization { .. }
        | Deed::CreatePerson(_)
        | Deed::Removal(_)
        | Deed::Mail(MailDeed::DropMail(_))
        | Deed::Person(PersonDeed::Merge { .. } | PersonDeed::Delete(_)) => return None,
        Deed::UpdatePerson { change, .. } => {
            if change.away.is_some() {
                Capability::Away
            } else {
                return None;
            }
        }
        Deed::Mail(_) => Capability::Outbox,
        Deed::RunAutomations { .. } | Deed::Case(CaseDeed::Solve { .. }) => Capability::Timers,
        Deed::Person(deed) => of_people(deed),
        Deed::Set(_) | Deed::SetItem(_) | Deed::DeleteItem(_) | Deed::OrderItems { .. } => Capability::SetUp,
        Deed::Webhook { .. } => Capability::Webhooks,
        Deed::ImportTicket(_) | Deed::ImportPerson(_) => Capability::Imports,
    })
}

const fn of_people(deed: &PersonDeed) -> Capability {
    match deed {
        PersonDeed::Erase { .. } | PersonDeed::Forget { .. } | PersonDeed::Settle { .. } => Capability::Erasure,
        PersonDeed::AddToken { .. } | PersonDeed::RevokeToken { .. } | PersonDeed::Grant(_) => Capability::Tokens,
        PersonDeed::MakeLink { .. } | PersonDeed::UseLink { .. } | PersonDeed::SetPassword { .. } => {
            Capability::AccessLinks
        }
        PersonDeed::Approve(_) | PersonDeed::AskAccess { .. } | PersonDeed::Merge { .. } | PersonDeed::Delete(_) => {
            Capability::Admission
        }
    }
}
